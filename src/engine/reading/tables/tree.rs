//! Indicator rows: 一级 and 二级 stand in merged cells, so most rows begin with blanks, and each has a name and its cells.

use crate::engine::reading::Target;
use crate::engine::reading::tables::labels::{shortened, spelled};
use crate::engine::reading::tables::{Table, next};
use crate::engine::template::spec::{BlockSpec, RowSpec};

impl<'a> Table<'a> {
    pub(super) fn tree(&mut self, block: &'a BlockSpec) {
        let is_heading =
            |at: usize| self.found[at].is_some_and(|label| label.block.id == block.id && label.row.is_none());
        let Some(from) = (0..self.cells.len()).rev().find(|at| is_heading(*at)).map(|at| at + 1) else { return };
        let mut numbers: Vec<(String, usize)> = Vec::new();
        let mut upper: Option<&'a RowSpec> = None;
        let mut group: Option<&'a RowSpec> = None;
        let mut at = from;
        while at < self.cells.len() {
            let text = self.cells[at].text.clone();
            at += 1;
            if text.is_empty() {
                continue;
            }
            if let Some((row, rest)) = upper_row(block, &text) {
                if !has_rows(block, row) {
                    self.total(block, row, at);
                    return;
                }
                upper = Some(row);
                group = None;
                self.points(block, row, at - 1, text.len() - rest);
                continue;
            }
            if let Some(row) = upper
                && is_points(&text)
            {
                self.points(block, row, at - 1, 0);
                continue;
            }
            if let Some(row) =
                group_row(block, upper, &text).filter(|row| group.is_none_or(|group| group.group != row.group))
            {
                group = Some(row);
                continue;
            }
            let Some(name) = group.and_then(|row| row.group.clone()) else { continue };
            at = self.indicator(block, &name, next(&mut numbers, &name), at - 1);
        }
    }

    /// One row from its name on; returns where it ends.
    fn indicator(&mut self, block: &'a BlockSpec, group: &str, number: usize, name: usize) -> usize {
        let mut at = name;
        for column in &block.columns {
            let Some(cell) = self.cells.get(at) else { break };
            // A row that ends early has lost the blanks behind it.
            if at > name && !cell.is_blank() && is_label(block, &cell.text) {
                break;
            }
            let target = vec![Target::Row { group: group.to_owned(), number, column: column.id.clone() }];
            if column.kind.measure().is_some() {
                self.figure(at, target, column);
            } else {
                self.words(at, target);
            }
            at += 1;
        }
        at
    }

    /// The points of a 一级 in brackets behind its name: (40分).
    fn points(&mut self, block: &BlockSpec, row: &RowSpec, cell: usize, from: usize) {
        let Some(column) = block.columns.iter().find(|column| row.has(column) && column.kind.measure().is_some())
        else {
            return;
        };
        let text = &self.cells[cell].text;
        let is_digit = |c: &char| c.is_ascii_digit() || *c == '.';
        let Some(start) = text.iter().skip(from).position(is_digit).map(|at| at + from) else { return };
        let end = start + text[start..].iter().take_while(|c| is_digit(c)).count();
        let (place, value) = (self.cells[cell].place(start..end), text[start..end].iter().collect());
        let key = [block.id.as_str(), row.id.as_deref().unwrap_or_default(), &column.id].join(".");
        self.push(place, value, vec![Target::Cell(key)], column);
    }

    /// 总分: its figures follow, with blanks between them perhaps.
    fn total(&mut self, block: &BlockSpec, row: &RowSpec, mut at: usize) {
        for column in block.columns.iter().filter(|column| row.has(column)) {
            while self.cells.get(at).is_some_and(|cell| cell.is_blank()) {
                at += 1;
            }
            if at < self.cells.len() {
                let key = [block.id.as_str(), row.id.as_deref().unwrap_or_default(), &column.id].join(".");
                self.figure(at, vec![Target::Cell(key)], column);
            }
            at += 1;
        }
    }
}

/// A printed row whose label the text begins with, and how much of the text is left behind it.
fn upper_row<'a>(block: &'a BlockSpec, text: &[char]) -> Option<(&'a RowSpec, usize)> {
    block.rows.iter().filter(|row| row.id.is_some()).find_map(|row| {
        let label = spelled(&row.label);
        let rest = text.strip_prefix(label.as_slice())?;
        (rest.is_empty() || is_points(rest)).then_some((row, rest.len()))
    })
}

fn group_row<'a>(block: &'a BlockSpec, upper: Option<&RowSpec>, text: &[char]) -> Option<&'a RowSpec> {
    let upper = upper?.id.as_ref();
    let words = shortened(text);
    let groups = block.rows.iter().filter(|row| row.group.is_some() && row.under.as_ref() == upper);
    groups.into_iter().find(|row| shortened(&spelled(&row.label)) == words)
}

fn has_rows(block: &BlockSpec, row: &RowSpec) -> bool {
    block.rows.iter().any(|other| other.under.is_some() && other.under == row.id)
}

fn is_label(block: &BlockSpec, text: &[char]) -> bool {
    let words = shortened(text);
    let is_group = |row: &&RowSpec| row.group.is_some() && shortened(&spelled(&row.label)) == words;
    upper_row(block, text).is_some() || block.rows.iter().any(|row| is_group(&row))
}

/// (40分), （20）
fn is_points(text: &[char]) -> bool {
    let inner: Vec<&char> = text.iter().filter(|c| !matches!(c, '(' | ')' | '分')).collect();
    let has_sign = text.iter().any(|c| matches!(c, '(' | '分'));
    has_sign && !inner.is_empty() && inner.iter().all(|c| c.is_ascii_digit() || **c == '.')
}
