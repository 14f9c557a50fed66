//! One suspected figure: what it may have been, the likeliest of that, and how likely it is.

use crate::engine::locate::cause::{self, Cause};
use crate::engine::locate::ranges::Ranges;
use crate::engine::locate::solve::Change;
use crate::engine::locate::system::{CENT, Figures, System, UNIT, Units};

/// A change and its cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged {
    pub change: Change,
    pub cost: i32,
}

/// Each relation more that implies just this value.
const PER_RELATION: i32 = 70;
/// A relation that may be broken in a sound filing, and would be.
const BREAKS_SOFT: i32 = 150;
const LAST_EDITED: i32 = -100;
const IMPORTED: i32 = 200;
const DERIVED: i32 = 30;
const UNUSUAL: i32 = 50;
/// A blank row usually does not apply: a figure of it was hardly forgotten.
const NEVER_FILLED: i32 = 400;
/// Money and percent have two decimals; whoever meant more would have been told.
const FINER: i32 = 150;
/// Nobody writes a figure where there is none.
const NOTHING: i32 = 100;
/// Ranges of more values than this are not gone through one by one.
const MOST_VALUES: Units = 12;

/// The likeliest value of a cell with which all of its relations agree; `None` where there is none.
/// `due` are rows that have to agree though a sound filing may break them.
pub(super) fn best(system: &System, figures: &Figures, cell: usize, due: &[usize]) -> Option<Judged> {
    let mut allowed = Ranges::one(Some(0), None);
    for row in &system.rows_of[cell] {
        if system.rows[*row].is_soft && !due.contains(row) {
            continue;
        }
        allowed = allowed.intersect(&system.allowed(*row, cell, figures));
        if allowed.is_empty() {
            return None;
        }
    }
    let candidates = candidates(system, figures, cell, &allowed);
    let judged = candidates.into_iter().map(|value| judge(system, figures, cell, value));
    let best = judged.min_by_key(|judged| (judged.cost, judged.change.value));
    // A blank is no slip where nothing says what it should be.
    best.or_else(|| {
        let facts = &system.cells[cell];
        let has_whole = |(low, high): &(Units, Units)| low.div_euclid(UNIT) != high.div_euclid(UNIT) || low % UNIT == 0;
        let is_filled = facts.entered.is_some() && (!facts.is_whole || allowed.parts.iter().any(has_whole));
        is_filled.then(|| {
            let change = Change { cell, value: None, cause: Cause::Unexplained, other: None };
            Judged { change, cost: cost_of(system, figures, &change, None) }
        })
    })
}

/// The values worth looking at: those that relations imply, all of a narrow range, slips that name a value else.
fn candidates(system: &System, figures: &Figures, cell: usize, allowed: &Ranges) -> Vec<Units> {
    let facts = &system.cells[cell];
    let mut values: Vec<Units> =
        system.rows_of[cell].iter().flat_map(|row| system.implied(*row, cell, figures)).collect();
    let grid = if facts.is_whole { UNIT } else { CENT };
    let mut is_wide = allowed.parts.is_empty();
    for (low, high) in &allowed.parts {
        let width = high.saturating_sub(*low) / grid;
        is_wide |= width > MOST_VALUES;
        if width <= MOST_VALUES && (facts.is_rounded || facts.is_whole) {
            let mut value = low.div_euclid(grid) * grid;
            while value <= *high {
                values.push(value);
                value += grid;
            }
        }
    }
    if is_wide && let Some(entered) = facts.entered {
        values.extend(cause::may_have_meant(entered));
    }
    let entered = facts.entered.map(|entered| entered.value);
    let may_be =
        |value: &Units| allowed.contains(*value) && Some(*value) != entered && !(facts.is_whole && value % UNIT != 0);
    // A blank that should be zero is right as it is.
    values.retain(|value| may_be(value) && (entered.is_some() || *value > 0));
    values.sort_unstable();
    values.dedup();
    values
}

fn judge(system: &System, figures: &Figures, cell: usize, value: Units) -> Judged {
    let facts = &system.cells[cell];
    let mut change = Change { cell, value: Some(value), cause: Cause::Unexplained, other: None };
    let Some(entered) = facts.entered else {
        change.cause = Cause::LeftOut;
        return Judged { change, cost: cost_of(system, figures, &change, Some(value)) };
    };
    if let Some(slip) = cause::of_one_cell(entered, value) {
        change.cause = slip;
    }
    if system.copied_cost(cell) < cause::cost(change.cause) && entered.value != 0 {
        let same = |other: &&usize| system.cells[**other].entered.is_some_and(|beside| beside.value == entered.value);
        if let Some(other) = facts.beside.iter().find(same) {
            change = Change { cause: Cause::Copied, other: Some(*other), ..change };
        }
    }
    Judged { change, cost: cost_of(system, figures, &change, Some(value)) }
}

/// What speaks for a change and against it. `figures` may have the change in it or not.
pub(super) fn cost_of(system: &System, figures: &Figures, change: &Change, value: Option<Units>) -> i32 {
    let facts = &system.cells[change.cell];
    let usual = facts.usual.filter(|usual| *usual > 0);
    let mut cost = match (change.cause, facts.entered) {
        (Cause::Copied, _) => system.copied_cost(change.cell),
        (Cause::LeftOut, Some(_)) => system.zero_cost(change.cell),
        (Cause::LeftOut, None) if facts.is_gap() => system.common.gap,
        (Cause::LeftOut, None) => NEVER_FILLED,
        (cause, _) => cause::cost(cause),
    };
    if facts.is_rounded && value.is_some_and(|value| value % CENT != 0) {
        cost += FINER;
    }
    let implied = system.rows_of[change.cell]
        .iter()
        .filter(|row| value.is_some_and(|value| system.implied(**row, change.cell, figures).contains(&value)))
        .count();
    cost -= PER_RELATION * (i32::try_from(implied).unwrap_or(i32::MAX / 1000) - 1);
    if let Some(value) = value {
        let is_broken = |row: &&usize| {
            let row = **row;
            system.rows[row].is_soft && !system.allowed(row, change.cell, figures).contains(value)
        };
        let broken = system.rows_of[change.cell].iter().filter(is_broken).count();
        cost += BREAKS_SOFT * i32::try_from(broken).unwrap_or(1);
    }
    if facts.is_last_edited {
        cost += LAST_EDITED;
    }
    if value == Some(0) {
        cost += NOTHING;
    }
    if facts.is_faulted {
        cost -= PER_RELATION;
    }
    if facts.is_imported {
        cost += IMPORTED;
    }
    if facts.is_derived {
        cost += DERIVED;
    }
    if let (Some(usual), Some(value)) = (usual, value)
        && is_unlike(usual, value)
    {
        cost += UNUSUAL;
    }
    cost
}

/// More than e^1.5 times the other, either way.
fn is_unlike(one: Units, other: Units) -> bool {
    let times = |small: Units, large: Units| large.saturating_mul(100) > small.saturating_mul(448);
    times(one, other) || times(other, one)
}
