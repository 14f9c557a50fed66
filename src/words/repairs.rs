//! Sentences about wrong figures: which one it is, what it should be and why, and what would change with it.

use rust_decimal::Decimal;

use crate::engine::layout::{Layout, plain};
use crate::engine::locate::cause::Cause;
use crate::engine::locate::column_unit::{Beside, ColumnUnit, Whole};
use crate::engine::locate::solve::Certainty;
use crate::engine::locate::{Blank, Bridge, Change, Repair};
pub use crate::words::explain::CELL_COMMA as COMMA;
use crate::words::explain::figure;
pub use crate::words::page::{FILL_IN as ENTER, GRADE, SHOW_CALCULATION as CALCULATION, TOTAL};
use crate::words::{Language, Words, words};

/// A figure with its slip, behind the name of its cell.
const WRONG: Words = words("{slip}：{found}，{should} {value}。", "{slip}: {found}; {should} {value}.");
const MISSING: Words = words("{slip}，{should} {value}。", "{slip}; {should} {value}.");
/// The relations leave open what it should be.
const DOUBTFUL: Words = words(
    "可能有误：{found}。其他数定不出它应是多少。",
    "may be wrong: {found}. What it should be, other figures do not tell.",
);
const SWAPPED: Words =
    words("与{other}疑似互换：{found}、{other_found}。", "and {other} seem swapped: {found}, {other_found}.");
const TWO_WRONG: Words = words("两处都要改：{first}{second}", "Both have to change: {first} {second}");

pub const MEND: Words = words("改正", "mend it");
pub const CHANGE_TO: Words = words("改为 {value}", "Change to {value}");
pub const CHANGE_BOTH: Words = words("两处一并改正", "Correct both");
pub const SWAP: Words = words("互换", "Swap them");
pub const IS_RIGHT: Words = words("此数无误", "This one is right");
pub const CELL_IS_RIGHT: Words = words("{cell}无误", "{cell} is right");
pub const CONFIRMED: Words = words("已确认无误：", "Confirmed as right: ");
pub const UNCONFIRM: Words = words("撤销确认", "withdraw");

pub const WITH_IT: Words = words("连同这一条共 {count} 条审核关系不符。", "With this one {count} relations differ.");
pub const ONE_OF: Words = words("可能是以下之一填错：", "One of these may be wrong:");
pub const OTHERWISE: Words = words("也可能是：", "Or else:");
pub const MAY_BE: Words = words("填错的话，可能是：", "If a figure is wrong, it may be:");
pub const MORE_WAYS: Words = words("另有 {count} 种可能没有列出。", "{count} more possibilities are not listed.");
pub const ALL_AGREE: Words =
    words("改后相关 {count} 条审核关系全部相符。", "All {count} relations of it will then agree.");
pub const ONE_AGREES: Words = words("改后相关审核关系相符。", "Its relation will then agree.");
pub const IF_ONLY_ONE: Words = words("若只有一处错误：", "If only one figure is wrong: ");
pub const LOOK_FIRST: Words = words(
    "对照原件核对；此数没有填错的，点“此数无误”，另找原因。",
    "Compare with the source; if the figure is right, say so, and the next cause is looked for.",
);
/// The same where there is no button.
pub const COMPARE: Words = words("对照原件核对后改正。", "Compare with the source, then correct.");
pub const AT_LEAST: Words =
    words("至少 {count} 处不符，先核对合计行。", "At least {count} figures are wrong; check the totals first.");
pub const TOO_MANY: Words = words(
    "{relations} 条审核关系不符，改一两处不能全部相符。",
    "{relations} relations differ, and no change of one or two figures mends them all.",
);
pub const BEGIN_WITH: Words = words("先核对：", "Begin with: ");
pub const THEN_AGAIN: Words = words("改正一处后会重新查找。", "After each correction the rest is looked at again.");

pub const BRIDGED: Words = words(
    "{wide} {wide_figure} 与{narrow} {narrow_figure} 口径不同，不一定有错。",
    "{wide} {wide_figure} and {narrow} {narrow_figure} count different funds; perhaps nothing is wrong.",
);
pub const BRIDGE: Words = words("差额 {difference} ＝ {parts}。", "The difference {difference} = {parts}.");
pub const BRIDGE_TODO: Words = words(
    "口径确实不同的，把说明写入报告；填错的，改正。",
    "If the scopes do differ, let the report say so; if a figure is wrong, correct it.",
);

/// For the report, which is Chinese whatever language the page speaks.
const BRIDGE_SENTENCE: Words = words(
    "{wide}{wide_plain}万元与{narrow}{narrow_plain}万元口径不同，差额{difference_plain}万元为{parts_plain}。",
    "{wide} ({wide_plain}) and {narrow} ({narrow_plain}) count different funds; {difference_plain} is {parts_plain}.",
);
const BRIDGE_PART: Words = words("{name}{value}万元", "{name} {value}");

pub const BLANKS: Words = words("{count} 处空白可由其他数得出。", "{count} blanks follow from other figures.");
pub const MISSING_ONES: Words =
    words("{count} 处审核关系还差 1 个数即可核对。", "{count} relations wait for one figure each.");
pub const LISTED: Words = words("逐处列出", "List them");
const BLANK: Words = words("空白，应为 {value}（{codes}）。", "is blank and should be {value} ({codes}).");
const BLANK_IN_DOUBT: Words = words(
    "空白，按不同的审核关系应为 {value}（{codes}），不一致。",
    "is blank; relations give {value} ({codes}), which differ.",
);
const ONE_MISSING: Words = words("还差 1 个数即可核对（{codes}）：", "One figure is missing for a check ({codes}): ");

pub const COLUMN_IN_YUAN: Words = words(
    "“{name}”一列疑似按“元”填列（本表单位：万元），共 {count} 个数。",
    "The column {name} seems to be in yuan (this form: 10,000 yuan): {count} figures.",
);
pub const TABLE_IN_YUAN: Words = words(
    "“{name}”疑似整表按“元”填列（本表单位：万元），共 {count} 个数。",
    "All of {name} seems to be in yuan (this form: 10,000 yuan): {count} figures.",
);
const BESIDE: Words = words(
    "与同一行的“{other}”相比，{pairs} 行中 {about} 行约为 10000 倍，如{cell} {found}，{other_cell} {other_found}。",
    "Beside {other} in the same row, {about} of {pairs} rows are about 10,000 times as large: {cell} {found}, {other_cell} {other_found}.",
);
const TIES: Words = words(
    "除以 10000 后，与其他数的 {relations} 条审核关系由不符变为相符。",
    "Divided by 10,000, {relations} relations to other figures agree that differ now.",
);
pub const DIVIDE_OR_LEAVE: Words = words(
    "对照原件核对：确是按“元”填的，点“{divide}”；没有填错的，点“{leave}”。",
    "Compare with the source. Figures in yuan: press “{divide}”. Figures that are right: press “{leave}”.",
);
/// The same where there is no button.
pub const DIVIDE_BY_HAND: Words = words(
    "对照原件核对：确是按“元”填的，每个数除以 10000。",
    "Compare with the source; if the figures are in yuan, divide each by 10,000.",
);
pub const DIVIDE_COLUMN: Words = words("整列除以 10000", "Divide the column by 10,000");
pub const DIVIDE_TABLE: Words = words("整表除以 10000", "Divide all of it by 10,000");
pub const COLUMN_IS_RIGHT: Words = words("此列无误", "This column is right");
pub const TABLE_IS_RIGHT: Words = words("此表无误", "This table is right");

pub const ITEM: Words = words("项目", "Item");
pub const FIGURE: Words = words("数", "Figure");
pub const RANGE: Words = words("四舍五入", "Rounding");
pub const COMPUTED: Words = words("计算", "Computed");
pub const AT_LEAST_OF: Words = words("不应小于", "At least");
pub const ENTERED: Words = words("填列", "Entered");
pub const DIFFERENCE: Words = words("差额", "Difference");
pub const ALLOWED: Words = words("允许尾差小于", "Rounding below");
pub const MORE_RELATIONS: Words = words("其余 {count} 条略。", "{count} more are left out.");

pub const AFTER: Words = words("改后", "Afterwards");
pub const TURNS: Words = words("{before} → {after}", "{before} → {after}");

const OR: Words = words(" 或 ", " or ");

/// What may have happened to a figure, behind the name of its cell.
pub fn slip(cause: Cause) -> Words {
    match cause {
        Cause::YuanForWan => words("疑似按“元”填列（本表单位：万元）", "seems to be in yuan (this form: 10,000 yuan)"),
        Cause::WanForYuan => words("疑似按“万元”填列（本表单位：元）", "seems to be in 10,000 yuan (this form: yuan)"),
        Cause::LostPoint => words("疑似漏了小数点", "seems to lack its decimal point"),
        Cause::Sign => words("疑似正负号有误", "seems to have the wrong sign"),
        Cause::Swapped => words("疑似与{other}互换", "seems swapped with {other}"),
        Cause::TenTimes => words("疑似小数点错位（大了 10 倍）", "seems ten times too large"),
        Cause::Tenth => words("疑似小数点错位（小了 10 倍）", "seems ten times too small"),
        Cause::Hundredth => words("疑似小数点错位（小了 100 倍）", "seems a hundred times too small"),
        Cause::DigitsSwapped => words("疑似两位数字颠倒", "seems to have two digits the wrong way round"),
        Cause::DigitDoubled => words("疑似有一位数字重复", "seems to have a digit twice"),
        Cause::DigitAdded => words("疑似多了一位数字", "seems to have a digit too many"),
        Cause::DigitDropped => words("疑似少了一位数字", "seems to lack a digit"),
        Cause::DigitReplaced => words("疑似有一位数字填错", "seems to have a wrong digit"),
        Cause::LeftOut => words("疑似漏填", "seems left out"),
        Cause::Copied => words("疑似误填了{other}的数", "seems to be the figure of {other}"),
        Cause::Unexplained => words("与相关各数不符", "does not fit the figures around it"),
    }
}

/// How sure it is what the figure should be.
fn should(certainty: Certainty) -> Words {
    match certainty {
        Certainty::Must => words("应为", "it should be"),
        Certainty::Likely => words("很可能是", "most likely"),
        Certainty::OneOf | Certainty::Unknown => words("可能是", "perhaps"),
    }
}

/// Names cells and writes figures of one filing.
#[derive(Clone, Copy)]
pub struct Speaker<'a> {
    pub layout: &'a Layout<'a>,
    pub language: Language,
}

impl Speaker<'_> {
    pub fn say(self, words: Words, arguments: &[(&str, String)]) -> String {
        words.say(self.language, arguments)
    }

    /// A cell. Names of a row and a column are known; of others people ask in which sheet.
    pub fn name(self, key: &str) -> String {
        let name = self.layout.label(key);
        if name.contains('·') { name } else { self.layout.label_with_sheet(key) }
    }

    pub fn figure(self, key: &str, value: Decimal) -> String {
        figure(self.layout, key, value)
    }

    /// What is wrong with a figure and what it should be, behind the name of its cell.
    pub fn change(self, change: &Change, certainty: Certainty) -> String {
        let other = change.other.as_deref().map(|key| self.name(key)).unwrap_or_default();
        let found = change.found.map(|found| self.figure(&change.cell, found));
        let Some(value) = change.value else {
            return self.say(DOUBTFUL, &[("found", found.unwrap_or_default())]);
        };
        let said = [
            ("slip", slip(change.cause).say(self.language, &[("other", other)])),
            ("should", should(certainty).in_language(self.language).to_owned()),
            ("value", self.figure(&change.cell, value)),
            ("found", found.clone().unwrap_or_default()),
        ];
        self.say(if found.is_some() { WRONG } else { MISSING }, &said)
    }

    /// The sentence of a repair, behind the name of its first cell where it begins with it.
    pub fn repair(self, repair: &Repair, certainty: Certainty) -> String {
        match repair.changes.as_slice() {
            [only] => self.change(only, certainty),
            [first, second, ..] if is_swap(repair) => {
                let found =
                    |change: &Change| change.found.map(|found| self.figure(&change.cell, found)).unwrap_or_default();
                let said =
                    [("other", self.name(&second.cell)), ("found", found(first)), ("other_found", found(second))];
                self.say(SWAPPED, &said)
            }
            changes => {
                let mut both = changes
                    .iter()
                    .map(|change| [&self.name(&change.cell), " ", &self.change(change, certainty)].concat());
                let said = [("first", both.next().unwrap_or_default()), ("second", both.next().unwrap_or_default())];
                self.say(TWO_WRONG, &said)
            }
        }
    }

    /// What is known of a blank, with whether its cell is named before or behind.
    pub fn blank(self, blank: &Blank) -> (String, bool) {
        let values: Vec<String> = blank.values.iter().map(|value| self.figure(&blank.cell, *value)).collect();
        let said = [
            ("value", values.join(OR.in_language(self.language))),
            ("codes", blank.codes.join(COMMA.in_language(self.language))),
        ];
        match values.len() {
            0 => (self.say(ONE_MISSING, &said), false),
            1 => (self.say(BLANK, &said), true),
            _ => (self.say(BLANK_IN_DOUBT, &said), true),
        }
    }

    /// What the column, table or sheet is called that seems to be in 元.
    pub fn whole(self, unit: &ColumnUnit) -> String {
        let first = unit.cells.first().and_then(|(key, _)| self.layout.find(key)).map(|at| self.layout.field(at));
        let Some(first) = first else { return String::new() };
        let column = || self.layout.heading(&first.column.label);
        let named = match unit.whole {
            Whole::Column => column(),
            Whole::Block => self.layout.heading(&first.block.title),
            Whole::Sheet => self.layout.sheet_of(first).map(|sheet| sheet.tab.clone()).unwrap_or_default(),
        };
        // Some blocks have one column and no heading over it; some no title.
        let named = if named.is_empty() { self.layout.heading(&first.block.title) } else { named };
        plain(&if named.is_empty() { column() } else { named })
    }

    /// What speaks against a column, with `value` of each cell.
    pub fn in_yuan(self, unit: &ColumnUnit, value: impl Fn(&str) -> Option<Decimal>) -> String {
        let mut said = String::new();
        if let Some(Beside { pairs, about, example: [one, other] }) = &unit.beside {
            let field = |key: &str| self.layout.find(key).map(|at| self.layout.field(at));
            let heading = |key: &str| field(key).map(|field| plain(&self.layout.heading(&field.column.label)));
            let figure = |key: &str| value(key).map(|value| self.figure(key, value)).unwrap_or_default();
            let said_of = [
                ("other", heading(other).unwrap_or_default()),
                ("pairs", pairs.to_string()),
                ("about", about.to_string()),
                ("cell", self.name(one)),
                ("found", figure(one)),
                ("other_cell", heading(other).unwrap_or_default()),
                ("other_found", figure(other)),
            ];
            said += &self.say(BESIDE, &said_of);
        }
        if unit.relations > 0 {
            said += if said.is_empty() || self.language == Language::Chinese { "" } else { " " };
            said += &self.say(TIES, &[("relations", unit.relations.to_string())]);
        }
        said
    }

    /// The figures and parts of a difference of scope.
    pub fn bridge(self, bridge: &Bridge, wide: Decimal, narrow: Decimal) -> [(&'static str, String); 6] {
        let parts: Vec<String> = bridge
            .parts
            .iter()
            .map(|part| [self.name(&part.cell), self.figure(&part.cell, part.value.unwrap_or_default())].join(" "))
            .collect();
        [
            ("wide", self.name(&bridge.wide)),
            ("wide_figure", self.figure(&bridge.wide, wide)),
            ("narrow", self.name(&bridge.narrow)),
            ("narrow_figure", self.figure(&bridge.narrow, narrow)),
            ("difference", self.figure(&bridge.wide, bridge.difference)),
            ("parts", parts.join(" ＋ ")),
        ]
    }
}

/// The sentence that says in the report why two figures differ.
pub fn bridge_sentence(layout: &Layout<'_>, bridge: &Bridge, wide: Decimal, narrow: Decimal) -> String {
    let plain = |value: Decimal| value.normalize().to_string();
    let parts: Vec<String> = bridge
        .parts
        .iter()
        .map(|part| {
            let said = [("name", layout.label(&part.cell)), ("value", plain(part.value.unwrap_or_default()))];
            BRIDGE_PART.say(Language::Chinese, &said)
        })
        .collect();
    let said = [
        ("wide", layout.label_with_sheet(&bridge.wide)),
        ("wide_plain", plain(wide)),
        ("narrow", layout.label_with_sheet(&bridge.narrow)),
        ("narrow_plain", plain(narrow)),
        ("difference_plain", plain(bridge.difference)),
        ("parts_plain", parts.join(COMMA.in_language(Language::Chinese))),
    ];
    BRIDGE_SENTENCE.say(Language::Chinese, &said)
}

/// Two figures that stand in each other's place.
pub fn is_swap(repair: &Repair) -> bool {
    repair.changes.len() == 2 && repair.changes.iter().all(|change| change.cause == Cause::Swapped)
}

/// Between the sides of a calculation.
pub const EQUALS: &str = "＝";
