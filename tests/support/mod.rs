//! What the test files share: the templates, and golden cases read from their folders.
// Each test file is a crate of its own and uses a part of this.
#![allow(dead_code)]

pub mod drawing;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gouji::engine::edit::Edit;
use gouji::engine::evaluation::Stage;
use gouji::engine::submission::{Note, Submission};
use gouji::engine::template::Template;
use gouji::exchange::{json, template_toml};
use serde::Deserialize;

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Templates that exist for their faults.
const FAULTY: &[&str] = &["faulty", "misfits"];

/// The templates that ship and those that exist for tests, sound ones only.
pub fn template_files() -> Vec<PathBuf> {
    let mut files = tomls(&root().join("templates"));
    files.extend(
        tomls(&root().join("tests/templates")).into_iter().filter(|path| !FAULTY.contains(&stem(path).as_str())),
    );
    files
}

pub fn tomls(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a folder's entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    files
}

pub fn stem(path: &Path) -> String {
    path.file_stem().expect("a file has a name").to_string_lossy().into_owned()
}

pub fn template(path: &Path) -> Template {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    template_toml::read(&text).unwrap_or_else(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{} has faults:\n{}", path.display(), faults.join("\n"))
    })
}

pub fn templates() -> BTreeMap<String, Template> {
    template_files().iter().map(|path| (stem(path), template(path))).collect()
}

/// A golden case as its `case.toml` is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// The fact that the case shows, in one sentence.
    pub about: String,
    /// The folder whose submission the case starts from, or `blank`.
    pub start: String,
    pub stage: StageName,
    pub year: Option<i32>,
    /// Codes that must not be found here though a case beside it finds them.
    #[serde(default)]
    pub silent: Vec<String>,
    /// Cells as typed; an empty text clears the cell.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
    #[serde(default)]
    pub add: Vec<Add>,
    #[serde(default)]
    pub remove: Vec<Remove>,
    #[serde(default)]
    pub note: Vec<NoteSpec>,
    #[serde(default)]
    pub bind: Vec<Bind>,
    /// The complete list, in any order.
    #[serde(default)]
    pub finding: Vec<FindingSpec>,
    /// Relations whose state the case is about.
    #[serde(default)]
    pub relation: Vec<RelationSpec>,
    #[serde(default)]
    pub offer: Vec<OfferSpec>,
    #[serde(default)]
    pub binding: Vec<Bind>,
    /// The complete list of figures that differ by their funds (口径), compared where one is given or `scopes` is.
    #[serde(default)]
    pub scope: Vec<ScopeSpec>,
    /// How many there are; `0` where none must be told.
    pub scopes: Option<usize>,
    pub scores: Option<ScoresSpec>,
    pub progress: Option<ProgressSpec>,
    /// Short names of cells, by key.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum StageName {
    Draft,
    Final,
}

impl StageName {
    pub fn stage(self) -> Stage {
        match self {
            Self::Draft => Stage::Draft,
            Self::Final => Stage::Final,
        }
    }
}

/// A row added at the end of its group; it gets the next id.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Add {
    pub group: String,
    #[serde(default)]
    pub cells: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remove {
    pub group: String,
    pub row: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteSpec {
    pub code: String,
    pub cells: Vec<String>,
    pub text: String,
    /// The texts that the note was written for; those of the case where not given.
    pub values: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bind {
    pub code: String,
    pub row: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingSpec {
    pub code: String,
    pub level: String,
    pub cells: Vec<String>,
    pub difference: Option<String>,
    pub expected: Option<String>,
    pub found: Option<String>,
    /// Further arguments, contained in the serialized fact.
    pub args: Option<toml::Table>,
    /// The state of its 审核说明.
    pub note: Option<String>,
    /// A piece of its Chinese sentences.
    pub says: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationSpec {
    pub code: String,
    /// Its first cell.
    pub cell: String,
    /// `absent` where it says nothing at all.
    pub state: String,
    pub blanks_as_zero: Option<bool>,
    pub computed: Option<String>,
    pub allowed: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferSpec {
    pub cell: String,
    pub value: String,
}

/// Two figures that differ by the funds they count, and what lies between them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeSpec {
    pub code: String,
    pub wide: String,
    pub narrow: String,
    /// The cells of the figures between them, in the order of the sentence.
    pub parts: Vec<String>,
    /// A piece of the sentence that is offered.
    pub says: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoresSpec {
    pub total: Option<String>,
    pub measured: Option<String>,
    pub grade: Option<String>,
    pub measured_grade: Option<String>,
    /// The execution row's score by the rules.
    pub execution: Option<String>,
    /// Rows' scores by the rules, by the cell of the score; empty where the rules give none.
    #[serde(default)]
    pub rows: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgressSpec {
    pub required: usize,
    pub filled: usize,
}

/// A golden case, ready to be checked.
pub struct Case {
    pub template: String,
    pub name: String,
    pub spec: Spec,
    pub submission: Submission,
}

/// The folders of all cases: template id and case folder.
pub fn case_folders() -> Vec<(String, PathBuf)> {
    let mut folders = Vec::new();
    for template in subfolders(&root().join("tests/cases")) {
        for case in subfolders(&template) {
            folders.push((stem(&template), case));
        }
    }
    folders
}

fn subfolders(folder: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a folder's entry").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// Reads a case and makes its filing.
pub fn read_case(template: &Template, folder: &Path) -> Result<Case, String> {
    let name = stem(folder);
    let text = fs::read_to_string(folder.join("case.toml")).map_err(|error| format!("case.toml: {error}"))?;
    let spec: Spec = toml::from_str(&text).map_err(|error| format!("case.toml: {error}"))?;
    let mut submission = start(template, folder, &spec.start)?;
    edit(&mut submission, template, &spec)?;
    // The same door that files come through: unknown cells and rows are refused.
    let submission = json::read(&json::write(&submission), template).map_err(|refusal| format!("{refusal:?}"))?;
    Ok(Case { template: template.spec().id.clone(), name, spec, submission })
}

fn start(template: &Template, folder: &Path, start: &str) -> Result<Submission, String> {
    if start == "blank" {
        return Ok(Submission::blank(template, "case"));
    }
    let file = folder.with_file_name(start).join("submission.json");
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    json::read(&text, template).map_err(|refusal| format!("{}: {refusal:?}", file.display()))
}

fn edit(submission: &mut Submission, template: &Template, spec: &Spec) -> Result<(), String> {
    submission.year = spec.year.unwrap_or(submission.year);
    for remove in &spec.remove {
        let place = template.group(&remove.group).ok_or_else(|| format!("no group {}", remove.group))?;
        let block = &template.spec().blocks[place.block].id;
        Edit::remove_row(submission, block, &remove.group, &remove.row).apply(submission);
    }
    for add in &spec.add {
        let place = template.group(&add.group).ok_or_else(|| format!("no group {}", add.group))?;
        let block = &template.spec().blocks[place.block].id;
        let id = format!("r{}", submission.next_row);
        Edit::add_row(submission, &add.group, None).apply(submission);
        for (column, text) in &add.cells {
            submission.cells.insert(format!("{block}.{id}.{column}"), text.clone());
        }
    }
    for (key, text) in &spec.set {
        if text.is_empty() {
            submission.cells.remove(key).ok_or_else(|| format!("{key} is blank already"))?;
        } else {
            submission.cells.insert(key.clone(), text.clone());
        }
    }
    for bind in &spec.bind {
        let mut rows = submission.groups.values_mut().flatten();
        let row = rows.find(|row| row.id == bind.row).ok_or_else(|| format!("no row {}", bind.row))?;
        row.bound = Some(bind.code.clone());
    }
    for note in &spec.note {
        let now = || note.cells.iter().map(|cell| submission.text(cell).to_owned()).collect();
        let values = note.values.clone().unwrap_or_else(now);
        let (code, cells, text) = (note.code.clone(), note.cells.clone(), note.text.clone());
        submission.notes.push(Note { code, cells, values, text });
    }
    Ok(())
}

/// The sample with other texts in some cells.
pub fn sample(texts: &[(&str, &str)]) -> Submission {
    let template = gouji::built_in_template("zhuzhou-department").expect("it is built in");
    let mut filing = json::read(gouji::SAMPLES[0].1, &template).expect("the sample can be read");
    for (key, text) in texts {
        filing.cells.insert((*key).to_owned(), (*text).to_owned());
    }
    filing
}
