//! Words about the report and about texts that are read.

use crate::engine::reading::{Certainty, Standing, Suspect};
use crate::words::{Words, words};

/// Before the sentence that explains two figures of one name.
pub const SCOPE: Words =
    words("口径不同，差额有出处，可写入报告：", "Different scopes; the difference is accounted for. For the report: ");
pub const WRITE_SENTENCE: Words = words("写入报告", "write it into the report");

/// How sure it is which figure a number is.
pub fn certainty(certainty: Certainty) -> Words {
    match certainty {
        Certainty::Certain => words("确定", "certain"),
        Certainty::Likely => words("很可能", "likely"),
        Certainty::Ambiguous => words("有几种可能", "one of several"),
    }
}

/// How a place of the text stands to the form.
pub fn standing(standing: Standing) -> Words {
    match standing {
        Standing::Same => words("与表中相同", "as in the form"),
        Standing::New => words("表中未填，可采用", "blank in the form; can be taken over"),
        Standing::Differs(Suspect::Text) => words("与表中不同，很可能文字写错", "differs; the text is likely wrong"),
        Standing::Differs(Suspect::Form) => words("与表中不同，很可能表中填错", "differs; the form is likely wrong"),
        Standing::Differs(Suspect::Either) => {
            words("与表中不同，待核对", "differs from the form; check which is right")
        }
        Standing::Ambiguous => words("选定是哪一项", "choose which figure it is"),
    }
}

pub const READ_FIGURES: Words = words(
    "读出 {count} 处：与表中相同 {same}，可采用 {new}，不同 {differs}，待选定 {ambiguous}。",
    "{count} places read: {same} as in the form, {new} to be taken over, {differs} differ, {ambiguous} to be chosen.",
);
/// Before what was read from last year's filing.
pub const AS_LAST_YEAR: Words = words(
    "按上年（{year}年）材料读取：只填“{column}”一列",
    "Read as last year's ({year}): only “{column}” is filled in",
);
pub const OF_ANOTHER_YEAR: Words = words(
    "材料写的是{stated}年度，不是上年（{year}年）",
    "The text is of {stated}, which is not the year before ({year})",
);
pub const IS_LAST_YEAR: Words = words("这是上年的自评材料", "This is last year's filing");
pub const NO_FIGURE_OF_LAST_YEAR: Words = words(
    "这段文字里没有读到本表要填的上年数。粘贴上年的自评报告或基础数据表。",
    "No figure of last year that this form asks for was found. Paste last year's report or base data table.",
);
pub const NO_FIGURE: Words = words(
    "这段文字里没有读到本表的数。粘贴自评报告或两张表的文字。",
    "No figure of this form was found in the text. Paste the report or the text of the tables.",
);
pub const ADOPT_CERTAIN: Words = words("采用全部确定的（{count} 处）", "Take over all that are certain ({count})");
pub const ADOPT: Words = words("采用", "take over");
pub const ADOPT_AS: Words = words("作为“{cell}”采用", "take over as “{cell}”");
pub const FORM_SAYS: Words = words("表中：{value}", "form: {value}");
/// The figures that were read and are not in the form yet.
pub const FIGURES: Words = words("识别结果（{count} 项）", "Figures found ({count})");
pub const ITEM: Words = words("项目", "Item");
pub const IN_TEXT: Words = words("材料中", "In the text");
pub const IN_FORM: Words = words("现填", "In the form");
pub const STATE: Words = words("状态", "State");
/// An amount of an addend, in the unit of its sheet.
pub const YUAN: Words = words("{amount} 元", "{amount} yuan");
pub const WAN: Words = words("{amount} 万元", "{amount} ×10⁴ yuan");
/// Behind the first of many.
pub const AND_MORE_ADDENDS: Words = words("……共 {count} 笔", "… {count} in all");
pub const AND_MORE_FIGURES: Words = words("另有 {count} 项，不再列出。", "{count} more are not listed.");
/// Lines of tables whose figures were not understood, the first of them quoted.
pub const UNREAD: Words = words(
    "表中另有 {count} 行数没有对应到本表，未读入：{lines}",
    "The figures of {count} more lines of the tables were matched to nothing in this form: {lines}",
);
pub const QUOTED_LINE: Words = words("“{line}”", "“{line}”");

/// What taking a figure over would do.
pub fn effect(standing: Standing) -> Words {
    match standing {
        Standing::Same => words("相同", "the same"),
        Standing::New => words("新填", "new"),
        Standing::Differs(_) => words("将覆盖", "overwrites"),
        Standing::Ambiguous => words("待选定", "to be chosen"),
    }
}

/// Of a figure whose table or sheet counts in 元.
pub const IN_YUAN: Words = words("原文以“元”为单位，已换算", "in yuan in the text; converted");
pub const NEW_ROW: Words = words("（新增一行）", " (a new row)");
pub const TO_CONFIRM: Words = words("确认后采用", "Take over after a look");
pub const DIFFERENCES: Words = words("与表中不同", "Different from the form");
pub const CHOICES: Words = words("待选定", "To be chosen");
pub const MATERIAL_ABOUT: Words = words(
    "把已有的自评报告、两张表或财务系统的支出表（按经济分类）粘贴到下面，或打开 Word、Excel 文件，读出其中的数，与表中核对。读出的数点“采用”才会填入；文字只留在本机。",
    "Paste a report, the tables, or a sheet of the finance system, or open a Word or Excel file. The figures found in it are compared with the form and entered only when you take them over. The text stays on this computer.",
);
pub const MATERIAL_HINT: Words = words("在这里粘贴（Ctrl+V）", "Paste here (Ctrl+V)");
pub const READ_MATERIAL: Words = words("读取", "Read");
pub const FORGET_MATERIAL: Words = words("移除材料", "Remove the text");
pub const READING: Words = words("正在读取", "Reading");
pub const COPY_REPORT: Words = words("复制全文", "Copy the text");
pub const PREVIEW: Words = words("预览（公开时的样子）", "Preview (as it will be published)");
