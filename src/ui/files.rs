//! Files in and out of the page: reading what a person chose, handing over a download.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::exchange::json::{self, Refusal};

/// Why a chosen file gave no text.
pub enum ReadFailure {
    Refused(Refusal),
    /// The browser's own words.
    Unreadable(String),
}

/// The text of a chosen file, unless it is too large to be a submission.
pub async fn read_text(file: &web_sys::File) -> Result<String, ReadFailure> {
    // A file's size is a whole number that the browser gives as a float; only its order of magnitude matters here.
    let bytes = file.size() as usize;
    if bytes > json::LARGEST {
        return Err(ReadFailure::Refused(Refusal::TooLarge { bytes }));
    }
    let text =
        JsFuture::from(file.text()).await.map_err(|error| ReadFailure::Unreadable(crate::ui::saving::said(&error)))?;
    text.as_string().ok_or_else(|| ReadFailure::Unreadable(String::new()))
}

/// Hands a text over as a download.
pub fn download(name: &str, text: &str) -> Result<(), JsValue> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("application/json");
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let document = leptos::prelude::document();
    let link: web_sys::HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    // Firefox follows only a link that is in the document.
    let body = document.body().ok_or(JsValue::NULL)?;
    body.append_child(&link)?;
    link.click();
    body.remove_child(&link)?;
    // The download begins after this task; the address must live until then.
    leptos::prelude::set_timeout(
        move || {
            let _ = web_sys::Url::revoke_object_url(&address);
        },
        std::time::Duration::from_secs(60),
    );
    Ok(())
}

/// A file name without the characters that Windows forbids.
pub fn file_name(title: &str) -> String {
    let clean: String =
        title.chars().map(|c| if "\\/:*?\"<>|".contains(c) || c.is_control() { '_' } else { c }).collect();
    format!("{}.json", clean.trim())
}
