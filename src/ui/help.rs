//! 填报说明 of the cell that has the caret, in a line at the foot of the window: it covers no cell and takes no click.

use std::cell::Cell;

use leptos::prelude::untrack;
use wasm_bindgen_futures::spawn_local;

use crate::render::escape;
use crate::ui::fetched;
use crate::ui::form_state::FormState;
use crate::ui::parts::{effect, find};

thread_local! {
    /// A line a cell, of every form; fetched when a cell has the caret for the first time.
    static KNOWN: Cell<&'static str> = const { Cell::new("") };
    /// Whether it is on its way.
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// Tells it from now on.
pub fn keep(form: FormState) {
    let Some(node) = find("[data-part=help]") else { return };
    effect(Box::new(move || {
        let key = form.focused();
        let said = of(form, &key).unwrap_or_default();
        node.set_inner_html(&escape(said));
        if KNOWN.get().is_empty() && !key.is_empty() && !ASKED.replace(true) {
            spawn_local(async move {
                // Without a network there is no help, and nothing else is amiss: the next cell asks again.
                if let Ok(text) = fetched::text("help").await {
                    // It is kept for as long as the page.
                    KNOWN.set(text.leak());
                    form.set_focused(untrack(|| form.focused()));
                }
                ASKED.set(false);
            });
        }
    }));
}

/// What is said of a cell; one of an added row goes by the name of its group.
fn of(form: FormState, key: &str) -> Option<&'static str> {
    let line = form.peek_layout(|layout| {
        let field = layout.field(layout.find(key)?);
        let row = field.row.group.as_ref().or(field.row.id.as_ref())?;
        let place = [&layout.template.spec().id, &field.block.id, row, &field.column.id].map(String::as_str);
        Some(place.join(".") + "\t")
    })?;
    KNOWN.get().lines().find_map(|known| known.strip_prefix(&line))
}
