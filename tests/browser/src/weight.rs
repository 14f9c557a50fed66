//! What `dist/` may weigh when a server sends it with brotli, by when it is fetched.

/// All that the page fetches to start: whatever is not [`ON_DEMAND`].
pub const MOST_AT_START: usize = 200_000;

/// What is fetched only once it is needed.
pub const ON_DEMAND: &[Kind] =
    &[Kind { name: "the reader", files: &["reader-worker-", "gouji-reader-", "gouji-reader_bg-"], most: 250_000 }];

/// Files of one purpose, with a budget of their own.
pub struct Kind {
    pub name: &'static str,
    /// How their names begin; the rest is a hash.
    pub files: &'static [&'static str],
    pub most: usize,
}

/// The kind of a file of `dist/`; none where the page fetches it to start.
pub fn on_demand(file: &str) -> Option<&'static Kind> {
    ON_DEMAND.iter().find(|kind| kind.files.iter().any(|begin| file.starts_with(begin)))
}
