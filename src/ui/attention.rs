//! What a person has looked at so far: nothing is red before it was touched.

use crate::engine::evaluation::{Evaluation, Stage};
use crate::engine::finding::Finding;

/// Where a filing comes from, which decides what may be shown of it at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// A new form: nothing is marked before it is touched.
    Fresh,
    /// A new form with what stays of last year's filing: likewise, but there is something to be saved.
    Begun,
    /// A draft of one's own: what is filled has been looked at before.
    Draft,
    /// A file opened for review: checked whole.
    Review,
}

impl Seen {
    /// Whether there is nothing in it that is not kept on this computer already.
    pub fn is_kept(self) -> bool {
        matches!(self, Self::Fresh | Self::Draft)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attention {
    pub stage: Stage,
    /// Every cell counts as left: a draft of one's own, a file for review, 全部审核.
    all: bool,
    left: Vec<String>,
    /// The cell in which the person types for the first time: nothing is said of its half-typed figure.
    typing: Option<String>,
}

impl Attention {
    pub fn of(seen: Seen) -> Self {
        let stage = if seen == Seen::Review { Stage::Final } else { Stage::Draft };
        Self { stage, all: matches!(seen, Seen::Draft | Seen::Review), left: Vec::new(), typing: None }
    }

    pub fn has_left(&self, key: &str) -> bool {
        self.all || self.left.iter().any(|left| left == key)
    }

    pub fn leave(&mut self, key: &str) {
        if !self.has_left(key) {
            self.left.push(key.to_owned());
        }
    }

    /// Whether a keystroke in this cell is news: it was never left, and the person did not type in it just before.
    pub fn is_new_to(&self, key: &str) -> bool {
        !self.has_left(key) && self.typing.as_deref() != Some(key)
    }

    pub fn types_in(&mut self, key: &str) {
        self.typing = Some(key.to_owned());
    }

    /// Whether one of these cells is being typed in for the first time.
    pub fn is_typing_in(&self, cells: &[String]) -> bool {
        self.typing.as_ref().is_some_and(|typing| cells.contains(typing))
    }

    /// Whether leaving this cell changes anything.
    pub fn would_change(&self, key: &str, blank: bool) -> bool {
        self.typing.is_some() || !(blank || self.has_left(key))
    }

    /// The cell is left; a blank one is no figure that could be wrong.
    pub fn commit(&mut self, key: &str, blank: bool) {
        self.typing = None;
        if !blank {
            self.leave(key);
        }
    }

    /// A finding is shown once one of its cells was left, and none of them is being typed for the first time.
    pub fn shown<'e>(&self, evaluation: &'e Evaluation) -> Vec<&'e Finding> {
        let mut shown = Vec::new();
        for finding in &evaluation.findings {
            let left = finding.cells.iter().any(|cell| self.has_left(cell));
            if left && !self.is_typing_in(&finding.cells) {
                shown.push(finding);
            }
        }
        shown
    }
}
