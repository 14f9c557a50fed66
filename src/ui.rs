//! The page. It shows what the engine finds and holds no rule of its own.
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// Draws the page into `root`. Called once by `boot.js`.
#[wasm_bindgen]
pub fn mount(root: web_sys::HtmlElement) {
    let text = RwSignal::new(String::new());
    leptos::mount::mount_to(root, move || {
        view! {
            <main>
                <h1>"勾稽"</h1>
                <input data-key="a" prop:value=move || text.get() on:input=move |e| text.set(event_target_value(&e))/>
                <ul data-part="findings"><li>{move || text.get()}</li></ul>
            </main>
        }
    })
    .forget();
}
