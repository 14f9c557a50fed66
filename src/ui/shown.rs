//! What of an evaluation is shown: findings in words, and how each cell is marked and helped.

use crate::engine::evaluation::Evaluation;
use crate::engine::finding::{AnswerState, Finding, Level};
use crate::engine::layout::Layout;
use crate::engine::relation::{Offer, RelationResult, State};
use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::engine::template::spec::ColumnKind;
use crate::ui::attention::Attention;
use crate::words::explain::{CELL_COMMA, Explained, explain, short};
use crate::words::{Language, page, scoring};

/// More blanks of a relation than this are counted.
const MOST_BLANKS: usize = 3;

/// A finding in words.
#[derive(Clone, PartialEq)]
pub struct Shown {
    pub code: String,
    pub level: Level,
    pub cells: Vec<String>,
    pub said: Explained,
    /// So many of the cells are what it speaks of; the others are tied to them.
    pub heads: usize,
    /// Cells to go to one by one, with their names.
    pub places: Vec<(String, String)>,
    /// The sheet of the first cell.
    pub sheet: String,
    /// The 审核说明 and how it stands.
    pub note: Option<(String, AnswerState)>,
    /// It says of these cells that their figures are probably wrong.
    pub is_suspicion: bool,
    /// What else the second module has drawn; empty in what the page says itself.
    pub html: String,
}

/// What the second module says of a wrong figure, in place of the findings that it explains.
#[derive(Clone, PartialEq)]
pub struct Card {
    pub shown: Shown,
    /// The findings, see [`Shown::mark`].
    pub covers: Vec<String>,
    /// The texts of its cells when it was made.
    pub texts: Vec<String>,
}

impl Shown {
    /// Whether the finding speaks of this cell, and not only of one that it is tied to.
    pub fn is_at(&self, key: &str) -> bool {
        match self.places.is_empty() {
            true => self.cells.iter().take(self.heads).any(|head| head == key),
            false => self.places.iter().any(|(place, _)| place == key),
        }
    }

    /// What tells a finding from all others, as the second module names it.
    fn mark(code: &str, cells: &[String]) -> String {
        [code, " ", &cells.join(" ")].concat()
    }

    /// Whether there is still something to do: an answered warning has its say.
    pub fn is_open(&self) -> bool {
        !matches!(self.note, Some((_, AnswerState::Valid)))
    }
}

/// How a cell is marked, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// The figure that is probably wrong.
    Suspect,
    Error,
    Warning,
    Info,
    /// 未填全: a relation of this cell waits for a blank.
    Open,
    /// Another cell of a relation that does not agree.
    Related,
}

impl Mark {
    pub fn name(self) -> &'static str {
        match self {
            Self::Suspect => "suspect",
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Open => "open",
            Self::Related => "related",
        }
    }
}

/// What is said at a cell.
#[derive(Clone, Default, PartialEq)]
pub struct CellMark {
    pub mark: Option<Mark>,
    /// What the findings at this cell say.
    pub says: String,
    /// The value that the relations give while the cell is blank, as it would be written.
    pub offer: Option<String>,
    /// What the scoring rules give, where the cell is a score.
    pub measured: Option<Measured>,
}

/// 按规则测算得分 beside an entered score.
#[derive(Clone, PartialEq)]
pub struct Measured {
    pub said: String,
    pub formula: String,
    /// The person entered just this.
    pub is_entered: bool,
}

pub fn in_words(findings: &[&Finding], layout: &Layout<'_>, language: Language) -> Vec<Shown> {
    let mut all = Vec::new();
    for finding in findings {
        let places = finding.fact.places(&finding.cells);
        let first = finding.cells.first().and_then(|cell| layout.find(cell));
        all.push(Shown {
            code: finding.code.clone(),
            level: finding.level,
            cells: finding.cells.clone(),
            said: explain(finding, layout, language),
            heads: 1,
            places: places.into_iter().map(|key| (key.to_owned(), layout.label(key))).collect(),
            sheet: first.map(|at| layout.field(at).block.sheet.clone()).unwrap_or_default(),
            note: finding.note.as_ref().map(|note| (note.text.clone(), note.state)),
            is_suspicion: false,
            html: String::new(),
        });
    }
    all
}

/// All that is shown: cards in place of the findings that they cover, and what is said of words.
pub fn together(
    raw: &[Shown],
    cards: &[Card],
    of_words: &[Shown],
    evaluation: &Evaluation,
    attention: &Attention,
    filing: &Submission,
) -> Vec<Shown> {
    let all: Vec<String> =
        evaluation.findings.iter().map(|finding| Shown::mark(&finding.code, &finding.cells)).collect();
    let told: Vec<String> = raw.iter().map(|found| Shown::mark(&found.code, &found.cells)).collect();
    // What it says holds for these figures, and is said where one of its findings would be.
    let stands = |card: &&Card| {
        let cells = &card.shown.cells;
        cells.iter().zip(&card.texts).all(|(key, text)| filing.text(key) == text)
            && !attention.is_typing_in(cells)
            && card.covers.iter().all(|covered| all.contains(covered))
            && match card.covers.is_empty() {
                true => cells.iter().any(|key| attention.has_left(key)),
                false => card.covers.iter().any(|covered| told.contains(covered)),
            }
    };
    let mut cards: Vec<&Card> = cards.iter().filter(stands).collect();
    let covers: Vec<&String> = cards.iter().flat_map(|card| &card.covers).collect();
    let mut shown = Vec::new();
    for level in [Level::Error, Level::Warning, Level::Info] {
        for (found, mark) in raw.iter().zip(&told).filter(|(found, _)| found.level == level) {
            // It stands where the first of them would, so that nothing changes places when it comes.
            if let Some(at) = cards.iter().position(|card| card.covers.contains(mark)) {
                shown.push(cards.remove(at).shown.clone());
            } else if !covers.contains(&mark) {
                shown.push(found.clone());
            }
        }
        // What is said of words, once their cell was left.
        let is_left = |found: &&Shown| found.cells.iter().all(|key| attention.has_left(key));
        shown.extend(of_words.iter().filter(|found| found.level == level).filter(is_left).cloned());
        // What stands in no finding's place: a column in 元, and what is said of blanks.
        let own = cards.iter().filter(|card| card.shown.level == level && card.covers.is_empty());
        shown.extend(own.map(|card| card.shown.clone()));
    }
    shown
}

/// Everything that is said at cells, in the order of the layout.
pub fn marks(
    evaluation: &Evaluation,
    shown: &[Shown],
    attention: &Attention,
    layout: &Layout<'_>,
    language: Language,
) -> Vec<CellMark> {
    let mut marks: Vec<CellMark> = vec![CellMark::default(); layout.fields().len()];
    let mut add = |cell: &str, mark: Mark, says: &str| {
        let Some(at) = layout.find(cell).and_then(|at| marks.get_mut(at.index())) else { return };
        at.mark = Some(at.mark.map_or(mark, |known| known.min(mark)));
        if !says.is_empty() {
            if !at.says.is_empty() {
                at.says.push('\n');
            }
            at.says.push_str(says);
        }
    };
    for finding in shown {
        let mark = match finding.level {
            Level::Error if finding.is_suspicion => Mark::Suspect,
            Level::Error => Mark::Error,
            Level::Warning => Mark::Warning,
            Level::Info => Mark::Info,
        };
        for cell in &finding.cells {
            if finding.is_at(cell) {
                add(cell, mark, &finding.said.what);
            } else if finding.level == Level::Error {
                // The other cells of a warning are in order as they are.
                add(cell, Mark::Related, "");
            }
        }
    }
    for relation in evaluation.relations.iter().filter(|relation| relation.state == State::Open) {
        if let Some(total) = relation.cells.first().filter(|cell| attention.has_left(cell)) {
            add(total, Mark::Open, &open_sum(relation, layout, language));
        }
    }
    for offer in &evaluation.offers {
        if let Some(at) = layout.find(&offer.cell) {
            marks[at.index()].offer = Some(offer_text(layout.template, offer));
        }
    }
    if let Some(scores) = &evaluation.scores {
        for row in scores.rows.iter().chain(&scores.execution) {
            let (Some(suggested), Some(at)) = (row.suggested, layout.find(&row.cell)) else { continue };
            marks[at.index()].measured = Some(Measured {
                said: page::MEASURED_SCORE.say(language, &[("score", short(suggested))]),
                formula: scoring::formula(&row.how, row.weight, language),
                is_entered: row.entered == Some(suggested),
            });
        }
    }
    marks
}

/// Which blanks a relation waits for.
fn open_sum(relation: &RelationResult, layout: &Layout<'_>, language: Language) -> String {
    let is_blank = |key: &&String| layout.find(key).is_some_and(|at| layout.text(at).is_empty());
    let blanks: Vec<&String> = relation.cells.iter().filter(is_blank).collect();
    // It may wait for a text that cannot be read, which is told at that cell.
    if blanks.is_empty() {
        return String::new();
    }
    let mut names: Vec<String> = blanks.iter().take(MOST_BLANKS).map(|key| layout.label(key)).collect();
    if blanks.len() > MOST_BLANKS {
        names.push("…".to_owned());
    }
    page::OPEN_SUM
        .say(language, &[("count", blanks.len().to_string()), ("cells", names.join(CELL_COMMA.in_language(language)))])
}

/// An offered value as it is written into its cell.
pub fn offer_text(template: &Template, offer: &Offer) -> String {
    let kind = offer.cell.split_once('.').and_then(|(block, rest)| {
        let column = rest.rsplit('.').next()?;
        template.block(block)?.columns.iter().find(|candidate| candidate.id == column).map(|column| column.kind)
    });
    let sign = if kind == Some(ColumnKind::Percent) { "%" } else { "" };
    format!("{}{sign}", offer.value)
}
