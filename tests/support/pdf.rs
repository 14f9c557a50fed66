//! PDF files made for tests, as plain text: one font that says which letters it shows, letters at places, and ruled tables.

#![allow(dead_code)]

use std::fmt::Write as _;

use super::office::{Block, Cell, blocks};

/// A4 in points, its margins, and what is left between them.
const HIGH: f64 = 842.0;
const MARGIN: f64 = 72.0;
const WIDE: f64 = 451.0;
/// The sizes of prose and of tables.
const PROSE: f64 = 16.0;
const TABLE: f64 = 8.0;

/// What draws a text at a place.
pub fn text(x: f64, y: f64, size: f64, text: &str) -> String {
    let codes: String = text.encode_utf16().fold(String::new(), |codes, unit| codes + &format!("{unit:04X}"));
    format!("BT /F1 {size} Tf {x} {y} Td <{codes}> Tj ET\n")
}

pub fn rule(from: (f64, f64), to: (f64, f64)) -> String {
    format!("{} {} m {} {} l S\n", from.0, from.1, to.0, to.1)
}

/// A file of these pages.
pub fn pdf(pages: &[String]) -> Vec<u8> {
    pdf_with(pages, "", NAMED, "")
}

/// The encoding of a font that says which letters it shows.
pub const NAMED: &str = "/Identity-H /ToUnicode 5 0 R";

/// With more in its trailer and in the head of each page's content, and another encoding of its font.
pub fn pdf_with(pages: &[String], trailer: &str, encoding: &str, head: &str) -> Vec<u8> {
    let stream =
        |content: &str, head: &str| format!("<< /Length {} {head} >>\nstream\n{content}\nendstream", content.len());
    let map = "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
               1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap";
    let page = |at: usize| 6 + 2 * at;
    let kids: String = (0..pages.len()).fold(String::new(), |kids, at| kids + &format!("{} 0 R ", page(at)));
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Count {} /Kids [{kids}] /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> >>",
            pages.len()
        ),
        format!("<< /Type /Font /Subtype /Type0 /BaseFont /Song /DescendantFonts [4 0 R] /Encoding {encoding} >>"),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 /W [32 126 500] \
         /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
            .to_owned(),
        stream(map, ""),
    ];
    for (at, content) in pages.iter().enumerate() {
        objects.push(format!("<< /Type /Page /Parent 2 0 R /Contents {} 0 R >>", page(at) + 1));
        objects.push(stream(content, head));
    }
    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = String::new();
    for (at, object) in objects.iter().enumerate() {
        writeln!(places, "{:010} 00000 n ", file.len()).expect("written");
        writeln!(file, "{} 0 obj\n{object}\nendobj", at + 1).expect("written");
    }
    let (count, place) = (objects.len() + 1, file.len());
    write!(
        file,
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{place}\n%%EOF\n"
    )
    .expect("written");
    file.into_bytes()
}

/// The sample document, set in pages with numbers at their feet.
pub fn sample() -> Vec<u8> {
    let mut pages = Pages { done: Vec::new(), page: String::new(), y: HIGH - MARGIN };
    for block in blocks() {
        match block {
            Block::Line(line) => pages.paragraph(&line),
            Block::Table(rows) => pages.table(&rows),
        }
    }
    pages.end();
    pdf(&pages.done)
}

struct Pages {
    done: Vec<String>,
    page: String,
    /// The height at which the next thing begins.
    y: f64,
}

impl Pages {
    fn end(&mut self) {
        let number = format!("- {} -", self.done.len() + 1);
        self.page += &text(280.0, 40.0, 12.0, &number);
        self.done.push(std::mem::take(&mut self.page));
        self.y = HIGH - MARGIN;
    }

    /// Two letters in, and from margin to margin.
    fn paragraph(&mut self, line: &str) {
        let indent = 2.0 * PROSE;
        let lines = broken(line.trim(), WIDE, PROSE, indent);
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
            if self.y - 28.0 < MARGIN {
                self.end();
            }
            self.y -= 28.0;
            self.page += &text(MARGIN + if at == 0 { indent } else { 0.0 }, self.y, PROSE, line);
        }
    }

    fn table(&mut self, rows: &[Vec<Cell>]) {
        let columns = rows.iter().map(|row| row.iter().map(|cell| cell.columns).sum::<usize>()).max().expect("rows");
        let width = WIDE / columns as f64;
        for row in rows {
            let texts: Vec<Vec<String>> = row
                .iter()
                .map(|cell| {
                    let room = width * cell.columns as f64 - 4.0;
                    cell.text.lines().flat_map(|line| broken(line.trim(), room, TABLE, 0.0)).collect()
                })
                .collect();
            let height = 6.0 + 10.0 * texts.iter().map(Vec::len).max().unwrap_or_default().max(1) as f64;
            if self.y - height < MARGIN {
                self.page += &rule((MARGIN, self.y), (MARGIN + WIDE, self.y));
                self.end();
            }
            let (top, bottom) = (self.y, self.y - height);
            let mut left = MARGIN;
            for (cell, lines) in row.iter().zip(&texts) {
                let right = left + width * cell.columns as f64;
                if !cell.is_below {
                    self.page += &rule((left, top), (right, top));
                }
                self.page += &rule((left, top), (left, bottom));
                for (at, line) in (1_u8..).zip(lines) {
                    self.page += &text(left + 2.0, top - 10.0 * f64::from(at), TABLE, line);
                }
                left = right;
            }
            self.page += &rule((left, top), (left, bottom));
            self.y = bottom;
        }
        self.page += &rule((MARGIN, self.y), (MARGIN + WIDE, self.y));
        self.y -= 20.0;
    }
}

/// Lines no wider than this.
fn broken(text: &str, width: f64, size: f64, indent: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut x = indent;
    for c in text.chars() {
        let wide = if c.is_ascii() { size / 2.0 } else { size };
        if x + wide > width {
            lines.push(String::new());
            x = 0.0;
        }
        x += wide;
        lines.last_mut().expect("a line").push(c);
    }
    lines
}
