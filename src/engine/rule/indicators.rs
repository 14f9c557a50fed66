//! Everything about points: indicator rows by the scoring rules, the execution row, alarms, the spread of points.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::engine::evaluation::Stage;
use crate::engine::figures::Figures;
use crate::engine::finding::{Fact, Finding};
use crate::engine::relation::{half_up, share};
use crate::engine::rule::Case;
use crate::engine::score::{
    self, Accepted, Alarm, Direction, ExecutionScore, How, IndicatorRow, NotMeasurable, RowPoints, RowProblem,
    RowScore, RowScoring, SheetProblem,
};
use crate::engine::template::spec::{RuleKind, ScoringSpec};

/// The points of a filing: entered, and as the rules measure them (按规则测算).
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Scores {
    pub rows: Vec<RowResult>,
    pub execution: Option<RowResult>,
    /// 总分 as entered, or the sum of what is entered while it is blank.
    pub total: Option<Decimal>,
    /// The total with every row measured by the rules; a row that they leave open counts as entered.
    pub measured: Option<Decimal>,
    /// 等级 of `total`.
    pub grade: Option<String>,
    pub measured_grade: Option<String>,
}

/// One scored row.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct RowResult {
    /// The cell of the score.
    pub cell: String,
    pub weight: Option<Decimal>,
    pub entered: Option<Decimal>,
    /// 按规则测算得分: stands beside the entered score and never replaces it.
    pub suggested: Option<Decimal>,
    pub accepted: Accepted,
    pub how: How,
}

/// The indicator rows of a filing, measured once for all rules.
pub(super) struct Indicators<'a> {
    figures: &'a Figures<'a>,
    scoring: &'a ScoringSpec,
    rows: Vec<Row<'a>>,
    execution: Option<Result<ExecutionScore, NotMeasurable>>,
    alarm: Option<(Alarm, Decimal, Decimal)>,
    spread: Vec<SheetProblem>,
}

pub(super) struct Row<'a> {
    pub id: &'a str,
    pub group: &'a str,
    pub bound: Option<&'a str>,
    pub name: &'a str,
    pub target: &'a str,
    pub actual: &'a str,
    weight: Option<Decimal>,
    entered: Option<Decimal>,
    score: RowScore,
}

impl Row<'_> {
    fn points(&self, score: Option<Decimal>) -> RowPoints {
        let applicable = !matches!(self.score.how, How::NotApplicable | How::Unfilled);
        RowPoints { weight: self.weight.unwrap_or_default(), score, applicable }
    }
}

impl<'a> Indicators<'a> {
    pub fn of(scoring: &'a ScoringSpec, figures: &'a Figures<'a>) -> Self {
        let execution = figures.value(&scoring.spent).zip(figures.value(&scoring.budget)).map(|(spent, budget)| {
            let weight = figures.value(&scoring.execution_weight).unwrap_or_default();
            score::execution_score(spent, budget, weight, &scoring.rules)
        });
        let rows = rows(scoring, figures);
        let mut indicators = Self { figures, scoring, rows, execution, alarm: None, spread: Vec::new() };
        indicators.alarm = indicators.find_alarm();
        indicators.spread = indicators.find_spread();
        indicators
    }

    pub fn rows(&self) -> &[Row<'a>] {
        &self.rows
    }

    /// The cell of an indicator row.
    pub fn key(&self, row: &Row<'_>, column: &str) -> String {
        format!("{}.{}.{column}", self.scoring.block, row.id)
    }

    pub fn scoring(&self) -> &'a ScoringSpec {
        self.scoring
    }

    /// The findings of one rule.
    pub fn check(&self, case: Case<'_>) -> Vec<Finding> {
        match &case.rule.kind {
            RuleKind::ExecutionScore => self.execution_score(case).into_iter().collect(),
            RuleKind::ExecutionFloor { floor } => self.execution_floor(case, *floor).into_iter().collect(),
            RuleKind::ScoreInRange => self.score_in_range(case),
            RuleKind::NotQuantified => self.together(case, &self.scoring.target, Fact::NotQuantified),
            RuleKind::TargetWithoutSign => self.together(case, &self.scoring.target, Fact::TargetWithoutSign),
            RuleKind::MajorRow => self.major_rows(case),
            RuleKind::FullMarksUnspent => self.full_marks_unspent(case).into_iter().collect(),
            RuleKind::Alarm => self.alarm_finding(case).into_iter().collect(),
            _ => self.one_by_one(case),
        }
    }

    pub fn into_scores(self) -> Scores {
        let scoring = self.scoring;
        let execution = self.execution.as_ref().map(|measured| {
            let (how, suggested) = match measured {
                Ok(score) => (score.how.clone(), Some(score.suggested)),
                Err(why) => (How::NotMeasurable { why: *why }, None),
            };
            RowResult {
                cell: scoring.execution_score.clone(),
                weight: self.figures.value(&scoring.execution_weight),
                entered: self.figures.value(&scoring.execution_score),
                suggested,
                accepted: suggested.map_or(Accepted::Anything, |score| Accepted::Scores(vec![score])),
                how,
            }
        });
        let execution_weight = self.figures.value(&scoring.execution_weight).unwrap_or_default();
        let execution_points = |score| RowPoints { weight: execution_weight, score, applicable: true };
        let entered_execution = self.figures.value(&scoring.execution_score);
        let sum = |execution: Option<Decimal>, of: fn(&Row<'_>) -> Option<Decimal>| {
            let mut points: Vec<RowPoints> = self.rows.iter().map(|row| row.points(of(row))).collect();
            points.push(execution_points(execution));
            score::total_score(&points, &scoring.rules)
        };
        let entered_sum = sum(entered_execution, |row| row.entered);
        let suggested_execution = execution.as_ref().and_then(|row| row.suggested).or(entered_execution);
        let measured = sum(suggested_execution, |row| row.score.suggested.or(row.entered))
            .map(|total| half_up(total, 2).normalize());
        let total = self.figures.value(&scoring.total_score).or(entered_sum).map(|total| total.normalize());
        let grade = |total: Option<Decimal>| {
            total.and_then(|total| score::grade(&scoring.grades, total)).map(|grade| grade.name.clone())
        };
        let rows = self
            .rows
            .iter()
            .map(|row| RowResult {
                cell: self.key(row, &scoring.score),
                weight: row.weight,
                entered: row.entered,
                suggested: row.score.suggested,
                accepted: row.score.accepted.clone(),
                how: row.score.how.clone(),
            })
            .collect();
        Scores { rows, execution, total, measured, grade: grade(total), measured_grade: grade(measured) }
    }

    /// The execution row's score, compared at the decimals entered.
    fn execution_score(&self, case: Case<'_>) -> Option<Finding> {
        let measured = self.execution.as_ref()?.as_ref().ok()?;
        let found = case.value(&self.scoring.execution_score)?;
        let weight = case.value(&self.scoring.execution_weight)?;
        if score::agrees(found, measured.exact) {
            return None;
        }
        let fact = Fact::ExecutionScore {
            weight: weight.normalize(),
            rate: half_up(measured.rate, 2),
            expected: measured.suggested,
            found,
        };
        Some(case.finding(
            [
                self.scoring.execution_score.as_str(),
                &self.scoring.execution_weight,
                &self.scoring.spent,
                &self.scoring.budget,
            ],
            fact,
        ))
    }

    /// Silent where an alarm says it: one cause, one finding.
    fn execution_floor(&self, case: Case<'_>, floor: Decimal) -> Option<Finding> {
        let rate = self.execution.as_ref()?.as_ref().ok()?.rate;
        let alarmed = self.alarm.is_some()
            && case.figures.template().spec().rules.iter().any(|rule| matches!(rule.kind, RuleKind::Alarm));
        (rate < floor && !alarmed).then(|| {
            case.finding(
                [self.scoring.spent.as_str(), &self.scoring.budget],
                Fact::ExecutionFloor { rate: half_up(rate, 2), floor },
            )
        })
    }

    fn score_in_range(&self, case: Case<'_>) -> Vec<Finding> {
        // A negative figure is already a finding of its own.
        let above = |score: Option<Decimal>, weight: Option<Decimal>| {
            score.zip(weight).filter(|(score, weight)| score > weight && *weight >= Decimal::ZERO)
        };
        let mut findings = Vec::new();
        let (score_key, weight_key) = (self.scoring.execution_score.as_str(), self.scoring.execution_weight.as_str());
        if let Some((score, weight)) = above(case.value(score_key), case.value(weight_key)) {
            findings.push(case.finding([score_key, weight_key], Fact::ScoreOutOfRange { score, weight }));
        }
        for row in &self.rows {
            if let Some((score, weight)) = above(row.entered, row.weight) {
                let keys = [self.key(row, &self.scoring.score), self.key(row, &self.scoring.weight)];
                findings.push(case.finding(keys.iter().map(String::as_str), Fact::ScoreOutOfRange { score, weight }));
            }
        }
        findings
    }

    /// Rows with the same small matter, as one finding.
    fn together(&self, case: Case<'_>, column: &str, fact: Fact) -> Vec<Finding> {
        let cells: Vec<String> = self
            .rows
            .iter()
            .filter(|row| row.score.problems.iter().any(|problem| concerns(problem, &case.rule.kind)))
            .map(|row| self.key(row, column))
            .collect();
        if cells.is_empty() { Vec::new() } else { vec![case.finding(cells.iter().map(String::as_str), fact)] }
    }

    fn one_by_one(&self, case: Case<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for row in &self.rows {
            for problem in row.score.problems.iter().filter(|problem| concerns(problem, &case.rule.kind)) {
                let cells: Vec<String> =
                    cells_of(problem, self.scoring).into_iter().map(|column| self.key(row, column)).collect();
                findings
                    .push(case.finding(cells.iter().map(String::as_str), Fact::Indicator { problem: problem.clone() }));
            }
        }
        findings
    }

    fn major_rows(&self, case: Case<'_>) -> Vec<Finding> {
        let limit = self.scoring.rules.major_row_share;
        let found = self.spread.iter().filter_map(|problem| match problem {
            SheetProblem::MajorRow { row, weight, all_points } => {
                let cell = self.key(self.rows.get(*row)?, &self.scoring.weight);
                let percent = half_up(share(*weight, *all_points)?, 2);
                Some(case.finding([cell.as_str()], Fact::MajorRow { weight: *weight, percent, limit }))
            }
            SheetProblem::FullMarksWhileUnspent { .. } => None,
        });
        found.collect()
    }

    fn full_marks_unspent(&self, case: Case<'_>) -> Option<Finding> {
        let unspent = self.spread.iter().find_map(|problem| match problem {
            SheetProblem::FullMarksWhileUnspent { unspent } => Some(*unspent),
            SheetProblem::MajorRow { .. } => None,
        })?;
        let rate = half_up(Decimal::ONE_HUNDRED - unspent, 2);
        Some(case.finding([self.scoring.spent.as_str(), &self.scoring.budget], Fact::FullMarksUnspent { rate }))
    }

    fn alarm_finding(&self, case: Case<'_>) -> Option<Finding> {
        let (alarm, points_share, execution) = self.alarm?;
        let fact = Fact::Alarm {
            red: alarm == Alarm::Red,
            points_share: half_up(points_share, 2),
            execution: half_up(execution, 2),
        };
        Some(case.finding([self.scoring.spent.as_str(), &self.scoring.budget, &self.scoring.total_score], fact))
    }

    /// Compares points with execution once every row that applies has its points.
    fn find_alarm(&self) -> Option<(Alarm, Decimal, Decimal)> {
        let execution = self.execution.as_ref()?.as_ref().ok()?.rate.min(Decimal::ONE_HUNDRED);
        let mut points = self.rows.iter().map(|row| row.points(row.entered)).filter(|row| row.applicable);
        let (weights, scores) = points.try_fold((Decimal::ZERO, Decimal::ZERO), |(weights, scores), row| {
            Some((weights + row.weight, scores + row.score?))
        })?;
        let points_share = share(scores, weights)?;
        score::alarm(points_share, execution, &self.scoring.rules).map(|alarm| (alarm, points_share, execution))
    }

    fn find_spread(&self) -> Vec<SheetProblem> {
        let points: Vec<RowPoints> = self.rows.iter().map(|row| row.points(row.entered)).collect();
        let all = self.figures.value(&self.scoring.total_weight).unwrap_or(Decimal::ONE_HUNDRED);
        let execution = self.execution.as_ref().and_then(|measured| measured.as_ref().ok()).map(|score| score.rate);
        score::sheet_problems(&points, all, execution, &self.scoring.rules)
    }
}

/// The added rows of the scoring block, measured.
fn rows<'a>(scoring: &'a ScoringSpec, figures: &'a Figures<'a>) -> Vec<Row<'a>> {
    let layout = figures.layout();
    let Some(block) = layout.template.block(&scoring.block) else { return Vec::new() };
    let by_target = &RowScoring::ByTarget;
    let mut rows = Vec::new();
    for spec in &block.rows {
        let Some(group) = &spec.group else { continue };
        for added in layout.submission.groups.get(group).into_iter().flatten() {
            let cell = |column: &str| layout.cell(&block.id, &added.id, column);
            let text = |column: &str| cell(column).map_or("", |at| layout.text(at));
            let value = |column: &str| figures.value_at(cell(column)?);
            let (weight, entered) = (value(&scoring.weight), value(&scoring.score));
            let row = IndicatorRow {
                name: text(&scoring.name),
                target: text(&scoring.target),
                actual: text(&scoring.actual),
                weight,
                score: entered,
                reason: text(&scoring.reason),
                direction: spec.direction.unwrap_or(Direction::More),
                scoring: spec.scoring.as_ref().unwrap_or(by_target),
            };
            let score = score::score_row(&row, &scoring.rules, figures.stage() == Stage::Final);
            rows.push(Row {
                id: &added.id,
                group,
                bound: added.bound.as_deref(),
                name: text(&scoring.name),
                target: text(&scoring.target),
                actual: text(&scoring.actual),
                weight,
                entered,
                score,
            });
        }
    }
    rows
}

/// Which rule of the template speaks of a problem.
fn concerns(problem: &RowProblem, kind: &RuleKind) -> bool {
    matches!(
        (problem, kind),
        (RowProblem::ReasonMissing { .. }, RuleKind::ReasonMissing)
            | (RowProblem::ReasonEmptyInMeaning { .. }, RuleKind::ReasonEmptyInMeaning)
            | (RowProblem::FullMarksThoughMissed { .. }, RuleKind::FullMarksThoughMissed)
            | (RowProblem::OvershootWithoutReason { .. }, RuleKind::OvershootWithoutReason)
            | (RowProblem::WordWhereNumberDue { .. }, RuleKind::WordWhereNumberDue)
            | (RowProblem::NotQuantified, RuleKind::NotQuantified)
            | (RowProblem::ActualCarriesSign { .. }, RuleKind::ActualCarriesSign)
            | (RowProblem::ScoreDiffersFromRule { .. }, RuleKind::ScoreDiffersFromRule)
            | (RowProblem::UnitDiffers { .. }, RuleKind::UnitDiffers)
            | (RowProblem::TargetWithoutSign { .. }, RuleKind::TargetWithoutSign)
    )
}

/// The columns that a problem speaks of, the one to go to first.
fn cells_of<'s>(problem: &RowProblem, scoring: &'s ScoringSpec) -> Vec<&'s str> {
    let (target, actual, weight, score, reason) = (
        scoring.target.as_str(),
        scoring.actual.as_str(),
        scoring.weight.as_str(),
        scoring.score.as_str(),
        scoring.reason.as_str(),
    );
    match problem {
        RowProblem::ReasonMissing { .. } => vec![reason, score, weight],
        RowProblem::ReasonEmptyInMeaning { .. } => vec![reason],
        RowProblem::FullMarksThoughMissed { .. } | RowProblem::ScoreDiffersFromRule { .. } => {
            vec![score, weight, target, actual]
        }
        RowProblem::OvershootWithoutReason { .. } => vec![reason, target, actual],
        RowProblem::WordWhereNumberDue { .. } | RowProblem::ActualCarriesSign { .. } => vec![actual],
        RowProblem::UnitDiffers { .. } => vec![actual, target],
        RowProblem::NotQuantified | RowProblem::TargetWithoutSign { .. } => vec![target],
    }
}
