//! The report in prose (附件1): its sentences are patterns in the template, which write it from the figures of a filing
//! and by which figures are known in a report that others have written.

mod clauses;
pub mod pattern;
mod write;

pub use write::{Blanks, Paragraph, Run, plain_text, unit, write};
