//! Files of Word and Excel read: the sample document in each format is the same filing, and bad files are refused.

#[path = "support/office.rs"]
mod office;

use std::collections::BTreeMap;

use gouji::engine::layout::Layout;
use gouji::engine::reading::{self, Certainty, Reading, Source};
use gouji::engine::submission::Submission;
use gouji::engine::template::Template;
use gouji::exchange::json;
use gouji::exchange::office::open::{Kind, Opened, open};
use office::{body, docx, xlsx};

fn template() -> Template {
    gouji::built_in_template("zhuzhou-department").expect("the built-in template is sound")
}

#[track_caller]
fn opened(bytes: &[u8]) -> Opened {
    open(bytes).expect("the file is sound")
}

/// Cells by what they are, whatever the ids of rows: group and position in it.
fn by_position(template: &Template, submission: &Submission) -> BTreeMap<String, String> {
    let layout = Layout::of(template, submission);
    let key = |field: &gouji::engine::layout::Field<'_>| match (&field.row.group, field.added) {
        (Some(group), Some(_)) => format!("{group}.{}.{}", field.position, field.column.id),
        _ => field.key.clone(),
    };
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '%').collect::<String>();
    let filled = layout.fields().iter().filter(|field| !submission.text(&field.key).trim().is_empty());
    filled.map(|field| (key(field), plain(submission.text(&field.key)))).collect()
}

/// Everything that is no guess, the tables before the report.
fn certain(reading: &Reading) -> Vec<usize> {
    let mut chosen: Vec<usize> =
        (0..reading.links.len()).filter(|at| reading.links[*at].certainty != Certainty::Ambiguous).collect();
    chosen.sort_by_key(|at| reading.links[*at].from == Source::Report);
    chosen
}

#[track_caller]
fn is_the_sample(text: &str) {
    let template = template();
    let mut filing = Submission::blank(&template, "reading");
    let reading = reading::read(&Layout::of(&template, &filing), text);
    assert_eq!(reading.year, Some(2024));
    let ambiguous: Vec<_> = reading.links.iter().filter(|link| link.certainty == Certainty::Ambiguous).collect();
    assert!(ambiguous.is_empty(), "{ambiguous:?}\n{text}");
    reading::adopt(&template, &mut filing.clone(), &reading, &certain(&reading)).apply(&mut filing);
    let sample = json::read(gouji::SAMPLES[0].1, &template).expect("the sample is a filing");
    let (read, typed) = (by_position(&template, &filing), by_position(&template, &sample));
    for key in read.keys().chain(typed.keys()) {
        assert_eq!(read.get(key), typed.get(key), "{key}\n{text}");
    }
}

// ---- Word

#[test]
fn the_sample_as_a_word_file_is_the_sample_filing() {
    let opened = opened(&docx(&body()));
    assert_eq!((opened.kind, opened.submission, opened.remarks), (Kind::Word, None, vec![]));
    is_the_sample(&opened.text);
}

#[test]
fn the_sample_as_a_workbook_is_the_sample_filing() {
    let opened = opened(&xlsx());
    assert_eq!((opened.kind, opened.submission, opened.remarks), (Kind::Workbook, None, vec![]));
    is_the_sample(&opened.text);
}

/// Writes the files for a foreign program: `FILES=folder cargo test --test office_in -- --ignored`.
#[test]
#[ignore]
fn write_the_files() {
    let folder = std::path::PathBuf::from(std::env::var("FILES").expect("a folder"));
    std::fs::write(folder.join("sample.docx"), docx(&body())).expect("written");
    std::fs::write(folder.join("sample.xlsx"), xlsx()).expect("written");
}
