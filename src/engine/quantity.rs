//! Texts of 年度指标值 and 实际完成值: comparison sign, number, unit and vagueness. Dates and prose are no quantities.

mod units;

#[cfg(test)]
mod tests;

pub use units::{UnitMatch, compare_units, unit_multiplier};

use super::amount::{plain, scan};
use rust_decimal::Decimal;
use serde::Serialize;

/// How a target compares, as its sign or its words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub enum Sign {
    /// ≥, 不少于, 以上
    AtLeast,
    /// >, 超过
    MoreThan,
    /// ≤, 不超过, 以内
    AtMost,
    /// <, 不足
    LessThan,
    /// =
    Equal,
}

/// One quantity: `≥100余场` is at least, 100, 场, vague.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Quantity {
    pub sign: Option<Sign>,
    /// The number as printed, not multiplied by its unit: `200万点击率` is 200.
    pub value: Decimal,
    /// The unit as written in plain characters; every way of writing percent is `%`. Empty where none is written.
    pub unit: String,
    /// 余, 多 and 约 stand by it: the number is not exact.
    pub vague: bool,
}

const SIGNS: [(Sign, &[&str]); 5] = [
    (
        Sign::AtLeast,
        &[
            "≥",
            ">=",
            "=>",
            "大于等于",
            "大于或等于",
            "大于或者等于",
            "高于等于",
            "高于或等于",
            "不少于",
            "不低于",
            "不小于",
            "不得少于",
            "不得低于",
            "至少",
            "最少",
        ],
    ),
    (Sign::MoreThan, &[">", "大于", "高于", "多于", "超过", "超"]),
    (
        Sign::AtMost,
        &[
            "≤",
            "<=",
            "=<",
            "小于等于",
            "小于或等于",
            "小于或者等于",
            "低于等于",
            "低于或等于",
            "不超过",
            "不高于",
            "不多于",
            "不大于",
            "不得超过",
            "不得高于",
            "不得多于",
            "未超过",
            "至多",
            "最多",
            "控制在",
        ],
    ),
    (Sign::LessThan, &["<", "小于", "低于", "少于", "不足", "不到"]),
    (Sign::Equal, &["=", "等于"]),
];
/// Words before a number that add nothing to it.
const FILLERS: [&str; 17] = [
    "完成",
    "已完成",
    "实际完成",
    "达到",
    "达",
    "已达",
    "已达到",
    "共",
    "共计",
    "合计",
    "累计",
    "全年",
    "年度",
    "开展",
    "组织",
    "举办",
    "为",
];
const VAGUE_BEFORE: [&str; 6] = ["约", "大约", "近", "将近", "接近", "逾"];
const VAGUE_AFTER: [char; 4] = ['余', '多', '几', '+'];
const AT_LEAST_AFTER: [&str; 3] = ["及以上", "或以上", "以上"];
const AT_MOST_AFTER: [&str; 4] = ["及以下", "以下", "以内", "之内"];
const ROUGHLY_AFTER: [&str; 2] = ["左右", "上下"];
/// What follows a rate that says no more than that it was reached.
const AFTER_PERCENT: [&str; 7] = ["完成", "达标", "覆盖", "合格", "满意", "到位", "率"];
/// More words than this are a sentence.
const MOST_PREFIXES: usize = 4;
const LONGEST_UNIT: usize = 10;

impl Quantity {
    /// The quantity without its sign: what 实际完成值 should read where it repeats the sign of the target.
    pub fn without_sign(&self) -> String {
        format!("{}{}", self.value, self.unit)
    }

    /// Whether the true number may lie above the written one: 100余场, 100场以上, ≥100场.
    pub fn is_lower_bound(&self) -> bool {
        self.vague || matches!(self.sign, Some(Sign::AtLeast | Sign::MoreThan))
    }

    /// Whether the written number is only a limit or a rough figure, not what was counted.
    pub fn is_inexact(&self) -> bool {
        self.vague || !matches!(self.sign, None | Some(Sign::Equal))
    }
}

/// Reads a text that is one quantity and nothing else; `None` for words, dates, ranges and several numbers.
pub fn read_quantity(text: &str) -> Option<Quantity> {
    let line = plain(text)?;
    let line = line.trim_end_matches(['.', ',', ';', '!', ' ']);
    let line = line.strip_suffix("(含)").unwrap_or(line);
    let Prefix { mut sign, mut vague, percent, rest } = read_prefix(line)?;
    let (value, rest) = read_value(rest, percent)?;
    let mut rest: String = rest.chars().filter(|c| *c != ' ').collect();
    let signed_before = sign.is_some();
    let after = |rest: &mut String, words: &[&str]| {
        let kept = words.iter().find_map(|word| rest.strip_suffix(word)).map(str::len);
        kept.map(|kept| rest.truncate(kept)).is_some()
    };
    vague |= after(&mut rest, &ROUGHLY_AFTER);
    if after(&mut rest, &AT_LEAST_AFTER) {
        sign = agree(sign, Sign::AtLeast)?;
    } else if after(&mut rest, &AT_MOST_AFTER) || (units::is_span_of_time(&rest) && after(&mut rest, &["内"])) {
        sign = agree(sign, Sign::AtMost)?;
    }
    let (unit, vague_unit) = take_vague(&rest);
    vague |= vague_unit;
    let unit = match percent {
        true if unit.is_empty() => "%".to_owned(),
        true => return None,
        false => plain_percent(&unit),
    };
    let is_unit = unit.chars().count() <= LONGEST_UNIT && unit.chars().all(belongs_to_unit);
    if !is_unit || is_date(value, &unit, sign, signed_before) {
        return None;
    }
    Some(Quantity { sign, value, unit, vague })
}

/// Whether a text speaks of any number at all, be it a date or a range: such a text is not unquantified.
pub fn mentions_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)) || read_quantity(text).is_some()
}

struct Prefix<'a> {
    sign: Option<Sign>,
    vague: bool,
    /// 百分之 stands before the number.
    percent: bool,
    rest: &'a str,
}

fn read_prefix(line: &str) -> Option<Prefix<'_>> {
    let mut found = Prefix { sign: None, vague: false, percent: false, rest: line };
    for _ in 0..MOST_PREFIXES {
        found.rest = found.rest.trim_start();
        let signs = SIGNS.iter().flat_map(|(sign, words)| words.iter().map(|word| (Some(*sign), *word)));
        let fillers = FILLERS.iter().chain(&VAGUE_BEFORE).map(|word| (None, *word));
        let longest =
            signs.chain(fillers).filter(|(_, word)| found.rest.starts_with(word)).max_by_key(|(_, w)| w.len());
        let Some((sign, word)) = longest else { break };
        if let Some(sign) = sign {
            found.sign = agree(found.sign, sign)?;
        }
        found.vague |= VAGUE_BEFORE.contains(&word);
        found.rest = &found.rest[word.len()..];
    }
    if let Some(rest) = found.rest.trim_start().strip_prefix("百分之") {
        (found.percent, found.rest) = (true, rest);
    }
    found.rest = found.rest.trim_start();
    Some(found)
}

/// Two signs in one text must point the same way: 不少于5场以上 is at least 5, ≥5场以下 is nothing.
fn agree(before: Option<Sign>, sign: Sign) -> Option<Option<Sign>> {
    let upward = |sign| matches!(sign, Sign::AtLeast | Sign::MoreThan);
    match before {
        None => Some(Some(sign)),
        Some(before) if before == sign || (before != Sign::Equal && upward(before) == upward(sign)) => {
            Some(Some(before))
        }
        Some(_) => None,
    }
}

fn read_value(text: &str, percent: bool) -> Option<(Decimal, &str)> {
    if text.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        let (number, rest) = scan(text).ok()?;
        return Some((number.value, rest));
    }
    let (value, rest) = read_chinese_number(text)?;
    // 一 begins many words (一般, 一定): in characters it is a number only before a unit that counts.
    (percent || units::COUNTERS.contains(&rest)).then_some((Decimal::from(value), rest))
}

/// Reads 十二 or 三百零五, up to 9999.
fn read_chinese_number(text: &str) -> Option<(u32, &str)> {
    let (mut total, mut digit, mut end) = (0_u32, None, 0);
    for (at, c) in text.char_indices() {
        let place = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '零' | '〇' => 0,
            _ => {
                let Some(value) = "一二三四五六七八九".chars().position(|d| d == c).or((c == '两').then_some(1))
                else {
                    break;
                };
                if digit.is_some() {
                    return None;
                }
                digit = Some(u32::try_from(value).ok()? + 1);
                end = at + c.len_utf8();
                continue;
            }
        };
        if place > 0 {
            total = total.checked_add(digit.take().unwrap_or(1).checked_mul(place)?)?;
        }
        end = at + c.len_utf8();
    }
    let value = total.checked_add(digit.unwrap_or(0))?;
    (end > 0 && value < 10_000).then(|| (value, &text[end..]))
}

/// Takes 余 or 多 out, before the unit (100余场) or behind its multiplier (3万余人).
fn take_vague(rest: &str) -> (String, bool) {
    let (multiplier, base) = rest.split_at(units::multiplier_length(rest));
    match (rest.strip_prefix(VAGUE_AFTER), base.strip_prefix(VAGUE_AFTER)) {
        (Some(unit), _) => (unit.to_owned(), true),
        (None, Some(base)) => (format!("{multiplier}{base}"), true),
        (None, None) => (rest.to_owned(), false),
    }
}

fn plain_percent(unit: &str) -> String {
    match unit {
        "百分比" | "百分点" | "个百分点" => "%".to_owned(),
        _ => match unit.strip_prefix('%') {
            Some(words) if AFTER_PERCENT.contains(&words) => "%".to_owned(),
            _ => unit.to_owned(),
        },
    }
}

/// Digits would be a second number; the words of denial and of time make another meaning of the unit.
fn belongs_to_unit(c: char) -> bool {
    (c.is_alphabetic() && !"未不无没欠缺前后底末至".contains(c)) || "%‰/㎡²°℃·".contains(c)
}

fn is_date(value: Decimal, unit: &str, sign: Option<Sign>, signed_before: bool) -> bool {
    let year = value.is_integer() && value >= Decimal::from(1900) && value <= Decimal::from(2100);
    let whole_date = value >= Decimal::from(19_000_101) && value <= Decimal::from(21_001_231);
    match unit {
        "" => sign.is_none() && whole_date && value.is_integer(),
        "日" | "号" => sign.is_none(),
        "点" | "时" => true,
        _ if unit.starts_with('月') => !signed_before,
        _ if unit.starts_with("季度") => true,
        _ => unit.starts_with('年') && year,
    }
}
