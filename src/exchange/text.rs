//! A text that was pasted or opened, as a filing: what the reader finds in it without doubt, entered into a blank form; and a
//! filing as such a text.

use crate::engine::layout::Layout;
use crate::engine::reading::{self, Certainty, Reading};
use crate::engine::report::{self, Blanks, plain_text};
use crate::engine::submission::{MATERIAL, Submission};
use crate::engine::template::Template;
use crate::exchange::html_text;
use crate::exchange::json::LARGEST;
use crate::render::{Medium, render_html};

/// Why a text cannot be read as a filing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Above [`LARGEST`] bytes.
    TooLarge { bytes: usize },
    /// No figure of the form is found in it.
    NoFigure,
}

/// Reads a text as a filing of this template, which keeps it as its material: the places of the reading are bytes of that.
/// Of HTML only the text is read and kept.
pub fn read(template: &Template, text: &str) -> Result<(Submission, Reading), Refusal> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > LARGEST {
        return Err(Refusal::TooLarge { bytes: text.len() });
    }
    let text = if html_text::is_html(text) { html_text::text_of(text) } else { text.to_owned() };
    let mut submission = Submission::blank(template, "text");
    let reading = reading::read(&Layout::of(template, &submission), &text);
    if figures(&reading) == 0 {
        return Err(Refusal::NoFigure);
    }
    submission.year = reading.year.unwrap_or(submission.year);
    let chosen = certain(&reading);
    reading::adopt(template, &mut submission, &reading, &chosen).apply(&mut submission);
    submission.report.insert(MATERIAL.to_owned(), text);
    Ok((submission, reading))
}

/// Reads a text as a filing of that template of which it states the most figures; of equals, the last.
pub fn read_any<'t>(
    templates: impl IntoIterator<Item = &'t Template>,
    text: &str,
) -> Result<(&'t Template, Submission, Reading), Refusal> {
    let mut best = Err(Refusal::NoFigure);
    let mut most = 0;
    for template in templates {
        match read(template, text) {
            Ok((submission, reading)) if figures(&reading) >= most => {
                most = figures(&reading);
                best = Ok((template, submission, reading));
            }
            Err(refusal) if best.is_err() => best = Err(refusal),
            _ => {}
        }
    }
    best
}

/// Writes a filing as a text that [`read`] reads: the report, then the tables with a cell a tab.
pub fn write(layout: &Layout<'_>) -> String {
    let report = plain_text(&report::write(layout, Blanks::Dropped));
    let tables = html_text::text_of(&render_html(layout, Medium::Paper));
    [report.trim(), tables.trim()].join("\n\n").trim_start().to_owned() + "\n"
}

/// How many places of the text state figures of the form.
fn figures(reading: &Reading) -> usize {
    reading.links.iter().filter(|link| link.value.is_some()).count()
}

/// The links that may mean but one cell, the tables first and the report last: where several state a figure, the form has
/// that of the table.
fn certain(reading: &Reading) -> Vec<usize> {
    let is_certain = |at: &usize| reading.links[*at].certainty != Certainty::Ambiguous;
    let mut chosen: Vec<usize> = (0..reading.links.len()).filter(is_certain).collect();
    chosen.sort_by_key(|at| reading.links[*at].from);
    chosen
}
