//! A table from a spreadsheet, laid over the cells from one cell on. What is harmless goes in at once; the rest is shown
//! to the person first, by [`plan`].

#[cfg(not(is_page))]
mod labels;
#[cfg(not(is_page))]
mod plan;

#[cfg(not(is_page))]
pub use plan::{Cell, Kind, MOST_CELLS, Plan, Skipped, plan};

use crate::engine::amount::{Entry, Unreadable, read_amount};
use crate::engine::grid::Grid;
use crate::engine::layout::{Field, Layout};
use crate::engine::template::spec::ColumnKind;
use crate::engine::tsv;

/// What a pasted text is.
#[derive(Debug, PartialEq, Eq)]
pub enum Pasted {
    /// The text of one cell; where it stood in a cell of a spreadsheet, without its quotes and its line break.
    OneText(Option<String>),
    /// Cells with their new texts. None of them had another one.
    Cells(Vec<(String, String)>),
    /// A table that would replace something, does not fit, or cannot be read.
    Doubtful,
}

/// What becomes of a text that is pasted at a cell.
pub fn into_cells(layout: &Layout<'_>, key: &str, text: &str) -> Pasted {
    let Some((grid, (top, left))) = Grid::around(layout, key) else { return Pasted::OneText(None) };
    let is_prose = grid.columns[left].1 == ColumnKind::LongText;
    let table = tsv::read(text);
    if let [row] = table.as_slice()
        && let [cell] = row.as_slice()
    {
        let line = text.trim_end_matches(['\r', '\n']);
        // A cell with line breaks stands in quotes; prose may begin with one that is its own.
        let is_quoted = line.len() > 1 && line.starts_with('"') && line.ends_with('"') && cell.contains('\n');
        let is_line = !is_prose && line.len() < text.len();
        return Pasted::OneText(if is_quoted || is_line { Some(cell.clone()) } else { None });
    }
    // Prose keeps its line breaks, as long as it is not a table.
    if is_prose && !text.contains('\t') {
        return Pasted::OneText(None);
    }
    let mut cells = Vec::new();
    for (row, texts) in table.into_iter().enumerate() {
        for (column, text) in texts.into_iter().enumerate() {
            match grid.field(top + row, left + column) {
                Some(field) if is_harmless(layout, field, &text) => {
                    if field.fixed().is_none() {
                        cells.push((field.key.clone(), text));
                    }
                }
                None if text.is_empty() && top + row < grid.rows.len() && left + column < grid.columns.len() => {}
                _ => return Pasted::Doubtful,
            }
        }
    }
    Pasted::Cells(cells)
}

/// Whether nothing is lost where this text goes into this cell.
fn is_harmless(layout: &Layout<'_>, field: &Field<'_>, text: &str) -> bool {
    let old = layout.submission.text(&field.key);
    match field.fixed() {
        Some(printed) => text.is_empty() || text.trim() == printed,
        None => (old.is_empty() || old == text) && unreadable(field, text).is_none(),
    }
}

/// Why a text is no number, in a cell for numbers.
pub fn unreadable(field: &Field<'_>, text: &str) -> Option<Unreadable> {
    match field.column.kind.measure().map(|measure| read_amount(text, measure)) {
        Some(Entry::Unreadable(why)) => Some(why),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::submission::Submission;

    fn paste_over(before: &[(&str, &str)], key: &str, text: &str) -> Pasted {
        let template = crate::built_in_template(crate::DEFAULT_TEMPLATE).expect("it is built in");
        let mut filing = Submission::blank(&template, "test");
        filing.cells.extend(before.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())));
        into_cells(&Layout::of(&template, &filing), key, text)
    }

    fn paste(key: &str, text: &str) -> Pasted {
        paste_over(&[], key, text)
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
        // The form prints —— in the first column of this row, and so does whoever copies it.
        for printed in ["——", ""] {
            check_cells(
                "funds.procurement.prior",
                &format!("{printed}\t8\t9"),
                &[("funds.procurement.budget", "8"), ("funds.procurement.final", "9")],
            );
        }
        check_cells("staff.all.quota", "14\t", &[("staff.all.quota", "14"), ("staff.all.actual", "")]);
        // A printed row has no cell for a name; an added one has.
        check_cells(
            "funds.r1.name",
            "甲\t1\n\t2",
            &[("funds.r1.name", "甲"), ("funds.r1.prior", "1"), ("funds.earmarked.prior", "2")],
        );
    }

    #[test]
    fn one_text_and_prose_are_one_cell() {
        for (key, text, put) in [
            ("funds.vehicles.budget", "12.5", None),
            ("funds.vehicles.budget", "12.5\r\n", Some("12.5")),
            ("funds.vehicles.budget", "", None),
            ("goals.all.expected", "一\n二\n三", None),
            ("goals.all.expected", "一\n", None),
            // One cell of a spreadsheet with two lines in it.
            ("goals.all.expected", "\"一\n二\"\n", Some("一\n二")),
            ("goals.all.expected", "\"一\"\n\"二\"\n", None),
            ("indicators.r4.target", "\"≥5\n场\"", Some("≥5\n场")),
            ("no.such.cell", "1\t2", None),
        ] {
            assert_eq!(paste(key, text), Pasted::OneText(put.map(str::to_owned)), "{text:?} into {key}");
        }
    }

    #[test]
    fn whatever_would_be_lost_is_asked_about() {
        let before = [("funds.vehicles.final", "2")];
        let text = "1\t2\n3\t4";
        assert!(matches!(paste_over(&before, "funds.vehicles.budget", text), Pasted::Cells(cells) if cells.len() == 4));
        let before = [("funds.vehicles.final", "2.0")];
        assert_eq!(paste_over(&before, "funds.vehicles.budget", text), Pasted::Doubtful, "another text goes");
        assert_eq!(paste_over(&before, "funds.vehicles.budget", "1\t\n3\t4"), Pasted::Doubtful, "a text is emptied");
        for (key, text, why) in [
            ("funds.vehicles.budget", "1\t2\t3", "too wide"),
            ("funds.basic_adjustment.budget", "1\n2", "too long"),
            ("funds.procurement.prior", "7\t8\t9", "on what the form prints"),
            ("funds.vehicles.budget", "1\t约2", "no number"),
            ("funds.r1.name", "甲\t1\n乙\t2", "where no cell is"),
        ] {
            assert_eq!(paste(key, text), Pasted::Doubtful, "{why}");
        }
    }
}
