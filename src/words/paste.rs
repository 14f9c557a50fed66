//! Words of the preview of what is pasted, and of the list of keys.

pub use crate::words::page::{CLOSE, KEYS as KEYS_TITLE};
use crate::words::{Words, words};

pub const TITLE: Words = words("粘贴 {rows} 行 {columns} 列", "Paste {rows} rows, {columns} columns");
pub const BY_PLACE: Words = words("从“{cell}”起，往右往下放。", "From “{cell}” on, to the right and down.");
pub const BY_LABELS: Words = words(
    "复制的内容带有行名：按行名放到对应的行，不按位置。",
    "The rows come with their names: each goes to the row of its name, not by place.",
);
pub const BY_HEADINGS: Words = words(
    "复制的内容带有行名和表头：按行名、表头放到对应的格，不按位置。",
    "The rows and columns come with their names: each figure goes where they say, not by place.",
);
pub const COUNTS: Words = words(
    "替换 {replaced} 格，清空 {emptied} 格，填入空白 {filled} 格，相同不动 {same} 格。",
    "Replaced: {replaced}. Emptied: {emptied}. Blanks filled: {filled}. Already the same: {same}.",
);
pub const UNREADABLE: Words = words(
    "{count} 格不是数字（下面标出），原样粘贴后会标红。",
    "No numbers: {count} (marked below); pasted as they are, they will be marked red.",
);
pub const ROWS_BEYOND: Words = words(
    "下面放不下的 {count} 行不粘贴。要全部粘贴，先增加行。",
    "Rows beyond the table, left out: {count}. To paste them too, add rows first.",
);
pub const COLUMNS_BEYOND: Words =
    words("右边放不下的 {count} 列不粘贴。", "Columns beyond the table, left out: {count}.");
pub const NOTHING: Words = words("没有可以改动的格，不用粘贴。", "No cell would change: there is nothing to paste.");

pub const CELL: Words = words("单元格", "Cell");
pub const NOW: Words = words("现有", "Now");
pub const THEN: Words = words("粘贴后", "After");
pub const BLANK: Words = words("（空白）", "(blank)");
pub const MORE_CELLS: Words = words("另有 {count} 格，没有列出。", "{count} more cells are not listed.");

pub const SKIPPED: Words = words("不粘贴的 {count} 处", "Left out: {count}");
pub const PRINTED: Words =
    words("{cell}：表上固定印着，不能改（“{text}”）", "{cell} is printed by the form (“{text}”)");
pub const NO_CELL: Words = words("{row}：这里没有格可填（“{text}”）", "{row} has no cell here (“{text}”)");
pub const UNKNOWN_ROW: Words = words("“{label}”：本表没有这个行名", "“{label}”: no row of this table has this name");

pub const PASTE: Words = words("粘贴 {count} 格", "Paste {count} cells");
pub const CANCEL: Words = words("取消", "Cancel");
pub const READ: Words = words("作为材料识别", "Read as material");
pub const READ_HINT: Words = words(
    "“作为材料识别”读出其中的数，逐个核对后再采用。",
    "“Read as material” finds the figures in it, to be checked one by one.",
);

pub const PROSE_TITLE: Words = words("复制的是文字，不是一列数", "This is text, not figures");
pub const PROSE: Words = words(
    "复制的内容有 {rows} 行，多半不是数字，没有填入“{cell}”。",
    "It has {rows} lines and hardly a number, so nothing went into “{cell}”.",
);
pub const TOO_LARGE_TITLE: Words = words("没有粘贴：内容太多", "Not pasted: too much");
pub const TOO_LARGE: Words = words(
    "复制的内容有 {rows} 行 {columns} 列，比整张表还大。只复制要填的部分。",
    "What was copied has {rows} rows and {columns} columns, more than the whole form. Copy only what is to be filled in.",
);

/// Keys with what they do.
pub const KEYS: &[(&str, Words)] = &[
    (
        "↑ ↓ ← →",
        words("到旁边的格；光标在文字中间时，← → 移动光标", "go to the next cell; ← → move the caret inside a text"),
    ),
    ("Enter · Shift+Enter", words("到下一行、上一行", "go down, up")),
    ("Tab · Shift+Tab", words("到下一格、上一格", "go to the next, the previous cell")),
    (
        "F2",
        words(
            "修改这一格：方向键只移动光标；再按一次回到移动",
            "edit the cell: arrows move the caret only; again to leave that",
        ),
    ),
    ("Esc", words("恢复这一格原来的内容；取消选中", "bring back what stood in the cell; end the selection")),
    (
        "Shift+↑ ↓ ← →",
        words(
            "选中几行几列；也可按住鼠标拖过，或按住 Shift 再点",
            "select a range; or drag the mouse, or Shift and click",
        ),
    ),
    (
        "Ctrl+C · Ctrl+X · Ctrl+V",
        words(
            "复制、剪切、粘贴，与 Excel、WPS 互通；要替换时先看清单",
            "copy, cut, paste, also with Excel and WPS; what would be replaced is shown first",
        ),
    ),
    ("Ctrl+D", words("照上一格填写；选中几行时，照第一行填写", "copy the cell above; in a range, its first row")),
    ("Delete", words("清空选中的格", "empty the selected cells")),
    ("Ctrl+Z · Ctrl+Y", words("撤销、恢复（整张表）", "undo, redo (the whole form)")),
    ("Alt+Insert · Alt+Delete", words("在下面增加一行、删除这一行", "add a row below, remove this row")),
    ("Alt+↑ · Alt+↓", words("上移、下移这一行", "move this row up, down")),
];
