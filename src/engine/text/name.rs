//! `unit_name`: the unit's name in prose beside the one in its cell, in full, short, or with a slip, counted together.
//!
//! A short form begins with the place's own name and runs on through the full name to its end, some characters left
//! out: 芦淞区委员会宣传部 for 中国共产党株洲市芦淞区委员会宣传部. 市委宣传部 is another body.

use std::ops::{Range, RangeInclusive};

use crate::engine::text::prose::Prose;
use crate::engine::text::{Case, NameForm, Spot, Tally, TextFact, TextFinding};

/// Characters that end the name of a place.
const OF_PLACES: &str = "省市县区旗镇乡";
/// A name of fewer characters is like too many others, and a longer text is no name.
const LENGTH: RangeInclusive<usize> = 6..=40;
/// A short form of fewer characters than this is like too many others.
const SHORTEST_FORM: usize = 5;
/// No short form leaves these out: 第三实验小学 is not 实验小学.
const TELLING: &str = "第一二三四五六七八九十";
/// Of fewer characters before its place a name may be another one with one changed: 株洲市 and 郴州市.
const LEAST_BEFORE: usize = 4;

/// All forms as one remark, at the first that is not the full name.
pub(super) fn check(case: Case<'_>) -> Vec<TextFinding> {
    let layout = &case.reading.layout;
    let Some(cell) = layout.template.spec().unit_name.as_deref() else { return Vec::new() };
    let typed = layout.submission.text(cell).trim();
    let name = Prose::of(typed);
    let Some(place) = place_of(&name).filter(|_| LENGTH.contains(&name.len())) else { return Vec::new() };
    let mut full = [0_u32, 0];
    let mut tally = Tally::new();
    for (at, text) in case.texts().filter(|(_, text)| !text.is_cell(cell)) {
        let mut from = 0;
        while from < text.prose.len() {
            let found = occurrence(&text.prose, from, &name, &place);
            let Some((range, kind)) = found else {
                from += 1;
                continue;
            };
            from = range.end;
            match kind {
                Kind::Full => full[usize::from(text.is_material())] += 1,
                Kind::Short | Kind::Slip => {
                    let form = text.prose.text(range.clone());
                    tally.add((form, kind == Kind::Slip), Spot { text: at, range }, text);
                }
            }
        }
    }
    let mut forms = Vec::new();
    let mut first: Option<Spot> = None;
    for ((text, slip), spot, times) in tally.into_counts() {
        first.get_or_insert(spot);
        forms.push(NameForm { text, times, slip });
    }
    let fact = TextFact::UnitName { name: typed.to_owned(), times: full[0].max(full[1]), forms };
    first.map(|spot| case.finding(&spot, fact)).into_iter().collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Full,
    Short,
    Slip,
}

/// The name of the unit's own place within its name, 芦淞 in 株洲市芦淞区.
fn place_of(name: &Prose) -> Option<Range<usize>> {
    let is_end = |at: &usize| OF_PLACES.contains(name.at(*at));
    let ends: Vec<usize> = (1..name.len()).filter(is_end).collect();
    let before = |end: usize| ends.iter().rev().find(|other| **other < end).map_or(0, |other| other + 1);
    // 市场监督管理局 has a 市 that ends no place: the last one with a name of two characters or more before it.
    let end = ends.iter().rev().find(|end| (2..=4).contains(&(**end - before(**end))))?;
    Some(before(*end)..*end)
}

fn occurrence(prose: &Prose, at: usize, name: &Prose, place: &Range<usize>) -> Option<(Range<usize>, Kind)> {
    let full = at..at + name.len();
    if prose.at(at) == name.at(0) && prose.chars().get(full.clone()) == Some(name.chars()) {
        return Some((full, Kind::Full));
    }
    if let Some(range) = with_a_slip(prose, at, name, place) {
        return Some((range, Kind::Slip));
    }
    // The upper place stands before a short form, or not.
    let mut starts = [first_place(name, place), place.start].into_iter();
    let from = starts.find(|from| stands(prose, at, &name.chars()[*from..place.end]))?;
    let mut end = at + place.end - from;
    let mut rest = &name.chars()[place.end..];
    while let Some(next) = rest.iter().position(|c| *c == prose.at(end)) {
        if rest[..next].iter().any(|c| TELLING.contains(*c)) {
            return None;
        }
        rest = &rest[next + 1..];
        end += 1;
    }
    (rest.is_empty() && end - at >= SHORTEST_FORM).then_some((at..end, Kind::Short))
}

/// Where the names of places begin in a name, if they end with the unit's own.
fn first_place(name: &Prose, place: &Range<usize>) -> usize {
    let upper = place.start.checked_sub(1).filter(|end| OF_PLACES.contains(name.at(*end)));
    upper.map_or(place.start, |end| end.saturating_sub(2))
}

fn stands(prose: &Prose, at: usize, word: &[char]) -> bool {
    prose.chars().get(at..at + word.len()) == Some(word)
}

/// A text that begins here and is the name but for a slip: a character before the unit's own place, or two
/// neighbours swapped behind it. 体育局 for 教育局 is no slip but another body.
fn with_a_slip(prose: &Prose, at: usize, name: &Prose, place: &Range<usize>) -> Option<Range<usize>> {
    if !stands(prose, at + place.start, &name.chars()[place.clone()]) {
        return None;
    }
    let range = at..at + name.len();
    let text = prose.chars().get(range.clone())?;
    let differing: Vec<usize> = (0..text.len()).filter(|at| text[*at] != name.at(*at)).collect();
    let is_slip = match differing.as_slice() {
        [first, second] if first + 1 == *second && *first >= place.end => {
            text[*first] == name.at(*second) && text[*second] == name.at(*first)
        }
        [only] => *only < place.start && place.start >= LEAST_BEFORE,
        _ => false,
    };
    is_slip.then_some(range)
}
