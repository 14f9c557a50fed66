//! `date`: dates that cannot be, such as 2月30日, 13月 and 202012月31日.

use std::ops::Range;

use crate::engine::text::prose::Prose;
use crate::engine::text::{Case, DateSlip, Place, Spot, TextFact, TextFinding};

const YEAR: char = '年';
const MONTH: char = '月';
const DAY: char = '日';
/// Behind 日 these make another word of it: 日均, 日产.
const BEHIND_DAY: &str = "均产报志间供处游接";
/// Behind 月 these tell that it is one of the calendar. 13月龄 is an age.
const OF_CALENDAR: [&str; 8] = ["份", "底", "初", "中旬", "上旬", "下旬", "末", "至"];
const SEPARATORS: [char; 3] = ['.', '-', '/'];

pub(super) fn check(case: Case<'_>) -> Vec<TextFinding> {
    let mut findings = Vec::new();
    for (at, text) in case.texts() {
        let prose = &text.prose;
        let mut slips = Vec::new();
        if let Place::Cell(_) = &text.passage.place
            && let Some(slip) = in_figures(prose)
        {
            slips.push((0..prose.len(), slip));
        }
        let mut from = 0;
        while from < prose.len() {
            let end = prose.digits(from);
            if end == from {
                from += 1;
                continue;
            }
            let read = read(prose, from..end);
            if let Some(slip) = read.slip {
                slips.push((from..read.end, slip));
            }
            from = read.end.max(end);
        }
        for (range, slip) in slips {
            let fact = TextFact::Date { text: prose.text(range.clone()), slip };
            findings.push(case.finding(&Spot { text: at, range }, fact));
        }
    }
    findings
}

struct ReadDate {
    end: usize,
    slip: Option<DateSlip>,
}

/// A date that these digits begin.
fn read(prose: &Prose, digits: Range<usize>) -> ReadDate {
    let end = digits.end;
    let nothing = ReadDate { end, slip: None };
    let slip = |end, slip| ReadDate { end, slip: Some(slip) };
    // 3.13月 and 1-13月 are something else, and so is the end of a longer code.
    if matches!(prose.before(digits.start), '.' | '-' | '/' | '~' | '第')
        || prose.before(digits.start).is_ascii_alphabetic()
    {
        return nothing;
    }
    match prose.at(end) {
        YEAR => {
            let month = end + 1..prose.digits(end + 1);
            if month.is_empty() {
                return nothing;
            }
            match (digits.len(), month.len(), prose.at(month.end)) {
                (4, 1 | 2, MONTH) => in_month(prose, prose.number(digits), month).unwrap_or(nothing),
                (4, 3 | 4, MONTH) => slip(month.end + 1, DateSlip::Digits),
                (4, 3 | 4, DAY) if !is_other_word(prose, month.end) => slip(month.end + 1, DateSlip::Digits),
                (3 | 5 | 6, 1 | 2, MONTH) if is_year_like(prose, &digits) => slip(month.end + 1, DateSlip::Digits),
                _ => nothing,
            }
        }
        MONTH => match digits.len() {
            1 | 2 => in_month(prose, None, digits).unwrap_or(nothing),
            // 2024月 and 202012月: 年 is missing.
            4..=6 if is_year_like(prose, &digits) => {
                let day = end + 1..prose.digits(end + 1);
                let to = if !day.is_empty() && prose.at(day.end) == DAY { day.end + 1 } else { end + 1 };
                slip(to, DateSlip::Digits)
            }
            _ => nothing,
        },
        _ => nothing,
    }
}

/// A month, and the day behind it if there is one.
fn in_month(prose: &Prose, year: Option<u32>, month: Range<usize>) -> Option<ReadDate> {
    let value = prose.number(month.clone())?;
    let behind = month.end + 1;
    let day = behind..prose.digits(behind);
    let has_day = !day.is_empty() && prose.at(day.end) == DAY && !is_other_word(prose, day.end);
    let end = if has_day { day.end + 1 } else { behind };
    if !(1..=12).contains(&value) {
        let sure = year.is_some() || has_day || prose.has_any(behind, &OF_CALENDAR).is_some();
        return sure.then_some(ReadDate { end, slip: Some(DateSlip::Month) });
    }
    let slip = match has_day {
        false => None,
        true if day.len() > 2 => Some(DateSlip::Digits),
        true => day_slip(year, value, prose.number(day)?),
    };
    Some(ReadDate { end, slip })
}

fn day_slip(year: Option<u32>, month: u32, day: u32) -> Option<DateSlip> {
    let days = days_in(year, month);
    (day == 0 || day > days).then_some(DateSlip::Day { month, days })
}

/// Without a year any February may have 29 days.
pub(super) fn days_in(year: Option<u32>, month: u32) -> u32 {
    match month {
        2 => match year {
            Some(year) if !(year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400)) => 28,
            _ => 29,
        },
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_year_like(prose: &Prose, digits: &Range<usize>) -> bool {
    prose.has_any(digits.start, &["19", "20"]).is_some()
}

fn is_other_word(prose: &Prose, at: usize) -> bool {
    BEHIND_DAY.contains(prose.at(at + 1))
}

/// A cell that is one date in figures: 2025.13.10.
fn in_figures(prose: &Prose) -> Option<DateSlip> {
    let date = figures(prose, 0).filter(|date| date.end == prose.len())?;
    if (1..=12).contains(&date.month) {
        return day_slip(Some(date.year), date.month, date.day);
    }
    Some(DateSlip::Month)
}

/// A date in figures, and where it ends.
pub(super) struct Figures {
    pub year: u32,
    month: u32,
    day: u32,
    end: usize,
}

/// The date in figures that begins here, whether there is such a day or not.
pub(super) fn figures(prose: &Prose, at: usize) -> Option<Figures> {
    let year = at..prose.digits(at);
    let separator = prose.at(year.end);
    let month = year.end + 1..prose.digits(year.end + 1);
    let day = month.end + 1..prose.digits(month.end + 1);
    let is_date = year.len() == 4
        && is_year_like(prose, &year)
        && SEPARATORS.contains(&separator)
        && prose.at(month.end) == separator
        && (1..=2).contains(&month.len())
        && (1..=2).contains(&day.len());
    if !is_date {
        return None;
    }
    let end = day.end;
    Some(Figures { year: prose.number(year)?, month: prose.number(month)?, day: prose.number(day)?, end })
}
