//! Two wrong figures at once, and where to begin when even two do not do.

use crate::engine::locate::cause::{self, Cause};
use crate::engine::locate::judge::{Judged, best, cost_of};
use crate::engine::locate::solve::{Change, Steps, in_all};
use crate::engine::locate::system::{Figures, System, Units};

/// Values that are tried for a first figure.
const MOST_TRIALS: usize = 5;

/// Pairs of figures that make all relations agree, each pair once with its cheapest values; and whether the search came
/// to its end.
pub(super) fn search(
    system: &System,
    figures: &mut Figures,
    rows: &[usize],
    steps: &mut Steps,
) -> (Vec<(i32, [Change; 2])>, bool) {
    let (found, is_complete) = search_by(trials, system, figures, rows, steps);
    if !found.is_empty() || !is_complete {
        return (found, is_complete);
    }
    // While the second figure is wrong, what relations say of the first one may be nothing that it could be.
    search_by(slips, system, figures, rows, steps)
}

/// Values of a first figure that are worth a trial.
type Trials = fn(&System, &Figures, usize) -> Vec<Units>;

fn search_by(
    values: Trials,
    system: &System,
    figures: &mut Figures,
    rows: &[usize],
    steps: &mut Steps,
) -> (Vec<(i32, [Change; 2])>, bool) {
    let mut found: Vec<(i32, [Change; 2])> = Vec::new();
    let mut cells: Vec<usize> = rows.iter().flat_map(|row| system.cells_of[*row].iter().copied()).collect();
    cells.sort_unstable();
    cells.dedup();
    for cell in cells {
        if system.cells[cell].is_locked {
            continue;
        }
        let rest: Vec<usize> = rows.iter().copied().filter(|row| !system.cells_of[*row].contains(&cell)).collect();
        if !steps.take(rows.len()) {
            return (found, false);
        }
        // Another figure has to touch all that this one leaves.
        if !rest.is_empty() && in_all(system, &rest).is_empty() {
            continue;
        }
        for value in values(system, figures, cell) {
            if !steps.take(8 * system.rows_of[cell].len()) {
                return (found, false);
            }
            let before = figures.put(cell, value);
            let left = left_over(system, figures, cell, &rest);
            for other in in_all(system, &left) {
                if !steps.take(4 * system.rows_of[other].len() + left.len()) {
                    figures.all[cell] = before;
                    return (found, false);
                }
                if other == cell {
                    continue;
                }
                if let Some(second) = best(system, figures, other, rows) {
                    keep(&mut found, pair(system, figures, cell, value, second));
                }
            }
            figures.all[cell] = before;
        }
    }
    (found, true)
}

/// What relations say a figure should be, the others being as they are.
fn trials(system: &System, figures: &Figures, cell: usize) -> Vec<Units> {
    let hard = system.rows_of[cell].iter().filter(|row| !system.rows[**row].is_soft);
    let entered = figures.all[cell].value;
    let mut values: Vec<Units> = hard
        .flat_map(|row| {
            let mut implied = system.implied(*row, cell, figures);
            if implied.is_empty() {
                // Without a value of its own, the nearest end of what the relation allows.
                let allowed = system.allowed(*row, cell, figures);
                let ends = allowed.parts.iter().flat_map(|(low, high)| [*low, *high]);
                let ends = ends.filter(|end| *end != Units::MIN && *end != Units::MAX);
                implied.extend(ends.min_by_key(|end| (end - entered).abs()));
            }
            implied
        })
        .filter(|value| *value >= 0 && *value != entered)
        .collect();
    values.sort_unstable();
    values.dedup();
    values.truncate(MOST_TRIALS);
    values
}

/// What may have been meant by a figure, and the ends of what its relations allow.
fn slips(system: &System, figures: &Figures, cell: usize) -> Vec<Units> {
    let mut values: Vec<Units> = system.cells[cell].entered.map(cause::may_have_meant).unwrap_or_default();
    for row in system.rows_of[cell].iter().filter(|row| !system.rows[**row].is_soft) {
        let allowed = system.allowed(*row, cell, figures);
        values.extend(allowed.parts.iter().flat_map(|(low, high)| [*low, *high]));
    }
    let entered = figures.all[cell].value;
    values.retain(|value| *value >= 0 && *value != entered && *value != Units::MAX);
    values.sort_unstable();
    values.dedup();
    values
}

/// The hard relations that do not agree once a figure was changed.
fn left_over(system: &System, figures: &Figures, changed: usize, rest: &[usize]) -> Vec<usize> {
    let mut left = rest.to_vec();
    let own = system.rows_of[changed].iter().copied();
    left.extend(own.filter(|row| !system.rows[*row].is_soft && !system.holds(*row, figures)));
    left
}

fn pair(system: &System, figures: &Figures, cell: usize, value: Units, second: Judged) -> (i32, [Change; 2]) {
    let facts = &system.cells[cell];
    let cause = match facts.entered {
        None => Cause::LeftOut,
        Some(entered) => cause::of_one_cell(entered, value).unwrap_or(Cause::Unexplained),
    };
    let first = Change { cell, value: Some(value), cause, other: None };
    let mut after = figures.clone();
    if let Some(value) = second.change.value {
        after.put(second.change.cell, value);
    }
    let cost = cost_of(system, &after, &first, Some(value)) + second.cost;
    let mut changes = [first, second.change];
    changes.sort_unstable();
    (cost, changes)
}

fn keep(found: &mut Vec<(i32, [Change; 2])>, new: (i32, [Change; 2])) {
    let cells = |changes: &[Change; 2]| changes.map(|change| change.cell);
    match found.iter_mut().find(|(_, changes)| cells(changes) == cells(&new.1)) {
        Some(known) if new.0 < known.0 => *known = new,
        Some(_) => {}
        None => found.push(new),
    }
}

/// The fewest cells that touch each of the rows; where the steps do not suffice, few cells that do.
pub(super) fn touching_all(system: &System, rows: &[usize], steps: &mut Steps) -> Vec<usize> {
    let order = by_weight(system, rows);
    let greedy = greedy(system, rows, &order);
    // Deeper than this nobody is helped by the exact number.
    for size in 1..greedy.len().min(5) {
        if let Some(cells) = of_size(system, rows, size, &order, steps) {
            return cells;
        }
    }
    greedy
}

/// The cells of the rows, those first that stand in most of them, totals before their parts.
fn by_weight(system: &System, rows: &[usize]) -> Vec<usize> {
    let mut counts = vec![0_usize; system.cells.len()];
    for cell in rows.iter().flat_map(|row| system.rows[*row].main_cells()) {
        counts[cell] += 1;
    }
    let mut cells: Vec<usize> = (0..counts.len()).filter(|cell| counts[*cell] > 0).collect();
    cells.sort_by_key(|cell| (std::cmp::Reverse(counts[*cell]), !system.cells[*cell].is_derived, *cell));
    cells
}

fn of_size(system: &System, rows: &[usize], size: usize, order: &[usize], steps: &mut Steps) -> Option<Vec<usize>> {
    let Some(first) = rows.first() else { return Some(Vec::new()) };
    if size == 0 {
        return None;
    }
    for cell in order.iter().filter(|cell| system.cells_of[*first].contains(cell)) {
        if !steps.take(rows.len()) {
            return None;
        }
        let rest: Vec<usize> = rows.iter().copied().filter(|row| !system.cells_of[*row].contains(cell)).collect();
        if let Some(mut cells) = of_size(system, &rest, size - 1, order, steps) {
            cells.push(*cell);
            cells.sort_unstable();
            return Some(cells);
        }
    }
    None
}

/// Again and again the cell that touches most of what is left.
fn greedy(system: &System, rows: &[usize], order: &[usize]) -> Vec<usize> {
    let mut touches = vec![0_usize; system.cells.len()];
    rows.iter().flat_map(|row| &system.cells_of[*row]).for_each(|cell| touches[*cell] += 1);
    let mut left = rows.to_vec();
    let mut chosen = Vec::new();
    while !left.is_empty() {
        // Of equals the first one, which stands in most rows.
        let Some(cell) = order.iter().rev().max_by_key(|cell| touches[**cell]).copied() else { break };
        if touches[cell] == 0 {
            break;
        }
        left.retain(|row| {
            let stays = !system.cells_of[*row].contains(&cell);
            if !stays {
                system.cells_of[*row].iter().for_each(|other| touches[*other] -= 1);
            }
            stays
        });
        chosen.push(cell);
    }
    chosen.sort_unstable();
    chosen
}
