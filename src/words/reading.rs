//! Sentences on what was read from a text: how much, where it differs from the form, what may be several cells, and
//! figures of one name that count different funds (口径).

use std::ops::Range;

use crate::engine::layout::Layout;
use crate::engine::reading::{Certainty, Link, Reading, Source, Suspect, Target};
use crate::engine::rule::Scope;
use crate::words::explain::{Explained, quoted, visible};
use crate::words::{Language, Words, words};

/// So many letters of a line are shown around a figure.
const BEFORE: usize = 20;
const BEHIND: usize = 10;

/// What was read, at the head of a report.
const READ: Words = words(
    "从文本读出 {count} 处数字：表中 {table} 处，报告中 {report} 处",
    "{count} figures were read from the text: {table} in the tables, {report} in the report",
);
/// Its end where there are such.
const NOT_ENTERED: Words = words(
    "；其中 {ambiguous} 处可能属于几个单元格，没有填入",
    "; {ambiguous} of them may mean several cells and were not entered",
);
/// What stands in the place of a finding's code.
pub const TEXT_AND_FORM: Words = words("表文", "text");
pub const SEVERAL_CELLS: Words = words("多义", "several cells");
pub const SCOPE: Words = words("口径 {code}", "scope {code}");
/// Behind the last of a long list.
pub const AND_MORE: Words = words("……另有 {count} 处，不再列出。", "… {count} more are not listed.");

const DIFFERS_FROM_TABLE: Words =
    words("{cell}：报告中为 {said}，表中为 {held}。", "{cell}: {said} in the report, {held} in the table.");
const DIFFERS_FROM_ELSEWHERE: Words =
    words("{cell}：此处为 {said}，另一处为 {held}。", "{cell}: {said} here, {held} in another place.");
const PASSAGE: Words = words("文中：{passage}", "In the text: {passage}");
const TEXT_SUSPECTED: Words = words(
    "按审核关系，{held} 与其他数相符，这里的 {said} 可能有误。",
    "By the relations {held} agrees with the other figures; {said} here is likely wrong.",
);
const FORM_SUSPECTED: Words = words(
    "按审核关系，这里的 {said} 与其他数相符，{held} 可能有误。",
    "By the relations {said} here agrees with the other figures; {held} is likely wrong.",
);
const EITHER_SUSPECTED: Words = words(
    "审核关系不能判断哪一个有误，对照原始资料核实。",
    "The relations do not tell which of the two is wrong; compare with the accounts.",
);
const MAY_BE: Words = words("“{said}”可能是：{cells}。", "“{said}” may be: {cells}.");
const ENTER_BY_HAND: Words = words("核实后自行填入。", "Enter it by hand once you know which.");
const CELL_COMMA: Words = words("、", ", ");
const ROW: Words = words("{group}（{number}）", "{group} ({number})");
const COLUMN: Words = words("{row}·{column}", "{row}·{column}");
const SCOPES: Words = words("{wide}与{narrow}口径不同。", "{wide} and {narrow} count different funds.");
const MAY_BE_EXPLAINED: Words = words("可在“{into}”里写明：{sentence}", "“{into}” may say so: {sentence}");

/// A text that was read, with the form that it was read into.
pub struct Passages<'a> {
    pub layout: &'a Layout<'a>,
    pub reading: &'a Reading,
    pub text: &'a str,
    pub language: Language,
}

impl Passages<'_> {
    /// How many figures were read, and where.
    pub fn read(&self) -> String {
        let figures = || self.reading.links.iter().filter(|link| link.value.is_some());
        let count = |is: fn(&&Link) -> bool| figures().filter(is).count().to_string();
        let ambiguous = self.reading.links.iter().filter(|link| link.certainty == Certainty::Ambiguous).count();
        let arguments = [
            ("count", figures().count().to_string()),
            ("table", count(|link| link.from != Source::Report)),
            ("report", count(|link| link.from == Source::Report)),
            ("ambiguous", ambiguous.to_string()),
        ];
        let read = READ.say(self.language, &arguments);
        if ambiguous == 0 { read } else { read + &NOT_ENTERED.say(self.language, &arguments) }
    }

    /// A place of the text that says something else than its cell.
    pub fn difference(&self, link: &Link, key: &str, suspect: Suspect) -> Explained {
        let arguments = [
            ("cell", self.layout.label(key)),
            ("said", quoted(&link.text)),
            ("held", quoted(self.layout.submission.text(key))),
            ("passage", self.passage(&link.at)),
        ];
        let in_table = |other: &&Link| other.from == Source::Table && other.cells == link.cells;
        let is_from_table = link.from == Source::Report && self.reading.links.iter().any(|other| in_table(&other));
        let what = if is_from_table { DIFFERS_FROM_TABLE } else { DIFFERS_FROM_ELSEWHERE };
        let todo = match suspect {
            Suspect::Text => TEXT_SUSPECTED,
            Suspect::Form => FORM_SUSPECTED,
            Suspect::Either => EITHER_SUSPECTED,
        };
        let [what, evidence, todo] = [what, PASSAGE, todo].map(|words| words.say(self.language, &arguments));
        Explained { what, evidence, todo }
    }

    /// A place of the text that may mean one of several cells.
    pub fn ambiguity(&self, link: &Link) -> Explained {
        let cells: Vec<String> = link.cells.iter().map(|target| self.name(target)).collect();
        let arguments = [
            ("said", quoted(&link.text)),
            ("cells", cells.join(CELL_COMMA.in_language(self.language))),
            ("passage", self.passage(&link.at)),
        ];
        let [what, evidence, todo] = [MAY_BE, PASSAGE, ENTER_BY_HAND].map(|words| words.say(self.language, &arguments));
        Explained { what, evidence, todo }
    }

    fn name(&self, target: &Target) -> String {
        let (group, number, column) = match target {
            Target::Cell(key) => return self.layout.label_with_sheet(key),
            Target::Row { group, number, column } => (group, number, column),
        };
        let Some(place) = self.layout.template.group(group) else { return group.clone() };
        let block = &self.layout.template.spec().blocks[place.block];
        let row = &block.rows[place.row];
        let name = row.name.clone().unwrap_or_else(|| self.layout.heading(&row.label));
        let row = ROW.say(self.language, &[("group", name), ("number", number.to_string())]);
        let label = block.columns.iter().find(|known| known.id == *column).map(|column| &column.label);
        match label.map(|label| self.layout.heading(label)).filter(|label| !label.is_empty()) {
            Some(column) => COLUMN.say(self.language, &[("row", row), ("column", column)]),
            None => row,
        }
    }

    /// The place in what stands around it on its line.
    fn passage(&self, at: &Range<usize>) -> String {
        let piece = |range: Range<usize>| self.text.get(range).unwrap_or_default();
        let line = |c: &char| !matches!(c, '\n' | '\r');
        let before: Vec<char> = piece(0..at.start).chars().rev().take_while(line).take(BEFORE + 1).collect();
        let behind: Vec<char> = piece(at.end..self.text.len()).chars().take_while(line).take(BEHIND + 1).collect();
        let cut = |is_cut: bool| if is_cut { "…" } else { "" };
        let mut passage = cut(before.len() > BEFORE).to_owned();
        passage.extend(before.iter().take(BEFORE).rev().map(|c| visible(*c)));
        passage.push('⟦');
        passage.push_str(&quoted(piece(at.clone())));
        passage.push('⟧');
        passage.extend(behind.iter().take(BEHIND).map(|c| visible(*c)));
        passage.push_str(cut(behind.len() > BEHIND));
        passage
    }
}

/// Two figures of one name that count different funds: that they do, and the sentence that says how.
pub fn scope(scope: &Scope, layout: &Layout<'_>, language: Language) -> [String; 2] {
    let arguments = [
        ("wide", layout.label_with_sheet(&scope.wide)),
        ("narrow", layout.label_with_sheet(&scope.narrow)),
        ("into", layout.label(&scope.into)),
        ("sentence", scope.sentence.clone()),
    ];
    [SCOPES, MAY_BE_EXPLAINED].map(|words| words.say(language, &arguments))
}
