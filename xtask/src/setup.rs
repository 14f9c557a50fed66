//! Brings what is missing: once in minutes, then checked in a second. Each part has a file below.

mod browsers;
mod cargo_tools;
mod debian;
pub mod npm;
pub mod rust;

use anyhow::{Context, Result};
use gouji_browser_tests::places;

use debian::{CHINESE_FONT, CHROMIUM, NODE, NPM};
use rust::WasmToolchain;

/// What building the page needs.
pub fn for_build() -> Result<WasmToolchain> {
    debian::install_missing(&[NODE, NPM])?;
    tools_for_build()
}

/// What the tests need: the build and the browsers.
pub fn for_tests() -> Result<WasmToolchain> {
    // All packages of the system at once: without root there is one line to run, not one after the other.
    debian::install_missing(&[NODE, NPM, CHROMIUM, CHINESE_FONT])?;
    let toolchain = tools_for_build()?;
    browsers::install_chromium_86()?;
    npm::install_axe()?;
    Ok(toolchain)
}

fn tools_for_build() -> Result<WasmToolchain> {
    std::fs::create_dir_all(places::tools().join("bin")).with_context(|| {
        format!("cannot write to {}: set GOUJI_TOOLS to a folder that can be written", places::tools().display())
    })?;
    let toolchain = rust::find_or_install()?;
    cargo_tools::install_trunk()?;
    cargo_tools::install_wasm_bindgen()?;
    npm::install_wasm_opt()?;
    npm::install_esbuild()?;
    Ok(toolchain)
}
