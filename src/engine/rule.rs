//! Rules that are not linear: a closed list of named kinds, each implemented in one file below.

mod bound;
mod either;
mod indicators;
mod parts_in_text;
pub(crate) mod scope;
mod spending;

use rust_decimal::Decimal;

use crate::engine::figures::Figures;
use crate::engine::finding::{Fact, Finding, RoundingLine};
use crate::engine::layout::{FieldIndex, Layout};
use crate::engine::rule::indicators::Indicators;
use crate::engine::template::spec::{RuleKind, RuleSpec};

pub use crate::engine::rule::bound::Binding;
pub(crate) use crate::engine::rule::bound::stated;
pub use crate::engine::rule::indicators::{RowResult, Scores};
pub use crate::engine::rule::scope::Scope;

/// What the rules of a template yield.
#[derive(Debug, Default)]
pub struct Ruled {
    pub findings: Vec<Finding>,
    /// Equalities of rules that agree but for rounding.
    pub rounding: Vec<RoundingLine>,
    pub bindings: Vec<Binding>,
    pub scopes: Vec<Scope>,
    pub scores: Option<Scores>,
}

/// Applies every rule of the template, in its order.
pub fn check_all(figures: &Figures<'_>) -> Ruled {
    let template = figures.template();
    let indicators = template.scoring().map(|scoring| Indicators::of(scoring, figures));
    let mut ruled = Ruled::default();
    for rule in &template.spec().rules {
        let case = Case { rule, figures };
        match (&rule.kind, &indicators) {
            (RuleKind::Either { cell, should_be, may_be, may_be_level }, _) => {
                either::check(case, cell, should_be, may_be, *may_be_level, &mut ruled);
            }
            (RuleKind::Overspend { block, budget, spent, rows }, _) => {
                ruled.findings.extend(spending::overspend(case, block, budget, spent, rows));
            }
            (RuleKind::Growth { block, before, now, rows, limit, at_least }, _) => {
                ruled.findings.extend(spending::growth(case, block, [before, now], rows, *limit, *at_least));
            }
            (RuleKind::Unbudgeted { block, budget, spent, rows, groups }, _) => {
                ruled.findings.extend(spending::unbudgeted(case, block, [budget, spent], rows, groups));
            }
            (RuleKind::ChangeLimit { from, to, limit }, _) => {
                ruled.findings.extend(spending::change(case, from, to, *limit))
            }
            (RuleKind::PartsInText { cells }, _) => {
                ruled.findings.extend(cells.iter().filter_map(|cell| parts_in_text::check(case, cell)));
            }
            (RuleKind::Scope { wide, narrow, among, sentence, item, into }, _) => {
                scope::check(case, scope::Parameters { wide, narrow, among, sentence, item, into }, &mut ruled);
            }
            (RuleKind::BoundIndicator { groups, names, target, actual }, Some(indicators)) => {
                bound::check(case, indicators, groups, names, [target, actual], &mut ruled);
            }
            (_, Some(indicators)) => ruled.findings.extend(indicators.check(case)),
            // `Template::from_tree` refuses a rule that needs scoring in a template without.
            (_, None) => {}
        }
    }
    ruled.scores = indicators.map(Indicators::into_scores);
    ruled
}

/// One rule on one filing.
#[derive(Clone, Copy)]
struct Case<'a> {
    rule: &'a RuleSpec,
    figures: &'a Figures<'a>,
}

impl<'a> Case<'a> {
    fn layout(self) -> &'a Layout<'a> {
        self.figures.layout()
    }

    /// The figure of a cell; `None` for a blank, a ——, or what cannot be read. Derived values never feed a rule.
    fn value(self, key: &str) -> Option<Decimal> {
        self.figures.value(key)
    }

    /// `a` above `b` by more than rounding can explain.
    fn exceeds(self, a: FieldIndex, b: FieldIndex) -> Option<bool> {
        let (value_a, value_b) = (self.figures.value_at(a)?, self.figures.value_at(b)?);
        let half = |at| self.figures.span(at).map_or(Decimal::ZERO, |span| span.half);
        Some(value_a > value_b && value_a - value_b >= half(a) + half(b))
    }

    fn key(self, at: FieldIndex) -> String {
        self.layout().field(at).key.clone()
    }

    fn finding<'k>(self, cells: impl IntoIterator<Item = &'k str>, fact: Fact) -> Finding {
        Finding {
            code: self.rule.code.clone(),
            level: self.rule.level,
            cells: cells.into_iter().map(str::to_owned).collect(),
            fact,
            note: None,
        }
    }
}
