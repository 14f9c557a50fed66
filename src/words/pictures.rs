//! 图表: what the pictures are called and what is said below them. Names of rows are the form's own.

pub use crate::words::about::{BLANK, CHANGED_BY as CHANGE, WEIGHT};
pub use crate::words::page::PICTURES;
pub use crate::words::repairs::{COMMA, FIGURE, ITEM};
use crate::words::{Words, words};

pub const PRINT: Words = words("打印图表", "Print the charts");
pub const CLOSE: Words = words("关闭图表", "Close the charts");
pub const AS_ENTERED: Words =
    words("图按已填的数画，点图中的条可到该格。", "Drawn of what is entered; a click on a bar leads to its cell.");
pub const DIFFERS: Words = words(
    "有数不符（见审核结果），图按已填的数画。",
    "Some figures do not agree (see the findings); drawn of what is entered.",
);

pub const FUNDS: Words = words("资金来源与使用（万元）", "Where the money comes from and what it is for (10,000 yuan)");
pub const SPENDING: Words = words("预算与执行（万元）", "Budget and spending (10,000 yuan)");
pub const YEARS: Words = words("上年与本年（万元）", "Last year and this year (10,000 yuan)");
pub const POINTS: Words = words("各部分得分", "Points by part");
pub const PROGRESS: Words = words("各部分填报进度（格）", "Filled cells by section");

pub const BUDGET: Words = words("预算", "Budget");
pub const SPENT: Words = words("执行", "Spent");
pub const BEFORE: Words = words("上年", "Last year");
pub const NOW: Words = words("本年", "This year");
pub const RATE: Words = words("执行率", "Rate");
pub const EXECUTION: Words = words("预算执行率", "Execution rate");
pub const EARNED: Words = words("得分", "Score");
pub const FILLED: Words = words("已填", "Filled");
pub const ALL: Words = words("全部", "All");
pub const SHARE: Words = words("占比", "Share");

pub const MISSING: Words = words("未填：{names}。空白没有画成零。", "Blank: {names}. A blank is not drawn as zero.");
pub const MISSING_SCORES: Words = words("还有 {count} 项未填得分。", "{count} scores are still blank.");
pub const REST: Words = words("各项之和少 {difference}", "the parts lack {difference}");
pub const EXCESS: Words = words("各项之和多 {difference}", "the parts have {difference} too much");
pub const BLANKS_ARE_NORMAL: Words =
    words("没有的项目可以空着，不必填满。", "What does not exist stays blank; not every cell is filled.");
pub const TABLE: Words = words("图中的数", "The figures as a table");
pub const AND_MORE: Words = words("{names}等 {count} 项", "{names} and others, {count} in all");
