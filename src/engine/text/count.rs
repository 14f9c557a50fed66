//! `count_of_list`: “内设机构3个：办公室、人事股” states three and lists two.
//!
//! Items may have 、 and 和 in their names, lists may go on, numbers may be of something else: whatever leaves a doubt
//! says nothing.

use std::ops::Range;

use crate::engine::text::prose::Prose;
use crate::engine::text::{Case, Spot, TextFact, TextFinding};

const OPENING: [char; 4] = ['(', '[', '〔', '【'];
const CLOSING: [char; 4] = [')', ']', '〕', '】'];
/// Marks within which 、 parts no items.
const QUOTES: [(char, char); 2] = [('“', '”'), ('《', '》')];
/// Words between the number and the list that say nothing.
const CONNECTING: [&str; 9] = ["分别为", "分别是", "如下", "即", "为", "是", ",", "有", "依次"];
/// Words by which a list is a part only.
const PARTIAL: [&str; 7] = ["其中", "主要", "重点", "例如", "比如", "部分", "如"];
/// Words beside a number by which it is rough, or no number of things.
const BEFORE_NUMBER: [&str; 12] = ["第", "约", "近", "超", "过", "每", "至少", "达", "各", "逾", "至", "到"];
const BEHIND_NUMBER: [&str; 8] = ["余", "多", "几", "以上", "以下", "以内", "左右", "百分点"];
/// With these a list leaves open how many things it has.
const COLLECTIVE: [&str; 6] = ["各", "所有", "全部", "其他", "其它", "及其"];
const JOINING: [&str; 4] = ["和", "与", "及", "暨"];
/// How a sentence may go on behind a list.
const TAILS: [&str; 24] = [
    "其中", "另", "并", "均", "共", "所属", "下属", "下设", "下辖", "核定", "编制", "现有", "在职", "负责", "主要",
    "承担", "无", "没有", "实行", "挂", "全部", "纳入", "年末", "实有",
];
/// Names of bodies end so; where all items do, none is the piece of a longer name.
const OF_BODIES: &str = "办室股科局站所队院校处部会委组馆团镇乡街道村社区心司厂园";
/// More is no list that a person counted.
const MOST: u32 = 60;
/// More leads are no sentence.
const MOST_LEADS: usize = 5;
const LONGEST_NOUN: usize = 14;
const LONGEST_ITEM: usize = 24;

pub(super) fn check(case: Case<'_>, counters: &[String], leads: &[String], open: &[String]) -> Vec<TextFinding> {
    let words = Words { counters, leads, open };
    let mut findings = Vec::new();
    for (at, text) in case.texts() {
        for sentence in text.prose.sentences(true) {
            if let Some((range, fact)) = words.difference(&text.prose, &sentence) {
                findings.push(case.finding(&Spot { text: at, range }, fact));
            }
        }
    }
    findings
}

struct Words<'a> {
    counters: &'a [String],
    leads: &'a [String],
    open: &'a [String],
}

impl Words<'_> {
    fn difference(&self, prose: &Prose, sentence: &Range<usize>) -> Option<(Range<usize>, TextFact)> {
        let mut leads = sentence.clone().filter_map(|at| Some((at, at + prose.has_any(at, self.leads)?)));
        // The first lead with a number before it; a heading may have one of its own.
        let (stated, number, behind) = leads.by_ref().take(MOST_LEADS).find_map(|(lead, behind)| {
            let (stated, number) = self.stated(prose, sentence.start..lead)?;
            // ，分别为：
            Some((stated, number, behind + usize::from(prose.at(behind) == ':')))
        })?;
        let list = behind..sentence.end;
        if self.leads.iter().any(|word| prose.contains(list.clone(), word))
            || self.open.iter().any(|word| prose.contains(list.clone(), word))
            || prose.contains_any(list.clone(), &COLLECTIVE)
        {
            return None;
        }
        let items = self.items(prose, list)?;
        let listed = u32::try_from(items.len()).ok()?;
        let joined: usize =
            items.iter().map(|item| JOINING.iter().map(|word| item.matches(word).count()).sum::<usize>()).sum();
        let most = listed + u32::try_from(joined).ok()?;
        let of_bodies = items.iter().all(|item| item.ends_with(|c| OF_BODIES.contains(c)));
        let differs = most < stated || (stated < listed && of_bodies);
        (differs && listed > 1).then_some((number, TextFact::CountDiffers { stated, listed, items }))
    }

    /// The one number of things before the list, and where it stands.
    fn stated(&self, prose: &Prose, head: Range<usize>) -> Option<(u32, Range<usize>)> {
        let mut end = head.end;
        while let Some(word) = CONNECTING.iter().find(|word| end > head.start && prose.ends(end, word)) {
            end -= word.chars().count();
        }
        let mut numbers = Vec::new();
        let mut at = head.start;
        while at < end {
            let goes_on = is_digit(prose.before(at)) || matches!(prose.before(at), '.' | '-' | '~');
            let Some((value, behind)) = prose.whole_number(at).filter(|_| !goes_on) else {
                at += 1;
                continue;
            };
            if let Some(length) = prose.has_any(behind, self.counters) {
                numbers.push((value, at..behind + length));
            }
            at = behind;
        }
        let [(value, range)] = numbers.as_slice() else { return None };
        let noun = without_brackets(prose, range.end..end)?;
        let sure = !prose.ends_any(range.start, &BEFORE_NUMBER)
            && prose.has_any(range.end, &BEHIND_NUMBER).is_none()
            && noun.iter().all(|at| prose.at(*at).is_alphabetic())
            && noun.len() <= LONGEST_NOUN
            && !prose.contains_any(clause_start(prose, &head, range.start)..end, &PARTIAL)
            && !prose.contains_any(range.end..end, self.open);
        (sure && (2..=MOST).contains(value)).then(|| (*value, range.clone()))
    }

    /// The items of a list; `None` where it is not sure what they are.
    fn items(&self, prose: &Prose, list: Range<usize>) -> Option<Vec<String>> {
        // A number in brackets may tell how many things an item is.
        if list.clone().any(|at| is_digit(prose.at(at)) || self.counts(prose, at)) {
            return None;
        }
        let mut items = vec![String::new()];
        let mut quote = None;
        for at in without_brackets(prose, list.clone())? {
            let c = prose.at(at);
            match (quote, c) {
                (None, ',' | ':' | '.') => {
                    if c == ',' && prose.has_any(at + 1, &TAILS).is_some() {
                        break;
                    }
                    return None;
                }
                (None, '、') => {
                    items.push(String::new());
                    continue;
                }
                (Some(closing), _) if closing == c => quote = None,
                (None, _) => quote = QUOTES.iter().find(|(open, _)| *open == c).map(|(_, closing)| *closing),
                _ => {}
            }
            items.last_mut()?.push(c);
        }
        let whole = |item: &String| (2..=LONGEST_ITEM).contains(&item.chars().count());
        (quote.is_none() && items.iter().all(whole)).then_some(items)
    }

    fn counts(&self, prose: &Prose, at: usize) -> bool {
        prose.whole_number(at).is_some_and(|(_, behind)| prose.has_any(behind, self.counters).is_some())
    }
}

/// The places outside of brackets; `None` where they do not match.
fn without_brackets(prose: &Prose, range: Range<usize>) -> Option<Vec<usize>> {
    let mut outside = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for at in range {
        let c = prose.at(at);
        if let Some(kind) = OPENING.iter().position(|bracket| *bracket == c) {
            open.push(kind);
        } else if let Some(kind) = CLOSING.iter().position(|bracket| *bracket == c) {
            if open.pop() != Some(kind) {
                return None;
            }
        } else if open.is_empty() {
            outside.push(at);
        }
    }
    open.is_empty().then_some(outside)
}

fn clause_start(prose: &Prose, head: &Range<usize>, at: usize) -> usize {
    (head.start..at).rev().find(|at| prose.at(*at) == ',').map_or(head.start, |comma| comma + 1)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}
