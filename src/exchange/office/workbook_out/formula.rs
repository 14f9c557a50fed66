//! Live formulas: a total or rate that a relation of the template gives becomes the formula that gives it, where that comes
//! to just what was entered.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::figure::Figure;
use super::place::{Place, Places};
use crate::engine::amount::Entry;
use crate::engine::evaluation::Stage;
use crate::engine::figures::{Figures, LaidTerm};
use crate::engine::layout::{FieldIndex, Layout};
use crate::engine::relation::{half_up, share};
use crate::engine::template::formula::Comparison;
use crate::engine::template::{Relation, Shape};

/// Longer ones a spreadsheet does not take.
const LONGEST: usize = 8_000;

/// The formulas of a filing, by cell. Of several relations that give a cell the first one fits; nothing entered is changed.
///
/// Only relations by which the program itself would fill a blank are used: that a total equals another total by chance of
/// the year (no money carried over) is checked, but it is not how the total comes about.
pub(super) fn formulas(layout: &Layout<'_>, places: &Places) -> BTreeMap<String, String> {
    // Cells are only looked up here, so the stage is of no matter.
    let figures = Figures::read(layout, Stage::Final);
    let mut book = Book { layout, places, made: BTreeMap::new(), needs: BTreeMap::new() };
    for relation in layout.template.relations().iter().filter(|relation| relation.derives) {
        match &relation.each_row {
            None => book.take(relation, &figures, None),
            Some((block, group)) => {
                for row in layout.submission.groups.get(group).into_iter().flatten() {
                    book.take(relation, &figures, Some((block, &row.id)));
                }
            }
        }
    }
    book.made
}

struct Book<'a> {
    layout: &'a Layout<'a>,
    places: &'a Places,
    made: BTreeMap<String, String>,
    /// The cells that a cell with a formula is made of.
    needs: BTreeMap<String, Vec<String>>,
}

/// What a formula is to come to, and where it stands.
struct Target<'b> {
    figure: &'b Figure,
    place: &'b Place,
}

impl Book<'_> {
    fn take(&mut self, relation: &Relation, figures: &Figures<'_>, row: Option<(&str, &str)>) {
        let (left, right) = match &relation.shape {
            Shape::Linear { left, comparison: Comparison::Equal, right } => {
                let mut terms = Vec::new();
                self.lay_out(figures, &figures.lay_out(right, row), Decimal::ONE, &mut terms);
                (figures.lay_out(left, row), terms)
            }
            Shape::Linear { .. } => return,
            Shape::Rate { rate, numerator, denominator } => {
                let cells = [rate, numerator, denominator].map(|symbol| figures.resolve(symbol, row));
                let terms = cells.map(|cell| LaidTerm { coefficient: Decimal::ONE, cell });
                let (left, right) = terms.split_at(1);
                (left.to_vec(), right.to_vec())
            }
        };
        let [LaidTerm { cell: Some(cell), coefficient }] = left.as_slice() else { return };
        if *coefficient != Decimal::ONE {
            return;
        }
        let key = self.key(*cell);
        let needs: Vec<String> = right.iter().filter_map(|term| term.cell).map(|cell| self.key(cell)).collect();
        if self.made.contains_key(&key) || needs.iter().any(|need| self.leads_to(need, &key)) {
            return;
        }
        let Some(place) = self.places.get(&key) else { return };
        let Some(figure) = &place.figure else { return };
        let target = Target { figure, place };
        let formula = match relation.shape {
            Shape::Linear { .. } => self.sum(&target, &right),
            Shape::Rate { .. } => self.rate(&target, &right),
        };
        if let Some(formula) = formula.filter(|formula| formula.len() <= LONGEST) {
            self.made.insert(key.clone(), formula);
            self.needs.insert(key, needs);
        }
    }

    /// The terms of a sum; where a subtotal is blank, its parts, which then are the terms of the relation, too.
    fn lay_out(&self, figures: &Figures<'_>, terms: &[LaidTerm], times: Decimal, laid: &mut Vec<LaidTerm>) {
        for term in terms {
            let coefficient = term.coefficient * times;
            let is_number = |term: &LaidTerm| term.cell.is_some_and(|cell| figures.value_at(cell).is_some());
            let blank = term.cell.filter(|cell| figures.entry(*cell) == Some(&Entry::Blank));
            match blank.and_then(|cell| figures.parts_of(cell)).filter(|parts| parts.iter().any(is_number)) {
                Some(parts) => self.lay_out(figures, &parts, coefficient, laid),
                None => laid.push(LaidTerm { coefficient, ..*term }),
            }
        }
    }

    /// Whether a cell is, or is made of, the other one: a formula must not need itself.
    fn leads_to(&self, from: &str, to: &str) -> bool {
        from == to || self.needs.get(from).is_some_and(|needs| needs.iter().any(|need| self.leads_to(need, to)))
    }

    /// `=SUM(B5:B7)`; texts and blanks count nothing in it, as in the relation.
    fn sum(&self, target: &Target<'_>, terms: &[LaidTerm]) -> Option<String> {
        let mut total = Decimal::ZERO;
        let (mut added, mut taken) = (Vec::new(), Vec::new());
        let mut rest = String::new();
        for term in terms {
            let Some(cell) = term.cell else {
                total += term.coefficient;
                rest += &signed(term.coefficient, "");
                continue;
            };
            let place = self.places.get(&self.key(cell))?;
            total += place.figure.as_ref().map_or(Decimal::ZERO, |figure| figure.value) * term.coefficient;
            match term.coefficient {
                one if one == Decimal::ONE => added.push(place),
                minus_one if minus_one == Decimal::NEGATIVE_ONE => taken.push(place),
                // A text would be an error in a product.
                other => rest += &signed(other, &["*N(", &place.seen_from(target.place, self.places), ")"].concat()),
            }
        }
        let has_figure = terms.iter().filter_map(|term| self.places.get(&self.key(term.cell?))).any(Place::is_number);
        if !has_figure || half_up(total, target.figure.places) != target.figure.value {
            return None;
        }
        let mut formula = self.added(added, target.place);
        if !taken.is_empty() {
            formula = [&formula, "-", &self.added(taken, target.place)].concat();
        }
        formula += &rest;
        let formula = formula.trim_start_matches('+');
        // Parts with more decimals than their total add up to more than is shown.
        Some(match total == target.figure.value {
            true => ["=", formula].concat(),
            false => format!("=ROUND({formula},{})", target.figure.places),
        })
    }

    /// `=ROUND(B5/C5,4)`.
    fn rate(&self, target: &Target<'_>, terms: &[LaidTerm]) -> Option<String> {
        let [above, below] = terms else { return None };
        let (above, below) = (self.places.get(&self.key(above.cell?))?, self.places.get(&self.key(below.cell?))?);
        let percent = share(above.figure.as_ref()?.value, below.figure.as_ref()?.value)?;
        let Figure { value, places, is_percent, .. } = *target.figure;
        let rounded = match is_percent {
            true => half_up(percent, places - 2) * Decimal::new(1, 2),
            false => half_up(percent, places),
        };
        if rounded != value {
            return None;
        }
        let [above, below] = [above, below].map(|place| place.seen_from(target.place, self.places));
        let times = if is_percent { "" } else { "*100" };
        Some(format!("=ROUND({above}/{below}{times},{places})"))
    }

    /// `SUM(B5:B7,C9)`, or the only cell; nothing for none.
    fn added(&self, mut places: Vec<&Place>, from: &Place) -> String {
        if let [only] = places.as_slice()
            && only.is_number()
        {
            return only.seen_from(from, self.places);
        }
        places.sort_by_key(|place| (place.sheet != from.sheet, place.sheet, place.columns.0, place.rows.0));
        let ranges: Vec<String> = places
            .chunk_by(|above, below| above.is_right_above(below))
            .map(|range| {
                let begin = range[0].seen_from(from, self.places);
                let end = &range[range.len() - 1];
                if range.len() > 1 { [&begin, ":", &end.address()].concat() } else { begin }
            })
            .collect();
        if ranges.is_empty() { String::new() } else { ["SUM(", &ranges.join(","), ")"].concat() }
    }

    fn key(&self, cell: FieldIndex) -> String {
        self.layout.field(cell).key.clone()
    }
}

/// `+2*…` or `-100`.
fn signed(coefficient: Decimal, of: &str) -> String {
    let sign = if coefficient < Decimal::ZERO { "-" } else { "+" };
    [sign, &coefficient.abs().normalize().to_string(), of].concat()
}
