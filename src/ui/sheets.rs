//! The sheets on the screen: drawn whole by `render_html` when rows, year or language change, else mended cell by cell.
//!
//! Hundreds of cells are one piece of HTML and one listener a kind of event; an edit touches the few cells that changed.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::engine::amount::{Entry, Measure, format_grouped, places_shown, read_amount, shown};
use crate::engine::layout::FieldIndex;
use crate::engine::template::spec::ColumnKind;
use crate::render::{Medium, element, escape, point_class, render_html};
use crate::ui::cell_events::{caret_of, find, focused_key, go_to_wanted, keep_wanted, listen, write};
use crate::ui::form_state::FormState;
use crate::ui::parts::{self, button, effect, focus_again, when_released};
use crate::ui::report;
use crate::ui::shown::{CellMark, Mark};
use crate::words::page;
use leptos::prelude::document;

/// A cell as it stands in the document.
struct Drawn {
    at: FieldIndex,
    key: String,
    kind: ColumnKind,
    /// A text area answers to the same few names.
    input: HtmlInputElement,
    /// The box of the table that it stands in.
    boxed: Element,
    /// The heading of its row, which shows that something in the row is wrong.
    heading: Option<Element>,
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
    /// It was kept from last year's filing, and nobody has looked at it yet.
    is_last_year: bool,
}

/// The sheets of the form, kept in step with the filing.
pub fn keep(form: FormState) {
    let Some(host) = parts::find("[data-part=sheets]").map(JsCast::unchecked_into::<HtmlElement>) else { return };
    listen(form, &host);
    let drawn = Rc::new(RefCell::new(Vec::new()));
    let mut before = None;
    effect(Box::new(move || {
        // The report's own part of the sheets is drawn by the second module, and comes when it comes.
        let report = if form.is_report_open() { ["+", &form.answer().report].concat() } else { String::new() };
        let shape = [form.shape().as_str(), form.say(page::OTHER_LANGUAGE), &report].concat();
        let marks = form.marks();
        let is_new = before.as_ref() != Some(&shape);
        before = Some(shape);
        let (host, drawn) = (host.clone(), drawn.clone());
        when_released(Box::new(move || {
            let drawn: &mut Vec<Drawn> = &mut drawn.borrow_mut();
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
        }));
    }));
}

fn draw(form: FormState, host: &HtmlElement) -> Vec<Drawn> {
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
            let kind = layout.field(field).column.kind;
            drawn.push(Drawn { at: field, key, kind, input, heading: heading(&boxed), boxed, state: None });
        }
        drawn
    })
}

/// The nearest heading before a box of a table.
fn heading(boxed: &Element) -> Option<Element> {
    let mut beside = boxed.previous_element_sibling();
    while let Some(element) = beside {
        if element.tag_name() == "TH" {
            return Some(element);
        }
        beside = element.previous_element_sibling();
    }
    None
}

/// Marks each row that has something to change or to verify, so that scrolling shows where.
fn mark_rows(drawn: &[Drawn]) {
    let mut cells = drawn.iter().peekable();
    while let Some(cell) = cells.next() {
        let mark_of = |cell: &Drawn| cell.state.as_ref().and_then(|state| state.mark.mark);
        let mut mark = mark_of(cell).unwrap_or(Mark::Related);
        while let Some(next) = cells.next_if(|next| next.heading == cell.heading) {
            mark = mark.min(mark_of(next).unwrap_or(Mark::Related));
        }
        let name = if mark <= Mark::Warning { mark.name() } else { "" };
        if let Some(heading) = &cell.heading
            && heading.get_attribute("data-row-mark").unwrap_or_default() != name
        {
            // Setting an attribute fails only under a name that is none.
            let _ = heading.set_attribute("data-row-mark", name);
        }
    }
}

/// Brings the cells up to date; those that stay as they are are not touched.
fn mend(form: FormState, drawn: &mut [Drawn], mut marks: Vec<CellMark>, focused: Option<&str>) {
    let bindings = bindings(form);
    for cell in drawn.iter_mut() {
        let row = cell.key.split('.').nth(1).unwrap_or_default();
        let state = CellState {
            text: form.peek_filing(|filing| filing.text(&cell.key).to_owned()),
            mark: marks.get_mut(cell.at.index()).map(std::mem::take).unwrap_or_default(),
            label: form.label(&cell.key),
            binding: bindings
                .iter()
                .find(|(id, _)| id == row && cell.kind == ColumnKind::Name)
                .map(|(_, bound)| *bound),
            is_last_year: form.peek_filing(|filing| filing.is_of_last_year(&cell.key)),
        };
        if cell.state.as_ref() != Some(&state) {
            cell.show(form, &state, focused == Some(cell.key.as_str()));
            cell.state = Some(state);
        }
    }
    mark_rows(drawn);
    mend_links(form, drawn);
}

/// Figures of other cells that stand in the sentences of the report.
fn mend_links(form: FormState, drawn: &[Drawn]) {
    let Ok(links) = document().query_selector_all(".report-editor [data-shows]") else { return };
    for at in 0..links.length() {
        let Some(link) = links.get(at) else { continue };
        let element = link.unchecked_ref::<Element>();
        let key = element.get_attribute("data-shows").unwrap_or_default();
        let state = drawn.iter().find(|cell| cell.key == key).and_then(|cell| cell.state.as_ref());
        let mark = state.and_then(|state| state.mark.mark).map_or("", Mark::name);
        // Setting an attribute fails only under a name that is none.
        let _ = element.set_attribute("data-mark", mark);
        let text = form.peek_filing(|filing| filing.text(&key).trim().to_owned());
        // A rate is followed by its sign in the sentence.
        let text = text.trim_end_matches(['%', '％']);
        // Read aloud, a figure alone says little, and a blank nothing.
        let name = [state.map_or("", |state| state.label.as_str()), " ", text].concat();
        let _ = element.set_attribute("aria-label", &name);
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
        set("aria-invalid", if mark.is_some_and(|mark| mark <= Mark::Error) { "true" } else { "false" });
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
        // A figure that is shown in its plain form needs no second one; (500) and 310300元 mean another than they show.
        if let Entry::Number(amount) = read_amount(&state.text, Measure::Money)
            && self.kind == ColumnKind::Money
            && (amount.converted_from.is_some()
                || (amount.value.is_sign_negative() && places_shown(&state.text, Measure::Money).is_none()))
        {
            let value = format_grouped(amount.value, amount.value.normalize().scale().max(2));
            let said = page::READ_AS.say(language, &[("value", value)]);
            helps += &element("small", &[("class", "help")], &escape(&said));
        }
        if state.is_last_year {
            helps += &button("help", "set-source", &self.key, page::OF_LAST_YEAR.in_language(language));
        }
        match state.binding {
            Some(false) => helps += &button("help", "bind", &self.key, page::BIND.in_language(language)),
            Some(true) => helps += &button("help", "unbind", &self.key, page::BOUND.in_language(language)),
            None => {}
        }
        helps
    }
}
