//! Copying, cutting and pasting cells. A table goes in at once where nothing is lost, else the person sees first what
//! would become of it.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ClipboardEvent, HtmlElement, HtmlInputElement};

use crate::engine::edit::Edit;
use crate::engine::grid::for_spreadsheet;
use crate::engine::paste::{self, Pasted};
use crate::engine::tsv;
use crate::ui::cell_events::{after_drawing, caret_of, cell_of, find, grow};
use crate::ui::events::on;
use crate::ui::form_state::FormState;
use crate::ui::parts::focus_again;
use crate::ui::{dialog, ranges, reader};
use crate::words::page;

/// Listens to the clipboard in the cells of `host`.
pub fn listen(form: FormState, host: &HtmlElement) {
    for name in ["copy", "cut"] {
        on(host, name, move |event| {
            // Without a range, a part of the text is the browser's own matter.
            let Some(keys) = ranges::keys(form) else { return };
            let Some(data) = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data) else { return };
            let table = form.peek_layout(|layout| {
                let row = |row: &Vec<String>| row.iter().map(|key| for_spreadsheet(layout, key)).collect();
                keys.iter().map(row).collect::<Vec<Vec<String>>>()
            });
            if data.set_data("text/plain", &tsv::write(&table)).is_ok() {
                event.prevent_default();
                if name == "cut" {
                    ranges::empty(form, keys);
                }
            }
        });
    }
    on(host, "paste", move |event| {
        if let (Some((input, key)), Some(paste)) = (cell_of(&event), event.dyn_ref::<ClipboardEvent>()) {
            pasted(form, paste, &input, &key);
        }
    });
}

/// More than this is no table for a form.
const LARGEST: usize = 300_000;

fn pasted(form: FormState, event: &ClipboardEvent, input: &HtmlInputElement, key: &str) {
    let Some(data) = event.clipboard_data() else { return };
    let mut text = data.get_data("text/plain").unwrap_or_default();
    if text.is_empty() {
        if data.types().includes(&"Files".into(), 0) {
            event.prevent_default();
            form.tell(page::PASTED_PICTURE, &[], true);
        }
        return;
    }
    if text.len() > LARGEST {
        event.prevent_default();
        let lines = text.trim_end().lines();
        let columns = lines.clone().map(|line| line.split('\t').count()).max().unwrap_or_default();
        let size = [("rows", lines.count().to_string()), ("columns", columns.to_string())];
        form.tell(page::PASTE_TOO_LARGE, &size, true);
        return;
    }
    let keys = ranges::keys(form);
    let mut key = key;
    if let Some(keys) = &keys {
        key = &keys[0][0];
        // One text for many cells goes into each of them.
        if let [row] = tsv::read(&text).as_slice()
            && let [one] = row.as_slice()
        {
            text = tsv::write(&vec![vec![one.clone(); keys[0].len()]; keys.len()]);
        }
    }
    match form.peek_layout(|layout| paste::into_cells(layout, key, &text)) {
        Pasted::OneText(None) => return,
        Pasted::OneText(Some(line)) => {
            let (from, to) = caret_of(input);
            let end = web_sys::SelectionMode::End;
            // It fails only on inputs that have no text.
            let _ = input.set_range_text_with_start_and_end_and_selection_mode(&line, from, to, end);
            grow(input, &input.value());
            form.type_in(key, &input.value());
        }
        Pasted::Cells(cells) => put(form, cells),
        Pasted::Doubtful => spawn_local(preview(form, key.to_owned(), text)),
    }
    event.prevent_default();
}

/// Enters pasted texts as one edit.
fn put(form: FormState, cells: Vec<(String, String)>) {
    let count = cells.len().to_string();
    form.act(form.peek_filing(|filing| Edit::cells(filing, cells)));
    form.tell(page::PASTED, &[("count", count)], false);
}

/// Shows what would become of a text, and does it if the person agrees.
async fn preview(form: FormState, key: String, text: String) {
    let (said, choice) = dialog::ask(form, "paste", &key, text.clone()).await;
    match choice.as_str() {
        "material" => drop(reader::read_material(form, &text, "")),
        "paste" => {
            let mut cells = Vec::new();
            for cell in reader::list(Some(&said), "cells") {
                let (key, old) = (reader::text(cell, "cell"), reader::text(cell, "old"));
                // What the person has agreed to is this change and no other.
                if form.peek_filing(|filing| filing.text(&key) != old) {
                    return form.tell(page::PASTE_OUTDATED, &[], true);
                }
                cells.push((key, reader::text(cell, "new")));
            }
            put(form, cells);
            go_back(key);
        }
        _ => go_back(key),
    }
}

/// Gives the caret back to the cell, which stands where it stood.
fn go_back(key: String) {
    after_drawing(move || drop(find(&key).inspect(|input| focus_again(input))));
}

/// The list of keys.
pub fn show_keys(form: FormState) {
    spawn_local(async move { drop(dialog::ask(form, "keys", "", String::new()).await) });
}
