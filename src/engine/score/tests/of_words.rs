//! Rows judged by level, by yes or no, and by bands.

use super::{Row, check_more, measured, number, speak};
use crate::engine::score::{Band, Direction, RowScoring};

#[test]
fn words_tell_a_level_and_its_band() {
    check_more(("提升", "达成年度指标", "10", "8", "略有不足"), "达成预期 by words → [8, 10]; not quantified");
    check_more(
        ("提升", "达成预期指标", "10", "7.9", "略有不足"),
        "达成预期 by words → [8, 10]; not quantified; differs: 7.9",
    );
    check_more(("提升", "部分达成预期指标", "10", "7.9", "人手不足"), "部分达成 by words → [6, 8); not quantified");
    check_more(
        ("提升", "部分达成预期指标", "10", "8", "人手不足"),
        "部分达成 by words → [6, 8); not quantified; differs: 8",
    );
    check_more(("提升", "部分达成预期指标", "10", "6", "人手不足"), "部分达成 by words → [6, 8); not quantified");
    check_more(("提升", "未达成预期指标", "10", "5.9", "停办"), "未达成 by words → [0, 6); not quantified");
    check_more(("提升", "提升", "10", "7", "效果一般"), "部分达成 by score; not quantified");
}

#[test]
fn yes_or_no_is_all_or_nothing() {
    let check = |row: Row<'_>, expected: &str| {
        assert_eq!(speak(&measured(row, Direction::More, &RowScoring::YesNo, true)), expected, "{row:?}");
    };
    check(("按时公开", "是", "5", "5", ""), "yes → 5");
    check(("按时公开", "按时公开", "5", "5", ""), "yes → 5");
    check(("按时公开", "否", "5", "0", "网站停用"), "no → 0");
    check(("按时公开", "否", "5", "3", "网站停用"), "no → 0; differs: 3");
    check(("按时公开", "基本公开", "5", "4", "网站停用"), "NeitherYesNorNo");
    check(("按时公开", "", "5", "", ""), "NoActual");
}

#[test]
fn bands_give_their_points() {
    let band = |from, share| Band { from: number(from), share: number(share) };
    let bands = RowScoring::Banded(vec![band("90", "100"), band("80", "80"), band("60", "60")]);
    let check = |row: Row<'_>, expected: &str| {
        assert_eq!(speak(&measured(row, Direction::More, &bands, true)), expected, "{row:?}");
    };
    check(("≥90%", "96%", "10", "10", ""), "band 90 → 10");
    check(("≥90%", "90%", "10", "10", ""), "band 90 → 10");
    check(("≥90%", "89.99%", "10", "8", "问卷偏少"), "band 80 → 8");
    check(("≥90%", "59%", "10", "0", "问卷偏少"), "band none → 0");
    check(("≥90%", "85%", "10", "10", ""), "band 80 → 8; full marks though missed");
    check(("≥95%", "92%", "10", "10", ""), "band 90 → 10");
    check(("≥90%", "85%", "10", "9", "问卷偏少"), "band 80 → 8; differs: 9");
    check(("95%", "96%", "10", "10", ""), "band 90 → 10; no sign");
    check(("≥90%", "满意", "10", "10", ""), "WordWhereNumberDue; word where number due: 满意");
    check(("≥90%", "0.96", "10", "10", ""), "UnitDiffers; unit differs: %/");
    check(("满意", "96%", "10", "10", ""), "band 90 → 10; not quantified");
    check(("≥90%", "", "10", "", ""), "NoActual");
}
