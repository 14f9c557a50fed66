//! The report and the box for texts on the page: the second module draws both, here they are put into their places.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

pub use crate::engine::report::is_begun;
use crate::engine::submission::{MATERIAL, Submission};
use crate::ui::form_state::FormState;
use crate::ui::parts::{effect, find, labelled, part, when_released};
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

/// Puts the preview into its place, which is empty where the report was just drawn.
pub fn show_preview(preview: &str) {
    find("[data-part=preview]").inspect(|place| place.set_inner_html(preview));
}

/// The box's text area, once its frame was drawn.
pub fn input() -> Option<HtmlInputElement> {
    // A text area has all that is asked of an input here.
    find("[data-part=material-input]").map(JsCast::unchecked_into)
}

/// Keeps the box for texts in step. What is typed into it stays: its frame is written once a language.
pub fn listen(form: FormState) {
    let (mut before, mut found, mut preview) = Default::default();
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
        // Compared as they were written: what a browser gives back of them differs, and cards were opened meanwhile.
        let is_news = |before: &mut String, now: &str| {
            let is_news = before != now;
            if is_news {
                now.clone_into(before);
            }
            is_news
        };
        let (is_new_frame, is_new_preview) = (is_news(&mut before, &frame), is_news(&mut preview, &answer.preview));
        let is_new_found = is_news(&mut found, &answer.found) || is_new_frame;
        when_released(Box::new(move || {
            if is_new_frame {
                let typed = input().map(|input| input.value());
                let kept = || form.peek_filing(|filing| filing.report.get(MATERIAL).cloned().unwrap_or_default());
                place.set_inner_html(&frame);
                input().inspect(|input| input.set_value(&typed.unwrap_or_else(kept)));
            }
            find("[data-part=material-last-year]").inspect(|mark| {
                let is_marked = form.peek_filing(Submission::has_material_of_last_year);
                mark.unchecked_ref::<HtmlInputElement>().set_checked(is_marked);
            });
            let places = if is_new_found { find("[data-part=material-found]") } else { None };
            places.inspect(|place| {
                let top = find(".material-text").map(|text| text.scroll_top());
                place.set_inner_html(&answer.found);
                // Whoever reads in the text goes on where they were.
                find(".material-text").inspect(|text| text.set_scroll_top(top.unwrap_or_default()));
            });
            if is_new_preview {
                show_preview(&answer.preview);
            }
        }));
        find("[data-part=reading-problem]").inspect(|problem| problem.set_text_content(Some(why)));
    }));
}
