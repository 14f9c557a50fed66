//! The second module of the page, for a worker: `worker.js` calls `reader_api::answer`. Natively nothing.

// Without a mention the linker would drop the library, and with it `answer`.
#[cfg(target_arch = "wasm32")]
use gouji as _;

fn main() {}
