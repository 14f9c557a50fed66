//! `placeholder`: what a form or a draft prints for words to be put in its place, and was left in.
//!
//! 某某 masks a name in a published text, and …… alone stands in the form's own table: both say nothing.

use std::ops::Range;

use crate::engine::layout::Layout;
use crate::engine::template::spec::ColumnKind;
use crate::engine::text::prose::Prose;
use crate::engine::text::{Case, Place, Spot, Text, TextFact, TextFinding};

const BRACKETS: [(char, char); 5] = [('(', ')'), ('[', ']'), ('【', '】'), ('<', '>'), ('{', '}')];
/// Longer than an instruction in brackets.
const LONGEST_INSTRUCTION: usize = 60;
/// Longer than a heading, or than a line that is one instruction.
const LONGEST_HEADING: usize = 30;
/// What stands in the place of a figure.
const CROSSES: [char; 5] = ['X', 'x', '×', '╳', '✕'];
const BLANK: char = '_';
/// Dates are filled in by hand on a printed line: ____年__月__日.
const BY_HAND: [char; 3] = ['年', '月', '日'];
/// Around the number of characters that an answer may have.
const LIMIT_BEFORE: [&str; 9] = ["字数", "限", "不超过", "不得超过", "不少于", "控制在", "在", "约", "不多于"];
const LIMIT_AFTER: [&str; 9] = ["字以内", "字以下", "字之内", "字以上", "字左右", "个字以内", "字内", "字", "个字"];

pub(super) fn check(case: Case<'_>, wordings: &[String], names: &[String], counted: &[String]) -> Vec<TextFinding> {
    let mut findings = Vec::new();
    for (at, text) in case.texts() {
        let prose = &text.prose;
        for line in prose.lines() {
            for range in in_line(prose, &line, wordings, names, counted) {
                let fact = TextFact::Placeholder { text: prose.text(range.clone()) };
                findings.push(case.finding(&Spot { text: at, range }, fact));
            }
        }
        if is_ellipsis_alone(text, &case.reading.layout) {
            let range = 0..prose.len();
            let fact = TextFact::Placeholder { text: prose.text(range.clone()) };
            findings.push(case.finding(&Spot { text: at, range }, fact));
        }
    }
    findings
}

fn in_line(
    prose: &Prose,
    line: &Range<usize>,
    wordings: &[String],
    names: &[String],
    counted: &[String],
) -> Vec<Range<usize>> {
    let short = line.len() <= LONGEST_HEADING;
    if short && (is_bare_name(prose, line, names) || prose.has_any(line.start, wordings).is_some()) {
        return vec![line.clone()];
    }
    let mut found = Vec::new();
    let mut at = line.start;
    while at < line.end {
        let range = instruction(prose, line, at, wordings)
            .or_else(|| cross(prose, at, counted))
            .or_else(|| open_end(prose, line, at));
        match range {
            Some(range) => {
                // XX年XX月XX日 is one.
                let is_cross = CROSSES.contains(&prose.at(at)) || prose.at(at) == BLANK;
                at = if is_cross { end_of_clause(prose, line, at) } else { range.end };
                found.push(range);
            }
            None => at += 1,
        }
    }
    found
}

/// 指标1： and nothing behind it.
fn is_bare_name(prose: &Prose, line: &Range<usize>, names: &[String]) -> bool {
    let Some(length) = prose.has_any(line.start, names) else { return false };
    let from = line.start + length;
    let end = prose.digits(from);
    end > from && (end == line.end || (prose.at(end) == ':' && end + 1 == line.end))
}

/// An instruction in brackets that opens here.
fn instruction(prose: &Prose, line: &Range<usize>, at: usize, wordings: &[String]) -> Option<Range<usize>> {
    let (_, closing) = BRACKETS.iter().find(|(open, _)| *open == prose.at(at))?;
    let end = (at + 1..line.end.min(at + LONGEST_INSTRUCTION)).find(|end| prose.at(*end) == *closing)?;
    let is_instruction = prose.has_any(at + 1, wordings).is_some()
        || (is_limit(prose, at + 1..end) && stands_by_heading(prose, line, at, end + 1));
    is_instruction.then_some(at..end + 1)
}

/// 100字以内, 不超过500字.
fn is_limit(prose: &Prose, mut range: Range<usize>) -> bool {
    if matches!(prose.before(range.end), '。' | '.') {
        range.end -= 1;
    }
    let mut at = range.start;
    let mut limited = false;
    while let Some(length) = prose.has_any(at, &LIMIT_BEFORE) {
        at += length;
        limited = true;
    }
    let end = prose.digits(at);
    let Some(length) = prose.has_any(end, &LIMIT_AFTER).filter(|_| end > at) else { return false };
    // （100字） may be any remark.
    (limited || length > 1) && end + length == range.end
}

/// At the beginning of a line, or at the end of a short one: （800字以内） within a sentence tells of a text.
fn stands_by_heading(prose: &Prose, line: &Range<usize>, from: usize, to: usize) -> bool {
    let heading = line.start..from;
    let marked = heading.clone().any(|at| matches!(prose.at(at), ',' | '。' | ';'));
    let ends = to == line.end || (prose.at(to) == ':' && !marked);
    from == line.start || (ends && !marked && heading.len() <= LONGEST_HEADING)
}

/// XX万元, ____人.
fn cross(prose: &Prose, at: usize, counted: &[String]) -> Option<Range<usize>> {
    let mark = prose.at(at);
    let before = prose.before(at);
    if !(CROSSES.contains(&mark) || mark == BLANK)
        || before == mark
        || before.is_ascii_alphanumeric()
        || CROSSES.contains(&before)
        || matches!(before, '*' | '.' | '-')
        || prose.in_title(at)
    {
        return None;
    }
    let end = at + prose.chars()[at..].iter().take_while(|c| **c == mark).count();
    let by_hand = mark == BLANK && BY_HAND.contains(&prose.at(end));
    let length = prose.has_any(end, counted).filter(|_| end - at > 1 && !by_hand)?;
    Some(at..end + length)
}

/// …… as all that a sentence has behind its number or its colon.
fn open_end(prose: &Prose, line: &Range<usize>, at: usize) -> Option<Range<usize>> {
    if prose.at(at) != '…' || prose.before(at) == '…' {
        return None;
    }
    let mut end = at;
    while prose.at(end) == '…' {
        end += 1;
    }
    let ends = end == line.end || matches!(prose.at(end), '。' | ';');
    let number = line.start..at;
    let numbered = (2..=5).contains(&number.len())
        && matches!(prose.before(at), '.' | '、' | ')')
        && number.clone().all(|at| is_of_number(prose.at(at)));
    let announced = prose.before(at) == ':' && number.len() > 1;
    (ends && end - at > 1 && (numbered || announced)).then_some(number.start.max(at.saturating_sub(5))..end)
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十().、".contains(c)
}

fn end_of_clause(prose: &Prose, line: &Range<usize>, at: usize) -> usize {
    (at..line.end).find(|at| matches!(prose.at(*at), ',' | '。' | ';')).unwrap_or(line.end)
}

/// A cell of prose with …… in it and nothing else. As the name of a row it is the form's own.
fn is_ellipsis_alone(text: &Text<'_>, layout: &Layout<'_>) -> bool {
    let Place::Cell(key) = &text.passage.place else { return false };
    let of_prose = layout.find(key).is_some_and(|at| {
        let kind = layout.field(at).column.kind;
        matches!(kind, ColumnKind::Text | ColumnKind::LongText)
    });
    of_prose && text.prose.len() > 0 && text.prose.chars().iter().all(|c| *c == '…')
}
