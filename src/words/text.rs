//! The catalogue of remarks about words, and their sentences: what is wrong, the evidence, what to do.

use crate::engine::layout::Layout;
use crate::engine::submission::MATERIAL;
use crate::engine::text::{DateSlip, NameForm, NumberSlip, PersonalKind, Place, TextFact, TextFinding};
use crate::words::explain::{Explained, quoted_up_to};
use crate::words::findings::{FindingWords, catalogue};
use crate::words::{Language, Words, words};

/// An excerpt is already cut; this is only a limit.
const LONGEST_EXCERPT: usize = 80;
/// More items, places or forms than this are counted and not listed.
const MOST_LISTED: usize = 8;

const IN_MATERIAL: Words = words("粘贴的材料", "the pasted material");
const IN_LINE: Words = words("{place}第 {line} 行", "{place}, line {line}");
const TIMES: Words = words("（共 {times} 处）", " ({times} times)");
const COMMA: Words = words("、", ", ");
const AND_SO_ON: Words = words("……（共 {count} 项）", " … ({count} in all)");
const FORM: Words = words("“{text}”{times} 处", "“{text}” {times}×");
const FORM_WITH_A_SLIP: Words =
    words("“{text}”{times} 处（与全称相近，疑似写错）", "“{text}” {times}× (almost the full name, perhaps a slip)");
const SEEN: Words = words("{place}：“{excerpt}”。", "{place}: “{excerpt}”.");

catalogue! {
    TYPO = "text_typo":
        words("“{wrong}”应为“{right}”{times}。", "“{wrong}” should be “{right}”{times}."),
        SEEN,
        words("改正错别字。", "Correct the slip.");
    REPEATED = "text_repeated":
        words("一段 {characters} 字的文字出现 {count} 次。", "A passage of {characters} characters stands {count} times."),
        words("{place}：“{excerpt}”；又见{others}。", "{place}: “{excerpt}”; again in {others}."),
        words("核对是否粘贴重复，重复的一处删去或改写。", "See whether it was pasted twice; delete or rewrite one of them.");
    PLACEHOLDER = "text_placeholder":
        words("提示文字“{text}”没有替换。", "“{text}” was left in."),
        SEEN,
        words("填写实际内容，或删去提示文字。", "Put in what is due, or delete it.");
    COUNT = "text_count":
        words("写明 {stated} 个，列出 {listed} 项。", "{stated} are stated and {listed} listed."),
        words("{place}：“{excerpt}”，列出{items}。", "{place}: “{excerpt}”, listing {items}."),
        words("核对个数和名单，改正填错的一处；只列一部分的，末尾加“等”。", "Check the number and the list and correct the wrong one; close a list of some with 等.");
    NUMBER_BRACKETS = "text_number_brackets":
        words("文号“{text}”的括号不成对。", "The brackets of the document number “{text}” are no pair."),
        SEEN,
        words("对照原文件改正，年份用六角括号“〔〕”括入。", "Correct it by the document itself; the year stands in 〔〕.");
    NUMBER_YEAR = "text_number_year":
        words("文号“{text}”的年份有误。", "The year of the document number “{text}” is wrong."),
        SEEN,
        words("对照原文件改正。", "Correct it by the document itself.");
    NUMBER_MISSING = "text_number_missing":
        words("文号“{text}”没有序号。", "The document number “{text}” has no number."),
        SEEN,
        words("对照原文件补上序号。", "Add the number from the document itself.");
    DATE_MONTH = "text_date_month":
        words("日期“{text}”不存在：月份应为 1 至 12。", "There is no date “{text}”: months are 1 to 12."),
        SEEN,
        words("核对后改正。", "Check and correct it.");
    DATE_DAY = "text_date_day":
        words("日期“{text}”不存在：{month} 月只有 {days} 天。", "There is no date “{text}”: month {month} has {days} days."),
        SEEN,
        words("核对后改正。", "Check and correct it.");
    DATE_DIGITS = "text_date_digits":
        words("日期“{text}”的数字有误。", "The digits of the date “{text}” are wrong."),
        words("{place}：“{excerpt}”，可能漏写“年”“月”，或多写一位数字。", "{place}: “{excerpt}”; perhaps 年 or 月 is missing, or there is a digit too many."),
        words("核对后改正。", "Check and correct it.");
    STALE_YEAR = "text_stale_year":
        words("年度写作 {found}，本次评价年度为 {year}{times}。", "The year is {found}, but {year} is evaluated{times}."),
        SEEN,
        words("沿用旧稿的，改为本年度；确实指 {found} 年的，可不处理。", "If it is left from an older text, change it; if {found} is meant, leave it.");
    FILING_DATE = "text_filing_date":
        words("填报日期在 {found} 年，评价年度的次年为 {expected} 年。", "It was filled in {found}; the year after the evaluated one is {expected}."),
        SEEN,
        words("核对填报日期和评价年度；属实的可不处理。", "Check the date and the evaluated year; if they are right, leave them.");
    UNIT_SLIP = "text_unit_slip":
        words("“{written}”疑似应为“{should}”。", "“{written}” should perhaps be “{should}”."),
        words("{place}：“{excerpt}”；按“{should}”换算，与同一句中的金额相符。", "{place}: “{excerpt}”; as “{should}” it agrees with the amounts of its sentence."),
        words("核对计量单位，改正填错的一处。", "Check the unit and correct the wrong one.");
    UNIT_NAME = "text_unit_name":
        words("单位名称有 {count} 种写法。", "The unit's name is written in {count} ways."),
        words("全称“{name}”{times} 处，{forms}。", "In full “{name}” {times}×, {forms}."),
        words("写错的，改正；规范的简称可不处理。", "Correct slips; accepted short forms may stay.");
    MOBILE = "text_mobile":
        words("有手机号码 {masked}{times}。", "There is a mobile number, {masked}{times}."),
        SEEN,
        words("公开前删去，或遮盖为 {masked}。", "Before publishing, delete it or mask it as {masked}.");
    IDENTITY = "text_identity":
        words("有公民身份号码 {masked}{times}。", "There is an identity number, {masked}{times}."),
        SEEN,
        words("公开前删去，或遮盖为 {masked}。", "Before publishing, delete it or mask it as {masked}.");
    TELEPHONE = "text_telephone":
        words("有办公电话 {count} 处。", "Office telephones: {count}."),
        SEEN,
        words("公开前确认是否保留。", "Before publishing, decide whether they stay.");
    TURNED = "text_turned":
        words("有 {times} 个改变书写方向的隐藏字符，其后的字会倒着显示。", "{times} hidden marks turn the direction of writing: what follows is shown backwards."),
        words("{place}：“{excerpt}”（“�”处为隐藏字符）。", "{place}: “{excerpt}” (� is the hidden mark)."),
        words("点“改正”去掉隐藏字符，再核对文字；或重新输入。", "Press “mend it” to take them out and check the text, or type it anew.");
    NO_PROBLEMS = "text_no_problems":
        words("总分 {score}，低于 {full} 分，而存在的问题写“{text}”。", "The total {score} is below {full}, yet the problems are said to be “{text}”."),
        SEEN,
        words("写明扣分对应的问题和原因，或核对得分。", "Tell the problems behind the points taken off, or check the scores.");
}

/// The record for a fact.
pub fn of(fact: &TextFact) -> &'static FindingWords {
    match fact {
        TextFact::Typo { .. } => &TYPO,
        TextFact::Repeated { .. } => &REPEATED,
        TextFact::Placeholder { .. } => &PLACEHOLDER,
        TextFact::CountDiffers { .. } => &COUNT,
        TextFact::DocumentNumber { slip: NumberSlip::Brackets, .. } => &NUMBER_BRACKETS,
        TextFact::DocumentNumber { slip: NumberSlip::Year, .. } => &NUMBER_YEAR,
        TextFact::DocumentNumber { slip: NumberSlip::NoNumber, .. } => &NUMBER_MISSING,
        TextFact::Date { slip: DateSlip::Month, .. } => &DATE_MONTH,
        TextFact::Date { slip: DateSlip::Day { .. }, .. } => &DATE_DAY,
        TextFact::Date { slip: DateSlip::Digits, .. } => &DATE_DIGITS,
        TextFact::StaleYear { .. } => &STALE_YEAR,
        TextFact::FilingDate { .. } => &FILING_DATE,
        TextFact::UnitSlip { .. } => &UNIT_SLIP,
        TextFact::UnitName { .. } => &UNIT_NAME,
        TextFact::PersonalData { kind: PersonalKind::Mobile, .. } => &MOBILE,
        TextFact::PersonalData { kind: PersonalKind::Identity, .. } => &IDENTITY,
        TextFact::Telephone { .. } => &TELEPHONE,
        TextFact::Turned { .. } => &TURNED,
        TextFact::NoProblems { .. } => &NO_PROBLEMS,
    }
}

/// The sentences of a remark.
pub fn explain_text(finding: &TextFinding, layout: &Layout<'_>, language: Language) -> Explained {
    let speaker = Speaker { layout, language };
    let mut arguments = vec![
        ("place", speaker.place(&finding.place, finding.at.start)),
        ("excerpt", quoted_up_to(&finding.excerpt, LONGEST_EXCERPT)),
    ];
    arguments.extend(speaker.of_fact(&finding.fact));
    let record = of(&finding.fact);
    Explained {
        what: record.what.say(language, &arguments),
        evidence: record.evidence.say(language, &arguments),
        todo: record.todo.say(language, &arguments),
    }
}

struct Speaker<'a> {
    layout: &'a Layout<'a>,
    language: Language,
}

impl Speaker<'_> {
    fn of_fact(&self, fact: &TextFact) -> Vec<(&'static str, String)> {
        match fact {
            TextFact::Typo { wrong, right, times } => {
                vec![("wrong", wrong.clone()), ("right", right.clone()), ("times", self.times(*times))]
            }
            TextFact::Repeated { characters, others } => {
                let places = others.iter().map(|other| self.place(&other.place, other.at.start));
                vec![
                    ("characters", characters.to_string()),
                    ("count", (others.len() + 1).to_string()),
                    ("others", self.list(places.collect())),
                ]
            }
            TextFact::Placeholder { text } | TextFact::DocumentNumber { text, .. } => vec![("text", quote(text))],
            TextFact::CountDiffers { stated, listed, items } => vec![
                ("stated", stated.to_string()),
                ("listed", listed.to_string()),
                ("items", self.list(items.iter().map(|item| quote(item)).collect())),
            ],
            TextFact::Date { text, slip } => {
                let mut said = vec![("text", quote(text))];
                if let DateSlip::Day { month, days } = slip {
                    said.extend([("month", month.to_string()), ("days", days.to_string())]);
                }
                said
            }
            TextFact::StaleYear { found, year, times } => {
                vec![("found", found.to_string()), ("year", year.to_string()), ("times", self.times(*times))]
            }
            TextFact::FilingDate { found, expected } => {
                vec![("found", found.to_string()), ("expected", expected.to_string())]
            }
            TextFact::UnitSlip { written, should } => vec![("written", quote(written)), ("should", should.clone())],
            TextFact::UnitName { name, times, forms } => vec![
                ("count", (forms.len() + usize::from(*times > 0)).max(1).to_string()),
                ("name", quote(name)),
                ("times", times.to_string()),
                ("forms", self.list(forms.iter().map(|form| self.form(form)).collect())),
            ],
            TextFact::PersonalData { masked, times, .. } => {
                vec![("masked", masked.clone()), ("times", self.times(*times))]
            }
            TextFact::Telephone { times } => vec![("count", times.to_string())],
            TextFact::Turned { times } => vec![("times", times.to_string())],
            TextFact::NoProblems { text, score, full } => {
                vec![("text", quote(text)), ("score", score.clone()), ("full", full.clone())]
            }
        }
    }

    fn form(&self, form: &NameForm) -> String {
        let record = if form.slip { FORM_WITH_A_SLIP } else { FORM };
        record.say(self.language, &[("text", quote(&form.text)), ("times", form.times.to_string())])
    }

    /// Where it stands: the cell by its name, the material by its line.
    fn place(&self, place: &Place, at: usize) -> String {
        let Place::Material = place else {
            let Place::Cell(key) = place else { return String::new() };
            return self.layout.label_with_sheet(key);
        };
        let material = IN_MATERIAL.in_language(self.language).to_owned();
        let above = self.layout.submission.report.get(MATERIAL).and_then(|text| text.get(..at));
        match above {
            Some(above) => {
                let line = above.matches('\n').count() + 1;
                IN_LINE.say(self.language, &[("place", material), ("line", line.to_string())])
            }
            None => material,
        }
    }

    /// Nothing for a thing that stands once.
    fn times(&self, times: u32) -> String {
        if times > 1 { TIMES.say(self.language, &[("times", times.to_string())]) } else { String::new() }
    }

    fn list(&self, mut items: Vec<String>) -> String {
        let count = items.len();
        items.truncate(MOST_LISTED);
        let mut said = items.join(COMMA.in_language(self.language));
        if count > MOST_LISTED {
            said.push_str(&AND_SO_ON.say(self.language, &[("count", count.to_string())]));
        }
        said
    }
}

fn quote(text: &str) -> String {
    quoted_up_to(text, LONGEST_EXCERPT)
}
