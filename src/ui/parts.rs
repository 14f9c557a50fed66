//! Small pieces of the page: text made by a function, drawn anew when it changes; buttons that say what they do.
//!
//! The page is HTML made by plain functions of the state: views of a framework would be code in the download.

use std::cell::{Cell, RefCell};

use leptos::prelude::Effect;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::render::{element, escape};
use leptos::prelude::document;

/// Does something now, and again whenever a signal that it read has changed.
pub fn effect(run: Box<dyn FnMut()>) {
    let mut run = run;
    Effect::new(move |_| run());
}

/// What is drawn anew when it changes, each in its place in the page.
#[derive(Default)]
pub struct Pieces {
    draws: Vec<Box<dyn Fn() -> String>>,
}

impl Pieces {
    /// A box for what `draw` gives. The button or field in it that has the focus keeps it.
    pub fn place(&mut self, class: &str, draw: Box<dyn Fn() -> String>) -> String {
        self.draws.push(draw);
        element("div", &[("class", class), ("data-part", &name(self.draws.len()))], "")
    }

    /// Draws them, now that their places are in the page.
    pub fn begin(self) {
        for (number, draw) in (1..).zip(self.draws) {
            let place = find(&["[data-part=", &name(number), "]"].concat());
            let Some(place) = place.map(JsCast::unchecked_into::<HtmlElement>) else { continue };
            let mut before = String::new();
            effect(Box::new(move || {
                let drawn = draw();
                if drawn != before {
                    before.clone_from(&drawn);
                    let place = place.clone();
                    when_released(Box::new(move || redraw(&place, &drawn)));
                }
            }));
        }
    }
}

/// What the place of a piece is found by.
fn name(number: usize) -> String {
    ["piece-", &number.to_string()].concat()
}

thread_local! {
    static IS_PRESSED: Cell<bool> = const { Cell::new(false) };
    static WAITING: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Does it now, or once the mouse is released: what is under a pressed mouse must not go before the click is done.
pub fn when_released(run: Box<dyn FnOnce()>) {
    match IS_PRESSED.get() {
        true => WAITING.with_borrow_mut(|waiting| waiting.push(run)),
        false => run(),
    }
}

/// The mouse was pressed, or the click that followed is done.
pub fn set_pressed(pressed: bool) {
    IS_PRESSED.set(pressed);
    if !pressed {
        WAITING.take().into_iter().for_each(|run| run());
    }
}

/// Draws a place anew; the button or field in it that has the focus keeps it.
pub fn redraw(node: &HtmlElement, drawn: &str) {
    let focused = document().active_element().filter(|focused| node.contains(Some(focused)));
    let written = being_written(node);
    node.set_inner_html(drawn);
    for (place, old) in written {
        let new = node.query_selector(&place).ok().flatten();
        // An element that stands in the document can be replaced and opened.
        new.inspect(|new| drop(new.replace_with_with_node_1(&old)));
        let details = old.closest("details").ok().flatten();
        details.inspect(|details| drop(details.set_attribute("open", "")));
    }
    let Some(focused) = focused else { return };
    if node.contains(Some(&focused)) {
        return focus_again(&focused);
    }
    let attribute = |name: &str| focused.get_attribute(name).unwrap_or_default();
    let same = ["[data-action=\"", &attribute("data-action"), "\"][data-on=\"", &attribute("data-on"), "\"]"].concat();
    // What had it may be gone, mended by itself: whoever has no mouse goes on with what is there.
    let next = [same.as_str(), "button"].iter().find_map(|place| node.query_selector(place).ok().flatten());
    next.inspect(focus_again);
}

/// Gives the focus back to what had it, without moving the page: whoever looks at something else goes on looking.
pub fn focus_again(element: &Element) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    // Focus can only fail on an element that is gone.
    let _ = element.unchecked_ref::<HtmlElement>().focus_with_options(&options);
}

/// Notes that are not saved yet, with the places where they belong: the text areas themselves stay, caret and all.
fn being_written(node: &HtmlElement) -> Vec<(String, Element)> {
    let mut written = Vec::new();
    let Ok(areas) = node.query_selector_all("textarea") else { return written };
    for at in 0..areas.length() {
        let Some(area) = areas.get(at).and_then(|area| area.dyn_into::<Element>().ok()) else { continue };
        // A text area has all that is asked of an input here; its content is what it was drawn with.
        let value = area.unchecked_ref::<HtmlInputElement>().value();
        let is_news = area.text_content().is_some_and(|drawn| drawn != value);
        if let Some(item) = area.closest("li").ok().flatten().filter(|_| is_news) {
            let attribute = |name: &str| item.get_attribute(name).unwrap_or_default();
            let (code, cell) = (attribute("data-code"), attribute("data-cell"));
            written.push((["[data-code=\"", &code, "\"][data-cell=\"", &cell, "\"] textarea"].concat(), area));
        }
    }
    written
}

/// A button: what it does, on what, and its content, which is HTML already.
pub fn button(class: &str, action: &str, on: &str, inner: &str) -> String {
    element("button", &[("type", "button"), ("class", class), ("data-action", action), ("data-on", on)], inner)
}

/// A button with a text as its label.
pub fn labelled(class: &str, action: &str, label: &str) -> String {
    button(class, action, "", &escape(label))
}

/// An element that is nothing but a text in a class.
pub fn line(name: &str, class: &str, text: &str) -> String {
    element(name, &[("class", class)], &escape(text))
}

/// A text that scripts and tests find by the name of its part.
pub fn part(name: &str, part: &str, text: &str) -> String {
    element(name, &[("data-part", part)], &escape(text))
}

/// The first element that fits a selector.
pub fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}
