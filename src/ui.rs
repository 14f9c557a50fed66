//! The page. It shows what the engine finds and holds no rule of its own.

mod attention;
mod bubble;
mod cell_events;
mod drafts;
mod drafts_menu;
mod events;
pub mod fetched;
mod files;
mod filings;
mod findings;
mod form_state;
mod header;
mod history;
mod office;
mod parts;
mod print;
mod reader;
mod report;
mod saving;
mod sheets;
mod shown;
mod summary;
mod window_events;

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::ui::filings::NotOpened;
use crate::ui::form_state::{FormState, SaveState, Seen};
use crate::words::{Language, Words, page, refusals};

/// Draws the page into `root`, with the last draft of this computer. Called once by `boot.js`.
#[wasm_bindgen]
pub fn mount(root: web_sys::HtmlElement, _options: JsValue) {
    spawn_local(async move {
        let start = Start::load().await;
        leptos::mount::mount_to(root, move || page(start)).forget();
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

fn page(start: Start) -> AnyView {
    let Start { template, filing, seen, message, failure } = start;
    let form = FormState::new(template, filing, seen);
    saving::keep(form);
    window_events::listen(form);
    print::listen(form);
    reader::keep(form);
    report::listen(form);
    if let Some((words, arguments)) = message {
        form.tell(words, &arguments, true);
    }
    if let Some(reason) = failure {
        form.set_save_state(SaveState::Failed(reason));
    }
    let class = move || if form.is_dragging() { "body is-dragging" } else { "body" };
    view! {
        {header::header(form)}
        <div class=class data-drop=move || form.say(page::DROP_HERE)>
            <main>
                {summary::summary(form)}
                <section class="material" data-part="material" data-state="closed"></section>
                {sheets::sheets(form)}
                {bubble::bubble(form)}
            </main>
            {findings::findings(form)}
        </div>
    }
    .into_any()
}
