//! What is said of the cell that has the caret, right below it. It takes no click, so it is never in the way.

use leptos::html;
use leptos::prelude::*;

use crate::engine::finding::Level;
use crate::render::{element, escape};
use crate::ui::cell_events::find;
use crate::ui::form_state::FormState;
use crate::ui::parts::{effect, line};
use crate::words::page;

/// Its width in the style sheet.
const WIDTH: f64 = 340.0;

/// The findings of the focused cell.
pub fn bubble(form: FormState) -> AnyView {
    let node = NodeRef::<html::Div>::new();
    let mut before = String::new();
    effect(Box::new(move || {
        let (key, said) = (form.focused(), content(form));
        let Some(node) = node.get() else { return };
        if said != before {
            node.set_inner_html(&said);
        }
        let is_empty = said.is_empty();
        before = said;
        if is_empty {
            return;
        }
        let (Some(input), Some(around)) = (find(&key), node.parent_element()) else { return };
        let (cell, main) = (input.get_bounding_client_rect(), around.get_bounding_client_rect());
        // Whole pixels: text made of a float would bring its code into the download.
        let left = (cell.left() - main.left()).min(main.width() - WIDTH).max(0.0) as i32;
        let top = (cell.bottom() - main.top()) as i32 + 2;
        // A property of the element itself is allowed by the policy; setting it fails only under a name that is none.
        let style = web_sys::HtmlElement::style(&node);
        let _ = style.set_property("left", &[&left.to_string(), "px"].concat());
        let _ = style.set_property("top", &[&top.to_string(), "px"].concat());
    }));
    view! { <div node_ref=node class="bubble" data-part="bubble"></div> }.into_any()
}

fn content(form: FormState) -> String {
    let key = form.focused();
    let mut lines = String::new();
    for found in form.shown().iter().filter(|found| found.level != Level::Info && found.is_at(&key)) {
        let class = if found.level == Level::Error { "is-error" } else { "is-warning" };
        let said = [
            line("b", "", form.say(page::level(found.level))),
            escape(&found.said.what),
            line("small", "", &found.said.todo),
        ];
        lines += &element("p", &[("class", class)], &said.join(" "));
    }
    lines
}
