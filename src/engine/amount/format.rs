//! Numbers as people read them. Rounding is half up, away from zero.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Entry, Measure, plain, read_amount};

/// What a cell shows while it is not being edited: a plain figure in half-width digits with its thousands parted and
/// exactly the digits typed, anything else as typed. The stored text stays as it is.
pub fn shown(text: &str, measure: Measure) -> String {
    plain_figure(text, measure).map_or_else(|| text.to_owned(), |(shown, _)| shown)
}

/// How many decimals the figure has that [`shown`] gives, to align figures on their point; `None` where it is as typed.
pub fn places_shown(text: &str, measure: Measure) -> Option<u32> {
    plain_figure(text, measure).map(|(_, places)| places)
}

/// A figure is plain where its digits as typed are all there is to its value: not 007, 12. or (500), nor one with a unit
/// other than the %, which is part of how rates are written.
fn plain_figure(text: &str, measure: Measure) -> Option<(String, u32)> {
    let Entry::Number(amount) = read_amount(text, measure) else { return None };
    let line = plain(text)?;
    let line = line.trim_start_matches(['\'', ' ']);
    let (number, sign) = line.strip_suffix('%').map_or((line, ""), |number| (number, "%"));
    let digits: String = number.chars().filter(|c| !matches!(c, ',' | ' ')).collect();
    (digits == format_plain(amount.value, amount.places))
        .then(|| (format_grouped(amount.value, amount.places) + sign, amount.places))
}

/// `1234.5` with two places: `1234.50`.
pub fn format_plain(value: Decimal, places: u32) -> String {
    let places = places.min(Decimal::MAX_SCALE);
    let rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    // A zero has no sign, though it was rounded from below.
    let rounded = if rounded.is_zero() { Decimal::ZERO } else { rounded };
    // Zeros are added here: asked for a precision, `Decimal` writes into a buffer that a large value overflows.
    let mut text = rounded.to_string();
    if rounded.scale() == 0 && places > 0 {
        text.push('.');
    }
    text.extend((rounded.scale()..places).map(|_| '0'));
    text
}

/// `1234.5` with two places: `1,234.50`.
pub fn format_grouped(value: Decimal, places: u32) -> String {
    let text = format_plain(value, places);
    let (sign, digits) = text.split_at(usize::from(text.starts_with('-')));
    let (integer, decimals) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut grouped = String::from(sign);
    for (at, digit) in integer.chars().enumerate() {
        if at > 0 && (integer.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + decimals
}
