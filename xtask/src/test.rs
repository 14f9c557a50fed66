//! Runs every check and every test, in the order in which they are quick to fail.

use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail};
use gouji_browser_tests::places;

use crate::run::{announce, run};
use crate::setup::rust::WasmToolchain;
use crate::{build, setup, wasm};

type Step = fn(&WasmToolchain) -> Result<()>;

/// To add a step: one line. A failure does not hide those after it, but for the tests that need the built page.
const STEPS: &[(&str, Step)] = &[
    ("format", |_| cargo(&["fmt", "--all", "--check"], "run `cargo fmt --all`")),
    ("lints, native", |_| {
        let arguments = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
        cargo(&arguments, "each lint above says what to change")
    }),
    ("lints, wasm32", lint_wasm),
    ("tests of the engine and the tooling", |_| {
        cargo(&["test", "--workspace", "--exclude", "gouji-browser-tests", "--locked"], "see the failed tests above")
    }),
    ("build", build::build),
    ("tests of the built page, in browsers", |_| {
        cargo(&["test", "--package", "gouji-browser-tests", "--locked", "--no-fail-fast"], "see the failed tests above")
    }),
];

pub fn test() -> Result<()> {
    let toolchain = setup::for_tests()?;
    let mut failures = Vec::new();
    for (number, (name, step)) in STEPS.iter().enumerate() {
        announce(&format!("{}/{} {name}", number + 1, STEPS.len()));
        let start = Instant::now();
        if let Err(why) = step(&toolchain) {
            println!("   FAILED: {why:#}");
            failures.push(*name);
            if *name == "build" {
                println!("   without the build there is no page to test");
                break;
            }
        }
        println!("   {name}: {} s", start.elapsed().as_secs());
    }
    if !failures.is_empty() {
        bail!("{} of {} steps: {}", failures.len(), STEPS.len(), failures.join("; "));
    }
    announce(&format!("all {} steps passed", STEPS.len()));
    Ok(())
}

fn cargo(arguments: &[&str], advice: &str) -> Result<()> {
    run(Command::new("cargo").args(arguments).current_dir(places::root()), advice)
}

/// In the environment of the build, because without it there is no std for wasm32 on some machines.
fn lint_wasm(toolchain: &WasmToolchain) -> Result<()> {
    wasm::fetch_crates(toolchain, places::root(), &places::wasm_target())?;
    // Each module by itself: what one leaves out may be all that another uses.
    for module in ["page", "reader", "office"] {
        let mut clippy = wasm::command(toolchain, "cargo", places::root(), &places::wasm_target())?;
        clippy.args(["clippy", "--package", "gouji", "--target", "wasm32-unknown-unknown", "--locked"]);
        clippy.args(["--no-default-features", "--features", module, "--", "-D", "warnings"]);
        run(&mut clippy, "each lint above says what to change")?;
    }
    Ok(())
}
