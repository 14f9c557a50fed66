//! Everything that is known of a filing once it has been checked: the one value that page, files and command line read.

use serde::Serialize;

use crate::engine::finding::{AnswerState, Finding, Level};
use crate::engine::relation::{Offer, RelationResult};
use crate::engine::rule::{Binding, Scope, Scores};
use crate::engine::submission::TemplateStamp;

/// The name and version in the head of an evaluation file.
pub const FORMAT: &str = "gouji-evaluation";
pub const FORMAT_VERSION: u32 = 1;

/// What a blank means at the time of checking.
#[derive(Clone, Copy, Debug, Default, Serialize, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// While filling: a blank is not known yet.
    #[default]
    Draft,
    /// 全部审核, export, review: a blank means 不适用.
    Final,
}

/// The result of [`crate::engine::evaluate`].
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Evaluation {
    pub format: &'static str,
    pub version: u32,
    /// The program that checked, with its version.
    pub program: &'static str,
    pub template: TemplateStamp,
    pub year: i32,
    pub stage: Stage,
    pub counts: Counts,
    /// In the order of the form.
    pub findings: Vec<Finding>,
    pub relations: Vec<RelationResult>,
    /// Values that the relations give for blank cells; nothing is filled without the person's action.
    pub offers: Vec<Offer>,
    /// Indicator rows that may be bound to figures of the form, if the person accepts.
    pub bindings: Vec<Binding>,
    /// Figures of one name that differ by the funds they count (口径), with the sentence that says so.
    pub scopes: Vec<Scope>,
    pub scores: Option<Scores>,
    pub progress: Progress,
}

/// Findings by what is left to do.
#[derive(Clone, Copy, Debug, Default, Serialize, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Counts {
    pub errors: usize,
    /// Warnings without a valid 审核说明.
    pub warnings: usize,
    /// Warnings that a 审核说明 answers.
    pub answered: usize,
    /// Warnings whose 审核说明 was written for other figures (待确认); they count among `warnings` too.
    pub to_confirm: usize,
    pub infos: usize,
}

impl Counts {
    pub fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            match (finding.level, finding.note.as_ref().map(|note| note.state)) {
                (Level::Error, _) => counts.errors += 1,
                (Level::Info, _) => counts.infos += 1,
                (Level::Warning, Some(AnswerState::Valid)) => counts.answered += 1,
                (Level::Warning, state) => {
                    counts.warnings += 1;
                    counts.to_confirm += usize::from(state.is_some());
                }
            }
        }
        counts
    }
}

/// How far the cells that must be filled are filled. Rows that may stay blank do not count.
#[derive(Clone, Copy, Debug, Default, Serialize, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Progress {
    pub required: usize,
    pub filled: usize,
}
