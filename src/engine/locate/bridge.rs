//! Scope before blame (口径): a difference that figures of other funds make up is perhaps no wrong figure.

use rust_decimal::Decimal;

use crate::engine::figures::Figures;
use crate::engine::locate::Bridge;
use crate::engine::locate::build::{Built, decimal};
use crate::engine::locate::cause::Cause;
use crate::engine::locate::solve::Solved;
use crate::engine::locate::system::{Compare, Sum, Tie, Units};
use crate::engine::rule::scope;
use crate::engine::template::spec::RuleKind;

/// The bridge over the one violated equality of a group, if figures of the template's other funds make one up.
pub(super) fn of(built: &Built, solved: &Solved, figures: &Figures<'_>) -> Option<Bridge> {
    // A slip that is known explains a figure better than a sum that happens to fit.
    let is_slip = |cause: Cause| !matches!(cause, Cause::Unexplained | Cause::LeftOut | Cause::DigitReplaced);
    let first = solved.answers.first();
    if first.is_some_and(|answer| answer.changes.iter().all(|change| is_slip(change.cause))) {
        return None;
    }
    let [row] = solved.rows.as_slice() else { return None };
    let Tie::Sum(sum) = &built.system.rows[*row].tie else { return None };
    if sum.compare != Compare::Equal || sum.constant != 0 {
        return None;
    }
    let (wide, narrow, difference) = sides(built, sum)?;
    let (among, into) = tagged(figures)?;
    let known: Vec<(&str, Decimal)> = among
        .iter()
        .filter(|key| !built.system.cells_of[*row].iter().any(|cell| built.keys[*cell] == **key))
        .filter_map(|key| Some((*key, figures.value(key)?)))
        .filter(|(_, value)| *value > Decimal::ZERO)
        .collect();
    let difference = decimal(difference);
    let parts = scope::explain(&known, difference, &|_| Decimal::ZERO, Decimal::ZERO)?;
    Some(Bridge {
        wide: built.keys[wide].clone(),
        narrow: built.keys[narrow].clone(),
        difference,
        parts,
        into: into.to_owned(),
    })
}

/// The first cell of either side, the larger side first, and by how much it is larger. Only a figure on its own has a
/// scope: one side is a single cell.
fn sides(built: &Built, sum: &Sum) -> Option<(usize, usize, Units)> {
    let side = |is_left: bool| -> Vec<usize> {
        sum.terms.iter().filter(|term| (term.coefficient > 0) == is_left).map(|term| term.cell).collect()
    };
    let (left, right) = (side(true), side(false));
    if left.len() != 1 && right.len() != 1 {
        return None;
    }
    let value = |cell: usize| built.system.cells[cell].entered.map_or(0, |entered| entered.value);
    let difference: Units = sum.terms.iter().map(|term| term.coefficient.saturating_mul(value(term.cell))).sum();
    let (one, other) = (*left.first()?, *right.first()?);
    Some(if difference > 0 { (one, other, difference) } else { (other, one, -difference) })
}

/// The figures of other funds that the template's rules of scope name, and where their sentence belongs.
fn tagged<'a>(figures: &Figures<'a>) -> Option<(Vec<&'a str>, &'a str)> {
    let mut among: Vec<&str> = Vec::new();
    let mut place = None;
    for rule in &figures.template().spec().rules {
        if let RuleKind::Scope { among: keys, into, .. } = &rule.kind {
            place = place.or(Some(into.as_str()));
            for key in keys {
                if !among.contains(&key.as_str()) {
                    among.push(key);
                }
            }
        }
    }
    Some((among, place?))
}
