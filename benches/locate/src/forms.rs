//! The forms that slips are put into: ours, and two that are made up.

pub mod balance_tree;
pub mod block_form;
pub mod ours;
pub mod small;

use gouji::engine::locate::solve::{MOST_STEPS, solve};
use gouji::engine::locate::system::{Cell, Figure, Row, System};

use crate::chance::Chance;
use crate::slips::Slip;
use crate::verdict::Verdict;

/// What a cell measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Money,
    Percent,
    Points,
    People,
}

impl Measure {
    /// Money and percent are rounded to 0.01.
    pub fn is_rounded(self) -> bool {
        matches!(self, Self::Money | Self::Percent)
    }
}

/// A filled cell of a true form.
#[derive(Clone, Debug)]
pub struct Filled {
    pub name: String,
    pub figure: Figure,
    pub measure: Measure,
    /// The equalities that tie it.
    pub ties: Vec<usize>,
    /// Left and right of it.
    pub beside: Vec<usize>,
    pub above_below: Vec<usize>,
    /// The cell of the column before.
    pub left: Option<usize>,
}

/// The filled cells of a true form.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub cells: Vec<Filled>,
}

impl Sheet {
    /// The cells that at least one equality ties.
    pub fn tied(&self) -> Vec<usize> {
        (0..self.cells.len()).filter(|cell| !self.cells[*cell].ties.is_empty()).collect()
    }

    pub fn in_two_or_more(&self) -> usize {
        self.cells.iter().filter(|cell| cell.ties.len() > 1).count()
    }

    /// Tied cells that another cell is tied like: no relation tells the two apart.
    pub fn confusable(&self) -> usize {
        let tied = self.tied();
        let is_like =
            |cell: &&usize, other: &usize| other != *cell && self.cells[*other].ties == self.cells[**cell].ties;
        tied.iter().filter(|cell| tied.iter().any(|other| is_like(cell, other))).count()
    }
}

/// Which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Ours,
    Block,
    Tree,
}

impl Which {
    pub const ALL: [Self; 3] = [Self::Ours, Self::Block, Self::Tree];

    pub fn name(self) -> &'static str {
        match self {
            Self::Ours => "our form",
            Self::Block => "142 cells",
            Self::Tree => "balance tree",
        }
    }

    /// A true form.
    pub fn make(self, chance: &mut Chance) -> Form {
        match self {
            Self::Ours => Form::Ours(Box::new(ours::make(chance))),
            Self::Block => Form::Made(block_form::make(chance)),
            Self::Tree => Form::Made(balance_tree::make(chance)),
        }
    }
}

/// A true form.
pub enum Form {
    Ours(Box<ours::Ours>),
    Made(Made),
}

/// A form that is only a system of relations.
pub struct Made {
    pub sheet: Sheet,
    pub system: System,
}

impl Made {
    /// Takes down which equalities tie each cell.
    pub fn new(mut cells: Vec<Filled>, usual: impl Fn(usize) -> Option<usize>, rows: Vec<Row>) -> Self {
        let system_cells = cells.iter().enumerate().map(|(at, cell)| Cell {
            entered: Some(cell.figure),
            is_rounded: cell.measure.is_rounded(),
            is_whole: cell.measure == Measure::People,
            usual: usual(at).map(|usual| cells[usual].figure.value),
            beside: cell.beside.clone(),
            above_below: cell.above_below.clone(),
            ..Cell::default()
        });
        let system = System::new(system_cells.collect(), rows);
        for (at, cell) in cells.iter_mut().enumerate() {
            cell.ties = system.rows_of[at].iter().filter(|row| system.rows[**row].is_equality()).copied().collect();
        }
        Self { sheet: Sheet { cells }, system }
    }
}

/// A form with its slips, as it is handed to the engine.
pub enum Entered {
    Ours(Box<ours::Entered>),
    Made(System),
}

impl Form {
    pub fn sheet(&self) -> &Sheet {
        match self {
            Self::Ours(form) => &form.sheet,
            Self::Made(form) => &form.sheet,
        }
    }

    pub fn with(&self, slips: &[Slip]) -> Entered {
        let changes = slips.iter().flat_map(|slip| &slip.entered);
        match self {
            Self::Ours(form) => Entered::Ours(Box::new(form.with(changes))),
            Self::Made(form) => {
                let mut system = form.system.clone();
                for (cell, figure) in changes {
                    system.cells[*cell].entered = Some(*figure);
                }
                Entered::Made(system)
            }
        }
    }
}

impl Entered {
    /// Checks it and finds what is wrong.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Ours(entered) => {
                let evaluation = entered.evaluate();
                let located = entered.locate(&evaluation);
                entered.verdict(&evaluation, &located)
            }
            Self::Made(system) => {
                let is_detected = !system.violated(&system.figures()).is_empty();
                Verdict::of_solved(is_detected, &solve(system, MOST_STEPS))
            }
        }
    }
}
