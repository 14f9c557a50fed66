//! A table from a spreadsheet, pasted into the cells from one cell on. What does not fit is refused whole.

use crate::engine::layout::{Field, Layout};
use crate::engine::template::spec::ColumnKind;

/// What a pasted text is.
#[derive(Debug, PartialEq, Eq)]
pub enum Pasted {
    /// The text of one cell: nothing special.
    OneText,
    /// Cells with their new texts.
    Cells(Vec<(String, String)>),
    /// More rows or columns than stand from this cell on.
    TooLarge { rows: usize, columns: usize },
}

/// Lays a pasted text out over the cells of the block, to the right and down from `key`. Cells that the form prints
/// itself, and places without a cell, keep what they show.
pub fn into_cells(layout: &Layout<'_>, key: &str, text: &str) -> Pasted {
    let Some(first) = layout.find(key).map(|at| layout.field(at)) else { return Pasted::OneText };
    // Prose keeps its line breaks, as long as it is not a table.
    let is_prose = first.column.kind == ColumnKind::LongText && !text.contains('\t');
    let table = cells(text);
    let columns = table.iter().map(Vec::len).max().unwrap_or_default();
    if is_prose || (table.len() <= 1 && columns <= 1) {
        return Pasted::OneText;
    }
    let names: Vec<&str> = first.block.columns.iter().map(|column| column.id.as_str()).collect();
    let from = names.iter().position(|name| *name == first.column.id).unwrap_or_default();
    let mut rows: Vec<&str> = Vec::new();
    for field in layout.fields().iter().filter(|field| field.block.id == first.block.id) {
        if rows.last() != Some(&field.row_id()) {
            rows.push(field.row_id());
        }
    }
    let top = rows.iter().position(|row| *row == first.row_id()).unwrap_or_default();
    if table.len() > rows.len() - top || columns > names.len() - from {
        return Pasted::TooLarge { rows: table.len(), columns };
    }
    let mut pasted = Vec::new();
    for (row, texts) in rows[top..].iter().zip(table) {
        for (name, text) in names[from..].iter().zip(texts) {
            let field: Option<&Field<'_>> = layout
                .cell(&first.block.id, row, name)
                .map(|at| layout.field(at))
                .filter(|field| field.fixed().is_none());
            pasted.extend(field.map(|field| (field.key.clone(), text)));
        }
    }
    Pasted::Cells(pasted)
}

/// Rows and cells as spreadsheets write them to the clipboard: tabs, line breaks, quotes around a cell that has either.
/// The line break at the end is no row.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut table = vec![vec![String::new()]];
    let mut quoted = false;
    let mut rest = text.strip_suffix('\n').unwrap_or(text).chars().filter(|c| *c != '\r').peekable();
    while let Some(c) = rest.next() {
        let row = table.last_mut();
        let Some(cell) = row.and_then(|row| row.last_mut()) else { break };
        match c {
            '"' if quoted && rest.peek() == Some(&'"') => {
                rest.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            '\t' if !quoted => table.last_mut().into_iter().for_each(|row| row.push(String::new())),
            '\n' if !quoted => table.push(vec![String::new()]),
            _ => cell.push(c),
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::submission::Submission;

    fn paste(key: &str, text: &str) -> Pasted {
        let template = crate::built_in_template(crate::DEFAULT_TEMPLATE).expect("it is built in");
        into_cells(&Layout::of(&template, &Submission::blank(&template, "test")), key, text)
    }

    #[track_caller]
    fn check_cells(key: &str, text: &str, expected: &[(&str, &str)]) {
        let expected = expected.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
        assert_eq!(paste(key, text), Pasted::Cells(expected), "{text:?} into {key}");
    }

    #[test]
    fn table_goes_to_the_right_and_down_over_the_cells_that_people_fill() {
        check_cells(
            "funds.vehicles.budget",
            "1\t2\n3\t4\n",
            &[
                ("funds.vehicles.budget", "1"),
                ("funds.vehicles.final", "2"),
                ("funds.vehicle_purchase.budget", "3"),
                ("funds.vehicle_purchase.final", "4"),
            ],
        );
        // The form prints —— in the first column of this row.
        check_cells(
            "funds.procurement.prior",
            "7\t8\t9",
            &[("funds.procurement.budget", "8"), ("funds.procurement.final", "9")],
        );
        // An empty cell of the clipboard empties the cell, as in a spreadsheet.
        check_cells("staff.all.quota", "14\t", &[("staff.all.quota", "14"), ("staff.all.actual", "")]);
        // A printed row has no cell for a name; an added one has.
        check_cells(
            "funds.r1.name",
            "甲\t1\n乙\t2",
            &[("funds.r1.name", "甲"), ("funds.r1.prior", "1"), ("funds.earmarked.prior", "2")],
        );
    }

    #[test]
    fn one_text_and_prose_are_left_to_the_browser() {
        for (key, text) in [
            ("funds.vehicles.budget", "12.5"),
            ("funds.vehicles.budget", "12.5\r\n"),
            ("funds.vehicles.budget", ""),
            ("goals.all.expected", "一\n二\n三"),
            ("no.such.cell", "1\t2"),
        ] {
            assert_eq!(paste(key, text), Pasted::OneText, "{text:?} into {key}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_whole() {
        let wide = "1\t2\t3";
        assert_eq!(paste("funds.vehicles.budget", wide), Pasted::TooLarge { rows: 1, columns: 3 });
        let many = "1\t2\n".repeat(100);
        assert_eq!(paste("funds.vehicles.budget", &many), Pasted::TooLarge { rows: 100, columns: 2 });
        let large = format!("{}\n", vec!["1"; 50].join("\t")).repeat(100);
        assert_eq!(paste("funds.vehicles.budget", &large), Pasted::TooLarge { rows: 100, columns: 50 });
    }

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        assert_eq!(cells(text), expected, "{text:?}");
    }

    #[test]
    fn clipboard_of_a_spreadsheet_is_a_table() {
        check("1", &[&["1"]]);
        check("1\n", &[&["1"]]);
        check("1\r\n", &[&["1"]]);
        check("1\t2\n3\t4\n", &[&["1", "2"], &["3", "4"]]);
        check("1\r\n\r\n2\r\n", &[&["1"], &[""], &["2"]]);
        check("\t\n", &[&["", ""]]);
        check("\"a\nb\"\t\"say \"\"x\"\"\"\n", &[&["a\nb", "say \"x\""]]);
        check("5\"\t6", &[&["5\"", "6"]]);
        check("", &[&[""]]);
    }
}
