//! What the second module does for the page, in a worker: the report drawn, texts read, figures taken over.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::untrack;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::engine::edit::Edit;
use crate::engine::evaluation::{Evaluation, Stage};
use crate::engine::finding::{AnswerState, Fact, Level};
use crate::engine::layout::Layout;
use crate::engine::relation::State;
use crate::engine::submission::{LARGEST_MATERIAL, LAST_YEAR, MATERIAL, MATERIAL_NAME, MATERIAL_OF, Submission};
use crate::engine::template::spec::ColumnKind;
use crate::engine::tree::{Value, parse};
use crate::exchange::json;
use crate::ui::form_state::{Asked, FormState};
use crate::ui::parts::effect;
use crate::ui::shown::{Card, Shown};
use crate::ui::{about, drafts, filings, opening, report, saving};
use crate::words::explain::Explained;
use crate::words::page;
use leptos::prelude::set_timeout;

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
    /// What is asked again and again; the number tells whether it is still wanted.
    Again(Asked, u32),
    /// To take over what this names, into the filing of this number.
    Adopt(String, u32),
    /// What a new filing would take from this one, which is read as this and came from the file of this name.
    Begin(Submission, &'static str, String),
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

/// Keystrokes within this time are one question for wrong figures.
const PAUSE: Duration = Duration::from_millis(40);

/// Asks which figures are wrong whenever some do not agree, or wait for a blank.
pub fn keep_cards(form: FormState) {
    effect(Box::new(move || {
        let (_, is_wanted) = (form.say(page::LANGUAGE_TAG), has_something_to_find(form, &form.evaluation()));
        if is_wanted {
            ask_again(form, Asked::Cards, PAUSE);
        } else {
            form.searches(Asked::Cards, |searches| searches.latest += 1);
            form.set_cards(Vec::new());
        }
    }));
}

/// Warnings that are no sums are in order as they are, as often as not; what is blank is no wrong figure.
/// What an empty form is short of is no matter for a search.
fn has_something_to_find(form: FormState, evaluation: &Evaluation) -> bool {
    let is_wrong = |level: Level, fact: &Fact| match fact {
        Fact::Required => false,
        Fact::Sum { .. } => true,
        _ => level == Level::Error,
    };
    evaluation.findings.iter().any(|finding| is_wrong(finding.level, &finding.fact))
        || evaluation.relations.iter().any(|relation| relation.state == State::Open && form.has_left(&relation.cells))
        || form.peek_layout(has_ten_thousand)
}

/// Figures in 元 agree with one another: what tells of them is how large they are.
fn has_ten_thousand(layout: &Layout<'_>) -> bool {
    let money = layout.indexed().filter(|(_, field)| field.column.kind == ColumnKind::Money);
    let mut digits = money.map(|(at, _)| layout.text(at).bytes().take_while(|byte| *byte != b'.'));
    digits.any(|digits| digits.filter(u8::is_ascii_digit).count() > 4)
}

/// Asks after a pause in which nobody asks anew; one question of a kind at a time.
pub fn ask_again(form: FormState, what: Asked, pause: Duration) {
    let latest = form.searches(what, |searches| searches.latest += 1).latest;
    set_timeout(move || search(form, what, latest), pause);
}

fn search(form: FormState, what: Asked, asked: u32) {
    let searches = form.searches(what, |_| {});
    if searches.latest == asked && !searches.is_asked {
        form.searches(what, |searches| searches.is_asked = true);
        ask(form, Question::Again(what, asked));
    }
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
    if is_too_large(form, text) {
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

/// Says where a text is longer than any material.
pub fn is_too_large(form: FormState, text: &str) -> bool {
    let is_too_large = text.len() > LARGEST_MATERIAL;
    if is_too_large {
        form.tell(page::MATERIAL_TOO_LARGE, &[("size", (text.len() / 1024).to_string())], true);
    }
    is_too_large
}

/// Asks what a new filing would take from last year's.
pub fn begin(form: FormState, filing: Submission, which: &'static str, name: String) {
    form.tell(page::WAIT, &[], false);
    ask(form, Question::Begin(filing, which, name));
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
    let edited;
    let (what, which) = match &question {
        // Meanwhile the person has gone on.
        Question::Show(asked) if *asked != form.latest_question() => return,
        // One after the other: what is asked while a long text is being read would only queue up.
        Question::Show(_) if form.is_asking() => return,
        Question::Show(_) => ("show", ""),
        Question::Adopt(which, _) => ("adopt", which.as_str()),
        Question::Begin(_, which, _) => ("begin", *which),
        Question::Again(Asked::Cards, _) => {
            edited = form.last_edited().unwrap_or_default();
            ("locate", edited.as_str())
        }
        Question::Again(Asked::About, _) => {
            edited = form.about_now();
            ("cell", edited.as_str())
        }
        Question::Again(Asked::Pictures, _) => ("pictures", ""),
    };
    let filing = match &question {
        Question::Begin(filing, ..) => json::write(filing),
        _ => form.peek_filing(json::write),
    };
    let request = request(form, what, which, "\"\"", &filing);
    if what == "show" {
        form.set_reading(Reading::Asked);
    }
    spawn_local(async move {
        let answer = drafts::ask("ask", JsValue::NULL, request).await;
        take(form, question, answer);
    });
}

/// A request as the second module reads it; `text` and the filing are JSON already.
pub fn request(form: FormState, what: &str, which: &str, text: &str, filing: &str) -> String {
    let language = page::LANGUAGE_TAG.in_language(form.language_now());
    let stage = if form.evaluation_now().stage == Stage::Final { "final" } else { "draft" };
    // None of the other texts has anything to escape.
    let fields = [("do", what), ("language", language), ("which", which), ("stage", stage)];
    let mut request = String::from("{");
    for (name, value) in fields {
        request += &["\"", name, "\":\"", value, "\","].concat();
    }
    request + &["\"text\":", text, ",\"submission\":", filing, "}"].concat()
}

/// An answer as a tree, if there is one.
pub fn tree(answer: &JsValue) -> Option<Value> {
    parse(&answer.as_string()?).ok()
}

fn take(form: FormState, question: Question, answer: Result<JsValue, JsValue>) {
    let value = answer.as_ref().ok().and_then(tree).filter(|answer| answer.get("problem").is_none());
    match (question, value) {
        // The person has gone on meanwhile, or has stopped it.
        (Question::Show(asked), _) if asked != form.latest_question() => {
            if form.is_asking() {
                form.set_reading(Reading::Idle);
                ask(form, Question::Show(form.latest_question()));
            }
        }
        (Question::Again(what, asked), value) => {
            let latest = form.searches(what, |searches| searches.is_asked = false).latest;
            match what {
                _ if asked != latest => search(form, what, latest),
                // Where it cannot be asked, the findings themselves are shown.
                Asked::Cards => form.set_cards(list(value.as_ref(), "cards").map(card).collect()),
                _ => about::show(form, what, value.map(|value| text(&value, "html")), answer.err()),
            }
        }
        (Question::Begin(_, _, name), value) => {
            form.clear_notice();
            let said = |of: &str| value.as_ref().map(|value| text(value, of)).unwrap_or_default();
            match said("html") {
                html if html.is_empty() => filings::refuse(form, &name, said("refused")),
                html => opening::show(form, &html),
            }
        }
        (Question::Show(_), Some(answer)) => {
            form.set_answer(Arc::new(read_answer(&answer)));
            form.set_reading(Reading::Idle);
        }
        (Question::Show(_), None) => {
            form.set_reading(Reading::Failed(form.say_now(page::READING_FAILED, &[("reason", why(answer.err()))])));
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

/// Why the second module did not answer, in the browser's words.
pub fn why(error: Option<JsValue>) -> String {
    error.map(|error| error.as_string().unwrap_or_else(|| saving::said(&error))).unwrap_or_default()
}

/// A text of an answer; empty where there is none.
pub(super) fn text(from: &Value, name: &str) -> String {
    from.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

pub(super) fn list<'v>(from: Option<&'v Value>, name: &str) -> impl Iterator<Item = &'v Value> {
    from.and_then(|from| from.get(name)).and_then(Value::as_array).into_iter().flatten()
}

fn texts(from: &Value, name: &str) -> Vec<String> {
    list(Some(from), name).filter_map(Value::as_str).map(str::to_owned).collect()
}

fn read_answer(answer: &Value) -> Answer {
    Answer {
        report: text(answer, "report"),
        preview: text(answer, "preview"),
        paper: text(answer, "paper"),
        text: text(answer, "text"),
        frame: text(answer, "frame"),
        found: text(answer, "found"),
        findings: list(Some(answer), "findings").map(shown).collect(),
    }
}

fn card(said: &Value) -> Card {
    Card { shown: shown(said), covers: texts(said, "covers"), texts: texts(said, "texts") }
}

/// A remark on words, or a wrong figure, as the second module says it.
fn shown(said: &Value) -> Shown {
    let note = said.get("note").filter(|note| matches!(note, Value::Object(_)));
    Shown {
        code: text(said, "code"),
        level: match text(said, "level").as_str() {
            "error" => Level::Error,
            "warning" => Level::Warning,
            _ => Level::Info,
        },
        cells: texts(said, "cells"),
        // It is a text, as numbers are read nowhere here; a remark speaks of its first cell.
        heads: text(said, "suspects").parse().unwrap_or(1),
        is_suspicion: text(said, "mark") == "suspect",
        html: text(said, "html"),
        said: Explained { what: text(said, "what"), evidence: text(said, "evidence"), todo: text(said, "todo") },
        places: Vec::new(),
        sheet: text(said, "sheet"),
        note: note.map(|note| {
            let is_valid = text(note, "state") == "valid";
            (text(note, "text"), if is_valid { AnswerState::Valid } else { AnswerState::ToConfirm })
        }),
    }
}
