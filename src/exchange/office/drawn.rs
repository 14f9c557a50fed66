//! The drawing of a filing as tables and paragraphs, for writers of other formats: read from the HTML of `render`, so that
//! there is one drawing for the screen, for paper and for every file.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use crate::engine::layout::Layout;
use crate::engine::template::spec::Place;
use crate::render::{Medium, render_html, report_html};

/// A sheet of the form, or the report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// As the template names it.
    pub id: String,
    pub is_landscape: bool,
    /// From top to bottom.
    pub pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Line(Line),
    Table(Table),
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub kind: LineKind,
    pub runs: Vec<Run>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// 附件2
    Annex,
    /// The title of a sheet or of the report.
    Title,
    /// A heading of the report; 2 is 一、, 3 is （一）.
    Heading(u8),
    /// A paragraph of the report.
    Text,
    /// 说明 below the tables.
    Note,
    /// Labels with their blanks: 填表人, 填报日期 …
    Fields,
}

/// A stretch of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    /// The cell of the form whose text it is.
    pub key: Option<String>,
}

/// Rows of boxes on a grid of columns. Tables that follow each other stand below each other without a gap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The block it draws, or the first of several.
    pub block: String,
    /// Percent of the width, one a column of the grid; empty where the form does not say.
    pub widths: Vec<u32>,
    /// So many rows at the top are repeated on each page.
    pub heads: usize,
    pub rows: Vec<Vec<TableCell>>,
}

/// A cell of the drawing, which may cover several rows and columns. What it covers is not in the rows again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableCell {
    pub rows: usize,
    pub columns: usize,
    pub is_heading: bool,
    /// The words of `class` in the drawing: figure, words, label, indent-2, inline, side, name, fixed …
    pub class: Vec<String>,
    pub runs: Vec<Run>,
}

/// The text of some runs.
pub(super) fn text_of(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// The cell of the form that stands in some runs alone, if one does.
pub(super) fn key_of(runs: &[Run]) -> Option<&str> {
    match runs {
        [Run { key: Some(key), .. }] => Some(key),
        _ => None,
    }
}

impl TableCell {
    pub fn is(&self, class: &str) -> bool {
        self.class.iter().any(|known| known == class)
    }

    /// How far a label is moved in.
    pub fn indent(&self) -> u8 {
        (1..=3).find(|depth| self.is(["", "indent-1", "indent-2", "indent-3"][usize::from(*depth)])).unwrap_or_default()
    }

    pub fn text(&self) -> String {
        text_of(&self.runs)
    }

    /// The cell of the form that stands in it alone, if one does.
    pub fn key(&self) -> Option<&str> {
        key_of(&self.runs)
    }
}

/// The sheets of the form in their order, without the report.
pub fn sheets(layout: &Layout<'_>) -> Vec<Sheet> {
    let spec = layout.template.spec();
    let is_prose =
        |sheet: &Sheet| spec.blocks.iter().any(|block| block.sheet == sheet.id && block.place == Place::Prose);
    let mut sheets = read(&render_html(layout, Medium::File));
    sheets.retain(|sheet| !is_prose(sheet));
    sheets
}

/// The report as it is published; none where the form has none.
pub fn report(layout: &Layout<'_>) -> Option<Sheet> {
    let spec = layout.template.spec();
    let id = &spec.report.as_ref()?.sheet;
    let sheet = spec.sheets.iter().find(|sheet| sheet.id == *id)?;
    let mut drawn = read(&["<section>", &report_html(layout, false), "</section>"].concat()).pop()?;
    drawn.id.clone_from(id);
    if !sheet.annex.is_empty() {
        let runs = vec![Run { text: sheet.annex.clone(), key: None }];
        drawn.pieces.insert(0, Piece::Line(Line { kind: LineKind::Annex, runs }));
    }
    Some(drawn)
}

/// Reads what `render` writes, which is simple enough for this; anything else would be a fault of ours.
fn read(html: &str) -> Vec<Sheet> {
    let mut reader = Reader::from_str(html);
    // <col> has no end.
    reader.config_mut().check_end_names = false;
    let mut drawing = Drawing::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => drawing.open(&element),
            Ok(Event::End(element)) => drawing.close(element.name().as_ref()),
            Ok(Event::Text(text)) => drawing.text(&text),
            Ok(Event::GeneralRef(name)) => {
                drawing.text(resolve_predefined_entity(&name).unwrap_or_default());
            }
            Ok(Event::Eof) | Err(_) => return drawing.sheets,
            Ok(_) => {}
        }
    }
}

/// What has been read so far; the last of each list is still open.
#[derive(Default)]
struct Drawing {
    sheets: Vec<Sheet>,
    /// Whether text belongs to a cell or a line just now.
    is_open: bool,
    /// The cells of the form whose elements are open; the innermost is the last.
    keys: Vec<Option<String>>,
}

impl Drawing {
    fn open(&mut self, element: &BytesStart<'_>) {
        let attribute = |name: &str| {
            let value = element.try_get_attribute(name).ok().flatten();
            value
                .and_then(|value| {
                    value.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
                })
                .unwrap_or_default()
        };
        let class = attribute("class");
        match element.name().as_ref() {
            "section" => self.sheets.push(Sheet {
                id: attribute("data-sheet"),
                is_landscape: class.contains("is-landscape"),
                pieces: Vec::new(),
            }),
            "p" => self.line(match class.as_str() {
                "annex" => LineKind::Annex,
                "sheet-note" => LineKind::Note,
                _ => LineKind::Text,
            }),
            "h2" => self.line(LineKind::Title),
            "h3" => self.line(LineKind::Heading(2)),
            "h4" => self.line(LineKind::Heading(3)),
            "div" if class.starts_with("fields") => self.line(LineKind::Fields),
            "table" => {
                let block = class.rsplit("block-").next().unwrap_or_default().to_owned();
                self.piece(Piece::Table(Table { block, ..Table::default() }));
            }
            "col" => {
                let width = attribute("width");
                let width = width.trim_end_matches('%').parse().unwrap_or_default();
                self.table(|table| table.widths.push(width));
            }
            "tr" => self.table(|table| table.rows.push(Vec::new())),
            name @ ("th" | "td") => {
                let cover = |name: &str| attribute(name).parse().unwrap_or(1);
                let drawn = TableCell {
                    rows: cover("rowspan"),
                    columns: cover("colspan"),
                    is_heading: name == "th",
                    class: class.split_whitespace().map(str::to_owned).collect(),
                    runs: Vec::new(),
                };
                self.table(|table| table.rows.last_mut().into_iter().for_each(|row| row.push(drawn.clone())));
                self.is_open = true;
            }
            "span" => {
                let key = attribute("data-key");
                if key.is_empty() {
                    let outer = self.keys.last().cloned().flatten();
                    self.keys.push(outer);
                } else {
                    self.keys.push(Some(key.clone()));
                    // A blank is a place, too.
                    self.run(Run { text: String::new(), key: Some(key) });
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h2" | "h3" | "h4" | "div" | "th" | "td" => self.is_open = false,
            "thead" => self.table(|table| table.heads = table.rows.len()),
            "span" => drop(self.keys.pop()),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let key = self.keys.last().cloned().flatten();
        self.run(Run { text: text.to_owned(), key });
    }

    /// Adds a stretch of text, to the one before it where both belong to the same cell.
    fn run(&mut self, run: Run) {
        if !self.is_open {
            return;
        }
        let runs = match self.sheets.last_mut().and_then(|sheet| sheet.pieces.last_mut()) {
            Some(Piece::Line(line)) => &mut line.runs,
            Some(Piece::Table(table)) => match table.rows.last_mut().and_then(|row| row.last_mut()) {
                Some(drawn) => &mut drawn.runs,
                None => return,
            },
            None => return,
        };
        match runs.last_mut().filter(|last| last.key == run.key) {
            Some(last) => last.text.push_str(&run.text),
            None => runs.push(run),
        }
    }

    fn line(&mut self, kind: LineKind) {
        self.piece(Piece::Line(Line { kind, runs: Vec::new() }));
        self.is_open = true;
    }

    fn piece(&mut self, piece: Piece) {
        self.sheets.last_mut().into_iter().for_each(|sheet| sheet.pieces.push(piece.clone()));
    }

    fn table(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(Piece::Table(table)) = self.sheets.last_mut().and_then(|sheet| sheet.pieces.last_mut()) {
            change(table);
        }
    }
}
