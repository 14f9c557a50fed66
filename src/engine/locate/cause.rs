//! What may have happened when a figure was written: the one entered and the one meant, and how likely that slip is.
//!
//! Costs are hundredths of −log likelihoods. They say how people err, not how any list of test cases does.

use serde::Serialize;

use crate::engine::locate::system::{CENT, Figure, PLACES, UNIT, Units, places_of};

/// The slip that turns the figure meant into the one entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// 元 in a table in 万元.
    YuanForWan,
    /// 万元 in a table in 元.
    WanForYuan,
    /// The decimal point was left out: 3103 for 31.03.
    LostPoint,
    /// A minus that does not belong there, or is missing.
    Sign,
    /// The two neighbouring cells stand in each other's place.
    Swapped,
    /// Ten times too large.
    TenTimes,
    /// A tenth of it.
    Tenth,
    /// A hundredth of it, such as a share written as a fraction: 0.951 for 95.1 %.
    Hundredth,
    /// Two digits of it changed places.
    DigitsSwapped,
    /// One digit stands twice.
    DigitDoubled,
    /// One digit too many.
    DigitAdded,
    /// One digit is missing.
    DigitDropped,
    /// One digit is another.
    DigitReplaced,
    /// The cell is blank or zero, and its relations give a figure.
    LeftOut,
    /// The figure of the cell beside it.
    Copied,
    /// No slip that is known; the value is what the relations give.
    Unexplained,
}

/// The cost of the slip, in hundredths.
pub fn cost(cause: Cause) -> i32 {
    match cause {
        Cause::YuanForWan => 80,
        Cause::LostPoint => 90,
        Cause::Sign => 100,
        Cause::Swapped => 110,
        Cause::TenTimes => 120,
        Cause::DigitsSwapped => 130,
        Cause::LeftOut => 140,
        Cause::DigitDoubled => 150,
        Cause::Tenth | Cause::Hundredth => 160,
        Cause::Copied => 180,
        Cause::DigitDropped | Cause::WanForYuan => 200,
        Cause::DigitAdded => 220,
        Cause::DigitReplaced => 260,
        Cause::Unexplained => 400,
    }
}

/// The likeliest slip of one cell by itself that makes `entered` of `meant`; `None` where there is none.
pub fn of_one_cell(entered: Figure, meant: Units) -> Option<Cause> {
    let typed = entered.value;
    if typed == meant {
        return None;
    }
    if typed == 0 {
        return Some(Cause::LeftOut);
    }
    if typed == -meant {
        return Some(Cause::Sign);
    }
    let of_point = [
        (Cause::YuanForWan, 10_000, true),
        (Cause::LostPoint, 100, true),
        (Cause::TenTimes, 10, true),
        (Cause::Tenth, 10, false),
        (Cause::Hundredth, 100, false),
        (Cause::WanForYuan, 10_000, false),
    ];
    let point = of_point
        .into_iter()
        .filter(|_| meant != 0)
        .find(|(_, factor, is_larger)| is_moved(typed, meant, *factor, *is_larger));
    if let Some((cause, ..)) = point.filter(|(cause, ..)| *cause != Cause::WanForYuan) {
        return Some(cause);
    }
    let of_digits = if (typed < 0) == (meant < 0) { of_digits(entered, meant.abs()) } else { None };
    of_digits.or(point.map(|(cause, ..)| cause))
}

/// Whether one of the two is the other with its point moved, but for the rounding of the smaller one to 0.01.
fn is_moved(typed: Units, meant: Units, factor: Units, is_larger: bool) -> bool {
    let (large, small) = if is_larger { (typed, meant) } else { (meant, typed) };
    let exact = small.saturating_mul(factor);
    if large == exact {
        return true;
    }
    // 310,312 元 is 31.03 万元. A tenth that was typed is typed to the last digit.
    factor == 10_000 && (large - exact).abs() <= factor * CENT / 2
}

/// Slips among the digits. Digits are compared with as many decimals as either has, and without the zeros at the end,
/// which people leave out.
fn of_digits(entered: Figure, meant: Units) -> Option<Cause> {
    let typed = entered.value.abs();
    let places = places_of(typed).max(places_of(meant));
    let same_length = [places, places.max(2), places.max(entered.places)];
    let mut found: Option<Cause> = None;
    let mut consider = |cause: Option<Cause>| {
        if let Some(cause) = cause {
            found = Some(found.map_or(cause, |known| if cost(cause) < cost(known) { cause } else { known }));
        }
    };
    for places in same_length {
        let (one, other) = (Digits::of(typed, places), Digits::of(meant, places));
        consider(swapped_or_replaced(&one, &other));
    }
    // A digit too many or too few moves what stands before or behind it, not the point.
    for (typed_places, meant_places) in [
        (places_of(typed), places_of(meant)),
        (entered.places, entered.places),
        (places_of(typed), entered.places),
        (entered.places, entered.places + 1),
        (entered.places, entered.places.saturating_sub(1)),
        (2, 2),
        (1, 2),
        (3, 2),
    ] {
        if typed_places < places_of(typed) || meant_places < places_of(meant) {
            continue;
        }
        let (typed, meant) = (Digits::of(typed, typed_places), Digits::of(meant, meant_places));
        consider(added(&typed, &meant));
        // The point stays between the same digits: what is missing stood before it or behind it.
        consider(one_more(&meant, &typed).map(|_| Cause::DigitDropped));
    }
    found
}

/// The digits of a figure, with where its point stands.
struct Digits {
    all: [u8; 48],
    length: usize,
    /// Digits before the point.
    whole: usize,
}

impl Digits {
    fn of(value: Units, places: u32) -> Self {
        let mut rest = value / 10_i128.pow(PLACES - places.min(PLACES));
        let mut all = [0_u8; 48];
        let mut length = 0;
        while rest > 0 || length <= places as usize {
            all[length] = u8::try_from(rest % 10).unwrap_or_default();
            rest /= 10;
            length += 1;
        }
        all[..length].reverse();
        Self { all, length, whole: length - places as usize }
    }

    fn all(&self) -> &[u8] {
        &self.all[..self.length]
    }
}

fn swapped_or_replaced(one: &Digits, other: &Digits) -> Option<Cause> {
    if one.length != other.length || one.whole != other.whole {
        return None;
    }
    let (one, other) = (one.all(), other.all());
    let mut different = (0..one.len()).filter(|at| one[*at] != other[*at]);
    match (different.next(), different.next(), different.next()) {
        (Some(_), None, _) => Some(Cause::DigitReplaced),
        (Some(a), Some(b), None) if one[a] == other[b] && one[b] == other[a] => Some(Cause::DigitsSwapped),
        _ => None,
    }
}

/// Where `long` has one digit more than `short`, its point being between the same digits.
fn one_more(long: &Digits, short: &Digits) -> Option<usize> {
    if long.length != short.length + 1 {
        return None;
    }
    let (more, fewer) = (long.all(), short.all());
    let same = more.iter().zip(fewer).take_while(|(one, other)| one == other).count();
    if more[same + 1..] != fewer[same..] {
        return None;
    }
    // Among equal digits any of them may be the one.
    let is_before_point = long.whole == short.whole + 1;
    // The first decimal does not come or go alone: the point does with it.
    let is_behind_point = long.whole == short.whole && short.whole < short.length;
    let first = more[..=same].iter().rposition(|digit| *digit != more[same]).map_or(0, |at| at + 1);
    let fits = (is_before_point && first < long.whole) || (is_behind_point && same >= long.whole);
    fits.then_some(same)
}

fn added(typed: &Digits, meant: &Digits) -> Option<Cause> {
    let at = one_more(typed, meant)?;
    let digits = typed.all();
    let is_double = (at > 0 && digits[at - 1] == digits[at]) || digits.get(at + 1) == Some(&digits[at]);
    Some(if is_double { Cause::DigitDoubled } else { Cause::DigitAdded })
}

/// What may have been meant, where the relations leave too much open to tell: only slips that name one value.
pub fn may_have_meant(entered: Figure) -> Vec<Units> {
    let typed = entered.value;
    let cents = |value: Units| (value + CENT / 2).div_euclid(CENT) * CENT;
    let larger = [10, 100, 10_000].map(|factor| typed.saturating_mul(factor));
    let mut all: Vec<Units> = vec![cents(typed / 10_000), typed / 100, typed / 10, -typed];
    all.extend(larger);
    let places = entered.places.min(PLACES);
    let digits = Digits::of(typed.abs(), places);
    let value = |digits: &[u8], places: u32| {
        let whole = digits.iter().fold(0_i128, |value, digit| value.saturating_mul(10) + Units::from(*digit));
        whole.saturating_mul(10_i128.pow(PLACES - places))
    };
    for at in 1..digits.length {
        let mut swapped = digits.all;
        swapped.swap(at - 1, at);
        all.push(value(&swapped[..digits.length], places));
        if digits.all[at - 1] == digits.all[at] {
            let mut single = digits.all().to_vec();
            single.remove(at);
            let places = if at < digits.whole { places } else { places.saturating_sub(1) };
            all.push(value(&single, places));
        }
    }
    all.retain(|value| *value != typed && *value >= 0 && *value < 10_i128.pow(18) * UNIT);
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(text: &str) -> Figure {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits: Units = [whole, fraction].concat().parse().expect("a number");
        let places = u32::try_from(fraction.len()).expect("few");
        Figure { value: digits * 10_i128.pow(PLACES - places), places }
    }

    #[test]
    fn each_slip_is_known() {
        for (entered, meant, cause) in [
            ("310300", "31.03", Some(Cause::YuanForWan)),
            ("310300.00", "31.03", Some(Cause::YuanForWan)),
            ("310312", "31.03", Some(Cause::YuanForWan)),
            ("3103", "31.03", Some(Cause::LostPoint)),
            ("165", "16.5", Some(Cause::TenTimes)),
            ("310.3", "31.03", Some(Cause::TenTimes)),
            ("3.103", "31.03", Some(Cause::Tenth)),
            ("-31.03", "31.03", Some(Cause::Sign)),
            ("13.03", "31.03", Some(Cause::DigitsSwapped)),
            ("30.13", "31.03", Some(Cause::DigitsSwapped)),
            ("120.03", "120.3", Some(Cause::DigitsSwapped)),
            ("311.03", "31.03", Some(Cause::DigitDoubled)),
            ("31.033", "31.03", Some(Cause::DigitDoubled)),
            ("351.03", "31.03", Some(Cause::DigitAdded)),
            ("1.03", "31.03", Some(Cause::DigitDropped)),
            ("203.5", "1203.5", Some(Cause::DigitDropped)),
            ("103.5", "1203.5", Some(Cause::DigitDropped)),
            ("31.35", "301.35", Some(Cause::DigitDropped)),
            ("31.5", "31.05", Some(Cause::DigitsSwapped)),
            ("31", "31.25", None),
            ("0.951", "95.1", Some(Cause::Hundredth)),
            ("37.03", "31.03", Some(Cause::DigitReplaced)),
            ("32", "31", Some(Cause::DigitReplaced)),
            ("16", "27.76", None),
            ("0", "31.03", Some(Cause::LeftOut)),
            ("0.003103", "31.03", Some(Cause::WanForYuan)),
            ("5", "0", Some(Cause::DigitReplaced)),
            ("40", "0", Some(Cause::DigitAdded)),
            ("125.84", "0", None),
        ] {
            assert_eq!(of_one_cell(figure(entered), figure(meant).value), cause, "{entered} for {meant}");
        }
    }

    #[test]
    fn what_may_have_been_meant_is_a_slip_of_it() {
        let entered = figure("3310.3");
        let meant = may_have_meant(entered);
        for text in ["331.03", "33.103", "3130.3", "310.3"] {
            assert!(meant.contains(&figure(text).value), "{text}");
        }
        for value in meant {
            assert!(of_one_cell(entered, value).is_some(), "{value}");
        }
    }
}
