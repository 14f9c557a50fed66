//! All blanks that other figures tell of in one quiet card: many would drown the rest.

use crate::engine::finding::Level;
use crate::engine::locate::cause::Cause;
use crate::engine::locate::{Blank, Change, Repair};
use crate::render::html::{element, escape};
use crate::render::repairs::{Card, Draw, MOST_CELLS, keep_first};
use crate::words::explain::Explained;
use crate::words::repairs as said;

/// A longer list is closed until somebody opens it.
const MOST_OPEN: usize = 3;

impl Draw<'_> {
    /// Nothing where there is none.
    pub(super) fn blanks(&self, blanks: &[Blank], number: usize) -> Option<Card> {
        let told = &blanks[..blanks.len().min(MOST_CELLS)];
        let first = told.first()?;
        let mut items = Vec::new();
        for (at, blank) in told.iter().enumerate() {
            let (sentence, is_named_before) = self.speaker.blank(blank);
            let (link, sentence) = (self.link(&blank.cell), escape(&sentence));
            let mut item = if is_named_before { [link, sentence].join(" ") } else { sentence + &link };
            if let [value] = blank.values.as_slice() {
                let change = Change {
                    cell: blank.cell.clone(),
                    found: None,
                    value: Some(*value),
                    cause: Cause::LeftOut,
                    other: None,
                };
                item += &self.buttons(&Repair { changes: vec![change], relations: 0 }, "", number, at);
            }
            items.push(item);
        }
        let mut cells: Vec<String> = told.iter().map(|blank| blank.cell.clone()).collect();
        keep_first(&mut cells);
        let suspects = cells.len();
        // With another figure in one of the relations they would say something else.
        let of_blanks = self.evaluation.relations.iter().filter(|relation| {
            told.iter().any(|blank| blank.codes.contains(&relation.code) && relation.cells.contains(&blank.cell))
        });
        cells.extend(of_blanks.flat_map(|relation| &relation.cells).cloned());
        keep_first(&mut cells);
        let items: String = items.iter().map(|item| element("li", &[], item)).collect();
        let mut list = element("ul", &[("class", "ways")], &items);
        if told.len() > MOST_OPEN {
            let title = element("summary", &[], &escape(self.words(said::LISTED)));
            list = element("details", &[("class", "sums")], &(title + &list));
        }
        let is_known = told.iter().any(|blank| !blank.values.is_empty());
        let what = if is_known { said::BLANKS } else { said::MISSING_ONES };
        let explained = Explained {
            what: self.speaker.say(what, &[("count", told.len().to_string())]),
            evidence: String::new(),
            todo: String::new(),
        };
        let code = first.codes.first().map(String::as_str).unwrap_or_default();
        Some(self.card(code, Level::Info, cells, suspects, explained, list))
    }
}
