//! What stands in one cell: an input on the screen, a text on paper.

use crate::engine::amount::{Measure, places_shown};
use crate::engine::template::spec::{BlockSpec, ColumnKind, ColumnSpec, RowSpec};
use crate::render::html::{element, escape, open};
use crate::render::{Draw, Medium};
use crate::words::{Language, page};

/// Figures of money stand on one decimal point, with room for this many places behind it.
const PLACES: u32 = 2;

/// The class that moves a figure with few decimals to the left, so that points stand below each other.
pub fn point_class(text: &str, measure: Measure) -> &'static str {
    let missing = match (measure, places_shown(text, measure)) {
        (Measure::Money, Some(places)) => PLACES.saturating_sub(places),
        _ => 0,
    };
    ["", "short-1", "short-2"][missing as usize]
}

impl Draw<'_> {
    pub(super) fn content(&self, block: &BlockSpec, spec: &RowSpec, id: &str, column: &ColumnSpec) -> String {
        let key = [block.id.as_str(), id, &column.id].join(".");
        match self.medium {
            Medium::Screen(language) => screen(&key, column.kind, &spec.placeholder, language),
            Medium::Paper => self.paper(&key, column.kind, &spec.placeholder),
            #[cfg(not(is_page))]
            Medium::File => {
                let text = self.paper(&key, column.kind, &spec.placeholder);
                element("span", &[("data-key", &key)], &text)
            }
        }
    }

    fn paper(&self, key: &str, kind: ColumnKind, placeholder: &str) -> String {
        let text = self.layout.submission.text(key);
        match kind.measure() {
            Some(measure) => element("span", &[("class", point_class(text, measure))], &escape(text)),
            // …… is printed by the form itself; other placeholders are only a hint.
            None if kind == ColumnKind::Name && text.is_empty() && placeholder.starts_with('…') => {
                escape(placeholder)
            }
            None => escape(text),
        }
    }
}

fn screen(key: &str, kind: ColumnKind, placeholder: &str, language: Language) -> String {
    let is_name = kind == ColumnKind::Name;
    let placeholder = if is_name { placeholder } else { "" };
    let common = [("data-key", key), ("spellcheck", "false"), ("placeholder", placeholder)];
    let [key, spelling, placeholder] = common;
    let helps = element("div", &[("class", "helps"), ("lang", page::LANGUAGE_TAG.in_language(language))], "");
    match kind {
        ColumnKind::Name | ColumnKind::LongText | ColumnKind::Quantity => {
            // The text in `data-text` gives the cell its height; the input lies over it.
            let input = element("textarea", &[("class", "cell"), ("rows", "1"), key, spelling, placeholder], "");
            element("div", &[("class", "grow")], &input) + &helps
        }
        _ => {
            let class = if kind.measure().is_some() { "cell is-figure" } else { "cell" };
            let input = open(
                "input",
                &[("class", class), ("type", "text"), ("autocomplete", "off"), key, spelling, placeholder],
            );
            if kind.measure().is_some() { input + &helps } else { input }
        }
    }
}
