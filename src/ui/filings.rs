//! Filings that come and go: new ones, the sample, files, drafts; each with the template that it belongs to.

use std::sync::Arc;

use wasm_bindgen_futures::spawn_local;

use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::exchange::json;
use crate::ui::drafts;
use crate::ui::files::{self, ReadFailure};
use crate::ui::form_state::{FormState, SaveState, Seen};
use crate::ui::{reader, saving};
use crate::words::{page, refusals};

/// What a list says of a form.
#[derive(Clone)]
pub struct Form {
    pub id: String,
    pub name: String,
    pub year: String,
}

/// A form that comes with the program.
pub fn template(id: &str) -> Option<Arc<Template>> {
    crate::built_in_template(id).map(Arc::new)
}

/// Each form that comes with the program, the one that the page begins with first.
pub fn forms() -> Vec<Form> {
    let of = |template: Arc<Template>| {
        let spec = template.spec();
        Form { id: spec.id.clone(), name: spec.name.clone(), year: spec.year.to_string() }
    };
    let mut forms: Vec<Form> = crate::BUILT_IN_TEMPLATES.iter().filter_map(|(id, ..)| template(id)).map(of).collect();
    let first = forms.iter().position(|form| form.id == crate::DEFAULT_TEMPLATE).unwrap_or_default();
    forms[..=first].rotate_right(1);
    forms
}

/// A blank form of this kind.
pub fn new(form: FormState, template_id: &str) {
    let Some(template) = template(template_id) else { return };
    let filing = Submission::blank(&template, &new_draft_id());
    if show(form, template, filing, Seen::Fresh) {
        form.clear_notice();
    }
}

pub fn open_sample(form: FormState) {
    let Some((id, text)) = crate::SAMPLES.first() else { return };
    let Some(template) = template(id) else { return };
    // A test opens every sample with its template, so this cannot fail here.
    let Ok(filing) = json::read(text, &template) else { return };
    if show(form, template, Submission { draft_id: new_draft_id(), ..filing }, Seen::Review) {
        form.tell(page::SAMPLE_OPENED, &[], false);
    }
}

/// A file that was chosen or dropped.
pub fn open_file(form: FormState, file: web_sys::File) {
    spawn_local(async move {
        let name = file.name();
        match files::read_text(&file).await {
            Ok(text) => open_text(form, &name, &text),
            Err(ReadFailure::Refused(refusal)) => refuse(form, &name, refusals::say(&refusal, form.language_now())),
            Err(ReadFailure::Unreadable(reason)) => {
                refuse(form, &name, page::FILE_UNREADABLE.say(form.language_now(), &[("reason", reason)]));
            }
        }
    });
}

/// The list may have stood open while the draft was changed, so it is read again.
pub async fn open_draft(form: FormState, listed: drafts::Draft) {
    let now = drafts::open(&listed.id).await.ok().flatten();
    let draft = now.unwrap_or(listed);
    drafts::take(&draft);
    match read_draft(&draft) {
        Ok((template, filing)) => {
            if show(form, template, filing, Seen::Draft) {
                form.tell(page::FILE_OPENED, &[("name", draft.title)], false);
            }
        }
        Err(refusal) => refuse(form, &draft.title, refusals::say(&refusal, form.language_now())),
    }
}

/// The draft on screen as another window has left it.
pub async fn take_up(form: FormState, id: &str) {
    let before = form.peek_filing(Submission::clone);
    if let Ok(Some(draft)) = drafts::open(id).await
        && let Ok((template, filing)) = read_draft(&draft)
        // Else the person has gone on here while the answer was on its way: both are kept when it is saved.
        && form.peek_filing(|now| *now == before)
    {
        drafts::take(&draft);
        form.open(template, filing, Seen::Draft);
        form.tell(page::DRAFT_RELOADED, &[], false);
    }
}

/// A draft with its form. Its name on this computer may be another than the one in its text, where it is a copy.
pub fn read_draft(draft: &drafts::Draft) -> Result<(Arc<Template>, Submission), json::Refusal> {
    let (template, filing) = read(&draft.text)?;
    Ok((template, Submission { draft_id: draft.id.clone(), ..filing }))
}

/// A submission with the form that it names.
fn read(text: &str) -> Result<(Arc<Template>, Submission), json::Refusal> {
    let id = json::template_of(text);
    let known = id.as_deref().and_then(template).or_else(|| template(crate::DEFAULT_TEMPLATE));
    let Some(template) = known else { return Err(json::Refusal::NotASubmission) };
    let filing = json::read(text, &template)?;
    Ok((template, filing))
}

/// 导出 checks the whole form; findings never keep the file back.
pub fn export(form: FormState) {
    form.check_all();
    let draft = saving::record(form);
    let name = files::file_name(&draft.title);
    match files::download(&name, &draft.text) {
        Ok(()) => {
            form.note_export();
            form.tell(page::FILE_EXPORTED, &[("name", name)], false);
        }
        Err(error) => form.tell(page::FILE_UNREADABLE, &[("reason", saving::said(&error))], true),
    }
}

/// 清除本机数据: the drafts, those put aside, and what is on the screen.
pub async fn clear(form: FormState) {
    match drafts::clear().await {
        Ok(()) => {
            // Not `show`, which would save what is on the screen once more.
            let template = form.template_now();
            let filing = Submission::blank(&template, &new_draft_id());
            form.open(template, filing, Seen::Fresh);
            form.set_save_state(SaveState::Unchanged);
            form.tell(page::CLEARED, &[], false);
        }
        Err(error) => form.set_save_state(SaveState::Failed(saving::reason(&error, form.language_now()))),
    }
}

/// Time and chance: `crypto.randomUUID` is missing on plain http and in old engines.
pub fn new_draft_id() -> String {
    // Both are whole numbers below 2^53 and pass through the browser's floats unharmed.
    let chance = (js_sys::Math::random() * 1e9) as u64;
    format!("d{}-{chance}", js_sys::Date::now() as u64)
}

/// Another filing takes the place of the one on screen, whose last keystrokes may not be saved yet. Where nothing can be
/// kept on this computer, the person is told first and has to ask once more; false then.
fn show(form: FormState, template: Arc<Template>, filing: Submission, seen: Seen) -> bool {
    if form.would_be_lost() && !form.is_told(page::WOULD_BE_LOST) {
        form.tell(page::WOULD_BE_LOST, &[], true);
        return false;
    }
    saving::save_before_leaving(form);
    form.open(template, filing, seen);
    leptos::prelude::window().scroll_to_with_x_and_y(0.0, 0.0);
    true
}

fn open_text(form: FormState, name: &str, text: &str) {
    // Not a filing but words: material to take figures from.
    if !text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).starts_with('{') {
        let is_text = [".txt", ".html", ".htm"].iter().any(|ending| name.to_lowercase().ends_with(ending));
        if is_text {
            return reader::read_material(form, text);
        }
    }
    match read(text) {
        Ok((template, filing)) => {
            // A file may come from this very computer; under its own id it would overwrite the draft it came from.
            let filing = Submission { draft_id: new_draft_id(), ..filing };
            if show(form, template, filing, Seen::Review) {
                form.tell(page::FILE_OPENED, &[("name", name.to_owned())], false);
            }
        }
        Err(refusal) => refuse(form, name, refusals::say(&refusal, form.language_now())),
    }
}

fn refuse(form: FormState, name: &str, reason: String) {
    form.tell(page::FILE_REFUSED, &[("name", name.to_owned()), ("reason", reason)], true);
}
