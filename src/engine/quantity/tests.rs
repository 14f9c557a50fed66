//! What each target or actual value means, row by row.

use super::*;

/// `≥ 100 场 vague`, or `none`.
#[track_caller]
fn check(text: &str, expected: &str) {
    let said = read_quantity(text).map_or_else(
        || "none".to_owned(),
        |quantity| {
            let sign = match quantity.sign {
                Some(Sign::AtLeast) => "≥ ",
                Some(Sign::MoreThan) => "> ",
                Some(Sign::AtMost) => "≤ ",
                Some(Sign::LessThan) => "< ",
                Some(Sign::Equal) => "= ",
                None => "",
            };
            let vague = if quantity.vague { " vague" } else { "" };
            format!("{sign}{} {}{vague}", quantity.value, quantity.unit)
        },
    );
    assert_eq!(said, expected, "{text:?}");
}

#[test]
fn a_quantity_has_sign_number_unit_and_vagueness() {
    let rows = [
        ("≥100场", "≥ 100 场"),
        ("≥ 100 场", "≥ 100 场"),
        ("≧100场", "≥ 100 场"),
        (">=100场", "≥ 100 场"),
        ("＞＝100场", "≥ 100 场"),
        ("＞100场", "> 100 场"),
        ("≤30万元", "≤ 30 万元"),
        ("<30万元", "< 30 万元"),
        ("=12次", "= 12 次"),
        ("12次", "12 次"),
        ("12", "12 "),
        ("３场", "3 场"),
        ("100%", "100 %"),
        ("100％", "100 %"),
        ("≥100百分比", "≥ 100 %"),
        ("百分之95", "95 %"),
        ("百分之百", "100 %"),
        ("百分之九十五", "95 %"),
        ("100%完成", "100 %"),
        ("5个百分点", "5 %"),
        ("476.74万元", "476.74 万元"),
        ("1,000,000", "1000000 "),
        ("1，000场", "1000 场"),
        ("200万点击率", "200 万点击率"),
        ("3000万", "3000 万"),
        ("12次。", "12 次"),
        ("≥95%（含）", "≥ 95 %"),
        ("1次/月", "1 次/月"),
        ("120平方米", "120 平方米"),
        // Words in place of signs.
        ("不少于5场", "≥ 5 场"),
        ("不得低于95%", "≥ 95 %"),
        ("大于等于5场", "≥ 5 场"),
        ("大于或等于5场", "≥ 5 场"),
        ("大于5场", "> 5 场"),
        ("至少5场", "≥ 5 场"),
        ("5场以上", "≥ 5 场"),
        ("5场及以上", "≥ 5 场"),
        ("95%以上", "≥ 95 %"),
        ("不超过30万元", "≤ 30 万元"),
        ("小于等于30万元", "≤ 30 万元"),
        ("低于30万元", "< 30 万元"),
        ("30万元以内", "≤ 30 万元"),
        ("30万元以下", "≤ 30 万元"),
        ("控制在30万元以内", "≤ 30 万元"),
        ("不少于5场以上", "≥ 5 场"),
        ("≥5场以下", "none"),
        ("等于5场", "= 5 场"),
        ("超过100场", "> 100 场"),
        ("≤30天", "≤ 30 天"),
        ("30日内", "≤ 30 日"),
        ("3个月内", "≤ 3 个月"),
        // Words that add nothing.
        ("完成5场", "5 场"),
        ("全年完成12次", "12 次"),
        ("达到95%", "95 %"),
        ("共计 20 家", "20 家"),
        // Vagueness.
        ("2200余条", "2200 条 vague"),
        ("800 余条次", "800 条次 vague"),
        ("20多家", "20 家 vague"),
        ("100余场", "100 场 vague"),
        ("≥100余场", "≥ 100 场 vague"),
        ("约100场", "100 场 vague"),
        ("近200万点击率", "200 万点击率 vague"),
        ("3万余人", "3 万人 vague"),
        ("3万余", "3 万 vague"),
        ("10余万元", "10 万元 vague"),
        ("100+", "100  vague"),
        ("100场左右", "100 场 vague"),
        // Numbers in characters, before a unit that counts.
        ("三次", "3 次"),
        ("十二次", "12 次"),
        ("三百零五人", "305 人"),
        ("两场", "2 场"),
        ("一般", "none"),
        ("一次性", "none"),
        ("统一", "none"),
        // Words.
        ("", "none"),
        ("无", "none"),
        ("——", "none"),
        ("全年", "none"),
        ("提升", "none"),
        ("完成", "none"),
        ("达成预期指标", "none"),
        ("严格执行相关制度规定", "none"),
        ("在项目计划完成时间内完成", "none"),
        // Dates.
        ("12月底前", "none"),
        ("12月", "none"),
        ("12月31日", "none"),
        ("2024年", "none"),
        ("2024年度", "none"),
        ("2024年12月底前", "none"),
        ("2024.12.31", "none"),
        ("2024-12-31", "none"),
        ("20241231", "none"),
        ("31日", "none"),
        ("30日前", "none"),
        ("4季度", "none"),
        ("9点", "none"),
        ("3年", "3 年"),
        // Several numbers, and numbers inside sentences.
        ("3-5次", "none"),
        ("3—5次", "none"),
        ("12次、5场", "none"),
        ("5场，10次", "none"),
        ("每月1次", "none"),
        ("提升10%", "none"),
        ("降低5%", "none"),
        ("12次未完成", "none"),
        ("-5%", "none"),
        ("1e3次", "none"),
        ("1,23次", "none"),
        ("99999999999999999999次", "none"),
    ];
    for (text, expected) in rows {
        check(text, expected);
    }
    check(&"1".repeat(10_000), "none");
}

#[test]
fn a_text_mentions_a_number_though_it_is_no_quantity() {
    for text in ["12次", "12月底前", "3-5次", "提升10%", "三次", "３场"] {
        assert!(mentions_number(text), "{text:?}");
    }
    for text in ["", "提升", "全年", "无", "效果明显", "一般"] {
        assert!(!mentions_number(text), "{text:?}");
    }
}

#[track_caller]
fn check_units(target: &str, actual: &str, expected: &str) {
    let said = match compare_units(target, actual) {
        UnitMatch::Same => "same".to_owned(),
        UnitMatch::Scaled(factor) => factor.to_string(),
        UnitMatch::Different => "different".to_owned(),
    };
    assert_eq!(said, expected, "target {target:?}, actual {actual:?}");
}

#[test]
fn units_are_the_same_or_scaled_or_different() {
    let rows = [
        ("次", "次", "same"),
        ("次", "", "same"),
        ("", "次", "same"),
        ("", "", "same"),
        ("%", "", "same"),
        ("万元", "", "same"),
        ("万元", "元", "0.0001"),
        ("元", "万元", "10000"),
        ("万元", "亿元", "10000"),
        ("千元", "万元", "10"),
        ("人次", "万人次", "10000"),
        ("万", "万元", "same"),
        ("万", "元", "0.0001"),
        ("公里", "米", "0.001"),
        ("公里", "千米", "same"),
        ("平方米", "㎡", "same"),
        ("人", "名", "same"),
        ("天", "日", "same"),
        ("%", "百分比", "same"),
        ("场", "场次", "same"),
        ("家", "家企业", "same"),
        ("次", "场", "different"),
        ("人", "人次", "different"),
        ("个", "个月", "different"),
        ("分", "分钟", "different"),
        ("次", "次/月", "different"),
        ("%", "分", "different"),
        ("%", "万", "different"),
        ("万", "", "different"),
        ("", "万", "different"),
    ];
    for (target, actual, expected) in rows {
        check_units(target, actual, expected);
    }
}

#[test]
fn no_text_makes_the_reader_panic() {
    let pieces = [
        "≥",
        "百分",
        "百",
        "十",
        "1",
        "9",
        ".",
        ",",
        " ",
        "万",
        "元",
        "余",
        "以上",
        "内",
        "年",
        "月",
        "%",
        "-",
        "控制在",
        "(含)",
    ];
    for a in pieces {
        for b in pieces {
            for c in pieces {
                for d in pieces {
                    let _ = read_quantity(&format!("{a}{b}{c}{d}")).map(|quantity| compare_units(&quantity.unit, d));
                }
            }
        }
    }
}
