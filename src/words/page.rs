//! Words of the page and the command line.

use crate::engine::finding::{AnswerState, Level};
use crate::words::{Words, words};

pub const ERROR: Words = words("强制性", "Error");
pub const WARNING: Words = words("核实性", "Verify");
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

pub const YEAR: Words = words("评价年度", "Year");
pub const LEVEL_WORD: Words = words("级次", "Level");
pub const OPEN_SAMPLE: Words = words("打开示例", "Open sample");
pub const NEW: Words = words("新建", "New");
pub const FORM_OF: Words = words("{name}（{year}年度）", "{name} ({year})");
pub const OPEN_FILE: Words = words("打开文件", "Open a file");
pub const WHAT_THIS_IS: Words = words(
    "这里填报部门整体支出绩效自评的两张表和报告，边填边审核各数是否相符。",
    "Fill in the two tables and the report of a department's yearly self-evaluation; every figure is checked as you type.",
);
pub const STAYS_HERE: Words = words(
    "填写内容只在本机处理，不上传；自动保存为本机草稿。",
    "What you fill in stays on this computer and is never uploaded; drafts are saved here by themselves.",
);
pub const HOW_TO_BEGIN: Words = words(
    "先看示例，或打开已有文件；有上年材料的，可沿用指标和文字。",
    "Look at the sample, open a file, or take indicators and texts over from last year's filing.",
);
pub const BEGIN_FROM: Words = words("从上年自评材料开始", "Begin from last year's filing");
pub const START: Words = words("开始填写", "Start filling in");
pub const BEGUN: Words = words(
    "已开始填写{name}年度。标“上年”的文字和指标值核对后改为本年的；先前填的内容仍在“本机草稿”里。",
    "Began {name}. Bring texts and targets marked as last year's up to date; what you filled in before is under “Drafts here”.",
);
/// At a text that was kept from last year's filing; a press takes the mark away.
pub const STILL_LAST_YEARS: Words = words(
    "还有 {count} 格标“上年”的没有核对。",
    "{count} cells still hold what was kept from last year; look at them.",
);
pub const OF_LAST_YEAR: Words = words("上年的，不改点此", "last year's; press to keep");
pub const MATERIAL: Words = words("粘贴已有材料", "Paste a report");
pub const READING_FAILED: Words =
    words("没有读完（{reason}）。可再点“读取”。", "Not read to the end ({reason}). Press Read again.");
pub const STOPPED: Words = words("已停止。可再点“读取”。", "Stopped. Press Read again.");
pub const ADOPTED: Words = words("已采用 {count} 格，可一次撤销。", "Took over {count} cells; one undo takes it back.");
pub const NOT_ADOPTED: Words =
    words("没有采用：内容刚刚有改动，再点一次。", "Not taken over: the form has just changed. Press again.");
pub const MATERIAL_TOO_LARGE: Words = words(
    "没有读取：文字有 {size} KB，超过 1024 KB。只粘贴自评报告和两张表。",
    "Not read: the text has {size} KB, more than 1024. Paste only the report and the two tables.",
);
pub const WAIT: Words = words("正在准备……", "Preparing …");
pub const OPEN_REPORT: Words = words("填写、预览自评报告", "Fill in and preview the report");
pub const COPIED: Words =
    words("自评报告全文已复制，可粘贴到 Word 或 WPS。", "The report was copied; paste it into Word or WPS.");
pub const NOT_COPIED: Words = words(
    "浏览器不允许复制。在预览中选中文字后按 Ctrl+C。",
    "The browser does not allow copying. Select the preview and press Ctrl+C.",
);
pub const EXPORT: Words = words("导出", "Export");
pub const EXPORT_WORD: Words = words("Word 文件（可发布，可再打开）", "Word (to publish; opens here again)");
pub const EXPORT_EXCEL: Words = words("Excel 文件（两张表，带公式）", "Excel (the tables, with formulas)");
pub const EXPORT_FINDINGS: Words = words("审核结果清单（Excel）", "Findings as a list (Excel)");
pub const EXPORT_JSON: Words = words("导出 JSON", "Export JSON");
pub const PRINT_FINDINGS: Words = words("打印审核结果", "Print the findings");
pub const FINDINGS_OF: Words = words("{title}审核结果", "{title} findings");
pub const PRINT: Words = words("打印", "Print");
pub const DROP_HERE: Words = words("松开鼠标，打开文件", "Drop to open the file");
pub const CALCULATE: Words = words("全部运算", "Calculate");
pub const CHECK_ALL: Words = words("全部审核", "Check all");
pub const GO_ON_FILLING: Words = words("继续填报", "Go on filling");
pub const OPEN_SUM: Words = words(
    "未填全：还有 {count} 格没有填（{cells}），填完后再核对。",
    "Incomplete: {count} blank ({cells}); checked once filled.",
);

pub const MUST_CHANGE: Words = words("有 {count} 处需要修改", "{count} to be changed");
pub const NONE_TO_CHANGE: Words = words("没有必须修改的地方", "Nothing has to be changed");
pub const TO_VERIFY: Words = words(
    "另有 {count} 项核实性，见审核结果：属实的填写审核说明，填错的改正。",
    "{count} more to verify, in the list of findings: write a note where the figures are right, mend them where not.",
);
pub const MORE_ERRORS: Words = words("其余 {count} 处见审核结果。", "{count} more in the list of findings.");
pub const CLOSE: Words = words("关闭", "Close");
pub const TAB_TITLE: Words = words("（{count} 处错误）{title}", "(errors: {count}) {title}");
pub const UNDO: Words = words("撤销", "Undo");
pub const REDO: Words = words("恢复", "Redo");
/// For the browser and whoever reads the page aloud.
pub const LANGUAGE_TAG: Words = words("zh-CN", "en");
/// The form speaks Chinese in either language of the page.
pub const LANGUAGE_OF_FORMS: &str = LANGUAGE_TAG.zh;
pub const OTHER_LANGUAGE: Words = words("English", "中文");
pub const DRAFTS: Words = words("本机草稿", "Drafts here");
pub const DELETE_DRAFT: Words = words("删除草稿“{title}”", "Delete the draft “{title}”");
pub const DRAFT_DELETED: Words = words("已删除草稿“{title}”。", "The draft “{title}” was deleted.");
pub const ASIDE: Words = words("（读不出而另存的）", " (put aside, unreadable)");
pub const CLEAR_ALL: Words = words("清除本机数据", "Clear this computer");
pub const CONFIRM_CLEAR: Words = words(
    "确定清除？本机的全部草稿都会删掉，不能恢复",
    "Really clear? Every draft on this computer is deleted for good",
);
pub const CLEARED: Words =
    words("本机数据已全部清除。已导出的文件不受影响。", "All data on this computer was cleared. Exported files stay.");
pub const DRAFT_COPIED: Words = words(
    "这份草稿在另一个窗口里改过。为了不互相覆盖，本窗口的内容已另存为一份新草稿，两份都在“本机草稿”里。",
    "This draft was changed in another window. To overwrite neither, what stands here goes on as a draft of its own; both are under “Drafts here”.",
);
pub const NO_DRAFTS: Words = words("本机还没有其他草稿。", "There are no other drafts on this computer.");
pub const DRAFT_OF: Words = words("{title}（{time} 保存）", "{title} (saved {time})");

pub const TOTAL: Words = words("总分", "Total");
pub const GRADE: Words = words("等级", "Grade");
pub const MEASURED: Words = words("按规则测算", "By rules");
pub const MEASURED_SCORE: Words = words("测算 {score}", "by rule {score}");
pub const FILLED: Words = words("必填", "Required");
pub const TO_SHEETS: Words = words("跳到表格", "Skip to the form");
pub const SHEETS: Words = words("表", "Sheets");
pub const FINDINGS: Words = words("审核结果", "Findings");
/// What is known of the cell that has the caret.
pub const ABOUT: Words = words("本格说明", "About this cell");
pub const CHOOSE_CELL: Words = words(
    "点一个格，这里显示它的说明、算式和相关审核关系（F1）。",
    "Click a cell: what it holds, its calculation and its relations are shown here (F1).",
);
pub const SHOW_CALCULATION: Words = words("查看算式", "Show the calculation");
pub const PICTURES: Words = words("图表", "Charts");
pub const NOT_DRAWN: Words = words(
    "没有取到（{reason}）。填报不受影响，网络恢复后再试。",
    "Not fetched ({reason}). The form goes on without it; try again once the network is back.",
);
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
    words("相关数字已改动：确认原说明仍然适用", "Figures have changed since; confirm that the note still holds");
pub const SAVE_NOTE: Words = words("保存说明", "Save note");

pub const ADD_ROW_TO: Words = words("在“{row}”增加一行", "Add a row to “{row}”");
pub const ADD_ROW_BELOW: Words = words("在下面增加一行“{row}”（Alt+Insert）", "Add a row “{row}” below (Alt+Insert)");
pub const MOVE_ROW_UP: Words = words("上移这一行（Alt+↑）", "Move this row up (Alt+↑)");
pub const MOVE_ROW_DOWN: Words = words("下移这一行（Alt+↓）", "Move this row down (Alt+↓)");
pub const REMOVE_ROW: Words = words("删除这一行“{row}”（Alt+Delete）", "Remove this row “{row}” (Alt+Delete)");
pub const ROW_REMOVED: Words = words("已删除一行，可撤销。", "A row was removed; undo brings it back.");
pub const TOO_MANY_ROWS: Words =
    words("增加的行太多，不能再增加。", "There are too many added rows; no more can be added.");
pub const PASTED: Words = words("已粘贴 {count} 格，可一次撤销。", "Pasted {count} cells; one undo takes it back.");
pub const PASTE_TOO_LARGE: Words = words(
    "没有粘贴：复制的内容有 {rows} 行 {columns} 列，比整张表还大。只复制要填的部分。",
    "Not pasted: {rows} rows and {columns} columns are more than the whole form. Copy only what is to be filled in.",
);
pub const PASTE_OUTDATED: Words =
    words("没有粘贴：表里刚有改动，再粘贴一次。", "Not pasted: the form has just changed. Paste again.");
pub const PASTED_PICTURE: Words = words(
    "没有粘贴：剪贴板里是图片，读不出数。在 Excel 或 WPS 里选中单元格再复制。",
    "Not pasted: this is a picture. Copy the cells themselves in Excel or WPS.",
);
pub const NOT_ASKED: Words = words(
    "需要的程序没有取到，网络恢复后再试（{reason}）。",
    "What is needed for this could not be fetched. Try again once the network is back ({reason}).",
);
pub const KEYS: Words = words("键盘操作", "Keys");
pub const CHOSEN: Words = words("已选 {rows} 行 {columns} 列", "{rows} rows, {columns} columns");
pub const CHOSEN_SUM: Words = words("，合计 {sum}", ", sum {sum}");
pub const FILL_IN: Words = words("填入 {value}", "Enter {value}");
pub const READ_AS: Words = words("按 {value} 万元", "taken as {value} (10,000 yuan)");
pub const BIND: Words = words("与年初预算数、全年执行数核对", "Compare with the budget and the spending");
pub const BOUND: Words =
    words("已与年初预算数、全年执行数核对（取消）", "Compared with the budget and the spending (undo)");

pub const SAVED_AT: Words = words("已自动保存在本机 {time}", "Saved on this computer at {time}");
pub const SAVING: Words = words("正在保存……", "Saving …");
pub const NOT_SAVED: Words = words(
    "本机不能保存草稿（{reason}）。离开前导出 JSON，以免丢失。",
    "Drafts cannot be kept on this computer ({reason}). Export JSON before you leave.",
);
/// Why nothing can be kept on this computer.
pub const STORAGE_FULL: Words = words("浏览器的存储空间已满", "the browser's storage is full");
pub const STORAGE_FORBIDDEN: Words =
    words("浏览器不允许本页保存数据：{reason}", "the browser does not let this page keep data: {reason}");
pub const NEWER_PAGE: Words =
    words("本机用过这个网页的新版本，刷新后再试", "a newer version of this page was used here: reload");
pub const STORAGE_FAILED: Words = words("浏览器的说法：{reason}", "the browser says: {reason}");
pub const WOULD_BE_LOST: Words = words(
    "没有打开：本机不能保存草稿，现在填的内容会丢掉。先导出 JSON；确定不要的，再点一次。",
    "Not opened: nothing can be kept on this computer, and what is filled in now would be lost. Export JSON first, or ask once more.",
);
pub const DRAFT_RELOADED: Words = words(
    "这份草稿在另一个窗口里改过，已换成最新的内容。",
    "This draft was changed in another window; here it is as it is now.",
);
pub const SAMPLE_OPENED: Words = words(
    "已打开示例（公开的 2024 年度自评，联系方式已隐去）。先前填的内容仍在“本机草稿”里。",
    "The sample is open (a published filing of 2024, contact data masked). What you filled in before is under “Drafts here”.",
);
pub const FILE_OPENED: Words = words("已打开 {name}。", "Opened {name}.");
pub const FILE_EXPORTED: Words = words("已导出 {name}。", "Exported {name}.");
pub const FILE_REFUSED: Words = words("没有打开 {name}：{reason}", "{name} was not opened: {reason}");
pub const FILE_UNREADABLE: Words = words("文件读不出来（{reason}）。", "The file cannot be read ({reason}).");
pub const FILE_TOO_LARGE: Words = words(
    "没有打开 {name}：文件太大（{size} MB，最多 {most} MB）。删去图片等无关内容，或复制全文后粘贴。",
    "{name} was not opened: it is too large ({size} MB; at most {most} MB). Take out pictures and the like, or paste its text.",
);
pub const FILE_READ: Words = words(
    "已读出 {name}，还没有填入。核对下方的数后点“采用”。{said}",
    "Read {name}; nothing was entered yet. Check the figures below and take them over. {said}",
);
pub const FILE_CHANGED: Words = words(
    "已打开 {name}。导出后有人改过它的文字，与表不同的地方列在下方。",
    "Opened {name}. Its text was changed after it was exported; where it differs from the form is listed below.",
);
pub const NOT_EXPORTED: Words = words("没有导出 {name}：{reason}", "{name} was not exported: {reason}");
pub const WORKING: Words = words("正在处理 {name}……", "Working on {name}…");
pub const STOP: Words = words("停止", "Stop");
pub const STOPPED_BY_PERSON: Words = words("已停止。", "stopped.");
pub const OFFICE_FAILED: Words = words(
    "读写文件的程序没有取到或出了错（{reason}）。网络恢复后再试。",
    "the module for files was not fetched or has failed ({reason}). Try again once the network is back.",
);
/// Of a form or the sample, which the page fetches when they are asked for.
pub const NOT_FETCHED: Words = words(
    "需要的文件没有取到，多半是网络断了，网络恢复后再试（{reason}）。",
    "A file that is needed could not be fetched; the network may be gone. Try again once it is back ({reason}).",
);
pub const DRAFT_ASIDE: Words = words(
    "上次的草稿读不出来，已原样另存（“{name}”），没有覆盖：{reason}",
    "The last draft cannot be read. It was put aside untouched as “{name}”: {reason}",
);
pub const CALCULATED: Words =
    words("已填 {count} 处合计和比率，可一次撤销。", "Filled {count} totals and rates; one undo takes it back.");
pub const NOTHING_TO_CALCULATE: Words = words("没有可以算出的空白项。", "No blank can be calculated.");
pub const YEAR_REFUSED: Words = words("年度填四位数字，如 2024。", "Enter the year in four digits, such as 2024.");

/// What a draft is called in a list and a file on disk.
pub const DRAFT_TITLE: Words = words("{unit}{year}年度{form}", "{unit} {year} {form}");
