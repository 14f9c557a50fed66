//! `bound_indicator`: an indicator row that a person bound to figures of the form equals them.
//!
//! A row is never bound by its name alone: where 三级 reads 整体支出 or 总成本 the binding is offered.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::engine::finding::Fact;
use crate::engine::quantity::{UnitMatch, compare_units, read_quantity};
use crate::engine::rule::indicators::{Indicators, Row};
use crate::engine::rule::{Case, Ruled};

/// An offer to bind a row to figures of the form.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Binding {
    /// The rule that would check the row.
    pub code: String,
    pub group: String,
    pub row: String,
    /// The figures that target and actual value would be compared with.
    pub target: String,
    pub actual: String,
}

pub(super) fn check(
    case: Case<'_>,
    indicators: &Indicators<'_>,
    groups: &[String],
    names: &[String],
    [target, actual]: [&str; 2],
    ruled: &mut Ruled,
) {
    for row in indicators.rows().iter().filter(|row| groups.iter().any(|group| group == row.group)) {
        if row.bound == Some(case.rule.code.as_str()) {
            let scoring = indicators.scoring();
            let pairs = [(&scoring.target, row.target, target), (&scoring.actual, row.actual, actual)];
            for (column, text, bound_to) in pairs {
                let cell = indicators.key(row, column);
                if let Some(fact) = differs(case, text, bound_to) {
                    ruled.findings.push(case.finding([cell.as_str(), bound_to], fact));
                }
            }
        } else if row.bound.is_none() && names.iter().any(|name| name == row.name.trim()) && is_filled(row) {
            ruled.bindings.push(Binding {
                code: case.rule.code.clone(),
                group: row.group.to_owned(),
                row: row.id.to_owned(),
                target: target.to_owned(),
                actual: actual.to_owned(),
            });
        }
    }
}

fn is_filled(row: &Row<'_>) -> bool {
    !row.target.trim().is_empty() || !row.actual.trim().is_empty()
}

/// The figure in the text, in 万元, beside the figure it is bound to.
fn differs(case: Case<'_>, text: &str, bound_to: &str) -> Option<Fact> {
    let expected = case.value(bound_to)?;
    if text.trim().is_empty() {
        return None;
    }
    let found = stated(text);
    let agrees = found.is_some_and(|found| found == expected);
    (!agrees).then(|| Fact::BoundIndicator {
        bound_to: bound_to.to_owned(),
        expected: expected.normalize(),
        found: text.to_owned(),
    })
}

/// The amount in the words of an indicator, in 万元; `None` where it states none.
pub(crate) fn stated(text: &str) -> Option<Decimal> {
    let quantity = read_quantity(text)?;
    match compare_units("万元", &quantity.unit) {
        UnitMatch::Same => Some(quantity.value),
        UnitMatch::Scaled(factor) => quantity.value.checked_mul(factor),
        UnitMatch::Different => None,
    }
}
