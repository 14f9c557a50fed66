//! The command line: `gouji check FILE…` for a person, a script or a reviewer's folder; `gouji convert IN OUT`.

mod check;
#[cfg(feature = "office")]
mod convert;
mod opened;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use clap::{Parser, Subcommand, ValueEnum};

use crate::cli::check::Check;
#[cfg(feature = "office")]
use crate::cli::convert::Convert;
use crate::engine::evaluation::Stage;
use crate::engine::template::Template;
use crate::exchange::template_toml;
use crate::words::Language;

/// Checks filings of self-evaluation forms (绩效自评) against themselves.
#[derive(Parser)]
#[command(name = "gouji", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Prints the findings of each file. Exit status: 0 no error, 1 errors found, 2 a file cannot be read.
    Check {
        /// Submissions, as exported by the page (JSON), or filings as Word, Excel, text or HTML: the report, the tables,
        /// or both.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Text for a person, or the whole evaluation as one JSON value a line; for a text, with what was read.
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
        /// What a blank means: not applicable (final), or not filled yet (draft).
        #[arg(long, value_enum, default_value = "final")]
        stage: StageName,
        /// The language of the sentences.
        #[arg(long, value_enum, default_value = "zh")]
        language: LanguageName,
        /// A template file (TOML), in place of the built-in ones.
        #[arg(long)]
        template: Option<PathBuf>,
    },
    /// Writes a filing in another format, by the name of the new file: .json, .xlsx, .docx or .txt. Exit status: 0 no error
    /// in its figures, 1 errors found (the file is written all the same), 2 not read or not written.
    #[cfg(feature = "office")]
    Convert {
        /// A filing, as `check` reads it.
        from: PathBuf,
        /// The file to write.
        to: PathBuf,
        /// Writes over a file that is there already.
        #[arg(long)]
        force: bool,
        /// The language of the sentences: the lists in a workbook, what is printed.
        #[arg(long, value_enum, default_value = "zh")]
        language: LanguageName,
        /// A template file (TOML), in place of the built-in ones.
        #[arg(long)]
        template: Option<PathBuf>,
    },
    /// Reads template files (TOML) and lists all of their faults. Exit status: 0 sound, 2 faults.
    Template {
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum StageName {
    Draft,
    Final,
}

#[derive(Clone, Copy, ValueEnum)]
enum LanguageName {
    Zh,
    En,
}

impl LanguageName {
    fn language(self) -> Language {
        match self {
            Self::Zh => Language::Chinese,
            Self::En => Language::English,
        }
    }
}

/// Exit status for files with errors in their figures.
const ERRORS_FOUND: u8 = 1;
/// Exit status for files that cannot be read.
const UNREADABLE: u8 = 2;

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let status = match Arguments::parse().command {
        Command::Template { files } => files.iter().map(|file| check_template(file)).max().unwrap_or(0),
        Command::Check { files, format, stage, language, template } => {
            let stage = match stage {
                StageName::Draft => Stage::Draft,
                StageName::Final => Stage::Final,
            };
            let check = Check { is_json: matches!(format, Format::Json), stage, language: language.language() };
            with_templates(template.as_deref(), |templates| {
                files.iter().map(|file| check.file(file, templates)).max().unwrap_or(0)
            })
        }
        #[cfg(feature = "office")]
        Command::Convert { from, to, force, language, template } => {
            let convert = Convert { may_replace: force, language: language.language() };
            with_templates(template.as_deref(), |templates| convert.file(&from, &to, templates))
        }
    };
    ExitCode::from(status)
}

fn check_template(file: &Path) -> u8 {
    match read_template(file) {
        Ok(template) => {
            print(&format!("{}: {} {}\n", file.display(), template.spec().id, template.spec().version));
            0
        }
        Err(faults) => {
            complain(&faults);
            UNREADABLE
        }
    }
}

/// Does what is to be done with the forms that are known, or lists the faults of the one that is given.
fn with_templates(file: Option<&Path>, act: impl FnOnce(&[Template]) -> u8) -> u8 {
    match templates(file) {
        Ok(templates) => act(&templates),
        Err(faults) => {
            complain(&faults);
            UNREADABLE
        }
    }
}

fn templates(file: Option<&Path>) -> Result<Vec<Template>, String> {
    if let Some(file) = file {
        return Ok(vec![read_template(file)?]);
    }
    crate::BUILT_IN_TEMPLATES
        .iter()
        .map(|known| Template::from_json(known.text).map_err(|faults| listed(Path::new(known.id), &faults)))
        .collect()
}

fn read_template(file: &Path) -> Result<Template, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}\n", file.display()))?;
    template_toml::read(&text).map_err(|faults| listed(file, &faults))
}

fn listed(file: &Path, faults: &[crate::engine::template::fault::Fault]) -> String {
    let mut list = format!("{}: {} faults\n", file.display(), faults.len());
    for fault in faults {
        list.push_str(&format!("{fault}\n"));
    }
    list
}

/// Reads a file, but no more of it than shows that it is too large.
fn read_within_limit(file: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    io::Read::read_to_end(&mut io::Read::take(fs::File::open(file)?, limit), &mut bytes)?;
    Ok(bytes)
}

fn print(text: &str) {
    // A reader that went away (`| head`) is no error of ours.
    let _ = io::stdout().write_all(text.as_bytes());
}

fn complain(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}
