//! Draws a block of a template as a table: printed rows, and added rows with their buttons.

use leptos::prelude::*;

use crate::engine::edit::Edit;
use crate::engine::submission::AddedRow;
use crate::engine::template::spec::{BlockSpec, ColumnKind, ColumnSpec, RowSpec};
use crate::ui::cell::{CellPlace, cell, go_to};
use crate::ui::form_state::FormState;
use crate::ui::parts::{Button, Said, Span, data, heading, row, text};
use crate::words::page;

/// The block at this place in the template. Drawn anew when its rows change, so that merged cells follow.
pub fn block(form: FormState, at: usize) -> AnyView {
    let template = form.template();
    let spec = &template.spec().blocks[at];
    let groups: Vec<(String, Memo<Vec<AddedRow>>)> =
        spec.rows.iter().filter_map(|row| row.group.clone()).map(|group| (group.clone(), form.rows(group))).collect();
    let class = format!("block block-{}", spec.id);
    let title = form.heading_says(&spec.title);
    let has_title = !spec.title.is_empty();
    let draw = Draw { form, at, groups: StoredValue::new(groups) };
    let headings = draw.headings(spec);
    let rows: Box<dyn Fn() -> Vec<AnyView> + Send> = Box::new(move || draw.rows());
    view! {
        <table class=class>
            {has_title.then(|| view! { <caption>{title}</caption> })}
            <thead>{headings}</thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// Goes to the first cell of a block.
pub fn go_to_block(block: &BlockSpec) {
    let Some(row) = block.rows.iter().find(|row| row.id.is_some()) else { return };
    if let (Some(column), Some(id)) = (block.columns.iter().find(|column| row.has(column)), &row.id) {
        go_to(&format!("{}.{id}.{}", block.id, column.id));
    }
}

#[derive(Clone, Copy)]
struct Draw {
    form: FormState,
    at: usize,
    groups: StoredValue<Vec<(String, Memo<Vec<AddedRow>>)>>,
}

impl Draw {
    fn rows(self) -> Vec<AnyView> {
        let template = self.form.template();
        let block = &template.spec().blocks[self.at];
        if block.heads.is_empty() { self.plain_rows(block) } else { self.tree_rows(block) }
    }

    /// The rows of a group that are present; asks to hear of their changes.
    fn present(self, row: &RowSpec) -> Vec<AddedRow> {
        let group = row.group.as_deref().unwrap_or_default();
        let rows =
            self.groups.with_value(|groups| groups.iter().find(|(name, _)| name == group).map(|(_, rows)| *rows));
        rows.map(|rows| rows.get()).unwrap_or_default()
    }

    /// The line of column headings, where the columns have names.
    fn headings(self, block: &BlockSpec) -> AnyView {
        let form = self.form;
        let columns: Vec<&ColumnSpec> = visible_columns(block).collect();
        if columns.iter().all(|column| column.label.is_empty()) {
            return ().into_any();
        }
        let mut cells: Vec<AnyView> = Vec::new();
        for head in &block.heads {
            cells.push(heading("", "col", Span::ONE, vec![text(form.heading_says(head))]));
        }
        if block.heads.is_empty() && has_labels(block) {
            cells.push(heading("", "col", Span::ONE, vec![text(form.says(page::ITEM))]));
        }
        for column in columns {
            cells.push(heading("", "col", Span::ONE, vec![text(form.heading_says(&column.label))]));
        }
        row("", cells)
    }

    /// Rows under each other, the added ones named in the label's place.
    fn plain_rows(self, block: &BlockSpec) -> Vec<AnyView> {
        let form = self.form;
        let mut rows = Vec::new();
        for spec in &block.rows {
            let indent = INDENTS[usize::from(spec.indent).min(INDENTS.len() - 1)];
            if let Some(id) = &spec.id {
                let mut cells = Vec::new();
                if has_labels(block) {
                    cells.push(heading(indent, "row", Span::ONE, vec![text(form.heading_says(&spec.label))]));
                }
                cells.extend(self.cells(block, spec, id));
                rows.push(row("", cells));
                continue;
            }
            let present = self.present(spec);
            let last = present.len().saturating_sub(1);
            for (at, added) in present.iter().enumerate() {
                let name = block.columns.iter().find(|column| column.kind == ColumnKind::Name);
                let mut parts: Vec<AnyView> =
                    name.map(|column| cell(form, place(block, spec, &added.id, column))).into_iter().collect();
                if at == last {
                    parts.push(self.add_button(spec, Some(added.id.clone())));
                }
                parts.push(self.remove_button(block, spec, added));
                let mut cells = vec![heading(indent, "row", Span::ONE, vec![named(parts)])];
                cells.extend(self.cells(block, spec, &added.id));
                rows.push(row("added", cells));
            }
            if present.is_empty() {
                let add = self.add_button(spec, None);
                let rest = data("", Span::columns(visible_columns(block).count()), ().into_any());
                rows.push(row("added", vec![heading(indent, "row", Span::ONE, vec![named(vec![add])]), rest]));
            }
        }
        rows
    }

    /// Indicator rows under their 二级, which stand under their 一级, in merged cells.
    fn tree_rows(self, block: &BlockSpec) -> Vec<AnyView> {
        let form = self.form;
        let mut rows = Vec::new();
        for upper in &block.rows {
            let Some(id) = &upper.id else { continue };
            let label = text(form.heading_says(&upper.label));
            let groups: Vec<(&RowSpec, Vec<AddedRow>)> = block
                .rows
                .iter()
                .filter(|row| row.under.as_ref() == Some(id))
                .map(|group| (group, self.present(group)))
                .collect();
            if groups.is_empty() {
                let mut cells = vec![heading("", "row", Span::columns(block.heads.len()), vec![label])];
                cells.extend(self.cells(block, upper, id));
                rows.push(row("", cells));
                continue;
            }
            let height: usize = groups.iter().map(|(_, present)| present.len().max(1)).sum();
            let mut parts = vec![label];
            for column in block.columns.iter().filter(|column| upper.has(column)) {
                let points = vec![cell(form, place(block, upper, id, column)), text(form.says(page::POINTS))];
                parts.push(view! { <span class="points">{points}</span> }.into_any());
            }
            let mut lead = vec![heading("level-one", "rowgroup", Span::rows(height), parts)];
            for (group, present) in groups {
                let parts = vec![text(form.heading_says(&group.label)), self.add_button(group, None)];
                lead.push(heading("level-two", "rowgroup", Span::rows(present.len().max(1)), parts));
                if present.is_empty() {
                    lead.push(data("", Span::columns(block.columns.len()), ().into_any()));
                    rows.push(row("", std::mem::take(&mut lead)));
                }
                for added in &present {
                    let mut cells = std::mem::take(&mut lead);
                    cells.extend(self.tree_cells(block, group, added));
                    rows.push(row("added", cells));
                }
            }
        }
        rows
    }

    /// The cells of an indicator row: its name with the row's buttons, then the rest.
    fn tree_cells(self, block: &BlockSpec, spec: &RowSpec, added: &AddedRow) -> Vec<AnyView> {
        let mut cells = Vec::new();
        for column in &block.columns {
            let input = cell(self.form, place(block, spec, &added.id, column));
            cells.push(if column.kind == ColumnKind::Name {
                let parts = vec![input, self.remove_button(block, spec, added)];
                heading("", "row", Span::ONE, vec![named(parts), self.binding(spec, added)])
            } else {
                data(column_class(column), Span::ONE, input)
            });
        }
        cells
    }

    fn cells(self, block: &BlockSpec, spec: &RowSpec, id: &str) -> Vec<AnyView> {
        let mut cells = Vec::new();
        for column in visible_columns(block) {
            cells.push(match spec.fixed.get(&column.id) {
                _ if !spec.has(column) => data("no-cell", Span::ONE, ().into_any()),
                Some(fixed) => data("fixed", Span::ONE, fixed.clone().into_any()),
                None => data(column_class(column), Span::ONE, cell(self.form, place(block, spec, id, column))),
            });
        }
        cells
    }

    fn add_button(self, spec: &RowSpec, after: Option<String>) -> AnyView {
        let form = self.form;
        let group = spec.group.clone().unwrap_or_default();
        let label = self.about_row(page::ADD_ROW_TO, spec);
        let add = {
            let group = group.clone();
            Box::new(move || form.add_row(&group, after.as_deref()))
        };
        Button::new("row-button", "add-row").on(group).title(label).view("+".into_any(), add)
    }

    fn remove_button(self, block: &BlockSpec, spec: &RowSpec, added: &AddedRow) -> AnyView {
        let form = self.form;
        let (block, group, id) = (block.id.clone(), spec.group.clone().unwrap_or_default(), added.id.clone());
        let label = self.about_row(page::REMOVE_ROW, spec);
        let on = id.clone();
        let remove =
            Box::new(move || form.act(form.peek_filing(|filing| Edit::remove_row(filing, &block, &group, &id))));
        Button::new("row-button", "remove-row").on(on).title(label).view("×".into_any(), remove)
    }

    fn about_row(self, words: crate::words::Words, spec: &RowSpec) -> Said {
        let form = self.form;
        let name = spec.name.clone().unwrap_or_else(|| spec.label.clone());
        Signal::derive(move || form.say_with(words, &[("row", form.heading(&name))]))
    }

    /// The offer to compare an indicator row with the form's own figures, or the sign that it is compared.
    fn binding(self, spec: &RowSpec, added: &AddedRow) -> AnyView {
        let form = self.form;
        let (group, id) = (spec.group.clone().unwrap_or_default(), added.id.clone());
        if added.bound.is_some() {
            let unbind = Box::new(move || form.act(form.peek_filing(|filing| Edit::bind(filing, &group, &id, None))));
            return Button::new("help bound", "unbind").labelled(form.says(page::BOUND), unbind);
        }
        let offered = form.binding(id.clone());
        let offer: Box<dyn Fn() -> Vec<AnyView> + Send> = Box::new(move || {
            let Some(binding) = offered.get() else { return Vec::new() };
            let (group, id) = (group.clone(), id.clone());
            let accept = Box::new(move || {
                form.act(form.peek_filing(|filing| Edit::bind(filing, &group, &id, Some(&binding.code))));
                form.commit(&binding.target);
            });
            vec![Button::new("help offer", "bind").labelled(form.says(page::BIND), accept)]
        });
        view! { {offer} }.into_any()
    }
}

const INDENTS: [&str; 4] = ["label indent-0", "label indent-1", "label indent-2", "label indent-3"];

/// A name and its buttons side by side.
fn named(parts: Vec<AnyView>) -> AnyView {
    view! { <div class="row-name">{parts}</div> }.into_any()
}

/// Columns that have a heading of their own: the name of an added row stands among the row labels in a plain block.
fn visible_columns(block: &BlockSpec) -> impl Iterator<Item = &ColumnSpec> {
    let in_label = block.heads.is_empty();
    block.columns.iter().filter(move |column| !(in_label && column.kind == ColumnKind::Name))
}

fn has_labels(block: &BlockSpec) -> bool {
    block.rows.iter().any(|row| !row.label.is_empty() || row.group.is_some())
}

fn column_class(column: &ColumnSpec) -> &'static str {
    if column.kind.measure().is_some() { "figure" } else { "words" }
}

fn place(block: &BlockSpec, spec: &RowSpec, id: &str, column: &ColumnSpec) -> CellPlace {
    let placeholder = if column.kind == ColumnKind::Name { spec.placeholder.clone() } else { String::new() };
    CellPlace { key: format!("{}.{id}.{}", block.id, column.id), kind: column.kind, placeholder }
}
