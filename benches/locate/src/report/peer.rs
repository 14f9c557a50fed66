//! Fellegi and Holt's smallest sets of cells beside ours, on the same cases.

use std::fmt::Write;

use crate::forms::{Entered, Which};
use crate::kinds::Kind;
use crate::measure::{Run, case};
use crate::oracle::smallest_sets;
use crate::report::{Asked, percent};

/// Cases of each row: the oracle tries everything.
const MOST_CASES: usize = 2_000;

#[derive(Default)]
struct Count {
    cases: usize,
    ours: usize,
    unique: usize,
    unique_right: usize,
    first_right: usize,
    /// In expectation, in thousandths, where one of the smallest sets is drawn by lot.
    by_lot: usize,
    more_cells: usize,
    fewest: usize,
}

pub fn table(asked: &Asked) -> String {
    let mut text = String::from(
        "\n**Beside Fellegi–Holt**, the fewest cells, solved exactly, every relation taken as one that must hold\n\n\
         | | cases | ours: exactly the wrong cells first | F–H: one smallest set, and right | F–H: drawn by lot among the \
         smallest | F–H: the first of the smallest | smallest set is smaller than ours | true set is not the smallest |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|\n",
    );
    for which in asked.forms.iter().filter(|which| **which != Which::Ours) {
        for two in [false, true] {
            let count = count(*which, two, asked.seed, asked.cases.min(MOST_CASES));
            let _ = writeln!(
                text,
                "| {}, {} | {} | {} | {} | {} | {} | {} | {} |",
                which.name(),
                if two { "two errors" } else { "one error" },
                count.cases,
                percent(count.ours, count.cases),
                percent(count.unique_right, count.cases),
                percent(count.by_lot, count.cases * 1_000),
                percent(count.first_right, count.cases),
                count.more_cells,
                count.fewest,
            );
        }
    }
    text
}

fn count(which: Which, two: bool, seed: u64, cases: usize) -> Count {
    let mut count = Count::default();
    for number in 0..cases {
        // Kinds in turn; a swap is two cells to Fellegi and Holt.
        let kind = Kind::ALL[number % (Kind::ALL.len() - 1)];
        let run = if two { Run::Two } else { Run::One(kind) };
        let Some(case) = case(which, run, seed, 1_000_000 + number) else { continue };
        let Entered::Made(system) = case.entered() else { continue };
        let verdict = Entered::Made(system.clone()).verdict();
        let judged = case.judge(&verdict);
        if !judged.is_detected {
            continue;
        }
        let Some(sets) = smallest_sets(&system, 2) else { continue };
        let mut wrong: Vec<usize> = case.slips.iter().flat_map(|slip| &slip.entered).map(|(cell, _)| *cell).collect();
        wrong.sort_unstable();
        let is_right = sets.contains(&wrong);
        let size = sets.first().map_or(0, Vec::len);
        count.cases += 1;
        count.ours += usize::from(judged.is_first);
        count.unique += usize::from(sets.len() == 1);
        count.unique_right += usize::from(sets.len() == 1 && is_right);
        count.first_right += usize::from(sets.iter().min() == Some(&wrong));
        count.by_lot += if is_right { 1_000 / sets.len() } else { 0 };
        count.fewest += usize::from(size < wrong.len());
        let mine: usize = verdict
            .groups
            .iter()
            .map(|group| group.answers.iter().map(|answer| answer.changes.len()).min().unwrap_or(group.at_least))
            .sum();
        count.more_cells += usize::from(mine > size);
    }
    count
}
