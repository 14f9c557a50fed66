//! Where things lie in the working copy. The tooling writes them, the tests read them.

use std::path::{Path, PathBuf};

/// The folder of the working copy.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).expect("tests/browser lies two folders below the root")
}

/// The finished page: static files for any web server.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Tools and browsers of this project, apart from those of the user.
pub fn tools() -> PathBuf {
    std::env::var_os("GOUJI_TOOLS").map_or_else(|| root().join("target/tools"), PathBuf::from)
}

/// Chromium 86, unpacked.
pub fn chromium_86() -> PathBuf {
    tools().join("chromium-86/chromium")
}

/// The script that looks for what is out of reach for some.
pub fn axe() -> PathBuf {
    tools().join("axe-core/axe.min.js")
}

/// Both modules as rustc left them, before wasm-bindgen and wasm-opt; they still say with which features they were built.
pub fn compiled_wasm() -> [PathBuf; 3] {
    ["gouji.wasm", "gouji-reader.wasm", "gouji-office.wasm"]
        .map(|name| wasm_target().join("wasm32-unknown-unknown/release").join(name))
}

/// The target directory of the wasm build alone: rebuilding std there dirties the crates of the host.
pub fn wasm_target() -> PathBuf {
    root().join("target/wasm")
}

/// Pictures of pages on which a test failed.
pub fn failure_pictures() -> PathBuf {
    root().join("target/browser-failures")
}
