//! Golden cases of the search for wrong figures: one folder a fact, the complete answer written by hand from the
//! relations and the costs of slips. One test a folder; `tests/locate/README.md` says how one is written.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use gouji::engine::evaluate;
use gouji::engine::evaluation::{Evaluation, Stage};
use gouji::engine::finding::Level;
use gouji::engine::layout::Layout;
use gouji::engine::locate::solve::Certainty;
use gouji::engine::locate::{Blank, Bridge, Change, Cluster, Located, Repair, locate, repaired};
use gouji::engine::submission::{CONFIRMED, PASTED, Submission};
use gouji::engine::template::Template;
use gouji::exchange::json;
use libtest_mimic::{Arguments, Failed, Trial};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;
use support::{StageName, root, stem, templates};

/// A whole form of wrong figures is answered in this time, in a build that is not optimised.
const LONGEST: Duration = Duration::from_secs(20);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spec {
    about: String,
    /// A folder of `tests/cases/<template>` with a submission, or `blank`.
    start: String,
    stage: StageName,
    /// Cells as typed; an empty text clears the cell.
    #[serde(default)]
    set: BTreeMap<String, String>,
    last_edited: Option<String>,
    /// Cells that a person called right.
    #[serde(default)]
    confirmed: Vec<String>,
    /// Cells that were taken from a text.
    #[serde(default)]
    imported: Vec<String>,
    /// What seems to be in 元 as a whole.
    #[serde(default)]
    column: Vec<ColumnSpec>,
    #[serde(default)]
    cluster: Vec<ClusterSpec>,
    #[serde(default)]
    blank: Vec<BlankSpec>,
    /// Why the search does not answer so yet. The case fails once it does.
    differs: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnSpec {
    /// Its findings, as of a cluster.
    #[serde(default)]
    covers: Vec<String>,
    #[serde(default = "error")]
    level: String,
    /// column, block or sheet.
    whole: String,
    /// The cells with what they should be, in the order of the form.
    cells: Vec<(String, String)>,
    beside: Option<BesideSpec>,
    /// Relations to other figures that agree afterwards and did not before.
    #[serde(default)]
    relations: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BesideSpec {
    pairs: usize,
    about: usize,
    example: [String; 2],
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClusterSpec {
    /// Its findings: the code and the first cell of each, in any order.
    covers: Vec<String>,
    #[serde(default = "error")]
    level: String,
    certainty: String,
    #[serde(default = "one")]
    at_least: usize,
    /// In their order, each with its changes in the order of the form.
    #[serde(default)]
    repairs: Vec<Vec<ChangeSpec>>,
    /// Where there are more than are told.
    repair_count: Option<usize>,
    #[serde(default)]
    begin_with: Vec<String>,
    bridge: Option<BridgeSpec>,
}

fn error() -> String {
    "error".to_owned()
}

fn one() -> usize {
    1
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeSpec {
    cell: String,
    /// Absent for a blank.
    found: Option<String>,
    /// Absent where the relations leave it open.
    value: Option<String>,
    cause: String,
    other: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BridgeSpec {
    wide: String,
    narrow: String,
    difference: String,
    parts: Vec<String>,
    into: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BlankSpec {
    cell: String,
    values: Vec<String>,
    codes: Vec<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let templates = Arc::new(templates());
    let mut trials = Vec::new();
    for (id, folder) in folders() {
        let name = format!("{id}::{}", stem(&folder));
        let templates = Arc::clone(&templates);
        trials.push(Trial::test(name, move || check_folder(&templates[&id], &folder).map_err(Failed::from)));
    }
    let all = Arc::clone(&templates);
    trials.push(Trial::test("a form of nothing but wrong figures is answered honestly and soon", move || {
        all.values().try_for_each(every_figure_wrong).map_err(Failed::from)
    }));
    trials.push(Trial::test("a sound filing and a blank one have nothing to say", move || {
        templates.values().try_for_each(nothing_wrong).map_err(Failed::from)
    }));
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn folders() -> Vec<(String, PathBuf)> {
    let mut all = Vec::new();
    for template in subfolders(&root().join("tests/locate")) {
        all.extend(subfolders(&template).into_iter().map(|folder| (stem(&template), folder)));
    }
    all
}

fn subfolders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut all: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder's entry").path()).collect();
    all.retain(|path| path.is_dir());
    all.sort();
    all
}

fn filing(template: &Template, start: &str) -> Result<Submission, String> {
    if start == "blank" {
        return Ok(Submission::blank(template, "case"));
    }
    let file = root().join("tests/cases").join(&template.spec().id).join(start).join("submission.json");
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    json::read(&text, template).map_err(|refusal| format!("{}: {refusal:?}", file.display()))
}

fn check_folder(template: &Template, folder: &Path) -> Result<(), String> {
    let name = stem(folder);
    let text = fs::read_to_string(folder.join("case.toml")).map_err(|error| format!("{name}: {error}"))?;
    let spec: Spec = toml::from_str(&text).map_err(|error| format!("{name}: {error}"))?;
    let mut submission = filing(template, &spec.start)?;
    for (key, text) in &spec.set {
        if text.is_empty() {
            submission.cells.remove(key).ok_or_else(|| format!("{name}: {key} is blank already"))?;
        } else {
            submission.cells.insert(key.clone(), text.clone());
        }
    }
    let from = |cells: &[String], source: &str| -> Vec<(String, String)> {
        cells.iter().map(|cell| (cell.clone(), source.to_owned())).collect()
    };
    submission.provenance.extend(from(&spec.confirmed, CONFIRMED));
    submission.provenance.extend(from(&spec.imported, PASTED));
    // The same door that files come through: unknown cells are refused.
    let submission =
        json::read(&json::write(&submission), template).map_err(|refusal| format!("{name}: {refusal:?}"))?;
    let evaluation = evaluate(template, &submission, spec.stage.stage());
    let located = locate(template, &submission, &evaluation, spec.last_edited.as_deref());
    let mut problems = differences(&spec, &located, &evaluation);
    problems.extend(what_a_repair_leaves(template, &submission, &evaluation, &located));
    match (&spec.differs, problems.is_empty()) {
        (Some(why), true) => return Err(format!("{name}: the answer is as it should be; take `differs` out ({why})")),
        (None, true) | (Some(_), false) => return Ok(()),
        (None, false) => {}
    }
    let told: Vec<String> = located.clusters.iter().map(|cluster| told(cluster, &evaluation)).collect();
    Err(format!("{name}: {}\n  {}\n  told:\n{}", spec.about, problems.join("\n  "), told.join("\n")))
}

/// What differs from the expectations, a line each.
fn differences(spec: &Spec, located: &Located, evaluation: &Evaluation) -> Vec<String> {
    let mut problems = columns(spec, located, evaluation);
    if located.clusters.len() != spec.cluster.len() {
        problems.push(format!("{} clusters, not {}", located.clusters.len(), spec.cluster.len()));
    }
    for (at, (found, expected)) in located.clusters.iter().zip(&spec.cluster).enumerate() {
        let mut same = |what: &str, found: &dyn Debug, expected: &dyn Debug| {
            let (found, expected) = (format!("{found:?}"), format!("{expected:?}"));
            if found != expected {
                problems.push(format!("cluster {}: {what}\n    is  {found}\n    not {expected}", at + 1));
            }
        };
        same("covers", &covers(found, evaluation), &expected.covers.iter().cloned().collect::<BTreeSet<_>>());
        same("level", &word(&found.level), &expected.level);
        same("certainty", &word(&found.certainty), &expected.certainty);
        same("at_least", &found.at_least, &expected.at_least);
        same("begin_with", &found.begin_with, &expected.begin_with);
        same("repair_count", &found.repair_count, &expected.repair_count.unwrap_or(expected.repairs.len()));
        let written = |changes: &Vec<ChangeSpec>| changes.iter().map(ChangeSpec::line).collect::<Vec<_>>();
        let repairs: Vec<Vec<String>> = found.repairs.iter().map(lines).collect();
        same("repairs", &repairs, &expected.repairs.iter().map(written).collect::<Vec<_>>());
        let bridge = |bridge: &BridgeSpec| {
            let BridgeSpec { wide, narrow, difference, parts, into } = bridge;
            format!("{wide} − {narrow} = {} = {} into {into}", decimal(difference), parts.join(" + "))
        };
        same("bridge", &found.bridge.as_ref().map(bridged), &expected.bridge.as_ref().map(bridge));
    }
    let blank = |blank: &Blank| (blank.cell.clone(), blank.values.clone(), blank.codes.clone());
    let found: Vec<_> = located.blanks.iter().map(blank).collect();
    let expected: Vec<_> = spec
        .blank
        .iter()
        .map(|blank| {
            let values = blank.values.iter().map(|value| decimal(value)).collect::<Vec<_>>();
            (blank.cell.clone(), values, blank.codes.clone())
        })
        .collect();
    if found != expected {
        problems.push(format!("blanks\n    are {found:?}\n    not {expected:?}"));
    }
    problems
}

fn columns(spec: &Spec, located: &Located, evaluation: &Evaluation) -> Vec<String> {
    let mut problems = Vec::new();
    if located.columns.len() != spec.column.len() {
        problems.push(format!("{} columns, not {}", located.columns.len(), spec.column.len()));
    }
    for (at, (found, expected)) in located.columns.iter().zip(&spec.column).enumerate() {
        let mut same = |what: &str, found: String, expected: String| {
            if found != expected {
                problems.push(format!("column {}: {what}\n    is  {found}\n    not {expected}", at + 1));
            }
        };
        let covered = covers_of(&found.findings, evaluation);
        same(
            "covers",
            format!("{covered:?}"),
            format!("{:?}", expected.covers.iter().cloned().collect::<BTreeSet<_>>()),
        );
        same("level", word(&found.level), expected.level.clone());
        same("whole", word(&found.whole), expected.whole.clone());
        let cells = expected.cells.iter().map(|(key, value)| (key.clone(), decimal(value))).collect::<Vec<_>>();
        same("cells", format!("{:?}", found.cells), format!("{cells:?}"));
        let beside = |pairs, about, example: &[String; 2]| format!("{about} of {pairs}, such as {example:?}");
        let found_beside = found.beside.as_ref().map(|of| beside(of.pairs, of.about, &of.example));
        let expected_beside = expected.beside.as_ref().map(|of| beside(of.pairs, of.about, &of.example));
        same("beside", format!("{found_beside:?}"), format!("{expected_beside:?}"));
        same("relations", found.relations.to_string(), expected.relations.to_string());
    }
    problems
}

/// Findings of a cluster that would still stand once its first repair is made.
fn what_a_repair_leaves(
    template: &Template,
    submission: &Submission,
    evaluation: &Evaluation,
    located: &Located,
) -> Vec<String> {
    let mut left = Vec::new();
    for cluster in &located.clusters {
        let Some(repair) = cluster.repairs.first() else { continue };
        if repair.changes.iter().any(|change| change.value.is_none()) {
            continue;
        }
        let after = evaluate(template, &repaired(submission, repair), evaluation.stage);
        for finding in cluster.findings.iter().map(|at| &evaluation.findings[*at]) {
            if after.findings.iter().any(|other| other.code == finding.code && other.cells == finding.cells) {
                left.push(format!("{} {:?} is left by {:?}", finding.code, finding.cells, lines(repair)));
            }
        }
    }
    left
}

impl ChangeSpec {
    fn line(&self) -> String {
        let figure = |text: &Option<String>| text.as_ref().map(|text| decimal(text));
        line(&self.cell, figure(&self.found), figure(&self.value), &self.cause, self.other.as_deref())
    }
}

fn lines(repair: &Repair) -> Vec<String> {
    let said =
        |change: &Change| line(&change.cell, change.found, change.value, &word(&change.cause), change.other.as_deref());
    repair.changes.iter().map(said).collect()
}

fn line(cell: &str, found: Option<Decimal>, value: Option<Decimal>, cause: &str, other: Option<&str>) -> String {
    let figure = |figure: Option<Decimal>| figure.map_or("?".to_owned(), |figure| figure.normalize().to_string());
    let other = other.map(|other| format!(" {other}")).unwrap_or_default();
    format!("{cell} {} → {} {cause}{other}", figure(found), figure(value))
}

fn covers(cluster: &Cluster, evaluation: &Evaluation) -> BTreeSet<String> {
    covers_of(&cluster.findings, evaluation)
}

fn covers_of(findings: &[usize], evaluation: &Evaluation) -> BTreeSet<String> {
    let findings = findings.iter().map(|at| &evaluation.findings[*at]);
    findings.map(|finding| format!("{} {}", finding.code, finding.cells.first().map_or("", String::as_str))).collect()
}

fn bridged(bridge: &Bridge) -> String {
    let parts: Vec<&str> = bridge.parts.iter().map(|part| part.cell.as_str()).collect();
    let difference = bridge.difference.normalize();
    format!("{} − {} = {difference} = {} into {}", bridge.wide, bridge.narrow, parts.join(" + "), bridge.into)
}

fn told(cluster: &Cluster, evaluation: &Evaluation) -> String {
    format!(
        "    {:?} {} at least {} of {} {:?}",
        covers(cluster, evaluation),
        word(&cluster.certainty),
        cluster.at_least,
        cluster.repair_count,
        cluster.repairs.iter().map(lines).collect::<Vec<_>>()
    )
}

/// The word of a unit variant.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        other => panic!("no word: {other:?}"),
    }
}

#[track_caller]
fn decimal(text: &str) -> Decimal {
    text.parse::<Decimal>().unwrap_or_else(|_| panic!("`{text}` is no decimal")).normalize()
}

/// Every figure of a sound filing is another one: nothing that is said of it may be wrong, and it is said soon.
fn every_figure_wrong(template: &Template) -> Result<(), String> {
    let id = &template.spec().id;
    for start in starts(id) {
        let mut submission = filing(template, &start)?;
        let keys: Vec<String> = {
            let layout = Layout::of(template, &submission);
            let fields = layout.fields().iter().filter(|field| field.column.kind.measure().is_some());
            fields.filter(|field| field.fixed().is_none()).map(|field| field.key.clone()).collect()
        };
        for (at, key) in keys.iter().enumerate().filter(|(_, key)| !submission.text(key).is_empty()).collect::<Vec<_>>()
        {
            // Whole, so that people are people, and in no ratio to one another.
            let figure = (at as u64 + 3) * (at as u64 + 7) % 8_009 + 11;
            submission.cells.insert(key.clone(), figure.to_string());
        }
        for stage in [Stage::Draft, Stage::Final] {
            let evaluation = evaluate(template, &submission, stage);
            let begun = Instant::now();
            let located = locate(template, &submission, &evaluation, None);
            let taken = begun.elapsed();
            if taken > LONGEST {
                return Err(format!("{id} {start}: {taken:?}"));
            }
            let errors: Vec<&Cluster> =
                located.clusters.iter().filter(|cluster| cluster.level == Level::Error).collect();
            let unknown = errors.iter().filter(|cluster| cluster.certainty == Certainty::Unknown);
            let is_honest = unknown
                .clone()
                .all(|cluster| cluster.repairs.is_empty() && !cluster.begin_with.is_empty() && cluster.at_least >= 2);
            if !is_honest || (evaluation.counts.errors > 20 && unknown.count() == 0) {
                return Err(format!("{id} {start} {stage:?}: {:?}", located.clusters));
            }
            let left = what_a_repair_leaves(template, &submission, &evaluation, &located);
            if !left.is_empty() {
                return Err(format!("{id} {start} {stage:?}:\n{}", left.join("\n")));
            }
        }
    }
    Ok(())
}

/// The sound filings of a template: the cases that a submission is stored for.
fn starts(id: &str) -> Vec<String> {
    let folders = subfolders(&root().join("tests/cases").join(id));
    folders.iter().filter(|folder| folder.join("submission.json").exists()).map(|folder| stem(folder)).collect()
}

fn nothing_wrong(template: &Template) -> Result<(), String> {
    let id = &template.spec().id;
    let mut filings: Vec<(String, Submission)> = vec![("blank".to_owned(), Submission::blank(template, "blank"))];
    for start in starts(id).into_iter().filter(|start| start != "tangxi-2022") {
        filings.push((start.clone(), filing(template, &start)?));
    }
    for (start, submission) in filings {
        for stage in [Stage::Draft, Stage::Final] {
            let located = locate(template, &submission, &evaluate(template, &submission, stage), None);
            // What the form presets may already give a blank: see `blank_form_while_filling`.
            if !located.clusters.is_empty()
                || !located.columns.is_empty()
                || (start != "blank" && !located.blanks.is_empty())
            {
                return Err(format!("{id} {start} {stage:?}: {located:?}"));
            }
        }
    }
    Ok(())
}
