//! A template file as it is written: its types, nothing checked beyond their shape.
//!
//! `read` makes them of the TOML of the repository and of the JSON that the tooling makes of it for the page.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::engine::amount::Measure;
use crate::engine::finding::Level;
use crate::engine::score::{Direction, Grade, RowScoring, ScoringRules};

/// One form of one place and year.
#[derive(Clone, Debug)]
pub struct TemplateSpec {
    /// Stable name of the form and place, such as `zhuzhou-department`.
    pub id: String,
    /// Changes whenever anything below changes its meaning.
    pub version: String,
    /// The form's name as a list of forms shows it.
    pub name: String,
    /// What a draft or file of this form is called after unit and year, such as 自评.
    pub short: String,
    /// The evaluated year of a new draft; every draft has its own.
    pub year: i32,
    /// The word for the level of government in labels (`{level}`), such as 区级.
    pub level_word: String,
    /// Where the form and its rules come from.
    pub source: String,
    /// The cell with the unit's name, by which a filing is known in lists and file names.
    pub unit_name: Option<String>,
    pub sheets: Vec<SheetSpec>,
    pub blocks: Vec<BlockSpec>,
    pub relations: Vec<RelationSpec>,
    pub rules: Vec<RuleSpec>,
    /// Empty on the page, which has no use for them.
    pub text_rules: Vec<TextRuleSpec>,
    pub scoring: Option<ScoringSpec>,
    /// The report in prose, where the form has one.
    pub report: Option<ReportSpec>,
    /// How sheets of the finance system are read; the page has no use for it.
    pub ledger: Option<LedgerSpec>,
    /// What its pictures show; the page has no use for it.
    pub pictures: Vec<PictureKind>,
}

impl TemplateSpec {
    /// Whether any label of the form has the word for the level of government in it.
    pub fn has_level(&self) -> bool {
        let rows = self.blocks.iter().flat_map(|block| &block.rows);
        rows.into_iter().any(|row| row.label.contains("{level}"))
    }
}

/// One table of the filing, such as 附件2.
#[derive(Clone, Debug)]
pub struct SheetSpec {
    pub id: String,
    /// The number that the table carries, such as 附件2. Other units number otherwise.
    pub annex: String,
    /// The short name on a tab and in messages.
    pub tab: String,
    /// The title; `{Y}` is the evaluated year.
    pub title: String,
    /// The fixed text at the foot, if the form has one.
    pub note: Option<String>,
    /// Relative widths of the columns that all blocks of the sheet are drawn on: `28 12 12 12`. Without it, each block
    /// is a table of its own.
    pub grid: String,
    /// Whether the sheet is printed across the paper.
    pub landscape: bool,
}

impl SheetSpec {
    /// The widths of the grid's columns.
    pub fn grid(&self) -> Vec<u32> {
        self.grid.split_whitespace().filter_map(|width| width.parse().ok()).collect()
    }
}

/// Rows by columns under one heading.
#[derive(Clone, Debug)]
pub struct BlockSpec {
    pub id: String,
    pub sheet: String,
    /// The heading as printed; `{Y}` and `{Y-1}` are years.
    pub title: String,
    /// Where the title stands.
    pub place: Place,
    /// How many columns of the sheet's grid a row's label covers, where it is not one.
    pub label: Option<usize>,
    /// Whether the block stands on the same lines as the one before it, to its right.
    pub beside: bool,
    /// The heading over the columns that name a row (一级指标, 二级指标 …), if the form has it.
    pub heads: Vec<String>,
    pub columns: Vec<ColumnSpec>,
    pub rows: Vec<RowSpec>,
}

/// Where a block's title stands in the official table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the corner, left of the column headings; down to the last row where rows have no label.
    Corner,
    /// Down the left side of all rows.
    Side,
    /// The title of the block before it holds for this one too.
    Joined,
    /// The block has no title.
    Plain,
    /// The block stands outside of the table, as a line of labels and blanks.
    Line,
    /// The cells stand in the sentences of the report.
    Prose,
}

#[derive(Clone, Debug)]
pub struct ColumnSpec {
    pub id: String,
    /// The heading as printed; empty where the block has one nameless column.
    pub label: String,
    pub kind: ColumnKind,
    /// How many columns of the sheet's grid a cell covers.
    pub span: usize,
    /// The column whose figures in last year's filing stand in this one. The page has no use for it.
    pub last_year: Option<String>,
    /// What becomes of its texts when a filing is begun from last year's; else its kind decides, and `scoring`. The page
    /// has no use for it, nor for the two below.
    pub next_year: Option<NextYear>,
    /// 填报说明: what a cell of this column holds.
    pub help: Option<String>,
    /// A cell of this column, as it may be filled.
    pub example: Option<String>,
}

/// What becomes of a text when a filing is begun from last year's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextYear {
    /// It stays: names, points of indicators.
    Keep,
    /// It stays and is marked until the person has looked at it: targets, words of the report.
    Revise,
    /// It goes: figures, actual values, scores.
    Clear,
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// 万元.
    Money,
    /// People; exact.
    Count,
    /// A rate in percent.
    Percent,
    /// 分值 and 得分; exact.
    Points,
    /// ㎡.
    Area,
    /// One line of words.
    Text,
    /// Several lines of words.
    LongText,
    /// The name of an added row.
    Name,
    /// 年度指标值 or 实际完成值: words with a figure in them.
    Quantity,
}

impl ColumnKind {
    /// How a figure of this column is read; `None` for words.
    pub fn measure(self) -> Option<Measure> {
        match self {
            Self::Money => Some(Measure::Money),
            Self::Count => Some(Measure::Count),
            Self::Percent => Some(Measure::Percent),
            Self::Points => Some(Measure::Points),
            Self::Area => Some(Measure::Area),
            Self::Text | Self::LongText | Self::Name | Self::Quantity => None,
        }
    }
}

/// A printed row (`id`), or the place where people add rows (`group`).
#[derive(Clone, Debug)]
pub struct RowSpec {
    pub id: Option<String>,
    pub group: Option<String>,
    /// The label as printed, without the spaces that indent it.
    pub label: String,
    /// Other wordings of the label in filings of other units.
    pub also: Vec<String>,
    /// What messages call the row where the label will not do (`其中：基本支出` needs none: numbering, 其中 and colons
    /// are dropped by themselves).
    pub name: Option<String>,
    pub indent: u8,
    /// The row of an upper level that this group stands under: 二级 under its 一级.
    pub under: Option<String>,
    /// How the points of a 一级 are printed behind its label, such as `({}分)`.
    pub points: Option<String>,
    /// The columns that have a cell in this row; all where not given.
    pub only: Option<Vec<String>>,
    /// Cells that the form prints itself (——): column → text.
    pub fixed: BTreeMap<String, String>,
    /// Cells that a new draft starts with: column → text.
    pub preset: BTreeMap<String, String>,
    /// Columns that a finished filing must fill.
    pub required: Vec<String>,
    /// Rows of a group that a new draft starts with.
    pub initial: u32,
    /// What an empty name of an added row shows (……).
    pub placeholder: String,
    /// Indicator rows: the direction of a target without a sign.
    pub direction: Option<Direction>,
    /// Indicator rows: how they are scored, where it is not by their target.
    pub scoring: Option<RowScoring>,
    /// As that of a column, before which it counts. The page has no use for it, nor for the three below.
    pub next_year: Option<NextYear>,
    /// 填报说明: what the row counts, and where its figures come from.
    pub help: Option<String>,
    /// What cells of the row hold, where it is not what their columns say: column → text.
    pub cell_help: BTreeMap<String, String>,
    /// Cells of the row as they may be filled: column → text.
    pub examples: BTreeMap<String, String>,
}

/// A relation between figures, written as a linear formula or as a rate.
#[derive(Clone, Debug)]
pub struct RelationSpec {
    /// Stable: people quote it. Never reused.
    pub code: String,
    /// What it says, in the form's words.
    pub name: String,
    /// `a = b + c`, `a >= b + c`, `rate = a / b`; `sum(group)` adds the rows of a group.
    pub formula: String,
    /// The block whose rows the formula names, where it holds in several columns.
    pub block: Option<String>,
    /// The columns it holds in.
    pub columns: Vec<String>,
    /// The group in each of whose rows it holds; names are then columns.
    pub each_row: Option<String>,
    pub level: Level,
    /// Where the rule comes from.
    pub basis: String,
    /// A milder level under a condition.
    pub softer: Option<SofterSpec>,
    /// Whether a blank left side is offered from the right one. Only errors do, unless said otherwise.
    pub derives: Option<bool>,
    /// Checked only where each of its cells is filled: one share of several says nothing of the others.
    pub complete: bool,
}

/// `level` in place of the relation's own while `less` is below `than`.
#[derive(Clone, Debug)]
pub struct SofterSpec {
    pub level: Level,
    pub less: String,
    pub than: String,
}

/// A rule that is not linear: a named kind with its parameters.
#[derive(Clone, Debug)]
pub struct RuleSpec {
    pub code: String,
    pub name: String,
    pub level: Level,
    pub basis: String,
    pub kind: RuleKind,
}

/// The closed list of kinds; each is documented where it is implemented, in `engine/rule/`.
#[derive(Clone, Debug)]
// The generated documentation lists the parameters of each rule.
#[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum RuleKind {
    /// `cell` equals `should_be`; only `may_be` is a lesser finding; neither is this rule's own level.
    Either { cell: String, should_be: String, may_be: String, may_be_level: Level },
    /// Spending above budget, as one finding that lists the lines.
    Overspend { block: String, budget: String, spent: String, rows: Vec<LineSpec> },
    /// Growth over last year beyond `limit` percent and at least `at_least` 万元, as one finding.
    Growth { block: String, before: String, now: String, rows: Vec<String>, limit: Decimal, at_least: Decimal },
    /// Spending in a row without a budget, as one finding.
    Unbudgeted { block: String, budget: String, spent: String, rows: Vec<String>, groups: Vec<String> },
    /// (`to` − `from`) ÷ `from` beyond `limit` percent either way.
    ChangeLimit { from: String, to: String, limit: Decimal },
    /// The execution row's score follows its rate.
    ExecutionScore,
    /// The execution rate stays below `floor` percent.
    ExecutionFloor { floor: Decimal },
    /// 0 ≤ 得分 ≤ 分值 in the execution row and in every indicator row.
    ScoreInRange,
    /// An indicator row bound to `target` and `actual` equals them; rows called one of `names` in `groups` are offered.
    BoundIndicator { groups: Vec<String>, names: Vec<String>, target: String, actual: String },
    /// In each of these texts, the parts that follow 其中 sum to the whole stated before it.
    PartsInText { cells: Vec<String> },
    /// `wide` counts more funds than `narrow`: they are equal, or one to three figures of `among` make up the difference
    /// (口径). Then `sentence` is offered for the cell `into`.
    Scope { wide: String, narrow: String, among: Vec<String>, sentence: String, item: String, into: String },
    /// 得分 below 分值 without a reason.
    ReasonMissing,
    /// The target is missed and full marks are entered.
    FullMarksThoughMissed,
    /// Far above the target without a reason.
    OvershootWithoutReason,
    /// A word where the target asks for a number.
    WordWhereNumberDue,
    /// Targets without a number, as one finding.
    NotQuantified,
    /// Targets without a comparison sign, as one finding.
    TargetWithoutSign,
    /// 实际完成值 carries a comparison sign.
    ActualCarriesSign,
    /// A reason that says nothing.
    ReasonEmptyInMeaning,
    /// 得分 differs from what the scoring rules give.
    ScoreDiffersFromRule,
    /// Target and actual have different units.
    UnitDiffers,
    /// One row has most of the points.
    MajorRow,
    /// Full marks in every row while money is unspent.
    FullMarksUnspent,
    /// The indicators' share of points is out of step with execution (red), or much is unspent (yellow).
    Alarm,
}

#[derive(Clone, Debug)]
#[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize))]
pub struct LineSpec {
    pub row: String,
    /// The line that this one is part of.
    pub within: Option<String>,
}

/// A check of the words of a filing: a named kind with its parameters.
#[derive(Clone, Debug)]
pub struct TextRuleSpec {
    pub code: String,
    pub name: String,
    pub level: Level,
    pub basis: String,
    pub kind: TextRuleKind,
}

/// The closed list of kinds; each is documented where it is implemented, in `engine/text/`.
#[derive(Clone, Debug)]
pub enum TextRuleKind {
    /// Frequent slips, each with its right word.
    Typos { list: Vec<TypoSpec> },
    /// A passage of at least so many characters that stands twice.
    Repeated { at_least: u32 },
    /// What a form or draft has in the place of words still to come: instructions in brackets (`wordings`), `names` with
    /// nothing but a number, and XX or __ before a word of `counted`.
    Placeholder { wordings: Vec<String>, names: Vec<String>, counted: Vec<String> },
    /// The number of things stated is not that of the things listed. `counters` stand behind the number, `leads` before
    /// the list; with a word of `open` the list is no whole one.
    CountOfList { counters: Vec<String>, leads: Vec<String>, open: Vec<String> },
    /// Numbers of documents that cannot be: 〔20216)5号.
    DocumentNumber,
    /// Dates that cannot be: 202012月31日.
    Date,
    /// A year that is neither the evaluated one nor a neighbour of it, in headings and before one of `words`.
    StaleYear { words: Vec<String> },
    /// The date in `cell` is of the year after the evaluated one.
    FilingDate { cell: String },
    /// An amount in 元 that is out by 10⁴, as an equal figure or a sum beside it says. `totals` stand before figures
    /// that may equal each other.
    UnitSlip { totals: Vec<String> },
    /// The unit's name is written otherwise than in its cell.
    UnitName,
    /// Mobile and identity numbers.
    PersonalData,
    /// Telephone numbers of offices, which `labels` announce.
    Telephone { labels: Vec<String> },
    /// Nothing but a word of `none` under one of `headings`, or in one of `cells`, though points were cut.
    NoProblems { headings: Vec<String>, cells: Vec<String>, none: Vec<String> },
}

/// A slip and its right word.
#[derive(Clone, Debug)]
pub struct TypoSpec {
    pub wrong: String,
    pub right: String,
    /// What stands before it, one of these; anything where none is given. `{start}` is the beginning of a clause.
    pub ahead: Vec<String>,
    /// What stands behind it, likewise. `{date}` is a date, `{end}` the end of a clause.
    pub behind: Vec<String>,
    /// Right words that have the wrong one in them.
    pub unless: Vec<String>,
}

impl TypoSpec {
    /// The places that `ahead` and `behind` can name.
    pub const MARKS: [&'static str; 3] = ["{start}", "{end}", "{date}"];
}

/// How points are counted, and where they stand.
#[derive(Clone, Debug)]
pub struct ScoringSpec {
    /// The block of indicator rows, and its columns.
    pub block: String,
    pub name: String,
    pub target: String,
    pub actual: String,
    pub weight: String,
    pub score: String,
    pub reason: String,
    /// The cells of the total: 分值 and 得分.
    pub total_weight: String,
    pub total_score: String,
    /// The execution row: its weight and score.
    pub execution_weight: String,
    pub execution_score: String,
    /// What the execution rate is made of.
    pub spent: String,
    pub budget: String,
    pub grades: Vec<Grade>,
    pub rules: ScoringRules,
}

/// The report in prose: what it says, and by which wordings a figure is known in one that others have written.
#[derive(Clone, Debug)]
pub struct ReportSpec {
    /// The sheet whose cells it fills.
    pub sheet: String,
    pub sections: Vec<SectionSpec>,
    /// Other wordings of its figures.
    pub reads: Vec<ReadSpec>,
    /// Words before the wording of a figure that do not say which figure it is.
    pub neutral: Vec<String>,
    /// Words between the wording of a figure and the figure.
    pub fillers: Vec<String>,
    /// Words behind which a figure is another one: of another year, a difference, a share.
    pub other: Vec<String>,
}

/// A section of the report under its heading.
#[derive(Clone, Debug)]
pub struct SectionSpec {
    pub id: String,
    /// As printed, with its number.
    pub heading: String,
    /// Other wordings of the heading, without numbers.
    pub also: Vec<String>,
    /// Words that lead a sentence into this section wherever it stands, such as 政府性基金.
    pub names: Vec<String>,
    /// What is written in place of the section where all of it is blank.
    pub none: Option<String>,
    pub parts: Vec<PartSpec>,
}

/// A paragraph of a section: a sentence with figures, one for each row of a group, or words of the person.
#[derive(Clone, Debug)]
pub struct PartSpec {
    /// A heading of its own before it.
    pub heading: Option<String>,
    pub also: Vec<String>,
    /// The pattern; see `engine/report/pattern.rs`.
    pub sentence: Option<String>,
    /// The group for each of whose rows the sentence stands; its slots are columns then.
    pub each: Option<String>,
    /// The cell with the person's own words.
    pub text: Option<String>,
}

/// Wordings of the same figure in one or several cells, which their sections tell apart.
#[derive(Clone, Debug)]
pub struct ReadSpec {
    pub cells: Vec<String>,
    /// Whether the figure is known by its wording alone, in whatever section.
    pub anywhere: bool,
    /// Whether the wording needs words of its own before it, behind figures of another block.
    pub subject: bool,
    pub words: Vec<String>,
}

/// How the finance system's sheets are read: accounts (支出经济分类科目) by their codes, amounts by the headings of their
/// columns.
#[derive(Clone, Debug)]
pub struct LedgerSpec {
    /// What the heading of an amount says, the most telling first; where none tells, the last is likely meant.
    pub columns: Vec<LedgerColumnSpec>,
    pub accounts: Vec<AccountSpec>,
    /// Words in the heading of a column of codes; with one, a code needs no name beside it.
    pub codes: Vec<String>,
    /// Words for 基本支出 in titles, headings and rows.
    pub basic: Vec<String>,
    /// Words for what is spent beside it.
    pub project: Vec<String>,
    /// Words for funds that are but a part of all.
    pub funds: Vec<String>,
    /// Words for sums in headings and rows.
    pub totals: Vec<String>,
    /// Words in headings of columns that are none of the form's: 调整, 结余.
    pub other: Vec<String>,
}

/// A column of the form, and the words in the headings of a ledger's columns that stand for it.
#[derive(Clone, Debug)]
pub struct LedgerColumnSpec {
    pub into: String,
    pub words: Vec<String>,
}

/// A row of the form, and the accounts whose amounts add up to it.
#[derive(Clone, Debug)]
pub struct AccountSpec {
    /// `block.row`
    pub into: String,
    /// Code → name. Five digits are an account; three are a class, which is the sum of its accounts where it has no line
    /// of its own.
    pub codes: BTreeMap<String, String>,
    /// Whether the row counts 基本支出 alone.
    pub basic: bool,
}

/// A picture and the cells that it takes.
#[derive(Clone, Debug)]
pub enum PictureKind {
    /// Wholes with their parts: where the money comes from, what it is for.
    Funds { bars: Vec<BarSpec> },
    /// Rows of a block in two columns: what was planned, what was spent.
    Spending { block: String, budget: String, spent: String, rows: Vec<String>, groups: Vec<String> },
    /// The same for last year and this one.
    Years { block: String, before: String, now: String, rows: Vec<String>, groups: Vec<String> },
}

/// A whole and its parts, as cells.
#[derive(Clone, Debug)]
pub struct BarSpec {
    pub total: String,
    pub parts: Vec<String>,
}
