//! npm packages, fetched as archives and unpacked; nothing of them is run on the way. One of them is wasm-opt.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use gouji_browser_tests::places;

use crate::run::{announce, answer, run};
use crate::versions::{BINARYEN, NpmPackage};

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
    let archive = format!("{}-{}.tgz", package.name, package.version);
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
