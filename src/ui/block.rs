//! Draws a block of a template as a table: printed rows, and added rows with their buttons.

use leptos::prelude::*;

use crate::engine::edit::Edit;
use crate::engine::submission::AddedRow;
use crate::engine::template::spec::{BlockSpec, ColumnKind, ColumnSpec, RowSpec};
use crate::ui::cell::{Cell, CellPlace, go_to};
use crate::ui::form_state::FormState;
use crate::words::page;

/// One block. Drawn anew when its rows change, so that merged cells and row numbers follow.
#[component]
pub fn Block(block: BlockSpec) -> impl IntoView {
    let form = expect_context::<FormState>();
    let block = StoredValue::new(block);
    let groups: Vec<(String, Memo<Vec<AddedRow>>)> = block.with_value(|block| {
        block.rows.iter().filter_map(|row| row.group.clone()).map(|group| (group.clone(), form.rows(group))).collect()
    });
    let groups = StoredValue::new(groups);
    let title = move || form.heading(&block.with_value(|block| block.title.clone()));
    let rows = move || {
        block.with_value(|block| {
            let added = |group: &str| {
                groups.with_value(|groups| {
                    groups.iter().find(|(name, _)| name == group).map(|(_, rows)| rows.get()).unwrap_or_default()
                })
            };
            if block.heads.is_empty() { matrix_rows(block, added) } else { tree_rows(block, added) }
        })
    };
    let named = block.with_value(|block| block.rows.iter().any(|row| !row.label.is_empty() || row.group.is_some()));
    let headings = block.with_value(|block| headings(form, block, named));
    let class = block.with_value(|block| format!("block block-{}", block.id));
    view! {
        <table class=class>
            {move || {
                let title = title();
                (!title.is_empty()).then(|| view! { <caption>{title}</caption> })
            }}
            {headings}
            <tbody>{rows}</tbody>
        </table>
    }
}

/// The line of column headings, where the columns have names.
fn headings(form: FormState, block: &BlockSpec, named: bool) -> Option<AnyView> {
    let columns: Vec<&ColumnSpec> = visible_columns(block).collect();
    if columns.iter().all(|column| column.label.is_empty()) {
        return None;
    }
    let labels: Vec<String> = columns.iter().map(|column| column.label.clone()).collect();
    let first = if !block.heads.is_empty() {
        block.heads.iter().map(|head| view! { <th scope="col">{head.clone()}</th> }.into_any()).collect()
    } else if named {
        vec![view! { <th scope="col">{move || form.say(page::ITEM)}</th> }.into_any()]
    } else {
        Vec::new()
    };
    let rest: Vec<AnyView> = labels
        .into_iter()
        .map(|label| view! { <th scope="col">{move || form.heading(&label)}</th> }.into_any())
        .collect();
    Some(view! { <thead><tr>{first} {rest}</tr></thead> }.into_any())
}

/// Columns that have a heading of their own: the name of an added row stands among the row labels in a plain block.
fn visible_columns(block: &BlockSpec) -> impl Iterator<Item = &ColumnSpec> {
    let in_label = block.heads.is_empty();
    block.columns.iter().filter(move |column| !(in_label && column.kind == ColumnKind::Name))
}

/// Rows under each other, the added ones named in the label's place.
fn matrix_rows(block: &BlockSpec, added: impl Fn(&str) -> Vec<AddedRow>) -> Vec<AnyView> {
    let form = expect_context::<FormState>();
    let named = block.rows.iter().any(|row| !row.label.is_empty() || row.group.is_some());
    let mut rows = Vec::new();
    for row in &block.rows {
        let indent = format!("label indent-{}", row.indent);
        match (&row.id, &row.group) {
            (Some(id), _) => {
                let label = row.label.clone();
                let cells = cells(block, row, id, visible_columns(block));
                let label = named.then(|| view! { <th scope="row" class=indent>{move || form.heading(&label)}</th> });
                rows.push(view! { <tr>{label} {cells}</tr> }.into_any());
            }
            (None, Some(group)) => {
                let present = added(group);
                let last = present.len().saturating_sub(1);
                for (at, added) in present.iter().enumerate() {
                    let name = block.columns.iter().find(|column| column.kind == ColumnKind::Name);
                    let name = name.map(|column| view! { <Cell place=place(block, row, &added.id, column)/> });
                    let cells = cells(block, row, &added.id, visible_columns(block));
                    let buttons = row_buttons(form, block, row, added, at == last);
                    rows.push(view! { <tr class="added"><th scope="row" class=indent.clone()><div class="row-name">{name} {buttons}</div></th> {cells}</tr> }.into_any());
                }
                if present.is_empty() {
                    let span = (visible_columns(block).count()).to_string();
                    let button = add_button(form, row, None);
                    rows.push(view! { <tr class="added"><th scope="row" class=indent><div class="row-name">{button}</div></th><td colspan=span></td></tr> }.into_any());
                }
            }
            (None, None) => {}
        }
    }
    rows
}

/// Indicator rows under their 二级, which stand under their 一级, in merged cells.
fn tree_rows(block: &BlockSpec, added: impl Fn(&str) -> Vec<AddedRow>) -> Vec<AnyView> {
    let form = expect_context::<FormState>();
    let columns = block.columns.len();
    let mut rows = Vec::new();
    for upper in block.rows.iter().filter(|row| row.id.is_some()) {
        let Some(id) = &upper.id else { continue };
        let groups: Vec<&RowSpec> = block.rows.iter().filter(|row| row.under.as_ref() == Some(id)).collect();
        if groups.is_empty() {
            let label = upper.label.clone();
            let cells = cells(block, upper, id, block.columns.iter());
            rows.push(
                view! { <tr><th scope="row" colspan="2">{move || form.heading(&label)}</th> {cells}</tr> }.into_any(),
            );
            continue;
        }
        let height = |group: &RowSpec| group.group.as_deref().map_or(1, |group| added(group).len().max(1));
        let total: usize = groups.iter().map(|group| height(group)).sum();
        let mut first = Some(upper_cell(form, block, upper, id, total));
        for group in groups {
            let present = added(group.group.as_deref().unwrap_or_default());
            let span = height(group).to_string();
            let label = group.label.clone();
            let add = add_button(form, group, None);
            let mut second = Some(
                view! { <th scope="rowgroup" rowspan=span class="level-two">{move || form.heading(&label)} {add}</th> }
                    .into_any(),
            );
            if present.is_empty() {
                let span = columns.to_string();
                rows.push(view! { <tr>{first.take()} {second.take()} <td colspan=span></td></tr> }.into_any());
            }
            for added in &present {
                let cells = tree_cells(form, block, group, added);
                rows.push(view! { <tr class="added">{first.take()} {second.take()} {cells}</tr> }.into_any());
            }
        }
    }
    rows
}

/// The cell of a 一级 with its points, which can be changed.
fn upper_cell(form: FormState, block: &BlockSpec, row: &RowSpec, id: &str, height: usize) -> AnyView {
    let label = row.label.clone();
    let points: Vec<AnyView> = block
        .columns
        .iter()
        .filter(|column| row.has(column))
        .map(|column| view! { <span class="points"><Cell place=place(block, row, id, column)/> {move || form.say(page::POINTS)}</span> }.into_any())
        .collect();
    view! { <th scope="rowgroup" rowspan=height.to_string() class="level-one">{move || form.heading(&label)} {points}</th> }.into_any()
}

/// The cells of an indicator row: its name with the row's buttons, then the rest.
fn tree_cells(form: FormState, block: &BlockSpec, row: &RowSpec, added: &AddedRow) -> Vec<AnyView> {
    let mut views = Vec::new();
    for column in &block.columns {
        let cell = view! { <Cell place=place(block, row, &added.id, column)/> };
        views.push(if column.kind == ColumnKind::Name {
            let buttons = remove_button(form, block, row, added);
            let binding = binding(form, row, added);
            view! { <th scope="row"><div class="row-name">{cell} {buttons}</div> {binding}</th> }.into_any()
        } else {
            view! { <td class=column_class(column)>{cell}</td> }.into_any()
        });
    }
    views
}

fn cells<'a>(
    block: &BlockSpec,
    row: &RowSpec,
    id: &str,
    columns: impl Iterator<Item = &'a ColumnSpec>,
) -> Vec<AnyView> {
    columns
        .map(|column| {
            if !row.has(column) {
                return view! { <td class="no-cell"></td> }.into_any();
            }
            match row.fixed.get(&column.id) {
                Some(text) => view! { <td class="fixed">{text.clone()}</td> }.into_any(),
                None => {
                    view! { <td class=column_class(column)><Cell place=place(block, row, id, column)/></td> }.into_any()
                }
            }
        })
        .collect()
}

fn column_class(column: &ColumnSpec) -> &'static str {
    if column.kind.measure().is_some() { "figure" } else { "words" }
}

fn place(block: &BlockSpec, row: &RowSpec, id: &str, column: &ColumnSpec) -> CellPlace {
    let placeholder = if column.kind == ColumnKind::Name { row.placeholder.clone() } else { String::new() };
    CellPlace { key: format!("{}.{id}.{}", block.id, column.id), kind: column.kind, placeholder }
}

fn row_buttons(
    form: FormState,
    block: &BlockSpec,
    row: &RowSpec,
    added: &AddedRow,
    is_last: bool,
) -> impl IntoView + use<> {
    let add = is_last.then(|| add_button(form, row, Some(added.id.clone())));
    let remove = remove_button(form, block, row, added);
    view! { <span class="row-buttons">{add} {remove}</span> }
}

fn add_button(form: FormState, row: &RowSpec, after: Option<String>) -> AnyView {
    let group = row.group.clone().unwrap_or_default();
    let name = row.name.clone().unwrap_or_else(|| row.label.clone());
    let label = move || form.say_with(page::ADD_ROW_TO, &[("row", form.heading(&name))]);
    view! {
        <button type="button" class="row-button" data-action="add-row" data-group=group.clone() aria-label=label.clone() title=label
            on:click=move |_| form.add_row(&group, after.as_deref())>"＋"</button>
    }
    .into_any()
}

fn remove_button(form: FormState, block: &BlockSpec, row: &RowSpec, added: &AddedRow) -> AnyView {
    let (block, group, id) = (block.id.clone(), row.group.clone().unwrap_or_default(), added.id.clone());
    let name = row.name.clone().unwrap_or_else(|| row.label.clone());
    let label = move || form.say_with(page::REMOVE_ROW, &[("row", form.heading(&name))]);
    view! {
        <button type="button" class="row-button" data-action="remove-row" data-row=id.clone() aria-label=label.clone() title=label
            on:click=move |_| form.act(form.peek_filing(|filing| Edit::remove_row(filing, &block, &group, &id)))>"×"</button>
    }
    .into_any()
}

/// The offer to compare an indicator row with the form's own figures, or the sign that it is compared.
fn binding(form: FormState, row: &RowSpec, added: &AddedRow) -> impl IntoView + use<> {
    let (group, id) = (row.group.clone().unwrap_or_default(), added.id.clone());
    let bound = added.bound.is_some();
    let offered = Memo::new({
        let id = id.clone();
        move |_| form.evaluation().bindings.iter().find(|binding| binding.row == id).cloned()
    });
    move || {
        let (group, id) = (group.clone(), id.clone());
        if bound {
            let unbind = move |_| form.act(form.peek_filing(|filing| Edit::bind(filing, &group, &id, None)));
            return Some(
                view! { <button type="button" class="help bound" data-action="unbind" on:click=unbind>{form.say(page::BOUND)} " ×"</button> }
                    .into_any(),
            );
        }
        offered.get().map(|binding| {
            let target = binding.target.clone();
            let accept = move |_| {
                form.act(form.peek_filing(|filing| Edit::bind(filing, &group, &id, Some(&binding.code))));
                form.commit(&target);
            };
            view! { <button type="button" class="help offer" data-action="bind" on:click=accept>{form.say(page::BIND)}</button> }.into_any()
        })
    }
}

/// Leads to the first cell of a sheet; used by the links at the top.
pub fn first_key(block: &BlockSpec) -> Option<String> {
    let row = block.rows.iter().find(|row| row.id.is_some())?;
    let column = block.columns.iter().find(|column| row.has(column))?;
    Some(format!("{}.{}.{}", block.id, row.id.as_deref()?, column.id))
}

/// Goes to the first cell of a block.
pub fn go_to_block(block: &BlockSpec) {
    if let Some(key) = first_key(block) {
        go_to(&key);
    }
}
