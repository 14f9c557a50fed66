//! Changes to a filing: the one way in for typing, accepting, adding and removing rows, so that undo is one mechanism.

use crate::engine::submission::{AddedRow, Note, Submission};

/// What one action of a person changes. Undone and redone as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Edit {
    pub changes: Vec<Change>,
}

/// One change, with what stood before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Cell { key: String, old: String, new: String },
    Rows { group: String, old: Vec<AddedRow>, new: Vec<AddedRow> },
    Notes { old: Vec<Note>, new: Vec<Note> },
    Year { old: i32, new: i32 },
}

impl Edit {
    /// One cell gets another text.
    pub fn cell(submission: &Submission, key: &str, new: &str) -> Self {
        Self::cells(submission, [(key.to_owned(), new.to_owned())])
    }

    /// Several cells get other texts; those that keep theirs are left out.
    pub fn cells(submission: &Submission, texts: impl IntoIterator<Item = (String, String)>) -> Self {
        let changes = texts.into_iter().filter_map(|(key, new)| {
            let old = submission.text(&key).to_owned();
            (old != new).then_some(Change::Cell { key, old, new })
        });
        Self { changes: changes.collect() }
    }

    /// A new row in `group`, behind the row `after`, or at the end. The counter itself is not undone: ids are not reused.
    pub fn add_row(submission: &mut Submission, group: &str, after: Option<&str>) -> Self {
        let old = submission.groups.get(group).cloned().unwrap_or_default();
        let at = after.and_then(|after| old.iter().position(|row| row.id == after)).map_or(old.len(), |at| at + 1);
        let mut new = old.clone();
        new.insert(at, AddedRow { id: submission.take_row_id(), bound: None });
        Self { changes: vec![Change::Rows { group: group.to_owned(), old, new }] }
    }

    /// Removes a row of `group` with the texts of its cells.
    pub fn remove_row(submission: &Submission, block: &str, group: &str, id: &str) -> Self {
        let old = submission.groups.get(group).cloned().unwrap_or_default();
        let new = old.iter().filter(|row| row.id != id).cloned().collect();
        let prefix = format!("{block}.{id}.");
        let cells = submission.cells.iter().filter(|(key, _)| key.starts_with(&prefix));
        let mut changes: Vec<Change> =
            cells.map(|(key, old)| Change::Cell { key: key.clone(), old: old.clone(), new: String::new() }).collect();
        changes.push(Change::Rows { group: group.to_owned(), old, new });
        Self { changes }
    }

    /// Binds a row of `group` to the figures of the rule `code`, or unbinds it.
    pub fn bind(submission: &Submission, group: &str, id: &str, code: Option<&str>) -> Self {
        let old = submission.groups.get(group).cloned().unwrap_or_default();
        let mut new = old.clone();
        for row in new.iter_mut().filter(|row| row.id == id) {
            row.bound = code.map(str::to_owned);
        }
        Self { changes: vec![Change::Rows { group: group.to_owned(), old, new }] }
    }

    /// Writes the 审核说明 for the finding with this code and these cells; an empty text takes it away.
    pub fn note(submission: &Submission, code: &str, cells: &[String], text: &str) -> Self {
        let old = submission.notes.clone();
        let shares = |note: &Note| note.code == code && note.cells.iter().any(|cell| cells.contains(cell));
        let mut new: Vec<Note> = old.iter().filter(|note| !shares(note)).cloned().collect();
        if !text.trim().is_empty() {
            let values = cells.iter().map(|cell| submission.text(cell).to_owned()).collect();
            new.push(Note { code: code.to_owned(), cells: cells.to_vec(), values, text: text.to_owned() });
        }
        Self { changes: vec![Change::Notes { old, new }] }
    }

    pub fn year(submission: &Submission, new: i32) -> Self {
        let old = submission.year;
        Self { changes: (old != new).then_some(Change::Year { old, new }).into_iter().collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    pub fn apply(&self, submission: &mut Submission) {
        self.changes.iter().for_each(|change| change.apply(submission));
    }

    /// The edit that takes this one back.
    pub fn inverted(&self) -> Self {
        Self { changes: self.changes.iter().rev().cloned().map(Change::inverted).collect() }
    }

    /// The cell, when nothing but its text changes: keystrokes in one cell make one step of undo.
    pub fn only_cell(&self) -> Option<&str> {
        match self.changes.as_slice() {
            [Change::Cell { key, .. }] => Some(key),
            _ => None,
        }
    }
}

impl Change {
    fn apply(&self, submission: &mut Submission) {
        match self {
            Self::Cell { key, new, .. } if new.is_empty() => {
                submission.cells.remove(key);
            }
            Self::Cell { key, new, .. } => {
                submission.cells.insert(key.clone(), new.clone());
            }
            Self::Rows { group, new, .. } => {
                submission.groups.insert(group.clone(), new.clone());
            }
            Self::Notes { new, .. } => submission.notes.clone_from(new),
            Self::Year { new, .. } => submission.year = *new,
        }
    }

    fn inverted(self) -> Self {
        match self {
            Self::Cell { key, old, new } => Self::Cell { key, old: new, new: old },
            Self::Rows { group, old, new } => Self::Rows { group, old: new, new: old },
            Self::Notes { old, new } => Self::Notes { old: new, new: old },
            Self::Year { old, new } => Self::Year { old: new, new: old },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::template::Template;

    fn sample() -> Submission {
        let (id, text) = crate::SAMPLES[0];
        let (_, template) = crate::BUILT_IN_TEMPLATES.iter().find(|(name, _)| *name == id).expect("its template");
        let template = Template::from_json(template).expect("a sound template");
        crate::exchange::json::read(text, &template).expect("a sound sample")
    }

    #[track_caller]
    fn is_undone(edit: impl FnOnce(&mut Submission) -> Edit) {
        let mut filing = sample();
        let edit = edit(&mut filing);
        let before = filing.clone();
        edit.apply(&mut filing);
        assert_ne!(filing, before, "the edit changes something");
        let after = filing.clone();
        edit.inverted().apply(&mut filing);
        assert_eq!(filing, before, "undo restores everything");
        edit.apply(&mut filing);
        assert_eq!(filing, after, "redo does it again");
    }

    #[test]
    fn every_edit_can_be_undone_and_redone() {
        is_undone(|filing| Edit::cell(filing, "funds.public.final", "31.04"));
        is_undone(|filing| Edit::cell(filing, "funds.public.final", ""));
        is_undone(|filing| Edit::cell(filing, "funds.abroad.final", "1"));
        is_undone(|filing| Edit::add_row(filing, "quantity", Some("r4")));
        is_undone(|filing| Edit::remove_row(filing, "indicators", "quantity", "r5"));
        is_undone(|filing| Edit::bind(filing, "economic_cost", "r15", Some("K04")));
        is_undone(|filing| Edit::note(filing, "P16", &["totals.all.adjusted".to_owned()], "年中追加人员经费"));
        is_undone(|filing| Edit::year(filing, 2025));
    }

    #[test]
    fn an_undone_row_does_not_give_its_id_to_another() {
        let mut filing = sample();
        let first = Edit::add_row(&mut filing, "quantity", None);
        first.apply(&mut filing);
        first.inverted().apply(&mut filing);
        Edit::add_row(&mut filing, "quantity", None).apply(&mut filing);
        let newest = filing.groups["quantity"].last().expect("a row");
        assert_eq!(newest.id, "r19");
    }
}
