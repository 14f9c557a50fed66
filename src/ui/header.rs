//! The head of the page: what is open, what can be done with it, how it stands.

use leptos::ev::Event;
use leptos::html;
use leptos::prelude::*;
use rust_decimal::Decimal;
use wasm_bindgen_futures::spawn_local;

use crate::engine::edit::Edit;
use crate::engine::finding::{AnswerState, Level};
use crate::engine::submission::Submission;
use crate::exchange::json;
use crate::ui::drafts::{self, Draft};
use crate::ui::files::{self, ReadFailure};
use crate::ui::form_state::{FormState, SaveState, Seen, Shown};
use crate::ui::parts::{Action, Button, Said, text};
use crate::ui::saving;
use crate::words::explain::short;
use crate::words::{Words, page, refusals};

/// Title, actions and figures at a glance.
pub fn header(form: FormState) -> AnyView {
    let language = Button::new("quiet", "language")
        .labelled(form.says(page::OTHER_LANGUAGE), Box::new(move || form.switch_language()));
    view! {
        <header class="header">
            <div class="header-line"><h1>{form.says(page::TITLE)}</h1> {year(form)} {save_line(form)} {language}</div>
            <div class="header-line">{actions(form)} {standing(form)}</div>
            {notice_line(form)}
        </header>
    }
    .into_any()
}

/// The evaluated year, which every heading follows.
fn year(form: FormState) -> AnyView {
    let year: Said = Signal::derive(move || form.with_filing(|filing| filing.year).to_string());
    let change: Box<dyn FnMut(Event)> = Box::new(move |event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        match input.value().trim().parse::<i32>() {
            Ok(year) if (1990..=2100).contains(&year) => {
                form.clear_notice();
                form.act(form.peek_filing(|filing| Edit::year(filing, year)));
            }
            _ => form.tell(page::YEAR_REFUSED, &[], true),
        }
        // The field shows the year that holds; where the year stays, no signal writes it back.
        input.set_value(&form.peek_filing(|filing| filing.year).to_string());
    });
    view! {
        <label class="year">
            {form.says(page::YEAR)}
            <input type="text" inputmode="numeric" data-part="year" prop:value=year on:change=change/>
        </label>
    }
    .into_any()
}

fn save_line(form: FormState) -> AnyView {
    let said: Said = Signal::derive(move || match form.save_state() {
        SaveState::Unchanged => String::new(),
        SaveState::Saving => form.say(page::SAVING).to_owned(),
        SaveState::Saved(time) => form.say_with(page::SAVED_AT, &[("time", time)]),
        SaveState::Failed(reason) => form.say_with(page::NOT_SAVED, &[("reason", reason)]),
    });
    let class: Said = Signal::derive(move || match form.save_state() {
        SaveState::Failed(_) => "save-state is-problem".to_owned(),
        _ => "save-state".to_owned(),
    });
    view! { <span class=class data-part="save-state" role="status">{said}</span> }.into_any()
}

fn actions(form: FormState) -> AnyView {
    let picker = NodeRef::<html::Input>::new();
    let plain = |name, words| Button::new("", name).labelled(form.says(words), run_named(form, name));
    let pick = Box::new(move || {
        if let Some(input) = picker.get_untracked() {
            input.click();
        }
    });
    let picked: Box<dyn FnMut(Event)> = Box::new(move |_| {
        let Some(input) = picker.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            spawn_local(open_file(form, file));
        }
        // The same file may be chosen again after it was mended.
        input.set_value("");
    });
    let no_undo: Said = Signal::derive(move || (!form.can_undo()).to_string());
    let no_redo: Said = Signal::derive(move || (!form.can_redo()).to_string());
    let first = vec![
        plain("new", page::NEW),
        plain("open-sample", page::OPEN_SAMPLE),
        Button::new("", "open-json").labelled(form.says(page::OPEN_JSON), pick),
        plain("export-json", page::EXPORT_JSON),
        drafts_menu(form),
    ];
    let second = vec![
        Button::new("", "undo").idle(no_undo).labelled(form.says(page::UNDO), run_named(form, "undo")),
        Button::new("", "redo").idle(no_redo).labelled(form.says(page::REDO), run_named(form, "redo")),
        plain("calculate", page::CALCULATE),
        Button::new("main", "check-all").labelled(form.says(page::CHECK_ALL), run_named(form, "check-all")),
    ];
    view! {
        <div class="actions">
            {first}
            <input node_ref=picker type="file" accept=".json,application/json" hidden data-part="json-file" on:change=picked/>
            <span class="gap"></span>
            {second}
        </div>
    }
    .into_any()
}

/// What the buttons of the head do.
fn run_named(form: FormState, action: &'static str) -> Action {
    Box::new(move || match action {
        "new" => new(form),
        "open-sample" => open_sample(form),
        "export-json" => export(form),
        "undo" => form.undo(),
        "redo" => form.redo(),
        "calculate" => calculate(form),
        "check-all" => form.check_all(),
        _ => debug_assert!(false, "the head has no action {action}"),
    })
}

/// Other drafts on this computer.
fn drafts_menu(form: FormState) -> AnyView {
    let known: RwSignal<Vec<Draft>> = RwSignal::new(Vec::new());
    let look: Box<dyn FnMut(Event)> = Box::new(move |_| {
        spawn_local(async move {
            match drafts::all().await {
                Ok(all) => known.set(all),
                Err(error) => form.set_save_state(SaveState::Failed(files::said(&error))),
            }
        });
    });
    let list: Box<dyn Fn() -> Vec<AnyView> + Send> = Box::new(move || {
        let current = form.with_filing(|filing| filing.draft_id.clone());
        let mut items: Vec<AnyView> = Vec::new();
        for draft in known.get().into_iter().filter(|draft| draft.id != current) {
            let arguments = vec![("title", draft.title.clone()), ("time", local_time(&draft.saved_at))];
            let open = Box::new(move || spawn_local(open_draft(form, draft.clone())));
            let button = Button::new("link", "open-draft").labelled(form.says_with(page::DRAFT_OF, arguments), open);
            items.push(view! { <li>{button}</li> }.into_any());
        }
        if items.is_empty() {
            items.push(text(form.says(page::NO_DRAFTS)));
        }
        items
    });
    view! {
        <details class="drafts" on:toggle=look>
            <summary data-action="drafts">{form.says(page::DRAFTS)}</summary>
            <ul class="drafts-list">{list}</ul>
        </details>
    }
    .into_any()
}

/// The stored time is ISO 8601; on screen it is the computer's own, to the minute.
fn local_time(iso: &str) -> String {
    let time = js_sys::Date::new(&wasm_bindgen::JsValue::from_str(iso));
    let (year, month, day) = (time.get_full_year(), time.get_month() + 1, time.get_date());
    format!("{year}-{month:02}-{day:02} {:02}:{:02}", time.get_hours(), time.get_minutes())
}

/// Total, grade, counts and progress.
fn standing(form: FormState) -> AnyView {
    let figure = |value: Option<Decimal>| value.map_or_else(|| "—".to_owned(), short);
    let count = move |level: Level| {
        let answered = |finding: &Shown| matches!(finding.note, Some((_, AnswerState::Valid)));
        let open =
            |shown: &[Shown]| shown.iter().filter(|finding| finding.level == level && !answered(finding)).count();
        form.with_shown(open).to_string()
    };
    let progress = move || {
        let progress = form.evaluation().progress;
        format!("{}/{}", progress.filled, progress.required)
    };
    let entries = vec![
        entry(
            form,
            "",
            page::TOTAL,
            "total",
            Box::new(move || figure(form.evaluation().scores.as_ref().and_then(|scores| scores.total))),
        ),
        entry(form, "", page::GRADE, "grade", Box::new(move || grade(form))),
        entry(
            form,
            "",
            page::MEASURED,
            "measured",
            Box::new(move || figure(form.evaluation().scores.as_ref().and_then(|scores| scores.measured))),
        ),
        entry(form, "is-error", page::ERROR, "errors", Box::new(move || count(Level::Error))),
        entry(form, "is-warning", page::WARNING, "warnings", Box::new(move || count(Level::Warning))),
        entry(form, "is-info", page::INFO, "infos", Box::new(move || count(Level::Info))),
        entry(form, "", page::FILLED, "progress", Box::new(progress)),
    ];
    view! { <dl class="standing">{entries}</dl> }.into_any()
}

fn grade(form: FormState) -> String {
    let evaluation = form.evaluation();
    let grade = evaluation.scores.as_ref().and_then(|scores| scores.grade.clone());
    grade.unwrap_or_else(|| "—".to_owned())
}

/// One figure at a glance.
fn entry(
    form: FormState,
    class: &'static str,
    name: Words,
    part: &'static str,
    value: Box<dyn Fn() -> String + Send + Sync>,
) -> AnyView {
    let value: Said = Signal::derive(value);
    view! { <div class=class><dt>{form.says(name)}</dt><dd data-part=part>{value}</dd></div> }.into_any()
}

fn notice_line(form: FormState) -> AnyView {
    let line: Box<dyn Fn() -> Vec<AnyView> + Send> = Box::new(move || {
        let Some(notice) = form.notice() else { return Vec::new() };
        let class = if notice.is_problem { "notice is-problem" } else { "notice" };
        vec![view! { <p class=class data-part="notice" role="status">{notice.text}</p> }.into_any()]
    });
    view! { {line} }.into_any()
}

// ---- actions

fn new(form: FormState) {
    let filing = Submission::blank(&form.template(), &new_draft_id());
    show(form, filing, Seen::Fresh);
    form.clear_notice();
}

fn open_sample(form: FormState) {
    let template = form.template();
    let sample = crate::SAMPLES.iter().find(|(id, _)| *id == template.spec().id);
    // A test opens every sample with its template, so neither step can fail here.
    let Some(Ok(filing)) = sample.map(|(_, text)| json::read(text, &template)) else { return };
    show(form, Submission { draft_id: new_draft_id(), ..filing }, Seen::Review);
    form.tell(page::SAMPLE_OPENED, &[], false);
}

fn calculate(form: FormState) {
    match form.calculate_all() {
        0 => form.tell(page::NOTHING_TO_CALCULATE, &[], false),
        count => form.tell(page::CALCULATED, &[("count", count.to_string())], false),
    }
}

/// 导出 checks the whole form; findings never keep the file back.
fn export(form: FormState) {
    form.check_all();
    let draft = saving::record(form);
    let name = files::file_name(&draft.title);
    match files::download(&name, &draft.text) {
        Ok(()) => form.tell(page::FILE_EXPORTED, &[("name", name)], false),
        Err(error) => form.tell(page::FILE_UNREADABLE, &[("reason", files::said(&error))], true),
    }
}

async fn open_file(form: FormState, file: web_sys::File) {
    let name = file.name();
    match files::read_text(&file).await {
        Ok(text) => open_text(form, &name, &text, Seen::Review),
        Err(ReadFailure::Refused(refusal)) => refuse(form, &name, refusals::say(&refusal, form.language_now())),
        Err(ReadFailure::Unreadable(reason)) => {
            refuse(form, &name, page::FILE_UNREADABLE.say(form.language_now(), &[("reason", reason)]));
        }
    }
}

/// The list may have stood open while the draft was changed, so it is read again.
async fn open_draft(form: FormState, listed: Draft) {
    let now = drafts::all().await.ok().and_then(|all| all.into_iter().find(|draft| draft.id == listed.id));
    let draft = now.unwrap_or(listed);
    open_text(form, &draft.title, &draft.text, Seen::Draft);
}

/// Another filing takes the place of the one on screen, whose last keystrokes may not be saved yet.
fn show(form: FormState, filing: Submission, seen: Seen) {
    saving::save_before_leaving(form);
    form.open(filing, seen);
}

fn open_text(form: FormState, name: &str, text: &str, seen: Seen) {
    match json::read(text, &form.template()) {
        Ok(filing) => {
            // A file may come from this very computer; under its own id it would overwrite the draft it came from.
            let filing = if seen == Seen::Review { Submission { draft_id: new_draft_id(), ..filing } } else { filing };
            show(form, filing, seen);
            form.tell(page::FILE_OPENED, &[("name", name.to_owned())], false);
        }
        Err(refusal) => refuse(form, name, refusals::say(&refusal, form.language_now())),
    }
}

fn refuse(form: FormState, name: &str, reason: String) {
    form.tell(page::FILE_REFUSED, &[("name", name.to_owned()), ("reason", reason)], true);
}

/// Time and chance: `crypto.randomUUID` is missing on plain http and in old engines.
pub fn new_draft_id() -> String {
    // Both are whole numbers below 2^53 and pass through the browser's floats unharmed.
    let chance = (js_sys::Math::random() * 1e9) as u64;
    format!("d{}-{chance}", js_sys::Date::now() as u64)
}
