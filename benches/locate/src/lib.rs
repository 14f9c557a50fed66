//! How often the engine finds the wrong figure: forms that are true, slips that are put into them, what is answered.
//!
//! Everything is made from a seed and without floats, so that a browser makes the same cases as the command line.
//! Nothing here reads how the engine ranks its answers; `slips` is made from how people err alone.

pub mod amounts;
pub mod chance;
pub mod entry;
pub mod forms;
pub mod kinds;
pub mod measure;
pub mod oracle;
pub mod slips;
pub mod verdict;

#[cfg(not(target_arch = "wasm32"))]
pub mod report;
