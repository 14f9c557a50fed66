//! `unit_slip`: “共90万元，其中：60万元…，30元…”: an amount in 元 that is out by 10⁴, as the sum or an equal figure in
//! the same sentence says.
//!
//! Silent unless 10⁴ repairs exactly one amount: 每人600元，共600万元 is right.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::engine::text::prose::Prose;
use crate::engine::text::{Case, Spot, TextFact, TextFinding};

const YUAN: char = '元';
const TEN_THOUSAND: char = '万';
const OF_WHICH: &str = "其中";
/// Before a figure that is the sum of those before it.
const SUMS: [&str; 6] = ["合计", "共计", "总计", "合计为", "共计为", "总计为"];
/// Words between a total's name and its figure.
const FILLERS: [&str; 5] = ["为", "是", "达", "共", ":"];
/// Words by which an amount is a price, a rate or rough, before it in its clause.
const NO_TOTAL: [&str; 10] = ["每", "人均", "户均", "均", "单价", "标准", "限额", "约", "近", "超"];
/// How far before it they are looked for.
const BEFORE: usize = 20;
/// The same behind an amount.
const BEHIND: [&str; 10] = ["/", "每", "以上", "以下", "以内", "左右", "余", "多", "至", "-"];
/// Words by which the whole sentence tells of rates.
const OF_RATES: [&str; 5] = ["每", "人均", "户均", "单价", "标准"];
/// No figure of a unit in 元 that equals one in 万元 is as large.
const MOST_EQUAL: i64 = 100_000;
/// A sentence with more amounts is a table.
const MOST_AMOUNTS: usize = 40;

struct Amount {
    range: Range<usize>,
    /// As printed, not multiplied by its unit.
    number: Decimal,
    in_ten_thousand: bool,
    /// Whether it is exact, and the sum of something.
    sure: bool,
}

impl Amount {
    fn in_yuan(&self) -> Option<Decimal> {
        if self.in_ten_thousand { self.number.checked_mul(factor()) } else { Some(self.number) }
    }

    /// What the amount would be with its number in the other unit.
    fn in_other_unit(&self) -> Option<Decimal> {
        if self.in_ten_thousand { Some(self.number) } else { self.number.checked_mul(factor()) }
    }
}

fn factor() -> Decimal {
    Decimal::from(10_000)
}

pub(super) fn check(case: Case<'_>, totals: &[String]) -> Vec<TextFinding> {
    let mut findings = Vec::new();
    for (at, text) in case.texts() {
        let prose = &text.prose;
        for sentence in with_their_parts(prose) {
            let amounts = amounts(prose, sentence.clone());
            if !(2..=MOST_AMOUNTS).contains(&amounts.len()) {
                continue;
            }
            let wrong = in_a_sum(prose, &sentence, &amounts).or_else(|| in_a_pair(prose, &sentence, &amounts, totals));
            let Some(wrong) = wrong else { continue };
            let number = wrong.number.normalize();
            let unit = if wrong.in_ten_thousand { String::from(YUAN) } else { [TEN_THOUSAND, YUAN].iter().collect() };
            let fact =
                TextFact::UnitSlip { written: prose.text(wrong.range.clone()), should: format!("{number}{unit}") };
            findings.push(case.finding(&Spot { text: at, range: wrong.range.clone() }, fact));
        }
    }
    findings
}

/// Sentences; one that begins with 其中 belongs to the one before it.
fn with_their_parts(prose: &Prose) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for sentence in prose.sentences(false) {
        let follows = prose.has(sentence.start, OF_WHICH).is_some() && prose.before(sentence.start) != '\n';
        match joined.last_mut() {
            Some(before) if follows => before.end = sentence.end,
            _ => joined.push(sentence),
        }
    }
    joined
}

fn amounts(prose: &Prose, sentence: Range<usize>) -> Vec<Amount> {
    let mut amounts = Vec::new();
    let mut at = sentence.start;
    let mut clause = sentence.start;
    while at < sentence.end {
        if !prose.at(at).is_ascii_digit() {
            if matches!(prose.at(at), ',' | '。' | ';' | '、') {
                clause = at + 1;
            }
            at += 1;
            continue;
        }
        let from = at;
        while prose.at(at).is_ascii_digit() || (matches!(prose.at(at), '.' | ',') && prose.at(at + 1).is_ascii_digit())
        {
            at += 1;
        }
        let in_ten_thousand = prose.at(at) == TEN_THOUSAND;
        let unit = at + usize::from(in_ten_thousand);
        if prose.at(unit) != YUAN {
            continue;
        }
        let printed: String = prose.text(from..at).chars().filter(|c| *c != ',').collect();
        let number = Decimal::from_str_exact(&printed).ok();
        at = unit + 1;
        let sure = number.is_some()
            && !prose.contains_any(clause.max(from.saturating_sub(BEFORE))..from, &NO_TOTAL)
            && prose.has_any(at, &BEHIND).is_none()
            && !matches!(prose.before(from), ' ' | '-' | '~' | '/' | '×' | '≥' | '≤' | '<' | '>');
        amounts.push(Amount { range: from..at, number: number.unwrap_or_default(), in_ten_thousand, sure });
    }
    amounts
}

/// The one amount that in the other unit makes the whole the sum of its parts.
fn in_a_sum<'a>(prose: &Prose, sentence: &Range<usize>, amounts: &'a [Amount]) -> Option<&'a Amount> {
    let marks: Vec<usize> = sentence.clone().filter(|at| prose.has(*at, OF_WHICH).is_some()).collect();
    let (whole, parts) = match marks.as_slice() {
        [mark] => {
            let before = amounts.iter().filter(|amount| amount.range.start < *mark).count();
            (amounts.get(before.checked_sub(1)?)?, amounts.get(before..)?)
        }
        [] => {
            let (whole, parts) = amounts.split_last()?;
            (prose.ends_any(whole.range.start, &SUMS)).then_some((whole, parts))?
        }
        _ => return None,
    };
    if parts.len() < 2 || !whole.sure || !parts.iter().all(|part| part.sure) {
        return None;
    }
    let stated = whole.in_yuan()?;
    let total = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.in_yuan()?))?;
    if total == stated {
        return None;
    }
    let mut repairs = parts
        .iter()
        .filter(|part| {
            let repaired = || total.checked_sub(part.in_yuan()?)?.checked_add(part.in_other_unit()?);
            repaired() == Some(stated) && !part.number.is_zero()
        })
        .chain(Some(whole).filter(|whole| whole.in_other_unit() == Some(total)));
    let only = repairs.next()?;
    repairs.next().is_none().then_some(only)
}

/// Of two totals with the same number, one in 元 and one in 万元, the one in 元.
fn in_a_pair<'a>(
    prose: &Prose,
    sentence: &Range<usize>,
    amounts: &'a [Amount],
    totals: &[String],
) -> Option<&'a Amount> {
    if prose.contains_any(sentence.clone(), &OF_RATES) {
        return None;
    }
    let is_total = |amount: &Amount| {
        let mut from = amount.range.start;
        while let Some(word) = FILLERS.iter().find(|word| from > sentence.start && prose.ends(from, word)) {
            from -= word.chars().count();
        }
        amount.sure && !amount.number.is_zero() && prose.ends_any(from, totals)
    };
    let named: Vec<&Amount> = amounts.iter().filter(|amount| is_total(amount)).collect();
    let in_yuan = |amount: &&Amount| !amount.in_ten_thousand && amount.number < Decimal::from(MOST_EQUAL);
    let has_twin = |wrong: &Amount| named.iter().any(|other| other.in_ten_thousand && other.number == wrong.number);
    named.iter().copied().filter(in_yuan).find(|amount| has_twin(amount))
}
