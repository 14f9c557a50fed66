//! What holds for the whole window: buttons, undo and redo by keys, files dropped anywhere, menus that close, the title.

use std::time::Duration;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DragEvent, Element, HtmlElement, HtmlInputElement, KeyboardEvent, UiEvent};

use crate::engine::edit::Edit;
use crate::engine::finding::Level;
use crate::ui::cell_events::{self, after_drawing, go_to};
use crate::ui::events::{on, target};
use crate::ui::filings::Purpose;
use crate::ui::form_state::{FormState, Seen};
use crate::ui::parts::{effect, find, focus_again, set_pressed};
use crate::ui::{about, clipboard, drafts_menu, filings, findings, office, opening, print, reader, report};
use crate::words::page;
use leptos::prelude::{document, set_timeout, window};

/// Listens from now on.
pub fn listen(form: FormState) {
    let window = window();
    on(&window, "click", move |event| {
        let clicked = target::<Element>(&event);
        close_menus(clicked.as_ref(), true);
        let button = clicked.and_then(|element| element.closest("[data-action]").ok().flatten());
        // The second click of a double click would hand out the same file again.
        let is_second = event.dyn_ref::<UiEvent>().is_some_and(|event| event.detail() > 1);
        if let Some(button) = button {
            let attribute = |name: &str| button.get_attribute(name).unwrap_or_default();
            let action = attribute("data-action");
            // A link in a drawing leads to a cell and not to the top of the page.
            if button.has_attribute("href") {
                event.prevent_default();
            }
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
    on(&window, "focusin", move |event| {
        close_menus(target::<Element>(&event).as_ref(), false);
        quiet(false);
    });
    on(&window, "mouseover", move |_| quiet(false));
    on(&window, "change", move |event| {
        let Some(input) = target::<HtmlInputElement>(&event) else { return };
        match input.get_attribute("data-part").as_deref() {
            Some(picker @ ("file" | "text-file" | "last-file")) => {
                let chosen = input.files().and_then(|files| files.get(0));
                let purpose = match picker {
                    "file" => Purpose::Open,
                    "text-file" => Purpose::Box,
                    _ => Purpose::Begin,
                };
                chosen.inspect(|file| filings::open_file(form, file.clone(), purpose));
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
            dropped.into_iter().for_each(|file| filings::open_file(form, file, Purpose::Open));
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
        "open-file" => choose("[data-part=file]"),
        "open-text" => choose("[data-part=text-file]"),
        "begin-from" => choose("[data-part=last-file]"),
        "begin" => {
            let text = button.get_attribute("data-text").unwrap_or_default();
            let (year, text) = (on.to_owned(), text);
            spawn_local(async move {
                filings::open_text(form, &year, &text, Seen::Begun).await;
            });
        }
        "close-begin" => form.set_opening(""),
        "start" => opening::start(form),
        "export-json" => filings::export(form),
        "export-docx" => office::export(form, "docx"),
        "export-xlsx" => office::export(form, "xlsx"),
        "export-findings" => office::export(form, "findings"),
        "stop-office" => office::stop(),
        // A browser that cannot print has no use for the button.
        "print" => drop(window().print()),
        "print-findings" => print::part("findings"),
        "print-pictures" => print::part("pictures"),
        "drafts" => drafts_menu::look(form),
        "open-draft" => drafts_menu::open(form, on),
        "delete-draft" => drafts_menu::delete(form, on.to_owned()),
        "clear-all" => drafts_menu::clear(form),
        "language" => filings::switch_language(form),
        "keys" => clipboard::show_keys(form),
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
        // A finding opens the calculation of its cell.
        "about" | "findings" => {
            if on != "side" {
                form.set_about(on.to_owned());
            }
            form.open_about(action == "about");
        }
        "pictures" => {
            let is_open = find(".pictures > *").is_none();
            form.open_pictures(is_open);
            find(".pictures").filter(|_| is_open).inspect(Element::scroll_into_view);
        }
        "open-report" => form.open_report(),
        "copy-report" => reader::copy(form),
        "material" => form.open_material(true),
        "close-material" => form.open_material(false),
        "read-material" => {
            report::input().inspect(|input| reader::read_box(form, &input.value()));
        }
        "forget-material" => reader::forget_material(form),
        "stop-reading" => reader::stop(form),
        "adopt" => reader::adopt(form, on),
        "read-card" => reader::toggle_card(on),
        "write-text" | "set-source" => {
            let text = button.get_attribute("data-text").unwrap_or_default();
            // Several cells with a line for each; the text of one may have lines itself.
            let keys: Vec<&str> = on.split(' ').collect();
            let texts = keys.iter().zip(text.splitn(keys.len(), '\n'));
            let texts = texts.map(|(key, text)| ((*key).to_owned(), text.to_owned()));
            form.act(form.peek_filing(|filing| match action {
                "write-text" => Edit::cells(filing, texts),
                _ => Edit::sources(filing, &keys, &text),
            }));
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
            if on == "findings" {
                form.open_about(false);
            }
            // Ids of sheets are names in the template's own alphabet; the findings are a place to go to, too.
            let place = find(&["[data-sheet=\"", on, "\"],[data-part=\"", on, "\"]"].concat());
            place.inspect(|place| {
                // The keyboard goes on from there. Setting an attribute fails only under a name that is none.
                let _ = place.set_attribute("tabindex", "-1");
                focus_again(place);
                place.scroll_into_view();
            });
        }
        _ => cell_events::run(form, action, on),
    }
}

/// Lets the person choose a file, by this input.
fn choose(picker: &str) {
    let picker = find(picker).and_then(|picker| picker.dyn_into::<HtmlElement>().ok());
    picker.inspect(HtmlElement::click);
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
    if find("dialog").is_some() {
        // What a box asks is of the form as it stands: not even the browser's own undo may change it meanwhile.
        if matches!(press.key().as_str(), "F1" | "z" | "Z" | "y" | "Y") {
            press.prevent_default();
        }
        return;
    }
    if press.key() == "F1" {
        // The browser's own help would cover the page.
        press.prevent_default();
        return about::pressed(form, press.alt_key());
    }
    if press.key() == "Escape" {
        close_menus(None, false);
        quiet(true);
        return;
    }
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

/// What shows beside a button under the mouse or with the focus goes when Escape is pressed, until either moves on.
fn quiet(is_quiet: bool) {
    // Setting and removing an attribute fails only under a name that is none.
    document().body().inspect(|body| drop(body.toggle_attribute_with_force("data-quiet", is_quiet)));
}

/// A click or the focus elsewhere closes a menu, and so does a click on a line of it.
fn close_menus(near: Option<&Element>, is_click: bool) {
    let Ok(open) = document().query_selector_all("details.menu[open]") else { return };
    for at in 0..open.length() {
        let Some(menu) = open.get(at).and_then(|node| node.dyn_into::<Element>().ok()) else { continue };
        let is_line = |near: &Element| is_click && near.closest("li > .link").ok().flatten().is_some();
        let stays = near.is_some_and(|near| menu.contains(Some(near)) && !is_line(near));
        if !stays {
            // What had the focus in it is not there any more.
            let summary = menu.first_element_child().filter(|_| menu.contains(document().active_element().as_deref()));
            summary.inspect(focus_again);
            // Removing an attribute fails only under a name that is none.
            let _ = menu.remove_attribute("open");
        }
    }
}
