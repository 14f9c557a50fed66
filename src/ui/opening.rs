//! The box above the form: in the first minutes what this is and how to begin, then what a new filing takes from last
//! year's. It is no dialog, nothing waits for it, and it goes with the first keystroke.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::render::element;
use crate::ui::cell_events::{after_drawing, go_to};
use crate::ui::form_state::{FIRST, FormState};
use crate::ui::parts::{Pieces, find, labelled, line};
use crate::words::page;

/// The place of the box; it is empty where there is none.
pub fn place(form: FormState, pieces: &mut Pieces) -> String {
    let inner = pieces.place("", Box::new(move || content(form)));
    element("div", &[("tabindex", "-1"), ("class", "opening-place")], &inner)
}

fn content(form: FormState) -> String {
    let opening = form.opening();
    if opening != FIRST {
        return opening;
    }
    // Whoever has begun needs no beginning.
    if form.can_undo() {
        return String::new();
    }
    let said = [page::WHAT_THIS_IS, page::STAYS_HERE, page::HOW_TO_BEGIN].map(|words| line("p", "", form.say(words)));
    let actions = [
        ("open-sample", page::OPEN_SAMPLE),
        ("open-file", page::OPEN_FILE),
        ("begin-from", page::BEGIN_FROM),
        ("start", page::START),
    ];
    let actions = actions.map(|(name, words)| labelled("", name, form.say(words)));
    let inner = said.concat() + &element("div", &[("class", "actions")], &actions.concat());
    element("section", &[("class", "opening"), ("aria-label", form.say(page::START))], &inner)
}

/// 开始填写: the box goes, and the caret stands in the first cell.
pub fn start(form: FormState) {
    form.set_opening("");
    let first = form.peek_layout(|layout| {
        layout.fields().iter().find(|field| field.fixed().is_none()).map(|field| field.key.clone())
    });
    first.inspect(|key| {
        let key = key.clone();
        after_drawing(move || go_to(&key));
    });
}

/// Shows what a new filing would take from last year's, and takes the focus there.
pub fn show(form: FormState, html: &str) {
    form.set_opening(html);
    after_drawing(|| {
        let place = find(".opening-place").map(JsCast::unchecked_into::<HtmlElement>);
        // Focus can only fail on an element that is gone.
        place.inspect(|place| drop(place.focus()));
    });
}
