//! Edits of added rows: add, move, bind, remove.

use crate::engine::edit::{Change, Edit};
use crate::engine::submission::{AddedRow, MOST_ROWS, Note, Submission};
use crate::engine::template::Template;
use crate::engine::template::spec::RuleKind;

/// Where a row moves: one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
}

impl Edit {
    /// A new row in `group`, behind the row `after`, or at the end. The counter itself is not undone: ids are not reused.
    /// Nothing where the filing has as many rows as a file may have.
    pub fn add_row(submission: &mut Submission, group: &str, after: Option<&str>) -> Self {
        if submission.groups.values().map(Vec::len).sum::<usize>() >= MOST_ROWS {
            return Self::default();
        }
        let old = rows_of(submission, group);
        let at = after.and_then(|after| place_of(&old, after)).map_or(old.len(), |at| at + 1);
        let mut new = old.clone();
        new.insert(at, AddedRow { id: submission.take_row_id(), bound: None });
        Self::of(vec![rows(group, old, new)])
    }

    /// Moves a row of `group` one place. From the end of a group under a 一级 it goes on into the next one of the tree;
    /// its cells keep their keys, its binding only where the rule names that group too.
    pub fn move_row(submission: &Submission, template: &Template, group: &str, id: &str, step: Step) -> Self {
        let old = rows_of(submission, group);
        let Some(at) = place_of(&old, id) else { return Self::default() };
        let mut new = old.clone();
        let to = match step {
            Step::Up => at.checked_sub(1),
            Step::Down => Some(at + 1).filter(|to| *to < old.len()),
        };
        if let Some(to) = to {
            new.swap(at, to);
            return Self::of(vec![rows(group, old, new)]);
        }
        let Some(next) = neighbour(template, group, step) else { return Self::default() };
        let mut row = new.remove(at);
        row.bound = row.bound.filter(|code| is_bound_in(template, code, next));
        let before = rows_of(submission, next);
        let mut after = before.clone();
        after.insert(if step == Step::Up { after.len() } else { 0 }, row);
        Self::of(vec![rows(group, old, new), rows(next, before, after)])
    }

    /// Binds a row of `group` to the figures of the rule `code`, or unbinds it.
    pub fn bind(submission: &Submission, group: &str, id: &str, code: Option<&str>) -> Self {
        let old = rows_of(submission, group);
        let mut new = old.clone();
        for row in new.iter_mut().filter(|row| row.id == id) {
            row.bound = code.map(str::to_owned);
        }
        Self::of(vec![rows(group, old, new)])
    }

    /// Removes a row of `group` with the texts of its cells, and with the notes that speak of removed rows alone: no
    /// finding can ever show those again. A note that names any other cell stays.
    pub fn remove_row(submission: &Submission, block: &str, group: &str, id: &str) -> Self {
        let old = rows_of(submission, group);
        let Some(at) = place_of(&old, id) else { return Self::default() };
        let mut new = old.clone();
        new.remove(at);
        let prefix = format!("{block}.{id}.");
        let cells = submission.cells.keys().filter(|key| key.starts_with(&prefix));
        let mut edit = Self::cells(submission, cells.map(|key| (key.clone(), String::new())));
        let goes = |note: &Note| {
            note.cells.iter().any(|cell| cell.starts_with(&prefix))
                && note.cells.iter().all(|cell| cell.starts_with(&prefix) || was_removed(submission, cell))
        };
        let notes = submission.notes.iter().filter(|note| !goes(note)).cloned().collect();
        let notes = Change::Notes { old: submission.notes.clone(), new: notes };
        edit.changes.extend([rows(group, old, new), notes]);
        Self::of(edit.changes)
    }
}

fn rows(group: &str, old: Vec<AddedRow>, new: Vec<AddedRow>) -> Change {
    Change::Rows { group: group.to_owned(), old, new }
}

fn rows_of(submission: &Submission, group: &str) -> Vec<AddedRow> {
    submission.groups.get(group).cloned().unwrap_or_default()
}

fn place_of(rows: &[AddedRow], id: &str) -> Option<usize> {
    rows.iter().position(|row| row.id == id)
}

/// The next group of the tree, where its rows have the same cells: no text may lose its cell on the way.
fn neighbour<'t>(template: &'t Template, group: &str, step: Step) -> Option<&'t str> {
    let place = template.group(group)?;
    let block = template.spec().blocks.get(place.block)?;
    let (above, from_here) = block.rows.split_at_checked(place.row)?;
    let (own, below) = from_here.split_first()?;
    let next = match step {
        Step::Up => above.iter().rev().find(|row| row.group.is_some()),
        Step::Down => below.iter().find(|row| row.group.is_some()),
    }?;
    let in_tree = !block.heads.is_empty() && own.under.is_some() && next.under.is_some();
    let same_cells = own.only == next.only && own.fixed == next.fixed;
    next.group.as_deref().filter(|_| in_tree && same_cells)
}

fn is_bound_in(template: &Template, code: &str, group: &str) -> bool {
    template.spec().rules.iter().any(|rule| match &rule.kind {
        RuleKind::BoundIndicator { groups, .. } => rule.code == code && groups.iter().any(|name| name == group),
        _ => false,
    })
}

/// Whether the cell stood in an added row that is no longer there.
fn was_removed(submission: &Submission, cell: &str) -> bool {
    let row = cell.split('.').nth(1).unwrap_or_default();
    let number: Option<u32> = row.strip_prefix('r').and_then(|digits| digits.parse().ok());
    number.is_some_and(|number| number < submission.next_row)
        && !submission.groups.values().flatten().any(|added| added.id == row)
}
