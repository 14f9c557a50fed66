//! Native: the command line, if it reads office files. wasm32: nothing; `boot.js` calls `ui::mount`.

// Without a mention the linker would drop the library, and with it `mount`.
#[cfg(target_arch = "wasm32")]
use gouji as _;

#[cfg(all(not(target_arch = "wasm32"), feature = "office"))]
fn main() -> std::process::ExitCode {
    gouji::cli::run()
}

#[cfg(any(target_arch = "wasm32", not(feature = "office")))]
fn main() {}
