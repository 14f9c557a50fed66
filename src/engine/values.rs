//! Findings of single cells: a figure that cannot be read, is negative, has too many places, or is missing at the end.

use crate::engine::amount::{Entry, Remark};
use crate::engine::figures::Figures;
use crate::engine::finding::{Fact, Finding, Level, builtin};
use crate::engine::layout::Layout;

/// Each unreadable or impossible figure, at its cell.
pub fn check(figures: &Figures<'_>) -> Vec<Finding> {
    let layout = figures.layout();
    let mut findings = Vec::new();
    for (at, field) in layout.indexed() {
        let (Some(entry), Some(measure)) = (figures.entry(at), field.column.kind.measure()) else { continue };
        let mut error = |code: &str, fact: Fact| {
            findings.push(Finding {
                code: code.to_owned(),
                level: Level::Error,
                cells: vec![field.key.clone()],
                fact,
                note: None,
            });
        };
        match entry {
            Entry::Unreadable(why) => {
                error(builtin::UNREADABLE, Fact::Unreadable { text: layout.text(at).to_owned(), why: why.clone() });
            }
            Entry::Number(amount) => {
                for remark in amount.remarks(measure) {
                    match remark {
                        Remark::Negative => error(builtin::NEGATIVE, Fact::Negative { value: amount.value }),
                        Remark::TooManyPlaces { places } => {
                            error(builtin::TOO_MANY_PLACES, Fact::TooManyPlaces { places })
                        }
                        Remark::NotWhole => error(builtin::NOT_WHOLE, Fact::NotWhole { value: amount.value }),
                    }
                }
            }
            Entry::Blank | Entry::NotApplicable => {}
        }
    }
    findings
}

/// Cells that a finished filing must fill, as one finding.
pub fn required(layout: &Layout<'_>) -> Option<Finding> {
    let blank = layout.indexed().filter(|(at, field)| field.required() && layout.text(*at).trim().is_empty());
    let cells: Vec<String> = blank.map(|(_, field)| field.key.clone()).collect();
    (!cells.is_empty()).then(|| Finding {
        code: builtin::REQUIRED.to_owned(),
        level: Level::Error,
        cells,
        fact: Fact::Required,
        note: None,
    })
}
