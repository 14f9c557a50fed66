//! Where what was read would go in a filing: rows by their names, blank rows in their order, new rows behind them.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::edit::Edit;
use crate::engine::layout::{Field, Layout};
use crate::engine::reading::{Link, Reading, Target};
use crate::engine::submission::{MATERIAL_NAME, PASTED, Submission};
use crate::engine::template::Template;
use crate::engine::template::spec::ColumnKind;

/// The cell of a filing that a link means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Cell(String),
    /// A row that the filing does not have yet.
    NewRow {
        group: String,
        number: usize,
        column: String,
    },
}

/// The place of each link of a reading; `None` for one that may be several cells.
pub fn places(layout: &Layout<'_>, reading: &Reading) -> Vec<Option<Place>> {
    let rows = rows(layout, reading);
    let place = |link: &Link| Some(of(layout.template, link.cell()?, &rows));
    reading.links.iter().map(place).collect()
}

/// The edit that enters these links, by their numbers, into the filing. Of several that mean one cell the first counts.
/// As with [`Edit::add_row`], the counter of rows goes on at once and is no part of the edit.
pub fn adopt(template: &Template, submission: &mut Submission, reading: &Reading, chosen: &[usize]) -> Edit {
    let mut after = submission.clone();
    let mut edit = Edit::default();
    let taken = |edit: &mut Edit, after: &mut Submission, more: Edit| {
        more.apply(after);
        edit.changes.extend(more.changes);
    };
    let mut made: BTreeMap<(String, usize), String> = BTreeMap::new();
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let places = places(&Layout::of(template, submission), reading);
    for at in chosen {
        let (Some(link), Some(Some(place))) = (reading.links.get(*at), places.get(*at)) else { continue };
        let key = match place {
            Place::Cell(key) => key.clone(),
            Place::NewRow { group, number, column } => {
                let id = match made.get(&(group.clone(), *number)) {
                    Some(id) => id.clone(),
                    None => {
                        let row = Edit::add_row(&mut after, group, None);
                        if row.is_empty() {
                            continue;
                        }
                        taken(&mut edit, &mut after, row);
                        let id = ["r", &(after.next_row - 1).to_string()].concat();
                        made.insert((group.clone(), *number), id.clone());
                        id
                    }
                };
                let Some(block) = template.group(group).map(|place| &template.spec().blocks[place.block]) else {
                    continue;
                };
                [block.id.as_str(), &id, column].join(".")
            }
        };
        texts.entry(key).or_insert_with(|| link.text.clone());
    }
    let source = after.report.get(MATERIAL_NAME).map_or(PASTED, String::as_str).to_owned();
    let cells = Edit::texts(&after, texts.into_iter().collect(), &source);
    taken(&mut edit, &mut after, cells);
    submission.next_row = after.next_row;
    edit
}

/// Group and number in the text → id of the row.
type RowIds = BTreeMap<(String, usize), String>;

fn of(template: &Template, target: &Target, rows: &RowIds) -> Place {
    match target {
        Target::Cell(key) => Place::Cell(key.clone()),
        Target::Row { group, number, column } => {
            let block = template.group(group).map(|place| template.spec().blocks[place.block].id.as_str());
            match (rows.get(&(group.clone(), *number)), block) {
                (Some(id), Some(block)) => Place::Cell([block, id, column].join(".")),
                _ => Place::NewRow { group: group.clone(), number: *number, column: column.clone() },
            }
        }
    }
}

/// Rows of the text that are rows of the filing: of the same name, or else blank ones in their order.
fn rows(layout: &Layout<'_>, reading: &Reading) -> RowIds {
    let mut ids = RowIds::new();
    let mut names: BTreeMap<(String, usize), String> = BTreeMap::new();
    for link in &reading.links {
        if let Some(Target::Row { group, number, column }) = link.cell() {
            let name = names.entry((group.clone(), *number)).or_default();
            if name_column(layout.template, group) == Some(column.as_str()) {
                name.clone_from(&link.text);
            }
        }
    }
    let rows_of = |group: &str| layout.submission.groups.get(group).into_iter().flatten();
    // Ids of rows, by their names and of those that are blank, the last first.
    let mut named: BTreeMap<(&str, String), Vec<&str>> = BTreeMap::new();
    let mut blank: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let filled: BTreeSet<&str> = layout
        .fields()
        .iter()
        .filter(|field| field.added.is_some() && !layout.submission.text(&field.key).is_empty())
        .map(Field::row_id)
        .collect();
    let groups: BTreeSet<&str> = names.keys().map(|(group, _)| group.as_str()).collect();
    for group in groups {
        let block = layout.template.group(group).map(|place| layout.template.spec().blocks[place.block].id.as_str());
        let (block, column) = (block.unwrap_or_default(), name_column(layout.template, group).unwrap_or_default());
        for row in rows_of(group).rev() {
            let name = squeezed(layout.submission.text(&[block, &row.id, column].join(".")));
            named.entry((group, name)).or_default().push(&row.id);
            if !filled.contains(row.id.as_str()) {
                blank.entry(group).or_default().push(&row.id);
            }
        }
    }
    for ((group, number), name) in &names {
        let name = squeezed(name);
        if !name.is_empty()
            && let Some(id) = named.get_mut(&(group.as_str(), name)).and_then(Vec::pop)
        {
            ids.insert((group.clone(), *number), id.to_owned());
        }
    }
    for (group, number) in names.keys() {
        let row = (group.clone(), *number);
        if !ids.contains_key(&row)
            && let Some(id) = blank.get_mut(group.as_str()).and_then(Vec::pop)
        {
            ids.insert(row, id.to_owned());
        }
    }
    ids
}

fn name_column<'t>(template: &'t Template, group: &str) -> Option<&'t str> {
    let place = template.group(group)?;
    let columns = &template.spec().blocks[place.block].columns;
    columns.iter().find(|column| column.kind == ColumnKind::Name).map(|column| column.id.as_str())
}

fn squeezed(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}
