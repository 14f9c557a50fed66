//! What the worker of the page is asked: JSON text in, JSON text out. It may take its time, the page goes on meanwhile.
//!
//! Amounts are decimal strings, as in the files. Messages are never made with `{:?}`, which the build leaves empty.

use js_sys::Function;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// Answers one request, a table whose `do` says what is asked. What cannot be answered is `{"problem": …}`, with a
/// sentence for maintainers. `progress` is called with the share that is done, between 0 and 1.
#[wasm_bindgen]
pub fn answer(request: &str, progress: &Function) -> String {
    answered(request, &Progress(progress)).unwrap_or_else(|problem| json!({ "problem": problem }).to_string())
}

/// The answer's text, or the problem. To add a request: a line and a function.
fn answered(request: &str, progress: &Progress<'_>) -> Result<String, String> {
    let request: Value = serde_json::from_str(request).map_err(|error| format!("the request is not JSON: {error}"))?;
    match text(&request, "do")? {
        "echo" => echo(&request, progress),
        other => Err(format!("there is no request \"{other}\"")),
    }
}

/// Gives back what it got: whether the module runs, without asking anything of it.
fn echo(request: &Value, progress: &Progress<'_>) -> Result<String, String> {
    let text = text(request, "text")?;
    progress.tell(0.5);
    Ok(json!({ "text": text }).to_string())
}

/// A field of the request that has to be there.
fn text<'r>(request: &'r Value, field: &str) -> Result<&'r str, String> {
    request.get(field).and_then(Value::as_str).ok_or_else(|| format!("the request has no text \"{field}\""))
}

/// Tells the page how far an answer has come.
struct Progress<'f>(&'f Function);

impl Progress<'_> {
    fn tell(&self, share: f64) {
        // Whoever listens may fail at it; the answer does not depend on that.
        let _ = self.0.call1(&JsValue::NULL, &JsValue::from_f64(share));
    }
}
