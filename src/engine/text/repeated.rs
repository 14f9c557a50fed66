//! `repeated`: a passage that stands twice, in one text or in two, however it is spaced.
//!
//! Blocks of half the least length are indexed where they begin at a multiple of that length; any passage long enough
//! has one of them whole. Each window of the text is looked up, a match is extended both ways, and the search goes on
//! behind it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::engine::text::{Case, Spot, TextFact, TextFinding, TextPlace};

/// Of the places of one block so many are tried.
const MOST_TRIED: usize = 8;
/// Two passages that stand in the same order with no more than this between them are one that was edited.
const MOST_EDITED: usize = 30;
/// Prose of 80 characters has at least so many different ones; a line of dashes has one.
const LEAST_DIFFERENT: usize = 20;
/// Prose has a mark in every so many characters; the labels of a table have none.
const CHARACTERS_A_MARK: usize = 60;
const FACTOR: u64 = 1_000_003;
/// Stands between texts and equals nothing.
const BREAK: char = '\0';

/// A passage and where it stands again.
struct Block {
    first: Range<usize>,
    others: Vec<Range<usize>>,
}

pub(super) fn check(case: Case<'_>, at_least: u32) -> Vec<TextFinding> {
    let least = usize::try_from(at_least).unwrap_or(usize::MAX);
    let mut findings = Vec::new();
    // The material has the cells' texts in it, so each side is compared with itself.
    for material in [false, true] {
        let mut letters = Vec::new();
        let mut places = Vec::new();
        for (at, text) in case.texts().filter(|(_, text)| text.is_material() == material) {
            for (place, c) in text.prose.chars().iter().enumerate().filter(|(_, c)| !c.is_whitespace()) {
                letters.push(*c);
                places.push((at, place));
            }
            letters.push(BREAK);
            places.push((at, text.prose.len()));
        }
        for block in blocks(&letters, least) {
            let spot = |range: &Range<usize>| {
                let ((text, from), (_, last)) = (places[range.start], places[range.end - 1]);
                Spot { text, range: from..last + 1 }
            };
            let others = block.others.iter().map(|range| {
                let Spot { text, range } = spot(range);
                let text = &case.reading.texts[text];
                TextPlace { place: text.passage.place.clone(), at: text.prose.bytes(range) }
            });
            let characters = u32::try_from(block.first.len()).unwrap_or(u32::MAX);
            let fact = TextFact::Repeated { characters, others: others.collect() };
            findings.push(case.finding(&spot(&block.first), fact));
        }
    }
    findings
}

fn blocks(letters: &[char], least: usize) -> Vec<Block> {
    let width = (least / 2).max(1);
    let hashes = hashes(letters, width);
    let mut index: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let (mut at, mut free) = (0, 0);
    while at + width <= letters.len() {
        // Only what lies wholly before the window is indexed yet.
        if at >= width && (at - width).is_multiple_of(width) {
            let places = index.entry(hashes[at - width]).or_default();
            if places.len() < MOST_TRIED {
                places.push(at - width);
            }
        }
        let tried = index.get(&hashes[at]).into_iter().flatten();
        let best = tried.map(|earlier| extended(letters, *earlier, at, width, free)).fold(None, longer);
        let Some((first, second)) = best.filter(|(first, _)| first.len() >= least) else {
            at += 1;
            continue;
        };
        free = second.end;
        // What is passed over is indexed too, so that a third copy finds the first that has all of it.
        let next = second.end;
        for passed in (at + 1..next).filter(|at| *at >= width && (at - width).is_multiple_of(width)) {
            let places = index.entry(hashes[passed - width]).or_default();
            if places.len() < MOST_TRIED {
                places.push(passed - width);
            }
        }
        at = next;
        if is_prose(&letters[first.clone()]) {
            found.push((first, second));
        }
    }
    grouped(found)
}

/// The hash of the window at each place.
fn hashes(letters: &[char], width: usize) -> Vec<u64> {
    if letters.len() < width {
        return Vec::new();
    }
    let top = (1..width).fold(1_u64, |power, _| power.wrapping_mul(FACTOR));
    let value = |at: usize| u64::from(u32::from(letters[at]));
    let mut hash = (0..width).fold(0_u64, |hash, at| hash.wrapping_mul(FACTOR).wrapping_add(value(at)));
    let mut hashes = vec![hash];
    for at in width..letters.len() {
        let without = hash.wrapping_sub(value(at - width).wrapping_mul(top));
        hash = without.wrapping_mul(FACTOR).wrapping_add(value(at));
        hashes.push(hash);
    }
    hashes
}

type Pair = (Range<usize>, Range<usize>);

/// The longest equal passages around two equal windows, which do not overlap; empty where the windows differ.
fn extended(letters: &[char], first: usize, second: usize, width: usize, free: usize) -> Pair {
    let equal = |a: usize, b: usize| letters[a] == letters[b] && letters[a] != BREAK;
    if !(0..width).all(|offset| equal(first + offset, second + offset)) {
        return (first..first, second..second);
    }
    let (mut from, mut to) = (0, width);
    while first > from && second - from > free.max(first + width) && equal(first - from - 1, second - from - 1) {
        from += 1;
    }
    while first + to < second - from && second + to < letters.len() && equal(first + to, second + to) {
        to += 1;
    }
    (first - from..first + to, second - from..second + to)
}

fn longer(best: Option<Pair>, other: Pair) -> Option<Pair> {
    match best {
        Some(best) if best.0.len() >= other.0.len() => Some(best),
        _ => Some(other),
    }
}

/// Whether these are sentences, and not a rule of dashes or the labels of a form.
fn is_prose(letters: &[char]) -> bool {
    let mut different: Vec<char> = letters.iter().copied().filter(|c| c.is_alphabetic()).take(1000).collect();
    different.sort_unstable();
    different.dedup();
    let marks = letters.iter().filter(|c| matches!(c, '。' | ',' | ';')).count();
    different.len() >= LEAST_DIFFERENT && marks * CHARACTERS_A_MARK >= letters.len()
}

/// Pairs as blocks: neighbours joined, further copies of a block put to it.
fn grouped(pairs: Vec<Pair>) -> Vec<Block> {
    let mut joined: Vec<Pair> = Vec::new();
    for (first, second) in pairs {
        match joined.last_mut() {
            Some((above, other))
                if first.start >= above.end
                    && first.start - above.end <= MOST_EDITED
                    && second.start - other.end <= MOST_EDITED
                    && first.end <= other.start =>
            {
                above.end = first.end;
                other.end = second.end;
            }
            _ => joined.push((first, second)),
        }
    }
    let mut blocks: Vec<Block> = Vec::new();
    let mut known: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (first, second) in joined {
        // A third copy may have been found as one of the second.
        let at = *known.entry((first.start, first.end)).or_insert(blocks.len());
        known.insert((second.start, second.end), at);
        match blocks.get_mut(at) {
            Some(block) => block.others.push(second),
            None => blocks.push(Block { first, others: vec![second] }),
        }
    }
    blocks
}
