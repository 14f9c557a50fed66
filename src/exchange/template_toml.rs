//! A template as people write it: TOML, with every fault at its line.
//!
//! The tree is read twice: as values, by the reader that reads JSON too, and with its spans, in which the path of each
//! fault finds its line.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::engine::template::Template;
use crate::engine::template::fault::{Fault, Problem};
use crate::engine::tree::Mismatch;

/// Reads and compiles a template file.
pub fn read(text: &str) -> Result<Template, Vec<Fault>> {
    let (spanned, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors.iter().map(|error| at(text, error.span(), error.message())).collect());
    }
    // What the grammar lets pass: a number too large, a date that is none.
    let table: toml::Table = toml::from_str(text).map_err(|error| vec![at(text, error.span(), error.message())])?;
    let json = |error: serde_json::Error| vec![at(text, None, &error.to_string())];
    // The text as `build.rs` writes it for the page, so that both stamp a file alike.
    let canonical = serde_json::to_string(&table).map_err(json)?;
    Template::from_json(&canonical).map_err(|faults| {
        let mut faults: Vec<Fault> = faults.into_iter().map(|fault| with_line(fault, text, &spanned)).collect();
        faults.sort_by_key(|fault| fault.line);
        faults
    })
}

fn at(text: &str, span: Option<Range<usize>>, message: &str) -> Fault {
    let fault = Fault::new("", Problem::Syntax(message.to_owned()));
    match span {
        Some(span) => placed(fault, text, span),
        None => fault,
    }
}

/// Gives a fault its line and the line's text with carets under the place.
fn placed(fault: Fault, text: &str, span: Range<usize>) -> Fault {
    let start = span.start.min(text.len());
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[..start].matches('\n').count() + 1;
    let line_text = text[line_start..].lines().next().unwrap_or_default();
    let before = text[line_start..start].chars().map(width).sum::<usize>();
    let marked_end = span.end.clamp(start, line_start + line_text.len().max(start - line_start));
    let carets = text.get(start..marked_end).map_or(1, |marked| marked.chars().map(width).sum::<usize>().max(1));
    let excerpt = format!("    {line_text}\n    {}{}", " ".repeat(before), "^".repeat(carets));
    Fault { line: Some(line), excerpt: Some(excerpt), ..fault }
}

/// Columns that a character takes on a terminal: Chinese takes two.
fn width(character: char) -> usize {
    if character > '\u{2e80}' { 2 } else { 1 }
}

/// Finds the line of a path such as `relations[2].formula`, or of the deepest part of it that exists.
fn with_line(fault: Fault, text: &str, table: &Spanned<DeTable<'_>>) -> Fault {
    let span = match &fault.problem {
        Problem::Shape(Mismatch::UnknownKey { name, .. }) => {
            let above = fault.path.strip_suffix(name.as_str()).unwrap_or(&fault.path);
            let Place { span, inside } = place_of(above.strip_suffix('.').unwrap_or(above), table);
            inside.and_then(|inside| inside.get_key_value(name.as_str())).map_or(span, |(key, _)| key.span())
        }
        _ => place_of(&fault.path, table).span,
    };
    match fault.problem {
        // A formula shows itself with its own caret; only its line is added.
        Problem::Formula { .. } => Fault { excerpt: None, ..placed(fault, text, span) },
        _ => placed(fault, text, span),
    }
}

/// A place in the file.
struct Place<'t> {
    span: Range<usize>,
    /// The table that stands there, if it is one.
    inside: Option<&'t DeTable<'t>>,
}

fn place_of<'t>(path: &str, table: &'t Spanned<DeTable<'t>>) -> Place<'t> {
    let mut place = Place { span: table.span(), inside: Some(table.get_ref()) };
    for step in path.split('.') {
        let (name, indices) = step.split_once('[').map_or((step, ""), |(name, rest)| (name, rest));
        let Some(mut value) = place.inside.and_then(|inside| inside.get(name)) else { break };
        for index in indices.split(['[', ']']).filter_map(|digits| digits.parse::<usize>().ok()) {
            match value.get_ref().get(index) {
                Some(item) => value = item,
                None => break,
            }
        }
        let inside = if let DeValue::Table(table) = value.get_ref() { Some(table) } else { None };
        place = Place { span: value.span(), inside };
    }
    place
}
