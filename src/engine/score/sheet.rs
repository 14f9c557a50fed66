//! What concerns the whole sheet: the execution score, the total, its grade, alarms and how the points are spread.

use super::row::{How, NotMeasurable};
use super::rules::{ExecutionRule, Grade, ScoringRules, band_of};
use super::{percent_of, proportion, round_score};
use rust_decimal::Decimal;
use serde::Serialize;

/// The points of the execution rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct ExecutionScore {
    pub how: How,
    /// 执行率 in percent, not rounded and not limited to 100.
    pub rate: Decimal,
    /// Two decimals, half up.
    pub suggested: Decimal,
    /// Not rounded, to be compared at the decimals that were entered (see [`super::agrees`]).
    pub exact: Decimal,
}

/// The points of 执行率 = 全年执行数 ÷ 全年预算数, at most the weight; both figures in 万元.
/// A budget of zero divides nothing: `NotMeasurable::NoBudget`.
pub fn execution_score(
    executed: Decimal,
    adjusted: Decimal,
    weight: Decimal,
    rules: &ScoringRules,
) -> Result<ExecutionScore, NotMeasurable> {
    if adjusted <= Decimal::ZERO {
        return Err(NotMeasurable::NoBudget);
    }
    let rate = proportion(Decimal::ONE_HUNDRED, executed, adjusted).ok_or(NotMeasurable::TooLarge)?;
    let (how, exact) = match &rules.execution {
        ExecutionRule::Proportional => {
            let spent = executed.clamp(Decimal::ZERO, adjusted);
            (How::ExecutionRate { executed, adjusted }, proportion(weight, spent, adjusted))
        }
        ExecutionRule::Steps(steps) => {
            let step = band_of(steps, rate);
            let share = step.map_or(Decimal::ZERO, |step| step.share);
            (How::ExecutionStep { rate, from: step.map(|step| step.from), share }, percent_of(weight, share))
        }
    };
    let exact = exact.ok_or(NotMeasurable::TooLarge)?;
    Ok(ExecutionScore { how, rate, suggested: round_score(exact), exact })
}

/// The grade of a total: bands are half-open, so that 89.5 and 90 both have one.
pub fn grade(grades: &[Grade], total: Decimal) -> Option<&Grade> {
    grades.iter().filter(|grade| grade.from <= total).max_by_key(|grade| grade.from)
}

/// The points of one row as they stand in the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowPoints {
    pub weight: Decimal,
    /// `None` where none is entered.
    pub score: Option<Decimal>,
    /// Whether the row counts: one that does not apply leaves the sum.
    pub applicable: bool,
}

/// The sum of the scores of the rows that apply. Where the rules rescale, it is scaled to the points of all rows and
/// rounded; otherwise the rest is unchanged. `None` where no row that applies has a score.
pub fn total_score(rows: &[RowPoints], rules: &ScoringRules) -> Option<Decimal> {
    let (mut score, mut weight, mut all) = (None, Decimal::ZERO, Decimal::ZERO);
    for row in rows {
        all = all.checked_add(row.weight)?;
        if !row.applicable {
            continue;
        }
        weight = weight.checked_add(row.weight)?;
        if let Some(points) = row.score {
            score = Some(score.unwrap_or(Decimal::ZERO).checked_add(points)?);
        }
    }
    match rules.rescale && weight != all {
        true => proportion(score?, all, weight).map(round_score),
        false => score,
    }
}

/// Scores that run ahead of the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Alarm {
    /// The indicators claim clearly more than was spent.
    Red,
    /// Much of the budget is unspent.
    Yellow,
}

/// Compares the indicators' share of their points with the share of the budget that was spent, both in percent.
/// Red stands before yellow.
pub fn alarm(indicator_score_share: Decimal, execution_share: Decimal, rules: &ScoringRules) -> Option<Alarm> {
    let ahead = indicator_score_share.checked_sub(execution_share)?;
    let red = proportion(Decimal::ONE_HUNDRED, ahead, indicator_score_share);
    if indicator_score_share > Decimal::ZERO && red.is_some_and(|percent| percent > rules.alarm_red) {
        return Some(Alarm::Red);
    }
    let unspent = Decimal::ONE_HUNDRED.checked_sub(execution_share)?;
    (unspent > rules.alarm_yellow).then_some(Alarm::Yellow)
}

/// What is to be said of the spread of points; warnings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum SheetProblem {
    /// One row, by its place among those given, has most of the points.
    MajorRow { row: usize, weight: Decimal, all_points: Decimal },
    /// Every row has full marks while part of the budget, in percent, is unspent. Silent where an alarm says it.
    FullMarksWhileUnspent { unspent: Decimal },
}

/// Looks at the indicator rows together. `all_points` are those of the form (100), `execution_share` the spent
/// percent of the budget, where known.
pub fn sheet_problems(
    rows: &[RowPoints],
    all_points: Decimal,
    execution_share: Option<Decimal>,
    rules: &ScoringRules,
) -> Vec<SheetProblem> {
    let limit = percent_of(all_points, rules.major_row_share);
    let mut problems: Vec<SheetProblem> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.applicable && limit.is_some_and(|limit| row.weight > limit))
        .map(|(at, row)| SheetProblem::MajorRow { row: at, weight: row.weight, all_points })
        .collect();
    let counted = || rows.iter().filter(|row| row.applicable && row.weight > Decimal::ZERO);
    let full = counted().next().is_some() && counted().all(|row| row.score == Some(row.weight));
    if let Some(share) = execution_share.filter(|_| full)
        && let Some(unspent) = Decimal::ONE_HUNDRED.checked_sub(share)
        && unspent > rules.full_marks_unspent
        && alarm(Decimal::ONE_HUNDRED, share, rules).is_none()
    {
        problems.push(SheetProblem::FullMarksWhileUnspent { unspent });
    }
    problems
}
