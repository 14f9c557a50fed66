//! Builds the page: crates, Trunk (cargo, wasm-bindgen, wasm-opt), then the files of `dist/` with their names.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use gouji_browser_tests::places;

use crate::name_by_content::name_by_content;
use crate::run::{announce, answer, run};
use crate::setup::rust::WasmToolchain;
use crate::short_names::shorten;
use crate::wasm;

/// Leaves the finished page in `dist/`.
pub fn build(toolchain: &WasmToolchain) -> Result<()> {
    build_in(toolchain, places::root(), &places::wasm_target(), Effort::Whole)
}

/// Leaves a page in `dist/` that does the same but weighs many times as much: for work on it, where minutes matter.
pub fn build_quick(toolchain: &WasmToolchain) -> Result<()> {
    build_in(toolchain, places::root(), &places::root().join("target/wasm-quick"), Effort::Quick)
}

/// How much is done for a small download.
#[derive(Clone, Copy, PartialEq)]
enum Effort {
    Whole,
    /// No optimiser over the whole program, neither rustc's nor wasm-opt.
    Quick,
}

/// Builds once more, from a copy of the sources at another place, and compares every byte.
pub fn build_twice(toolchain: &WasmToolchain) -> Result<()> {
    build(toolchain)?;
    announce("building again at another place");
    let copy = places::root().join("target/twice");
    if copy.exists() {
        fs::remove_dir_all(&copy)?;
    }
    copy_sources(&copy)?;
    build_in(toolchain, &copy, &copy.join("target/wasm"), Effort::Whole)?;
    let (first, second) = (files(&places::dist())?, files(&copy.join("dist"))?);
    for name in first.keys().chain(second.keys()) {
        if first.get(name) != second.get(name) {
            bail!(
                "{name} differs between two builds of the same sources: compare dist/ with {}",
                copy.join("dist").display()
            );
        }
    }
    println!("   both builds gave the same {} files, byte for byte", first.len());
    fs::remove_dir_all(&copy).context("the second build cannot be removed")
}

fn build_in(toolchain: &WasmToolchain, root: &Path, target_directory: &Path, effort: Effort) -> Result<()> {
    announce("building the page (the first time takes some minutes)");
    let start = Instant::now();
    wasm::fetch_crates(toolchain, root, target_directory)?;
    // After fetching: the flags name the folders that crates were unpacked to.
    let mut trunk = wasm::command(toolchain, "trunk", root, target_directory)?;
    // Trunk takes NO_COLOR=1 for a wrong value of its own switch.
    trunk.args(["build", "--skip-version-check"]).env_remove("NO_COLOR");
    if effort == Effort::Quick {
        trunk.arg("--release=false");
        // With no path in the flags, what was compiled for another working copy is as good for this one.
        trunk.env("CARGO_ENCODED_RUSTFLAGS", wasm::FEATURES.join("\x1f"));
        for (setting, value) in [("OPT_LEVEL", "1"), ("DEBUG", "false"), ("PANIC", "abort")] {
            trunk.env(format!("CARGO_PROFILE_DEV_{setting}"), value);
        }
    }
    run(&mut trunk, "the message above says where")?;
    let made = root.join("target/trunk");
    for (name, bytes) in files(&wasm::page_files(target_directory))? {
        fs::write(made.join(name), bytes)?;
    }
    for name in ["gouji", "gouji-reader", "gouji-office"] {
        shorten(&made, name)?;
    }
    minify(&made)?;
    name_by_content(&made, &root.join("dist"))?;
    println!("   dist/ is finished after {} s", start.elapsed().as_secs());
    Ok(())
}

/// Takes what people read, and browsers do not, out of scripts and style sheets. The targets forbid newer syntax.
fn minify(folder: &Path) -> Result<()> {
    let mut names: Vec<_> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    names.sort();
    for file in names {
        let target = match file.extension().and_then(|extension| extension.to_str()) {
            Some("js") if file.ends_with("boot.js") => "es5",
            Some("js") => "es2019",
            Some("css") => "chrome80",
            _ => continue,
        };
        let mut esbuild = Command::new(places::tools().join("bin/esbuild"));
        esbuild.arg(&file).arg("--minify").arg("--charset=utf8").arg(format!("--target={target}"));
        esbuild.arg("--log-level=warning").arg("--allow-overwrite").arg(format!("--outfile={}", file.display()));
        run(&mut esbuild, "the message above says where")?;
    }
    Ok(())
}

/// What git knows and what it would take up: never target/ or dist/.
fn copy_sources(to: &Path) -> Result<()> {
    let mut list = Command::new("git");
    list.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(places::root());
    let names = answer(&mut list).context("git cannot list the sources: this command needs a clone")?;
    for name in names.split('\0').filter(|name| !name.is_empty()) {
        let from = places::root().join(name);
        // A file that was removed but not yet committed is still listed.
        if from.is_file() {
            let to = to.join(name);
            fs::create_dir_all(to.parent().context("a file has no folder")?)?;
            fs::copy(from, to)?;
        }
    }
    Ok(())
}

/// The files of a folder and what is in them.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        files.insert(entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?);
    }
    Ok(files)
}
