//! Several wrong figures that do not touch: each makes all of its own relations agree, and together they cover a group.
//!
//! Then there is a card for each, and each can be mended by itself.

use std::collections::BTreeMap;

use crate::engine::locate::judge::best;
use crate::engine::locate::solve::{Answer, SECOND, Steps, by_cost, with};
use crate::engine::locate::system::{Figures, System};

/// Violated relations that one figure explains, and the figures that may be the one.
#[derive(Debug)]
pub(super) struct Part {
    pub rows: Vec<usize>,
    /// The likeliest first.
    pub answers: Vec<Answer>,
}

/// More wrong figures than this in one group are not told apart.
const MOST_PARTS: usize = 8;

/// Parts the rows of a group among the fewest figures each of which mends its share; of equally few, the likeliest.
/// `None` where they cannot be parted. The cost is of all parts together.
pub(super) fn split(system: &System, figures: &Figures, rows: &[usize], steps: &mut Steps) -> Option<(Vec<Part>, i32)> {
    if rows.len() > 128 {
        return None;
    }
    let shares = shares(system, figures, rows, steps)?;
    let shares: Vec<(u128, Vec<Answer>)> = shares.into_iter().collect();
    let all = rows.iter().enumerate().fold(0_u128, |all, (at, _)| all | 1 << at);
    let chosen = (2..=MOST_PARTS.min(rows.len())).find_map(|count| {
        let mut search = Search { shares: &shares, all, steps, best: None };
        search.go_on(0, count, 0, &mut Vec::new());
        search.best
    });
    let (cost, chosen) = chosen?;
    let parts: Vec<Part> = chosen
        .into_iter()
        .map(|share| {
            let (mask, answers) = &shares[share];
            let is_in = |(at, row): (usize, &usize)| (mask >> at & 1 == 1).then_some(*row);
            Part { rows: rows.iter().enumerate().filter_map(is_in).collect(), answers: answers.clone() }
        })
        .collect();
    let extra = SECOND * i32::try_from(parts.len() - 1).unwrap_or(i32::MAX / SECOND);
    agree_together(system, figures, rows, &parts).then_some((parts, cost + extra))
}

/// The figures with a value that makes all of their relations agree, by the violated rows that they stand in.
fn shares(
    system: &System,
    figures: &Figures,
    rows: &[usize],
    steps: &mut Steps,
) -> Option<BTreeMap<u128, Vec<Answer>>> {
    let mut cells: Vec<usize> = rows.iter().flat_map(|row| system.cells_of[*row].iter().copied()).collect();
    cells.sort_unstable();
    cells.dedup();
    let mut shares: BTreeMap<u128, Vec<Answer>> = BTreeMap::new();
    for cell in cells.into_iter().filter(|cell| !system.cells[*cell].is_locked) {
        if !steps.take(4 * system.rows_of[cell].len() + rows.len()) {
            return None;
        }
        let Some(judged) = best(system, figures, cell, rows) else { continue };
        let is_in = |row: &usize| system.cells_of[*row].contains(&cell);
        let mask = rows.iter().enumerate().filter(|(_, row)| is_in(row)).fold(0_u128, |mask, (at, _)| mask | 1 << at);
        shares.entry(mask).or_default().push(Answer { changes: vec![judged.change], cost: judged.cost });
    }
    shares.values_mut().for_each(|answers| answers.sort_by(by_cost));
    Some(shares)
}

struct Search<'s> {
    shares: &'s [(u128, Vec<Answer>)],
    all: u128,
    steps: &'s mut Steps,
    best: Option<(i32, Vec<usize>)>,
}

impl Search<'_> {
    /// Covers the first row that is left with each share that fits, so many shares in all.
    fn go_on(&mut self, covered: u128, count: usize, cost: i32, chosen: &mut Vec<usize>) {
        if covered == self.all {
            if self.best.as_ref().is_none_or(|(least, _)| cost < *least) {
                self.best = Some((cost, chosen.clone()));
            }
            return;
        }
        if count == 0 {
            return;
        }
        let first = 1_u128 << (!covered & self.all).trailing_zeros();
        for (at, (mask, answers)) in self.shares.iter().enumerate() {
            if mask & first == 0 || mask & covered != 0 {
                continue;
            }
            if !self.steps.take(1) {
                return;
            }
            let own = answers.first().map_or(0, |answer| answer.cost);
            chosen.push(at);
            self.go_on(covered | mask, count - 1, cost + own, chosen);
            chosen.pop();
        }
    }
}

/// Whether all relations hold once each part is mended. Where a value is open, nothing speaks against it.
fn agree_together(system: &System, figures: &Figures, rows: &[usize], parts: &[Part]) -> bool {
    let changes: Vec<_> =
        parts.iter().filter_map(|part| part.answers.first()).flat_map(|answer| answer.changes.clone()).collect();
    if changes.iter().any(|change| change.value.is_none()) {
        return true;
    }
    let after = with(figures, &changes);
    let own = changes.iter().flat_map(|change| &system.rows_of[change.cell]);
    rows.iter().chain(own).all(|row| system.rows[*row].is_soft || system.holds(*row, &after))
}
