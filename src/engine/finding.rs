//! What is found in a filing: a code, its cells and the facts, without a word of any language.
//!
//! The sentences that people read are made from these facts in [`crate::words`].

use rust_decimal::Decimal;
use serde::Serialize;

use crate::engine::amount::Unreadable;
use crate::engine::score::RowProblem;

/// How much a finding weighs (审核类型). The template gives each relation and rule its level.
#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 强制性: cannot be right as it stands.
    Error,
    /// 核实性: needs a look; may stay with a written 审核说明.
    Warning,
    /// 提示性: may be left alone.
    Info,
}

/// One thing to look at. Its code and cells together tell it from every other finding.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Finding {
    /// The code of the template's relation or rule, or one of [`builtin`].
    pub code: String,
    pub level: Level,
    /// Keys of the cells concerned; the first is the one to go to.
    pub cells: Vec<String>,
    pub fact: Fact,
    /// The person's answer (审核说明) to a warning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Answer>,
}

/// A 审核说明 as it stands beside its finding.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Answer {
    pub text: String,
    pub state: AnswerState,
}

#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AnswerState {
    /// Written for these very figures.
    Valid,
    /// 待确认: a figure has changed since.
    ToConfirm,
}

/// Codes of findings that hold in every form and so stand in no template.
pub mod builtin {
    /// A figure that cannot be read.
    pub const UNREADABLE: &str = "V01";
    /// A figure below zero.
    pub const NEGATIVE: &str = "V02";
    /// More decimals than money has.
    pub const TOO_MANY_PLACES: &str = "V03";
    /// A number of people that is not whole.
    pub const NOT_WHOLE: &str = "V04";
    /// Differences that rounding explains (尾差), together.
    pub const ROUNDING: &str = "N01";
    /// Totals without any part beside them, together.
    pub const UNVERIFIABLE: &str = "N02";
    /// Cells that a finished filing must fill, together.
    pub const REQUIRED: &str = "N03";
    /// Hidden marks that turn the direction of writing; told of words, see [`crate::engine::text`].
    pub const TURNED: &str = "V05";
    /// A column, table or sheet that seems to be in 元; found by [`crate::engine::locate`] and no finding by itself.
    pub const IN_YUAN: &str = "N04";
}

/// A cell with its sign in a sum.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Part {
    pub cell: String,
    pub coefficient: Decimal,
    /// The figure that entered the sum; absent where the cell is blank.
    pub value: Option<Decimal>,
}

/// A row that spent more than before or than planned. Money in 万元, shares in percent with two decimals.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Line {
    /// The cell of the spending.
    pub cell: String,
    /// The cell of the budget, or of last year's figure.
    pub against_cell: String,
    pub spent: Decimal,
    pub against: Decimal,
    /// `spent` as a share of `against`.
    pub percent: Decimal,
    /// The listed line that this one is part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
}

#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct RoundingLine {
    /// The relation that agrees but for rounding.
    pub code: String,
    pub cell: String,
    pub difference: Decimal,
}

/// What was expected, what was found, and the difference. Money in 万元; rates in percent.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Fact {
    /// The text of a figure cell is no figure.
    Unreadable { text: String, why: Unreadable },
    /// The figure is below zero.
    Negative { value: Decimal },
    /// The figure has more decimals than money can have.
    TooManyPlaces { places: u32 },
    /// People that are no whole number.
    NotWhole { value: Decimal },
    /// Sums that differ by less than rounding allows.
    Rounding { lines: Vec<RoundingLine> },
    /// Totals whose parts are all blank.
    Unverifiable,
    /// Blank cells that a finished filing must fill.
    Required,
    /// A sum differs: `left` should be `right`. `difference` = left − right.
    Sum { left: Vec<Part>, right: Vec<Part>, expected: Decimal, found: Decimal, difference: Decimal, allowed: Decimal },
    /// A part exceeds the whole: `left` should be at least `right`.
    AtLeast { left: Vec<Part>, right: Vec<Part>, found: Decimal, bound: Decimal, difference: Decimal },
    /// One figure is above (or below) a limit that the template gives.
    Limit { at_most: bool, limit: Decimal, found: Decimal },
    /// A rate differs from its numerator ÷ denominator, at the decimals entered.
    Rate { numerator: Decimal, denominator: Decimal, expected: Decimal, found: Decimal, found_places: u32 },
    /// The rate looks like a fraction written without its percent sign (0.951 for 95.1 %).
    RateAsFraction { expected: Decimal, found: Decimal },
    /// A rate is entered and what it divides by is zero.
    ZeroDivisor { divisor: String },
    /// A total equals neither of the two figures it may equal, or only the lesser one.
    Either { found: Decimal, should_be: Decimal, may_be: Decimal, only_lesser: bool },
    /// Spending above budget.
    Overspend { lines: Vec<Line> },
    /// Spending far above last year's.
    Growth { limit: Decimal, lines: Vec<Line> },
    /// Spending without a budget.
    Unbudgeted { spent: Vec<Part> },
    /// The budget was changed by more than the limit, in percent of its opening.
    Change { from: Decimal, to: Decimal, difference: Decimal, percent: Decimal, limit: Decimal },
    /// In a text, the parts behind 其中 do not sum to the whole before it. `difference` = found − expected.
    PartsInText { parts: Vec<Decimal>, expected: Decimal, found: Decimal, difference: Decimal },
    /// Two figures of one name that no figures of other funds explain. `difference` = wide − narrow.
    Scope { wide: Decimal, narrow: Decimal, difference: Decimal },
    /// The execution row's score is not what its rate gives.
    ExecutionScore { weight: Decimal, rate: Decimal, expected: Decimal, found: Decimal },
    /// The execution rate is low.
    ExecutionFloor { rate: Decimal, floor: Decimal },
    /// A score below zero or above its weight.
    ScoreOutOfRange { score: Decimal, weight: Decimal },
    /// A bound indicator row differs from the figure it is bound to.
    BoundIndicator { bound_to: String, expected: Decimal, found: String },
    /// A problem of one indicator row.
    Indicator { problem: RowProblem },
    /// Targets without a number.
    NotQuantified,
    /// Targets without a comparison sign.
    TargetWithoutSign,
    /// One row has most of the points.
    MajorRow { weight: Decimal, percent: Decimal, limit: Decimal },
    /// Full marks everywhere while money is unspent.
    FullMarksUnspent { rate: Decimal },
    /// The points are out of step with execution (red), or much is unspent (yellow). Shares in percent.
    Alarm { red: bool, points_share: Decimal, execution: Decimal },
}

impl Fact {
    /// The cells that a person would go to one by one, where the finding is a list of equal things; empty where it is
    /// one cell and those it is tied to.
    pub fn places<'f>(&'f self, cells: &'f [String]) -> Vec<&'f str> {
        match self {
            Self::Overspend { lines } | Self::Growth { lines, .. } => {
                lines.iter().map(|line| line.cell.as_str()).collect()
            }
            Self::Unbudgeted { spent } => spent.iter().map(|part| part.cell.as_str()).collect(),
            Self::Rounding { .. }
            | Self::Unverifiable
            | Self::Required
            | Self::NotQuantified
            | Self::TargetWithoutSign => cells.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }
}
