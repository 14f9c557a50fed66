//! Set-up, build, serve and test: what the two commands of the README call.

mod bench_locate;
mod bench_office;
mod bench_page;
mod bench_report;
mod build;
mod name_by_content;
mod office;
mod office_formulas;
mod run;
mod screenshots;
mod serve;
mod setup;
mod short_names;
mod size;
mod test;
mod versions;
mod wasm;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

const USAGE: &str = "\
usage: cargo xtask <command>

  serve [--port N]         set up what is missing, build the page, serve it on localhost (port 8080)
  test                     set up what is missing, then run every check and every test
  build [--twice]          leave the page in dist/; --twice builds again elsewhere and compares the bytes
  build --quick            the same for work on the page: not made small, so in a minute after the first time
  screenshots [--out DIR] [--only NAME] [--as-it-is]
                           pictures of every view, or of those with NAME in their name, in every size, light and dark, in
                           both languages (in target/screenshots); --as-it-is of the page in dist/, without building
  bench page [--slow N]    from an edit to its findings, in the page; --slow N on an N times slower processor
  bench report             reading a report in the second module
  bench office             files of Word and Excel opened and written by the page that is in dist/
  bench locate [--seed N] [--cases N]
                           how often the wrong figure is found, on three forms, natively and in browsers; see
                           docs/locating.md
  office                   filings as files of Word and Excel in LibreOffice: pictures of them in target/office, and the
                           formulas of workbooks give what was entered
  size                     what dist/ weighs, raw, with gzip and with brotli
  setup                    only set up: tools and browsers go to target/tools, or to $GOUJI_TOOLS";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("\nfailed: {why:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[&str]) -> Result<()> {
    match arguments {
        ["serve"] => serve::serve(8080),
        ["serve", "--port", port] => serve::serve(port.parse().context("--port takes a number up to 65535")?),
        ["test"] => test::test(),
        ["build"] => build::build(&setup::for_build()?),
        ["build", "--quick"] => build::build_quick(&setup::for_build()?),
        ["build", "--twice"] => build::build_twice(&setup::for_build()?),
        ["screenshots", options @ ..] => photograph(options),
        ["bench", "page"] => bench_page::bench(1),
        ["bench", "page", "--slow", times] => bench_page::bench(times.parse().context("--slow takes a number")?),
        ["bench", "report"] => bench_report::bench(),
        ["bench", "office"] => bench_office::bench(),
        ["bench", "locate", options @ ..] => bench_locate::bench(options),
        ["office"] => office::pictures().and_then(|()| office_formulas::check()),
        ["size"] => size::print(),
        ["setup"] => setup::for_tests().map(drop),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => bail!("`{}` is not understood\n\n{USAGE}", arguments.join(" ")),
    }
}

fn photograph(mut options: &[&str]) -> Result<()> {
    let mut folder = gouji_browser_tests::places::root().join("target/screenshots");
    let (mut only, mut is_built) = ("", false);
    loop {
        options = match options {
            ["--out", chosen, rest @ ..] => {
                folder = PathBuf::from(chosen);
                rest
            }
            ["--only", name, rest @ ..] => {
                only = name;
                rest
            }
            ["--as-it-is", rest @ ..] => {
                is_built = true;
                rest
            }
            [] => break,
            _ => bail!("`{}` is not understood\n\n{USAGE}", options.join(" ")),
        };
    }
    if is_built { screenshots::photograph(&folder, only) } else { screenshots::screenshots(&folder, only) }
}
