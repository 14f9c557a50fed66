//! `scope` (口径): of two figures that count different funds, the wider is the narrower and figures of other funds.
//!
//! A naive comparison calls 381.36 against 337.6 an error; 16 of one fund and 27.76 of another are what lies between.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::engine::evaluation::Stage;
use crate::engine::figures::Figures;
use crate::engine::finding::{Fact, Part};
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
const MOST_PARTS: usize = 3;

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
    let Some((more, less)) = case.value(wide).zip(case.value(narrow)) else { return };
    let difference = more - less;
    let allowed = case.figures.half(wide) + case.figures.half(narrow);
    if difference.is_zero() || difference.abs() < allowed {
        return;
    }
    let known: Vec<(&str, Decimal)> = among
        .iter()
        .filter_map(|key| Some((key.as_str(), case.value(key)?)))
        .filter(|(_, value)| *value > Decimal::ZERO)
        .collect();
    if let Some(parts) = (1..=MOST_PARTS).find_map(|count| sum_to(&known, difference, count, case.figures, allowed)) {
        let sentence = sentence(case, rule, [more, less, difference], &parts);
        // Two rules may compare the same figure under two of its names.
        if ruled.scopes.iter().all(|told| told.wide != wide || told.parts != parts) {
            let [wide, narrow, into] = [wide, narrow, rule.into].map(str::to_owned);
            ruled.scopes.push(Scope { code: case.rule.code.clone(), wide, narrow, parts, into, sentence });
        }
        return;
    }
    let may_follow = difference > Decimal::ZERO && known.len() < among.len();
    if case.figures.stage() == Stage::Draft && may_follow {
        return;
    }
    let fact = Fact::Scope { wide: more.normalize(), narrow: less.normalize(), difference: difference.normalize() };
    ruled.findings.push(case.finding([wide, narrow], fact));
}

/// The first `count` of the figures, in the template's order, that sum to the difference.
fn sum_to(
    known: &[(&str, Decimal)],
    difference: Decimal,
    count: usize,
    figures: &Figures<'_>,
    allowed: Decimal,
) -> Option<Vec<Part>> {
    if count == 0 {
        return (difference.is_zero() || difference.abs() < allowed).then(Vec::new);
    }
    known.iter().enumerate().find_map(|(at, (key, value))| {
        let allowed = allowed + figures.half(key);
        let mut parts = sum_to(&known[at + 1..], difference - value, count - 1, figures, allowed)?;
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
