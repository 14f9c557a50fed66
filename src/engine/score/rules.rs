//! The scoring rules of a template: every number and every word by which scores are measured.

use rust_decimal::Decimal;
use serde::Serialize;

/// The scoring part of a template. Percentages are percent points: 80 is 80 %.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct ScoringRules {
    /// How the execution rate gives its points.
    pub execution: ExecutionRule,
    /// What an exceeded limit costs. The first rule is suggested; a score by another of them is accepted in silence.
    pub less_is_better: Vec<LessRule>,
    /// The levels of qualitative indicators. Each reaches from its own bound to the next higher one.
    pub levels: Vec<Level>,
    /// Whole actual values that mean that a yes/no indicator was met.
    pub yes_words: Vec<String>,
    /// Whole actual values that mean that it was not met.
    pub no_words: Vec<String>,
    /// Whole texts that mean that a row does not apply, beside `——`, `/` and `无`, which always do.
    pub not_applicable_words: Vec<String>,
    /// Whether the rows that apply are scaled up to the points of all rows.
    pub rescale: bool,
    /// By how much of the target an actual value may pass it without a reason, in percent.
    pub overshoot_limit: Decimal,
    /// Whole reasons that say nothing: 无, 暂无.
    pub empty_reason_words: Vec<String>,
    /// Words in a reason that speak of paying less or later, which explains no overspending.
    pub paying_less_words: Vec<String>,
    /// One row with more than this share of all points is remarked, in percent.
    pub major_row_share: Decimal,
    /// Red: the indicators' share of their points lies above the spent share by more than this part of it, in percent.
    pub alarm_red: Decimal,
    /// Yellow: more than this share of the budget is unspent, in percent.
    pub alarm_yellow: Decimal,
    /// Full marks in every row are remarked when more than this share of the budget is unspent, in percent.
    pub full_marks_unspent: Decimal,
}

/// How the execution rate gives its points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum ExecutionRule {
    /// Weight × rate, at most the weight.
    Proportional,
    /// The share of the highest step that the rate, in percent, reaches.
    Steps(Vec<Band>),
}

/// From this value on (included), up to the next band (excluded), this share of the weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Band {
    /// The lower bound, in the unit of the measured value.
    pub from: Decimal,
    /// The share of the weight, in percent.
    pub share: Decimal,
}

/// What an exceeded limit leaves of the weight w, for target T and actual A.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum LessRule {
    /// w × (1 − (A − T) ÷ T), not below zero.
    Linear,
    /// w × T ÷ A.
    Ratio,
}

/// One level of a qualitative indicator: 达成预期, 部分达成, 未达成.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Level {
    pub name: String,
    /// The share of the weight from which the level begins, in percent.
    pub from: Decimal,
    /// Words in an actual value that tell this level; where words of several levels are found, the lowest counts.
    pub words: Vec<String>,
}

/// A grade of the whole form: from this total on (included), up to the next grade (excluded).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Grade {
    pub name: String,
    pub from: Decimal,
}

/// Which way an indicator is better where its target has no sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Direction {
    /// Outputs, benefits, satisfaction.
    More,
    /// Cost.
    Less,
}

/// How one indicator row is scored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum RowScoring {
    /// As the target says: a number is compared, words are judged by level, 是 and 否 are yes or no.
    #[default]
    ByTarget,
    /// By the band that the actual value reaches (satisfaction).
    Banded(Vec<Band>),
    /// All of the weight or nothing.
    YesNo,
}

/// The band with the highest bound that the value reaches.
pub(super) fn band_of(bands: &[Band], value: Decimal) -> Option<&Band> {
    bands.iter().filter(|band| band.from <= value).max_by_key(|band| band.from)
}
