//! `scope` (口径): of two figures that count different funds, the wider is the narrower and figures of other funds.
//!
//! A naive comparison calls 381.36 against 337.6 an error; 16 of one fund and 27.76 of another are what lies between.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::engine::amount::Entry;
use crate::engine::evaluation::Stage;
use crate::engine::finding::{Fact, Part, RoundingLine};
use crate::engine::rule::{Case, Ruled};

/// Two figures of one name that differ by the funds they count.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Scope {
    pub code: String,
    pub wide: String,
    pub narrow: String,
    /// What the wider one counts besides.
    pub parts: Vec<Part>,
    /// The cell of words that the explaining sentence is offered for, and the sentence.
    pub into: String,
    pub sentence: String,
}

/// More figures than this between two others explain nothing: some of many would fit any difference.
pub(crate) const MOST_PARTS: usize = 3;

#[derive(Clone, Copy)]
pub(super) struct Parameters<'a> {
    pub wide: &'a str,
    pub narrow: &'a str,
    pub among: &'a [String],
    pub sentence: &'a str,
    /// How one of the figures is listed in the sentence, with the mark that parts it from the one before.
    pub item: &'a str,
    pub into: &'a str,
}

pub(super) fn check(case: Case<'_>, rule: Parameters<'_>, ruled: &mut Ruled) {
    let Parameters { wide, narrow, among, .. } = rule;
    let (Figure::Known(more), Figure::Known(less)) = (figure(case, wide), figure(case, narrow)) else { return };
    let difference = more - less;
    let allowed = case.figures.half(wide) + case.figures.half(narrow);
    if difference.is_zero() {
        return;
    }
    let code = &case.rule.code;
    let rounded = |by: Decimal| RoundingLine { code: code.clone(), cell: wide.to_owned(), difference: by.normalize() };
    if difference.abs() < allowed {
        ruled.rounding.push(rounded(difference));
        return;
    }
    let figures: Vec<(&str, Figure)> = among.iter().map(|key| (key.as_str(), figure(case, key))).collect();
    let known: Vec<(&str, Decimal)> = figures
        .iter()
        .filter_map(|(key, figure)| if let Figure::Known(value) = figure { Some((*key, *value)) } else { None })
        .filter(|(_, value)| *value > Decimal::ZERO)
        .collect();
    let exact = explain(&known, difference, &|_| Decimal::ZERO, Decimal::ZERO);
    if let Some(parts) = exact.or_else(|| explain(&known, difference, &|key| case.figures.half(key), allowed)) {
        let rest = parts.iter().filter_map(|part| part.value).fold(difference, |rest, value| rest - value);
        if !rest.is_zero() {
            ruled.rounding.push(rounded(rest));
        }
        let sentence = sentence(case, rule, [more, less, difference], &parts);
        // Two rules may compare the same figure under two of its names.
        if ruled.scopes.iter().all(|told| told.wide != wide || told.parts != parts) {
            let [wide, narrow, into] = [wide, narrow, rule.into].map(str::to_owned);
            ruled.scopes.push(Scope { code: code.clone(), wide, narrow, parts, into, sentence });
        }
        return;
    }
    let any = |wanted| figures.iter().any(|(_, figure)| *figure == wanted);
    let may_follow = case.figures.stage() == Stage::Draft && difference > Decimal::ZERO && any(Figure::Blank);
    if may_follow || any(Figure::Unreadable) {
        return;
    }
    let fact = Fact::Scope { wide: more.normalize(), narrow: less.normalize(), difference: difference.normalize() };
    ruled.findings.push(case.finding([wide, narrow], fact));
}

#[derive(Clone, Copy, PartialEq)]
enum Figure {
    /// A number, or the zero that —— and 无 are in a sum.
    Known(Decimal),
    Blank,
    Unreadable,
}

fn figure(case: Case<'_>, key: &str) -> Figure {
    match case.layout().find(key).and_then(|at| case.figures.entry(at)) {
        Some(Entry::Number(amount)) => Figure::Known(amount.value),
        Some(Entry::NotApplicable) => Figure::Known(Decimal::ZERO),
        Some(Entry::Blank) | None => Figure::Blank,
        Some(Entry::Unreadable(_)) => Figure::Unreadable,
    }
}

/// The fewest figures that sum to the difference, those first that the template has first. A sum that is right to the
/// last place is asked for before one that is right but for rounding.
pub(crate) fn explain(
    known: &[(&str, Decimal)],
    difference: Decimal,
    half: &dyn Fn(&str) -> Decimal,
    allowed: Decimal,
) -> Option<Vec<Part>> {
    (1..=MOST_PARTS).find_map(|count| sum_to(known, difference, count, half, allowed))
}

/// The first `count` of the figures, in the template's order, that sum to the difference.
fn sum_to(
    known: &[(&str, Decimal)],
    difference: Decimal,
    count: usize,
    half: &dyn Fn(&str) -> Decimal,
    allowed: Decimal,
) -> Option<Vec<Part>> {
    if count == 0 {
        return (difference.is_zero() || difference.abs() < allowed).then(Vec::new);
    }
    known.iter().enumerate().find_map(|(at, (key, value))| {
        let mut parts = sum_to(&known[at + 1..], difference - *value, count - 1, half, allowed + half(key))?;
        parts.insert(0, Part { cell: (*key).to_owned(), coefficient: Decimal::ONE, value: Some(value.normalize()) });
        Some(parts)
    })
}

fn sentence(case: Case<'_>, rule: Parameters<'_>, values: [Decimal; 3], parts: &[Part]) -> String {
    let mut listed = String::new();
    for part in parts {
        let value = part.value.unwrap_or_default().to_string();
        listed += &rule.item.replace("{name}", &case.layout().label(&part.cell)).replace("{value}", &value);
    }
    let mut listed = listed.chars();
    // The first one has none before it.
    listed.next();
    let [wide, narrow, difference] = values.map(|value| value.normalize().to_string());
    rule.sentence
        .replace("{wide}", &wide)
        .replace("{narrow}", &narrow)
        .replace("{difference}", &difference)
        .replace("{parts}", listed.as_str())
}
