//! Tools that cargo compiles: trunk and wasm-bindgen. Built unoptimised, which halves the wait; they work for
//! seconds only.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};
use gouji_browser_tests::places;

use crate::run::{announce, answer, run};
use crate::versions;

pub fn install_trunk() -> Result<()> {
    // It never downloads here, so it needs no TLS; that and its search for updates are its default features.
    install("trunk", versions::TRUNK, "0", &["trunk", "--locked", "--no-default-features"])
}

pub fn install_wasm_bindgen() -> Result<()> {
    let lock_file = fs::read_to_string(places::root().join("Cargo.lock")).context("Cargo.lock cannot be read")?;
    let version = versions::wasm_bindgen(&lock_file).context("Cargo.lock does not name wasm-bindgen")?;
    // Its own lock file may name crates that a mirror does not have yet. It reads the whole program: some speed pays.
    install("wasm-bindgen", version, "1", &["wasm-bindgen-cli", "--bin", "wasm-bindgen"])
}

fn install(program: &str, version: &str, optimisation: &str, arguments: &[&str]) -> Result<()> {
    let tools = places::tools();
    let is_there = || {
        let said = answer(Command::new(tools.join("bin").join(program)).arg("--version"));
        said.is_some_and(|said| said.split_whitespace().nth(1) == Some(version))
    };
    if is_there() {
        return Ok(());
    }
    announce(&format!("compiling {program} {version} (two to four minutes, once)"));
    let scratch = tools.join("scratch");
    let mut command = Command::new("cargo");
    command
        .args(["install", "--debug", "--force", "--version", version])
        .args(arguments)
        .arg("--root")
        .arg(&tools)
        .arg("--target-dir")
        .arg(&scratch)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_PROFILE_DEV_INCREMENTAL", "false")
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", optimisation)
        .current_dir(&tools);
    run(&mut command, "it needs the registry of crates once; is there internet?")?;
    fs::remove_dir_all(&scratch).with_context(|| format!("cannot remove {}", scratch.display()))?;
    if !is_there() {
        anyhow::bail!("{program} was installed, but does not say that it is {version}");
    }
    Ok(())
}
