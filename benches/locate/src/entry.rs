//! Figures as they are typed: digits and a point, and what they are worth.

use gouji::engine::locate::system::{CENT, Figure, PLACES, Units, places_of};

use crate::amounts::to_step;
use crate::chance::Chance;

/// Decimals of the forms.
const CENTS: u32 = 2;

/// What is printed of an exact value: rounded to 0.01, with its zeros at the end or, mostly, without.
pub fn printed(chance: &mut Chance, exact: Units) -> Figure {
    let value = to_step(exact, CENT);
    let places = if chance.percent(30) { CENTS } else { places_of(value) };
    Figure { value, places }
}

/// A figure without decimals that it does not need.
pub fn plain(value: Units) -> Figure {
    Figure { value, places: places_of(value) }
}

/// As a person types it.
pub fn typed(figure: Figure) -> String {
    let places = figure.places.min(PLACES);
    let digits = (figure.value.abs() / 10_i128.pow(PLACES - places)).to_string();
    let length = places as usize;
    let digits = format!("{digits:0>width$}", width = length + 1);
    let (whole, decimals) = digits.split_at(digits.len() - length);
    let sign = if figure.value < 0 { "-" } else { "" };
    if decimals.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") }
}

/// What a text of digits is worth; `None` where it is none that a person would leave so.
pub fn read(text: &str) -> Option<Figure> {
    let (is_negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let is_odd = whole.is_empty() || (whole.len() > 1 && whole.starts_with('0')) || whole.len() > 11;
    let places = u32::try_from(decimals.len()).ok()?;
    if is_odd || digits.ends_with('.') || places > PLACES {
        return None;
    }
    let value: Units = format!("{whole}{decimals}").parse().ok()?;
    let value = value * 10_i128.pow(PLACES - places);
    Some(Figure { value: if is_negative { -value } else { value }, places })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_comes_back_as_it_was_typed() {
        for text in ["0", "31.03", "0.6", "120.00", "-4.5", "0.003103", "10000"] {
            assert_eq!(read(text).map(typed).as_deref(), Some(text));
        }
        for text in ["", ".6", "031", "31.", "x"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
