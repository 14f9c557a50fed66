//! The command line: `gouji check FILE…` for a person, a script or a reviewer's folder.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use clap::{Parser, Subcommand, ValueEnum};

use crate::engine::evaluate;
use crate::engine::evaluation::{Evaluation, Stage};
use crate::engine::layout::Layout;
use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::exchange::{json, template_toml};
use crate::words::explain::{explain, short};
use crate::words::{Language, cli as said, page, refusals};

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
        /// Submissions, as exported by the page (JSON).
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Text for a person, or the whole evaluation as one JSON value a line.
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

/// Exit status for files with errors in their figures.
const ERRORS_FOUND: u8 = 1;
/// Exit status for files that cannot be read.
const UNREADABLE: u8 = 2;

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let status = match Arguments::parse().command {
        Command::Template { files } => files.iter().map(|file| check_template(file)).max().unwrap_or(0),
        Command::Check { files, format, stage, language, template } => {
            let language = match language {
                LanguageName::Zh => Language::Chinese,
                LanguageName::En => Language::English,
            };
            let stage = match stage {
                StageName::Draft => Stage::Draft,
                StageName::Final => Stage::Final,
            };
            let check = Check { format, stage, language };
            match templates(template.as_deref()) {
                Ok(templates) => files.iter().map(|file| check.file(file, &templates)).max().unwrap_or(0),
                Err(faults) => {
                    complain(&faults);
                    UNREADABLE
                }
            }
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

/// How to check, and how to say it.
#[derive(Clone, Copy)]
struct Check {
    format: Format,
    stage: Stage,
    language: Language,
}

impl Check {
    fn file(self, file: &Path, templates: &[Template]) -> u8 {
        let read = read_within_limit(file).map_err(|error| error.to_string()).and_then(|bytes| {
            let text = json::text_of(bytes).map_err(|refusal| refusals::say(&refusal, self.language))?;
            let id = json::template_of(&text);
            let template = templates.iter().find(|template| id.as_deref() == Some(&template.spec().id));
            // Without a template of that name the first one's refusal says what is wrong.
            let template = template.or(templates.first()).ok_or_else(String::new)?;
            let submission = json::read(&text, template).map_err(|refusal| refusals::say(&refusal, self.language))?;
            Ok((template, submission))
        });
        match read {
            Ok((template, submission)) => {
                let evaluation = evaluate(template, &submission, self.stage);
                match self.format {
                    Format::Json => print(&format!("{}\n", serde_json::to_string(&evaluation).unwrap_or_default())),
                    Format::Text => print(&self.report(file, template, &submission, &evaluation)),
                }
                if evaluation.counts.errors > 0 { ERRORS_FOUND } else { 0 }
            }
            Err(reason) => {
                complain(&format!("{}: {reason}\n", file.display()));
                UNREADABLE
            }
        }
    }

    /// The findings as a person reads them.
    fn report(self, file: &Path, template: &Template, submission: &Submission, evaluation: &Evaluation) -> String {
        let layout = Layout::of(template, submission);
        let language = self.language;
        let mut text = format!("{}\n", file.display());
        let counts = evaluation.counts;
        let figure = |value: Option<rust_decimal::Decimal>| value.map_or_else(|| "—".to_owned(), short);
        let summary = [
            ("form", template.spec().name.clone()),
            ("year", submission.year.to_string()),
            ("errors", counts.errors.to_string()),
            ("warnings", counts.warnings.to_string()),
            ("answered", counts.answered.to_string()),
            ("infos", counts.infos.to_string()),
        ];
        text.push_str(&said::SUMMARY.say(language, &summary));
        if let Some(scores) = &evaluation.scores {
            let points = [
                ("total", figure(scores.total)),
                ("grade", scores.grade.clone().unwrap_or_else(|| "—".to_owned())),
                ("measured", figure(scores.measured)),
            ];
            text.push_str(&said::SCORES.say(language, &points));
        }
        text.push('\n');
        for finding in &evaluation.findings {
            let explained = explain(finding, &layout, language);
            let level = page::level(finding.level).in_language(language);
            // Writing into a String cannot fail.
            let _ = writeln!(text, "\n[{level} {}] {}", finding.code, explained.what);
            let _ = writeln!(text, "    {}", explained.evidence);
            let _ = writeln!(text, "    {}", explained.todo);
            if let Some(note) = &finding.note {
                let state = page::answer(note.state).in_language(language);
                let answer = [("state", state.to_owned()), ("text", note.text.clone())];
                let _ = writeln!(text, "    {}", said::ANSWER.say(language, &answer));
            }
        }
        text
    }
}

/// Reads a file, but no more of it than a submission may have.
fn read_within_limit(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(json::LARGEST).unwrap_or(u64::MAX).saturating_add(1);
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
