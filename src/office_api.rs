//! What the worker for Word and Excel is asked: JSON text in, JSON text out, and the bytes of files beside it.
//!
//! Messages are never made with `{:?}`, which the build leaves empty.

use std::cell::RefCell;

use js_sys::Function;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

use crate::engine::evaluate;
use crate::engine::evaluation::Stage;
use crate::engine::layout::Layout;
use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::engine::tree::{Value as Request, parse};
use crate::exchange::json as file;
use crate::exchange::office::changed::was_changed;
use crate::exchange::office::open::{Kind, Opened, open};
use crate::exchange::office::{word_out, workbook_out};
use crate::exchange::text::write as paper_text;
use crate::words::{Language, office as said, workbook};

thread_local! {
    /// The file that the last answer comes with.
    static FILE: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Answers one request, a table whose `do` says what is asked. What people are to be told is `{"refused": …}` in their
/// language; what cannot be answered at all is `{"problem": …}`, with a sentence for maintainers.
#[wasm_bindgen]
pub fn answer(request: &str, _progress: &Function, bytes: Option<Vec<u8>>) -> String {
    answered(request, &bytes.unwrap_or_default()).unwrap_or_else(|problem| json!({ "problem": problem })).to_string()
}

/// The file that the last answer comes with, once.
#[wasm_bindgen(js_name = takeFile)]
pub fn take_file() -> Option<Vec<u8>> {
    FILE.take()
}

/// To add a request: a line and a function.
fn answered(request: &str, bytes: &[u8]) -> Result<Value, String> {
    let request = parse(request).map_err(|_| "the request is not JSON")?;
    let language = if text(&request, "language") == "en" { Language::English } else { Language::Chinese };
    match text(&request, "do") {
        "open" => Ok(opened(bytes, language)),
        "read" => Ok(read_as_material(bytes, language)),
        "write" => written(&request, language),
        other => Err(format!("there is no request \"{other}\"")),
    }
}

/// What is in a file: a filing, whole, or a text to take figures from, with what is to be said of it.
fn opened(bytes: &[u8], language: Language) -> Value {
    let opened = match open(bytes) {
        Ok(opened) => opened,
        Err(refusal) => return json!({ "refused": said::say(refusal, language) }),
    };
    if opened.kind == Kind::Json {
        return json!({ "kind": "filing", "text": opened.text });
    }
    // A filing of a form that is not known here is left to its text.
    let filing = opened.submission.as_deref().filter(|text| read(text).is_some());
    let Some(filing) = filing else {
        return material(&opened, language);
    };
    let was_changed = read(filing)
        .is_some_and(|(template, submission)| was_changed(&Layout::of(&template, &submission), &opened.text));
    json!({ "kind": "filing", "text": filing, "material": if was_changed { opened.text.as_str() } else { "" } })
}

/// The text of a file to take figures from; that of a filing is what it would say on paper.
fn read_as_material(bytes: &[u8], language: Language) -> Value {
    match open(bytes) {
        Ok(mut opened) => {
            if opened.kind == Kind::Json
                && let Some((template, submission)) = read(&opened.text)
            {
                opened.text = paper_text(&Layout::of(&template, &submission));
            }
            material(&opened, language)
        }
        Err(refusal) => json!({ "refused": said::say(refusal, language) }),
    }
}

fn material(opened: &Opened, language: Language) -> Value {
    let remarks: Vec<String> = opened.remarks.iter().map(|remark| said::remark(remark, language)).collect();
    json!({ "kind": "material", "text": opened.text, "said": remarks.concat() })
}

/// A filing as a file of this kind, under this name.
fn written(request: &Request, language: Language) -> Result<Value, String> {
    let (template, submission) =
        read(text(request, "submission")).ok_or("the filing is none of a form that is known here")?;
    let layout = Layout::of(&template, &submission);
    let evaluation = evaluate(&template, &submission, Stage::Final);
    let list = |list: fn(&Layout<'_>, &_, Language) -> workbook_out::List| list(&layout, &evaluation, language);
    let (written, media) = match text(request, "kind") {
        "docx" => (word_out::write(&layout).map_err(|fault| fault.to_string()), WORD),
        "xlsx" => {
            let lists = [list(workbook::findings), list(workbook::relations)];
            (workbook_out::write(&layout, &lists).map_err(|why| workbook::unwritable(&why, &layout, language)), EXCEL)
        }
        _ => {
            let lists = [list(workbook::findings)];
            let written = workbook_out::write_lists(&layout, &lists);
            (written.map_err(|why| workbook::unwritable(&why, &layout, language)), EXCEL)
        }
    };
    Ok(match written {
        Ok(bytes) => {
            FILE.set(Some(bytes));
            json!({ "name": text(request, "name"), "type": media })
        }
        Err(reason) => json!({ "refused": reason }),
    })
}

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A filing with its form, if the form is known here.
fn read(text: &str) -> Option<(Template, Submission)> {
    let submission = file::read_any(text).ok()?;
    let template = crate::built_in_template(&submission.template.id)?;
    file::belongs(&submission, &template).ok()?;
    Some((template, submission))
}

/// A field of the request; empty where it is missing.
fn text<'r>(request: &'r Request, field: &str) -> &'r str {
    request.get(field).and_then(Request::as_str).unwrap_or_default()
}
