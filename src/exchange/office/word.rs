//! A Word file as text: a line for a paragraph, a tab before each cell of a table and an empty line behind its rows, as
//! the reader of flattened tables has them. One pass over the XML.
//!
//! Numbers that Word counts by itself (`w:numPr`) are left out: the reader knows headings and rows by their words.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::exchange::office::open::{Refusal, Remark};
use crate::exchange::office::package::{Package, attribute, referred};

/// What a Word file holds.
pub(super) struct Word {
    pub text: String,
    pub submission: Option<String>,
    pub remarks: Vec<Remark>,
}

/// The namespace of our own part.
pub const SUBMISSION: &str = "urn:gouji:submission";
/// A tab within a paragraph until it is known what it is for; no text has this character.
const TAB: char = '\u{1}';
/// Characters of the fonts of symbols that stand before and between figures.
const SYMBOLS: [(&str, u32, char); 9] = [
    ("Symbol", 0xb3, '≥'),
    ("Symbol", 0xa3, '≤'),
    ("Symbol", 0xb1, '±'),
    ("Symbol", 0xb4, '×'),
    ("Symbol", 0xb9, '≠'),
    ("Symbol", 0xb7, '·'),
    ("Wingdings", 0xfc, '✓'),
    ("Wingdings", 0xfe, '☑'),
    ("Wingdings", 0xa8, '□'),
];
/// Fonts of symbols keep their characters here.
const PRIVATE: std::ops::RangeInclusive<u32> = 0xf000..=0xf0ff;

pub(super) fn read(package: &mut Package<'_>, main: &str) -> Result<Word, Refusal> {
    let xml = package.text(main)?.ok_or(Refusal::Damaged)?;
    let text = text_of(&xml)?;
    let submission = submission(package)?;
    Ok(Word { text, submission, remarks: package.has_macros().then_some(Remark::Macros).into_iter().collect() })
}

/// The text of our own part, in which a filing travels with the document that was written of it.
fn submission(package: &mut Package<'_>) -> Result<Option<String>, Refusal> {
    let parts = package.names().to_vec();
    for name in parts.iter().filter(|name| name.starts_with("customXml/") && name.ends_with(".xml")) {
        let xml = match package.text(name) {
            Ok(Some(xml)) => xml,
            Err(Refusal::UnpacksTooLarge) => return Err(Refusal::UnpacksTooLarge),
            // Parts of other programs may be anything, so a part that cannot be read is not ours.
            _ => continue,
        };
        if let Some(text) = submission_of(&xml) {
            return Ok(Some(text));
        }
    }
    Ok(None)
}

fn submission_of(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let mut text: Option<String> = None;
    loop {
        match reader.read_event().ok()? {
            Event::Start(root) if text.is_none() => {
                let is_ours = root
                    .attributes()
                    .flatten()
                    .any(|found| found.key.as_namespace_binding().is_some() && found.value.as_ref() == SUBMISSION);
                if !is_ours || root.local_name().as_ref() != "submission" {
                    return None;
                }
                text = Some(String::new());
            }
            Event::Text(piece) => text.iter_mut().for_each(|text| text.push_str(&piece)),
            Event::CData(piece) => text.iter_mut().for_each(|text| text.push_str(&piece)),
            Event::GeneralRef(reference) => text.iter_mut().for_each(|text| text.extend(referred(&reference))),
            Event::End(_) => return text,
            Event::Start(_) | Event::Empty(_) | Event::Eof => return None,
            _ => {}
        }
    }
}

fn text_of(xml: &str) -> Result<String, Refusal> {
    let mut reader = Reader::from_str(xml);
    let mut written = Written::default();
    loop {
        match reader.read_event().map_err(|_| Refusal::Damaged)? {
            Event::Start(element) => {
                if written.is_skipped(&element) {
                    reader.read_to_end(element.name()).map_err(|_| Refusal::Damaged)?;
                } else {
                    written.depth += 1;
                    written.start(&element);
                }
            }
            Event::Empty(element) if !written.is_skipped(&element) => {
                written.depth += 1;
                written.start(&element);
                written.end(element.local_name().as_ref());
            }
            Event::End(element) => written.end(element.local_name().as_ref()),
            Event::Text(text) if written.is_text => text.xml10_content().chars().for_each(|c| written.character(c)),
            Event::CData(text) if written.is_text => text.chars().for_each(|c| written.character(c)),
            Event::GeneralRef(reference) if written.is_text => {
                referred(&reference).into_iter().for_each(|c| written.character(c));
            }
            // A file that was cut off has elements open.
            Event::Eof if written.depth > 0 => return Err(Refusal::Damaged),
            Event::Eof => return Ok(written.finish()),
            _ => {}
        }
    }
}

/// A cell of a table that is being read.
#[derive(Default)]
struct Cell {
    /// Where it begins, behind its tab.
    from: usize,
    /// It goes on with the cell above, which has its text.
    is_below: bool,
    /// It goes on with the cell before, or was taken away.
    is_gone: bool,
}

/// A row of a table that is being read.
#[derive(Default)]
struct Row {
    from: usize,
    /// Taken away, and kept for those who follow the changes.
    is_gone: bool,
}

/// The text so far, and the open elements that it depends on.
#[derive(Default)]
struct Written {
    text: String,
    depth: usize,
    is_text: bool,
    /// Within a run, whose properties may hide it.
    is_run: bool,
    is_hidden: bool,
    /// Within the properties of a row.
    is_of_row: bool,
    cells: Vec<Cell>,
    rows: Vec<Row>,
    has_tables: bool,
    /// For each open pair of ways to say one thing, whether the first was read.
    alternates: Vec<bool>,
    /// Where the text of each open box begins. It comes behind the paragraph that holds the box.
    boxes: Vec<usize>,
    boxed: String,
    /// The next content is the prompt of a control that nobody filled.
    is_prompt: bool,
    /// The depth of the content that is such a prompt.
    prompt: Option<usize>,
}

impl Written {
    /// Elements that are no text of the document: what was deleted or moved away, the codes of fields, the second of two
    /// ways to say one thing, the small letters beside others.
    fn is_skipped(&mut self, element: &BytesStart<'_>) -> bool {
        match element.local_name().as_ref() {
            "del" if self.is_of_row => {
                self.rows.last_mut().into_iter().for_each(|row| row.is_gone = true);
                true
            }
            "del" | "moveFrom" | "delText" | "instrText" | "delInstrText" | "rt" => true,
            "Choice" | "Fallback" => self.alternates.last_mut().is_some_and(|taken| std::mem::replace(taken, true)),
            _ => false,
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "p" => self.is_run = false,
            "r" => (self.is_run, self.is_hidden) = (true, false),
            "vanish" if self.is_run => self.is_hidden = !is_off(element),
            "t" => self.is_text = true,
            "tab" if self.is_run => self.tab(),
            "ptab" => self.tab(),
            "br" | "cr" => self.line(),
            "noBreakHyphen" => self.character('-'),
            "sym" => self.symbol(element),
            "tbl" => self.has_tables = true,
            "tr" => {
                self.line();
                self.rows.push(Row { from: self.text.len(), is_gone: false });
            }
            "trPr" => self.is_of_row = true,
            // The row begins behind columns that it does not have.
            "gridBefore" if attribute(element, "val").is_some_and(|columns| columns != "0") => {
                self.text.push_str("\t\n")
            }
            "tc" => {
                self.line();
                self.text.push('\t');
                self.cells.push(Cell { from: self.text.len(), ..Cell::default() });
            }
            "vMerge" if goes_on(element) => self.cells.last_mut().into_iter().for_each(|cell| cell.is_below = true),
            "hMerge" if goes_on(element) => self.cells.last_mut().into_iter().for_each(|cell| cell.is_gone = true),
            "cellDel" => self.cells.last_mut().into_iter().for_each(|cell| cell.is_gone = true),
            "AlternateContent" => self.alternates.push(false),
            "txbxContent" => self.boxes.push(self.text.len()),
            "showingPlcHdr" => self.is_prompt = !is_off(element),
            "sdtContent" if std::mem::take(&mut self.is_prompt) => self.prompt = self.prompt.or(Some(self.depth)),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.prompt == Some(self.depth) {
            self.prompt = None;
        }
        self.depth = self.depth.saturating_sub(1);
        match name {
            "t" => self.is_text = false,
            "r" => self.is_run = false,
            "p" => self.end_paragraph(),
            "trPr" => self.is_of_row = false,
            "tc" => self.end_cell(),
            "tr" => self.end_row(),
            "AlternateContent" => drop(self.alternates.pop()),
            "txbxContent" => {
                self.line();
                if let Some(from) = self.boxes.pop() {
                    self.boxed.push_str(&self.text.split_off(from));
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        if self.cells.is_empty() {
            self.text.push('\n');
        } else {
            // An empty line within a cell would part the rows.
            self.line();
        }
        if self.boxes.is_empty() && !self.boxed.is_empty() {
            let boxed = std::mem::take(&mut self.boxed);
            self.text.push_str(&boxed);
        }
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cells.pop() else { return };
        if cell.is_gone {
            self.text.truncate(cell.from - 1);
            return;
        }
        let end = if cell.is_below { cell.from } else { self.text.trim_end_matches('\n').len().max(cell.from) };
        self.text.truncate(end);
        self.text.push('\n');
    }

    fn end_row(&mut self) {
        let Some(row) = self.rows.pop() else { return };
        if row.is_gone {
            self.text.truncate(row.from);
        } else if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn character(&mut self, c: char) {
        match c {
            _ if self.is_hidden || self.prompt.is_some() => {}
            '\t' => self.tab(),
            '\n' | '\r' => self.text.push(' '),
            c if c.is_control() => {}
            c => self.text.push(c),
        }
    }

    /// A tab at the beginning of a line is an indent.
    fn tab(&mut self) {
        if self.prompt.is_none() && !self.text.is_empty() && !self.text.ends_with(['\n', '\t']) {
            self.text.push(TAB);
        }
    }

    /// Ends the line, unless it is empty.
    fn line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(['\n', '\t']) {
            self.text.push('\n');
        }
    }

    fn symbol(&mut self, element: &BytesStart<'_>) {
        let code = attribute(element, "char").and_then(|code| u32::from_str_radix(&code, 16).ok()).unwrap_or_default();
        if !PRIVATE.contains(&code) {
            char::from_u32(code).into_iter().for_each(|c| self.character(c));
            return;
        }
        let font = attribute(element, "font").unwrap_or_default();
        let known = SYMBOLS.iter().find(|(of, low, _)| *of == font && *low == code & 0xff);
        known.into_iter().for_each(|(.., c)| self.character(*c));
    }

    /// Beside tables a tab only aligns what stands in a line; without any it may part the figures of one.
    fn finish(self) -> String {
        self.text.replace(TAB, if self.has_tables { " " } else { "\t" })
    }
}

/// A cell merged with those before it; what begins a merged cell says `restart`.
fn goes_on(element: &BytesStart<'_>) -> bool {
    attribute(element, "val").is_none_or(|how| how == "continue")
}

fn is_off(element: &BytesStart<'_>) -> bool {
    attribute(element, "val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off"))
}
