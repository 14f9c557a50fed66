//! What stands above the form before there is anything in it: the first minutes, or what a new filing takes from last
//! year's.

use leptos::prelude::*;

use crate::ui::form_state::FormState;

/// The box of the first minutes; everything else that can stand in its place is HTML.
pub const FIRST: &str = "first";

impl FormState {
    pub fn opening(&self) -> String {
        self.opening.get()
    }

    /// [`FIRST`], HTML of the second module, or nothing.
    pub fn set_opening(&self, opening: &str) {
        self.opening.set(opening.to_owned());
    }
}
