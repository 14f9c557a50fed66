//! The balance tree: x1 = x2 + x3, x2 = x4 + x5 and so on, 101 figures in 50 sums, in one column.

use gouji::engine::locate::system::{Compare, Row, Sum, Term, Tie, Units};

use crate::amounts::{Exactness, amount};
use crate::chance::Chance;
use crate::entry::{plain, printed};
use crate::forms::{Filled, Made, Measure};

const SUMS: usize = 50;
const FIGURES: usize = 2 * SUMS + 1;

pub fn make(chance: &mut Chance) -> Made {
    let exactness = Exactness::draw(chance);
    let mut exact: Vec<Units> = vec![0; FIGURES];
    for at in (0..FIGURES).rev() {
        exact[at] =
            if at < SUMS { exact[2 * at + 1] + exact[2 * at + 2] } else { amount(chance, exactness, 2_000, 17) };
    }
    let neighbours = |at: usize| [at.checked_sub(1), Some(at + 1).filter(|next| *next < FIGURES)];
    let cells = exact.iter().enumerate().map(|(at, value)| Filled {
        name: format!("x{}", at + 1),
        figure: if *value == 0 { plain(0) } else { printed(chance, *value) },
        measure: Measure::Money,
        ties: Vec::new(),
        beside: Vec::new(),
        above_below: neighbours(at).into_iter().flatten().collect(),
        left: None,
    });
    let cells: Vec<Filled> = cells.collect();
    let rows = (0..SUMS).map(|at| equality(at, &[2 * at + 1, 2 * at + 2])).collect();
    Made::new(cells, |_| None, rows)
}

/// A total and its parts.
pub fn equality(total: usize, parts: &[usize]) -> Row {
    sum(total, parts, Compare::Equal, false)
}

pub fn sum(left: usize, right: &[usize], compare: Compare, is_soft: bool) -> Row {
    let right = right.iter().map(|cell| Term { cell: *cell, coefficient: -1 });
    let terms = [Term { cell: left, coefficient: 1 }].into_iter().chain(right).collect();
    Row { tie: Tie::Sum(Sum { terms, constant: 0, compare, may_sink: false, may_rise: false }), is_soft }
}
