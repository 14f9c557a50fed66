//! What the engine said of a form with slips, in the same words for every form.

use gouji::engine::locate::cause::Cause;
use gouji::engine::locate::solve::{Certainty, Solved};
use gouji::engine::locate::system::Units;

use crate::forms::Sheet;
use crate::slips::Slip;

/// Answers of a group that a person is shown.
const SHOWN: usize = 3;

/// All that was said.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// A relation is violated.
    pub is_detected: bool,
    /// One for each group of relations that hang together.
    pub groups: Vec<Group>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The first three.
    pub answers: Vec<Answer>,
    pub answer_count: usize,
    pub certainty: Certainty,
    pub at_least: usize,
}

/// The cells of one answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub changes: Vec<Named>,
}

/// A cell that is blamed.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// `None` for a cell that stands blank.
    pub cell: Option<usize>,
    pub value: Option<Units>,
    pub cause: Cause,
    /// The cell with which it changed places.
    pub other: Option<usize>,
}

/// How an answer stands to the truth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    pub is_detected: bool,
    /// The first answers of all groups together name exactly the wrong cells.
    pub is_first: bool,
    /// So do the first three, one of each group.
    pub is_among_three: bool,
    /// And the values are the true ones.
    pub is_value: bool,
    /// Some first answer names a wrong cell.
    pub names_one: bool,
    /// A group has no answer at all.
    pub is_without_answer: bool,
    pub groups: usize,
    /// The least of the groups'.
    pub certainty: Option<Certainty>,
}

impl Verdict {
    pub fn of_solved(is_detected: bool, solved: &[Solved]) -> Self {
        let groups = solved.iter().map(|solved| Group {
            answers: solved
                .answers
                .iter()
                .take(SHOWN)
                .map(|answer| {
                    let named = answer.changes.iter().map(|change| Named {
                        cell: Some(change.cell),
                        value: change.value,
                        cause: change.cause,
                        other: change.other,
                    });
                    Answer { changes: named.collect() }
                })
                .collect(),
            answer_count: solved.answers.len(),
            certainty: solved.certainty,
            at_least: solved.at_least,
        });
        Self { is_detected, groups: groups.collect() }
    }

    pub fn judge(&self, sheet: &Sheet, slips: &[Slip]) -> Judgement {
        let mut wrong: Vec<usize> = slips.iter().flat_map(|slip| &slip.entered).map(|(cell, _)| *cell).collect();
        wrong.sort_unstable();
        let is_true = |named: &Named| {
            named.cell.zip(named.value).is_some_and(|(cell, value)| sheet.cells[cell].figure.value == value)
        };
        let first: Vec<&Answer> = self.groups.iter().filter_map(|group| group.answers.first()).collect();
        let has_all = first.len() == self.groups.len() && self.is_detected;
        let is_first = has_all && cells_of(&first).is_some_and(|cells| cells == wrong);
        let is_among_three = self.is_detected && {
            let fits = |answer: &&Answer| {
                cells_of(&[*answer]).is_some_and(|cells| cells.iter().all(|cell| wrong.contains(cell)))
            };
            let fitting: Option<Vec<&Answer>> =
                self.groups.iter().map(|group| group.answers.iter().find(fits)).collect();
            let covers = |answers: Vec<&Answer>| cells_of(&answers).is_some_and(|cells| cells == wrong);
            // Where an answer of fewer cells stands before the whole one, the whole one counts, too.
            let is_whole = |group: &Group| {
                group.answers.iter().any(|answer| cells_of(&[answer]).is_some_and(|cells| cells == wrong))
            };
            fitting.is_some_and(covers) || matches!(self.groups.as_slice(), [group] if is_whole(group))
        };
        let named = first.iter().flat_map(|answer| &answer.changes);
        Judgement {
            is_detected: self.is_detected,
            is_first,
            is_among_three,
            is_value: is_first && named.clone().all(is_true),
            names_one: named.clone().any(|named| named.cell.is_some_and(|cell| wrong.contains(&cell))),
            is_without_answer: first.len() < self.groups.len(),
            groups: self.groups.len(),
            certainty: self.groups.iter().map(|group| group.certainty).max_by_key(|certainty| doubt(*certainty)),
        }
    }

    /// A number that is another one where anything of the verdict is.
    pub fn digest(&self, before: u64) -> u64 {
        let mut digest = before;
        let mut add = |value: u64| digest = (digest ^ value).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
        add(u64::from(self.is_detected));
        for group in &self.groups {
            add(doubt(group.certainty));
            add(group.answer_count as u64);
            add(group.at_least as u64);
            for named in group.answers.iter().flat_map(|answer| &answer.changes) {
                add(named.cell.map_or(u64::MAX, |cell| cell as u64));
                let value = named.value.unwrap_or(Units::MAX).to_le_bytes();
                for half in value.chunks_exact(8) {
                    add(half.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte)));
                }
                add(named.cause as u64);
                add(named.other.map_or(u64::MAX, |cell| cell as u64));
            }
        }
        digest
    }
}

/// The cells of some answers, each once; `None` where a blank cell is among them.
fn cells_of(answers: &[&Answer]) -> Option<Vec<usize>> {
    let mut cells: Vec<usize> = Vec::new();
    for named in answers.iter().flat_map(|answer| &answer.changes) {
        cells.push(named.cell?);
        cells.extend(named.other.filter(|_| named.cause == Cause::Swapped));
    }
    cells.sort_unstable();
    cells.dedup();
    Some(cells)
}

fn doubt(certainty: Certainty) -> u64 {
    match certainty {
        Certainty::Must => 0,
        Certainty::Likely => 1,
        Certainty::OneOf => 2,
        Certainty::Unknown => 3,
    }
}
