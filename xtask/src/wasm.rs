//! How cargo is called for wasm32: std rebuilt for old engines, a target directory of its own, no path of this
//! machine in what comes out.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::run::run;
use crate::setup::rust::WasmToolchain;

/// What Chromium 80 understands. rustc's own choice includes reference types, which Chromium has since 96; the
/// minuses are explicit because a later rustc may switch more on by itself.
pub const FEATURES: &[&str] = &[
    "-Ctarget-cpu=mvp",
    "-Ctarget-feature=+mutable-globals,+sign-ext,+nontrapping-fptoint,+bulk-memory,-reference-types,-multivalue",
    // A panic ends the page either way; without its machinery and its texts the download is a sixth smaller.
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zfmt-debug=none",
    "-Zlocation-detail=none",
    "--cfg=sha2_backend_soft=\"compact\"",
];

/// A command in whose environment cargo builds for wasm32, in `root` with the files of `target_directory`.
pub fn command(toolchain: &WasmToolchain, program: &str, root: &Path, target_directory: &Path) -> Result<Command> {
    let mut command = toolchain.command(program);
    command
        .current_dir(root)
        // The std that rustup ships was compiled with features that old engines lack, and only nightly may rebuild
        // it. The switch makes crates of the host probe for nightly, too, hence the target directory of its own.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        .env("CARGO_TARGET_DIR", target_directory)
        .env("GOUJI_PAGE_FILES", page_files(target_directory))
        .env("CARGO_ENCODED_RUSTFLAGS", flags(toolchain, root)?)
        .env_remove("RUSTFLAGS");
    Ok(command)
}

/// Where build.rs leaves what the page fetches when it is asked for.
pub fn page_files(target_directory: &Path) -> PathBuf {
    target_directory.join("page-files")
}

/// Fetches the crates of the program and those of std, so that everything after needs no internet.
pub fn fetch_crates(toolchain: &WasmToolchain, root: &Path, target_directory: &Path) -> Result<()> {
    let mut fetch = command(toolchain, "cargo", root, target_directory)?;
    fetch.args(["fetch", "--quiet", "--locked", "--target", "wasm32-unknown-unknown"]);
    run(&mut fetch, "crates are fetched once; is there internet? Has Cargo.toml changed without Cargo.lock?")
}

/// rustc's flags, joined as cargo wants them. Of several prefixes that fit, rustc takes the last.
fn flags(toolchain: &WasmToolchain, root: &Path) -> Result<OsString> {
    let library = toolchain.sysroot.join("lib/rustlib/src/rust");
    let mut prefixes = vec![(cargo_home()?, "/cargo".to_owned())];
    for registry in registries()? {
        prefixes.push((registry, "/crates".to_owned()));
    }
    // Debian's is a link, and rustc may name either.
    prefixes.extend(library.canonicalize().map(|real| (real, "/rust".to_owned())));
    prefixes.push((library, "/rust".to_owned()));
    prefixes.push((root.to_owned(), "/gouji".to_owned()));

    let mut flags = OsString::from(FEATURES.join("\x1f"));
    for (from, to) in prefixes {
        flags.push("\x1f--remap-path-prefix=");
        flags.push(from);
        flags.push("=");
        flags.push(to);
    }
    Ok(flags)
}

/// Folders of unpacked crates; a mirror has another name than the registry itself.
fn registries() -> Result<Vec<PathBuf>> {
    let Ok(entries) = fs::read_dir(cargo_home()?.join("registry/src")) else {
        return Ok(Vec::new());
    };
    let mut folders: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    folders.sort();
    Ok(folders)
}

fn cargo_home() -> Result<PathBuf> {
    match std::env::var_os("CARGO_HOME") {
        Some(folder) => Ok(folder.into()),
        None => {
            Ok(PathBuf::from(std::env::var_os("HOME").context("neither CARGO_HOME nor HOME is set")?).join(".cargo"))
        }
    }
}
