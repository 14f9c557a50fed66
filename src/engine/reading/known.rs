//! By which words each figure of the form is known in prose: what stands before it in the template's own sentence, and
//! the other wordings that the template lists.

use std::collections::BTreeMap;

use crate::engine::amount::plain_letter;
use crate::engine::layout::Layout;
use crate::engine::report::pattern::{Piece, parse, slots};
use crate::engine::template::spec::{ColumnKind, PartSpec, ReportSpec};

/// The wordings of all figures.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// By the last letter of the words, the longest first.
    before: BTreeMap<char, Vec<Wording>>,
    /// Wordings that go on behind the figure, the longest first.
    around: Vec<Around>,
    /// Words that open a list of rows within a sentence, with the group.
    pub leads: Vec<(Vec<char>, String)>,
    /// Groups whose rows are listed in a sentence: section, part, group.
    pub lists: Vec<(usize, usize, String)>,
    /// Groups of which each row is a line of its own: section, group.
    pub lines: Vec<(usize, String)>,
    /// Between the name of a row and its figure, in the form's own sentence: group, words.
    between: Vec<(String, Vec<char>)>,
}

#[derive(Debug)]
pub(super) struct Wording {
    pub words: Vec<char>,
    /// Anything may stand before the words.
    pub is_free: bool,
    pub cells: Vec<KnownCell>,
}

/// `[]名在职人员`: words on both sides of the figure.
#[derive(Debug)]
pub(super) struct Around {
    pub before: Vec<char>,
    pub behind: Vec<char>,
    pub cells: Vec<KnownCell>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KnownCell {
    pub key: String,
    pub kind: ColumnKind,
    /// Sections whose sentences state the cell.
    pub sections: Vec<usize>,
    /// Known in whatever section.
    pub anywhere: bool,
    /// Needs words of its own before the wording, where other figures stand before it in the sentence.
    pub needs_subject: bool,
}

impl KnownCell {
    pub fn block(&self) -> Option<&str> {
        self.key.split('.').next()
    }
}

impl Around {
    /// Whether the text behind the figure, its unit included, goes on as the wording says. … in it is any few words.
    pub fn is_behind(&self, text: &[char]) -> bool {
        match self.behind.iter().position(|c| *c == '…') {
            None => text.starts_with(&self.behind),
            Some(gap) => {
                let (first, last) = (&self.behind[..gap], &self.behind[gap + 1..]);
                text.starts_with(first)
                    && text[first.len()..]
                        .split(|c| matches!(c, ',' | ';' | '。' | '、'))
                        .next()
                        .is_some_and(|clause| crate::engine::reading::context::contains(clause, last))
            }
        }
    }
}

impl Known {
    pub fn of(layout: &Layout<'_>, report: &ReportSpec) -> Self {
        let mut stated: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut leads: Vec<(String, Vec<char>)> = Vec::new();
        let mut known = Self::default();
        for (section, spec) in report.sections.iter().enumerate() {
            for (at, part) in spec.parts.iter().enumerate() {
                known.part((section, at), part, &mut stated, &mut leads);
            }
        }
        let cell = |key: &str, anywhere: bool, needs_subject: bool| {
            let kind = layout.find(key).map(|at| layout.field(at).column.kind)?;
            let sections = stated.get(key).cloned().unwrap_or_default();
            Some(KnownCell { key: key.to_owned(), kind, sections, anywhere, needs_subject })
        };
        for read in &report.reads {
            let cells: Vec<KnownCell> =
                read.cells.iter().filter_map(|key| cell(key, read.anywhere, read.subject)).collect();
            if cells.is_empty() {
                let group = read.cells.iter().find(|group| layout.template.group(group).is_some());
                let leads =
                    group.into_iter().flat_map(|group| read.words.iter().map(move |words| (letters(words), group)));
                known.leads.extend(leads.map(|(words, group)| (words, group.clone())));
            }
            for words in &read.words {
                known.wording(words, &cells);
            }
        }
        for (key, lead) in leads {
            // What one form's sentence says is said elsewhere, too, if the figure is known there by other words.
            let anywhere = report.reads.iter().any(|read| read.anywhere && read.cells.contains(&key));
            let cells: Vec<KnownCell> = cell(&key, anywhere, false).into_iter().collect();
            known.before(lead, false, &cells);
        }
        known.before.values_mut().for_each(|list| list.sort_by_key(|wording| std::cmp::Reverse(wording.words.len())));
        known.around.sort_by_key(|around| std::cmp::Reverse(around.before.len() + around.behind.len()));
        known.leads.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        known
    }

    /// The wordings that end as `words` do, the longest first.
    pub fn ending(&self, words: &[char]) -> impl Iterator<Item = &Wording> {
        let list = words.last().and_then(|last| self.before.get(last));
        list.into_iter().flatten().filter(move |wording| words.ends_with(&wording.words))
    }

    /// The words between the name of a row and its figure, where the form writes any.
    pub fn between(&self, group: &str) -> Option<&[char]> {
        let found = self.between.iter().find(|(of, words)| of == group && !words.is_empty());
        found.map(|(_, words)| words.as_slice())
    }

    pub fn around(&self) -> &[Around] {
        &self.around
    }

    fn part(
        &mut self,
        (section, at): (usize, usize),
        part: &PartSpec,
        stated: &mut BTreeMap<String, Vec<usize>>,
        leads: &mut Vec<(String, Vec<char>)>,
    ) {
        let Some(pieces) = part.sentence.as_deref().and_then(|sentence| parse(sentence).ok()) else { return };
        self.lines.extend(part.each.clone().map(|group| (section, group)));
        let in_rows = pieces.iter().filter_map(|piece| match piece {
            Piece::Rows { group, pieces } => Some((group.clone(), pieces.as_slice())),
            _ => None,
        });
        self.lists.extend(in_rows.clone().map(|(group, _)| (section, at, group)));
        for (group, pieces) in part.each.clone().map(|group| (group, pieces.as_slice())).into_iter().chain(in_rows) {
            let words = pieces.windows(3).find_map(|window| match window {
                [Piece::Slot(_), Piece::Words(words), Piece::Slot(_)] => Some(letters(words)),
                _ => None,
            });
            self.between.extend(words.map(|words| (group, words)));
        }
        for (group, slot) in slots(&pieces) {
            if group.is_none() && part.each.is_none() {
                let sections = stated.entry(slot.to_owned()).or_default();
                if !sections.contains(&section) {
                    sections.push(section);
                }
            }
        }
        if part.each.is_none() {
            self.lead_words(&pieces, &mut String::new(), leads);
        }
    }

    /// What stands before each slot, back to the punctuation before it.
    fn lead_words(&mut self, pieces: &[Piece], words: &mut String, leads: &mut Vec<(String, Vec<char>)>) {
        for piece in pieces {
            match piece {
                Piece::Words(more) => words.push_str(more),
                Piece::Slot(key) => {
                    let lead = last_clause(words);
                    if !lead.is_empty() {
                        leads.push((key.clone(), lead));
                    }
                    words.clear();
                }
                Piece::Optional(pieces) => self.lead_words(pieces, words, leads),
                Piece::Rows { group, .. } => {
                    self.leads.push((last_clause(words), group.clone()));
                    words.clear();
                }
            }
        }
    }

    fn wording(&mut self, words: &str, cells: &[KnownCell]) {
        if let Some((before, behind)) = words.split_once("[]") {
            let (before, behind) = (letters(before), letters(behind));
            self.around.push(Around { before, behind, cells: cells.to_vec() });
            return;
        }
        match words.strip_prefix('…') {
            Some(words) => self.before(letters(words), true, cells),
            None => self.before(letters(words), false, cells),
        }
    }

    fn before(&mut self, words: Vec<char>, is_free: bool, cells: &[KnownCell]) {
        let Some(last) = words.last().filter(|_| !cells.is_empty()) else { return };
        let list = self.before.entry(*last).or_default();
        match list.iter_mut().find(|wording| wording.words == words) {
            Some(wording) => {
                wording.is_free |= is_free;
                let new: Vec<KnownCell> = cells
                    .iter()
                    .filter(|cell| wording.cells.iter().all(|known| known.key != cell.key))
                    .cloned()
                    .collect();
                wording.cells.extend(new);
            }
            None => list.push(Wording { words, is_free, cells: cells.to_vec() }),
        }
    }
}

/// Plain letters without brackets, as a label is read.
pub(super) fn letters(text: &str) -> Vec<char> {
    text.chars().filter_map(plain_letter).filter(|c| !matches!(c, '(' | ')' | ' ')).collect()
}

/// The words since the last punctuation, without years, numbers of lists and units.
fn last_clause(words: &str) -> Vec<char> {
    let words = words.replace("{Y}年度", "，").replace("{Y}年", "，");
    let clause = words.rsplit(['，', '。', '；', '：', '、', '.', '}']).next().unwrap_or_default();
    letters(clause.trim_start_matches("万元").trim_start_matches(['人', '%']))
}
