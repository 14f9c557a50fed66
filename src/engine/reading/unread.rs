//! Lines of tables and ledgers with figures of which none was understood, so that nothing is passed over in silence.

use std::ops::Range;

use crate::engine::reading::Link;
use crate::engine::reading::plain::{Line, Plain};
use crate::engine::reading::tables::Tables;

/// The bytes of each such line, in the order of the text.
pub(super) fn unread(plain: &Plain<'_>, tables: &Tables, links: &[Link]) -> Vec<Range<usize>> {
    let of_link = |link: &Link| -> Vec<usize> {
        let addends = link.addends.iter().map(|addend| addend.at.start);
        addends.chain([link.at.start]).collect()
    };
    let mut read: Vec<usize> = links.iter().flat_map(of_link).collect();
    read.sort_unstable();
    let mut unread = Vec::new();
    for row in plain.rows() {
        let cells = &plain.lines[row.lines.clone()];
        let at = cells[0].at.start..cells[cells.len() - 1].at.end;
        let is_read = read.get(read.partition_point(|place| *place < at.start)).is_some_and(|place| *place < at.end);
        if tables.covers(row.lines.start) && !is_read && has_figure(cells) {
            unread.push(at);
        }
    }
    unread
}

fn has_figure(cells: &[Line]) -> bool {
    // What stands before the first words is a code, or the number of the line.
    let words = |cell: &Line| !cell.letters.is_empty() && !is_figure(cell);
    let cells = &cells[cells.iter().position(words).unwrap_or_default()..];
    let figures = || cells.iter().filter(|cell| is_figure(cell));
    // A line that numbers the columns: 1, 2, 3.
    let numbers = figures().zip(1..).all(|(cell, number)| cell.plain() == number.to_string());
    figures().next().is_some() && !(numbers && figures().nth(1).is_some())
}

fn is_figure(cell: &Line) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '(' | ')' | '¥' | '元' | '万');
    let mut letters = cell.letters.iter().map(|letter| letter.plain);
    letters.clone().all(is_part) && letters.any(|c| c.is_ascii_digit())
}
