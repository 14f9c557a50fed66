//! Runs every check and every test, in the order in which they are quick to fail.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use gouji_browser_tests::places;

use crate::run::{announce, run};
use crate::setup::rust::WasmToolchain;
use crate::{setup, wasm};

/// What the steps share.
struct Run {
    toolchain: WasmToolchain,
    build: Option<Build>,
}

type Step = fn(&mut Run) -> Result<()>;

/// To add a step: one line. A failure does not hide those after it, but for the tests that need the built page.
const STEPS: &[(&str, Step)] = &[
    ("format", |_| cargo(&["fmt", "--all", "--check"], "run `cargo fmt --all`")),
    ("lints, native", |_| {
        let arguments = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
        cargo(&arguments, "each lint above says what to change")
    }),
    ("lints, wasm32", |run| lint_wasm(&run.toolchain)),
    // Beside the build, which has work for one processor most of the time.
    ("tests of the engine and the tooling", |run| {
        run.build = Some(Build::begin()?);
        cargo(&["test", "--workspace", "--exclude", "gouji-browser-tests", "--locked"], "see the failed tests above")
    }),
    ("build", |run| run.build.take().context("it was not begun")?.finish()),
    ("tests of the built page, in browsers", |_| {
        // One more than there are processors: a test waits as often as it works.
        let threads = thread::available_parallelism().map_or(2, usize::from) + 1;
        let threads = threads.to_string();
        let arguments = ["test", "--package", "gouji-browser-tests", "--locked", "--no-fail-fast", "--"];
        cargo(&[&arguments[..], &["--test-threads", &threads]].concat(), "see the failed tests above")
    }),
];

pub fn test() -> Result<()> {
    let mut run = Run { toolchain: setup::for_tests()?, build: None };
    let mut failures = Vec::new();
    for (number, (name, step)) in STEPS.iter().enumerate() {
        announce(&format!("{}/{} {name}", number + 1, STEPS.len()));
        let start = Instant::now();
        if let Err(why) = step(&mut run) {
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

/// `cargo xtask build` in a process of its own; what it says is shown when it is waited for.
struct Build {
    process: Child,
    log: PathBuf,
}

impl Build {
    fn begin() -> Result<Build> {
        let log = places::root().join("target/build.log");
        let said = File::create(&log)?;
        let mut build = Command::new(std::env::current_exe()?);
        build.arg("build").stdin(Stdio::null()).stdout(said.try_clone()?).stderr(said);
        Ok(Build { process: build.spawn().context("the build cannot be started")?, log })
    }

    fn finish(mut self) -> Result<()> {
        let status = self.process.wait()?;
        println!("{}", String::from_utf8_lossy(&fs::read(&self.log)?));
        if !status.success() {
            bail!("`cargo xtask build` ended with {status}: its last message says where");
        }
        Ok(())
    }
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
        // In the profile of the build, which then finds the macros made.
        clippy.args(["clippy", "--package", "gouji", "--target", "wasm32-unknown-unknown", "--locked", "--release"]);
        clippy.args(["--no-default-features", "--features", module, "--", "-D", "warnings"]);
        run(&mut clippy, "each lint above says what to change")?;
    }
    Ok(())
}
