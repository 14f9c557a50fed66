//! A template as people write it: TOML, with every fault at its line.
//!
//! A reader of serde types stops at its first error. Here the faulty piece is noted, taken out, and the rest read
//! again, so that an author sees all faults at once.

use std::ops::Range;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use crate::engine::template::Template;
use crate::engine::template::fault::{Fault, Problem};
use crate::engine::template::spec::TemplateSpec;

/// More rounds than any file has faults worth listing.
const MOST_FAULTS: usize = 200;

/// Reads and compiles a template file.
pub fn read(text: &str) -> Result<Template, Vec<Fault>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors.iter().map(|error| at(text, error.span(), error.message())).collect());
    }
    let Read { spec, kept, mut faults, whole } = read_spec(text, table.clone());
    // With a block gone, names would seem unknown that are not; relations and rules are named by nothing.
    if let Some(spec) = spec.filter(|_| whole) {
        match Template::compile(spec, &canonical_json(text)) {
            Ok(template) if faults.is_empty() => return Ok(template),
            Ok(_) => {}
            Err(found) => {
                let placed = found.into_iter().map(|fault| with_line(fault, text, &kept));
                faults.extend(placed.map(|fault| as_written(fault, &kept, &table)));
            }
        }
    }
    faults.sort_by_key(|fault| fault.line);
    Err(faults)
}

/// The text as `build.rs` writes it for the page, so that both stamp a file alike.
fn canonical_json(text: &str) -> String {
    // The text was read before; should it fail after all, the empty text gives a hash that no other file has.
    toml::from_str::<toml::Table>(text).ok().and_then(|table| serde_json::to_string(&table).ok()).unwrap_or_default()
}

/// What can be read of a file.
struct Read<'t> {
    /// `None` where a fault stands in a piece that cannot be left out.
    spec: Option<TemplateSpec>,
    /// The table without its faulty pieces, from which the spec was read.
    kept: Spanned<DeTable<'t>>,
    faults: Vec<Fault>,
    /// Whether all blocks and sheets were kept.
    whole: bool,
}

fn read_spec<'t>(text: &str, mut table: Spanned<DeTable<'t>>) -> Read<'t> {
    let mut faults = Vec::new();
    let mut whole = true;
    while faults.len() < MOST_FAULTS {
        let error = match TemplateSpec::deserialize(table.clone().into_deserializer()) {
            Ok(spec) => return Read { spec: Some(spec), kept: table, faults, whole },
            Err(error) => error,
        };
        let span = error.span();
        let fault = at(text, span.clone(), error.message());
        // The second fault of one piece that is already gone would repeat the first.
        if faults.last() == Some(&fault) {
            break;
        }
        faults.push(fault);
        let Some(span) = span else { break };
        let unknown_key = error.message().starts_with("unknown field");
        if unknown_key && remove_key(table.get_mut(), &span) {
            continue;
        }
        match remove_item(table.get_mut(), &span) {
            Some(part) => whole &= matches!(part.as_str(), "relations" | "rules"),
            None => break,
        }
    }
    Read { spec: None, kept: table, faults, whole: false }
}

/// Takes the key that stands at this place out, at whatever depth.
fn remove_key(table: &mut DeTable<'_>, span: &Range<usize>) -> bool {
    let found = table.keys().find(|key| key.span() == *span).cloned();
    if let Some(key) = found {
        return table.remove(&key).is_some();
    }
    table.iter_mut().any(|(_, value)| remove_key_in(value.get_mut(), span))
}

fn remove_key_in(value: &mut DeValue<'_>, span: &Range<usize>) -> bool {
    match value {
        DeValue::Table(table) => remove_key(table, span),
        DeValue::Array(array) => array.iter_mut().any(|value| remove_key_in(value.get_mut(), span)),
        _ => false,
    }
}

/// Takes the item of a top-level list out that holds this place, and names the list.
fn remove_item(table: &mut DeTable<'_>, span: &Range<usize>) -> Option<String> {
    for (key, value) in table.iter_mut() {
        let DeValue::Array(array) = value.get_mut() else { continue };
        // An item that begins with [[header]] has its keys behind its own span; the last item that starts before counts.
        let starts_before = |item: &Spanned<DeValue<'_>>| item.span().start <= span.start;
        let holds = |item: &Spanned<DeValue<'_>>| starts_before(item) && reach(item) >= span.end;
        if let Some(index) = array.iter().rposition(holds) {
            let mut kept = DeArray::new();
            array.iter().enumerate().filter(|(at, _)| *at != index).for_each(|(_, item)| kept.push(item.clone()));
            *array = kept;
            return Some(key.get_ref().to_string());
        }
    }
    None
}

/// The end of the last thing inside a value.
fn reach(value: &Spanned<DeValue<'_>>) -> usize {
    let inside = match value.get_ref() {
        DeValue::Table(table) => table.iter().map(|(key, value)| key.span().end.max(reach(value))).max(),
        DeValue::Array(array) => array.iter().map(reach).max(),
        _ => None,
    };
    inside.unwrap_or(0).max(value.span().end)
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
    let mut span = None;
    let mut current: Option<&DeValue<'_>> = None;
    for step in fault.path.split('.') {
        let (name, indices) = step.split_once('[').map_or((step, ""), |(name, rest)| (name, rest));
        let inside = match current {
            None => table.get_ref().get(name),
            Some(value) => value.get(name),
        };
        let Some(mut value) = inside else { break };
        for index in indices.split(['[', ']']).filter_map(|digits| digits.parse::<usize>().ok()) {
            match value.get_ref().get(index) {
                Some(item) => value = item,
                None => break,
            }
        }
        span = Some(value.span());
        current = Some(value.get_ref());
    }
    match span {
        // A formula shows itself with its own caret; only its line is added.
        Some(span) if matches!(fault.problem, Problem::Formula { .. }) => {
            Fault { excerpt: None, ..placed(fault, text, span) }
        }
        Some(span) => placed(fault, text, span),
        None => fault,
    }
}

/// The path of a fault by the places of the file as written: faulty pieces before it were left out when it was found.
fn as_written(fault: Fault, kept: &Spanned<DeTable<'_>>, written: &Spanned<DeTable<'_>>) -> Fault {
    let numbered = || {
        let (list, rest) = fault.path.split_once('[')?;
        let (index, rest) = rest.split_once(']')?;
        let items = |table: &Spanned<DeTable<'_>>| -> Option<Vec<Range<usize>>> {
            let DeValue::Array(items) = table.get_ref().get(list)?.get_ref() else { return None };
            Some(items.iter().map(Spanned::span).collect())
        };
        let span = items(kept)?.get(index.parse::<usize>().ok()?)?.clone();
        let index = items(written)?.iter().position(|item| *item == span)?;
        Some(format!("{list}[{index}]{rest}"))
    };
    let path = numbered().unwrap_or_else(|| fault.path.clone());
    Fault { path, ..fault }
}
