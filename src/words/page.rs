//! Words of the page and the command line.

use crate::engine::finding::{AnswerState, Level};
use crate::engine::relation::State;
use crate::words::{Words, words};

pub const ERROR: Words = words("强制性", "Error");
pub const WARNING: Words = words("核实性", "To verify");
pub const INFO: Words = words("提示性", "Note");

/// The name of a level (审核类型).
pub fn level(level: Level) -> Words {
    match level {
        Level::Error => ERROR,
        Level::Warning => WARNING,
        Level::Info => INFO,
    }
}

/// How a 审核说明 stands.
pub fn answer(state: AnswerState) -> Words {
    match state {
        AnswerState::Valid => words("已说明", "answered"),
        AnswerState::ToConfirm => words("待确认", "to be confirmed"),
    }
}

/// How a relation stands.
pub fn state(state: State) -> Words {
    match state {
        State::Agrees => words("相符", "agrees"),
        State::Rounding => words("尾差", "rounding"),
        State::Violated => words("不符", "differs"),
        State::Open => words("未填全", "incomplete"),
        State::Offered => words("可计算", "can be calculated"),
        State::Unverifiable => words("无法核对", "cannot be checked"),
        State::Silent => words("未填", "blank"),
    }
}

/// The answer to a warning.
pub const NOTE: Words = words("审核说明", "Note");
