//! Small forms, for what only trying everything can tell.

use gouji::engine::locate::system::{Compare, Units};

use crate::amounts::{Exactness, amount};
use crate::chance::Chance;
use crate::entry::printed;
use crate::forms::balance_tree::{equality, sum};
use crate::forms::{Filled, Made, Measure};

/// Six to ten cells in one column: sums of earlier cells, some that share parts, and limits that hold.
pub fn make(chance: &mut Chance) -> Made {
    let exactness = Exactness::draw(chance);
    let leaves = 3 + chance.below(3);
    let mut exact: Vec<Units> = (0..leaves).map(|_| amount(chance, exactness, 1_500, 8)).collect();
    let mut rows = Vec::new();
    for _ in 0..2 + chance.below(4) {
        let mut parts: Vec<usize> = (0..exact.len()).collect();
        chance.shuffle(&mut parts);
        parts.truncate((1 + chance.below(3)).min(exact.len()));
        let total = exact.len();
        exact.push(parts.iter().map(|part| exact[*part]).sum());
        rows.push(equality(total, &parts));
    }
    for _ in 0..chance.below(3) {
        let (one, other) = (chance.below(exact.len()), chance.below(exact.len()));
        if one != other {
            let (large, small) = if exact[one] >= exact[other] { (one, other) } else { (other, one) };
            rows.push(sum(large, &[small], Compare::AtLeast, false));
        }
    }
    let last = exact.len() - 1;
    let cells = exact.iter().enumerate().map(|(at, value)| Filled {
        name: format!("x{}", at + 1),
        figure: printed(chance, *value),
        measure: Measure::Money,
        ties: Vec::new(),
        beside: Vec::new(),
        above_below: [at.checked_sub(1), Some(at + 1).filter(|next| *next <= last)].into_iter().flatten().collect(),
        left: None,
    });
    let cells: Vec<Filled> = cells.collect();
    Made::new(cells, |_| None, rows)
}
