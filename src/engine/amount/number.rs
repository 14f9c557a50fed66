//! Digits, groups and one point: the number itself, without sign and unit.

use super::Unreadable;
use rust_decimal::Decimal;

/// An unsigned number and how many decimals its text shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    pub value: Decimal,
    pub places: u32,
}

/// Fifteen digits of 元 are eleven of 万元; with twelve decimals they fill 27 of a `Decimal`'s 28 digits.
const MOST_INTEGER_DIGITS: usize = 15;
const MOST_DECIMALS: usize = 12;

/// Reads the number that `text`, in plain characters, begins with, and what follows it.
pub(crate) fn scan(text: &str) -> Result<(Number, &str), Unreadable> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\n')));
    let run = text[..end.unwrap_or(text.len())].trim_end_matches([' ', '\n']);
    let rest = &text[run.len()..];
    if run.contains('\n') {
        return Err(Unreadable::SeveralNumbers);
    }
    let (integer, decimals) = run.split_once('.').unwrap_or((run, ""));
    if decimals.contains(' ') || integer.ends_with(' ') {
        return Err(Unreadable::SeveralNumbers);
    }
    if decimals.contains('.') {
        return Err(Unreadable::TwoPoints);
    }
    if decimals.contains(',') {
        return Err(Unreadable::WrongGrouping);
    }
    let integer = join_groups(integer)?;
    let integer = integer.trim_start_matches('0');
    if integer.len() > MOST_INTEGER_DIGITS {
        return Err(Unreadable::TooLarge);
    }
    if decimals.len() > MOST_DECIMALS {
        return Err(Unreadable::TooManyDecimals);
    }
    if !run.contains(|c: char| c.is_ascii_digit()) {
        return Err(Unreadable::NotANumber { found: run.to_owned() });
    }
    let digits = format!("0{integer}{decimals}").parse::<i128>().map_err(|_| Unreadable::TooLarge)?;
    let places = u32::try_from(decimals.len()).map_err(|_| Unreadable::TooManyDecimals)?;
    let value = Decimal::try_from_i128_with_scale(digits, places).map_err(|_| Unreadable::TooLarge)?;
    Ok((Number { value, places }, rest))
}

/// Takes the separators of thousands out, where they part thousands and nothing else.
fn join_groups(integer: &str) -> Result<String, Unreadable> {
    let (separator, wrong) = match (integer.contains(','), integer.contains(' ')) {
        (false, false) => return Ok(integer.to_owned()),
        (true, true) => return Err(Unreadable::SeveralNumbers),
        (true, false) => (',', Unreadable::WrongGrouping),
        (false, true) => (' ', Unreadable::SeveralNumbers),
    };
    let mut groups = integer.split(separator);
    // 0,123 is no group of thousands: elsewhere the comma is the decimal point.
    let first = groups.next().is_some_and(|g| (1..=3).contains(&g.len()) && !g.starts_with('0'));
    if !first || groups.any(|group| group.len() != 3) {
        return Err(wrong);
    }
    Ok(integer.replace(separator, ""))
}
