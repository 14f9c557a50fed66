//! Files in and out. The only code that knows a file format.

#[cfg(not(is_page))]
pub mod html_text;
pub mod json;
#[cfg(feature = "office")]
pub mod office;
#[cfg(not(target_arch = "wasm32"))]
pub mod template_toml;
#[cfg(not(target_arch = "wasm32"))]
pub mod text;
