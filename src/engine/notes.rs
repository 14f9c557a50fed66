//! Puts each 审核说明 beside the warning that it answers, and sees whether its figures have changed since.

use crate::engine::finding::{Answer, AnswerState, Finding, Level};
use crate::engine::submission::{Note, Submission};

/// Gives warnings their answers. A note keeps its text whatever happens to the figures.
pub fn answer(findings: &mut [Finding], submission: &Submission) {
    for finding in findings.iter_mut().filter(|finding| finding.level == Level::Warning) {
        finding.note = note_for(finding, submission)
            .map(|note| Answer { text: note.text.clone(), state: state(note, finding, submission) });
    }
}

/// The note written for these very cells, or else one of the same code that shares a cell (a list that has grown).
fn note_for<'s>(finding: &Finding, submission: &'s Submission) -> Option<&'s Note> {
    let same_code = || submission.notes.iter().filter(|note| note.code == finding.code && !note.text.trim().is_empty());
    same_code()
        .find(|note| note.cells == finding.cells)
        .or_else(|| same_code().find(|note| note.cells.iter().any(|cell| finding.cells.contains(cell))))
}

fn state(note: &Note, finding: &Finding, submission: &Submission) -> AnswerState {
    let same_cells = note.cells == finding.cells;
    let same_values = note.cells.len() == note.values.len()
        && note.cells.iter().zip(&note.values).all(|(cell, value)| submission.text(cell) == value);
    if same_cells && same_values { AnswerState::Valid } else { AnswerState::ToConfirm }
}
