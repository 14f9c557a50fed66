//! Drafts on this computer, in IndexedDB. `boot.js` reads the same records after a crash: change both together.

use idb::{Database, DatabaseEvent, Error, Factory, ObjectStoreParams, TransactionMode};
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

const DATABASE: &str = "gouji";
const VERSION: u32 = 1;
const DRAFTS: &str = "drafts";
/// Drafts that could not be read, untouched.
const ASIDE: &str = "aside";

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

/// The newest draft first.
pub async fn all() -> Result<Vec<Draft>, Error> {
    let database = open().await?;
    let transaction = database.transaction(&[DRAFTS], TransactionMode::ReadOnly)?;
    let records = transaction.object_store(DRAFTS)?.get_all(None, None)?.await?;
    transaction.await?;
    database.close();
    // A record that is no draft at all is left alone; it is not ours to judge.
    let mut drafts: Vec<Draft> = records.iter().filter_map(read).collect();
    drafts.sort_by(|a, b| b.saved_at.cmp(&a.saved_at));
    Ok(drafts)
}

/// Keeps a draft under its id.
pub async fn save(draft: &Draft) -> Result<(), Error> {
    let database = open().await?;
    let transaction = database.transaction(&[DRAFTS], TransactionMode::ReadWrite)?;
    transaction.object_store(DRAFTS)?.put(&record(draft)?, Some(&JsValue::from_str(&draft.id)))?.await?;
    transaction.commit()?.await?;
    database.close();
    Ok(())
}

/// Puts a draft that cannot be read away under another name, in one step: it is never in neither place.
pub async fn put_aside(draft: &Draft, name: &str) -> Result<(), Error> {
    let database = open().await?;
    let transaction = database.transaction(&[ASIDE, DRAFTS], TransactionMode::ReadWrite)?;
    let renamed = Draft { id: name.to_owned(), ..draft.clone() };
    transaction.object_store(ASIDE)?.put(&record(&renamed)?, Some(&JsValue::from_str(name)))?.await?;
    transaction.object_store(DRAFTS)?.delete(JsValue::from_str(&draft.id))?.await?;
    transaction.commit()?.await?;
    database.close();
    Ok(())
}

fn record(draft: &Draft) -> Result<JsValue, Error> {
    let record = Object::new();
    let fields = [("id", &draft.id), ("title", &draft.title), ("saved_at", &draft.saved_at), ("text", &draft.text)];
    for (name, text) in fields {
        Reflect::set(&record, &JsValue::from_str(name), &JsValue::from_str(text)).map_err(Error::AddFailed)?;
    }
    Ok(record.into())
}

fn read(record: &JsValue) -> Option<Draft> {
    let text = |name: &str| Reflect::get(record, &JsValue::from_str(name)).ok()?.as_string();
    Some(Draft { id: text("id")?, title: text("title")?, saved_at: text("saved_at")?, text: text("text")? })
}

async fn open() -> Result<Database, Error> {
    let mut request = Factory::new()?.open(DATABASE, Some(VERSION))?;
    request.on_upgrade_needed(|event| {
        let Ok(database) = event.database() else { return };
        for store in [DRAFTS, ASIDE] {
            // If this fails the opening fails too, and the person is told that nothing can be kept.
            let _ = database.create_object_store(store, ObjectStoreParams::new());
        }
    });
    request.await
}
