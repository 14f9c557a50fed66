//! The state of the page: one filing, its evaluation, and what of it is shown. The only file that makes form signals.
//!
//! Everything is recomputed at each edit and little is notified: one memo evaluates, one small memo a cell looks its
//! own text and mark up, so that an edit touches the few cells that changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use crate::engine::edit::Edit;
use crate::engine::evaluate;
use crate::engine::evaluation::{Evaluation, Stage};
use crate::engine::finding::{AnswerState, Finding, Level};
use crate::engine::layout::{self, Layout};
use crate::engine::relation::{Offer, State};
use crate::engine::rule::Binding;
use crate::engine::submission::{AddedRow, Submission};
use crate::engine::template::Template;
use crate::engine::template::spec::ColumnKind;
use crate::words::explain::{Explained, explain, short};
use crate::words::{Language, Words, page, scoring};

/// Handles to the page's signals; copied freely into views.
#[derive(Clone, Copy)]
pub struct FormState {
    template: StoredValue<Arc<Template>>,
    filing: RwSignal<Submission>,
    attention: RwSignal<Attention>,
    evaluation: Memo<Arc<Evaluation>>,
    shown: Memo<Vec<Shown>>,
    marks: Memo<Arc<Vec<(String, Mark)>>>,
    names: Memo<Arc<Names>>,
    history: RwSignal<History>,
    language: RwSignal<Language>,
    notice: RwSignal<Option<Notice>>,
    save_state: RwSignal<SaveState>,
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

/// A cell as the page shows it.
#[derive(Clone, PartialEq)]
pub struct CellState {
    pub text: String,
    pub mark: Option<Mark>,
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
    pub differs: bool,
}

/// A finding in words.
#[derive(Clone, PartialEq)]
pub struct Shown {
    pub code: String,
    pub level: Level,
    pub cells: Vec<String>,
    pub said: Explained,
    /// Cells to go to one by one, with their names.
    pub places: Vec<(String, String)>,
    /// The 审核说明 and how it stands.
    pub note: Option<(String, AnswerState)>,
}

/// A message to the person about what was just done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub text: String,
    pub is_problem: bool,
}

/// Whether the draft is safe on this computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    Unchanged,
    Saving,
    /// The time of day, as shown.
    Saved(String),
    Failed(String),
}

/// What a person has looked at so far; nothing is red before.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Attention {
    stage: Stage,
    /// Every cell counts as left: a draft of one's own, a file for review, 全部审核.
    all: bool,
    left: Vec<String>,
    /// The cell in which the person types for the first time: nothing is said of its half-typed figure.
    typing: Option<String>,
}

/// What headings and cells are called; changes with the year and the names of rows only.
#[derive(PartialEq, Eq)]
struct Names {
    made_of: String,
    year: i32,
    level: String,
    cells: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Default)]
struct History {
    done: Vec<Edit>,
    undone: Vec<Edit>,
    /// The next keystroke in the same cell joins the last edit.
    open: bool,
}

/// As many steps back as anybody goes.
const MOST_STEPS: usize = 500;

impl FormState {
    /// The state of a page that shows this filing.
    pub fn new(template: Arc<Template>, filing: Submission, seen: Seen) -> Self {
        let template = StoredValue::new(template);
        let filing = RwSignal::new(filing);
        let attention = RwSignal::new(Attention::of(seen));
        let language = RwSignal::new(Language::default());
        // Every change makes another evaluation; what is read from it decides whether anything is drawn anew.
        let evaluation = Memo::new_with_compare(
            move |_| {
                let stage = attention.with(|attention| attention.stage);
                filing.with(|filing| template.with_value(|template| Arc::new(evaluate(template, filing, stage))))
            },
            |_, _| true,
        );
        let shown = Memo::new(move |_| {
            let (evaluation, language) = (evaluation.get(), language.get());
            let findings = attention.with(|attention| attention.shown(&evaluation));
            filing.with_untracked(|filing| {
                template.with_value(|template| in_words(&findings, template, filing, language))
            })
        });
        let marks = Memo::new(move |_| {
            let evaluation = evaluation.get();
            attention.with(|attention| Arc::new(marks(&evaluation, attention)))
        });
        let names = Memo::new(move |before: Option<&Arc<Names>>| {
            filing.with(|filing| template.with_value(|template| names(template, filing, before)))
        });
        Self {
            template,
            filing,
            attention,
            evaluation,
            shown,
            marks,
            names,
            history: RwSignal::new(History::default()),
            language,
            notice: RwSignal::new(None),
            save_state: RwSignal::new(SaveState::Unchanged),
        }
    }

    pub fn template(&self) -> Arc<Template> {
        self.template.get_value()
    }

    pub fn with_filing<T>(&self, read: impl FnOnce(&Submission) -> T) -> T {
        self.filing.with(read)
    }

    /// Reads the filing without asking to hear of its changes.
    pub fn peek_filing<T>(&self, read: impl FnOnce(&Submission) -> T) -> T {
        self.filing.with_untracked(read)
    }

    pub fn evaluation(&self) -> Arc<Evaluation> {
        self.evaluation.get()
    }

    /// The findings that may be shown by now, in the page's language; notified only when one of their words changes.
    pub fn with_shown<T>(&self, read: impl FnOnce(&[Shown]) -> T) -> T {
        self.shown.with(|shown| read(shown))
    }

    pub fn stage(&self) -> Stage {
        self.attention.with(|attention| attention.stage)
    }

    /// Everything about one cell, notified only when some of it changes.
    pub fn cell(&self, key: String) -> Memo<CellState> {
        let form = *self;
        Memo::new(move |_| {
            let text = form.filing.with(|filing| filing.text(&key).to_owned());
            let mark = form.marks.with(|marks| marks.iter().find(|(cell, _)| *cell == key).map(|(_, mark)| *mark));
            form.evaluation.with(|evaluation| {
                let offer =
                    evaluation.offers.iter().find(|offer| offer.cell == key).map(|offer| form.offer_text(offer));
                let measured = evaluation.scores.as_ref().and_then(|scores| {
                    let row = scores.rows.iter().chain(&scores.execution).find(|row| row.cell == key)?;
                    let suggested = row.suggested?;
                    Some(Measured {
                        said: form.say_with(page::MEASURED_SCORE, &[("score", short(suggested))]),
                        formula: scoring::formula(&row.how, row.weight, form.language()),
                        differs: row.entered.is_some_and(|entered| entered != suggested),
                    })
                });
                CellState { text, mark, offer, measured }
            })
        })
    }

    /// The offer to bind an indicator row to figures of the form.
    pub fn binding(&self, row: String) -> Memo<Option<Binding>> {
        let evaluation = self.evaluation;
        Memo::new(move |_| {
            evaluation.with(|evaluation| evaluation.bindings.iter().find(|binding| binding.row == row).cloned())
        })
    }

    /// The rows of a group, notified only when they change.
    pub fn rows(&self, group: String) -> Memo<Vec<AddedRow>> {
        let filing = self.filing;
        Memo::new(move |_| filing.with(|filing| filing.groups.get(&group).cloned().unwrap_or_default()))
    }

    /// A heading of the form with its years put in.
    pub fn heading(&self, text: &str) -> String {
        self.names.with(|names| layout::heading(text, names.year, &names.level))
    }

    /// What a cell is called, for those who cannot see where it stands.
    pub fn label(&self, key: &str) -> String {
        self.names.with(|names| names.cells.get(key).cloned().unwrap_or_default())
    }

    /// Relations that wait for blanks, in the findings' own words.
    pub fn open_relations(&self) -> usize {
        self.evaluation
            .with(|evaluation| evaluation.relations.iter().filter(|relation| relation.state == State::Open).count())
    }

    // ---- what a person does

    /// A keystroke: the text is taken as it is, and joins the keystrokes before it in the same cell.
    pub fn type_in(&self, key: &str, text: &str) {
        let edit = self.filing.with_untracked(|filing| Edit::cell(filing, key, text));
        if edit.is_empty() {
            return;
        }
        self.history.update(|history| match history.done.last() {
            Some(last) if history.open && last.only_cell() == Some(key) => history.join(key, text),
            _ => history.push(edit.clone()),
        });
        self.history.update(|history| history.open = true);
        let new_to_it = |attention: &Attention| !attention.has_left(key) && attention.typing.as_deref() != Some(key);
        if self.attention.with_untracked(new_to_it) {
            self.attention.update(|attention| attention.typing = Some(key.to_owned()));
        }
        self.filing.update(|filing| edit.apply(filing));
    }

    /// The cell is left: from now on it may be marked.
    pub fn commit(&self, key: &str) {
        self.history.update(|history| history.open = false);
        let blank = self.filing.with_untracked(|filing| filing.text(key).is_empty());
        let news = |attention: &Attention| attention.typing.is_some() || !(blank || attention.has_left(key));
        if self.attention.with_untracked(news) {
            self.attention.update(|attention| {
                attention.typing = None;
                if !blank {
                    attention.leave(key);
                }
            });
        }
    }

    /// One action as a whole: accepting a value, adding a row, answering a warning.
    pub fn act(&self, edit: Edit) {
        if edit.is_empty() {
            return;
        }
        self.filing.update(|filing| edit.apply(filing));
        self.history.update(|history| history.push(edit));
    }

    pub fn add_row(&self, group: &str, after: Option<&str>) {
        let mut made = None;
        self.filing.update(|filing| {
            let edit = Edit::add_row(filing, group, after);
            edit.apply(filing);
            made = Some(edit);
        });
        self.history.update(|history| made.into_iter().for_each(|edit| history.push(edit)));
    }

    /// 全部运算: fills every blank that the relations give, those that follow from them too. Returns how many.
    pub fn calculate_all(&self) -> usize {
        let template = self.template();
        let before = self.filing.get_untracked();
        let mut filled = before.clone();
        let mut texts = BTreeMap::new();
        // A filled total may complete another one; each round fills at least one blank, so this ends.
        loop {
            let offers = evaluate(&template, &filled, Stage::Draft).offers;
            let new: Vec<(String, String)> =
                offers.into_iter().map(|offer| (offer.cell.clone(), self.offer_text(&offer))).collect();
            if new.is_empty() {
                break;
            }
            Edit::cells(&filled, new.clone()).apply(&mut filled);
            texts.extend(new);
        }
        let count = texts.len();
        self.attention.update(|attention| texts.keys().for_each(|key| attention.leave(key)));
        self.act(Edit::cells(&before, texts));
        count
    }

    /// An offered value as it is written into its cell.
    pub fn offer_text(&self, offer: &Offer) -> String {
        let template = self.template();
        let kind = offer.cell.split_once('.').and_then(|(block, rest)| {
            let column = rest.rsplit('.').next()?;
            template.block(block)?.columns.iter().find(|candidate| candidate.id == column).map(|column| column.kind)
        });
        let sign = if kind == Some(ColumnKind::Percent) { "%" } else { "" };
        format!("{}{sign}", offer.value)
    }

    /// 全部审核: every finding is shown, and a blank means 不适用.
    pub fn check_all(&self) {
        self.attention.set(Attention::of(Seen::Review));
    }

    /// Shows another filing. Undo does not reach across filings.
    pub fn open(&self, filing: Submission, seen: Seen) {
        self.history.set(History::default());
        self.attention.set(Attention::of(seen));
        self.filing.set(filing);
    }

    pub fn undo(&self) {
        let Some(edit) = self.history.try_update(|history| history.done.pop()).flatten() else { return };
        self.filing.update(|filing| edit.inverted().apply(filing));
        self.history.update(|history| history.undone.push(edit));
    }

    pub fn redo(&self) {
        let Some(edit) = self.history.try_update(|history| history.undone.pop()).flatten() else { return };
        self.filing.update(|filing| edit.apply(filing));
        self.history.update(|history| {
            history.open = false;
            history.done.push(edit);
        });
    }

    pub fn can_undo(&self) -> bool {
        self.history.with(|history| !history.done.is_empty())
    }

    pub fn can_redo(&self) -> bool {
        self.history.with(|history| !history.undone.is_empty())
    }

    // ---- what is said

    pub fn language(&self) -> Language {
        self.language.get()
    }

    /// The language at this moment, outside of views.
    pub fn language_now(&self) -> Language {
        self.language.get_untracked()
    }

    pub fn switch_language(&self) {
        self.language.update(|language| {
            *language = match language {
                Language::Chinese => Language::English,
                Language::English => Language::Chinese,
            }
        });
    }

    /// A text in the language of the page.
    pub fn say(&self, words: Words) -> &'static str {
        words.in_language(self.language.get())
    }

    /// A text that follows the language.
    pub fn says(&self, words: Words) -> Signal<String> {
        let language = self.language;
        Signal::derive(move || words.in_language(language.get()).to_owned())
    }

    /// A text with its slots filled that follows the language.
    pub fn says_with(&self, words: Words, arguments: Vec<(&'static str, String)>) -> Signal<String> {
        let language = self.language;
        Signal::derive(move || words.say(language.get(), &arguments))
    }

    /// A heading that follows the evaluated year.
    pub fn heading_says(&self, text: &str) -> Signal<String> {
        let (form, text) = (*self, text.to_owned());
        Signal::derive(move || form.heading(&text))
    }

    pub fn say_with(&self, words: Words, arguments: &[(&str, String)]) -> String {
        words.say(self.language.get(), arguments)
    }

    pub fn notice(&self) -> Option<Notice> {
        self.notice.get()
    }

    /// Tells the person what was done, or why it was not.
    pub fn tell(&self, words: Words, arguments: &[(&str, String)], is_problem: bool) {
        let text = words.say(self.language.get_untracked(), arguments);
        self.notice.set(Some(Notice { text, is_problem }));
    }

    pub fn clear_notice(&self) {
        self.notice.set(None);
    }

    pub fn save_state(&self) -> SaveState {
        self.save_state.get()
    }

    /// The state at this moment, outside of views.
    pub fn save_state_now(&self) -> SaveState {
        self.save_state.get_untracked()
    }

    pub fn set_save_state(&self, state: SaveState) {
        self.save_state.set(state);
    }
}

/// Where a filing comes from, which decides what may be shown of it at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// A new form: nothing is marked before it is touched.
    Fresh,
    /// A draft of one's own: what is filled has been looked at before.
    Draft,
    /// A file opened for review: checked whole.
    Review,
}

impl Attention {
    fn of(seen: Seen) -> Self {
        let stage = if seen == Seen::Review { Stage::Final } else { Stage::Draft };
        Self { stage, all: seen != Seen::Fresh, left: Vec::new(), typing: None }
    }

    fn has_left(&self, key: &str) -> bool {
        self.all || self.left.iter().any(|left| left == key)
    }

    fn leave(&mut self, key: &str) {
        if !self.has_left(key) {
            self.left.push(key.to_owned());
        }
    }

    /// A finding is shown once one of its cells was left, and none of them is being typed for the first time.
    fn shown<'e>(&self, evaluation: &'e Evaluation) -> Vec<&'e Finding> {
        let mut shown = Vec::new();
        for finding in &evaluation.findings {
            let left = finding.cells.iter().any(|cell| self.has_left(cell));
            let typing = self.typing.as_ref().is_some_and(|typing| finding.cells.contains(typing));
            if left && !typing {
                shown.push(finding);
            }
        }
        shown
    }
}

impl History {
    fn push(&mut self, edit: Edit) {
        self.done.push(edit);
        self.undone.clear();
        self.open = false;
        if self.done.len() > MOST_STEPS {
            self.done.remove(0);
        }
    }

    /// The last edit of this cell goes on: its old text stays, its new text is the latest.
    fn join(&mut self, key: &str, text: &str) {
        self.undone.clear();
        let Some(crate::engine::edit::Change::Cell { new, .. }) =
            self.done.last_mut().and_then(|edit| edit.changes.first_mut())
        else {
            debug_assert!(false, "the last edit is one of cell {key}");
            return;
        };
        text.clone_into(new);
    }
}

fn in_words(findings: &[&Finding], template: &Template, filing: &Submission, language: Language) -> Vec<Shown> {
    let layout = Layout::of(template, filing);
    let mut all = Vec::new();
    for finding in findings {
        let places = finding.fact.places(&finding.cells);
        all.push(Shown {
            code: finding.code.clone(),
            level: finding.level,
            cells: finding.cells.clone(),
            said: explain(finding, &layout, language),
            places: places.into_iter().map(|key| (key.to_owned(), layout.label(key))).collect(),
            note: finding.note.as_ref().map(|note| (note.text.clone(), note.state)),
        });
    }
    all
}

fn marks(evaluation: &Evaluation, attention: &Attention) -> Vec<(String, Mark)> {
    let mut marks: Vec<(String, Mark)> = Vec::new();
    let mut add = |cell: &str, mark: Mark| match marks.iter_mut().find(|(known, _)| known == cell) {
        Some((_, known)) => *known = mark.min(*known),
        None => marks.push((cell.to_owned(), mark)),
    };
    for finding in attention.shown(evaluation) {
        let mark = match finding.level {
            Level::Error => Mark::Error,
            Level::Warning => Mark::Warning,
            Level::Info => Mark::Info,
        };
        let places = finding.fact.places(&finding.cells);
        for (at, cell) in finding.cells.iter().enumerate() {
            let strongly = if places.is_empty() { at == 0 } else { places.contains(&cell.as_str()) };
            if strongly {
                add(cell, mark);
            } else if mark == Mark::Error {
                // The other cells of a warning are in order as they are.
                add(cell, Mark::Related);
            }
        }
    }
    for relation in evaluation.relations.iter().filter(|relation| relation.state == State::Open) {
        if let Some(total) = relation.cells.first().filter(|cell| attention.has_left(cell)) {
            add(total, Mark::Open);
        }
    }
    marks
}

/// Two hundred names are not made anew at each keystroke, but only when something in them has changed.
fn names(template: &Template, filing: &Submission, before: Option<&Arc<Names>>) -> Arc<Names> {
    let made_of = what_names_are_made_of(template, filing);
    if let Some(before) = before.filter(|before| before.made_of == made_of) {
        return before.clone();
    }
    let layout = Layout::of(template, filing);
    let mut cells = BTreeMap::new();
    for field in layout.fields() {
        cells.insert(field.key.clone(), layout.label(&field.key));
    }
    Arc::new(Names { made_of, year: filing.year, level: filing.level.clone(), cells })
}

/// The year, the level word, and the added rows with the names that people gave them.
fn what_names_are_made_of(template: &Template, filing: &Submission) -> String {
    let mut made_of = format!("{} {}", filing.year, filing.level);
    for block in &template.spec().blocks {
        let named = block.columns.iter().find(|column| column.kind == ColumnKind::Name);
        for group in block.rows.iter().filter_map(|row| row.group.as_ref()) {
            made_of.push('\n');
            for row in filing.groups.get(group).into_iter().flatten() {
                let column = named.map_or("", |column| column.id.as_str());
                let key = [block.id.as_str(), &row.id, column].join(".");
                made_of.push_str(&key);
                made_of.push_str(filing.text(&key));
                made_of.push('\n');
            }
        }
    }
    made_of
}
