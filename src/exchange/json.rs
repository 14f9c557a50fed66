//! A submission as a JSON file: written whole, read with care.
//!
//! A file is refused with one clear reason, or taken whole; nothing is dropped or mended on the way in.

mod write;

use std::collections::BTreeMap;

use crate::engine::layout::Layout;
pub use crate::engine::submission::MOST_ROWS;
use crate::engine::submission::{self, AddedRow, Note, Submission, TemplateStamp};
use crate::engine::template::Template;
use crate::engine::tree::{self, Misfits, Mismatch, Table, Value};
use crate::exchange::json::write::Writer;

/// Larger than any filing by far; a file above this is something else.
pub const LARGEST: usize = 4 * 1024 * 1024;

/// Far more rows than a filing has ever had added; the counter never comes near its end.
const LAST_ROW: u32 = 1_000_000_000;

/// Why a file cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Above [`LARGEST`] bytes.
    TooLarge {
        bytes: usize,
    },
    /// No JSON. The place, from 1.
    Broken {
        line: usize,
        column: usize,
    },
    /// JSON, but no submission of this program.
    NotASubmission,
    /// Written by a later program.
    LaterVersion {
        found: u64,
    },
    /// A filing of another form.
    OtherTemplate {
        found: String,
    },
    /// A filing of another edition of this form.
    OtherEdition {
        found: String,
    },
    /// A field that this version does not know; it would be lost.
    UnknownField {
        name: String,
    },
    /// A cell or group that the form does not have.
    UnknownCell {
        key: String,
    },
    /// Two rows share an id, or an id is above the counter.
    RowIds {
        id: String,
    },
    TooManyRows {
        rows: usize,
    },
    /// A field is missing or of another type. Its path and the reader's words, for support.
    Malformed {
        detail: String,
    },
}

/// Reads a submission of this template.
pub fn read(text: &str, template: &Template) -> Result<Submission, Refusal> {
    let mut submission = read_any(text)?;
    belongs(&submission, template)?;
    // An empty text is a blank cell and an empty list a group without rows: absent, as edits leave them.
    submission.cells.retain(|_, text| !text.is_empty());
    submission.groups.retain(|_, rows| !rows.is_empty());
    Ok(submission)
}

/// The text of a file's bytes; anything but UTF-8 is damaged.
pub fn text_of(bytes: Vec<u8>) -> Result<String, Refusal> {
    if bytes.len() > LARGEST {
        return Err(Refusal::TooLarge { bytes: bytes.len() });
    }
    String::from_utf8(bytes).map_err(|error| {
        let sound = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = sound.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = sound.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
        Refusal::Broken { line, column }
    })
}

/// Which template a file names, without opening it.
pub fn template_of(text: &str) -> Option<String> {
    let tree = tree::parse(text).ok()?;
    Some(tree.get("template")?.get("id")?.as_str()?.to_owned())
}

/// Writes a submission, one line a field, keys in order, so that two versions can be compared as text.
pub fn write(submission: &Submission) -> String {
    // Every field by its name, so that none is forgotten.
    let Submission {
        format,
        version,
        program,
        template: TemplateStamp { id, version: edition, hash },
        draft_id,
        year,
        level,
        cells,
        groups,
        next_row,
        report,
        notes,
        provenance,
    } = submission;
    let mut out = Writer::default();
    out.open('{');
    out.text_field("format", format);
    out.number_field("version", version);
    out.text_field("program", program);
    out.field("template");
    out.open('{');
    out.text_field("id", id);
    out.text_field("version", edition);
    out.text_field("hash", hash);
    out.close('}');
    out.text_field("draft_id", draft_id);
    out.number_field("year", year);
    out.text_field("level", level);
    out.map_field("cells", cells);
    out.field("groups");
    out.open('{');
    for (group, rows) in groups {
        out.list_field(group, rows, write_row);
    }
    out.close('}');
    out.number_field("next_row", next_row);
    out.map_field("report", report);
    out.list_field("notes", notes, write_note);
    out.map_field("provenance", provenance);
    out.close('}');
    out.finish()
}

fn write_row(out: &mut Writer, AddedRow { id, bound }: &AddedRow) {
    out.open('{');
    out.text_field("id", id);
    if let Some(code) = bound {
        out.text_field("bound", code);
    }
    out.close('}');
}

fn write_note(out: &mut Writer, Note { code, cells, values, text }: &Note) {
    let write_text = |out: &mut Writer, text: &String| out.text(text);
    out.open('{');
    out.text_field("code", code);
    out.list_field("cells", cells, write_text);
    out.list_field("values", values, write_text);
    out.text_field("text", text);
    out.close('}');
}

/// Writes a text, in quotes.
pub fn quoted(text: &str) -> String {
    let mut out = Writer::default();
    out.text(text);
    out.finish()
}

/// Reads a submission of any template; [`belongs`] is still to be asked.
pub fn read_any(text: &str) -> Result<Submission, Refusal> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > LARGEST {
        return Err(Refusal::TooLarge { bytes: text.len() });
    }
    let tree = tree::parse(text).map_err(|at| Refusal::Broken { line: at.line, column: at.column })?;
    read_tree(&tree)
}

/// Reads a submission of any template that stands in a tree; [`belongs`] is still to be asked.
pub fn read_tree(tree: &Value) -> Result<Submission, Refusal> {
    if tree.get("format").and_then(Value::as_str) != Some(submission::FORMAT) {
        return Err(Refusal::NotASubmission);
    }
    match tree.get("version").and_then(Value::as_i64).and_then(|version| version.try_into().ok()) {
        Some(version) if version == u64::from(submission::FORMAT_VERSION) => {}
        Some(found) => return Err(Refusal::LaterVersion { found }),
        None => return Err(Refusal::NotASubmission),
    }
    let mut misfits = Misfits::default();
    let submission = tree::read(tree, &mut misfits, submission);
    match misfits.found.into_iter().next() {
        None => Ok(submission),
        Some(misfit) => Err(match misfit.mismatch {
            Mismatch::UnknownKey { name, .. } => Refusal::UnknownField { name },
            _ => Refusal::Malformed { detail: misfit.to_string() },
        }),
    }
}

fn submission(table: &mut Table<'_>) -> Submission {
    Submission {
        format: table.text("format"),
        version: table.integer("version", u32::MIN, u32::MAX),
        program: table.text("program"),
        template: table.table("template", stamp),
        draft_id: table.text("draft_id"),
        year: table.integer("year", i32::MIN, i32::MAX),
        level: table.text("level"),
        cells: table.text_map("cells"),
        groups: table.table("groups", groups),
        next_row: table.integer("next_row", u32::MIN, u32::MAX),
        report: table.optional_text_map("report"),
        notes: table.optional_list("notes", note),
        provenance: table.optional_text_map("provenance"),
    }
}

fn stamp(table: &mut Table<'_>) -> TemplateStamp {
    TemplateStamp { id: table.text("id"), version: table.text("version"), hash: table.text("hash") }
}

fn groups(table: &mut Table<'_>) -> BTreeMap<String, Vec<AddedRow>> {
    let mut groups = BTreeMap::new();
    for key in table.keys() {
        groups.insert(key.clone(), table.list(key, added_row));
    }
    groups
}

fn added_row(table: &mut Table<'_>) -> AddedRow {
    AddedRow { id: table.text("id"), bound: table.optional_text("bound") }
}

fn note(table: &mut Table<'_>) -> Note {
    Note {
        code: table.text("code"),
        cells: table.texts("cells"),
        values: table.texts("values"),
        text: table.text("text"),
    }
}

/// Whether a submission is one of this template, with nothing that the form does not have.
pub fn belongs(submission: &Submission, template: &Template) -> Result<(), Refusal> {
    let stamp = template.stamp();
    if submission.template.id != stamp.id {
        return Err(Refusal::OtherTemplate { found: submission.template.id.clone() });
    }
    if submission.template.version != stamp.version {
        return Err(Refusal::OtherEdition { found: submission.template.version.clone() });
    }
    rows_are_sound(submission, template)?;
    let layout = Layout::of(template, submission);
    match submission.cells.keys().find(|key| layout.find(key).is_none()) {
        Some(key) => Err(Refusal::UnknownCell { key: key.clone() }),
        None => Ok(()),
    }
}

fn rows_are_sound(submission: &Submission, template: &Template) -> Result<(), Refusal> {
    if let Some(group) = submission.groups.keys().find(|group| template.group(group).is_none()) {
        return Err(Refusal::UnknownCell { key: group.clone() });
    }
    let rows = submission.groups.values().map(Vec::len).sum();
    if rows > MOST_ROWS {
        return Err(Refusal::TooManyRows { rows });
    }
    if submission.next_row > LAST_ROW {
        return Err(Refusal::RowIds { id: format!("r{}", submission.next_row) });
    }
    let mut seen: Vec<u32> = Vec::new();
    for row in submission.groups.values().flatten() {
        let number: Option<u32> = row.id.strip_prefix('r').and_then(|digits| digits.parse().ok());
        // `r07` would be another key than `r7`, and the counter gives out neither.
        let given_out = number.filter(|number| *number < submission.next_row && row.id == format!("r{number}"));
        match given_out {
            Some(number) if !seen.contains(&number) => seen.push(number),
            _ => return Err(Refusal::RowIds { id: row.id.clone() }),
        }
    }
    Ok(())
}
