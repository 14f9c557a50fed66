//! A file that the command line is given, as a filing: exported, carried by a document, or read from its text.

use std::path::Path;

use crate::cli::read_within_limit;
use crate::engine::layout::Layout;
use crate::engine::reading::{self, Reading};
use crate::engine::submission::{MATERIAL, Submission};
use crate::engine::template::Template;
use crate::exchange::office::changed::was_changed;
use crate::exchange::office::open::{self, Remark};
use crate::exchange::{json, text};
use crate::words::{Language, office, refusals};

/// A file that was read, with the form that it belongs to.
pub(super) struct Opened<'t> {
    pub template: &'t Template,
    pub submission: Submission,
    /// What was read in its text, where that is all there is, or where it was changed since the filing was put into it.
    pub reading: Option<Reading>,
    /// The text that places of the reading are bytes of.
    pub text: String,
    pub remarks: Vec<Remark>,
}

/// Reads a file as a filing, or says why it cannot.
pub(super) fn open<'t>(file: &Path, templates: &'t [Template], language: Language) -> Result<Opened<'t>, String> {
    // Texts are read whole: a letter that is cut in two would pass for another encoding.
    let limit = if is_named(file, "json") { json::LARGEST } else { open::LARGEST };
    let bytes = read_within_limit(file, limit).map_err(|error| error.to_string())?;
    let from_json =
        |bytes| open_json(bytes, templates).map_err(|refusal: json::Refusal| refusals::say(&refusal, language));
    if is_json(file, &bytes) {
        return from_json(bytes);
    }
    let found = open::open(&bytes).map_err(|refusal| office::say(refusal, language))?;
    let (text, remarks) = (found.text, found.remarks);
    if let Some(filing) = found.submission {
        let opened = from_json(filing.into_bytes())?;
        let layout = Layout::of(opened.template, &opened.submission);
        let reading = was_changed(&layout, &text).then(|| reading::read(&layout, &text));
        return Ok(Opened { reading, text, remarks, ..opened });
    }
    let (template, submission, reading) =
        text::read_any(templates, &text).map_err(|refusal| refusals::say_of_text(refusal, language))?;
    // The reader leaves out what is no text.
    let text = submission.report.get(MATERIAL).cloned().unwrap_or_default();
    Ok(Opened { template, submission, reading: Some(reading), text, remarks })
}

/// Whether a file is an exported filing and no text to read: by its name, or else by how it begins.
fn is_json(file: &Path, bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let text = bytes.trim_ascii_start();
    let is_text = ["txt", "html", "htm"].iter().any(|name| is_named(file, name));
    // RTF begins with a brace, too.
    is_named(file, "json") || !is_text && text.starts_with(b"{") && !text.starts_with(b"{\\rtf")
}

fn is_named(file: &Path, extension: &str) -> bool {
    file.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

fn open_json(bytes: Vec<u8>, templates: &[Template]) -> Result<Opened<'_>, json::Refusal> {
    let text = json::text_of(bytes)?;
    let id = json::template_of(&text);
    let template = templates.iter().find(|template| id.as_deref() == Some(&template.spec().id));
    // Without a template of that name the first one's refusal says what is wrong.
    let template = template.or(templates.first()).ok_or(json::Refusal::NotASubmission)?;
    let submission = json::read(&text, template)?;
    Ok(Opened { template, submission, reading: None, text: String::new(), remarks: Vec::new() })
}
