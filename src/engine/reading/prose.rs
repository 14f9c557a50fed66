//! Finds the figures in sentences: the words before a number, back to the punctuation, say which figure it is.
//!
//! A number is linked only where all of these words are accounted for: 项目支出 behind 培训 is another amount.

mod labels;
mod numbers;
mod rows;

use crate::engine::reading::context::{Context, find_year};
use crate::engine::reading::headings::{Paragraph, Section, paragraphs};
use crate::engine::reading::known::KnownCell;
use crate::engine::reading::plain::Plain;
use crate::engine::reading::prose::labels::{
    Listed, ends_sentence, is_bracket, is_mark, label_start, last, listed, without_brackets, without_remarks,
};
use crate::engine::reading::prose::numbers::{Number, Unit, in_cells_unit, is_rough, numbers};
use crate::engine::reading::prose::rows::Rows;
use crate::engine::reading::tables::Tables;
use crate::engine::reading::{Certainty, Link, ReadSection, Source, Target};
use crate::engine::template::spec::ColumnKind;

/// What the report's prose says.
pub(super) struct Report {
    pub paragraphs: Vec<Paragraph>,
    pub links: Vec<Link>,
    pub sections: Vec<ReadSection>,
}

/// Tells `progress` from 20 to 85 percent.
pub(super) fn read(context: &Context<'_>, plain: &Plain<'_>, tables: &Tables, progress: &mut dyn FnMut(u8)) -> Report {
    let (paragraphs, headings) = paragraphs(context, plain, tables);
    let mut rows = Rows::default();
    let mut links = Vec::new();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let done = 20 + at * 65 / paragraphs.len();
        progress(u8::try_from(done).unwrap_or(85));
        let has_money_unit = paragraph.letters.iter().any(|letter| letter.plain == '元');
        Reader { context, text: plain.text, paragraph, has_money_unit, rows: &mut rows, links: &mut links }.read();
    }
    let mut sections: Vec<ReadSection> = Vec::new();
    let spec = context.report.map(|report| &report.sections);
    for (index, (section, at)) in headings.iter().enumerate() {
        let end = headings.get(index + 1).map_or(plain.text.len(), |(_, next)| next.start);
        let id = spec.map(|sections| sections[*section].id.clone()).unwrap_or_default();
        sections.push(ReadSection { id, at: at.start..end });
    }
    Report { paragraphs, links, sections }
}

/// A number's surroundings.
#[derive(Clone, Copy)]
struct Around<'l> {
    letters: &'l [char],
    /// Where the number before it ends.
    before_end: usize,
    label_from: usize,
    /// The label that a list before it gives: 收入、支出分别为5万元、3万元.
    listed: Option<&'l [char]>,
}

/// Which cells come into question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Those that the section at hand states.
    Own,
    All,
}

/// A year is looked for in so many letters before a number, and at the head of its sentence.
const LONGEST_CLAUSE: usize = 300;
/// So many letters behind a number may tell what it is.
const LONGEST_TAIL: usize = 24;

struct Reader<'a, 'c> {
    context: &'a Context<'c>,
    text: &'a str,
    paragraph: &'a Paragraph,
    /// Whether the paragraph has any amount with its unit.
    has_money_unit: bool,
    rows: &'a mut Rows,
    links: &'a mut Vec<Link>,
}

/// What is known of the sentence so far.
#[derive(Default)]
struct Sentence {
    from: usize,
    /// The last fund that it names, as far as it was looked through.
    fund: Option<(usize, usize)>,
    looked_to: usize,
    /// The group whose rows are being listed, and the unit of their figures.
    listing: Option<(String, Unit)>,
    /// The block of the figure before.
    block: Option<String>,
}

impl Reader<'_, '_> {
    fn read(&mut self) {
        let letters: Vec<char> = self.paragraph.letters.iter().map(|letter| letter.plain).collect();
        let numbers = numbers(&self.paragraph.letters, &letters);
        let listed = listed(&letters, &numbers);
        let mut sentence = Sentence::default();
        let mut before_end = 0;
        for number in &numbers {
            let ends =
                (before_end..number.from).rev().find(|at| ends_sentence(&letters, *at)).map(|at| at - before_end);
            if let Some(end) = ends {
                let from = before_end + end + 1;
                sentence = Sentence { from, looked_to: from, ..Sentence::default() };
            }
            self.number((&letters, &listed), number, before_end, &mut sentence);
            before_end = number.end;
        }
    }

    fn number(
        &mut self,
        (letters, listed): (&[char], &Listed),
        number: &Number,
        before_end: usize,
        sentence: &mut Sentence,
    ) {
        let label_from = label_start(letters, before_end, number.from);
        let listed = listed.get(&number.from).cloned();
        self.look_for_fund(letters, number.from, sentence);
        let said = &letters[sentence.from..number.from];
        if self.is_of_another_year(said) || is_rough(letters, number) {
            return;
        }
        let fund = match &listed {
            Some(listed) => self.fund(listed, 0),
            None => sentence.fund,
        };
        let scope = fund.map_or(self.paragraph.section, |(_, section)| Section::Known(section));
        let around = Around { letters, before_end, label_from, listed: listed.as_deref() };
        if let Some((cells, certainty)) = self.cells(around, number, scope, sentence) {
            sentence.listing = None;
            sentence.block = cells.first().and_then(|cell| cell.key.split('.').next()).map(str::to_owned);
            let certainty = if cells.len() > 1 { Certainty::Ambiguous } else { certainty };
            let cells: Vec<Target> = cells.into_iter().map(|cell| Target::Cell(cell.key.clone())).collect();
            self.link(number, cells, certainty);
            return;
        }
        self.row(letters, label_from, number, sentence);
    }

    /// The cells that the words around a number name, in this place of the report.
    fn cells(
        &self,
        around: Around<'_>,
        number: &Number,
        scope: Section,
        sentence: &Sentence,
    ) -> Option<(Vec<&KnownCell>, Certainty)> {
        let label = match around.listed {
            Some(listed) => without_brackets(listed),
            None => without_brackets(&around.letters[around.label_from..number.from]),
        };
        let behind: Vec<char> =
            around.letters[number.to..].iter().take(LONGEST_TAIL).filter(|c| !is_bracket(**c)).copied().collect();
        for known in self.context.known.around() {
            if label.ends_with(&known.before)
                && known.is_behind(&behind)
                && let Some(found) = choose(&known.cells, scope, number.unit, Reach::All)
            {
                return Some(found);
            }
        }
        // What the section itself states comes first, however short its words.
        [Reach::Own, Reach::All]
            .into_iter()
            .find_map(|reach| self.by_label(&label, around, number, (scope, reach), sentence))
    }

    fn by_label(
        &self,
        label: &[char],
        around: Around<'_>,
        number: &Number,
        (scope, reach): (Section, Reach),
        sentence: &Sentence,
    ) -> Option<(Vec<&KnownCell>, Certainty)> {
        // Words between wording and figure are left out in every way that they may be: 总人数为 ends in 数为, too.
        for end in self.context.ends(label) {
            let label = &label[..end];
            for wording in self.context.known.ending(label) {
                let residue = &label[..label.len() - wording.words.len()];
                let is_accounted_for = if wording.is_free {
                    !self.context.is_other(residue)
                } else {
                    self.context.is_neutral(residue) && !self.has_subject(around, residue, wording.words.len())
                };
                if !is_accounted_for {
                    continue;
                }
                let Some((mut cells, certainty)) = choose(&wording.cells, scope, number.unit, reach) else { continue };
                // 年初预算 behind the figures of something else is that thing's.
                let opens = residue.is_empty() && around.before_end > sentence.from;
                cells.retain(|cell| !(cell.needs_subject && opens) || cell.block() == sentence.block.as_deref());
                if !cells.is_empty() {
                    return Some((cells, certainty));
                }
            }
        }
        None
    }

    /// Whether a short wording such as 支出 has its subject in the clause before it: 监管项目，支出5万元.
    fn has_subject(&self, around: Around<'_>, residue: &[char], length: usize) -> bool {
        let Around { letters, before_end, label_from, listed } = around;
        if listed.is_some() || length > 2 || !residue.is_empty() || label_from == 0 || letters[label_from - 1] != ',' {
            return false;
        }
        let clause = &letters[before_end..label_from - 1];
        let from = clause.iter().rposition(|c| is_mark(*c)).map_or(0, |at| at + 1);
        let clause: Vec<char> = clause[from..].iter().filter(|c| !is_bracket(**c)).copied().collect();
        !clause.is_empty() && from == 0 && before_end == 0 && !self.context.is_neutral(&clause)
    }

    /// The last fund that a sentence names is where its figures belong. Each letter is looked at once.
    fn look_for_fund(&self, letters: &[char], to: usize, sentence: &mut Sentence) {
        let longest = self.context.names.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
        // A name may have begun in what was looked through before.
        let from = sentence.looked_to.saturating_sub(longest).max(sentence.from);
        sentence.fund = self.fund(&letters[from..to], from).max(sentence.fund);
        sentence.looked_to = to;
    }

    /// Where the last fund stands that is named, and its section.
    fn fund(&self, said: &[char], from: usize) -> Option<(usize, usize)> {
        self.context.names.iter().filter_map(|(name, section)| Some((last(said, name)? + from, *section))).max()
    }

    /// Whether the number is of another year: one named in its own clause, or at the head of its sentence.
    fn is_of_another_year(&self, said: &[char]) -> bool {
        let Some(year) = self.context.year else { return false };
        let tail = without_remarks(&said[said.len().saturating_sub(LONGEST_CLAUSE)..]);
        let clause = tail.iter().rposition(|c| is_mark(*c)).map_or(0, |at| at + 1);
        let of = last_year(&tail[clause..]).or_else(|| {
            let head = without_remarks(&said[..said.len().min(LONGEST_CLAUSE)]);
            let end = head.iter().position(|c| is_mark(*c)).unwrap_or(head.len());
            last_year(&head[..end])
        });
        of.is_some_and(|of| of != year)
    }

    fn link(&mut self, number: &Number, cells: Vec<Target>, certainty: Certainty) {
        let letters = &self.paragraph.letters;
        let value = in_cells_unit(number);
        let certainty = if number.unit == Unit::None { certainty.max(Certainty::Likely) } else { certainty };
        let at = letters[number.from].at..letters[number.to - 1].end;
        self.links.push(Link::new(at, cells, value.to_string(), Some(value), certainty, Source::Report));
    }
}

fn last_year(letters: &[char]) -> Option<i32> {
    let (mut from, mut last) = (0, None);
    while let Some((at, found)) = find_year(&letters[from..]) {
        last = Some(found);
        from += at + 5;
    }
    last
}

/// The cells of the section at hand come before those that are known anywhere. Without a section all of them come into
/// question.
fn choose(cells: &[KnownCell], scope: Section, unit: Unit, reach: Reach) -> Option<(Vec<&KnownCell>, Certainty)> {
    let fits = |cell: &&KnownCell| match cell.kind {
        ColumnKind::Money => matches!(unit, Unit::Money(_) | Unit::None),
        ColumnKind::Count => matches!(unit, Unit::People | Unit::Pieces | Unit::None),
        ColumnKind::Percent => unit == Unit::Percent,
        ColumnKind::Points => matches!(unit, Unit::Points | Unit::None),
        _ => false,
    };
    let fitting = || cells.iter().filter(fits);
    let found = |cells: Vec<_>, certainty| (!cells.is_empty()).then_some((cells, certainty));
    let own = || match scope {
        Section::Known(section) => {
            found(fitting().filter(|cell| cell.sections.contains(&section)).collect(), Certainty::Certain)
        }
        _ => None,
    };
    if reach == Reach::Own {
        return own();
    }
    let anywhere = || found(fitting().filter(|cell| cell.anywhere).collect(), Certainty::Certain);
    let all = || if scope == Section::None { found(fitting().collect(), Certainty::Likely) } else { None };
    own().or_else(anywhere).or_else(all)
}
