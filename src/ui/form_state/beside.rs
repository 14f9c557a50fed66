//! What stands beside the form, as the second module draws it: which of it is open, of which cell it speaks, what was asked.

use leptos::prelude::*;

use crate::ui::form_state::FormState;

/// What is asked of the second module again and again, each in its own time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Which figures are wrong.
    Cards,
    /// 本格说明.
    About,
    Pictures,
}

/// Questions of one kind.
#[derive(Clone, Copy, Default)]
pub struct Searches {
    pub latest: u32,
    /// One is being answered; the next one waits for it.
    pub is_asked: bool,
}

impl FormState {
    /// The questions of one kind, as `change` leaves them.
    pub fn searches(&self, asked: Asked, change: fn(&mut Searches)) -> Searches {
        let mut all = self.searches.get_value();
        change(&mut all[asked as usize]);
        self.searches.set_value(all);
        all[asked as usize]
    }

    /// Whether 本格说明 stands in place of the findings.
    pub fn is_about_open(&self) -> bool {
        self.about_open.get()
    }

    pub fn open_about(&self, is_open: bool) {
        self.about_open.set(is_open);
    }

    /// The cell that 本格说明 speaks of: the one that had the caret last.
    pub fn about(&self) -> String {
        self.about.get()
    }

    pub fn about_now(&self) -> String {
        self.about.get_untracked()
    }

    pub fn set_about(&self, key: String) {
        self.about.set(key);
    }

    pub fn has_pictures(&self) -> bool {
        self.pictures_open.get()
    }

    pub fn open_pictures(&self, is_open: bool) {
        self.pictures_open.set(is_open);
    }
}
