//! One indicator row: its measured score, and what in it does not fit together. One cause gives one problem.

use super::measure::{Measured, measure};
use super::rules::{Direction, LessRule, RowScoring, ScoringRules};
use super::{agrees, round_score};
use crate::engine::amount::{plain, says_not_applicable};
use crate::engine::quantity::Sign;
use rust_decimal::Decimal;
use serde::Serialize;

/// An indicator row as it stands in the form. Points that are blank or unreadable are `None`.
#[derive(Debug, Clone, Copy)]
pub struct IndicatorRow<'a> {
    pub name: &'a str,
    /// 年度指标值, as typed.
    pub target: &'a str,
    /// 实际完成值, as typed.
    pub actual: &'a str,
    /// 分值
    pub weight: Option<Decimal>,
    /// 得分, with the decimals that were entered.
    pub score: Option<Decimal>,
    /// 偏差原因分析及改进措施, as typed.
    pub reason: &'a str,
    pub direction: Direction,
    pub scoring: &'a RowScoring,
}

/// What the rules give for a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct RowScore {
    pub how: How,
    /// 按规则测算得分, two decimals, half up; `None` where the rules leave a band or nothing can be measured.
    pub suggested: Option<Decimal>,
    pub accepted: Accepted,
    pub problems: Vec<RowProblem>,
}

/// The formula by which a row is scored, with its arguments. Actual values are in the unit of their target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "how", rename_all = "snake_case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum How {
    /// Nothing is typed in the row.
    Unfilled,
    /// The row does not apply and leaves the sum.
    NotApplicable,
    /// Weight × executed ÷ adjusted, at most the weight.
    ExecutionRate { executed: Decimal, adjusted: Decimal },
    /// The rate, in percent, reaches the step from `from` on; below every step there is none.
    ExecutionStep { rate: Decimal, from: Option<Decimal>, share: Decimal },
    /// More is better, and the target is reached: the whole weight.
    AtLeastMet { target: Decimal, actual: Decimal, unit: String },
    /// More is better, and the target is missed: weight × actual ÷ target.
    AtLeastMissed { target: Decimal, actual: Decimal, unit: String },
    /// Less is better, and the limit is kept: the whole weight.
    AtMostMet { target: Decimal, actual: Decimal, unit: String },
    /// Less is better, and the limit is exceeded: the scores by each rule, empty without a weight.
    AtMostExceeded { target: Decimal, actual: Decimal, unit: String, by: Vec<LessScore> },
    /// Judged by level, which is a band of scores; no level where nothing tells it.
    Qualitative { level: Option<String>, read_from: LevelSource },
    /// The whole weight or nothing.
    YesNo { yes: bool },
    /// The band from `from` on gives `share` percent of the weight; below every band there is none.
    Banded { actual: Decimal, from: Option<Decimal>, share: Decimal },
    /// The rules cannot tell a score.
    NotMeasurable { why: NotMeasurable },
}

/// The score by one of the rules for an exceeded limit, rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct LessScore {
    pub rule: LessRule,
    pub score: Decimal,
}

/// What told the level of a qualitative row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum LevelSource {
    /// The words of the actual value; only these bind the score to the level's band.
    Words,
    /// 得分 ÷ 分值.
    Score,
}

/// Why no score can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum NotMeasurable {
    NoTarget,
    NoActual,
    /// The target speaks of a number but is not one quantity: a date, a range.
    TargetNotOneNumber,
    /// The same of the actual value.
    ActualNotOneNumber,
    /// A number was due and a word was given.
    WordWhereNumberDue,
    /// The units cannot be compared.
    UnitDiffers,
    /// The actual value is rough (余, 约, ≥) and may lie on either side of the target.
    Inexact,
    /// The actual value of a yes/no indicator is neither.
    NeitherYesNorNo,
    /// The budget, by which the rate divides, is zero.
    NoBudget,
    /// The figures are beyond what can be computed exactly.
    TooLarge,
}

/// The entered scores that agree with the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Accepted {
    Anything,
    /// Any of these, rounded to two decimals; an entered score is compared at its own decimals.
    Scores(Vec<Decimal>),
    Band(ScoreBand),
}

/// A half-open band of scores; the highest one includes its upper end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct ScoreBand {
    pub from: Decimal,
    pub to: Decimal,
    pub includes_to: bool,
}

impl ScoreBand {
    pub fn contains(&self, score: Decimal) -> bool {
        self.from <= score && (score < self.to || (self.includes_to && score == self.to))
    }
}

/// What does not fit together in a row. Each says how it is meant to weigh; the template may say otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum RowProblem {
    /// Error, at the final stage: less than full marks and no reason.
    ReasonMissing { entered: Decimal, weight: Decimal },
    /// Warning: a reason is due and the one given says nothing.
    ReasonEmptyInMeaning { found: String },
    /// Error: the target is missed and the marks are full. `suggested` is what the rules give, where they give one.
    FullMarksThoughMissed { suggested: Option<Decimal> },
    /// Warning: the target is passed by `percent` of it, beyond the limit, without a reason.
    OvershootWithoutReason { target: Decimal, actual: Decimal, percent: Decimal },
    /// Error: the target is a number and the actual value is a word.
    WordWhereNumberDue { found: String },
    /// Warning, one for all such rows: the target has no number.
    NotQuantified,
    /// Warning: the actual value carries the sign of a target; `offer` is the value without it.
    ActualCarriesSign { offer: String },
    /// Warning: the entered score is none that the rules give. `others` are by the further rules that are accepted
    /// too, `band` that of the level which the words tell. `reason_speaks_otherwise`: the limit was exceeded and the
    /// reason speaks of paying less. `how` is the formula.
    ScoreDiffersFromRule {
        entered: Decimal,
        weight: Decimal,
        how: How,
        suggested: Option<Decimal>,
        others: Vec<Decimal>,
        band: Option<ScoreBand>,
        reason_speaks_otherwise: bool,
    },
    /// Warning: target and actual value are in units that cannot be compared; an empty one is not written.
    UnitDiffers { target: String, actual: String },
    /// Info, one for all such rows: the target has no comparison sign and was read with this one.
    TargetWithoutSign { read_as: Sign },
}

/// Measures one row. `stage_final`: a blank means that nothing more will come; while filling it is merely unknown.
pub fn score_row(row: &IndicatorRow<'_>, rules: &ScoringRules, stage_final: bool) -> RowScore {
    if let Some(how) = silent(row, rules) {
        return RowScore { how, suggested: None, accepted: Accepted::Anything, problems: Vec::new() };
    }
    let measured = measure(row, rules);
    let mut problems = measured.problems.clone();
    let reason_problem = check_reason(row, &measured, rules, stage_final);
    // Below full marks though the target is met: without a reason that alone is the matter, not the measured score.
    let cut_is_reported = reason_problem.is_some() && measured.met == Some(true);
    problems.extend(reason_problem);
    if !cut_is_reported {
        problems.extend(check_score(row, &measured, rules));
    }
    let scores: Vec<Decimal> = measured.exact.iter().copied().map(round_score).collect();
    let accepted = match (measured.band, scores.is_empty()) {
        (Some(band), _) => Accepted::Band(band),
        (None, true) => Accepted::Anything,
        (None, false) => Accepted::Scores(scores.clone()),
    };
    RowScore { how: measured.how, suggested: scores.first().copied(), accepted, problems }
}

/// Rows about which nothing is to be said: wholly blank ones and those that do not apply.
fn silent(row: &IndicatorRow<'_>, rules: &ScoringRules) -> Option<How> {
    let blank = |text: &str| plain(text).is_some_and(|line| line.is_empty());
    let not_applicable = |text: &str| says_not_applicable(text) || is_word(text, &rules.not_applicable_words);
    let nothing = |text: &str| blank(text) || not_applicable(text);
    let pointless = row.weight.is_none() && row.score.is_none();
    if !nothing(row.target) || !nothing(row.actual) {
        return None;
    }
    // `无` beside a name is the row's own "does not apply"; beside a weight it takes the row out of the sum.
    if not_applicable(row.target) || (not_applicable(row.name) && pointless) {
        return Some(How::NotApplicable);
    }
    let unfilled = pointless && nothing(row.reason) && blank(row.target) && blank(row.actual);
    unfilled.then_some(How::Unfilled)
}

/// A reason is due below full marks, and where a target is passed by far.
fn check_reason(
    row: &IndicatorRow<'_>,
    measured: &Measured,
    rules: &ScoringRules,
    stage_final: bool,
) -> Option<RowProblem> {
    let found = reason_text(row.reason);
    let empty_in_meaning = found.as_deref().is_some_and(|reason| {
        says_not_applicable(reason)
            || is_word(reason, &rules.empty_reason_words)
            || !reason.contains(char::is_alphanumeric)
    });
    let missing = found.is_none() && stage_final;
    if !missing && !empty_in_meaning {
        return None;
    }
    let cut = row.weight.zip(row.score).filter(|(weight, score)| score < weight && *score >= Decimal::ZERO);
    match (cut, found) {
        (Some((weight, entered)), None) => Some(RowProblem::ReasonMissing { entered, weight }),
        (Some(_), Some(found)) => Some(RowProblem::ReasonEmptyInMeaning { found }),
        (None, _) => measured.overshoot(rules).map(|(target, actual, percent)| RowProblem::OvershootWithoutReason {
            target,
            actual,
            percent,
        }),
    }
}

/// Compares the entered score with the rules. A score outside of 0 … weight is another relation's matter.
fn check_score(row: &IndicatorRow<'_>, measured: &Measured, rules: &ScoringRules) -> Option<RowProblem> {
    let (weight, entered) = row.weight.zip(row.score)?;
    if entered < Decimal::ZERO || entered > weight || weight.is_zero() {
        return None;
    }
    let suggested = measured.exact.first().copied().map(round_score);
    if measured.met == Some(false) && entered == weight && suggested != Some(weight) {
        return Some(RowProblem::FullMarksThoughMissed { suggested });
    }
    let fits = match measured.band {
        Some(band) => band.contains(entered),
        None => measured.exact.is_empty() || measured.exact.iter().any(|exact| agrees(entered, *exact)),
    };
    let exceeded = matches!(measured.how, How::AtMostExceeded { .. });
    let says_less = reason_text(row.reason).is_some_and(|reason| {
        let reason: String = reason.split_whitespace().collect();
        rules.paying_less_words.iter().any(|word| reason.contains(word.as_str()))
    });
    (!fits).then(|| RowProblem::ScoreDiffersFromRule {
        entered,
        weight,
        how: measured.how.clone(),
        suggested,
        others: measured.exact.iter().skip(1).copied().map(round_score).collect(),
        band: measured.band,
        reason_speaks_otherwise: exceeded && says_less,
    })
}

/// The reason as typed, without what surrounds it; `None` where it is blank.
fn reason_text(reason: &str) -> Option<String> {
    let blank = plain(reason).is_some_and(|line| line.is_empty());
    (!blank).then(|| reason.trim().to_owned())
}

/// Whether the whole text, apart from a full stop, is one of the words.
pub(super) fn is_word(text: &str, words: &[String]) -> bool {
    plain(text).is_some_and(|line| {
        let line = line.trim_end_matches(['.', '!', ' ']);
        words.iter().any(|word| word == line)
    })
}
