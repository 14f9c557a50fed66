//! Keeps the draft on this computer: shortly after each change, and at once when the page is hidden.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::exchange::json;
use crate::ui::drafts::{self, Draft};
use crate::ui::files;
use crate::ui::form_state::{FormState, SaveState};
use crate::words::{Language, page};

/// Long enough to join the keystrokes of a figure, short enough that a crash loses less than a second.
const PAUSE: Duration = Duration::from_millis(300);

/// Saves from now on; the filing shown first is kept already, or blank.
pub fn keep(form: FormState) {
    let waiting: StoredValue<Option<TimeoutHandle>> = StoredValue::new(None);
    let dirty = StoredValue::new(false);
    let save_now = move || {
        if dirty.get_value() {
            dirty.set_value(false);
            spawn_local(async move {
                let result = drafts::save(&record(form)).await;
                // What was typed meanwhile is saved in its own time, and only then it is safe.
                if result.is_err() || !dirty.get_value() {
                    form.set_save_state(outcome(result));
                }
            });
        }
    };
    let first = StoredValue::new(true);
    Effect::new(move |_| {
        form.with_filing(|_| ());
        if first.get_value() {
            first.set_value(false);
            return;
        }
        dirty.set_value(true);
        form.set_save_state(SaveState::Saving);
        if let Some(Some(earlier)) = waiting.try_update_value(Option::take) {
            earlier.clear();
        }
        waiting.set_value(set_timeout_with_handle(save_now, PAUSE).ok());
    });
    // A page that is closed or put away gets no second chance. A phone sends only the first of these.
    for event in ["visibilitychange", "pagehide"] {
        let handle = window_event_listener_untyped(event, move |_| save_now());
        on_cleanup(move || handle.remove());
    }
}

/// Saves what is still waiting, before another filing takes the place of this one.
pub fn save_before_leaving(form: FormState) {
    if form.save_state_now() == SaveState::Saving {
        let draft = record(form);
        spawn_local(async move {
            // On success the other filing's own saving speaks next.
            if let failure @ Err(_) = drafts::save(&draft).await {
                form.set_save_state(outcome(failure));
            }
        });
    }
}

fn outcome(result: Result<(), wasm_bindgen::JsValue>) -> SaveState {
    match result {
        Ok(()) => SaveState::Saved(time_of_day()),
        Err(error) => SaveState::Failed(files::said(&error)),
    }
}

/// A filing as a draft, named so that a person knows it in a list.
pub fn record(form: FormState) -> Draft {
    form.peek_filing(|filing| Draft {
        id: filing.draft_id.clone(),
        title: title(&form.template(), filing),
        saved_at: String::from(js_sys::Date::new_0().to_iso_string()),
        text: json::write(filing),
    })
}

/// The unit's name with the year: `某某局2024年度自评`.
pub fn title(template: &Template, filing: &Submission) -> String {
    let unit = template.spec().unit_name.as_ref().map_or("", |key| filing.text(key)).trim().to_owned();
    page::DRAFT_TITLE.say(Language::Chinese, &[("unit", unit), ("year", filing.year.to_string())])
}

fn time_of_day() -> String {
    let now = js_sys::Date::new_0();
    format!("{:02}:{:02}:{:02}", now.get_hours(), now.get_minutes(), now.get_seconds())
}
