//! What a text says beside what the form holds. Where they differ the relations are asked which of the two fits: the text
//! is not always to blame.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::engine::amount::{Entry, read_amount};
use crate::engine::evaluate;
use crate::engine::evaluation::Stage;
use crate::engine::finding::Level;
use crate::engine::layout::Layout;
use crate::engine::quantity::{UnitMatch, compare_units, read_quantity};
use crate::engine::reading::adopt::{Place, places};
use crate::engine::reading::{Certainty, Link, Reading};
use crate::engine::relation::State;
use crate::engine::submission::Submission;

/// How a place of the text stands to its cell.
#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The form says the same.
    Same,
    /// The cell is blank, or its row is not there yet.
    New,
    /// The form says something else; which of the two is likely wrong.
    Differs(Suspect),
    /// The text may mean one of several cells.
    Ambiguous,
}

/// Which of two figures that differ the relations speak against.
#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Suspect {
    Text,
    Form,
    /// The relations hold, or do not, with either.
    Either,
}

/// More differences than this are shown without asking the relations about each.
const MOST_ASKED: usize = 60;

/// The standing of each link of a reading.
pub fn compare(layout: &Layout<'_>, reading: &Reading) -> Vec<Standing> {
    let mut asked: BTreeMap<(String, String), Suspect> = BTreeMap::new();
    let places = places(layout, reading);
    let mut compared = Vec::with_capacity(places.len());
    for (link, place) in reading.links.iter().zip(places) {
        let key = match place {
            None => {
                compared.push(Standing::Ambiguous);
                continue;
            }
            Some(Place::NewRow { .. }) => {
                compared.push(Standing::New);
                continue;
            }
            Some(Place::Cell(key)) => key,
        };
        let held = layout.submission.text(&key);
        compared.push(if held.trim().is_empty() {
            Standing::New
        } else if is_same(layout, &key, held, link) {
            Standing::Same
        } else if link.value.is_none() {
            Standing::Differs(Suspect::Either)
        } else {
            let is_full = asked.len() >= MOST_ASKED;
            let suspect = asked
                .entry((key.clone(), link.text.clone()))
                .or_insert_with(|| if is_full { Suspect::Either } else { suspect(layout, &key, &link.text) });
            Standing::Differs(*suspect)
        });
    }
    compared
}

/// Links that can be taken over without a doubt: certain, and their cells are blank. The tables come first, the report last.
pub fn certain(reading: &Reading, standing: &[Standing]) -> Vec<usize> {
    let is_certain = |at: &usize| standing[*at] == Standing::New && reading.links[*at].certainty == Certainty::Certain;
    let mut certain: Vec<usize> = (0..reading.links.len()).filter(is_certain).collect();
    certain.sort_by_key(|at| reading.links[*at].from);
    certain
}

/// Whether a cell says what the text says, however it is written.
fn is_same(layout: &Layout<'_>, key: &str, held: &str, link: &Link) -> bool {
    let measure = layout.find(key).and_then(|at| layout.field(at).column.kind.measure());
    if let Some(measure) = measure {
        return match (read_amount(held, measure), read_amount(&link.text, measure)) {
            (Entry::Number(held), Entry::Number(said)) => {
                let gap = (held.value - said.value).abs();
                gap.is_zero() || gap < held.half_place(measure) + said.half_place(measure)
            }
            (held, said) => held == said,
        };
    }
    if let (Some(held), Some(said)) = (read_quantity(held), read_quantity(&link.text)) {
        let is_one = compare_units(&held.unit, &said.unit) == UnitMatch::Same;
        // 100余场 says no other than 120场.
        let reaches =
            said.is_lower_bound() && held.value >= said.value || held.is_lower_bound() && said.value >= held.value;
        return is_one && (held.value == said.value || reaches);
    }
    squeezed(held) == squeezed(&link.text)
}

/// Asks the relations of the cell: fewer of them are violated with the figure that is right.
fn suspect(layout: &Layout<'_>, key: &str, said: &str) -> Suspect {
    let violated = |submission: &Submission| {
        let evaluation = evaluate(layout.template, submission, Stage::Final);
        let relations = evaluation.relations.iter().filter(|relation| relation.state == State::Violated);
        let of_cell = relations.filter(|relation| relation.cells.iter().any(|cell| cell == key)).count();
        // Rules such as the scope of project spending are no relations, but they count.
        let ruled = evaluation.findings.iter().filter(|finding| finding.level == Level::Error);
        of_cell + ruled.filter(|finding| finding.cells.iter().any(|cell| cell == key)).count()
    };
    let mut with_text = layout.submission.clone();
    with_text.cells.insert(key.to_owned(), said.to_owned());
    match violated(layout.submission).cmp(&violated(&with_text)) {
        std::cmp::Ordering::Less => Suspect::Text,
        std::cmp::Ordering::Greater => Suspect::Form,
        std::cmp::Ordering::Equal => Suspect::Either,
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
