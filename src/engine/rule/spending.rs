//! `overspend`, `growth`, `unbudgeted`, `change_limit`: spending that wants a look, one finding for all lines.

use rust_decimal::Decimal;

use crate::engine::amount::Entry;
use crate::engine::evaluation::Stage;
use crate::engine::finding::{Fact, Finding, Line, Part};
use crate::engine::layout::FieldIndex;
use crate::engine::relation::{half_up, share};
use crate::engine::rule::Case;
use crate::engine::template::spec::LineSpec;

/// 决算 above 预算: each listed row, a part under its whole.
pub(super) fn overspend(
    case: Case<'_>,
    block: &str,
    budget: &str,
    spent_column: &str,
    rows: &[LineSpec],
) -> Option<Finding> {
    let lines: Vec<Line> = rows
        .iter()
        .filter_map(|row| {
            let layout = case.layout();
            let (spent, budget) = (layout.cell(block, &row.row, spent_column)?, layout.cell(block, &row.row, budget)?);
            // Without a budget the row is `unbudgeted`, not overspent.
            case.figures.value_at(budget).filter(|against| !against.is_zero())?;
            case.exceeds(spent, budget)?.then_some(())?;
            let within = row.within.as_ref().map(|whole| format!("{block}.{whole}.{spent_column}"));
            line(case, spent, budget, within)
        })
        .collect();
    listed(case, lines, |lines| Fact::Overspend { lines })
}

/// 本年决算 above 上年决算 by more than `limit` percent and by at least `at_least` 万元.
pub(super) fn growth(
    case: Case<'_>,
    block: &str,
    [before, now]: [&str; 2],
    rows: &[String],
    limit: Decimal,
    at_least: Decimal,
) -> Option<Finding> {
    let lines: Vec<Line> = rows
        .iter()
        .filter_map(|row| {
            let (now, before) = (case.layout().cell(block, row, now)?, case.layout().cell(block, row, before)?);
            let (value, against) = (case.figures.value_at(now)?, case.figures.value_at(before)?);
            let rise = value - against;
            let beyond = against > Decimal::ZERO && rise >= at_least && share(rise, against)? > limit;
            if beyond { line(case, now, before, None) } else { None }
        })
        .collect();
    listed(case, lines, |lines| Fact::Growth { limit, lines })
}

/// Spending in rows whose budget is zero, or blank in a finished filing.
pub(super) fn unbudgeted(
    case: Case<'_>,
    block: &str,
    [budget, spent]: [&str; 2],
    rows: &[String],
    groups: &[String],
) -> Option<Finding> {
    let added =
        groups.iter().filter_map(|group| case.layout().submission.groups.get(group)).flatten().map(|row| &row.id);
    let lines: Vec<Part> = rows
        .iter()
        .chain(added)
        .filter_map(|row| {
            let (spent, budget) = (case.layout().cell(block, row, spent)?, case.layout().cell(block, row, budget)?);
            let value = case.figures.value_at(spent).filter(|value| *value > Decimal::ZERO)?;
            let none = match case.figures.entry(budget)? {
                Entry::Blank => case.figures.stage() == Stage::Final,
                Entry::NotApplicable => true,
                Entry::Number(amount) => amount.value.is_zero(),
                Entry::Unreadable(_) => false,
            };
            none.then(|| Part { cell: case.key(spent), coefficient: Decimal::ONE, value: Some(value.normalize()) })
        })
        .collect();
    let cells: Vec<String> = lines.iter().map(|part| part.cell.clone()).collect();
    (!cells.is_empty()).then(|| case.finding(cells.iter().map(String::as_str), Fact::Unbudgeted { spent: lines }))
}

/// 预算调整率 = (全年预算数 − 年初预算数) ÷ 年初预算数, beyond `limit` percent either way.
pub(super) fn change(case: Case<'_>, from: &str, to: &str, limit: Decimal) -> Option<Finding> {
    let (opening, adjusted) = (case.value(from)?, case.value(to)?);
    let difference = adjusted - opening;
    let percent = share(difference, opening)?;
    (percent.abs() > limit).then(|| {
        let fact = Fact::Change {
            from: opening.normalize(),
            to: adjusted.normalize(),
            difference: difference.normalize(),
            percent: half_up(percent, 2),
            limit,
        };
        case.finding([to, from], fact)
    })
}

fn line(case: Case<'_>, cell: FieldIndex, against_cell: FieldIndex, within: Option<String>) -> Option<Line> {
    let (spent, against) = (case.figures.value_at(cell)?, case.figures.value_at(against_cell)?);
    Some(Line {
        cell: case.key(cell),
        against_cell: case.key(against_cell),
        spent: spent.normalize(),
        against: against.normalize(),
        percent: half_up(share(spent, against)?, 2),
        within,
    })
}

/// One finding for all lines, or none. What a line is compared with is a cell of the finding too: a 审核说明 waits when
/// it changes.
fn listed(case: Case<'_>, lines: Vec<Line>, fact: impl FnOnce(Vec<Line>) -> Fact) -> Option<Finding> {
    let cells: Vec<String> = lines.iter().flat_map(|line| [line.cell.clone(), line.against_cell.clone()]).collect();
    (!cells.is_empty()).then(|| case.finding(cells.iter().map(String::as_str), fact(lines)))
}
