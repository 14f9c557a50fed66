//! Finds the tables of the form in flattened text, one cell a line or a tab between cells. Rows are known by their
//! labels, so other rows, other annex numbers and merged cells do no harm.

mod cells;
mod labels;
mod tree;

use std::ops::Range;

use crate::engine::amount::{Entry, Measure, read_amount};
use crate::engine::layout::Layout;
use crate::engine::reading::context::find_year;
use crate::engine::reading::plain::{Line, Plain};
use crate::engine::reading::tables::cells::{Cell, cells};
use crate::engine::reading::tables::labels::{Label, Labels, bare, spelled};
use crate::engine::reading::unit::MoneyUnit;
use crate::engine::reading::{Certainty, Link, Source, Target};
use crate::engine::template::spec::{BlockSpec, ColumnSpec, Place, RowSpec, SheetSpec};

/// The tables of a text.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub links: Vec<Link>,
    /// The unit's name as the form gives it.
    pub unit: Option<String>,
    /// The year in the title of the first one.
    pub year: Option<i32>,
    /// Whether each line of the text belongs to a table.
    lines: Vec<bool>,
}

impl Tables {
    /// Whether a line of the text belongs to a table.
    pub fn covers(&self, line: usize) -> bool {
        self.lines.get(line).copied().unwrap_or_default()
    }
}

/// A title is no longer than this; a sentence that speaks of the table is.
const LONGEST_TITLE: usize = 48;
/// The unit of a table's amounts stands so many lines above its title, or below it.
const LINES_ABOVE: usize = 2;
/// Bytes of 附件, a number and a colon.
const LONGEST_ANNEX: usize = 12;
/// So many letters of a title are enough to know it.
const TITLE_LETTERS: usize = 5;

/// `others` are sheets that are none of the form's; nothing of the form is looked for in them.
pub(super) fn read(layout: &Layout<'_>, plain: &Plain<'_>, others: &[Range<usize>]) -> Tables {
    let spec = layout.template.spec();
    let prose = spec.report.as_ref().map(|report| &report.sheet);
    let sheets: Vec<&SheetSpec> = spec.sheets.iter().filter(|sheet| Some(&sheet.id) != prose).collect();
    let sheets: Vec<Sheet<'_>> = sheets.into_iter().map(|spec| Sheet::of(layout, spec)).collect();
    let mut tables = Tables { lines: vec![false; plain.lines.len()], ..Tables::default() };
    let mut titles: Vec<(usize, &Sheet<'_>)> = Vec::new();
    let mut text: Vec<char> = Vec::new();
    for (at, line) in plain.lines.iter().enumerate() {
        if line.letters.is_empty() || line.letters.len() > LONGEST_TITLE {
            continue;
        }
        text.clear();
        text.extend(line.letters.iter().map(|letter| letter.plain));
        tables.lines[at] = text.iter().map(|c| c.len_utf8()).sum::<usize>() <= LONGEST_ANNEX
            && sheets.iter().any(|sheet| text.starts_with(&sheet.annex));
        // （单位：元）
        if let Some(at) = text.windows(4).position(|window| window == ['(', '单', '位', ':']) {
            text.truncate(at);
        }
        text.retain(|c| !matches!(c, '(' | ')'));
        titles.extend(sheets.iter().find(|sheet| text.ends_with(&sheet.title)).map(|sheet| (at, sheet)));
    }
    for (index, (from, sheet)) in titles.iter().enumerate() {
        let to = titles.get(index + 1).map_or(plain.lines.len(), |(next, _)| *next);
        let to = others.iter().map(|other| other.start).find(|start| start > from).map_or(to, |other| to.min(other));
        // A title in a list of annexes has no table below it.
        let cells = cells(plain, from + 1..to);
        let found = cells.iter().map(|cell| sheet.labels.find(cell)).collect();
        let (unit, is_unit_clear) = (MoneyUnit::Wan, true);
        let mut table = Table {
            layout,
            plain,
            sheet: sheet.spec,
            labels: &sheet.labels,
            cells,
            found,
            unit,
            is_unit_clear,
            links: Vec::new(),
        };
        let above = plain.lines[from.saturating_sub(LINES_ABOVE)..=*from].iter().rev();
        table.read(above.map(Line::plain).find_map(|line| MoneyUnit::stated(&line)));
        if table.links.is_empty() {
            tables.lines[*from] = true;
            continue;
        }
        tables.lines[*from..to].fill(true);
        tables.links.append(&mut table.links);
        let title: Vec<char> = plain.lines[*from].letters.iter().map(|letter| letter.plain).collect();
        tables.year = tables.year.or(find_year(&title).map(|(_, year)| year));
    }
    for other in others {
        tables.lines[other.clone()].fill(true);
    }
    let name = spec.unit_name.as_ref();
    let named = tables.links.iter().find(|link| matches!(link.cell(), Some(Target::Cell(key)) if Some(key) == name));
    tables.unit = named.map(|link| link.text.clone());
    tables
}

/// A sheet and what it is known by.
struct Sheet<'a> {
    spec: &'a SheetSpec,
    labels: Labels<'a>,
    /// The end of its title: years, 部门 and numbers of annexes before it differ.
    title: Vec<char>,
    /// 附件, without its number.
    annex: Vec<char>,
}

impl<'a> Sheet<'a> {
    fn of(layout: &Layout<'a>, spec: &'a SheetSpec) -> Self {
        let mut title: Vec<char> = bare(&spec.title);
        title.drain(..title.len().saturating_sub(TITLE_LETTERS));
        let annex = spec.annex.trim_end_matches(char::is_numeric).chars().collect();
        Self { spec, labels: Labels::of(layout, spec), title, annex }
    }
}

/// One table being read.
struct Table<'a> {
    layout: &'a Layout<'a>,
    plain: &'a Plain<'a>,
    sheet: &'a SheetSpec,
    labels: &'a Labels<'a>,
    cells: Vec<Cell>,
    /// Which label each cell is.
    found: Vec<Option<Label<'a>>>,
    /// Of the block at hand.
    unit: MoneyUnit,
    /// Whether its headings and the line about the table say the same.
    is_unit_clear: bool,
    links: Vec<Link>,
}

impl<'a> Table<'a> {
    /// `above` is the unit that stands above the table's title.
    fn read(&mut self, above: Option<MoneyUnit>) {
        let blocks: Vec<&BlockSpec> =
            self.layout.template.spec().blocks.iter().filter(|block| block.sheet == self.sheet.id).collect();
        let below = self.cells.iter().zip(&self.found).take_while(|(_, label)| label.is_none());
        let stated = |cell: &Cell| MoneyUnit::stated(&cell.text.iter().collect::<String>());
        let whole = below.into_iter().find_map(|(cell, _)| stated(cell)).or(above);
        let mut headed = None;
        for block in blocks {
            // A block without a title of its own stands under that of the one before it.
            if block.place != Place::Joined {
                let headings = self.cells.iter().zip(&self.found);
                let is_heading = |label: &Label<'_>| label.block.id == block.id && label.row.is_none();
                let headings = headings.filter(|(_, label)| label.as_ref().is_some_and(is_heading));
                headed = headings.into_iter().find_map(|(cell, _)| stated(cell));
            }
            self.unit = headed.or(whole).unwrap_or(MoneyUnit::Wan);
            self.is_unit_clear = headed.is_none_or(|headed| whole.is_none_or(|whole| headed == whole));
            match block.place {
                Place::Line => self.fields(block),
                Place::Joined => self.joined(block),
                Place::Prose => {}
                _ if !block.heads.is_empty() => self.tree(block),
                _ if block.rows.iter().any(|row| !row.label.is_empty()) => self.rows(block),
                _ => self.headed(block),
            }
        }
    }

    /// Rows known by their labels, each followed by its cells.
    fn rows(&mut self, block: &'a BlockSpec) {
        let columns: Vec<&ColumnSpec> = block.visible_columns().collect();
        let mut numbers: Vec<(String, usize)> = Vec::new();
        let mut group: Option<&RowSpec> = None;
        let mut at = 0;
        while at < self.cells.len() {
            let label = self.found[at].filter(|label| label.block.id == block.id);
            let from = at + 1;
            at = from;
            let (row, number) = match label {
                Some(Label { row: Some(row), .. }) => {
                    // Rows that people add stand behind this one.
                    group = block
                        .rows
                        .iter()
                        .skip_while(|other| other.id != row.id)
                        .nth(1)
                        .filter(|row| row.group.is_some());
                    (row, None)
                }
                Some(Label { row: None, .. }) => continue,
                None => {
                    let cell = &self.cells[from - 1];
                    let is_name = !cell.is_blank() && self.found[from - 1].is_none() && !is_figure(&cell.text);
                    let Some(row) = group.filter(|_| is_name) else { continue };
                    let end = self.end_of_row(from, columns.len());
                    // …… and a name without figures are the form's own.
                    if self.cells[from..end].iter().all(Cell::is_blank) || cell.text.first() == Some(&'…') {
                        continue;
                    }
                    let group = row.group.clone().unwrap_or_default();
                    let number = next(&mut numbers, &group);
                    if let Some(name) = block.columns.iter().find(|column| column.kind.measure().is_none()) {
                        let target = Target::Row { group, number, column: name.id.clone() };
                        self.words(from - 1, vec![target]);
                    }
                    (row, Some(number))
                }
            };
            if columns.iter().all(|column| column.kind.measure().is_none()) {
                self.words_of(block, row, &columns, from);
                continue;
            }
            let end = self.end_of_row(from, columns.len());
            self.figures(block, row, number, &columns, from..end);
            at = end;
        }
    }

    /// The words in the cells of a printed row.
    fn words_of(&mut self, block: &BlockSpec, row: &RowSpec, columns: &[&ColumnSpec], from: usize) {
        for (at, column) in (from..self.cells.len()).zip(columns) {
            if self.found[at].is_some() {
                return;
            }
            let key = [block.id.as_str(), row.id.as_deref().unwrap_or_default(), &column.id].join(".");
            self.words(at, vec![Target::Cell(key)]);
        }
    }

    /// Where the cells of a row end: at most so many, and before the next label or name.
    fn end_of_row(&self, from: usize, most: usize) -> usize {
        let mut end = from;
        while end < self.cells.len() && end - from < most {
            let cell = &self.cells[end];
            if !cell.is_blank() && (self.found[end].is_some() || !is_figure(&cell.text)) {
                break;
            }
            end += 1;
        }
        end
    }

    /// Puts the cells of a row to its columns. Fewer cells than columns leave open which of them are blank.
    fn figures(
        &mut self,
        block: &BlockSpec,
        row: &RowSpec,
        number: Option<usize>,
        columns: &[&ColumnSpec],
        cells: Range<usize>,
    ) {
        let target = |column: &ColumnSpec| match (&row.group, number) {
            (Some(group), Some(number)) => Target::Row { group: group.clone(), number, column: column.id.clone() },
            _ => Target::Cell([block.id.as_str(), row.id.as_deref().unwrap_or_default(), &column.id].join(".")),
        };
        let spare = columns.len() - cells.len();
        for (at, cell) in cells.enumerate() {
            // The form prints —— there by itself.
            let targets: Vec<Target> = columns[at..=at + spare]
                .iter()
                .filter(|column| row.has(column) && !row.fixed.contains_key(&column.id))
                .map(|column| target(column))
                .collect();
            if !targets.is_empty() {
                self.figure(cell, targets, columns[at]);
            }
        }
    }

    /// A block with one line below its headings, or beside its title.
    fn headed(&mut self, block: &'a BlockSpec) {
        let columns: Vec<&ColumnSpec> = block.visible_columns().collect();
        let is_here = |label: &Label<'_>| label.block.id == block.id;
        let Some(last) = self.found.iter().rposition(|label| label.as_ref().is_some_and(is_here)) else {
            return;
        };
        let from = last + 1;
        let note = self.sheet.note.as_deref().map(spelled).unwrap_or_default();
        let is_below = |cell: &Cell| !note.is_empty() && cell.text.starts_with(&note);
        let length = (from..self.cells.len())
            .map(|at| (&self.cells[at], &self.found[at]))
            .take_while(|(cell, label)| cell.is_blank() || label.is_none() && !is_below(cell))
            .count();
        // The title's own cell stands before the figures where it reaches down to them.
        let blank = self.cells[from..from + length].iter().take_while(|cell| cell.is_blank()).count();
        let skipped = blank.min(length.saturating_sub(columns.len()));
        let cells = from + skipped..from + length.min(skipped + columns.len());
        let Some(row) = block.rows.first() else { return };
        if cells.len() < columns.len() && row.group.is_some() {
            return;
        }
        let number = row.group.as_ref().map(|_| 1);
        let is_filled = self.cells[cells.clone()].iter().any(|cell| !cell.is_blank());
        if !is_filled {
            return;
        }
        if columns.iter().all(|column| column.kind.measure().is_some()) {
            self.figures(block, row, number, &columns, cells);
            return;
        }
        for (cell, column) in cells.zip(columns) {
            let key = [block.id.as_str(), row.id.as_deref().unwrap_or_default(), &column.id].join(".");
            self.words(cell, vec![Target::Cell(key)]);
        }
    }

    /// Labels with their figure in the same cell: 其他资金：27.76.
    fn joined(&mut self, block: &'a BlockSpec) {
        let Some(column) = block.columns.first() else { return };
        for at in 0..self.cells.len() {
            let text = self.cells[at].text.clone();
            let (label, value) = match text.iter().rposition(|c| *c == ':') {
                Some(colon) => (&text[..colon], &text[colon + 1..]),
                None => continue,
            };
            let Some(row) = self.labels.row_of(label, block) else { continue };
            let key = [block.id.as_str(), row.id.as_deref().unwrap_or_default(), &column.id].join(".");
            if !value.is_empty() {
                let place = self.cells[at].place(text.len() - value.len()..text.len());
                self.push(place, value.iter().collect(), vec![Target::Cell(key)], column);
            } else if self.cells.get(at + 1).is_some_and(|next| !next.is_blank() && is_figure(&next.text)) {
                self.figure(at + 1, vec![Target::Cell(key)], column);
            }
        }
    }

    /// A line of labels and blanks below the table.
    fn fields(&mut self, block: &'a BlockSpec) {
        let Some(column) = block.columns.first() else { return };
        let labels: Vec<(Vec<char>, &RowSpec)> = block.rows.iter().map(|row| (spelled(&row.label), row)).collect();
        for at in 0..self.cells.len() {
            let text = self.cells[at].text.clone();
            let mut found: Vec<(usize, usize, &RowSpec)> = Vec::new();
            for (label, row) in &labels {
                let place = text.windows(label.len().max(1)).position(|window| window == label.as_slice());
                found.extend(place.map(|place| (place, place + label.len(), *row)));
            }
            found.sort_by_key(|(place, ..)| *place);
            for (index, (_, from, row)) in found.iter().enumerate() {
                let to = found.get(index + 1).map_or(text.len(), |(next, ..)| *next);
                if *from < to {
                    let key = [block.id.as_str(), row.id.as_deref().unwrap_or_default(), &column.id].join(".");
                    let place = self.cells[at].place(*from..to);
                    let words = self.plain.text[place.clone()].trim().to_owned();
                    self.push_words(place, words, vec![Target::Cell(key)]);
                }
            }
        }
    }

    // ---- links

    fn figure(&mut self, cell: usize, targets: Vec<Target>, column: &ColumnSpec) {
        let cell = &self.cells[cell];
        if !cell.is_blank() {
            let (place, text) = (cell.place(0..cell.text.len()), cell.text.iter().collect());
            self.push(place, text, targets, column);
        }
    }

    fn push(&mut self, at: Range<usize>, text: String, cells: Vec<Target>, column: &ColumnSpec) {
        let Some(measure) = column.kind.measure() else { return self.push_words(at, text, cells) };
        let value = match read_amount(&text, measure) {
            Entry::Number(amount) => Some(amount.value),
            Entry::NotApplicable => None,
            Entry::Blank | Entry::Unreadable(_) => return,
        };
        let certainty = match cells.len() {
            1 if measure != Measure::Money || self.is_unit_clear => Certainty::Certain,
            1 => Certainty::Likely,
            _ => Certainty::Ambiguous,
        };
        let in_wan = Some(measure).filter(|measure| *measure == Measure::Money).and_then(|_| self.unit.read(&text));
        let link = match in_wan.filter(|amount| amount.is_converted).map(|amount| amount.value.normalize()) {
            Some(wan) => {
                let link = Link::new(at, cells, wan.to_string(), Some(wan), certainty, Source::Table);
                Link { converted: true, ..link }
            }
            None => Link::new(at, cells, text, value, certainty, Source::Table),
        };
        self.links.push(link);
    }

    fn words(&mut self, cell: usize, targets: Vec<Target>) {
        let cell = &self.cells[cell];
        if !cell.is_blank() {
            let place = cell.place(0..cell.text.len());
            let words = self.plain.text[place.clone()].trim().to_owned();
            self.push_words(place, words, targets);
        }
    }

    fn push_words(&mut self, at: Range<usize>, text: String, cells: Vec<Target>) {
        self.links.push(Link::new(at, cells, text, None, Certainty::Certain, Source::Table));
    }
}

/// The number of the next row of a group.
fn next(numbers: &mut Vec<(String, usize)>, group: &str) -> usize {
    match numbers.iter_mut().find(|(known, _)| known == group) {
        Some((_, number)) => {
            *number += 1;
            *number
        }
        None => {
            numbers.push((group.to_owned(), 1));
            1
        }
    }
}

/// Whether a cell holds a figure, or says that there is none.
fn is_figure(text: &[char]) -> bool {
    let is_number =
        |c: &char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-' | '/' | '万' | '元' | '人' | '分' | '¥');
    text.iter().all(is_number) || text == ['无']
}
