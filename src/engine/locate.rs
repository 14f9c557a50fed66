//! Which figure is wrong, what it should be, and why: what makes the violated relations of a filing agree again.
//!
//! Every value is proposed and none is changed. `system` is the filing as ties between figures, `build` makes it,
//! `cause` knows how people err, `solve` searches.

mod blanks;
mod bridge;
mod build;
pub mod cause;
pub mod column_unit;
pub mod common;
mod judge;
mod pairs;
pub mod ranges;
pub mod solve;
mod split;
pub mod system;

#[cfg(test)]
mod tests;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::engine::evaluate;
use crate::engine::evaluation::Evaluation;
use crate::engine::figures::Figures;
use crate::engine::finding::{AnswerState, Finding, Level, Part};
use crate::engine::layout::Layout;
use crate::engine::locate::blanks::blanks;
use crate::engine::locate::build::{Built, build, decimal};
use crate::engine::locate::cause::Cause;
use crate::engine::locate::column_unit::{ColumnUnit, columns};
use crate::engine::locate::solve::{Certainty, MOST_STEPS, Solved, solve};
use crate::engine::submission::Submission;
use crate::engine::template::Template;

/// What is known of the wrong figures of a filing.
#[derive(Clone, Debug, Default, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Located {
    /// Columns that seem to be typed in 元, in place of what their figures alone would say.
    pub columns: Vec<ColumnUnit>,
    /// One for each group of findings that hang together, in the order of the form.
    pub clusters: Vec<Cluster>,
    /// Blanks whose value a relation gives, other than totals of their parts.
    pub blanks: Vec<Blank>,
}

/// Findings that one wrong figure explains, or that hang together.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Cluster {
    /// The findings it stands for, by their place in [`Evaluation::findings`].
    pub findings: Vec<usize>,
    /// The gravest of theirs.
    pub level: Level,
    pub certainty: Certainty,
    /// What would make all of them agree, the likeliest first, at most [`MOST_REPAIRS`].
    pub repairs: Vec<Repair>,
    /// How many there are, those left out with them.
    pub repair_count: usize,
    /// So many figures are wrong at the least.
    pub at_least: usize,
    /// Where to begin, if there is no repair: the fewest cells that touch each relation.
    pub begin_with: Vec<String>,
    /// The difference is the sum of figures of other funds (口径), so perhaps nothing is wrong.
    pub bridge: Option<Bridge>,
}

/// More repairs than this are counted and not told.
pub const MOST_REPAIRS: usize = 3;

/// So many clusters are looked into for what else goes with them.
const MOST_FOLLOWED: usize = 6;

/// One way to make the findings of a cluster go.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Repair {
    /// One figure; two where one does not do.
    pub changes: Vec<Change>,
    /// Relations of these figures, all of which agree after the change.
    pub relations: usize,
}

/// One figure and what it should be.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Change {
    pub cell: String,
    /// As it stands; absent for a blank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<Decimal>,
    /// What it should be; absent where the relations leave that open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Decimal>,
    pub cause: Cause,
    /// The cell whose figure stands here, where it was copied or two were swapped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
}

/// A difference that is a sum of figures of other funds.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Bridge {
    /// The two sides that differ.
    pub wide: String,
    pub narrow: String,
    pub difference: Decimal,
    pub parts: Vec<Part>,
    /// The cell of the report that the sentence about it belongs into.
    pub into: String,
}

/// A blank and what the relations say of it.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Blank {
    pub cell: String,
    /// The value that the relations give; two where they do not agree; none where only this cell is missing for the
    /// relation to be checked.
    pub values: Vec<Decimal>,
    /// The relations, by code.
    pub codes: Vec<String>,
}

/// Finds the wrong figures behind the findings of an evaluation. `last_edited` is the cell that a person changed last.
pub fn locate(
    template: &Template,
    submission: &Submission,
    evaluation: &Evaluation,
    last_edited: Option<&str>,
) -> Located {
    let layout = Layout::of(template, submission);
    let figures = Figures::read(&layout, evaluation.stage);
    let built = build(&figures, evaluation, last_edited);
    let mut clusters: Vec<Cluster> = solve(&built.system, MOST_STEPS)
        .iter()
        .filter_map(|solved| cluster(&built, solved, evaluation, &figures))
        .collect();
    let columns = columns(submission, &figures, evaluation);
    let of_columns = |finding: &usize| columns.iter().any(|column| column.findings.contains(finding));
    // What is left of such a group is looked at again once the column is mended.
    clusters.retain(|cluster| !cluster.findings.iter().any(of_columns));
    let mut claimed: Vec<usize> = clusters.iter().flat_map(|cluster| cluster.findings.clone()).collect();
    claimed.extend(columns.iter().flat_map(|column| &column.findings));
    for cluster in clusters.iter_mut().take(MOST_FOLLOWED) {
        follow(cluster, &mut claimed, template, submission, evaluation);
    }
    clusters.sort_by_key(|cluster| (cluster.level, cluster.findings.first().copied()));
    Located { columns, clusters, blanks: blanks(&figures, evaluation) }
}

/// Other findings that go when the first repair is made are of the same wrong figure: a score above its points, a minus.
fn follow(
    cluster: &mut Cluster,
    claimed: &mut Vec<usize>,
    template: &Template,
    submission: &Submission,
    evaluation: &Evaluation,
) {
    let Some(repair) = cluster.repairs.first() else { return };
    if cluster.level != Level::Error || repair.changes.iter().any(|change| change.value.is_none()) {
        return;
    }
    let is_of_it = |finding: &Finding| repair.changes.iter().any(|change| finding.cells.contains(&change.cell));
    let is_answered = |finding: &Finding| finding.note.as_ref().is_some_and(|note| note.state == AnswerState::Valid);
    let others: Vec<usize> = (0..evaluation.findings.len())
        .filter(|at| !claimed.contains(at))
        .filter(|at| {
            let finding = &evaluation.findings[*at];
            finding.level != Level::Info && is_of_it(finding) && !is_answered(finding)
        })
        .collect();
    if others.is_empty() {
        return;
    }
    let after = evaluate(template, &repaired(submission, repair), evaluation.stage);
    for at in others {
        let finding = &evaluation.findings[at];
        // A list is the same one with another line.
        let is_list = finding.fact.places(&finding.cells).len() > 1;
        let is_same =
            |other: &Finding| other.code == finding.code && (is_list || other.cells.first() == finding.cells.first());
        if !after.findings.iter().any(is_same) {
            cluster.findings.push(at);
            claimed.push(at);
        }
    }
    cluster.findings.sort_unstable();
}

/// The filing as it would be with a repair made.
pub fn repaired(submission: &Submission, repair: &Repair) -> Submission {
    let mut after = submission.clone();
    for change in &repair.changes {
        if let Some(value) = change.value {
            after.cells.insert(change.cell.clone(), value.to_string());
        }
    }
    after
}

/// A group of violated relations as the findings they are; `None` where a person is better told each by itself.
fn cluster(built: &Built, solved: &Solved, evaluation: &Evaluation, figures: &Figures<'_>) -> Option<Cluster> {
    let mut findings: Vec<usize> = solved.rows.iter().filter_map(|row| built.findings[*row]).collect();
    findings.sort_unstable();
    findings.dedup();
    let level = findings.iter().map(|finding| evaluation.findings[*finding].level).min()?;
    // A warning is answered where it stands; several are not answered together.
    if level != Level::Error && findings.len() > 1 {
        return None;
    }
    let key = |cell: usize| built.keys[cell].clone();
    let change = |change: &solve::Change| Change {
        cell: key(change.cell),
        found: built.system.cells[change.cell].entered.map(|entered| decimal(entered.value)),
        value: change.value.map(decimal),
        cause: change.cause,
        other: change.other.map(key),
    };
    let repair = |answer: &solve::Answer| {
        let mut rows: Vec<usize> =
            answer.changes.iter().flat_map(|change| built.system.rows_of[change.cell].clone()).collect();
        rows.sort_unstable();
        rows.dedup();
        Repair { changes: answer.changes.iter().map(change).collect(), relations: rows.len() }
    };
    Some(Cluster {
        bridge: bridge::of(built, solved, figures),
        findings,
        level,
        certainty: solved.certainty,
        repairs: solved.answers.iter().take(MOST_REPAIRS).map(repair).collect(),
        repair_count: solved.answers.len(),
        at_least: solved.at_least,
        begin_with: solved.core.iter().map(|cell| key(*cell)).collect(),
    })
}
