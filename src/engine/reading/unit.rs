//! Whether a table counts money in 元 or in 万元, as it says it itself, and amounts brought to 万元 exactly.

use rust_decimal::Decimal;

use crate::engine::amount::{Entry, Measure, read_amount};

/// In what a table counts money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MoneyUnit {
    Yuan,
    /// 万元
    Wan,
}

/// An amount in 万元.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct InWan {
    pub value: Decimal,
    /// Whether it is written in 元, which only what stands around it says.
    pub is_converted: bool,
}

/// 元 are four places of 万元.
const PLACES: u32 = 4;

impl MoneyUnit {
    /// What a cell in plain letters says: 单位：元, （万元）, 金额单位：人民币元, 单位：人、万元. A unit is also an office, which says
    /// nothing: 单位：元江街道.
    pub fn stated(cell: &str) -> Option<Self> {
        let behind = cell.split("单位:").skip(1).map(|behind| behind.split(')').next().unwrap_or_default());
        let in_brackets = cell.split('(').skip(1).filter_map(|piece| piece.split_once(')')).map(|(inner, _)| inner);
        behind.chain(in_brackets).find_map(Self::named)
    }

    fn named(words: &str) -> Option<Self> {
        words.split(['、', ',', '/']).find_map(|word| match word.strip_prefix("人民币").unwrap_or(word) {
            "元" => Some(Self::Yuan),
            "万元" => Some(Self::Wan),
            _ => None,
        })
    }

    /// Reads an amount that stands under this unit. One that has a unit of its own is in that.
    pub fn read(self, text: &str) -> Option<InWan> {
        let Entry::Number(amount) = read_amount(text, Measure::Money) else { return None };
        let mut value = amount.value;
        let is_converted = self == Self::Yuan && !text.contains(['元', '万', '亿']);
        if is_converted {
            value.set_scale(value.scale() + PLACES).ok()?;
        }
        Some(InWan { value, is_converted })
    }
}
