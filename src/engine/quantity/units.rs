//! Units of targets and of actual values: which are the same, which differ by a factor, which differ.

use rust_decimal::Decimal;

/// How the unit of an actual value relates to that of its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitMatch {
    /// The same unit, or one of the two has none: `12` against `12次`.
    Same,
    /// The actual value is to be multiplied by this: 元 against 万元 by 0.0001.
    Scaled(Decimal),
    /// Units that nothing converts: 次 against 场.
    Different,
}

const MULTIPLIERS: [(&str, i64); 6] =
    [("千万", 10_000_000), ("百万", 1_000_000), ("十万", 100_000), ("亿", 100_000_000), ("万", 10_000), ("千", 1_000)];
const SYNONYMS: [(&str, &str); 14] = [
    ("公里", "千米"),
    ("km", "千米"),
    ("公斤", "千克"),
    ("kg", "千克"),
    ("平方米", "㎡"),
    ("平米", "㎡"),
    ("m²", "㎡"),
    ("名", "人"),
    ("位", "人"),
    ("日", "天"),
    ("圆", "元"),
    ("百分比", "%"),
    ("百分点", "%"),
    ("个百分点", "%"),
];
/// Characters that make another unit of the one before them: 人次 are not 人, 分钟 are not 分.
const OTHER_UNIT: [(&str, char); 4] = [("人", '次'), ("个", '月'), ("分", '钟'), ("人", '天')];
/// Units with which a number in Chinese characters is read: 三次.
const COUNTERS: &str =
    "次 场 场次 个 篇 篇次 家 人 人次 名 天 轮 起 件 条 期 份 户 项 批 部 台 辆 本 册 处 所 个月 元 万元";
/// What 个 may stand for: 50个 and 50家 are the same count.
const GENERIC: &str = "家 户 所 处 项 件 起 人 篇 条 台 份 部";

/// Compares the unit of a target with the unit of an actual value, each as `read_quantity` gives it.
pub fn compare_units(target: &str, actual: &str) -> UnitMatch {
    let (target, actual) = (canonical(target), canonical(actual));
    if target == actual {
        return UnitMatch::Same;
    }
    let (target_factor, target_base) = split_multiplier(target);
    let (actual_factor, actual_base) = split_multiplier(actual);
    if target.is_empty() || actual.is_empty() {
        // 200 beside 200万 may mean either: nothing but the multiplier is written.
        return match target_base.is_empty() && actual_base.is_empty() {
            true => UnitMatch::Different,
            false => UnitMatch::Same,
        };
    }
    if !is_same_base(target_base, actual_base) {
        return UnitMatch::Different;
    }
    match Decimal::from(actual_factor).checked_div(Decimal::from(target_factor)) {
        Some(factor) if factor == Decimal::ONE => UnitMatch::Same,
        Some(factor) => UnitMatch::Scaled(factor),
        None => UnitMatch::Different,
    }
}

/// The factor that the unit's multiplier stands for: 万元 is 10 000.
pub fn unit_multiplier(unit: &str) -> Decimal {
    Decimal::from(split_multiplier(canonical(unit)).0)
}

/// How much of the text, which begins with a unit, is a multiplier: the 万 of 万元.
pub(super) fn multiplier_length(unit: &str) -> usize {
    MULTIPLIERS.iter().find(|(word, _)| unit.starts_with(word)).map_or(0, |(word, _)| word.len())
}

/// 天内, 个月内 …: 内 means at most after a span of time and nothing after other units.
pub(super) fn is_span_of_time(unit: &str) -> bool {
    ["天内", "日内", "年内", "个月内", "小时内", "分钟内", "周内"].iter().any(|span| unit.ends_with(span))
}

pub(super) fn is_counter(unit: &str) -> bool {
    COUNTERS.split(' ').any(|counter| counter == unit)
}

fn canonical(unit: &str) -> &str {
    SYNONYMS.iter().find(|(written, _)| *written == unit).map_or(unit, |(_, meant)| meant)
}

fn split_multiplier(unit: &str) -> (i64, &str) {
    let found = MULTIPLIERS.iter().find_map(|(word, factor)| Some((*factor, unit.strip_prefix(word)?)));
    let (factor, base) = found.unwrap_or((1, unit));
    (factor, canonical(base))
}

/// 场 and 场次, 家 and 家企业 count the same things; 万 alone leaves open what it counts, but no rate.
fn is_same_base(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.is_empty() {
        return !long.starts_with(['%', '‰']);
    }
    let generic = |one, other| one == "个" && GENERIC.split(' ').any(|unit| unit == other);
    if generic(one, other) || generic(other, one) {
        return true;
    }
    let Some(more) = long.strip_prefix(short) else { return false };
    !more.starts_with(['/', '²', '·'])
        && !OTHER_UNIT.iter().any(|(unit, next)| *unit == short && more.starts_with(*next))
}
