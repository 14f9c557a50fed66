//! Native: the command line. wasm32: nothing; `boot.js` calls `ui::mount`.
fn main() {}
