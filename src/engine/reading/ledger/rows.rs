//! A sheet's text in rows and cells, and the codes of accounts in them.

use std::ops::Range;

use crate::engine::amount::{Entry, Measure, read_amount};
use crate::engine::reading::plain::{self, Line, Plain};

/// One row of cells.
#[derive(Debug)]
pub(super) struct Row {
    pub cells: Vec<Cell>,
    /// Lines of the plain text.
    pub lines: Range<usize>,
}

#[derive(Debug)]
pub(super) struct Cell {
    /// In plain letters, without spaces.
    pub text: String,
    /// Bytes of the text as pasted.
    pub at: Range<usize>,
    pub is_number: bool,
}

/// The code of an account and its name, in a row.
#[derive(Debug)]
pub(super) struct Coded {
    pub code: String,
    /// Empty where none stands beside the code.
    pub name: String,
    /// The column of the code.
    pub column: usize,
    /// The first column behind the code.
    pub from: usize,
    /// Whether class and account stand in two cells: 302, 01.
    pub is_split: bool,
}

/// The digits of a class of accounts, and of an account.
pub(super) const CLASS: usize = 3;
pub(super) const ACCOUNT: usize = 5;

impl Row {
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| &cell.text)
    }

    pub fn is_number(&self, column: usize) -> bool {
        self.cells.get(column).is_some_and(|cell| cell.is_number)
    }

    pub fn has_number(&self) -> bool {
        self.cells.iter().any(|cell| cell.is_number)
    }

    pub fn is_blank(&self) -> bool {
        self.filled().next().is_none()
    }

    /// What stands in it.
    pub fn filled(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty())
    }

    /// The code in a column. `class` is what a blank cell before the account's two digits stands for.
    pub fn coded(&self, column: usize, class: Option<&str>) -> Option<Coded> {
        let item = self.item(column + 1);
        let (code, rest) = match self.text(column) {
            "" => (class?.to_owned() + &item.clone()?, ""),
            text => split_code(text)?,
        };
        let is_bare_class = code.len() == CLASS && rest.is_empty();
        let is_split = is_bare_class && item.is_some() || self.text(column).is_empty();
        let code = if is_bare_class { code + &item.unwrap_or_default() } else { code };
        let from = column + 1 + usize::from(is_split);
        let name = if rest.is_empty() { self.name(from) } else { rest.to_owned() };
        Some(Coded { code, name, column, from, is_split })
    }

    /// The two digits of an account behind its class.
    fn item(&self, column: usize) -> Option<String> {
        let text = self.text(column);
        let is_item = matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
        is_item.then(|| format!("{text:0>2}"))
    }

    /// The name behind a code, perhaps with a blank cell between them.
    fn name(&self, from: usize) -> String {
        let at = if self.text(from).is_empty() { from + 1 } else { from };
        let is_name = !self.is_number(at) && !self.text(at).is_ascii();
        if is_name { self.text(at).to_owned() } else { String::new() }
    }
}

/// The code that a cell begins with and what follows: `[30201]办公费`, `302.01办公费`. An amount is none.
fn split_code(text: &str) -> Option<(String, &str)> {
    let bare = text.trim_start_matches(['[', '(', '【']);
    let mut code = String::new();
    let mut rest = bare;
    while let Some(first) = rest.chars().next() {
        let is_point = code.len() == CLASS
            && matches!(first, '.' | '-')
            && rest[1..].starts_with(|next: char| next.is_ascii_digit());
        if first.is_ascii_digit() {
            code.push(first);
        } else if !is_point {
            break;
        }
        rest = &rest[1..];
    }
    let rest = rest.trim_start_matches([']', ')', '】', '-', '_', ':', '.', '、']);
    let is_amount = rest.starts_with(|next: char| next.is_ascii_digit() || next == ',');
    (matches!(code.len(), CLASS | ACCOUNT) && !is_amount).then_some((code, rest))
}

/// The rows of a text with what stands in them.
pub(super) fn rows(plain: &Plain<'_>) -> Vec<Row> {
    let row = |row: plain::Row| {
        let at = plain.lines[row.lines.start].at.start;
        let blank = row.begins_blank.then(|| Cell { text: String::new(), at: at..at, is_number: false });
        let cells = plain.lines[row.lines.clone()].iter().map(|line| cell(plain, line));
        Row { cells: blank.into_iter().chain(cells).collect(), lines: row.lines }
    };
    plain.rows().into_iter().map(row).collect()
}

fn cell(plain: &Plain<'_>, line: &Line) -> Cell {
    let at = match (line.letters.first(), line.letters.last()) {
        (Some(first), Some(last)) => first.at..last.end,
        _ => line.at.clone(),
    };
    let text = line.plain();
    let is_number = matches!(read_amount(&plain.text[at.clone()], Measure::Money), Entry::Number(_));
    Cell { text, at, is_number }
}
