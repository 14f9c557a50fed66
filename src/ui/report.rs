//! The report on the page: where it is filled, how it will look, and the texts that figures are taken from. The second
//! module draws all of it; here it is put into its place.

use leptos::prelude::*;

use crate::engine::submission::MATERIAL;
use crate::engine::template::Template;
use crate::engine::template::spec::Place;
use crate::render::{element, escape, open};
use crate::ui::form_state::FormState;
use crate::ui::parts::{labelled, line, part, piece};
use crate::ui::reader::Reading;
use crate::words::page;

/// What stands in the report's place among the sheets.
pub fn place(form: FormState) -> String {
    if !form.is_report_open_now() {
        return labelled("main", "open-report", page::OPEN_REPORT.in_language(form.language_now()));
    }
    let say = |words: crate::words::Words| words.in_language(form.language_now());
    let answer = form.answer_now();
    if answer.editor.is_empty() {
        return part("p", "report-waits", say(page::REPORT_WAITS));
    }
    let tools = [labelled("", "copy-report", say(page::COPY_REPORT)), labelled("", "print", say(page::PRINT))].concat();
    let summary = element("summary", &[], &escape(say(page::PREVIEW)));
    let preview = element("div", &[("class", "report-preview"), ("data-part", "preview")], &answer.preview);
    [
        element("div", &[("class", "report-tools")], &tools),
        element("div", &[("class", "report-editor")], &answer.editor),
        element("details", &[("class", "preview"), ("open", "open")], &(summary + &preview)),
    ]
    .concat()
}

/// Whether any cell of the report is filled.
pub fn is_begun(template: &Template, filing: &crate::engine::submission::Submission) -> bool {
    let blocks = template.spec().blocks.iter().filter(|block| block.place == Place::Prose);
    blocks.into_iter().any(|block| {
        let key = [&block.id, "."].concat();
        filing.cells.keys().any(|cell| cell.starts_with(&key))
    })
}

/// The box for a text that exists, and what was read in it.
pub fn material(form: FormState) -> AnyView {
    let class = move || if form.is_material_open() { "material" } else { "material is-closed" };
    view! {
        <section class=class data-part="material" aria-label=move || form.say(page::MATERIAL)>
            {piece("", Box::new(move || head(form)))}
            <textarea data-part="material-input" rows="7" spellcheck="false" placeholder=move || form.say(page::MATERIAL_HINT)></textarea>
            {piece("material-tools", Box::new(move || tools(form)))}
            {piece("", Box::new(move || found(form)))}
        </section>
    }
    .into_any()
}

fn head(form: FormState) -> String {
    line("h2", "", form.say(page::MATERIAL)) + &line("p", "", form.say(page::MATERIAL_ABOUT))
}

fn tools(form: FormState) -> String {
    let mut tools = labelled("main", "read-material", form.say(page::READ_MATERIAL));
    tools += &labelled("", "open-text", form.say(page::OPEN_TEXT));
    let picker =
        [("type", "file"), ("accept", ".txt,.html,.htm,text/plain"), ("hidden", "hidden"), ("data-part", "text-file")];
    tools += &open("input", &picker);
    if form.with_filing(|filing| filing.report.contains_key(MATERIAL)) {
        tools += &labelled("", "forget-material", form.say(page::FORGET_MATERIAL));
    }
    tools += &labelled("quiet", "close-material", form.say(page::CLOSE));
    match form.reading() {
        Reading::Idle => {}
        Reading::Asked => {
            tools += &element(
                "progress",
                &[("data-part", "reading-progress"), ("max", "1"), ("aria-label", form.say(page::READING))],
                "",
            );
            tools += &labelled("", "stop-reading", form.say(page::STOP));
        }
        Reading::Failed(reason) => {
            tools += &element(
                "span",
                &[("class", "is-problem"), ("role", "alert")],
                &escape(&form.say_with(page::READING_FAILED, &[("reason", reason)])),
            );
        }
    }
    tools
}

fn found(form: FormState) -> String {
    let answer = form.answer();
    if answer.summary.is_empty() || !form.is_material_open() {
        return String::new();
    }
    [part_html("material-summary", &answer.summary), part_html("material-text", &answer.material)].concat()
}

fn part_html(name: &str, inner: &str) -> String {
    element("div", &[("data-part", name), ("class", name)], inner)
}
