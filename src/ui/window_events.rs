//! What holds for the whole window: buttons, undo and redo by keys, files dropped anywhere, menus that close, the title.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DragEvent, Element, HtmlElement, HtmlInputElement, KeyboardEvent, UiEvent};

use crate::engine::edit::Edit;
use crate::engine::finding::Level;
use crate::ui::cell_events::{self, after_drawing, go_to};
use crate::ui::events::{on, target};
use crate::ui::form_state::FormState;
use crate::ui::parts::{effect, find, set_pressed};
use crate::ui::{drafts_menu, filings, findings, office, print, reader, report};
use crate::words::page;

/// Listens from now on.
pub fn listen(form: FormState) {
    let window = window();
    on(&window, "click", move |event| {
        let clicked = target::<Element>(&event);
        close_menus(clicked.as_ref());
        let button = clicked.and_then(|element| element.closest("[data-action]").ok().flatten());
        // The second click of a double click would hand out the same file again.
        let is_second = event.dyn_ref::<UiEvent>().is_some_and(|event| event.detail() > 1);
        if let Some(button) = button {
            let attribute = |name: &str| button.get_attribute(name).unwrap_or_default();
            let action = attribute("data-action");
            if !(is_second && action.starts_with("export-")) {
                run(form, &action, &attribute("data-on"), &button);
            }
        }
        set_pressed(false);
    });
    // Pressing the mouse takes the focus from the cell that is being typed in, which may draw anew what is under the
    // mouse, and the click would be lost.
    on(&window, "mousedown", move |_| set_pressed(true));
    // Nor must what an input method writes into.
    on(&window, "compositionstart", move |_| set_pressed(true));
    on(&window, "compositionend", move |_| set_pressed(false));
    for name in ["mouseup", "dragend", "blur"] {
        // The click comes after the mouse is up; where none comes, this is the end of the press.
        on(&window, name, move |_| set_timeout(|| set_pressed(false), Duration::ZERO));
    }
    on(&window, "change", move |event| {
        let Some(input) = target::<HtmlInputElement>(&event) else { return };
        match input.get_attribute("data-part").as_deref() {
            Some(picker @ ("file" | "text-file")) => {
                let chosen = input.files().and_then(|files| files.get(0));
                chosen.inspect(|file| filings::open_file(form, file.clone(), picker == "text-file"));
                // The same file may be chosen again after it was mended.
                input.set_value("");
            }
            Some("material-last-year") => reader::take_as_last_year(form, input.checked()),
            Some(setting @ ("year" | "level")) => change_setting(form, setting, &input),
            _ => {}
        }
    });
    on(&window, "keydown", move |event| {
        if let Some(press) = event.dyn_ref::<KeyboardEvent>() {
            pressed(form, press);
        }
    });
    for name in ["dragover", "dragleave", "drop"] {
        on(&window, name, move |event| {
            let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
            let Some(data) = data.filter(|data| data.types().includes(&"Files".into(), 0)) else { return };
            // Else the browser would open the file in place of the page.
            event.prevent_default();
            form.set_dragging(name == "dragover");
            let dropped = data.files().and_then(|files| files.get(0)).filter(|_| name == "drop");
            dropped.into_iter().for_each(|file| filings::open_file(form, file, false));
        });
    }
    // The year and the level word are written into their fields: drawn anew, they would lose the caret that is on its
    // way from one to the next.
    effect(Box::new(move || {
        let _ = (form.template(), form.say(page::YEAR));
        let (year, level) = form.with_filing(|filing| (filing.year.to_string(), filing.level.clone()));
        for (part, text) in [("[data-part=year]", year), ("[data-part=level]", level)] {
            let field = find(part).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
            field.filter(|field| field.value() != text).inspect(|field| field.set_value(&text));
        }
    }));
    // Read in the task bar while the person looks something up elsewhere.
    effect(Box::new(move || {
        let title = form.template().spec().name.clone();
        let errors = form.shown().iter().filter(|found| found.level == Level::Error).count();
        let said = match errors {
            0 => title,
            _ => form.say_with(page::TAB_TITLE, &[("count", errors.to_string()), ("title", title)]),
        };
        document().set_title(&said);
    }));
    // By itself: written again, even the same language would lay the whole page out anew.
    effect(Box::new(move || {
        let root = document().document_element();
        // Setting an attribute fails only under a name that is none.
        root.inspect(|root| drop(root.set_attribute("lang", form.say(page::LANGUAGE_TAG))));
    }));
}

/// What each button does; `on` is the cell, row, group, sheet, form or draft that it stands for.
fn run(form: FormState, action: &str, on: &str, button: &Element) {
    match action {
        "new-form" => spawn_local(filings::new(form, on.to_owned())),
        "open-sample" => spawn_local(filings::open_sample(form)),
        "open-file" => {
            let picker = find("[data-part=file]").and_then(|picker| picker.dyn_into::<HtmlElement>().ok());
            picker.inspect(HtmlElement::click);
        }
        "export-json" => filings::export(form),
        "export-docx" => office::export(form, "docx"),
        "export-xlsx" => office::export(form, "xlsx"),
        "export-findings" => office::export(form, "findings"),
        "stop-office" => office::stop(),
        // A browser that cannot print has no use for the button.
        "print" => drop(window().print()),
        "print-findings" => print::findings(),
        "drafts" => drafts_menu::look(form),
        "open-draft" => drafts_menu::open(form, on),
        "delete-draft" => drafts_menu::delete(form, on.to_owned()),
        "clear-all" => drafts_menu::clear(form),
        "language" => filings::switch_language(form),
        "undo" | "redo" => step(form, action == "undo"),
        "calculate" => calculate(form),
        "check-all" => {
            form.check_all();
            reader::check(form);
        }
        "go-on-filling" => form.go_on_filling(),
        "close-summary" => form.close_summary(),
        "close-notice" => form.clear_notice(),
        "save-note" => findings::save_note(form, button),
        "go-to" => go_to(on),
        "open-report" => form.open_report(),
        "copy-report" => reader::copy(form),
        "material" => form.open_material(true),
        "close-material" => form.open_material(false),
        "read-material" => {
            report::input().inspect(|input| reader::read_box(form, &input.value()));
        }
        "open-text" => {
            let picker = find("[data-part=text-file]").and_then(|picker| picker.dyn_into::<HtmlElement>().ok());
            picker.inspect(HtmlElement::click);
        }
        "forget-material" => reader::forget_material(form),
        "stop-reading" => reader::stop(form),
        "adopt" => reader::adopt(form, on),
        "read-card" => reader::toggle_card(on),
        "write-text" => {
            let text = button.get_attribute("data-text").unwrap_or_default();
            form.act(form.peek_filing(|filing| Edit::cell(filing, on, &text)));
        }
        "append-text" => {
            let added = button.get_attribute("data-text").unwrap_or_default();
            form.act(form.peek_filing(|filing| {
                let before = filing.text(on);
                let between = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
                Edit::cell(filing, on, &[before, between, &added].concat())
            }));
        }
        "go-to-sheet" => {
            // Ids of sheets are names in the template's own alphabet.
            find(&["[data-sheet=\"", on, "\"]"].concat()).inspect(Element::scroll_into_view);
        }
        _ => cell_events::run(form, action, on),
    }
}

fn calculate(form: FormState) {
    match form.calculate_all() {
        0 => form.tell(page::NOTHING_TO_CALCULATE, &[], false),
        count => form.tell(page::CALCULATED, &[("count", count.to_string())], false),
    }
}

fn change_setting(form: FormState, setting: &str, input: &HtmlInputElement) {
    let text = input.value().trim().to_owned();
    match text.parse::<i32>() {
        _ if setting == "level" => form.act(form.peek_filing(|filing| Edit::level(filing, &text))),
        Ok(year) if (1990..=2100).contains(&year) => {
            form.clear_notice();
            form.act(form.peek_filing(|filing| Edit::year(filing, year)));
        }
        _ => form.tell(page::YEAR_REFUSED, &[], true),
    }
    // The field shows what holds; where that stays, nothing writes it.
    let holds =
        form.peek_filing(|filing| if setting == "year" { filing.year.to_string() } else { filing.level.clone() });
    input.set_value(&holds);
}

fn pressed(form: FormState, press: &KeyboardEvent) {
    // In a note or a year the browser's own undo works on the letters.
    let is_elsewhere = target::<Element>(press).is_some_and(|element| {
        !element.has_attribute("data-key") && matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA")
    });
    if !(press.ctrl_key() || press.meta_key()) || press.alt_key() || press.is_composing() || is_elsewhere {
        return;
    }
    let back = match (press.key().as_str(), press.shift_key()) {
        ("z" | "Z", false) => true,
        ("z" | "Z", true) | ("y" | "Y", _) => false,
        _ => return,
    };
    press.prevent_default();
    step(form, back);
}

/// One step back or forth, with the caret at what has changed.
fn step(form: FormState, back: bool) {
    let cell = if back { form.undo() } else { form.redo() };
    if let Some(cell) = cell {
        // The sheets may be drawn anew first.
        after_drawing(move || go_to(&cell));
    }
}

/// A click elsewhere closes a menu, and so does one on a line of it.
fn close_menus(clicked: Option<&Element>) {
    let Ok(open) = document().query_selector_all("details.menu[open]") else { return };
    for at in 0..open.length() {
        let Some(menu) = open.get(at).and_then(|node| node.dyn_into::<Element>().ok()) else { continue };
        let is_line = |clicked: &Element| clicked.closest("li > .link").ok().flatten().is_some();
        let stays = clicked.is_some_and(|clicked| menu.contains(Some(clicked)) && !is_line(clicked));
        if !stays {
            // Removing an attribute fails only under a name that is none.
            let _ = menu.remove_attribute("open");
        }
    }
}
