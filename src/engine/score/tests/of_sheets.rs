//! What concerns the whole sheet: execution, total, grade, alarms, the spread of points, and the rules as a file.

use super::{number, rules};
use crate::engine::score::*;
use crate::engine::template::read::{ROW_SCORINGS, scoring_rules};
use crate::engine::tree::{self, Misfits, Read};
use rust_decimal::Decimal;

#[track_caller]
fn check_execution(
    executed: &str,
    adjusted: &str,
    rules: &ScoringRules,
    expected: Result<(&str, &str), NotMeasurable>,
) {
    let score = execution_score(number(executed), number(adjusted), Decimal::TEN, rules);
    let said = score.map(|score| (score.rate.round_dp(2).normalize(), score.suggested.normalize()));
    assert_eq!(said, expected.map(|(rate, score)| (number(rate), number(score))), "{executed} of {adjusted}");
}

#[test]
fn the_execution_rate_gives_its_share_of_the_points() {
    let rules = rules();
    check_execution("642.01", "642.01", &rules, Ok(("100", "10")));
    check_execution("94.855", "100", &rules, Ok(("94.86", "9.49")));
    check_execution("94.85", "100", &rules, Ok(("94.85", "9.49")));
    check_execution("110", "100", &rules, Ok(("110", "10")));
    check_execution("0", "100", &rules, Ok(("0", "0")));
    check_execution("-5", "100", &rules, Ok(("-5", "0")));
    check_execution("5", "0", &rules, Err(NotMeasurable::NoBudget));
    check_execution("0", "0", &rules, Err(NotMeasurable::NoBudget));
    check_execution("5", "-1", &rules, Err(NotMeasurable::NoBudget));
}

#[test]
fn the_execution_rate_may_give_points_by_steps() {
    let step = |from, share| Band { from: number(from), share: number(share) };
    let steps = ExecutionRule::Steps(vec![step("60", "50"), step("90", "80"), step("100", "100")]);
    let rules = ScoringRules { execution: steps, ..rules() };
    check_execution("100", "100", &rules, Ok(("100", "10")));
    check_execution("99.99", "100", &rules, Ok(("99.99", "8")));
    check_execution("90", "100", &rules, Ok(("90", "8")));
    check_execution("59.99", "100", &rules, Ok(("59.99", "0")));
}

#[test]
fn an_entered_figure_agrees_at_its_own_decimals() {
    for (entered, exact, expected) in [
        ("9.5", "9.4855", true),
        ("9.49", "9.4855", true),
        ("9.4855", "9.4855", true),
        ("9.48", "9.4855", false),
        ("9.4", "9.4855", false),
        ("95.1", "95.1048951", true),
        ("95.10", "95.1048951", true),
        ("95", "95.1048951", true),
        ("10.00", "10", true),
    ] {
        assert_eq!(agrees(number(entered), number(exact)), expected, "{entered} for {exact}");
    }
    assert_eq!(round_score(number("13.065")), number("13.07"));
}

#[test]
fn every_total_has_a_grade() {
    let grades = [("优", "90"), ("良", "80"), ("中", "60"), ("差", "0")]
        .map(|(name, from)| Grade { name: name.to_owned(), from: number(from) });
    let named = |total| grade(&grades, number(total)).map(|grade| grade.name.as_str());
    for (total, expected) in [
        ("100", Some("优")),
        ("97", Some("优")),
        ("90", Some("优")),
        ("89.99", Some("良")),
        ("89.5", Some("良")),
        ("80", Some("良")),
        ("79.5", Some("中")),
        ("0", Some("差")),
        ("-1", None),
    ] {
        assert_eq!(named(total), expected, "{total}");
    }
    assert_eq!(grade(&[], number("90")), None);
}

fn points(rows: &[(&str, &str, bool)]) -> Vec<RowPoints> {
    let score = |text: &str| (!text.is_empty()).then(|| number(text));
    rows.iter()
        .map(|(w, s, applicable)| RowPoints { weight: number(w), score: score(s), applicable: *applicable })
        .collect()
}

#[test]
fn a_row_that_does_not_apply_leaves_the_sum() {
    let plain = rules();
    let scaled = ScoringRules { rescale: true, ..rules() };
    let rows = points(&[("50", "45", true), ("30", "30", true), ("20", "", false)]);
    assert_eq!(total_score(&rows, &plain), Some(number("75")));
    assert_eq!(total_score(&rows, &scaled), Some(number("93.75")));
    let all = points(&[("60", "57", true), ("40", "40", true)]);
    assert_eq!(total_score(&all, &plain), Some(number("97")));
    assert_eq!(total_score(&all, &scaled), Some(number("97")));
    assert_eq!(total_score(&points(&[("60", "", true)]), &plain), None);
    assert_eq!(total_score(&points(&[("60", "", false)]), &scaled), None);
    assert_eq!(total_score(&[], &scaled), None);
}

#[test]
fn alarms_compare_scores_with_money() {
    for (scores, spent, expected) in [
        ("96.67", "100", None),
        ("100", "95", None),
        ("100", "94.99", Some(Alarm::Red)),
        ("85", "80.75", None),
        ("85", "80.74", Some(Alarm::Red)),
        ("80", "76", Some(Alarm::Yellow)),
        ("80", "80", None),
        ("75", "79.99", Some(Alarm::Yellow)),
        ("0", "0", Some(Alarm::Yellow)),
        ("0", "100", None),
    ] {
        assert_eq!(alarm(number(scores), number(spent), &rules()), expected, "{scores} against {spent}");
    }
    assert_eq!(alarm(Decimal::MAX, Decimal::MIN, &rules()), None);
}

#[track_caller]
fn check_sheet(rows: &[(&str, &str, bool)], spent: &str, expected: &[SheetProblem]) {
    let spent = (!spent.is_empty()).then(|| number(spent));
    assert_eq!(sheet_problems(&points(rows), Decimal::ONE_HUNDRED, spent, &rules()), expected);
}

#[test]
fn one_row_with_most_of_the_points_is_remarked() {
    let major = SheetProblem::MajorRow { row: 1, weight: number("51"), all_points: Decimal::ONE_HUNDRED };
    check_sheet(&[("39", "30", true), ("51", "51", true)], "100", &[major]);
    check_sheet(&[("40", "30", true), ("50", "50", true)], "100", &[]);
    check_sheet(&[("39", "30", true), ("51", "", false)], "100", &[]);
}

#[test]
fn full_marks_in_every_row_need_the_money_to_be_spent() {
    let full = [("45", "45", true), ("45", "45", true), ("10", "", false), ("0", "", true)];
    check_sheet(&full, "97", &[SheetProblem::FullMarksWhileUnspent { unspent: number("3") }]);
    check_sheet(&full, "100", &[]);
    check_sheet(&full, "99", &[]);
    check_sheet(&full, "", &[]);
    // The red alarm says it already.
    check_sheet(&full, "90", &[]);
    check_sheet(&[("45", "45", true), ("45", "44", true)], "97", &[]);
    check_sheet(&[("45", "45", true), ("45", "", true)], "97", &[]);
    check_sheet(&[], "97", &[]);
}

#[test]
fn rules_are_read_back_as_they_were_written() {
    let text = serde_json::to_string(&rules()).expect("rules are data");
    assert_eq!(read_back(&text, scoring_rules), Ok(rules()));
    let misspelt = text.replace("alarm_red", "alarm_rde");
    let said = read_back(&misspelt, scoring_rules).expect_err("a misspelt key");
    assert_eq!(said[0], "missing key `alarm_red`");
    assert!(said[1].starts_with("alarm_rde: unknown key `alarm_rde`, expected one of `execution`"), "{said:?}");
    assert!(said[1].ends_with("did you mean `alarm_red`?"), "{said:?}");
    let scoring = r#"{"scoring":{"banded":[{"from":"90","share":100}]}}"#;
    let bands = vec![Band { from: number("90"), share: number("100") }];
    assert_eq!(read_back(scoring, |row| row.variant("scoring", ROW_SCORINGS)), Ok(RowScoring::Banded(bands)));
}

/// What the reader makes of a text, or all that it says of it.
fn read_back<T>(text: &str, read: Read<T>) -> Result<T, Vec<String>> {
    let mut misfits = Misfits::default();
    let value = tree::read(&tree::parse(text).expect("JSON"), &mut misfits, read);
    let said: Vec<String> = misfits.found.iter().map(ToString::to_string).collect();
    if said.is_empty() { Ok(value) } else { Err(said) }
}
