//! The page. It shows what the engine finds and holds no rule of its own.

mod about;
mod attention;
mod bubble;
mod cell_events;
mod clipboard;
mod dialog;
mod drafts;
mod drafts_menu;
mod events;
pub mod fetched;
mod files;
mod filings;
mod findings;
mod form_state;
mod header;
mod help;
mod history;
mod keys;
mod names;
mod office;
mod opening;
mod parts;
mod print;
mod ranges;
mod reader;
mod report;
mod saving;
mod sheets;
mod shown;
mod summary;
mod window_events;

use std::sync::Arc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::render::element;
use crate::ui::filings::NotOpened;
use crate::ui::form_state::{FIRST, FormState, SaveState, Seen};
use crate::ui::parts::{Pieces, effect, find};
use crate::words::{Language, Words, page, refusals};

/// Draws the page into `root`, with the last draft of this computer. Called once by `boot.js`.
#[wasm_bindgen]
pub fn mount(root: web_sys::HtmlElement, _options: JsValue) {
    spawn_local(async move {
        let start = Start::load().await;
        let place = root.clone();
        // The page writes its own HTML; what Leptos mounts is the signals that keep it in step.
        leptos::mount::mount_to(root, move || page(&place, start)).forget();
    });
}

/// What the page begins with.
struct Start {
    template: Arc<Template>,
    filing: Submission,
    seen: Seen,
    /// Something to tell at once.
    message: Option<(Words, Vec<(&'static str, String)>)>,
    failure: Option<String>,
}

impl Start {
    async fn load() -> Self {
        let said = |error: &JsValue| Some(saving::reason(error, Language::default()));
        let newest = match drafts::all().await {
            Ok(all) => all.into_iter().find(|draft| !draft.aside),
            Err(error) => return Self { failure: said(&error), ..Self::blank() },
        };
        let Some(draft) = newest else { return Self::blank() };
        // From here on this window goes on with the draft.
        drafts::take(&draft);
        match filings::read_draft(&draft).await {
            Ok((template, filing)) => Self { template, filing, seen: Seen::Draft, message: None, failure: None },
            // Nothing is wrong with the draft: it stays where it is, and can be opened from there.
            Err(reason @ NotOpened::NotFetched(_)) => {
                let reason = reason.say(Language::default());
                let message = Some((page::FILE_REFUSED, vec![("name", draft.title), ("reason", reason)]));
                Self { message, ..Self::blank() }
            }
            Err(NotOpened::Refused(refusal)) => {
                let name = format!("{}-{}", draft.id, js_sys::Date::now() as u64);
                let reason = refusals::say(&refusal, Language::default());
                let failure = drafts::put_aside(&draft, &name).await.err().and_then(|error| said(&error));
                let message = Some((page::DRAFT_ASIDE, vec![("name", name), ("reason", reason)]));
                Self { message, failure, ..Self::blank() }
            }
        }
    }

    /// The form that the page opens with, empty.
    fn blank() -> Self {
        let Some(template) = crate::built_in_template(crate::DEFAULT_TEMPLATE) else {
            // A test loads every built-in template.
            unreachable!("the built-in template is sound")
        };
        let filing = Submission::blank(&template, &filings::new_draft_id());
        Self { template: Arc::new(template), filing, seen: Seen::Fresh, message: None, failure: None }
    }
}

fn page(root: &web_sys::HtmlElement, start: Start) {
    let Start { template, filing, seen, message, failure } = start;
    let form = FormState::new(template, filing, seen);
    if seen == Seen::Fresh && message.is_none() {
        // There is no draft on this computer.
        form.set_opening(FIRST);
    }
    let mut pieces = Pieces::default();
    root.set_inner_html(&frame(form, &mut pieces));
    saving::keep(form);
    window_events::listen(form);
    print::listen(form);
    reader::keep(form);
    reader::keep_cards(form);
    report::listen(form);
    if let Some((words, arguments)) = message {
        form.tell(words, &arguments, true);
    }
    if let Some(reason) = failure {
        form.set_save_state(SaveState::Failed(reason));
    }
    pieces.begin();
    findings::keep(form);
    summary::keep(form);
    sheets::keep(form);
    bubble::keep(form);
    help::keep(form);
    about::keep(form);
    effect(Box::new(move || {
        let class = if form.is_dragging() { "body is-dragging" } else { "body" };
        find(".body").inspect(|body| body.set_class_name(class));
    }));
    // What the frame itself says.
    effect(Box::new(move || {
        // Setting an attribute fails only under a name that is none.
        find(".body").inspect(|body| drop(body.set_attribute("data-drop", form.say(page::DROP_HERE))));
        find(".findings").inspect(|list| drop(list.set_attribute("aria-label", form.say(page::FINDINGS))));
        find("[data-action=drafts]").inspect(|menu| menu.set_text_content(Some(form.say(page::DRAFTS))));
    }));
}

/// What stands in the page for as long as it lives, with the places of all that changes.
fn frame(form: FormState, pieces: &mut Pieces) -> String {
    let main = [
        summary::place(form, pieces),
        opening::place(form, pieces),
        element("section", &[("class", "material"), ("data-part", "material"), ("data-state", "closed")], ""),
        element("section", &[("class", "pictures"), ("data-part", "pictures")], ""),
        element("div", &[("data-part", "sheets"), ("lang", page::LANGUAGE_OF_FORMS)], ""),
        // The cell with the caret is described by it.
        element("div", &[("class", "bubble"), ("data-part", "bubble"), ("id", bubble::ID)], ""),
        element("div", &[("class", "help-line"), ("data-part", "help"), ("lang", page::LANGUAGE_OF_FORMS)], ""),
        element("div", &[("class", "range"), ("role", "status"), ("data-part", "range")], ""),
    ];
    let body = element("main", &[], &main.concat()) + &findings::place(form, pieces);
    header::place(form, pieces) + &element("div", &[("class", "body")], &body)
}
