//! Printing: the sheets as they are filed, drawn for paper beside the page when the browser is about to print.

use leptos::prelude::*;

use crate::render::{Medium, element, render_html};
use crate::ui::events::on;
use crate::ui::form_state::FormState;
use crate::ui::report;

/// Puts the sheets on paper whenever the browser prints, by our button, its own menu or Ctrl+P.
pub fn listen(form: FormState) {
    on(&window(), "beforeprint", move |_| lay_out(form));
    on(&window(), "afterprint", move |_| {
        if let Ok(Some(paper)) = document().query_selector(".paper") {
            paper.remove();
        }
    });
}

fn lay_out(form: FormState) {
    let (Some(body), Ok(paper)) = (document().body(), document().create_element("div")) else { return };
    paper.set_class_name("paper");
    let sheets = form.peek_layout(|layout| render_html(layout, Medium::Paper));
    // The report first, as it is filed, where it was begun.
    let is_begun = form.peek_filing(|filing| report::is_begun(&form.template_now(), filing));
    let report = match form.answer_now().paper.as_str() {
        report if is_begun && !report.is_empty() => element("div", &[("class", "sheet report-print")], report),
        _ => String::new(),
    };
    paper.set_inner_html(&(report + &sheets));
    // Appending fails only below the element itself.
    let _ = body.append_child(&paper);
}
