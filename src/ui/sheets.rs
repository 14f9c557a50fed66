//! The sheets on the screen: drawn whole by `render_html` when rows, year or language change, else mended cell by cell.
//!
//! Hundreds of cells are one piece of HTML and one listener a kind of event; an edit touches the few cells that changed.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use crate::engine::amount::{Entry, format_grouped, read_amount, shown};
use crate::engine::layout::FieldIndex;
use crate::engine::template::spec::ColumnKind;
use crate::render::{Medium, element, escape, point_class, render_html};
use crate::ui::cell_events::{find, focused_key, go_to_wanted, keep_wanted, listen, write};
use crate::ui::form_state::FormState;
use crate::ui::parts::{button, focus_again, when_released};
use crate::ui::report;
use crate::ui::shown::{CellMark, Mark};
use crate::words::page;

/// A cell as it stands in the document.
struct Drawn {
    at: FieldIndex,
    key: String,
    kind: ColumnKind,
    /// A text area answers to the same few names.
    input: HtmlInputElement,
    /// The box of the table that it stands in.
    boxed: Element,
    /// What it was last told to show.
    state: Option<CellState>,
}

/// Everything that can change about a cell between two drawings.
#[derive(PartialEq)]
struct CellState {
    text: String,
    mark: CellMark,
    label: String,
    /// An indicator row that may be compared with figures of the form, or is.
    binding: Option<bool>,
}

/// The sheets of the form, kept in step with the filing.
pub fn sheets(form: FormState) -> AnyView {
    let host = NodeRef::<html::Div>::new();
    let drawn: StoredValue<Vec<Drawn>, LocalStorage> = StoredValue::new_local(Vec::new());
    Effect::new(move |before: Option<String>| {
        // The report's own part of the sheets is drawn by the second module, and comes when it comes.
        let report = if form.is_report_open() { ["+", &form.answer().report].concat() } else { String::new() };
        let shape = [form.shape().as_str(), form.say(page::OTHER_LANGUAGE), &report].concat();
        let marks = form.marks();
        let Some(host) = host.get() else { return String::new() };
        if before.is_none() {
            listen(form, &host);
        }
        let is_new = before.as_ref() != Some(&shape);
        when_released(Box::new(move || {
            drawn.update_value(|drawn| {
                let focused = focused_key();
                if !is_new {
                    mend(form, drawn, marks, focused.as_deref());
                    return;
                }
                let place = drawn.iter().position(|cell| Some(&cell.key) == focused.as_ref());
                let caret = focused.as_deref().and_then(find).map(|input| caret_of(&input));
                *drawn = draw(form, &host);
                mend(form, drawn, marks, focused.as_deref());
                // The cell that had the caret was drawn anew, too; where it is gone, the person goes on beside.
                if let Some(place) = place {
                    let same = focused.as_deref().and_then(find);
                    let beside = drawn.get(place).or(drawn.last()).map(|cell| cell.input.clone());
                    keep_wanted(|| drop(same.clone().or(beside).inspect(|input| focus_again(input))));
                    if let (Some(input), Some((from, to))) = (same, caret) {
                        // It fails only on inputs that have no text.
                        let _ = input.set_selection_range(from, to);
                    }
                }
                go_to_wanted();
            });
        }));
        shape
    });
    view! { <div node_ref=host></div> }.into_any()
}

/// Where the caret stands in a cell, and the end of what is selected.
fn caret_of(input: &HtmlInputElement) -> (u32, u32) {
    let at = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or_default();
    (at(input.selection_start()), at(input.selection_end()))
}

fn draw(form: FormState, host: &web_sys::HtmlElement) -> Vec<Drawn> {
    form.peek_layout(|layout| {
        host.set_inner_html(&render_html(layout, Medium::Screen(form.language_now())));
        let report = host.query_selector("[data-part=report]").ok().flatten();
        report.inspect(|place| place.set_inner_html(&report::place(form)));
        report::show_preview(&form.answer_now().preview);
        let Ok(found) = host.query_selector_all("[data-key]") else { return Vec::new() };
        let mut drawn = Vec::new();
        for at in 0..found.length() {
            let Some(input) = found.get(at).map(|node| node.unchecked_into::<HtmlInputElement>()) else { continue };
            let key = input.get_attribute("data-key").unwrap_or_default();
            let Some(field) = layout.find(&key) else { continue };
            let Some(boxed) = input.closest("td, th, .field").ok().flatten() else { continue };
            drawn.push(Drawn { at: field, key, kind: layout.field(field).column.kind, input, boxed, state: None });
        }
        drawn
    })
}

/// Brings the cells up to date; those that stay as they are are not touched.
fn mend(form: FormState, drawn: &mut [Drawn], mut marks: Vec<CellMark>, focused: Option<&str>) {
    let bindings = bindings(form);
    mend_links(form);
    for cell in drawn {
        let row = cell.key.split('.').nth(1).unwrap_or_default();
        let state = CellState {
            text: form.peek_filing(|filing| filing.text(&cell.key).to_owned()),
            mark: marks.get_mut(cell.at.index()).map(std::mem::take).unwrap_or_default(),
            label: form.label(&cell.key),
            binding: bindings
                .iter()
                .find(|(id, _)| id == row && cell.kind == ColumnKind::Name)
                .map(|(_, bound)| *bound),
        };
        if cell.state.as_ref() != Some(&state) {
            cell.show(form, &state, focused == Some(cell.key.as_str()));
            cell.state = Some(state);
        }
    }
}

/// Figures of other cells that stand in the sentences of the report.
fn mend_links(form: FormState) {
    let Ok(links) = document().query_selector_all(".report-editor [data-shows]") else { return };
    for at in 0..links.length() {
        let Some(link) = links.get(at) else { continue };
        let key = link.unchecked_ref::<Element>().get_attribute("data-shows").unwrap_or_default();
        let text = form.peek_filing(|filing| filing.text(&key).trim().to_owned());
        // A rate is followed by its sign in the sentence.
        let text = text.trim_end_matches(['%', '％']);
        if link.text_content().as_deref() != Some(text) {
            link.set_text_content(Some(text));
        }
    }
}

/// Rows that may be bound to figures of the form (false), and those that are (true).
fn bindings(form: FormState) -> Vec<(String, bool)> {
    let mut bindings: Vec<(String, bool)> = Vec::new();
    form.peek_filing(|filing| {
        let rows = filing.groups.values().flatten().filter(|row| row.bound.is_some());
        bindings.extend(rows.map(|row| (row.id.clone(), true)));
    });
    bindings.extend(form.evaluation().bindings.iter().map(|binding| (binding.row.clone(), false)));
    bindings
}

impl Drawn {
    fn show(&self, form: FormState, state: &CellState, has_caret: bool) {
        let input = &self.input;
        let measure = self.kind.measure();
        match measure.filter(|_| !has_caret) {
            Some(measure) => write(input, &shown(&state.text, measure)),
            None => write(input, &state.text),
        };
        let looks = if measure.is_some() { "cell is-figure " } else { "cell " };
        let point = measure.map_or("", |measure| point_class(&state.text, measure));
        let mark = state.mark.mark;
        input.set_class_name(&[looks, point].concat());
        // Setting an attribute fails only under a name that is none.
        let set = |name: &str, value: &str| drop(input.set_attribute(name, value));
        // The style sheet draws the whole box of the table by it.
        let boxed = self.boxed.set_attribute("data-mark", mark.map_or("", Mark::name));
        debug_assert!(boxed.is_ok(), "data-mark is a name");
        set("aria-label", &state.label);
        // Where the score is what the rules give, how they give it is still there to be read.
        let formula = state.mark.measured.as_ref().map_or("", |measured| &measured.formula);
        set("title", if state.mark.says.is_empty() { formula } else { &state.mark.says });
        set("aria-invalid", if mark == Some(Mark::Error) { "true" } else { "false" });
        if let Some(helps) = self.helps() {
            helps.set_inner_html(&self.helps_html(form, state));
        }
    }

    /// The place for helps, behind the input or the box around it.
    fn helps(&self) -> Option<web_sys::Element> {
        let around = if self.kind.measure().is_some() { None } else { self.input.parent_element() };
        let before: &web_sys::Element = around.as_ref().unwrap_or(&self.input);
        before.next_element_sibling().filter(|next| next.class_name() == "helps")
    }

    /// What stands beside a figure: a value to accept, the score by the rules, the value taken for another unit.
    fn helps_html(&self, form: FormState, state: &CellState) -> String {
        let language = form.language_now();
        let mut helps = String::new();
        if let Some(value) = &state.mark.offer {
            // In a narrow box it would leave no room for the caret.
            let class = if self.boxed.has_attribute("colspan") { "help is-inline" } else { "help" };
            let said = page::FILL_IN.say(language, &[("value", value.clone())]);
            helps += &button(class, "accept", &self.key, &escape(&said));
        }
        if let Some(measured) = state.mark.measured.as_ref().filter(|measured| !measured.is_entered) {
            let attributes = [("class", "help differs"), ("title", measured.formula.as_str())];
            helps += &element("small", &attributes, &escape(&measured.said));
        }
        if let Some(Entry::Number(amount)) = self.kind.measure().map(|measure| read_amount(&state.text, measure))
            && amount.converted_from.is_some()
        {
            let value = format_grouped(amount.value, amount.value.normalize().scale().max(2));
            let said = page::READ_AS.say(language, &[("value", value)]);
            helps += &element("small", &[("class", "help")], &escape(&said));
        }
        match state.binding {
            Some(false) => helps += &button("help", "bind", &self.key, page::BIND.in_language(language)),
            Some(true) => helps += &button("help", "unbind", &self.key, page::BOUND.in_language(language)),
            None => {}
        }
        helps
    }
}
