//! Filings that come and go: new ones, the sample, files, drafts; each with the template that it belongs to.

use std::sync::Arc;

use wasm_bindgen_futures::spawn_local;

use crate::BuiltIn;
use crate::engine::submission::{MATERIAL, MATERIAL_NAME, Submission};
use crate::engine::template::Template;
use crate::exchange::json;
use crate::ui::drafts;
use crate::ui::fetched;
use crate::ui::files::{self, ReadFailure};
use crate::ui::form_state::{FormState, SaveState, Seen};
use crate::ui::{office, reader, saving};
use crate::words::{Language, english, page, refusals};
use leptos::prelude::window;

/// Why a filing is not opened.
pub enum NotOpened {
    Refused(json::Refusal),
    /// Its form did not come; the browser's own words.
    NotFetched(String),
}

impl NotOpened {
    pub fn say(&self, language: Language) -> String {
        match self {
            NotOpened::Refused(refusal) => refusals::say(refusal, language),
            NotOpened::NotFetched(reason) => page::NOT_FETCHED.say(language, &[("reason", reason.clone())]),
        }
    }
}

/// Each form that comes with the program, the one that the page begins with first.
pub fn forms() -> impl Iterator<Item = &'static BuiltIn> {
    let first = |is_first: bool| {
        crate::BUILT_IN_TEMPLATES.iter().filter(move |form| (form.id == crate::DEFAULT_TEMPLATE) == is_first)
    };
    first(true).chain(first(false))
}

/// A blank form of this kind.
pub async fn new(form: FormState, template_id: String) {
    let before = draft_on_screen(form);
    if let Err(reason) = fetched::ensure(&template_id).await {
        form.tell(page::NOT_FETCHED, &[("reason", reason)], true);
    } else if is_still(form, &before)
        && let Some(template) = fetched::template(&template_id)
    {
        let filing = Submission::blank(&template, &new_draft_id());
        if show(form, template, filing, Seen::Fresh) {
            form.clear_notice();
        }
    }
}

pub async fn open_sample(form: FormState) {
    let before = draft_on_screen(form);
    // A test opens the sample, so what is none came from elsewhere.
    let read = fetched::text("sample").await.and_then(|text| read(&text).map_err(|_| "sample".to_owned()));
    match read {
        Ok((template, filing)) => {
            let filing = Submission { draft_id: new_draft_id(), ..filing };
            if is_still(form, &before) && show(form, template, filing, Seen::Review) {
                form.tell(page::SAMPLE_OPENED, &[], false);
            }
        }
        Err(reason) => form.tell(page::NOT_FETCHED, &[("reason", reason)], true),
    }
}

/// Which filing is on the screen, to be asked again after a wait.
pub fn draft_on_screen(form: FormState) -> String {
    form.peek_filing(|filing| filing.draft_id.clone())
}

/// Whether the person has not opened something else meanwhile, be it by asking for the same twice.
pub fn is_still(form: FormState, before: &str) -> bool {
    form.peek_filing(|filing| filing.draft_id == before)
}

/// What a file was chosen for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be opened, whatever it is.
    Open,
    /// For the box for texts: material, even where it is a filing.
    Box,
    /// As last year's, from which this year's filing is begun.
    Begin,
}

/// A file that was chosen or dropped.
pub fn open_file(form: FormState, file: web_sys::File, purpose: Purpose) {
    let name = file.name();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.to_ascii_lowercase().ends_with(ending));
    let is_text = ends(&[".txt", ".html", ".htm"]);
    if !is_text && (purpose == Purpose::Box || !ends(&[".json"])) {
        return office::open(form, file, purpose);
    }
    spawn_local(async move {
        match files::read_text(&file).await {
            // In another encoding than UTF-8, which the module for files knows.
            Ok(text) if is_text && text.contains(char::REPLACEMENT_CHARACTER) => office::open(form, file, purpose),
            Ok(text) if purpose == Purpose::Begin => begin_from(form, &name, &text, "filing").await,
            // No filing but words: material to take figures from.
            Ok(text) if is_text && !is_json(&text) => {
                if reader::read_material(form, &text, &name) {
                    form.tell(page::FILE_READ, &[("name", name), ("said", String::new())], false);
                }
            }
            Ok(text) => drop(open_text(form, &name, &text, Seen::Review).await),
            Err(ReadFailure::Refused(refusal)) => refuse(form, &name, refusals::say(&refusal, form.language_now())),
            Err(ReadFailure::Unreadable(reason)) => {
                refuse(form, &name, page::FILE_UNREADABLE.say(form.language_now(), &[("reason", reason)]));
            }
        }
    });
}

fn is_json(text: &str) -> bool {
    text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).starts_with('{')
}

/// Asks what this year's filing would take from last year's, be it a filing or a text; `which` tells of a filing whether its
/// file was changed.
pub async fn begin_from(form: FormState, name: &str, text: &str, which: &'static str) {
    let (mut filing, which) = if is_json(text) {
        match read_fetched(text).await {
            Ok((_, filing)) => (filing, which),
            Err(reason) => return refuse(form, name, reason.say(form.language_now())),
        }
    } else if reader::is_too_large(form, text) {
        return;
    } else {
        let mut filing = form.peek_filing(Submission::clone);
        filing.report.insert(MATERIAL.to_owned(), text.to_owned());
        (filing, "text")
    };
    filing.report.insert(MATERIAL_NAME.to_owned(), name.to_owned());
    reader::begin(form, filing, which, name.to_owned());
}

/// The list may have stood open while the draft was changed, so it is read again.
pub async fn open_draft(form: FormState, listed: drafts::Draft) {
    let now = drafts::open(&listed.id).await.ok().flatten();
    let draft = now.unwrap_or(listed);
    drafts::take(&draft);
    match read_draft(&draft).await {
        Ok((template, filing)) => {
            if show(form, template, filing, Seen::Draft) {
                form.tell(page::FILE_OPENED, &[("name", draft.title)], false);
            }
        }
        Err(reason) => refuse(form, &draft.title, reason.say(form.language_now())),
    }
}

/// The draft on screen as another window has left it.
pub async fn take_up(form: FormState, id: &str) {
    let before = form.peek_filing(Submission::clone);
    if let Ok(Some(draft)) = drafts::open(id).await
        && let Ok((template, filing)) = read_draft(&draft).await
        // Else the person has gone on here while the answer was on its way: both are kept when it is saved.
        && form.peek_filing(|now| *now == before)
    {
        drafts::take(&draft);
        form.open(template, filing, Seen::Draft);
        form.tell(page::DRAFT_RELOADED, &[], false);
    }
}

/// A draft with its form. Its name on this computer may be another than the one in its text, where it is a copy.
pub async fn read_draft(draft: &drafts::Draft) -> Result<(Arc<Template>, Submission), NotOpened> {
    let (template, filing) = read_fetched(&draft.text).await?;
    Ok((template, Submission { draft_id: draft.id.clone(), ..filing }))
}

/// A submission with the form that it names, which is fetched first.
async fn read_fetched(text: &str) -> Result<(Arc<Template>, Submission), NotOpened> {
    fetch_form_of(text).await?;
    read(text).map_err(NotOpened::Refused)
}

/// Fetches the form that a filing names, unless it is there or none of ours: reading the filing says so.
async fn fetch_form_of(text: &str) -> Result<(), NotOpened> {
    fetched::ensure(&json::template_of(text).unwrap_or_default()).await.map_err(NotOpened::NotFetched)
}

/// A submission with the form that it names.
fn read(text: &str) -> Result<(Arc<Template>, Submission), json::Refusal> {
    let id = json::template_of(text);
    let known = id.as_deref().and_then(fetched::template).or_else(|| fetched::template(crate::DEFAULT_TEMPLATE));
    let Some(template) = known else { return Err(json::Refusal::NotASubmission) };
    let filing = json::read(text, &template)?;
    Ok((template, filing))
}

/// The other language; the English is fetched the first time.
pub fn switch_language(form: FormState) {
    if english::is_known() {
        return form.switch_language();
    }
    spawn_local(async move {
        match fetched::text("english").await {
            Ok(text) => {
                english::learn(text);
                form.switch_language();
            }
            Err(reason) => form.tell(page::NOT_FETCHED, &[("reason", reason)], true),
        }
    });
}

/// 导出 checks the whole form; findings never keep the file back.
pub fn export(form: FormState) {
    form.check_all();
    reader::check(form);
    let draft = saving::record(form);
    let name = files::file_name(&draft.title, ".json");
    match drafts::ask_boot("handOut", &name.as_str().into(), &draft.text) {
        Ok(_) => {
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
    window().scroll_to_with_x_and_y(0.0, 0.0);
    true
}

/// A filing as JSON takes the place of the one on screen; false where it does not. One that was begun is named by its year.
pub async fn open_text(form: FormState, name: &str, text: &str, seen: Seen) -> bool {
    match read_fetched(text).await {
        Ok((template, filing)) => {
            // A file may come from this very computer; under its own id it would overwrite the draft it came from.
            let filing = Submission { draft_id: new_draft_id(), ..filing };
            let is_shown = show(form, template, filing, seen);
            if is_shown {
                let words = if seen == Seen::Begun { page::BEGUN } else { page::FILE_OPENED };
                form.tell(words, &[("name", name.to_owned())], false);
            }
            is_shown
        }
        Err(reason) => {
            refuse(form, name, reason.say(form.language_now()));
            false
        }
    }
}

pub fn refuse(form: FormState, name: &str, reason: String) {
    form.tell(page::FILE_REFUSED, &[("name", name.to_owned()), ("reason", reason)], true);
}
