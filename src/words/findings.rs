//! The catalogue of findings: what is wrong, the evidence, what to do. One record for each kind of finding.

use crate::engine::finding::{Fact, Level};
use crate::words::{Words, scoring, words};

/// The three sentences of a finding.
#[derive(Clone, Copy, Debug)]
pub struct FindingWords {
    /// Stable name in the generated catalogue.
    pub id: &'static str,
    pub what: Words,
    pub evidence: Words,
    pub todo: Words,
}

macro_rules! catalogue {
    ($($name:ident = $id:literal: $what:expr, $evidence:expr, $todo:expr;)*) => {
        $(const $name: FindingWords = FindingWords { id: crate::words::record_name($id), what: $what, evidence: $evidence, todo: $todo };)*
        /// Every record of this file, in the order of the program.
        pub const CATALOGUE: &[FindingWords] = &[$($name),*];
    };
}

pub(crate) use catalogue;

const EXPLAIN_OR_MEND: Words =
    words("属实的，填写审核说明；填错的，改正。", "If it is right, answer it with a note; if not, correct it.");
/// An error takes no 审核说明, whichever sentence its record has for a warning.
const MEND: Words = words("核对这几个数，改正填错的一处。", "Check these figures and correct the one that is wrong.");
const LEAVE_OR_MEND: Words =
    words("属实的可不处理；填错的，改正。", "Nothing needs to be done if it is right; if not, correct it.");

/// What to do about a relation follows its level, which a template gives; about anything else its record says it.
pub fn todo(fact: &Fact, level: Level) -> Words {
    let own = of(fact).todo;
    let is_relation = matches!(fact, Fact::Sum { .. } | Fact::AtLeast { .. } | Fact::Limit { .. } | Fact::Rate { .. });
    match level {
        Level::Error if is_relation && own == EXPLAIN_OR_MEND => MEND,
        Level::Warning if is_relation => EXPLAIN_OR_MEND,
        Level::Info if is_relation => LEAVE_OR_MEND,
        _ => own,
    }
}

catalogue! {
    UNREADABLE = "unreadable":
        words("{cell}填的“{text}”不能读作数字。", "{cell}: “{text}” is not a number."),
        words("{why}", "{why}"),
        words("{advice}", "{advice}");
    NEGATIVE = "negative":
        words("{cell}是负数（{found}）。", "{cell} is below zero ({found})."),
        words("本表的人数、金额、比率和分值都不小于 0。", "People, money, rates and points in this form are never negative."),
        words("核对负号；冲减的金额与原支出相抵后填列。", "Check the sign; enter refunds net of the spending they reduce.");
    TOO_MANY_PLACES = "too_many_places":
        words("{cell}有 {places} 位小数。", "{cell} has {places} decimals."),
        words("本表的数最多 6 位小数；金额以万元为单位，6 位小数已经是 1 分。", "No figure of this form has more than six decimals; in 10,000 yuan the sixth is one fen."),
        words("核对小数点的位置，或四舍五入到 6 位以内。", "Check the decimal point, or round to six decimals.");
    NOT_WHOLE = "not_whole":
        words("{cell}不是整数（{found}）。", "{cell} is not a whole number ({found})."),
        words("人数按人计。", "People are counted whole."),
        words("核对小数点的位置。", "Check the decimal point.");
    ROUNDING = "rounding":
        words("{count} 处合计有尾差（四舍五入）。", "{count} totals differ by rounding."),
        words("{lines}。", "{lines}."),
        words("可不处理。", "Nothing needs to be done.");
    UNVERIFIABLE = "unverifiable":
        words("{count} 个合计没有填明细，无法核对。", "{count} totals have no parts beside them and cannot be checked."),
        words("{cells}。", "{cells}."),
        words("有明细的填上即可核对；没有的可不处理。", "Enter the parts to have them checked; otherwise nothing needs to be done.");
    REQUIRED = "required":
        words("还有 {count} 处必填项没有填。", "{count} cells that must be filled are blank."),
        words("{cells}。", "{cells}."),
        words("逐处填写；金额为零的填 0。", "Fill each of them; enter 0 for an amount of zero.");
    SUM = "sum":
        words("{left}应为 {expected}，现填 {found}，{by}。", "{left} should be {expected} but is {found}: {by}."),
        words("{right} ＝ {expected}。", "{right} = {expected}."),
        words("核对合计与各项，改正填错的一处。", "Check the total and its parts, and correct the one that is wrong.");
    EQUAL = "equal":
        words("{left} {found} 与{right_name} {expected} 不一致，{by}。", "{left} {found} differs from {right_name} {expected}: {by}."),
        words("依据：{basis}。", "Basis: {basis}."),
        words("两处应当相等：核对后改正填错的一处。", "The two should be equal: correct the one that is wrong.");
    FIXED_SUM = "fixed_sum":
        words("{left}应为 {expected}，现为 {found}，{by}。", "{left} should be {expected} but is {found}: {by}."),
        words("依据：{basis}。", "Basis: {basis}."),
        words("核对各项，使合计正好为 {expected}。", "Check the parts; they have to come to {expected}.");
    AT_LEAST = "at_least":
        words("{small_name} {bound}，大于{large_name} {found}，超出 {difference}。", "{small_name} {bound} is {difference} more than {large_name} {found}."),
        words("{small} ＝ {bound}；{large} ＝ {found}。", "{small} = {bound}; {large} = {found}."),
        words("部分不能大于整体：核对这几个数，改正填错的一处。", "A part cannot exceed the whole: check these figures and correct the one that is wrong.");
    ONE_AT_LEAST = "one_at_least":
        words("{small_name} {bound}，大于{large_name} {found}，超出 {difference}。", "{small_name} {bound} is {difference} more than {large_name} {found}."),
        words("{large} ＝ {found}。", "{large} = {found}."),
        EXPLAIN_OR_MEND;
    ABOVE_LIMIT = "above_limit":
        words("{cell}为 {found}，超过 {limit}。", "{cell} is {found}, above {limit}."),
        words("依据：{basis}。", "Basis: {basis}."),
        EXPLAIN_OR_MEND;
    BELOW_LIMIT = "below_limit":
        words("{cell}为 {found}，低于 {limit}。", "{cell} is {found}, below {limit}."),
        words("依据：{basis}。", "Basis: {basis}."),
        EXPLAIN_OR_MEND;
    RATE = "rate":
        words("{cell}应为 {expected}%，现填 {found}%。", "{cell} should be {expected} % but is {found} %."),
        words("{numerator_name} {numerator} ÷ {denominator_name} {denominator} ＝ {expected}%。", "{numerator_name} {numerator} ÷ {denominator_name} {denominator} = {expected} %."),
        words("核对比率和这两个数，改正填错的一处。", "Check the rate and the two figures, and correct the one that is wrong.");
    RATE_AS_FRACTION = "rate_as_fraction":
        words("{cell}应写作 {expected}%，现填 {found}。", "{cell} should be written {expected} %; it is {found}."),
        words("这一格按百分数读，{found} 会读成 {found}%。", "This cell is read in percent: {found} means {found} %."),
        words("改为 {expected}%。", "Change it to {expected} %.");
    ZERO_DIVISOR = "zero_divisor":
        words("{divisor}为 0，无法计算{cell}。", "{divisor} is 0, so {cell} cannot be calculated."),
        words("除数不能为 0。", "Nothing can be divided by 0."),
        words("核对{divisor}；确实为 0 的，{cell}填“——”。", "Check {divisor}; if it really is 0, enter —— for {cell}.");
    EITHER_NEITHER = "either_neither":
        words("{cell} {found} 与{should_name} {should_be} 不一致，{by}。", "{cell} {found} differs from {should_name} {should_be}: {by}."),
        words("也不等于{may_name} {may_be}。", "Nor does it equal {may_name} {may_be}."),
        words("核对{cell}和{should_name}，改正填错的一处。", "Check {cell} and {should_name}, and correct the one that is wrong.");
    EITHER_LESSER = "either_lesser":
        words("{cell} {found} 等于{may_name}，不等于{should_name} {should_be}。", "{cell} {found} equals {may_name}, not {should_name} {should_be}."),
        words("依据：{basis}。", "Basis: {basis}."),
        EXPLAIN_OR_MEND;
    OVERSPEND = "overspend":
        words("{count} 项决算数超过预算数。", "{count} lines were spent above budget."),
        words("{lines}。", "{lines}."),
        EXPLAIN_OR_MEND;
    GROWTH = "growth":
        words("{count} 项决算数比上年增长超过 {limit}%。", "{count} lines grew by more than {limit} % over last year."),
        words("{lines}。", "{lines}."),
        words("可不处理；报告中可说明原因。", "Nothing needs to be done; the report may give the reason.");
    UNBUDGETED = "unbudgeted":
        words("{count} 项有决算数而没有预算数。", "{count} lines have spending without a budget."),
        words("{lines}。", "{lines}."),
        words("年中追加的可不处理；漏填预算的，补填。", "Nothing needs to be done if it was added during the year; otherwise enter the budget.");
    CHANGE = "change":
        words("预算调整率 {percent}%，超过 {limit}%。", "The budget was changed by {percent} %, more than {limit} %."),
        words("{from_name} {from}，{to_name} {to}，{by}。", "{from_name} {from}, {to_name} {to}: {by}."),
        words("属实的，在报告或审核说明中说明调整原因；填错的，改正。", "If it is right, give the reason in the report or in a note; if not, correct it.");
    PARTS_IN_TEXT = "parts_in_text":
        words("{cell}写明的总额 {found} 与“其中”各项之和 {expected} 不一致，{by}。", "{cell}: the stated whole {found} differs from the sum of its parts {expected}: {by}."),
        words("{parts} ＝ {expected}（万元）。", "{parts} = {expected} (10,000 yuan)."),
        words("核对文字中的各项金额，改正填错的一处；“其中”只列举一部分的，填写审核说明。", "Check the amounts in the text and correct the wrong one; where only some parts are listed, answer with a note.");
    SCOPE = "scope":
        words("{wide_name} {wide} 与{narrow_name} {narrow} 不一致，{by}；其他资金的支出也凑不成这个差额。", "{wide_name} {wide} differs from {narrow_name} {narrow}: {by}, which no figure of other funds explains."),
        words("依据：{basis}。", "Basis: {basis}."),
        words("口径不同的，把基金、国资等其他资金的支出填全；填错的，改正。", "If they count different funds, fill in the spending of the other funds; if one is wrong, correct it.");
    EXECUTION_SCORE = "execution_score":
        words("{cell}应为 {expected}，现填 {found}。", "{cell} should be {expected} but is {found}."),
        words("按规则：分值 {weight} × 执行率 {rate}%，最高 {weight} 分。", "By the rules: weight {weight} × execution rate {rate} %, at most {weight}."),
        words("改正得分；执行率有误的，改正执行率。", "Correct the score, or the execution rate where that is wrong.");
    EXECUTION_FLOOR = "execution_floor":
        words("预算执行率 {rate}%，低于 {floor}%。", "The execution rate is {rate} %, below {floor} %."),
        words("执行率＝全年执行数÷全年预算数。", "Execution rate = executed ÷ adjusted budget."),
        words("属实的，在报告或审核说明中说明原因；填错的，改正。", "If it is right, give the reason in the report or in a note; if not, correct it.");
    SCORE_OUT_OF_RANGE = "score_out_of_range":
        words("{cell} {score}，不在 0 与分值 {weight} 之间。", "{cell} {score} is not between 0 and its weight {weight}."),
        words("得分最高为该项分值。", "A score is at most its weight."),
        words("改正得分；分值有误的，改正分值。", "Correct the score, or the weight where that is wrong.");
    BOUND_INDICATOR = "bound_indicator":
        words("{cell}应与{bound_to} {expected} 一致，现填“{found}”。", "{cell} should equal {bound_to} {expected} but is “{found}”."),
        words("依据：{basis}。", "Basis: {basis}."),
        words("核对后改正填错的一处。", "Correct the one that is wrong.");
    NOT_QUANTIFIED = "not_quantified":
        words("{count} 项指标值未量化。", "{count} targets are not measurable."),
        words("{cells}。", "{cells}."),
        words("能用数量、比例或时间表示的，改为可衡量的指标值；确实不能的，填写审核说明。", "State them as numbers, shares or dates where possible; otherwise answer with a note.");
    TARGET_WITHOUT_SIGN = "target_without_sign":
        words("{count} 项指标值未写比较符号。", "{count} targets have no comparison sign."),
        words("{cells}。成本指标按“≤”、其他指标按“≥”测算。", "{cells}. Costs are read as ≤, all others as ≥."),
        words("可不处理；写上“≥”“≤”“＝”更清楚。", "Nothing needs to be done; ≥, ≤ or = would be clearer.");
    MAJOR_ROW = "major_row":
        words("{cell} {weight} 分，占全部分值的 {percent}%。", "{cell}: {weight} points, {percent} % of all."),
        words("一项指标的分值超过全部的 {limit}%，评价容易失衡。", "One indicator has more than {limit} % of all points."),
        EXPLAIN_OR_MEND;
    FULL_MARKS_UNSPENT = "full_marks_unspent":
        words("资金只执行了 {rate}%，而各项指标全部满分。", "Only {rate} % was spent, yet every indicator has full marks."),
        words("资金结余较多时，任务通常也没有全部完成。", "Where much is unspent, some of the work is usually undone."),
        EXPLAIN_OR_MEND;
    ALARM_RED = "alarm_red":
        words("指标得分率 {points_share}%，明显高于预算执行率 {execution}%（红色预警）。", "Indicators score {points_share} %, far above the execution rate of {execution} % (red)."),
        words("（得分率 {points_share}% － 执行率 {execution}%）÷ 得分率，超过 {limit}%。", "(Score {points_share} % − execution {execution} %) ÷ score is above {limit} %."),
        words("核对各项得分与执行数；属实的，填写审核说明。", "Check the scores and the spending; if they are right, answer with a note.");
    ALARM_YELLOW = "alarm_yellow":
        words("预算执行率 {execution}%，未执行的超过 {limit}%（黄色预警）。", "The execution rate is {execution} %: more than {limit} % is unspent (yellow)."),
        words("指标得分率 {points_share}%。", "Indicators score {points_share} %."),
        words("核对全年执行数；属实的，填写审核说明，写明原因。", "Check the spending; if it is right, answer with a note that gives the reason.");
}

/// The record for a fact.
pub fn of(fact: &Fact) -> &'static FindingWords {
    match fact {
        Fact::Unreadable { .. } => &UNREADABLE,
        Fact::Negative { .. } => &NEGATIVE,
        Fact::TooManyPlaces { .. } => &TOO_MANY_PLACES,
        Fact::NotWhole { .. } => &NOT_WHOLE,
        Fact::Rounding { .. } => &ROUNDING,
        Fact::Unverifiable => &UNVERIFIABLE,
        Fact::Required => &REQUIRED,
        Fact::Sum { left, right, .. } => match (left.as_slice(), right.as_slice()) {
            (_, []) => &FIXED_SUM,
            ([_], [_]) => &EQUAL,
            _ => &SUM,
        },
        Fact::AtLeast { right, .. } if right.len() > 1 => &AT_LEAST,
        Fact::AtLeast { .. } => &ONE_AT_LEAST,
        Fact::Limit { at_most: true, .. } => &ABOVE_LIMIT,
        Fact::Limit { at_most: false, .. } => &BELOW_LIMIT,
        Fact::Rate { .. } => &RATE,
        Fact::RateAsFraction { .. } => &RATE_AS_FRACTION,
        Fact::ZeroDivisor { .. } => &ZERO_DIVISOR,
        Fact::Either { only_lesser: false, .. } => &EITHER_NEITHER,
        Fact::Either { only_lesser: true, .. } => &EITHER_LESSER,
        Fact::Overspend { .. } => &OVERSPEND,
        Fact::Growth { .. } => &GROWTH,
        Fact::Unbudgeted { .. } => &UNBUDGETED,
        Fact::Change { .. } => &CHANGE,
        Fact::Scope { .. } => &SCOPE,
        Fact::PartsInText { .. } => &PARTS_IN_TEXT,
        Fact::ExecutionScore { .. } => &EXECUTION_SCORE,
        Fact::ExecutionFloor { .. } => &EXECUTION_FLOOR,
        Fact::ScoreOutOfRange { .. } => &SCORE_OUT_OF_RANGE,
        Fact::BoundIndicator { .. } => &BOUND_INDICATOR,
        Fact::Indicator { problem } => scoring::of(problem),
        Fact::NotQuantified => &NOT_QUANTIFIED,
        Fact::TargetWithoutSign => &TARGET_WITHOUT_SIGN,
        Fact::MajorRow { .. } => &MAJOR_ROW,
        Fact::FullMarksUnspent { .. } => &FULL_MARKS_UNSPENT,
        Fact::Alarm { red: true, .. } => &ALARM_RED,
        Fact::Alarm { red: false, .. } => &ALARM_YELLOW,
    }
}
