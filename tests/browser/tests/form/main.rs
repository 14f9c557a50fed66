//! What a person gets from the page, on every browser, by keyboard and mouse.

mod bad_input;
mod calculate;
mod drafts;
mod files;
mod fresh_form;
mod input_method;
mod js_api;
mod main_path;
mod notes;
mod rows;
mod year;

use anyhow::Result;
use gouji::engine::template::Template;
use gouji_browser_tests::Page;
use serde_json::json;

/// The input of a cell.
fn cell(key: &str) -> String {
    format!("[data-key=\"{key}\"]")
}

/// A button, by what it does.
fn button(action: &str) -> String {
    format!("button[data-action=\"{action}\"]")
}

/// A figure or message of the page.
fn part(name: &str) -> String {
    format!("[data-part=\"{name}\"]")
}

/// A finding in the list, by its code.
fn finding(code: &str) -> String {
    format!("[data-part=\"findings\"] li[data-code=\"{code}\"]")
}

/// A finding in the list, by its code and the cell it leads to.
fn finding_at(code: &str, key: &str) -> String {
    format!("[data-part=\"findings\"] li[data-code=\"{code}\"][data-cell=\"{key}\"]")
}

fn open_sample(page: &mut Page) -> Result<()> {
    page.click(&button("open-sample"))?;
    wait_for_text(page, &part("total"), "97")
}

/// Waits until an element's text is exactly this.
fn wait_for_text(page: &mut Page, selector: &str, text: &str) -> Result<()> {
    page.wait_for(selector)?;
    page.wait_until(&format!("document.querySelector({}).textContent.trim() === {}", json!(selector), json!(text)))
}

/// Waits until an element's text contains this.
fn wait_for_words(page: &mut Page, selector: &str, words: &str) -> Result<()> {
    page.wait_for(selector)?;
    page.wait_until(&format!("document.querySelector({}).textContent.includes({})", json!(selector), json!(words)))
}

fn wait_for_value(page: &mut Page, key: &str, value: &str) -> Result<()> {
    page.wait_until(&format!("document.querySelector({}).value === {}", json!(cell(key)), json!(value)))
}

fn wait_until_gone(page: &mut Page, selector: &str) -> Result<()> {
    page.wait_until(&format!("!document.querySelector({})", json!(selector)))
}

/// Waits until everything typed is safe on this computer.
fn wait_until_saved(page: &mut Page) -> Result<()> {
    wait_for_words(page, &part("save-state"), "已自动保存在本机")
}

fn is_shown(page: &mut Page, selector: &str) -> Result<bool> {
    Ok(page.eval(&format!("!!document.querySelector({})", json!(selector)))? == true)
}

/// Whether a cell is marked as wrong.
fn is_red(page: &mut Page, key: &str) -> Result<bool> {
    Ok(page.eval(&format!("document.querySelector({}).classList.contains('is-error')", json!(cell(key))))? == true)
}

fn template() -> Template {
    let built_in = gouji::BUILT_IN_TEMPLATES.iter().find(|(id, _)| *id == gouji::DEFAULT_TEMPLATE);
    let (_, text) = built_in.expect("the page's form is built in");
    Template::from_json(text).expect("the built-in template is sound")
}
