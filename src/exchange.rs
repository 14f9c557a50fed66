//! Files in and out. The only code that knows a file format.

#[cfg(not(is_page))]
pub mod html_text;
pub mod json;
#[cfg(feature = "office")]
pub mod office;
#[cfg(not(target_arch = "wasm32"))]
pub mod template_toml;
#[cfg(not(is_page))]
pub mod text;

/// What is offered where a file is chosen, by the ends of names. What else is dropped is looked into all the same.
pub const KNOWN_FILES: &str = ".json,.docx,.xlsx,.xls,.pdf,.txt,.html,.htm,.xml";
/// A file to be opened is no larger than this, in bytes: larger than any filing with its pictures.
pub const LARGEST_FILE: usize = 32 * 1024 * 1024;
