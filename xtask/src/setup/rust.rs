//! A Rust toolchain that can build std for wasm32: rustup's with the library source, or else Debian's.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use gouji_browser_tests::places;

use super::debian;
use crate::run::{announce, answer, find, run};
use crate::versions::DEBIAN_RUST;

const TARGET: &str = "wasm32-unknown-unknown";

/// The cargo and rustc that build for wasm32, and where their library source lies.
pub struct WasmToolchain {
    /// PATH on which `cargo` and `rustc` are those of this toolchain, and the tools are found.
    pub path: OsString,
    pub sysroot: PathBuf,
    /// Debian's, whose rustc has to be named, because rustup's `cargo` would call its own.
    rustc: Option<PathBuf>,
}

impl WasmToolchain {
    pub fn command(&self, program: &str) -> Command {
        // `Command` looks its program up on our PATH, not on the one it is given.
        let file = std::env::split_paths(&self.path).map(|folder| folder.join(program)).find(|file| file.is_file());
        let mut command = Command::new(file.unwrap_or_else(|| program.into()));
        command.env("PATH", &self.path);
        if let Some(rustc) = &self.rustc {
            command.env("RUSTC", rustc).env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO");
        }
        command
    }
}

/// Prefers what is there, then rustup, then Debian.
pub fn find_or_install() -> Result<WasmToolchain> {
    // Set to see that the second way works where the first would do.
    if std::env::var_os("GOUJI_DEBIAN_RUST").is_none() {
        match complete_rustup() {
            Ok(sysroot) => {
                return Ok(WasmToolchain { path: path_with(&[tools_bin()])?, sysroot, rustc: None });
            }
            Err(why) => println!("   rustup cannot give what the wasm build needs: {why:#}"),
        }
    }
    println!("   trying Debian's packages of Rust instead");
    debian_toolchain().with_context(|| {
        format!("no way to build for {TARGET}. With internet, run `rustup component add rust-src` and `rustup target add {TARGET}`")
    })
}

/// The sysroot of the Rust that runs this, once it has all that is needed.
fn complete_rustup() -> Result<PathBuf> {
    let sysroot = answer(Command::new("rustc").args(["--print", "sysroot"])).context("there is no rustc on PATH")?;
    let sysroot = PathBuf::from(sysroot);
    let advice = "is there internet, or a mirror in RUSTUP_DIST_SERVER?";
    if !has_library_source(&sysroot) {
        announce("adding the source of Rust's standard library");
        run(Command::new("rustup").args(["component", "add", "rust-src"]), advice)?;
    }
    // The build makes its own std; editors and `cargo check --target` of a person take this one.
    if !sysroot.join("lib/rustlib").join(TARGET).is_dir() {
        announce("adding the wasm32 target");
        run(Command::new("rustup").args(["target", "add", TARGET]), advice)?;
    }
    if !has_library_source(&sysroot) {
        bail!("{} has no library source", sysroot.display());
    }
    Ok(sysroot)
}

fn debian_toolchain() -> Result<WasmToolchain> {
    let sysroot = PathBuf::from("/usr");
    let programs = ["cargo", "rustc", "rustdoc", "cargo-clippy", "clippy-driver"];
    let is_complete = || {
        programs.iter().all(|program| sysroot.join("bin").join(program).is_file())
            && has_library_source(&sysroot)
            && find_linker(&sysroot).is_some()
    };
    if !is_complete() {
        debian::install(DEBIAN_RUST)?;
    }
    if !is_complete() {
        bail!("the packages {} are there, but not what they should bring", DEBIAN_RUST.join(" "));
    }
    // rustup's programs come first on most PATHs; links in a folder of our own come before them.
    let links = places::tools().join("debian-rust");
    fs::create_dir_all(&links)?;
    for program in programs {
        let link = links.join(program);
        if !link.exists() {
            symlink(sysroot.join("bin").join(program), link)?;
        }
    }
    let rustc = Some(sysroot.join("bin/rustc"));
    Ok(WasmToolchain { path: path_with(&[links, tools_bin()])?, sysroot, rustc })
}

fn has_library_source(sysroot: &Path) -> bool {
    sysroot.join("lib/rustlib/src/rust/library/std/Cargo.toml").is_file()
}

/// Debian ships rust-lld as a link into a package of LLVM; `is_file` follows it.
fn find_linker(sysroot: &Path) -> Option<PathBuf> {
    let hosts = fs::read_dir(sysroot.join("lib/rustlib")).ok()?;
    let mut linkers = hosts.flatten().map(|host| host.path().join("bin/rust-lld"));
    linkers.find(|linker| linker.is_file()).or_else(|| find("rust-lld"))
}

fn tools_bin() -> PathBuf {
    places::tools().join("bin")
}

fn path_with(first: &[PathBuf]) -> Result<OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = first.iter().cloned().chain(std::env::split_paths(&path));
    std::env::join_paths(all).context("PATH cannot be extended by the folder of the tools")
}
