//! Words of the page and the command line.

use crate::engine::finding::{AnswerState, Level};
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

/// The answer to a warning.
pub const NOTE: Words = words("审核说明", "Note");

pub const TITLE: Words = words("部门整体支出绩效自评", "Self-evaluation of a department's spending");
pub const YEAR: Words = words("评价年度", "Year");
pub const OPEN_SAMPLE: Words = words("打开示例", "Open sample");
pub const NEW: Words = words("新建", "New");
pub const OPEN_JSON: Words = words("打开 JSON", "Open JSON");
pub const EXPORT_JSON: Words = words("导出 JSON", "Export JSON");
pub const CALCULATE: Words = words("全部运算", "Calculate all");
pub const CHECK_ALL: Words = words("全部审核", "Check all");
pub const UNDO: Words = words("撤销", "Undo");
pub const REDO: Words = words("恢复", "Redo");
pub const OTHER_LANGUAGE: Words = words("English", "中文");
pub const DRAFTS: Words = words("本机草稿", "Drafts here");
pub const NO_DRAFTS: Words = words("本机还没有其他草稿。", "There are no other drafts on this computer.");
pub const DRAFT_OF: Words = words("{title}（{time} 保存）", "{title} (saved {time})");

pub const TOTAL: Words = words("总分", "Total");
pub const GRADE: Words = words("等级", "Grade");
pub const MEASURED: Words = words("按规则测算", "By the rules");
pub const MEASURED_SCORE: Words = words("测算 {score}", "by rule {score}");
pub const FILLED: Words = words("必填", "Required");
pub const SHEETS: Words = words("表", "Sheets");
pub const FINDINGS: Words = words("审核结果", "Findings");
pub const NO_FINDINGS: Words =
    words("已填的各数之间没有发现不符。", "The figures entered so far agree with each other.");
pub const NO_FINDINGS_FINAL: Words =
    words("全表审核完毕，没有发现不符。", "The whole form was checked; everything agrees.");
pub const STAGE_DRAFT: Words = words(
    "填报中：空白项视为未填。填完后点“全部审核”。",
    "Filling: blanks are not filled yet. Press “Check all” when done.",
);
pub const STAGE_FINAL: Words = words("全表审核：空白项视为不适用。", "Whole form: blanks are taken as not applicable.");
pub const OPEN_RELATIONS: Words = words(
    "另有 {count} 条审核关系未填全，填完后再核对。",
    "{count} more relations wait for figures that are still blank.",
);
pub const WRITE_NOTE: Words = words("填写审核说明", "Write a note");
pub const NOTE_STALE: Words =
    words("相关数字已改动，请确认原说明仍然适用", "Figures have changed since; confirm that the note still holds");
pub const SAVE_NOTE: Words = words("保存说明", "Save note");

pub const ADD_ROW_TO: Words = words("在“{row}”增加一行", "Add a row to “{row}”");
pub const REMOVE_ROW: Words = words("删除“{row}”这一行", "Remove the row “{row}”");
pub const ITEM: Words = words("项目", "Item");
pub const POINTS: Words = words("分", "points");
pub const FILL_IN: Words = words("填入 {value}", "Enter {value}");
pub const READ_AS: Words = words("按 {value} 万元", "taken as {value} (10,000 yuan)");
pub const BIND: Words = words("与年初预算数、全年执行数核对", "Compare with the budget and the spending");
pub const BOUND: Words =
    words("已与年初预算数、全年执行数核对（取消）", "Compared with the budget and the spending (undo)");

pub const SAVED_AT: Words = words("已自动保存在本机 {time}", "Saved on this computer at {time}");
pub const SAVING: Words = words("正在保存……", "Saving …");
pub const NOT_SAVED: Words = words(
    "本机不能保存草稿（{reason}）。请在离开前导出 JSON。",
    "Drafts cannot be kept on this computer ({reason}). Export JSON before you leave.",
);
pub const SAMPLE_OPENED: Words = words(
    "已打开示例（公开的 2024 年度自评，联系方式已隐去）。原来的草稿仍在“本机草稿”里。",
    "The sample is open (a published filing of 2024, contact data masked). Your draft is kept under “Drafts here”.",
);
pub const FILE_OPENED: Words = words("已打开 {name}。", "Opened {name}.");
pub const FILE_EXPORTED: Words = words("已导出 {name}。", "Exported {name}.");
pub const FILE_REFUSED: Words = words("没有打开 {name}：{reason}", "{name} was not opened: {reason}");
pub const FILE_UNREADABLE: Words = words("文件读不出来（{reason}）。", "The file cannot be read ({reason}).");
pub const DRAFT_ASIDE: Words = words(
    "上次的草稿读不出来，已原样另存（“{name}”），没有覆盖：{reason}",
    "The last draft cannot be read. It was put aside untouched as “{name}”: {reason}",
);
pub const CALCULATED: Words =
    words("已填 {count} 处合计和比率，可一次撤销。", "Filled {count} totals and rates; one undo takes it back.");
pub const NOTHING_TO_CALCULATE: Words = words("没有可以算出的空白项。", "No blank can be calculated.");
pub const YEAR_REFUSED: Words = words("年度填四位数字，如 2024。", "Enter the year in four digits, such as 2024.");

/// What a draft is called in a list and a file on disk.
pub const DRAFT_TITLE: Words = words("{unit}{year}年度自评", "{unit} self-evaluation {year}");
