//! The list of findings: what is wrong, the evidence, what to do; each leads to its cells; warnings can be answered.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use crate::engine::edit::Edit;
use crate::engine::evaluation::Stage;
use crate::engine::finding::{AnswerState, Level};
use crate::render::{element, escape};
use crate::ui::about;
use crate::ui::form_state::FormState;
use crate::ui::parts::{self, Pieces, button, labelled, line};
use crate::ui::shown::Shown;
use crate::words::page;

/// Lists of more cells than this keep to the names in the sentence.
const MOST_LINKS: usize = 12;

/// The part of the page that has an item for each.
const LIST: &str = "finding-list";

/// The place of all findings that may be shown, errors first.
pub fn place(form: FormState, pieces: &mut Pieces) -> String {
    let inner = [
        pieces.place("", Box::new(move || head(form))),
        element("ol", &[("data-part", LIST)], ""),
        pieces.place("", Box::new(move || rest(form))),
    ];
    let sides = [
        about::tabs(form, pieces),
        element("div", &[("data-part", "findings")], &inner.concat()),
        element("div", &[("data-part", "about"), ("tabindex", "-1")], ""),
    ];
    element("aside", &[("class", "findings")], &sides.concat())
}

/// Keeps the list in step from now on.
pub fn keep(form: FormState) {
    parts::keep_list(LIST, Box::new(move || form.shown().iter().map(|finding| item(form, finding)).collect()));
}

fn head(form: FormState) -> String {
    let is_final = form.stage() == Stage::Final;
    let stage = form.say(if is_final { page::STAGE_FINAL } else { page::STAGE_DRAFT });
    let back = if is_final { labelled("link", "go-on-filling", form.say(page::GO_ON_FILLING)) } else { String::new() };
    let stage = element("p", &[("class", "stage")], &[&escape(stage), " ", &back].concat());
    line("h2", "", form.say(page::FINDINGS)) + &stage
}

/// What is said below the list: that there is none, and that some relations wait.
fn rest(form: FormState) -> String {
    let mut rest = String::new();
    if form.shown().is_empty() {
        let words = if form.stage() == Stage::Final { page::NO_FINDINGS_FINAL } else { page::NO_FINDINGS };
        rest += &line("p", "nothing", form.say(words));
    }
    let open = form.open_relations();
    if open > 0 {
        rest += &line("p", "open", &form.say_with(page::OPEN_RELATIONS, &[("count", open.to_string())]));
    }
    rest
}

fn item(form: FormState, finding: &Shown) -> String {
    let class = match finding.level {
        Level::Error => "finding is-error",
        Level::Warning => "finding is-warning",
        Level::Info => "finding is-info",
    };
    let level = [form.say(page::level(finding.level)), " ", &finding.code].concat();
    let first = finding.cells.first().map_or("", String::as_str);
    let what = [&line("span", "level", &level), " ", &escape(&finding.said.what)].concat();
    let mut item = button("what", "go-to", first, &what);
    item += &line("p", "evidence", &finding.said.evidence);
    item += &line("p", "todo", &finding.said.todo);
    item += &finding.html;
    // A card has its calculation in it; a list of places has one each, or none.
    if finding.html.is_empty() && finding.cells.len() > 1 && finding.places.len() < 2 {
        item += &button("link", "about", first, &escape(form.say(page::SHOW_CALCULATION)));
    }
    let places = &finding.places;
    if places.len() > 1 && places.len() <= MOST_LINKS {
        let links: String = places.iter().map(|(key, name)| button("link", "go-to", key, &escape(name))).collect();
        item += &element("p", &[("class", "links")], &links);
    }
    if finding.level == Level::Warning {
        item += &answer(form, finding);
    }
    element("li", &[("class", class), ("data-code", &finding.code), ("data-cell", first)], &item)
}

/// The 审核说明 of a warning: shown where there is one, written where there is none.
fn answer(form: FormState, finding: &Shown) -> String {
    let (mut class, mut state, mut written) = ("answer-state", String::new(), "");
    if let Some((text, answered)) = &finding.note {
        written = text;
        form.say(page::answer(*answered)).clone_into(&mut state);
        if *answered == AnswerState::ToConfirm {
            class = "answer-state to-confirm";
            state = [&state, " ", form.say(page::NOTE_STALE)].concat();
        }
    }
    let title = form.say(if written.is_empty() { page::WRITE_NOTE } else { page::NOTE });
    let state = element("span", &[("class", class), ("data-part", "answer-state")], &escape(&state));
    let inner = [
        element("summary", &[], &[&escape(title), " ", &state].concat()),
        element("textarea", &[("rows", "2"), ("aria-label", title)], &escape(written)),
        labelled("", "save-note", form.say(page::SAVE_NOTE)),
    ];
    let open = if written.is_empty() { "" } else { "open" };
    element("details", &[("class", "answer"), ("open", open)], &inner.concat())
}

/// Writes the 审核说明 of the finding that a button stands at.
pub fn save_note(form: FormState, button: &Element) {
    let Some(item) = button.closest("li").ok().flatten() else { return };
    let attribute = |name: &str| item.get_attribute(name).unwrap_or_default();
    let (code, first) = (attribute("data-code"), attribute("data-cell"));
    let shown = form.shown_now();
    let finding = shown.iter().find(|found| found.code == code && found.cells.first() == Some(&first));
    let written = item.query_selector("textarea").ok().flatten();
    if let (Some(finding), Some(written)) = (finding, written) {
        // A text area has all that is asked of an input here.
        let text = written.unchecked_ref::<HtmlInputElement>().value();
        // From now on this is what it was drawn with.
        written.set_text_content(Some(&text));
        form.act(form.peek_filing(|filing| Edit::note(filing, &finding.code, &finding.cells, &text)));
    }
}
