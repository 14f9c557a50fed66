//! Writes a filing as a Word file, as it is published: the report, then the sheets in the official layout, each from a
//! new page. The submission itself travels in a part of its own, which Word keeps.

mod lines;
mod page;
mod table;

use std::io::{Cursor, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use crate::engine::layout::Layout;
use crate::engine::report::is_begun;
use crate::exchange::json;
use crate::exchange::office::drawn::{Piece, Sheet, report, sheets};
use crate::exchange::office::word::SUBMISSION;
use crate::render::{element, escape};
use lines::{BLACK, line, seam};
use page::{LANDSCAPE, PORTRAIT, Page, REPORT};
use table::Grid;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The parts that are the same in every file. Fonts and sizes stand in `styles.xml`.
const FIXED: [(&str, &str); 10] = [
    // Programs look at the first entry to tell what the container is.
    ("[Content_Types].xml", include_str!("word_out/parts/content_types.xml")),
    ("_rels/.rels", include_str!("word_out/parts/package_rels.xml")),
    ("word/_rels/document.xml.rels", include_str!("word_out/parts/document_rels.xml")),
    ("word/styles.xml", include_str!("word_out/parts/styles.xml")),
    ("word/settings.xml", include_str!("word_out/parts/settings.xml")),
    ("word/fontTable.xml", include_str!("word_out/parts/font_table.xml")),
    ("word/footer1.xml", include_str!("word_out/parts/footer.xml")),
    ("customXml/_rels/item1.xml.rels", include_str!("word_out/parts/item_rels.xml")),
    ("customXml/itemProps1.xml", include_str!("word_out/parts/item_props.xml")),
    ("docProps/app.xml", include_str!("word_out/parts/app.xml")),
];

/// The bytes of a .docx; the same filing gives the same bytes. Fails only where the container itself cannot be written.
pub fn write(layout: &Layout<'_>) -> ZipResult<Vec<u8>> {
    let made = [
        ("word/document.xml", document(layout)),
        ("docProps/core.xml", core(layout)),
        ("customXml/item1.xml", submission(layout)),
    ];
    // No clock: the same date, that of the container's beginning, in every file.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let mut container = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in FIXED.into_iter().chain(made.iter().map(|(name, text)| (*name, text.as_str()))) {
        container.start_file(name, options)?;
        container.write_all(text.as_bytes())?;
    }
    Ok(container.finish()?.into_inner())
}

fn document(layout: &Layout<'_>) -> String {
    let report = report(layout).filter(|_| is_begun(layout.template, layout.submission));
    let sheets =
        sheets(layout).into_iter().map(|sheet| (if sheet.is_landscape { &LANDSCAPE } else { &PORTRAIT }, sheet));
    let sections: Vec<(&Page, Sheet)> = report.map(|report| (&REPORT, report)).into_iter().chain(sheets).collect();
    let mut body = String::new();
    for (at, (page, sheet)) in sections.iter().enumerate() {
        body += &content(layout, page, sheet);
        let properties = page.properties();
        // The page of the last section stands at the end of the body, that of each other in its last paragraph. A table
        // needs a paragraph behind it in any case.
        let is_last = at + 1 == sections.len();
        body += &if is_last { seam("") + &properties } else { seam(&properties) };
    }
    let names = [
        ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ];
    DECLARATION.to_owned() + &element("w:document", &names, &element("w:body", &[], &body))
}

/// The lines and tables of a sheet. Tables that follow each other are one, unless the later has heads to repeat.
fn content(layout: &Layout<'_>, page: &Page, sheet: &Sheet) -> String {
    let mut out = String::new();
    let mut open: Option<Grid<'_>> = None;
    for piece in &sheet.pieces {
        let table = match piece {
            Piece::Line(drawn) => {
                out += &open.take().map(|grid| grid.xml(layout)).unwrap_or_default();
                out += &line(drawn, page);
                continue;
            }
            Piece::Table(table) => Grid::of(table, page.text_width()),
        };
        match &mut open {
            Some(grid) if grid.takes(&table) => grid.rows.extend(table.rows),
            _ => {
                if let Some(mut above) = open.replace(table) {
                    above.is_followed = true;
                    out += &(above.xml(layout) + &seam(BLACK));
                }
            }
        }
    }
    out + &open.map(|grid| grid.xml(layout)).unwrap_or_default()
}

/// What lists of files show of it: the form's name, and neither a person nor a time.
fn core(layout: &Layout<'_>) -> String {
    let names = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    let title = escape(&layout.heading(&layout.template.spec().name));
    let inner = element("dc:title", &[], &title) + &element("dc:creator", &[], crate::PROGRAM);
    DECLARATION.to_owned() + &element("cp:coreProperties", &names, &inner)
}

fn submission(layout: &Layout<'_>) -> String {
    // XML cannot hold these two, which JSON leaves as they are; as escapes of JSON they mean the same.
    let text = json::write(layout.submission).replace('\u{fffe}', "\\ufffe").replace('\u{ffff}', "\\uffff");
    DECLARATION.to_owned() + &element("submission", &[("xmlns", SUBMISSION)], &escape(&text))
}
