//! The made-up form of 142 cells and 80 relations: 51 equalities, 26 limits and 3 rates.
//!
//! A table of 32 rows over three columns, a table of copies, a report, points, people and rates.

use gouji::engine::locate::system::{CENT, Compare, Factor, Figure, Row, Sum, Term, Tie, UNIT, Units};

use crate::amounts::{Exactness, amount, share, to_step};
use crate::chance::Chance;
use crate::entry::{plain, printed};
use crate::forms::balance_tree::{equality, sum};
use crate::forms::{Filled, Made, Measure};

/// Rows of the large table, columns of it.
const ROWS: usize = 32;
const COLUMNS: usize = 3;
const FINAL: usize = 2;
const BUDGET: usize = 1;

/// The large table: each total and its parts, rows of the table.
const TOTALS: [(usize, &[usize]); 9] = [
    (0, &[1, 11, 18]),
    (1, &[2, 5, 10]),
    (2, &[3, 4]),
    (5, &[6, 7, 8, 9]),
    (11, &[12, 13, 14, 15, 16, 17]),
    (18, &[19, 23]),
    (19, &[20, 21, 22]),
    (23, &[24, 25, 26, 27, 28]),
    (29, &[30, 31]),
];
/// Rows whose final figure is not above the budget.
const WITHIN_BUDGET: [usize; 8] = [10, 12, 13, 14, 15, 16, 17, 30];
/// Copies in the second table: row and column of the first. The last three but one sum to the fourth.
const COPIES: [(usize, usize); 10] = [
    (1, FINAL),
    (11, FINAL),
    (18, FINAL),
    (0, FINAL),
    (2, FINAL),
    (5, FINAL),
    (19, FINAL),
    (23, FINAL),
    (29, FINAL),
    (0, BUDGET),
];

/// A form while it is made.
struct Draft {
    exactness: Exactness,
    cells: Vec<Filled>,
    exact: Vec<Units>,
    usual: Vec<Option<usize>>,
    rows: Vec<Row>,
}

impl Draft {
    fn push(&mut self, name: String, measure: Measure, exact: Units, figure: Figure) -> usize {
        let (ties, beside, above_below) = (Vec::new(), Vec::new(), Vec::new());
        self.cells.push(Filled { name, figure, measure, ties, beside, above_below, left: None });
        self.exact.push(exact);
        self.usual.push(None);
        self.cells.len() - 1
    }

    fn money(&mut self, chance: &mut Chance, name: String, exact: Units) -> usize {
        let figure = printed(chance, exact);
        self.push(name, Measure::Money, exact, figure)
    }

    /// Cells below each other.
    fn stack(&mut self, cells: &[usize]) {
        for pair in cells.windows(2) {
            self.cells[pair[0]].above_below.push(pair[1]);
            self.cells[pair[1]].above_below.push(pair[0]);
        }
    }

    fn rate(&mut self, chance: &mut Chance, name: &str, numerator: usize, denominator: usize) -> usize {
        let (above, below) = (self.cells[numerator].figure.value, self.cells[denominator].figure.value);
        let value = to_step(100 * UNIT * above / below, CENT);
        let figure = printed(chance, value);
        let result = self.push(name.to_owned(), Measure::Percent, value, figure);
        let factor = Factor::Fixed(100 * UNIT);
        let tie = Tie::Quotient { result, numerator, denominator, factor, is_capped: false };
        self.rows.push(Row { tie, is_soft: false });
        self.rows.push(bound(result, -100 * UNIT, Compare::AtMost, true));
        result
    }
}

fn bound(cell: usize, constant: Units, compare: Compare, is_soft: bool) -> Row {
    let terms = vec![Term { cell, coefficient: 1 }];
    Row { tie: Tie::Sum(Sum { terms, constant, compare, may_sink: false, may_rise: false }), is_soft }
}

pub fn make(chance: &mut Chance) -> Made {
    let exactness = Exactness::draw(chance);
    let mut draft = Draft { exactness, cells: vec![], exact: vec![], usual: vec![], rows: vec![] };
    large_table(&mut draft, chance);
    copies_and_report(&mut draft, chance);
    points(&mut draft, chance);
    people_and_rates(&mut draft, chance);
    let Draft { cells, usual, rows, .. } = draft;
    Made::new(cells, |cell| usual[cell], rows)
}

fn at(row: usize, column: usize) -> usize {
    row * COLUMNS + column
}

/// 96 cells, 27 equalities, 23 limits.
fn large_table(draft: &mut Draft, chance: &mut Chance) {
    let exactness = draft.exactness;
    let mut exact = [[0; COLUMNS]; ROWS];
    let is_total = |row: usize| TOTALS.iter().any(|(total, _)| *total == row);
    for row in (0..ROWS).filter(|row| !is_total(*row)) {
        // The last block is a small part of the first.
        let median = if row > 28 { 20 } else { 3_000 };
        exact[row][0] = amount(chance, exactness, median, if row > 28 { 4 } else { 17 });
        exact[row][BUDGET] = amount(chance, exactness, exact[row][0] / CENT, 4).max(CENT);
        exact[row][FINAL] = share(exact[row][BUDGET], chance.between(600, 1_000), exactness).max(CENT);
    }
    // Of 29 and of its limits: no part is above the whole.
    for column in [FINAL, BUDGET, 0] {
        while exact[30][column] + exact[31][column] > exact[10][column] {
            exact[10][column] *= 2;
        }
        if column == BUDGET {
            // What was raised may not exceed its budget.
            exact[10][BUDGET] = exact[10][BUDGET].max(exact[10][FINAL]);
        }
        for (total, parts) in TOTALS.iter().rev() {
            exact[*total][column] = parts.iter().map(|part| exact[*part][column]).sum();
        }
    }
    for (row, values) in exact.iter().enumerate() {
        for (column, value) in values.iter().enumerate() {
            let cell = draft.money(chance, format!("a{row}.{column}"), *value);
            let cells = &mut draft.cells;
            cells[cell].left = (column > 0).then(|| cell - 1);
            cells[cell].beside.extend((column > 0).then(|| cell - 1));
            cells[cell].beside.extend((column + 1 < COLUMNS).then_some(cell + 1));
            cells[cell].above_below.extend((row > 0).then(|| cell - COLUMNS));
            cells[cell].above_below.extend((row + 1 < ROWS).then_some(cell + COLUMNS));
            draft.usual[cell] = (column > 0).then(|| at(row, 0));
        }
    }
    for column in 0..COLUMNS {
        for (total, parts) in TOTALS {
            let parts: Vec<usize> = parts.iter().map(|part| at(*part, column)).collect();
            draft.rows.push(equality(at(total, column), &parts));
        }
        for (large, small) in [(0, vec![29]), (1, vec![29]), (10, vec![29]), (11, vec![12, 13]), (23, vec![24, 25, 26])]
        {
            let small: Vec<usize> = small.iter().map(|row| at(*row, column)).collect();
            draft.rows.push(sum(at(large, column), &small, Compare::AtLeast, false));
        }
    }
    for row in WITHIN_BUDGET {
        draft.rows.push(sum(at(row, FINAL), &[at(row, BUDGET)], Compare::AtMost, true));
    }
}

/// 23 cells, 17 equalities.
fn copies_and_report(draft: &mut Draft, chance: &mut Chance) {
    let exactness = draft.exactness;
    let mut copies = Vec::new();
    for (row, column) in COPIES {
        let from = at(row, column);
        // Others may write the same figure with other zeros at its end.
        let copy = draft.money(chance, format!("b{}", copies.len()), draft.exact[from]);
        draft.rows.push(equality(copy, &[from]));
        copies.push(copy);
    }
    draft.stack(&copies);
    draft.rows.push(equality(copies[3], &copies[..3]));
    // spending = basic + project, basic = personnel + running, running = three parts, income + carried in = spending +
    // carried out, project = two parts; the spending is that of the tables.
    let spending = draft.exact[copies[3]];
    let basic = share(spending, chance.between(300, 700), exactness).max(CENT);
    let personnel = share(basic, chance.between(400, 900), exactness);
    let running = basic - personnel;
    let (first, second) =
        (share(running, chance.between(100, 500), exactness), share(running, chance.between(100, 400), exactness));
    let project = spending - basic;
    let one_project = share(project, chance.between(200, 800), exactness);
    let carried_out = amount(chance, exactness, 500, 17);
    let carried_in = amount(chance, exactness, 300, 17).min(spending);
    let values = [
        ("spending", spending),
        ("basic", basic),
        ("personnel", personnel),
        ("running", running),
        ("running.1", first),
        ("running.2", second),
        ("running.3", running - first - second),
        ("project", project),
        ("project.1", one_project),
        ("project.2", project - one_project),
        ("income", spending + carried_out - carried_in),
        ("carried_in", carried_in),
        ("carried_out", carried_out),
    ];
    let cells: Vec<usize> =
        values.into_iter().map(|(name, value)| draft.money(chance, name.to_owned(), value)).collect();
    draft.stack(&cells);
    let cell = |name: &str| cells[values.iter().position(|(known, _)| *known == name).expect("a name of the list")];
    draft.rows.push(equality(cell("spending"), &[cell("basic"), cell("project")]));
    draft.rows.push(equality(cell("basic"), &[cell("personnel"), cell("running")]));
    draft.rows.push(equality(cell("running"), &[cell("running.1"), cell("running.2"), cell("running.3")]));
    draft.rows.push(equality(cell("project"), &[cell("project.1"), cell("project.2")]));
    draft.rows.push(equality(cell("spending"), &[copies[3]]));
    let term = |name: &str, coefficient| Term { cell: cell(name), coefficient };
    let terms = vec![term("income", 1), term("carried_in", 1), term("spending", -1), term("carried_out", -1)];
    let balance = Sum { terms, constant: 0, compare: Compare::Equal, may_sink: false, may_rise: false };
    draft.rows.push(Row { tie: Tie::Sum(balance), is_soft: false });
}

/// 17 cells, 6 equalities: a hundred points, in four groups of three.
fn points(draft: &mut Draft, chance: &mut Chance) {
    let groups = parts_of(chance, 200, 4, 12);
    let total = draft.push("points".to_owned(), Measure::Points, 100 * UNIT, plain(100 * UNIT));
    let mut column = vec![total];
    let mut heads = Vec::new();
    for (group, halves) in groups.into_iter().enumerate() {
        let value = halves * UNIT / 2;
        let head = draft.push(format!("points.{group}"), Measure::Points, value, plain(value));
        column.push(head);
        heads.push(head);
        let parts: Vec<usize> = parts_of(chance, halves, 3, 2)
            .into_iter()
            .enumerate()
            .map(|(part, halves)| {
                let value = halves * UNIT / 2;
                draft.push(format!("points.{group}.{part}"), Measure::Points, value, plain(value))
            })
            .collect();
        column.extend(&parts);
        draft.rows.push(equality(head, &parts));
    }
    draft.stack(&column);
    draft.rows.push(equality(total, &heads));
    draft.rows.push(bound(total, -100 * UNIT, Compare::Equal, false));
}

/// A sum in so many parts, none below the least.
fn parts_of(chance: &mut Chance, whole: i128, count: i128, least: i128) -> Vec<i128> {
    let mut rest = whole;
    (1..=count)
        .map(|part| {
            let most = rest - (count - part) * least;
            let value = if part == count { rest } else { chance.between(least, (2 * most / 3).max(least)) };
            rest -= value;
            value
        })
        .collect()
}

/// 6 cells, 1 equality, 3 rates, 3 limits.
fn people_and_rates(draft: &mut Draft, chance: &mut Chance) {
    let (actual, others) = (chance.between(8, 60) * UNIT, chance.between(1, 20) * UNIT);
    let people = [("people", actual + others), ("people.1", actual), ("people.2", others)]
        .map(|(name, value)| draft.push(name.to_owned(), Measure::People, value, plain(value)));
    draft.stack(&people);
    draft.rows.push(equality(people[0], &people[1..]));
    let rates = [
        draft.rate(chance, "rate.people", people[1], people[0]),
        draft.rate(chance, "rate.row11", at(11, FINAL), at(11, BUDGET)),
        draft.rate(chance, "rate.row10", at(10, FINAL), at(10, BUDGET)),
    ];
    draft.stack(&rates);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_as_it_is_described_and_true() {
        for seed in 0..500 {
            let form = make(&mut Chance::new(seed));
            let system = &form.system;
            assert_eq!(system.cells.len(), 142);
            let rates = system.rows.iter().filter(|row| matches!(row.tie, Tie::Quotient { .. })).count();
            let equalities = system.rows.iter().filter(|row| row.is_equality()).count() - rates;
            assert_eq!((equalities, rates, system.rows.len()), (51, 3, 80));
            let violated = system.violated(&system.figures());
            assert!(
                violated.is_empty(),
                "{seed}: {:?}",
                violated.iter().map(|row| &system.rows[*row]).collect::<Vec<_>>()
            );
            assert!(
                form.sheet.cells.iter().all(|cell| cell.figure.value > 0 || cell.name.starts_with("running")),
                "{seed}"
            );
        }
    }
}
