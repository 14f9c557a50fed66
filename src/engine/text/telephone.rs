//! `telephone`: numbers of offices, as one quiet remark: whoever publishes a filing decides whether they stay.

use crate::engine::text::prose::Prose;
use crate::engine::text::{Case, Place, Spot, Tally, Text, TextFact, TextFinding};

/// Marks between a label and its number, and between the number of a town and that of an office.
const BETWEEN: [char; 5] = [':', ' ', '-', '(', ')'];
const OFFICE: std::ops::RangeInclusive<usize> = 7..=8;
const TOWN: std::ops::RangeInclusive<usize> = 3..=4;

pub(super) fn check(case: Case<'_>, labels: &[String]) -> Vec<TextFinding> {
    let mut tally = Tally::new();
    for (at, text) in case.texts() {
        let prose = &text.prose;
        let mut from = 0;
        // A cell that the form itself labels has nothing but the number in it.
        let mut labelled = is_labelled(case, text, labels);
        while from < prose.len() {
            if let Some(length) = prose.has_any(from, labels) {
                (labelled, from) = (true, from + length);
                continue;
            }
            let end = prose.digits(from);
            if end == from {
                labelled &= BETWEEN.contains(&prose.at(from));
                from += 1;
                continue;
            }
            let number = telephone(prose, from, labelled);
            if let Some(end) = number {
                tally.add((), Spot { text: at, range: from..end }, text);
            }
            labelled &= TOWN.contains(&(end - from));
            from = number.unwrap_or(end);
        }
    }
    tally.into_counts().map(|((), spot, times)| case.finding(&spot, TextFact::Telephone { times })).collect()
}

fn is_labelled(case: Case<'_>, text: &Text<'_>, labels: &[String]) -> bool {
    let Place::Cell(key) = &text.passage.place else { return false };
    let layout = &case.reading.layout;
    let field = layout.find(key).map(|at| layout.field(at));
    field.is_some_and(|field| labels.iter().any(|label| field.row.label.contains(label.as_str())))
}

/// The end of a number that begins here: 0731-22880000, or 22880000 behind its label.
fn telephone(prose: &Prose, at: usize, labelled: bool) -> Option<usize> {
    let before = prose.before(at);
    if before.is_ascii_alphanumeric() || matches!(before, '*' | '.' | '-' | '/') {
        return None;
    }
    let end = prose.digits(at);
    let ends = |end: usize| {
        let next = prose.at(end);
        !next.is_ascii_alphanumeric() && !matches!(next, '*' | '.' | '%' | '元' | '万' | '-')
            || (matches!(next, '.' | '-') && !prose.at(end + 1).is_ascii_alphanumeric())
    };
    if labelled && OFFICE.contains(&(end - at)) && prose.at(at) != '0' {
        return ends(end).then_some(end);
    }
    if !(TOWN.contains(&(end - at)) && prose.at(at) == '0') {
        return None;
    }
    let office = end + prose.chars()[end..].iter().take_while(|c| BETWEEN[1..].contains(c)).take(2).count();
    let office_end = prose.digits(office);
    (office > end && OFFICE.contains(&(office_end - office)) && ends(office_end)).then_some(office_end)
}
