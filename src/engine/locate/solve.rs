//! The search: which figures, if they were others, would make every relation agree.
//!
//! One figure is looked for first, in each group of violated relations that hang together; two only where one does not
//! do. The work is bounded by steps, not by a clock, so that every machine says the same.

use std::cmp::Ordering;

use serde::Serialize;

use crate::engine::locate::cause::{self, Cause};
use crate::engine::locate::judge::{Judged, best, cost_of};
use crate::engine::locate::pairs;
use crate::engine::locate::split::{Part, split};
use crate::engine::locate::system::{Figures, System, Units};

/// One figure and what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    pub cell: usize,
    /// `None` where the relations leave open what it should be.
    pub value: Option<Units>,
    pub cause: Cause,
    /// The cell that it stands in for, where it was copied from there or the two were swapped.
    pub other: Option<usize>,
}

/// Changes that together make the relations agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// One figure; two where one does not do, or where two stand in each other's place.
    pub changes: Vec<Change>,
    /// Hundredths of a −log likelihood, with all that speaks for it and against.
    pub cost: i32,
}

impl Answer {
    /// Slips, not cells: two figures in each other's place are one slip.
    fn slips(&self) -> usize {
        if self.changes.iter().all(|change| change.cause == Cause::Swapped) { 1 } else { self.changes.len() }
    }
}

/// How surely the first answer may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// 应为: nothing else makes the relations agree.
    Must,
    /// 很可能: clearly likelier than the next.
    Likely,
    /// 可能是以下之一.
    OneOf,
    /// No change of one or two figures was found.
    Unknown,
}

/// Relations that do not agree and hang together, and what would make them agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solved {
    /// The violated relations; of those that may be broken in a sound filing only the ones that the first answer mends.
    pub rows: Vec<usize>,
    /// The likeliest first.
    pub answers: Vec<Answer>,
    pub certainty: Certainty,
    /// So many figures are wrong at the least.
    pub at_least: usize,
    /// The fewest cells that touch each of the relations, where there is no answer.
    pub core: Vec<usize>,
}

/// Steps of the search for one group of relations: one step looks at one cell in one relation.
pub const MOST_STEPS: usize = 60_000;
/// An answer so much cheaper than the next is told as the likely one.
const MARGIN: i32 = 100;
/// What a second wrong figure costs.
pub(super) const SECOND: i32 = 300;

/// What the search has left to spend.
pub(super) struct Steps {
    left: usize,
}

impl Steps {
    /// Takes steps; false once there are none left.
    pub fn take(&mut self, count: usize) -> bool {
        self.left = self.left.saturating_sub(count);
        self.left > 0
    }
}

/// Finds what is wrong in each group of violated relations that hang together.
pub fn solve(system: &System, most_steps: usize) -> Vec<Solved> {
    let figures = system.figures();
    let violated = system.violated(&figures);
    let (soft, hard): (Vec<usize>, Vec<usize>) = violated.into_iter().partition(|row| system.rows[*row].is_soft);
    let mut solved: Vec<Solved> =
        groups(system, hard).into_iter().flat_map(|rows| solve_group(system, &figures, rows, most_steps)).collect();
    join_swapped(system, &figures, &mut solved);

    // What may be broken in a sound filing is explained by an answer that mends it, or stands alone.
    let mut alone = Vec::new();
    for row in soft {
        let mended = solved.iter_mut().find(|group| {
            group.answers.first().is_some_and(|answer| {
                answer.changes.iter().any(|change| system.cells_of[row].contains(&change.cell))
                    && system.holds(row, &with(&figures, &answer.changes))
            })
        });
        match mended {
            Some(group) => group.rows.push(row),
            None => alone.push(row),
        }
    }
    let touched: Vec<usize> = solved.iter().flat_map(|group| &group.rows).copied().collect();
    for rows in groups(system, alone) {
        // Beside a figure that is wrong already, it says nothing of its own.
        if rows.iter().all(|row| !hangs_with(system, *row, &touched)) {
            solved.extend(solve_group(system, &figures, rows, most_steps));
        }
    }
    solved
}

/// The figures as they would be.
pub fn with(figures: &Figures, changes: &[Change]) -> Figures {
    let mut after = figures.clone();
    for change in changes {
        if let Some(value) = change.value {
            after.put(change.cell, value);
        }
    }
    after
}

fn hangs_with(system: &System, row: usize, others: &[usize]) -> bool {
    others.iter().any(|other| system.cells_of[*other].iter().any(|cell| system.cells_of[row].contains(cell)))
}

/// Splits rows into those that share cells.
fn groups(system: &System, rows: Vec<usize>) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for row in rows {
        let (near, far): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| hangs_with(system, row, group));
        groups = far;
        let mut joined: Vec<usize> = near.into_iter().flatten().collect();
        joined.push(row);
        joined.sort_unstable();
        groups.push(joined);
    }
    groups.sort_unstable();
    groups
}

/// Solves one group; it may turn out to be several that do not touch.
fn solve_group(system: &System, figures: &Figures, rows: Vec<usize>, most_steps: usize) -> Vec<Solved> {
    let mut steps = Steps { left: most_steps.max(1) };
    let mut answers = singles(system, figures, &rows);
    answers.extend(swaps(system, figures, &rows));
    if !answers.is_empty() {
        return vec![solved(rows, answers)];
    }
    let parted = split(system, figures, &rows, &mut steps);
    let (found, is_complete) = pairs::search(system, &mut figures.clone(), &rows, &mut steps);
    let answer = |(cost, changes): (i32, [Change; 2])| Answer { cost: cost + SECOND, changes: changes.to_vec() };
    let answers: Vec<Answer> = found.into_iter().map(answer).collect();
    // The same figures, seen as a pair, are no other way.
    let is_parted = |answer: &Answer| {
        let firsts = |parts: &[Part]| -> Vec<usize> {
            parts.iter().filter_map(|part| Some(part.answers.first()?.changes.first()?.cell)).collect()
        };
        parted.as_ref().is_some_and(|(parts, _)| {
            let cells = firsts(parts);
            cells.len() == 2 && answer.changes.iter().all(|change| cells.contains(&change.cell))
        })
    };
    let least = answers.iter().filter(|answer| !is_parted(answer)).map(|answer| answer.cost).min();
    if let Some((parts, cost)) = parted {
        // Two in one relation may be likelier than two apart, or more than two.
        if least.is_none_or(|least| parts.len() == 2 && cost <= least) {
            let is_sure = least.is_none_or(|least| least - cost >= MARGIN);
            return parts
                .into_iter()
                .map(|part| {
                    let solved = solved(part.rows, part.answers);
                    let certainty = if is_sure { solved.certainty } else { Certainty::OneOf };
                    Solved { certainty, ..solved }
                })
                .collect();
        }
    }
    if !answers.is_empty() {
        return vec![solved(rows, answers)];
    }
    let core = pairs::touching_all(system, &rows, &mut steps);
    // One figure was ruled out, and two, too, if the search came to its end.
    let at_least = core.len().max(if is_complete { 3 } else { 2 });
    vec![Solved { rows, answers, certainty: Certainty::Unknown, at_least, core }]
}

fn solved(rows: Vec<usize>, mut answers: Vec<Answer>) -> Solved {
    answers.sort_by(by_cost);
    let at_least = answers.first().map_or(1, Answer::slips);
    Solved { rows, certainty: certainty(&answers), answers, at_least, core: Vec::new() }
}

/// The likeliest first; of equals the one whose cells come first.
pub(super) fn by_cost(one: &Answer, other: &Answer) -> Ordering {
    one.cost.cmp(&other.cost).then_with(|| one.changes.cmp(&other.changes))
}

fn certainty(answers: &[Answer]) -> Certainty {
    match answers {
        [] => Certainty::Unknown,
        // Two changes that fit, but that no slip of the fingers explains, are one way among others.
        [first, ..] if first.slips() > 1 && first.changes.iter().any(|change| is_vague(change.cause)) => {
            Certainty::OneOf
        }
        [_] => Certainty::Must,
        [first, second, ..] if second.cost - first.cost >= MARGIN => Certainty::Likely,
        _ => Certainty::OneOf,
    }
}

fn is_vague(cause: Cause) -> bool {
    matches!(cause, Cause::Unexplained | Cause::Copied | Cause::LeftOut)
}

/// Single figures that are in every violated relation and have a value with which all of their relations agree.
fn singles(system: &System, figures: &Figures, rows: &[usize]) -> Vec<Answer> {
    let mut answers = Vec::new();
    for cell in in_all(system, rows) {
        if let Some(Judged { change, cost }) = best(system, figures, cell, rows) {
            answers.push(Answer { changes: vec![change], cost });
        }
    }
    answers
}

/// The cells that stand in all of these rows, and may be blamed.
pub(super) fn in_all(system: &System, rows: &[usize]) -> Vec<usize> {
    let Some((first, rest)) = rows.split_first() else { return Vec::new() };
    let is_in_all = |cell: &usize| rest.iter().all(|row| system.cells_of[*row].contains(cell));
    system.cells_of[*first].iter().copied().filter(|cell| !system.cells[*cell].is_locked).filter(is_in_all).collect()
}

/// Neighbours in each other's place, at least one of which stands in each violated relation.
fn swaps(system: &System, figures: &Figures, rows: &[usize]) -> Vec<Answer> {
    let mut answers: Vec<Answer> = Vec::new();
    let mut cells: Vec<usize> = rows.iter().flat_map(|row| system.cells_of[*row].iter().copied()).collect();
    cells.sort_unstable();
    cells.dedup();
    for cell in cells {
        for other in neighbours(system, cell) {
            let pair = [cell.min(other), cell.max(other)];
            let touches = |row: &usize| pair.iter().any(|cell| system.cells_of[*row].contains(cell));
            let is_known =
                answers.iter().any(|answer| answer.changes[0].cell == pair[0] && answer.changes[1].cell == pair[1]);
            if !is_known
                && rows.iter().all(touches)
                && let Some(answer) = swap(system, figures, pair)
            {
                answers.push(answer);
            }
        }
    }
    answers
}

fn neighbours(system: &System, cell: usize) -> impl Iterator<Item = usize> {
    system.cells[cell].beside.iter().chain(&system.cells[cell].above_below).copied()
}

/// The answer that two cells stand in each other's place, if with that all relations of both agree.
fn swap(system: &System, figures: &Figures, [one, other]: [usize; 2]) -> Option<Answer> {
    let (first, second) = (figures.all[one].value, figures.all[other].value);
    let may = |cell: usize| !system.cells[cell].is_locked && system.cells[cell].entered.is_some();
    if first == second || !may(one) || !may(other) {
        return None;
    }
    let change = |cell, value, other| Change { cell, value: Some(value), cause: Cause::Swapped, other: Some(other) };
    let changes = vec![change(one, second, other), change(other, first, one)];
    let after = with(figures, &changes);
    let holds =
        |cell: usize| system.rows_of[cell].iter().all(|row| system.rows[*row].is_soft || system.holds(*row, &after));
    if !holds(one) || !holds(other) {
        return None;
    }
    // One slip: what speaks for either cell speaks for it once.
    let costs = changes.iter().map(|change| cost_of(system, &after, change, change.value));
    let cost = costs.min().unwrap_or_else(|| cause::cost(Cause::Swapped));
    Some(Answer { changes, cost })
}

/// Two groups become one where a single swap of neighbours mends both and is likelier than a slip in each.
fn join_swapped(system: &System, figures: &Figures, solved: &mut Vec<Solved>) {
    let mut at = 0;
    while at < solved.len() {
        let joined = (at + 1..solved.len()).find_map(|next| {
            let rows: Vec<usize> = solved[at].rows.iter().chain(&solved[next].rows).copied().collect();
            let best_of =
                |group: &Solved| group.answers.first().map_or(cause::cost(Cause::Unexplained), |best| best.cost);
            let apart = best_of(&solved[at]) + best_of(&solved[next]);
            let mut answers = swaps(system, figures, &rows);
            answers.sort_by(by_cost);
            let best = answers.first()?;
            let is_in_both =
                [at, next].iter().all(|group| solved[*group].answers.first().is_some_and(|own| own == best));
            if best.cost >= apart && !is_in_both {
                return None;
            }
            // A slip in each is the other way to see it.
            if let (Some(one), Some(other)) = (solved[at].answers.first(), solved[next].answers.first())
                && one.changes.len() + other.changes.len() == 2
            {
                let changes = one.changes.iter().chain(&other.changes).copied().collect();
                answers.push(Answer { changes, cost: one.cost + other.cost + SECOND });
            }
            Some((next, Solved { rows, certainty: certainty(&answers), answers, at_least: 1, core: Vec::new() }))
        });
        match joined {
            Some((next, group)) => {
                solved.remove(next);
                solved[at] = group;
            }
            None => at += 1,
        }
    }
}
