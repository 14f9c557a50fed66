//! `either`: a total equals one figure; equal to another one only, it is a lesser finding; equal to neither, an error.
//!
//! 支出性质合计 is headed 年度预算申请, so a unit may have split its budget in place of its spending.

use crate::engine::finding::{Fact, Finding, Level};
use crate::engine::rule::Case;

pub(super) fn check(case: Case<'_>, cell: &str, should_be: &str, may_be: &str, may_be_level: Level) -> Option<Finding> {
    let found = case.value(cell)?;
    let should = case.value(should_be)?;
    if agree(case, cell, should_be)? {
        return None;
    }
    // With the second figure blank it is not known yet whether the total equals it.
    let may = case.value(may_be)?;
    let only_lesser = agree(case, cell, may_be)?;
    let fact = Fact::Either { found, should_be: should, may_be: may, only_lesser };
    let finding = case.finding([cell, should_be, may_be], fact);
    Some(if only_lesser { Finding { level: may_be_level, ..finding } } else { finding })
}

fn agree(case: Case<'_>, a: &str, b: &str) -> Option<bool> {
    let difference = (case.value(a)? - case.value(b)?).abs();
    Some(difference.is_zero() || difference < case.figures.half(a) + case.figures.half(b))
}
