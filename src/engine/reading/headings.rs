//! Parts a text into the paragraphs of its sections. Headings are known by their words, not by their numbers or order.

use std::ops::Range;

use crate::engine::reading::context::Context;
use crate::engine::reading::known::letters;
use crate::engine::reading::plain::{Letter, Plain};
use crate::engine::reading::tables::Tables;

/// Sentences that belong together.
#[derive(Debug)]
pub(super) struct Paragraph {
    pub letters: Vec<Letter>,
    pub section: Section,
    /// The part of the section whose heading stands above.
    pub part: Option<usize>,
}

/// Where a paragraph stands in the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// Before the first heading.
    None,
    Known(usize),
    /// Below a heading that the form does not have.
    Foreign,
}

/// What a line is.
enum Kind {
    Section(usize, usize),
    Part(usize, usize),
    Foreign,
    Words,
}

/// A heading is no longer than this.
const LONGEST_HEADING: usize = 40;

/// Headings of sections as found: section, bytes of the heading.
pub(super) type Found = Vec<(usize, Range<usize>)>;

pub(super) fn paragraphs(context: &Context<'_>, plain: &Plain<'_>, tables: &Tables) -> (Vec<Paragraph>, Found) {
    let words = Words::of(context);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut found = Found::new();
    let (mut section, mut part) = (Section::None, None);
    let mut is_open = false;
    let mut joined_to = 0;
    for (at, line) in plain.lines.iter().enumerate() {
        if tables.covers(at) || line.letters.is_empty() {
            is_open = false;
            continue;
        }
        if at < joined_to {
            continue;
        }
        let kind = words.kind(&line.letters, section);
        let broken = plain.lines.get(at + 1).filter(|_| matches!(kind, Kind::Foreign) && !tables.covers(at + 1));
        let joined: Option<Vec<Letter>> =
            broken.map(|next| line.letters.iter().chain(&next.letters).copied().collect());
        // A heading may be broken over two lines.
        let (letters, kind) = match joined.as_deref().map(|letters| (letters, words.kind(letters, section))) {
            Some((letters, joined @ (Kind::Section(..) | Kind::Part(..)))) => {
                joined_to = at + 2;
                (letters, joined)
            }
            _ => (line.letters.as_slice(), kind),
        };
        let rest = match kind {
            Kind::Section(known, length) => {
                (section, part) = (Section::Known(known), None);
                found.push((known, letters[0].at..letters[length - 1].end));
                &letters[length..]
            }
            Kind::Part(known, length) => {
                part = Some(known);
                &letters[length..]
            }
            Kind::Foreign => {
                (section, part) = (Section::Foreign, None);
                is_open = false;
                continue;
            }
            Kind::Words => letters,
        };
        let is_heading = !matches!(kind, Kind::Words);
        let rest = without_colon(rest);
        if rest.is_empty() {
            is_open = false;
            continue;
        }
        match paragraphs.last_mut().filter(|_| is_open && !is_heading && marker(rest).is_none()) {
            // The sentence runs on in this line.
            Some(paragraph) => paragraph.letters.extend(rest),
            None => paragraphs.push(Paragraph { letters: rest.to_vec(), section, part }),
        }
        let is_short_title = marker(rest).is_some_and(|number| {
            let title = &rest[number..];
            !rest[0].plain.is_ascii_digit()
                && title.len() <= 14
                && !title.iter().any(|letter| is_mark(letter.plain) || letter.plain.is_ascii_digit())
        });
        is_open = !is_short_title && rest.last().is_some_and(|last| !matches!(last.plain, '。' | '!' | '?'));
    }
    (paragraphs, found)
}

fn without_colon(letters: &[Letter]) -> &[Letter] {
    let length = letters.iter().take_while(|letter| matches!(letter.plain, ':' | '。' | '.' | ')')).count();
    &letters[length..]
}

fn is_mark(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '。' | '!' | '?')
}

/// The length of a list's number at the beginning: 一、 (一) 1. 1、 (1) ①. A figure such as 1.5 is none.
pub(super) fn marker(letters: &[Letter]) -> Option<usize> {
    let at = |index: usize| letters.get(index).map(|letter| letter.plain);
    let from = usize::from(at(0) == Some('('));
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c) || c.is_ascii_lowercase();
    let length = letters[from.min(letters.len())..].iter().take_while(|letter| is_numeral(letter.plain)).count();
    if at(0).is_some_and(|c| ('①'..='⑳').contains(&c)) {
        return Some(1);
    }
    if length == 0 || length > 3 {
        return None;
    }
    let end = from + length;
    match at(end) {
        // 1.2024年 is the first item, on 2024; 1.5万元 is a figure.
        Some('.') if from == 0 => {
            let rest: Vec<char> = letters[end + 1..].iter().take(5).map(|letter| letter.plain).collect();
            let is_year = rest.len() == 5 && rest[4] == '年' && rest[..4].iter().all(char::is_ascii_digit);
            (is_year || !rest.first().is_some_and(char::is_ascii_digit)).then_some(end + 1)
        }
        Some('、') if from == 0 => Some(end + 1),
        Some(')') => Some(end + 1),
        _ => None,
    }
}

/// The headings of the form in plain letters, the longest first.
struct Words {
    /// Letters, section, part.
    headings: Vec<(Vec<char>, usize, Option<usize>)>,
}

impl Words {
    fn of(context: &Context<'_>) -> Self {
        let mut headings = Vec::new();
        for (s, section) in context.report.iter().flat_map(|report| report.sections.iter().enumerate()) {
            let all = std::iter::once(&section.heading).chain(&section.also);
            headings.extend(all.map(|heading| (bare(heading), s, None)));
            for (p, part) in section.parts.iter().enumerate() {
                let all = part.heading.iter().chain(&part.also);
                headings.extend(all.map(|heading| (bare(heading), s, Some(p))));
            }
        }
        headings.retain(|(words, ..)| !words.is_empty());
        headings.sort_by_key(|(words, ..)| std::cmp::Reverse(words.len()));
        Self { headings }
    }

    fn kind(&self, letters: &[Letter], section: Section) -> Kind {
        let number = marker(letters).unwrap_or(0);
        let rest: Vec<(usize, char)> = letters
            .iter()
            .enumerate()
            .skip(number)
            .filter(|(_, letter)| !matches!(letter.plain, '(' | ')'))
            .map(|(at, letter)| (at, letter.plain))
            .collect();
        let starts = |words: &[char]| rest.len() >= words.len() && rest.iter().zip(words).all(|((_, a), b)| a == b);
        let matches = |words: &[char]| {
            if !starts(words) {
                return None;
            }
            let end = rest[words.len() - 1].0 + 1;
            let behind = rest.get(words.len()).map(|(_, c)| *c);
            // Words that a sentence begins with are no heading unless they are numbered or stand alone.
            let is_apart = behind.is_none_or(|c| matches!(c, ':' | '。' | '.'));
            (is_apart || number > 0 && is_chinese_number(letters) && self.is_tail(&rest[words.len()..])).then_some(end)
        };
        // In a known section its own parts come first: 项目支出情况 stands in several.
        if let Section::Known(at) = section {
            let own = self.headings.iter().filter(|(_, s, part)| *s == at && part.is_some());
            for (words, _, part) in own {
                if let (Some(length), Some(part)) = (matches(words), part) {
                    return Kind::Part(*part, self.to_tail(letters, length));
                }
            }
        }
        for (words, s, part) in &self.headings {
            if let (Some(length), None) = (matches(words), part) {
                return Kind::Section(*s, self.to_tail(letters, length));
            }
        }
        let is_numbered =
            number > 0 && letters[number - 1].plain == '、' && "一二三四五六七八九十".contains(letters[0].plain);
        if is_numbered && letters.len() <= LONGEST_HEADING && !rest.iter().any(|(_, c)| matches!(c, ',' | '。' | ';'))
        {
            return Kind::Foreign;
        }
        Kind::Words
    }

    /// Whether what follows the words of a numbered heading is still heading: a remark, a colon, or the first sentence.
    fn is_tail(&self, rest: &[(usize, char)]) -> bool {
        rest.len() <= LONGEST_HEADING && !rest.iter().any(|(_, c)| c.is_ascii_digit() || matches!(c, ',' | '。' | ';'))
            || rest.iter().take(5).map(|(_, c)| *c).find(|c| !c.is_ascii_digit()) == Some('年')
    }

    /// The heading with the remark in brackets or the words that end its line.
    fn to_tail(&self, letters: &[Letter], length: usize) -> usize {
        let behind = &letters[length..];
        let is_all = behind.len() <= LONGEST_HEADING
            && !behind
                .iter()
                .any(|letter| letter.plain.is_ascii_digit() || matches!(letter.plain, ',' | '。' | ';' | ':'));
        if is_all { letters.len() } else { length }
    }
}

fn is_chinese_number(letters: &[Letter]) -> bool {
    letters.iter().take(3).any(|letter| "一二三四五六七八九十".contains(letter.plain))
        || letters.first().is_some_and(|letter| letter.plain == '(' || letter.plain.is_ascii_digit())
}

/// A heading without its number and the remark in brackets behind it.
fn bare(heading: &str) -> Vec<char> {
    let heading = heading.trim_start_matches('（');
    let cut = heading.find(['、', '）']).map(|at| at + '、'.len_utf8());
    let is_number = |text: &str| text.chars().next().is_some_and(|c| "一二三四五六七八九十".contains(c));
    let words = match cut {
        Some(cut) if cut <= 9 && is_number(heading) => &heading[cut..],
        _ => heading,
    };
    match words.find('（') {
        // 部门（单位）基本情况 has its brackets within.
        Some(at) if words.ends_with('）') => letters(&words[..at]),
        _ => letters(words),
    }
}
