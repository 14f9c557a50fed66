//! What a pasted table would do to the form: which cells get another text, what is left out and why.

use crate::engine::amount::{Entry, Unreadable, read_amount};
use crate::engine::grid::Grid;
use crate::engine::layout::Layout;
use crate::engine::paste::labels::{Labelled, by_labels};
use crate::engine::paste::unreadable;
use crate::engine::template::spec::ColumnKind;
use crate::engine::tsv;

/// More than the largest form has cells: nobody means to paste this.
pub const MOST_CELLS: usize = 20_000;

/// What would become of a pasted table.
#[derive(Debug)]
pub struct Plan {
    pub kind: Kind,
    /// Rows and columns of what was copied.
    pub rows: usize,
    pub columns: usize,
    /// Every cell that takes part, those that keep their text too.
    pub cells: Vec<Cell>,
    pub skipped: Vec<Skipped>,
    /// So many rows and columns of what was copied lie beyond the table.
    pub rows_beyond: usize,
    pub columns_beyond: usize,
}

/// How a table was laid over the form.
#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    /// From the cell on, to the right and down.
    ByPlace,
    /// Its rows begin with the names of rows of the form; with a line of headings, its columns too.
    ByLabels { headings: bool },
    /// A text rather than a table of figures, into cells for figures: nothing is taken of it.
    Prose,
    /// More than the largest form.
    TooLarge,
}

/// A cell with the text that it would get.
#[derive(Debug, PartialEq, Eq)]
pub struct Cell {
    pub key: String,
    pub old: String,
    pub new: String,
    /// Why the new text is no number where one should be.
    pub unreadable: Option<Unreadable>,
}

impl Cell {
    pub fn is_changed(&self) -> bool {
        self.old != self.new
    }
}

/// A text that goes nowhere.
#[derive(Debug, PartialEq, Eq)]
pub enum Skipped {
    /// The form prints something of its own in this cell.
    Printed { key: String, text: String },
    /// There is no cell in this row.
    NoCell { row: String, text: String },
    /// A row whose name stands nowhere in this part of the form.
    UnknownRow { label: String },
}

/// Works out what pasting a text at a cell would do. `None` where there is no such cell.
pub fn plan(layout: &Layout<'_>, key: &str, text: &str) -> Option<Plan> {
    let (grid, (top, left)) = Grid::around(layout, key)?;
    let mut table = tsv::read(text);
    // Whole columns of a sheet are copied with all their blank rows.
    while table.len() > 1 && table.last().is_some_and(|row| is_blank(row)) {
        table.pop();
    }
    let (rows, columns) = (table.len(), width(&table));
    let mut plan = Plan {
        kind: Kind::ByPlace,
        rows,
        columns,
        cells: Vec::new(),
        skipped: Vec::new(),
        rows_beyond: 0,
        columns_beyond: 0,
    };
    if rows * columns > MOST_CELLS {
        plan.kind = Kind::TooLarge;
    } else if let Some(labelled) = by_labels(&grid, layout, left, &table) {
        plan.by_labels(layout, &grid, labelled);
    } else if is_prose(&grid, left, &table) {
        plan.kind = Kind::Prose;
    } else {
        squeeze(&mut table, 0, grid.columns.len() - left);
        plan.rows_beyond = table.len().saturating_sub(grid.rows.len() - top);
        plan.columns_beyond = width(&table).saturating_sub(grid.columns.len() - left);
        for (row, texts) in (top..grid.rows.len()).zip(table) {
            for (column, text) in (left..grid.columns.len()).zip(texts) {
                plan.put(layout, &grid, (row, column), text);
            }
        }
    }
    Some(plan)
}

impl Plan {
    /// The cells whose texts change.
    pub fn changed(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(|cell| cell.is_changed())
    }

    fn by_labels(&mut self, layout: &Layout<'_>, grid: &Grid<'_>, labelled: Labelled) {
        self.kind = Kind::ByLabels { headings: labelled.headings };
        self.columns_beyond = labelled.columns_beyond;
        self.skipped.extend(labelled.unknown.into_iter().map(|label| Skipped::UnknownRow { label }));
        for (row, column, text) in labelled.texts {
            self.put(layout, grid, (row, column), text);
        }
    }

    fn put(&mut self, layout: &Layout<'_>, grid: &Grid<'_>, (row, column): (usize, usize), text: String) {
        match grid.field(row, column) {
            Some(field) => match field.fixed() {
                Some(printed) if text.is_empty() || text.trim() == printed => {}
                Some(_) => self.skipped.push(Skipped::Printed { key: field.key.clone(), text }),
                None => self.cells.push(Cell {
                    old: layout.submission.text(&field.key).to_owned(),
                    unreadable: unreadable(field, &text),
                    key: field.key.clone(),
                    new: text,
                }),
            },
            None if text.is_empty() => {}
            None => {
                let named = (0..grid.columns.len()).find_map(|column| grid.field(row, column));
                let row = named.map(|field| layout.row_label(field)).unwrap_or_default();
                self.skipped.push(Skipped::NoCell { row, text });
            }
        }
    }
}

/// Columns without any text come from merged cells; where a table does not fit with them, it goes without.
pub(super) fn squeeze(table: &mut [Vec<String>], from: usize, room: usize) {
    if width(table).saturating_sub(from) <= room {
        return;
    }
    for column in (from..width(table)).rev() {
        if table.iter().all(|row| row.get(column).is_none_or(String::is_empty)) {
            for row in table.iter_mut().filter(|row| row.len() > column) {
                row.remove(column);
            }
        }
    }
}

pub(super) fn width(table: &[Vec<String>]) -> usize {
    table.iter().map(Vec::len).max().unwrap_or_default()
}

pub(super) fn is_blank(row: &[String]) -> bool {
    row.iter().all(|text| text.trim().is_empty())
}

/// At least so many texts, one of them so long, and hardly a number among them.
const PROSE_TEXTS: usize = 3;
const PROSE_LETTERS: usize = 10;

/// A text where a column of figures was to come: lines of a web page or of a report.
fn is_prose(grid: &Grid<'_>, left: usize, table: &[Vec<String>]) -> bool {
    let Some(measure) = grid.columns[left].1.measure() else { return false };
    let texts: Vec<&String> = table.iter().flatten().filter(|text| !text.trim().is_empty()).collect();
    let readable = texts.iter().filter(|text| !matches!(read_amount(text, measure), Entry::Unreadable(_))).count();
    texts.len() >= PROSE_TEXTS
        && readable * 5 < texts.len()
        && texts.iter().any(|text| text.chars().count() >= PROSE_LETTERS)
}

/// Whether a field holds the name of an added row.
pub(super) fn is_name(kind: ColumnKind) -> bool {
    kind == ColumnKind::Name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::submission::Submission;

    fn plan_over(before: &[(&str, &str)], key: &str, text: &str) -> Plan {
        let template = crate::built_in_template(crate::DEFAULT_TEMPLATE).expect("it is built in");
        let mut filing = Submission::blank(&template, "test");
        filing.cells.extend(before.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())));
        plan(&Layout::of(&template, &filing), key, text).expect("there is such a cell")
    }

    /// `key: old → new` for each cell that takes part.
    fn cells(plan: &Plan) -> Vec<String> {
        plan.cells.iter().map(|cell| format!("{}: {} → {}", cell.key, cell.old, cell.new)).collect()
    }

    #[test]
    fn what_is_replaced_emptied_and_kept_is_told_apart() {
        let before =
            [("funds.vehicles.budget", "1"), ("funds.vehicles.final", "9"), ("funds.vehicle_purchase.budget", "3")];
        let plan = plan_over(&before, "funds.vehicles.budget", "1\t2\n\t约4\n");
        assert_eq!(plan.kind, Kind::ByPlace);
        assert_eq!(
            cells(&plan),
            [
                "funds.vehicles.budget: 1 → 1",
                "funds.vehicles.final: 9 → 2",
                "funds.vehicle_purchase.budget: 3 → ",
                "funds.vehicle_purchase.final:  → 约4",
            ]
        );
        assert_eq!(plan.changed().count(), 3);
        let unreadable: Vec<_> =
            plan.cells.iter().filter(|cell| cell.unreadable.is_some()).map(|cell| &cell.new).collect();
        assert_eq!(unreadable, ["约4"]);
    }

    #[test]
    fn what_does_not_fit_is_counted_and_the_rest_goes_in() {
        let plan = plan_over(&[], "funds.procurement.budget", "1\t2\t3\n4\t5\t6\n7\t8\t9\n");
        assert_eq!((plan.rows, plan.columns, plan.rows_beyond, plan.columns_beyond), (3, 3, 1, 1));
        assert_eq!(
            cells(&plan),
            [
                "funds.procurement.budget:  → 1",
                "funds.procurement.final:  → 2",
                "funds.basic_adjustment.budget:  → 4",
                "funds.basic_adjustment.final:  → 5",
            ]
        );
        let plan = plan_over(&[], "funds.procurement.prior", "1\t2\t3\n——\t5\t6\n");
        assert_eq!(
            plan.skipped,
            [Skipped::Printed { key: "funds.procurement.prior".to_owned(), text: "1".to_owned() }]
        );
        assert_eq!(plan.cells.len(), 4);
        // Blank rows at the end are no rows, and blank columns of merged cells no columns.
        let plan = plan_over(&[], "funds.basic_adjustment.prior", "\t\t2\t\t3\t\n\t\t\t\t\t\n");
        assert_eq!((plan.rows_beyond, plan.columns_beyond), (0, 0), "{plan:?}");
    }

    #[test]
    fn large_tables_and_texts_are_known_for_what_they_are() {
        let large = format!("{}\n", vec!["1"; 200].join("\t")).repeat(5000);
        let plan = plan_over(&[], "funds.vehicles.budget", &large);
        assert_eq!((plan.kind, plan.rows, plan.columns), (Kind::TooLarge, 5000, 200));
        let page = "首页\n政务公开\n2024年度部门整体支出绩效自评报告已经公开\n联系我们\n版权所有";
        let plan = plan_over(&[], "funds.vehicles.budget", page);
        assert_eq!((plan.kind, plan.cells.len()), (Kind::Prose, 0));
        // The same lines are names where names belong, and figures are figures.
        assert_eq!(plan_over(&[], "indicators.r4.target", page).kind, Kind::ByPlace);
        assert_eq!(plan_over(&[], "funds.vehicles.budget", "1\n2\n3\n4").kind, Kind::ByPlace);
    }
}
