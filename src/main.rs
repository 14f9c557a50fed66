//! Native: the command line. wasm32: nothing; `boot.js` calls `ui::mount`.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    gouji::cli::run()
}

#[cfg(target_arch = "wasm32")]
fn main() {}
