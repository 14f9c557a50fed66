//! Sets of values that a cell may have: a few ranges, ends included.

use crate::engine::locate::system::Units;

/// A few ranges of values in order; no end means unbounded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranges {
    /// Ends included.
    pub parts: Vec<(Units, Units)>,
}

impl Ranges {
    pub fn all() -> Self {
        Self { parts: vec![(Units::MIN, Units::MAX)] }
    }

    pub fn none() -> Self {
        Self { parts: Vec::new() }
    }

    /// From `low` to `high`; empty where they cross.
    pub fn one(low: Option<Units>, high: Option<Units>) -> Self {
        let (low, high) = (low.unwrap_or(Units::MIN), high.unwrap_or(Units::MAX));
        Self { parts: if low <= high { vec![(low, high)] } else { Vec::new() } }
    }

    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    pub fn contains(&self, value: Units) -> bool {
        self.parts.iter().any(|(low, high)| *low <= value && value <= *high)
    }

    /// Adds the values of another set.
    pub fn extend(&mut self, other: Self) {
        self.parts.extend(other.parts);
        self.parts.sort_unstable();
        let mut joined: Vec<(Units, Units)> = Vec::with_capacity(self.parts.len());
        for (low, high) in self.parts.drain(..) {
            match joined.last_mut() {
                Some((_, end)) if low <= end.saturating_add(1) => *end = (*end).max(high),
                _ => joined.push((low, high)),
            }
        }
        self.parts = joined;
    }

    /// The values that both sets have.
    pub fn intersect(&self, other: &Self) -> Self {
        let mut parts = Vec::new();
        for (low, high) in &self.parts {
            for (other_low, other_high) in &other.parts {
                let (low, high) = (*low.max(other_low), *high.min(other_high));
                if low <= high {
                    parts.push((low, high));
                }
            }
        }
        parts.sort_unstable();
        Self { parts }
    }

    /// Takes one value out.
    pub fn cut_out(&mut self, value: Units) {
        let cut = |(low, high): (Units, Units)| {
            if value < low || high < value {
                return vec![(low, high)];
            }
            let below = (low < value).then(|| (low, value - 1));
            let above = (value < high).then(|| (value + 1, high));
            below.into_iter().chain(above).collect()
        };
        self.parts = std::mem::take(&mut self.parts).into_iter().flat_map(cut).collect();
    }
}

/// Division rounded down; the divisor is not zero.
pub fn floor_div(value: Units, by: Units) -> Units {
    let (quotient, rest) = (value / by, value % by);
    if rest != 0 && (rest < 0) != (by < 0) { quotient - 1 } else { quotient }
}

/// Division rounded up; the divisor is not zero.
pub fn ceil_div(value: Units, by: Units) -> Units {
    let (quotient, rest) = (value / by, value % by);
    if rest != 0 && (rest < 0) == (by < 0) { quotient + 1 } else { quotient }
}
