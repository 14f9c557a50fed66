//! Several cells of a table chosen at once: by Shift and arrows, Shift and a click, or the mouse drawn over them.

use std::cell::RefCell;

use rust_decimal::Decimal;
use web_sys::{Element, HtmlElement, MouseEvent};

use crate::engine::amount::{Entry, format_grouped, read_amount};
use crate::engine::edit::Edit;
use crate::engine::grid::{beside, rectangle};
use crate::engine::layout::Layout;
use crate::engine::template::spec::ColumnKind;
use crate::ui::cell_events::{cell_of, find, focused_key};
use crate::ui::events::{on, target};
use crate::ui::form_state::FormState;
use crate::ui::parts;
use crate::words::page;
use leptos::prelude::document;
use wasm_bindgen::JsCast;

thread_local! {
    /// The cell that has the caret, and the opposite corner.
    static RANGE: RefCell<Option<(String, String)>> = const { RefCell::new(None) };
}

/// Listens to the mouse in the cells of `host`.
pub fn listen(form: FormState, host: &HtmlElement) {
    on(host, "mousedown", move |event| {
        let is_with_shift = event.dyn_ref::<MouseEvent>().is_some_and(MouseEvent::shift_key);
        if let (true, Some(from), Some((_, to))) = (is_with_shift, focused_key(), cell_of(&event))
            && from != to
            && choose(form, &from, &to)
        {
            // The caret stays where the range begins.
            event.prevent_default();
            return;
        }
        clear();
    });
    on(host, "mouseover", move |event| {
        if event.dyn_ref::<MouseEvent>().is_none_or(|mouse| mouse.buttons() != 1) {
            return;
        }
        let over = target::<Element>(&event).and_then(|over| over.closest("td, th").ok().flatten());
        let over = over.and_then(|boxed| boxed.query_selector("[data-key]").ok().flatten());
        let (Some(from), Some(to)) = (focused_key(), over.and_then(|over| over.get_attribute("data-key"))) else {
            return;
        };
        if from == to {
            clear();
        } else if !form.peek_filing(|filing| filing.text(&from).contains('\n')) {
            // In a text of several lines the mouse chooses letters.
            choose(form, &from, &to);
        }
    });
}

/// Chooses the cells between two, if they are of one table. Tells whether they are.
fn choose(form: FormState, from: &str, to: &str) -> bool {
    let is_in_report = find(from).is_none_or(|input| input.closest(".report").ok().flatten().is_some());
    let keys = form.peek_layout(|layout| rectangle(layout, from, to)).filter(|_| !is_in_report);
    let Some(keys) = keys else { return false };
    clear();
    if from == to {
        return true;
    }
    for input in keys.iter().flatten().filter_map(|key| find(key)) {
        let boxed = input.closest("td, th, .field").ok().flatten();
        // Setting an attribute fails only under a name that is none.
        boxed.inspect(|boxed| drop(boxed.set_attribute("data-range", "")));
    }
    let said = form.peek_layout(|layout| {
        let size = [("rows", keys.len().to_string()), ("columns", keys[0].len().to_string())];
        let mut said = form.say_now(page::CHOSEN, &size);
        let (mut sum, mut count) = (Decimal::ZERO, 0);
        for at in keys.iter().flatten().filter_map(|key| layout.find(key)) {
            let measure = layout.field(at).column.kind.measure();
            if let Some(Entry::Number(amount)) = measure.map(|measure| read_amount(layout.text(at), measure)) {
                sum = sum.checked_add(amount.value).unwrap_or(sum);
                count += 1;
            }
        }
        if count > 1 {
            let sum = format_grouped(sum, sum.normalize().scale());
            said += &form.say_now(page::CHOSEN_SUM, &[("sum", sum)]);
        }
        said
    });
    tell(&said);
    RANGE.set(Some((from.to_owned(), to.to_owned())));
    true
}

/// Chooses one row or column more, or less. Tells whether the key was for this.
pub fn extend(form: FormState, key: &str, step: (isize, isize)) -> bool {
    let head = RANGE.with_borrow(|range| range.as_ref().map(|(_, head)| head.clone()));
    let head = head.filter(|_| is_any()).unwrap_or_else(|| key.to_owned());
    let next = form.peek_layout(|layout| beside(layout, &head, step));
    let is_chosen = next.as_ref().is_some_and(|next| choose(form, key, next));
    if is_chosen && let Some(input) = next.as_deref().and_then(find) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        input.scroll_into_view_with_scroll_into_view_options(&options);
    }
    is_chosen
}

/// The keys of the chosen cells, row by row; those of places without a cell among them.
pub fn keys(form: FormState) -> Option<Vec<Vec<String>>> {
    let (from, to) = RANGE.with_borrow(Clone::clone).filter(|_| is_any())?;
    form.peek_layout(|layout| rectangle(layout, &from, &to))
}

/// Whether cells are chosen. The marks are the truth: sheets that were drawn anew have none.
pub fn is_any() -> bool {
    parts::find("[data-range]").is_some()
}

/// Nothing is chosen any more.
pub fn clear() {
    if let Ok(marked) = document().query_selector_all("[data-range]") {
        for boxed in (0..marked.length()).filter_map(|at| marked.get(at)) {
            // Removing an attribute fails only under a name that is none.
            let _ = boxed.unchecked_ref::<Element>().remove_attribute("data-range");
        }
    }
    tell("");
}

fn tell(said: &str) {
    parts::find("[data-part=range]").inspect(|place| place.set_text_content(Some(said)));
}

/// A cell has got the caret; where it is another one than the range begins with, the range is over.
pub fn entered(key: &str) {
    if RANGE.with_borrow(|range| range.as_ref().is_none_or(|(from, _)| from != key)) {
        clear();
    }
}

/// Empties cells as one edit.
pub fn empty(form: FormState, keys: Vec<Vec<String>>) {
    write(form, keys.into_iter().flatten().map(|key| (key, String::new())).collect());
}

/// Ctrl+D: the chosen cells get what stands in the first row of them; one row, what stands in the row above.
pub fn fill_down(form: FormState, key: &str) {
    let mut keys = keys(form).unwrap_or_else(|| vec![vec![key.to_owned()]]);
    if let [row] = keys.as_slice() {
        let Some(above) = form.peek_layout(|layout| row.iter().map(|key| above(layout, key)).collect()) else { return };
        keys.insert(0, above);
    }
    let mut rows = keys.into_iter();
    let first: Vec<String> = rows.next().into_iter().flatten().collect();
    let is_cell = |key: &String| form.peek_layout(|layout| is_filled_in(layout, key));
    let texts: Vec<Option<String>> =
        first.iter().map(|key| is_cell(key).then(|| form.peek_filing(|filing| filing.text(key).to_owned()))).collect();
    let filled = rows.flat_map(|row| row.into_iter().zip(texts.clone()));
    write(form, filled.filter_map(|(key, text)| Some((key, text?))).collect());
}

/// The next place above where people fill something; what the form prints itself is passed over.
fn above(layout: &Layout<'_>, key: &str) -> Option<String> {
    let next = beside(layout, key, (-1, 0)).filter(|next| next != key)?;
    if is_filled_in(layout, &next) { Some(next) } else { above(layout, &next) }
}

/// Whether there is a cell, and the form does not print it itself.
fn is_filled_in(layout: &Layout<'_>, key: &str) -> bool {
    layout.find(key).is_some_and(|at| layout.field(at).fixed().is_none())
}

/// Writes texts into those of the places where people fill something.
fn write(form: FormState, mut texts: Vec<(String, String)>) {
    form.peek_layout(|layout| {
        texts.retain(|(key, _)| is_filled_in(layout, key));
    });
    form.act(form.peek_filing(|filing| Edit::cells(filing, texts)));
}

/// Whether a cell holds several lines of words.
pub fn is_prose(form: FormState, key: &str) -> bool {
    form.peek_layout(|layout| layout.find(key).is_some_and(|at| layout.field(at).column.kind == ColumnKind::LongText))
}
