//! Drafts on this computer. `boot.js` keeps them, because it hands them back when the program has crashed.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

/// A draft as it is kept.
#[derive(Clone, PartialEq)]
pub struct Draft {
    pub id: String,
    pub title: String,
    /// ISO 8601.
    pub saved_at: String,
    /// The submission as JSON, as 导出 JSON writes it.
    pub text: String,
}

#[wasm_bindgen(js_namespace = ["gouji", "drafts"])]
extern "C" {
    #[wasm_bindgen(catch, js_name = all)]
    async fn kept() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = save)]
    async fn keep(draft: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = putAside)]
    async fn keep_aside(draft: &JsValue, name: &str) -> Result<JsValue, JsValue>;
}

/// The newest draft first.
pub async fn all() -> Result<Vec<Draft>, JsValue> {
    // A record that is no draft at all is left alone; it is not ours to judge.
    Ok(Array::from(&kept().await?).iter().filter_map(|record| read(&record)).collect())
}

/// Keeps a draft under its id.
pub async fn save(draft: &Draft) -> Result<(), JsValue> {
    keep(&record(draft)?).await.map(|_| ())
}

/// Puts a draft that cannot be read away under another name, and takes it off the list of drafts.
pub async fn put_aside(draft: &Draft, name: &str) -> Result<(), JsValue> {
    keep_aside(&record(draft)?, name).await.map(|_| ())
}

fn record(draft: &Draft) -> Result<JsValue, JsValue> {
    let record = Object::new();
    let fields = [("id", &draft.id), ("title", &draft.title), ("saved_at", &draft.saved_at), ("text", &draft.text)];
    for (name, text) in fields {
        Reflect::set(&record, &JsValue::from_str(name), &JsValue::from_str(text))?;
    }
    Ok(record.into())
}

fn read(record: &JsValue) -> Option<Draft> {
    let text = |name: &str| Reflect::get(record, &JsValue::from_str(name)).ok()?.as_string();
    Some(Draft { id: text("id")?, title: text("title")?, saved_at: text("saved_at")?, text: text("text")? })
}
