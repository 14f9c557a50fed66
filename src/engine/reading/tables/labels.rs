//! The labels of a sheet, in a spelling that leaves out what units write in their own way: numbers, 其中, brackets, the
//! word for the level of government, 经费 or 专项 at the end.

use std::collections::BTreeMap;

use crate::engine::amount::plain_letter;
use crate::engine::layout::Layout;
use crate::engine::reading::tables::cells::Cell;
use crate::engine::template::spec::{BlockSpec, RowSpec, SheetSpec};

/// What a label stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label<'a> {
    pub block: &'a BlockSpec,
    /// The row; absent for titles and headings.
    pub row: Option<&'a RowSpec>,
}

#[derive(Debug)]
pub(super) struct Labels<'a> {
    list: Vec<(Vec<char>, Label<'a>)>,
    /// The first of the list with these words, years left out: they differ from filing to filing.
    by_words: BTreeMap<Vec<char>, Label<'a>>,
    longest: usize,
}

/// A label has at most so many letters more in a text than in the form.
const LONGEST_AROUND: usize = 200;
/// The words for levels of government, which labels begin with.
const LEVELS: [&str; 8] = ["省级", "市级", "区级", "县级", "市本级", "区本级", "镇级", "乡级"];
/// Ends of a label that units write one for the other.
const ENDS: [&str; 4] = ["经费", "专项", "费用", "费"];

impl<'a> Labels<'a> {
    pub fn of(layout: &Layout<'a>, sheet: &SheetSpec) -> Self {
        let mut list: Vec<(Vec<char>, Label<'a>)> = Vec::new();
        for block in layout.template.spec().blocks.iter().filter(|block| block.sheet == sheet.id) {
            let heading = Label { block, row: None };
            let heads = block.heads.iter().chain([&block.title]);
            let columns = block.columns.iter().map(|column| &column.label);
            list.extend(heads.chain(columns).map(|text| (short(&layout.heading(text)), heading)));
            for row in &block.rows {
                let label = Label { block, row: Some(row) };
                let texts = [&row.label].into_iter().chain(&row.also);
                list.extend(texts.map(|text| (short(&layout.heading(text)), label)));
            }
        }
        list.retain(|(words, _)| !words.is_empty());
        let mut by_words = BTreeMap::new();
        for (words, label) in &list {
            by_words.entry(without_years(words)).or_insert(*label);
        }
        let longest = by_words.keys().map(Vec::len).max().unwrap_or_default();
        Self { list, by_words, longest }
    }

    /// What a cell is, where it is a label and nothing else.
    pub fn find(&self, cell: &Cell) -> Option<Label<'a>> {
        // Numbers, levels and remarks around a label are short; a cell of prose is none.
        if cell.is_blank() || cell.text.len() > self.longest + LONGEST_AROUND {
            return None;
        }
        self.by_words.get(&without_years(&shortened(&cell.text))).copied()
    }

    /// The row of a block that has this label.
    pub fn row_of(&self, label: &[char], block: &BlockSpec) -> Option<&'a RowSpec> {
        let words = shortened(label);
        let found = self
            .list
            .iter()
            .find(|(known, label)| label.block.id == block.id && label.row.is_some() && *known == words);
        found.and_then(|(_, label)| label.row)
    }
}

/// Plain letters without brackets and spaces; years and other slots left out.
pub(super) fn bare(text: &str) -> Vec<char> {
    let text = text.replace("{Y-1}", "").replace("{Y}", "").replace("{level}", "").replace("{unit}", "");
    spelled(&text).into_iter().filter(|c| !matches!(c, '(' | ')')).collect()
}

/// Plain letters without spaces.
pub(super) fn spelled(text: &str) -> Vec<char> {
    text.chars().filter_map(plain_letter).filter(|c| *c != ' ').collect()
}

fn short(label: &str) -> Vec<char> {
    shortened(&spelled(label))
}

pub(super) fn shortened(label: &[char]) -> Vec<char> {
    let mut words = label;
    loop {
        let before = words;
        words = strip_start(words, "其中:");
        let digits = words.iter().take_while(|c| c.is_ascii_digit()).count();
        if digits > 0
            && matches!(words.get(digits), Some('、' | '.'))
            && words.get(digits + 1).is_some_and(|c| !c.is_ascii_digit())
        {
            words = &words[digits + 1..];
        }
        for level in LEVELS {
            words = strip_start(words, level);
        }
        words = words.strip_suffix(&[':']).unwrap_or(words);
        // A remark in brackets behind the label.
        if words.last() == Some(&')')
            && let Some(open) = words.iter().rposition(|c| *c == '(')
            && open > 0
        {
            words = &words[..open];
        }
        if words == before {
            break;
        }
    }
    for end in ENDS {
        let end: Vec<char> = end.chars().collect();
        if words.len() > end.len() && words.ends_with(&end) {
            words = &words[..words.len() - end.len()];
            break;
        }
    }
    words.iter().filter(|c| !matches!(c, '(' | ')')).copied().collect()
}

fn strip_start<'w>(words: &'w [char], start: &str) -> &'w [char] {
    let length = start.chars().count();
    if words.len() > length && words.iter().copied().take(length).eq(start.chars()) { &words[length..] } else { words }
}

/// The words without numbers of four digits before 年.
fn without_years(words: &[char]) -> Vec<char> {
    let is_year = |at: usize| {
        words[at..].len() > 4 && words[at + 4] == '年' && words[at..at + 4].iter().all(char::is_ascii_digit)
    };
    let mut kept = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if is_year(at) {
            at += 4;
        }
        kept.push(words[at]);
        at += 1;
    }
    kept
}
