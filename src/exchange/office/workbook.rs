//! A workbook (.xlsx) as text, sheet after sheet, by calamine: values as they were last calculated.
//!
//! Hidden sheets are named and not read: last year's figures and lists to choose from stand there, which nobody who hands
//! in or checks the form can see.

use std::io::{Cursor, Read, Seek};

use calamine::{Data, DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::exchange::office::grid::{Book, Format, MOST_CELLS, Sheet, date, number};
use crate::exchange::office::open::{Refusal, Remark};
use crate::exchange::office::workbook_out::LIST_NAME;

/// Reads a package whose parts are proven to be within limits.
pub(super) fn read(bytes: &[u8]) -> Result<(String, Vec<Remark>), Refusal> {
    let refusal = |error: XlsxError| match error {
        XlsxError::Password => Refusal::Encrypted,
        _ => Refusal::Damaged,
    };
    let mut xlsx = Xlsx::new(Cursor::new(bytes)).map_err(refusal)?;
    let mut book = Book::default();
    let lists = lists(&xlsx);
    for sheet in xlsx.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet || lists.contains(&sheet.name) {
            continue;
        }
        if sheet.visible != SheetVisible::Visible {
            book.hide(sheet.name);
            continue;
        }
        if book.is_full() {
            break;
        }
        read_sheet(&mut xlsx, &sheet.name, &mut book).map_err(refusal)?;
    }
    Ok(book.finish())
}

/// Sheets that the program wrote beside those of the form: what was found in them are no figures of the form.
fn lists<R: Read + Seek>(xlsx: &Xlsx<R>) -> Vec<String> {
    let ours = xlsx.defined_names().iter().filter(|(name, _)| name.starts_with(LIST_NAME));
    ours.filter_map(|(_, cell)| cell.rsplit_once('!'))
        .map(|(sheet, _)| {
            let quoted = sheet.strip_prefix('\'').and_then(|sheet| sheet.strip_suffix('\''));
            quoted.map_or_else(|| sheet.to_owned(), |quoted| quoted.replace("''", "'"))
        })
        .collect()
}

fn read_sheet<R: Read + Seek>(xlsx: &mut Xlsx<R>, name: &str, book: &mut Book) -> Result<(), XlsxError> {
    let mut sheet = Sheet::new(name);
    for merged in xlsx.merge_cells_by_sheet_name(name)? {
        sheet.merge(merged.start.0..=merged.end.0, merged.start.1..=merged.end.1);
    }
    let mut cells = xlsx.worksheet_cells_reader(name)?;
    let formats: Vec<Format> = cells
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().map_or(Format::Plain, |format| Format::of(&format.format_code)))
        .collect();
    while let Some((cell, style)) = cells.next_cell_with_style_id()? {
        let (row, column) = cell.get_position();
        let format = formats.get(style).copied().unwrap_or_default();
        match cell.get_value() {
            DataRef::Empty => {}
            DataRef::Error(error) => book.error(&mut sheet, row, column, &error.to_string()),
            value => book.cell(&mut sheet, row, column, &text_of(value, format)),
        }
        if book.is_full() {
            break;
        }
    }
    drop(cells);
    formulas(xlsx, name, &sheet, book)?;
    book.write(sheet);
    Ok(())
}

/// Counts formulas without a result, in a pass of its own: no pass gives the formats with the formulas.
fn formulas<R: Read + Seek>(xlsx: &mut Xlsx<R>, name: &str, sheet: &Sheet, book: &mut Book) -> Result<(), XlsxError> {
    let mut cells = xlsx.worksheet_cells_reader(name)?;
    for _ in 0..MOST_CELLS {
        let Some(cell) = cells.next_cell_with_formula_metadata()? else { break };
        if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) {
            book.without_result(sheet, cell.pos.0, cell.pos.1);
        }
    }
    Ok(())
}

fn text_of(value: &DataRef<'_>, format: Format) -> String {
    match value {
        // calamine tells dates by itself, those of the region among them.
        DataRef::DateTime(day) => date(*day),
        DataRef::Float(value) => number(*value, if format == Format::Percent { format } else { Format::Plain }, false),
        DataRef::DateTimeIso(day) => day.split_once('T').map_or(day.as_str(), |(day, _)| day).to_owned(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        other => Data::from(other.clone()).to_string(),
    }
}
