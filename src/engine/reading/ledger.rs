//! Reads the finance system's sheets, which have no row of the form in them but accounts (支出经济分类科目), and adds the
//! accounts up to the rows that the template says. What the template does not list is not guessed.

mod columns;
mod names;
mod rows;
mod sheet;

use std::ops::Range;

use crate::engine::layout::Layout;
use crate::engine::reading::Link;
use crate::engine::reading::ledger::columns::{Words, is_title, years};
use crate::engine::reading::ledger::names::Names;
use crate::engine::reading::ledger::rows::{Coded, Row, rows};
use crate::engine::reading::ledger::sheet::Sheet;
use crate::engine::reading::plain::Plain;
use crate::engine::template::spec::LedgerSpec;

/// The sheets of a text.
#[derive(Debug, Default)]
pub(super) struct Ledgers {
    pub links: Vec<Link>,
    /// The year that the first of them states.
    pub year: Option<i32>,
    /// Where each stands, in lines of the plain text.
    pub places: Vec<Range<usize>>,
}

/// So many lines above the headings may say what a sheet is of.
const MOST_ABOVE: usize = 6;
/// Sheets of accounts are narrower; a longer line is none of theirs.
const MOST_CELLS: usize = 200;
/// Letters of a cell that is prose.
const LONGEST_CELL: usize = 60;

pub(super) fn read(layout: &Layout<'_>, plain: &Plain<'_>) -> Ledgers {
    let mut ledgers = Ledgers::default();
    let Some(spec) = &layout.template.spec().ledger else { return ledgers };
    let names = Names::of(spec);
    // Most texts have no code in any of their cells, and are not looked at again.
    if !plain.lines.iter().any(|line| names.may_begin(line)) {
        return ledgers;
    }
    let finder = Finder { spec, words: Words::of(spec), names, rows: rows(plain) };
    for (place, anchors) in finder.sheets() {
        let sheet = Sheet::of(layout, plain, &finder, place.clone(), &anchors);
        ledgers.year = ledgers.year.or(sheet.year);
        ledgers.links.extend(sheet.links());
        // Lines of words above a sheet may be those of a report.
        let rows = &finder.rows[place];
        let rows = rows.iter().skip_while(|row| row.cells.len() < 2);
        let lines = rows.map(|row| row.lines.clone()).reduce(|all, next| all.start..next.end);
        ledgers.places.extend(lines);
    }
    ledgers
}

/// The rows of a text, and what sheets are known by.
struct Finder<'a> {
    spec: &'a LedgerSpec,
    words: Words,
    names: Names,
    rows: Vec<Row>,
}

/// A code beside its name, or under a heading that says what it is: where it stands and whether it has a name.
struct Anchor {
    row: usize,
    coded: Coded,
}

impl Finder<'_> {
    /// The rows of each sheet, with its headings, and the anchors in it.
    fn sheets(&self) -> Vec<(Range<usize>, Vec<Anchor>)> {
        let mut sheets: Vec<(Range<usize>, Vec<Anchor>)> = Vec::new();
        for anchor in self.anchors() {
            let at = anchor.row;
            match sheets.last_mut() {
                Some((rows, anchors)) if !self.is_parted(rows, at) => {
                    rows.end = rows.end.max(at + 1);
                    anchors.push(anchor);
                }
                _ => {
                    let floor = sheets.last().map_or(0, |(rows, _)| rows.end);
                    sheets.push((self.top(at, floor)..at + 1, vec![anchor]));
                }
            }
        }
        // Accounts that the template does not list, and sums.
        for at in 0..sheets.len() {
            let next = sheets.get(at + 1).map_or(self.rows.len(), |(rows, _)| rows.start);
            let end = &mut sheets[at].0.end;
            let goes_on = |row: &&Row| row.cells.len() > 1 && row.has_number() || row.is_blank();
            *end += self.rows[*end..next.max(*end)].iter().take_while(goes_on).count();
        }
        sheets
    }

    fn anchors(&self) -> Vec<Anchor> {
        let mut anchors = Vec::new();
        // Columns of codes by their headings.
        let mut headed: Vec<usize> = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            if self.words.is_heading(row) {
                headed = (0..row.cells.len()).filter(|column| self.words.is_of_codes(row.text(*column))).collect();
                continue;
            }
            for column in 0..row.cells.len() {
                if row.cells.len() > MOST_CELLS {
                    break;
                }
                let Some(coded) = row.coded(column, None).filter(|coded| self.names.has(&coded.code)) else { continue };
                let is_known = self.names.agree(&coded) || coded.name.is_empty() && headed.contains(&column);
                if is_known && (coded.from..row.cells.len()).any(|column| row.is_number(column)) {
                    anchors.push(Anchor { row: at, coded });
                }
            }
        }
        anchors
    }

    /// Whether between a sheet and a row below it another one begins. The headings of a printed page come again.
    fn is_parted(&self, sheet: &Range<usize>, at: usize) -> bool {
        let begins = |row: &&Row| {
            let is_name = row.filled().nth(1).is_none()
                && row.filled().any(|text| is_title(text) || !years(text).is_empty() && !row.has_number());
            is_name || self.words.is_heading(row)
        };
        let is_again = |row: &Row| self.rows[sheet.clone()].iter().any(|above| above.filled().eq(row.filled()));
        self.rows[sheet.end.min(at)..at].iter().filter(begins).any(|row| !is_again(row))
    }

    /// Where the sheet of a row begins: at its headings, and what is said above them.
    fn top(&self, at: usize, floor: usize) -> usize {
        let mut top = at;
        let mut above = 0;
        let mut has_headings = false;
        while top > floor {
            let row = &self.rows[top - 1];
            let is_prose = row.filled().any(|text| text.chars().count() > LONGEST_CELL);
            let is_above = has_headings || row.cells.len() < 2;
            above += usize::from(is_above && !row.is_blank());
            if is_prose || above > MOST_ABOVE || has_headings && row.has_number() {
                break;
            }
            has_headings |= self.words.is_heading(row);
            top -= 1;
        }
        top
    }
}
