//! What the sheets are drawn of, and what their cells are called: made anew only when something in it has changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::layout::Layout;
use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::engine::template::spec::ColumnKind;

/// What cells are called; changes with the year and the names of rows only.
#[derive(PartialEq, Eq)]
pub struct Names {
    made_of: String,
    pub cells: BTreeMap<String, String>,
}

/// Two hundred names are not made anew at each keystroke, but only when something in them has changed.
pub fn names(template: &Template, filing: &Submission, before: Option<&Arc<Names>>) -> Arc<Names> {
    let made_of = shape(template, filing, true);
    if let Some(before) = before.filter(|before| before.made_of == made_of) {
        return before.clone();
    }
    let layout = Layout::of(template, filing);
    let mut cells = BTreeMap::new();
    for field in layout.fields() {
        cells.insert(field.key.clone(), layout.label(&field.key));
    }
    Arc::new(Names { made_of, cells })
}

/// The form, the year, the level word and the added rows; with the names that people gave them, if asked for.
pub fn shape(template: &Template, filing: &Submission, with_names: bool) -> String {
    let mut shape = format!("{} {} {}", template.spec().id, filing.year, filing.level);
    for block in &template.spec().blocks {
        let named = block.columns.iter().find(|column| with_names && column.kind == ColumnKind::Name);
        for group in block.rows.iter().filter_map(|row| row.group.as_ref()) {
            shape.push('\n');
            for row in filing.groups.get(group).into_iter().flatten() {
                shape.push_str(&row.id);
                shape.push_str(row.bound.as_deref().unwrap_or_default());
                if let Some(column) = named {
                    shape.push_str(filing.text(&[block.id.as_str(), &row.id, &column.id].join(".")));
                }
                shape.push('\n');
            }
        }
    }
    shape
}
