//! Where everything stands on a worksheet: the drawing of a sheet on rows and columns of a spreadsheet.

use std::collections::BTreeSet;

use super::extent;
use crate::exchange::office::drawn::{Line, LineKind, Piece, Run, Sheet, Table, TableCell, key_of, text_of};

/// A sheet on its rows and columns.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Widths in pixels.
    pub columns: Vec<u32>,
    /// Heights in points.
    pub rows: Vec<u32>,
    pub boxes: Vec<Placed>,
    /// The first and the last row to be repeated on each page.
    pub heads: Option<(usize, usize)>,
    pub is_landscape: bool,
}

/// A cell or a merged range.
#[derive(Debug)]
pub(super) struct Placed {
    /// First and last.
    pub rows: (usize, usize),
    pub columns: (usize, usize),
    pub runs: Vec<Run>,
    pub look: Look,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub align: Align,
    pub indent: u8,
    /// In points.
    pub size: u32,
    /// Characters below each other.
    pub is_upright: bool,
    /// Left, right, top, bottom.
    pub borders: [bool; 4],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// Widths of the paper within its margins, in pixels (96 an inch).
const PORTRAIT: u32 = 672;
const LANDSCAPE: u32 = 1016;
/// Points: of a table's text and of a title.
pub(super) const TEXT: u32 = 10;
const TITLE: u32 = 16;
/// The least height of a row, in points, and the greatest that a spreadsheet allows.
const LEAST: u32 = 20;
const MOST: u32 = 400;

impl Placed {
    /// The text in it.
    pub fn text(&self) -> String {
        text_of(&self.runs)
    }

    /// The cell of the form that stands in it alone, if one does.
    pub fn key(&self) -> Option<&str> {
        key_of(&self.runs)
    }
}

impl Plan {
    pub fn of(sheet: &Sheet) -> Self {
        let width = if sheet.is_landscape { LANDSCAPE } else { PORTRAIT };
        let mut drafted = Drafted { cuts: cuts(sheet, width), rows: Vec::new(), boxes: Vec::new() };
        // The rows of the tallest table with a heading; a worksheet repeats but one heading.
        let mut heads: Option<(usize, usize, usize)> = None;
        for piece in &sheet.pieces {
            let first = drafted.rows.len();
            match piece {
                Piece::Line(line) => drafted.line(line),
                Piece::Table(table) => {
                    drafted.table(table, width);
                    let height = drafted.rows.len() - first;
                    if table.heads > 0 && heads.is_none_or(|(_, _, tallest)| height > tallest) {
                        heads = Some((first, first + table.heads - 1, height));
                    }
                }
            }
        }
        drafted.finish(heads.map(|(first, last, _)| (first, last)), sheet.is_landscape)
    }

    /// The height of all rows, in points.
    pub fn height(&self) -> u32 {
        self.rows.iter().sum()
    }
}

/// Rows as they are drawn; what is too tall for one row of a spreadsheet gets several in the end.
struct Drafted {
    /// Where columns begin and end, in pixels from the left.
    cuts: Vec<u32>,
    rows: Vec<u32>,
    boxes: Vec<Placed>,
}

impl Drafted {
    fn line(&mut self, line: &Line) {
        let last = self.cuts.len() - 2;
        let (size, align) = match line.kind {
            LineKind::Title | LineKind::Heading(_) => (TITLE, Align::Centre),
            _ => (TEXT, Align::Left),
        };
        let look = Look { align, indent: 0, size, is_upright: false, borders: [false; 4] };
        if line.kind != LineKind::Fields {
            self.rows.push(if size == TITLE { LEAST * 2 } else { LEAST });
            self.place(line.runs.clone(), 1, (0, last), look);
            return;
        }
        let fields = fields(&line.runs);
        for some in fields.chunks(last + 1) {
            self.rows.push(LEAST);
            for (field, columns) in some.iter().zip(self.shares(some.len())) {
                self.place(field.to_vec(), 1, columns, look.clone());
            }
        }
    }

    fn table(&mut self, table: &Table, width: u32) {
        let edges: Vec<usize> = edges(table, width)
            .into_iter()
            .map(|edge| self.cuts.binary_search(&edge).unwrap_or_else(|at| at.min(self.cuts.len() - 1)))
            .collect();
        // How many rows below each column are still covered.
        let mut covered = vec![0; edges.len() - 1];
        let mut is_below_open_side = false;
        for row in &table.rows {
            self.rows.push(LEAST);
            let mut at = 0;
            let mut opens_side = false;
            for cell in row {
                while covered.get(at).is_some_and(|rows| *rows > 0) {
                    at += 1;
                }
                let end = (at + cell.columns).min(covered.len());
                if at >= end {
                    break;
                }
                covered[at..end].fill(cell.rows);
                let mut look = look(cell);
                if cell.is("side") {
                    // The corner above a title at the side belongs to it, as in the official tables.
                    let is_corner = cell.text().is_empty();
                    look.borders[3] = !is_corner;
                    look.borders[2] = !is_below_open_side;
                    opens_side = is_corner;
                }
                if at > 0 && row.iter().any(|other| other.is("inline")) && cell.is("figure") {
                    look.borders[0] = false;
                }
                self.place(cell.runs.clone(), cell.rows, (edges[at], edges[end] - 1), look);
                at = end;
            }
            is_below_open_side = opens_side;
            covered.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        }
    }

    /// Puts a cell into the last row and those below it that it covers.
    fn place(&mut self, runs: Vec<Run>, height: usize, columns: (usize, usize), look: Look) {
        let first = self.rows.len() - 1;
        self.boxes.push(Placed { rows: (first, first + height.max(1) - 1), columns, runs, look });
    }

    /// The columns of so many fields beside each other, about equally wide.
    fn shares(&self, count: usize) -> Vec<(usize, usize)> {
        let columns = self.cuts.len() - 1;
        let mut begin = 0;
        (0..count)
            .map(|field| {
                let left = count - field;
                let share = (self.cuts[columns] - self.cuts[begin]) / u32::try_from(left).unwrap_or(1);
                let ideal = self.cuts[begin] + share;
                let end = (begin + 1..=columns + 1 - left).min_by_key(|at| self.cuts[*at].abs_diff(ideal));
                let share = (begin, end.unwrap_or(begin + 1) - 1);
                begin = share.1 + 1;
                share
            })
            .collect()
    }

    fn finish(mut self, heads: Option<(usize, usize)>, is_landscape: bool) -> Plan {
        let needs = |placed: &Placed| {
            let pixels = self.cuts[placed.columns.1 + 1] - self.cuts[placed.columns.0];
            let text = placed.text();
            match placed.look.is_upright {
                true => extent::upright_height(&text),
                false => extent::height(&text, pixels, placed.look.indent) * placed.look.size / TEXT,
            }
        };
        // Cells of one row first, so that the taller ones ask only for what is still missing.
        let mut needed: Vec<((usize, usize), u32)> =
            self.boxes.iter().map(|placed| (placed.rows, needs(placed))).collect();
        needed.sort_by_key(|((first, last), _)| last - first);
        for ((first, last), height) in needed {
            let rows = self.rows.get_mut(first..=last).unwrap_or_default();
            let count = u32::try_from(rows.len()).unwrap_or(1).max(1);
            let missing = height.saturating_sub(rows.iter().sum());
            rows.iter_mut().for_each(|row| *row += missing.div_ceil(count));
        }
        // Where each drawn row begins.
        let mut starts = vec![0];
        let mut rows = Vec::new();
        for height in &self.rows {
            let count = height.div_ceil(MOST).max(1);
            rows.extend((0..count).map(|_| height.div_ceil(count)));
            starts.push(rows.len());
        }
        let at = |(first, last): (usize, usize)| (starts[first], starts[(last + 1).min(starts.len() - 1)] - 1);
        for placed in &mut self.boxes {
            placed.rows = at(placed.rows);
        }
        let columns = self.cuts.windows(2).map(|pair| pair[1] - pair[0]).collect();
        Plan { columns, rows, boxes: self.boxes, heads: heads.map(at), is_landscape }
    }
}

/// Where the columns of all tables of a sheet begin and end.
fn cuts(sheet: &Sheet, width: u32) -> Vec<u32> {
    let tables =
        sheet.pieces.iter().filter_map(|piece| if let Piece::Table(table) = piece { Some(table) } else { None });
    let mut cuts: BTreeSet<u32> = tables.flat_map(|table| edges(table, width)).collect();
    cuts.extend([0, width]);
    cuts.into_iter().collect()
}

/// Where the columns of a table begin and end; all are as wide where the form does not say.
fn edges(table: &Table, width: u32) -> Vec<u32> {
    let widths = match table.widths.is_empty() {
        true => vec![1; table.rows.first().map_or(1, |row| row.iter().map(|cell| cell.columns).sum::<usize>().max(1))],
        false => table.widths.clone(),
    };
    let all = widths.iter().sum::<u32>().max(1);
    let mut sum = 0;
    let ends = widths.iter().map(|share| {
        sum += share;
        width * sum / all
    });
    std::iter::once(0).chain(ends).collect()
}

/// A line of labels with their blanks, in fields.
fn fields(runs: &[Run]) -> Vec<&[Run]> {
    runs.chunk_by(|before, run| before.key.is_none() || run.key.is_some()).collect()
}

fn look(cell: &TableCell) -> Look {
    let is_plain_heading = cell.is_heading && !cell.is("label") && !cell.is("name");
    let align = match () {
        () if cell.is("figure") => Align::Right,
        () if cell.is("fixed") || is_plain_heading => Align::Centre,
        () => Align::Left,
    };
    Look {
        align,
        indent: cell.indent(),
        size: TEXT,
        is_upright: cell.is("side"),
        borders: [true, !cell.is("inline"), true, true],
    }
}
