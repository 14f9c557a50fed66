//! The report and the box for texts on the page: the second module draws both, here they are put into their places.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::engine::template::spec::Place;
use crate::ui::form_state::FormState;
use crate::ui::parts::{effect, find, labelled, part};
use crate::ui::reader::Reading;
use crate::words::page;

/// What stands in the report's place among the sheets.
pub fn place(form: FormState) -> String {
    if !form.is_report_open_now() {
        return labelled("main", "open-report", page::OPEN_REPORT.in_language(form.language_now()));
    }
    let report = &form.answer_now().report;
    if report.is_empty() {
        part("p", "report-waits", page::WAIT.in_language(form.language_now()))
    } else {
        report.clone()
    }
}

/// Whether any cell of the report is filled.
pub fn is_begun(template: &Template, filing: &Submission) -> bool {
    template.spec().blocks.iter().filter(|block| block.place == Place::Prose).any(|block| {
        let key = [&block.id, "."].concat();
        filing.cells.keys().any(|cell| cell.starts_with(&key))
    })
}

/// Keeps the box for texts in step. What is typed into it stays: its frame is written once a language.
pub fn listen(form: FormState) {
    let (mut before, mut found_before) = (String::new(), String::new());
    effect(Box::new(move || {
        let (answer, is_open, reading) = (form.answer(), form.is_material_open(), form.reading());
        let Some(place) = find("[data-part=material]") else { return };
        let (state, why) = match &reading {
            _ if !is_open => ("closed", ""),
            Reading::Idle => ("idle", ""),
            Reading::Asked => ("asked", ""),
            Reading::Failed(why) => ("failed", why.as_str()),
        };
        // Setting an attribute fails only under a name that is none.
        let _ = place.set_attribute("data-state", state);
        let frame =
            if answer.frame.is_empty() { part("p", "waits", form.say(page::WAIT)) } else { answer.frame.clone() };
        if frame != before {
            place.set_inner_html(&frame);
            before = frame;
            found_before.clear();
        }
        // Cards that are open stay open while nothing has changed.
        if found_before != answer.found {
            find("[data-part=material-found]").inspect(|part| part.set_inner_html(&answer.found));
            found_before.clone_from(&answer.found);
        }
        let problem = find("[data-part=reading-problem]").and_then(|part| part.dyn_into::<HtmlElement>().ok());
        problem.inspect(|problem| problem.set_text_content(Some(why)));
        find("[data-part=preview]").inspect(|part| part.set_inner_html(&answer.preview));
    }));
}
