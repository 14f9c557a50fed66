//! The cells of a sheet as lines of text: a tab between cells, blank cells kept in their places, a merged cell once.

use std::ops::RangeInclusive;

use calamine::{ExcelDateTime, ExcelDateTimeType};
use rust_decimal::Decimal;

use crate::exchange::office::open::Remark;

/// Far more than a filing has; what stands behind is not read.
pub(super) const MOST_CELLS: usize = 200_000;
const MOST_BYTES: usize = 16 * 1024 * 1024;
pub(super) const MOST_COLUMNS: u32 = 256;
const MOST_MERGED: usize = 5_000;

/// The text of a workbook, sheet by sheet, and what is to be said of it.
#[derive(Debug, Default)]
pub(super) struct Book {
    text: String,
    cells: usize,
    bytes: usize,
    hidden: Vec<String>,
    errors: Counted,
    without_result: Counted,
    is_cut: bool,
    is_full: bool,
}

/// How many cells, and where the first of them is.
#[derive(Debug, Default)]
struct Counted {
    count: usize,
    first: String,
}

/// One sheet, with the cells that have a text.
#[derive(Debug)]
pub(super) struct Sheet {
    name: String,
    cells: Vec<(u32, u32, String)>,
    merged: Vec<Merged>,
}

/// Rows and columns that are one cell.
#[derive(Debug)]
pub(super) struct Merged {
    pub rows: RangeInclusive<u32>,
    pub columns: RangeInclusive<u32>,
}

/// What a figure is by the format of its cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Format {
    #[default]
    Plain,
    Percent,
    Date,
}

impl Book {
    pub fn hide(&mut self, name: String) {
        self.hidden.push(name);
    }

    /// Whether no more cells are read.
    pub fn is_full(&self) -> bool {
        self.is_full
    }

    /// Takes a cell, if there is room.
    pub fn cell(&mut self, sheet: &mut Sheet, row: u32, column: u32, text: &str) {
        // A line break within a cell would break the row.
        let text: String = text
            .chars()
            .map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c })
            .filter(|c| !c.is_control())
            .collect();
        if text.trim().is_empty() {
            return;
        }
        self.is_full |= self.cells >= MOST_CELLS || self.bytes + text.len() > MOST_BYTES;
        self.is_cut |= self.is_full || column >= MOST_COLUMNS;
        if self.is_full || column >= MOST_COLUMNS {
            return;
        }
        self.cells += 1;
        self.bytes += text.len();
        sheet.cells.push((row, column, text));
    }

    /// An error in place of a figure (#REF!).
    pub fn error(&mut self, sheet: &mut Sheet, row: u32, column: u32, text: &str) {
        self.errors.add(sheet, row, column);
        self.cell(sheet, row, column, text);
    }

    /// A formula whose result the file does not have.
    pub fn without_result(&mut self, sheet: &Sheet, row: u32, column: u32) {
        self.without_result.add(sheet, row, column);
    }

    /// Writes a sheet that is read, an empty line behind the one before.
    pub fn write(&mut self, sheet: Sheet) {
        if !self.text.is_empty() && !sheet.cells.is_empty() {
            self.text.push('\n');
        }
        sheet.write(&mut self.text);
    }

    pub fn finish(self) -> (String, Vec<Remark>) {
        let mut remarks = Vec::new();
        let Counted { count, first } = self.errors;
        remarks.extend((count > 0).then_some(Remark::ErrorCells { count, first }));
        let Counted { count, first } = self.without_result;
        remarks.extend((count > 0).then_some(Remark::NoResult { count, first }));
        remarks.extend((!self.hidden.is_empty()).then_some(Remark::HiddenSheets { names: self.hidden }));
        remarks.extend(self.is_cut.then_some(Remark::CutOff { cells: self.cells }));
        (self.text, remarks)
    }
}

impl Counted {
    fn add(&mut self, sheet: &Sheet, row: u32, column: u32) {
        if self.count == 0 {
            self.first = format!("{}!{}{}", sheet.name, letters(column), u64::from(row) + 1);
        }
        self.count += 1;
    }
}

impl Sheet {
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), cells: Vec::new(), merged: Vec::new() }
    }

    pub fn merge(&mut self, rows: RangeInclusive<u32>, columns: RangeInclusive<u32>) {
        if self.merged.len() < MOST_MERGED {
            self.merged.push(Merged { rows, columns });
        }
    }

    fn write(mut self, text: &mut String) {
        self.cells.sort_by_key(|(row, column, _)| (*row, *column));
        self.merged.sort_by_key(|merged| *merged.rows.start());
        let first = self.cells.iter().map(|(_, column, _)| *column).min().unwrap_or_default();
        let rows = || self.cells.chunk_by(|a, b| a.0 == b.0);
        // Fewer cells than columns would leave open which of them are blank, so rows of a table are as long as the longest.
        let lasts = rows().filter(|row| row.len() > 1).filter_map(|row| row.last());
        let end = lasts.map(|(_, column, _)| column + 1).max().unwrap_or_default();
        let mut merged = self.merged.iter().peekable();
        let mut reach: Vec<&Merged> = Vec::new();
        let mut row_before = None;
        for row in rows() {
            let at = row[0].0;
            if row_before.is_some_and(|before| before + 1 < at) {
                text.push('\n');
            }
            row_before = Some(at);
            while let Some(next) = merged.next_if(|next| *next.rows.start() <= at) {
                reach.push(next);
            }
            reach.retain(|merged| *merged.rows.end() >= at);
            let from = text.len();
            let is_line = row.len() == 1 && row[0].1 == first;
            let end = if is_line { first + 1 } else { end.max(row[row.len() - 1].1 + 1) };
            let mut cells = row.iter().peekable();
            for column in first..end {
                let covers = |merged: &&&Merged| merged.columns.contains(&column);
                let cover = reach.iter().find(covers);
                let cell = cells.next_if(|(_, of, _)| *of == column);
                if cover.is_some_and(|cover| *cover.columns.start() < column) {
                    continue;
                }
                if column > first {
                    text.push('\t');
                }
                // What stands below in a merged cell is not shown.
                let is_below = cover.is_some_and(|cover| *cover.rows.start() < at);
                text.push_str(cell.filter(|_| !is_below).map_or("", |(.., words)| words.trim_end()));
            }
            if text[from..].trim().is_empty() {
                text.truncate(from);
            } else {
                text.push('\n');
            }
        }
    }
}

/// A figure as it is meant: spreadsheets keep fifteen digits, and what a float has behind them is none of the person's.
pub(super) fn number(value: f64, format: Format, is_1904: bool) -> String {
    if !value.is_finite() {
        return String::new();
    }
    if format == Format::Date {
        return date(ExcelDateTime::new(value, ExcelDateTimeType::DateTime, is_1904));
    }
    // Printed without an exponent, the rounded value has the same digits as its decimal text.
    let rounded = format!("{value:.14e}").parse::<f64>().unwrap_or(value) + 0.0;
    let text = rounded.to_string();
    match (format, text.parse::<Decimal>()) {
        (Format::Percent, Ok(share)) if share.abs() < Decimal::from(1_000_000_000) => {
            format!("{}%", (share * Decimal::ONE_HUNDRED).normalize())
        }
        _ => text,
    }
}

/// A day as 2025-10-10, with the time where it has one; a time alone as 8:30.
pub(super) fn date(date: ExcelDateTime) -> String {
    let value = date.as_f64();
    let of_time = if date.is_datetime() { value.fract() } else { value };
    let minutes = (of_time * 1440.0).round();
    let hours = (minutes / 60.0).floor();
    let time = format!("{hours:.0}:{:02.0}", minutes - hours * 60.0);
    if value < 1.0 || !date.is_datetime() {
        return time;
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    if minutes > 0.0 { format!("{day} {time}") } else { day }
}

impl Format {
    /// The formats that every workbook has.
    pub fn built_in(id: u16) -> Self {
        match id {
            9 | 10 => Self::Percent,
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Self::Date,
            _ => Self::Plain,
        }
    }

    /// By the code of a format: its letters, without what is quoted, escaped or in brackets, up to the form of negatives.
    pub fn of(code: &str) -> Self {
        let mut letters = String::new();
        let (mut is_quoted, mut is_bracket) = (false, false);
        let mut rest = code.chars();
        while let Some(c) = rest.next() {
            match c {
                '"' => is_quoted = !is_quoted,
                _ if is_quoted => {}
                ']' => is_bracket = false,
                _ if is_bracket => {}
                '[' => is_bracket = true,
                '\\' | '_' | '*' => drop(rest.next()),
                ';' => break,
                c => letters.push(c.to_ascii_lowercase()),
            }
        }
        if letters.contains('%') || letters == "percent" {
            Self::Percent
        } else if letters.contains("general") || letters.contains(['0', '#', '?', '@']) {
            Self::Plain
        } else if letters.contains(['y', 'm', 'd', 'h', 's']) {
            Self::Date
        } else {
            Self::Plain
        }
    }
}

/// The name of a column: A, B, … Z, AA.
fn letters(column: u32) -> String {
    let mut name = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        name.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    name.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_what_the_person_typed() {
        for (value, format, text) in [
            (0.1 + 0.2, Format::Plain, "0.3"),
            (642.01, Format::Plain, "642.01"),
            (100.0, Format::Plain, "100"),
            (-0.0, Format::Plain, "0"),
            (1e21, Format::Plain, "1000000000000000000000"),
            (1.5e-7, Format::Plain, "0.00000015"),
            (123_456_789_012.345_67, Format::Plain, "123456789012.346"),
            (1.1 * 1.1, Format::Plain, "1.21"),
            (0.96, Format::Percent, "96%"),
            (1.0, Format::Percent, "100%"),
            (0.29, Format::Percent, "29%"),
            (1.363_321_2, Format::Percent, "136.33212%"),
            (0.0, Format::Percent, "0%"),
            (45940.0, Format::Date, "2025-10-10"),
            (45940.5, Format::Date, "2025-10-10 12:00"),
            (0.25, Format::Date, "6:00"),
            (45_940.354_2, Format::Date, "2025-10-10 8:30"),
            (f64::NAN, Format::Plain, ""),
        ] {
            assert_eq!(number(value, format, false), text);
        }
        let duration = ExcelDateTime::new(1.104_166_7, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(date(duration), "26:30");
        assert_eq!(number(45940.0 - 1462.0, Format::Date, true), "2025-10-10");
    }

    #[test]
    fn a_format_says_what_a_figure_is() {
        for (code, format) in [
            ("General", Format::Plain),
            ("0.00", Format::Plain),
            ("#,##0.00_ ;[Red]\\-#,##0.00\\ ", Format::Plain),
            ("0\"%\"", Format::Plain),
            ("0.0%", Format::Percent),
            ("0%;[Red]-0%", Format::Percent),
            ("Percent", Format::Percent),
            ("yyyy\"年\"m\"月\"d\"日\"", Format::Date),
            ("[$-804]yyyy/m/d;@", Format::Date),
            ("Short Date", Format::Date),
            ("\"d\"0", Format::Plain),
            ("@", Format::Plain),
            ("", Format::Plain),
        ] {
            assert_eq!(Format::of(code), format, "{code}");
        }
    }

    #[test]
    fn merged_cells_stand_once_and_blanks_keep_their_places() {
        let mut book = Book::default();
        let mut sheet = Sheet::new("Sheet1");
        for (row, column, text) in [
            (0, 0, "title"),
            (2, 0, "name"),
            (2, 2, "a"),
            (2, 3, "b"),
            (3, 0, "x\r\ny"),
            (3, 2, "1"),
            (4, 0, "below"),
            (4, 3, "2"),
            (5, 0, "last"),
        ] {
            book.cell(&mut sheet, row, column, text);
        }
        sheet.merge(0..=0, 0..=3);
        sheet.merge(2..=2, 0..=1);
        sheet.merge(3..=4, 0..=1);
        book.write(sheet);
        assert_eq!(book.finish().0, "title\n\nname\ta\tb\nx  y\t1\t\n\t\t2\nlast\n");
    }

    #[test]
    fn columns_have_their_letters() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
