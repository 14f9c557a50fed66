//! After 全部审核 and 导出: what must be changed, in a box above the form that takes the focus; each line leads to its cell.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::engine::finding::Level;
use crate::engine::submission::Submission;
use crate::render::{element, escape};
use crate::ui::form_state::FormState;
use crate::ui::parts::{Pieces, button, effect, find, labelled, line};
use crate::words::page;
use leptos::prelude::request_animation_frame;

/// A list longer than this is read in the findings themselves.
const MOST_LINES: usize = 12;

/// The place of the box; it is empty where there is none.
pub fn place(form: FormState, pieces: &mut Pieces) -> String {
    let inner = pieces.place("", Box::new(move || content(form)));
    element("div", &[("tabindex", "-1"), ("class", "summary-place")], &inner)
}

/// Takes the focus to the box when it opens.
pub fn keep(form: FormState) {
    // Only the action itself takes the focus; while figures are mended the list shortens by itself.
    effect(Box::new(move || {
        if form.has_summary()
            && let Some(place) = find(".summary-place")
        {
            // The box is drawn by another effect.
            request_animation_frame(move || {
                place.scroll_into_view();
                // Focus can only fail on an element that is gone.
                let _ = place.unchecked_ref::<HtmlElement>().focus();
            });
        }
    }));
}

fn content(form: FormState) -> String {
    if !form.has_summary() {
        return String::new();
    }
    let shown = form.shown();
    let errors: Vec<_> = shown.iter().filter(|found| found.level == Level::Error).collect();
    let warnings = shown.iter().filter(|found| found.level == Level::Warning && found.is_open()).count();
    let title = match errors.len() {
        0 => form.say(page::NONE_TO_CHANGE).to_owned(),
        count => form.say_with(page::MUST_CHANGE, &[("count", count.to_string())]),
    };
    let mut lines = String::new();
    for found in errors.iter().take(MOST_LINES) {
        let key = found.cells.first().map_or("", String::as_str);
        lines += &element("li", &[], &button("link", "go-to", key, &escape(&found.said.what)));
    }
    // The box has the focus; of what stands in it the count is read at once, the lines one by one.
    let mut inner = element("div", &[("role", "alert")], &line("h2", "", &title)) + &element("ul", &[], &lines);
    if errors.len() > MOST_LINES {
        let more = (errors.len() - MOST_LINES).to_string();
        inner += &line("p", "", &form.say_with(page::MORE_ERRORS, &[("count", more)]));
    }
    if warnings > 0 {
        inner += &line("p", "", &form.say_with(page::TO_VERIFY, &[("count", warnings.to_string())]));
    }
    let kept = form.with_filing(Submission::of_last_year);
    if let Some(first) = kept.first() {
        let said = form.say_with(page::STILL_LAST_YEARS, &[("count", kept.len().to_string())]);
        inner += &element("p", &[], &button("link", "go-to", first, &escape(&said)));
    }
    inner += &labelled("quiet", "close-summary", form.say(page::CLOSE));
    let class = if errors.is_empty() { "summary is-sound" } else { "summary" };
    element("div", &[("class", class), ("data-part", "summary")], &inner)
}
