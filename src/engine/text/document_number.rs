//! `document_number`: numbers of official documents that cannot be, such as 〔20216)5号 and 〔2024〕号.

use std::ops::Range;

use crate::engine::text::prose::Prose;
use crate::engine::text::{Case, NumberSlip, Spot, TextFact, TextFinding};

/// Brackets that people type around the year. Only the first pair is the prescribed one.
const PAIRS: [(char, char); 4] = [('〔', '〕'), ('[', ']'), ('(', ')'), ('【', '】')];
const NUMBERED: char = '号';
const BEFORE_NUMBER: char = '第';
/// The year in which the state began to number its documents, and how far ahead a plan is numbered.
const FIRST_YEAR: u32 = 1949;
const AHEAD: u32 = 2;
/// More digits are something else.
const MOST_DIGITS: usize = 6;

pub(super) fn check(case: Case<'_>) -> Vec<TextFinding> {
    let mut findings = Vec::new();
    for (at, text) in case.texts() {
        let prose = &text.prose;
        let mut from = 0;
        while from < prose.len() {
            let end = prose.digits(from);
            if end == from {
                from += 1;
                continue;
            }
            if let Some((range, slip)) = slip(prose, from..end, case.year()) {
                let fact = TextFact::DocumentNumber { text: prose.text(range.clone()), slip };
                findings.push(case.finding(&Spot { text: at, range }, fact));
            }
            from = end;
        }
    }
    findings
}

/// What is wrong with the number whose year these digits are, and where the number stands.
fn slip(prose: &Prose, year: Range<usize>, filing: u32) -> Option<(Range<usize>, NumberSlip)> {
    if year.len() > MOST_DIGITS || year.len() < 2 {
        return None;
    }
    let (before, after) = (prose.before(year.start), prose.at(year.end));
    let opened = PAIRS.iter().position(|(open, _)| *open == before);
    let closed = PAIRS.iter().position(|(_, close)| *close == after);
    let number = year.end + usize::from(closed.is_some());
    let number = number + usize::from(prose.at(number) == BEFORE_NUMBER);
    let number_end = prose.digits(number);
    let numbered = prose.at(number_end) == NUMBERED;
    let from = year.start - usize::from(opened.is_some());
    let range = from..if numbered { number_end + 1 } else { number };
    // The prescribed bracket on one side tells a document's number; other ones must have 号 behind them.
    let prescribed = opened == Some(0) || closed == Some(0);
    if opened != closed {
        let both = opened.is_some() && closed.is_some();
        let is_number = match both {
            true => prescribed || (numbered && number_end > number && year.len() == 4),
            false => prescribed && (numbered || closed == Some(0)) && year.len() == 4,
        };
        return is_number.then_some((range, NumberSlip::Brackets));
    }
    opened?;
    if !(prescribed || (opened == Some(1) && numbered && number_end > number)) {
        return None;
    }
    let is_year = year.len() == 4
        && prose.number(year).is_some_and(|year| year >= FIRST_YEAR && year <= filing.saturating_add(AHEAD));
    if !is_year {
        return Some((range, NumberSlip::Year));
    }
    (numbered && number_end == number).then_some((range, NumberSlip::NoNumber))
}
