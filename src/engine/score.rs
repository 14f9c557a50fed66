//! Scores: what the form's scoring rules give for each row, and where an entered score does not agree with them.
//! Every number of the rules comes from the template. Nothing is written into a score; it stands beside the entered one.

mod measure;
mod row;
mod rules;
mod sheet;

#[cfg(test)]
mod tests;

pub use row::{
    Accepted, How, IndicatorRow, LessScore, LevelSource, NotMeasurable, RowProblem, RowScore, ScoreBand, score_row,
};
pub use rules::{Band, Direction, ExecutionRule, Grade, LessRule, Level, RowScoring, ScoringRules};
pub use sheet::{
    Alarm, ExecutionScore, RowPoints, SheetProblem, alarm, execution_score, grade, sheet_problems, total_score,
};

use rust_decimal::{Decimal, RoundingStrategy};

/// Scores are printed with two decimals, half up.
const SCORE_PLACES: u32 = 2;

/// A score as the rules give it: two decimals, half up.
pub fn round_score(score: Decimal) -> Decimal {
    round_to(score, SCORE_PLACES)
}

/// Whether an entered figure is the exact one, at the decimals that were entered: 9.5 for 9.4855, 95.1 for 95.1049.
pub fn agrees(entered: Decimal, exact: Decimal) -> bool {
    round_to(exact, entered.scale()) == entered || round_score(exact) == entered
}

fn round_to(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// `whole × part ÷ of`; `None` where `of` is zero or the product too large.
fn proportion(whole: Decimal, part: Decimal, of: Decimal) -> Option<Decimal> {
    whole.checked_mul(part)?.checked_div(of)
}

/// `percent` percent of `whole`.
fn percent_of(whole: Decimal, percent: Decimal) -> Option<Decimal> {
    proportion(whole, percent, Decimal::ONE_HUNDRED)
}
