//! Cases in which the wrong figure does not come first, in words, for whoever looks into the ranking.

use std::fmt::Write;

use gouji::engine::locate::system::{System, Tie, Units};

use crate::entry::{plain, typed};
use crate::forms::{Entered, Form};
use crate::kinds::Kind;
use crate::measure::{Case, Run, case};
use crate::report::Asked;
use crate::verdict::Verdict;

/// Which cases.
#[derive(Clone, Copy, Debug, Default)]
pub struct Looked {
    /// Of two errors.
    pub is_two: bool,
    /// Only those of which it was said plainly.
    pub is_plain: bool,
    /// Those that no relation sees, in place of those in which another cell came first.
    pub is_missed: bool,
}

/// Up to `most` cases of each kind that went wrong.
pub fn wrong(asked: &Asked, most: usize, looked: Looked) -> String {
    let mut text = String::new();
    for which in &asked.forms {
        let runs: Vec<Run> = if looked.is_two { vec![Run::Two] } else { Kind::ALL.map(Run::One).into() };
        for run in runs {
            let mut told = 0;
            for number in 0..asked.cases {
                let Some(case) = case(*which, run, asked.seed, number) else { continue };
                let verdict = case.entered().verdict();
                let judged = case.judge(&verdict);
                let is_plain = judged.certainty.is_some_and(|certainty| (certainty as u8) < 2);
                let is_one = match looked.is_missed {
                    true => !judged.is_detected && !case.is_within_rounding() && !case.is_within_sums(),
                    false => judged.is_detected && !judged.is_first && (is_plain || !looked.is_plain),
                };
                if told < most && is_one {
                    told += 1;
                    let _ = writeln!(text, "\n{} {run:?} case {number}", which.name());
                    text += &told_in_words(&case, &verdict);
                }
            }
        }
    }
    text
}

fn told_in_words(case: &Case, verdict: &Verdict) -> String {
    let sheet = case.form.sheet();
    let name = |cell: usize| sheet.cells[cell].name.as_str();
    let mut text = String::new();
    for (cell, figure) in case.slips.iter().flat_map(|slip| &slip.entered) {
        let _ = writeln!(
            text,
            "  {}: entered {}, true {} (in {} equalities)",
            name(*cell),
            typed(*figure),
            typed(sheet.cells[*cell].figure),
            sheet.cells[*cell].ties.len()
        );
    }
    match case.entered() {
        Entered::Ours(entered) => {
            for line in entered.violated() {
                let _ = writeln!(text, "  found: {line}");
            }
        }
        Entered::Made(system) => {
            for row in system.violated(&system.figures()) {
                let _ = writeln!(text, "  violated: {}", shown(&system, row, &case.form));
            }
        }
    }
    let value = |value: Option<Units>| value.map_or_else(|| "?".to_owned(), |value| typed(plain(value)));
    for group in &verdict.groups {
        let _ = writeln!(text, "  said: {:?}, {} answers", group.certainty, group.answer_count);
        for answer in &group.answers {
            let changes = answer.changes.iter().map(|named| {
                let cell = named.cell.map_or("a blank", name);
                format!("{cell} → {} ({:?})", value(named.value), named.cause)
            });
            let _ = writeln!(text, "    {}", changes.collect::<Vec<_>>().join(" and "));
        }
    }
    text
}

fn shown(system: &System, row: usize, form: &Form) -> String {
    let figure = |cell: usize| {
        let known = system.cells[cell].entered.map_or_else(|| "blank".to_owned(), typed);
        format!("{}[{known}]", form.sheet().cells[cell].name)
    };
    match &system.rows[row].tie {
        Tie::Sum(sum) => {
            let terms = sum.terms.iter().map(|term| format!("{:+}×{}", term.coefficient, figure(term.cell)));
            format!("{} {:?} {}", terms.collect::<Vec<_>>().join(" "), sum.compare, -sum.constant)
        }
        Tie::Quotient { result, numerator, denominator, .. } => {
            format!("{} = {} ÷ {}", figure(*result), figure(*numerator), figure(*denominator))
        }
        Tie::OneOf(_) => "one of several".to_owned(),
    }
}
