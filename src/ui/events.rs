//! Listening to events of the document, with one kind of closure for all of them: each kind is code in the download.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// Calls `run` at every event of this name from now on, for as long as the page lives. It may be called while it runs:
/// a button that clicks a link or a file picker makes the next click before its own is done.
pub fn on(target: &EventTarget, name: &str, run: impl Fn(Event) + 'static) {
    let run: Closure<dyn Fn(Event)> = Closure::wrap(Box::new(run));
    // Listening fails only without a listener.
    let _ = target.add_event_listener_with_callback(name, run.as_ref().unchecked_ref());
    run.forget();
}

/// The element an event happened at.
pub fn target<T: JsCast>(event: &Event) -> Option<T> {
    event.target()?.dyn_into().ok()
}
