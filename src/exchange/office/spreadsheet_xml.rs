//! A workbook as one file of XML, which some systems export under the name .xls: rows, cells, and their formats by name.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::exchange::office::grid::{Book, Format, Sheet, number};
use crate::exchange::office::open::{Refusal, Remark};
use crate::exchange::office::package::{attribute, referred};

/// What such a file names at its beginning.
pub(super) const NAMESPACE: &str = "urn:schemas-microsoft-com:office:spreadsheet";

/// Where the reader is.
#[derive(Default)]
struct Place {
    style: String,
    row: u32,
    column: u32,
    /// The style of the cell, or else of its row or column.
    cell_style: String,
    /// How many more columns the cell takes.
    wide: u32,
    kind: String,
    data: Option<String>,
    has_formula: bool,
    has_data: bool,
}

pub(super) fn read(xml: &str) -> Result<(String, Vec<Remark>), Refusal> {
    let mut reader = Reader::from_str(xml);
    let mut book = Book::default();
    let mut formats: Vec<(String, Format)> = Vec::new();
    let mut sheet: Option<Sheet> = None;
    let mut place = Place::default();
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|_| Refusal::Damaged)? {
            Event::Start(element) => {
                depth += 1;
                start(&element, &mut place, &mut formats, &mut sheet);
            }
            Event::Empty(element) => {
                start(&element, &mut place, &mut formats, &mut sheet);
                end(element.local_name().as_ref(), &mut place, &formats, &mut sheet, &mut book);
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                end(element.local_name().as_ref(), &mut place, &formats, &mut sheet, &mut book);
            }
            Event::Text(text) => place.data.iter_mut().for_each(|data| data.push_str(&text.xml10_content())),
            Event::CData(text) => place.data.iter_mut().for_each(|data| data.push_str(&text)),
            Event::GeneralRef(reference) => place.data.iter_mut().for_each(|data| data.extend(referred(&reference))),
            Event::Eof if depth > 0 => return Err(Refusal::Damaged),
            Event::Eof => break,
            _ => {}
        }
        if book.is_full() {
            sheet.take().into_iter().for_each(|sheet| book.write(sheet));
            break;
        }
    }
    Ok(book.finish())
}

fn start(element: &BytesStart<'_>, place: &mut Place, formats: &mut Vec<(String, Format)>, sheet: &mut Option<Sheet>) {
    let count = |name: &str| attribute(element, name).and_then(|count| count.parse::<u32>().ok());
    let text = |name: &str| attribute(element, name).unwrap_or_default();
    match element.local_name().as_ref() {
        "Style" => place.style = text("ID"),
        "NumberFormat" => formats.push((std::mem::take(&mut place.style), Format::of(&text("Format")))),
        "Worksheet" => {
            *sheet = Some(Sheet::new(&text("Name")));
            (place.row, place.column) = (0, 0);
        }
        "Row" => {
            place.row = count("Index").map_or(place.row, |index| index.saturating_sub(1));
            place.column = 0;
        }
        "Cell" => {
            place.column = count("Index").map_or(place.column, |index| index.saturating_sub(1));
            place.cell_style = text("StyleID");
            place.wide = count("MergeAcross").unwrap_or_default();
            let high = count("MergeDown").unwrap_or_default();
            place.has_formula = attribute(element, "Formula").is_some();
            place.has_data = false;
            if let Some(sheet) = sheet.as_mut().filter(|_| place.wide > 0 || high > 0) {
                let (row, column) = (place.row, place.column);
                sheet.merge(row..=row.saturating_add(high), column..=column.saturating_add(place.wide));
            }
        }
        "Data" => (place.kind, place.data) = (text("Type"), Some(String::new())),
        _ => {}
    }
}

fn end(name: &str, place: &mut Place, formats: &[(String, Format)], sheet: &mut Option<Sheet>, book: &mut Book) {
    match (name, sheet.as_mut()) {
        ("Worksheet", _) => sheet.take().into_iter().for_each(|sheet| book.write(sheet)),
        ("Row", _) => place.row = place.row.saturating_add(1),
        ("Cell", sheet) => {
            if let Some(sheet) = sheet.filter(|_| place.has_formula && !place.has_data) {
                book.without_result(sheet, place.row, place.column);
            }
            place.column = place.column.saturating_add(place.wide).saturating_add(1);
        }
        ("Data", Some(sheet)) => {
            let data = place.data.take().unwrap_or_default();
            place.has_data = true;
            let (row, column) = (place.row, place.column);
            match place.kind.as_str() {
                "Error" => book.error(sheet, row, column, &data),
                "Number" => {
                    let format = formats.iter().find(|(id, _)| *id == place.cell_style).map(|(_, format)| *format);
                    let text =
                        data.trim().parse().map_or(data, |value| number(value, format.unwrap_or_default(), false));
                    book.cell(sheet, row, column, &text);
                }
                "DateTime" => book.cell(sheet, row, column, data.split('T').next().unwrap_or_default()),
                "Boolean" => book.cell(sheet, row, column, if data.trim() == "1" { "TRUE" } else { "FALSE" }),
                _ => book.cell(sheet, row, column, &data),
            }
        }
        ("Data", None) => place.data = None,
        _ => {}
    }
}
