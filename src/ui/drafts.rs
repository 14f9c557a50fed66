//! Drafts on this computer. `boot.js` keeps them, because it hands them back when the program has crashed.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// A draft as it is kept.
#[derive(Clone, PartialEq)]
pub struct Draft {
    pub id: String,
    pub title: String,
    /// ISO 8601.
    pub saved_at: String,
    /// The submission as JSON, as 导出 JSON writes it.
    pub text: String,
    /// Put away because it could not be read.
    pub aside: bool,
    /// Which save of which window this is.
    pub revision: String,
}

#[wasm_bindgen(js_namespace = gouji)]
extern "C" {
    /// Calls a method of `window.gouji.drafts`, asks the reader, copies, fetches. One way in for all: each imported promise
    /// is code of its own.
    #[wasm_bindgen(catch, js_name = askBoot)]
    pub(super) fn ask_boot(method: &str, first: &JsValue, second: &str) -> Result<js_sys::Promise, JsValue>;
}

pub(super) async fn ask(method: &'static str, first: JsValue, second: String) -> Result<JsValue, JsValue> {
    JsFuture::from(ask_boot(method, &first, &second)?).await
}

/// The newest draft first; those put aside last.
pub async fn all() -> Result<Vec<Draft>, JsValue> {
    // A record that is no draft at all is left alone; it is not ours to judge.
    Ok(Array::from(&ask("all", JsValue::NULL, String::new()).await?)
        .iter()
        .filter_map(|record| read(&record))
        .collect())
}

/// From here on this window goes on with a draft as it was opened.
pub fn take(draft: &Draft) {
    // Nothing is asked of the database, so nothing can fail.
    let _ = ask_boot("take", &draft.id.as_str().into(), &draft.revision);
}

/// Keeps a draft when the page goes away, before the database could answer.
pub fn leave(draft: &Draft) {
    // What cannot be kept here either has been said when it was saved.
    let _ = record(draft).and_then(|record| ask_boot("leave", &record, ""));
}

/// A draft as it is now.
pub async fn open(id: &str) -> Result<Option<Draft>, JsValue> {
    Ok(read(&ask("open", id.into(), String::new()).await?))
}

/// Whether another window has changed a draft since this one opened or saved it.
pub async fn is_changed(id: &str) -> bool {
    // What cannot be looked up cannot be told from what is as it was; saving will say so.
    ask("isChanged", id.into(), String::new()).await.is_ok_and(|changed| changed.is_truthy())
}

/// Keeps a draft under its id. False, and nothing is written, where another window has changed it meanwhile.
pub async fn save(draft: &Draft) -> Result<bool, JsValue> {
    Ok(ask("save", record(draft)?, String::new()).await?.is_truthy())
}

/// Puts a draft that cannot be read away under another name, and takes it off the list of drafts.
pub async fn put_aside(draft: &Draft, name: &str) -> Result<(), JsValue> {
    ask("putAside", record(draft)?, name.to_owned()).await.map(|_| ())
}

/// Deletes one draft.
pub async fn remove(id: &str) -> Result<(), JsValue> {
    ask("remove", id.into(), String::new()).await.map(|_| ())
}

/// 清除本机数据: deletes everything that is kept on this computer.
pub async fn clear() -> Result<(), JsValue> {
    ask("clear", JsValue::NULL, String::new()).await.map(|_| ())
}

fn record(draft: &Draft) -> Result<JsValue, JsValue> {
    object(&[("id", &draft.id), ("title", &draft.title), ("saved_at", &draft.saved_at), ("text", &draft.text)])
}

/// An object of JavaScript with these texts.
pub(super) fn object(fields: &[(&str, &str)]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, text) in fields {
        Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(text))?;
    }
    Ok(object.into())
}

fn read(record: &JsValue) -> Option<Draft> {
    let field = |name: &str| Reflect::get(record, &JsValue::from_str(name)).ok();
    let text = |name: &str| field(name)?.as_string();
    let aside = field("aside").is_some_and(|aside| aside.is_truthy());
    let revision = text("revision").unwrap_or_default();
    Some(Draft {
        id: text("id")?,
        title: text("title")?,
        saved_at: text("saved_at")?,
        text: text("text")?,
        aside,
        revision,
    })
}
