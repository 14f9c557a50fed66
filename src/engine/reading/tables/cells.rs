//! Cells of a flattened table.

use std::ops::Range;

use crate::engine::reading::plain::{Letter, Line, Plain};

/// One cell in plain letters.
#[derive(Debug)]
pub(super) struct Cell {
    pub text: Vec<char>,
    letters: Vec<Letter>,
}

impl Cell {
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// The bytes of a stretch of its letters.
    pub fn place(&self, letters: Range<usize>) -> Range<usize> {
        match (self.letters.get(letters.start), self.letters.get(letters.end.saturating_sub(1))) {
            (Some(first), Some(last)) => first.at..last.end,
            _ => 0..0,
        }
    }

    fn extend(&mut self, letters: &[Letter]) {
        self.text.extend(letters.iter().map(|letter| letter.plain));
        self.letters.extend(letters);
    }

    fn of(letters: Vec<Letter>) -> Self {
        Self { text: letters.iter().map(|letter| letter.plain).collect(), letters }
    }
}

/// The cells of a stretch of lines.
pub(super) fn cells(plain: &Plain<'_>, lines: Range<usize>) -> Vec<Cell> {
    let lines = &plain.lines[lines];
    let has_tabs = lines.iter().filter(|line| line.is_cell).count() > 3;
    let has_rows = lines.iter().any(Line::begins_row);
    let mut cells: Vec<Cell> = Vec::new();
    // Whether the line before was a cell that goes on in a line without a tab.
    let mut is_open = false;
    for line in lines {
        let is_blank = line.letters.is_empty();
        if has_tabs && !has_rows && !line.is_cell {
            // Between tabs, an empty line parts rows, and words without one go on with the cell before them.
            match cells.last_mut().filter(|_| is_open && !is_blank) {
                Some(cell) => cell.extend(&line.letters),
                None if !is_blank => cells.extend(split(line)),
                None => {}
            }
            is_open = !is_blank;
            continue;
        }
        is_open = !is_blank;
        if !(has_rows && is_blank && !line.is_cell) {
            cells.extend(split(line));
        }
    }
    cells
}

/// A line is one cell, or several figures with spaces between them.
fn split(line: &Line) -> Vec<Cell> {
    let starts: Vec<usize> =
        (0..line.letters.len()).filter(|at| *at == 0 || line.letters[*at].is_after_space).collect();
    let ends = starts.iter().skip(1).copied().chain([line.letters.len()]);
    let pieces: Vec<&[Letter]> = starts.iter().zip(ends).map(|(from, to)| &line.letters[*from..to]).collect();
    let is_figure =
        |piece: &&&[Letter]| piece.iter().all(|l| l.plain.is_ascii_digit() || matches!(l.plain, '.' | ',' | '%' | '-'));
    if pieces.len() > 1 && pieces.iter().filter(is_figure).count() > 1 {
        return pieces.into_iter().map(|piece| Cell::of(piece.to_vec())).collect();
    }
    vec![Cell::of(line.letters.clone())]
}
