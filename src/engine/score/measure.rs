//! Which formula a row is scored by and what it gives, before the entered score is looked at.

use super::row::{How, IndicatorRow, LessScore, LevelSource, NotMeasurable, RowProblem, ScoreBand, is_word};
use super::rules::{Band, Direction, LessRule, Level, RowScoring, ScoringRules, band_of};
use super::{percent_of, proportion, round_score};
use crate::engine::amount::{plain, says_not_applicable};
use crate::engine::quantity::{
    Quantity, Sign, UnitMatch, compare_units, mentions_number, read_quantity, unit_multiplier,
};
use rust_decimal::Decimal;

/// A row as measured.
pub(super) struct Measured {
    pub how: How,
    /// Whether the target is reached, where that is certain.
    pub met: Option<bool>,
    /// The scores by the rules, not rounded; the first is suggested, the others are accepted too.
    pub exact: Vec<Decimal>,
    /// The band of a level that the words tell.
    pub band: Option<ScoreBand>,
    pub problems: Vec<RowProblem>,
}

impl Measured {
    fn not_measurable(why: NotMeasurable) -> Self {
        Self::of(How::NotMeasurable { why }, None)
    }

    fn of(how: How, met: Option<bool>) -> Self {
        Measured { how, met, exact: Vec::new(), band: None, problems: Vec::new() }
    }

    fn scoring(mut self, exact: impl IntoIterator<Item = Decimal>) -> Self {
        self.exact.extend(exact);
        self
    }

    fn with(mut self, problem: Option<RowProblem>) -> Self {
        self.problems.extend(problem);
        self
    }

    /// Target, actual value and by what percent it passes the target, where that is beyond the limit.
    pub fn overshoot(&self, rules: &ScoringRules) -> Option<(Decimal, Decimal, Decimal)> {
        let How::AtLeastMet { target, actual, .. } = self.how else { return None };
        let percent = proportion(Decimal::ONE_HUNDRED, actual.checked_sub(target)?, target)?;
        (percent > rules.overshoot_limit).then(|| (target, actual, round_score(percent)))
    }
}

pub(super) fn measure(row: &IndicatorRow<'_>, rules: &ScoringRules) -> Measured {
    match row.scoring {
        RowScoring::YesNo => by_yes_or_no(row, rules),
        RowScoring::Banded(bands) => by_band(row, bands),
        RowScoring::ByTarget => by_target(row, rules),
    }
}

fn by_target(row: &IndicatorRow<'_>, rules: &ScoringRules) -> Measured {
    if is_blank(row.target) || says_not_applicable(row.target) || is_word(row.target, &rules.not_applicable_words) {
        return Measured::not_measurable(NotMeasurable::NoTarget);
    }
    if let Some(target) = read_quantity(row.target) {
        return by_number(row, &target, rules).with(missing_sign(row, &target));
    }
    if is_word(row.target, &rules.yes_words) {
        return by_yes_or_no(row, rules);
    }
    by_level(row, rules).with((!mentions_number(row.target)).then_some(RowProblem::NotQuantified))
}

fn by_number(row: &IndicatorRow<'_>, target: &Quantity, rules: &ScoringRules) -> Measured {
    let direction = direction(row, target);
    let actual = match read_actual(row, Some(target)) {
        Ok(actual) => actual,
        Err(why) => return without_number(row, why),
    };
    let sign = carried_sign(&actual);
    match convert(target, &actual, direction) {
        Some(value) => compare(row, target, &actual, value, direction, rules),
        None => Measured::not_measurable(NotMeasurable::UnitDiffers)
            .with(Some(RowProblem::UnitDiffers { target: target.unit.clone(), actual: actual.unit.clone() })),
    }
    .with(sign)
}

/// Compares an actual value, in the unit of the target, with the target.
fn compare(
    row: &IndicatorRow<'_>,
    target: &Quantity,
    read: &Quantity,
    actual: Decimal,
    direction: Direction,
    rules: &ScoringRules,
) -> Measured {
    let (limit, unit) = (target.value, target.unit.clone());
    let met = match direction {
        Direction::More => actual >= limit,
        Direction::Less => actual <= limit,
    };
    // 90余场 may still be 100, and 80余万元 more than 85: only a bound that lies beyond the target is certain.
    let certain = match (direction, met) {
        (Direction::More, true) => !matches!(read.sign, Some(Sign::AtMost | Sign::LessThan)),
        (Direction::Less, true) => !read.is_lower_bound() || read.vague,
        (_, false) => !read.is_inexact(),
    };
    if !certain {
        return Measured::not_measurable(NotMeasurable::Inexact);
    }
    let of = |how, exact: Vec<Decimal>| Measured::of(how, Some(met)).scoring(exact);
    match (direction, met) {
        (Direction::More, true) => {
            of(How::AtLeastMet { target: limit, actual, unit }, row.weight.into_iter().collect())
        }
        (Direction::Less, true) => of(How::AtMostMet { target: limit, actual, unit }, row.weight.into_iter().collect()),
        (Direction::More, false) => {
            let exact = row.weight.and_then(|weight| proportion(weight, actual, limit));
            of(How::AtLeastMissed { target: limit, actual, unit }, exact.into_iter().collect())
        }
        (Direction::Less, false) => {
            let score = |rule: &LessRule| Some((*rule, exceeded_score(*rule, row.weight?, limit, actual)?));
            let scores: Vec<_> = rules.less_is_better.iter().filter_map(score).collect();
            let by = scores.iter().map(|(rule, score)| LessScore { rule: *rule, score: round_score(*score) }).collect();
            let exact = scores.into_iter().map(|(_, score)| score).collect();
            of(How::AtMostExceeded { target: limit, actual, unit, by }, exact)
        }
    }
}

/// What an exceeded limit leaves of the weight. Nothing is left where the limit was zero.
fn exceeded_score(rule: LessRule, weight: Decimal, target: Decimal, actual: Decimal) -> Option<Decimal> {
    if target <= Decimal::ZERO {
        return Some(Decimal::ZERO);
    }
    match rule {
        // w × (1 − (A − T) ÷ T) = w × (2T − A) ÷ T
        LessRule::Linear => {
            let left = target.checked_add(target)?.checked_sub(actual)?.max(Decimal::ZERO);
            proportion(weight, left, target)
        }
        LessRule::Ratio => proportion(weight, target, actual),
    }
}

fn by_band(row: &IndicatorRow<'_>, bands: &[Band]) -> Measured {
    let target = read_quantity(row.target);
    let problem = match &target {
        Some(target) => missing_sign(row, target),
        None => (!is_blank(row.target) && !mentions_number(row.target)).then_some(RowProblem::NotQuantified),
    };
    let actual = match read_actual(row, target.as_ref()) {
        Ok(actual) => actual,
        Err(why) => return without_number(row, why).with(problem),
    };
    let sign = carried_sign(&actual);
    let value = target.as_ref().map_or(Some(actual.value), |target| convert(target, &actual, Direction::More));
    let measured = match value {
        None => Measured::not_measurable(NotMeasurable::UnitDiffers).with(Some(RowProblem::UnitDiffers {
            target: target.as_ref().map(|target| target.unit.clone()).unwrap_or_default(),
            actual: actual.unit.clone(),
        })),
        Some(_) if actual.is_inexact() => Measured::not_measurable(NotMeasurable::Inexact),
        Some(value) => {
            let band = band_of(bands, value);
            let share = band.map_or(Decimal::ZERO, |band| band.share);
            let how = How::Banded { actual: value, from: band.map(|band| band.from), share };
            let met = target.as_ref().map(|target| value >= target.value);
            Measured::of(how, met).scoring(row.weight.and_then(|weight| percent_of(weight, share)))
        }
    };
    measured.with(sign).with(problem)
}

fn by_yes_or_no(row: &IndicatorRow<'_>, rules: &ScoringRules) -> Measured {
    if is_blank(row.actual) {
        return Measured::not_measurable(NotMeasurable::NoActual);
    }
    let no = is_word(row.actual, &rules.no_words);
    let yes = !no && (is_word(row.actual, &rules.yes_words) || same_words(row));
    if !yes && !no {
        return Measured::not_measurable(NotMeasurable::NeitherYesNorNo);
    }
    let score = |weight| if yes { weight } else { Decimal::ZERO };
    Measured::of(How::YesNo { yes }, Some(yes)).scoring(row.weight.map(score))
}

/// The level is read from the words of the actual value, which bind the score to its band, or else from the score.
fn by_level(row: &IndicatorRow<'_>, rules: &ScoringRules) -> Measured {
    if is_blank(row.actual) {
        return Measured::not_measurable(NotMeasurable::NoActual);
    }
    if let Some(level) = level_in_words(&rules.levels, row.actual) {
        let next = rules.levels.iter().map(|other| other.from).filter(|from| *from > level.from).min();
        let share = |percent| row.weight.and_then(|weight| percent_of(weight, percent));
        let to = share(next.unwrap_or(Decimal::ONE_HUNDRED));
        let band = share(level.from).zip(to).map(|(from, to)| ScoreBand { from, to, includes_to: next.is_none() });
        let how = How::Qualitative { level: Some(level.name.clone()), read_from: LevelSource::Words };
        return Measured { band, ..Measured::of(how, Some(next.is_none())) };
    }
    if mentions_number(row.target) && !same_words(row) {
        return Measured::not_measurable(NotMeasurable::TargetNotOneNumber);
    }
    let share = row.weight.zip(row.score).and_then(|(weight, score)| proportion(Decimal::ONE_HUNDRED, score, weight));
    let reached = |share| rules.levels.iter().filter(|level| level.from <= share).max_by_key(|level| level.from);
    let level = share.and_then(reached).map(|level| level.name.clone());
    Measured::of(How::Qualitative { level, read_from: LevelSource::Score }, None)
}

/// The lowest level of which a word stands in the text: 未达成预期 holds 达成预期 too, and denies it.
fn level_in_words<'a>(levels: &'a [Level], actual: &str) -> Option<&'a Level> {
    let told = |level: &&Level| level.words.iter().any(|word| actual.contains(word.as_str()));
    levels.iter().filter(told).min_by_key(|level| level.from)
}

/// Reads the actual value of a row in which a number is due.
fn read_actual(row: &IndicatorRow<'_>, target: Option<&Quantity>) -> Result<Quantity, NotMeasurable> {
    if is_blank(row.actual) {
        return Err(NotMeasurable::NoActual);
    }
    if let Some(actual) = read_quantity(row.actual) {
        return Ok(actual);
    }
    // None of what there should be none of: 事故 0起 → 无.
    if target.is_some_and(|target| target.value.is_zero()) && says_not_applicable(row.actual) {
        return Ok(Quantity { sign: None, value: Decimal::ZERO, unit: String::new(), vague: false });
    }
    match mentions_number(row.actual) {
        true => Err(NotMeasurable::ActualNotOneNumber),
        false => Err(NotMeasurable::WordWhereNumberDue),
    }
}

fn without_number(row: &IndicatorRow<'_>, why: NotMeasurable) -> Measured {
    let word = || RowProblem::WordWhereNumberDue { found: row.actual.trim().to_owned() };
    Measured::not_measurable(why).with((why == NotMeasurable::WordWhereNumberDue).then(word))
}

/// The actual value in the unit of the target; `None` where it is not certain what it counts.
fn convert(target: &Quantity, actual: &Quantity, direction: Direction) -> Option<Decimal> {
    match compare_units(&target.unit, &actual.unit) {
        UnitMatch::Same if is_unit_doubtful(target, actual, direction) => None,
        UnitMatch::Same => Some(actual.value),
        UnitMatch::Scaled(factor) => actual.value.checked_mul(factor),
        UnitMatch::Different => None,
    }
}

/// Where one of the two has no unit: 0.96 beside 95% is a fraction, and 6420100 beside 476.74万元 may be 元.
fn is_unit_doubtful(target: &Quantity, actual: &Quantity, direction: Direction) -> bool {
    let positive = target.value > Decimal::ZERO && actual.value > Decimal::ZERO;
    if !positive || target.unit.is_empty() == actual.unit.is_empty() {
        return false;
    }
    let fraction = target.unit == "%"
        && direction == Direction::More
        && actual.value <= Decimal::ONE
        && target.value >= Decimal::TEN;
    let written = if target.unit.is_empty() { &actual.unit } else { &target.unit };
    let (small, large) = (target.value.min(actual.value), target.value.max(actual.value));
    let far = small.checked_mul(Decimal::ONE_THOUSAND).is_none_or(|limit| large >= limit);
    fraction || (far && unit_multiplier(written) > Decimal::ONE)
}

/// A sign decides; without one the row's kind does. A target of zero without a sign is a limit: anything is at least 0.
fn direction(row: &IndicatorRow<'_>, target: &Quantity) -> Direction {
    match target.sign {
        Some(Sign::AtLeast | Sign::MoreThan) => Direction::More,
        Some(Sign::AtMost | Sign::LessThan) => Direction::Less,
        None | Some(Sign::Equal) if target.value.is_zero() => Direction::Less,
        None | Some(Sign::Equal) => row.direction,
    }
}

fn missing_sign(row: &IndicatorRow<'_>, target: &Quantity) -> Option<RowProblem> {
    let read_as = match direction(row, target) {
        Direction::More => Sign::AtLeast,
        Direction::Less => Sign::AtMost,
    };
    target.sign.is_none().then_some(RowProblem::TargetWithoutSign { read_as })
}

fn carried_sign(actual: &Quantity) -> Option<RowProblem> {
    let carries = !matches!(actual.sign, None | Some(Sign::Equal));
    carries.then(|| RowProblem::ActualCarriesSign { offer: actual.without_sign() })
}

fn is_blank(text: &str) -> bool {
    plain(text).is_some_and(|line| line.is_empty())
}

fn same_words(row: &IndicatorRow<'_>) -> bool {
    plain(row.target).is_some_and(|target| Some(target) == plain(row.actual))
}
