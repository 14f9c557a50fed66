//! Words of the command line alone.

use crate::words::{Words, words};

/// The head of a report.
pub const SUMMARY: Words = words(
    "{form}（{year}年度）：强制性 {errors}，核实性 {warnings}（另有 {answered} 项已说明），提示性 {infos}",
    "{form} ({year}): {errors} errors, {warnings} to verify ({answered} more answered), {infos} notes",
);
/// Its end where the form has points.
pub const SCORES: Words =
    words("；总分 {total}，{grade}；按规则测算 {measured}", "; total {total}, {grade}; by the rules {measured}");
/// The answer to a warning.
pub const ANSWER: Words = words("审核说明（{state}）：{text}", "Note ({state}): {text}");
