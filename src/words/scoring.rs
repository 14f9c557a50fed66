//! Sentences about scores: problems of an indicator row, how a score is measured.

use rust_decimal::Decimal;

use crate::engine::score::{How, LessRule, LevelSource, NotMeasurable, RowProblem, ScoreBand};
use crate::words::explain::{self, short};
use crate::words::findings::FindingWords;
use crate::words::{Language, Words, record_name, words};

const REASON_MISSING: FindingWords = FindingWords {
    id: record_name("reason_missing"),
    what: words(
        "{cell}没有填：该项得分 {entered}，低于分值 {weight}。",
        "{cell} is blank: the score {entered} is below its weight {weight}.",
    ),
    evidence: words("扣分的指标要写明原因。", "An indicator with points taken off needs a reason."),
    todo: words("写明偏差原因和改进措施，或核对得分。", "Give the reason and what will be done, or check the score."),
};
const REASON_EMPTY: FindingWords = FindingWords {
    id: record_name("reason_empty_in_meaning"),
    what: words("{cell}填的“{found}”没有说明原因。", "{cell}: “{found}” gives no reason."),
    evidence: words(
        "该项得分低于分值，或完成值明显高于指标值。",
        "Points were taken off, or the target was far exceeded.",
    ),
    todo: words("写明原因和改进措施。", "Give the reason and what will be done."),
};
const FULL_MARKS_THOUGH_MISSED: FindingWords = FindingWords {
    id: record_name("full_marks_though_missed"),
    what: words("{cell}为满分，但没有达到指标值。", "{cell} has full marks though the target was missed."),
    evidence: words("按规则测算为 {suggested}。", "By the rules it is {suggested}."),
    todo: words("改正得分，或核对指标值和完成值。", "Correct the score, or check target and actual value."),
};
const OVERSHOOT: FindingWords = FindingWords {
    id: record_name("overshoot_without_reason"),
    what: words(
        "完成值 {actual} 比指标值 {target} 高出 {percent}%，{cell}没有说明。",
        "The actual value {actual} exceeds the target {target} by {percent} %; {cell} says nothing.",
    ),
    evidence: words(
        "明显高出指标值的，可能是指标值定得过低。",
        "Where a target is far exceeded it may have been set too low.",
    ),
    todo: words("写明超出的原因；填错的，改正。", "Give the reason; if it is wrong, correct it."),
};
const WORD_WHERE_NUMBER_DUE: FindingWords = FindingWords {
    id: record_name("word_where_number_due"),
    what: words("{cell}应填数值，现填“{found}”。", "{cell} should be a number but is “{found}”."),
    evidence: words(
        "该项指标值是数值，完成值要能与它比较。",
        "The target is a number; the actual value must compare with it.",
    ),
    todo: words("填实际完成的数值和单位。", "Enter the number achieved with its unit."),
};
const NOT_QUANTIFIED: FindingWords = FindingWords {
    id: record_name("not_quantified_row"),
    what: words("{cell}未量化。", "{cell} is not measurable."),
    evidence: words("绩效目标应当可衡量。", "Targets should be measurable."),
    todo: words("改为可衡量的指标值。", "State it as a number, a share or a date."),
};
const ACTUAL_CARRIES_SIGN: FindingWords = FindingWords {
    id: record_name("actual_carries_sign"),
    what: words(
        "{cell}带有比较符号，应填实际数，如“{offer}”。",
        "{cell} carries a comparison sign; it should be the real number, such as “{offer}”.",
    ),
    evidence: words(
        "“≥”“≤”用于指标值；完成值是实际发生的数。",
        "≥ and ≤ belong to targets; the actual value is what happened.",
    ),
    todo: words(
        "改为实际数；只知道大概的，填写审核说明。",
        "Enter the real number; if only a rough one is known, answer with a note.",
    ),
};
const SCORE_DIFFERS: FindingWords = FindingWords {
    id: record_name("score_differs_from_rule"),
    what: words(
        "{cell} {entered} 与按规则测算的 {expected} 不一致。",
        "{cell} {entered} differs from {expected} by the rules.",
    ),
    evidence: words("{why}", "{why}"),
    todo: words("改正得分，或填写审核说明。", "Correct the score, or answer with a note."),
};
const UNIT_DIFFERS: FindingWords = FindingWords {
    id: record_name("unit_differs"),
    what: words(
        "{cell}的单位（{actual}）与指标值的单位（{target}）不一致。",
        "The unit of {cell} ({actual}) differs from that of its target ({target}).",
    ),
    evidence: words("单位不同，无法比较是否完成。", "With different units they cannot be compared."),
    todo: words("统一单位；确实同义的，填写审核说明。", "Use one unit; if both mean the same, answer with a note."),
};
const TARGET_WITHOUT_SIGN: FindingWords = FindingWords {
    id: record_name("target_without_sign_row"),
    what: words("{cell}未写比较符号。", "{cell} has no comparison sign."),
    evidence: words("成本指标按“≤”、其他指标按“≥”测算。", "Costs are read as ≤, all others as ≥."),
    todo: words("可不处理。", "Nothing needs to be done."),
};

/// The records of indicator rows, in the order of the template's rules.
pub const CATALOGUE: &[FindingWords] = &[
    REASON_MISSING,
    FULL_MARKS_THOUGH_MISSED,
    OVERSHOOT,
    WORD_WHERE_NUMBER_DUE,
    ACTUAL_CARRIES_SIGN,
    REASON_EMPTY,
    SCORE_DIFFERS,
    UNIT_DIFFERS,
];

const OR: Words = words(" 或 ", " or ");
const FROM_TO: Words = words("{from}～{to}", "{from}–{to}");
const SPEAKS_OTHERWISE: Words = words(
    "偏差原因说的是少付或晚付，而完成值高于指标值，两者方向相反。",
    " The reason speaks of paying less or later, yet the limit was exceeded: they point in opposite directions.",
);
const LINEAR: Words = words("分值×（1－超出比例）＝{score}", "weight × (1 − share exceeded) = {score}");
const RATIO: Words = words("分值×指标值÷完成值＝{score}", "weight × target ÷ actual = {score}");
const BECAUSE: Words = words("{formula}。", "{formula}.");

/// The record for a problem of a row.
pub fn of(problem: &RowProblem) -> &'static FindingWords {
    match problem {
        RowProblem::ReasonMissing { .. } => &REASON_MISSING,
        RowProblem::ReasonEmptyInMeaning { .. } => &REASON_EMPTY,
        RowProblem::FullMarksThoughMissed { .. } => &FULL_MARKS_THOUGH_MISSED,
        RowProblem::OvershootWithoutReason { .. } => &OVERSHOOT,
        RowProblem::WordWhereNumberDue { .. } => &WORD_WHERE_NUMBER_DUE,
        RowProblem::NotQuantified => &NOT_QUANTIFIED,
        RowProblem::ActualCarriesSign { .. } => &ACTUAL_CARRIES_SIGN,
        RowProblem::ScoreDiffersFromRule { .. } => &SCORE_DIFFERS,
        RowProblem::UnitDiffers { .. } => &UNIT_DIFFERS,
        RowProblem::TargetWithoutSign { .. } => &TARGET_WITHOUT_SIGN,
    }
}

/// The slots of a problem.
pub fn arguments(problem: &RowProblem, language: Language) -> Vec<(&'static str, String)> {
    match problem {
        RowProblem::ReasonMissing { entered, weight } => vec![("entered", short(*entered)), ("weight", short(*weight))],
        RowProblem::ReasonEmptyInMeaning { found } | RowProblem::WordWhereNumberDue { found } => {
            vec![("found", explain::quoted(found))]
        }
        RowProblem::FullMarksThoughMissed { suggested } => {
            vec![("suggested", suggested.map_or_else(|| BELOW_FULL.in_language(language).to_owned(), short))]
        }
        RowProblem::OvershootWithoutReason { target, actual, percent } => {
            vec![("target", short(*target)), ("actual", short(*actual)), ("percent", explain::percent(*percent))]
        }
        RowProblem::ActualCarriesSign { offer } => vec![("offer", offer.clone())],
        RowProblem::ScoreDiffersFromRule { entered, weight, how, suggested, others, band, reason_speaks_otherwise } => {
            let mut scores: Vec<String> = suggested.iter().chain(others).copied().map(short).collect();
            scores.extend(band.map(|band| range(band, language)));
            let mut why = BECAUSE.say(language, &[("formula", formula(how, Some(*weight), language))]);
            if *reason_speaks_otherwise {
                why.push_str(SPEAKS_OTHERWISE.in_language(language));
            }
            vec![("entered", short(*entered)), ("expected", scores.join(OR.in_language(language))), ("why", why)]
        }
        RowProblem::UnitDiffers { target, actual } => {
            let named = |unit: &String| match unit.is_empty() {
                true => NO_UNIT.in_language(language).to_owned(),
                false => unit.clone(),
            };
            vec![("target", named(target)), ("actual", named(actual))]
        }
        RowProblem::NotQuantified | RowProblem::TargetWithoutSign { .. } => vec![],
    }
}

const NO_UNIT: Words = words("未写", "none");
const BELOW_FULL: Words = words("低于满分", "below full marks");

fn range(band: ScoreBand, language: Language) -> String {
    FROM_TO.say(language, &[("from", short(band.from)), ("to", short(band.to))])
}

/// How a score was measured, as a formula in words with the real figures; empty for a row with nothing in it.
pub fn formula(how: &How, weight: Option<Decimal>, language: Language) -> String {
    let weight = weight.map(short).unwrap_or_default();
    let said = |text: Words, arguments: &[(&str, String)]| {
        let mut all = vec![("weight", weight.clone())];
        all.extend_from_slice(arguments);
        text.say(language, &all)
    };
    let compared = |target: &Decimal, actual: &Decimal, unit: &str| {
        vec![("target", format!("{}{unit}", short(*target))), ("actual", format!("{}{unit}", short(*actual)))]
    };
    match how {
        How::Unfilled => String::new(),
        How::NotApplicable => said(words("不适用，不计分", "does not apply; not scored"), &[]),
        How::ExecutionRate { executed, adjusted } => said(
            words(
                "{weight}×{executed}÷{adjusted}，最高 {weight}",
                "{weight} × {executed} ÷ {adjusted}, at most {weight}",
            ),
            &[("executed", short(*executed)), ("adjusted", short(*adjusted))],
        ),
        How::ExecutionStep { rate, from, share } => said(
            words(
                "执行率 {rate}%，达到 {from}%，得分值的 {share}%",
                "rate {rate} %, from {from} %: {share} % of the weight",
            ),
            &[("rate", explain::percent(*rate)), ("from", short(from.unwrap_or_default())), ("share", short(*share))],
        ),
        How::AtLeastMet { target, actual, unit } => said(
            words("{actual} 达到 {target}，得满分 {weight}", "{actual} reaches {target}: full marks {weight}"),
            &compared(target, actual, unit),
        ),
        How::AtLeastMissed { target, actual, unit } => said(
            words(
                "{actual} 未达到 {target}：{weight}×{actual}÷{target}",
                "{actual} misses {target}: {weight} × {actual} ÷ {target}",
            ),
            &compared(target, actual, unit),
        ),
        How::AtMostMet { target, actual, unit } => said(
            words("{actual} 未超过 {target}，得满分 {weight}", "{actual} keeps within {target}: full marks {weight}"),
            &compared(target, actual, unit),
        ),
        How::AtMostExceeded { target, actual, unit, by } => {
            let mut arguments = compared(target, actual, unit);
            let formulas = by.iter().map(|score| {
                let text = match score.rule {
                    LessRule::Linear => LINEAR,
                    LessRule::Ratio => RATIO,
                };
                text.say(language, &[("score", short(score.score))])
            });
            arguments.push(("formulas", formulas.collect::<Vec<_>>().join(OR.in_language(language))));
            said(words("{actual} 超过 {target}：{formulas}", "{actual} exceeds {target}: {formulas}"), &arguments)
        }
        How::Qualitative { level: Some(level), read_from } => {
            let text = match read_from {
                LevelSource::Words => words("定性指标，完成值说明“{level}”", "judged in words: “{level}”"),
                LevelSource::Score => words("定性指标，按得分为“{level}”", "judged in words; by its score “{level}”"),
            };
            said(text, &[("level", level.clone())])
        }
        How::Qualitative { level: None, .. } => said(words("定性指标，由单位评定", "judged in words by the unit"), &[]),
        How::YesNo { yes: true } => said(words("已达成，得满分 {weight}", "met: full marks {weight}"), &[]),
        How::YesNo { yes: false } => said(words("未达成，得 0 分", "not met: no points"), &[]),
        How::Banded { actual, share, .. } => said(
            words("{actual} 所在档次得分值的 {share}%", "the band of {actual} gives {share} % of the weight"),
            &[("actual", short(*actual)), ("share", short(*share))],
        ),
        How::NotMeasurable { why } => said(not_measurable(*why), &[]),
    }
}

fn not_measurable(why: NotMeasurable) -> Words {
    match why {
        NotMeasurable::NoTarget => words("未填指标值，无法测算", "no target yet"),
        NotMeasurable::NoActual => words("未填完成值，无法测算", "no actual value yet"),
        NotMeasurable::TargetNotOneNumber => {
            words("指标值不是单一数值，由单位评定", "the target is not one number; judged by the unit")
        }
        NotMeasurable::ActualNotOneNumber => {
            words("完成值不是单一数值，由单位评定", "the actual value is not one number; judged by the unit")
        }
        NotMeasurable::WordWhereNumberDue => words("完成值不是数值，无法测算", "the actual value is no number"),
        NotMeasurable::UnitDiffers => words("单位不一致，无法测算", "the units differ"),
        NotMeasurable::Inexact => {
            words("完成值是约数，无法判断是否达到", "the actual value is rough and may lie on either side")
        }
        NotMeasurable::NeitherYesNorNo => words("完成值未说明是或否", "the actual value says neither yes nor no"),
        NotMeasurable::NoBudget => words("全年预算数为 0，无法计算执行率", "the budget is 0; no rate"),
        NotMeasurable::TooLarge => words("数字过大，无法测算", "the figures are too large"),
    }
}
