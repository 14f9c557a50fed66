//! The page. It shows what the engine finds and holds no rule of its own.

mod block;
mod cell;
mod drafts;
mod files;
mod findings;
mod form_state;
mod header;
mod parts;
mod saving;

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::engine::template::spec::SheetSpec;
use crate::exchange::json;
use crate::ui::block::{block, go_to_block};
use crate::ui::findings::findings;
use crate::ui::form_state::{FormState, SaveState, Seen};
use crate::ui::header::{header, new_draft_id};
use crate::ui::parts::Button;
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
        let template = Arc::new(default_template());
        let blank = || Submission::blank(&template, &new_draft_id());
        let start = |filing, seen| Self { template: template.clone(), filing, seen, message: None, failure: None };
        let newest = match drafts::all().await {
            Ok(all) => all.into_iter().next(),
            Err(error) => return Self { failure: Some(files::said(&error)), ..start(blank(), Seen::Fresh) },
        };
        let Some(draft) = newest else { return start(blank(), Seen::Fresh) };
        match json::read(&draft.text, &template) {
            Ok(filing) => start(filing, Seen::Draft),
            Err(refusal) => {
                let name = format!("{}-{}", draft.id, js_sys::Date::now() as u64);
                let reason = refusals::say(&refusal, Language::default());
                let failure = drafts::put_aside(&draft, &name).await.err().map(|error| files::said(&error));
                let message = Some((page::DRAFT_ASIDE, vec![("name", name), ("reason", reason)]));
                Self { message, failure, ..start(blank(), Seen::Fresh) }
            }
        }
    }
}

/// The form that the page opens with.
fn default_template() -> Template {
    let id = crate::DEFAULT_TEMPLATE;
    let text = crate::BUILT_IN_TEMPLATES.iter().find(|(known, _)| *known == id).map(|(_, text)| *text);
    match Template::from_json(text.unwrap_or_default()) {
        Ok(template) => template,
        // A test loads every built-in template.
        Err(_) => unreachable!("the built-in template {id} is sound"),
    }
}

fn page(start: Start) -> AnyView {
    let Start { template, filing, seen, message, failure } = start;
    let form = FormState::new(template.clone(), filing, seen);
    saving::keep(form);
    if let Some((words, arguments)) = message {
        form.tell(words, &arguments, true);
    }
    if let Some(reason) = failure {
        form.set_save_state(SaveState::Failed(reason));
    }
    let (mut sheets, mut links) = (Vec::new(), Vec::new());
    for sheet in &template.spec().sheets {
        let blocks: Vec<usize> =
            (0..template.spec().blocks.len()).filter(|at| template.spec().blocks[*at].sheet == sheet.id).collect();
        sheets.push(sheet_view(form, sheet, &blocks));
        let first = blocks.first().copied().unwrap_or_default();
        let go = Box::new(move || go_to_block(&form.template().spec().blocks[first]));
        links.push(Button::new("link", "go-to-sheet").view(sheet.tab.clone().into_any(), go));
    }
    view! {
        {header(form)}
        <div class="body">
            <main>
                <nav class="sheets" aria-label=form.says(page::SHEETS)>{links}</nav>
                {sheets}
            </main>
            {findings(form)}
        </div>
    }
    .into_any()
}

fn sheet_view(form: FormState, sheet: &SheetSpec, blocks: &[usize]) -> AnyView {
    let tables: Vec<AnyView> = blocks.iter().map(|at| block(form, *at)).collect();
    view! {
        <section class="sheet" data-sheet=sheet.id.clone()>
            <p class="annex">{sheet.annex.clone()}</p>
            <h2>{form.heading_says(&sheet.title)}</h2>
            {tables}
            <p class="sheet-note">{sheet.note.clone().unwrap_or_default()}</p>
        </section>
    }
    .into_any()
}
