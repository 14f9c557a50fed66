//! What is said of the cell that has the caret, right below it. It takes no click, so it is never in the way.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::engine::finding::Level;
use crate::render::{element, escape};
use crate::ui::cell_events;
use crate::ui::events::on;
use crate::ui::form_state::FormState;
use crate::ui::parts::{effect, find, line};
use crate::words::page;
use leptos::prelude::{request_animation_frame, untrack, window};

/// What the cell with the caret names it by.
pub const ID: &str = "said";

/// Its width in the style sheet.
const WIDTH: f64 = 340.0;

/// Shows the findings of the focused cell from now on.
pub fn keep(form: FormState) {
    let Some(node) = find("[data-part=bubble]").map(JsCast::unchecked_into::<HtmlElement>) else { return };
    // The cell stands elsewhere then.
    on(&window(), "resize", move |_| form.set_focused(untrack(|| form.focused())));
    let mut before = String::new();
    let mut described: Option<HtmlInputElement> = None;
    effect(Box::new(move || {
        let (key, said) = (form.focused(), content(form));
        if said != before {
            node.set_inner_html(&said);
        }
        let input = if said.is_empty() { None } else { cell_events::find(&key) };
        before = said;
        if input != described {
            // Attributes are set and removed without fail under a name that is one.
            described.take().inspect(|input| drop(input.remove_attribute("aria-describedby")));
            input.as_ref().inspect(|input| drop(input.set_attribute("aria-describedby", ID)));
            described.clone_from(&input);
        }
        if let Some(input) = input {
            let node = node.clone();
            // Asking where a cell stands makes the browser lay the page out; in a frame it has done so once for all.
            request_animation_frame(move || put_below(&node, &input));
        }
    }));
}

fn put_below(node: &HtmlElement, input: &HtmlInputElement) {
    let Some(around) = node.parent_element() else { return };
    let (cell, main) = (input.get_bounding_client_rect(), around.get_bounding_client_rect());
    // Whole pixels: text made of a float would bring its code into the download.
    let left = (cell.left() - main.left()).min(main.width() - WIDTH).max(0.0) as i32;
    let top = (cell.bottom() - main.top()) as i32 + 2;
    // A property of the element itself is allowed by the policy; setting it fails only under a name that is none.
    let style = node.style();
    let _ = style.set_property("left", &[&left.to_string(), "px"].concat());
    let _ = style.set_property("top", &[&top.to_string(), "px"].concat());
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
