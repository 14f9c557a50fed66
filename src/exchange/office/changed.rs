//! Whether somebody has changed the visible text of a Word file since it was written.

use crate::engine::layout::Layout;
use crate::exchange::office::{open, word_out};

/// Whether a document that carries the filing of this layout says anything else than what would be written of it now. How
/// a program lays out blanks and lines does not count.
pub fn was_changed(layout: &Layout<'_>, text: &str) -> bool {
    // What cannot be written anew cannot be compared; nothing is said then.
    let Ok(written) = word_out::write(layout) else { return false };
    open::open(&written).is_ok_and(|written| words(&written.text).ne(words(text)))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}
