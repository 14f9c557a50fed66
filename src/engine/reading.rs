//! Reads a filing that exists as text: the report in whatever wording and the tables flattened, one cell a line. It finds
//! which figure of the form each number states, and says how sure it is. Nothing is entered by reading.

mod adopt;
mod compare;
mod context;
mod counts;
mod headings;
mod known;
mod last_year;
mod ledger;
mod plain;
mod prose;
mod tables;
mod texts;
mod unit;
mod unread;

use std::ops::Range;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::engine::layout::Layout;
use crate::engine::reading::context::Context;
use crate::engine::reading::plain::Plain;

pub use crate::engine::reading::adopt::{Place, adopt, places};
pub use crate::engine::reading::compare::{Standing, Suspect, certain, compare};
pub use crate::engine::reading::last_year::{as_last_year, read_material};

/// What was found in a text.
#[derive(Clone, Debug, Default, Serialize, PartialEq)]
pub struct Reading {
    /// The evaluated year as the report's title says it, or else a table's, or else a ledger's.
    pub year: Option<i32>,
    /// In the order of the text.
    pub links: Vec<Link>,
    /// Sections of the report that were recognised, in the order of the text.
    pub sections: Vec<ReadSection>,
    /// Lines of tables and ledgers whose figures went to no link, as bytes of the text.
    pub unread: Vec<Range<usize>>,
}

/// A place of the text that states a cell of the form.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct Link {
    /// Bytes of the text.
    pub at: Range<usize>,
    /// The cell; where it could be one of several, each of them.
    pub cells: Vec<Target>,
    /// What would be entered into the cell.
    pub text: String,
    /// The figure, in the cell's own unit; absent for words.
    pub value: Option<Decimal>,
    pub certainty: Certainty,
    pub from: Source,
    /// The accounts whose amounts add up to the figure; empty where the text states it itself.
    pub addends: Vec<Addend>,
    /// Whether the text counts in 元, though not in this place itself, and the figure is brought to 万元.
    pub converted: bool,
}

/// An account's line in a sheet of the finance system.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Addend {
    pub code: String,
    /// As the sheet names it; empty where it does not.
    pub name: String,
    /// The amount as written.
    pub amount: String,
    /// Bytes of the amount.
    pub at: Range<usize>,
}

/// A cell of the form, perhaps in a row that the filing does not have yet.
#[derive(Clone, Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(untagged)]
pub enum Target {
    /// `block.row.column`
    Cell(String),
    /// The `number`-th row of the group in this text, from 1.
    Row { group: String, number: usize, column: String },
}

#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// The wording, its section and the unit name one cell.
    Certain,
    /// One cell, but a unit, a heading or a blank line that would settle it is missing.
    Likely,
    /// Several cells come into question.
    Ambiguous,
}

/// Which part of the filing a figure was read from; where several state it, the first of these counts.
#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Table,
    /// A sheet of the finance system.
    Ledger,
    Report,
}

#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct ReadSection {
    pub id: String,
    pub at: Range<usize>,
}

impl Link {
    fn new(
        at: Range<usize>,
        cells: Vec<Target>,
        text: String,
        value: Option<Decimal>,
        certainty: Certainty,
        from: Source,
    ) -> Self {
        Self { at, cells, text, value, certainty, from, addends: Vec::new(), converted: false }
    }

    /// The one cell that this is, where there is no doubt of that.
    pub fn cell(&self) -> Option<&Target> {
        match self.cells.as_slice() {
            [cell] => Some(cell),
            _ => None,
        }
    }
}

/// Reads a text as a filing of the layout's form. The names of indicators are known from the filing, too.
pub fn read(layout: &Layout<'_>, text: &str) -> Reading {
    read_in_steps(layout, text, &mut |_| {})
}

/// The same, telling on the way how much is done, in percent.
pub fn read_in_steps(layout: &Layout<'_>, text: &str, progress: &mut dyn FnMut(u8)) -> Reading {
    let plain = Plain::of(text);
    progress(5);
    let ledgers = ledger::read(layout, &plain);
    let mut tables = tables::read(layout, &plain, &ledgers.places);
    progress(20);
    let context = Context::of(layout, &plain, &tables);
    let report = prose::read(&context, &plain, &tables, progress);
    let mut links = std::mem::take(&mut tables.links);
    links.extend(counts::read(layout, &links, &plain, &report.paragraphs));
    progress(90);
    links.extend(texts::read(&context, &plain, &report.paragraphs, &report.links));
    links.extend(report.links);
    links.extend(ledgers.links);
    links.sort_by_key(|link| (link.at.start, link.at.end));
    let year = context.year.or(tables.year).or(ledgers.year);
    let unread = unread::unread(&plain, &tables, &links);
    Reading { year, links, sections: report.sections, unread }
}
