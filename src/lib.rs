//! Gouji (勾稽): evaluation forms of public spending that check their own figures.

pub mod engine;

#[cfg(target_arch = "wasm32")]
pub mod ui;
