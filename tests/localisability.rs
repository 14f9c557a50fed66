//! What the survey of a form says of each cell is what happens to a sound filing when that cell is changed.

mod support;

use std::collections::BTreeSet;
use std::fs;

use gouji::engine::evaluate;
use gouji::engine::evaluation::Stage;
use gouji::engine::layout::Layout;
use gouji::engine::submission::Submission;
use gouji::engine::template::Template;
use gouji::engine::template::localisability::{Survey, Surveyed, Tied, survey};
use gouji::exchange::json;
use rust_decimal::Decimal;
use support::{root, templates};

/// Sound filings in which every cell is filled.
const FILLED: &[(&str, &str)] =
    &[("zhuzhou-department", "balanced-report"), ("project-expenditure", "sound"), ("hunan-base-2018", "sound")];

fn filing(template: &Template, case: &str) -> Submission {
    let file = root().join("tests/cases").join(&template.spec().id).join(case).join("submission.json");
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    json::read(&text, template).expect("a sound filing")
}

/// The surveyed cell in a filing; of a group, in its first row.
fn key_in(submission: &Submission, cell: &Surveyed) -> Option<String> {
    let Some(group) = &cell.group else { return Some(cell.key.clone()) };
    let row = submission.groups.get(group)?.first()?;
    let mut parts = cell.key.split('.');
    let (block, column) = (parts.next()?, parts.next_back()?);
    Some(format!("{block}.{}.{column}", row.id))
}

fn codes(tied: &[Tied]) -> BTreeSet<&str> {
    tied.iter().map(|tied| tied.code.as_str()).collect()
}

/// The codes that are found once a figure is another one, larger or smaller.
fn broken(template: &Template, submission: &Submission, key: &str) -> BTreeSet<String> {
    let before = codes_found(template, submission);
    let layout = Layout::of(template, submission);
    let measure = layout.find(key).and_then(|at| layout.field(at).column.kind.measure());
    let is_whole = measure == Some(gouji::engine::amount::Measure::Count);
    let value: Decimal = submission.text(key).trim_end_matches('%').parse().expect("a figure");
    let half = (value / Decimal::TWO).round_dp(if is_whole { 0 } else { 2 });
    let mut broken = BTreeSet::new();
    for other in [value * Decimal::TWO + Decimal::TEN, half] {
        let mut changed = submission.clone();
        changed.cells.insert(key.to_owned(), other.to_string());
        broken.extend(codes_found(template, &changed));
    }
    broken.retain(|code| !before.contains(code));
    broken
}

fn codes_found(template: &Template, submission: &Submission) -> BTreeSet<String> {
    evaluate(template, submission, Stage::Final).findings.into_iter().map(|finding| finding.code).collect()
}

/// Each cell of the survey that the filing has a figure in, with what breaks when it is changed.
fn each_cell(mut with: impl FnMut(&Survey, usize, &str, BTreeSet<String>)) {
    let templates = templates();
    for (id, case) in FILLED {
        let template = &templates[*id];
        let submission = filing(template, case);
        let survey = survey(template);
        let mut tried = 0;
        for (at, cell) in survey.cells.iter().enumerate() {
            let Some(key) = key_in(&submission, cell).filter(|key| !submission.text(key).is_empty()) else { continue };
            tried += 1;
            with(&survey, at, &key, broken(template, &submission, &key));
        }
        assert!(tried * 10 >= survey.cells.len() * 9, "{id}: {tried} of {} cells are filled", survey.cells.len());
    }
}

#[test]
fn a_wrong_figure_breaks_each_equality_that_it_stands_in() {
    each_cell(|survey, at, key, broken| {
        let silent: Vec<&str> =
            codes(&survey.cells[at].equalities).into_iter().filter(|code| !broken.contains(*code)).collect();
        assert!(silent.is_empty(), "{key}: {silent:?} say nothing");
    });
}

#[test]
fn a_wrong_figure_breaks_no_equality_else() {
    each_cell(|survey, at, key, broken| {
        let cell = &survey.cells[at];
        let all: BTreeSet<&str> = survey.cells.iter().flat_map(|cell| codes(&cell.equalities)).collect();
        let known: BTreeSet<&str> =
            [&cell.equalities, &cell.in_some].into_iter().flat_map(|tied| codes(tied)).collect();
        let others: Vec<&String> =
            broken.iter().filter(|code| all.contains(code.as_str()) && !known.contains(code.as_str())).collect();
        assert!(others.is_empty(), "{key}: {others:?}");
    });
}

#[test]
fn cells_that_look_alike_have_the_same_equalities() {
    for template in templates().values() {
        let survey = survey(template);
        for set in &survey.alike {
            let ties: BTreeSet<_> = set.iter().map(|cell| codes(&survey.cells[*cell].equalities)).collect();
            assert_eq!(ties.len(), 1, "{}: {ties:?}", template.spec().id);
        }
        let seen = survey.cells.iter().filter(|cell| cell.alike.is_some());
        assert!(seen.clone().all(Surveyed::is_seen), "what is not seen looks like nothing");
    }
}
