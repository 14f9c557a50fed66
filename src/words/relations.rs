//! The relations of a form in words: their formulas by the form's own names, where they hold, how they stand.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::engine::layout::{Layout, plain};
use crate::engine::relation::State;
use crate::engine::template::formula::Comparison;
use crate::engine::template::spec::{ColumnSpec, RelationSpec, RowSpec};
use crate::engine::template::{Shape, Symbol, SymbolicTerm};
use crate::words::explain::short;
use crate::words::{Language, Words, about, page, words};

/// All rows of a group.
pub const EACH: Words = words("各{name}", "each {name}");
pub const EACH_COLUMN: Words = words("各{name}·{column}", "each {name}·{column}");
const IN_EACH: Words = words("每个{name}", "each {name}");
const COMMA: Words = words("、", ", ");
const SOFTER: Words = words("{level}；{less}小于{than}时{softer}", "{level}; {softer} while {less} is below {than}");

/// How a relation stands (核对状态).
pub fn state(state: State) -> Words {
    match state {
        State::Agrees => about::AGREES,
        State::Rounding => words("尾差", "rounding"),
        State::Violated => about::VIOLATED,
        State::Open => about::OPEN,
        State::Offered => about::OFFERED,
        State::Unverifiable => about::UNVERIFIABLE,
        State::Silent => about::BLANK,
    }
}

/// Relations by the names of a filing's cells.
#[derive(Clone, Copy)]
pub struct Formulas<'a> {
    pub layout: &'a Layout<'a>,
    pub language: Language,
}

impl Formulas<'_> {
    /// `三公经费 ＝ 公务用车购置和维护经费 ＋ 出国经费 ＋ 公务接待`
    pub fn formula(self, relation: &RelationSpec, shape: &Shape) -> String {
        let across = self.crosses_sheets(shape);
        match shape {
            Shape::Linear { left, comparison, right } => {
                let sign = match comparison {
                    Comparison::Equal => "＝",
                    Comparison::AtLeast => "≥",
                    Comparison::AtMost => "≤",
                };
                format!("{} {sign} {}", self.side(relation, left, across), self.side(relation, right, across))
            }
            Shape::Rate { rate, numerator, denominator } => format!(
                "{} ＝ {} ÷ {}",
                self.symbol(relation, rate, across),
                self.symbol(relation, numerator, across),
                self.symbol(relation, denominator, across)
            ),
        }
    }

    /// The columns or rows in which it holds; empty where it names its cells.
    pub fn scope(self, relation: &RelationSpec) -> String {
        if let Some(group) = &relation.each_row {
            return IN_EACH.say(self.language, &[("name", self.group_name(group))]);
        }
        let Some(block) = relation.block.as_ref().and_then(|block| self.layout.template.block(block)) else {
            return String::new();
        };
        let columns = relation.columns.iter().filter_map(|id| block.columns.iter().find(|column| column.id == *id));
        let columns: Vec<String> = columns.map(|column| self.layout.heading(&column.label)).collect();
        columns.join(COMMA.in_language(self.language))
    }

    /// Its level, and the milder one with its condition.
    pub fn level(self, relation: &RelationSpec) -> String {
        let level = page::level(relation.level).in_language(self.language);
        let Some(softer) = &relation.softer else { return level.to_owned() };
        let said = [
            ("level", level.to_owned()),
            ("less", self.layout.label_with_sheet(&softer.less)),
            ("than", self.layout.label_with_sheet(&softer.than)),
            ("softer", page::level(softer.level).in_language(self.language).to_owned()),
        ];
        SOFTER.say(self.language, &said)
    }

    /// Whether a relation ties cells of several sheets, whose names are then told.
    fn crosses_sheets(self, shape: &Shape) -> bool {
        let symbols: Vec<&Symbol> = match shape {
            Shape::Linear { left, right, .. } => left.iter().chain(right).map(|term| &term.what).collect(),
            Shape::Rate { rate, numerator, denominator } => vec![rate, numerator, denominator],
        };
        let sheets: BTreeSet<&str> = symbols
            .into_iter()
            .filter_map(|symbol| match symbol {
                Symbol::Cell(key) => key.split('.').next(),
                Symbol::Group { block, .. } => Some(block.as_str()),
                Symbol::Column(_) | Symbol::One => None,
            })
            .filter_map(|block| Some(self.layout.template.block(block)?.sheet.as_str()))
            .collect();
        sheets.len() > 1
    }

    fn side(self, relation: &RelationSpec, side: &[SymbolicTerm], across: bool) -> String {
        let mut said = String::new();
        for term in side {
            said.push_str(match (said.is_empty(), term.coefficient < Decimal::ZERO) {
                (true, false) => "",
                (true, true) => "－",
                (false, false) => " ＋ ",
                (false, true) => " － ",
            });
            let size = term.coefficient.abs();
            match (&term.what, size == Decimal::ONE) {
                (Symbol::One, _) => said.push_str(&short(size)),
                (symbol, true) => said.push_str(&self.symbol(relation, symbol, across)),
                (symbol, false) => {
                    said.push_str(&[&short(size), "×", &self.symbol(relation, symbol, across)].concat());
                }
            }
        }
        said
    }

    fn symbol(self, relation: &RelationSpec, symbol: &Symbol, across: bool) -> String {
        let layout = self.layout;
        match symbol {
            Symbol::Cell(key) if relation.columns.is_empty() && across => layout.label_with_sheet(key),
            Symbol::Cell(key) if relation.columns.is_empty() => layout.label(key),
            // Written once for the rows: the columns stand beside it.
            Symbol::Cell(key) => layout.find(key).map_or_else(|| key.clone(), |at| layout.row_label(layout.field(at))),
            Symbol::Column(column) => {
                let group = relation.each_row.as_deref().unwrap_or_default();
                self.column_name(group, column)
            }
            Symbol::Group { group, column, .. } => {
                let name = ("name", self.group_name(group));
                match relation.columns.is_empty() {
                    true => EACH_COLUMN.say(self.language, &[name, ("column", self.column_name(group, column))]),
                    false => EACH.say(self.language, &[name]),
                }
            }
            Symbol::One => "1".to_owned(),
        }
    }

    /// What the rows of a group are called.
    pub fn group_name(self, group: &str) -> String {
        let template = self.layout.template;
        let row: Option<&RowSpec> =
            template.group(group).map(|place| &template.spec().blocks[place.block].rows[place.row]);
        row.map_or_else(
            || group.to_owned(),
            |row| row.name.clone().unwrap_or_else(|| plain(&self.layout.heading(&row.label))),
        )
    }

    /// The name of a column of the block that has this group.
    pub fn column_name(self, group: &str, column: &str) -> String {
        let template = self.layout.template;
        let block = template.group(group).map(|place| &template.spec().blocks[place.block]);
        let spec: Option<&ColumnSpec> = block.and_then(|block| block.columns.iter().find(|spec| spec.id == column));
        spec.map_or_else(|| column.to_owned(), |spec| plain(&self.layout.heading(&spec.label)))
    }
}
