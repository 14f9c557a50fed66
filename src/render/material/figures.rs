//! The figures that were read and are not in the form yet, as a table: what each is made of, and what taking it over would
//! do.

use std::collections::BTreeSet;

use crate::engine::reading::{Addend, Link, Reading, Standing, Target};
use crate::render::html::{element, escape};
use crate::render::material::{LONGEST_MARK, Names, links};
use crate::render::report::visible;
use crate::words::{Language, Words, report as said};

/// A table with more rows is closed until somebody opens it.
const MOST_OPEN: usize = 12;
/// More rows than any filing has figures.
const MOST_ROWS: usize = 300;
const MOST_ADDENDS: usize = 8;
const MOST_QUOTED: usize = 3;
/// Letters of a line that is quoted.
const LONGEST_LINE: usize = 40;

impl Names<'_> {
    pub(super) fn figures(&self, reading: &Reading, standing: &[Standing]) -> String {
        let say = |words: Words| escape(words.in_language(self.language));
        let figures = reading.links.iter().enumerate();
        let figures = figures.filter(|(at, link)| link.value.is_some() && standing[*at] != Standing::Same);
        // What the table and the report both say is one figure.
        let mut seen: BTreeSet<(&[Target], &str)> = BTreeSet::new();
        let figures: Vec<(usize, &Link)> =
            figures.filter(|(_, link)| seen.insert((link.cells.as_slice(), link.text.as_str()))).collect();
        if figures.is_empty() {
            return String::new();
        }
        let headings =
            [said::ITEM, said::IN_TEXT, said::IN_FORM, said::STATE].map(|words| element("th", &[], &say(words)));
        let mut rows = element("tr", &[], &(headings.concat() + &element("td", &[], "")));
        for (at, link) in figures.iter().take(MOST_ROWS) {
            rows += &self.figure(*at, link, standing[*at]);
        }
        let count = |words: Words, count: usize| escape(&words.say(self.language, &[("count", count.to_string())]));
        let mut inner = element("summary", &[], &count(said::FIGURES, figures.len()));
        inner += &element("table", &[], &rows);
        if figures.len() > MOST_ROWS {
            inner += &element("p", &[], &count(said::AND_MORE_FIGURES, figures.len() - MOST_ROWS));
        }
        let open = if figures.len() > MOST_OPEN { "" } else { "open" };
        element("details", &[("class", "figures"), ("data-part", "read-figures"), ("open", open)], &inner)
    }

    fn figure(&self, at: usize, link: &Link, standing: Standing) -> String {
        let cells = self.cells(at, link);
        let held = match cells.as_slice() {
            [(Some(key), _)] => self.layout.submission.text(key).chars().take(LONGEST_MARK).collect(),
            _ => String::new(),
        };
        let how = [" · ", said::certainty(link.certainty).in_language(self.language)].concat();
        let state = escape(said::effect(standing).in_language(self.language))
            + &element("span", &[("class", "how")], &escape(&how));
        let why = said::standing(standing).in_language(self.language);
        let row = [
            element("td", &[], &links(&cells)),
            element("td", &[], &(element("b", &[], &visible(&link.text)) + &self.origin(link))),
            element("td", &[], &visible(&held)),
            element("td", &[("title", why)], &state),
            element("td", &[], &self.adopting(at, &cells, standing)),
        ];
        element("tr", &[], &row.concat())
    }

    /// What a figure is made of: its accounts, or an amount in 元.
    pub(super) fn origin(&self, link: &Link) -> String {
        let unit = if link.converted { said::YUAN } else { said::WAN };
        let addend = |addend: &Addend| {
            let amount = addend.amount.clone();
            // An amount may carry its unit.
            let has_unit = !amount.ends_with(|c: char| c.is_ascii_digit() || matches!(c, ')' | '０'..='９'));
            let amount = if has_unit { amount } else { unit.say(self.language, &[("amount", amount)]) };
            let pieces = [addend.code.as_str(), &addend.name, &amount];
            pieces.into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let mut sum = link.addends.iter().take(MOST_ADDENDS).map(addend).collect::<Vec<_>>().join(" + ");
        if link.addends.len() > MOST_ADDENDS {
            sum += &said::AND_MORE_ADDENDS.say(self.language, &[("count", link.addends.len().to_string())]);
        }
        let converted = if link.converted { said::IN_YUAN.in_language(self.language) } else { "" };
        let origin =
            [sum.as_str(), converted].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
        if origin.is_empty() { origin } else { element("span", &[("class", "origin")], &visible(&origin)) }
    }
}

/// How many lines of the tables have figures that were matched to nothing, with the first of them.
pub(super) fn unread(text: &str, reading: &Reading, language: Language) -> String {
    if reading.unread.is_empty() {
        return String::new();
    }
    let quoted = |at: &std::ops::Range<usize>| {
        let line = text[at.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        let mut short: String = line.chars().take(LONGEST_LINE).collect();
        if short.len() < line.len() {
            short.push('…');
        }
        said::QUOTED_LINE.say(language, &[("line", visible(&short))])
    };
    let mut lines: String = reading.unread.iter().take(MOST_QUOTED).map(quoted).collect();
    if reading.unread.len() > MOST_QUOTED {
        lines.push('…');
    }
    let arguments = [("count", reading.unread.len().to_string()), ("lines", lines)];
    element("p", &[("data-part", "unread-lines"), ("class", "how")], &said::UNREAD.say(language, &arguments))
}
