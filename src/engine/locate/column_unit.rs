//! A column, a table or a sheet typed in 元 where the form counts 万元: its sums agree among themselves, so no relation need
//! fail. What tells is what stands beside it: the same rows of another column, and relations to other parts of the form.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::engine::amount::{Entry, Measure};
use crate::engine::evaluate;
use crate::engine::evaluation::Evaluation;
use crate::engine::figures::Figures;
use crate::engine::finding::{AnswerState, Finding, Level};
use crate::engine::layout::{Field, FieldIndex};
use crate::engine::relation::{self, RelationResult, State};
use crate::engine::submission::{CONFIRMED, Submission};
use crate::engine::template::formula::Comparison;
use crate::engine::template::{Relation, Shape};

/// 元 in 万元.
const FACTOR: i64 = 10_000;
/// Between these a figure is about ten thousand times the one beside it: within ten times of it.
const ABOUT: (i64, i64) = (1_000, 100_000);
/// The largest row is compared more strictly: budgets of two years are not five times apart by chance.
const OF_LARGEST: (i64, i64) = (2_000, 50_000);
/// A figure so near to the one beside it is in the same unit.
const SAME_UNIT: i64 = 100;
/// Nobody spends less in a year on what has a row of its own, counted in 元.
const LEAST_YUAN: i64 = 10;
/// Fewer pairs of figures prove nothing, nor do they where they are the same sum repeated.
const LEAST_PAIRS: usize = 4;
const LEAST_DISTINCT: usize = 3;

/// Figures that seem to be in 元, all of one column, table or sheet.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct ColumnUnit {
    pub whole: Whole,
    /// The cells, in the order of the form, with what they would be in 万元.
    pub cells: Vec<(String, Decimal)>,
    /// The column beside, where one speaks against these figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<Beside>,
    /// So many relations to other parts of the form agree once the figures are divided, and do not before.
    pub relations: usize,
    /// The findings that go with it, by their place in [`Evaluation::findings`].
    pub findings: Vec<usize>,
    /// The gravest of theirs; a warning where there are none.
    pub level: Level,
}

/// What was typed in 元 as a whole.
#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Whole {
    Column,
    Block,
    Sheet,
}

/// How a column stands beside another one of its block.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Beside {
    /// Rows that are filled in both.
    pub pairs: usize,
    /// Those of them that are about ten thousand times as large.
    pub about: usize,
    /// The largest figure and the one beside it.
    pub example: [String; 2],
}

/// A figure of money that was typed as such.
struct Money<'f> {
    at: FieldIndex,
    field: &'f Field<'f>,
    value: Decimal,
}

/// What is probably in 元. Nothing that was called right is among it.
pub(super) fn columns(submission: &Submission, figures: &Figures<'_>, evaluation: &Evaluation) -> Vec<ColumnUnit> {
    let all = money(figures);
    // Nothing in 元 is below one, and a whole column of a public body has more than ten thousand somewhere.
    if !all.iter().any(|money| money.value >= Decimal::from(FACTOR)) {
        return Vec::new();
    }
    let search = Search { submission, figures, evaluation, all: &all, equalities: equalities(figures, evaluation) };
    let mut found: Vec<ColumnUnit> = Vec::new();
    for whole in [Whole::Column, Whole::Block, Whole::Sheet] {
        for group in search.groups(whole) {
            let is_free = |at: &usize| {
                let key = &all[*at].field.key;
                !found.iter().any(|unit| unit.cells.iter().any(|(known, _)| known == key))
            };
            if group.iter().all(is_free) {
                let unit = search.unit(whole, &group);
                found.extend(unit);
            }
        }
    }
    // Two columns of a table are told one after the other; a finding of both is of the first.
    let mut claimed = BTreeSet::new();
    for unit in &mut found {
        unit.findings.retain(|finding| claimed.insert(*finding));
    }
    found
}

fn money<'f>(figures: &'f Figures<'f>) -> Vec<Money<'f>> {
    let fields = figures.layout().indexed();
    let is_typed = |field: &Field<'_>| field.fixed().is_none() && field.column.kind.measure() == Some(Measure::Money);
    fields
        .filter(|(_, field)| is_typed(field))
        .filter_map(|(at, field)| match figures.entry(at) {
            // A unit that was written is no slip.
            Some(Entry::Number(amount)) if amount.value > Decimal::ZERO && amount.converted_from.is_none() => {
                Some(Money { at, field, value: amount.value })
            }
            _ => None,
        })
        .collect()
}

/// An equality as it stands.
struct Equality<'s> {
    result: &'s RelationResult,
    /// Its cells that the form has.
    cells: Vec<FieldIndex>,
}

fn equalities<'s>(figures: &Figures<'_>, evaluation: &'s Evaluation) -> Vec<Equality<'s>> {
    let template = figures.template();
    let equal: BTreeSet<&str> = template
        .relations()
        .iter()
        .filter(|relation| is_equality(relation))
        .map(|relation| template.relation_spec(relation).code.as_str())
        .collect();
    let results = evaluation.relations.iter().filter(|relation| equal.contains(relation.code.as_str()));
    let laid_out = |result: &'s RelationResult| Equality {
        result,
        cells: result.cells.iter().filter_map(|key| figures.layout().find(key)).collect(),
    };
    results.map(laid_out).collect()
}

fn is_equality(relation: &Relation) -> bool {
    matches!(relation.shape, Shape::Rate { .. } | Shape::Linear { comparison: Comparison::Equal, .. })
}

struct Search<'s> {
    submission: &'s Submission,
    figures: &'s Figures<'s>,
    evaluation: &'s Evaluation,
    all: &'s [Money<'s>],
    equalities: Vec<Equality<'s>>,
}

impl Search<'_> {
    /// The figures by what they stand in, each group with two at least.
    fn groups(&self, whole: Whole) -> Vec<Vec<usize>> {
        let name = |money: &Money<'_>| match whole {
            Whole::Column => [money.field.block.id.as_str(), &money.field.column.id].join("."),
            Whole::Block => money.field.block.id.clone(),
            Whole::Sheet => money.field.block.sheet.clone(),
        };
        let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
        for (at, money) in self.all.iter().enumerate() {
            let name = name(money);
            match groups.iter_mut().find(|(known, _)| *known == name) {
                Some((_, group)) => group.push(at),
                None => groups.push((name, vec![at])),
            }
        }
        groups.into_iter().map(|(_, group)| group).filter(|group| group.len() > 1).collect()
    }

    fn unit(&self, whole: Whole, group: &[usize]) -> Option<ColumnUnit> {
        let beside = if whole == Whole::Column { self.beside(group) } else { Vec::new() };
        let is_most = |beside: &Beside| beside.about * 5 >= beside.pairs * 4;
        let against: Option<&Beside> = beside
            .iter()
            .filter(|(beside, is_clear)| *is_clear && is_most(beside))
            .map(|(beside, _)| beside)
            // The first of the fullest.
            .rev()
            .max_by_key(|beside| beside.about);
        let in_yuan: Vec<usize> = group.iter().copied().filter(|at| !self.is_in_wan(*at, against.is_some())).collect();
        let confirmed = |at: &usize| {
            let source = self.submission.provenance.get(&self.all[*at].field.key);
            source.is_some_and(|source| source == CONFIRMED)
        };
        if in_yuan.len() < 2 || in_yuan.len() * 5 < group.len() * 4 || in_yuan.iter().any(confirmed) {
            return None;
        }
        // What is as large as the figures beside it is in their unit, whichever that is.
        let is_mixed = match whole {
            Whole::Column => against.is_none() && beside.iter().any(|(beside, _)| !is_most(beside)),
            Whole::Block | Whole::Sheet => self.has_units_in_a_row(&in_yuan),
        };
        if is_mixed {
            return None;
        }
        let relations = self.mended(&in_yuan, against.is_some())?;
        if against.is_none() && !self.is_tied(whole, &in_yuan, &relations) {
            return None;
        }
        let cells: Vec<(String, Decimal)> =
            in_yuan.iter().map(|at| (self.all[*at].field.key.clone(), in_wan(self.all[*at].value))).collect();
        // The whole of it only now: most groups are none.
        let divided = divided(self.submission, &cells);
        let after = evaluate(self.figures.template(), &divided, self.evaluation.stage);
        let is_gone = |finding: &Finding| {
            let is_list = finding.fact.places(&finding.cells).len() > 1;
            finding.cells.iter().any(|key| cells.iter().any(|(cell, _)| cell == key))
                && !after
                    .findings
                    .iter()
                    .any(|then| then.code == finding.code && (is_list || then.cells.first() == finding.cells.first()))
        };
        let findings: Vec<usize> = (0..self.evaluation.findings.len())
            .filter(|at| {
                let finding = &self.evaluation.findings[*at];
                let is_answered = finding.note.as_ref().is_some_and(|note| note.state == AnswerState::Valid);
                !is_answered && is_gone(finding)
            })
            .collect();
        let gravest = findings.iter().map(|at| self.evaluation.findings[*at].level).min();
        Some(ColumnUnit {
            whole,
            beside: against.cloned(),
            relations: relations.len(),
            level: gravest.map_or(Level::Warning, |level| level.min(Level::Warning)),
            cells,
            findings,
        })
    }

    /// How a column stands beside each other one of its block, and whether that is clear enough to speak of it.
    fn beside(&self, group: &[usize]) -> Vec<(Beside, bool)> {
        let Some(first) = group.first().map(|at| self.all[*at].field) else { return Vec::new() };
        let columns = first.block.columns.iter().filter(|column| column.id != first.column.id);
        let mut all = Vec::new();
        for column in columns {
            let pairs: Vec<(&Money<'_>, &Money<'_>)> =
                group.iter().filter_map(|at| Some((&self.all[*at], self.in_row(*at, &column.id)?))).collect();
            let about: Vec<&(&Money<'_>, &Money<'_>)> =
                pairs.iter().filter(|(one, other)| is_within(one, other, ABOUT)).collect();
            // The first of the largest.
            let Some((one, other)) = pairs.iter().rev().max_by_key(|(one, _)| one.value) else { continue };
            let distinct: BTreeSet<Decimal> = about.iter().map(|(one, _)| one.value).collect();
            let is_clear =
                about.len() >= LEAST_PAIRS && distinct.len() >= LEAST_DISTINCT && is_within(one, other, OF_LARGEST);
            let example = [one.field.key.clone(), other.field.key.clone()];
            all.push((Beside { pairs: pairs.len(), about: about.len(), example }, is_clear));
        }
        all
    }

    /// The figure of the same row in another column of the block.
    fn in_row(&self, at: usize, column: &str) -> Option<&Money<'_>> {
        let field = self.all[at].field;
        let is_beside = |other: &&Money<'_>| {
            other.field.block.id == field.block.id
                && other.field.row_id() == field.row_id()
                && other.field.column.id == column
        };
        self.all.iter().find(is_beside)
    }

    /// Some rows of a column in 元 may have been typed in 万元: they are as large as all others of their row, or so small
    /// that they cannot be in 元.
    fn is_in_wan(&self, at: usize, is_against: bool) -> bool {
        let one = &self.all[at];
        let others = one.field.block.columns.iter().filter(|column| column.id != one.field.column.id);
        let mut beside = others.filter_map(|column| self.in_row(at, &column.id)).peekable();
        let is_like_all = is_against
            && beside.peek().is_some()
            && beside.all(|other| one.value < other.value * Decimal::from(SAME_UNIT));
        is_like_all || one.value < Decimal::from(LEAST_YUAN)
    }

    /// Whether a row has figures that are as far from each other as 元 from 万元.
    fn has_units_in_a_row(&self, group: &[usize]) -> bool {
        let is_far = |at: &usize| {
            let columns = &self.all[*at].field.block.columns;
            let mut others = columns.iter().filter_map(|column| self.in_row(*at, &column.id));
            others.any(|other| is_within(&self.all[*at], other, ABOUT))
        };
        group.iter().any(is_far)
    }

    /// Equalities that do not agree before the division and do after. `None` where it breaks one that agrees, or where it
    /// mends none and nothing else `speaks` of it.
    fn mended(&self, group: &[usize], speaks: bool) -> Option<Vec<&Equality<'_>>> {
        let own: Vec<FieldIndex> = group.iter().map(|at| self.all[*at].at).collect();
        let touched: Vec<&Equality<'_>> =
            self.equalities.iter().filter(|equality| equality.cells.iter().any(|at| own.contains(at))).collect();
        if !speaks && touched.iter().all(|equality| equality.result.state != State::Violated) {
            return None;
        }
        let divided = self.figures.with(group.iter().map(|at| (self.all[*at].at, in_wan(self.all[*at].value))));
        let template = self.figures.template();
        let mut mended = Vec::new();
        for relation in template.relations().iter().filter(|relation| is_equality(relation)) {
            let code = &template.relation_spec(relation).code;
            if !touched.iter().any(|equality| equality.result.code == *code) {
                continue;
            }
            for then in relation::check(relation, &divided).results {
                let is_it = |equality: &&&Equality<'_>| {
                    equality.result.code == then.code && equality.result.cells == then.cells
                };
                let Some(before) = touched.iter().find(is_it) else { continue };
                match (before.result.state, then.state) {
                    (State::Violated, after) if agrees(after) => mended.push(*before),
                    (before, State::Violated) if agrees(before) => return None,
                    _ => {}
                }
            }
        }
        Some(mended)
    }

    /// Whether the relations that would be mended speak of these figures as a whole: of most of a column, directly or over
    /// sums within that agree in any unit; of a table, whose rows hang together by what is beside them, of its largest.
    fn is_tied(&self, whole: Whole, group: &[usize], mended: &[&Equality<'_>]) -> bool {
        let cells = |equality: &Equality<'_>| -> Vec<FieldIndex> {
            let is_filled = |at: &FieldIndex| self.figures.value_at(*at).is_some_and(|value| !value.is_zero());
            equality.cells.iter().copied().filter(is_filled).collect()
        };
        let own: Vec<FieldIndex> = group.iter().map(|at| self.all[*at].at).collect();
        let mut tied: BTreeSet<FieldIndex> =
            mended.iter().flat_map(|equality| cells(equality)).filter(|at| own.contains(at)).collect();
        let within: Vec<Vec<FieldIndex>> = self
            .equalities
            .iter()
            .filter(|equality| agrees(equality.result.state))
            .map(cells)
            .filter(|cells| cells.len() > 1 && cells.iter().all(|at| own.contains(at)))
            .collect();
        loop {
            let before = tied.len();
            for cells in &within {
                if cells.iter().any(|at| tied.contains(at)) {
                    tied.extend(cells);
                }
            }
            if tied.len() == before {
                break;
            }
        }
        let largest = group.iter().max_by_key(|at| self.all[**at].value).map(|at| self.all[*at].at);
        match (whole, mended.len()) {
            (_, 0) => false,
            (Whole::Column, 1) => tied.len() >= 3 && tied.len() * 5 >= group.len() * 3,
            (Whole::Column, _) => tied.len() * 5 >= group.len() * 3,
            (_, 1) => false,
            _ => tied.len() >= 4 && largest.is_some_and(|largest| tied.contains(&largest)),
        }
    }
}

fn agrees(state: State) -> bool {
    matches!(state, State::Agrees | State::Rounding)
}

fn is_within(one: &Money<'_>, other: &Money<'_>, (least, most): (i64, i64)) -> bool {
    let (Some(low), Some(high)) =
        (other.value.checked_mul(Decimal::from(least)), other.value.checked_mul(Decimal::from(most)))
    else {
        return false;
    };
    (low..=high).contains(&one.value)
}

/// Exactly a ten thousandth: the point moves by four places.
fn in_wan(value: Decimal) -> Decimal {
    let mut moved = value;
    match moved.set_scale(value.scale() + 4) {
        Ok(()) => moved.normalize(),
        // More digits than a decimal has; none of the forms can.
        Err(_) => value / Decimal::from(FACTOR),
    }
}

/// The filing with these figures in 万元.
pub fn divided(submission: &Submission, cells: &[(String, Decimal)]) -> Submission {
    let mut after = submission.clone();
    for (key, value) in cells {
        after.cells.insert(key.clone(), value.to_string());
    }
    after
}
