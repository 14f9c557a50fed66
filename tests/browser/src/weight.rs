//! What `dist/` may weigh when a server sends it with brotli, by when it is fetched.

/// All that the page fetches to start: whatever is not [`ON_DEMAND`].
pub const MOST_AT_START: usize = 200_000;

/// What is fetched only once it is needed.
pub const ON_DEMAND: &[Kind] = &[
    Kind {
        name: "the reader",
        begin: &["worker-", "gouji-reader-", "gouji-reader_bg-", "report-"],
        end: "",
        // The search for the wrong figure with its cards, calculations, maps and pictures, the preview of pasting, the
        // beginning from last year's: some 110 kB that no page waits for.
        most: 356_000,
    },
    Kind { name: "Word and Excel", begin: &["gouji-office-", "gouji-office_bg-"], end: "", most: 816_000 },
    Kind { name: "other forms and the sample", begin: &[""], end: ".json", most: 20_000 },
    Kind { name: "what the cells hold", begin: &["help-"], end: ".txt", most: 12_000 },
    Kind { name: "the English", begin: &["english-"], end: ".txt", most: 10_000 },
];

/// Files of one purpose, with a budget of their own.
pub struct Kind {
    pub name: &'static str,
    /// How their names begin and end; a hash stands between.
    pub begin: &'static [&'static str],
    pub end: &'static str,
    pub most: usize,
}

/// The kind of a file of `dist/`; none where the page fetches it to start.
pub fn on_demand(file: &str) -> Option<&'static Kind> {
    let is = |kind: &&Kind| kind.begin.iter().any(|begin| file.starts_with(begin)) && file.ends_with(kind.end);
    ON_DEMAND.iter().find(is)
}
