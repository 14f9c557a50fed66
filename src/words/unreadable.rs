//! Why a text is no number, and what to do about it.

use crate::engine::amount::Unreadable;
use crate::words::explain::quoted;
use crate::words::{Language, Words, words};

/// The evidence and the advice for a text that is no number.
pub fn say(unreadable: &Unreadable, language: Language) -> [String; 2] {
    let found = match unreadable {
        Unreadable::NotANumber { found } | Unreadable::SpreadsheetError { found } | Unreadable::WrongUnit { found } => {
            quoted(found)
        }
        _ => String::new(),
    };
    sentences(unreadable).map(|sentence| sentence.say(language, &[("found", found.clone())]))
}

fn sentences(unreadable: &Unreadable) -> [Words; 2] {
    match unreadable {
        Unreadable::NotANumber { .. } => [
            words("其中“{found}”不是数字。", "“{found}” is no part of a number."),
            words(
                "只填数字，如 1234.50；不适用的填“——”。",
                "Enter a number such as 1234.50, or —— where it does not apply.",
            ),
        ],
        Unreadable::TwoSigns => [
            words(
                "数字前的符号不止一个；括号也表示负数。",
                "There is more than one sign before the number; a bracket is a minus too.",
            ),
            words("只留一个符号。", "Keep one sign."),
        ],
        Unreadable::ChineseDigits => [
            words("这里不读中文数字。", "Numbers in Chinese characters are not read here."),
            words("改填阿拉伯数字，如 30。", "Enter digits, such as 30."),
        ],
        Unreadable::TwoPoints => [
            words("小数点不止一个。", "There is more than one decimal point."),
            words("只留一个小数点；一格只填一个数。", "Keep one decimal point, and one number in a cell."),
        ],
        Unreadable::Exponent => [
            words("科学计数法（如 1.2e3）容易看错，不予采用。", "Scientific notation such as 1.2e3 is not taken."),
            words("写出全部数字，如 1200。", "Write all digits, such as 1200."),
        ],
        Unreadable::NarrowColumn => [
            words(
                "Excel 列宽不足时显示这样的符号，原数不在其中。",
                "Excel shows this in a column that is too narrow; the number is not in it.",
            ),
            words("在 Excel 中加宽该列后重新复制。", "Widen the column in Excel and copy again."),
        ],
        Unreadable::SpreadsheetError { .. } => [
            words("“{found}”是 Excel 的错误值。", "“{found}” is an error value of Excel."),
            words(
                "在 Excel 中改正公式后重新复制，或直接填数字。",
                "Correct the formula in Excel and copy again, or enter the number.",
            ),
        ],
        Unreadable::WrongGrouping => [
            words(
                "逗号或顿号不在千位上，可能多了或少了数字。",
                "The commas do not part thousands; a digit may be missing or too many.",
            ),
            words(
                "核对数字，去掉逗号和顿号；小数点用“.”。",
                "Check the digits and take the commas out; the decimal point is a full stop.",
            ),
        ],
        Unreadable::SeveralNumbers => [
            words(
                "像是几个数，或一个数被空格、换行或其他符号分开。",
                "These look like several numbers, or one that was split.",
            ),
            words("一格只填一个数，中间不留空格。", "Enter one number in a cell, without spaces in it."),
        ],
        Unreadable::WrongUnit { .. } => [
            words("单位“{found}”不是这一格的单位。", "“{found}” is not the unit of this cell."),
            words("换算成这一格的单位，只填数字。", "Convert it to the unit of this cell and enter the number alone."),
        ],
        Unreadable::TooLarge => [
            words("整数部分超过 11 位，不可能是本表的数。", "There are more than 11 digits before the point."),
            words("核对位数和单位。", "Check the digits and the unit."),
        ],
        Unreadable::TooManyDecimals => [
            words("小数超过 12 位。", "There are more than 12 decimals."),
            words("核对小数点的位置，或四舍五入到 6 位以内。", "Check the decimal point, or round to six decimals."),
        ],
    }
}

/// One of each reason, for the catalogue of messages and for tests.
#[cfg(not(target_arch = "wasm32"))]
pub fn catalogue() -> Vec<(Unreadable, [Words; 2])> {
    let found = || "{found}".to_owned();
    let reasons = [
        Unreadable::NotANumber { found: found() },
        Unreadable::TwoSigns,
        Unreadable::ChineseDigits,
        Unreadable::TwoPoints,
        Unreadable::Exponent,
        Unreadable::NarrowColumn,
        Unreadable::SpreadsheetError { found: found() },
        Unreadable::WrongGrouping,
        Unreadable::SeveralNumbers,
        Unreadable::WrongUnit { found: found() },
        Unreadable::TooLarge,
        Unreadable::TooManyDecimals,
    ];
    reasons.map(|reason| (reason.clone(), sentences(&reason))).into()
}
