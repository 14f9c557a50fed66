//! The lists of a workbook in words: what was found in a filing, as a list of what to do, and how its relations stand.

use rust_decimal::Decimal;

use crate::engine::evaluation::Evaluation;
use crate::engine::finding::{Answer, AnswerState, Finding, Level};
use crate::engine::layout::Layout;
use crate::engine::relation::{RelationResult, State};
use crate::engine::template::Shape;
use crate::engine::template::formula::Comparison;
use crate::engine::template::spec::{ColumnKind, RelationSpec};
use crate::engine::text::{TextFinding, review};
use crate::exchange::office::workbook_out::{Column, Entry, List, Unwritable};
use crate::render::repairs::{Card, cards, unexplained};
use crate::words::explain::{Explained, explain, quoted_up_to};
use crate::words::relations::{Formulas, state};
use crate::words::text::explain_text;
use crate::words::{Language, Words, page, words};

/// More characters of a text than this are not quoted in a list.
const LONGEST_QUOTE: usize = 40;

const TITLE: Words = words("{unit}{year}年度{form}：{list}", "{unit} {year} {form}: {list}");
const SENTENCE: Words = words("{line}。", "{line}.");
const COUNTS: Words = words(
    "强制性 {errors} 项，核实性 {warnings} 项（另有 {answered} 项已说明），提示性 {infos} 项。空白项视为不适用。",
    "{errors} errors, {warnings} to verify ({answered} more answered), {infos} notes. Blanks are taken as not applicable.",
);
const BLANK: Words = words("（空白）", "(blank)");
const AND_OTHERS: Words = words("{cell}等 {count} 处", "{cell} and others, {count} in all");
const ANSWER: Words = words("{text}（{state}）", "{text} ({state})");
const RELATIONS: Words = words("勾稽关系", "Relations");
const RELATIONS_SAID: Words = words(
    "相符、尾差（四舍五入）、不符、未填全、可计算、无法核对（合计没有可比的其中项）、未填。",
    "Agrees, rounding, differs, incomplete, can be calculated, cannot be checked (no parts beside the total), blank.",
);

const NUMBER: Words = words("序号", "No.");
const LEVEL: Words = words("级别", "Level");
const CODE: Words = words("编号", "Code");
const SHEET: Words = words("表", "Sheet");
const CELL: Words = words("单元格", "Cell");
const ENTERED: Words = words("现填", "Entered");
const WRONG: Words = words("问题", "What is wrong");
const EVIDENCE: Words = words("依据", "Evidence");
const TODO: Words = words("怎么改", "What to do");
const DONE: Words = words("完成", "Done");
const NAME: Words = words("名称", "Name");
const FORMULA: Words = words("公式", "Formula");
const HOLDS_IN: Words = words("所在", "Where");
const STATE: Words = words("状态", "State");
const COMPUTED: Words = words("应为", "Computed");
const DIFFERENCE: Words = words("差额", "Difference");
const BASIS: Words = words("来源", "Basis");

const TEXT_TOO_LONG: Words = words(
    "“{cell}”有 {characters} 字，超过表格软件一格的上限 32767 字。改为导出 Word 或 JSON。",
    "“{cell}” has {characters} characters, more than the 32767 of a spreadsheet's cell. Export Word or JSON instead.",
);

/// Why a workbook cannot be written.
pub fn unwritable(why: &Unwritable, layout: &Layout<'_>, language: Language) -> String {
    match why {
        Unwritable::TextTooLong { cell, characters } => {
            TEXT_TOO_LONG.say(language, &[("cell", layout.label(cell)), ("characters", characters.to_string())])
        }
        Unwritable::Fault(fault) => fault.clone(),
    }
}

/// What was found in the figures and the words, errors first, as a list of what to do.
/// A wrong figure stands in place of what it explains.
pub fn findings(layout: &Layout<'_>, evaluation: &Evaluation, language: Language) -> List {
    let remarks = review(layout);
    let cards = cards(layout.template, layout.submission, evaluation.stage, None, language);
    let of_words = remarks.iter().map(|(remark, note)| ToDo::of_words(remark, note.as_ref(), layout, language));
    let mut found: Vec<ToDo<'_>> = cards.iter().filter_map(ToDo::of_card).collect();
    let others = unexplained(&evaluation.findings, &cards);
    found.extend(others.into_iter().map(|finding| ToDo::of(finding, layout, language)).chain(of_words));
    found.sort_by_key(|found| found.level);
    let count = |level: Level, is_answered: bool| {
        let those = found.iter().filter(|found| found.level == level && found.is_answered() == is_answered);
        those.count().to_string()
    };
    let errors = count(Level::Error, false);
    let head = match errors.as_str() {
        "0" => page::NONE_TO_CHANGE.in_language(language).to_owned(),
        _ => page::MUST_CHANGE.say(language, &[("count", errors.clone())]),
    };
    let numbers = [
        ("errors", errors),
        ("warnings", count(Level::Warning, false)),
        ("answered", count(Level::Warning, true)),
        ("infos", count(Level::Info, false)),
    ];
    List {
        name: page::FINDINGS.in_language(language).to_owned(),
        title: title(layout, page::FINDINGS, language),
        lines: vec![SENTENCE.say(language, &[("line", head)]), COUNTS.say(language, &numbers)],
        columns: columns(
            &[
                (NUMBER, 36),
                (LEVEL, 56),
                (CODE, 44),
                (SHEET, 76),
                (CELL, 165),
                (ENTERED, 84),
                (WRONG, 180),
                (EVIDENCE, 220),
                (TODO, 160),
                (page::NOTE, 120),
                (DONE, 40),
            ],
            language,
        ),
        rows: found.iter().zip(1..).map(|(found, number)| found.row(number, layout, language)).collect(),
    }
}

/// Something that was found, whatever found it.
struct ToDo<'a> {
    level: Level,
    code: &'a str,
    cells: &'a [String],
    /// How many places it names.
    places: usize,
    explained: Explained,
    note: Option<&'a Answer>,
}

impl<'a> ToDo<'a> {
    fn of(finding: &'a Finding, layout: &Layout<'_>, language: Language) -> Self {
        Self {
            level: finding.level,
            code: &finding.code,
            cells: &finding.cells,
            places: finding.fact.places(&finding.cells).len(),
            explained: explain(finding, layout, language),
            note: finding.note.as_ref(),
        }
    }

    /// Nothing where the card says nothing of a fault.
    fn of_card(card: &'a Card) -> Option<Self> {
        let evidence = [std::slice::from_ref(&card.evidence), &card.ways].concat().join("\n");
        let (what, todo) = (card.what.clone(), card.todo_by_hand.clone());
        let level = card.level.filter(|_| !card.covers.is_empty())?;
        let explained = Explained { what, evidence: evidence.trim().to_owned(), todo };
        Some(Self { level, code: &card.code, cells: &card.cells, places: 0, explained, note: card.note.as_ref() })
    }

    fn of_words(remark: &'a TextFinding, note: Option<&'a Answer>, layout: &Layout<'_>, language: Language) -> Self {
        Self {
            level: remark.level,
            code: &remark.code,
            cells: &remark.cells,
            places: remark.cells.len(),
            explained: explain_text(remark, layout, language),
            note,
        }
    }

    fn is_answered(&self) -> bool {
        self.level == Level::Warning && self.note.is_some_and(|note| note.state == AnswerState::Valid)
    }

    fn row(&self, number: usize, layout: &Layout<'_>, language: Language) -> Vec<Entry> {
        let key = self.cells.first().cloned().unwrap_or_default();
        let at = layout.find(&key);
        let sheet = at.and_then(|at| layout.sheet_of(layout.field(at))).map_or("", |sheet| &sheet.tab);
        let entered = match at {
            // The evidence has them all.
            _ if self.places > 1 => String::new(),
            Some(at) if !layout.text(at).trim().is_empty() => quoted_up_to(layout.text(at), LONGEST_QUOTE),
            _ => BLANK.in_language(language).to_owned(),
        };
        let mut cell = layout.label(&key);
        if self.places > 1 {
            cell = AND_OTHERS.say(language, &[("cell", cell), ("count", self.places.to_string())]);
        }
        let answer = self.note.map(|note| {
            let state = page::answer(note.state).in_language(language).to_owned();
            ANSWER.say(language, &[("text", note.text.clone()), ("state", state)])
        });
        vec![
            Entry::Count(number),
            Entry::Text(page::level(self.level).in_language(language).to_owned()),
            Entry::Text(self.code.to_owned()),
            Entry::Text(sheet.to_owned()),
            Entry::Cell { key, text: cell },
            Entry::Text(entered),
            Entry::Text(self.explained.what.clone()),
            Entry::Text(self.explained.evidence.clone()),
            Entry::Text(self.explained.todo.clone()),
            Entry::Text(answer.unwrap_or_default()),
            Entry::Choice(vec!["☐".to_owned(), "☑".to_owned()]),
        ]
    }
}

/// Every relation of the form and how it stands, once a column or row in which it says something.
pub fn relations(layout: &Layout<'_>, evaluation: &Evaluation, language: Language) -> List {
    let mut rows = Vec::new();
    for relation in &layout.template.spec().relations {
        let results: Vec<&RelationResult> =
            evaluation.relations.iter().filter(|result| result.code == relation.code).collect();
        if results.is_empty() {
            rows.push(standing(relation, None, layout, language));
        }
        rows.extend(results.into_iter().map(|result| standing(relation, Some(result), layout, language)));
    }
    List {
        name: RELATIONS.in_language(language).to_owned(),
        title: title(layout, RELATIONS, language),
        lines: vec![RELATIONS_SAID.in_language(language).to_owned()],
        columns: columns(
            &[
                (CODE, 44),
                (LEVEL, 120),
                (FORMULA, 300),
                (HOLDS_IN, 175),
                (STATE, 60),
                (ENTERED, 80),
                (COMPUTED, 80),
                (DIFFERENCE, 80),
                (NAME, 150),
                (BASIS, 180),
            ],
            language,
        ),
        rows,
    }
}

fn standing(
    relation: &RelationSpec,
    result: Option<&RelationResult>,
    layout: &Layout<'_>,
    language: Language,
) -> Vec<Entry> {
    let formulas = Formulas { layout, language };
    let shape =
        layout.template.relations().iter().find(|known| layout.template.relation_spec(known).code == relation.code);
    // Nothing is entered in a blank that its parts give.
    let entered = result.filter(|result| result.state != State::Offered);
    // What a whole has beyond its parts is no fault of it.
    let is_equality = !matches!(shape.map(|shape| &shape.shape), Some(Shape::Linear { comparison, .. }) if *comparison != Comparison::Equal);
    let first = result.and_then(|result| result.cells.first());
    let kind = first.and_then(|key| layout.find(key)).map(|at| layout.field(at).column.kind);
    let figure = |value: Option<Decimal>| match (value, kind) {
        (None, _) => Entry::Text(String::new()),
        (Some(value), Some(ColumnKind::Percent)) => {
            Entry::Figure { value, places: value.normalize().scale(), is_percent: true }
        }
        (Some(value), kind) => {
            let least = if kind == Some(ColumnKind::Money) { 2 } else { 0 };
            Entry::Figure { value, places: value.normalize().scale().max(least), is_percent: false }
        }
    };
    vec![
        Entry::Text(relation.code.clone()),
        Entry::Text(formulas.level(relation)),
        Entry::Text(shape.map(|shape| formulas.formula(relation, &shape.shape)).unwrap_or_default()),
        match first {
            Some(key) => Entry::Cell { key: key.clone(), text: layout.label(key) },
            None => Entry::Text(formulas.scope(relation)),
        },
        Entry::Text(state(result.map_or(State::Silent, |result| result.state)).in_language(language).to_owned()),
        figure(entered.and_then(|result| result.entered)),
        figure(result.and_then(|result| result.computed)),
        figure(entered.filter(|_| is_equality).and_then(|result| result.difference)),
        Entry::Text(relation.name.clone()),
        Entry::Text(relation.basis.clone()),
    ]
}

fn title(layout: &Layout<'_>, list: Words, language: Language) -> String {
    let spec = layout.template.spec();
    let unit = spec.unit_name.as_ref().map_or("", |key| layout.submission.text(key)).trim();
    let said = [
        ("unit", unit.to_owned()),
        ("year", layout.submission.year.to_string()),
        ("form", spec.name.clone()),
        ("list", list.in_language(language).to_owned()),
    ];
    TITLE.say(language, &said).trim().to_owned()
}

fn columns(named: &[(Words, u32)], language: Language) -> Vec<Column> {
    named
        .iter()
        .map(|(heading, width)| Column { heading: heading.in_language(language).to_owned(), width: *width })
        .collect()
}
