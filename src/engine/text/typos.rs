//! `typos`: slips that are frequent in this field, each hit only where its right word is sure.

use std::collections::BTreeMap;

use crate::engine::amount::prose_character;
use crate::engine::template::spec::TypoSpec;
use crate::engine::text::prose::Prose;
use crate::engine::text::{Case, Spot, Tally, TextFact, TextFinding};

/// What may follow a year or month that is a date.
const OF_DATE: [char; 2] = ['年', '月'];

/// Each slip once, with how often it stands.
pub(super) fn check(case: Case<'_>, list: &[TypoSpec]) -> Vec<TextFinding> {
    // Looked up by the first character, so that a long list costs no more than a short one.
    let mut by_first: BTreeMap<char, Vec<&TypoSpec>> = BTreeMap::new();
    for typo in list {
        if let Some(first) = typo.wrong.chars().next() {
            by_first.entry(prose_character(first)).or_default().push(typo);
        }
    }
    let mut tally = Tally::new();
    for (at, text) in case.texts() {
        let prose = &text.prose;
        let mut from = 0;
        while from < prose.len() {
            let candidates = by_first.get(&prose.at(from)).into_iter().flatten();
            let hit = candidates.filter_map(|typo| Some((*typo, hit(prose, from, typo)?))).next();
            let Some((typo, length)) = hit else {
                from += 1;
                continue;
            };
            let range = from..from + length;
            from = range.end;
            tally.add((&typo.wrong, &typo.right), Spot { text: at, range }, text);
        }
    }
    let fact = |((wrong, right), spot, times): ((&String, &String), Spot, u32)| {
        case.finding(&spot, TextFact::Typo { wrong: wrong.clone(), right: right.clone(), times })
    };
    tally.into_counts().map(fact).collect()
}

/// The length of a slip at this place.
fn hit(prose: &Prose, at: usize, typo: &TypoSpec) -> Option<usize> {
    let length = prose.has(at, &typo.wrong)?;
    let end = at + length;
    let ahead = typo.ahead.is_empty() || typo.ahead.iter().any(|word| stands_before(prose, at, word));
    let behind = typo.behind.is_empty() || typo.behind.iter().any(|word| stands_behind(prose, end, word));
    // A title is quoted as it is.
    let right = prose.in_title(at) || typo.unless.iter().any(|word| is_within(prose, at, &typo.wrong, word));
    (ahead && behind && !right).then_some(length)
}

fn stands_before(prose: &Prose, at: usize, word: &str) -> bool {
    if word == TypoSpec::MARKS[0] { prose.starts_clause(at) } else { prose.ends(at, word) }
}

fn stands_behind(prose: &Prose, at: usize, word: &str) -> bool {
    match word {
        _ if word == TypoSpec::MARKS[1] => !prose.at(at).is_alphanumeric(),
        _ if word == TypoSpec::MARKS[2] => {
            let end = prose.digits(at);
            end > at && OF_DATE.contains(&prose.at(end))
        }
        _ => prose.has(at, word).is_some(),
    }
}

/// Whether the slip at this place is a part of a right word.
fn is_within(prose: &Prose, at: usize, wrong: &str, right: &str) -> bool {
    right.match_indices(wrong).any(|(offset, _)| {
        let before = right[..offset].chars().count();
        at.checked_sub(before).is_some_and(|from| prose.has(from, right).is_some())
    })
}
