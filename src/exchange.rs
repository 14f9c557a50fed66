//! Files in and out. The only code that knows a file format.

#[cfg(any(not(target_arch = "wasm32"), feature = "reader"))]
pub mod html_text;
pub mod json;
#[cfg(not(target_arch = "wasm32"))]
pub mod template_toml;
#[cfg(not(target_arch = "wasm32"))]
pub mod text;
