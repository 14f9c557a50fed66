//! What a person does in the sheets: entering, typing, leaving, moving rows. One listener a kind of event for all cells.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use crate::engine::amount::shown;
use crate::engine::edit::{Edit, Step};
use crate::engine::layout::{Field, Layout};
use crate::ui::events::{on, target};
use crate::ui::form_state::FormState;
use crate::ui::parts::when_released;
use crate::ui::{clipboard, keys, ranges};
use crate::words::page;
use leptos::prelude::{document, request_animation_frame};

/// Listens to everything that happens in the cells of `host`.
pub fn listen(form: FormState, host: &HtmlElement) {
    // Nothing is taken while an input method is composing: its keystrokes are not the text yet.
    on(host, "input", move |event| {
        if !event.dyn_ref::<web_sys::InputEvent>().is_some_and(web_sys::InputEvent::is_composing) {
            take(form, &event);
        }
    });
    on(host, "compositionend", move |event| take(form, &event));
    on(host, "change", move |event| {
        cell_of(&event).inspect(|(_, key)| form.commit(key));
    });
    on(host, "focusin", move |event| {
        if let Some((input, key)) = cell_of(&event) {
            // The person has gone on elsewhere.
            WANTED.set(None);
            if write(&input, &text(form, &key)) {
                input.select();
            }
            keys::entered(&key, &text(form, &key));
            form.set_focused(key);
        }
    });
    on(host, "focusout", move |event| {
        if let Some((input, key)) = cell_of(&event) {
            form.set_focused(String::new());
            form.commit(&key);
            write(&input, &at_rest(form, &key));
        }
    });
    on(host, "keydown", move |event| {
        if let (Some((input, key)), Some(press)) = (cell_of(&event), event.dyn_ref::<KeyboardEvent>()) {
            keys::pressed(form, press, &input, &key);
        }
    });
    on(host, "mousedown", |_| keys::touched());
    ranges::listen(form, host);
    clipboard::listen(form, host);
}

thread_local! {
    /// A cell that is to have the caret once it is drawn: rows of the report are, when the second module has answered.
    static WANTED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Does something that moves the focus by itself, not for the person.
pub fn keep_wanted(run: impl FnOnce()) {
    let wanted = WANTED.take();
    run();
    WANTED.set(wanted);
}

/// Gives the caret to the cell that was to have it, if it is there by now.
pub fn go_to_wanted() {
    let wanted = WANTED.with_borrow_mut(|wanted| wanted.take_if(|key| find(key).is_some()));
    wanted.inspect(|key| go_to(key));
}

/// Brings a cell into view and puts the caret into it.
pub fn go_to(key: &str) {
    let Some(input) = find(key) else { return WANTED.set(Some(key.to_owned())) };
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Center);
    input.scroll_into_view_with_scroll_into_view_options(&options);
    // Focus can only fail on an element that is gone.
    let _ = input.focus();
}

/// The key of the cell that has the caret.
pub fn focused_key() -> Option<String> {
    document().active_element()?.get_attribute("data-key")
}

pub fn find(key: &str) -> Option<HtmlInputElement> {
    // Keys hold letters, digits, dots and underscores only, so they need no escaping.
    let found = document().query_selector(&["[data-key=\"", key, "\"]"].concat()).ok().flatten();
    found.map(JsCast::unchecked_into)
}

/// Puts a text into an input unless it stands there: writing it again would move the caret of a person who types.
/// The box around a text area takes its height from the same text. Tells whether anything changed.
pub fn write(input: &HtmlInputElement, text: &str) -> bool {
    let news = input.value() != text;
    if news {
        input.set_value(text);
    }
    grow(input, text);
    news
}

pub fn grow(input: &HtmlInputElement, text: &str) {
    if let Some(parent) = input.parent_element().filter(|parent| parent.class_name() == "grow") {
        // Setting an attribute fails only under a name that is none.
        let _ = parent.set_attribute("data-text", text);
    }
}

/// The input of an event with the key of its cell. A text area has all that is asked of an input here.
pub fn cell_of(event: &Event) -> Option<(HtmlInputElement, String)> {
    let element = target::<Element>(event)?;
    let key = element.get_attribute("data-key")?;
    Some((element.unchecked_into(), key))
}

/// Where the caret stands in a cell, and the end of what is selected.
pub fn caret_of(input: &HtmlInputElement) -> (u32, u32) {
    let at = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or_default();
    (at(input.selection_start()), at(input.selection_end()))
}

fn text(form: FormState, key: &str) -> String {
    form.peek_filing(|filing| filing.text(key).to_owned())
}

/// What a cell shows when it has been left: figures with their thousands parted, everything else as typed.
fn at_rest(form: FormState, key: &str) -> String {
    let measure = form.peek_layout(|layout| layout.find(key).and_then(|at| layout.field(at).column.kind.measure()));
    let text = text(form, key);
    measure.map_or_else(|| text.clone(), |measure| shown(&text, measure))
}

fn take(form: FormState, event: &Event) {
    if let Some((input, key)) = cell_of(event) {
        let text = input.value();
        grow(&input, &text);
        keys::touched();
        ranges::clear();
        form.type_in(&key, &text);
    }
}

/// What the buttons in the sheets do; `on` is the cell, the row or the group that they stand at.
pub fn run(form: FormState, action: &str, on: &str) {
    match action {
        "accept" => {
            let offer = form.evaluation_now().offers.iter().find(|offer| offer.cell == on).cloned();
            if let Some(offer) = offer {
                let value = crate::ui::shown::offer_text(&form.template_now(), &offer);
                form.act(form.peek_filing(|filing| Edit::cell(filing, on, &value)));
            }
        }
        "bind" | "unbind" => bind(form, on, action == "bind"),
        "add-first-row" => add_row(form, on, None),
        "add-row" | "remove-row" | "move-up" | "move-down" => change_row(form, action, on),
        // Fields and menus are marked as well, but are no buttons.
        _ => {}
    }
}

fn bind(form: FormState, key: &str, bound: bool) {
    let Some((_, group, row)) = row_of(form, key) else { return };
    let binding = form.evaluation_now().bindings.iter().find(|binding| binding.row == row).cloned();
    let code = binding.as_ref().filter(|_| bound).map(|binding| binding.code.as_str());
    form.act(form.peek_filing(|filing| Edit::bind(filing, &group, &row, code)));
    if let Some(binding) = binding.filter(|_| bound) {
        form.commit(&binding.target);
    }
}

/// Block, group and id of the added row that a cell stands in.
fn row_of(form: FormState, key: &str) -> Option<(String, String, String)> {
    form.peek_layout(|layout| {
        let field = layout.field(layout.find(key)?);
        Some((field.block.id.clone(), field.row.group.clone()?, field.added?.id.clone()))
    })
}

fn change_row(form: FormState, action: &str, id: &str) {
    let key = form.peek_layout(|layout| {
        let is_here = |field: &&Field<'_>| field.added.is_some_and(|added| added.id == id);
        layout.fields().iter().find(is_here).map(|field| field.key.clone())
    });
    if let Some(key) = key {
        row_action(form, action, &key);
    }
}

/// Adds, moves or removes a row, and leaves the caret where the person goes on.
pub fn row_action(form: FormState, action: &str, key: &str) {
    let Some((block, group, id)) = row_of(form, key) else { return };
    match action {
        "add-row" => add_row(form, &group, Some(&id)),
        "remove-row" => {
            let near = form.peek_layout(|layout| neighbour(layout, &block, &group, &id));
            form.act(form.peek_filing(|filing| Edit::remove_row(filing, &block, &group, &id)));
            form.tell(page::ROW_REMOVED, &[], false);
            put_caret_soon(near);
        }
        _ => {
            let step = if action == "move-up" { Step::Up } else { Step::Down };
            let template = form.template_now();
            form.act(form.peek_filing(|filing| Edit::move_row(filing, &template, &group, &id, step)));
            put_caret_soon(Some(key.to_owned()));
        }
    }
}

fn add_row(form: FormState, group: &str, after: Option<&str>) {
    let Some(id) = form.add_row(group, after) else {
        form.tell(page::TOO_MANY_ROWS, &[], true);
        return;
    };
    let first = form.peek_layout(|layout| {
        let is_new = |field: &&Field<'_>| field.added.is_some_and(|added| added.id == id);
        layout.fields().iter().find(is_new).map(|field| field.key.clone())
    });
    put_caret_soon(first);
}

/// The first cell of the row behind, or before, the row that goes.
fn neighbour(layout: &Layout<'_>, block: &str, group: &str, id: &str) -> Option<String> {
    let in_group = |field: &&Field<'_>| field.block.id == block && field.row.group.as_deref() == Some(group);
    let rows: Vec<&Field<'_>> = layout.fields().iter().filter(in_group).collect();
    let is_it = |field: &&&Field<'_>| field.row_id() == id;
    let behind = rows.iter().skip_while(|field| !is_it(field)).find(|field| !is_it(field));
    let before = rows.iter().rev().skip_while(|field| !is_it(field)).find(|field| !is_it(field));
    behind.or(before).map(|field| format!("{block}.{}.{}", field.row_id(), field.block.columns[0].id))
}

/// Once the sheets have been drawn anew, which waits for a pressed mouse.
pub fn after_drawing(run: impl FnOnce() + 'static) {
    when_released(Box::new(move || request_animation_frame(run)));
}

fn put_caret_soon(key: Option<String>) {
    after_drawing(move || match (key.as_deref().and_then(find), key) {
        // Focus can only fail on an element that is gone.
        (Some(input), _) => drop(input.focus()),
        (None, key) => WANTED.set(key),
    });
}
