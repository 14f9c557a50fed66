//! Reads the one-line formulas of a template: `a = b + c`, `a >= b + c`, `rate = a / b`.
//!
//! Linear on purpose: a row of coefficients can be checked, solved, searched and printed; a program cannot.

use rust_decimal::Decimal;

use crate::engine::amount::{self, Amount};
use crate::engine::template::compile::IS_KNOWN_SOUND;

/// A formula before its names are looked up.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    Linear { left: Vec<Term>, comparison: Comparison, right: Vec<Term> },
    Rate { rate: String, numerator: String, denominator: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    AtLeast,
    AtMost,
}

/// `2 * name`, `sum(group)` or a bare number.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    pub coefficient: Decimal,
    pub what: Named,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Named {
    Cell(String),
    SumOf(String),
    One,
}

/// Where a formula stopped making sense, and what would have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaFault {
    /// Characters before the place.
    pub at: usize,
    pub expected: &'static str,
}

/// Reads one formula.
pub fn parse(text: &str) -> Result<Formula, FormulaFault> {
    let mut reader = Reader { text, at: 0 };
    let left = reader.side()?;
    let comparison = reader.comparison()?;
    let right_starts = reader.at;
    let right = reader.side()?;
    reader.spaces();
    if comparison == Comparison::Equal && reader.eat("/") {
        let denominator = reader.side()?;
        reader.end()?;
        return match (only_cell(&left), only_cell(&right), only_cell(&denominator)) {
            (Some(rate), Some(numerator), Some(denominator)) => Ok(Formula::Rate { rate, numerator, denominator }),
            _ => Err(reader.fault_at(right_starts, "one name on each side of `/` (a formula is linear)")),
        };
    }
    reader.end()?;
    Ok(Formula::Linear { left, comparison, right })
}

fn only_cell(side: &[Term]) -> Option<String> {
    match side {
        [Term { coefficient, what: Named::Cell(name) }] if *coefficient == Decimal::ONE => Some(name.clone()),
        _ => None,
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn side(&mut self) -> Result<Vec<Term>, FormulaFault> {
        let mut terms = Vec::new();
        let mut sign = if self.eat("-") { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
        loop {
            terms.push(self.term(sign)?);
            if self.eat("+") {
                sign = Decimal::ONE;
            } else if self.eat("-") {
                sign = Decimal::NEGATIVE_ONE;
            } else {
                return Ok(terms);
            }
        }
    }

    fn term(&mut self, sign: Decimal) -> Result<Term, FormulaFault> {
        self.spaces();
        let starts = self.at;
        let number = self.take_while(|c| c.is_ascii_digit() || c == '.');
        if !number.is_empty() {
            let Some(Amount { value, .. }) = amount::simple(number) else {
                return Err(self.fault_at(starts, "a number such as 100 or 0.5"));
            };
            if !self.eat("*") {
                return Ok(Term { coefficient: sign * value, what: Named::One });
            }
            let name = self.name()?;
            return Ok(Term { coefficient: sign * value, what: Named::Cell(name) });
        }
        let name = self.name()?;
        if name == "sum" && self.eat("(") {
            let group = self.name()?;
            if !self.eat(")") {
                return Err(self.fault_at(self.at, "`)` after the name of the group"));
            }
            return Ok(Term { coefficient: sign, what: Named::SumOf(group) });
        }
        if self.eat("*") || self.eat("(") {
            return Err(self.fault_at(
                starts,
                "names added up (a formula is linear: no product of two names, no functions but sum)",
            ));
        }
        Ok(Term { coefficient: sign, what: Named::Cell(name) })
    }

    fn comparison(&mut self) -> Result<Comparison, FormulaFault> {
        if self.eat(">=") {
            Ok(Comparison::AtLeast)
        } else if self.eat("<=") {
            Ok(Comparison::AtMost)
        } else if self.eat("=") {
            Ok(Comparison::Equal)
        } else {
            Err(self.fault_at(self.at, "`=`, `>=` or `<=`"))
        }
    }

    fn name(&mut self) -> Result<String, FormulaFault> {
        self.spaces();
        let name = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
        if name.is_empty() { Err(self.fault_at(self.at, "the name of a cell or row")) } else { Ok(name.to_owned()) }
    }

    fn end(&mut self) -> Result<(), FormulaFault> {
        self.spaces();
        if self.at == self.text.len() {
            Ok(())
        } else {
            Err(self.fault_at(self.at, "`+`, `-` or the end of the formula"))
        }
    }

    fn eat(&mut self, token: &str) -> bool {
        self.spaces();
        let found = self.text[self.at..].starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn spaces(&mut self) {
        self.take_while(char::is_whitespace);
    }

    fn take_while(&mut self, accept: impl Fn(char) -> bool) -> &'a str {
        let rest = &self.text[self.at..];
        let length = rest.find(|c| !accept(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn fault_at(&self, at: usize, expected: &'static str) -> FormulaFault {
        // The words are not in the page, whose templates are known to be sound.
        let expected = if IS_KNOWN_SOUND { "" } else { expected };
        FormulaFault { at: self.text[..at].chars().count(), expected }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn fails(text: &str, at: usize, expected: &str) {
        let fault = parse(text).expect_err("this formula has a fault");
        assert_eq!(fault.at, at, "{text}");
        assert!(fault.expected.contains(expected), "{text}: {}", fault.expected);
    }

    fn cell(name: &str) -> Term {
        Term { coefficient: Decimal::ONE, what: Named::Cell(name.to_owned()) }
    }

    #[test]
    fn sums_groups_numbers_and_rates_are_read() {
        let sum = Term { coefficient: Decimal::ONE, what: Named::SumOf("funds".to_owned()) };
        assert_eq!(
            parse("a = b + sum(funds)"),
            Ok(Formula::Linear { left: vec![cell("a")], comparison: Comparison::Equal, right: vec![cell("b"), sum] })
        );
        let minus_two = Term { coefficient: Decimal::from(-2), what: Named::Cell("y.z".to_owned()) };
        assert_eq!(
            parse("x-2*y.z<=100"),
            Ok(Formula::Linear {
                left: vec![cell("x"), minus_two],
                comparison: Comparison::AtMost,
                right: vec![Term { coefficient: Decimal::ONE_HUNDRED, what: Named::One }],
            })
        );
        assert_eq!(
            parse("rate = actual / quota"),
            Ok(Formula::Rate {
                rate: "rate".to_owned(),
                numerator: "actual".to_owned(),
                denominator: "quota".to_owned()
            })
        );
    }

    #[test]
    fn a_fault_says_where_and_what_was_expected() {
        fails("a + b", 5, "`=`");
        fails("a = ", 4, "name");
        fails("a = b * c", 4, "linear");
        fails("a = b + c / d", 3, "linear");
        fails("a = sum(b", 9, "`)`");
        fails("a = b c", 6, "end of the formula");
        fails("总 = b", 0, "name");
    }
}
