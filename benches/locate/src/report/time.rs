//! How long one check takes.

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::forms::{Entered, Which};
use crate::measure::timed_case;
use crate::report::Asked;

/// Cases that are timed of each form and number of errors; the browser takes as many.
pub const TIMED: usize = 1_400;

/// Rows of times: name and the times of each case.
type Times = Vec<(&'static str, Vec<Duration>)>;

pub fn table(asked: &Asked) -> String {
    let mut text = String::from(
        "\n**Time, native**, in µs, of each case the best of five, as other programs run beside\n\n| | errors | | p50 | p99 | max |\n|---|---|---|---:|---:|---:|\n",
    );
    for which in &asked.forms {
        for two in [false, true] {
            for (name, mut times) in times(*which, two, asked.seed) {
                times.sort_unstable();
                let at = |per_mille: usize| times[(times.len() - 1) * per_mille / 1_000].as_nanos();
                let micros = |nanos: u128| format!("{}.{}", nanos / 1_000, nanos / 100 % 10);
                let _ = writeln!(
                    text,
                    "| {} | {} | {name} | {} | {} | {} |",
                    which.name(),
                    if two { "two" } else { "one" },
                    micros(at(500)),
                    micros(at(990)),
                    micros(at(1_000))
                );
            }
        }
    }
    text
}

fn times(which: Which, two: bool, seed: u64) -> Times {
    let mut times: Times = match which {
        Which::Ours => vec![("evaluate", vec![]), ("locate", vec![]), ("both", vec![])],
        _ => vec![("solve", vec![])],
    };
    for case in (0..TIMED).filter_map(|number| timed_case(which, two, seed, number)) {
        let entered = case.entered();
        let mut best = [Duration::MAX; 3];
        for _ in 0..5 {
            for (best, time) in best.iter_mut().zip(once(&entered)) {
                *best = time.min(*best);
            }
        }
        for ((_, times), best) in times.iter_mut().zip(best) {
            times.push(best);
        }
    }
    times
}

fn once(entered: &Entered) -> [Duration; 3] {
    let start = Instant::now();
    let Entered::Ours(ours) = entered else {
        black_box(entered.verdict());
        return [start.elapsed(); 3];
    };
    let evaluation = black_box(ours.evaluate());
    let between = Instant::now();
    black_box(ours.locate(&evaluation));
    let end = Instant::now();
    [between - start, end - between, end - start]
}

/// One number for each form and number of errors, which is another where any verdict is: to compare machines by.
pub fn digests(seed: u64, cases: usize) -> String {
    let mut text = String::new();
    for which in Which::ALL {
        for two in [false, true] {
            let cases = (0..cases).filter_map(|number| timed_case(which, two, seed, number));
            let digest = cases.fold(0, |digest, case| case.entered().verdict().digest(digest));
            let _ = writeln!(text, "{} {} {digest:016x}", which as u32, u32::from(two));
        }
    }
    text
}
