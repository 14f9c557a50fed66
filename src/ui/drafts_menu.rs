//! The menus of the head: their look, and the one that lists the drafts on this computer.

use wasm_bindgen_futures::spawn_local;

use crate::render::{element, escape};
use crate::ui::drafts::{self, Draft};
use crate::ui::form_state::{FormState, SaveState};
use crate::ui::parts::{Pieces, button, labelled, line};
use crate::ui::{filings, saving};
use crate::words::page;

/// A button with a list below it, closed by a click elsewhere (see `window_events`).
pub fn menu(action: &str, label: &str, content: &str) -> String {
    let summary = element("summary", &[("data-action", action)], &escape(label));
    element("details", &[("class", "menu")], &(summary + &element("div", &[("class", "menu-list")], content)))
}

/// Other drafts on this computer, each to be opened or deleted, and all to be cleared. What the button says, the page
/// writes.
pub fn place(form: FormState, pieces: &mut Pieces) -> String {
    let button = element("summary", &[("data-action", "drafts")], "");
    let list = pieces.place("menu-list", Box::new(move || list(form)));
    element("details", &[("class", "menu")], &(button + &list))
}

fn list(form: FormState) -> String {
    let current = form.with_filing(|filing| filing.draft_id.clone());
    let mut items = String::new();
    for draft in form.drafts().iter().filter(|draft| draft.id != current) {
        items += &item(form, draft);
    }
    let items = if items.is_empty() { line("p", "", form.say(page::NO_DRAFTS)) } else { element("ul", &[], &items) };
    // Clearing takes two clicks, and the second says what it does.
    let clear = if form.asks_to_clear() { page::CONFIRM_CLEAR } else { page::CLEAR_ALL };
    items + &labelled("danger", "clear-all", form.say(clear))
}

fn item(form: FormState, draft: &Draft) -> String {
    let aside = if draft.aside { form.say(page::ASIDE) } else { "" };
    let title = [&draft.title, aside].concat();
    let said = form.say_with(page::DRAFT_OF, &[("title", title), ("time", local_time(&draft.saved_at))]);
    let name = form.say_with(page::DELETE_DRAFT, &[("title", draft.title.clone())]);
    let delete = [
        ("type", "button"),
        ("class", "row-button"),
        ("data-action", "delete-draft"),
        ("data-on", &draft.id),
        ("title", &name),
        ("aria-label", &name),
    ];
    let open = button("link", "open-draft", &draft.id, &escape(&said));
    element("li", &[], &(open + &element("button", &delete, "×")))
}

/// Reads what is kept, because the list is about to be seen.
pub fn look(form: FormState) {
    form.ask_to_clear(false);
    spawn_local(async move {
        match drafts::all().await {
            Ok(all) => form.set_drafts(all),
            Err(error) => fail(form, &error),
        }
    });
}

pub fn open(form: FormState, id: &str) {
    let listed = form.drafts_now().into_iter().find(|draft| draft.id == id);
    if let Some(draft) = listed {
        spawn_local(filings::open_draft(form, draft));
    }
}

pub fn delete(form: FormState, id: String) {
    let mut known = form.drafts_now();
    let Some(at) = known.iter().position(|draft| draft.id == id) else { return };
    let title = known.remove(at).title;
    spawn_local(async move {
        match drafts::remove(&id).await {
            Ok(()) => {
                form.set_drafts(known);
                form.tell(page::DRAFT_DELETED, &[("title", title)], false);
            }
            Err(error) => fail(form, &error),
        }
    });
}

pub fn clear(form: FormState) {
    let asked = form.ask_to_clear(true);
    if asked {
        form.ask_to_clear(false);
        form.set_drafts(Vec::new());
        spawn_local(filings::clear(form));
    }
}

fn fail(form: FormState, error: &wasm_bindgen::JsValue) {
    form.set_save_state(SaveState::Failed(saving::reason(error, form.language_now())));
}

/// The stored time is ISO 8601; on screen it is the computer's own, to the minute.
fn local_time(iso: &str) -> String {
    let time = js_sys::Date::new(&wasm_bindgen::JsValue::from_str(iso));
    saving::local(&time).chars().take("2025-01-01 12:00".len()).collect()
}
