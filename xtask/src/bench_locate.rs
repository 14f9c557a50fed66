//! How often the wrong figure is found, natively; and how long that takes in real browsers, with the same verdicts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use gouji_browser_tests::{Browser, places};

use crate::run::{announce, answer, run};
use crate::setup::rust::WasmToolchain;
use crate::{setup, wasm};

const PACKAGE: &str = "gouji-locate-bench";

/// Cases that are timed of each form and number of errors: every kind of error in turn.
const CASES: usize = 1_400;

/// Cases that are run at a time, so that none is taken for a page that hangs.
const CHUNK: usize = 100;

const FORMS: [&str; 3] = ["our form", "142 cells", "balance tree"];

const METHOD: &str = "\
**Time in browsers**, in ms. The module is built as the page's are (optimised for size). The clock of a
browser is coarse and other programs run beside, so of each case a few checks are timed together (five of our form, twenty
of others), three times, and the least of the three means is taken; `max by itself` is the longest single check, whatever
else the machine did meanwhile. Our form is checked whole, from its texts; the others have the search alone.";

pub fn bench(options: &[&str]) -> Result<()> {
    let seed = seed_of(options)?;
    let toolchain = setup::for_tests()?;
    announce("building the bench, natively and for browsers");
    let native = build_native()?;
    let folder = build_wasm(&toolchain)?;
    announce("natively");
    let mut tables = Command::new(&native);
    tables.args(options);
    run(&mut tables, "the message above says why")?;
    announce("in browsers");
    let mut digests = Command::new(&native);
    digests.args(["--seed", &seed.to_string(), "--digests", &CASES.to_string()]);
    let digests = answer(&mut digests).context("the bench says no digests")?;
    println!("\n{METHOD}");
    for browser in Browser::ALL {
        in_browser(browser, &folder, seed, &digests)?;
    }
    Ok(())
}

/// The seed among the options, which are the command's own; 1 as there.
fn seed_of(options: &[&str]) -> Result<u32> {
    let at = options.iter().position(|option| *option == "--seed");
    at.map_or(Ok(1), |at| {
        options.get(at + 1).context("--seed takes a number")?.parse().context("--seed takes a number")
    })
}

fn build_native() -> Result<PathBuf> {
    let mut build = Command::new("cargo");
    build.args(["build", "--package", PACKAGE, "--profile", "bench", "--locked"]).current_dir(places::root());
    run(&mut build, "the message above says where")?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| places::root().join("target"), PathBuf::from);
    Ok(target.join("release").join(PACKAGE))
}

/// Leaves the module and a page that fetches it in a folder.
fn build_wasm(toolchain: &WasmToolchain) -> Result<PathBuf> {
    let (root, target) = (places::root(), places::wasm_target());
    wasm::fetch_crates(toolchain, root, &target)?;
    let mut build = wasm::command(toolchain, "cargo", root, &target)?;
    build.args(["build", "--package", PACKAGE, "--release", "--locked", "--target", "wasm32-unknown-unknown"]);
    run(&mut build, "the message above says where")?;
    let folder = root.join("target/bench-locate");
    fs::create_dir_all(&folder)?;
    let module = target.join("wasm32-unknown-unknown/release").join(format!("{PACKAGE}.wasm"));
    fs::copy(module, folder.join("bench.wasm"))?;
    fs::write(folder.join("index.html"), "<!DOCTYPE html><meta charset=\"utf-8\"><title>bench</title>")?;
    Ok(folder)
}

fn in_browser(browser: Browser, folder: &Path, seed: u32, native: &str) -> Result<()> {
    let mut page = browser.open_folder(folder)?;
    println!(
        "\n{}\n\n| | errors | | p50 | p99 | max | max by itself |\n|---|---|---|---:|---:|---:|---:|",
        page.version()?
    );
    page.eval(SCRIPT)?;
    let mut digests = String::new();
    for (which, form) in FORMS.into_iter().enumerate() {
        for two in [0, 1] {
            page.eval(&format!("begin({which}, {two}, {seed})"))?;
            for from in (0..CASES).step_by(CHUNK) {
                page.eval(&format!("run({from}, {})", from + CHUNK))?;
            }
            let result = page.eval("end()")?;
            for (name, times) in result["times"].as_object().context("nothing was measured")? {
                let time = |which: &str| times[which].as_f64().map(|time| format!("{time:.3}")).unwrap_or_default();
                let errors = if two == 1 { "two" } else { "one" };
                let [p50, p99, most, single] = ["p50", "p99", "max", "single"].map(time);
                println!("| {form} | {errors} | {name} | {p50} | {p99} | {most} | {single} |");
            }
            digests += &format!("{which} {two} {}\n", result["digest"].as_str().unwrap_or_default());
            ensure!(result["cases"] != 0, "there is no case");
        }
    }
    if digests.trim() != native.trim() {
        bail!("the verdicts differ from the native ones:\n{digests}\nnatively\n{native}");
    }
    println!("\nAll verdicts are those of the native run (digests of {CASES} cases each).");
    Ok(())
}

const SCRIPT: &str = "(async () => {
    const response = await fetch('bench.wasm');
    const { instance } = await WebAssembly.instantiate(await response.arrayBuffer(), {});
    const bench = instance.exports;
    let which, two, seed, turns, parts, times, cases;
    window.begin = (...chosen) => {
        [which, two, seed] = chosen;
        turns = which === 0 ? 5 : 20;
        parts = which === 0
            ? { evaluate: bench.evaluate, locate: bench.find, both: bench.check } : { solve: bench.check };
        times = {};
        for (const name in parts) times[name] = { means: [], single: 0 };
        cases = 0;
        bench.begin();
        // A few to warm the engine up.
        for (let number = 0; number < 100; number++) if (bench.make(which, two, seed, number)) bench.check();
    };
    window.run = (from, to) => {
        for (let number = from; number < to; number++) {
            if (!bench.make(which, two, seed, number)) continue;
            for (const name in parts) {
                const single = performance.now();
                parts[name]();
                times[name].single = Math.max(times[name].single, performance.now() - single);
                let least = Infinity;
                for (let again = 0; again < 3; again++) {
                    const start = performance.now();
                    for (let turn = 0; turn < turns; turn++) parts[name]();
                    least = Math.min(least, (performance.now() - start) / turns);
                }
                times[name].means.push(least);
            }
            bench.count();
            cases++;
        }
    };
    window.end = () => {
        const shown = {};
        for (const name in parts) {
            const { means, single } = times[name];
            means.sort((a, b) => a - b);
            const at = share => means[Math.floor((means.length - 1) * share)];
            shown[name] = { p50: at(0.5), p99: at(0.99), max: at(1), single };
        }
        const half = which => (bench.digest(which) >>> 0).toString(16).padStart(8, '0');
        return { cases, times: shown, digest: half(0) + half(1) };
    };
})()";
