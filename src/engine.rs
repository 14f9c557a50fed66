//! The engine: a template and a filing in, an evaluation out. No I/O, no clock, no signal, no floating point.
#![deny(clippy::float_arithmetic)]

pub mod amount;
#[cfg(not(is_page))]
pub mod begin;
pub mod edit;
pub mod evaluation;
pub mod figures;
pub mod finding;
pub mod grid;
pub mod layout;
pub mod locate;
pub mod notes;
pub mod paste;
pub mod picture;
pub mod quantity;
pub mod reading;
pub mod relation;
pub mod report;
pub mod rule;
pub mod score;
pub mod submission;
pub mod template;
pub mod text;
pub mod ties;
pub mod tree;
pub mod tsv;
mod values;

use crate::engine::evaluation::{Counts, Evaluation, Progress, Stage};
use crate::engine::figures::Figures;
use crate::engine::finding::{Fact, Finding, Level, RoundingLine, builtin};
use crate::engine::layout::{Field, Layout};
use crate::engine::relation::{RelationResult, State};
use crate::engine::submission::Submission;
use crate::engine::template::Template;

/// Checks a filing against its template. Never fails: what a person typed wrongly is a finding.
pub fn evaluate(template: &Template, submission: &Submission, stage: Stage) -> Evaluation {
    let layout = Layout::of(template, submission);
    let figures = Figures::read(&layout, stage);

    let mut findings = values::check(&figures);
    let mut relations = Vec::new();
    let mut offers = Vec::new();
    for relation in template.relations() {
        let checked = relation::check(relation, &figures);
        relations.extend(checked.results);
        findings.extend(checked.findings);
        offers.extend(checked.offers);
    }
    let ruled = rule::check_all(&figures);
    findings.extend(ruled.findings);
    findings.extend(rounding(&relations, ruled.rounding));
    if stage == Stage::Final {
        findings.extend(unverifiable(&relations, template));
        findings.extend(values::required(&layout));
    }
    in_order(&mut findings, &layout);
    notes::answer(&mut findings, &layout);

    Evaluation {
        format: evaluation::FORMAT,
        version: evaluation::FORMAT_VERSION,
        program: crate::PROGRAM,
        template: template.stamp(),
        year: submission.year,
        stage,
        counts: Counts::of(&findings),
        findings,
        relations,
        offers,
        bindings: ruled.bindings,
        scopes: ruled.scopes,
        scores: ruled.scores,
        progress: progress(&layout, None),
    }
}

/// All differences that rounding explains, as one quiet line; a cell that several relations find rounded is told once.
fn rounding(relations: &[RelationResult], of_rules: Vec<RoundingLine>) -> Option<Finding> {
    let rounded = relations.iter().filter(|relation| relation.state == State::Rounding).filter_map(|relation| {
        let cell = relation.cells.first()?.clone();
        Some(RoundingLine { code: relation.code.clone(), cell, difference: relation.difference? })
    });
    let mut lines: Vec<RoundingLine> = Vec::new();
    for line in rounded.chain(of_rules) {
        if lines.iter().all(|told| told.cell != line.cell) {
            lines.push(line);
        }
    }
    let cells: Vec<String> = lines.iter().map(|line| line.cell.clone()).collect();
    grouped(builtin::ROUNDING, Level::Info, cells, Fact::Rounding { lines })
}

/// Totals without a single part beside them, as one quiet line.
fn unverifiable(relations: &[RelationResult], template: &Template) -> Option<Finding> {
    let mut cells: Vec<String> = Vec::new();
    for relation in relations.iter().filter(|relation| relation.state == State::Unverifiable) {
        // Only a total that its parts define says something to the person; other relations wait for their figures.
        let defines = |cell: &String| {
            let definition = template.definition(cell).map(|at| &template.relations()[at]);
            definition.is_some_and(|definition| template.relation_spec(definition).code == relation.code)
        };
        if let Some(cell) = relation.cells.first()
            && defines(cell)
            && !cells.contains(cell)
        {
            cells.push(cell.clone());
        }
    }
    grouped(builtin::UNVERIFIABLE, Level::Info, cells, Fact::Unverifiable)
}

fn grouped(code: &str, level: Level, cells: Vec<String>, fact: Fact) -> Option<Finding> {
    (!cells.is_empty()).then(|| Finding { code: code.to_owned(), level, cells, fact, note: None })
}

/// Errors first, then warnings, then infos; within a level in the order of the form.
fn in_order(findings: &mut [Finding], layout: &Layout<'_>) {
    findings.sort_by_cached_key(|finding| {
        let place = finding.cells.first().and_then(|cell| layout.find(cell));
        (finding.level, place.is_none(), place)
    });
}

/// How far the cells that must be filled are filled, of the whole form or of one sheet.
pub fn progress(layout: &Layout<'_>, sheet: Option<&str>) -> Progress {
    let mut progress = Progress::default();
    let is_of_sheet = |field: &Field<'_>| sheet.is_none_or(|sheet| field.block.sheet == sheet);
    for (at, field) in layout.indexed().filter(|(_, field)| field.required() && is_of_sheet(field)) {
        progress.required += 1;
        progress.filled += usize::from(!layout.text(at).trim().is_empty() && field.fixed().is_none());
    }
    progress
}
