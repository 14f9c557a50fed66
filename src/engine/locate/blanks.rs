//! Blanks whose value the relations give, and the one figure that is missing before a relation can be checked.

use rust_decimal::Decimal;

use crate::engine::amount::Entry;
use crate::engine::evaluation::{Evaluation, Stage};
use crate::engine::figures::{Figures, LaidTerm};
use crate::engine::finding::Level;
use crate::engine::layout::FieldIndex;
use crate::engine::locate::Blank;
use crate::engine::relation;
use crate::engine::template::formula::Comparison;
use crate::engine::template::{Relation, Shape};

/// What is said of blanks while a form is being filled. At the end a blank means that there is nothing.
pub(super) fn blanks(figures: &Figures<'_>, evaluation: &Evaluation) -> Vec<Blank> {
    let mut blanks: Vec<Blank> = Vec::new();
    if evaluation.stage == Stage::Final {
        return blanks;
    }
    for relation in figures.template().relations() {
        let spec = figures.template().relation_spec(relation);
        if spec.level != Level::Error {
            continue;
        }
        for row in relation::rows(relation, figures) {
            let Some((cell, value)) = only_blank(relation, figures, row) else { continue };
            let key = &figures.layout().field(cell).key;
            // Totals of their parts are offered in their cells already.
            if evaluation.offers.iter().any(|offer| offer.cell == *key) {
                continue;
            }
            match blanks.iter_mut().find(|blank| blank.cell == *key) {
                Some(blank) => {
                    blank.values.extend(value.filter(|value| !blank.values.contains(value)));
                    blank.codes.push(spec.code.clone());
                }
                None => blanks.push(Blank {
                    cell: key.clone(),
                    values: value.into_iter().collect(),
                    codes: vec![spec.code.clone()],
                }),
            }
        }
    }
    blanks.sort_by_key(|blank| figures.layout().find(&blank.cell));
    blanks
}

/// The one blank of a relation all other cells of which are filled, and the value that it should have, if they give one.
fn only_blank(
    relation: &Relation,
    figures: &Figures<'_>,
    row: Option<(&str, &str)>,
) -> Option<(FieldIndex, Option<Decimal>)> {
    match &relation.shape {
        Shape::Linear { left, comparison: Comparison::Equal, right } => {
            let (left, right) = (figures.lay_out(left, row), figures.lay_out(right, row));
            let negated = right.iter().map(|term| LaidTerm { coefficient: -term.coefficient, ..*term });
            let terms: Vec<LaidTerm> = left.iter().copied().chain(negated).collect();
            let is_blank = |term: &&LaidTerm| term.cell.is_some_and(|cell| is_blank(figures, cell));
            let mut blank = terms.iter().filter(is_blank);
            let (only, None) = (blank.next()?, blank.next()) else { return None };
            let cell = only.cell?;
            let rest: Vec<LaidTerm> = terms.iter().filter(|term| term.cell != Some(cell)).copied().collect();
            let sum = figures.sum(&rest)?;
            let value = (-sum.point).checked_div(only.coefficient)?;
            // Within rounding of nothing, nothing is missing; and nothing here is negative.
            let is_value = value > Decimal::ZERO && sum.point.abs() >= sum.half;
            is_value.then_some((cell, Some(value.normalize())))
        }
        Shape::Linear { .. } => None,
        Shape::Rate { rate, numerator, denominator } => {
            let cells = [rate, numerator, denominator].map(|symbol| figures.resolve(symbol, row));
            let [Some(rate), Some(numerator), Some(denominator)] = cells else { return None };
            let [rate_blank, above_blank, below_blank] =
                [rate, numerator, denominator].map(|cell| is_blank(figures, cell));
            let is_figure = |cell| matches!(figures.entry(cell), Some(Entry::Number(_)));
            match (rate_blank, above_blank, below_blank) {
                (false, true, false) if is_figure(rate) && is_figure(denominator) => Some((numerator, None)),
                (false, false, true) if is_figure(rate) && is_figure(numerator) => Some((denominator, None)),
                _ => None,
            }
        }
    }
}

/// A blank that no parts stand for.
fn is_blank(figures: &Figures<'_>, cell: FieldIndex) -> bool {
    figures.span(cell).is_some_and(|span| !span.filled) && matches!(figures.entry(cell), Some(Entry::Blank))
}
