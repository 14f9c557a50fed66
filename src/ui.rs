//! The page. It shows what the engine finds and holds no rule of its own.

mod block;
mod cell;
mod drafts;
mod files;
mod findings;
mod form_state;
mod header;
mod saving;

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::exchange::json;
use crate::ui::block::{Block, go_to_block};
use crate::ui::findings::Findings;
use crate::ui::form_state::{FormState, SaveState, Seen};
use crate::ui::header::{Header, new_draft_id};
use crate::words::{Language, Words, page, refusals};

/// Draws the page into `root`, with the last draft of this computer. Called once by `boot.js`.
#[wasm_bindgen]
pub fn mount(root: web_sys::HtmlElement, _options: JsValue) {
    spawn_local(async move {
        let start = Start::load().await;
        leptos::mount::mount_to(root, move || view! { <Page start=start.clone()/> }).forget();
    });
}

/// What the page begins with.
#[derive(Clone)]
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
        let template = Arc::new(default_template());
        let blank = || Submission::blank(&template, &new_draft_id());
        let start = |filing, seen| Self { template: template.clone(), filing, seen, message: None, failure: None };
        let newest = match drafts::all().await {
            Ok(all) => all.into_iter().next(),
            Err(error) => return Self { failure: Some(error.to_string()), ..start(blank(), Seen::Fresh) },
        };
        let Some(draft) = newest else { return start(blank(), Seen::Fresh) };
        match json::read(&draft.text, &template) {
            Ok(filing) => start(filing, Seen::Draft),
            Err(refusal) => {
                let name = format!("{}-{}", draft.id, js_sys::Date::now() as u64);
                let reason = refusals::say(&refusal, Language::default());
                let failure = drafts::put_aside(&draft, &name).await.err().map(|error| error.to_string());
                let message = Some((page::DRAFT_ASIDE, vec![("name", name), ("reason", reason)]));
                Self { message, failure, ..start(blank(), Seen::Fresh) }
            }
        }
    }
}

/// The form that the page opens with.
fn default_template() -> Template {
    let (id, text) = crate::BUILT_IN_TEMPLATES[0];
    match Template::from_json(text) {
        Ok(template) => template,
        // A test loads every built-in template.
        Err(_) => unreachable!("the built-in template {id} is sound"),
    }
}

#[component]
fn Page(start: Start) -> impl IntoView {
    let Start { template, filing, seen, message, failure } = start;
    let form = FormState::new(template.clone(), filing, seen);
    provide_context(form);
    saving::keep(form, true);
    if let Some((words, arguments)) = message {
        form.tell(words, &arguments, true);
    }
    if let Some(reason) = failure {
        form.set_save_state(SaveState::Failed(reason));
    }
    let sheets = template.spec().sheets.iter().map(|sheet| {
        let blocks: Vec<_> = template.spec().blocks.iter().filter(|block| block.sheet == sheet.id).cloned().collect();
        let (title, annex, note) = (sheet.title.clone(), sheet.annex.clone(), sheet.note.clone());
        view! {
            <section class="sheet" data-sheet=sheet.id.clone()>
                <p class="annex">{annex}</p>
                <h2>{move || form.heading(&title)}</h2>
                {blocks.into_iter().map(|block| view! { <Block block=block/> }).collect::<Vec<_>>()}
                {note.map(|note| view! { <p class="sheet-note">{note}</p> })}
            </section>
        }
    });
    let links = template.spec().sheets.iter().map(|sheet| {
        let first = template.spec().blocks.iter().find(|block| block.sheet == sheet.id).cloned();
        let tab = sheet.tab.clone();
        view! {
            <button type="button" class="link" data-action="go-to-sheet" on:click=move |_| first.iter().for_each(go_to_block)>{tab}</button>
        }
    });
    view! {
        <Header/>
        <div class="body">
            <main>
                <nav class="sheets" aria-label=move || form.say(page::SHEETS)>{links.collect::<Vec<_>>()}</nav>
                {sheets.collect::<Vec<_>>()}
            </main>
            <Findings/>
        </div>
    }
}
