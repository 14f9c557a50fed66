//! Makes slips: a true form and a kind of error in, the cells that are then wrong and what stands in them out.
//!
//! Cells are drawn evenly among those that an equality ties; nothing here asks what the engine makes of a slip.

use gouji::engine::locate::system::{CENT, Figure, UNIT};

use crate::amounts::{Exactness, amount, to_step};
use crate::chance::Chance;
use crate::entry::{plain, read, typed};
use crate::forms::{Measure, Sheet};
use crate::kinds::Kind;

/// Tries before a kind is given up on a form that has no cell for it.
const TRIES: usize = 300;

/// A slip as it is entered.
#[derive(Clone, Debug, PartialEq)]
pub struct Slip {
    pub kind: Kind,
    /// The cells that are wrong, and what stands in them: one, or two that were swapped.
    pub entered: Vec<(usize, Figure)>,
}

impl Slip {
    /// How far the largest change goes.
    pub fn moved_by(&self, sheet: &Sheet) -> i128 {
        let moved = |(cell, figure): &(usize, Figure)| (figure.value - sheet.cells[*cell].figure.value).abs();
        self.entered.iter().map(moved).max().unwrap_or_default()
    }
}

/// A slip of one kind in a tied cell; `None` where the form has no cell for it.
pub fn draw(chance: &mut Chance, kind: Kind, sheet: &Sheet) -> Option<Slip> {
    let tied = sheet.tied();
    (0..TRIES).find_map(|_| {
        let cell = *chance.pick(&tied);
        let entered = match kind {
            Kind::Swapped => swapped(chance, sheet, cell)?,
            _ => vec![(cell, one(chance, kind, sheet, cell)?)],
        };
        let is_changed = entered.iter().all(|(cell, figure)| figure.value != sheet.cells[*cell].figure.value);
        is_changed.then_some(Slip { kind, entered })
    })
}

/// A kind by the shares that were observed.
pub fn observed_kind(chance: &mut Chance) -> Kind {
    let mut at = chance.below(100);
    for (kind, share) in Kind::OBSERVED {
        if at < share {
            return kind;
        }
        at -= share;
    }
    Kind::Replaced
}

fn one(chance: &mut Chance, kind: Kind, sheet: &Sheet, cell: usize) -> Option<Figure> {
    let known = &sheet.cells[cell];
    let (figure, measure) = (known.figure, known.measure);
    let is_money = measure == Measure::Money;
    match kind {
        Kind::Transposed | Kind::Replaced | Kind::Dropped | Kind::Added => of_digits(chance, kind, figure),
        Kind::LostPoint => {
            let text = typed(figure);
            text.contains('.').then(|| text.replacen('.', "", 1)).and_then(|text| read(text.trim_start_matches('0')))
        }
        Kind::TimesTen => moved(figure, 1),
        Kind::Tenth => moved(figure, -1).filter(|_| measure != Measure::People),
        Kind::YuanForWan if is_money && figure.value != 0 => {
            let wan = moved(figure, 4)?;
            // The document has yuan and fen, of which the form's figure is the rounded one.
            let rest = chance.between(-50 * UNIT + CENT, 50 * UNIT - CENT);
            let (is_exact, has_fen) = (chance.percent(50), chance.percent(50));
            let rest = to_step(rest, if has_fen { CENT } else { UNIT });
            Some(if is_exact { wan } else { plain(wan.value + rest) })
        }
        Kind::WanForYuan if is_money => moved(figure, -4),
        Kind::Sign => Some(Figure { value: -figure.value, ..figure }),
        Kind::PreviousColumn => known.left.map(|left| sheet.cells[left].figure),
        Kind::Zero => Some(plain(0)),
        Kind::Random => {
            let value = amount(chance, Exactness::Exact, 5_000, 17);
            Some(plain(if measure == Measure::People { to_step(value, UNIT) } else { value }))
        }
        _ => None,
    }
}

/// Two neighbours of the same measure, both tied.
fn swapped(chance: &mut Chance, sheet: &Sheet, cell: usize) -> Option<Vec<(usize, Figure)>> {
    let known = &sheet.cells[cell];
    let is_fit =
        |other: &&usize| sheet.cells[**other].measure == known.measure && !sheet.cells[**other].ties.is_empty();
    let near: Vec<usize> = known.beside.iter().chain(&known.above_below).filter(is_fit).copied().collect();
    if near.is_empty() {
        return None;
    }
    let other = *chance.pick(&near);
    Some(vec![(cell, sheet.cells[other].figure), (other, known.figure)])
}

/// The same digits with the point moved.
fn moved(figure: Figure, by: i32) -> Option<Figure> {
    let power = 10_i128.pow(by.unsigned_abs());
    if by >= 0 {
        let places = figure.places.saturating_sub(by.unsigned_abs());
        return read(&typed(Figure { value: figure.value * power, places }));
    }
    let places = figure.places + by.unsigned_abs();
    (figure.value % power == 0).then_some(Figure { value: figure.value / power, places })
}

fn of_digits(chance: &mut Chance, kind: Kind, figure: Figure) -> Option<Figure> {
    let text = typed(figure);
    let digits: Vec<usize> =
        text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()).map(|(at, _)| at).collect();
    let mut bytes = text.clone().into_bytes();
    let at = chance.below(digits.len());
    let any = b'0' + u8::try_from(chance.below(10)).unwrap_or_default();
    match kind {
        Kind::Transposed => bytes.swap(digits[at], *digits.get(at + 1)?),
        Kind::Replaced => bytes[digits[at]] = any,
        Kind::Dropped => {
            bytes.remove(digits[at]);
            // A point without decimals is not left standing.
            if bytes.last() == Some(&b'.') {
                bytes.pop();
            }
        }
        _ => bytes.insert(digits[at] + chance.below(2), any),
    }
    read(&String::from_utf8(bytes).ok()?)
}
