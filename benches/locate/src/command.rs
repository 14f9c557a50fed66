//! The command line.

use std::process::ExitCode;

use gouji_locate_bench::forms::Which;
use gouji_locate_bench::report::{Asked, Looked, digests, tables, wrong};

const USAGE: &str = "\
usage: gouji-locate-bench [--seed N] [--cases N] [--form ours|block|tree]
                          [--wrong N [--two] [--plain | --missed]] [--digests N]

  --cases N     cases of each kind on each form (1000)
  --form NAME   that form alone
  --wrong N     in place of tables up to N cases of each kind in which another cell came first; of two errors with --two;
                with --plain only those of which it was said plainly, with --missed those that no relation sees
  --digests N   in place of tables what so many timed cases come to, to compare machines by";

pub fn run() -> ExitCode {
    match asked(std::env::args().skip(1)) {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{why}\n\n{USAGE}");
            ExitCode::FAILURE
        }
    }
}

fn asked(mut arguments: impl Iterator<Item = String>) -> Result<String, String> {
    let mut asked = Asked { seed: 1, cases: 1_000, forms: Which::ALL.into() };
    let (mut most_wrong, mut looked, mut most_digests) = (None, Looked::default(), None);
    while let Some(argument) = arguments.next() {
        let mut number = || -> Result<usize, String> {
            let text = arguments.next().unwrap_or_default();
            text.parse().map_err(|_| format!("{argument} takes a number, not `{text}`"))
        };
        match argument.as_str() {
            "--seed" => asked.seed = number()? as u64,
            "--cases" => asked.cases = number()?,
            "--wrong" => most_wrong = Some(number()?),
            "--digests" => most_digests = Some(number()?),
            "--two" => looked.is_two = true,
            "--plain" => looked.is_plain = true,
            "--missed" => looked.is_missed = true,
            "--form" => {
                let name = arguments.next().unwrap_or_default();
                let which = match name.as_str() {
                    "ours" => Which::Ours,
                    "block" => Which::Block,
                    "tree" => Which::Tree,
                    _ => return Err(format!("there is no form `{name}`")),
                };
                asked.forms = vec![which];
            }
            _ => return Err(format!("`{argument}` is not understood")),
        }
    }
    Ok(match (most_wrong, most_digests) {
        (Some(most), _) => wrong(&asked, most, looked),
        (None, Some(cases)) => digests(asked.seed, cases),
        (None, None) => tables(&asked),
    })
}
