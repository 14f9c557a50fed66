//! What a person gets from the page, on every browser, by keyboard and mouse.

mod about_cell;
mod bad_input;
mod calculate;
mod column_unit;
mod drafts;
mod dropped_files;
mod english;
mod entry;
mod error_chain;
mod fetched;
mod files;
mod first_minutes;
mod fresh_form;
mod input_method;
mod js_api;
mod keyboard;
mod last_year_start;
mod leaving;
mod look;
mod main_path;
mod material;
mod notes;
mod office;
mod other_forms;
mod paste;
mod pictures;
mod power_cut;
mod ranges;
mod repairs;
mod report;
mod review;
mod rows;
mod rows_moved;
mod side_by_side;
mod storage;
mod two_windows;
mod undo;
mod wording;
mod year;

use anyhow::Result;
use gouji::engine::submission::Submission;
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

/// A blank form of the first kind.
fn new_form(page: &mut Page) -> Result<()> {
    new_form_of(page, gouji::DEFAULT_TEMPLATE)
}

/// A blank form of this template.
fn new_form_of(page: &mut Page, template: &str) -> Result<()> {
    page.click("summary[data-action=\"new\"]")?;
    page.click(&format!("{}[data-on=\"{template}\"]", button("new-form")))
}

/// Changes to English, which is fetched: what is clicked while the head is drawn anew may be a menu that closes.
fn to_english(page: &mut Page) -> Result<()> {
    page.click(&button("language"))?;
    wait_for_text(page, &button("check-all"), "Check all")
}

fn open_sample(page: &mut Page) -> Result<()> {
    page.click(&button("open-sample"))?;
    wait_for_text(page, &part("total"), "97")?;
    // The second module draws the report and tells of the words in its own time.
    page.wait_for(".report-editor")?;
    page.wait_for(&finding("W02"))
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

/// Waits until the caret stands in this cell.
fn wait_for_caret(page: &mut Page, key: &str) -> Result<()> {
    page.wait_until(&format!("document.activeElement.dataset.key === {}", json!(key)))
}

/// Clicks a button of an added row, which is there only while the mouse or the caret is in the row.
fn click_in_row(page: &mut Page, action: &str, key: &str) -> Result<()> {
    let id = key.split('.').nth(1).expect("a key has a row");
    page.click(&cell(key))?;
    // Scrolled under a mouse that rests, the next row would show its buttons over those of this one.
    page.hover("h1")?;
    page.click(&row_button(action, id))
}

/// A button of the added row with this id.
fn row_button(action: &str, id: &str) -> String {
    format!("{}[data-on=\"{id}\"]", button(action))
}

/// The ids of all added rows of a block, in their order on the screen.
fn row_ids(page: &mut Page, block: &str) -> Result<Vec<String>> {
    let rows = format!("Array.from(document.querySelectorAll('.block-{block} tr.added'), row => row.dataset.row)");
    Ok(serde_json::from_value(page.eval(&rows)?)?)
}

/// What a finding says, without its level and code.
fn sentence(page: &mut Page, finding: &str) -> Result<String> {
    let level = page.text(&format!("{finding} .what .level"))?;
    let what = page.text(&format!("{finding} .what"))?;
    Ok(what.strip_prefix(&level).expect("the level stands first").trim().to_owned())
}

/// Puts a text into the clipboard, as a person who copies it elsewhere.
fn copy(page: &mut Page, text: &str) -> Result<()> {
    page.click(&cell("thrift.all.text"))?;
    page.press("Control+a")?;
    page.insert_text(text)?;
    page.press("Control+a")?;
    page.press("Control+c")
}

/// A line of the menu 导出: `export-docx`.
fn export_line(action: &str) -> String {
    format!(".menu-list {}", button(action))
}

/// Chooses a line of the menu 导出.
fn choose_export(page: &mut Page, action: &str) -> Result<()> {
    page.click("summary[data-action=export]")?;
    page.click(&export_line(action))
}

/// What the page exports, read as the command line reads it.
fn export(page: &mut Page) -> Result<(String, Submission)> {
    choose_export(page, "export-json")?;
    let download = page.take_download()?;
    let text = gouji::exchange::json::text_of(download.bytes).expect("the file is text");
    Ok((download.name, gouji::exchange::json::read(&text, &template()).expect("the file can be opened")))
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
    Ok(page.eval(&format!(
        "!!document.querySelector({}).closest('[data-mark=error], [data-mark=suspect]')",
        json!(cell(key))
    ))? == true)
}

fn template() -> Template {
    gouji::built_in_template(gouji::DEFAULT_TEMPLATE).expect("the page's form is built in")
}
