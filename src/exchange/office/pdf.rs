//! The text of a PDF: its letters by their places, as lines and as cells of ruled tables.

mod drawn_page;
mod font;
mod lines;
mod ruled;

use lopdf::{Document, Error, LoadOptions};

use crate::exchange::office::open::Refusal;
use crate::exchange::office::pdf::drawn_page::{Drawings, LARGEST_STREAM, Page};
use crate::exchange::office::pdf::lines::Written;

/// Far more than a filing has.
const MOST_PAGES: usize = 300;
/// A file that was written to its end says so within so many bytes of it.
const TAIL: usize = 1024;
/// The middle of a letter is so much above the line that it stands on, in shares of its size.
const MIDDLE: f64 = 0.35;

/// Tables are written as those of Word: a tab before each cell and an empty line behind a row.
pub(super) fn text_of(bytes: &[u8]) -> Result<String, Refusal> {
    // What is left of a file that was cut off would be read as a shorter document.
    if !bytes[bytes.len().saturating_sub(TAIL)..].windows(5).any(|end| end == b"%%EOF") {
        return Err(Refusal::Damaged);
    }
    let options = LoadOptions { max_decompressed_size: Some(LARGEST_STREAM), ..LoadOptions::default() };
    let pdf = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        Error::InvalidPassword | Error::Decryption(_) => Refusal::Encrypted,
        Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => Refusal::UnpacksTooLarge,
        _ => Refusal::Damaged,
    })?;
    if pdf.trailer.has(b"Encrypt") {
        return Err(Refusal::Encrypted);
    }
    if pdf.xref_recovery == Some(lopdf::xref::XrefRecovery::Reconstructed) {
        return Err(Refusal::Damaged);
    }
    let pages: Vec<lopdf::ObjectId> = pdf.page_iter().take(MOST_PAGES + 1).collect();
    if pages.is_empty() {
        return Err(Refusal::Damaged);
    }
    if pages.len() > MOST_PAGES {
        return Err(Refusal::UnpacksTooLarge);
    }
    let mut drawings = Drawings::of(&pdf);
    let mut written = Written::default();
    let mut known = 0;
    for id in pages {
        let page = drawings.page(id)?;
        known += page.letters.iter().filter(|letter| !letter.c.is_whitespace()).count();
        write(page, &mut written);
    }
    // Pictures of pages have no letters, and a font without names for its letters has nothing to read either.
    if known <= drawings.unknown {
        return Err(Refusal::Pdf);
    }
    Ok(written.finish())
}

/// Tables and the lines between them, from the top of a page to its foot.
fn write(page: Page, written: &mut Written) {
    let mut tables = ruled::tables(&page.rules);
    let mut free = Vec::new();
    for letter in page.letters {
        match tables.iter_mut().filter(|table| table.holds(&letter)).min_by(|a, b| a.area().total_cmp(&b.area())) {
            Some(table) => table.letters.push(letter),
            None => free.push(letter),
        }
    }
    tables.retain(|table| !table.letters.is_empty());
    tables.sort_by(|a, b| b.top().total_cmp(&a.top()));
    let mut lines = lines::lines(free);
    if lines.last().is_some_and(|line| line.is_page_number() && tables.iter().all(|table| table.top() > line.y)) {
        lines.pop();
    }
    written.begin_page(&lines);
    let mut lines = lines.into_iter().peekable();
    for table in &tables {
        while let Some(line) = lines.next_if(|line| line.y + MIDDLE * line.size > table.top()) {
            written.line(&line);
        }
        table.rows().iter().for_each(|cells| written.row(cells));
    }
    lines.for_each(|line| written.line(&line));
}
