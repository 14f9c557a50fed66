//! The head of the page: what is open, what can be done with it, how it stands.

use leptos::html;
use leptos::prelude::*;
use rust_decimal::Decimal;
use wasm_bindgen_futures::spawn_local;

use crate::engine::edit::Edit;
use crate::engine::submission::Submission;
use crate::exchange::json;
use crate::ui::drafts::{self, Draft};
use crate::ui::files::{self, ReadFailure};
use crate::ui::form_state::{FormState, SaveState, Seen};
use crate::ui::saving;
use crate::words::explain::short;
use crate::words::{Words, page, refusals};

/// Title, actions and figures at a glance.
#[component]
pub fn Header() -> impl IntoView {
    let form = expect_context::<FormState>();
    view! {
        <header class="header">
            <div class="header-line">
                <h1>{move || form.say(page::TITLE)}</h1>
                <Year/>
                <SaveLine/>
                <button type="button" class="quiet" data-action="language" on:click=move |_| form.switch_language()>
                    {move || form.say(page::OTHER_LANGUAGE)}
                </button>
            </div>
            <div class="header-line">
                <Actions/>
                <Standing/>
            </div>
            <NoticeLine/>
        </header>
    }
}

/// The evaluated year, which every heading follows.
#[component]
fn Year() -> impl IntoView {
    let form = expect_context::<FormState>();
    let year = Memo::new(move |_| form.with_filing(|filing| filing.year));
    let change = move |event| {
        let typed = event_target_value(&event);
        match typed.trim().parse::<i32>() {
            Ok(year) if (1990..=2100).contains(&year) => form.act(form.peek_filing(|filing| Edit::year(filing, year))),
            _ => form.tell(page::YEAR_REFUSED, &[], true),
        }
    };
    view! {
        <label class="year">
            {move || form.say(page::YEAR)}
            <input type="text" inputmode="numeric" data-part="year" prop:value=move || year.get().to_string() on:change=change/>
        </label>
    }
}

#[component]
fn SaveLine() -> impl IntoView {
    let form = expect_context::<FormState>();
    let said = move || match form.save_state() {
        SaveState::Unchanged => String::new(),
        SaveState::Saving => form.say(page::SAVING).to_owned(),
        SaveState::Saved(time) => form.say_with(page::SAVED_AT, &[("time", time)]),
        SaveState::Failed(reason) => form.say_with(page::NOT_SAVED, &[("reason", reason)]),
    };
    let failed = move || matches!(form.save_state(), SaveState::Failed(_));
    view! { <span class="save-state" class:is-problem=failed data-part="save-state" role="status">{said}</span> }
}

#[component]
fn Actions() -> impl IntoView {
    let form = expect_context::<FormState>();
    let picker = NodeRef::<html::Input>::new();
    let action = move |name: &'static str, words: Words, run: fn(FormState)| {
        view! { <button type="button" data-action=name on:click=move |_| run(form)>{move || form.say(words)}</button> }
    };
    let open_picker = move |_| {
        if let Some(input) = picker.get_untracked() {
            input.click();
        }
    };
    let picked = move |_| {
        let Some(input) = picker.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            spawn_local(open_file(form, file));
        }
        // The same file may be chosen again after it was mended.
        input.set_value("");
    };
    view! {
        <div class="actions">
            {action("new", page::NEW, new)}
            {action("open-sample", page::OPEN_SAMPLE, open_sample)}
            <button type="button" data-action="open-json" on:click=open_picker>{move || form.say(page::OPEN_JSON)}</button>
            <input node_ref=picker type="file" accept=".json,application/json" hidden data-part="json-file" on:change=picked/>
            {action("export-json", page::EXPORT_JSON, export)}
            <Drafts/>
            <span class="gap"></span>
            <button type="button" data-action="undo" disabled=move || !form.can_undo() on:click=move |_| form.undo()>
                {move || form.say(page::UNDO)}
            </button>
            <button type="button" data-action="redo" disabled=move || !form.can_redo() on:click=move |_| form.redo()>
                {move || form.say(page::REDO)}
            </button>
            <button type="button" data-action="calculate" title=move || form.say(page::CALCULATE_HINT) on:click=move |_| calculate(form)>
                {move || form.say(page::CALCULATE)}
            </button>
            <button type="button" class="main" data-action="check-all" title=move || form.say(page::CHECK_ALL_HINT)
                on:click=move |_| form.check_all()>{move || form.say(page::CHECK_ALL)}</button>
        </div>
    }
}

/// Other drafts on this computer.
#[component]
fn Drafts() -> impl IntoView {
    let form = expect_context::<FormState>();
    let known: RwSignal<Vec<Draft>> = RwSignal::new(Vec::new());
    let look = move |_| {
        spawn_local(async move {
            match drafts::all().await {
                Ok(all) => known.set(all),
                Err(error) => form.set_save_state(SaveState::Failed(error.to_string())),
            }
        });
    };
    let list = move || {
        let current = form.with_filing(|filing| filing.draft_id.clone());
        let others: Vec<Draft> = known.get().into_iter().filter(|draft| draft.id != current).collect();
        if others.is_empty() {
            return view! { <p>{form.say(page::NO_DRAFTS)}</p> }.into_any();
        }
        let items = others.into_iter().map(|draft| {
            // The stored time is ISO 8601; its date and minutes are enough to tell drafts apart.
            let time = local_time(&draft.saved_at);
            let label = form.say_with(page::DRAFT_OF, &[("title", draft.title.clone()), ("time", time)]);
            let open = move |_| open_text(form, &draft.title, &draft.text, Seen::Draft);
            view! { <li><button type="button" class="link" data-action="open-draft" on:click=open>{label}</button></li> }
        });
        view! { <ul>{items.collect::<Vec<_>>()}</ul> }.into_any()
    };
    view! {
        <details class="drafts" on:toggle=look>
            <summary data-action="drafts">{move || form.say(page::DRAFTS)}</summary>
            <div class="drafts-list">{list}</div>
        </details>
    }
}

fn local_time(iso: &str) -> String {
    let time = js_sys::Date::new(&wasm_bindgen::JsValue::from_str(iso));
    format!(
        "{}-{:02}-{:02} {:02}:{:02}",
        time.get_full_year(),
        time.get_month() + 1,
        time.get_date(),
        time.get_hours(),
        time.get_minutes()
    )
}

/// Total, grade, counts and progress.
#[component]
fn Standing() -> impl IntoView {
    let form = expect_context::<FormState>();
    let scores = move || form.evaluation().scores.clone();
    let figure = |value: Option<Decimal>| value.map_or_else(|| "—".to_owned(), short);
    let count = move |level| move || form.findings().iter().filter(|finding| finding.level == level).count();
    let unanswered = move || {
        let findings = form.findings();
        let answered = |finding: &crate::engine::finding::Finding| {
            finding.note.as_ref().is_some_and(|note| note.state == crate::engine::finding::AnswerState::Valid)
        };
        findings
            .iter()
            .filter(|finding| finding.level == crate::engine::finding::Level::Warning && !answered(finding))
            .count()
    };
    let progress = move || {
        let progress = form.evaluation().progress;
        format!("{}/{}", progress.filled, progress.required)
    };
    use crate::engine::finding::Level;
    view! {
        <dl class="standing">
            <div><dt>{move || form.say(page::TOTAL)}</dt>
                <dd><b data-part="total">{move || figure(scores().and_then(|scores| scores.total))}</b>
                    " " <span data-part="grade">{move || scores().and_then(|scores| scores.grade).unwrap_or_default()}</span></dd></div>
            <div><dt>{move || form.say(page::MEASURED)}</dt>
                <dd data-part="measured">{move || figure(scores().and_then(|scores| scores.measured))}</dd></div>
            <div class="is-error"><dt>{move || form.say(page::ERROR)}</dt><dd data-part="errors">{count(Level::Error)}</dd></div>
            <div class="is-warning"><dt>{move || form.say(page::WARNING)}</dt><dd data-part="warnings">{unanswered}</dd></div>
            <div class="is-info"><dt>{move || form.say(page::INFO)}</dt><dd data-part="infos">{count(Level::Info)}</dd></div>
            <div><dt>{move || form.say(page::FILLED)}</dt><dd data-part="progress">{progress}</dd></div>
        </dl>
    }
}

#[component]
fn NoticeLine() -> impl IntoView {
    let form = expect_context::<FormState>();
    move || {
        form.notice().map(|notice| {
            view! { <p class="notice" class:is-problem=notice.is_problem data-part="notice" role="status">{notice.text}</p> }
        })
    }
}

// ---- actions

fn new(form: FormState) {
    let filing = Submission::blank(&form.template(), &new_draft_id());
    form.open(filing, Seen::Fresh);
    form.clear_notice();
}

fn open_sample(form: FormState) {
    let template = form.template();
    let sample = crate::SAMPLES.iter().find(|(id, _)| *id == template.spec().id);
    // A test opens every sample with its template, so neither step can fail here.
    let Some(Ok(filing)) = sample.map(|(_, text)| json::read(text, &template)) else { return };
    form.open(Submission { draft_id: new_draft_id(), ..filing }, Seen::Review);
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

fn open_text(form: FormState, name: &str, text: &str, seen: Seen) {
    match json::read(text, &form.template()) {
        Ok(filing) => {
            // A file may come from this very computer; under its own id it would overwrite the draft it came from.
            let filing = if seen == Seen::Review { Submission { draft_id: new_draft_id(), ..filing } } else { filing };
            form.open(filing, seen);
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
