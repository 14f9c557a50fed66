//! Marks that turn the direction of writing: nobody types them, a paste brings them along, and behind one 123 is seen as 321.

use crate::engine::finding::{Level, builtin};
use crate::engine::text::{Place, Reading, TextFact, TextFinding};

/// Embeddings, overrides and isolates. Marks of a single letter's direction turn nothing else.
pub(super) fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// One remark a text, at its first mark.
pub(super) fn check(reading: &Reading<'_>) -> Vec<TextFinding> {
    let mut found = Vec::new();
    for text in &reading.texts {
        let Some((at, mark)) = text.passage.text.char_indices().find(|(_, c)| turns(*c)) else { continue };
        let times = u32::try_from(text.passage.text.chars().filter(|c| turns(*c)).count()).unwrap_or(u32::MAX);
        let spot = text.prose.index_of(at);
        found.push(TextFinding {
            code: builtin::TURNED.to_owned(),
            level: Level::Warning,
            place: text.passage.place.clone(),
            at: at..at + mark.len_utf8(),
            excerpt: text.excerpt(&(spot..spot)),
            fact: TextFact::Turned { times },
            cells: match &text.passage.place {
                Place::Cell(key) => vec![key.clone()],
                Place::Material => Vec::new(),
            },
        });
    }
    found
}
