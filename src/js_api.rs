//! The engine for other pages: the same types, carried by `serde-wasm-bindgen`.
