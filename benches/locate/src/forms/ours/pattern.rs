//! What the sample has filled, read once: the cells with figures, their neighbours, and what ties them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use gouji::engine::amount::{self, Entry};
use gouji::engine::evaluate;
use gouji::engine::evaluation::Stage;
use gouji::engine::figures::Figures;
use gouji::engine::layout::{Field, FieldIndex, Layout};
use gouji::engine::locate::system::Figure;
use gouji::engine::relation::State;
use gouji::engine::submission::Submission;
use gouji::engine::template::formula::Comparison;
use gouji::engine::template::{Shape, Template};
use gouji::exchange::json;

use crate::entry::{plain, typed};
use crate::forms::{Filled, Measure, Sheet};

const SAMPLE: &str = include_str!("../../../../../tests/cases/zhuzhou-department/lusong-2024-report/submission.json");

/// Equalities that rules state, by the cells that they tie: P13 and P14.
const OF_RULES: [&[&str]; 2] = [
    &["use.total.amount", "totals.all.executed"],
    &["totals.all.score", "totals.all.weight", "totals.all.executed", "totals.all.adjusted"],
];

/// The sample as a pattern.
pub struct Pattern {
    pub template: Template,
    pub sample: Submission,
    /// The filled cells, with the sample's own figures.
    pub sheet: Sheet,
    /// Cell → its place in the sheet.
    pub place: BTreeMap<String, usize>,
    /// The rows of indicators with points, in groups of what sums to one heading: heading, its rows.
    pub points: Vec<(String, Vec<String>)>,
}

impl Pattern {
    /// A figure as the sample writes it in that cell.
    pub fn text(&self, key: &str, figure: Figure) -> String {
        let sign = if self.sample.text(key).ends_with('%') { "%" } else { "" };
        format!("{}{sign}", typed(figure))
    }
}

pub fn pattern() -> &'static Pattern {
    static PATTERN: OnceLock<Pattern> = OnceLock::new();
    PATTERN.get_or_init(|| {
        let template = gouji::built_in_template(gouji::DEFAULT_TEMPLATE).expect("the form is built in");
        let sample = json::read(SAMPLE, &template).unwrap_or_else(|why| panic!("the sample is no filing: {why:?}"));
        let sheet = sheet(&template, &sample);
        let place = sheet.cells.iter().enumerate().map(|(at, cell)| (cell.name.clone(), at)).collect();
        let points = points(&template, &sample);
        Pattern { template, sample, sheet, place, points }
    })
}

fn sheet(template: &Template, sample: &Submission) -> Sheet {
    let layout = Layout::of(template, sample);
    let figures = Figures::read(&layout, Stage::Final);
    let filled: Vec<(FieldIndex, &Field<'_>, Figure, Measure)> = layout
        .indexed()
        .filter_map(|(at, field)| {
            let measure = match field.column.kind.measure()? {
                amount::Measure::Money => Measure::Money,
                amount::Measure::Percent => Measure::Percent,
                amount::Measure::Points => Measure::Points,
                amount::Measure::Count => Measure::People,
                amount::Measure::Area => return None,
            };
            let Some(Entry::Number(amount)) = figures.entry(at).filter(|_| field.fixed().is_none()) else {
                return None;
            };
            let value = amount.value.normalize();
            let figure = plain(value.mantissa() * 10_i128.pow(9 - value.scale()));
            Some((at, field, figure, measure))
        })
        .collect();
    let mut equalities = equalities(template, sample, &layout, &figures);
    let place = |key: &str| filled.iter().position(|(_, field, ..)| field.key == key);
    let cells = filled.iter().map(|(_, field, figure, measure)| {
        let beside = neighbours(field.block.columns.iter().map(|column| &column.id), &field.column.id)
            .map(|column| column.and_then(|id| place(&format!("{}.{}.{id}", field.block.id, field.row_id()))));
        let rows = layout.block_fields(&field.block.id).filter(|other| other.column.id == field.column.id);
        let above_below =
            neighbours(rows.map(|other| &other.key), &field.key).map(|key| key.and_then(|key| place(key)));
        Filled {
            name: field.key.clone(),
            figure: *figure,
            measure: *measure,
            ties: equalities.remove(&field.key).unwrap_or_default(),
            beside: beside.into_iter().flatten().filter(|other| filled[*other].3 == *measure).collect(),
            above_below: above_below.into_iter().flatten().collect(),
            left: beside[0].filter(|other| filled[*other].3 == *measure),
        }
    });
    Sheet { cells: cells.collect() }
}

/// What stands before and behind one of a list.
fn neighbours<'k>(all: impl Iterator<Item = &'k String>, of: &str) -> [Option<&'k String>; 2] {
    let all: Vec<&String> = all.collect();
    let at = all.iter().position(|known| *known == of).unwrap_or(all.len());
    [at.checked_sub(1), at.checked_add(1)].map(|at| at.and_then(|at| all.get(at)).copied())
}

/// Cell → the equalities that can be checked in which it stands, or stands for a blank total.
fn equalities(
    template: &Template,
    sample: &Submission,
    layout: &Layout<'_>,
    figures: &Figures<'_>,
) -> BTreeMap<String, Vec<usize>> {
    let mut ties: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let evaluation = evaluate(template, sample, Stage::Final);
    let is_equality = |code: &str| {
        template.relations().iter().any(|relation| {
            let is_limit =
                matches!(relation.shape, Shape::Linear { comparison: Comparison::AtLeast | Comparison::AtMost, .. });
            template.relation_spec(relation).code == code && !is_limit
        })
    };
    let of_relations = evaluation.relations.iter().filter(|result| {
        matches!(result.state, State::Agrees | State::Rounding | State::Violated) && is_equality(&result.code)
    });
    let mut number = 0;
    for result in of_relations {
        let mut cells: Vec<FieldIndex> = result.cells.iter().filter_map(|key| layout.find(key)).collect();
        let mut at = 0;
        while let Some(cell) = cells.get(at).copied() {
            at += 1;
            if matches!(figures.entry(cell), Some(Entry::Blank)) {
                cells.extend(figures.parts_of(cell).into_iter().flatten().filter_map(|part| part.cell));
            }
        }
        cells.sort_unstable();
        cells.dedup();
        for cell in cells {
            ties.entry(layout.field(cell).key.clone()).or_default().push(number);
        }
        number += 1;
    }
    for keys in OF_RULES {
        for key in keys {
            ties.entry((*key).to_owned()).or_default().push(number);
        }
        number += 1;
    }
    ties
}

/// The headings of indicators and their rows that have points.
fn points(template: &Template, sample: &Submission) -> Vec<(String, Vec<String>)> {
    let layout = Layout::of(template, sample);
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for field in layout.block_fields("indicators").filter(|field| field.column.id == "weight") {
        match (field.added, groups.last_mut()) {
            (None, _) => groups.push((field.row_id().to_owned(), Vec::new())),
            (Some(row), Some((_, rows))) if !sample.text(&field.key).is_empty() => rows.push(row.id.clone()),
            _ => {}
        }
    }
    groups.retain(|(_, rows)| !rows.is_empty());
    groups
}
