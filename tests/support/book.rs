//! A workbook read back: values, formulas and what they give.
// Each test file uses a part of this.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use rust_decimal::{Decimal, RoundingStrategy};

/// What stands in a workbook: values and formulas by sheet and address.
#[derive(Debug, Default)]
pub struct Book {
    pub names: Vec<String>,
    pub values: BTreeMap<(String, String), Data>,
    pub formulas: BTreeMap<(String, String), String>,
    bytes: Vec<u8>,
}

impl Book {
    pub fn read(bytes: Vec<u8>) -> Self {
        let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).expect("a workbook");
        let mut book = Self { names: file.sheet_names(), bytes, ..Self::default() };
        for name in &book.names {
            let range = file.worksheet_range(name).expect("a sheet");
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, value) in range.used_cells() {
                let at = address(row + top as usize, column + left as usize);
                book.values.insert((name.clone(), at), value.clone());
            }
            let range = file.worksheet_formula(name).expect("formulas");
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, formula) in range.used_cells().filter(|(_, _, formula)| !formula.is_empty()) {
                let at = address(row + top as usize, column + left as usize);
                book.formulas.insert((name.clone(), at), formula.clone());
            }
        }
        book
    }

    pub fn value(&self, sheet: &str, at: &str) -> Option<&Data> {
        self.values.get(&(sheet.to_owned(), at.to_owned()))
    }

    /// A text as it stands, a number as its shortest decimal.
    pub fn text(&self, sheet: &str, at: &str) -> String {
        self.value(sheet, at).map(ToString::to_string).unwrap_or_default()
    }

    pub fn formulas_of(&self, sheet: &str) -> BTreeMap<&str, &str> {
        let of_sheet = self.formulas.iter().filter(|((name, _), _)| name == sheet);
        of_sheet.map(|((_, at), formula)| (at.as_str(), formula.as_str())).collect()
    }

    /// A part of the file.
    pub fn part(&self, name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(&self.bytes)).expect("a ZIP archive");
        let mut text = String::new();
        archive.by_name(name).expect("a part").read_to_string(&mut text).expect("UTF-8");
        text
    }

    /// What a formula gives, as a spreadsheet reckons it: texts and blanks are nothing in a sum.
    pub fn calculate(&self, sheet: &str, formula: &str) -> Decimal {
        let mut reader = Calculation { book: self, sheet, rest: formula };
        let result = reader.sum();
        assert_eq!(reader.rest, "", "{formula}");
        result
    }

    pub fn number(&self, sheet: &str, at: &str) -> Option<Decimal> {
        match self.value(sheet, at)? {
            Data::Float(number) => Some(number.to_string().parse().expect("a decimal")),
            Data::Int(number) => Some(Decimal::from(*number)),
            _ => None,
        }
    }
}

pub fn address(row: usize, column: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(column).expect("few columns"));
    format!("{letter}{}", row + 1)
}

struct Calculation<'a> {
    book: &'a Book,
    sheet: &'a str,
    rest: &'a str,
}

impl<'a> Calculation<'a> {
    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest.strip_prefix(token);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    fn sum(&mut self) -> Decimal {
        let mut sum = if self.eat("-") { -self.product() } else { self.product() };
        loop {
            match () {
                () if self.eat("+") => sum += self.product(),
                () if self.eat("-") => sum -= self.product(),
                () => return sum,
            }
        }
    }

    fn product(&mut self) -> Decimal {
        let mut product = self.single();
        loop {
            match () {
                () if self.eat("*") => product *= self.single(),
                () if self.eat("/") => product /= self.single(),
                () => return product,
            }
        }
    }

    fn single(&mut self) -> Decimal {
        if self.eat("ROUND(") {
            let value = self.sum();
            assert!(self.eat(","));
            let places = self.single().to_string().parse().expect("places");
            assert!(self.eat(")"));
            return value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        }
        if self.eat("N(") {
            let number = self.range().into_iter().flatten().sum();
            assert!(self.eat(")"));
            return number;
        }
        if self.eat("SUM(") {
            let mut sum = Decimal::ZERO;
            loop {
                sum += self.range().into_iter().flatten().sum::<Decimal>();
                if self.eat(")") {
                    return sum;
                }
                assert!(self.eat(","), "{}", self.rest);
            }
        }
        if self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            let end = self.rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(self.rest.len());
            let (number, rest) = self.rest.split_at(end);
            self.rest = rest;
            return number.parse().expect("a number");
        }
        // Outside of SUM a text would be an error.
        let cells = self.range();
        cells[0].expect("a number")
    }

    fn range(&mut self) -> Vec<Option<Decimal>> {
        let (sheet, from) = self.cell();
        let to = if self.eat(":") { self.cell().1 } else { from.clone() };
        cells(&from, &to).iter().map(|at| self.book.number(&sheet, at)).collect()
    }

    fn cell(&mut self) -> (String, String) {
        let mut sheet = self.sheet.to_owned();
        if let Some(rest) = self.rest.strip_prefix('\'') {
            let (name, behind) = rest.split_once("'!").expect("a sheet");
            sheet = name.replace("''", "'");
            self.rest = behind;
        }
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(self.rest.len());
        let (at, rest) = self.rest.split_at(end);
        self.rest = rest;
        (sheet, at.to_owned())
    }
}

/// The addresses of a range within one column.
fn cells(from: &str, to: &str) -> Vec<String> {
    assert_eq!(from[..1], to[..1], "one column");
    let row = |at: &str| at[1..].parse::<u32>().expect("a row");
    (row(from)..=row(to)).map(|row| format!("{}{row}", &from[..1])).collect()
}

/// The cells that a formula speaks of.
pub fn needs(book: &Book, sheet: &str, formula: &str) -> Vec<(String, String)> {
    let mut needs = Vec::new();
    for piece in formula.split(['(', ')', ',', '+', '-', '*', '/']) {
        let (sheet, range) = match piece.split_once("!") {
            Some((name, range)) => (name.trim_matches('\''), range),
            None => (sheet, piece),
        };
        let (from, to) = range.split_once(':').unwrap_or((range, range));
        if from.starts_with(|c: char| c.is_ascii_uppercase()) && from.ends_with(|c: char| c.is_ascii_digit()) {
            assert!(book.names.iter().any(|name| name == sheet), "{formula}");
            needs.extend(cells(from, to).into_iter().map(|at| (sheet.to_owned(), at)));
        }
    }
    needs
}
