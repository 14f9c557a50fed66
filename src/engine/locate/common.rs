//! How common it is on this form that a figure is zero, a blank, or the same as the one beside it.
//!
//! What is common where everything agrees is weak evidence where something does not: one zero stands out, one of twenty
//! does not. Only cells count that stand in no violated relation.

use crate::engine::locate::cause::{self, Cause};
use crate::engine::locate::system::Cell;

/// Costs of a form, in hundredths. Money is one thing, points and people are another: the first of two is of money.
#[derive(Clone, Copy, Debug, Default)]
pub struct Common {
    /// To take a figure for a copy of the one beside it.
    pub copied: [i32; 2],
    /// To take a zero for a figure left out.
    pub zero: [i32; 2],
    /// To take a blank that one would expect a figure in for one left out.
    pub gap: i32,
}

impl Common {
    /// Of cells, with whether each stands in a violated relation.
    pub fn of(cells: &[Cell], is_doubtful: &[bool]) -> Self {
        let sound: Vec<&Cell> =
            cells.iter().zip(is_doubtful).filter(|(_, is_doubtful)| !**is_doubtful).map(|(cell, _)| cell).collect();
        let is_zero = |cell: &&&Cell| cell.entered.is_some_and(|entered| entered.value == 0);
        let zeros = |is_rounded: bool| {
            left_out(sound.iter().filter(is_zero).filter(|cell| cell.is_rounded == is_rounded).count())
        };
        Self {
            copied: [true, false].map(|is_rounded| copied(cells, is_doubtful, is_rounded)),
            zero: [true, false].map(zeros),
            gap: left_out(sound.iter().filter(|cell| cell.entered.is_none() && cell.is_gap()).count()),
        }
    }
}

/// The logarithm of how many there are besides.
fn left_out(others: usize) -> i32 {
    let by_number = match others {
        0 => 0,
        1 => 70,
        2..=3 => 120,
        4..=7 => 190,
        _ => 250,
    };
    cause::cost(Cause::LeftOut) + by_number
}

/// The more equal pairs there are, the nearer a copy comes to a slip that nothing explains.
fn copied(cells: &[Cell], is_doubtful: &[bool], is_rounded: bool) -> i32 {
    let (mut pairs, mut equal) = (0_usize, 0_usize);
    for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.is_rounded == is_rounded) {
        for beside in cell.beside.iter().filter(|beside| **beside > at && !is_doubtful[at] && !is_doubtful[**beside]) {
            if let (Some(one), Some(other)) = (cell.entered, cells[*beside].entered) {
                pairs += 1;
                equal += usize::from(one.value == other.value);
            }
        }
    }
    match (cause::cost(Cause::Copied), cause::cost(Cause::Unexplained)) {
        (least, _) if equal * 10 <= pairs => least,
        (least, most) if equal * 4 <= pairs => least + (most - least) / 3,
        (least, most) if equal * 2 <= pairs => least + (most - least) * 2 / 3,
        (_, most) => most,
    }
}
