//! What keys do in the cells, as in a spreadsheet: arrows, Enter, F2, Esc, Ctrl+D, Delete, and Alt with the keys of rows.

use std::cell::{Cell, RefCell};

use web_sys::{Element, HtmlInputElement, KeyboardEvent};

use crate::ui::cell_events::{caret_of, row_action, write};
use crate::ui::form_state::FormState;
use crate::ui::ranges;
use leptos::prelude::document;
use wasm_bindgen::JsCast;

/// What the arrows are for.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    /// At the edge of a text they leave the cell.
    Typing,
    /// The cell was entered by keys and nothing else was done in it: they go on, even through prose.
    Passing,
    /// F2: they stay in the text.
    Editing,
}

thread_local! {
    static MODE: Cell<Mode> = const { Cell::new(Mode::Typing) };
    /// The cell that has the caret, and what stood in it before.
    static BEFORE: RefCell<(String, String)> = const { RefCell::new((String::new(), String::new())) };
}

/// A cell has got the caret.
pub fn entered(key: &str, text: &str) {
    MODE.set(Mode::Typing);
    BEFORE.set((key.to_owned(), text.to_owned()));
    ranges::entered(key);
}

/// Something was typed, or the mouse was pressed: the arrows are not only passing through.
pub fn touched() {
    if MODE.get() == Mode::Passing {
        MODE.set(Mode::Typing);
    }
}

/// A key was pressed in a cell.
pub fn pressed(form: FormState, event: &KeyboardEvent, input: &HtmlInputElement, key: &str) {
    if event.is_composing() {
        return;
    }
    let (name, is_with_alt) = (event.key(), event.alt_key());
    let is_with_control = event.ctrl_key() || event.meta_key();
    let step = match name.as_str() {
        "ArrowUp" => (-1, 0),
        "ArrowDown" => (1, 0),
        "ArrowLeft" => (0, -1),
        "ArrowRight" => (0, 1),
        "Shift" | "Control" | "Alt" => return,
        _ => (0, 0),
    };
    if step == (0, 0) && name != "F2" {
        touched();
    }
    let action = match name.as_str() {
        "Insert" if is_with_alt => "add-row",
        "Delete" if is_with_alt => "remove-row",
        "ArrowUp" if is_with_alt => "move-up",
        "ArrowDown" if is_with_alt => "move-down",
        _ => "",
    };
    let is_done = match name.as_str() {
        _ if !action.is_empty() => {
            row_action(form, action, key);
            true
        }
        _ if is_with_alt => false,
        "d" | "D" if is_with_control && !event.shift_key() => {
            ranges::fill_down(form, key);
            true
        }
        _ if is_with_control => false,
        _ if step != (0, 0) => arrow(form, event.shift_key(), input, key, step),
        "Enter" => step_down(form, input, key, event.shift_key()),
        "F2" => {
            edit(input);
            true
        }
        "Escape" => {
            escape(form, input, key);
            true
        }
        "Delete" | "Backspace" => match ranges::keys(form) {
            Some(keys) => {
                ranges::empty(form, keys);
                true
            }
            None => false,
        },
        _ => false,
    };
    if is_done {
        event.prevent_default();
    }
}

/// Arrows leave a cell where the caret cannot go further, or where all of its text is selected, as it is on entering.
fn arrow(form: FormState, is_with_shift: bool, input: &HtmlInputElement, key: &str, step: (isize, isize)) -> bool {
    let mode = MODE.get();
    if is_with_shift && ranges::is_any() {
        return ranges::extend(form, key, step);
    }
    if mode == Mode::Editing || input.closest(".report").ok().flatten().is_some() {
        return false;
    }
    let (from, to) = caret_of(input);
    let end = input.value().encode_utf16().count() as u32;
    let leaves = match step {
        _ if mode == Mode::Passing || end == 0 => true,
        _ if ranges::is_prose(form, key) => false,
        _ if from == 0 && to == end => true,
        (0, -1) => to == 0,
        (0, _) => from == end,
        _ => true,
    };
    match () {
        () if !leaves => false,
        () if is_with_shift => ranges::extend(form, key, step),
        () => match neighbour(input, step) {
            Some(next) => {
                pass_to(&next);
                true
            }
            None => false,
        },
    }
}

/// Gives the caret to a cell, all of its text selected, ready to be typed over or passed through.
fn pass_to(input: &HtmlInputElement) {
    // Focus can only fail on an element that is gone.
    let _ = input.focus();
    input.select();
    MODE.set(Mode::Passing);
}

/// The next cell of the sheet in a direction, as it is seen: what the form prints itself is passed over.
fn neighbour(input: &HtmlInputElement, (down, right): (isize, isize)) -> Option<HtmlInputElement> {
    let sheet = input.closest("[data-sheet]").ok().flatten()?;
    let all = sheet.query_selector_all("[data-key]").ok()?;
    let from = sides(input)?;
    // Along the way, and across it.
    let (along, across) = if right == 0 { (1, 0) } else { (0, 1) };
    let mut best: Option<([i32; 2], HtmlInputElement)> = None;
    for at in 0..all.length() {
        let Some(other) = all.get(at).map(JsCast::unchecked_into::<HtmlInputElement>) else { continue };
        let Some(to) = sides(&other) else { continue };
        let far = if down + right > 0 { to[along] - from[along + 2] } else { from[along] - to[along + 2] };
        let shared = to[across + 2].min(from[across + 2]) - to[across].max(from[across]);
        let rank = [far, (to[across] - from[across]).abs()];
        // Borders are shared.
        if far > -4 && shared > 4 && other != *input && best.as_ref().is_none_or(|(least, _)| rank < *least) {
            best = Some((rank, other));
        }
    }
    best.map(|(_, next)| next)
}

/// Left, top, right and bottom of the box that a cell stands in.
fn sides(input: &Element) -> Option<[i32; 4]> {
    let boxed = input.closest("td, th, .field").ok().flatten()?.get_bounding_client_rect();
    Some([boxed.left(), boxed.top(), boxed.right(), boxed.bottom()].map(|side| side as i32))
}

/// Enter goes to the same column of the next row. A cell of prose keeps its line breaks.
fn step_down(form: FormState, input: &HtmlInputElement, key: &str, is_up: bool) -> bool {
    if ranges::is_prose(form, key) {
        return false;
    }
    let mut parts = key.split('.');
    let (Some(block), _, Some(column)) = (parts.next(), parts.next(), parts.next()) else { return false };
    // In the order of the document, which is that of the form.
    let column = ["[data-key^=\"", block, ".\"][data-key$=\".", column, "\"]"].concat();
    let Ok(all) = document().query_selector_all(&column) else { return false };
    let all = (0..all.length()).filter_map(|at| all.get(at)).map(JsCast::unchecked_into::<HtmlInputElement>);
    let all: Vec<HtmlInputElement> = all.collect();
    let at = all.iter().position(|other| other == input);
    let next = at.and_then(|at| if is_up { at.checked_sub(1) } else { Some(at + 1) });
    next.and_then(|next| all.get(next)).inspect(|next| pass_to(next));
    true
}

/// F2: the caret goes to the end, and the arrows stay in the text until the cell is left or F2 is pressed again.
fn edit(input: &HtmlInputElement) {
    if MODE.get() == Mode::Editing {
        input.select();
        return MODE.set(Mode::Typing);
    }
    ranges::clear();
    let end = input.value().encode_utf16().count() as u32;
    // It fails only on inputs that have no text.
    let _ = input.set_selection_range(end, end);
    MODE.set(Mode::Editing);
}

/// Esc: nothing is chosen any more, or else the cell gets back what stood in it.
fn escape(form: FormState, input: &HtmlInputElement, key: &str) {
    if ranges::is_any() {
        return ranges::clear();
    }
    let before = BEFORE.with_borrow(|(of, text)| if of == key { Some(text.clone()) } else { None });
    if let Some(before) = before {
        form.restore(key, &before);
        write(input, &before);
    }
    pass_to(input);
}
