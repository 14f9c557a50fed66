//! Where what was read would go in a filing: rows by their names, blank rows in their order, new rows behind them.

use std::collections::BTreeMap;

use crate::engine::edit::Edit;
use crate::engine::layout::Layout;
use crate::engine::reading::{Link, Reading, Target};
use crate::engine::submission::Submission;
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
    let cells = Edit::cells(&after, texts);
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
    let text_of = |group: &str, id: &str, column: &str| {
        let block = layout.template.group(group).map(|place| layout.template.spec().blocks[place.block].id.as_str());
        block.map(|block| layout.submission.text(&[block, id, column].join("."))).unwrap_or_default()
    };
    let mut used: Vec<String> = Vec::new();
    for ((group, number), name) in &names {
        let rows = layout.submission.groups.get(group).into_iter().flatten();
        let column = name_column(layout.template, group).unwrap_or_default();
        let same = rows.map(|row| &row.id).find(|id| {
            !used.contains(id) && !name.is_empty() && squeezed(text_of(group, id, column)) == squeezed(name)
        });
        if let Some(id) = same {
            used.push(id.clone());
            ids.insert((group.clone(), *number), id.clone());
        }
    }
    for (group, number) in names.keys() {
        if ids.contains_key(&(group.clone(), *number)) {
            continue;
        }
        let rows = layout.submission.groups.get(group).into_iter().flatten();
        let is_blank = |id: &str| {
            layout
                .fields()
                .iter()
                .filter(|f| f.row_id() == id && f.added.is_some())
                .all(|f| layout.submission.text(&f.key).is_empty())
        };
        if let Some(id) = rows.map(|row| &row.id).find(|id| !used.contains(id) && is_blank(id)) {
            used.push(id.clone());
            ids.insert((group.clone(), *number), id.clone());
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
