//! The text to read in plain characters, each of which still knows its place in the text as pasted.

use std::ops::Range;

use crate::engine::amount::plain_letter;

/// Lines of plain characters. Spaces are gone, lines that a sentence runs over are joined.
#[derive(Debug)]
pub(super) struct Plain<'a> {
    /// As pasted.
    pub text: &'a str,
    pub lines: Vec<Line>,
}

/// A line as pasted.
#[derive(Debug)]
pub(super) struct Line {
    pub letters: Vec<Letter>,
    /// Bytes of the text as pasted, without the line break.
    pub at: Range<usize>,
    /// Whether a tab stands before it: cells of a flattened table are marked so by many programs.
    pub is_cell: bool,
    /// Whether a tab ends it.
    is_before_tab: bool,
}

impl Line {
    /// The first cell of a row as spreadsheets and browsers copy them: no tab before it, but one behind it.
    pub fn begins_row(&self) -> bool {
        !self.is_cell && self.is_before_tab && !self.letters.is_empty()
    }

    pub fn plain(&self) -> String {
        self.letters.iter().map(|letter| letter.plain).collect()
    }
}

/// Cells that stand in one row of a table.
#[derive(Debug)]
pub(super) struct Row {
    pub lines: Range<usize>,
    /// Whether each cell has a line of its own.
    is_flat: bool,
    /// Whether a blank cell stands before the first of these.
    pub begins_blank: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Letter {
    pub plain: char,
    pub at: usize,
    pub end: usize,
    /// Whether a space stood before it.
    pub is_after_space: bool,
}

/// Bytes of the longest mark of a place.
const LONGEST_BOOKMARK: usize = 200;

impl<'a> Plain<'a> {
    pub fn of(text: &'a str) -> Self {
        let mut lines = Vec::new();
        let mut line = Line { letters: Vec::new(), at: 0..0, is_cell: false, is_before_tab: false };
        let mut is_after_space = false;
        let mut skip_to = 0;
        for (at, c) in text.char_indices() {
            if at < skip_to {
                continue;
            }
            // A mark of a place that Word leaves in flattened text.
            if let Some(length) = bookmark(&text[at..]) {
                skip_to = at + length;
                continue;
            }
            let end = at + c.len_utf8();
            match plain_letter(c) {
                // A tab parts cells. What stands before the first one of a line is a cell, too.
                Some('\n') => {
                    let is_tab = c == '\t';
                    line.at.end = at;
                    let next = Line { letters: Vec::new(), at: end..end, is_cell: is_tab, is_before_tab: false };
                    line.is_before_tab = is_tab;
                    let before = std::mem::replace(&mut line, next);
                    // The tab at the beginning of a line opens its first cell and closes none; nor does the \n of \r\n.
                    let opens = is_tab && before.letters.is_empty() && before.at.is_empty() && !before.is_cell;
                    let is_crlf = c == '\n' && text[..at].ends_with('\r');
                    if !opens && !is_crlf {
                        lines.push(before);
                    }
                    is_after_space = false;
                }
                Some(' ') => is_after_space = true,
                Some(plain) => {
                    line.letters.push(Letter { plain, at, end, is_after_space });
                    is_after_space = false;
                }
                None => {}
            }
        }
        line.at.end = text.len();
        lines.push(line);
        Self { text, lines }
    }

    /// The rows of a text: a line with tabs between its cells, or cells that stand a line each behind a tab, with an empty
    /// line between rows.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        let mut end = 0;
        for (at, line) in self.lines.iter().enumerate() {
            let begins = at == 0 || self.text[end..line.at.start].contains(['\n', '\r']);
            end = line.at.end;
            let is_alone = begins && line.is_cell && !self.text[end..].starts_with('\t');
            match rows.last_mut().filter(|row| !begins || is_alone && row.is_flat) {
                Some(row) => row.lines.end = at + 1,
                // The tab at the beginning of a line with more of them stands behind a blank cell.
                None => {
                    rows.push(Row { lines: at..at + 1, is_flat: is_alone, begins_blank: line.is_cell && !is_alone })
                }
            }
        }
        rows
    }
}

fn bookmark(text: &str) -> Option<usize> {
    text.strip_prefix("[bookmark:")?;
    Some(text.bytes().take(LONGEST_BOOKMARK).position(|byte| byte == b']')? + 1)
}
