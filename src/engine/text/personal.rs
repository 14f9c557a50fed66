//! `personal_data`: mobile and identity numbers, which are masked before a filing is published.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::engine::text::dates::days_in;
use crate::engine::text::prose::Prose;
use crate::engine::text::{Case, PersonalKind, Spot, Tally, TextFact, TextFinding};

const MASK: char = '*';
/// The first two digits of an identity number: a province.
const PROVINCES: [&str; 34] = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44",
    "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
];
/// The weights of the check digit and what it is for each remainder (GB 11643-1999).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
/// Words before a number by which it is of no person: accounts and codes have as many digits.
const NO_PERSON: [&str; 10] = ["账号", "帐号", "卡号", "税号", "编号", "代码", "单号", "条码", "账户", "订单"];
/// How far before a number such a word is looked for.
const BEFORE: usize = 6;
/// How people part the digits of a number.
const GROUPS: [&[usize]; 2] = [&[3, 4, 4], &[6, 8, 4]];
const MOBILE: usize = 11;
const IDENTITY: usize = 18;
const OLD_IDENTITY: usize = 15;

/// A personal number in a text.
#[derive(Clone, Debug)]
pub(super) struct Datum {
    kind: PersonalKind,
    /// Its digits, among which spaces and dashes may stand.
    digits: Vec<(usize, char)>,
}

impl Datum {
    fn shown(&self) -> (usize, usize) {
        match self.kind {
            PersonalKind::Mobile => (3, 4),
            PersonalKind::Identity => (6, if self.digits.len() == IDENTITY { 4 } else { 3 }),
        }
    }

    fn masked(&self) -> String {
        let (first, last) = self.shown();
        let hidden = first..self.digits.len() - last;
        self.digits.iter().enumerate().map(|(at, (_, c))| if hidden.contains(&at) { MASK } else { *c }).collect()
    }

    fn range(&self) -> Range<usize> {
        match (self.digits.first(), self.digits.last()) {
            (Some((first, _)), Some((last, _))) => *first..last + 1,
            _ => 0..0,
        }
    }

    /// The characters that are not to be seen.
    pub fn hidden(&self) -> Range<usize> {
        let (first, last) = self.shown();
        let at = |index: usize| self.digits.get(index).map_or(0, |(at, _)| *at);
        at(first)..at(self.digits.len() - last - 1) + 1
    }
}

/// Each number once.
pub(super) fn check(case: Case<'_>) -> Vec<TextFinding> {
    let mut tally = Tally::new();
    for (at, text) in case.texts() {
        for datum in found(&text.prose) {
            let number: String = datum.digits.iter().map(|(_, c)| *c).collect();
            tally.add((number, datum.masked(), datum.kind), Spot { text: at, range: datum.range() }, text);
        }
    }
    let fact = |((_, masked, kind), spot, times)| case.finding(&spot, TextFact::PersonalData { kind, masked, times });
    tally.into_counts().map(fact).collect()
}

/// The text with every personal datum of the findings masked.
pub fn masked(text: &str, findings: &[TextFinding]) -> String {
    let told: BTreeSet<&str> = findings
        .iter()
        .filter_map(|finding| match &finding.fact {
            TextFact::PersonalData { masked, .. } => Some(masked.as_str()),
            _ => None,
        })
        .collect();
    if told.is_empty() {
        return text.to_owned();
    }
    let prose = Prose::of(text);
    let mut said = String::with_capacity(text.len());
    let mut from = 0;
    for datum in found(&prose).iter().filter(|datum| told.contains(datum.masked().as_str())) {
        let hidden = datum.hidden();
        for (at, _) in datum.digits.iter().filter(|(at, _)| hidden.contains(at)) {
            let place = prose.bytes(*at..at + 1);
            said.push_str(&text[from..place.start]);
            said.push(MASK);
            from = place.end;
        }
    }
    said.push_str(&text[from..]);
    said
}

/// All personal numbers of a text, in order.
pub(super) fn found(prose: &Prose) -> Vec<Datum> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < prose.len() {
        if !prose.at(at).is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = end_of_run(prose, at);
        let whole: Vec<(usize, char)> =
            (at..end).map(|at| (at, prose.at(at))).filter(|(_, c)| !matches!(c, ' ' | '-')).collect();
        let alone = !is_joined_before(prose, at) && !is_joined_behind(prose, end);
        let kind = kind(&whole).filter(|_| alone && is_one_number(prose, at..end) && !is_of_no_person(prose, at));
        if let Some(kind) = kind {
            found.push(Datum { kind, digits: upper(whole) });
        } else {
            found.extend(parts(prose, at..end));
        }
        at = end;
    }
    found
}

/// Digits and what may part them: 138 0013 8000, 138-0013-8000, and an X at the end.
fn end_of_run(prose: &Prose, from: usize) -> usize {
    let mut at = prose.digits(from);
    while matches!(prose.at(at), ' ' | '-') && prose.at(at + 1).is_ascii_digit() {
        at = prose.digits(at + 1);
    }
    at + usize::from(matches!(prose.at(at), 'X' | 'x'))
}

/// Whether nothing parts the digits, or parts them as people do.
fn is_one_number(prose: &Prose, run: Range<usize>) -> bool {
    let text = prose.text(run);
    let groups: Vec<usize> = text.split([' ', '-']).map(str::len).collect();
    groups.len() == 1 || GROUPS.contains(&groups.as_slice())
}

/// The numbers of a run each for itself: several telephones may stand beside each other.
fn parts(prose: &Prose, run: Range<usize>) -> Vec<Datum> {
    let mut parts = Vec::new();
    let mut at = run.start;
    while at < run.end {
        let mut end = prose.digits(at);
        end += usize::from(end + 1 == run.end && matches!(prose.at(end), 'X' | 'x'));
        let digits: Vec<(usize, char)> = (at..end).map(|at| (at, prose.at(at))).collect();
        let alone = !is_joined_before(prose, at) && !is_joined_behind(prose, end) && end > at;
        if let Some(kind) = kind(&digits).filter(|_| alone && !is_of_no_person(prose, at)) {
            parts.push(Datum { kind, digits: upper(digits) });
        }
        at = end.max(at) + 1;
    }
    parts
}

fn upper(mut digits: Vec<(usize, char)>) -> Vec<(usize, char)> {
    digits.iter_mut().for_each(|(_, c)| c.make_ascii_uppercase());
    digits
}

/// Whether the digits are a piece of a longer code or of a figure.
fn is_joined_before(prose: &Prose, at: usize) -> bool {
    let before = prose.before(at);
    before.is_ascii_alphanumeric() || matches!(before, '*' | '.' | '_' | '/' | '-')
}

fn is_joined_behind(prose: &Prose, at: usize) -> bool {
    let next = prose.at(at);
    let goes_on = matches!(next, '.' | ',' | '-') && prose.at(at + 1).is_ascii_digit();
    next.is_ascii_alphanumeric() || matches!(next, '*' | '_' | '%' | '元' | '万' | '亿') || goes_on
}

fn is_of_no_person(prose: &Prose, at: usize) -> bool {
    prose.contains_any(at.saturating_sub(BEFORE)..at, &NO_PERSON)
}

fn kind(digits: &[(usize, char)]) -> Option<PersonalKind> {
    let text: String = digits.iter().map(|(_, c)| c.to_ascii_uppercase()).collect();
    match text.len() {
        MOBILE if is_mobile(&text) => Some(PersonalKind::Mobile),
        IDENTITY if is_identity(&text) => Some(PersonalKind::Identity),
        OLD_IDENTITY if is_old_identity(&text) => Some(PersonalKind::Identity),
        _ => None,
    }
}

fn is_mobile(text: &str) -> bool {
    let second = text.as_bytes().get(1);
    text.starts_with('1') && second.is_some_and(|c| (b'3'..=b'9').contains(c)) && all_digits(text)
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|c| c.is_ascii_digit())
}

fn is_identity(text: &str) -> bool {
    let (body, check) = text.split_at(IDENTITY - 1);
    let values = body.chars().filter_map(|c| c.to_digit(10)).zip(WEIGHTS);
    let sum: u32 = values.map(|(value, weight)| value * weight).sum();
    let due = CHECK_DIGITS.iter().zip(0..).find(|(_, rest)| *rest == sum % 11).map(|(c, _)| *c);
    all_digits(body) && check.chars().next() == due && is_person(text, &text[6..10], &text[10..14])
}

fn is_old_identity(text: &str) -> bool {
    all_digits(text) && is_person(text, &format!("19{}", &text[6..8]), &text[8..12])
}

/// A province at the beginning, and a day on which somebody can have been born.
fn is_person(text: &str, year: &str, day: &str) -> bool {
    let number = |digits: &str| digits.parse::<u32>().ok();
    let born = || {
        let (year, month, day) = (number(year)?, number(&day[..2])?, number(&day[2..])?);
        let is_day = (1..=12).contains(&month) && day >= 1 && day <= days_in(Some(year), month);
        Some((1900..2100).contains(&year) && is_day)
    };
    PROVINCES.iter().any(|province| text.starts_with(province)) && born() == Some(true)
}
