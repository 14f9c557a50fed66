//! Fellegi and Holt's answer, found exactly: the fewest cells that must change so that every relation can hold.
//!
//! Sets of one, two and three cells are tried one after the other. Whether a set will do is decided by elimination
//! (Fourier–Motzkin) and then in whole steps of the cells; nothing of the engine's own search is used. A free cell is
//! nothing below zero. A rate with two free cells is taken as kept, so there this may ask for too few cells.

use gouji::engine::locate::system::{CENT, Compare, Figure, Figures, Sum, System, Tie, UNIT, Units};

/// More values of one cell than this are not tried one by one; those at both ends are.
const MOST_VALUES: Units = 4_000;

/// Σ coefficient × free cell ≤ bound.
#[derive(Clone, Debug)]
struct Limit {
    coefficients: Vec<Units>,
    bound: Units,
}

/// The smallest sets of cells whose change can make every relation hold, if they have at most `most` cells: `None` where
/// there is no such set, an empty list of cells where nothing is wrong.
pub fn smallest_sets(system: &System, most: usize) -> Option<Vec<Vec<usize>>> {
    let figures = system.figures();
    let violated: Vec<usize> = (0..system.rows.len()).filter(|row| !holds(system, *row, &figures)).collect();
    if violated.is_empty() {
        return Some(vec![Vec::new()]);
    }
    (1..=most).find_map(|size| {
        let mut found = Vec::new();
        sets(system, &violated, size, &mut Vec::new(), &mut found);
        (!found.is_empty()).then_some(found)
    })
}

/// Sets that touch each violated relation: the next cell is one of the first relation that is not touched yet, or, where
/// all are, one that shares a relation with the cells before it.
fn sets(system: &System, violated: &[usize], size: usize, chosen: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
    let untouched = violated.iter().find(|row| !system.cells_of[**row].iter().any(|cell| chosen.contains(cell)));
    if chosen.len() == size {
        let mut set = chosen.clone();
        set.sort_unstable();
        if untouched.is_none() && !found.contains(&set) && will_do(system, &set) {
            found.push(set);
        }
        return;
    }
    let candidates: Vec<usize> = match untouched {
        Some(row) => system.cells_of[*row].clone(),
        None => {
            let rows = chosen.iter().flat_map(|cell| &system.rows_of[*cell]);
            let mut cells: Vec<usize> = rows.flat_map(|row| &system.cells_of[*row]).copied().collect();
            cells.sort_unstable();
            cells.dedup();
            cells
        }
    };
    for cell in candidates {
        if !chosen.contains(&cell) && !system.cells[cell].is_locked {
            chosen.push(cell);
            sets(system, violated, size, chosen, found);
            chosen.pop();
        }
    }
}

/// Whether these cells can have values with which every relation holds.
pub fn will_do(system: &System, set: &[usize]) -> bool {
    let figures = system.figures();
    let mut rows: Vec<usize> = set.iter().flat_map(|cell| &system.rows_of[*cell]).copied().collect();
    rows.sort_unstable();
    rows.dedup();
    let others = (0..system.rows.len()).filter(|row| !rows.contains(row));
    if others.into_iter().any(|row| !holds(system, row, &figures)) {
        return false;
    }
    // A zero is exact and any other figure is not, so each is tried for itself.
    (0_usize..1 << set.len()).any(|zeros| {
        let free: Vec<usize> =
            set.iter().enumerate().filter(|(at, _)| zeros >> at & 1 == 0).map(|(_, cell)| *cell).collect();
        let mut known = figures.clone();
        for (at, cell) in set.iter().enumerate() {
            if zeros >> at & 1 == 1 {
                known.all[*cell] = Figure { value: 0, places: 0 };
            }
        }
        let steps: Vec<Units> = free.iter().map(|cell| step(system, *cell)).collect();
        let mut limits: Vec<Limit> = Vec::new();
        for (at, step) in steps.iter().enumerate() {
            let mut coefficients = vec![0; free.len()];
            coefficients[at] = -1;
            limits.push(Limit { coefficients, bound: -step });
        }
        rows.iter().all(|row| add_row(system, *row, &known.all, &free, &mut limits)) && has_solution(&limits, &steps)
    })
}

/// Whether a relation holds, sums by the arithmetic of this file.
fn holds(system: &System, row: usize, figures: &Figures) -> bool {
    match &system.rows[row].tie {
        Tie::Sum(sum) => add_sum(system, sum, &figures.all, &[], &mut Vec::new()),
        Tie::Quotient { .. } | Tie::OneOf(_) => system.holds(row, figures),
    }
}

fn step(system: &System, cell: usize) -> Units {
    if system.cells[cell].is_whole { UNIT } else { CENT }
}

/// Adds what a relation asks of the free cells; `false` where it cannot be kept.
fn add_row(system: &System, row: usize, known: &[Figure], free: &[usize], limits: &mut Vec<Limit>) -> bool {
    match &system.rows[row].tie {
        Tie::Sum(sum) => add_sum(system, sum, known, free, limits),
        Tie::Quotient { .. } | Tie::OneOf(_) => {
            let mut figures = system.figures();
            figures.all.copy_from_slice(known);
            let own: Vec<usize> = (0..free.len()).filter(|at| system.cells_of[row].contains(&free[*at])).collect();
            let [own] = own.as_slice() else { return !own.is_empty() || system.holds(row, &figures) };
            let allowed = system.allowed(row, free[*own], &figures);
            let (Some(first), Some(last)) = (allowed.parts.first(), allowed.parts.last()) else { return false };
            for (sign, bound) in [(-1, first.0.checked_neg()), (1, Some(last.1))] {
                let mut coefficients = vec![0; free.len()];
                coefficients[*own] = sign;
                limits.extend(bound.map(|bound| Limit { coefficients, bound }));
            }
            true
        }
    }
}

fn add_sum(system: &System, sum: &Sum, known: &[Figure], free: &[usize], limits: &mut Vec<Limit>) -> bool {
    let (mut rest, mut doubled_tolerance) = (sum.constant, 0);
    let mut coefficients = vec![0; free.len()];
    for term in &sum.terms {
        if let Some(at) = free.iter().position(|cell| *cell == term.cell) {
            coefficients[at] = term.coefficient;
            doubled_tolerance += if system.cells[term.cell].is_rounded { term.coefficient.abs() * CENT } else { 0 };
        } else {
            let figure = known[term.cell];
            rest += term.coefficient * figure.value;
            doubled_tolerance += term.coefficient.abs() * doubled_half(system, term.cell, figure);
        }
    }
    // Below the sum of the halves, and not at it.
    let within = (doubled_tolerance / 2 - 1).max(0);
    let upper = (!sum.may_sink && sum.compare != Compare::AtLeast).then_some(within - rest);
    let lower = (!sum.may_rise && sum.compare != Compare::AtMost).then_some(within + rest);
    if coefficients.iter().all(|coefficient| *coefficient == 0) {
        return [upper, lower].into_iter().flatten().all(|bound| bound >= 0);
    }
    let negated = coefficients.iter().map(|coefficient| -coefficient).collect();
    limits.extend(upper.map(|bound| Limit { coefficients, bound }));
    limits.extend(lower.map(|bound| Limit { coefficients: negated, bound }));
    true
}

/// Twice as far as rounding may have moved a figure.
fn doubled_half(system: &System, cell: usize, figure: Figure) -> Units {
    if figure.value == 0 || !system.cells[cell].is_rounded {
        return 0;
    }
    10_i128.pow(9_u32.saturating_sub(figure.places.max(2)))
}

/// Whether the limits can be kept in whole steps.
fn has_solution(limits: &[Limit], steps: &[Units]) -> bool {
    let Some((step, others)) = steps.split_first() else { return limits.iter().all(|limit| limit.bound >= 0) };
    let Some((low, high)) = range_of_first(limits, steps.len()) else { return false };
    let (first, last) = (low.div_euclid(*step) + i128::from(low.rem_euclid(*step) != 0), high.div_euclid(*step));
    if others.is_empty() || first > last {
        return first <= last;
    }
    let is_tried = |value: &Units| value - first < MOST_VALUES / 2 || last - value < MOST_VALUES / 2;
    let ends = if last - first <= MOST_VALUES {
        vec![first..=last]
    } else {
        vec![first..=first + MOST_VALUES / 2, last - MOST_VALUES / 2..=last]
    };
    ends.into_iter().flatten().filter(is_tried).any(|steps_taken| {
        let value = steps_taken * step;
        let rest: Vec<Limit> = limits
            .iter()
            .map(|limit| Limit {
                coefficients: limit.coefficients[1..].to_vec(),
                bound: limit.bound - limit.coefficients[0] * value,
            })
            .collect();
        let is_kept =
            |limit: &Limit| limit.bound >= 0 || limit.coefficients.iter().any(|coefficient| *coefficient != 0);
        rest.iter().all(is_kept) && has_solution(&rest, others)
    })
}

/// Any amount is below this.
const LARGEST: Units = 1_000_000_000 * UNIT;

/// The least and the greatest value of the first free cell, the others being anything.
fn range_of_first(limits: &[Limit], count: usize) -> Option<(Units, Units)> {
    let mut limits = limits.to_vec();
    for at in (1..count).rev() {
        limits = without(limits, at);
    }
    let (mut low, mut high) = (0, LARGEST);
    for limit in limits {
        let coefficient = limit.coefficients[0];
        match coefficient {
            0 if limit.bound < 0 => return None,
            0 => {}
            1.. => high = high.min(limit.bound.div_euclid(coefficient)),
            _ => low = low.max(-limit.bound.div_euclid(-coefficient)),
        }
    }
    (low <= high).then_some((low, high))
}

/// The limits without one free cell: each that holds it from above with each that holds it from below.
fn without(limits: Vec<Limit>, at: usize) -> Vec<Limit> {
    let (mut kept, mut above, mut below) = (Vec::new(), Vec::new(), Vec::new());
    for limit in limits {
        match limit.coefficients[at] {
            0 => kept.push(limit),
            1.. => above.push(limit),
            _ => below.push(limit),
        }
    }
    for upper in &above {
        for lower in &below {
            let (one, other) = (-lower.coefficients[at], upper.coefficients[at]);
            let pairs = upper.coefficients.iter().zip(&lower.coefficients);
            kept.push(Limit {
                coefficients: pairs.map(|(up, low)| up * one + low * other).collect(),
                bound: upper.bound * one + lower.bound * other,
            });
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;
    use crate::entry::read;
    use crate::forms::balance_tree::equality;
    use crate::forms::small;
    use gouji::engine::locate::system::Cell;

    fn system(texts: &[&str], rows: &[(usize, &[usize])]) -> System {
        let cells = texts.iter().map(|text| Cell { entered: read(text), is_rounded: true, ..Cell::default() });
        System::new(cells.collect(), rows.iter().map(|(total, parts)| equality(*total, parts)).collect())
    }

    #[test]
    fn the_smallest_sets_are_those_that_can_be_worked_out_by_hand() {
        let rows: [(usize, &[usize]); 2] = [(0, &[1, 2]), (1, &[3, 4])];
        assert_eq!(smallest_sets(&system(&["10", "6", "4", "3", "3"], &rows), 3), Some(vec![vec![]]));
        // The total is wrong, or the other part; the shared part cannot be, as its own sum holds.
        assert_eq!(smallest_sets(&system(&["19", "6", "4", "3", "3"], &rows), 3), Some(vec![vec![0], vec![2]]));
        assert_eq!(smallest_sets(&system(&["10", "7", "4", "3", "3"], &rows), 3), Some(vec![vec![1]]));
        // A part would have to be below nothing.
        assert_eq!(smallest_sets(&system(&["3", "6", "4", "3", "3"], &rows), 3), Some(vec![vec![0]]));
        // Both sums are off by other amounts.
        assert_eq!(smallest_sets(&system(&["19", "6", "4", "3", "9"], &rows), 1), None);
    }

    #[test]
    fn a_true_form_needs_no_change() {
        for seed in 0..200 {
            let form = small::make(&mut Chance::new(seed));
            assert_eq!(smallest_sets(&form.system, 1), Some(vec![vec![]]), "{seed}");
        }
    }
}
