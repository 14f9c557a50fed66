//! Amounts as forms have them: log-normal, from 0.01 to 10,000, many of them round.

use gouji::engine::locate::system::{CENT, UNIT, Units};

use crate::chance::Chance;

/// 2^(i/16), in millionths.
const SIXTEENTHS: [Units; 16] = [
    1_000_000, 1_044_274, 1_090_508, 1_138_789, 1_189_207, 1_241_858, 1_296_840, 1_354_256, 1_414_214, 1_476_826,
    1_542_211, 1_610_490, 1_681_793, 1_756_252, 1_834_008, 1_915_207,
];

/// The finest step of an amount that a form rounds: a hundredth of a yuan, so that no two roundings are alike.
const FINEST: Units = UNIT / 1_000_000;

/// How the figures of a form came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exactness {
    /// Each figure is exact to 0.01.
    Exact,
    /// Each figure was rounded from the exact one by itself.
    Rounded,
}

impl Exactness {
    /// Half of the forms.
    pub fn draw(chance: &mut Chance) -> Self {
        if chance.percent(50) { Self::Rounded } else { Self::Exact }
    }
}

/// An amount around `median` hundredths; `spread` in eighths of a doubling is its standard deviation.
pub fn amount(chance: &mut Chance, exactness: Exactness, median: Units, spread: i128) -> Units {
    let sixteenths: i128 = (0..12).map(|_| chance.between(-spread, spread)).sum();
    let jitter = chance.between(0, 44_000) + 1_000_000;
    let shift = sixteenths.div_euclid(16);
    let part = SIXTEENTHS[usize::try_from(sixteenths.rem_euclid(16)).unwrap_or_default()];
    let value = median * CENT / 1_000 * part / 1_000 * jitter / 1_000_000;
    let value = if shift >= 0 { value << shift.min(40) } else { value >> (-shift).min(60) };
    let value = value.clamp(CENT, 10_000 * UNIT);
    match exactness {
        Exactness::Rounded => to_step(value, FINEST),
        Exactness::Exact => {
            let step = [CENT, CENT, 10 * CENT, UNIT][chance.below(4)];
            to_step(value, if value < 20 * step { CENT } else { step })
        }
    }
}

/// So many of a thousand of an amount.
pub fn share(value: Units, thousandths: i128, exactness: Exactness) -> Units {
    let step = if exactness == Exactness::Exact { CENT } else { FINEST };
    to_step(value * thousandths / 1_000, step)
}

/// Half up, to a step.
pub fn to_step(value: Units, step: Units) -> Units {
    (value + step / 2).div_euclid(step) * step
}
