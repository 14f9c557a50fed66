//! Golden cases: one folder a fact, expectations written by hand from the specification. One test a folder.
//!
//! A case lists *all* of its findings. Beside the cases stand tests of the folder itself: each code of a shipped
//! template is found somewhere, and stays silent in a case that differs from that one by a few cells.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use gouji::engine::evaluate;
use gouji::engine::evaluation::Evaluation;
use gouji::engine::finding::{Finding, Level, builtin};
use gouji::engine::layout::Layout;
use gouji::engine::locate::locate;
use gouji::engine::submission::Submission;
use gouji::engine::template::Template;
use gouji::engine::template::spec::ColumnKind;
use gouji::words::Language;
use gouji::words::explain::explain;
use libtest_mimic::{Arguments, Failed, Trial};
use rust_decimal::Decimal;
use serde_json::Value;
use support::{Case, FindingSpec, case_folders, read_case, root, stem, templates, tomls};

/// A silent case may differ from the firing one in so many cells; an added or removed row counts as one.
const NEIGHBOURS_DIFFER_BY: usize = 6;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let templates = Arc::new(templates());
    let mut trials = Vec::new();
    for (id, folder) in case_folders() {
        let name = format!("{id}::{}", stem(&folder));
        let templates = Arc::clone(&templates);
        trials.push(Trial::test(name, move || check_folder(&templates, &id, &folder).map_err(Failed::from)));
    }
    for path in tomls(&root().join("templates")) {
        let id = stem(&path);
        let name = format!("{id}::every code fires in a case and stays silent beside it");
        let templates = Arc::clone(&templates);
        trials.push(Trial::test(name, move || check_coverage(&templates[&id]).map_err(Failed::from)));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The cell that a finding leads to says what it says, and what to do is what can be done.
fn leads_and_advises(finding: &Finding, layout: &Layout<'_>, wrong: &mut impl FnMut(String)) {
    let (code, places) = (&finding.code, finding.fact.places(&finding.cells));
    let first = finding.cells.first().map(String::as_str).unwrap_or_default();
    if !places.is_empty() && !places.contains(&first) {
        wrong(format!("{code} leads to {first}, and speaks of {places:?}"));
    }
    for language in [Language::Chinese, Language::English] {
        let said = explain(finding, layout, language);
        for sentence in [&said.what, &said.evidence, &said.todo] {
            let is_whole = sentence.ends_with(if language == Language::Chinese { '。' } else { '.' });
            if !is_whole || sentence.contains(['{', '}']) {
                wrong(format!("{code} is no whole sentence: “{sentence}”"));
            }
        }
        if finding.level == Level::Error && (said.todo.contains("审核说明") || said.todo.contains("with a note")) {
            wrong(format!("{code} is an error, which takes no note: {}", said.todo));
        }
    }
}

fn check_folder(templates: &BTreeMap<String, Template>, id: &str, folder: &Path) -> Result<(), String> {
    let name = stem(folder);
    let template = templates.get(id).ok_or_else(|| format!("{name}: no template `{id}`"))?;
    let case = read_case(template, folder).map_err(|error| format!("{name}: {error}"))?;
    let problems = check(template, &case);
    if problems.is_empty() { Ok(()) } else { Err(format!("{name}: {}\n{problems}", case.spec.about)) }
}

/// What differs from the expectations, a line each.
fn check(template: &Template, case: &Case) -> String {
    let evaluation = evaluate(template, &case.submission, case.spec.stage.stage());
    let layout = Layout::of(template, &case.submission);
    let mut problems = findings(&evaluation, &layout, &case.spec.finding);
    let mut wrong = |line: String| problems.push_str(&format!("  {line}\n"));
    for finding in &evaluation.findings {
        leads_and_advises(finding, &layout, &mut wrong);
    }
    // None of these filings is in 元, whatever else is wrong with it.
    let columns = locate(template, &case.submission, &evaluation, None).columns;
    if !columns.is_empty() {
        wrong(format!("nothing here is in 元: {columns:?}"));
    }
    for code in &case.spec.silent {
        if evaluation.findings.iter().any(|finding| finding.code == *code) {
            wrong(format!("{code} must stay silent here"));
        }
    }
    for expected in &case.spec.relation {
        let found = evaluation
            .relations
            .iter()
            .find(|result| result.code == expected.code && result.cells.first() == Some(&expected.cell));
        let state = found.map_or(Value::from("absent"), |result| json_of(&result.state));
        if state != expected.state.as_str() {
            wrong(format!("relation {} at {} is {state}, not {}", expected.code, expected.cell, expected.state));
        }
        let Some(found) = found else { continue };
        if expected.blanks_as_zero.is_some_and(|expected| expected != found.blanks_as_zero) {
            wrong(format!("relation {} at {}: blanks_as_zero is {}", found.code, expected.cell, found.blanks_as_zero));
        }
        for (what, expected, found) in
            [("computed", &expected.computed, found.computed), ("allowed", &expected.allowed, found.allowed)]
        {
            if expected.as_ref().is_some_and(|expected| found != Some(decimal(expected))) {
                wrong(format!("{what} is {found:?}, not {expected:?}"));
            }
        }
    }
    for expected in &case.spec.offer {
        let found = evaluation.offers.iter().find(|offer| offer.cell == expected.cell).map(|offer| offer.value);
        if found != Some(decimal(&expected.value)) {
            wrong(format!("the offer for {} is {found:?}, not {}", expected.cell, expected.value));
        }
    }
    let bindings: BTreeSet<(&str, &str)> =
        evaluation.bindings.iter().map(|binding| (binding.code.as_str(), binding.row.as_str())).collect();
    for expected in &case.spec.binding {
        if !bindings.contains(&(&expected.code, &expected.row)) {
            wrong(format!("the binding of {} by {} is not offered", expected.row, expected.code));
        }
    }
    scopes(&evaluation, case, &mut wrong);
    scores(&evaluation, case, &mut wrong);
    if let Some(expected) = &case.spec.progress {
        let found = evaluation.progress;
        if (found.required, found.filled) != (expected.required, expected.filled) {
            wrong(format!("progress is {found:?}, not {expected:?}"));
        }
    }
    for (key, expected) in &case.spec.labels {
        if layout.label(key) != *expected {
            wrong(format!("{key} is called {}, not {expected}", layout.label(key)));
        }
    }
    in_order(&evaluation, &layout, &mut wrong);
    problems
}

/// Compares the complete list of scopes, in its order, where the case says anything of scopes.
fn scopes(evaluation: &Evaluation, case: &Case, wrong: &mut impl FnMut(String)) {
    let (expected, found) = (&case.spec.scope, &evaluation.scopes);
    let count = match case.spec.scopes {
        Some(count) => count,
        None if expected.is_empty() => return,
        None => expected.len(),
    };
    if found.len() != count {
        wrong(format!("{} scopes are told, not {count}: {found:?}", found.len()));
    }
    for (expected, found) in expected.iter().zip(found) {
        let parts: Vec<&String> = found.parts.iter().map(|part| &part.cell).collect();
        if (&found.code, &found.wide, &found.narrow) != (&expected.code, &expected.wide, &expected.narrow)
            || !parts.iter().copied().eq(&expected.parts)
        {
            wrong(format!("a scope is {found:?}, not {expected:?}"));
        }
        if expected.says.as_ref().is_some_and(|piece| !found.sentence.contains(piece.as_str())) {
            wrong(format!("{} does not say {:?} but {}", found.code, expected.says, found.sentence));
        }
    }
}

fn scores(evaluation: &Evaluation, case: &Case, wrong: &mut impl FnMut(String)) {
    let Some(expected) = &case.spec.scores else { return };
    let Some(found) = &evaluation.scores else { return wrong("there are no scores".to_owned()) };
    let execution = found.execution.as_ref().and_then(|row| row.suggested);
    for (what, expected, found) in [
        ("total", &expected.total, found.total),
        ("measured", &expected.measured, found.measured),
        ("execution", &expected.execution, execution),
    ] {
        if expected.as_ref().is_some_and(|expected| found != Some(decimal(expected))) {
            wrong(format!("{what} is {found:?}, not {expected:?}"));
        }
    }
    for (what, expected, found) in
        [("grade", &expected.grade, &found.grade), ("measured grade", &expected.measured_grade, &found.measured_grade)]
    {
        if expected.is_some() && expected != found {
            wrong(format!("{what} is {found:?}, not {expected:?}"));
        }
    }
    for (cell, expected) in &expected.rows {
        let suggested = found.rows.iter().find(|row| row.cell == *cell).map(|row| row.suggested);
        let expected = (!expected.is_empty()).then(|| decimal(expected));
        if suggested != Some(expected) {
            wrong(format!("{cell} is measured {suggested:?}, not {expected:?}"));
        }
    }
}

/// Errors stand before warnings and these before infos; within a level the form's order.
fn in_order(evaluation: &Evaluation, layout: &Layout<'_>, wrong: &mut impl FnMut(String)) {
    let place = |finding: &Finding| (finding.level, finding.cells.first().and_then(|cell| layout.find(cell)));
    if !evaluation.findings.is_sorted_by_key(place) {
        wrong("the findings are not in the order of the form".to_owned());
    }
    let ids: BTreeSet<_> = evaluation.findings.iter().map(|finding| (&finding.code, &finding.cells)).collect();
    if ids.len() != evaluation.findings.len() {
        wrong("two findings have the same code and cells".to_owned());
    }
}

/// Compares the complete list of findings, whatever its order.
fn findings(evaluation: &Evaluation, layout: &Layout<'_>, expected: &[FindingSpec]) -> String {
    let mut problems = String::new();
    let mut left: Vec<&Finding> = evaluation.findings.iter().collect();
    for expected in expected {
        let same = |finding: &&Finding| finding.code == expected.code && finding.cells == expected.cells;
        match left.iter().position(same) {
            Some(at) => {
                let finding = left.remove(at);
                let differs = differs(finding, layout, expected);
                if !differs.is_empty() {
                    let _ = writeln!(problems, "  differs:    {}\n{differs}", line(finding, layout));
                }
            }
            None => {
                let _ = writeln!(problems, "  missing:    {} {} {:?}", expected.level, expected.code, expected.cells);
            }
        }
    }
    for finding in left {
        let _ = writeln!(problems, "  unexpected: {}", line(finding, layout));
    }
    problems
}

fn line(finding: &Finding, layout: &Layout<'_>) -> String {
    let said = explain(finding, layout, Language::Chinese);
    let level = json_of(&finding.level);
    let level = level.as_str().unwrap_or_default();
    format!("{level} {} {:?}\n              {} {}", finding.code, finding.cells, said.what, said.evidence)
}

fn differs(finding: &Finding, layout: &Layout<'_>, expected: &FindingSpec) -> String {
    let mut problems = String::new();
    let mut wrong = |line: String| problems.push_str(&format!("      {line}\n"));
    if json_of(&finding.level) != expected.level.as_str() {
        wrong(format!("level is {:?}, not {}", finding.level, expected.level));
    }
    let fact = json_of(&finding.fact);
    for (name, expected) in
        [("difference", &expected.difference), ("expected", &expected.expected), ("found", &expected.found)]
    {
        let found = argument(&fact, name);
        if expected
            .as_ref()
            .is_some_and(|expected| !found.is_some_and(|found| contains(found, &expected.as_str().into())))
        {
            wrong(format!("{name} is {found:?}, not {expected:?}"));
        }
    }
    for (name, expected) in expected.args.iter().flatten() {
        let expected = json_of(expected);
        let found = argument(&fact, name);
        if !found.is_some_and(|found| contains(found, &expected)) {
            wrong(format!("{name} is {}, not {expected}", found.unwrap_or(&Value::Null)));
        }
    }
    let note = finding.note.as_ref().map(|note| json_of(&note.state));
    if note != expected.note.as_deref().map(Value::from) {
        wrong(format!("its note is {note:?}, not {:?}", expected.note));
    }
    let said = explain(finding, layout, Language::Chinese);
    let said = format!("{} {} {}", said.what, said.evidence, said.todo);
    if let Some(piece) = expected.says.as_ref().filter(|piece| !said.contains(piece.as_str())) {
        wrong(format!("“{piece}” is not said in: {said}"));
    }
    problems
}

/// An argument of a fact, or of the row problem inside it.
fn argument<'v>(fact: &'v Value, name: &str) -> Option<&'v Value> {
    fact.get(name).or_else(|| fact.get("problem").and_then(|problem| problem.get(name)))
}

/// Whether a value holds the expected one: tables may have more keys, figures are compared as figures.
fn contains(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            expected.iter().all(|(key, expected)| found.get(key).is_some_and(|found| contains(found, expected)))
        }
        (Value::Array(found), Value::Array(expected)) => {
            found.len() == expected.len()
                && found.iter().zip(expected).all(|(found, expected)| contains(found, expected))
        }
        (Value::String(found), Value::String(expected)) => {
            match (found.parse::<Decimal>(), expected.parse::<Decimal>()) {
                (Ok(found), Ok(expected)) => found == expected,
                _ => found == expected,
            }
        }
        _ => found == expected,
    }
}

fn json_of(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("plain data")
}

#[track_caller]
fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is no decimal"))
}

/// Every code of a template has a case that finds it and one close to that which does not.
fn check_coverage(template: &Template) -> Result<(), String> {
    let cases: Vec<Case> = case_folders()
        .iter()
        .filter(|(id, _)| *id == template.spec().id)
        .map(|(_, folder)| read_case(template, folder))
        .collect::<Result<_, _>>()?;
    let spec = template.spec();
    let mut codes: BTreeSet<&str> = spec.relations.iter().map(|relation| relation.code.as_str()).collect();
    codes.extend(spec.rules.iter().map(|rule| rule.code.as_str()));
    codes.extend([
        builtin::UNREADABLE,
        builtin::NEGATIVE,
        builtin::TOO_MANY_PLACES,
        builtin::ROUNDING,
        builtin::UNVERIFIABLE,
        builtin::REQUIRED,
    ]);
    // A form without people has no number that must be whole.
    if spec.blocks.iter().flat_map(|block| &block.columns).any(|column| column.kind == ColumnKind::Count) {
        codes.insert(builtin::NOT_WHOLE);
    }
    let mut problems = String::new();
    for code in codes {
        let fires = || cases.iter().filter(|case| case.spec.finding.iter().any(|finding| finding.code == code));
        let silent = || cases.iter().filter(|case| case.spec.silent.iter().any(|silent| silent == code));
        if fires().next().is_none() {
            let _ = writeln!(problems, "  {code}: no case finds it");
        } else if silent().next().is_none() {
            let _ = writeln!(problems, "  {code}: no case names it in `silent`");
        } else if !fires().any(|one| silent().any(|other| distance(one, other) <= NEIGHBOURS_DIFFER_BY)) {
            let closest = fires().flat_map(|one| silent().map(move |other| distance(one, other))).min();
            let _ = writeln!(problems, "  {code}: the closest silent case differs in {closest:?} cells");
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Cells, rows, notes and settings in which two cases differ.
fn distance(one: &Case, other: &Case) -> usize {
    let rows = |submission: &Submission| -> BTreeSet<String> {
        submission.groups.values().flatten().map(|row| format!("{}{:?}", row.id, row.bound)).collect()
    };
    let (one_rows, other_rows) = (rows(&one.submission), rows(&other.submission));
    let all: BTreeSet<&String> = one.submission.cells.keys().chain(other.submission.cells.keys()).collect();
    let in_both = |key: &&&String| {
        let id = key.split('.').nth(1).unwrap_or_default();
        let known = |case: &Case| case.submission.groups.values().flatten().any(|row| row.id == id);
        known(one) == known(other)
    };
    let cells = all.iter().filter(in_both).filter(|key| one.submission.text(key) != other.submission.text(key)).count();
    cells
        + one_rows.symmetric_difference(&other_rows).count()
        + usize::from(one.spec.stage != other.spec.stage)
        + usize::from(one.submission.year != other.submission.year)
        + usize::from(one.submission.notes != other.submission.notes)
}
