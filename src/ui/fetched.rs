//! What the page fetches once it is asked for: the forms that it does not open with, and the sample.

use std::cell::RefCell;
use std::sync::Arc;

use wasm_bindgen::JsValue;

use crate::BUILT_IN_TEMPLATES;
use crate::engine::template::Template;
use crate::ui::{drafts, saving};

thread_local! {
    /// Each form that was fetched: a draft of it opens again when the network is gone.
    static KNOWN: RefCell<Vec<(&'static str, Arc<Template>)>> = const { RefCell::new(Vec::new()) };
}

/// Fetches a form that comes with the program, unless it is there; the browser's own words where it does not come.
pub async fn ensure(id: &str) -> Result<(), String> {
    let Some(built_in) = BUILT_IN_TEMPLATES.iter().find(|built_in| built_in.id == id) else { return Ok(()) };
    if template(id).is_some() {
        return Ok(());
    }
    let fetched = Template::from_stamped_json(&text(id).await?, built_in.hash);
    // A test loads every form, so what is none came from elsewhere: a network that asks for a login answers anything.
    let fetched = Arc::new(fetched.ok_or_else(|| id.to_owned())?);
    KNOWN.with_borrow_mut(|known| known.push((built_in.id, fetched)));
    Ok(())
}

/// A form that comes with the program and is there.
pub fn template(id: &str) -> Option<Arc<Template>> {
    let known = KNOWN.with_borrow(|known| known.iter().find(|(of, _)| *of == id).map(|(_, known)| known.clone()));
    known.or_else(|| crate::built_in_template(id).map(Arc::new))
}

/// The text of a file that the start page names; the browser's own words where it does not come.
pub async fn text(name: &str) -> Result<String, String> {
    match drafts::ask("fetchText", JsValue::NULL, name.to_owned()).await {
        Ok(text) => Ok(text.as_string().unwrap_or_default()),
        Err(error) => Err(saving::said(&error)),
    }
}
