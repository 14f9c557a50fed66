//! Files in and out. The only code that knows a file format.

pub mod html_text;
pub mod json;
#[cfg(not(target_arch = "wasm32"))]
pub mod template_toml;
pub mod text;
