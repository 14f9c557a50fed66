//! Which texts become numbers of a workbook: those that a number format shows exactly as they were typed.

use rust_decimal::Decimal;

use crate::engine::amount::{Entry, Measure, format_grouped, format_plain, read_amount};

/// A number as a workbook has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figure {
    /// What stands in the cell: of 98 % it is 0.98.
    pub value: Decimal,
    /// How many decimals of `value` are shown.
    pub places: u32,
    /// Whether it is shown with a percent sign.
    pub is_percent: bool,
    pub is_grouped: bool,
}

/// A spreadsheet counts in binary and keeps so many decimal digits; what has more stays a text.
const MOST_DIGITS: usize = 15;

impl Figure {
    /// The number that is typed here, if it is one and nothing of how it was typed gets lost: 007, 12人, (500), full-width
    /// digits and amounts in 元 stay texts.
    pub fn typed(text: &str, measure: Measure) -> Option<Self> {
        let Entry::Number(amount) = read_amount(text, measure) else { return None };
        let number = text.strip_suffix('%');
        let figure =
            Self { value: amount.value, places: amount.places, is_percent: false, is_grouped: text.contains(',') };
        let digits = number.unwrap_or(text);
        if digits != figure.shown() {
            return None;
        }
        Some(if number.is_some() { figure.with_percent_sign() } else { figure }).filter(Self::is_kept)
    }

    /// A number that the program calculated.
    pub fn of(value: Decimal, places: u32) -> Self {
        Self { value, places, is_percent: false, is_grouped: true }
    }

    /// The same with a percent sign behind it.
    pub fn with_percent_sign(self) -> Self {
        let value = self.value * Decimal::new(1, 2);
        Self { value, places: self.places + 2, is_percent: true, ..self }
    }

    /// The binary number that reads back as this one: the nearest to its digits.
    pub fn number(&self) -> f64 {
        self.value.to_string().parse().unwrap_or_default()
    }

    /// Its number format.
    pub fn format(&self) -> String {
        let places = self.places - if self.is_percent { 2 } else { 0 };
        let mut format = String::from(if self.is_grouped { "#,##0" } else { "0" });
        if places > 0 {
            format.push('.');
            format.extend((0..places).map(|_| '0'));
        }
        if self.is_percent {
            format.push('%');
        }
        format
    }

    fn shown(&self) -> String {
        match self.is_grouped {
            true => format_grouped(self.value, self.places),
            false => format_plain(self.value, self.places),
        }
    }

    pub fn is_kept(&self) -> bool {
        let digits = self.value.normalize().mantissa().unsigned_abs().to_string();
        digits.len() <= MOST_DIGITS
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::Figure;
    use crate::engine::amount::Measure::{Count, Money, Percent, Points};

    #[test]
    fn numbers_are_shown_as_they_were_typed() {
        for (text, measure, value, format) in [
            ("0", Money, "0", "0"),
            ("16", Money, "16", "0"),
            ("0.60", Money, "0.60", "0.00"),
            ("-5.2", Money, "-5.2", "0.0"),
            ("1,234.50", Money, "1234.50", "#,##0.00"),
            ("1234", Money, "1234", "0"),
            ("360.020000", Money, "360.02", "0.000000"),
            ("100%", Percent, "1", "0%"),
            ("95.10%", Percent, "0.951", "0.00%"),
            ("1,020%", Percent, "10.2", "#,##0%"),
            ("98", Percent, "98", "0"),
            ("14", Count, "14", "0"),
            ("9.5", Points, "9.5", "0.0"),
            ("99999999999.9999", Money, "99999999999.9999", "0.0000"),
        ] {
            let figure = Figure::typed(text, measure).unwrap_or_else(|| panic!("{text} is a number"));
            assert_eq!(figure.value, value.parse::<Decimal>().expect("a decimal"), "{text}");
            assert_eq!(figure.format(), format, "{text}");
            assert_eq!(figure.number().to_string().parse::<Decimal>().expect("a number"), figure.value.normalize());
        }
    }

    #[test]
    fn what_would_look_otherwise_stays_a_text() {
        for (text, measure) in [
            ("", Money),
            ("——", Money),
            ("/", Money),
            ("无", Money),
            ("007", Money),
            ("12.", Money),
            (".5", Money),
            ("+5", Money),
            ("-0", Money),
            ("(500)", Money),
            (" 16", Money),
            ("16\n", Money),
            ("１６", Money),
            ("16万元", Money),
            ("310300元", Money),
            ("12人", Count),
            ("98 %", Percent),
            ("98％", Percent),
            ("12,34", Money),
            ("=1+1", Money),
            // Seventeen digits; a binary number keeps fifteen.
            ("99999999999.999999", Money),
        ] {
            assert_eq!(Figure::typed(text, measure), None, "{text}");
        }
    }
}
