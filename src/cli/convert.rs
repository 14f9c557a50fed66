//! `gouji convert`: a filing written in another format, and how it stands.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::Path;

use crate::cli::check::{Check, Listed};
use crate::cli::opened::{Opened, open};
use crate::cli::{ERRORS_FOUND, UNREADABLE, complain, print};
use crate::engine::evaluate;
use crate::engine::evaluation::{Evaluation, Stage};
use crate::engine::layout::Layout;
use crate::engine::template::Template;
use crate::exchange::office::{word_out, workbook_out};
use crate::exchange::{json, text};
use crate::words::{Language, cli as said, workbook};

/// How to convert, and how to say it.
#[derive(Clone, Copy)]
pub(super) struct Convert {
    pub may_replace: bool,
    pub language: Language,
}

#[derive(Clone, Copy)]
enum Format {
    Json,
    Text,
    Word,
    Workbook,
}

impl Convert {
    pub fn file(self, from: &Path, to: &Path, templates: &[Template]) -> u8 {
        let refused = |file: &Path, reason: &str| {
            complain(&format!("{}: {reason}\n", file.display()));
            UNREADABLE
        };
        let Some(format) = format_of(to) else {
            return refused(to, said::UNKNOWN_FORMAT.in_language(self.language));
        };
        let opened = match open(from, templates, self.language) {
            Ok(opened) => opened,
            Err(reason) => return refused(from, &reason),
        };
        let evaluation = evaluate(opened.template, &opened.submission, Stage::Final);
        let written = self.bytes(format, &opened, &evaluation).and_then(|bytes| self.write(to, &bytes));
        if let Err(reason) = written {
            return refused(to, &reason);
        }
        let check = Check { is_json: false, stage: Stage::Final, language: self.language };
        let file = [("file", to.display().to_string())];
        print(&(said::WRITTEN.say(self.language, &file) + "\n"));
        let counts = Listed::of(&opened, &evaluation, check).counts;
        print(&check.summary(&opened, &evaluation, counts));
        if counts.errors > 0 { ERRORS_FOUND } else { 0 }
    }

    fn bytes(self, format: Format, opened: &Opened<'_>, evaluation: &Evaluation) -> Result<Vec<u8>, String> {
        let layout = Layout::of(opened.template, &opened.submission);
        match format {
            Format::Json => Ok(json::write(&opened.submission).into_bytes()),
            Format::Text => Ok(text::write(&layout).into_bytes()),
            Format::Word => word_out::write(&layout).map_err(|fault| fault.to_string()),
            Format::Workbook => {
                let lists = [workbook::findings, workbook::relations];
                let lists = lists.map(|list| list(&layout, evaluation, self.language));
                workbook_out::write(&layout, &lists).map_err(|why| workbook::unwritable(&why, &layout, self.language))
            }
        }
    }

    fn write(self, to: &Path, bytes: &[u8]) -> Result<(), String> {
        let mut options = OpenOptions::new();
        options.write(true);
        if self.may_replace {
            options.create(true).truncate(true);
        } else {
            options.create_new(true);
        }
        let written = options.open(to).and_then(|mut file| file.write_all(bytes));
        written.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => said::EXISTS.in_language(self.language).to_owned(),
            _ => error.to_string(),
        })
    }
}

fn format_of(file: &Path) -> Option<Format> {
    let extension = file.extension()?.to_str()?.to_ascii_lowercase();
    match extension.as_str() {
        "json" => Some(Format::Json),
        "txt" => Some(Format::Text),
        "docx" => Some(Format::Word),
        "xlsx" => Some(Format::Workbook),
        _ => None,
    }
}
