//! Gouji (勾稽): evaluation forms of public spending that check their own figures.
//!
//! A tour: a form is a [`engine::template::Template`]; what a person typed is a [`engine::submission::Submission`];
//! [`engine::evaluate`] makes an [`engine::evaluation::Evaluation`] of the two, and everything shown is read from it.
//! [`exchange`] knows files, [`words`] knows sentences, `ui` draws the page,
//! `reader_api` and `office_api` answer beside it.

pub mod engine;
pub mod exchange;
pub mod render;
pub mod words;

use crate::engine::template::Template;

#[cfg(all(not(target_arch = "wasm32"), feature = "office"))]
pub mod cli;
#[cfg(all(target_arch = "wasm32", feature = "reader"))]
pub mod js_api;
#[cfg(all(target_arch = "wasm32", feature = "office"))]
pub mod office_api;
#[cfg(all(target_arch = "wasm32", feature = "reader"))]
pub mod reader_api;
#[cfg(is_page)]
pub mod ui;

/// Name and version of the program, as it stands in every file.
pub const PROGRAM: &str = concat!("gouji ", env!("CARGO_PKG_VERSION"));

/// The templates that come with the program, made from `templates/*.toml` by `build.rs`.
pub const BUILT_IN_TEMPLATES: &[BuiltIn] = include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// The form that the page opens with.
pub const DEFAULT_TEMPLATE: &str = env!("GOUJI_DEFAULT_TEMPLATE");

/// A template that comes with the program, and what a list says of its form.
pub struct BuiltIn {
    pub id: &'static str,
    pub name: &'static str,
    pub short: &'static str,
    pub year: i32,
    pub hash: &'static str,
    /// Its JSON. In the page, though not in its second module, only that of [`DEFAULT_TEMPLATE`]: it fetches the others,
    /// whose text is empty here.
    pub text: &'static str,
}

/// A form that comes with the program; in the page the default one alone.
pub fn built_in_template(id: &str) -> Option<Template> {
    let built_in = BUILT_IN_TEMPLATES.iter().find(|built_in| built_in.id == id)?;
    // A test loads every one of them.
    Template::from_stamped_json(built_in.text, built_in.hash)
}

/// The sample filings, by the id of their template. The page fetches the first one.
#[cfg(not(target_arch = "wasm32"))]
pub const SAMPLES: &[(&str, &str)] =
    &[("zhuzhou-department", include_str!("../tests/cases/zhuzhou-department/lusong-2024-report/submission.json"))];
