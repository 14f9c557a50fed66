//! Printing: the sheets as they are filed, drawn for paper beside the page when the browser is about to print.

use std::cell::Cell;

use crate::render::{Medium, element, render_html};
use crate::ui::events::on;
use crate::ui::form_state::FormState;
use crate::ui::parts::{find, line};
use crate::ui::{report, saving};
use leptos::prelude::{document, window};

thread_local! {
    /// The part of the page that is printed in place of the sheets, as it stands there.
    static PART: Cell<&'static str> = const { Cell::new("") };
}

/// Puts the sheets on paper whenever the browser prints, by our button, its own menu or Ctrl+P.
pub fn listen(form: FormState) {
    on(&window(), "beforeprint", move |_| lay_out(form));
    on(&window(), "afterprint", move |_| {
        PART.set("");
        if let Some(paper) = find(".paper") {
            paper.remove();
        }
    });
}

/// Prints a part of the page: the list of findings, to be worked through on paper, or the pictures.
pub fn part(part: &'static str) {
    PART.set(part);
    // A browser that cannot print has no use for the button.
    let _ = window().print();
}

fn lay_out(form: FormState) {
    let (Some(body), Ok(paper)) = (document().body(), document().create_element("div")) else { return };
    paper.set_class_name("paper");
    let content = if PART.get().is_empty() { filing(form) } else { as_it_stands(form) };
    paper.set_inner_html(&content);
    // Appending fails only below the element itself.
    let _ = body.append_child(&paper);
}

fn as_it_stands(form: FormState) -> String {
    let list = find(&["[data-part=", PART.get(), "]"].concat()).map(|list| list.inner_html()).unwrap_or_default();
    let title = form.peek_filing(|filing| saving::title(&form.template_now(), filing));
    element("div", &[("class", "sheet findings-print")], &(line("p", "", &title) + &list))
}

fn filing(form: FormState) -> String {
    let sheets = form.peek_layout(|layout| render_html(layout, Medium::Paper));
    // The report first, as it is filed, where it was begun.
    let is_begun = form.peek_filing(|filing| report::is_begun(&form.template_now(), filing));
    let report = match form.answer_now().paper.as_str() {
        report if is_begun && !report.is_empty() => element("div", &[("class", "sheet report-print")], report),
        _ => String::new(),
    };
    report + &sheets
}
