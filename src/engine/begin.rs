//! A filing begun from last year's: the same form a year on, with what stays of the old one and what moves into the columns
//! of last year. Nothing in it is a figure of the new year.

use crate::engine::layout::{Field, Layout};
use crate::engine::submission::{LAST_YEAR, Submission};
use crate::engine::template::Template;
use crate::engine::template::spec::{ColumnKind, NextYear};

/// The new filing, and how much of the old one is in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Begun {
    pub submission: Submission,
    pub counts: Counts,
}

/// What became of the filled cells of last year's filing. Each is in one of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Indicators that stay, by their names.
    pub indicators: usize,
    /// Their points, with those of the upper levels and of the total.
    pub points: usize,
    /// Names of other rows that people added.
    pub names: usize,
    /// Other cells that stay as they are: the unit's name.
    pub words: usize,
    /// Targets that stay until the person has looked at them.
    pub targets: usize,
    /// Words of the person that stay likewise.
    pub texts: usize,
    /// Figures that now stand in the columns of last year.
    pub carried: usize,
    /// Figures that are gone.
    pub figures: usize,
    /// Words that are gone: actual values, reasons.
    pub cleared: usize,
    /// Answers to warnings, which spoke of last year's figures.
    pub notes: usize,
}

/// Begins the filing of the year after `before`. `source` is where last year's figures come from, a file's name.
pub fn begin(template: &Template, before: &Submission, source: &str) -> Begun {
    let mut after = Submission {
        year: before.year.saturating_add(1),
        level: before.level.clone(),
        groups: before.groups.clone(),
        next_row: before.next_row,
        ..Submission::blank(template, &before.draft_id)
    };
    let mut counts = Counts { notes: before.notes.len(), ..Counts::default() };
    let layout = Layout::of(template, before);
    for field in layout.fields() {
        let text = before.text(&field.key);
        if text.trim().is_empty() || field.fixed().is_some() {
            continue;
        }
        let is_carried = carry(field, text, source, &mut after);
        let next = next_year(template, field);
        *counted(template, field, next, is_carried, &mut counts) += 1;
        if next != NextYear::Clear {
            after.cells.insert(field.key.clone(), text.to_owned());
        }
        if next == NextYear::Revise {
            after.provenance.insert(field.key.clone(), LAST_YEAR.to_owned());
        }
    }
    drop_empty_rows(template, &mut after);
    Begun { submission: after, counts }
}

/// Puts a figure into the column of its row that carries last year's.
fn carry(field: &Field<'_>, text: &str, source: &str, after: &mut Submission) -> bool {
    let carries = |last_year: &Option<String>| last_year.as_ref() == Some(&field.column.id);
    let column = field.block.columns.iter().find(|column| carries(&column.last_year));
    // The form prints —— where it wants no figure of last year.
    let Some(column) = column.filter(|column| field.row.has(column) && !field.row.fixed.contains_key(&column.id))
    else {
        return false;
    };
    let key = [&field.block.id, field.row_id(), &column.id].join(".");
    after.cells.insert(key.clone(), text.to_owned());
    after.provenance.insert(key, source.to_owned());
    true
}

/// What the form declares, or else what the roles and kinds of its columns say.
fn next_year(template: &Template, field: &Field<'_>) -> NextYear {
    if let Some(declared) = field.row.next_year.or(field.column.next_year) {
        return declared;
    }
    if let Some(scoring) = &template.spec().scoring {
        let is_weight = [&scoring.total_weight, &scoring.execution_weight].contains(&&field.key);
        let is_of = |column: &String| field.block.id == scoring.block && *column == field.column.id;
        if is_weight || is_of(&scoring.weight) {
            return NextYear::Keep;
        }
        // The target of a row that is compared with figures of the form is one of them.
        let is_bound = field.added.is_some_and(|added| added.bound.is_some());
        if is_of(&scoring.target) && !is_bound {
            return NextYear::Revise;
        }
        if is_of(&scoring.actual) || is_of(&scoring.reason) {
            return NextYear::Clear;
        }
    }
    match field.column.kind {
        ColumnKind::Name | ColumnKind::Text => NextYear::Keep,
        ColumnKind::LongText => NextYear::Revise,
        _ => NextYear::Clear,
    }
}

fn counted<'c>(
    template: &Template,
    field: &Field<'_>,
    next: NextYear,
    is_carried: bool,
    counts: &'c mut Counts,
) -> &'c mut usize {
    let scored = template.spec().scoring.as_ref().is_some_and(|scoring| scoring.block == field.block.id);
    let is_figure = field.column.kind.measure().is_some();
    match (next, field.column.kind) {
        (NextYear::Clear, _) if is_carried => &mut counts.carried,
        (NextYear::Clear, _) if is_figure => &mut counts.figures,
        (NextYear::Clear, _) => &mut counts.cleared,
        (_, ColumnKind::Name) if scored => &mut counts.indicators,
        (_, ColumnKind::Name) => &mut counts.names,
        (NextYear::Revise, ColumnKind::Quantity) => &mut counts.targets,
        (NextYear::Revise, _) => &mut counts.texts,
        (NextYear::Keep, _) if is_figure => &mut counts.points,
        (NextYear::Keep, _) => &mut counts.words,
    }
}

/// Rows of which nothing stayed are gone, but for those that a new form has too.
fn drop_empty_rows(template: &Template, after: &mut Submission) {
    let (cells, groups) = (&after.cells, &mut after.groups);
    for (group, rows) in groups.iter_mut() {
        let Some(place) = template.group(group) else { continue };
        let block = &template.spec().blocks[place.block];
        let initial = block.rows[place.row].initial as usize;
        let mut at = 0;
        rows.retain(|row| {
            at += 1;
            let has_text = |column: &String| cells.contains_key(&[block.id.as_str(), &row.id, column].join("."));
            at <= initial || block.columns.iter().any(|column| has_text(&column.id))
        });
    }
    groups.retain(|_, rows| !rows.is_empty());
}
