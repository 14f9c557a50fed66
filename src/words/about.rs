//! 本格说明: what a cell holds, how its figure is read, how it is tied, how its points are measured.

use crate::engine::amount::Measure;
use crate::engine::quantity::Sign;
use crate::engine::score::{Band, How, NotMeasurable};
use crate::engine::template::spec::{ColumnKind, ScoringSpec};
use crate::words::explain::short;
pub use crate::words::page::{GRADE, MEASURED, TOTAL as TOTAL_ENTERED};
use crate::words::{Language, Words, words};
use rust_decimal::Decimal;

pub const HOLDS: Words = words("本格填", "This cell takes");
pub const NOW: Words = words("现填", "Entered");
pub const HELP: Words = words("填报说明", "How to fill it");
pub const EXAMPLE: Words = words("例：{example}", "Example: {example}");
pub const REQUIRED: Words = words("必填", "required");
pub const PRINTED: Words = words("表样印定，不填", "printed by the form, nothing to enter");

pub const BLANK: Words = words("未填", "blank");
/// A figure that the form takes as none.
pub const NOT_APPLICABLE: Words = words("{text}（不适用，合计中按 0 计）", "{text} (does not apply; 0 in sums)");
pub const READ_AS: Words = words("{text} → {value}", "{text} → {value}");
pub const UNREADABLE: Words = words("{text}（{why}）", "{text} ({why})");
pub const CHARACTERS: Words = words("{count} 字", "{count} characters");
pub const GIVES: Words = words("按算式应为 {value}", "The formula gives {value}");
pub const FROM_PARTS: Words =
    words("未填；按其中项合计 {value} 核对", "blank; checked as {value}, the sum of its parts");

pub const FORMULA: Words = words("算式", "Calculation");
pub const NO_FORMULA: Words = words("本格直接填，不由其他格算出。", "This cell is entered; no other cells give it.");
pub const NO_TIES: Words = words("没有审核关系涉及本格。", "No relation looks at this cell.");
pub const TIES: Words = words("相关审核关系（{count} 条）", "Relations of this cell ({count})");
pub const MORE_TIES: Words = words("另有 {count} 条", "{count} more");
pub const MORE_CELLS: Words = words("另有 {count} 格", "{count} more cells");
pub const EACH_FORMULA: Words = words("逐条算式", "Each of them, calculated");
pub const MAP_OF: Words = words("{cell}的勾稽关系图", "Map of the relations of {cell}");
pub const HERE: Words = words("本格", "this cell");

pub const MISSING: Words = words("还缺：", "Missing: ");
pub const BLANKS_AS_ZERO: Words = words("空白项按零计。", "Blanks count as zero.");
pub const SO_FAR: Words = words("已填部分合计", "Sum of what is filled");
pub const AT_MOST_OF: Words = words("不应大于", "At most");
pub const CHANGED_BY: Words = words("增减", "Change");
pub const CHANGE: Words = words("增减率", "In percent");
pub const CHANGE_LIMIT: Words = words("超过的须说明", "To be explained above");
pub const AGAINST_LAST_YEAR: Words = words("与上年相比", "Against last year");

pub const AGREES: Words = words("相符", "agrees");
pub const ROUNDING: Words = words("尾差内相符", "agrees but for rounding");
pub const OFFERED: Words = words("可计算", "can be calculated");
pub const VIOLATED: Words = words("不符", "differs");
pub const TO_VERIFY: Words = words("待核实", "to verify");
pub const TO_NOTE: Words = words("提示", "note");
pub const UNVERIFIABLE: Words = words("无法核对", "cannot be checked");
pub const OPEN: Words = words("未填全", "incomplete");

pub const SCORE: Words = words("得分算式", "How it is scored");
pub const WEIGHT: Words = words("分值", "Points");
pub const SCORE_ENTERED: Words = words("现填得分", "Score entered");
pub const DIFFERENCE: Words = words("相差", "Difference");
pub const FULL_POINTS: Words = words("满分条件", "Full points need");
pub const GRADES: Words = words("{name} {from} 分起", "{name} from {from}");
pub const COMMA: Words = words("，", ", ");

/// Signs that stand alone, in every language.
pub const MINUS: &str = "－";
pub const PLUS: &str = "＋";

/// What a cell of a kind takes.
pub fn kind(kind: ColumnKind) -> Words {
    match kind {
        ColumnKind::Money => words("金额，单位万元", "an amount in 10,000 yuan"),
        ColumnKind::Count => words("人数，整数", "a whole number of people"),
        ColumnKind::Percent => words("比率，单位 %", "a rate in percent"),
        ColumnKind::Points => words("分数", "points"),
        ColumnKind::Area => words("面积，单位㎡", "an area in ㎡"),
        ColumnKind::Text => words("一行文字", "one line of words"),
        ColumnKind::LongText => words("文字，可分段", "words, several lines"),
        ColumnKind::Name => words("名称", "a name"),
        ColumnKind::Quantity => words(
            "数值带单位和比较符号，如 ≥100场；定性的写文字",
            "a number with sign and unit, such as ≥100场, or words",
        ),
    }
}

/// Behind a figure.
pub fn unit(measure: Measure) -> Words {
    match measure {
        Measure::Money => words("万元", "× 10,000 yuan"),
        Measure::Count => words("人", "people"),
        Measure::Percent => words("%", "%"),
        Measure::Points => words("分", "points"),
        Measure::Area => words("㎡", "㎡"),
    }
}

/// The comparison of a target, in words.
pub fn comparison(sign: Sign) -> Words {
    match sign {
        Sign::AtLeast => words("不小于", "at least"),
        Sign::MoreThan => words("大于", "more than"),
        Sign::AtMost => words("不大于", "at most"),
        Sign::LessThan => words("小于", "less than"),
        Sign::Equal => words("等于", "just"),
    }
}

/// What full points would need; none where nothing can be said.
pub fn full_points(
    how: &How,
    scoring: &ScoringSpec,
    spent_left: Option<Decimal>,
    language: Language,
) -> Option<String> {
    let quantity = |value: &Decimal, unit: &str| [short(*value).as_str(), unit].concat();
    let at_least = words("实际完成值达到 {value}", "an actual value of {value} or more");
    let at_most = words("实际完成值不超过 {value}", "an actual value of at most {value}");
    let met = |text: Words, value: String| Some(text.say(language, &[("value", value)]));
    let say = |text: Words| Some(text.in_language(language).to_owned());
    match how {
        How::AtLeastMet { target, unit, .. } | How::AtLeastMissed { target, unit, .. } => {
            met(at_least, quantity(target, unit))
        }
        How::AtMostMet { target, unit, .. } | How::AtMostExceeded { target, unit, .. } => {
            met(at_most, quantity(target, unit))
        }
        How::ExecutionRate { adjusted, .. } => match spent_left.filter(|left| *left > Decimal::ZERO) {
            Some(left) => Some(
                words(
                    "全年执行数达到全年预算数 {budget}，还差 {left}",
                    "spending of the whole budget, {budget}; {left} are left",
                )
                .say(language, &[("budget", short(*adjusted)), ("left", short(left))]),
            ),
            None => met(
                words("全年执行数达到全年预算数 {value}", "spending of the whole budget, {value}"),
                short(*adjusted),
            ),
        },
        How::ExecutionStep { .. } => {
            let crate::engine::score::ExecutionRule::Steps(steps) = &scoring.rules.execution else { return None };
            met(words("执行率达到 {value}%", "a rate of {value} %"), short(highest(steps)?))
        }
        How::Qualitative { .. } => {
            let best = scoring.rules.levels.iter().max_by_key(|level| level.from)?;
            met(words("完成情况为“{value}”", "the level “{value}”"), best.name.clone())
        }
        How::YesNo { .. } => say(words("已达成", "that it was met")),
        How::NotMeasurable { why: NotMeasurable::NoActual } => {
            say(words("先填实际完成值", "the actual value, to begin with"))
        }
        How::NotMeasurable { why: NotMeasurable::NoTarget } => {
            say(words("先填年度指标值", "the target, to begin with"))
        }
        How::Banded { .. } | How::NotMeasurable { .. } | How::Unfilled | How::NotApplicable => None,
    }
}

fn highest(bands: &[Band]) -> Option<Decimal> {
    bands.iter().max_by_key(|band| band.share).map(|band| band.from)
}
