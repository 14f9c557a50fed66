//! What of an evaluation is shown: findings in words, and how each cell is marked and helped.

use crate::engine::evaluation::Evaluation;
use crate::engine::finding::{AnswerState, Finding, Level};
use crate::engine::layout::Layout;
use crate::engine::relation::{Offer, State};
use crate::engine::template::Template;
use crate::engine::template::spec::ColumnKind;
use crate::ui::attention::Attention;
use crate::words::explain::{Explained, explain, short};
use crate::words::{Language, page, scoring};

/// A finding in words.
#[derive(Clone, PartialEq)]
pub struct Shown {
    pub code: String,
    pub level: Level,
    pub cells: Vec<String>,
    pub said: Explained,
    /// Cells to go to one by one, with their names.
    pub places: Vec<(String, String)>,
    /// The sheet of the first cell.
    pub sheet: String,
    /// The 审核说明 and how it stands.
    pub note: Option<(String, AnswerState)>,
    /// A cell and its text with the slip mended, where there is no doubt how.
    pub fix: Option<(String, String)>,
}

impl Shown {
    /// Whether the finding speaks of this cell, and not only of one that it is tied to.
    pub fn is_at(&self, key: &str) -> bool {
        match self.places.is_empty() {
            true => self.cells.first().is_some_and(|first| first == key),
            false => self.places.iter().any(|(place, _)| place == key),
        }
    }

    /// Whether there is still something to do: an answered warning has its say.
    pub fn is_open(&self) -> bool {
        !matches!(self.note, Some((_, AnswerState::Valid)))
    }
}

/// How a cell is marked, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
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
            places: places.into_iter().map(|key| (key.to_owned(), layout.label(key))).collect(),
            sheet: first.map(|at| layout.field(at).block.sheet.clone()).unwrap_or_default(),
            note: finding.note.as_ref().map(|note| (note.text.clone(), note.state)),
            fix: None,
        });
    }
    all
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
            Level::Error => Mark::Error,
            Level::Warning => Mark::Warning,
            Level::Info => Mark::Info,
        };
        for cell in &finding.cells {
            if finding.is_at(cell) {
                add(cell, mark, &finding.said.what);
            } else if mark == Mark::Error {
                // The other cells of a warning are in order as they are.
                add(cell, Mark::Related, "");
            }
        }
    }
    for relation in evaluation.relations.iter().filter(|relation| relation.state == State::Open) {
        if let Some(total) = relation.cells.first().filter(|cell| attention.has_left(cell)) {
            add(total, Mark::Open, page::OPEN_SUM.in_language(language));
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

/// An offered value as it is written into its cell.
pub fn offer_text(template: &Template, offer: &Offer) -> String {
    let kind = offer.cell.split_once('.').and_then(|(block, rest)| {
        let column = rest.rsplit('.').next()?;
        template.block(block)?.columns.iter().find(|candidate| candidate.id == column).map(|column| column.kind)
    });
    let sign = if kind == Some(ColumnKind::Percent) { "%" } else { "" };
    format!("{}{sign}", offer.value)
}
