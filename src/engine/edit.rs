//! Changes to a filing: the one way in for typing, accepting, adding and removing rows, so that undo is one mechanism.

mod rows;

use std::collections::BTreeMap;

pub use crate::engine::edit::rows::Step;
use crate::engine::submission::{AddedRow, Note, Submission};

/// What one action of a person changes. Undone and redone as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Edit {
    pub changes: Vec<Change>,
}

/// One change, with what stood before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Cell {
        key: String,
        old: String,
        new: String,
    },
    Rows {
        group: String,
        old: Vec<AddedRow>,
        new: Vec<AddedRow>,
    },
    Notes {
        old: Vec<Note>,
        new: Vec<Note>,
    },
    Year {
        old: i32,
        new: i32,
    },
    Level {
        old: String,
        new: String,
    },
    /// A text kept with the filing, such as the material that figures are taken from.
    Kept {
        name: String,
        old: String,
        new: String,
    },
    /// Where the text of a cell came from; empty where a person typed it.
    Source {
        key: String,
        old: String,
        new: String,
    },
}

impl Edit {
    /// One cell gets another text.
    pub fn cell(submission: &Submission, key: &str, new: &str) -> Self {
        Self::cells(submission, [(key.to_owned(), new.to_owned())])
    }

    /// Several cells get other texts, typed by a person; those that keep theirs are left out.
    pub fn cells(submission: &Submission, texts: impl IntoIterator<Item = (String, String)>) -> Self {
        Self::texts(submission, texts.into_iter().collect(), "")
    }

    /// Several cells get other texts, which come from `source`.
    pub fn texts(submission: &Submission, texts: Vec<(String, String)>, source: &str) -> Self {
        let mut changes = Vec::with_capacity(texts.len());
        for (key, new) in texts {
            let old = submission.text(&key).to_owned();
            let before = submission.provenance.get(&key).cloned().unwrap_or_default();
            // What keeps its text was not touched.
            let after = if old == new { before.clone() } else { source.to_owned() };
            changes.push(Change::Cell { key: key.clone(), old, new });
            changes.push(Change::Source { key, old: before, new: after });
        }
        Self::of(changes)
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
        Self::of(vec![Change::Notes { old, new }])
    }

    /// Says where the texts of cells come from, such as that a person called them right; empty for typed.
    pub fn sources(submission: &Submission, keys: &[&str], new: &str) -> Self {
        let mut changes = Vec::new();
        for key in keys {
            let old = submission.provenance.get(*key).cloned().unwrap_or_default();
            changes.push(Change::Source { key: (*key).to_owned(), old, new: new.to_owned() });
        }
        Self::of(changes)
    }

    /// Another evaluated year.
    pub fn year(submission: &Submission, new: i32) -> Self {
        Self::of(vec![Change::Year { old: submission.year, new }])
    }

    /// Another word for the level of government.
    pub fn level(submission: &Submission, new: &str) -> Self {
        Self::of(vec![Change::Level { old: submission.level.clone(), new: new.to_owned() }])
    }

    /// Texts kept with the filing, each with its name; an empty one is taken away.
    pub fn kept(submission: &Submission, texts: &[(&str, &str)]) -> Self {
        let mut changes = Vec::new();
        for (name, new) in texts {
            let old = submission.report.get(*name).cloned().unwrap_or_default();
            changes.push(Change::Kept { name: (*name).to_owned(), old, new: (*new).to_owned() });
        }
        Self::of(changes)
    }

    /// What turns one filing into another of the same form: its cells, rows, year and kept texts.
    pub fn between(before: &Submission, after: &Submission) -> Self {
        let mut changes = vec![Change::Year { old: before.year, new: after.year }];
        let names = |one: &BTreeMap<String, String>, other: &BTreeMap<String, String>| -> Vec<String> {
            one.keys().chain(other.keys().filter(|key| !one.contains_key(*key))).cloned().collect()
        };
        let new_groups = after.groups.keys().filter(|group| !before.groups.contains_key(*group));
        for group in before.groups.keys().chain(new_groups) {
            let of = |submission: &Submission| submission.groups.get(group).cloned().unwrap_or_default();
            changes.push(Change::Rows { group: group.clone(), old: of(before), new: of(after) });
        }
        for key in names(&before.cells, &after.cells) {
            let (old, new) = (before.text(&key).to_owned(), after.text(&key).to_owned());
            changes.push(Change::Cell { key, old, new });
        }
        for name in names(&before.report, &after.report) {
            let of = |submission: &Submission| submission.report.get(&name).cloned().unwrap_or_default();
            changes.push(Change::Kept { old: of(before), new: of(after), name });
        }
        for key in names(&before.provenance, &after.provenance) {
            let of = |submission: &Submission| submission.provenance.get(&key).cloned().unwrap_or_default();
            changes.push(Change::Source { old: of(before), new: of(after), key });
        }
        Self::of(changes)
    }

    /// Those of the changes that change something.
    fn of(mut changes: Vec<Change>) -> Self {
        changes.retain(|change| !change.is_none());
        Self { changes }
    }

    /// The cells that the edit puts a text into.
    pub fn filled_cells(&self) -> impl Iterator<Item = &str> {
        self.changes.iter().filter_map(|change| match change {
            Change::Cell { key, new, .. } if !new.is_empty() => Some(key.as_str()),
            _ => None,
        })
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
            [Change::Cell { key, .. }] | [Change::Cell { key, .. }, Change::Source { .. }] => Some(key),
            _ => None,
        }
    }
}

impl Change {
    fn is_none(&self) -> bool {
        match self {
            Self::Cell { old, new, .. }
            | Self::Level { old, new }
            | Self::Kept { old, new, .. }
            | Self::Source { old, new, .. } => old == new,
            Self::Rows { old, new, .. } => old == new,
            Self::Notes { old, new } => old == new,
            Self::Year { old, new } => old == new,
        }
    }

    fn apply(&self, submission: &mut Submission) {
        match self {
            Self::Cell { key, new, .. } if new.is_empty() => {
                submission.cells.remove(key);
            }
            Self::Cell { key, new, .. } => {
                submission.cells.insert(key.clone(), new.clone());
            }
            // As with cells: what is empty is absent, so that undo leaves no trace.
            Self::Rows { group, new, .. } if new.is_empty() => {
                submission.groups.remove(group);
            }
            Self::Rows { group, new, .. } => {
                submission.groups.insert(group.clone(), new.clone());
            }
            Self::Notes { new, .. } => submission.notes.clone_from(new),
            Self::Year { new, .. } => submission.year = *new,
            Self::Level { new, .. } => submission.level.clone_from(new),
            Self::Kept { name, new, .. } if new.is_empty() => {
                submission.report.remove(name);
            }
            Self::Kept { name, new, .. } => {
                submission.report.insert(name.clone(), new.clone());
            }
            Self::Source { key, new, .. } if new.is_empty() => {
                submission.provenance.remove(key);
            }
            Self::Source { key, new, .. } => {
                submission.provenance.insert(key.clone(), new.clone());
            }
        }
    }

    fn inverted(self) -> Self {
        match self {
            Self::Cell { key, old, new } => Self::Cell { key, old: new, new: old },
            Self::Rows { group, old, new } => Self::Rows { group, old: new, new: old },
            Self::Notes { old, new } => Self::Notes { old: new, new: old },
            Self::Year { old, new } => Self::Year { old: new, new: old },
            Self::Level { old, new } => Self::Level { old: new, new: old },
            Self::Kept { name, old, new } => Self::Kept { name, old: new, new: old },
            Self::Source { key, old, new } => Self::Source { key, old: new, new: old },
        }
    }
}
