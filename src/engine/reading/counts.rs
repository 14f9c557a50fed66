//! Counts in prose that come back as 实际完成值 of indicators: the name of the indicator, then a number with its unit.

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

/// The counts of indicators that the filing has, or that the tables of the same text have.
pub(super) fn read(layout: &Layout<'_>, tables: &[Link], plain: &Plain<'_>, paragraphs: &[Paragraph]) -> Vec<Link> {
    let indicators = indicators(layout, tables);
    let mut found = Vec::new();
    for paragraph in paragraphs {
        let plain_letters: Vec<char> = paragraph.letters.iter().map(|letter| letter.plain).collect();
        for indicator in &indicators {
            let length = indicator.name.len();
            for at in (0..plain_letters.len().saturating_sub(length))
                .filter(|at| plain_letters[*at..].starts_with(&indicator.name))
            {
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
                found.push(Link {
                    at: place,
                    cells: vec![indicator.target.clone()],
                    text,
                    value: None,
                    certainty: Certainty::Likely,
                    from: Source::Report,
                });
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
        if name.len() >= SHORTEST_NAME && !unit.is_empty() {
            found.push(Indicator { target, name, unit });
        }
    };
    for field in
        layout.block_fields(&scoring.block).filter(|field| field.added.is_some() && field.column.id == scoring.actual)
    {
        let text = |column: &str| layout.submission.text(&[scoring.block.as_str(), field.row_id(), column].join("."));
        push(Target::Cell(field.key.clone()), text(&scoring.name), text(&scoring.actual), text(&scoring.target));
    }
    let of = |group: &str, number: usize, column: &str| {
        let is = |link: &&Link| matches!(link.cell(), Some(Target::Row { group: g, number: n, column: c }) if g == group && *n == number && c == column);
        tables.iter().find(is).map(|link| link.text.as_str()).unwrap_or_default()
    };
    for link in tables {
        let Some(Target::Row { group, number, column }) = link.cell() else { continue };
        if *column == scoring.name {
            let target = Target::Row { group: group.clone(), number: *number, column: scoring.actual.clone() };
            push(target, &link.text, of(group, *number, &scoring.actual), of(group, *number, &scoring.target));
        }
    }
    found
}
