//! The engine for the scripts of a host page: the same types as in the JSON files, carried by `serde-wasm-bindgen`.
//!
//! It stands in the second module, which knows every form; `window.gouji` has the two functions as promises.
//! Amounts are decimal strings on both sides; nothing passes through a JavaScript number. Messages are never made with
//! `{:?}`, which the build of the page leaves empty.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::engine::evaluation::Stage;
use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::exchange::json;
use crate::words::{Language, refusals};

/// An empty submission of a built-in template.
#[wasm_bindgen(js_name = blankSubmission)]
pub fn blank_submission(template_id: &str, draft_id: &str) -> Result<JsValue, JsError> {
    let blank = json::write(&Submission::blank(&template(template_id)?, draft_id));
    js_sys::JSON::parse(&blank).map_err(|_| JsError::new("a blank submission is JSON"))
}

/// Checks a submission; `stage` is `"draft"` or `"final"`. Fails only on what is no submission of a known template.
#[wasm_bindgen]
pub fn evaluate(submission: JsValue, stage: &str) -> Result<JsValue, JsError> {
    let stage = match stage {
        "draft" => Stage::Draft,
        "final" => Stage::Final,
        other => return Err(JsError::new(&format!("stage is \"draft\" or \"final\", not \"{other}\""))),
    };
    let refused = |refusal| JsError::new(&refusals::say(&refusal, Language::Chinese));
    // Through its JSON, so that one reader judges every submission, wherever it comes from.
    let text = js_sys::JSON::stringify(&submission).ok().and_then(|text| text.as_string()).unwrap_or_default();
    let submission = json::read_any(&text).map_err(refused)?;
    let template = template(&submission.template.id)?;
    json::belongs(&submission, &template).map_err(refused)?;
    to_js(&crate::engine::evaluate(&template, &submission, stage))
}

fn template(id: &str) -> Result<Template, JsError> {
    crate::built_in_template(id).ok_or_else(|| JsError::new(&format!("there is no built-in template \"{id}\"")))
}

/// Maps become plain objects, as `JSON.parse` would make them.
fn to_js(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}
