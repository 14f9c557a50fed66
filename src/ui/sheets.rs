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
use crate::ui::parts::{self, all, button, effect, focus_again, when_released};
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
    /// The heading of its row, which shows that something in the row is wrong.
    heading: Option<Element>,
    /// Places in the sentences of the report that show its figure.
    links: Vec<Element>,
    /// What it was last told to show; nothing yet where it was just drawn.
    state: CellState,
    is_new: bool,
    /// How it was last drawn, in the order of [`Drawn::show`].
    looks: [String; 6],
    /// The sign that it last gave to the heading of its row.
    sign: &'static str,
}

/// Everything that can change about a cell between two drawings.
#[derive(Default)]
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
        let links = all(host, ".report-editor [data-shows]");
        let mut drawn = Vec::new();
        for input in all(host, "[data-key]") {
            let key = input.get_attribute("data-key").unwrap_or_default();
            let Some(field) = layout.find(&key) else { continue };
            let Some(boxed) = input.closest("td, th, .field").ok().flatten() else { continue };
            let is_of_it = |link: &&Element| link.get_attribute("data-shows").as_ref() == Some(&key);
            drawn.push(Drawn {
                at: field,
                kind: layout.field(field).column.kind,
                // A text area answers to the same few names.
                input: input.unchecked_into(),
                heading: heading(&boxed),
                boxed,
                links: links.iter().filter(is_of_it).cloned().collect(),
                state: CellState::default(),
                is_new: true,
                looks: Default::default(),
                sign: "",
                key,
            });
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
fn mark_rows(drawn: &mut [Drawn]) {
    let mark_of = |cell: &Drawn| cell.state.mark.mark;
    for row in drawn.chunk_by_mut(|cell, next| cell.heading == next.heading) {
        let mark = row.iter().filter_map(mark_of).min().filter(|mark| *mark <= Mark::Warning);
        let sign = mark.map_or("", Mark::name);
        if let Some(first) = row.first_mut().filter(|first| first.sign != sign) {
            first.sign = sign;
            // Setting an attribute fails only under a name that is none.
            first.heading.as_ref().inspect(|heading| drop(heading.set_attribute("data-row-mark", sign)));
        }
    }
}

/// Brings the cells up to date; those that stay as they are are not touched.
fn mend(form: FormState, drawn: &mut [Drawn], mut marks: Vec<CellMark>, focused: Option<&str>) {
    let (bindings, names) = (bindings(form), form.names());
    let mut is_any_changed = false;
    form.peek_filing(|filing| {
        for cell in drawn.iter_mut() {
            let row = cell.key.split('.').nth(1).unwrap_or_default();
            let is_its = |(id, _): &&(String, bool)| id == row && cell.kind == ColumnKind::Name;
            let binding = bindings.iter().find(is_its).map(|(_, bound)| *bound);
            let mark = marks.get_mut(cell.at.index()).map(std::mem::take).unwrap_or_default();
            let state = &mut cell.state;
            let is_changed = std::mem::take(&mut cell.is_new)
                | renew_text(&mut state.text, filing.text(&cell.key))
                | renew_text(&mut state.label, names.cells.get(&cell.key).map_or("", String::as_str))
                | renew(&mut state.mark, mark)
                | renew(&mut state.binding, binding)
                | renew(&mut state.is_last_year, filing.is_of_last_year(&cell.key));
            if is_changed {
                cell.show(form, focused == Some(cell.key.as_str()));
                is_any_changed = true;
            }
        }
    });
    if is_any_changed {
        mark_rows(drawn);
    }
}

/// Puts what is now in the place of what was; tells whether they differ.
fn renew<T: PartialEq>(before: &mut T, now: T) -> bool {
    let is_new = *before != now;
    *before = now;
    is_new
}

/// The same for a text, which is copied only where it differs.
fn renew_text(before: &mut String, now: &str) -> bool {
    let is_new = before != now;
    if is_new {
        now.clone_into(before);
    }
    is_new
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
    /// Draws what has changed; whatever is written anew has to be laid out anew.
    fn show(&mut self, form: FormState, has_caret: bool) {
        let state = &self.state;
        let measure = self.kind.measure();
        match measure.filter(|_| !has_caret) {
            Some(measure) => write(&self.input, &shown(&state.text, measure)),
            None => write(&self.input, &state.text),
        };
        let looks = if measure.is_some() { "cell is-figure " } else { "cell " };
        let point = measure.map_or("", |measure| point_class(&state.text, measure));
        let mark = state.mark.mark;
        // Where the score is what the rules give, how they give it is still there to be read.
        let formula = state.mark.measured.as_ref().map_or("", |measured| &measured.formula);
        let now = [
            [looks, point].concat(),
            mark.map_or("", Mark::name).to_owned(),
            state.label.clone(),
            if state.mark.says.is_empty() { formula } else { &state.mark.says }.to_owned(),
            if mark.is_some_and(|mark| mark <= Mark::Error) { "true" } else { "false" }.to_owned(),
            self.helps_html(form),
        ];
        let names = ["class", "data-mark", "aria-label", "title", "aria-invalid", ""];
        for ((name, now), before) in names.iter().zip(&now).zip(&self.looks) {
            if now != before {
                // The style sheet draws the whole box of the table by its mark.
                let on: &Element = if *name == "data-mark" { &self.boxed } else { &self.input };
                match *name {
                    "" => drop(self.helps().inspect(|helps| helps.set_inner_html(now))),
                    // Setting an attribute fails only under a name that is none.
                    name => drop(on.set_attribute(name, now)),
                }
            }
        }
        for link in &self.links {
            let _ = link.set_attribute("data-mark", &now[1]);
            // A rate is followed by its sign in the sentence.
            let text = state.text.trim().trim_end_matches(['%', '％']);
            // Read aloud, a figure alone says little, and a blank nothing.
            let _ = link.set_attribute("aria-label", &[&state.label, " ", text].concat());
            link.set_text_content(Some(text));
        }
        self.looks = now;
    }

    /// The place for helps, behind the input or the box around it.
    fn helps(&self) -> Option<web_sys::Element> {
        let around = if self.kind.measure().is_some() { None } else { self.input.parent_element() };
        let before: &web_sys::Element = around.as_ref().unwrap_or(&self.input);
        before.next_element_sibling().filter(|next| next.class_name() == "helps")
    }

    /// What stands beside a figure: a value to accept, the score by the rules, the value taken for another unit.
    fn helps_html(&self, form: FormState) -> String {
        let state = &self.state;
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
