//! The engine for the scripts of a host page: the same types as in the JSON files, carried by `serde-wasm-bindgen`.
//!
//! Both give a promise, because a form that the page does not open with is fetched when it is asked for.
//! Amounts are decimal strings on both sides; nothing passes through a JavaScript number. Messages are never made with
//! `{:?}`, which the build of the page leaves empty.

use js_sys::Promise;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use crate::engine::evaluation::Stage;
use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::exchange::json::{self, Refusal};
use crate::ui::fetched;
use crate::words::{Language, page, refusals};

/// An empty submission of a built-in template.
#[wasm_bindgen(js_name = blankSubmission)]
pub fn blank_submission(template_id: String, draft_id: String) -> Promise {
    with_template(
        template_id,
        Box::new(move |template| {
            let blank = json::write(&Submission::blank(template, &draft_id));
            js_sys::JSON::parse(&blank)
        }),
    )
}

/// Checks a submission; `stage` is `"draft"` or `"final"`. Fails only on what is no submission of a known template.
#[wasm_bindgen]
pub fn evaluate(submission: &JsValue, stage: &str) -> Promise {
    let (submission, stage) = match read(submission).and_then(|submission| Ok((submission, stage_of(stage)?))) {
        Ok(read) => read,
        Err(why) => return Promise::reject(&why),
    };
    with_template(
        submission.template.id.clone(),
        Box::new(move |template| {
            json::belongs(&submission, template).map_err(refused)?;
            to_js(&crate::engine::evaluate(template, &submission, stage))
        }),
    )
}

fn stage_of(name: &str) -> Result<Stage, JsValue> {
    match name {
        "draft" => Ok(Stage::Draft),
        "final" => Ok(Stage::Final),
        other => Err(error(&format!("stage is \"draft\" or \"final\", not \"{other}\""))),
    }
}

/// Through its JSON, so that one reader judges every submission, wherever it comes from.
fn read(submission: &JsValue) -> Result<Submission, JsValue> {
    let text = js_sys::JSON::stringify(submission).ok().and_then(|text| text.as_string()).unwrap_or_default();
    json::read_any(&text).map_err(refused)
}

type Work = Box<dyn FnOnce(&Template) -> Result<JsValue, JsValue>>;

/// Does something with a form once it is there. One promise for both functions: each is code of its own.
fn with_template(id: String, work: Work) -> Promise {
    future_to_promise(async move {
        let fetched = fetched::ensure(&id).await;
        let not_fetched = |reason| error(&page::NOT_FETCHED.say(Language::Chinese, &[("reason", reason)]));
        fetched.map_err(not_fetched)?;
        match fetched::template(&id) {
            Some(template) => work(&template),
            None => Err(error(&format!("there is no built-in template \"{id}\""))),
        }
    })
}

fn refused(refusal: Refusal) -> JsValue {
    error(&refusals::say(&refusal, Language::Chinese))
}

fn error(message: &str) -> JsValue {
    js_sys::Error::new(message).into()
}

/// Maps become plain objects, as `JSON.parse` would make them.
fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}
