//! The English of the page: a file that it fetches when it is asked for, `build.rs` makes it of the tables beside. Most
//! people never ask.

use std::cell::RefCell;

thread_local! {
    /// Chinese and English, once they were fetched.
    static KNOWN: RefCell<Vec<(&'static str, &'static str)>> = const { RefCell::new(Vec::new()) };
}

/// Takes the file in: a line a text, the two languages with a tab between them.
pub fn learn(file: String) {
    // It is kept for as long as the page.
    let file: &'static str = file.leak();
    KNOWN.set(file.lines().filter_map(|line| line.split_once('\t')).collect());
}

pub fn is_known() -> bool {
    KNOWN.with_borrow(|known| !known.is_empty())
}

/// The English of a text; the Chinese itself until the file is there.
pub fn of(chinese: &'static str) -> &'static str {
    KNOWN.with_borrow(|known| known.iter().find(|(zh, _)| *zh == chinese).map_or(chinese, |(_, en)| en))
}
