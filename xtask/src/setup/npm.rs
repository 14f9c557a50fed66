//! npm packages, fetched as archives and unpacked; nothing of them is run on the way. One of them is wasm-opt.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use gouji_browser_tests::places;

use crate::run::{announce, answer, run};
use crate::versions::{AXE, BINARYEN, ESBUILD, NpmPackage};

pub fn install_wasm_opt() -> Result<()> {
    let program = places::tools().join("bin/wasm-opt");
    let major = BINARYEN.version.split('.').next().unwrap_or_default();
    let is_there = || {
        let said = answer(Command::new(&program).arg("--version"));
        said.is_some_and(|said| said.contains(&format!("version {major}")))
    };
    if is_there() {
        return Ok(());
    }
    announce(&format!("fetching wasm-opt ({} {})", BINARYEN.name, BINARYEN.version));
    let folder = places::tools().join("binaryen");
    let unpacked = fetch(&BINARYEN)?;
    replace(&unpacked, &folder)?;
    if program.is_symlink() {
        fs::remove_file(&program)?;
    }
    // Relative, so that the folder of the tools can be moved.
    symlink("../binaryen/bin/wasm-opt", &program)?;
    if !is_there() {
        bail!("wasm-opt was fetched, but does not run: it needs Node 18 or newer, see `node --version`");
    }
    Ok(())
}

pub fn install_esbuild() -> Result<()> {
    let program = places::tools().join("bin/esbuild");
    let is_there =
        || answer(Command::new(&program).arg("--version")).is_some_and(|said| said.trim() == ESBUILD.version);
    if is_there() {
        return Ok(());
    }
    announce(&format!("fetching esbuild ({} {})", ESBUILD.name, ESBUILD.version));
    let unpacked = fetch(&ESBUILD)?;
    if program.exists() {
        fs::remove_file(&program)?;
    }
    fs::rename(unpacked.join("bin/esbuild"), &program)?;
    if !is_there() {
        bail!("esbuild was fetched, but does not run on this machine");
    }
    Ok(())
}

/// The script that the tests of access run in the page.
pub fn install_axe() -> Result<()> {
    let script = places::axe();
    // Its first lines name its version.
    let is_there = || fs::read_to_string(&script).is_ok_and(|text| text.contains(&format!("axe v{}\n", AXE.version)));
    if is_there() {
        return Ok(());
    }
    announce(&format!("fetching {} {}", AXE.name, AXE.version));
    let unpacked = fetch(&AXE)?;
    let folder = script.parent().context("the script has no folder")?;
    replace(&unpacked, folder)?;
    if !is_there() {
        bail!("{} was fetched, but is not version {}", AXE.name, AXE.version);
    }
    Ok(())
}

/// Fetches a package and unpacks it into a folder that is the caller's to move.
pub fn fetch(package: &NpmPackage) -> Result<PathBuf> {
    let folder = places::tools().join("fetched").join(package.name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let name = format!("{}@{}", package.name, package.version);
    let mut pack = Command::new("npm");
    pack.args(["pack", "--silent", &name]).current_dir(&folder);
    run(&mut pack, "it needs the npm registry once; is there internet?")?;
    // npm names the archive of `@scope/name` scope-name-version.tgz.
    let archive = format!("{}-{}.tgz", package.name.trim_start_matches('@').replace('/', "-"), package.version);
    let mut unpack = Command::new("tar");
    unpack.args(["--no-same-owner", "-xzf", &archive]).current_dir(&folder);
    run(&mut unpack, "the archive is damaged; run this again")?;
    fs::remove_file(folder.join(archive))?;
    Ok(folder.join("package"))
}

/// Puts a finished folder where an older one may be.
pub fn replace(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    fs::rename(from, to).with_context(|| format!("cannot move {} to {}", from.display(), to.display()))
}
