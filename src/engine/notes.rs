//! Puts each 审核说明 beside the warning that it answers, and sees whether its figures have changed since.

use crate::engine::amount::{Entry, read_amount};
use crate::engine::finding::{Answer, AnswerState, Finding, Level};
use crate::engine::layout::Layout;
use crate::engine::submission::Note;

/// Gives warnings their answers. A note keeps its text whatever happens to the figures.
pub fn answer(findings: &mut [Finding], layout: &Layout<'_>) {
    let notes = &layout.submission.notes;
    if notes.is_empty() {
        return;
    }
    for finding in findings.iter_mut().filter(|finding| finding.level == Level::Warning) {
        finding.note = answer_to(&finding.code, &finding.cells, layout);
    }
}

/// The answer to what is said under this code of these cells.
pub fn answer_to(code: &str, cells: &[String], layout: &Layout<'_>) -> Option<Answer> {
    let note = note_for(code, cells, &layout.submission.notes)?;
    Some(Answer { text: note.text.clone(), state: state(note, cells, layout) })
}

/// The note written for these very cells, or else one of the same code that shares a cell (a list that has grown).
fn note_for<'s>(code: &str, cells: &[String], notes: &'s [Note]) -> Option<&'s Note> {
    let same_code = || notes.iter().filter(|note| note.code == code && !note.text.trim().is_empty());
    same_code()
        .find(|note| has_same_cells(note, cells))
        .or_else(|| same_code().find(|note| note.cells.iter().any(|cell| cells.contains(cell))))
}

fn state(note: &Note, cells: &[String], layout: &Layout<'_>) -> AnswerState {
    let same_cells = has_same_cells(note, cells);
    let same_values = note.cells.len() == note.values.len()
        && note.cells.iter().zip(&note.values).all(|(cell, value)| is_same(layout, cell, value));
    if same_cells && same_values { AnswerState::Valid } else { AnswerState::ToConfirm }
}

/// In any order: a list follows its rows where they are moved.
fn has_same_cells(note: &Note, cells: &[String]) -> bool {
    note.cells.len() == cells.len() && note.cells.iter().all(|cell| cells.contains(cell))
}

/// Whether a cell still says what it said: the same text, or the same figure written otherwise (300 and 300.00).
fn is_same(layout: &Layout<'_>, cell: &str, value: &str) -> bool {
    let now = layout.submission.text(cell);
    if now == value {
        return true;
    }
    let measure = layout.find(cell).and_then(|at| layout.field(at).column.kind.measure());
    measure.is_some_and(|measure| match (read_amount(now, measure), read_amount(value, measure)) {
        (Entry::Number(now), Entry::Number(before)) => now.value == before.value,
        _ => false,
    })
}
