//! Last year's filing, read for what this year's form says of last year: the columns that carry its figures, and no other.

use std::collections::BTreeSet;

use crate::engine::layout::Layout;
use crate::engine::reading::{Certainty, Link, Reading, Target, read_in_steps};
use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::engine::template::spec::{BlockSpec, ColumnKind, ColumnSpec, RowSpec};

/// Reads the material of a filing as what the filing says it is.
pub fn read_material(layout: &Layout<'_>, text: &str, progress: &mut dyn FnMut(u8)) -> Reading {
    if !layout.submission.has_material_of_last_year() {
        return read_in_steps(layout, text, progress);
    }
    // Its own year is the one before, whatever it says itself.
    let year = layout.submission.year.saturating_sub(1);
    let before = Submission { year, ..layout.submission.clone() };
    as_last_year(layout, read_in_steps(&Layout::of(layout.template, &before), text, progress))
}

/// The figures of a reading where this year's form has them as last year's. Rows that people added are kept by their names;
/// what this year's form has no place for is dropped. The year stays the one that the text states.
pub fn as_last_year(layout: &Layout<'_>, reading: Reading) -> Reading {
    let mut carried: Vec<Link> =
        reading.links.into_iter().filter_map(|link| of_last_year(layout.template, link)).collect();
    // A name without a figure would be a new row for nothing.
    let row = |link: &Link| match link.cell() {
        Some(Target::Row { group, number, .. }) => Some((group.clone(), *number)),
        _ => None,
    };
    let with_figures: BTreeSet<_> = carried.iter().filter(|link| link.value.is_some()).filter_map(row).collect();
    carried.retain(|link| link.value.is_some() || row(link).is_some_and(|row| with_figures.contains(&row)));
    Reading { links: carried, ..reading }
}

fn of_last_year(template: &Template, link: Link) -> Option<Link> {
    let cells: Vec<Target> = link.cells.iter().filter_map(|target| carrying(template, target)).collect();
    let certainty = match cells.len() {
        0 => return None,
        // The others have no place in this form, but it may have been one of them.
        1 if link.cells.len() > 1 => Certainty::Likely,
        _ => link.certainty,
    };
    Some(Link { cells, certainty, ..link })
}

/// The cell that says of last year what this cell says of its own.
fn carrying(template: &Template, target: &Target) -> Option<Target> {
    match target {
        Target::Cell(key) => {
            let (block, rest) = key.split_once('.')?;
            let (row, column) = rest.split_once('.')?;
            let block = template.block(block)?;
            let row = block.rows.iter().find(|known| known.id.as_deref() == Some(row))?;
            let column = column_carrying(block, row, column)?;
            Some(Target::Cell([&block.id, row.id.as_deref()?, &column.id].join(".")))
        }
        Target::Row { group, number, column } => {
            let place = template.group(group)?;
            let block = &template.spec().blocks[place.block];
            let is_name = |known: &&ColumnSpec| known.id == *column && known.kind == ColumnKind::Name;
            let has_last_year = block.columns.iter().any(|known| known.last_year.is_some());
            let name = block.columns.iter().find(is_name).filter(|_| has_last_year);
            let column = name.or_else(|| column_carrying(block, &block.rows[place.row], column))?.id.clone();
            Some(Target::Row { group: group.clone(), number: *number, column })
        }
    }
}

fn column_carrying<'t>(block: &'t BlockSpec, row: &RowSpec, column: &str) -> Option<&'t ColumnSpec> {
    let carries = |known: &&ColumnSpec| known.last_year.as_deref() == Some(column);
    let found = block.columns.iter().find(carries)?;
    // The form prints —— where it wants no figure of last year.
    (row.has(found) && !row.fixed.contains_key(&found.id)).then_some(found)
}
