//! Our form with both tables and the report's figures: the cells that the sample has filled, with other figures.

mod figures;
mod pattern;

use gouji::engine::evaluate;
use gouji::engine::evaluation::{Evaluation, Stage};
use gouji::engine::finding::Level;
use gouji::engine::locate::system::{Figure, PLACES, Units};
use gouji::engine::locate::{Located, locate};
use gouji::engine::submission::Submission;
use rust_decimal::Decimal;

use crate::chance::Chance;
use crate::entry::typed;
use crate::forms::Sheet;
use crate::forms::ours::pattern::{Pattern, pattern};
use crate::verdict::{Answer, Group, Named, Verdict};

/// Rules that tie figures as relations do.
const TYING_RULES: [&str; 5] = ["P13", "P14", "R20", "R21", "R22"];

/// A true filing.
pub struct Ours {
    pub sheet: Sheet,
    submission: Submission,
}

/// A filing with its slips.
pub struct Entered {
    submission: Submission,
}

/// Makes a true filing.
pub fn make(chance: &mut Chance) -> Ours {
    let pattern = pattern();
    let values = figures::draw(chance, &pattern.points);
    let mut sheet = pattern.sheet.clone();
    let mut submission = pattern.sample.clone();
    for cell in &mut sheet.cells {
        cell.figure = *values.get(cell.name.as_str()).unwrap_or_else(|| panic!("{} has no figure", cell.name));
        submission.cells.insert(cell.name.clone(), pattern.text(&cell.name, cell.figure));
    }
    // The row of the whole spending repeats two figures with their unit.
    for (column, of) in [("target", "totals.all.opening"), ("actual", "totals.all.executed")] {
        submission.cells.insert(format!("indicators.r15.{column}"), format!("{}万元", typed(values[of])));
    }
    Ours { sheet, submission }
}

impl Ours {
    pub fn with<'s>(&self, changes: impl Iterator<Item = &'s (usize, Figure)>) -> Entered {
        let mut submission = self.submission.clone();
        for (cell, figure) in changes {
            let key = &self.sheet.cells[*cell].name;
            submission.cells.insert(key.clone(), pattern().text(key, *figure));
        }
        Entered { submission }
    }
}

impl Entered {
    pub fn evaluate(&self) -> Evaluation {
        evaluate(&pattern().template, &self.submission, Stage::Final)
    }

    pub fn locate(&self, evaluation: &Evaluation) -> Located {
        locate(&pattern().template, &self.submission, evaluation, None)
    }

    pub fn verdict(&self, evaluation: &Evaluation, located: &Located) -> Verdict {
        let Pattern { place, .. } = pattern();
        let groups = located.clusters.iter().map(|cluster| Group {
            answers: cluster
                .repairs
                .iter()
                .map(|repair| {
                    let named = repair.changes.iter().map(|change| Named {
                        cell: place.get(&change.cell).copied(),
                        value: change.value.and_then(units),
                        cause: change.cause,
                        other: change.other.as_ref().and_then(|other| place.get(other)).copied(),
                    });
                    Answer { changes: named.collect() }
                })
                .collect(),
            answer_count: cluster.repair_count,
            certainty: cluster.certainty,
            at_least: cluster.at_least,
        });
        Verdict {
            is_detected: evaluation.findings.iter().any(|finding| is_of_relation(&finding.code)),
            groups: groups.collect(),
        }
    }

    /// What is said of a filing although it is true: errors, and groups of relations that do not agree.
    pub fn false_alarms(&self) -> Vec<String> {
        let evaluation = self.evaluate();
        let errors = evaluation.findings.iter().filter(|finding| finding.level == Level::Error);
        let mut alarms: Vec<String> = errors.map(|finding| format!("{} {:?}", finding.code, finding.fact)).collect();
        let located = self.locate(&evaluation);
        let verdict = self.verdict(&evaluation, &located);
        alarms.extend(located.columns.iter().map(|column| format!("{column:?}")));
        if verdict.is_detected {
            alarms.push("a relation is violated".to_owned());
        }
        alarms.extend(verdict.groups.iter().map(|group| format!("{group:?}")));
        alarms
    }

    /// The relations that are not kept, in words for the one who looks into a case.
    pub fn violated(&self) -> Vec<String> {
        let findings = self.evaluate().findings;
        let of_relations = findings.iter().filter(|finding| is_of_relation(&finding.code));
        of_relations.map(|finding| format!("{} {}", finding.code, finding.cells.join(" "))).collect()
    }
}

fn is_of_relation(code: &str) -> bool {
    let template = &pattern().template;
    TYING_RULES.contains(&code)
        || template.relations().iter().any(|relation| template.relation_spec(relation).code == code)
}

/// A decimal in the engine's units; `None` where it is finer.
fn units(value: Decimal) -> Option<Units> {
    let value = value.normalize();
    let places = PLACES.checked_sub(value.scale())?;
    Some(value.mantissa() * 10_i128.pow(places))
}
