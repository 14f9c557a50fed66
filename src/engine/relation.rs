//! Checks one relation (勾稽关系): agreed, agreed but for rounding, open because of a blank, or violated.
//!
//! The two things that naive checkers get wrong are decided here and in [`crate::engine::figures`]: a blank is not zero,
//! and a sum of rounded figures may differ from the rounded sum.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use crate::engine::amount::Entry;
use crate::engine::evaluation::Stage;
use crate::engine::figures::{Figures, LaidTerm, Span};
use crate::engine::finding::{Fact, Finding, Level, Part};
use crate::engine::layout::FieldIndex;
use crate::engine::template::formula::Comparison;
use crate::engine::template::{Relation, Shape};

/// How a relation stands.
#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Agrees to the last place.
    Agrees,
    /// Agrees but for rounding (尾差).
    Rounding,
    /// Does not agree.
    Violated,
    /// 未填全: a blank, or a text that cannot be read, may close the gap.
    Open,
    /// The left side is blank and the right side gives it.
    Offered,
    /// A total whose parts are all blank.
    Unverifiable,
    /// Nothing filled: nothing to say.
    Silent,
}

/// A relation as it stands in one column or row.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct RelationResult {
    pub code: String,
    pub state: State,
    /// The cells it ties, left side first.
    pub cells: Vec<String>,
    /// What the right side gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub computed: Option<Decimal>,
    /// What stands on the left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entered: Option<Decimal>,
    /// entered − computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<Decimal>,
    /// Differences below this are rounding; 0 where figures are exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed: Option<Decimal>,
    /// 空白项按零计: it agrees with its blanks counted as zero.
    pub blanks_as_zero: bool,
}

/// A value that the relations give for a blank cell.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Offer {
    pub cell: String,
    pub value: Decimal,
    /// The relation that gives it.
    pub code: String,
}

/// What checking one relation yields.
#[derive(Debug, Default)]
pub struct Checked {
    pub results: Vec<RelationResult>,
    pub findings: Vec<Finding>,
    pub offers: Vec<Offer>,
}

/// Checks a relation wherever it holds: once, or in each row of its group.
pub fn check(relation: &Relation, figures: &Figures<'_>) -> Checked {
    let mut checked = Checked::default();
    for row in rows(relation, figures) {
        check_in(relation, figures, row, &mut checked);
    }
    checked
}

/// Where a relation holds: in the form, or in each row (block and row id) of its group.
pub fn rows<'a>(relation: &'a Relation, figures: &Figures<'a>) -> Vec<Option<(&'a str, &'a str)>> {
    let Some((block, group)) = &relation.each_row else { return vec![None] };
    let added = figures.layout().submission.groups.get(group).into_iter().flatten();
    added.map(|row| Some((block.as_str(), row.id.as_str()))).collect()
}

/// How much a relation weighs on this filing.
pub fn level(relation: &Relation, figures: &Figures<'_>) -> Level {
    let spec = figures.template().relation_spec(relation);
    let is_less = |less, than| figures.value(less).zip(figures.value(than)).is_some_and(|(less, than)| less < than);
    match (&relation.softer, &spec.softer) {
        (Some((less, than)), Some(softer)) if is_less(less, than) => softer.level,
        _ => spec.level,
    }
}

fn check_in(relation: &Relation, figures: &Figures<'_>, row: Option<(&str, &str)>, checked: &mut Checked) {
    let case = Case { relation, figures };
    match &relation.shape {
        Shape::Linear { left, comparison, right } => {
            let (left, right) = (figures.lay_out(left, row), figures.lay_out(right, row));
            case.linear(&left, *comparison, &right, checked);
        }
        Shape::Rate { rate, numerator, denominator } => {
            let cells = [rate, numerator, denominator].map(|symbol| figures.resolve(symbol, row));
            if let [Some(rate), Some(numerator), Some(denominator)] = cells {
                case.rate(rate, numerator, denominator, checked);
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Case<'a> {
    relation: &'a Relation,
    figures: &'a Figures<'a>,
}

impl Case<'_> {
    fn linear(self, left: &[LaidTerm], comparison: Comparison, right: &[LaidTerm], checked: &mut Checked) {
        let (Some(entered), Some(computed)) = (self.figures.sum(left), self.figures.sum(right)) else {
            checked.results.push(self.result(State::Open, left, right));
            return;
        };
        let needs_all = self.figures.template().relation_spec(self.relation).complete;
        if needs_all && left.iter().chain(right).any(|term| self.is_blank(term)) {
            return;
        }
        // A sum below zero is no value to offer: nothing on these forms is negative.
        let state = if self.is_defined_here(left) && computed.filled && computed.point >= Decimal::ZERO {
            State::Offered
        } else {
            self.linear_state(entered, computed, comparison, right)
        };
        if state == State::Silent {
            return;
        }
        let difference = entered.point - computed.point;
        let allowed = entered.half + computed.half;
        if state == State::Offered
            && let [LaidTerm { cell: Some(cell), .. }] = left
        {
            checked.offers.push(Offer {
                cell: self.key(*cell).to_owned(),
                value: computed.point.normalize(),
                code: self.code().to_owned(),
            });
        }
        if state == State::Violated {
            checked.findings.push(self.linear_finding(left, comparison, right, entered, computed));
        }
        let agrees = matches!(state, State::Agrees | State::Rounding);
        checked.results.push(RelationResult {
            computed: Some(computed.point.normalize()),
            entered: Some(entered.point.normalize()).filter(|_| entered.filled),
            difference: Some(difference.normalize()).filter(|_| entered.filled),
            allowed: Some(allowed.normalize()),
            blanks_as_zero: agrees && left.iter().chain(right).any(|term| self.is_blank(term)),
            ..self.result(state, left, right)
        });
    }

    fn linear_state(self, entered: Span, computed: Span, comparison: Comparison, right: &[LaidTerm]) -> State {
        if !entered.filled && !computed.filled {
            return State::Silent;
        }
        let gap = entered.point - computed.point;
        let allowed = entered.half + computed.half;
        let (too_low, too_high) = match comparison {
            Comparison::Equal => (true, true),
            Comparison::AtLeast => (true, false),
            Comparison::AtMost => (false, true),
        };
        let wrong = (too_low && gap < Decimal::ZERO) || (too_high && gap > Decimal::ZERO);
        if !wrong {
            return State::Agrees;
        }
        if gap.abs() < allowed {
            return if comparison == Comparison::Equal { State::Rounding } else { State::Agrees };
        }
        // Ends of entered − computed over everything that the blanks may stand for.
        let lowest = entered.low.zip(computed.high).map(|(low, high)| low - high);
        let highest = entered.high.zip(computed.low).map(|(high, low)| high - low);
        let reachable = if gap > Decimal::ZERO {
            lowest.is_none_or(|lowest| lowest - allowed < Decimal::ZERO || lowest.is_zero())
        } else {
            highest.is_none_or(|highest| highest + allowed > Decimal::ZERO || highest.is_zero())
        };
        // A group without rows is blank, too: only a bare number is not.
        let is_limit = !right.is_empty() && right.iter().all(|term| term.cell.is_none());
        let one_side_blank = !entered.filled || (!is_limit && !computed.filled);
        match (reachable, self.figures.stage()) {
            (true, Stage::Draft) => State::Open,
            _ if one_side_blank => State::Unverifiable,
            _ => State::Violated,
        }
    }

    fn linear_finding(
        self,
        left: &[LaidTerm],
        comparison: Comparison,
        right: &[LaidTerm],
        entered: Span,
        computed: Span,
    ) -> Finding {
        let (found, bound) = (entered.point.normalize(), computed.point.normalize());
        let fact = match (comparison, left, right) {
            (Comparison::AtLeast | Comparison::AtMost, [_], [LaidTerm { cell: None, .. }]) => {
                Fact::Limit { at_most: comparison == Comparison::AtMost, limit: bound, found }
            }
            (Comparison::Equal, ..) => Fact::Sum {
                left: self.parts(left),
                right: self.parts(right),
                expected: bound,
                found,
                difference: (found - bound).normalize(),
                allowed: (entered.half + computed.half).normalize(),
            },
            (Comparison::AtLeast, ..) => Fact::AtLeast {
                left: self.parts(left),
                right: self.parts(right),
                found,
                bound,
                difference: (bound - found).normalize(),
            },
            (Comparison::AtMost, ..) => Fact::AtLeast {
                left: self.parts(right),
                right: self.parts(left),
                found: bound,
                bound: found,
                difference: (found - bound).normalize(),
            },
        };
        self.finding(fact, left, right)
    }

    fn rate(self, rate: FieldIndex, numerator: FieldIndex, denominator: FieldIndex, checked: &mut Checked) {
        let terms = [rate, numerator, denominator].map(|cell| LaidTerm { coefficient: Decimal::ONE, cell: Some(cell) });
        let (left, right) = terms.split_at(1);
        let entries = [rate, numerator, denominator].map(|cell| self.figures.entry(cell));
        let [Some(entered), Some(above), Some(below)] = entries else { return };
        if [entered, above, below].iter().any(|entry| matches!(entry, Entry::Unreadable(_))) {
            checked.results.push(self.result(State::Open, left, right));
            return;
        }
        let (Entry::Number(above), Entry::Number(below)) = (above, below) else {
            if let Entry::Number(entered) = entered {
                let state = if self.figures.stage() == Stage::Draft { State::Open } else { State::Unverifiable };
                checked.results.push(RelationResult {
                    entered: Some(entered.value.normalize()),
                    ..self.result(state, left, right)
                });
            }
            return;
        };
        if below.value.is_zero() {
            // 0 ÷ 0 beside a blank or — says nothing; any figure on either side does.
            if matches!(entered, Entry::Number(_)) || !above.value.is_zero() {
                checked.findings.push(self.finding(
                    Fact::ZeroDivisor { divisor: self.key(denominator).to_owned() },
                    left,
                    right,
                ));
                checked.results.push(self.result(State::Violated, left, right));
            }
            return;
        }
        let Some(exact) = share(above.value, below.value) else { return };
        let Entry::Number(entered) = entered else {
            if self.relation.derives && matches!(self.figures.entry(rate), Some(Entry::Blank)) {
                let value = half_up(exact, 2).normalize();
                checked.offers.push(Offer { cell: self.key(rate).to_owned(), value, code: self.code().to_owned() });
                checked
                    .results
                    .push(RelationResult { computed: Some(value), ..self.result(State::Offered, left, right) });
            }
            return;
        };
        let expected = half_up(exact, entered.places);
        let state = if expected == entered.value {
            State::Agrees
        } else if self.rounding_reaches(entered.value, entered.places, numerator, denominator) {
            State::Rounding
        } else {
            State::Violated
        };
        let shown = half_up(exact, entered.places.max(2)).normalize();
        if state == State::Violated {
            let as_fraction = entered.value * Decimal::ONE_HUNDRED;
            let fact = if half_up(exact, entered.places.saturating_sub(2)) == as_fraction.normalize()
                && entered.value <= Decimal::TWO
            {
                Fact::RateAsFraction { expected: shown, found: entered.value }
            } else {
                Fact::Rate {
                    numerator: above.value,
                    denominator: below.value,
                    expected: shown,
                    found: entered.value,
                    found_places: entered.places,
                }
            };
            checked.findings.push(self.finding(fact, left, right));
        }
        checked.results.push(RelationResult {
            computed: Some(shown),
            entered: Some(entered.value.normalize()),
            difference: Some((entered.value - expected).normalize()),
            ..self.result(state, left, right)
        });
    }

    /// Whether a rate can be the rounded quotient of two figures that were themselves rounded.
    fn rounding_reaches(self, rate: Decimal, places: u32, numerator: FieldIndex, denominator: FieldIndex) -> bool {
        let (Some(above), Some(below)) = (self.figures.span(numerator), self.figures.span(denominator)) else {
            return false;
        };
        if above.half.is_zero() && below.half.is_zero() || below.point <= below.half {
            return false;
        }
        let half_place = Decimal::new(5, places.min(20) + 1);
        let lowest = share(above.point - above.half, below.point + below.half);
        let highest = share(above.point + above.half, below.point - below.half);
        lowest.zip(highest).is_some_and(|(lowest, highest)| lowest <= rate + half_place && rate - half_place <= highest)
    }

    fn finding(self, fact: Fact, left: &[LaidTerm], right: &[LaidTerm]) -> Finding {
        let (code, level) = (self.code().to_owned(), level(self.relation, self.figures));
        Finding { code, level, cells: self.keys(left, right), fact, note: None }
    }

    fn result(self, state: State, left: &[LaidTerm], right: &[LaidTerm]) -> RelationResult {
        RelationResult {
            code: self.code().to_owned(),
            state,
            cells: self.keys(left, right),
            computed: None,
            entered: None,
            difference: None,
            allowed: None,
            blanks_as_zero: false,
        }
    }

    fn parts(self, side: &[LaidTerm]) -> Vec<Part> {
        side.iter()
            .filter_map(|term| term.cell.map(|cell| (cell, term.coefficient)))
            .map(|(cell, coefficient)| {
                let value = self.figures.span(cell).filter(|span| span.filled).map(|span| span.point.normalize());
                Part { cell: self.key(cell).to_owned(), coefficient, value }
            })
            .collect()
    }

    /// Whether the left side is one blank cell whose value this relation gives.
    fn is_defined_here(self, left: &[LaidTerm]) -> bool {
        let [LaidTerm { cell: Some(cell), .. }] = left else { return false };
        let template = self.figures.template();
        matches!(self.figures.entry(*cell), Some(Entry::Blank))
            && template
                .definition(self.key(*cell))
                .is_some_and(|at| std::ptr::eq(&template.relations()[at], self.relation))
    }

    fn is_blank(self, term: &LaidTerm) -> bool {
        term.cell.is_some_and(|cell| self.figures.span(cell).is_some_and(|span| !span.filled))
    }

    fn keys(self, left: &[LaidTerm], right: &[LaidTerm]) -> Vec<String> {
        left.iter().chain(right).filter_map(|term| term.cell).map(|cell| self.key(cell).to_owned()).collect()
    }

    fn key(&self, cell: FieldIndex) -> &str {
        &self.figures.layout().field(cell).key
    }

    fn code(&self) -> &str {
        &self.figures.template().relation_spec(self.relation).code
    }
}

/// `part` ÷ `whole` in percent, exact to 28 digits; `None` for a zero divisor or an overflow.
pub fn share(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}

/// Rounds half up (四舍五入), away from zero for negatives.
pub fn half_up(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}
