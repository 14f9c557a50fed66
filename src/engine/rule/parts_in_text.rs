//! `parts_in_text`: in prose, the amounts listed behind 其中 sum to the whole stated before it.
//!
//! 其中 often introduces only some of the parts, and prose can mean anything: whatever leaves a doubt that these are all
//! parts of that whole, each an exact amount, says nothing.

use rust_decimal::Decimal;

use crate::engine::amount::{Amount, Entry, Measure, prose, read_amount};
use crate::engine::finding::{Fact, Finding};
use crate::engine::rule::Case;

const OF_WHICH: &str = "其中";
/// What stands between a number and its 元. A rough one is refused by the reader of amounts.
const BEFORE_YUAN: &str = "十百千万亿余多几来";
/// Digits in characters, which no amount here is read from.
const CHINESE_DIGITS: &str = "一二三四五六七八九两零〇壹贰叁肆伍陆柒捌玖拾佰仟十百千万亿";
const ROUGH_BEFORE: [&str; 19] = [
    "约", "近", "逾", "超", "过", "不足", "不到", "多于", "少于", "高于", "低于", "大于", "小于", "至少", "至多",
    "最多", "最少", "≥", "≤",
];
const ROUGH_AFTER: [&str; 10] = ["余", "多", "左右", "上下", "以上", "以下", "以内", "之内", "及以", "至"];
/// Signs with which an amount is one end of a range, one factor of a product or below zero.
const SIGNS: [char; 8] = ['-', '~', '/', '*', '×', '<', '>', '+'];
/// Signs that join a number to the one behind it, which then has the unit of both.
const JOINERS: [char; 7] = ['、', ',', '和', '与', '至', '到', '或'];
/// Words before an amount by which it is not one of all parts of the whole.
const NOT_A_PART: [&str; 5] = ["包括", "含", "主要", "每", "均"];
/// Marks behind the last amount by which the list goes on.
const AND_SO_ON: [char; 2] = ['等', '…'];

/// The first whole in the text of a cell that is not the sum of its parts.
pub(super) fn check(case: Case<'_>, key: &str) -> Option<Finding> {
    let layout = case.layout();
    let fact = first_difference(layout.text(layout.find(key)?))?;
    Some(case.finding([key], fact))
}

fn first_difference(text: &str) -> Option<Fact> {
    let text = prose(text);
    let mut rest = text.as_str();
    loop {
        let (before, behind) = split_of_which(rest)?;
        let (list, next) = behind.split_at(end_of_list(behind));
        if let Some(fact) = difference(before, list) {
            return Some(fact);
        }
        // What was listed is not the whole of the next list.
        rest = next;
    }
}

/// The text before `其中：` and behind it.
fn split_of_which(text: &str) -> Option<(&str, &str)> {
    text.match_indices(OF_WHICH).find_map(|(at, word)| {
        let behind = text[at + word.len()..].trim_start();
        Some((&text[..at], behind.strip_prefix([':', ','])?))
    })
}

/// Where the sentence ends, or the paragraph, unless its last line leads on to the next one.
fn end_of_list(text: &str) -> usize {
    let mut before = ':';
    for (at, c) in text.char_indices() {
        let ends = match c {
            '。' | '!' | '?' => true,
            '.' => !before.is_ascii_digit(),
            '\n' => !matches!(before, ':' | ';' | ',' | '、'),
            _ => false,
        };
        if ends {
            return at;
        }
        if !matches!(c, ' ' | '\n') {
            before = c;
        }
    }
    text.len()
}

fn difference(before: &str, list: &str) -> Option<Fact> {
    if list.contains(OF_WHICH) {
        return None;
    }
    let sentence = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let sentence = sentence.rsplit(['。', '!', '?', '\n', ';']).next()?;
    let wholes = amounts(sentence)?;
    let (_, whole) = wholes.last()?;
    let parts = parts(list)?;
    let (expected, half) = parts.iter().fold((Decimal::ZERO, Decimal::ZERO), |(expected, half), part| {
        (expected + part.value, half + part.half_place(Measure::Money))
    });
    let agrees = |whole: &Amount| {
        let gap = (whole.value - expected).abs();
        gap.is_zero() || gap < half + whole.half_place(Measure::Money)
    };
    // Of several amounts before 其中 any may be the whole; one that is smaller than a part is not.
    let other = wholes.len() > 1 && parts.iter().any(|part| part.value > whole.value);
    if other || wholes.iter().any(|(_, whole)| agrees(whole)) {
        return None;
    }
    Some(Fact::PartsInText {
        parts: parts.iter().map(|part| part.value.normalize()).collect(),
        expected: expected.normalize(),
        found: whole.value.normalize(),
        difference: (whole.value - expected).normalize(),
    })
}

/// One amount of each item of the list; `None` where an item has none or several, or the list goes on.
fn parts(list: &str) -> Option<Vec<Amount>> {
    let list = list.trim_end_matches(|c: char| matches!(c, ';' | ',' | '、') || c.is_whitespace());
    let separator = [';', ',', '、'].into_iter().find(|separator| items(list, *separator).len() > 1)?;
    let mut parts = Vec::new();
    for item in items(list, separator) {
        let found = amounts(item)?;
        let [(at, amount)] = found.as_slice() else { return None };
        if NOT_A_PART.iter().any(|word| item[..*at].contains(word)) {
            return None;
        }
        parts.push(*amount);
    }
    let last = list.rfind('元')?;
    (!list[last..].contains(AND_SO_ON)).then_some(parts)
}

/// The text at each separator that does not part thousands.
fn items(text: &str, separator: char) -> Vec<&str> {
    let mut items = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(separator) {
        let next = at + separator.len_utf8();
        if !(text[..at].ends_with(is_digit) && text[next..].starts_with(is_digit)) {
            items.push(&text[from..at]);
            from = next;
        }
    }
    items.push(&text[from..]);
    items
}

/// Every amount of money in 元 and its multiples, and where it begins; `None` where one is not exact.
fn amounts(text: &str) -> Option<Vec<(usize, Amount)>> {
    if has_chinese_amount(text) {
        return None;
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(is_digit).map(|digits| at + digits) {
        at = start + number_length(&text[start..]);
        let Some(unit) = unit_length(&text[at..]) else { continue };
        at += unit;
        if is_uncertain(text[..start].trim_end(), text[at..].trim_start()) {
            return None;
        }
        match read_amount(&text[start..at], Measure::Money) {
            Entry::Number(amount) => found.push((start, amount)),
            _ => return None,
        }
    }
    Some(found)
}

/// Digits, with the points and commas between them.
fn number_length(text: &str) -> usize {
    let marked = |at: usize| text[at + 1..].starts_with(is_digit);
    text.char_indices()
        .find(|(at, c)| !(is_digit(*c) || (matches!(c, '.' | ',') && marked(*at))))
        .map_or(text.len(), |(at, _)| at)
}

/// The length of a unit of money at the beginning of the text; `None` for other units.
fn unit_length(text: &str) -> Option<usize> {
    let unit = text.trim_start_matches(' ').trim_start_matches(|c| BEFORE_YUAN.contains(c)).strip_prefix('元')?;
    Some(text.len() - unit.len())
}

fn is_uncertain(before: &str, behind: &str) -> bool {
    // 1 234.5万元 may be one number, and 30、40万元 are two of which one has no unit.
    let number_before = before.trim_end_matches(JOINERS).trim_end().ends_with(is_digit);
    number_before
        || before.ends_with(SIGNS)
        || behind.starts_with(SIGNS)
        || ROUGH_BEFORE.iter().any(|word| before.ends_with(word))
        || ROUGH_AFTER.iter().any(|word| behind.starts_with(word))
}

/// Whether an amount is written in characters (三十万元), which would be missed. 万元 alone is a unit.
fn has_chinese_amount(text: &str) -> bool {
    text.match_indices('元').any(|(at, _)| {
        let before = &text[..at];
        let number = before.trim_end_matches(|c| CHINESE_DIGITS.contains(c));
        let written = before[number.len()..].trim_end_matches(['万', '亿']);
        !written.is_empty() && !number.trim_end().ends_with(is_digit)
    })
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole as stated and the sum of its parts, where they differ.
    fn differing(text: &str) -> Option<(String, String)> {
        match first_difference(text)? {
            Fact::PartsInText { expected, found, .. } => Some((found.to_string(), expected.to_string())),
            _ => None,
        }
    }

    #[test]
    fn wholes_that_are_not_the_sum_of_their_parts_are_told() {
        for (text, found, expected) in [
            // As filed.
            (
                "本项目共完成预算资金89.97万元。其中:30万元用于基建工程项目预算编制;30万元用于基建工程项目审计;29.99万元用于基建工程项目设计、规划、测绘。",
                "89.97",
                "89.99",
            ),
            (
                "完成预算资金８９.９７万元，其中：３０万元用于编制；３０万元用于审计；２９．９９万元用于测绘。",
                "89.97",
                "89.99",
            ),
            ("支出90万元，其中，人员经费60万元，公用经费20万元。", "90", "80"),
            ("支出90万元。其中：人员经费60万元、公用经费20万元", "90", "80"),
            ("支出90万元,其中 : 60万元用于人员;20 万元用于办公.", "90", "80"),
            // Each amount has its own unit.
            ("共支出1.2亿元，其中：8000万元用于道路；3000.5万元用于桥梁。", "12000", "11000.5"),
            ("共支出90万元，其中：600000元用于人员；20万元用于办公。", "90", "80"),
            ("共支出900,000元，其中：600,000元用于人员；200,000.00元用于办公。", "90", "80"),
            ("共支出1,090万元，其中：人员经费1，060万元，公用经费20万元。", "1090", "1080"),
            // To the yuan, where it is printed to the yuan.
            ("支出90.0000万元，其中：600000元用于人员；299998元用于办公。", "90", "89.9998"),
            // Numbers that are no money do not matter.
            ("2022年共实施3个项目，支出90万元，其中：1个项目60万元；2个项目20万元，占22%。", "90", "80"),
            ("支出90万元，其中：1.人员经费60万元；2.公用经费20万元。", "90", "80"),
            // The list may stand on lines of its own.
            ("支出90万元。其中：\n60万元用于人员；\n20万元用于办公。", "90", "80"),
            ("支出90万元，其中：60万元用于人员；20万元用于办公\n结余10万元。", "90", "80"),
            // Of several wholes the last; the first list agrees, the second does not.
            (
                "预算90万元，其中：60万元用于人员；30万元用于办公。支出80万元，其中：60万元用于人员；30万元用于办公。",
                "80",
                "90",
            ),
            ("预算100万元，支出90万元，其中：60万元用于人员；20万元用于办公。", "90", "80"),
            ("预算100万元；支出9万元。其中：60万元用于人员；30万元用于办公。", "9", "90"),
            // 等 before an amount, or in the use of an item that is not the last, ends no list.
            ("支出90万元，其中：会议等60万元；设计、测绘等20万元。", "90", "80"),
            ("支出90万元，其中：60万元用于设计、测绘等；20万元用于办公。", "90", "80"),
        ] {
            assert_eq!(differing(text), Some((found.to_owned(), expected.to_owned())), "{text}");
        }
    }

    #[test]
    fn whatever_leaves_a_doubt_says_nothing() {
        for text in [
            "",
            "其中：",
            "其中：60万元用于人员；20万元用于办公。",
            "30万元用于编制；30万元用于审计。",
            // The sum agrees, exactly or but for rounding.
            "共申请预算资金90万元。其中:30万元用于预算编制;30万元用于审计;30万元用于设计、规划、测绘。",
            "支出89.98万元，其中：30万元用于编制；30万元用于审计；29.99万元用于测绘。",
            "支出90.0000万元，其中：600000元用于人员；299999元用于办公。",
            "支出90万元，其中：600040元用于人员；300000元用于办公。",
            "支出0.9亿元，其中：60万元用于人员；8940万元用于工程。",
            // Fewer than two parts.
            "支出90万元，其中：60万元用于人员。",
            "支出90万元，其中，人员经费60万元。公用经费20万元。",
            // Parts that are no money, or not all of them.
            "支出90万元，其中：男12人；女10人。",
            "支出90万元，其中：60万元用于人员；其余用于办公。",
            "支出90万元，其中：60万元用于人员；占30%。",
            "支出90万元，其中：60万元用于人员；2万用于办公。",
            "支出90万元，其中：60万元用于人员；5万美元用于设备。",
            "支出90万元，其中：60万元用于人员；二十万元用于办公。",
            "支出90万元，其中：60万元用于人员，结余2万元；20万元用于办公。",
            "支出90万元，其中：人员经费60万元，用于工资，公用经费20万元。",
            // Not all parts.
            "支出90万元，其中：60万元用于人员；20万元用于办公等。",
            "支出90万元，其中：人员经费60万元，公用经费20万元等支出。",
            "支出90万元，其中：60万元用于人员；20万元用于办公……",
            "支出90万元，其中包括：60万元用于人员；20万元用于办公。",
            "支出90万元，其中：主要为人员60万元；办公20万元。",
            "支出90万元，其中：包括人员60万元；办公20万元。",
            "支出90万元，其中：含人员60万元；办公20万元。",
            // Not exact.
            "支出90余万元，其中：60万元用于人员；20万元用于办公。",
            "支出约90万元，其中：60万元用于人员；20万元用于办公。",
            "支出90万元，其中：60多万元用于人员；20万元用于办公。",
            "支出90万元，其中：60万余元用于人员；20万元用于办公。",
            "支出90万元，其中：近60万元用于人员；20万元用于办公。",
            "支出90万元，其中：60万元左右用于人员；20万元用于办公。",
            "支出90万元，其中：不超过60万元用于人员；20万元用于办公。",
            "支出90万元，其中：50-60万元用于人员；20万元用于办公。",
            "支出90万元，其中：50、60万元用于人员；20万元用于办公。",
            "支出1 090万元，其中：60万元用于人员；20万元用于办公。",
            "支出90万元，其中：培训20人，每人300元；会议20万元。",
            "支出90万元，其中：培训300元/人；会议20万元。",
            "支出1,09万元，其中：60万元用于人员；20万元用于办公。",
            // A part with parts of its own.
            "支出90万元，其中：人员60万元，其中：工资30万元；奖金20万元；公用30万元。",
            "支出90万元，其中：人员60万元；公用30万元。其中，公用经费中印刷5万元，差旅3万元。",
            // What the whole is, is not said, or not just before.
            "支出已全部完成。其中：60万元用于人员；20万元用于办公。",
            "支出90万元。项目已完成。其中：60万元用于人员；20万元用于办公。",
            "共支出九十万元，上年80万元。其中：60万元用于人员；30万元用于办公。",
            "预算90万元，结余0.02万元。其中：60万元用于人员；20万元用于办公。",
            "预算80万元，上年90万元。其中：60万元用于人员；20万元用于办公。",
            // Other words.
            "在其中心城区支出90万元，其中心：60万元；20万元。",
            "尤其中意：90万元，60万元；20万元。",
        ] {
            assert_eq!(differing(text), None, "{text}");
        }
    }

    #[test]
    fn parts_are_told_as_they_were_read() {
        let fact = first_difference("支出0.009亿元，其中：600000元用于人员；20.50万元用于办公。");
        let number = |text: &str| text.parse::<Decimal>().expect("a number");
        assert_eq!(
            fact,
            Some(Fact::PartsInText {
                parts: vec![number("60"), number("20.5")],
                expected: number("80.5"),
                found: number("90"),
                difference: number("9.5"),
            })
        );
    }
}
