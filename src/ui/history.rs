//! Steps back and forth: edits as they were made, keystrokes in one cell as one.

use crate::engine::edit::{Change, Edit};

/// As many steps back as anybody goes.
const MOST_STEPS: usize = 500;

#[derive(Clone, Debug, Default)]
pub struct History {
    pub done: Vec<Edit>,
    pub undone: Vec<Edit>,
    /// The next keystroke in the same cell joins the last edit.
    pub open: bool,
    /// Nothing was done yet in a new form, or in a draft that is kept already: there is nothing to save.
    pub is_untouched: bool,
}

impl History {
    pub fn push(&mut self, edit: Edit) {
        self.done.push(edit);
        self.undone.clear();
        self.open = false;
        self.is_untouched = false;
        if self.done.len() > MOST_STEPS {
            self.done.remove(0);
        }
    }

    /// A keystroke: joins the last edit while the person is still in the same cell.
    pub fn type_in(&mut self, key: &str, text: &str, edit: &Edit) {
        match self.done.last_mut().filter(|last| self.open && last.only_cell() == Some(key)) {
            Some(last) => {
                self.undone.clear();
                // The last edit of this cell goes on: its old text stays, its new text is the latest.
                if let Some(Change::Cell { new, .. }) = last.changes.first_mut() {
                    text.clone_into(new);
                }
            }
            None => self.push(edit.clone()),
        }
        self.open = true;
    }

    /// Whether all that was done last is typing in this cell, over this text.
    pub fn is_typing_over(&self, key: &str, text: &str) -> bool {
        let last = self.done.last().filter(|last| self.open && last.only_cell() == Some(key));
        last.and_then(|last| last.changes.first())
            .is_some_and(|change| matches!(change, Change::Cell { old, .. } if old == text))
    }
}

/// The first cell that an edit fills, or else empties.
pub fn first_cell(edit: &Edit) -> Option<String> {
    let mut cells = edit.changes.iter().filter_map(|change| match change {
        Change::Cell { key, .. } => Some(key.clone()),
        _ => None,
    });
    edit.filled_cells().next().map(str::to_owned).or_else(|| cells.next())
}
