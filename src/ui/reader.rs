//! What the second module does for the page, in a worker: the report drawn, texts read, figures taken over.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::engine::edit::Edit;
use crate::engine::evaluation::Stage;
use crate::engine::finding::{AnswerState, Level};
use crate::engine::submission::{LARGEST_MATERIAL, LAST_YEAR, MATERIAL, MATERIAL_NAME, MATERIAL_OF, Submission};
use crate::exchange::json;
use crate::ui::form_state::FormState;
use crate::ui::parts::effect;
use crate::ui::shown::Shown;
use crate::ui::{drafts, report, saving};
use crate::words::explain::Explained;
use crate::words::page;

/// What the second module last said of the filing; each is HTML, but for the text.
#[derive(Clone, Default, PartialEq)]
pub struct Answer {
    /// The report to be filled in; it changes with its rows, not with its figures.
    pub report: String,
    pub preview: String,
    pub paper: String,
    pub text: String,
    /// The box for texts, and what was read in one.
    pub frame: String,
    pub found: String,
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

/// What is asked.
enum Question {
    /// All that is shown; the number tells whether it is still wanted.
    Show(u32),
    /// To take over what this names, into the filing of this number.
    Adopt(String, u32),
}

/// After so much quiet the report is drawn again.
const QUIET: Duration = Duration::from_millis(250);

/// Keeps what the second module says in step with the filing, from when it is first needed.
pub fn keep(form: FormState) {
    let mut before = String::new();
    effect(Box::new(move || {
        let is_checked = untrack(|| form.stage()) == Stage::Final;
        let is_needed = form.is_report_open() || form.is_material_open() || is_checked;
        let (_, latest) = (form.say(page::LANGUAGE_TAG), form.next_question());
        form.with_filing(|_| {});
        // A row that was added is waited for.
        let shape = form.shape();
        let pause = if shape == before { QUIET } else { Duration::ZERO };
        before = shape;
        if is_needed {
            set_timeout(move || ask(form, Question::Show(latest)), pause);
        }
    }));
}

/// 全部审核 checks the words, too.
pub fn check(form: FormState) {
    ask(form, Question::Show(form.next_question()));
}

/// Takes figures of the material over, as one edit: `certain`, or the number of a place.
pub fn adopt(form: FormState, which: &str) {
    ask(form, Question::Adopt(which.to_owned(), form.latest_question()));
}

/// Reads what stands in the box for material: what was read from a file, perhaps changed since, or a text of its own.
pub fn read_box(form: FormState, text: &str) {
    let is_same = |filing: &Submission| filing.report.get(MATERIAL).is_some_and(|kept| kept == text);
    let name = form.peek_filing(|filing| filing.report.get(MATERIAL_NAME).filter(|_| is_same(filing)).cloned());
    read_material(form, text, &name.unwrap_or_default());
}

/// Reads a text as material, from the file of this name. False, and said, where it is too long.
pub fn read_material(form: FormState, text: &str, name: &str) -> bool {
    form.open_material(true);
    if text.len() > LARGEST_MATERIAL {
        form.tell(page::MATERIAL_TOO_LARGE, &[("size", (text.len() / 1024).to_string())], true);
        return false;
    }
    // A file shows there what was read.
    report::input().filter(|input| input.value() != text).inspect(|input| input.set_value(text));
    let edit = form.peek_filing(|filing| Edit::kept(filing, &[(MATERIAL, text), (MATERIAL_NAME, name)]));
    if edit.is_empty() {
        // It was stopped, or failed.
        check(form);
    } else {
        form.act(edit);
    }
    true
}

/// The text in the box is last year's filing, or is not.
pub fn take_as_last_year(form: FormState, is_last_year: bool) {
    let what = if is_last_year { LAST_YEAR } else { "" };
    form.act(form.peek_filing(|filing| Edit::kept(filing, &[(MATERIAL_OF, what)])));
}

/// Takes the text out of the filing and the box.
pub fn forget_material(form: FormState) {
    form.act(form.peek_filing(|filing| Edit::kept(filing, &[(MATERIAL, ""), (MATERIAL_NAME, ""), (MATERIAL_OF, "")])));
    report::input().inspect(|input| input.set_value(""));
}

/// Ends what is under way; the text stays.
pub fn stop(form: FormState) {
    form.next_question();
    form.set_reading(Reading::Failed(form.say_now(page::STOPPED, &[])));
    // Nothing is waited for.
    let _ = drafts::ask_boot("stop", &JsValue::NULL, "");
}

/// Puts the report on the clipboard.
pub fn copy(form: FormState) {
    let copied = drafts::ask_boot("copy", &JsValue::NULL, &form.answer_now().text);
    let is_copied = copied.is_ok_and(|copied| copied.is_truthy());
    form.tell(if is_copied { page::COPIED } else { page::NOT_COPIED }, &[], !is_copied);
}

/// The card of a place of the text opens and closes.
pub fn toggle_card(at: &str) {
    // Where there is no such card, nothing opens.
    let _ = drafts::ask_boot("card", &JsValue::NULL, at);
}

fn ask(form: FormState, question: Question) {
    let (what, which) = match &question {
        // Meanwhile the person has gone on.
        Question::Show(asked) if *asked != form.latest_question() => return,
        // One after the other: what is asked while a long text is being read would only queue up.
        Question::Show(_) if form.is_asking() => return,
        Question::Show(_) => ("show", ""),
        Question::Adopt(which, _) => ("adopt", which.as_str()),
    };
    let language = page::LANGUAGE_TAG.in_language(form.language_now());
    // None of these texts has anything to escape; the filing is JSON itself.
    let request = [
        "{\"do\":\"",
        what,
        "\",\"language\":\"",
        language,
        "\",\"which\":\"",
        which,
        "\",\"submission\":",
        &form.peek_filing(json::write),
        "}",
    ]
    .concat();
    if what == "show" {
        form.set_reading(Reading::Asked);
    }
    spawn_local(async move {
        let answer = drafts::ask("ask", JsValue::NULL, request).await;
        take(form, question, answer);
    });
}

fn take(form: FormState, question: Question, answer: Result<JsValue, JsValue>) {
    let read = |text: &JsValue| serde_json::from_str::<Value>(&text.as_string()?).ok();
    let value = answer.as_ref().ok().and_then(read).filter(|answer| answer.get("problem").is_none());
    match (question, value) {
        // The person has gone on meanwhile, or has stopped it.
        (Question::Show(asked), _) if asked != form.latest_question() => {
            if form.is_asking() {
                form.set_reading(Reading::Idle);
                ask(form, Question::Show(form.latest_question()));
            }
        }
        (Question::Show(_), Some(answer)) => {
            form.set_answer(Arc::new(read_answer(&answer)));
            form.set_reading(Reading::Idle);
        }
        (Question::Show(_), None) => {
            let why = answer.err().map(|error| error.as_string().unwrap_or_else(|| saving::said(&error)));
            form.set_reading(Reading::Failed(
                form.say_now(page::READING_FAILED, &[("reason", why.unwrap_or_default())]),
            ));
        }
        (Question::Adopt(_, number), answer) => {
            let text = answer.as_ref().map(|answer| text(answer, "submission"));
            let after = text.and_then(|text| json::read_any(&text).ok());
            // The person may have gone on meanwhile: what stands now is what the edit would be of.
            match after.filter(|_| form.latest_question() == number) {
                Some(after) => {
                    let edit = form.peek_filing(|before| Edit::between(before, &after));
                    let count = edit.filled_cells().count();
                    form.take_over(edit, after.next_row);
                    if report::is_begun(&form.template_now(), &after) {
                        form.open_report();
                    }
                    form.tell(page::ADOPTED, &[("count", count.to_string())], false);
                }
                None => form.tell(page::NOT_ADOPTED, &[], true),
            }
        }
    }
}

/// A text of an answer; empty where there is none.
pub(super) fn text(from: &Value, name: &str) -> String {
    from.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn texts<'v>(from: &'v Value, name: &str) -> Vec<&'v str> {
    from.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

fn read_answer(answer: &Value) -> Answer {
    Answer {
        report: text(answer, "report"),
        preview: text(answer, "preview"),
        paper: text(answer, "paper"),
        text: text(answer, "text"),
        frame: text(answer, "frame"),
        found: text(answer, "found"),
        findings: answer.get("findings").and_then(Value::as_array).into_iter().flatten().map(shown).collect(),
    }
}

/// A remark on words as the second module says it.
fn shown(said: &Value) -> Shown {
    let note = said.get("note").filter(|note| note.is_object());
    Shown {
        code: text(said, "code"),
        level: match text(said, "level").as_str() {
            "error" => Level::Error,
            "warning" => Level::Warning,
            _ => Level::Info,
        },
        cells: texts(said, "cells").into_iter().map(str::to_owned).collect(),
        said: Explained { what: text(said, "what"), evidence: text(said, "evidence"), todo: text(said, "todo") },
        places: Vec::new(),
        sheet: text(said, "sheet"),
        note: note.map(|note| {
            let is_valid = text(note, "state") == "valid";
            (text(note, "text"), if is_valid { AnswerState::Valid } else { AnswerState::ToConfirm })
        }),
        fix: match texts(said, "fix").as_slice() {
            [cell, text] => Some(((*cell).to_owned(), (*text).to_owned())),
            _ => None,
        },
    }
}
