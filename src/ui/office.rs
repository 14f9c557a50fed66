//! Files of Word and Excel on the page: a module of their own, in a worker, opens and writes them.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::engine::tree::Value;
use crate::exchange::{LARGEST_FILE, json};
use crate::ui::filings::Purpose;
use crate::ui::form_state::{FormState, Seen};
use crate::ui::reader::text;
use crate::ui::{drafts, files, filings, reader, saving};
use crate::words::page;
use leptos::prelude::set_timeout;

/// What is done sooner needs no word of it.
const LONG: Duration = Duration::from_millis(500);

/// Opens a file of any kind: a filing takes the place of the one on screen, unless it was chosen for something else;
/// anything else is material to take figures from.
pub fn open(form: FormState, file: web_sys::File, purpose: Purpose) {
    let name = file.name();
    // A file's size is a whole number that the browser gives as a float; only its order of magnitude matters here.
    let bytes = file.size() as usize;
    // The module would refuse it too, but only after it was read.
    if bytes > LARGEST_FILE {
        let megabytes = |bytes: usize| (bytes >> 20).to_string();
        let told = [("name", name), ("size", megabytes(bytes)), ("most", megabytes(LARGEST_FILE))];
        return form.tell(page::FILE_TOO_LARGE, &told, true);
    }
    let before = filings::draft_on_screen(form);
    spawn_local(async move {
        let answer =
            ask(form, &name, &[("do", if purpose == Purpose::Box { "read" } else { "open" })], Some(file)).await;
        // The person may have opened something else meanwhile.
        let Some(answer) = answer.filter(|_| filings::is_still(form, &before)) else { return };
        let (content, said) = (text(&answer, "text"), text(&answer, "said"));
        let changed = text(&answer, "material");
        if purpose == Purpose::Begin {
            let which = if changed.is_empty() { "filing" } else { "changed" };
            filings::begin_from(form, &name, &content, which).await;
        } else if text(&answer, "kind") == "filing" {
            let is_open = filings::open_text(form, &name, &content, Seen::Review).await;
            if is_open && !changed.is_empty() && reader::read_material(form, &changed, &name) {
                form.tell(page::FILE_CHANGED, &[("name", name)], false);
            }
        } else if reader::read_material(form, &content, &name) {
            form.tell(page::FILE_READ, &[("name", name), ("said", said)], false);
        }
    });
}

/// 导出 as Word or Excel: `docx`, `xlsx` or the `findings` alone. It checks the whole form; findings never keep the file
/// back.
pub fn export(form: FormState, kind: &'static str) {
    form.check_all();
    reader::check(form);
    let title = saving::record(form).title;
    let name = match kind {
        "findings" => form.say_now(page::FINDINGS_OF, &[("title", title)]),
        _ => title,
    };
    let name = files::file_name(&name, if kind == "docx" { ".docx" } else { ".xlsx" });
    spawn_local(async move {
        let filing = form.peek_filing(json::write);
        let asked = [("do", "write"), ("kind", kind), ("submission", &filing)];
        if ask(form, &name, &asked, None).await.is_some() {
            // A workbook does not hold all of the filing.
            if kind == "docx" {
                form.note_export();
            }
            form.tell(page::FILE_EXPORTED, &[("name", name)], false);
        }
    });
}

/// Ends what is under way.
pub fn stop() {
    // Nothing is waited for.
    let _ = drafts::ask_boot("stopOffice", &JsValue::NULL, "");
}

/// Asks the module about a file, or of these fields, and says on the page that it is at work, and what it refuses.
async fn ask(form: FormState, name: &str, fields: &[(&str, &str)], file: Option<web_sys::File>) -> Option<Value> {
    let language = page::LANGUAGE_TAG.in_language(form.language_now());
    let request = drafts::object(&[&[("name", name), ("language", language)], fields].concat()).ok()?;
    let is_export = file.is_none();
    // Setting a property fails only on what is no object.
    file.inspect(|file| drop(js_sys::Reflect::set(&request, &"file".into(), file)));
    let is_done = Rc::new(Cell::new(false));
    let (waited, told) = (is_done.clone(), [("name", name.to_owned())]);
    // What it ends with is told in place of this, whatever it is.
    set_timeout(
        move || {
            if !waited.get() {
                form.tell(page::WORKING, &told, false)
            }
        },
        LONG,
    );
    let answer = drafts::ask("office", request, String::new()).await;
    is_done.set(true);
    let refused = |reason: String| {
        let words = if is_export { page::NOT_EXPORTED } else { page::FILE_REFUSED };
        form.tell(words, &[("name", name.to_owned()), ("reason", reason)], true);
        None
    };
    match answer {
        Ok(answer) => {
            let answer = reader::tree(&answer)?;
            match text(&answer, "refused") {
                reason if reason.is_empty() => Some(answer),
                reason => refused(reason),
            }
        }
        Err(error) => {
            let reason = error.as_string().unwrap_or_else(|| saving::said(&error));
            let reason = if reason == "stopped" {
                form.say_now(page::STOPPED_BY_PERSON, &[])
            } else {
                form.say_now(page::OFFICE_FAILED, &[("reason", reason)])
            };
            refused(reason)
        }
    }
}
