//! A box above the page that asks before something is done. The second module draws what is in it; `boot.js` shows it.

use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use crate::engine::tree::Value;
use crate::exchange::json;
use crate::render::escape;
use crate::ui::form_state::FormState;
use crate::ui::parts::{button, find};
use crate::ui::{drafts, reader};
use crate::words::page;

/// Asks the second module for a box about a text at a cell, and the person what it asks. The answer of the module and that
/// of the person, which is empty where the box was closed.
///
/// The box is there at once and keeps the keyboard, so nothing is typed past it while the module is on its way.
pub async fn ask(form: FormState, what: &str, which: &str, text: String) -> (Value, String) {
    let close = button("", "choose", "", form.say_now(page::CLOSE, &[]).as_str());
    let waits = [form.say_now(page::WAIT, &[]).as_str(), " ", &close].concat();
    let Ok(choice) = drafts::ask_boot("choose", &JsValue::NULL, &waits) else { return Default::default() };
    let request = reader::request(form, what, which, &json::quoted(&text), &form.peek_filing(json::write));
    let answer = drafts::ask("ask", JsValue::NULL, request).await;
    let said = answer.as_ref().ok().and_then(reader::tree).unwrap_or_default();
    // It may have been closed meanwhile.
    find("[data-part=choice]").inspect(|place| {
        let mut html = reader::text(&said, "html");
        if html.is_empty() {
            let failed = form.say_now(page::NOT_ASKED, &[("reason", reader::why(answer.err()))]);
            html = [&escape(&failed), " ", &close].concat();
        }
        place.set_inner_html(&html);
        let first = find("[data-part=choice] .main").or(find("[data-part=choice] button"));
        // Focus can only fail on an element that is gone.
        first.inspect(|first| drop(first.unchecked_ref::<HtmlElement>().focus()));
    });
    let choice = JsFuture::from(choice).await.ok().and_then(|choice| choice.as_string());
    (said, choice.unwrap_or_default())
}
