//! Words on what becomes of last year's filing when this year's is begun from it.

use crate::engine::begin::Counts;
use crate::words::{Language, Words, words};

pub const TITLE: Words = words("从上年自评材料开始：{year}年度", "Begin {year} from last year's filing");
pub const FROM: Words = words(
    "依据 {name}（{last}年度{unit}）。现在填的内容不受影响。看过以下各项，再点“开始填写”。",
    "From {name} ({last}, {unit}). What is filled in now is not touched. Look through these lines, then begin.",
);
/// Where the file is a text.
pub const FROM_TEXT: Words = words(
    "{name} 不是从本程序导出的，以下是按文字认出的内容。",
    "{name} was not exported from here; this is what was recognised in its text.",
);
pub const CHANGED: Words = words(
    "{name} 导出后有人改过文字，这里以导出时的内容为准。",
    "The text of {name} was changed after it was exported; what counts here is what was exported.",
);
pub const NO_YEAR: Words = words(
    "没有认出年度，按 {last} 年度算；不对的，开始后改“评价年度”。",
    "Its year was not recognised and is taken as {last}; change “Year” after you begin if that is wrong.",
);
pub const NO_INDICATORS: Words = words(
    "没有认出绩效指标：指标的名称、分值和指标值须另行填写。",
    "No indicators were recognised: their names, points and targets are to be filled in by hand.",
);
pub const NO_FIGURES: Words =
    words("没有认出可作上年数的数。", "No figure was recognised that this form has of last year.");
pub const BEGIN: Words = words("开始填写{year}年度", "Begin {year}");
pub const CLOSE: Words = words("不用", "Not now");
pub const REFUSED: Words = words(
    "没有认出自评材料里的数。换上年导出的 Word 或 JSON 文件，或含两张表的文件。",
    "no figure of a filing was recognised in it. Choose the Word or JSON file exported last year, or a file with the two tables",
);

const KEPT: Words = words("保留：{list}。", "Kept: {list}.");
const REVISED: Words = words(
    "保留并标“上年”，待更新：{list}。文字里的年份和数字不会自动改。",
    "Kept and marked as last year's, to be revised: {list}. Years and figures in these words stay as they are.",
);
const CARRIED: Words =
    words("转为上年数：{list}，填在“{column}”一列。", "Figures of last year: {list}, in the column “{column}”.");
const CLEARED: Words = words("清空：{list}。", "Cleared: {list}.");
const COMMA: Words = words("，", ", ");

const INDICATORS: Words = words("指标 {count} 个", "{count} indicators");
const POINTS: Words = words("分值 {count} 个", "{count} weights");
const NAMES: Words = words("专项、项目名称 {count} 个", "{count} names of funds and projects");
const WORDS: Words = words("单位名称、填表人等 {count} 处", "{count} others, such as the unit's name");
const TARGETS: Words = words("年度指标值 {count} 个", "{count} targets");
const TEXTS: Words = words("文字 {count} 段", "{count} texts");
const FIGURES: Words = words("数 {count} 个", "{count} figures");
const OTHER_FIGURES: Words = words("金额、人数、得分等数 {count} 个", "{count} amounts, head counts and scores");
const TEXTS_CLEARED: Words =
    words("实际完成值、偏差原因等 {count} 处", "{count} texts, such as actual values and reasons");
const NOTES: Words = words("审核说明 {count} 条", "{count} notes to the reviewer");

/// What is kept, kept to be revised, carried over and cleared, a line each; `column` is the first that carries figures of
/// last year.
pub fn lines(counts: &Counts, column: &str, language: Language) -> Vec<String> {
    let line = |words: Words, parts: &[(Words, usize)]| {
        let told = parts.iter().filter(|(_, count)| *count > 0);
        let told: Vec<String> =
            told.map(|(words, count)| words.say(language, &[("count", count.to_string())])).collect();
        let list = told.join(COMMA.in_language(language));
        let said = words.say(language, &[("list", list), ("column", column.to_owned())]);
        (!told.is_empty()).then_some(said)
    };
    let lines = [
        line(
            KEPT,
            &[(INDICATORS, counts.indicators), (POINTS, counts.points), (NAMES, counts.names), (WORDS, counts.words)],
        ),
        line(REVISED, &[(TARGETS, counts.targets), (TEXTS, counts.texts)]),
        line(CARRIED, &[(FIGURES, counts.carried)]),
        line(CLEARED, &[(OTHER_FIGURES, counts.figures), (TEXTS_CLEARED, counts.cleared), (NOTES, counts.notes)]),
    ];
    lines.into_iter().flatten().collect()
}
