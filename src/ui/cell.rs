//! One cell of a form: an input that takes text as it is typed, marked and helped by the evaluation.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::engine::amount::{Entry, format_grouped, read_amount};
use crate::engine::edit::Edit;
use crate::engine::layout::Layout;
use crate::engine::template::spec::ColumnKind;
use crate::ui::form_state::{FormState, Mark};
use crate::words::explain::short;
use crate::words::{page, scoring};

/// What a cell is, apart from its text.
#[derive(Clone, Debug)]
pub struct CellPlace {
    pub key: String,
    pub kind: ColumnKind,
    /// What an empty cell shows (……).
    pub placeholder: String,
}

/// The input of a cell with its helps: an offered value, a measured score, the value taken.
#[component]
pub fn Cell(place: CellPlace) -> impl IntoView {
    let form = expect_context::<FormState>();
    let key = StoredValue::new(place.key.clone());
    let text = form.text(place.key.clone());
    let mark = form.mark(place.key.clone());
    let label = Memo::new(move |_| {
        let template = form.template();
        form.with_filing(|filing| key.with_value(|key| Layout::of(&template, filing).label(key)))
    });
    let class = move || {
        let mark = match mark.get() {
            None => "",
            Some(Mark::Error) => " is-error",
            Some(Mark::Warning) => " is-warning",
            Some(Mark::Info) => " is-info",
            Some(Mark::Open) => " is-open",
            Some(Mark::Related) => " is-related",
        };
        format!("cell{mark}")
    };
    let invalid = move || (mark.get() == Some(Mark::Error)).then_some("true");
    let field = if place.kind == ColumnKind::LongText {
        let node = NodeRef::<html::Textarea>::new();
        Effect::new(move |_| {
            let text = text.get();
            // Written only where it differs: the caret of a person who types here must not move.
            if let Some(node) = node.get().filter(|node| node.value() != text) {
                node.set_value(&text);
            }
        });
        view! {
            <textarea node_ref=node rows="2" spellcheck="false" data-key=place.key.clone() class=class
                aria-label=label aria-invalid=invalid
                on:input=move |event| typed(form, key, &event, event_target_value(&event))
                on:compositionend=move |event| form.type_in(&key.get_value(), &event_target_value(&event))
                on:change=move |_| form.commit(&key.get_value())
                on:blur=move |_| form.commit(&key.get_value())
            ></textarea>
        }
        .into_any()
    } else {
        let node = NodeRef::<html::Input>::new();
        Effect::new(move |_| {
            let text = text.get();
            if let Some(node) = node.get().filter(|node| node.value() != text) {
                node.set_value(&text);
            }
        });
        let is_figure = place.kind.measure().is_some();
        view! {
            <input node_ref=node type="text" autocomplete="off" spellcheck="false" data-key=place.key.clone() class=class
                class:is-figure=is_figure placeholder=place.placeholder.clone()
                aria-label=label aria-invalid=invalid
                on:input=move |event| typed(form, key, &event, event_target_value(&event))
                on:compositionend=move |event| form.type_in(&key.get_value(), &event_target_value(&event))
                on:change=move |_| form.commit(&key.get_value())
                on:blur=move |_| form.commit(&key.get_value())
            />
        }
        .into_any()
    };
    view! { {field} <Help place=place text=text/> }
}

/// Nothing is taken while an input method is composing: its keystrokes are not the text yet.
fn typed(form: FormState, key: StoredValue<String>, event: &ev::Event, text: String) {
    let composing = event.dyn_ref::<web_sys::InputEvent>().is_some_and(web_sys::InputEvent::is_composing);
    if !composing {
        form.type_in(&key.get_value(), &text);
    }
}

/// What stands beside a figure: a value to accept, the score by the rules, the value taken for another unit.
#[component]
fn Help(place: CellPlace, text: Memo<String>) -> impl IntoView {
    let form = expect_context::<FormState>();
    let Some(measure) = place.kind.measure() else { return ().into_any() };
    let offer = form.offer(place.key.clone());
    let measured = form.measured(place.key.clone());
    let accept = move || {
        offer.get().map(|offer| {
            let value = form.offer_text(&offer);
            let label = form.say_with(page::FILL_IN, &[("value", value.clone())]);
            let cell = offer.cell.clone();
            view! {
                <button type="button" class="help offer" data-action="accept" data-for=offer.cell
                    on:click=move |_| {
                        form.act(form.peek_filing(|filing| Edit::cell(filing, &cell, &value)));
                        form.commit(&cell);
                    }
                >{label}</button>
            }
        })
    };
    let score = move || {
        let row = measured.get()?;
        let suggested = row.suggested?;
        let formula = scoring::formula(&row.how, row.weight, form.language());
        let differs = row.entered.is_some_and(|entered| entered != suggested);
        let said = form.say_with(page::MEASURED_SCORE, &[("score", short(suggested))]);
        Some(view! { <small class="help" class:differs=differs title=formula>{said}</small> })
    };
    let taken = move || match read_amount(&text.get(), measure) {
        Entry::Number(amount) if amount.converted_from.is_some() => {
            let value = format_grouped(amount.value, amount.value.normalize().scale().max(2));
            Some(view! { <small class="help">{form.say_with(page::READ_AS, &[("value", value)])}</small> })
        }
        _ => None,
    };
    view! { {accept} {score} {taken} }.into_any()
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
