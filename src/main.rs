//! Native: the command line. wasm32: nothing; `boot.js` calls `ui::mount`.

// Without a mention the linker would drop the library, and with it `mount`.
#[cfg(target_arch = "wasm32")]
use gouji as _;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    gouji::cli::run()
}

#[cfg(target_arch = "wasm32")]
fn main() {}
