//! Makes the files that are opened: documents and a workbook of the size that people may bring at most.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use anyhow::{Context, Result};
use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::Random;

/// What files of 5 MB have.
const BYTES: usize = 5_000_000;

const ROWS: u32 = 10_000;
/// What stands in the last row, and is read only where all of it is.
pub const LAST_ENTRY: &str = "记-09999";

/// What a finance system prints above its columns.
const COLUMNS: [&str; 10] =
    ["日期", "凭证号", "科目编码", "科目名称", "摘要", "部门", "借方金额", "贷方金额", "方向", "余额"];
const ACCOUNTS: [&str; 6] = ["基本工资", "办公费", "印刷费", "公务接待费", "委托业务费", "公务用车运行维护费"];

/// The sample, as Word has it, over and over, each time with other figures: a part of so many bytes before it is packed.
pub fn long_document(sample: &Path, unpacked: usize) -> Result<Vec<u8>> {
    let mut random = Random::default();
    without_filing(sample, |text| multiplied(&text, unpacked, &mut random), None)
}

/// The same, as long as it takes for the file to be of 5 MB.
pub fn longest_document(sample: &Path) -> Result<Vec<u8>> {
    // How well it packs is the same for any length, so a shorter one tells.
    let packed = long_document(sample, BYTES)?.len();
    long_document(sample, BYTES * (BYTES / 1000) / (packed / 1000))
}

/// The sample with a picture that makes a file of 5 MB of it.
pub fn document_with_picture(sample: &Path) -> Result<Vec<u8>> {
    let mut random = Random::default();
    // Of a picture only its bytes matter: like those of a photograph they do not pack.
    let mut picture = b"\xff\xd8\xff\xe0".to_vec();
    picture.extend((0..BYTES - fs::metadata(sample)?.len() as usize).map(|_| random.below(256) as u8));
    without_filing(sample, Ok, Some(&picture))
}

/// A sheet as finance systems give it out: each entry with its account, its text and its amounts.
pub fn finance_sheet() -> Result<Vec<u8>> {
    let mut random = Random::default();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in (0..).zip(COLUMNS) {
        sheet.write(0, column, title)?;
    }
    for row in 1..ROWS {
        let account = random.below(6);
        let name = ACCOUNTS.get(account as usize).copied().unwrap_or_default();
        let (month, day) = (row * 12 / ROWS + 1, random.below(28) + 1);
        sheet.write(row, 0, format!("2024-{month:02}-{day:02}"))?;
        sheet.write(row, 1, format!("记-{row:05}"))?;
        sheet.write(row, 2, format!("5001{:02}{:02}", account + 1, random.below(20)))?;
        sheet.write(row, 3, name)?;
        sheet.write(row, 4, format!("付{month}月{name}，第{}号", random.below(5000)))?;
        sheet.write(row, 5, format!("业务{}科", random.below(9) + 1))?;
        sheet.write(row, 6, amount(&mut random))?;
        sheet.write(row, 7, amount(&mut random))?;
        sheet.write(row, 8, if row % 2 == 0 { "借" } else { "贷" })?;
        sheet.write(row, 9, amount(&mut random))?;
    }
    Ok(book.save_to_buffer()?)
}

/// Workbooks have floats.
fn amount(random: &mut Random) -> f64 {
    f64::from(random.below(100_000_000)) / 100.0
}

/// The document with another text, and without the filing that travels in it: as one that was not written by the page.
fn without_filing(
    sample: &Path,
    change: impl FnOnce(String) -> Result<String>,
    picture: Option<&[u8]>,
) -> Result<Vec<u8>> {
    let mut from = ZipArchive::new(fs::File::open(sample)?)?;
    let mut text = String::new();
    from.by_name("word/document.xml")?.read_to_string(&mut text)?;
    let text = change(text)?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let part = from.by_index(at)?;
        let name = part.name()?.into_owned();
        if name == "word/document.xml" {
            to.start_file(name, SimpleFileOptions::default())?;
            to.write_all(text.as_bytes())?;
        } else if !name.starts_with("customXml/") {
            to.raw_copy_file(part)?;
        }
    }
    if let Some(picture) = picture {
        to.start_file("word/media/image1.jpeg", SimpleFileOptions::default())?;
        to.write_all(picture)?;
    }
    Ok(to.finish()?.into_inner())
}

/// What stands in the body, until there are so many bytes of it.
fn multiplied(text: &str, bytes: usize, random: &mut Random) -> Result<String> {
    let (head, body) = text.split_once("<w:body>").context("a document has a body")?;
    let (body, tail) = body.rsplit_once("<w:sectPr>").context("a document ends with its section")?;
    let mut long = [head, "<w:body>"].concat();
    while long.len() < bytes {
        let mut is_text = false;
        for character in body.chars() {
            is_text = if is_text { character != '<' } else { character == '>' };
            let other = random.digit(character).filter(|_| is_text);
            long.push(other.unwrap_or(character));
        }
    }
    Ok(long + "<w:sectPr>" + tail)
}
