//! One cell of a form: an input that takes text as it is typed, marked and helped by the evaluation.

use leptos::ev::{CompositionEvent, Event, FocusEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::engine::amount::{Entry, Measure, format_grouped, read_amount};
use crate::engine::edit::Edit;
use crate::engine::template::spec::ColumnKind;
use crate::ui::form_state::{CellState, FormState, Mark};
use crate::ui::parts::{Button, Said};
use crate::words::page;

/// What a cell is, apart from its text.
#[derive(Clone, Debug)]
pub struct CellPlace {
    pub key: String,
    pub kind: ColumnKind,
    /// What an empty cell shows (……).
    pub placeholder: String,
}

/// The input of a cell with its helps: an offered value, a measured score, the value taken.
pub fn cell(form: FormState, place: CellPlace) -> AnyView {
    let key = StoredValue::new(place.key.clone());
    let state = form.cell(place.key.clone());
    let label: Said = Signal::derive(move || key.with_value(|key| form.label(key)));
    let looks = if place.kind.measure().is_some() { "cell is-figure" } else { "cell" };
    let class: Said = Signal::derive(move || format!("{looks}{}", mark_class(state.with(|state| state.mark))));
    let invalid: Said = Signal::derive(move || state.with(|state| (state.mark == Some(Mark::Error)).to_string()));
    // Nothing is taken while an input method is composing: its keystrokes are not the text yet.
    let typed: Box<dyn FnMut(Event)> = Box::new(move |event| {
        let composing = event.dyn_ref::<web_sys::InputEvent>().is_some_and(web_sys::InputEvent::is_composing);
        if !composing {
            form.type_in(&key.get_value(), &event_target_value(&event));
        }
    });
    let composed: Box<dyn FnMut(CompositionEvent)> =
        Box::new(move |event| form.type_in(&key.get_value(), &event_target_value(&event)));
    let changed: Box<dyn FnMut(Event)> = Box::new(move |_| form.commit(&key.get_value()));
    let left: Box<dyn FnMut(FocusEvent)> = Box::new(move |_| form.commit(&key.get_value()));
    // Setting a text that the input already holds does not move the caret of a person who types here.
    let text: Said = Signal::derive(move || state.with(|state| state.text.clone()));
    let field = if place.kind == ColumnKind::LongText {
        view! {
            <textarea prop:value=text rows="2" spellcheck="false" data-key=place.key.clone() class=class aria-label=label
                aria-invalid=invalid on:input=typed on:compositionend=composed on:change=changed on:blur=left></textarea>
        }
        .into_any()
    } else {
        view! {
            <input prop:value=text type="text" autocomplete="off" spellcheck="false" data-key=place.key.clone() class=class
                placeholder=place.placeholder.clone() aria-label=label aria-invalid=invalid
                on:input=typed on:compositionend=composed on:change=changed on:blur=left/>
        }
        .into_any()
    };
    match place.kind.measure() {
        Some(measure) => view! { {field} {helps(form, key, measure, state)} }.into_any(),
        None => field,
    }
}

fn mark_class(mark: Option<Mark>) -> &'static str {
    match mark {
        None => "",
        Some(Mark::Error) => " is-error",
        Some(Mark::Warning) => " is-warning",
        Some(Mark::Info) => " is-info",
        Some(Mark::Open) => " is-open",
        Some(Mark::Related) => " is-related",
    }
}

/// What stands beside a figure: a value to accept, the score by the rules, the value taken for another unit.
fn helps(form: FormState, key: StoredValue<String>, measure: Measure, state: Memo<CellState>) -> AnyView {
    let all: Box<dyn Fn() -> Vec<AnyView> + Send> = Box::new(move || {
        let CellState { text, offer, measured, .. } = state.get();
        let mut helps = Vec::new();
        if let Some(value) = offer {
            let label = form.says_with(page::FILL_IN, vec![("value", value.clone())]);
            let accept = Box::new(move || {
                key.with_value(|key| {
                    form.act(form.peek_filing(|filing| Edit::cell(filing, key, &value)));
                    form.commit(key);
                });
            });
            helps.push(Button::new("help offer", "accept").on(key.get_value()).labelled(label, accept));
        }
        if let Some(measured) = measured {
            let class = if measured.differs { "help differs" } else { "help" };
            helps.push(help(class, measured.said, measured.formula));
        }
        if let Entry::Number(amount) = read_amount(&text, measure)
            && amount.converted_from.is_some()
        {
            let value = format_grouped(amount.value, amount.value.normalize().scale().max(2));
            helps.push(help("help", form.say_with(page::READ_AS, &[("value", value)]), String::new()));
        }
        helps
    });
    view! { {all} }.into_any()
}

fn help(class: &'static str, text: String, title: String) -> AnyView {
    view! { <small class=class title=title>{text}</small> }.into_any()
}

/// Brings a cell into view and puts the caret into it.
pub fn go_to(key: &str) {
    // Keys hold letters, digits, dots and underscores only, so they need no escaping.
    let found = document().query_selector(&format!("[data-key=\"{key}\"]")).ok().flatten();
    let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) else { return };
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Center);
    element.scroll_into_view_with_scroll_into_view_options(&options);
    // Focus can only fail on an element that is gone.
    let _ = element.focus();
}
