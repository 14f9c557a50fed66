//! Numbers as people read them. Rounding is half up, away from zero.

use rust_decimal::{Decimal, RoundingStrategy};

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
