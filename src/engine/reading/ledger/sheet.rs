//! One sheet of accounts: what its headings say, its lines, and the sums for the rows of the form.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rust_decimal::Decimal;

use crate::engine::layout::Layout;
use crate::engine::reading::ledger::columns::{Column, Spending, headings, is_title, years};
use crate::engine::reading::ledger::rows::{ACCOUNT, CLASS, Coded, Row};
use crate::engine::reading::ledger::{Anchor, Finder, MOST_CELLS};
use crate::engine::reading::plain::Plain;
use crate::engine::reading::unit::MoneyUnit;
use crate::engine::reading::{Addend, Certainty, Link, Source, Target};
use crate::engine::template::spec::AccountSpec;

pub(super) struct Sheet<'a> {
    layout: &'a Layout<'a>,
    plain: &'a Plain<'a>,
    finder: &'a Finder<'a>,
    /// The year that it states.
    pub year: Option<i32>,
    unit: Option<MoneyUnit>,
    /// The title's words in the template's list of headings, for columns without one of their own.
    rank: Option<usize>,
    lines: Vec<Account<'a>>,
    /// The columns of amounts behind each column of codes, as far as the form may have them.
    columns: BTreeMap<usize, Vec<Column>>,
}

/// An account's line.
struct Account<'a> {
    coded: Coded,
    row: &'a Row,
    spending: Spending,
    is_total: bool,
}

/// The columns of codes: each account has its amounts behind it, before the next one. Wide sheets have several.
struct Codes<'a> {
    columns: BTreeSet<usize>,
    is_split: bool,
    /// Columns whose codes have no names.
    bare: BTreeSet<usize>,
    finder: &'a Finder<'a>,
}

/// Headings stand in no more rows.
const MOST_HEADINGS: usize = 6;
/// Fewer accounts are no class: a sheet of the three public expenses has some of 302.
const LEAST_ACCOUNTS: usize = 3;
/// From so much on, an account of a county's office is counted in 元: no office has ten million of one.
const LEAST_YUAN: i64 = 1_000;

impl<'a> Sheet<'a> {
    pub fn of(
        layout: &'a Layout<'a>,
        plain: &'a Plain<'a>,
        finder: &'a Finder<'a>,
        place: Range<usize>,
        anchors: &[Anchor],
    ) -> Self {
        let words = &finder.words;
        let rows = &finder.rows[place];
        let (head, data) = rows.split_at(rows.iter().position(Row::has_number).unwrap_or_default());
        let is_table = |row: &&Row| row.filled().nth(1).is_some() && !row.filled().any(is_title);
        let first = head.iter().position(|row| words.is_heading(row));
        let first = first.or_else(|| head.iter().rposition(|row| is_table(&row)));
        let (above, heads) = head.split_at(first.unwrap_or(head.len()));
        let heads: Vec<&Row> = heads.iter().filter(is_table).take(MOST_HEADINGS).collect();
        let headings = headings(&heads);
        let title: String = above.iter().flat_map(Row::filled).collect();
        let year = years(&title).first().copied().or_else(|| headings.iter().flat_map(|text| years(text)).max());
        let unit = above.iter().chain(heads.iter().copied()).flat_map(Row::filled).find_map(MoneyUnit::stated);
        let codes = Codes::of(finder, anchors);
        let lines = codes.lines(data, words.spending(&title));
        let year_or_forms = year.unwrap_or(layout.submission.year);
        let mut columns: BTreeMap<usize, Vec<Column>> = BTreeMap::new();
        for from in &codes.columns {
            let of_these = || lines.iter().filter(|line| line.coded.column == *from);
            let Some(begin) = of_these().map(|line| line.coded.from).min() else { continue };
            let width = of_these().map(|line| line.row.cells.len()).max().unwrap_or_default().min(MOST_CELLS);
            let end = codes.columns.range(from + 1..).next().copied().unwrap_or(width);
            let has_amounts = |at: &usize| of_these().any(|line| *at >= line.coded.from && line.row.is_number(*at));
            let heading = |at: usize| headings.get(at).map_or("", String::as_str);
            let found = (begin..end).filter(has_amounts).filter_map(|at| words.column(at, heading(at), year_or_forms));
            columns.insert(*from, found.collect());
        }
        Self { layout, plain, finder, year, unit, rank: words.rank(&title), lines, columns }
    }

    /// A link for each row and column of the form that the sheet has amounts for.
    pub fn links(&self) -> Vec<Link> {
        let mut into: Vec<&str> = Vec::new();
        for column in &self.finder.spec.columns {
            if !into.contains(&column.into.as_str()) {
                into.push(&column.into);
            }
        }
        let accounts = self.finder.spec.accounts.iter();
        accounts.flat_map(|account| into.iter().filter_map(|column| self.link(account, column))).collect()
    }

    fn link(&self, account: &AccountSpec, into: &str) -> Option<Link> {
        let unit = self.unit.unwrap_or_else(|| self.likely_unit());
        let mut is_certain = self.unit.is_some() && self.year.is_none_or(|year| year == self.layout.submission.year);
        let mut sum = Decimal::ZERO;
        let mut converted = false;
        let mut addends = Vec::new();
        for line in self.counted(account) {
            let (columns, is_sure) = self.chosen(line, account, into);
            for column in columns {
                let Some(cell) = line.row.cells.get(column.at) else { continue };
                let Some(amount) = column.unit.unwrap_or(unit).read(&cell.text) else { continue };
                sum = sum.checked_add(amount.value)?;
                converted |= amount.is_converted;
                let spending = if column.spending == Spending::Whole { line.spending } else { column.spending };
                is_certain &= is_sure && (!account.basic || spending == Spending::Basic);
                // Whether the sheet has all accounts of a class, it does not say.
                is_certain &= account.codes.contains_key(&line.coded.code);
                addends.push(Addend {
                    code: line.coded.code.clone(),
                    name: line.coded.name.clone(),
                    amount: self.plain.text[cell.at.clone()].to_owned(),
                    at: cell.at.clone(),
                });
            }
        }
        is_certain &= account.basic || !self.is_part();
        let at = addends.first()?.at.clone();
        let certainty = if is_certain { Certainty::Certain } else { Certainty::Likely };
        let (value, cells) = (sum.normalize(), vec![Target::Cell([&account.into, ".", into].concat())]);
        let link = Link::new(at, cells, value.to_string(), Some(value), certainty, Source::Ledger);
        Some(Link { addends, converted, ..link })
    }

    /// The lines that add up to a row of the form: none of them twice.
    fn counted(&self, account: &AccountSpec) -> Vec<&Account<'a>> {
        let fits = |line: &&Account<'a>| !(account.basic && line.spending == Spending::Projects);
        let of = |code: &str| -> Vec<&Account<'a>> {
            let all: Vec<_> = self.lines.iter().filter(fits).filter(|line| line.coded.code == code).collect();
            // A sum of lines of one account, beside them.
            let parts: Vec<_> = all.iter().copied().filter(|line| !line.is_total).collect();
            if parts.is_empty() { all } else { parts }
        };
        let mut counted = Vec::new();
        for code in account.codes.keys() {
            let lines = of(code);
            if !lines.is_empty() || code.len() != CLASS {
                counted.extend(lines);
                continue;
            }
            // A class without a line of its own is the sum of its accounts.
            let is_within = |within: &&String| within.len() == ACCOUNT && within.starts_with(code.as_str());
            let within: BTreeSet<&String> = self.lines.iter().map(|line| &line.coded.code).filter(is_within).collect();
            if within.len() >= LEAST_ACCOUNTS {
                counted.extend(within.into_iter().flat_map(|code| of(code)));
            }
        }
        counted.sort_by_key(|line| line.row.lines.start);
        counted
    }

    /// The columns of a line that go into a column of the form, and whether that is sure.
    fn chosen(&self, line: &Account<'_>, account: &AccountSpec, into: &str) -> (Vec<&Column>, bool) {
        let Some(columns) = self.columns.get(&line.coded.column) else { return (Vec::new(), false) };
        let is_told = columns.iter().any(|column| column.rank.is_some());
        let last = self.finder.spec.columns.len().checked_sub(1);
        let rank = |column: &Column| if is_told { column.rank } else { self.rank.or(last) };
        let goes_into = |rank: &usize| self.finder.spec.columns[*rank].into == into;
        let of = |spending: Spending| -> Option<&Column> {
            let mut found: Vec<(bool, usize, &Column)> = Vec::new();
            for column in columns.iter().filter(|column| column.spending == spending) {
                found.extend(rank(column).filter(goes_into).map(|rank| (column.is_part, rank, column)));
            }
            let best = found.iter().map(|(is_part, rank, _)| (*is_part, *rank)).min()?;
            found.retain(|(is_part, rank, _)| (*is_part, *rank) == best);
            // Of several that say the same, their sum.
            if found.len() > 1 {
                found.retain(|(.., column)| column.is_total);
            }
            match found.as_slice() {
                [(.., column)] => Some(column),
                _ => None,
            }
        };
        let all = of(Spending::Whole);
        let (basic, projects) = (of(Spending::Basic), of(Spending::Projects));
        let (chosen, is_whole) = match (account.basic, all, basic, projects) {
            (true, _, Some(basic), _) => (vec![basic], true),
            (_, Some(all), ..) => (vec![all], true),
            (true, ..) => (Vec::new(), false),
            (false, _, basic, projects) => {
                (basic.into_iter().chain(projects).collect(), basic.is_some() && projects.is_some())
            }
        };
        let is_sure = is_told && is_whole && !chosen.iter().any(|column| column.is_part);
        (chosen, is_sure)
    }

    /// Whether the sheet has nothing but 基本支出, or nothing but projects.
    fn is_part(&self) -> bool {
        let first = self.lines.first().map_or(Spending::Whole, |line| line.spending);
        first != Spending::Whole && self.lines.iter().all(|line| line.spending == first)
    }

    fn likely_unit(&self) -> MoneyUnit {
        let amounts = self.lines.iter().filter(|line| line.coded.code.len() == ACCOUNT).flat_map(|line| {
            let columns = self.columns.get(&line.coded.column).into_iter().flatten();
            columns.filter_map(|column| MoneyUnit::Wan.read(line.row.text(column.at)))
        });
        let is_yuan = amounts.into_iter().any(|amount| amount.value.abs() >= Decimal::from(LEAST_YUAN));
        if is_yuan { MoneyUnit::Yuan } else { MoneyUnit::Wan }
    }
}

impl<'a> Codes<'a> {
    fn of(finder: &'a Finder<'a>, anchors: &[Anchor]) -> Self {
        let columns = anchors.iter().map(|anchor| anchor.coded.column).collect();
        let bare = anchors.iter().filter(|anchor| anchor.coded.name.is_empty());
        let bare = bare.map(|anchor| anchor.coded.column).collect();
        Self { columns, is_split: anchors.iter().any(|anchor| anchor.coded.is_split), bare, finder }
    }

    /// The lines of accounts, with what the lines above them and their other cells say.
    fn lines(&self, rows: &'a [Row], sheet: Spending) -> Vec<Account<'a>> {
        let words = &self.finder.words;
        let mut lines = Vec::new();
        let mut section = sheet;
        let mut class: Option<String> = None;
        for row in rows {
            let words_of = |at: &usize| !row.is_number(*at) && !row.text(*at).is_empty();
            let said = (0..row.cells.len()).filter(words_of).map(|at| words.spending_of_cell(row.text(at)));
            let said: BTreeSet<Spending> = said.filter(|spending| *spending != Spending::Whole).collect();
            // A line that says both says nothing.
            let said = said.first().copied().map(|first| if said.len() > 1 { Spending::Whole } else { first });
            let before = lines.len();
            for column in &self.columns {
                let coded = row.coded(*column, class.as_deref().filter(|_| self.is_split));
                let Some(coded) = coded.filter(|coded| self.is_account(coded)) else { continue };
                class = Some(coded.code[..CLASS].to_owned());
                let others = (0..row.cells.len()).filter(|at| at != column);
                let is_total = others.into_iter().any(|at| words.is_total(row.text(at)));
                lines.push(Account { coded, row, spending: said.unwrap_or(section), is_total });
            }
            if lines.len() == before && !words.is_heading(row) {
                section = said.unwrap_or(section);
            }
        }
        lines
    }

    /// Whether a code stands as the sheet's codes do, and beside its own name.
    fn is_account(&self, coded: &Coded) -> bool {
        let is_bare = coded.name.is_empty();
        let is_named = is_bare || !self.finder.names.has(&coded.code) || self.finder.names.agree(coded);
        (!coded.is_split || self.is_split) && (!is_bare || self.bare.contains(&coded.column)) && is_named
    }
}
