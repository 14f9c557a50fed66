//! `no_problems`: the report tells of no problem, though points were cut.

use std::ops::Range;

use crate::engine::amount::{Entry, Measure, format_grouped, read_amount};
use crate::engine::text::prose::Prose;
use crate::engine::text::{Case, Spot, TextFact, TextFinding};

/// A heading stands in so many characters of its line; 存在的问题 within a sentence is none.
const LONGEST_HEADING: usize = 24;

pub(super) fn check(case: Case<'_>, headings: &[String], cells: &[String], none: &[String]) -> Vec<TextFinding> {
    let Some((score, full)) = points(case) else { return Vec::new() };
    for (at, text) in case.texts() {
        let prose = &text.prose;
        let range = match text.is_material() {
            true => under_heading(prose, headings, none),
            false if cells.iter().any(|key| text.is_cell(key)) => says_none(prose, 0..prose.len(), none),
            false => None,
        };
        if let Some(range) = range {
            let text = prose.text(range.clone());
            let fact = TextFact::NoProblems { text, score, full };
            return vec![case.finding(&Spot { text: at, range }, fact)];
        }
    }
    Vec::new()
}

/// The score and its full points, where some were cut.
fn points(case: Case<'_>) -> Option<(String, String)> {
    let layout = &case.reading.layout;
    let scoring = layout.template.scoring()?;
    let points = |key: &str| match read_amount(layout.text(layout.find(key)?), Measure::Points) {
        Entry::Number(amount) => Some(amount.value),
        _ => None,
    };
    let (score, full) = (points(&scoring.total_score)?, points(&scoring.total_weight)?);
    let said = |value: rust_decimal::Decimal| format_grouped(value, value.normalize().scale());
    (score < full).then(|| (said(score), said(full)))
}

/// What stands behind one of the headings, on its line or on the next, where it is none.
fn under_heading(prose: &Prose, headings: &[String], none: &[String]) -> Option<Range<usize>> {
    let lines = prose.lines();
    for (number, line) in lines.iter().enumerate() {
        let place = (line.start..line.end.min(line.start + LONGEST_HEADING))
            .find_map(|at| Some(at + prose.has_any(at, headings)?));
        let Some(behind) = place.filter(|behind| *behind <= line.end) else { continue };
        let colon = (behind..line.end).find(|at| prose.at(*at) == ':' || prose.at(*at) == '。');
        let said = match colon {
            Some(colon) => says_none(prose, colon + 1..line.end, none),
            // The heading takes the whole of its line; what comes next but one is the next heading, or the end.
            None => lines.get(number + 1).and_then(|next| says_none(prose, next.clone(), none)),
        };
        if said.is_some() {
            return said;
        }
    }
    None
}

/// Whether a text is one of the words and nothing else.
fn says_none(prose: &Prose, range: Range<usize>, none: &[String]) -> Option<Range<usize>> {
    let from = range.clone().find(|at| prose.at(*at).is_alphanumeric())?;
    let length = prose.has_any(from, none)?;
    let rest = from + length..range.end;
    rest.clone().all(|at| !prose.at(at).is_alphanumeric()).then_some(from..from + length)
}
