//! Small systems of ties with one slip or more, each with the whole answer, written by hand.

use super::cause::Cause;
use super::solve::{Certainty, MOST_STEPS, Solved, solve};
use super::system::{CENT, Cell, Compare, Factor, Figure, PLACES, Row, Sum, System, Term, Tie, UNIT, Units};

/// Cells with figures as they are printed; `_` is a blank.
fn cells(figures: &str) -> Vec<Cell> {
    let cell = |text: &str| Cell { entered: figure(text), is_rounded: true, ..Cell::default() };
    figures.split_whitespace().map(cell).collect()
}

fn figure(text: &str) -> Option<Figure> {
    if text == "_" {
        return None;
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let places = u32::try_from(fraction.len()).expect("few decimals");
    let digits: Units = [whole, fraction].concat().parse().expect("a number");
    Some(Figure { value: digits * 10_i128.pow(PLACES - places), places })
}

fn value(text: &str) -> Units {
    figure(text).expect("a figure").value
}

/// The first cell is the sum of the others.
fn total(cells: &[usize]) -> Row {
    row(cells, Compare::Equal)
}

fn row(cells: &[usize], compare: Compare) -> Row {
    let term = |(at, cell): (usize, &usize)| Term { cell: *cell, coefficient: if at == 0 { 1 } else { -1 } };
    let terms = cells.iter().enumerate().map(term).collect();
    Row { tie: Tie::Sum(Sum { terms, constant: 0, compare, may_sink: false, may_rise: false }), is_soft: false }
}

fn percent(result: usize, numerator: usize, denominator: usize) -> Row {
    let factor = Factor::Fixed(100 * UNIT);
    Row { tie: Tie::Quotient { result, numerator, denominator, factor, is_capped: false }, is_soft: false }
}

fn found(figures: &str, rows: Vec<Row>) -> Vec<Solved> {
    solve(&System::new(cells(figures), rows), MOST_STEPS)
}

/// The first answer of a group as (cell, value, cause).
fn first(solved: &Solved) -> Vec<(usize, Option<Units>, Cause)> {
    let answer = solved.answers.first().expect("an answer");
    answer.changes.iter().map(|change| (change.cell, change.value, change.cause)).collect()
}

#[test]
fn a_true_form_has_nothing() {
    assert_eq!(found("10 4 6", vec![total(&[0, 1, 2])]), []);
    // Each figure was rounded by itself: 0.02 is within three halves of 0.01 only if it is below 0.015.
    assert_eq!(found("10.01 4 6", vec![total(&[0, 1, 2])]), []);
    assert_eq!(found("10.02 4 6", vec![total(&[0, 1, 2])]).len(), 1);
    // 14 of 15 people are 93.33 %, and 93 % and 93.3 %.
    for rate in ["93.33", "93", "93.3"] {
        assert_eq!(found(&format!("{rate} 14 15"), vec![percent(0, 1, 2)]), [], "{rate}");
    }
}

#[test]
fn a_figure_in_two_sums_is_certain() {
    // 0 = 1 + 2, 3 = 1 + 4: figure 1 is in both.
    let rows = vec![total(&[0, 1, 2]), total(&[3, 1, 4])];
    let solved = found("100 43 60 90 50", rows);
    assert_eq!(solved.len(), 1);
    assert_eq!(solved[0].certainty, Certainty::Must);
    assert_eq!(first(&solved[0]), [(1, Some(value("40")), Cause::DigitReplaced)]);
}

#[test]
fn what_satisfied_relations_say_counts() {
    // The total is too small by 36; taking it from figure 1 would break its other sum, which agrees.
    let solved = found("205 41 200 50 9", vec![total(&[0, 1, 2]), total(&[3, 1, 4])]);
    let cells: Vec<usize> = solved[0].answers.iter().map(|answer| answer.changes[0].cell).collect();
    assert_eq!(cells, [0, 2], "a digit of the total is another, or one of figure 2; figure 1 is right");
}

#[test]
fn the_likelier_slip_comes_first() {
    for (figures, cell, meant, cause) in [
        ("1230.5 1000 203.5", 0, "1203.5", Cause::DigitsSwapped),
        ("1203.5 10000000 203.5", 1, "1000", Cause::YuanForWan),
        ("1203.5 1000 20350", 2, "203.5", Cause::LostPoint),
        ("1203.5 1000 2035", 2, "203.5", Cause::TenTimes),
        ("1203.5 1000 -203.5", 2, "203.5", Cause::Sign),
        ("1203.5 1000 2033.5", 2, "203.5", Cause::DigitDoubled),
        ("1203.5 1000 20.5", 2, "203.5", Cause::DigitDropped),
        ("1203.5 1000 0", 2, "203.5", Cause::LeftOut),
    ] {
        let solved = found(figures, vec![total(&[0, 1, 2])]);
        assert_eq!(first(&solved[0]), [(cell, Some(value(meant)), cause)], "{figures}");
    }
}

#[test]
fn neighbours_in_each_other_s_place_are_one_slip() {
    // Two columns of one form: 0 = 1 + 2 and 3 = 4 + 5; figures 2 and 5 stand side by side and were swapped.
    let mut cells = cells("100 40 25 65 40 60");
    for (one, other) in [(0, 3), (1, 4), (2, 5)] {
        cells[one].beside.push(other);
        cells[other].beside.push(one);
    }
    // The totals in each other's place would do as well; a sum typed over is a little less likely.
    for cell in [0, 3] {
        cells[cell].is_derived = true;
    }
    let solved = solve(&System::new(cells, vec![total(&[0, 1, 2]), total(&[3, 4, 5])]), MOST_STEPS);
    assert_eq!(solved.len(), 1, "one card for both columns");
    assert_eq!(first(&solved[0]), [(2, Some(value("60")), Cause::Swapped), (5, Some(value("25")), Cause::Swapped)]);
    assert_eq!(solved[0].at_least, 1);
}

#[test]
fn what_a_person_called_right_is_not_blamed() {
    let mut cells = cells("1230.5 1000 203.5");
    cells[0].is_locked = true;
    let solved = solve(&System::new(cells, vec![total(&[0, 1, 2])]), MOST_STEPS);
    assert!(solved[0].answers.iter().all(|answer| answer.changes[0].cell != 0));
    assert_eq!(solved[0].answers.len(), 2);
}

#[test]
fn a_capped_quotient_gives_the_points() {
    // 10 points × 80 ÷ 100.
    let tie = Tie::Quotient { result: 0, numerator: 1, denominator: 2, factor: Factor::Cell(3), is_capped: true };
    let rows = |tie: &Tie| vec![Row { tie: tie.clone(), is_soft: false }];
    assert_eq!(found("8 80 100 10", rows(&tie)), []);
    assert_eq!(found("10 120 100 10", rows(&tie)), [], "more than all of it is full marks");
    let mut exact = cells("9 80 100 10");
    for cell in [0, 3] {
        exact[cell].is_rounded = false;
    }
    let solved = solve(&System::new(exact, rows(&tie)), MOST_STEPS);
    assert_eq!(first(&solved[0]), [(0, Some(value("8")), Cause::DigitReplaced)]);
}

#[test]
fn either_of_two_sums_will_do() {
    let sum = |other: usize| {
        let terms = vec![Term { cell: 0, coefficient: 1 }, Term { cell: other, coefficient: -1 }];
        Sum { terms, constant: 0, compare: Compare::Equal, may_sink: false, may_rise: false }
    };
    let rows = || vec![Row { tie: Tie::OneOf(vec![sum(1), sum(2)]), is_soft: false }];
    assert_eq!(found("70 70 90", rows()), []);
    assert_eq!(found("90 70 90", rows()), []);
    let solved = found("97 79 90", rows());
    assert_eq!(first(&solved[0]), [(0, Some(value("79")), Cause::DigitsSwapped)]);
}

#[test]
fn two_wrong_figures_that_do_not_touch_are_two_groups() {
    // 6 = 0 + 3 ties the two sums together; figures 1 and 4 are wrong.
    let rows = vec![total(&[0, 1, 2]), total(&[3, 4, 5]), total(&[6, 0, 3])];
    let solved = found("1300.5 1000 300.5 207.35 100.85 106.5 1507.85", rows.clone());
    assert_eq!(solved, []);
    let solved = found("1300.5 10000000 300.5 207.35 108.05 106.5 1507.85", rows);
    let firsts: Vec<_> = solved.iter().map(first).collect();
    assert_eq!(
        firsts,
        [vec![(1, Some(value("1000")), Cause::YuanForWan)], vec![(4, Some(value("100.85")), Cause::DigitsSwapped)],]
    );
}

#[test]
fn two_wrong_figures_in_one_relation_are_found_together() {
    // 0 = 1 + 2; 3 = 1 + 4; 5 = 2 + 6: figures 1 and 2 have their digits swapped.
    let rows = vec![total(&[0, 1, 2]), total(&[3, 1, 4]), total(&[5, 2, 6])];
    let solved = found("942.77 362.15 661.62 400.15 74 700.62 84", rows);
    assert_eq!(solved.len(), 1);
    assert_eq!(solved[0].at_least, 2);
    assert_eq!(
        first(&solved[0]),
        [(1, Some(value("326.15")), Cause::DigitsSwapped), (2, Some(value("616.62")), Cause::DigitsSwapped),],
    );
}

#[test]
fn contradictory_relations_are_admitted() {
    // 0 = 1 and 0 = 1 + 2 and 2 ≥ 5 + 0: no figure and no two make these agree.
    let mut cells = cells("10 10 3");
    cells[2].is_locked = true;
    let mut impossible = total(&[0, 1]);
    if let Tie::Sum(sum) = &mut impossible.tie {
        sum.constant = 7 * UNIT;
    }
    let solved = solve(&System::new(cells, vec![total(&[0, 1]), total(&[0, 1, 2]), impossible]), MOST_STEPS);
    assert_eq!(solved.len(), 1);
    assert_eq!((solved[0].certainty, solved[0].answers.len()), (Certainty::Unknown, 0));
    assert_eq!(solved[0].core, [0]);
    assert!(solved[0].at_least >= 2);
}

#[test]
fn hundreds_of_violated_relations_end_within_their_steps() {
    // A balance tree of 1023 figures, all of them wrong.
    let mut all = Vec::new();
    let mut state: u64 = 7;
    for _ in 0..1023 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let value = Units::from(state >> 40) * CENT;
        all.push(Cell { entered: Some(Figure { value, places: 2 }), is_rounded: true, ..Cell::default() });
    }
    let rows: Vec<Row> = (0..511).map(|at| total(&[at, 2 * at + 1, 2 * at + 2])).collect();
    let system = System::new(all, rows);
    let solved = solve(&system, MOST_STEPS);
    assert_eq!(solved.len(), 1);
    assert_eq!(solved[0].certainty, Certainty::Unknown);
    assert!(solved[0].at_least > 2);
    let touches = |row: &usize| system.cells_of[*row].iter().any(|cell| solved[0].core.contains(cell));
    assert!(solved[0].rows.iter().all(touches), "the cells to begin with touch every relation");
}
