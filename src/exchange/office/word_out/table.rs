//! Tables of a Word file: cells on a fixed grid, those that reach down merged row by row, headings repeated.

use crate::engine::layout::Layout;
use crate::exchange::office::drawn::{Table, TableCell};
use crate::exchange::office::word_out::lines::{paragraph, runs};
use crate::render::{element, point_class};

/// How far a label is moved in for each step, and figures with fewer decimals for the digits that they lack: a digit of
/// Times New Roman is half as wide as it is high, a point a quarter.
const INDENT: u32 = 220;
const SHORT_1: u32 = 100;
const SHORT_2: u32 = 250;

/// A row with more lines of text may take more than a page, and has to be parted then; a page of sheets has some fifty.
/// A character is as wide as it is high.
const MOST_LINES: usize = 40;
const CHARACTER: u32 = 200;

/// Thin black lines, and the space between them and the text: 0.7 and 0.8 mm.
const LINES: [&str; 6] = ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"];
const SPACE: [(&str, &str); 4] = [("w:top", "40"), ("w:left", "45"), ("w:bottom", "40"), ("w:right", "45")];

/// One table of the file: one of the drawing, or several below each other.
pub struct Grid<'a> {
    columns: Vec<u32>,
    heads: usize,
    pub rows: Vec<&'a [TableCell]>,
    /// Whether another table follows below a seam, which is the line between the two.
    pub is_followed: bool,
}

/// A cell that reaches down, and over how many rows more.
struct Reaching<'a> {
    cell: &'a TableCell,
    rows: usize,
}

/// Where a cell stands: its width, and whether what is above or beside it belongs to it.
struct Place {
    width: u32,
    span: usize,
    /// `restart` or `continue`; empty for a cell of one row.
    merge: &'static str,
    /// The lines around it that are not drawn.
    hidden: Vec<&'static str>,
}

impl<'a> Grid<'a> {
    pub fn of(table: &'a Table, width: u32) -> Self {
        let covered = |row: &Vec<TableCell>| -> usize { row.iter().map(|cell| cell.columns).sum() };
        let count = table.rows.iter().map(covered).max().unwrap_or_default().max(table.widths.len());
        let widths = if table.widths.len() == count { table.widths.clone() } else { vec![1; count] };
        let whole: u32 = widths.iter().sum::<u32>().max(1);
        let edge = |at: usize| widths[..at].iter().sum::<u32>() * width / whole;
        // From edge to edge, so that nothing is lost in rounding.
        let columns = (0..count).map(|at| edge(at + 1) - edge(at)).collect();
        let rows = table.rows.iter().map(Vec::as_slice).collect();
        Self { columns, heads: table.heads, rows, is_followed: false }
    }

    /// Whether the other table can go on in this one. Heads would be repeated above its rows, too.
    pub fn takes(&self, other: &Self) -> bool {
        self.columns == other.columns && self.heads == 0 && other.heads == 0
    }

    pub fn xml(&self, layout: &Layout<'_>) -> String {
        let line = [("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "000000")];
        let lines: String = LINES.iter().map(|side| element(side, &line, "")).collect();
        let space: String =
            SPACE.iter().map(|(side, space)| element(side, &[("w:w", space), ("w:type", "dxa")], "")).collect();
        let properties = [
            width("w:tblW", self.columns.iter().sum()),
            // In the middle: programs do not agree on where the left edge is otherwise.
            element("w:jc", &[("w:val", "center")], ""),
            element("w:tblBorders", &[], &lines),
            element("w:tblLayout", &[("w:type", "fixed")], ""),
            element("w:tblCellMar", &[], &space),
        ];
        let column = |width: &u32| element("w:gridCol", &[("w:w", &width.to_string())], "");
        let columns: String = self.columns.iter().map(column).collect();
        let mut reaching: Vec<Option<Reaching<'a>>> = self.columns.iter().map(|_| None).collect();
        let rows: String = (0..self.rows.len()).map(|at| self.row(at, &mut reaching, layout)).collect();
        let inner = [element("w:tblPr", &[], &properties.concat()), element("w:tblGrid", &[], &columns), rows];
        element("w:tbl", &[], &inner.concat())
    }

    fn row(&self, number: usize, reaching: &mut [Option<Reaching<'a>>], layout: &Layout<'_>) -> String {
        let mut out = String::new();
        let mut drawn = self.rows[number].iter();
        let (mut at, mut is_inline, mut is_long) = (0, false, false);
        while at < self.columns.len() {
            let above = reaching[at].take();
            let is_below = above.is_some();
            let found = above.or_else(|| drawn.next().map(|cell| Reaching { cell, rows: cell.rows }));
            let Some(Reaching { cell, rows }) = found else {
                // A table without a grid may have shorter rows.
                let span = reaching[at..].iter().take_while(|above| above.is_none()).count();
                out += &self.empty(at, span);
                at += span;
                continue;
            };
            let span = cell.columns.min(self.columns.len() - at);
            let merge = match (is_below, rows) {
                (true, _) => "continue",
                (false, 1) => "",
                (false, _) => "restart",
            };
            let is_side = cell.is("side");
            let is_above_seam = self.is_followed && number + rows >= self.rows.len();
            // A label and its figure share a box; so do the title at the side and the empty place beside the heads.
            let hidden = [
                ("w:top", is_side && !is_below && number > 0 && number == self.heads),
                ("w:left", is_inline),
                ("w:bottom", is_side && number < self.heads || is_above_seam),
                ("w:right", cell.is("inline")),
            ];
            let hidden = hidden.into_iter().filter_map(|(side, is_hidden)| is_hidden.then_some(side)).collect();
            let width = self.columns[at..at + span].iter().sum();
            out += &filled(cell, &Place { width, span, merge, hidden }, layout);
            is_inline = cell.is("inline");
            is_long |= !is_below && lines(&cell.text(), width) > MOST_LINES;
            reaching[at] = (rows > 1).then_some(Reaching { cell, rows: rows - 1 });
            at += span;
        }
        let mut properties = if is_long { String::new() } else { "<w:cantSplit/>".to_owned() };
        if number < self.heads {
            properties += "<w:tblHeader/>";
        }
        element("w:tr", &[], &(element("w:trPr", &[], &properties) + &out))
    }

    fn empty(&self, at: usize, span: usize) -> String {
        let width = self.columns[at..at + span].iter().sum();
        let place = Place { width, span, merge: "", hidden: Vec::new() };
        element("w:tc", &[], &(place.properties() + &paragraph("Cell", "", "")))
    }
}

fn filled(cell: &TableCell, place: &Place, layout: &Layout<'_>) -> String {
    let text = if place.merge == "continue" { String::new() } else { runs(&cell.runs) };
    element("w:tc", &[], &(place.properties() + &paragraph("Cell", &alignment(cell, layout), &text)))
}

impl Place {
    fn properties(&self) -> String {
        let mut inner = width("w:tcW", self.width);
        if self.span > 1 {
            inner += &element("w:gridSpan", &[("w:val", &self.span.to_string())], "");
        }
        if !self.merge.is_empty() {
            inner += &element("w:vMerge", &[("w:val", self.merge)], "");
        }
        if !self.hidden.is_empty() {
            let lines: String = self.hidden.iter().map(|side| element(side, &[("w:val", "nil")], "")).collect();
            inner += &element("w:tcBorders", &[], &lines);
        }
        inner += &element("w:vAlign", &[("w:val", "center")], "");
        element("w:tcPr", &[], &inner)
    }
}

/// At most so many lines in a cell of this width.
fn lines(text: &str, width: u32) -> usize {
    let in_line = usize::try_from(width / CHARACTER).unwrap_or_default().saturating_sub(1).max(1);
    text.split('\n').map(|line| line.chars().count().div_ceil(in_line).max(1)).sum()
}

/// Where the text stands in its box, as on paper.
fn alignment(cell: &TableCell, layout: &Layout<'_>) -> String {
    let left = u32::from(cell.indent()) * INDENT;
    let right = right_indent(cell, layout);
    let indent = match (left, right) {
        (0, 0) => String::new(),
        (left, 0) => element("w:ind", &[("w:left", &left.to_string())], ""),
        (_, right) => element("w:ind", &[("w:right", &right.to_string())], ""),
    };
    let side = if cell.is("figure") {
        "right"
    } else if cell.is("fixed") || cell.is_heading && !cell.is("label") && !cell.is("name") {
        "center"
    } else {
        return indent;
    };
    indent + &element("w:jc", &[("w:val", side)], "")
}

/// Points stand below each other: a figure with few decimals keeps their place free.
fn right_indent(cell: &TableCell, layout: &Layout<'_>) -> u32 {
    let field = cell.key().and_then(|key| layout.find(key)).map(|at| layout.field(at));
    let measure = field.and_then(|field| field.column.kind.measure());
    match measure.map(|measure| point_class(&cell.text(), measure)) {
        Some("short-1") => SHORT_1,
        Some("short-2") => SHORT_2,
        _ => 0,
    }
}

fn width(name: &str, twips: u32) -> String {
    element(name, &[("w:w", &twips.to_string()), ("w:type", "dxa")], "")
}
