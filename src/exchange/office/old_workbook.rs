//! The stream of a workbook of Excel 97 to 2003 (.xls) as text. Read here and not by a library, since none tells which
//! cells are percents, and a damaged stream ends them with a panic or without memory.

use crate::exchange::office::grid::{Book, Format, Sheet, number};
use crate::exchange::office::ole::{u16_at, u32_at, usize_at};
use crate::exchange::office::open::{Refusal, Remark};

// The records that are read, by their numbers in [MS-XLS].
const BEGINNING: u16 = 0x0809;
const END: u16 = 0x000a;
const PASSWORD: u16 = 0x002f;
const EPOCH: u16 = 0x0022;
const FORMAT: u16 = 0x041e;
const STYLE: u16 = 0x00e0;
const SHEET: u16 = 0x0085;
const STRINGS: u16 = 0x00fc;
const CONTINUED: u16 = 0x003c;
const MERGED: u16 = 0x00e5;
const NUMBER: u16 = 0x0203;
const SHORT_NUMBER: u16 = 0x027e;
const SHORT_NUMBERS: u16 = 0x00bd;
const STRING: u16 = 0x00fd;
const LABEL: u16 = 0x0204;
const RICH_LABEL: u16 = 0x00d6;
const BOOLEAN: u16 = 0x0205;
const FORMULA: u16 = 0x0006;
const RESULT: u16 = 0x0207;
/// The stream of Excel 97 and later.
const VERSION: u16 = 0x0600;

/// A record: its number, its bytes, and those of the records that go on with it.
struct Record<'s> {
    number: u16,
    pieces: Vec<&'s [u8]>,
}

impl<'s> Record<'s> {
    fn bytes(&self) -> &'s [u8] {
        self.pieces[0]
    }

    fn u16(&self, at: usize) -> u16 {
        u16_at(self.bytes(), at).unwrap_or_default()
    }
}

/// The records from a place on, while they are whole.
fn records(stream: &[u8], from: usize) -> impl Iterator<Item = Record<'_>> {
    let mut rest = stream.get(from..).unwrap_or_default();
    let mut next = move || {
        let number = u16_at(rest, 0)?;
        let end = usize::from(u16_at(rest, 2)?) + 4;
        let bytes = rest.get(4..end)?;
        rest = &rest[end..];
        Some((number, bytes))
    };
    let mut ahead = next();
    std::iter::from_fn(move || {
        let (number, bytes) = ahead?;
        let mut pieces = vec![bytes];
        ahead = next();
        while let Some((CONTINUED, more)) = ahead {
            pieces.push(more);
            ahead = next();
        }
        Some(Record { number, pieces })
    })
}

/// What the sheets share.
#[derive(Default)]
struct Shared {
    strings: Vec<String>,
    /// Of each style.
    formats: Vec<Format>,
    is_1904: bool,
    sheets: Vec<Place>,
}

struct Place {
    name: String,
    at: usize,
    is_hidden: bool,
}

pub(super) fn read(stream: &[u8]) -> Result<(String, Vec<Remark>), Refusal> {
    let shared = shared(stream)?;
    let mut book = Book::default();
    for place in &shared.sheets {
        if place.is_hidden {
            book.hide(place.name.clone());
            continue;
        }
        let mut sheet = Sheet::new(&place.name);
        if !shared.read(stream, place.at, &mut sheet, &mut book) {
            return Err(Refusal::Damaged);
        }
        book.write(sheet);
    }
    Ok(book.finish())
}

fn shared(stream: &[u8]) -> Result<Shared, Refusal> {
    let mut shared = Shared::default();
    let mut named: Vec<(u16, Format)> = Vec::new();
    let mut styles: Vec<u16> = Vec::new();
    for (index, record) in records(stream, 0).enumerate() {
        let bytes = record.bytes();
        match record.number {
            BEGINNING if record.u16(0) != VERSION => return Err(Refusal::OtherWorkbook),
            _ if index == 0 && record.number != BEGINNING => return Err(Refusal::Damaged),
            PASSWORD => return Err(Refusal::Encrypted),
            EPOCH => shared.is_1904 = record.u16(0) == 1,
            FORMAT => {
                let code = Strings::new(&record, 2).text(usize::from(record.u16(2)), 2);
                named.extend(code.map(|code| (record.u16(0), Format::of(&code))));
            }
            STYLE => styles.push(record.u16(2)),
            // Charts and macros have no cells to read.
            SHEET if bytes.get(5) == Some(&0) => {
                let (Some(at), Some(length)) = (usize_at(bytes, 0), bytes.get(6)) else { return Err(Refusal::Damaged) };
                let name = Strings::new(&record, 7).text(usize::from(*length), 0).unwrap_or_default();
                let is_hidden = bytes.get(4).is_some_and(|state| state & 3 != 0);
                shared.sheets.push(Place { name, at, is_hidden });
            }
            STRINGS => shared.strings = strings(&record),
            END => {
                let format = |id: &u16| named.iter().find(|(known, _)| known == id).map(|(_, format)| *format);
                shared.formats = styles.iter().map(|id| format(id).unwrap_or_else(|| Format::built_in(*id))).collect();
                return Ok(shared);
            }
            _ => {}
        }
    }
    Err(Refusal::Damaged)
}

/// The strings that cells name by their number. Of a damaged table, those before the damage.
fn strings(record: &Record<'_>) -> Vec<String> {
    let mut reader = Strings::new(record, 8);
    let mut strings = Vec::new();
    let count = usize_at(record.bytes(), 4).unwrap_or_default();
    while strings.len() < count {
        let Some(string) = reader.string() else { break };
        strings.push(string);
    }
    strings
}

/// Reads strings that may run from one record into the next.
struct Strings<'r> {
    pieces: &'r [&'r [u8]],
    rest: &'r [u8],
}

impl<'r> Strings<'r> {
    fn new(record: &'r Record<'_>, from: usize) -> Self {
        Self { pieces: &record.pieces[1..], rest: record.bytes().get(from..).unwrap_or_default() }
    }

    fn take(&mut self, length: usize) -> Option<&'r [u8]> {
        if self.rest.is_empty() && length > 0 {
            let (first, more) = self.pieces.split_first()?;
            (self.rest, self.pieces) = (first, more);
        }
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn u16(&mut self) -> Option<usize> {
        u16_at(self.take(2)?, 0).map(usize::from)
    }

    /// A string with its length before it, and the marks of its fonts behind it.
    fn string(&mut self) -> Option<String> {
        let length = self.u16()?;
        let flags = *self.take(1)?.first()?;
        let runs = if flags & 8 != 0 { self.u16()? } else { 0 };
        let extra = if flags & 4 != 0 { usize_at(self.take(4)?, 0)? } else { 0 };
        let text = self.letters(length, flags & 1 != 0)?;
        let mut behind = runs.checked_mul(4)?.checked_add(extra)?;
        while behind > 0 {
            let some = if self.rest.is_empty() { 1 } else { behind.min(self.rest.len()) };
            self.take(some)?;
            behind -= some;
        }
        Some(text)
    }

    /// A string whose length is known; `skip` bytes stand before its flags.
    fn text(mut self, length: usize, skip: usize) -> Option<String> {
        self.take(skip)?;
        let flags = *self.take(1)?.first()?;
        self.letters(length, flags & 1 != 0)
    }

    fn letters(&mut self, length: usize, mut is_wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::new();
        while units.len() < length {
            if self.rest.is_empty() {
                // What goes on in the next record says anew how wide its letters are.
                is_wide = self.take(1)?.first()? & 1 != 0;
            }
            let left = length - units.len();
            if is_wide {
                let some = self.take(2 * left.min(self.rest.len() / 2).max(1))?;
                units.extend(some.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
            } else {
                units.extend(self.take(left.min(self.rest.len()))?.iter().map(|byte| u16::from(*byte)));
            }
        }
        Some(String::from_utf16_lossy(&units))
    }
}

impl Shared {
    /// Reads the cells of a sheet; whether it is one, to its end.
    fn read(&self, stream: &[u8], from: usize, sheet: &mut Sheet, book: &mut Book) -> bool {
        let mut depth = 0_usize;
        // Where the text goes that the record behind a formula has.
        let mut formula = (0, 0);
        for record in records(stream, from) {
            match record.number {
                BEGINNING => depth += 1,
                _ if depth == 0 => return false,
                END if depth == 1 => return true,
                END => depth -= 1,
                // Of a chart within the sheet.
                _ if depth > 1 => {}
                RESULT => {
                    let text = Strings::new(&record, 0).text(usize::from(record.u16(0)), 2).unwrap_or_default();
                    book.cell(sheet, formula.0, formula.1, &text);
                }
                FORMULA => {
                    formula = (record.u16(0).into(), record.u16(2).into());
                    self.formula(&record, sheet, book);
                }
                SHORT_NUMBERS => {
                    let (row, first) = (record.u16(0), record.u16(2));
                    let cells = record.bytes().get(4..record.bytes().len().saturating_sub(2)).unwrap_or_default();
                    for (column, cell) in (u32::from(first)..).zip(cells.chunks_exact(6)) {
                        let value = u32_at(cell, 2).map(short).unwrap_or_default();
                        let text = self.number(value, u16_at(cell, 0).unwrap_or_default());
                        book.cell(sheet, row.into(), column, &text);
                    }
                }
                MERGED => {
                    for area in record.bytes().get(2..).unwrap_or_default().chunks_exact(8) {
                        let edge = |at: usize| u32::from(u16_at(area, at).unwrap_or_default());
                        sheet.merge(edge(0)..=edge(2), edge(4)..=edge(6));
                    }
                }
                _ => self.cell(&record, sheet, book),
            }
            if book.is_full() {
                return true;
            }
        }
        false
    }

    fn cell(&self, record: &Record<'_>, sheet: &mut Sheet, book: &mut Book) {
        let (row, column, style) = (record.u16(0).into(), record.u16(2).into(), record.u16(4));
        let bytes = record.bytes();
        let text = match record.number {
            NUMBER => float(bytes, 6).map(|value| self.number(value, style)),
            SHORT_NUMBER => u32_at(bytes, 6).map(|value| self.number(short(value), style)),
            STRING => usize_at(bytes, 6).and_then(|at| self.strings.get(at).cloned()),
            LABEL | RICH_LABEL => Strings::new(record, 6).text(usize::from(record.u16(6)), 2),
            BOOLEAN if bytes.get(7) == Some(&1) => {
                return book.error(sheet, row, column, error(bytes[6]));
            }
            BOOLEAN => bytes.get(6).map(|value| boolean(*value).to_owned()),
            _ => None,
        };
        text.into_iter().for_each(|text| book.cell(sheet, row, column, &text));
    }

    /// The result of a formula; a text stands in a record behind it.
    fn formula(&self, record: &Record<'_>, sheet: &mut Sheet, book: &mut Book) {
        let (row, column, style) = (record.u16(0).into(), record.u16(2).into(), record.u16(4));
        let bytes = record.bytes();
        let Some(value) = float(bytes, 6) else { return };
        match (u16_at(bytes, 12), bytes[6], bytes[8]) {
            (Some(0xffff), 1, value) => book.cell(sheet, row, column, boolean(value)),
            (Some(0xffff), 2, code) => book.error(sheet, row, column, error(code)),
            (Some(0xffff), ..) => {}
            _ => book.cell(sheet, row, column, &self.number(value, style)),
        }
    }

    fn number(&self, value: f64, style: u16) -> String {
        number(value, self.formats.get(usize::from(style)).copied().unwrap_or_default(), self.is_1904)
    }
}

fn float(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

/// A number in four bytes: an integer or the upper half of a float, perhaps of a hundred times the number.
fn short(value: u32) -> f64 {
    let whole =
        if value & 2 != 0 { f64::from(value.cast_signed() >> 2) } else { f64::from_bits(u64::from(value & !3) << 32) };
    if value & 1 != 0 { whole / 100.0 } else { whole }
}

fn boolean(value: u8) -> &'static str {
    if value == 0 { "FALSE" } else { "TRUE" }
}

fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}
