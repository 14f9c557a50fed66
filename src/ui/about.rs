//! 本格说明 beside the findings and 图表 above the sheets: the second module draws them, here they are kept in step. They
//! never take the focus.

use std::time::Duration;

use leptos::prelude::untrack;
use wasm_bindgen::{JsCast, JsValue};

use crate::render::element;
use crate::ui::cell_events::{after_drawing, focused_key, go_to};
use crate::ui::form_state::{Asked, FormState};
use crate::ui::parts::{Pieces, effect, find, focus_again, labelled, line, redraw, when_released};
use crate::ui::reader::{ask_again, why};
use crate::words::page;

/// Whoever moves through cells is not told of each.
const PAUSE: Duration = Duration::from_millis(120);

/// The tabs above the findings.
pub fn tabs(form: FormState, pieces: &mut Pieces) -> String {
    let tab = move |action: &str, words, is_pressed: bool| {
        let pressed = if is_pressed { "true" } else { "false" };
        let attributes = [("type", "button"), ("data-action", action), ("data-on", "side"), ("aria-pressed", pressed)];
        element("button", &attributes, form.say(words))
    };
    pieces.place(
        "side-tabs",
        Box::new(move || {
            let is_about = form.is_about_open();
            let tabs = tab("findings", page::FINDINGS, !is_about) + &tab("about", page::ABOUT, is_about);
            tabs + &labelled("quiet", "keys", form.say(page::KEYS))
        }),
    )
}

/// Keeps both in step from now on, while they are open.
pub fn keep(form: FormState) {
    effect(Box::new(move || {
        let key = form.focused();
        if !key.is_empty() {
            form.set_about(key);
        }
    }));
    effect(Box::new(move || {
        let (is_open, key) = (form.is_about_open(), form.about());
        let side = if is_open { "about" } else { "" };
        // Setting an attribute fails only under a name that is none.
        find(".findings").inspect(|place| drop(place.set_attribute("data-side", side)));
        if key.is_empty() {
            put("[data-part=about]", &line("p", "how", form.say(page::CHOOSE_CELL)));
        } else if is_open {
            form.evaluation();
            form.say(page::ABOUT);
            wait(form, "[data-part=about]");
            ask_again(form, Asked::About, PAUSE);
        }
    }));
    effect(Box::new(move || {
        let place = "[data-part=pictures]";
        if !form.has_pictures() {
            return put(place, "");
        }
        form.evaluation();
        form.say(page::ABOUT);
        wait(form, place);
        ask_again(form, Asked::Pictures, PAUSE);
    }));
}

/// What the second module answered, or why it did not; the page goes on either way.
pub fn show(form: FormState, what: Asked, html: Option<String>, error: Option<JsValue>) {
    let place = if what == Asked::About { "[data-part=about]" } else { "[data-part=pictures]" };
    let html = html.unwrap_or_else(|| {
        let said = form.say_now(page::NOT_DRAWN, &[("reason", why(error))]);
        line("p", "is-problem", &said)
    });
    put(place, &html);
}

/// Until the first answer there is something to read.
fn wait(form: FormState, place: &str) {
    if find(place).is_some_and(|place| place.inner_html().is_empty()) {
        put(place, &line("p", "how", form.say(page::WAIT)));
    }
}

fn put(place: &str, html: &str) {
    let Some(place) = find(place) else { return };
    let html = html.to_owned();
    when_released(Box::new(move || redraw(place.unchecked_ref(), &html)));
}

/// F1: the side shows the cell, or the findings again; with Alt the focus goes there, and back to the cell.
pub fn pressed(form: FormState, with_focus: bool) {
    let is_open = untrack(|| form.is_about_open());
    if !with_focus {
        return form.open_about(!is_open);
    }
    let key = form.about_now();
    if is_open && focused_key().is_none() && !key.is_empty() {
        return go_to(&key);
    }
    form.open_about(true);
    // It can take the focus once it is seen.
    after_drawing(|| drop(find("[data-part=about]").inspect(focus_again)));
}
