//! The state of the page: one filing, its evaluation, and what of it is shown. The only file that makes form signals.
//!
//! Everything is recomputed at each edit and little is notified: one memo evaluates, one small memo a cell looks its
//! own text and mark up, so that an edit touches the few cells that changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;

use crate::engine::edit::Edit;
use crate::engine::evaluate;
use crate::engine::evaluation::{Evaluation, Stage};
use crate::engine::finding::{Finding, Level};
use crate::engine::layout::Layout;
use crate::engine::relation::{Offer, State};
use crate::engine::rule::{Binding, RowResult};
use crate::engine::submission::{AddedRow, Submission};
use crate::engine::template::Template;
use crate::words::{Language, Words};

/// Handles to the page's signals; copied freely into views.
#[derive(Clone, Copy)]
pub struct FormState {
    template: StoredValue<Arc<Template>>,
    filing: RwSignal<Submission>,
    stage: RwSignal<Stage>,
    committed: RwSignal<Committed>,
    /// The cell in which the person types for the first time: nothing is said of its half-typed figure.
    typing: RwSignal<Option<String>>,
    evaluation: Memo<Arc<Evaluation>>,
    shown: Memo<Vec<usize>>,
    marks: Memo<Arc<BTreeMap<String, Mark>>>,
    /// What each cell is called; changes with the year and the names of rows only.
    labels: Memo<Arc<BTreeMap<String, String>>>,
    /// What headings are made with.
    year_and_level: Memo<(i32, String)>,
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
    /// The value that the relations give while the cell is blank.
    pub offer: Option<Offer>,
    /// What the scoring rules give, where the cell is a score.
    pub measured: Option<RowResult>,
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

/// Cells that a person has left; nothing is red before.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Committed {
    All,
    Only(BTreeSet<String>),
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
        let stage = RwSignal::new(Stage::Draft);
        let committed = RwSignal::new(seen.committed());
        let evaluation = Memo::new(move |_| {
            filing.with(|filing| template.with_value(|template| Arc::new(evaluate(template, filing, stage.get()))))
        });
        let typing: RwSignal<Option<String>> = RwSignal::new(None);
        let shown = Memo::new(move |_| {
            committed.with(|committed| typing.with(|typing| shown(&evaluation.get(), committed, typing.as_ref())))
        });
        let marks =
            Memo::new(move |_| committed.with(|committed| Arc::new(marks(&evaluation.get(), &shown.get(), committed))));
        let labels = Memo::new(move |_| {
            filing.with(|filing| {
                template.with_value(|template| {
                    let layout = Layout::of(template, filing);
                    Arc::new(
                        layout.fields().iter().map(|field| (field.key.clone(), layout.label(&field.key))).collect(),
                    )
                })
            })
        });
        let year_and_level = Memo::new(move |_| filing.with(|filing| (filing.year, filing.level.clone())));
        Self {
            template,
            filing,
            stage,
            committed,
            typing,
            evaluation,
            shown,
            marks,
            labels,
            year_and_level,
            history: RwSignal::new(History::default()),
            language: RwSignal::new(Language::default()),
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

    /// The findings that may be shown by now, as places in the evaluation's list.
    pub fn shown(&self) -> Vec<usize> {
        self.shown.get()
    }

    pub fn stage(&self) -> Stage {
        self.stage.get()
    }

    /// Everything about one cell, notified only when some of it changes.
    pub fn cell(&self, key: String) -> Memo<CellState> {
        let form = *self;
        Memo::new(move |_| {
            let text = form.filing.with(|filing| filing.text(&key).to_owned());
            let mark = form.marks.with(|marks| marks.get(&key).copied());
            form.evaluation.with(|evaluation| {
                let offer = evaluation.offers.iter().find(|offer| offer.cell == key).cloned();
                let mut scores =
                    evaluation.scores.iter().flat_map(|scores| scores.rows.iter().chain(&scores.execution));
                let measured = scores.find(|row| row.cell == key).cloned();
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
        // Read, not only tracked: a memo that nobody reads is never made and so never tells.
        self.year_and_level.with(|_| self.peek_filing(|filing| crate::engine::layout::heading(text, filing)))
    }

    /// What a cell is called, for those who cannot see where it stands.
    pub fn label(&self, key: &str) -> String {
        self.labels.with(|labels| labels.get(key).cloned().unwrap_or_default())
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
        if !self.committed.with_untracked(|committed| committed.contains(key)) {
            self.set_typing(Some(key));
        }
        self.filing.update(|filing| edit.apply(filing));
    }

    /// The cell is left: from now on it may be marked.
    pub fn commit(&self, key: &str) {
        self.history.update(|history| history.open = false);
        let known = self.committed.with_untracked(|committed| committed.contains(key));
        let blank = self.filing.with_untracked(|filing| filing.text(key).is_empty());
        if !known && !blank {
            self.committed.update(|committed| committed.add(key));
        }
        self.set_typing(None);
    }

    fn set_typing(&self, key: Option<&str>) {
        if self.typing.with_untracked(|typing| typing.as_deref() != key) {
            self.typing.set(key.map(str::to_owned));
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
        self.committed.update(|committed| texts.keys().for_each(|key| committed.add(key)));
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
        let sign = if kind == Some(crate::engine::template::spec::ColumnKind::Percent) { "%" } else { "" };
        format!("{}{sign}", offer.value)
    }

    /// 全部审核: every finding is shown, and a blank means 不适用.
    pub fn check_all(&self) {
        self.stage.set(Stage::Final);
        self.committed.set(Committed::All);
        self.set_typing(None);
    }

    /// Shows another filing. Undo does not reach across filings.
    pub fn open(&self, filing: Submission, seen: Seen) {
        self.history.set(History::default());
        self.stage.set(seen.stage());
        self.committed.set(seen.committed());
        self.set_typing(None);
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

impl Seen {
    fn committed(self) -> Committed {
        if self == Self::Fresh { Committed::Only(BTreeSet::new()) } else { Committed::All }
    }

    fn stage(self) -> Stage {
        if self == Self::Review { Stage::Final } else { Stage::Draft }
    }
}

impl Committed {
    fn contains(&self, key: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(keys) => keys.contains(key),
        }
    }

    fn add(&mut self, key: &str) {
        if let Self::Only(keys) = self {
            keys.insert(key.to_owned());
        }
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

/// A finding is shown once one of its cells was left by the person, and none is being typed for the first time.
fn shown(evaluation: &Evaluation, committed: &Committed, typing: Option<&String>) -> Vec<usize> {
    let may_show = |finding: &Finding| {
        let was_left = finding.cells.iter().any(|cell| committed.contains(cell));
        was_left && !typing.is_some_and(|typing| finding.cells.contains(typing))
    };
    (0..evaluation.findings.len()).filter(|at| may_show(&evaluation.findings[*at])).collect()
}

fn marks(evaluation: &Evaluation, shown: &[usize], committed: &Committed) -> BTreeMap<String, Mark> {
    let mut marks: BTreeMap<String, Mark> = BTreeMap::new();
    let mut add = |cell: &str, mark: Mark| {
        marks.entry(cell.to_owned()).and_modify(|known| *known = mark.min(*known)).or_insert(mark);
    };
    for finding in shown.iter().filter_map(|at| evaluation.findings.get(*at)) {
        let mark = match finding.level {
            Level::Error => Mark::Error,
            Level::Warning => Mark::Warning,
            Level::Info => Mark::Info,
        };
        let places = finding.fact.places(&finding.cells);
        for (at, cell) in finding.cells.iter().enumerate() {
            let strongly = if places.is_empty() { at == 0 } else { places.contains(&cell.as_str()) };
            add(cell, if strongly { mark } else { Mark::Related });
        }
    }
    for relation in evaluation.relations.iter().filter(|relation| relation.state == State::Open) {
        if let Some(total) = relation.cells.first().filter(|cell| committed.contains(cell)) {
            add(total, Mark::Open);
        }
    }
    marks
}
