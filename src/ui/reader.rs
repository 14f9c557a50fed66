//! What the second module does for the page, in a worker: the report drawn, texts read, figures taken over.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::engine::edit::Edit;
use crate::engine::finding::{AnswerState, Level};
use crate::engine::submission::{LARGEST_MATERIAL, MATERIAL, Submission};
use crate::exchange::json as file;
use crate::ui::form_state::FormState;
use crate::ui::parts::{effect, find};
use crate::ui::shown::Shown;
use crate::ui::{drafts, saving};
use crate::words::explain::Explained;
use crate::words::page;

/// What the second module last said of the filing; each is HTML, but for the text.
#[derive(Clone, Default, PartialEq)]
pub struct Answer {
    pub editor: String,
    pub preview: String,
    pub paper: String,
    pub text: String,
    pub summary: String,
    pub material: String,
    /// What is said of the words of the filing.
    pub findings: Vec<Shown>,
}

/// Whether the second module is at work.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Reading {
    #[default]
    Idle,
    Asked,
    /// Why it could not be asked, in the browser's words.
    Failed(String),
}

/// After so much quiet the report is drawn again.
const QUIET: Duration = Duration::from_millis(250);

/// Keeps what the second module says in step with the filing, from when it is first needed.
pub fn keep(form: FormState) {
    effect(Box::new(move || {
        let is_needed = form.is_report_open() || form.is_material_open();
        let (language, latest) = (form.say(page::LANGUAGE_TAG), form.next_question());
        let text = form.with_filing(|filing| is_needed.then(|| file::write(filing)));
        let Some(text) = text else { return };
        set_timeout(
            move || {
                if form.is_latest(latest) {
                    spawn_local(show(form, latest, text, language));
                }
            },
            QUIET,
        );
    }));
}

async fn show(form: FormState, latest: u32, submission: String, language: &str) {
    form.set_reading(Reading::Asked);
    let asked = ask(json!({ "do": "show", "submission": submission, "language": language })).await;
    if !form.is_latest(latest) {
        return;
    }
    match asked {
        Ok(answer) => {
            let of = |name: &str| answer.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            form.set_answer(Arc::new(Answer {
                editor: of("editor"),
                preview: of("preview"),
                paper: of("paper"),
                text: of("text"),
                summary: of("summary"),
                material: of("material"),
                findings: answer.get("findings").and_then(Value::as_array).into_iter().flatten().map(shown).collect(),
            }));
            form.set_reading(Reading::Idle);
        }
        Err(reason) => form.set_reading(Reading::Failed(reason)),
    }
}

/// A remark on words as the second module says it.
fn shown(said: &Value) -> Shown {
    let text = |from: &Value, name: &str| from.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let list = |name: &str| said.get(name).and_then(Value::as_array).into_iter().flatten();
    let note = said.get("note").filter(|note| note.is_object());
    Shown {
        code: text(said, "code"),
        level: match said.get("level").and_then(Value::as_str) {
            Some("error") => Level::Error,
            Some("warning") => Level::Warning,
            _ => Level::Info,
        },
        cells: list("cells").filter_map(Value::as_str).map(str::to_owned).collect(),
        said: Explained { what: text(said, "what"), evidence: text(said, "evidence"), todo: text(said, "todo") },
        places: Vec::new(),
        sheet: text(said, "sheet"),
        note: note.map(|note| {
            let is_valid = text(note, "state") == "valid";
            (text(note, "text"), if is_valid { AnswerState::Valid } else { AnswerState::ToConfirm })
        }),
        fix: match list("fix").filter_map(Value::as_str).collect::<Vec<_>>().as_slice() {
            [cell, text] => Some(((*cell).to_owned(), (*text).to_owned())),
            _ => None,
        },
    }
}

/// Takes figures of the material over, as one edit: `certain`, or the number of a place.
pub fn adopt(form: FormState, which: String) {
    spawn_local(async move {
        let before = form.peek_filing(Submission::clone);
        let asked = ask(json!({ "do": "adopt", "submission": file::write(&before), "which": which })).await;
        let text = asked.as_ref().ok().and_then(|answer| answer.get("submission")).and_then(Value::as_str);
        let after = text.and_then(|text| file::read_any(text).ok());
        // The person may have gone on meanwhile: what stands now is what the edit is of.
        match after.filter(|_| form.peek_filing(|now| *now == before)) {
            Some(after) => {
                let edit = Edit::between(&before, &after);
                let count = edit.filled_cells().count();
                form.take_over(edit, after.next_row);
                form.tell(page::ADOPTED, &[("count", count.to_string())], false);
            }
            None => form.tell(page::NOT_ADOPTED, &[], true),
        }
    });
}

/// Reads what stands in the box for material.
pub fn read_material(form: FormState, text: &str) {
    if text.len() > LARGEST_MATERIAL {
        form.tell(page::MATERIAL_TOO_LARGE, &[("size", (text.len() / 1024).to_string())], true);
    } else if text.trim().is_empty() {
        form.tell(page::MATERIAL_EMPTY, &[], true);
    } else {
        form.open_material(true);
        form.act(form.peek_filing(|filing| Edit::kept(filing, MATERIAL, text)));
    }
}

/// Ends what is under way; the text stays.
pub fn stop(form: FormState) {
    form.next_question();
    form.set_reading(Reading::Failed(page::STOPPED.in_language(form.language_now()).to_owned()));
    spawn_local(async {
        // Nothing is waited for.
        let _ = drafts::ask("stop", JsValue::NULL, String::new()).await;
    });
}

/// Puts the report on the clipboard.
pub fn copy(form: FormState) {
    let text = form.answer_now().text.clone();
    spawn_local(async move {
        let copied = drafts::ask("copy", JsValue::NULL, text).await.is_ok_and(|copied| copied.is_truthy());
        form.tell(if copied { page::COPIED } else { page::NOT_COPIED }, &[], !copied);
    });
}

async fn ask(request: Value) -> Result<Value, String> {
    let answer = drafts::ask("ask", JsValue::NULL, request.to_string()).await;
    let text = answer.map_err(|error| error.as_string().unwrap_or_else(|| saving::said(&error)))?;
    let answer: Value = serde_json::from_str(&text.as_string().unwrap_or_default()).unwrap_or_default();
    match answer.get("problem").and_then(Value::as_str) {
        Some(problem) => Err(problem.to_owned()),
        None => Ok(answer),
    }
}

/// The card of a place of the text opens and closes.
pub fn toggle_card(at: &str) {
    // Numbers need no escaping.
    if let Some(card) = find(&["[data-card=\"", at, "\"]"].concat()) {
        // Attributes fail only under a name that is none.
        let _ = card.toggle_attribute("hidden");
    }
}
