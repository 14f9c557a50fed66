//! How often the wrong figure is found, by kind of error, and beside the targets.

use std::fmt::Write;

use crate::forms::Which;
use crate::kinds::Kind;
use crate::measure::{Run, Tally, tally};
use crate::report::{Asked, percent};

/// What was measured on one form.
pub struct Measured {
    which: Which,
    kinds: Vec<(Kind, Tally)>,
    observed: Tally,
    two: Tally,
}

impl Measured {
    pub fn of(which: Which, asked: &Asked) -> Self {
        let (seed, cases) = (asked.seed, asked.cases);
        let kinds = Kind::ALL.map(|kind| (kind, tally(which, Run::One(kind), seed, cases)));
        Self {
            which,
            kinds: kinds.into(),
            observed: tally(which, Run::Observed, seed, cases * 4),
            two: tally(which, Run::Two, seed, cases * 4),
        }
    }

    /// All kinds in equal shares, but for meaningless values.
    pub fn meant(&self) -> Tally {
        let mut all = Tally::default();
        for (_, tally) in self.kinds.iter().filter(|(kind, _)| *kind != Kind::Random) {
            all.join(tally);
        }
        all
    }

    pub fn by_kind(&self) -> String {
        let mut text = format!(
            "\n**One error, {}**\n\n| | cases | detected | right cell first | in the first three | value restored | \
             plain-spoken | of these right | 应为, right | 很可能, right |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n",
            self.which.name()
        );
        for (kind, tally) in self.kinds.iter().filter(|(kind, _)| *kind != Kind::Random) {
            text += &line(kind.name(), tally);
        }
        text += &line("**all of these**", &self.meant());
        if let Some((kind, tally)) = self.kinds.iter().find(|(kind, _)| *kind == Kind::Random) {
            text += &line(kind.name(), tally);
        }
        text += &line("digits, in observed shares", &self.observed);
        let all = self.meant();
        let _ = writeln!(
            text,
            "\nNot detected: {}. Of these {} moved the figure by 0.05 or less, and {} are two figures of the same sums that changed \
             places. In cells that two equalities tie: {} of {}, of these {} for one of these reasons.",
            all.cases - all.detected,
            all.within_rounding,
            all.within_sums,
            all.tied_twice - all.tied_twice_detected,
            all.tied_twice,
            all.tied_twice_unseen
        );
        text
    }
}

fn line(name: &str, tally: &Tally) -> String {
    if tally.cases == 0 {
        return format!("| {name} | — | | | | | | | | |\n");
    }
    let of = |part| percent(part, tally.detected);
    format!(
        "| {name} | {} | {} | {} | {} | {} | {} | {} | {}, {} | {}, {} |\n",
        tally.cases,
        percent(tally.detected, tally.cases),
        of(tally.first),
        of(tally.among_three),
        of(tally.value),
        of(tally.plain()),
        percent(tally.plain_right(), tally.plain()),
        of(tally.must),
        percent(tally.must_right, tally.must),
        of(tally.likely),
        percent(tally.likely_right, tally.likely),
    )
}

pub fn two_errors(measured: &[Measured]) -> String {
    let mut text = String::from(
        "\n**Two errors**\n\n| | cases | detected | both first | one of them named | no answer | plain-spoken, right | \
         in one group | of these both first | in two groups, both first |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n",
    );
    for Measured { which, two, .. } in measured {
        let apart = two.detected - two.in_one_group;
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {}, {} | {} | {} | {} |",
            which.name(),
            two.cases,
            percent(two.detected, two.cases),
            percent(two.first, two.detected),
            percent(two.names_one, two.detected),
            percent(two.without_answer, two.detected),
            percent(two.plain(), two.detected),
            percent(two.plain_right(), two.plain()),
            percent(two.in_one_group, two.detected),
            percent(two.in_one_group_first, two.in_one_group),
            percent(two.first - two.in_one_group_first, apart),
        );
    }
    text
}

/// One target: its name, the least share in thousandths, part and whole.
type Target = (&'static str, usize, fn(&Measured) -> [usize; 2]);

const TARGETS: [Target; 10] = [
    ("detected ≥ 97 %", 970, |all| [all.meant().detected, all.meant().cases]),
    ("the same, but for moves by 0.05 or less and swaps within the same sums", 970, |all| {
        [all.meant().detected, all.meant().cases - all.meant().within_rounding - all.meant().within_sums]
    }),
    ("detected, cells in two or more: 100 %", 1_000, |all| [all.meant().tied_twice_detected, all.meant().tied_twice]),
    ("the same, but for these", 1_000, |all| {
        [all.meant().tied_twice_detected, all.meant().tied_twice - all.meant().tied_twice_unseen]
    }),
    ("right cell first ≥ 92 %", 920, |all| [all.meant().first, all.meant().detected]),
    ("in the first three ≥ 99 %", 990, |all| [all.meant().among_three, all.meant().detected]),
    ("value restored ≥ 90 %", 900, |all| [all.meant().value, all.meant().detected]),
    ("plain-spoken ≥ 60 %", 600, |all| [all.meant().plain(), all.meant().detected]),
    ("plain-spoken right ≥ 99.5 %", 995, |all| [all.meant().plain_right(), all.meant().plain()]),
    ("two errors, both first ≥ 75 %", 750, |all| [all.two.first, all.two.detected]),
];

pub fn targets(measured: &[Measured]) -> String {
    let mut text = String::from("| target, over tied cells, random values apart |");
    for Measured { which, .. } in measured {
        let _ = write!(text, " {} |", which.name());
    }
    text += "\n|---|";
    text += &"---:|".repeat(measured.len());
    for (name, least, of) in TARGETS {
        let _ = write!(text, "\n| {name} |");
        for measured in measured {
            let [part, whole] = of(measured);
            let mark = if part * 1_000 >= whole * least { "✓" } else { "✗" };
            let _ = write!(text, " {} {mark} |", percent(part, whole));
        }
    }
    text + "\n"
}
