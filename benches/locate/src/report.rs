//! What was measured, as Markdown.

mod accuracy;
mod peer;
mod time;
mod wrong;

use std::fmt::Write;

use crate::chance::Chance;
use crate::forms::{Form, Which};

pub use time::digests;
pub use wrong::{Looked, wrong};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub seed: u64,
    /// Cases of each kind on each form.
    pub cases: usize,
    pub forms: Vec<Which>,
}

/// True filings that are checked for false alarms.
const TRUE_FORMS: usize = 10_000;

/// All tables.
pub fn tables(asked: &Asked) -> String {
    let mut text = format!("Seed {}, {} cases of each kind.\n\n", asked.seed, asked.cases);
    text += &cells(asked);
    let measured: Vec<_> = asked.forms.iter().map(|which| accuracy::Measured::of(*which, asked)).collect();
    text += &accuracy::targets(&measured);
    for measured in &measured {
        text += &measured.by_kind();
    }
    text += &accuracy::two_errors(&measured);
    text += &false_alarms(asked);
    text += &peer::table(asked);
    text += &time::table(asked);
    text
}

/// How many cells can be proven wrong at all.
fn cells(asked: &Asked) -> String {
    let mut text = String::from(
        "| | filled cells | tied by an equality | by two or more | tied just as another cell is |\n|---|---:|---:|---:|---:|\n",
    );
    for which in &asked.forms {
        let form = which.make(&mut Chance::new(asked.seed));
        let sheet = form.sheet();
        let all = sheet.cells.len();
        let _ = write!(text, "| {} | {all} |", which.name());
        for part in [sheet.tied().len(), sheet.in_two_or_more(), sheet.confusable()] {
            let _ = write!(text, " {part} ({}) |", percent(part, all));
        }
        text.push('\n');
    }
    text + "\n"
}

fn false_alarms(asked: &Asked) -> String {
    let mut text =
        format!("\n**False alarms** on {TRUE_FORMS} true forms each, half of them rounded figure by figure: ");
    let mut told = Vec::new();
    for which in &asked.forms {
        let mut alarms = 0;
        let mut example = None;
        for number in 0..TRUE_FORMS {
            let form = which.make(&mut Chance::of_case(asked.seed, 99, number as u64));
            let said = alarms_of(&form);
            alarms += usize::from(!said.is_empty());
            example = example.or(said.into_iter().next());
        }
        let example = example.map_or_else(String::new, |example| format!(" (such as {example})"));
        told.push(format!("{} {alarms}{example}", which.name()));
    }
    text += &told.join(", ");
    text + ".\n"
}

/// What is said of a true form although nothing is wrong.
pub fn alarms_of(form: &Form) -> Vec<String> {
    match form {
        Form::Ours(ours) => ours.with(std::iter::empty()).false_alarms(),
        Form::Made(_) => {
            let verdict = form.with(&[]).verdict();
            let groups = verdict.groups.iter().map(|group| format!("{group:?}"));
            groups.chain(verdict.is_detected.then(|| "a relation is violated".to_owned())).collect()
        }
    }
}

/// A share in percent with one decimal.
fn percent(part: usize, whole: usize) -> String {
    let Some(tenths) = (part * 1_000 + whole / 2).checked_div(whole) else { return "—".to_owned() };
    // What is not all of it is not told as all.
    let tenths = if part < whole { tenths.min(999) } else { tenths };
    format!("{}.{} %", tenths / 10, tenths % 10)
}
