//! The one reader of numbers: from the text of a cell to an exact amount, or to the reason why there is none.
//! It never guesses and never changes what was typed; the text stays the stored value.

mod format;
mod number;
mod text;

#[cfg(test)]
mod tests;

pub use format::{format_grouped, format_plain, places_shown, shown};
pub(crate) use number::{Number, scan};
pub(crate) use text::{is_invisible, plain, plain_letter, prose, prose_character};

use rust_decimal::Decimal;
use serde::Serialize;

/// What a cell measures, which decides the suffixes it may carry and whether rounding is to be expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Measure {
    /// Money in 万元. A ¥ before the number says only that it is money; a written 元 or 亿元 is converted.
    Money,
    /// People: whole and exact.
    Count,
    /// A rate in percent points: `98%` and `98` are both 98.
    Percent,
    /// 分值 and 得分: exact.
    Points,
    /// Floor area in ㎡: exact.
    Area,
}

/// What the text of a cell says. Which of `——`, `/`, `无` was typed stays in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Entry {
    /// Nothing typed: unknown, which is not zero.
    Blank,
    /// `——`, `/`, `无` and the like: the row does not apply.
    NotApplicable,
    /// A number, zero among them.
    Number(Amount),
    /// A text whose meaning is not certain.
    Unreadable(Unreadable),
}

/// A number as it was printed, in the unit of its measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Amount {
    /// The exact value; its scale equals `places`.
    pub value: Decimal,
    /// How many decimals the text shows, in the measure's unit: `310300元` is 31.0300 万元 with four.
    pub places: u32,
    /// The unit that was written in place of the cell's own, where one was converted.
    pub converted_from: Option<WrittenUnit>,
}

/// A unit of money other than 万元 that is certain enough to be converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum WrittenUnit {
    /// 元
    Yuan,
    /// 亿, 亿元
    Yi,
}

/// Why a text is no number; one message each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Unreadable {
    /// Letters, words or signs that belong to no number; `found` is the first of them.
    NotANumber { found: String },
    /// More than one sign before the number: --5, -(500), ¥¥5.
    TwoSigns,
    /// A number in Chinese characters: 三十, 〇.
    ChineseDigits,
    /// More than one decimal point: 12.3.4.
    TwoPoints,
    /// Scientific notation: 1.2e3.
    Exponent,
    /// `####`: the spreadsheet's column was too narrow when it was copied.
    NarrowColumn,
    /// An error value of a spreadsheet: #REF!, #DIV/0!.
    SpreadsheetError { found: String },
    /// Separators that do not part thousands: 1,23 or 12,34,567.
    WrongGrouping,
    /// Several numbers, or one that a space or a line break splits.
    SeveralNumbers,
    /// A unit that is not the cell's and that nothing converts.
    WrongUnit { found: String },
    /// More than eleven digits before the point.
    TooLarge,
    /// More than twelve digits after the point.
    TooManyDecimals,
}

/// Something to say about a number that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "remark", rename_all = "snake_case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Remark {
    /// More decimals than any of these forms prints.
    TooManyPlaces { places: u32 },
    /// Below zero, which nothing on these forms can be.
    Negative,
    /// People that are no whole number.
    NotWhole,
}

/// Six decimals occur on real forms; a seventh is a slip.
const MOST_PLACES: u32 = 6;
/// Two values of eleven digits each still multiply within the 28 digits of a `Decimal`.
const INTEGER_LIMIT: i64 = 100_000_000_000;
/// How much of a text that is no number a message quotes.
const QUOTED_CHARACTERS: usize = 12;
/// Words with which people say that a row does not apply.
const NOTHING: [&str; 5] = ["无", "(无)", "不适用", "不涉及", "N/A"];
/// The suffixes each measure knows, with the power of ten that brings the number to the measure's unit.
const MONEY: [(&str, i32, Option<WrittenUnit>); 5] = [
    ("万元", 0, None),
    ("万", 0, None),
    ("元", -4, Some(WrittenUnit::Yuan)),
    ("亿元", 4, Some(WrittenUnit::Yi)),
    ("亿", 4, Some(WrittenUnit::Yi)),
];
const COUNT: [&str; 2] = ["人", "名"];
const PERCENT: [&str; 3] = ["%", "百分点", "个百分点"];
const POINTS: [&str; 1] = ["分"];
const AREA: [&str; 5] = ["㎡", "平方米", "平米", "m²", "m2"];
/// Other units that people write, so that the message can speak of a unit and not of letters.
const FOREIGN: [&str; 32] = [
    "‰",
    "$",
    "€",
    "£",
    "千元",
    "十万元",
    "百万元",
    "千万元",
    "百万",
    "千万",
    "美元",
    "欧元",
    "港元",
    "角",
    "人次",
    "万人",
    "次",
    "个",
    "件",
    "场",
    "家",
    "户",
    "天",
    "月",
    "年",
    "亩",
    "公顷",
    "公里",
    "米",
    "吨",
    "辆",
    "万平方米",
];

/// Reads the text of a cell.
///
/// Read are full-width digits and points, correct thousands groups, ¥, the suffixes of the measure, a sign before
/// the number and the accountant's `(500)` for −500. What could mean two things is unreadable, with the reason.
pub fn read_amount(text: &str, measure: Measure) -> Entry {
    if text.is_empty() {
        return Entry::Blank;
    }
    // Nearly every figure is digits and a point, which need no second look.
    if let Some(amount) = simple(text) {
        return Entry::Number(amount);
    }
    let Some(line) = plain(text) else {
        return Entry::Unreadable(not_a_number(text.trim_start()));
    };
    if line.is_empty() {
        return Entry::Blank;
    }
    // A spreadsheet's mark of text; alone it is just a sign.
    let line = line.strip_prefix('\'').filter(|rest| !rest.is_empty()).unwrap_or(&line).trim_start();
    if is_nothing(line) {
        return Entry::NotApplicable;
    }
    match read_number(line, measure) {
        Ok(amount) => Entry::Number(amount),
        Err(reason) => Entry::Unreadable(reason),
    }
}

/// Reads `1234.56`: at most eleven digits, a point, at most six, and nothing else; what the full reader makes of it too.
pub(crate) fn simple(text: &str) -> Option<Amount> {
    let (integer, decimals) = text.split_once('.').unwrap_or((text, "0"));
    if integer.is_empty() || integer.len() > 11 || decimals.is_empty() || decimals.len() > 6 {
        return None;
    }
    let mut digits = 0_i64;
    let decimals = if text.len() == integer.len() { "" } else { decimals };
    for byte in integer.bytes().chain(decimals.bytes()) {
        digits = digits * 10 + i64::from(byte.is_ascii_digit().then(|| byte - b'0')?);
    }
    let places = u32::try_from(decimals.len()).ok()?;
    Some(Amount { value: Decimal::new(digits, places), places, converted_from: None })
}

/// Whether the text says that nothing applies: `——`, `-`, `/`, `无` … A blank does not say so.
pub fn says_not_applicable(text: &str) -> bool {
    plain(text).is_some_and(|line| is_nothing(&line))
}

impl Amount {
    /// By how much the printed number may differ from the exact one: nothing for exact measures and for zero;
    /// else half of 0.01, or half of the last printed place where that is finer (16 means 16.00).
    pub fn half_place(&self, measure: Measure) -> Decimal {
        match measure {
            Measure::Money | Measure::Percent if !self.value.is_zero() => {
                Decimal::try_new(5, self.places.clamp(2, Decimal::MAX_SCALE - 1) + 1).unwrap_or_default()
            }
            _ => Decimal::ZERO,
        }
    }

    /// What is to be said of the number though it was read.
    pub fn remarks(&self, measure: Measure) -> Vec<Remark> {
        let mut remarks = Vec::new();
        if self.value < Decimal::ZERO {
            remarks.push(Remark::Negative);
        }
        if self.places > MOST_PLACES {
            remarks.push(Remark::TooManyPlaces { places: self.places });
        }
        if measure == Measure::Count && !self.value.is_integer() {
            remarks.push(Remark::NotWhole);
        }
        remarks
    }
}

fn is_nothing(line: &str) -> bool {
    let all = |sign: char| line.starts_with(sign) && line.chars().all(|c| c == sign || c == ' ');
    let word = line.trim_end_matches('.');
    all('-') || all('/') || NOTHING.iter().any(|nothing| nothing.eq_ignore_ascii_case(word))
}

fn read_number(line: &str, measure: Measure) -> Result<Amount, Unreadable> {
    if line.starts_with('#') {
        return Err(match line.chars().all(|c| c == '#') {
            true => Unreadable::NarrowColumn,
            false => Unreadable::SpreadsheetError { found: quoted(line) },
        });
    }
    let (before, rest) = read_prefix(line, measure)?;
    let (number, rest) = match rest.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        true => scan(rest)?,
        false => return Err(not_a_number(if rest.is_empty() { line } else { rest })),
    };
    let suffix: String = rest.chars().filter(|c| !matches!(c, ' ' | '\n')).collect();
    let suffix = match (before.bracket, suffix.split_once(')')) {
        (true, Some((inside, outside))) if inside.is_empty() || outside.is_empty() => format!("{inside}{outside}"),
        (true, _) => return Err(Unreadable::NotANumber { found: "(".to_owned() }),
        (false, _) => suffix,
    };
    let (power, converted_from) = read_suffix(&suffix, measure)?;
    let (value, places) = shift(number, power)?;
    if value >= Decimal::from(INTEGER_LIMIT) {
        return Err(Unreadable::TooLarge);
    }
    // A zero has no sign, so that -0 and 0 are one value.
    let value = if before.minus && !value.is_zero() { -value } else { value };
    Ok(Amount { value, places, converted_from })
}

#[derive(Default)]
struct Prefix {
    minus: bool,
    bracket: bool,
}

/// Reads sign, bracket and ¥, in any order and each at most once; a bracket is a minus, so both at once are not.
fn read_prefix(line: &str, measure: Measure) -> Result<(Prefix, &str), Unreadable> {
    let mut found = Prefix::default();
    let (mut signed, mut currency) = (false, false);
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches(' ');
        match rest.chars().next() {
            Some('-' | '+' | '(') if signed => return Err(two_signs(line, rest)),
            Some('-') => found.minus = true,
            Some('(') => (found.minus, found.bracket) = (true, true),
            Some('+') => {}
            Some('¥') if currency => return Err(two_signs(line, rest)),
            Some('¥') if measure == Measure::Money => {
                currency = true;
                rest = &rest['¥'.len_utf8()..];
                continue;
            }
            Some(sign @ ('¥' | '$' | '€' | '£')) => return Err(Unreadable::WrongUnit { found: sign.to_string() }),
            _ => return Ok((found, rest)),
        }
        signed = true;
        rest = &rest[1..];
    }
}

/// Signs in excess before a number; before words they are just part of them.
fn two_signs(line: &str, rest: &str) -> Unreadable {
    let number = rest.trim_start_matches(['-', '+', '(', '¥', ' ']);
    if number.starts_with(|c: char| c.is_ascii_digit()) { Unreadable::TwoSigns } else { not_a_number(line) }
}

/// The power of ten that the suffix stands for.
fn read_suffix(suffix: &str, measure: Measure) -> Result<(i32, Option<WrittenUnit>), Unreadable> {
    if suffix.is_empty() {
        return Ok((0, None));
    }
    let own: &[&str] = match measure {
        Measure::Money => &[],
        Measure::Count => &COUNT,
        Measure::Percent => &PERCENT,
        Measure::Points => &POINTS,
        Measure::Area => &AREA,
    };
    if own.contains(&suffix) {
        return Ok((0, None));
    }
    let money = MONEY.iter().find(|(unit, ..)| *unit == suffix);
    if let (Measure::Money, Some((_, power, written))) = (measure, money) {
        return Ok((*power, *written));
    }
    let others = [&COUNT[..], &PERCENT, &POINTS, &AREA, &FOREIGN];
    if money.is_some() || others.iter().any(|units| units.contains(&suffix)) {
        return Err(Unreadable::WrongUnit { found: suffix.to_owned() });
    }
    let mut following = suffix.chars();
    let exponent = following.next().is_some_and(|c| matches!(c, 'e' | 'E'));
    if exponent && following.as_str().trim_start_matches(['+', '-']).starts_with(|c: char| c.is_ascii_digit()) {
        return Err(Unreadable::Exponent);
    }
    if !suffix.starts_with(|c: char| c.is_ascii_alphabetic()) && suffix.contains(|c: char| c.is_ascii_digit()) {
        return Err(Unreadable::SeveralNumbers);
    }
    Err(Unreadable::NotANumber { found: foreign(suffix) })
}

/// Moves the point by a power of ten, exactly, and the count of printed decimals with it.
fn shift(number: Number, power: i32) -> Result<(Decimal, u32), Unreadable> {
    if power <= 0 {
        let mut value = number.value;
        let places = number.places + power.unsigned_abs();
        value.set_scale(places).map_err(|_| Unreadable::TooManyDecimals)?;
        return Ok((value, places));
    }
    let factor = Decimal::from(10_i64.checked_pow(power.unsigned_abs()).ok_or(Unreadable::TooLarge)?);
    let mut value = number.value.checked_mul(factor).ok_or(Unreadable::TooLarge)?;
    let places = number.places.saturating_sub(power.unsigned_abs());
    value.rescale(places);
    Ok((value, places))
}

fn not_a_number(text: &str) -> Unreadable {
    match text.chars().next() {
        Some(first) if "〇零一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟".contains(first) => {
            Unreadable::ChineseDigits
        }
        _ => Unreadable::NotANumber { found: foreign(text) },
    }
}

/// What a text begins with that belongs to no number: up to its first digit or comma. Too long a text begins anyhow.
fn foreign(text: &str) -> String {
    let ends = |c: char| c.is_ascii_digit() || c == ',';
    let begins_with_digit = text.starts_with(|c: char| c.is_ascii_digit());
    let end = text.char_indices().skip(1).find(|(_, c)| ends(*c) && !begins_with_digit);
    quoted(text[..end.map_or(text.len(), |(end, _)| end)].trim_end())
}

fn quoted(text: &str) -> String {
    let mut characters = text.chars();
    let mut quoted: String = characters.by_ref().take(QUOTED_CHARACTERS).collect();
    if characters.next().is_some() {
        quoted.push('…');
    }
    quoted
}
