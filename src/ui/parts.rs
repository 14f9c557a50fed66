//! Small pieces of the page: text made by a function, drawn anew when it changes; buttons that say what they do.
//!
//! The page is HTML made by plain functions of the state: views of a framework would be code in the download.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

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
            keep(&name(number), Box::new(move || vec![draw()]), |place, _, drawn| {
                place.set_inner_html(&drawn.concat())
            });
        }
    }
}

/// Keeps a list in step, an item each, told apart by their opening tags. What stays as it is is left alone: it need not
/// be laid out anew.
pub fn keep_list(part: &str, draw: Box<dyn Fn() -> Vec<String>>) {
    fn tag(html: &str) -> &str {
        html.split('>').next().unwrap_or_default()
    }
    keep(part, draw, |place, before, drawn| {
        let mut next = place.first_element_child();
        let mut before = before.iter();
        for item in drawn {
            // Those that are there no longer.
            while let (Some(child), Some(old)) = (&next, before.as_slice().first())
                && !drawn.iter().any(|item| tag(item) == tag(old))
            {
                let behind = child.next_element_sibling();
                child.remove();
                next = behind;
                before.next();
            }
            // Inserting fails only beside an element that stands nowhere.
            match (&next, before.as_slice().first()) {
                (Some(child), Some(old)) if tag(item) == tag(old) => {
                    let behind = child.next_element_sibling();
                    if item != old {
                        mend(child, item);
                    }
                    next = behind;
                    before.next();
                }
                (Some(child), _) => drop(child.insert_adjacent_html("beforebegin", item)),
                (None, _) => drop(place.insert_adjacent_html("beforeend", item)),
            }
        }
        // Those that have changed places were written anew.
        while let Some(child) = next {
            next = child.next_element_sibling();
            child.remove();
        }
    });
}

/// Changes those of an item's children that differ, or all of it where that is not enough.
fn mend(item: &Element, drawn: &str) {
    let Ok(place) = document().create_element("ol") else { return };
    place.set_inner_html(drawn);
    let Some(new) = place.first_element_child() else { return };
    let (old, fresh) = (item.child_nodes(), new.child_nodes());
    // Replacing fails only for an element that stands nowhere.
    if old.length() != fresh.length() {
        return drop(item.replace_with_with_node_1(&new));
    }
    // From the end, as those that are taken are in the other list no longer.
    for at in (0..old.length()).rev() {
        if let (Some(old), Some(fresh)) = (old.item(at), fresh.item(at))
            && !old.is_equal_node(Some(&fresh))
        {
            let _ = item.replace_child(&fresh, &old);
        }
    }
}

/// Draws a part of the page now and whenever it changes; `redraw` is told what stands there and what should.
fn keep(part: &str, draw: Box<dyn Fn() -> Vec<String>>, redraw: fn(&HtmlElement, &[String], &[String])) {
    let place = find(&["[data-part=", part, "]"].concat());
    let Some(place) = place.map(JsCast::unchecked_into::<HtmlElement>) else { return };
    let mut latest = Vec::new();
    // While the mouse is pressed the two differ.
    let shown: Rc<RefCell<Vec<String>>> = Rc::default();
    effect(Box::new(move || {
        let drawn = draw();
        if drawn != latest {
            latest.clone_from(&drawn);
            let (place, shown) = (place.clone(), shown.clone());
            when_released(Box::new(move || {
                let before = shown.replace(drawn.clone());
                keeping(&place, &mut || redraw(&place, &before, &drawn));
            }));
        }
    }));
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

/// Draws a place anew; what a person has there stays.
pub fn redraw(node: &HtmlElement, drawn: &str) {
    keeping(node, &mut || node.set_inner_html(drawn));
}

/// Changes a place. The button or field in it that has the focus keeps it, what was written and is not saved yet stays,
/// and so does what was opened.
fn keeping(node: &HtmlElement, change: &mut dyn FnMut()) {
    let focused = document().active_element().filter(|focused| node.contains(Some(focused)));
    let (written, open) = (being_written(node), named(node, "details[open]"));
    change();
    for (place, old) in written.into_iter().filter(|(_, old)| !node.contains(Some(old))) {
        let new = node.query_selector(&place).ok().flatten();
        // An element that stands in the document can be replaced.
        new.inspect(|new| drop(new.replace_with_with_node_1(&old)));
    }
    for (name, details) in named(node, "details") {
        if open.iter().any(|(open, _)| *open == name) {
            // Setting an attribute fails only under a name that is none.
            let _ = details.set_attribute("open", "");
        }
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
    for area in all(node, "li textarea") {
        // A text area has all that is asked of an input here; its content is what it was drawn with.
        let value = area.unchecked_ref::<HtmlInputElement>().value();
        if area.text_content().is_some_and(|drawn| drawn != value) {
            let [code, cell] = item_of(&area);
            written.push((["[data-code=\"", &code, "\"][data-cell=\"", &cell, "\"] textarea"].concat(), area));
        }
    }
    written
}

/// What of a place can be opened, each with its name; menus have none and close by themselves.
fn named(node: &HtmlElement, selector: &str) -> Vec<(String, Element)> {
    let mut named = Vec::new();
    for details in all(node, selector) {
        let [code, cell] = item_of(&details);
        if !code.is_empty() {
            named.push(([code, cell, details.class_name()].join(" "), details));
        }
    }
    named
}

/// Code and first cell of the finding or relation that an element belongs to.
fn item_of(element: &Element) -> [String; 2] {
    let item = element.closest("[data-code]").ok().flatten();
    ["data-code", "data-cell"].map(|name| item.as_ref().and_then(|item| item.get_attribute(name)).unwrap_or_default())
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

/// All elements of a place that fit a selector.
pub fn all(node: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = node.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)).map(JsCast::unchecked_into).collect()
}
