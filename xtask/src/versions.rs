//! The one table of what the tooling fetches, and in which version. wasm-bindgen's own stands in Cargo.lock.

/// Bundles the page. 0.22 needs a newer rustc than the project promises.
pub const TRUNK: &str = "0.21.14";

/// An npm package, fetched as the packed archive.
pub struct NpmPackage {
    pub name: &'static str,
    pub version: &'static str,
}

/// Ships a current wasm-opt as a program for Node; Debian's is 24 versions old.
pub const BINARYEN: NpmPackage = NpmPackage { name: "binaryen", version: "132.0.0" };

/// Takes spaces and comments out of scripts and style sheets: a program of its own for each kind of machine.
pub const ESBUILD: NpmPackage = NpmPackage {
    name: if cfg!(target_arch = "aarch64") { "@esbuild/linux-arm64" } else { "@esbuild/linux-x64" },
    version: "0.28.2",
};

/// Ships a Chromium 86 (86.0.4240) that runs by itself.
pub const CHROMIUM_86: NpmPackage = NpmPackage { name: "chrome-aws-lambda", version: "5.3.1" };

/// Says what of a page is out of reach for whom, by the rules of WCAG; the tests run it in the page.
pub const AXE: NpmPackage = NpmPackage { name: "axe-core", version: "4.14.1" };

/// Reads workbooks, beside ours in `bench office`. The registry has no younger one.
pub const SHEETJS: NpmPackage = NpmPackage { name: "xlsx", version: "0.18.5" };

/// Of Debian, where rustup cannot give the library source: a toolchain that can build std for wasm32.
pub const DEBIAN_RUST: &[&str] =
    &["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "rust-web-clippy", "lld-22"];

/// The version of wasm-bindgen that the program is compiled with; its command must be the same to the letter.
pub fn wasm_bindgen(lock_file: &str) -> Option<&str> {
    let (_, package) = lock_file.split_once("name = \"wasm-bindgen\"\nversion = \"")?;
    package.split('"').next()
}

#[cfg(test)]
mod tests {
    #[test]
    fn version_of_wasm_bindgen_is_read_from_the_lock_file() {
        let lock_file = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.9\"\nsource = \"…\"\n";
        assert_eq!(super::wasm_bindgen(lock_file), Some("0.2.9"));
        assert_eq!(super::wasm_bindgen(""), None);
    }
}
