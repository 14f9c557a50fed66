//! Writes the report of a filing: headings, sentences with their figures, the person's own words.
//!
//! What is written are runs that still know their cells, so that a page can link each figure to its cell.

use crate::engine::amount::{Amount, Entry, format_plain, read_amount};
use crate::engine::layout::{FieldIndex, Layout};
use crate::engine::report::clauses::mended;
use crate::engine::report::pattern::{Piece, parse, slots};
use crate::engine::template::spec::{PartSpec, ReportSpec, SectionSpec};

/// A paragraph of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paragraph {
    /// A heading; 1 is the title of the report.
    Heading {
        depth: u8,
        text: String,
    },
    Sentence(Vec<Run>),
    /// A line of the person's own words, from this cell. Empty where nothing is written yet.
    Own {
        cell: String,
        text: String,
    },
    /// 无。: a section of which nothing is filled.
    Nothing(String),
    /// Where rows of a group may be added, behind the last of them; nothing on paper.
    EndOfRows(String),
}

/// Words or a figure of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    Words(String),
    /// The figure, or the name of a row, in this cell as the report prints it; empty where it is blank.
    Cell {
        key: String,
        text: String,
    },
    /// A row of a group begins here: the group and the row's id.
    Row {
        group: String,
        id: String,
    },
    /// The end of the rows of a group within a sentence.
    EndOfRows(String),
}

/// Whether blank figures are kept, to be filled on the screen, or dropped with the words around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blanks {
    Kept,
    Dropped,
}

/// The report of a filing, for paper or for filling in; nothing where the form has none.
pub fn write(layout: &Layout<'_>, blanks: Blanks) -> Vec<Paragraph> {
    let Some(report) = &layout.template.spec().report else { return Vec::new() };
    Writer { layout, blanks, unit: unit(layout) }.report(report)
}

/// The report as text, a paragraph a line.
pub fn plain_text(paragraphs: &[Paragraph]) -> String {
    let mut text = String::new();
    for paragraph in paragraphs {
        match paragraph {
            Paragraph::Heading { text: heading, .. } => text.push_str(heading),
            Paragraph::Nothing(words) => text.push_str(words),
            Paragraph::Own { text: own, .. } if own.trim().is_empty() => continue,
            Paragraph::Own { text: own, .. } => text.push_str(own.trim_end()),
            Paragraph::Sentence(runs) => runs.iter().for_each(|run| match run {
                Run::Words(words) => text.push_str(words),
                Run::Cell { text: figure, .. } => text.push_str(figure),
                Run::Row { .. } | Run::EndOfRows(_) => {}
            }),
            Paragraph::EndOfRows(_) => continue,
        }
        text.push('\n');
    }
    text
}

/// The unit's name as the report uses it.
pub fn unit(layout: &Layout<'_>) -> String {
    let name = layout.template.spec().unit_name.as_deref().map_or("", |key| layout.submission.text(key)).trim();
    name.to_owned()
}

struct Writer<'a> {
    layout: &'a Layout<'a>,
    blanks: Blanks,
    unit: String,
}

impl Writer<'_> {
    fn report(&self, report: &ReportSpec) -> Vec<Paragraph> {
        let mut written = Vec::new();
        if let Some(sheet) = self.layout.template.sheet(&report.sheet) {
            written.push(self.heading(1, &sheet.title));
        }
        report.sections.iter().for_each(|section| self.section(section, &mut written));
        written
    }

    fn section(&self, section: &SectionSpec, written: &mut Vec<Paragraph>) {
        written.push(self.heading(2, &section.heading));
        let begins = written.len();
        section.parts.iter().for_each(|part| self.part(part, written));
        let is_empty = written[begins..].iter().all(|paragraph| !says_something(paragraph));
        if is_empty && self.blanks == Blanks::Dropped {
            written.truncate(begins);
            written.extend(section.none.clone().map(Paragraph::Nothing));
        }
        if self.blanks == Blanks::Dropped {
            without_empty_headings(begins, written);
        }
    }

    fn part(&self, part: &PartSpec, written: &mut Vec<Paragraph>) {
        if let Some(heading) = &part.heading {
            written.push(self.heading(3, heading));
        }
        if let Some(cell) = &part.text {
            let text = self.layout.submission.text(cell).to_owned();
            written.push(Paragraph::Own { cell: cell.clone(), text });
        }
        // A test parses the sentences of every template, and loading one refuses what cannot be parsed.
        let Some(pieces) = part.sentence.as_deref().and_then(|sentence| parse(sentence).ok()) else { return };
        match &part.each {
            None => written.extend(self.sentence(&pieces, None, 0).map(Paragraph::Sentence)),
            Some(group) => {
                for (at, row) in self.written_rows(group, &pieces).enumerate() {
                    let runs = self.sentence(&pieces, Some((group, row)), at + 1);
                    written.extend(runs.map(Paragraph::Sentence));
                }
                if self.blanks == Blanks::Kept {
                    written.push(Paragraph::EndOfRows(group.clone()));
                }
            }
        }
    }

    /// One sentence; `None` where it has figures and all of them are blank and dropped.
    fn sentence(&self, pieces: &[Piece], row: Option<(&str, &str)>, number: usize) -> Option<Vec<Run>> {
        if self.is_dropped(pieces, row) {
            return None;
        }
        let mut runs = Vec::new();
        if let Some((group, id)) = row {
            runs.push(Run::Row { group: group.to_owned(), id: id.to_owned() });
        }
        self.pieces(pieces, row, number, &mut runs);
        match self.blanks {
            Blanks::Kept => Some(runs),
            Blanks::Dropped => mended(runs, |run| match run {
                Run::Cell { key, text } => {
                    text.is_empty() && self.layout.find(key).is_some_and(|at| self.is_figure(at))
                }
                _ => false,
            }),
        }
    }

    fn pieces(&self, pieces: &[Piece], row: Option<(&str, &str)>, number: usize, runs: &mut Vec<Run>) {
        for piece in pieces {
            match piece {
                Piece::Words(words) => runs.push(Run::Words(self.put_in(words, number))),
                Piece::Slot(name) => runs.extend(self.cell(name, row)),
                Piece::Optional(pieces) if self.is_dropped(pieces, row) => {}
                Piece::Optional(pieces) => self.pieces(pieces, row, number, runs),
                Piece::Rows { group, pieces } => {
                    for (at, id) in self.written_rows(group, pieces).enumerate() {
                        runs.push(Run::Row { group: group.clone(), id: id.to_owned() });
                        self.pieces(pieces, Some((group, id)), at + 1, runs);
                    }
                    runs.push(Run::EndOfRows(group.clone()));
                }
            }
        }
    }

    fn cell(&self, name: &str, row: Option<(&str, &str)>) -> Option<Run> {
        let at = self.find(name, row)?;
        let field = self.layout.field(at);
        let text = self.layout.text(at).trim();
        let text = match field.column.kind.measure().map(|measure| read_amount(text, measure)) {
            // The places of 3,376,000元 are those of its conversion; nobody typed them.
            Some(Entry::Number(Amount { value, converted_from: Some(_), .. })) => {
                format_plain(value, value.normalize().scale())
            }
            Some(Entry::Number(amount)) => format_plain(amount.value, amount.places),
            Some(Entry::NotApplicable) => "0".to_owned(),
            Some(Entry::Blank | Entry::Unreadable(_)) | None => text.to_owned(),
        };
        Some(Run::Cell { key: field.key.clone(), text })
    }

    /// Figures to be had and none there: the words around them would say nothing. The name of a row is no figure.
    fn is_dropped(&self, pieces: &[Piece], row: Option<(&str, &str)>) -> bool {
        if self.blanks == Blanks::Kept {
            return false;
        }
        let slots = slots(pieces);
        let cells: Vec<FieldIndex> = slots
            .iter()
            .flat_map(|(group, name)| match group {
                None => self.find(name, row).into_iter().collect::<Vec<_>>(),
                Some(group) => self.rows(group).filter_map(|id| self.find(name, Some((group, id)))).collect(),
            })
            .collect();
        let has_figures = cells.iter().any(|at| self.is_figure(*at));
        let mut counted = cells.iter().filter(|at| !has_figures || self.is_figure(**at));
        !slots.is_empty() && counted.all(|at| self.layout.text(*at).trim().is_empty())
    }

    fn is_figure(&self, at: FieldIndex) -> bool {
        self.layout.field(at).column.kind.measure().is_some()
    }

    fn find(&self, name: &str, row: Option<(&str, &str)>) -> Option<FieldIndex> {
        match row {
            Some((group, id)) if !name.contains('.') => {
                let block = &self.layout.template.spec().blocks[self.layout.template.group(group)?.block];
                self.layout.cell(&block.id, id, name)
            }
            _ => self.layout.find(name),
        }
    }

    fn rows<'s>(&'s self, group: &str) -> impl Iterator<Item = &'s str> + use<'s> {
        let rows = self.layout.submission.groups.get(group);
        rows.into_iter().flatten().map(|row| row.id.as_str())
    }

    /// The rows that are written, by which they are numbered: one without a figure is dropped.
    fn written_rows<'s>(&'s self, group: &'s str, pieces: &'s [Piece]) -> impl Iterator<Item = &'s str> {
        self.rows(group).filter(move |id| !self.is_dropped(pieces, Some((group, id))))
    }

    fn heading(&self, depth: u8, text: &str) -> Paragraph {
        Paragraph::Heading { depth, text: self.put_in(text, 0) }
    }

    fn put_in(&self, text: &str, number: usize) -> String {
        self.layout.heading(text).replace("{unit}", &self.unit).replace("{n}", &number.to_string())
    }
}

/// A heading of the third depth needs something under it before the next one.
fn without_empty_headings(from: usize, written: &mut Vec<Paragraph>) {
    let (mut is_needed, mut at) = (false, written.len());
    while at > from {
        at -= 1;
        if !matches!(written[at], Paragraph::Heading { .. }) {
            is_needed |= says_something(&written[at]);
            continue;
        }
        if !is_needed {
            written.remove(at);
        }
        is_needed = false;
    }
}

fn says_something(paragraph: &Paragraph) -> bool {
    match paragraph {
        Paragraph::Heading { .. } | Paragraph::EndOfRows(_) => false,
        Paragraph::Own { text, .. } => !text.trim().is_empty(),
        Paragraph::Sentence(_) | Paragraph::Nothing(_) => true,
    }
}
