//! The person's own words in a report: what stands under 基本职能, 存在的问题 and the like, and behind 绩效情况如下：.

use std::ops::Range;

use crate::engine::reading::context::Context;
use crate::engine::reading::headings::{Paragraph, Section};
use crate::engine::reading::known::letters;
use crate::engine::reading::plain::Plain;
use crate::engine::reading::{Certainty, Link, Source, Target};
use crate::engine::report::pattern::{Piece, parse, slots};
use crate::engine::template::spec::{PartSpec, SectionSpec};

pub(super) fn read(context: &Context<'_>, plain: &Plain<'_>, paragraphs: &[Paragraph], links: &[Link]) -> Vec<Link> {
    let mut found = Vec::new();
    for (s, section) in context.report.iter().flat_map(|report| report.sections.iter().enumerate()) {
        for (p, part) in section.parts.iter().enumerate() {
            let Some(cell) = &part.text else { continue };
            let own: Vec<&Paragraph> =
                paragraphs.iter().filter(|paragraph| paragraph.section == Section::Known(s)).collect();
            if let Some(at) = place(section, p, part, &own, links) {
                let text = plain.text[at.clone()].trim().to_owned();
                let cells = vec![Target::Cell(cell.clone())];
                found.push(Link::new(at, cells, text, None, Certainty::Likely, Source::Report));
            }
        }
    }
    found
}

/// Bytes of the words of one part.
fn place(section: &SectionSpec, p: usize, part: &PartSpec, own: &[&Paragraph], links: &[Link]) -> Option<Range<usize>> {
    let headed = || own.iter().filter(|paragraph| paragraph.part == Some(p));
    if part.heading.is_some() {
        return span(headed().map(|paragraph| whole(paragraph)));
    }
    let lead = p.checked_sub(1).and_then(|before| tail(&section.parts[before]));
    let Some(lead) = lead else {
        // A section of nothing but the person's words.
        let is_alone = section.parts.len() == 1;
        return if is_alone { span(own.iter().map(|paragraph| whole(paragraph))) } else { None };
    };
    let (at, from) = own.iter().enumerate().find_map(|(at, paragraph)| {
        let plain: Vec<char> = paragraph.letters.iter().map(|letter| letter.plain).collect();
        let place = plain.windows(lead.len()).position(|window| window == lead.as_slice())?;
        Some((at, paragraph.letters.get(place + lead.len()).map(|letter| letter.at)))
    })?;
    let begun = own[at];
    let next = following(section, p);
    let is_next = |link: &&Link| matches!(link.cell(), Some(Target::Cell(key)) if next.contains(key));
    // In the order of the text, as links are found.
    let stated: Vec<usize> = links.iter().filter(is_next).map(|link| link.at.start).collect();
    let next_in = |place: Range<usize>| {
        let first = stated.get(stated.partition_point(|at| *at < place.start)).copied();
        first.filter(|at| *at < place.end)
    };
    let first = from.map(|from| from..whole(begun).end);
    // Where nothing was written, the next sentence has run on behind the colon.
    let first = first.map(|first| match next_in(first.clone()) {
        None => first,
        Some(stated) => first.start..sentence_start(begun, first.start, stated),
    });
    let states_next = |paragraph: &&&Paragraph| next_in(whole(paragraph)).is_some();
    let rest = own[at + 1..].iter().take_while(|paragraph| paragraph.part == begun.part && !states_next(paragraph));
    span(first.into_iter().chain(rest.map(|paragraph| whole(paragraph))))
}

/// The words that end a part's sentence and lead to what follows: 支出绩效情况如下：.
fn tail(part: &PartSpec) -> Option<Vec<char>> {
    let pieces = parse(part.sentence.as_deref()?).ok()?;
    let Some(Piece::Words(words)) = pieces.last() else { return None };
    let clause = words.strip_suffix('：')?.rsplit(['，', '。']).next()?;
    let mut clause = letters(clause);
    clause.push(':');
    Some(clause)
}

/// Cells that the parts behind this one state.
fn following(section: &SectionSpec, p: usize) -> Vec<String> {
    let sentences = section.parts[p + 1..].iter().filter_map(|part| parse(part.sentence.as_deref()?).ok());
    sentences
        .flat_map(|pieces| slots(&pieces).into_iter().map(|(_, slot)| slot.to_owned()).collect::<Vec<_>>())
        .collect()
}

/// Where the sentence begins that a place stands in, but not before `from`.
fn sentence_start(paragraph: &Paragraph, from: usize, place: usize) -> usize {
    let before = paragraph.letters.iter().take_while(|letter| letter.at < place);
    before.filter(|letter| letter.plain == '。').map(|letter| letter.end).last().map_or(from, |end| end.max(from))
}

fn whole(paragraph: &Paragraph) -> Range<usize> {
    match (paragraph.letters.first(), paragraph.letters.last()) {
        (Some(first), Some(last)) => first.at..last.end,
        _ => 0..0,
    }
}

fn span(places: impl Iterator<Item = Range<usize>>) -> Option<Range<usize>> {
    places.reduce(|all, next| all.start.min(next.start)..all.end.max(next.end)).filter(|place| !place.is_empty())
}
