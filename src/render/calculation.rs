//! 算式: how a figure was calculated, a line a figure that leads to its cell, with what rounding may have made of it.

use rust_decimal::Decimal;

use crate::engine::figures::Figures;
use crate::engine::finding::{Fact, Finding, Level, Part};
use crate::engine::layout::Layout;
use crate::engine::relation::State;
use crate::engine::ties::{Sign, Tie};
use crate::render::html::{element, escape};
use crate::render::{button, line};
use crate::words::explain::{explain, percent, short, sign, times};
use crate::words::repairs::{self as said, Speaker};
use crate::words::{Language, Words, about};

/// A sum of more figures is no help line by line.
const MOST_LINES: usize = 40;

/// Calculations of one filing.
#[derive(Clone, Copy)]
pub struct Calculation<'a> {
    pub layout: &'a Layout<'a>,
    pub figures: &'a Figures<'a>,
    pub speaker: Speaker<'a>,
}

impl Calculation<'_> {
    /// That of a finding, under its sentence.
    pub fn of_finding(self, finding: &Finding) -> String {
        let explained = explain(finding, self.layout, self.speaker.language);
        let title = [&finding.code, " ", &explained.what].concat();
        let mut lines = String::new();
        let mut end: Vec<(&str, String)> = Vec::new();
        let first = finding.cells.first().map(String::as_str).unwrap_or_default();
        let figure = |value: Decimal| self.speaker.figure(first, value);
        match &finding.fact {
            Fact::Sum { left, right, expected, found, difference, allowed } => {
                lines += &self.side(left, "");
                lines += &self.side(right, said::EQUALS);
                end.push((self.words(said::COMPUTED), figure(*expected)));
                end.push((self.words(said::ENTERED), figure(*found)));
                end.push((self.words(said::DIFFERENCE), figure(*difference)));
                end.push((self.words(said::ALLOWED), short(*allowed)));
            }
            Fact::AtLeast { left, right, found, bound, difference } => {
                lines += &self.side(left, "");
                lines += &self.side(right, "≥");
                end.push((self.words(said::AT_LEAST_OF), figure(*bound)));
                end.push((self.words(said::ENTERED), figure(*found)));
                end.push((self.words(said::DIFFERENCE), figure(-*difference)));
            }
            Fact::Rate { numerator, denominator, expected, found, .. } => {
                let signs = ["", said::EQUALS, "÷"];
                let values = [*found, *numerator, *denominator];
                for ((key, sign), value) in finding.cells.iter().zip(signs).zip(values) {
                    lines += &self.line(sign, key, Some(value));
                }
                end.push((self.words(said::COMPUTED), figure(*expected)));
                end.push((self.words(said::ENTERED), figure(*found)));
                end.push((self.words(said::DIFFERENCE), figure(*found - *expected)));
            }
            // What is no sum says itself how it was calculated.
            _ => {
                lines += &finding
                    .cells
                    .iter()
                    .take(MOST_LINES)
                    .map(|key| self.line("", key, self.figures.value(key)))
                    .collect::<String>();
            }
        }
        line("rule", &title) + &self.table(&lines, &end)
    }

    /// That of a relation or rule around a cell, whether it holds or not; what is missing is named.
    pub fn of_tie(self, tie: &Tie) -> String {
        let first = tie.left.first().map(|part| part.cell.as_str()).unwrap_or_default();
        let mut lines = String::new();
        for (sign, part) in self.terms(tie) {
            lines += &self.line(&sign, &part.cell, part.value);
        }
        if !tie.bare.is_zero() {
            let cells = [element("td", &[("class", "sign")], comparison(tie.sign)), element("td", &[], "")];
            let value = element("td", &[], &escape(&self.speaker.figure(first, tie.bare)));
            lines += &element("tr", &[], &(cells.concat() + &value + "<td></td>"));
        }
        let mut html = self.table(&lines, &self.ends(tie, first));
        if tie.blanks_as_zero {
            html += &line("evidence", self.words(about::BLANKS_AS_ZERO));
        }
        html + &self.missing(tie)
    }

    /// The terms of a tie with the signs before them, as a formula has them.
    pub fn terms(self, tie: &Tie) -> Vec<(String, &Part)> {
        let mut terms = Vec::new();
        let opening = match tie.sign {
            Sign::Change => about::MINUS,
            other => comparison(other),
        };
        for (parts, opening) in [(&tie.left, ""), (&tie.right, opening)] {
            for (at, part) in parts.iter().take(MOST_LINES).enumerate() {
                let before = if at == 0 { opening } else { "" };
                let between = match (tie.sign, at) {
                    (Sign::Rate, 1) => "÷",
                    (Sign::Other, _) => "",
                    _ => sign(part.coefficient, at == 0).trim(),
                };
                terms.push(([before, between, &times(part.coefficient)].concat(), part));
            }
        }
        terms
    }

    /// The lines below the figures: what comes out, what is entered, the difference.
    fn ends(self, tie: &Tie, first: &str) -> Vec<(&'static str, String)> {
        let mut end: Vec<(&str, String)> = Vec::new();
        let mut push = |words: Words, value: Option<String>| {
            end.extend(value.map(|value| (self.words(words), value)));
        };
        let figure = |value: Option<Decimal>| value.map(|value| self.speaker.figure(first, value));
        match tie.sign {
            Sign::Change => {
                push(about::CHANGED_BY, figure(tie.difference));
                push(about::CHANGE, tie.computed.map(|share| percent(share) + "%"));
                push(about::CHANGE_LIMIT, tie.allowed.map(|limit| short(limit) + "%"));
            }
            Sign::Other => {}
            _ if tie.state == State::Open => push(about::SO_FAR, figure(tie.computed)),
            Sign::AtLeast | Sign::AtMost => {
                let words = if tie.sign == Sign::AtMost { about::AT_MOST_OF } else { said::AT_LEAST_OF };
                push(words, figure(tie.computed));
                push(said::ENTERED, figure(tie.entered));
                push(said::DIFFERENCE, figure(tie.difference));
            }
            Sign::Equal | Sign::Rate => {
                push(said::COMPUTED, figure(tie.computed));
                push(said::ENTERED, figure(tie.entered));
                push(said::DIFFERENCE, figure(tie.difference));
                push(said::ALLOWED, tie.allowed.filter(|allowed| !allowed.is_zero()).map(short));
            }
        }
        end
    }

    /// 还缺: the cells that it waits for, each a way to it.
    pub fn missing(self, tie: &Tie) -> String {
        if tie.missing.is_empty() {
            return String::new();
        }
        let links: Vec<String> = tie.missing.iter().take(MOST_LINES).map(|key| self.link(key)).collect();
        let links = links.join(&escape(self.words(said::COMMA)));
        element("p", &[("class", "missing")], &[&escape(self.words(about::MISSING)), links.as_str()].concat())
    }

    /// How a tie stands, with its mark: never by colour alone.
    pub fn standing(self, tie: &Tie) -> (&'static str, &'static str, &'static str) {
        let words = |words: Words| self.words(words);
        match (tie.state, tie.level) {
            (State::Agrees, _) => ("is-agrees", "✓", words(about::AGREES)),
            (State::Rounding, _) => ("is-agrees", "≈", words(about::ROUNDING)),
            (State::Offered, _) => ("is-open", about::PLUS, words(about::OFFERED)),
            (State::Violated, Level::Error) => ("is-violated", "✗", words(about::VIOLATED)),
            (State::Violated, Level::Warning) => ("is-warned", "!", words(about::TO_VERIFY)),
            (State::Violated, Level::Info) => ("is-open", "i", words(about::TO_NOTE)),
            (State::Unverifiable, _) => ("is-open", "…", words(about::UNVERIFIABLE)),
            (State::Open | State::Silent, _) => ("is-open", "…", words(about::OPEN)),
        }
    }

    /// What a tie is called: the form's own words, and of the change against last year ours.
    pub fn name(self, tie: &Tie) -> String {
        let first = || tie.left.first().map(|part| self.speaker.name(&part.cell)).unwrap_or_default();
        match (tie.code.is_empty(), self.speaker.language) {
            (true, _) => self.words(about::AGAINST_LAST_YEAR).to_owned(),
            (false, Language::Chinese) => tie.name.clone(),
            // The form's names are Chinese.
            (false, Language::English) => first(),
        }
    }

    fn table(self, lines: &str, end: &[(&str, String)]) -> String {
        let mut lines = lines.to_owned();
        for (name, value) in end {
            let cells = [element("td", &[("colspan", "2")], &escape(name)), element("td", &[], &escape(value))];
            lines += &element("tr", &[("class", "end")], &(cells.concat() + "<td></td>"));
        }
        let headings = [said::ITEM, said::FIGURE, said::RANGE].map(|words| self.words(words));
        let headings: String = headings
            .iter()
            .enumerate()
            .map(|(at, heading)| element("th", &[("colspan", if at == 0 { "2" } else { "" })], &escape(heading)))
            .collect();
        element("table", &[], &(element("tr", &[], &headings) + &lines))
    }

    /// The figures of one side; `opening` stands before the first.
    fn side(self, parts: &[Part], opening: &str) -> String {
        let mut lines = String::new();
        for (at, part) in parts.iter().take(MOST_LINES).enumerate() {
            let before = if at == 0 { opening } else { "" };
            let sign = [before, sign(part.coefficient, at == 0).trim(), &times(part.coefficient)].concat();
            lines += &self.line(&sign, &part.cell, part.value);
        }
        lines
    }

    pub fn line(self, sign: &str, key: &str, value: Option<Decimal>) -> String {
        let half = self.figures.half(key);
        // The value itself was rounded, or it is exact.
        let range = if value.is_none() || half.is_zero() { String::new() } else { ["±", &short(half)].concat() };
        let value = value.map(|value| self.speaker.figure(key, value)).unwrap_or_default();
        let cells = [
            element("td", &[("class", "sign")], &escape(sign)),
            element("td", &[], &self.link(key)),
            element("td", &[], &escape(&value)),
            element("td", &[], &escape(&range)),
        ];
        element("tr", &[], &cells.concat())
    }

    /// The name of a cell, which leads to it.
    pub fn link(self, key: &str) -> String {
        button("link", "go-to", key, "", &self.speaker.name(key))
    }

    fn words(self, words: Words) -> &'static str {
        words.in_language(self.speaker.language)
    }
}

/// Between the sides.
pub fn comparison(sign: Sign) -> &'static str {
    match sign {
        Sign::Equal | Sign::Rate => said::EQUALS,
        Sign::AtLeast => "≥",
        Sign::AtMost => "≤",
        Sign::Change | Sign::Other => "",
    }
}
