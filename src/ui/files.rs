//! Files of the page: reading what a person chose, names for what goes out.

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

/// A file name without the characters that Windows forbids.
pub fn file_name(title: &str, ending: &str) -> String {
    let clean: String =
        title.chars().map(|c| if "\\/:*?\"<>|".contains(c) || c.is_control() { '_' } else { c }).collect();
    [clean.trim(), ending].concat()
}
