//! A block as the rectangle that it is on the form: its rows and columns, for ranges of cells.

use crate::engine::amount::{Entry, format_plain, read_amount};
use crate::engine::layout::{Field, Layout};
use crate::engine::template::spec::ColumnKind;

/// Rows and columns of the block around a cell, by their ids.
pub struct Grid<'l> {
    layout: &'l Layout<'l>,
    block: &'l str,
    pub rows: Vec<&'l str>,
    pub columns: Vec<(&'l str, ColumnKind)>,
}

impl<'l> Grid<'l> {
    /// The block of this cell, with the cell's place in it: row and column.
    pub fn around(layout: &'l Layout<'l>, key: &str) -> Option<(Self, (usize, usize))> {
        let mut parts = key.split('.');
        let (block, row, column) = (parts.next()?, parts.next()?, parts.next()?);
        let block = layout.template.spec().blocks.iter().find(|spec| spec.id == block)?;
        // A row of an upper level stands beside the rows under it and is no line of its own.
        let is_upper =
            |field: &Field<'_>| block.rows.iter().any(|row| row.under.is_some() && row.under == field.row.id);
        let mut rows: Vec<&str> = Vec::new();
        for field in layout.block_fields(&block.id) {
            let id = field.row_id();
            if rows.last() != Some(&id) && (id == row || !is_upper(field)) {
                rows.push(id);
            }
        }
        let columns: Vec<_> = block.columns.iter().map(|column| (column.id.as_str(), column.kind)).collect();
        let place = (rows.iter().position(|id| *id == row)?, columns.iter().position(|(id, _)| *id == column)?);
        Some((Self { layout, block: &block.id, rows, columns }, place))
    }

    /// The cell at a place, if there is one: printed rows have no cell for a name.
    pub fn field(&self, row: usize, column: usize) -> Option<&'l Field<'l>> {
        let at = self.layout.cell(self.block, self.rows.get(row)?, self.columns.get(column)?.0)?;
        Some(self.layout.field(at))
    }

    /// The key of a place, whether there is a cell or not.
    pub fn key(&self, row: usize, column: usize) -> String {
        [self.block, self.rows[row], self.columns[column].0].join(".")
    }
}

/// The keys of the rectangle between two cells of a block, row by row.
pub fn rectangle(layout: &Layout<'_>, from: &str, to: &str) -> Option<Vec<Vec<String>>> {
    let (grid, (row, column)) = Grid::around(layout, from)?;
    let (_, (other_row, other_column)) = Grid::around(layout, to).filter(|(other, _)| other.block == grid.block)?;
    // An upper row is in its own grid alone.
    let last = grid.rows.len() - 1;
    let rows = row.min(other_row)..=row.max(other_row).min(last);
    let columns = column.min(other_column)..=column.max(other_column);
    Some(rows.map(|row| columns.clone().map(|column| grid.key(row, column)).collect()).collect())
}

/// The key so many rows and columns away, or as far as the block goes. A place that people do not fill is one, too.
pub fn beside(layout: &Layout<'_>, key: &str, (down, right): (isize, isize)) -> Option<String> {
    let (grid, (row, column)) = Grid::around(layout, key)?;
    let row = row.saturating_add_signed(down).min(grid.rows.len() - 1);
    let column = column.saturating_add_signed(right).min(grid.columns.len() - 1);
    Some(grid.key(row, column))
}

/// The text of a cell for a spreadsheet: figures in plain digits, in the unit of the column, everything else as it stands.
pub fn for_spreadsheet(layout: &Layout<'_>, key: &str) -> String {
    let Some(at) = layout.find(key) else { return String::new() };
    let text = layout.text(at);
    let measure = layout.field(at).column.kind.measure();
    match measure.map(|measure| read_amount(text, measure)) {
        Some(Entry::Number(amount)) => {
            let sign = if text.trim_end().ends_with(['%', '％']) { "%" } else { "" };
            format_plain(amount.value, amount.places) + sign
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::submission::Submission;

    fn with_layout<T>(texts: &[(&str, &str)], read: impl FnOnce(&Layout<'_>) -> T) -> T {
        let template = crate::built_in_template(crate::DEFAULT_TEMPLATE).expect("it is built in");
        let mut filing = Submission::blank(&template, "test");
        filing.cells.extend(texts.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())));
        read(&Layout::of(&template, &filing))
    }

    #[test]
    fn rectangle_is_the_same_from_each_of_its_corners() {
        let expected = [
            ["funds.maintenance.budget", "funds.maintenance.final"],
            ["funds.r1.budget", "funds.r1.final"],
            ["funds.earmarked.budget", "funds.earmarked.final"],
        ];
        with_layout(&[], |layout| {
            for (from, to) in [
                ("funds.maintenance.budget", "funds.earmarked.final"),
                ("funds.earmarked.final", "funds.maintenance.budget"),
                ("funds.maintenance.final", "funds.earmarked.budget"),
            ] {
                assert_eq!(rectangle(layout, from, to).expect("one block"), expected, "{from} to {to}");
            }
            assert_eq!(rectangle(layout, "funds.office.final", "staff.all.rate"), None);
            assert_eq!(rectangle(layout, "funds.office.final", "funds.nowhere.final"), None);
        });
    }

    #[test]
    fn rows_of_an_upper_level_are_no_lines_between_indicators() {
        with_layout(&[], |layout| {
            // r6 is the last indicator under 产出指标, r7 the first under 效益指标, whose points stand in the margin.
            let (grid, (row, _)) = Grid::around(layout, "indicators.r7.target").expect("a cell");
            assert!(!grid.rows.contains(&"benefit"), "{:?}", grid.rows);
            assert_eq!(grid.rows[row - 1], "r6");
            let (grid, (row, column)) = Grid::around(layout, "indicators.benefit.weight").expect("a cell");
            assert_eq!((grid.rows[row], grid.columns[column].0), ("benefit", "weight"));
        });
    }

    #[test]
    fn steps_end_at_the_edges_of_the_block() {
        with_layout(&[], |layout| {
            for (key, step, expected) in [
                ("funds.office.final", (1, 0), "funds.utilities_travel.final"),
                ("funds.office.final", (-1, -1), "funds.public.budget"),
                ("funds.office.final", (0, 1), "funds.office.final"),
                ("funds.three_public.prior", (-1, 0), "funds.three_public.prior"),
                ("funds.basic_adjustment.final", (1, 0), "funds.basic_adjustment.final"),
            ] {
                assert_eq!(beside(layout, key, step).as_deref(), Some(expected), "{key} {step:?}");
            }
        });
    }

    #[test]
    fn figures_go_to_spreadsheets_in_plain_digits() {
        for (key, text, expected) in [
            ("funds.office.final", "1,234.50", "1234.50"),
            ("funds.office.final", "１２３４．５", "1234.5"),
            ("funds.office.final", "310300元", "31.0300"),
            ("funds.office.final", "(500)", "-500"),
            ("funds.office.final", "——", "——"),
            ("funds.office.final", "约12", "约12"),
            ("funds.office.final", "", ""),
            ("funds.procurement.prior", "", "——"),
            ("staff.all.rate", "98.5％", "98.5%"),
            ("staff.all.rate", "98.5", "98.5"),
            ("staff.all.quota", "1,024人", "1024"),
            ("indicators.r4.target", "≥1,000场", "≥1,000场"),
            ("goals.all.expected", "一\n二", "一\n二"),
            ("no.such.cell", "", ""),
        ] {
            with_layout(&[(key, text)], |layout| assert_eq!(for_spreadsheet(layout, key), expected, "{key} {text:?}"));
        }
    }
}
