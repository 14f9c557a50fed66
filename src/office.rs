//! The module for Word and Excel, for a worker: `worker.js` calls `office_api::answer`. Natively nothing.

// Without a mention the linker would drop the library, and with it `office_api`.
#[cfg(target_arch = "wasm32")]
use gouji as _;

fn main() {}
