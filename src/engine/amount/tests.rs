//! What each text means, row by row: the text, the measure of its cell, the reading in words.

use super::Measure::{Area, Count, Money, Percent, Points};
use super::*;
use rust_decimal::Decimal;

/// `31.0300 from yuan`, `-5 negative`, `blank`, `n/a` or the reason and what was found.
fn speak(text: &str, measure: Measure) -> String {
    let amount = match read_amount(text, measure) {
        Entry::Blank => return "blank".to_owned(),
        Entry::NotApplicable => return "n/a".to_owned(),
        Entry::Number(amount) => amount,
        Entry::Unreadable(reason) => {
            return match reason {
                Unreadable::NotANumber { found } => format!("not a number: {found}"),
                Unreadable::ChineseDigits => "Chinese digits".to_owned(),
                Unreadable::TwoPoints => "two points".to_owned(),
                Unreadable::Exponent => "exponent".to_owned(),
                Unreadable::NarrowColumn => "narrow column".to_owned(),
                Unreadable::SpreadsheetError { found } => format!("spreadsheet error: {found}"),
                Unreadable::WrongGrouping => "wrong grouping".to_owned(),
                Unreadable::SeveralNumbers => "several numbers".to_owned(),
                Unreadable::WrongUnit { found } => format!("wrong unit: {found}"),
                Unreadable::TooLarge => "too large".to_owned(),
                Unreadable::TooManyDecimals => "too many decimals".to_owned(),
            };
        }
    };
    assert_eq!(amount.value.scale(), amount.places, "the scale of {text:?} is its printed places");
    let mut said = amount.value.to_string();
    match amount.converted_from {
        Some(WrittenUnit::Yuan) => said += " from yuan",
        Some(WrittenUnit::Yi) => said += " from yi",
        None => {}
    }
    for remark in amount.remarks(measure) {
        said += match remark {
            Remark::TooManyPlaces { .. } => " too many places",
            Remark::Negative => " negative",
            Remark::NotWhole => " not whole",
        };
    }
    said
}

#[track_caller]
fn check(text: &str, measure: Measure, expected: &str) {
    assert_eq!(speak(text, measure), expected, "{text:?} as {measure:?}");
}

#[test]
fn every_text_means_one_thing_or_is_refused() {
    let rows: &[(&str, Measure, &str)] = &[
        // Five ways of saying nothing: blank, zero, and three that do not apply.
        ("", Money, "blank"),
        ("   ", Money, "blank"),
        ("\u{3000}", Money, "blank"),
        ("\u{a0}\u{200b}\u{feff}", Money, "blank"),
        ("\r\n\t", Count, "blank"),
        ("0", Money, "0"),
        ("0.00", Money, "0.00"),
        ("０", Money, "0"),
        ("-0", Money, "0"),
        ("—", Money, "n/a"),
        ("——", Money, "n/a"),
        ("———", Money, "n/a"),
        ("-", Money, "n/a"),
        ("--", Money, "n/a"),
        ("－", Count, "n/a"),
        ("–", Money, "n/a"),
        ("−", Money, "n/a"),
        ("──", Money, "n/a"),
        (" —— ", Money, "n/a"),
        ("'——", Money, "n/a"),
        ("/", Money, "n/a"),
        ("／", Points, "n/a"),
        ("无", Money, "n/a"),
        ("　无", Money, "n/a"),
        ("无。", Money, "n/a"),
        ("（无）", Money, "n/a"),
        ("不适用", Area, "n/a"),
        ("不涉及", Percent, "n/a"),
        ("N/A", Money, "n/a"),
        // Plain numbers keep the places they were printed with.
        ("16", Money, "16"),
        ("16.00", Money, "16.00"),
        ("476.74", Money, "476.74"),
        ("0.6", Money, "0.6"),
        (".5", Money, "0.5"),
        ("12.", Money, "12"),
        ("007", Count, "7"),
        ("00.50", Money, "0.50"),
        ("0.123456", Money, "0.123456"),
        ("+5", Points, "5"),
        // Full-width and Chinese keys.
        ("１２３．４５", Money, "123.45"),
        ("１２３。４５", Money, "123.45"),
        ("123。45", Money, "123.45"),
        ("１，２３４．５０", Money, "1234.50"),
        ("＋５", Money, "5"),
        // What surrounds a pasted number.
        (" 31.03 ", Money, "31.03"),
        ("\u{3000}31.03\u{3000}", Money, "31.03"),
        ("31.03\n", Money, "31.03"),
        ("\r\n31.03\r\n", Money, "31.03"),
        ("\t31.03", Money, "31.03"),
        ("\u{feff}31.03", Money, "31.03"),
        ("3\u{200b}1.03", Money, "31.03"),
        ("\u{202d}31.03\u{202c}", Money, "31.03"),
        ("\u{200e}31.03", Money, "31.03"),
        ("'31.03", Money, "31.03"),
        ("＇31.03", Money, "31.03"),
        ("’31.03", Money, "31.03"),
        ("\u{202e}123", Money, "not a number: \u{202e}123"),
        // Groups of thousands.
        ("1,234.5", Money, "1234.5"),
        ("1,234,567.89", Money, "1234567.89"),
        ("1，234.50", Money, "1234.50"),
        ("1、234、567", Money, "1234567"),
        ("1 234 567.89", Money, "1234567.89"),
        ("1\u{a0}234.50", Money, "1234.50"),
        ("1\u{2009}234.50", Money, "1234.50"),
        ("1\u{202f}234", Money, "1234"),
        ("1\u{3000}234", Money, "1234"),
        ("123,456", Count, "123456"),
        ("1,23", Money, "wrong grouping"),
        ("12,34,567", Money, "wrong grouping"),
        ("1234,567", Money, "wrong grouping"),
        ("1,2345", Money, "wrong grouping"),
        ("0,123", Money, "wrong grouping"),
        ("1,234,", Money, "wrong grouping"),
        ("1,,234", Money, "wrong grouping"),
        ("1.234,56", Money, "wrong grouping"),
        ("12、5", Money, "wrong grouping"),
        (",5", Money, "not a number: ,5"),
        ("12 34", Money, "several numbers"),
        ("1  234", Money, "several numbers"),
        ("1, 234", Money, "several numbers"),
        ("31. 03", Money, "several numbers"),
        ("31 .03", Money, "several numbers"),
        ("31.0 3", Money, "several numbers"),
        ("95.\n10%", Percent, "several numbers"),
        ("31\n03", Money, "several numbers"),
        ("31\t03", Money, "several numbers"),
        ("1\n234", Money, "several numbers"),
        ("1.5 2.5", Money, "several numbers"),
        ("100-200", Money, "several numbers"),
        ("3/4", Money, "several numbers"),
        ("1+2", Money, "several numbers"),
        ("3亿5000万", Money, "several numbers"),
        // Currency and units of money; the cell counts in 万元.
        ("¥31.03", Money, "31.03"),
        ("￥1,234.50", Money, "1234.50"),
        ("¥ 31.03", Money, "31.03"),
        ("-¥31.03", Money, "-31.03 negative"),
        ("¥-31.03", Money, "-31.03 negative"),
        ("31.03万元", Money, "31.03"),
        ("31.03 万元", Money, "31.03"),
        ("31.03\n万元", Money, "31.03"),
        ("31.03 万 元", Money, "31.03"),
        ("31.03万", Money, "31.03"),
        ("310300元", Money, "31.0300 from yuan"),
        ("310,300.00元", Money, "31.030000 from yuan"),
        ("¥310300元", Money, "31.0300 from yuan"),
        ("0元", Money, "0.0000 from yuan"),
        ("310300.5元", Money, "31.03005 from yuan"),
        ("310300.505元", Money, "31.0300505 from yuan too many places"),
        ("1.2亿元", Money, "12000 from yi"),
        ("1.23456亿", Money, "12345.6 from yi"),
        ("¥¥5", Money, "not a number: ¥5"),
        ("$5", Money, "wrong unit: $"),
        ("5美元", Money, "wrong unit: 美元"),
        ("31.03千元", Money, "wrong unit: 千元"),
        ("5%", Money, "wrong unit: %"),
        ("5人", Money, "wrong unit: 人"),
        ("50分", Money, "wrong unit: 分"),
        ("31.03万元整", Money, "not a number: 万元整"),
        // The other measures.
        ("14", Count, "14"),
        ("14人", Count, "14"),
        ("14 名", Count, "14"),
        ("14.0", Count, "14.0"),
        ("3.5", Count, "3.5 not whole"),
        ("-3", Count, "-3 negative"),
        ("14元", Count, "wrong unit: 元"),
        ("14人次", Count, "wrong unit: 人次"),
        ("¥14", Count, "wrong unit: ¥"),
        ("98%", Percent, "98"),
        ("98", Percent, "98"),
        ("95.10％", Percent, "95.10"),
        ("95.10﹪", Percent, "95.10"),
        ("0.98", Percent, "0.98"),
        ("3个百分点", Percent, "3"),
        ("98‰", Percent, "wrong unit: ‰"),
        ("98分", Percent, "wrong unit: 分"),
        ("98%%", Percent, "not a number: %%"),
        ("10分", Points, "10"),
        ("9.5", Points, "9.5"),
        ("10%", Points, "wrong unit: %"),
        ("120㎡", Area, "120"),
        ("120.5平方米", Area, "120.5"),
        ("120m2", Area, "120"),
        ("120 m²", Area, "120"),
        ("2亩", Area, "wrong unit: 亩"),
        // Below zero: read, so that relations see it, and remarked.
        ("-500", Money, "-500 negative"),
        ("－500", Money, "-500 negative"),
        ("−500", Money, "-500 negative"),
        ("—500", Money, "-500 negative"),
        ("–500", Money, "-500 negative"),
        ("-  500.00", Money, "-500.00 negative"),
        ("(500)", Money, "-500 negative"),
        ("（500）", Money, "-500 negative"),
        ("(1,234.50)", Money, "-1234.50 negative"),
        ("¥(500)", Money, "-500 negative"),
        ("(¥500)", Money, "-500 negative"),
        ("(500万元)", Money, "-500 negative"),
        ("(500)万元", Money, "-500 negative"),
        ("(5%)", Percent, "-5 negative"),
        ("(500", Money, "not a number: ("),
        ("500)", Money, "not a number: )"),
        ("()", Money, "not a number: )"),
        ("(-500)", Money, "not a number: -500)"),
        ("-(500)", Money, "not a number: (500)"),
        ("--5", Money, "not a number: -5"),
        ("——500", Money, "not a number: -500"),
        // No numbers.
        ("1.2.3", Money, "two points"),
        ("1..2", Money, "two points"),
        ("7.50.", Money, "two points"),
        ("2025.10.10", Money, "two points"),
        (".", Money, "not a number: ."),
        ("(", Money, "not a number: ("),
        ("+", Money, "not a number: +"),
        ("'", Money, "not a number: "),
        ("1e3", Money, "exponent"),
        ("1.2E3", Money, "exponent"),
        ("1.2e+03", Money, "exponent"),
        ("1e", Money, "not a number: e"),
        ("####", Money, "narrow column"),
        ("＃＃＃", Money, "narrow column"),
        ("#REF!", Money, "spreadsheet error: #REF!"),
        ("#DIV/0!", Money, "spreadsheet error: #DIV/0!"),
        ("=A1+1", Money, "not a number: =A1+1"),
        ("abc", Money, "not a number: abc"),
        ("12abc", Money, "not a number: abc"),
        ("1O0", Money, "not a number: O0"),
        ("约30", Money, "not a number: 约30"),
        ("30余", Money, "not a number: 余"),
        ("≥5", Points, "not a number: ≥5"),
        ("三十", Money, "Chinese digits"),
        ("〇", Money, "Chinese digits"),
        ("零", Money, "Chinese digits"),
        ("一", Money, "Chinese digits"),
        ("٣", Money, "not a number: ٣"),
        ("详见附件说明，此处不再赘述其他情况", Money, "not a number: 详见附件说明,此处不再赘"),
        // Too long to be a figure of these forms.
        ("0.1234567", Money, "0.1234567 too many places"),
        ("0.123456789012", Money, "0.123456789012 too many places"),
        ("0.1234567890123", Money, "too many decimals"),
        ("99999999999", Money, "99999999999"),
        ("100000000000", Money, "too large"),
        ("12345678901234567890", Money, "too large"),
        ("999999999999999元", Money, "99999999999.9999 from yuan"),
        ("1000000000000000元", Money, "too large"),
        ("99999999亿", Money, "too large"),
        ("000000000000000000005", Money, "5"),
    ];
    for (text, measure, expected) in rows {
        check(text, *measure, expected);
    }
}

#[test]
fn a_very_long_text_is_refused_and_only_its_beginning_is_quoted() {
    check(&"9".repeat(100_000), Money, "not a number: 999999999999");
    check(&format!("12{}", " ".repeat(100_000)), Money, "12");
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
