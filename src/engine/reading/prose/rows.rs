//! Rows of a group in prose: projects, each a line of its own or listed in one sentence.

use std::ops::Range;

use crate::engine::reading::headings::{Section, marker};
use crate::engine::reading::prose::labels::{first, is_mark, without_brackets};
use crate::engine::reading::prose::numbers::{Number, Unit};
use crate::engine::reading::prose::{Reader, Sentence};
use crate::engine::reading::{Certainty, Link, Source, Target};
use crate::engine::template::spec::ColumnKind;

/// So many letters may stand between the words that lead a list in and their colon: 年初预算项目四个：
const LONGEST_REMARK: usize = 6;
/// Letters of the number of an item, at most.
const LONGEST_MARKER: usize = 5;
/// A longer name is a sentence.
const LONGEST_NAME: usize = 40;

/// How many rows of each group were read so far.
#[derive(Default)]
pub(super) struct Rows(Vec<(String, usize)>);

impl Rows {
    fn next(&mut self, group: &str) -> usize {
        match self.0.iter_mut().find(|(known, _)| known == group) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                self.0.push((group.to_owned(), 1));
                1
            }
        }
    }
}

impl Reader<'_, '_> {
    /// A row of a group: an item of a list that the sentence leads in, or a line of its own.
    pub(super) fn row(&mut self, letters: &[char], label_from: usize, number: &Number, sentence: &mut Sentence) {
        let is_bare = number.unit == Unit::None && !self.has_money_unit;
        if !matches!(number.unit, Unit::Money(_)) && !is_bare {
            return;
        }
        let label = &letters[label_from..number.from];
        let bare: Vec<char> = without_brackets(label);
        let section = self.paragraph.section;
        let mut name_from = label_from;
        let mut name_to = number.from;
        let is_same_unit = |unit: Unit| unit == number.unit;
        let mut group =
            sentence.listing.as_ref().filter(|(_, unit)| is_same_unit(*unit)).map(|(group, _)| group.clone());
        // In the form's own list the words that lead it in may begin a name: 年初慰问.
        let goes_on = group.as_ref().is_some_and(|group| self.own_name(group, label_from, number.from).is_some());
        let led = if goes_on { None } else { self.lead(letters, label_from, number.from, section) };
        if let Some((lead, from, to)) = led {
            (name_from, name_to) = (from, to);
            group = Some(lead);
        }
        if group.is_none() {
            let line = self
                .context
                .known
                .lines
                .iter()
                .find(|(of, _)| Section::Known(*of) == section)
                .map(|(_, group)| group.clone());
            let item = self.item(letters, label_from);
            let has_part = self.paragraph.part.is_some_and(|part| self.is_part_of_lines(section, part));
            let is_led =
                label_from > 1 && letters[label_from - 1] == ':' && sentence.block.as_deref() == Some("general");
            // 1.校舍维修改造支出86万元 is a line of projects under any heading of the section.
            let is_item = item.is_some_and(|(_, is_numbered)| is_numbered) && bare.ends_with(&['支', '出']);
            group = line.filter(|_| item.is_some() && has_part || is_led || is_item);
            if let Some((from, _)) = item {
                name_from = from;
            }
        }
        let Some(group) = group else { return };
        let own = self.own_name(&group, name_from, name_to);
        let is_other = match own {
            Some(_) => self.context.is_other_name(&bare),
            None => self.context.is_other(&bare),
        };
        if is_other {
            return;
        }
        let Some((from, to)) = own.or_else(|| self.name(name_from, name_to)) else { return };
        let named: Vec<char> = self.paragraph.letters[from..to].iter().map(|letter| letter.plain).collect();
        let named = without_brackets(&named);
        let is_neutral = match own {
            Some(_) => self.context.is_neutral_name(&named),
            None => self.context.is_neutral(&named),
        };
        if is_neutral || named.iter().any(char::is_ascii_digit) {
            return;
        }
        let template = self.context.layout.template;
        let Some(block) = template.group(&group).map(|place| &template.spec().blocks[place.block]) else { return };
        let column = |is: fn(ColumnKind) -> bool| {
            block.columns.iter().find(|column| is(column.kind)).map(|column| column.id.clone())
        };
        let (Some(name_column), Some(amount)) =
            (column(|kind| kind == ColumnKind::Name), column(|kind| kind == ColumnKind::Money))
        else {
            return;
        };
        let row = self.rows.next(&group);
        let letters = &self.paragraph.letters;
        let at = self.quoted(letters[from].at..letters[to - 1].end);
        let cells = vec![Target::Row { group: group.clone(), number: row, column: name_column }];
        let name = self.text[at.clone()].split_whitespace().collect();
        self.links.push(Link::new(at, cells, name, None, Certainty::Certain, Source::Report));
        self.link(number, vec![Target::Row { group: group.clone(), number: row, column: amount }], Certainty::Certain);
        sentence.listing = Some((group, number.unit));
    }

    /// Words that lead the rows of a list in: before the name (年初预算安排培训5万元), before a colon (年初预算项目：培训5万元), or
    /// between name and figure (培训年初预算5万元). The group, and the letters of the name.
    fn lead(&self, letters: &[char], from: usize, to: usize, section: Section) -> Option<(String, usize, usize)> {
        let label = &letters[from..to];
        for (words, group) in self.context.known.leads.iter().filter(|(_, group)| self.states_group(section, group)) {
            if let Some(at) = first(label, words) {
                let (before, behind) = (without_brackets(&label[..at]), at + words.len());
                if behind < label.len() && self.context.is_neutral(&before) {
                    return Some((group.clone(), from + behind, to));
                }
                // Without a section, 全部资金年初预算 is no project.
                let is_placed = section != Section::None;
                if is_placed
                    && behind == label.len()
                    && !before.is_empty()
                    && !self.context.is_neutral(&before)
                    && words.len() > 2
                {
                    return Some((group.clone(), from, from + at));
                }
            }
            if from > 0 && letters[from - 1] == ':' {
                let before = &letters[..from - 1];
                let clause = before.iter().rposition(|c| is_mark(*c)).map_or(0, |at| at + 1);
                let before = without_brackets(&before[clause..]);
                if first(&before, words).is_some_and(|at| before.len() - at - words.len() <= LONGEST_REMARK) {
                    return Some((group.clone(), from, to));
                }
            }
        }
        None
    }

    /// Where the name begins in the item of a list that a label belongs to, and whether the item has a number. `None` where
    /// the label is not the first one in it.
    fn item(&self, letters: &[char], label_from: usize) -> Option<(usize, bool)> {
        let item = item_start(&letters[..label_from])?;
        let number = marker(&self.paragraph.letters[item..]).unwrap_or(0);
        let begins = item + number;
        // A name may stand in a clause of its own: 监管项目，支出5万元.
        let has_digit = letters[begins.min(label_from)..label_from].iter().any(char::is_ascii_digit);
        (!has_digit).then_some((begins, number > 0))
    }

    /// Letters of a row's name where the form's own words stand between it and the figure, and nothing else.
    fn own_name(&self, group: &str, from: usize, to: usize) -> Option<(usize, usize)> {
        let from = from + marker(&self.paragraph.letters[from..to]).unwrap_or(0);
        let name: Vec<char> = self.paragraph.letters[from..to].iter().map(|letter| letter.plain).collect();
        let name = name.strip_suffix(self.context.known.between(group)?)?;
        let is_name = name.len() > 1 && name.len() <= LONGEST_NAME && name.iter().all(|c| c.is_alphabetic());
        is_name.then_some((from, from + name.len()))
    }

    /// Letters of a row's name, without what leads to its figure.
    fn name(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let letters: Vec<char> = self.paragraph.letters[from..to].iter().map(|letter| letter.plain).collect();
        let mut start = 0;
        if let Some(length) = marker(&self.paragraph.letters[from..to]) {
            start = length;
        }
        while start < letters.len() && matches!(letters[start], ':' | ',' | '、' | '为' | '是' | '(' | ')' | '-' | '.')
        {
            start += 1;
        }
        let mut end = letters.len();
        while end > start {
            let label = &letters[start..end];
            let ends = ["金额", "支出", "为", ":", ",", "共", "安排", "资金", "预算", "实际"];
            let filler =
                ends.iter().map(|words| words.chars().collect::<Vec<char>>()).find(|words| label.ends_with(words));
            match filler {
                // 专项资金 is a name; the words after it lead to the figure.
                Some(words)
                    if end - start > words.len() + 1
                        && !(words.len() == 2 && label.ends_with(&['专', '项', '资', '金'])) =>
                {
                    end -= words.len();
                }
                _ => break,
            }
        }
        (end > start + 1 && end - start <= LONGEST_NAME).then_some((from + start, from + end))
    }

    /// Whether the part of the report at hand lists the rows of a group in its sentence; where no part is known, the
    /// section; where no section is, the report.
    fn states_group(&self, section: Section, group: &str) -> bool {
        let states = |s: usize, p: Option<usize>| {
            let lists = &self.context.known.lists;
            lists.iter().any(|(of, part, listed)| *of == s && p.is_none_or(|p| *part == p) && listed == group)
        };
        match section {
            Section::Known(section) => states(section, self.paragraph.part),
            Section::None => self.context.known.lists.iter().any(|(.., listed)| listed == group),
            Section::Foreign => false,
        }
    }

    fn is_part_of_lines(&self, section: Section, part: usize) -> bool {
        let Section::Known(section) = section else { return false };
        self.context.report.is_some_and(|report| report.sections[section].parts[part].each.is_some())
    }

    /// With the quotation mark that opens it: “意识形态”专项经费.
    fn quoted(&self, at: Range<usize>) -> Range<usize> {
        let before = self.text[..at.start].chars().next_back().filter(|c| matches!(c, '“' | '‘' | '"' | '「'));
        let name = &self.text[at.clone()];
        let is_closed = name.contains(['”', '’', '"', '」']);
        before.filter(|_| is_closed).map_or(at.clone(), |mark| at.start - mark.len_utf8()..at.end)
    }
}

/// Where the item begins that ends here; `None` where another number stands in it, as far as that can be told at once.
fn item_start(letters: &[char]) -> Option<usize> {
    let mut digit = None;
    for (at, c) in letters.iter().enumerate().rev() {
        if matches!(c, ';' | '。' | ':') {
            return Some(at + 1);
        }
        if digit.is_none() && c.is_ascii_digit() {
            digit = Some(at);
        }
        if digit.is_some_and(|digit| digit - at > LONGEST_MARKER) {
            return None;
        }
    }
    Some(0)
}
