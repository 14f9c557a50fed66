//! The report in prose (附件1): its sentences are patterns in the template, which write it from the figures of a filing
//! and by which figures are known in a report that others have written.

mod clauses;
pub mod pattern;
mod write;

use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::engine::template::spec::Place;
pub use write::{Blanks, Paragraph, Run, plain_text, unit, write};

/// Whether any cell of the report is filled; one that was not begun is not filed with the sheets.
pub fn is_begun(template: &Template, filing: &Submission) -> bool {
    template.spec().blocks.iter().filter(|block| block.place == Place::Prose).any(|block| {
        let key = [&block.id, "."].concat();
        filing.cells.keys().any(|cell| cell.starts_with(&key))
    })
}
