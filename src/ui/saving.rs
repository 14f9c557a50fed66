//! Keeps the draft on this computer: soon after each change, and at once when the page is hidden.

use std::cell::Cell;
use std::time::Duration;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::exchange::json;
use crate::ui::drafts::{self, Draft};
use crate::ui::events::on;
use crate::ui::filings;
use crate::ui::form_state::{FormState, SaveState};
use crate::ui::parts::effect;
use crate::words::explain::quoted_up_to;
use crate::words::{Language, Words, page};
use leptos::prelude::{set_timeout, window};

/// Long enough to join a few keystrokes, short enough that a crash in the middle of typing loses less than a second.
const PAUSE: Duration = Duration::from_millis(400);

/// More letters of the unit's name are cut from what a draft is called.
const LONGEST_UNIT: usize = 40;

thread_local! {
    /// Something was changed that is not kept yet, nor on its way.
    static IS_DIRTY: Cell<bool> = const { Cell::new(false) };
    /// It will be saved after the pause that has begun.
    static IS_WAITING: Cell<bool> = const { Cell::new(false) };
}

/// Saves from now on; the filing shown first is kept already, or blank.
pub fn keep(form: FormState) {
    let mut is_first = true;
    effect(Box::new(move || {
        form.with_filing(|_| ());
        if std::mem::take(&mut is_first) || form.is_untouched() {
            return;
        }
        IS_DIRTY.set(true);
        if !matches!(form.save_state_now(), SaveState::Failed(_)) {
            form.set_save_state(SaveState::Saving);
        }
        // Counted from the first change that is not saved: somebody who types on and on is saved all the same.
        if !IS_WAITING.replace(true) {
            set_timeout(move || save_now(form), PAUSE);
        }
    }));
    // A page that is closed or put away gets no second chance. A phone sends only the first of these.
    on(&window(), "visibilitychange", move |_| save_now(form));
    on(&window(), "pagehide", move |_| {
        // Also while the database has not answered yet.
        if form.save_state_now() == SaveState::Saving && !form.is_untouched() {
            drafts::leave(&record(form));
        }
        save_now(form);
    });
    // Another window may have gone on with this draft.
    on(&window(), "focus", move |_| {
        spawn_local(async move {
            let id = form.peek_filing(|filing| filing.draft_id.clone());
            if !IS_DIRTY.get() && drafts::is_changed(&id).await {
                filings::take_up(form, &id).await;
            }
        });
    });
    // What cannot be kept here is lost with the page, so the browser asks once more.
    on(&window(), "beforeunload", move |event| {
        if form.would_be_lost() {
            event.prevent_default();
            // Chromium before 119 asks only where this is set.
            let _ = js_sys::Reflect::set(&event, &"returnValue".into(), &"".into());
        }
    });
}

fn save_now(form: FormState) {
    IS_WAITING.set(false);
    // A new form in which nothing was done may have taken the place of what was to be saved.
    if IS_DIRTY.take() && !form.is_untouched() {
        spawn_local(async move {
            let outcome = save(form, record(form)).await;
            // What was typed meanwhile is saved in its own time, and only then it is safe.
            if matches!(outcome, SaveState::Failed(_)) || !IS_DIRTY.get() {
                form.set_save_state(outcome);
            }
        });
    }
}

/// Saves what is still waiting, before another filing takes the place of this one.
pub fn save_before_leaving(form: FormState) {
    if form.save_state_now() == SaveState::Saving {
        let draft = record(form);
        spawn_local(async move {
            // On success the other filing's own saving speaks next.
            if let failure @ SaveState::Failed(_) = save(form, draft).await {
                form.set_save_state(failure);
            }
        });
    }
}

/// Two windows never overwrite each other: where the draft was changed elsewhere, this one goes on under another name.
async fn save(form: FormState, draft: Draft) -> SaveState {
    let mut kept = drafts::save(&draft).await;
    if matches!(kept, Ok(false)) {
        let copy = Draft { id: filings::new_draft_id(), ..draft.clone() };
        if form.peek_filing(|filing| filing.draft_id == draft.id) {
            form.rename_draft(copy.id.clone());
            kept = drafts::save(&record(form)).await;
        } else {
            kept = drafts::save(&copy).await;
        }
        form.tell(page::DRAFT_COPIED, &[], true);
    }
    match kept {
        Ok(_) => SaveState::Saved(time_of_day()),
        Err(error) => SaveState::Failed(reason(&error, form.language_now())),
    }
}

/// Why nothing can be kept, in words; the browser's own where there are none better.
pub fn reason(error: &JsValue, language: Language) -> String {
    let name = js_sys::Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    let words: Words = match name.as_deref().unwrap_or_default() {
        "QuotaExceededError" => page::STORAGE_FULL,
        "SecurityError" | "InvalidStateError" => page::STORAGE_FORBIDDEN,
        "VersionError" => page::NEWER_PAGE,
        _ => page::STORAGE_FAILED,
    };
    words.say(language, &[("reason", said(error))])
}

/// An error of the browser, in its own words. `{:?}` would print nothing: the page is built without it, for size.
pub fn said(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => error.as_string().unwrap_or_default(),
    }
}

/// A filing as a draft, named so that a person knows it in a list.
pub fn record(form: FormState) -> Draft {
    let template = form.template_now();
    form.peek_filing(|filing| Draft {
        id: filing.draft_id.clone(),
        title: title(&template, filing),
        saved_at: String::from(js_sys::Date::new_0().to_iso_string()),
        text: json::write(filing),
        aside: false,
        revision: String::new(),
    })
}

/// The unit's name with the year and the form: `某某局2024年度自评`.
pub fn title(template: &Template, filing: &Submission) -> String {
    let spec = template.spec();
    // It stands in a menu and in the names of files.
    let unit = quoted_up_to(spec.unit_name.as_ref().map_or("", |key| filing.text(key)), LONGEST_UNIT);
    let arguments = [("unit", unit), ("year", filing.year.to_string()), ("form", spec.short.clone())];
    page::DRAFT_TITLE.say(Language::Chinese, &arguments)
}

fn time_of_day() -> String {
    local(&js_sys::Date::new_0()).chars().skip("2025-01-01 ".len()).take("12:00:00".len()).collect()
}

/// A time by the computer's own clock: `2025-01-01 12:00:00.000Z`, though the zone is not Z; nothing where it is none.
pub fn local(time: &js_sys::Date) -> String {
    // Milliseconds and minutes are whole numbers far below 2^53.
    let shifted = time.get_time() - time.get_timezone_offset() * 60_000.0;
    if shifted.is_nan() {
        return String::new();
    }
    let text = js_sys::Date::new(&shifted.into()).to_iso_string();
    String::from(text).replace('T', " ")
}
