//! Reading of reports and flattened tables: every labelled text, the sample's document, written reports read back.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use gouji::engine::layout::Layout;
use gouji::engine::reading::{Certainty, Link, Source, Target, read};
use gouji::engine::submission::Submission;
use gouji::engine::template::Template;
use support::root;

fn template() -> Template {
    gouji::built_in_template("zhuzhou-department").expect("the built-in template is sound")
}

/// A text without its labels, and the labels: bytes and field.
fn labelled(text: &str) -> (String, Vec<(usize, usize, String)>) {
    let mut plain = String::new();
    let mut labels = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("[[") {
        let (label, after) = behind.split_once("]]").expect("a label is closed");
        let (number, field) = label.rsplit_once('=').expect("a label names its field");
        plain.push_str(before);
        let from = plain.len() + number.len() - number.trim_start().len();
        labels.push((from, from + number.trim().len(), field.to_owned()));
        plain.push_str(number);
        rest = after;
    }
    plain.push_str(rest);
    (plain, labels)
}

fn name(target: &Target) -> String {
    match target {
        Target::Cell(key) => key.clone(),
        Target::Row { group, number, column } => format!("{group}.{number}.{column}"),
    }
}

/// Links of figures in the report, of one cell each.
fn is_counted(link: &Link) -> bool {
    link.from == Source::Report && link.value.is_some() && link.certainty != Certainty::Ambiguous
}

fn texts() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(root().join("tests/reading/texts"))
        .expect("the labelled texts")
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.sort();
    files
}

#[test]
fn labelled_texts_are_read_as_they_are_labelled() {
    let template = template();
    let blank = Submission::blank(&template, "reading");
    let layout = Layout::of(&template, &blank);
    let (mut right, mut wrong, mut labelled_in_all, mut numbers) = (0, 0, 0, 0);
    println!("{:>5} {:>5} {:>6} {:>6}  text", "links", "wrong", "missed", "others");
    for file in texts() {
        let (text, labels) = labelled(&fs::read_to_string(&file).expect("a text"));
        let reading = read(&layout, &text);
        let links: Vec<&Link> = reading.links.iter().filter(|link| is_counted(link)).collect();
        let mut found: BTreeSet<usize> = BTreeSet::new();
        let mut wrongs = Vec::new();
        for link in &links {
            let said = name(&link.cells[0]);
            let at = labels
                .iter()
                .position(|(from, to, field)| (*from, *to) == (link.at.start, link.at.end) && *field == said);
            match at {
                Some(at) => drop(found.insert(at)),
                None => wrongs.push((link.at.clone(), said)),
            }
        }
        let missed: Vec<&(usize, usize, String)> =
            labels.iter().enumerate().filter(|(at, _)| !found.contains(at)).map(|(_, label)| label).collect();
        let others = text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|digits| !digits.is_empty())
            .count()
            .saturating_sub(labels.len());
        println!(
            "{:>5} {:>5} {:>6} {:>6}  {}",
            links.len(),
            wrongs.len(),
            missed.len(),
            others,
            file.file_name().expect("a name").to_string_lossy()
        );
        for (at, said) in &wrongs {
            println!("        wrong  {said}: {}", around(&text, at.start, at.end));
        }
        for (from, to, field) in &missed {
            println!("        missed {field}: {}", around(&text, *from, *to));
        }
        right += found.len();
        wrong += wrongs.len();
        labelled_in_all += labels.len();
        numbers += others;
    }
    let percent = |part: usize, whole: usize| part * 10_000 / whole.max(1);
    let (precision, recall) = (percent(right, right + wrong), percent(right, labelled_in_all));
    println!("{right} of {labelled_in_all} figures linked, {wrong} wrong, among {numbers} other numbers");
    println!("precision {}.{:02} %, recall {}.{:02} %", precision / 100, precision % 100, recall / 100, recall % 100);
    assert!(precision >= 9_900, "precision");
    assert!(recall >= 9_500, "recall");
}

/// The number in its surroundings, on one line.
fn around(text: &str, from: usize, to: usize) -> String {
    let before: String = text[..from].chars().rev().take(22).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = text[to..].chars().take(6).collect();
    format!("{before}⟦{}⟧{after}", &text[from..to]).replace('\n', "⏎")
}

#[test]
#[ignore]
fn show_the_sample_document() {
    let template = template();
    let blank = Submission::blank(&template, "reading");
    let layout = Layout::of(&template, &blank);
    let file = std::env::var("READ")
        .map(PathBuf::from)
        .unwrap_or_else(|_| root().join("tests/reading/lusong-xuanchuanbu-2024.txt"));
    let text = fs::read_to_string(file).expect("the document");
    let reading = read(&layout, &text);
    for link in &reading.links {
        let names: Vec<String> = link.cells.iter().map(name).collect();
        println!(
            "{:?} {:?} {} = {:?}   {}",
            link.from,
            link.certainty,
            names.join("|"),
            link.text,
            around(&text, link.at.start, link.at.end)
        );
    }
    let _: BTreeMap<String, String> = BTreeMap::new();
}
