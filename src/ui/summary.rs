//! After 全部审核 and 导出: what must be changed, in a box above the form that takes the focus; each line leads to its cell.

use leptos::html;
use leptos::prelude::*;

use crate::engine::finding::Level;
use crate::render::{element, escape};
use crate::ui::form_state::FormState;
use crate::ui::parts::{button, effect, labelled, line, piece};
use crate::words::page;

/// A list longer than this is read in the findings themselves.
const MOST_LINES: usize = 12;

/// The box, where there is one.
pub fn summary(form: FormState) -> AnyView {
    let node = NodeRef::<html::Div>::new();
    // Only the action itself takes the focus; while figures are mended the list shortens by itself.
    effect(Box::new(move || {
        if form.has_summary()
            && let Some(node) = node.get()
        {
            // The box is drawn by another effect.
            request_animation_frame(move || {
                node.scroll_into_view();
                // Focus can only fail on an element that is gone.
                let _ = node.focus();
            });
        }
    }));
    view! {
        <div node_ref=node tabindex="-1" class="summary-place">{piece("", Box::new(move || content(form)))}</div>
    }
    .into_any()
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
    let mut inner = line("h2", "", &title) + &element("ul", &[("role", "alert")], &lines);
    if errors.len() > MOST_LINES {
        let more = (errors.len() - MOST_LINES).to_string();
        inner += &line("p", "", &form.say_with(page::MORE_ERRORS, &[("count", more)]));
    }
    if warnings > 0 {
        inner += &line("p", "", &form.say_with(page::TO_VERIFY, &[("count", warnings.to_string())]));
    }
    inner += &labelled("quiet", "close-summary", form.say(page::CLOSE));
    let class = if errors.is_empty() { "summary is-sound" } else { "summary" };
    element("div", &[("class", class), ("data-part", "summary")], &inner)
}
