//! `either`: a total equals one figure; equal to another one only, it is a lesser finding; equal to neither, an error.
//!
//! 支出性质合计 is headed 年度预算申请, so a unit may have split its budget in place of its spending.

use rust_decimal::Decimal;

use crate::engine::finding::{Fact, Finding, Level, RoundingLine};
use crate::engine::rule::{Case, Ruled};

pub(super) fn check(case: Case<'_>, cell: &str, should_be: &str, may_be: &str, may_be_level: Level, ruled: &mut Ruled) {
    let Some((found, should)) = case.value(cell).zip(case.value(should_be)) else { return };
    if agree(case, cell, should_be) {
        if found != should {
            let (code, cell) = (case.rule.code.clone(), cell.to_owned());
            ruled.rounding.push(RoundingLine { code, cell, difference: (found - should).normalize() });
        }
        return;
    }
    // With the second figure blank it is not known yet whether the total equals it.
    let Some(may) = case.value(may_be) else { return };
    let only_lesser = agree(case, cell, may_be);
    let fact = Fact::Either { found, should_be: should, may_be: may, only_lesser };
    let finding = case.finding([cell, should_be, may_be], fact);
    ruled.findings.push(if only_lesser { Finding { level: may_be_level, ..finding } } else { finding });
}

fn agree(case: Case<'_>, a: &str, b: &str) -> bool {
    let difference = case.value(a).zip(case.value(b)).map(|(a, b)| (a - b).abs());
    difference.is_some_and(|difference: Decimal| {
        difference.is_zero() || difference < case.figures.half(a) + case.figures.half(b)
    })
}
