//! Packages of the system: installed by root, asked for in one line from everybody else.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::run::{announce, answer, find, run};

/// A package, and how to see that what it brings is there, from wherever it came.
pub struct Package {
    name: &'static str,
    is_there: fn() -> bool,
}

/// Runs wasm-opt.
pub const NODE: Package = Package { name: "nodejs", is_there: || find("node").is_some() };
/// Fetches wasm-opt and Chromium 86.
pub const NPM: Package = Package { name: "npm", is_there: || find("npm").is_some() };
/// The current browser of the tests.
pub const CHROMIUM: Package = Package { name: "chromium", is_there: || find("chromium").is_some() };
/// Without it Chinese is drawn as boxes, and widths are not those of a real page.
pub const CHINESE_FONT: Package = Package { name: "fonts-noto-cjk", is_there: has_chinese_font };

/// Installs what is not there yet.
pub fn install_missing(packages: &[Package]) -> Result<()> {
    let missing: Vec<_> = packages.iter().filter(|package| !(package.is_there)()).map(|package| package.name).collect();
    if missing.is_empty() { Ok(()) } else { install(&missing) }
}

/// Installs packages by name.
pub fn install(names: &[&str]) -> Result<()> {
    let by_hand = format!("apt-get update && apt-get install -y --no-install-recommends {}", names.join(" "));
    if find("apt-get").is_none() {
        bail!("install by this system's package manager what Debian calls: {}; then run this again", names.join(" "));
    }
    if answer(Command::new("id").arg("-u")).as_deref() != Some("0") {
        bail!("packages of the system are missing. Run as root:\n\n  {by_hand}\n\nthen run this again");
    }
    announce(&format!("installing packages of the system: {}", names.join(", ")));
    let advice = format!("look at the message above, then run as root: {by_hand}");
    run(Command::new("apt-get").args(["update", "-q"]), &advice)?;
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").args(["install", "-q", "-y", "--no-install-recommends"]);
    run(command.args(names), &advice)
}

fn has_chinese_font() -> bool {
    Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").is_file()
        || answer(Command::new("fc-list").args([":lang=zh", "family"])).is_some_and(|families| !families.is_empty())
}
