//! The numbers of a paragraph with their units. Dates and the numbers of lists are none.

use rust_decimal::Decimal;

use crate::engine::amount::scan;
use crate::engine::reading::headings::marker;
use crate::engine::reading::plain::Letter;

/// A number in a paragraph.
#[derive(Debug)]
pub(super) struct Number {
    /// Letters of the paragraph, without the unit.
    pub from: usize,
    pub to: usize,
    /// Behind the unit.
    pub end: usize,
    pub value: Decimal,
    pub unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// 万元, and 元 and 亿元 with the power of ten that makes 万元 of them.
    Money(i32),
    People,
    Percent,
    Points,
    /// 个
    Pieces,
    /// Nothing before the next punctuation.
    None,
    /// Some other thing is counted.
    Other,
}

pub(super) fn numbers(places: &[Letter], letters: &[char]) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if !letters[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        if let Some(length) = list_number(places, letters, at) {
            at += length;
            continue;
        }
        let length = number_length(&letters[at..]);
        let text: String = letters[at..at + length].iter().collect();
        let end = at + length;
        let is_year = length == 4 && letters.get(end) == Some(&'年');
        let is_date = length <= 2 && matches!(letters.get(end), Some('月' | '日' | '号'));
        let (unit, unit_length) = unit(&letters[end..]);
        if !is_year
            && !is_date
            && let Ok((number, "")) = scan(&text)
        {
            found.push(Number { from: at, to: end, end: end + unit_length, value: number.value, unit });
        }
        at = end;
    }
    found
}

/// The number of an item at the beginning of a sentence: it is no figure, and what follows it may be one.
pub(super) fn list_number(places: &[Letter], letters: &[char], at: usize) -> Option<usize> {
    let is_start = at == 0 || matches!(letters[at - 1], '。' | ';' | ':' | '(');
    if !is_start {
        return None;
    }
    let from = if at > 0 && letters[at - 1] == '(' { at - 1 } else { at };
    Some(marker(&places[from..])? - (at - from))
}

/// Digits with points and the commas that part thousands.
pub(super) fn number_length(letters: &[char]) -> usize {
    let mut length = 0;
    while length < letters.len() {
        let c = letters[length];
        let is_followed = letters.get(length + 1).is_some_and(char::is_ascii_digit);
        let parts_thousands = || {
            let digits = letters[length + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
            digits == 3 && length > 0
        };
        match c {
            c if c.is_ascii_digit() => {}
            '.' if is_followed && !letters[..length].contains(&'.') => {}
            ',' if is_followed && parts_thousands() => {}
            _ => break,
        }
        length += 1;
    }
    length
}

pub(super) fn unit(letters: &[char]) -> (Unit, usize) {
    let starts = |words: &str| letters.iter().take(words.chars().count()).copied().eq(words.chars());
    let units = [
        ("万元", Unit::Money(0)),
        ("亿元", Unit::Money(4)),
        ("元", Unit::Money(-4)),
        ("%", Unit::Percent),
        ("个百分点", Unit::Other),
        ("个", Unit::Pieces),
        ("人次", Unit::Other),
        ("人", Unit::People),
        ("名", Unit::People),
        ("位", Unit::People),
        ("分钟", Unit::Other),
        ("分", Unit::Points),
    ];
    for (words, unit) in units {
        if starts(words) {
            // 人/天 and 元/人 count something else.
            let length = words.chars().count();
            return if letters.get(length) == Some(&'/') { (Unit::Other, length) } else { (unit, length) };
        }
    }
    match letters.first() {
        None | Some(',' | ';' | '。' | '、' | ')' | '(') => (Unit::None, 0),
        _ => (Unit::Other, 0),
    }
}

/// 余, 多 or 约 stand by the number.
pub(super) fn is_rough(letters: &[char], number: &Number) -> bool {
    letters.get(number.to).is_some_and(|c| matches!(c, '余' | '多'))
        || number.from > 0 && matches!(letters[number.from - 1], '约' | '近' | '逾' | '超' | '-' | '~')
}

/// 元 are converted to 万元, with just the digits that are written.
pub(super) fn in_cells_unit(number: &Number) -> Decimal {
    match number.unit {
        Unit::Money(0) => number.value,
        Unit::Money(-4) => (number.value * Decimal::new(1, 4)).normalize(),
        Unit::Money(_) => (number.value * Decimal::from(10_000)).normalize(),
        _ => number.value,
    }
}
