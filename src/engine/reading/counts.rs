//! Counts in prose that come back as 实际完成值 of indicators: the name of the indicator, then a number with its unit.

use std::collections::BTreeMap;

use crate::engine::layout::Layout;
use crate::engine::quantity::{UnitMatch, compare_units, read_quantity};
use crate::engine::reading::headings::Paragraph;
use crate::engine::reading::known::letters;
use crate::engine::reading::plain::Plain;
use crate::engine::reading::{Certainty, Link, Source, Target};

/// An indicator with a number as its actual value.
struct Indicator {
    target: Target,
    name: Vec<char>,
    unit: String,
}

/// Shorter names stand in many sentences.
const SHORTEST_NAME: usize = 4;
/// So many letters at most between the name and its number: 累计, 共开展.
const MOST_BETWEEN: usize = 6;
const LONGEST_NUMBER: usize = 12;
/// More than any filing has; a text with more of them is read without the others.
const MOST_INDICATORS: usize = 300;

/// The counts of indicators that the filing has, or that the tables of the same text have.
pub(super) fn read(layout: &Layout<'_>, tables: &[Link], plain: &Plain<'_>, paragraphs: &[Paragraph]) -> Vec<Link> {
    let indicators = indicators(layout, tables);
    let mut by_start: BTreeMap<&[char], Vec<&Indicator>> = BTreeMap::new();
    for indicator in &indicators {
        by_start.entry(&indicator.name[..SHORTEST_NAME]).or_default().push(indicator);
    }
    let mut found = Vec::new();
    for paragraph in paragraphs.iter().filter(|_| !indicators.is_empty()) {
        let plain_letters: Vec<char> = paragraph.letters.iter().map(|letter| letter.plain).collect();
        for (at, start) in plain_letters.windows(SHORTEST_NAME).enumerate() {
            for indicator in by_start.get(start).into_iter().flatten() {
                let length = indicator.name.len();
                if !plain_letters[at..].starts_with(&indicator.name) {
                    continue;
                }
                let behind = &plain_letters[at + length..];
                let Some(start) = behind.iter().take(MOST_BETWEEN + 1).position(char::is_ascii_digit) else { continue };
                if behind[..start].iter().any(|c| matches!(c, ',' | '。' | ';' | ':' | '、')) {
                    continue;
                }
                let from = at + length + start;
                let end = from + plain_letters[from..].iter().take(LONGEST_NUMBER).take_while(|c| !is_end(**c)).count();
                let place = paragraph.letters[from].at..paragraph.letters[end - 1].end;
                let text: String = plain.text[place.clone()].split_whitespace().collect();
                let Some((text, place)) = quantity(&text, place, &indicator.unit) else { continue };
                let cells = vec![indicator.target.clone()];
                found.push(Link::new(place, cells, text, None, Certainty::Likely, Source::Report));
            }
        }
    }
    found
}

/// The text as far as it is a quantity of this unit.
fn quantity(text: &str, place: std::ops::Range<usize>, unit: &str) -> Option<(String, std::ops::Range<usize>)> {
    let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    // The shortest that has the unit: 4起 of 4起案件.
    let end = ends.into_iter().find(|end| {
        read_quantity(&text[..*end])
            .is_some_and(|read| !read.unit.is_empty() && compare_units(unit, &read.unit) == UnitMatch::Same)
    })?;
    let rest = text.len() - end;
    Some((text[..end].to_owned(), place.start..place.end - rest))
}

fn is_end(c: char) -> bool {
    matches!(c, ',' | '。' | ';' | ':' | '、' | '(' | ')')
}

fn indicators(layout: &Layout<'_>, tables: &[Link]) -> Vec<Indicator> {
    let Some(scoring) = layout.template.scoring() else { return Vec::new() };
    let mut found = Vec::new();
    let mut push = |target: Target, name: &str, actual: &str, goal: &str| {
        let name = letters(name);
        let unit = read_quantity(actual).or_else(|| read_quantity(goal)).map(|read| read.unit).unwrap_or_default();
        if name.len() >= SHORTEST_NAME && !unit.is_empty() && found.len() < MOST_INDICATORS {
            found.push(Indicator { target, name, unit });
        }
    };
    for field in
        layout.block_fields(&scoring.block).filter(|field| field.added.is_some() && field.column.id == scoring.actual)
    {
        let text = |column: &str| layout.submission.text(&[scoring.block.as_str(), field.row_id(), column].join("."));
        push(Target::Cell(field.key.clone()), text(&scoring.name), text(&scoring.actual), text(&scoring.target));
    }
    let mut texts: BTreeMap<(&str, usize, &str), &str> = BTreeMap::new();
    for link in tables {
        if let Some(Target::Row { group, number, column }) = link.cell() {
            texts.entry((group, *number, column)).or_insert(&link.text);
        }
    }
    let of =
        |group: &str, number: usize, column: &str| texts.get(&(group, number, column)).copied().unwrap_or_default();
    for link in tables {
        let Some(Target::Row { group, number, column }) = link.cell() else { continue };
        if *column == scoring.name {
            let target = Target::Row { group: group.clone(), number: *number, column: scoring.actual.clone() };
            push(target, &link.text, of(group, *number, &scoring.actual), of(group, *number, &scoring.target));
        }
    }
    found
}
