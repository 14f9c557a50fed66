//! The box that tells what a new filing takes from last year's, before it is begun.

use crate::engine::begin::Begun;
use crate::engine::layout::Layout;
use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::exchange::json;
use crate::render::html::{element, escape};
use crate::words::{Language, Words, begin as said};

/// What is told beside the counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    Filing,
    /// A filing whose file was changed by hand.
    ChangedFiling,
    /// A text in which a filing was recognised, and whether it states its year.
    Text {
        has_year: bool,
    },
}

/// What is kept, marked, carried over and cleared, in both languages, as the page may change its own while it shows it; a
/// button that begins the filing, which is in it, and one that closes the box.
pub fn begin_html(template: &Template, before: &Submission, begun: &Begun, (name, from): (&str, From)) -> String {
    let filing = json::write(&begun.submission);
    let year = begun.submission.year.to_string();
    let both = |name: &str, draw: &dyn Fn(Language) -> String| -> String {
        let languages = [(Language::Chinese, "zh-CN"), (Language::English, "en")];
        languages.iter().map(|(language, tag)| element(name, &[("lang", tag)], &draw(*language))).collect()
    };
    let label = |words: Words| both("span", &|language| escape(&words.say(language, &[("year", year.clone())])));
    let begin =
        [("type", "button"), ("class", "main"), ("data-action", "begin"), ("data-on", &year), ("data-text", &filing)];
    let close = [("type", "button"), ("data-action", "close-begin")];
    let buttons =
        element("button", &begin, &label(said::BEGIN)) + " " + &element("button", &close, &label(said::CLOSE));
    let told = both("div", &|language| told(template, before, begun, (name, from), language));
    element("div", &[("class", "begin"), ("data-part", "begin")], &(told + &element("p", &[], &buttons)))
}

fn told(
    template: &Template,
    before: &Submission,
    begun: &Begun,
    (name, from): (&str, From),
    language: Language,
) -> String {
    let spec = template.spec();
    let unit = spec.unit_name.as_ref().map_or("", |key| before.text(key)).trim();
    let unit = if unit.is_empty() { &spec.short } else { unit };
    let arguments = [
        ("name", name.to_owned()),
        ("last", before.year.to_string()),
        ("year", begun.submission.year.to_string()),
        ("unit", unit.to_owned()),
    ];
    let line = |element_name: &str, words: Words| element(element_name, &[], &escape(&words.say(language, &arguments)));
    let mut told = line("h2", said::TITLE) + &line("p", said::FROM);
    match from {
        From::Filing => {}
        From::ChangedFiling => told += &line("p", said::CHANGED),
        From::Text { has_year } => {
            told += &line("p", said::FROM_TEXT);
            if !has_year {
                told += &line("p", said::NO_YEAR);
            }
        }
    }
    let columns = spec.blocks.iter().flat_map(|block| &block.columns);
    let column = columns.into_iter().find(|column| column.last_year.is_some());
    let layout = Layout::of(template, &begun.submission);
    let heading = column.map(|column| layout.heading(&column.label)).unwrap_or_default();
    let lines = said::lines(&begun.counts, &heading, language);
    let lines: String = lines.iter().map(|line| element("li", &[], &escape(line))).collect();
    told += &element("ul", &[], &lines);
    if spec.scoring.is_some() && begun.counts.indicators == 0 {
        told += &line("p", said::NO_INDICATORS);
    }
    if column.is_some() && begun.counts.carried == 0 {
        told += &line("p", said::NO_FIGURES);
    }
    told
}
