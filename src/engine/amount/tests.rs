//! What stays between the readers themselves. What each written form means is data: `tests/numbers.toml`.

use super::Measure::{Area, Count, Money, Percent, Points};
use super::*;
use rust_decimal::Decimal;

#[test]
fn a_very_long_text_is_refused_and_only_its_beginning_is_quoted() {
    let found = "999999999999…".to_owned();
    let refused = Entry::Unreadable(Unreadable::NotANumber { found });
    assert_eq!(read_amount(&"9".repeat(100_000), Money), refused);
    assert_eq!(read_amount(&format!("12{}", " ".repeat(100_000)), Money), read_amount("12", Money));
}

#[test]
fn nothing_applies_only_where_that_is_said() {
    for (text, expected) in [("——", true), ("/", true), ("无", true), ("", false), ("0", false), ("暂无", false)]
    {
        assert_eq!(says_not_applicable(text), expected, "{text:?}");
    }
}

#[track_caller]
fn check_half_place(text: &str, measure: Measure, expected: &str) {
    let Entry::Number(amount) = read_amount(text, measure) else { panic!("{text:?} is a number") };
    assert_eq!(amount.half_place(measure).to_string(), expected, "{text:?} as {measure:?}");
}

#[test]
fn rounding_is_half_of_a_hundredth_or_of_a_finer_place() {
    check_half_place("16", Money, "0.005");
    check_half_place("16.0", Money, "0.005");
    check_half_place("16.00", Money, "0.005");
    check_half_place("16.000", Money, "0.0005");
    check_half_place("89.974000", Money, "0.0000005");
    check_half_place("-16", Money, "0.005");
    check_half_place("310300元", Money, "0.00005");
    check_half_place("1.2亿", Money, "0.005");
    check_half_place("95.1%", Percent, "0.005");
    check_half_place("0.00", Money, "0");
    check_half_place("14", Count, "0");
    check_half_place("9.5", Points, "0");
    check_half_place("120.5", Area, "0");
}

#[test]
fn products_of_two_of_the_largest_amounts_fit() {
    let Entry::Number(largest) = read_amount("99999999999.999999", Money) else { panic!("within the limits") };
    assert!(largest.value.checked_mul(largest.value).is_some());
}

#[test]
fn numbers_are_written_with_fixed_places() {
    let check = |value: &str, places, plain: &str, grouped: &str| {
        let value: Decimal = value.parse().expect("a decimal");
        assert_eq!(format_plain(value, places), plain);
        assert_eq!(format_grouped(value, places), grouped);
    };
    check("1234.5", 2, "1234.50", "1,234.50");
    check("0.005", 2, "0.01", "0.01");
    check("-0.005", 2, "-0.01", "-0.01");
    check("-0.004", 2, "0.00", "0.00");
    check("999.995", 2, "1000.00", "1,000.00");
    check("123", 0, "123", "123");
    check("-123", 0, "-123", "-123");
    check("-1234567", 1, "-1234567.0", "-1,234,567.0");
    check("1234567.891", 3, "1234567.891", "1,234,567.891");
    assert_eq!(format_plain(Decimal::MAX, u32::MAX).len(), 29 + 1 + 28);
}

#[test]
fn the_short_way_reads_what_the_full_reader_reads() {
    for text in [
        "0",
        "00",
        "0.0",
        "007",
        "1",
        "12.50",
        "99999999999",
        "99999999999.999999",
        "00000000000.1",
        "1.",
        ".5",
        "1.1234567",
        "100000000000",
        "1.2.3",
        "1e3",
        "-1",
        "１",
        "",
        ".",
        "..",
    ] {
        // A space around it sends a text the long way.
        assert_eq!(read_amount(text, Measure::Money), read_amount(&format!(" {text} "), Measure::Money), "{text}");
    }
}

#[test]
fn whatever_is_read_reads_the_same_once_printed_and_nothing_panics() {
    let pieces =
        ["1", "0", "23", "456", ".", ",", " ", "-", "(", ")", "¥", "'", "\n", "%", "元", "亿", "人", "e", "#", "。"];
    let pairs: Vec<String> = pieces.iter().flat_map(|a| pieces.map(|b| format!("{a}{b}"))).collect();
    let mut read = 0;
    for text in pairs.iter().flat_map(|first| pairs.iter().map(move |second| format!("{first}{second}"))) {
        for measure in [Money, Count, Percent, Points, Area] {
            let Entry::Number(amount) = read_amount(&text, measure) else { continue };
            read += 1;
            let again = read_amount(&format_grouped(amount.value, amount.places), measure);
            let expected = Amount { converted_from: None, ..amount };
            assert_eq!(again, Entry::Number(expected), "{text:?} as {measure:?}");
        }
    }
    assert!(read > 10_000, "the pieces make numbers: {read}");
}

#[test]
fn a_plain_figure_is_shown_with_its_thousands_parted_and_anything_else_as_typed() {
    let rows: &[(&str, Measure, &str, Option<u32>)] = &[
        ("1234.50", Money, "1,234.50", Some(2)),
        ("1234567.891", Money, "1,234,567.891", Some(3)),
        ("16", Money, "16", Some(0)),
        ("16.0", Money, "16.0", Some(1)),
        ("0", Money, "0", Some(0)),
        ("0.00", Money, "0.00", Some(2)),
        ("１２３．４", Money, "123.4", Some(1)),
        ("1、234。5", Money, "1,234.5", Some(1)),
        (" 31.03\n", Money, "31.03", Some(2)),
        ("'31.03", Money, "31.03", Some(2)),
        ("1 234 567", Count, "1,234,567", Some(0)),
        ("1,234.50", Area, "1,234.50", Some(2)),
        ("9.5", Points, "9.5", Some(1)),
        ("95.10%", Percent, "95.10%", Some(2)),
        ("９５．１０ ％", Percent, "95.10%", Some(2)),
        ("95.1", Percent, "95.1", Some(1)),
        ("-500", Money, "-500", Some(0)),
        ("－１２３４．５", Money, "-1,234.5", Some(1)),
        // What could be mistaken for another figure stands as it was typed.
        ("", Money, "", None),
        ("  ", Money, "  ", None),
        ("——", Money, "——", None),
        ("/", Money, "/", None),
        ("无", Money, "无", None),
        ("310300元", Money, "310300元", None),
        ("1.2亿元", Money, "1.2亿元", None),
        ("1234万元", Money, "1234万元", None),
        ("¥1234", Money, "¥1234", None),
        ("14人", Count, "14人", None),
        ("120㎡", Area, "120㎡", None),
        ("3个百分点", Percent, "3个百分点", None),
        ("(500)", Money, "(500)", None),
        ("（1234.50）", Money, "（1234.50）", None),
        ("(5%)", Percent, "(5%)", None),
        ("007", Count, "007", None),
        ("12.", Money, "12.", None),
        (".5", Money, ".5", None),
        ("+5", Points, "+5", None),
        ("-0", Money, "-0", None),
        ("5%", Money, "5%", None),
        ("1,23", Money, "1,23", None),
        ("12abc", Money, "12abc", None),
        ("####", Money, "####", None),
    ];
    for (text, measure, expected, places) in rows {
        assert_eq!(shown(text, *measure), *expected, "{text:?} as {measure:?}");
        assert_eq!(places_shown(text, *measure), *places, "{text:?} as {measure:?}");
    }
}

#[test]
fn what_is_shown_reads_as_what_was_typed() {
    let pieces = ["1", "0", "234", "567", ".", ",", " ", "-", "(", ")", "¥", "'", "%", "元", "。", "，"];
    for text in pieces.iter().flat_map(|a| pieces.iter().flat_map(move |b| pieces.map(|c| format!("{a}{b}{c}{a}")))) {
        for measure in [Money, Count, Percent, Points, Area] {
            let now = shown(&text, measure);
            assert_eq!(read_amount(&now, measure), read_amount(&text, measure), "{text:?} as {measure:?}");
            assert_eq!(shown(&now, measure), now, "{text:?} as {measure:?}");
        }
    }
}
