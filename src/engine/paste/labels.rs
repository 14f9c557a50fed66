//! A pasted table whose rows begin with the names of rows of the form: it is laid out by them, not by place.

use crate::engine::amount::{Entry, Measure, read_amount};
use crate::engine::grid::Grid;
use crate::engine::layout::{Layout, plain};
use crate::engine::paste::plan::{is_blank, is_name, squeeze, width};

/// Texts with the rows and columns of the form that they belong to.
pub(super) struct Labelled {
    pub texts: Vec<(usize, usize, String)>,
    /// Whether a line of headings gave the columns.
    pub headings: bool,
    /// Names of rows that this part of the form does not have.
    pub unknown: Vec<String>,
    pub columns_beyond: usize,
}

/// Names stand in one of so many first columns; before them there may be numbers or a title down the side.
const FIRST_COLUMNS: usize = 4;

/// Lays a table out by the names of its rows, where at least half of them are names of this part of the form.
pub(super) fn by_labels(grid: &Grid<'_>, layout: &Layout<'_>, left: usize, table: &[Vec<String>]) -> Option<Labelled> {
    let names = row_names(grid, layout);
    let columns = 0..width(table).min(FIRST_COLUMNS);
    let found = columns.map(|column| (column, matches(&names, table, column)));
    let (labels, rows) = found.rev().max_by_key(|(_, rows)| rows.iter().flatten().count())?;
    // Without a column behind the names there is nothing to lay out.
    let first = rows.iter().position(Option::is_some).filter(|_| labels + 1 < width(table))?;
    let (above, body) = table.split_at(first);
    // A line without a name that has figures is no heading.
    let is_heading = |row: &&Vec<String>| !row.iter().any(|text| is_figure(text));
    let lines = body.iter().filter(|row| !is_blank(row)).count()
        + above.iter().filter(|row| !is_heading(row) && !is_blank(row)).count();
    if rows.iter().flatten().count() * 2 < lines {
        return None;
    }
    let by_headings = above.iter().rev().find_map(|row| columns_of(grid, layout, row, labels));
    let headings = by_headings.is_some();
    let mut texts = Vec::new();
    let mut unknown = Vec::new();
    let mut columns_beyond = 0;
    let mut values: Vec<Vec<String>> = body.iter().map(|row| row.iter().skip(labels + 1).cloned().collect()).collect();
    let targets = by_headings.unwrap_or_else(|| {
        let first_figure = grid.columns.iter().position(|(_, kind)| !is_name(*kind)).unwrap_or_default();
        squeeze(&mut values, 0, grid.columns.len() - first_figure);
        let is_room = left + width(&values) <= grid.columns.len();
        let from = if is_room { left.max(first_figure) } else { first_figure };
        columns_beyond = (from + width(&values)).saturating_sub(grid.columns.len());
        (0..width(&values)).map(|at| Some(from + at).filter(|column| *column < grid.columns.len())).collect()
    });
    for ((line, row), values) in body.iter().zip(&rows[first..]).zip(values) {
        match row {
            Some(row) => texts.extend(
                values.into_iter().zip(&targets).filter_map(|(text, column)| column.map(|column| (*row, column, text))),
            ),
            None if is_blank(line) => {}
            None => {
                let label = line.iter().find(|text| !text.trim().is_empty());
                unknown.extend(label.map(|label| label.trim().to_owned()));
            }
        }
    }
    let lost = above.iter().filter(|row| !is_heading(row)).filter_map(|row| row.get(labels));
    unknown.extend(lost.filter(|label| !label.trim().is_empty()).map(|label| label.trim().to_owned()));
    Some(Labelled { texts, headings, unknown, columns_beyond })
}

/// What each row of the form is called, in all ways that forms have for it.
fn row_names(grid: &Grid<'_>, layout: &Layout<'_>) -> Vec<Vec<String>> {
    let mut names = Vec::new();
    for row in 0..grid.rows.len() {
        let mut of_row = Vec::new();
        if let Some(field) = (0..grid.columns.len()).find_map(|column| grid.field(row, column)) {
            of_row.push(spelt(&layout.row_label(field)));
            if field.added.is_none() {
                let all = [&field.row.label].into_iter().chain(&field.row.also);
                of_row.extend(all.map(|label| spelt(&layout.heading(label))));
            }
        }
        of_row.retain(|name| !name.is_empty());
        names.push(of_row);
    }
    names
}

/// The row of the form for each line of a table, by the names in one of its columns. Of rows with the same name, the
/// next one that is still to come is meant.
fn matches(names: &[Vec<String>], table: &[Vec<String>], column: usize) -> Vec<Option<usize>> {
    let mut taken = vec![false; names.len()];
    let mut next = 0;
    let mut rows = Vec::new();
    for line in table {
        let label = line.get(column).map(|text| spelt(text)).filter(|label| !label.is_empty());
        let row = label.and_then(|label| {
            let is_it = |row: &usize| !taken[*row] && names[*row].contains(&label);
            (next..names.len()).chain(0..next).find(is_it)
        });
        if let Some(row) = row {
            taken[row] = true;
            next = row + 1;
        }
        rows.push(row);
    }
    rows
}

/// The column of the form for each column behind the names, by a line of headings: all of those that it names.
fn columns_of(grid: &Grid<'_>, layout: &Layout<'_>, headings: &[String], labels: usize) -> Option<Vec<Option<usize>>> {
    let spec =
        (0..grid.rows.len()).find_map(|row| (0..grid.columns.len()).find_map(|column| grid.field(row, column)))?.block;
    let find = |text: &String| {
        let heading = spelt(text);
        spec.columns.iter().position(|column| !heading.is_empty() && spelt(&layout.heading(&column.label)) == heading)
    };
    let columns: Vec<Option<usize>> = headings.iter().skip(labels + 1).map(find).collect();
    columns.iter().any(Option::is_some).then_some(columns)
}

fn is_figure(text: &str) -> bool {
    matches!(read_amount(text, Measure::Money), Entry::Number(_))
}

/// A label without what is not said of it: numbering, 其中, colons, spaces.
fn spelt(text: &str) -> String {
    plain(text).chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use crate::engine::layout::Layout;
    use crate::engine::paste::{Kind, Plan, Skipped, plan};
    use crate::engine::submission::Submission;

    fn plan_at(key: &str, text: &str) -> Plan {
        let template = crate::built_in_template(crate::DEFAULT_TEMPLATE).expect("it is built in");
        let mut filing = Submission::blank(&template, "test");
        filing.year = 2024;
        plan(&Layout::of(&template, &filing), key, text).expect("there is such a cell")
    }

    #[track_caller]
    fn check(key: &str, text: &str, kind: Kind, expected: &[(&str, &str)]) -> Plan {
        let plan = plan_at(key, text);
        assert_eq!(plan.kind, kind, "{text:?} at {key}");
        let cells: Vec<(&str, &str)> = plan.cells.iter().map(|cell| (cell.key.as_str(), cell.new.as_str())).collect();
        assert_eq!(cells, expected, "{text:?} at {key}");
        plan
    }

    #[test]
    fn rows_go_by_their_names_in_whatever_order() {
        let plan = check(
            "funds.three_public.budget",
            "2、出国经费\t1\t2\n三公经费\t3\t4\n　　其中：公车购置\t5\t6\n",
            Kind::ByLabels { headings: false },
            &[
                ("funds.abroad.budget", "1"),
                ("funds.abroad.final", "2"),
                ("funds.three_public.budget", "3"),
                ("funds.three_public.final", "4"),
                ("funds.vehicle_purchase.budget", "5"),
                ("funds.vehicle_purchase.final", "6"),
            ],
        );
        assert_eq!((plan.skipped.len(), plan.columns_beyond), (0, 0));
        // Three figures do not fit from there on, and are all that the rows have.
        check(
            "funds.three_public.final",
            "公务接待\t1\t2\t3",
            Kind::ByLabels { headings: false },
            &[("funds.reception.prior", "1"), ("funds.reception.budget", "2"), ("funds.reception.final", "3")],
        );
    }

    #[test]
    fn headings_say_which_column_is_which() {
        check(
            "funds.three_public.prior",
            "经费控制情况（万元）\t2024年决算数\t2024年预算数\n三公经费\t8\t9\n公用经费\t\t7\n",
            Kind::ByLabels { headings: true },
            &[
                ("funds.three_public.final", "8"),
                ("funds.three_public.budget", "9"),
                ("funds.public.final", ""),
                ("funds.public.budget", "7"),
            ],
        );
        // As the workbook of this page is copied, with its merged cells.
        check(
            "funds.three_public.prior",
            "经费控制情况（万元）\t2023年决算数\t\t2024年预算数\t\t2024年决算数\t\n三公经费\t1\t\t2\t\t3\t\n",
            Kind::ByLabels { headings: true },
            &[("funds.three_public.prior", "1"), ("funds.three_public.budget", "2"), ("funds.three_public.final", "3")],
        );
        check(
            "funds.three_public.prior",
            "三公经费\t1\t\t2\t\t3\t\n出国经费\t4\t\t5\t\t6\t\n",
            Kind::ByLabels { headings: false },
            &[
                ("funds.three_public.prior", "1"),
                ("funds.three_public.budget", "2"),
                ("funds.three_public.final", "3"),
                ("funds.abroad.prior", "4"),
                ("funds.abroad.budget", "5"),
                ("funds.abroad.final", "6"),
            ],
        );
    }

    #[test]
    fn rows_that_the_form_does_not_have_are_named_and_left_out() {
        let plan = check(
            "funds.three_public.final",
            "三公经费\t1\n会议差旅综合\t2\n公用经费\t3\n",
            Kind::ByLabels { headings: false },
            &[("funds.three_public.final", "1"), ("funds.public.final", "3")],
        );
        assert_eq!(plan.skipped, [Skipped::UnknownRow { label: "会议差旅综合".to_owned() }]);
    }

    #[test]
    fn names_of_new_rows_are_texts_of_their_own() {
        check(
            "funds.r2.name",
            "文明创建\t1\t2\t3",
            Kind::ByPlace,
            &[
                ("funds.r2.name", "文明创建"),
                ("funds.r2.prior", "1"),
                ("funds.r2.budget", "2"),
                ("funds.r2.final", "3"),
            ],
        );
    }
}
