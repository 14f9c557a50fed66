//! Checks of the words of a filing: slips of the pen, passages that stand twice, dates that cannot be, personal data.
//!
//! They stand beside [`crate::engine::evaluate`] and share no finding with it: a remark here is about a place in a text.
//! Prose can mean anything, so whatever leaves a doubt says nothing. Each kind of rule has its file; which are in force,
//! with which words and limits, is in the template. The work is linear in the text, or nearly so.

mod count;
mod dates;
mod document_number;
mod name;
mod personal;
mod placeholder;
mod problems;
mod prose;
mod repeated;
mod review;
mod telephone;
mod turned;
mod typos;
mod units;
mod years;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use crate::engine::finding::Level;
use crate::engine::layout::Layout;
use crate::engine::submission::{MATERIAL, Submission};
use crate::engine::template::Template;
use crate::engine::template::spec::{ColumnKind, TextRuleKind, TextRuleSpec};
use crate::engine::text::prose::Prose;

pub use crate::engine::text::personal::masked;
pub use crate::engine::text::review::{mended, review};

/// A text to look at: that of a cell, or the pasted material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage<'a> {
    pub place: Place,
    pub text: &'a str,
}

#[derive(Clone, Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The key of a cell.
    Cell(String),
    /// The document that these cells are a part of.
    Material,
}

/// A place in a text.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct TextPlace {
    pub place: Place,
    /// Bytes in the passage.
    pub at: Range<usize>,
}

/// One remark: what, where.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct TextFinding {
    /// The code of the template's rule.
    pub code: String,
    pub level: Level,
    /// Where it stands, for the first time.
    pub place: Place,
    /// Bytes in the passage.
    pub at: Range<usize>,
    /// The place with a few words around it, personal data masked.
    pub excerpt: String,
    pub fact: TextFact,
    /// The cell, to go to; none for the material.
    pub cells: Vec<String>,
}

/// What was found. A text is quoted in plain characters; personal data never stand here unmasked.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum TextFact {
    /// A slip, and the right word.
    Typo {
        wrong: String,
        right: String,
        times: u32,
    },
    /// A passage of so many characters stands again in `others`.
    Repeated {
        characters: u32,
        others: Vec<TextPlace>,
    },
    /// Something stands in the place of words still to come.
    Placeholder {
        text: String,
    },
    /// So many things are stated, and others listed.
    CountDiffers {
        stated: u32,
        listed: u32,
        items: Vec<String>,
    },
    /// The number of a document cannot be.
    DocumentNumber {
        text: String,
        slip: NumberSlip,
    },
    /// A date cannot be.
    Date {
        text: String,
        slip: DateSlip,
    },
    /// A year is neither the evaluated one nor a neighbour of it.
    StaleYear {
        found: u32,
        year: u32,
        times: u32,
    },
    /// A filing is filled in the year after.
    FilingDate {
        found: u32,
        expected: u32,
    },
    /// Read in the other unit, the amount agrees with its neighbours.
    UnitSlip {
        written: String,
        should: String,
    },
    /// Forms of the unit's name beside the one in its cell.
    UnitName {
        name: String,
        times: u32,
        forms: Vec<NameForm>,
    },
    PersonalData {
        kind: PersonalKind,
        masked: String,
        times: u32,
    },
    /// Telephones of offices.
    Telephone {
        times: u32,
    },
    /// Marks that turn the direction of writing.
    Turned {
        times: u32,
    },
    /// No problems are told, though points were cut.
    NoProblems {
        text: String,
        score: String,
        full: String,
    },
}

#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NumberSlip {
    /// The two brackets around the year are no pair, or one is missing.
    Brackets,
    /// The year is no year.
    Year,
    /// 号 has no number before it.
    NoNumber,
}

#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum DateSlip {
    /// There is no such month.
    Month,
    /// The month has fewer days.
    Day { month: u32, days: u32 },
    /// Too many digits: a 年 or 月 is missing, or a digit too many.
    Digits,
}

/// One way in which the unit's name is written.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct NameForm {
    pub text: String,
    pub times: u32,
    /// Almost the full name: rather a slip than a short form.
    pub slip: bool,
}

#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PersonalKind {
    Mobile,
    Identity,
}

/// All texts of a filing: its filled cells of words, and the pasted material if there is any. Last year's filing is none
/// of this one's texts, and its years are not stale.
pub fn passages_of<'a>(layout: &Layout<'a>) -> Vec<Passage<'a>> {
    let of_words =
        |kind| matches!(kind, ColumnKind::Text | ColumnKind::LongText | ColumnKind::Name | ColumnKind::Quantity);
    let cells = layout.indexed().filter(|(_, field)| of_words(field.column.kind) && field.fixed().is_none());
    let cells = cells.map(|(at, field)| Passage { place: Place::Cell(field.key.clone()), text: layout.text(at) });
    let material = layout.submission.report.get(MATERIAL).filter(|_| !layout.submission.has_material_of_last_year());
    let material = material.map(|text| Passage { place: Place::Material, text });
    cells.chain(material).filter(|passage| !passage.text.trim().is_empty()).collect()
}

/// Applies the checks of words that the template has.
pub fn check(template: &Template, submission: &Submission, passages: &[Passage<'_>]) -> Vec<TextFinding> {
    let reading = Reading { layout: Layout::of(template, submission), texts: passages.iter().map(Text::of).collect() };
    let mut findings: Vec<TextFinding> = Vec::new();
    for rule in &template.spec().text_rules {
        let case = Case { rule, reading: &reading };
        findings.extend(match &rule.kind {
            TextRuleKind::Typos { list } => typos::check(case, list),
            TextRuleKind::Repeated { at_least } => repeated::check(case, *at_least),
            TextRuleKind::Placeholder { wordings, names, counted } => {
                placeholder::check(case, wordings, names, counted)
            }
            TextRuleKind::CountOfList { counters, leads, open } => count::check(case, counters, leads, open),
            TextRuleKind::DocumentNumber => document_number::check(case),
            TextRuleKind::Date => dates::check(case),
            TextRuleKind::StaleYear { words } => years::stale(case, words),
            TextRuleKind::FilingDate { cell } => years::filing_date(case, cell),
            TextRuleKind::UnitSlip { totals } => units::check(case, totals),
            TextRuleKind::UnitName => name::check(case),
            TextRuleKind::PersonalData => personal::check(case),
            TextRuleKind::Telephone { labels } => telephone::check(case, labels),
            TextRuleKind::NoProblems { headings, cells, none } => problems::check(case, headings, cells, none),
        });
    }
    findings.extend(turned::check(&reading));
    let places: BTreeMap<&Place, usize> = passages.iter().map(|passage| &passage.place).zip(0..).collect();
    findings.sort_by_key(|finding| (finding.level, places.get(&finding.place).copied(), finding.at.start));
    findings
}

/// The filing and its texts, read once for all rules.
struct Reading<'a> {
    layout: Layout<'a>,
    texts: Vec<Text<'a>>,
}

struct Text<'a> {
    passage: &'a Passage<'a>,
    prose: Prose,
    /// Characters of personal data that no excerpt shows, in order.
    hidden: Vec<Range<usize>>,
}

impl<'a> Text<'a> {
    fn of(passage: &'a Passage<'a>) -> Self {
        let prose = Prose::of(passage.text);
        let hidden = personal::found(&prose).iter().map(personal::Datum::hidden).collect();
        Self { passage, prose, hidden }
    }

    fn is_material(&self) -> bool {
        self.passage.place == Place::Material
    }

    fn is_cell(&self, key: &str) -> bool {
        matches!(&self.passage.place, Place::Cell(cell) if cell == key)
    }
}

/// A range of characters of one text.
#[derive(Clone, Debug)]
struct Spot {
    text: usize,
    range: Range<usize>,
}

/// One rule on one filing.
#[derive(Clone, Copy)]
struct Case<'a> {
    rule: &'a TextRuleSpec,
    reading: &'a Reading<'a>,
}

/// Characters of an excerpt before the place and behind it, and of the place itself.
const AROUND: usize = 8;
const LONGEST: usize = 40;

impl<'a> Case<'a> {
    fn texts(self) -> impl Iterator<Item = (usize, &'a Text<'a>)> {
        self.reading.texts.iter().enumerate()
    }

    fn year(self) -> u32 {
        u32::try_from(self.reading.layout.submission.year).unwrap_or_default()
    }

    fn finding(self, spot: &Spot, fact: TextFact) -> TextFinding {
        let text = &self.reading.texts[spot.text];
        TextFinding {
            code: self.rule.code.clone(),
            level: self.rule.level,
            place: text.passage.place.clone(),
            at: text.prose.bytes(spot.range.clone()),
            excerpt: text.excerpt(&spot.range),
            fact,
            cells: match &text.passage.place {
                Place::Cell(key) => vec![key.clone()],
                Place::Material => Vec::new(),
            },
        }
    }
}

impl Text<'_> {
    fn excerpt(&self, range: &Range<usize>) -> String {
        let prose = &self.prose;
        let end = range.end.min(range.start + LONGEST);
        let mut from = range.start;
        while from > 0 && range.start - from < AROUND && prose.before(from) != '\n' {
            from -= 1;
        }
        let mut to = end;
        // Of a long place only the beginning is shown.
        while end == range.end && to - end < AROUND && prose.at(to) != '\n' {
            to += 1;
        }
        let mut said = String::new();
        let mut hidden = self.hidden.partition_point(|hidden| hidden.end <= from);
        for at in from..to {
            while self.hidden.get(hidden).is_some_and(|range| range.end <= at) {
                hidden += 1;
            }
            if self.hidden.get(hidden).is_some_and(|range| range.contains(&at)) {
                said.push('*');
            } else {
                said.push_str(&self.passage.text[prose.bytes(at..at + 1)]);
            }
        }
        if from > 0 && prose.before(from) != '\n' {
            said.insert(0, '…');
        }
        if prose.at(to) != '\n' {
            said.push('…');
        }
        said.trim().to_owned()
    }
}

/// How often each thing was seen, and where first.
///
/// The material is the document that the cells are a part of, so one slip stands in both: the larger of the two counts
/// is the true one.
struct Tally<K> {
    places: BTreeMap<K, usize>,
    seen: Vec<(K, Spot, [u32; 2])>,
}

impl<K: Ord + Clone> Tally<K> {
    fn new() -> Self {
        Self { places: BTreeMap::new(), seen: Vec::new() }
    }

    fn add(&mut self, key: K, spot: Spot, text: &Text<'_>) {
        let at = *self.places.entry(key.clone()).or_insert(self.seen.len());
        if at == self.seen.len() {
            self.seen.push((key, spot, [0, 0]));
        }
        self.seen[at].2[usize::from(text.is_material())] += 1;
    }

    /// Each thing, where it was seen first, and how often.
    fn into_counts(self) -> impl Iterator<Item = (K, Spot, u32)> {
        self.seen.into_iter().map(|(key, spot, [cells, material])| (key, spot, cells.max(material)))
    }
}
