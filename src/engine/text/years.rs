//! `stale_year` and `filing_date`: headings that still have the year of an older filing, and a date of filling that is
//! not of the year after.

use std::ops::Range;

use crate::engine::text::prose::Prose;
use crate::engine::text::{Case, Spot, Tally, TextFact, TextFinding, dates};

const YEAR: char = '年';
const OF_YEAR: char = '度';
/// A longer line is no heading.
const LONGEST_HEADING: usize = 50;
/// So far behind its year a title has its words.
const FARTHEST: usize = 30;
/// Words before a year or behind it by which it is rightly another one.
const COMPARED_BEFORE: [&str; 8] = ["与", "比", "较", "同", "自", "从", "至", "关于"];
const COMPARED_BEHIND: [&str; 6] = ["以来", "起", "至", "之前", "以前", "前"];
const NOTICE: &str = "关于";
/// Between the ends of a span of years.
const SPANS: [char; 3] = ['-', '~', '至'];
const FIRST_YEAR: u32 = 1980;
const LAST_YEAR: u32 = 2100;

/// Each stale year once, with how often it stands.
pub(super) fn stale(case: Case<'_>, words: &[String]) -> Vec<TextFinding> {
    let year = case.year();
    let mut tally = Tally::new();
    for (at, text) in case.texts() {
        let prose = &text.prose;
        for line in prose.lines() {
            let is_heading = is_heading(prose, &line, words);
            let mut from = line.start;
            while from < line.end {
                let end = prose.digits(from);
                if end == from {
                    from += 1;
                    continue;
                }
                let range = from..end;
                from = end;
                let Some(found) = stated_year(prose, &range) else { continue };
                // Of the next year a filing tells its plans.
                let is_stale = found.abs_diff(year) > 1;
                if is_stale && (is_heading || is_of_title(prose, &line, &range, words)) {
                    tally.add(found, Spot { text: at, range: range.start..range.end + 1 }, text);
                }
            }
        }
    }
    let fact = |(found, spot, times)| case.finding(&spot, TextFact::StaleYear { found, year, times });
    tally.into_counts().map(fact).collect()
}

/// A year of four digits that stands for itself: no date, no span, not in the title of another document.
fn stated_year(prose: &Prose, digits: &Range<usize>) -> Option<u32> {
    if digits.len() != 4 || prose.at(digits.end) != YEAR || prose.in_title(digits.start) {
        return None;
    }
    let behind = digits.end + 1;
    let behind_of_year = behind + usize::from(prose.at(behind) == OF_YEAR);
    let other = prose.at(behind).is_ascii_digit()
        || SPANS.contains(&prose.before(digits.start))
        || SPANS.contains(&prose.at(behind_of_year))
        || prose.before(digits.start).is_ascii_alphanumeric()
        || prose.ends_any(digits.start, &COMPARED_BEFORE)
        || prose.has_any(behind_of_year, &COMPARED_BEHIND).is_some();
    prose.number(digits.clone()).filter(|year| !other && (FIRST_YEAR..=LAST_YEAR).contains(year))
}

/// A short line without a sentence in it that has one of the words.
fn is_heading(prose: &Prose, line: &Range<usize>, words: &[String]) -> bool {
    let mut places = line.clone();
    line.len() <= LONGEST_HEADING
        && !places.any(|at| matches!(prose.at(at), ',' | '。' | ';'))
        && !prose.contains(line.clone(), NOTICE)
        && prose.contains_any(line.clone(), words)
}

/// X年度 with one of the words behind it in the same clause, and no other year between.
fn is_of_title(prose: &Prose, line: &Range<usize>, digits: &Range<usize>, words: &[String]) -> bool {
    if prose.at(digits.end + 1) != OF_YEAR {
        return false;
    }
    let from = digits.end + 2;
    let ends = |at: &usize| !(prose.at(*at).is_alphabetic() || matches!(prose.at(*at), '(' | ')' | ':'));
    let end = (from..line.end.min(from + FARTHEST)).find(ends).unwrap_or(line.end.min(from + FARTHEST));
    (from..end).any(|at| prose.has_any(at, words).is_some_and(|length| at + length <= end))
}

/// The date in the cell is of the year after the evaluated one.
pub(super) fn filing_date(case: Case<'_>, cell: &str) -> Vec<TextFinding> {
    let mut findings = Vec::new();
    let expected = case.year() + 1;
    for (at, text) in case.texts().filter(|(_, text)| text.is_cell(cell)) {
        let prose = &text.prose;
        let digits = 0..prose.digits(0);
        let dated = dates::figures(prose, 0).map(|date| date.year);
        let year = dated.or_else(|| prose.number(digits.clone()).filter(|_| prose.at(digits.end) == YEAR));
        let Some(found) = year.filter(|year| (FIRST_YEAR..=LAST_YEAR).contains(year) && *year != expected) else {
            continue;
        };
        findings.push(case.finding(&Spot { text: at, range: digits }, TextFact::FilingDate { found, expected }));
    }
    findings
}
