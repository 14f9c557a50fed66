//! What a row gives and what is said of it, one literal row each: a row that fires a problem and one that does not.

mod of_sheets;
mod of_words;

use super::*;
use rust_decimal::Decimal;

fn number(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

/// The rules of the form as one template has them.
pub(super) fn rules() -> ScoringRules {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let level =
        |name: &str, from, texts: &[&str]| Level { name: name.to_owned(), from: number(from), words: words(texts) };
    ScoringRules {
        execution: ExecutionRule::Proportional,
        less_is_better: vec![LessRule::Linear, LessRule::Ratio],
        levels: vec![
            level("达成预期", "80", &["达成预期", "达成年度", "全部完成"]),
            level("部分达成", "60", &["部分达成"]),
            level("未达成", "0", &["未达成", "未完成"]),
        ],
        yes_words: words(&["是"]),
        no_words: words(&["否"]),
        not_applicable_words: words(&["本年不涉及"]),
        rescale: false,
        overshoot_limit: number("30"),
        empty_reason_words: words(&["无", "暂无", "无偏差"]),
        paying_less_words: words(&["资金紧张", "跨年度", "夸年度", "未支付"]),
        major_row_share: number("50"),
        alarm_red: number("5"),
        alarm_yellow: number("20"),
        full_marks_unspent: number("1"),
    }
}

/// A row in the order of the form: target, actual, weight, score, reason. Empty points are not entered.
type Row<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str);

fn measured(row: Row<'_>, direction: Direction, scoring: &RowScoring, stage_final: bool) -> RowScore {
    let (target, actual, weight, score, reason) = row;
    let points = |text: &str| (!text.is_empty()).then(|| number(text));
    let row = IndicatorRow {
        name: "指标",
        target,
        actual,
        weight: points(weight),
        score: points(score),
        reason,
        direction,
        scoring,
    };
    score_row(&row, &rules(), stage_final)
}

/// `at least met → 5`, and the problems behind a semicolon each.
fn speak(score: &RowScore) -> String {
    let mut said = match &score.how {
        How::Unfilled => "unfilled".to_owned(),
        How::NotApplicable => "not applicable".to_owned(),
        How::ExecutionRate { .. } | How::ExecutionStep { .. } => unreachable!("no indicator"),
        How::AtLeastMet { .. } => "at least met".to_owned(),
        How::AtLeastMissed { .. } => "at least missed".to_owned(),
        How::AtMostMet { .. } => "at most met".to_owned(),
        How::AtMostExceeded { .. } => "at most exceeded".to_owned(),
        How::Qualitative { level, read_from } => {
            let level = level.as_deref().unwrap_or("no level");
            format!("{level} by {}", if *read_from == LevelSource::Words { "words" } else { "score" })
        }
        How::YesNo { yes } => if *yes { "yes" } else { "no" }.to_owned(),
        How::Banded { from, .. } => format!("band {}", from.map_or("none".to_owned(), |from| from.to_string())),
        How::NotMeasurable { why } => format!("{why:?}"),
    };
    match (&score.accepted, score.suggested) {
        (Accepted::Band(band), None) => {
            let end = if band.includes_to { "]" } else { ")" };
            said += &format!(" → [{}, {}{end}", band.from.normalize(), band.to.normalize());
        }
        (Accepted::Scores(scores), Some(suggested)) => {
            assert_eq!(scores.first(), Some(&suggested), "the first accepted score is suggested");
            said += " →";
            for score in scores {
                said += &format!(" {}", score.normalize());
            }
        }
        (Accepted::Anything, None) => {}
        other => panic!("accepted and suggested do not fit: {other:?}"),
    }
    for problem in &score.problems {
        said += "; ";
        said += &match problem {
            RowProblem::ReasonMissing { .. } => "reason missing".to_owned(),
            RowProblem::ReasonEmptyInMeaning { found } => format!("reason says nothing: {found}"),
            RowProblem::FullMarksThoughMissed { .. } => "full marks though missed".to_owned(),
            RowProblem::OvershootWithoutReason { percent, .. } => format!("overshoot {}%", percent.normalize()),
            RowProblem::WordWhereNumberDue { found } => format!("word where number due: {found}"),
            RowProblem::NotQuantified => "not quantified".to_owned(),
            RowProblem::ActualCarriesSign { offer } => format!("carries sign, offer {offer}"),
            RowProblem::ScoreDiffersFromRule { entered, reason_speaks_otherwise, .. } => {
                let otherwise = if *reason_speaks_otherwise { ", reason speaks otherwise" } else { "" };
                format!("differs: {entered}{otherwise}")
            }
            RowProblem::UnitDiffers { target, actual } => format!("unit differs: {target}/{actual}"),
            RowProblem::TargetWithoutSign { .. } => "no sign".to_owned(),
        };
    }
    said
}

#[track_caller]
fn check_more(row: Row<'_>, expected: &str) {
    assert_eq!(speak(&measured(row, Direction::More, &RowScoring::ByTarget, true)), expected, "{row:?}");
}

#[track_caller]
fn check_less(row: Row<'_>, expected: &str) {
    assert_eq!(speak(&measured(row, Direction::Less, &RowScoring::ByTarget, true)), expected, "{row:?}");
}

#[track_caller]
fn check_draft(row: Row<'_>, expected: &str) {
    assert_eq!(speak(&measured(row, Direction::More, &RowScoring::ByTarget, false)), expected, "{row:?}");
}

#[test]
fn the_sample_of_a_district_says_only_what_is_true_of_it() {
    check_more(("12次", "12次", "5", "5", "\u{3000}"), "at least met → 5; no sign");
    check_more(("≥5场", "5场", "5", "5", ""), "at least met → 5");
    check_more(("≥100场", "≥100场", "5", "5", ""), "at least met → 5; carries sign, offer 100场");
    check_more(("≥4起", "4起", "5", "5", ""), "at least met → 5");
    check_more(("100%", "100%", "10", "10", ""), "at least met → 10; no sign");
    check_more(("全年", "全年", "10", "10", ""), "达成预期 by score; not quantified");
    check_more(("提升", "提升", "5", "5", ""), "达成预期 by score; not quantified");
    check_more(("95%", "96%", "10", "10", ""), "at least met → 10; no sign");
    check_less(
        ("476.74万元", "642.01万元", "20", "17", "因资金紧张部分款项夸年度支付。   "),
        "at most exceeded → 13.07 14.85; no sign; differs: 17, reason speaks otherwise",
    );
}

#[test]
fn the_sample_of_a_township_is_sound() {
    check_more(("≥50个", "50", "8", "8", ""), "at least met → 8");
    check_more(("≥100百分比", "100", "8", "8", ""), "at least met → 8");
    check_more(("严格执行相关制度规定", "达成预期指标", "8", "8", ""), "达成预期 by words → [6.4, 8]; not quantified");
    check_more(
        ("在项目计划完成时间内完成", "达成预期指标", "8", "8", ""),
        "达成预期 by words → [6.4, 8]; not quantified",
    );
    check_less(("≤90万元", "90", "8", "8", ""), "at most met → 8");
    check_less(("符合相关规定", "达成预期指标", "10", "10", ""), "达成预期 by words → [8, 10]; not quantified");
}

#[test]
fn rows_that_do_not_apply_and_blank_rows_are_silent() {
    check_more(("", "", "", "", ""), "unfilled");
    check_more(("\u{3000}", "", "", "", "\u{a0}"), "unfilled");
    check_more(("", "", "5", "", ""), "NoTarget");
    check_more(("无", "无", "", "", ""), "not applicable");
    check_more(("——", "", "5", "", ""), "not applicable");
    check_more(("/", "/", "5", "0", ""), "not applicable");
    check_more(("本年不涉及", "", "5", "", ""), "not applicable");
    check_more(("≥5场", "", "5", "", ""), "NoActual");
    check_more(("", "5场", "5", "5", ""), "NoTarget");
    check_more(("无", "5场", "5", "5", ""), "NoTarget");
    let row = |name, weight| IndicatorRow {
        name,
        target: "",
        actual: "",
        weight,
        score: None,
        reason: "",
        direction: Direction::More,
        scoring: &RowScoring::ByTarget,
    };
    assert_eq!(score_row(&row("无", None), &rules(), true).how, How::NotApplicable);
    assert_eq!(score_row(&row("中心组学习", None), &rules(), true).how, How::Unfilled);
}

#[test]
fn more_is_better_up_to_the_target() {
    check_more(("≥100场", "95场", "10", "9.5", "台风"), "at least missed → 9.5");
    check_more(("≥3场", "2场", "10", "6.67", "台风"), "at least missed → 6.67");
    check_more((">3场", "3场", "10", "10", ""), "at least met → 10");
    check_more(("=3场", "3场", "10", "10", ""), "at least met → 10");
    check_more(("≥3场", "0场", "10", "0", "台风"), "at least missed → 0");
    check_more(("不少于5场", "5", "5", "5", ""), "at least met → 5");
    check_more(("≥1,000,000", "1000000", "5", "5", ""), "at least met → 5");
    check_more(("≥３场", "3场", "5", "5", ""), "at least met → 5");
    check_more(("三次", "三次", "5", "5", ""), "at least met → 5; no sign");
    check_more(("≥5场", "5场", "", "", ""), "at least met");
}

#[test]
fn less_is_better_below_the_limit() {
    check_less(("≤90万元", "89.974万元", "8", "8", ""), "at most met → 8");
    check_less(("≤100万元", "110万元", "10", "9", "涨价"), "at most exceeded → 9 9.09");
    check_less(("≤100万元", "110万元", "10", "9.09", "涨价"), "at most exceeded → 9 9.09");
    check_less(("≤100万元", "250万元", "10", "0", "涨价"), "at most exceeded → 0 4");
    check_less(("90万元", "90万元", "8", "8", ""), "at most met → 8; no sign");
    // The sign decides against the row's kind.
    check_more(("≤30天", "20天", "5", "5", ""), "at most met → 5");
    check_less(("≥5场", "6场", "5", "5", ""), "at least met → 5");
    // A zero without a sign is a limit; none of it may be said with 无.
    check_more(("0起", "0起", "5", "5", ""), "at most met → 5; no sign");
    check_more(("0起", "无", "5", "5", ""), "at most met → 5; no sign");
    check_more(("≤0起", "2起", "5", "0", "两起事故"), "at most exceeded → 0 0");
}

#[test]
fn units_are_converted_before_they_are_compared() {
    check_less(("≤90万元", "899740元", "8", "8", ""), "at most met → 8");
    check_less(("≤90万元", "990000元", "10", "9", "涨价"), "at most exceeded → 9 9.09");
    check_more(("≥2万人次", "21000人次", "5", "5", ""), "at least met → 5");
    check_more(("≥5场", "5次", "5", "5", ""), "UnitDiffers; unit differs: 场/次");
    check_more(("≥5场", "5场次", "5", "5", ""), "at least met → 5");
    check_more(("≥5", "5次", "5", "5", ""), "at least met → 5");
    // Without a unit the meaning must still be certain.
    check_more(("≥95%", "0.96", "5", "5", ""), "UnitDiffers; unit differs: %/");
    check_more(("≥95%", "1", "5", "5", ""), "UnitDiffers; unit differs: %/");
    check_more(("≥95%", "96", "5", "5", ""), "at least met → 5");
    check_less(("≤5%", "1", "5", "5", ""), "at most met → 5");
    check_less(("≤476.74万元", "6420100", "5", "5", ""), "UnitDiffers; unit differs: 万元/");
    check_less(("≤476.74万元", "476.74", "5", "5", ""), "at most met → 5");
}

#[test]
fn full_marks_for_a_missed_target_are_an_error() {
    check_more(("≥100场", "95场", "10", "10", ""), "at least missed → 9.5; full marks though missed");
    check_more(("≥100场", "95场", "10", "10", "台风"), "at least missed → 9.5; full marks though missed");
    check_less(("≤100万元", "110万元", "10", "10", ""), "at most exceeded → 9 9.09; full marks though missed");
    check_more(("≥100场", "100场", "10", "10", ""), "at least met → 10");
    // The rule itself rounds to full marks.
    check_more(("≥100%", "99.99%", "10", "10", ""), "at least missed → 10");
    // Without a score nothing is said about it.
    check_more(("≥100场", "95场", "10", "", ""), "at least missed → 9.5");
    check_more(
        ("提升", "未达成预期指标", "5", "5", ""),
        "未达成 by words → [0, 3); not quantified; full marks though missed",
    );
    check_more(("是", "否", "5", "5", ""), "no → 0; full marks though missed");
}

#[test]
fn less_than_full_marks_needs_a_reason() {
    check_more(("≥100场", "95场", "10", "9.5", ""), "at least missed → 9.5; reason missing");
    check_draft(("≥100场", "95场", "10", "9.5", ""), "at least missed → 9.5");
    check_more(("≥100场", "95场", "10", "9.5", "台风取消五场"), "at least missed → 9.5");
    check_more(("≥100场", "95场", "10", "9.5", "无"), "at least missed → 9.5; reason says nothing: 无");
    check_draft(("≥100场", "95场", "10", "9.5", "暂无。"), "at least missed → 9.5; reason says nothing: 暂无。");
    check_more(("≥100场", "95场", "10", "9.5", "/"), "at least missed → 9.5; reason says nothing: /");
    check_more(("≥100场", "95场", "10", "9.5", "……"), "at least missed → 9.5; reason says nothing: ……");
    check_more(("≥100场", "100场", "10", "10", "无"), "at least met → 10");
    // A cut without a cause is one matter, not two.
    check_more(("≥100场", "100场", "10", "8", ""), "at least met → 10; reason missing");
    check_more(("≥100场", "100场", "10", "8", "质量不高"), "at least met → 10; differs: 8");
    // A wrong score and a missing reason are two.
    check_more(("≥100场", "95场", "10", "7", ""), "at least missed → 9.5; reason missing; differs: 7");
    check_more(("提升", "提升", "5", "4", ""), "达成预期 by score; not quantified; reason missing");
}

#[test]
fn a_score_agrees_at_the_decimals_that_were_entered() {
    check_less(("≤476.74万元", "642.01万元", "20", "13.07", "增人"), "at most exceeded → 13.07 14.85");
    check_less(("≤476.74万元", "642.01万元", "20", "14.85", "增人"), "at most exceeded → 13.07 14.85");
    check_less(("≤476.74万元", "642.01万元", "20", "13.1", "增人"), "at most exceeded → 13.07 14.85");
    check_less(("≤476.74万元", "642.01万元", "20", "13", "增人"), "at most exceeded → 13.07 14.85");
    check_less(("≤476.74万元", "642.01万元", "20", "13.0667", "增人"), "at most exceeded → 13.07 14.85");
    check_less(("≤476.74万元", "642.01万元", "20", "13.0700", "增人"), "at most exceeded → 13.07 14.85");
    check_less(("≤476.74万元", "642.01万元", "20", "13.2", "增人"), "at most exceeded → 13.07 14.85; differs: 13.2");
    check_less(("≤476.74万元", "642.01万元", "20", "17", "增人"), "at most exceeded → 13.07 14.85; differs: 17");
    // Paying less explains no overspending, but says nothing wrong where the score is right.
    check_less(("≤476.74万元", "642.01万元", "20", "13.07", "资金紧张"), "at most exceeded → 13.07 14.85");
    check_more(("≥100场", "95场", "10", "9", "资金紧张"), "at least missed → 9.5; differs: 9");
    // Points outside of the row's weight are another relation's matter.
    check_more(("≥100场", "95场", "10", "12", ""), "at least missed → 9.5");
    check_more(("≥100场", "95场", "10", "-1", ""), "at least missed → 9.5");
}

#[test]
fn passing_the_target_by_far_needs_a_reason() {
    check_more(("≥100场", "131场", "10", "10", ""), "at least met → 10; overshoot 31%");
    check_more(("≥100场", "130场", "10", "10", ""), "at least met → 10");
    check_draft(("≥100场", "131场", "10", "10", ""), "at least met → 10");
    check_more(("≥100场", "131场", "10", "10", "新增专项任务"), "at least met → 10");
    check_more(("≥100场", "131场", "10", "10", "无"), "at least met → 10; overshoot 31%");
    check_less(("≤100万元", "20万元", "10", "10", ""), "at most met → 10");
    check_more(("≥0场", "20场", "10", "10", ""), "at least met → 10");
    check_more(("≥100场", "131场", "10", "8", ""), "at least met → 10; reason missing");
}

#[test]
fn a_word_where_a_number_is_due_is_an_error() {
    check_less(("≤30万元", "完成", "5", "5", ""), "WordWhereNumberDue; word where number due: 完成");
    check_more(("≥4起", "无", "5", "5", ""), "WordWhereNumberDue; word where number due: 无");
    check_less(("≤30万元", "30", "5", "5", ""), "at most met → 5");
    check_more(("≥5场", "开展了5场宣讲，反响热烈", "5", "5", ""), "ActualNotOneNumber");
    check_more(("12月底前", "已完成", "5", "5", ""), "TargetNotOneNumber");
    check_more(("12月底前", "12月底前", "5", "5", ""), "达成预期 by score");
}

#[test]
fn targets_without_a_number_are_collected() {
    check_more(("提升", "有所提升", "5", "5", ""), "达成预期 by score; not quantified");
    check_more(("提升", "", "5", "", ""), "NoActual; not quantified");
    check_more(("12次", "12次", "5", "5", ""), "at least met → 5; no sign");
    check_more(("12月底前", "", "5", "", ""), "NoActual");
    check_more(("是", "是", "5", "5", ""), "yes → 5");
}

#[test]
fn an_actual_value_has_no_sign() {
    check_more(("≥1000场", "≥1,000场", "5", "5", ""), "at least met → 5; carries sign, offer 1000场");
    check_more(("≥100场", "100场以上", "5", "5", ""), "at least met → 5; carries sign, offer 100场");
    check_less(("≤90万元", "≤90万元", "5", "5", ""), "at most met → 5; carries sign, offer 90万元");
    check_more(("=100%", "=100%", "5", "5", ""), "at least met → 5");
    check_more(("≥100场", "100场", "5", "5", ""), "at least met → 5");
    check_more(("≥100场", "≥90场", "5", "5", ""), "Inexact; carries sign, offer 90场");
}

#[test]
fn a_rough_value_is_judged_only_where_it_is_certain() {
    check_more(("≥100场", "100余场", "5", "5", ""), "at least met → 5");
    check_more(("≥2000条", "2200余条", "5", "5", ""), "at least met → 5");
    check_more(("≥20家", "20多家", "5", "5", ""), "at least met → 5");
    check_more(("≥100场", "90余场", "5", "5", ""), "Inexact");
    check_less(("≤100万元", "80余万元", "5", "5", ""), "at most met → 5");
    check_less(("≤100万元", "110余万元", "5", "5", ""), "Inexact");
}

#[test]
fn extreme_figures_are_refused_and_nothing_panics() {
    check_more(("≥999999999999999场", "999999999999999场", "5", "5", ""), "at least met → 5");
    let extremes = [Decimal::MAX, Decimal::MIN, Decimal::ZERO, number("0.0000000000000000000000000001")];
    for weight in extremes {
        for score in extremes {
            for (target, actual) in
                [("≥999999999999999亿", "0.000000000001亿"), ("≤1", "999999999999999"), ("提升", "未达成")]
            {
                let row = IndicatorRow {
                    name: "",
                    target,
                    actual,
                    weight: Some(weight),
                    score: Some(score),
                    reason: "",
                    direction: Direction::More,
                    scoring: &RowScoring::ByTarget,
                };
                score_row(&row, &rules(), true);
            }
        }
    }
}
