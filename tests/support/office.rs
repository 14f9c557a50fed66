//! Office files made for tests, of the sample document: its paragraphs, and its tables with merged cells as in the form.

#![allow(dead_code)]

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

pub enum Block {
    Line(String),
    /// Rows of cells, each with the columns that it takes.
    Table(Vec<Vec<Cell>>),
}

pub struct Cell {
    pub text: String,
    pub columns: usize,
    /// It goes on with the cell above.
    pub is_below: bool,
}

pub fn document() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/lusong-2024.txt");
    fs::read_to_string(file).expect("the document")
}

/// The sample document in blocks. In its flattened text a tab begins a cell, and an empty line ends a row.
pub fn blocks() -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rows: Vec<Vec<String>> = vec![vec![]];
    let document = document().replace("[bookmark: _GoBack]", "");
    let mut lines = document.lines().peekable();
    while let Some(line) = lines.next() {
        let row = rows.last_mut().expect("a row");
        match line.strip_prefix('\t') {
            Some(cell) => row.push(cell.to_owned()),
            // Two empty lines end a table, one a row; within a cell it stands before a line without a tab, or in the
            // vertical 绩效指标.
            None if line.is_empty() && !row.is_empty() => match lines.peek() {
                Some(&"") => {
                    blocks.push(table(std::mem::replace(&mut rows, vec![vec![]])));
                }
                Some(next) if next.starts_with('\t') && row != &["绩\n效\n指\n标"] => rows.push(vec![]),
                _ => {}
            },
            None if !row.is_empty() => {
                let cell = row.last_mut().expect("a cell");
                *cell = format!("{cell}\n{line}");
            }
            None => blocks.push(Block::Line(line.to_owned())),
        }
    }
    rows.retain(|row| !row.is_empty());
    if !rows.is_empty() {
        blocks.push(table(rows));
    }
    blocks
}

/// The widest row takes a column a cell. In a shorter one the first cell takes one, and the others share the rest.
fn table(rows: Vec<Vec<String>>) -> Block {
    let width = rows.iter().map(Vec::len).max().expect("rows");
    let rows = rows.into_iter().map(|row| {
        let (count, others) = (row.len(), row.len() - 1);
        let blanks = row.iter().take_while(|text| text.is_empty()).count();
        let cells = row.into_iter().enumerate().map(|(at, text)| {
            let rest = width - 1;
            let columns = if at == 0 { 1 } else { rest * at / others - rest * (at - 1) / others };
            Cell { text, columns, is_below: at < blanks && count > 2 }
        });
        cells.collect()
    });
    Block::Table(rows.collect())
}

// ---- Word

const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml""#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

/// A zip of these parts.
pub fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file(*name, options).expect("a part");
        writer.write_all(text.as_bytes()).expect("its text");
    }
    writer.finish().expect("a zip").into_inner()
}

/// A zip with this part so many times more, under other names in its folder, without packing it again.
pub fn zip_with_copies(parts: &[(&str, &str)], name: &str, copies: usize) -> Vec<u8> {
    let mut packed = ZipArchive::new(Cursor::new(zip(parts))).expect("a zip");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (known, _) in parts {
        writer.raw_copy_file(packed.by_name(known).expect("a part")).expect("copied");
    }
    for copy in 0..copies {
        let part = packed.by_name(name).expect("the part");
        writer.raw_copy_file_rename(part, name.replace(".xml", &format!("-{copy}.xml"))).expect("copied");
    }
    writer.finish().expect("a zip").into_inner()
}

/// A zip of the files of a folder beside the sample document.
pub fn zip_of(folder: &str) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(folder);
    let (mut folders, mut parts) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).expect("within it").to_string_lossy().replace('\\', "/");
                parts.push((name, fs::read_to_string(path).expect("a text")));
            }
        }
    }
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    zip(&parts)
}

/// A document with this in its body, and more parts.
pub fn docx_with(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?>\n<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>");
    let own = [("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", &document)];
    zip(&[&own, parts].concat())
}

pub fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

pub fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(text))
}

pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The body of the sample document.
pub fn body() -> String {
    let blocks = blocks().into_iter().map(|block| match block {
        Block::Line(line) => paragraph(&line),
        Block::Table(rows) => {
            let rows = rows.iter().map(|row| {
                let cells = row.iter().map(|cell| {
                    let merge = if cell.is_below { "<w:vMerge/>" } else { "<w:vMerge w:val=\"restart\"/>" };
                    let paragraphs: String = cell.text.split('\n').map(paragraph).collect();
                    let columns = cell.columns;
                    format!("<w:tc><w:tcPr><w:gridSpan w:val=\"{columns}\"/>{merge}</w:tcPr>{paragraphs}</w:tc>")
                });
                format!("<w:tr>{}</w:tr>", cells.collect::<String>())
            });
            let grid = "<w:gridCol w:w=\"1000\"/>".repeat(rows.len().min(9));
            format!("<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{}</w:tbl>", rows.collect::<String>())
        }
    });
    blocks.collect()
}

// ---- Excel

/// The sample document as a workbook: the report with a line a cell, then a sheet for each table with its title.
pub fn xlsx() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let mut lines: Vec<String> = Vec::new();
    for block in blocks() {
        match block {
            Block::Line(line) => lines.push(line),
            Block::Table(rows) => {
                // The title and 附件 stand over the table.
                let titles = lines.split_off(lines.len() - 2);
                column(workbook.add_worksheet(), &std::mem::take(&mut lines));
                sheet(workbook.add_worksheet(), &titles, &rows);
            }
        }
    }
    column(workbook.add_worksheet(), &lines);
    workbook.save_to_buffer().expect("a workbook")
}

fn column(sheet: &mut Worksheet, lines: &[String]) {
    for (row, line) in (0..).zip(lines.iter().filter(|line| !line.is_empty())) {
        sheet.write_string(row, 0, line.as_str()).expect("a line");
    }
}

fn sheet(sheet: &mut Worksheet, titles: &[String], rows: &[Vec<Cell>]) {
    let plain = Format::new();
    let width: usize = rows[0].iter().map(|cell| cell.columns).sum();
    for (row, title) in (0..).zip(titles) {
        sheet.merge_range(row, 0, row, u16::try_from(width - 1).expect("few"), title, &plain).expect("a title");
    }
    for (index, row) in rows.iter().enumerate() {
        let mut first = 0;
        for cell in row {
            let last = first + cell.columns - 1;
            // How many rows go on with this cell, in the same columns.
            let below = rows[index + 1..].iter().take_while(|row| {
                let mut at = 0;
                row.iter().any(|other| {
                    let is_it = at == first && other.columns == cell.columns && other.is_below;
                    at += other.columns;
                    is_it
                })
            });
            let bottom = index + if cell.is_below { 0 } else { below.count() };
            let at = |number: usize| u32::try_from(number + titles.len()).expect("few");
            let columns = (u16::try_from(first).expect("few"), u16::try_from(last).expect("few"));
            if !cell.is_below && (bottom > index || last > first) {
                sheet.merge_range(at(index), columns.0, at(bottom), columns.1, "", &plain).expect("no overlap");
            }
            if !cell.is_below {
                write(sheet, at(index), columns.0, &cell.text);
            }
            first = last + 1;
        }
    }
}

const WORKBOOK: [(&str, &str); 3] = [
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
];

/// A workbook of one sheet, whose rows are this XML.
pub fn xlsx_of(rows: &str) -> Vec<u8> {
    let sheet =
        format!("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{rows}</worksheet>");
    zip(&[WORKBOOK.as_slice(), &[("xl/worksheets/sheet1.xml", &sheet)]].concat())
}

/// Figures as numbers, percents by their format.
fn write(sheet: &mut Worksheet, row: u32, column: u16, text: &str) {
    let percent = text.strip_suffix('%').and_then(|share| share.parse::<f64>().ok());
    match (text.parse::<f64>(), percent) {
        (Ok(figure), _) => sheet.write_number(row, column, figure),
        (_, Some(share)) => {
            sheet.write_number_with_format(row, column, share / 100.0, &Format::new().set_num_format("0%"))
        }
        _ => sheet.write_string(row, column, text),
    }
    .expect("a cell");
}

// ---- Excel 97

/// A record of a workbook: its number and its bytes.
pub type Record = (u16, Vec<u8>);

/// A workbook of Excel 97 with these records for its shared part and for each of its sheets, in the container of its time.
pub fn xls(shared: &[Record], sheets: &[(&str, bool, Vec<Record>)]) -> Vec<u8> {
    let beginning = |kind: u8| record(0x0809, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let names: Vec<Vec<u8>> = sheets
        .iter()
        .map(|(name, is_hidden, _)| {
            let head = [0, 0, 0, 0, u8::from(*is_hidden), 0, u8::try_from(name.len()).expect("short"), 0];
            record(0x0085, &[&head, name.as_bytes()].concat())
        })
        .collect();
    let records: Vec<u8> = shared.iter().flat_map(|(number, bytes)| record(*number, bytes)).collect();
    let mut stream = [beginning(5), names.concat(), records, record(0x000a, &[])].concat();
    let mut place = beginning(5).len();
    for ((.., records), name) in sheets.iter().zip(&names) {
        let at = u32::try_from(stream.len()).expect("small").to_le_bytes();
        stream[place + 4..place + 8].copy_from_slice(&at);
        place += name.len();
        stream.extend(beginning(0x10));
        stream.extend(records.iter().flat_map(|(number, bytes)| record(*number, bytes)));
        stream.extend(record(0x000a, &[]));
    }
    ole(&[("Workbook", &stream)])
}

fn record(number: u16, bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).expect("a short record");
    [&number.to_le_bytes(), &length.to_le_bytes(), bytes].concat()
}

/// The container of office files before 2007, with up to three streams at its root.
pub fn ole(streams: &[(&str, &[u8])]) -> Vec<u8> {
    const NONE: u32 = u32::MAX;
    const LAST: u32 = 0xffff_fffe;
    // The table is the first sector and the directory the second.
    let mut next: Vec<u32> = vec![0xffff_fffd, LAST];
    let mut sectors: Vec<u8> = Vec::new();
    let mut directory = entry("Root Entry", 5, 1, NONE, LAST, 0);
    for (index, (name, bytes)) in streams.iter().enumerate() {
        // Shorter ones would be small streams, which stand elsewhere.
        let mut bytes = bytes.to_vec();
        bytes.resize(bytes.len().max(4096).next_multiple_of(512), 0);
        let (start, count) =
            (u32::try_from(next.len()).expect("small"), u32::try_from(bytes.len() / 512).expect("small"));
        next.extend((start + 1..start + count).chain([LAST]));
        let right = if index + 1 < streams.len() { u32::try_from(index).expect("few") + 2 } else { NONE };
        directory.extend(entry(name, 2, NONE, right, start, u32::try_from(bytes.len()).expect("small")));
        sectors.extend(bytes);
    }
    directory.resize(512, 0);
    next.resize(128, NONE);
    let mut head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    head.resize(512, 0);
    for (at, value) in [(28, 0xfffe_u16), (30, 9), (32, 6)] {
        head[at..at + 2].copy_from_slice(&value.to_le_bytes());
    }
    for (at, value) in [(44, 1), (48, 1), (56, 4096), (60, LAST), (68, LAST)] {
        head[at..at + 4].copy_from_slice(&u32::to_le_bytes(value));
    }
    head[76..].fill(0xff);
    head[76..80].fill(0);
    let next: Vec<u8> = next.iter().flat_map(|id| id.to_le_bytes()).collect();
    [head, next, directory, sectors].concat()
}

fn entry(name: &str, kind: u8, child: u32, right: u32, start: u32, length: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let letters = u8::try_from(entry.len() + 2).expect("a short name");
    entry.resize(128, 0);
    (entry[64], entry[66]) = (letters, kind);
    for (at, value) in [(68, u32::MAX), (72, right), (76, child), (116, start), (120, length)] {
        entry[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    entry
}
