//! What the headings of a sheet say of its columns: year, unit, which column of the form, which funds, basic spending or
//! projects.

use crate::engine::amount::plain_letter;
use crate::engine::reading::ledger::MOST_CELLS;
use crate::engine::reading::ledger::rows::Row;
use crate::engine::reading::unit::MoneyUnit;
use crate::engine::template::spec::LedgerSpec;

/// The template's words in the letters of the cells.
pub(super) struct Words {
    columns: Vec<Vec<String>>,
    codes: Vec<String>,
    basic: Vec<String>,
    project: Vec<String>,
    funds: Vec<String>,
    totals: Vec<String>,
    other: Vec<String>,
}

/// Which spending a sheet, a row or a column is of; whole where it says neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spending {
    Whole,
    Basic,
    Projects,
}

/// A column of amounts.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub at: usize,
    /// The heading's place in the template's list of words: the lower, the more telling.
    pub rank: Option<usize>,
    pub spending: Spending,
    /// Whether it counts but a part of all funds.
    pub is_part: bool,
    pub is_total: bool,
    pub unit: Option<MoneyUnit>,
}

/// A longer cell is no heading.
const LONGEST_HEADING: usize = 30;
/// What is printed for the year before the one that a sheet is of.
const YEAR_BEFORE: &str = "上年";
/// What a line about a sheet has in it.
const UNIT: &str = "单位:";
/// What the titles of sheets end in.
const SHEET: [&str; 2] = ["表", "表)"];

impl Words {
    pub fn of(spec: &LedgerSpec) -> Self {
        let letters = |word: &String| word.chars().filter_map(plain_letter).collect();
        let plain = |words: &[String]| words.iter().map(letters).collect();
        Self {
            columns: spec.columns.iter().map(|column| plain(&column.words)).collect(),
            codes: plain(&spec.codes),
            basic: plain(&spec.basic),
            project: plain(&spec.project),
            funds: plain(&spec.funds),
            totals: plain(&spec.totals),
            other: plain(&spec.other),
        }
    }

    /// Whether a row has headings of columns.
    pub fn is_heading(&self, row: &Row) -> bool {
        let is_short = |text: &str| text.chars().count() <= LONGEST_HEADING;
        // A line with the sheet's name or its unit is none, whatever else is in it.
        let is_above = |text: &str| is_title(text) || text.contains(UNIT) && self.rank(text).is_none();
        row.filled().nth(1).is_some()
            && !row.has_number()
            && !row.filled().any(is_above)
            && row.filled().any(|text| is_short(text) && (self.rank(text).is_some() || self.is_of_codes(text)))
    }

    pub fn is_of_codes(&self, heading: &str) -> bool {
        has(&self.codes, heading)
    }

    pub fn is_total(&self, text: &str) -> bool {
        has(&self.totals, text)
    }

    /// 基本支出 or projects, of a title or heading that has the words in it.
    pub fn spending(&self, text: &str) -> Spending {
        match (has(&self.basic, text), has(&self.project, text)) {
            (true, false) => Spending::Basic,
            (false, true) => Spending::Projects,
            _ => Spending::Whole,
        }
    }

    /// The same of a cell that says nothing else: 一、基本支出, and not the name of a project such as 编外人员经费.
    pub fn spending_of_cell(&self, text: &str) -> Spending {
        let is_word = |word: &String| {
            let before = text.strip_suffix(word.as_str());
            before.is_some_and(|before| !before.ends_with(char::is_alphabetic))
        };
        match (self.basic.iter().any(is_word), self.project.iter().any(is_word)) {
            (true, _) => Spending::Basic,
            (_, true) => Spending::Projects,
            _ => Spending::Whole,
        }
    }

    /// The first words of the template's list that stand in a title or heading.
    pub fn rank(&self, text: &str) -> Option<usize> {
        let mut text = text.to_owned();
        // 一般公共预算 is no budget, 基本支出 not what was spent.
        for word in [&self.funds, &self.basic, &self.project].into_iter().flatten() {
            text = text.replace(word.as_str(), "");
        }
        self.columns.iter().position(|words| has(words, &text))
    }

    /// The column under a heading, unless it is one that the form does not have. `year` is the sheet's.
    pub fn column(&self, at: usize, heading: &str, year: i32) -> Option<Column> {
        let heading = in_its_year(heading, year)?;
        if has(&self.other, &heading) {
            return None;
        }
        Some(Column {
            at,
            rank: self.rank(&heading),
            spending: self.spending(&heading),
            is_part: has(&self.funds, &heading),
            is_total: self.is_total(&heading),
            unit: MoneyUnit::stated(&heading),
        })
    }
}

fn has(words: &[String], text: &str) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

pub(super) fn is_title(text: &str) -> bool {
    SHEET.iter().any(|end| text.ends_with(end))
}

/// The headings of each column, from the top down. A cell that was merged over several columns stands in its first.
pub(super) fn headings(rows: &[&Row]) -> Vec<String> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default().min(MOST_CELLS);
    let mut headings = vec![String::new(); width];
    for (index, row) in rows.iter().enumerate() {
        let below = &rows[index + 1..];
        let mut over = "";
        for (at, heading) in headings.iter_mut().enumerate() {
            let is_under_it = row.text(at).is_empty() && below.iter().any(|row| !row.text(at).is_empty());
            over = if is_under_it { over } else { row.text(at) };
            heading.push_str(over);
        }
    }
    headings
}

/// The years that a text names.
pub(super) fn years(text: &str) -> Vec<i32> {
    let pieces = text.split('年').map(|piece| {
        let from = piece.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        piece[from..].parse().ok().filter(|year| (1990..2100).contains(year))
    });
    // Behind the last 年 stands none.
    let count = text.matches('年').count();
    pieces.take(count).flatten().collect()
}

/// A heading with its year told by the sheet's; none where it is of a third year.
fn in_its_year(heading: &str, year: i32) -> Option<String> {
    let mut heading = heading.to_owned();
    for named in years(&heading) {
        let word = match year.saturating_sub(named) {
            0 => "",
            1 => YEAR_BEFORE,
            _ => return None,
        };
        heading = heading.replace(&[&named.to_string(), "年"].concat(), word);
    }
    Some(heading)
}
