//! The state of the page: one filing, its evaluation, and what of it is shown. The only file that makes form signals.
//!
//! Everything is recomputed at each edit and little is told of it: one memo evaluates, the memos after it find out what
//! of that a person can see, and only what has changed is drawn anew.

mod beside;
mod opening;

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use crate::engine::edit::Edit;
use crate::engine::evaluation::{Evaluation, Progress, Stage};
use crate::engine::layout::Layout;
use crate::engine::relation::State;
use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::engine::{evaluate, progress};
use crate::ui::attention::Attention;
pub use crate::ui::attention::Seen;
use crate::ui::drafts::Draft;
pub use crate::ui::form_state::beside::Asked;
use crate::ui::form_state::beside::Searches;
pub use crate::ui::form_state::opening::FIRST;
use crate::ui::history::{History, first_cell};
use crate::ui::names::{Names, names, shape};
use crate::ui::reader::{Answer, Reading};
use crate::ui::report;
use crate::ui::shown::{Card, CellMark, Shown, in_words, marks, offer_text, together};
use crate::words::{Language, Words};

/// Handles to the page's signals; copied freely into views.
#[derive(Clone, Copy)]
pub struct FormState {
    template: RwSignal<Arc<Template>>,
    filing: RwSignal<Submission>,
    attention: RwSignal<Attention>,
    evaluation: Memo<Arc<Evaluation>>,
    shown: Memo<Arc<Vec<Shown>>>,
    shape: Memo<String>,
    names: Memo<Arc<Names>>,
    history: RwSignal<History>,
    language: RwSignal<Language>,
    notice: RwSignal<Option<Notice>>,
    save_state: RwSignal<SaveState>,
    summary: RwSignal<bool>,
    opening: RwSignal<String>,
    focused: RwSignal<String>,
    dragging: RwSignal<bool>,
    drafts: RwSignal<Vec<Draft>>,
    asks_to_clear: RwSignal<bool>,
    answer: RwSignal<Arc<Answer>>,
    reading: RwSignal<Reading>,
    report_open: RwSignal<bool>,
    material_open: RwSignal<bool>,
    questions: StoredValue<u32>,
    cards: RwSignal<Arc<Vec<Card>>>,
    searches: StoredValue<[Searches; 3]>,
    /// What the side of the page and the place above the sheets show beside the findings.
    about_open: RwSignal<bool>,
    about: RwSignal<String>,
    pictures_open: RwSignal<bool>,
}

/// A message to the person about what was just done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    words: Words,
    arguments: Vec<(&'static str, String)>,
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

impl FormState {
    /// The state of a page that shows this filing.
    pub fn new(template: Arc<Template>, filing: Submission, seen: Seen) -> Self {
        let is_begun = report::is_begun(&template, &filing);
        let template = RwSignal::new(template);
        let filing = RwSignal::new(filing);
        let attention = RwSignal::new(Attention::of(seen));
        let language = RwSignal::new(Language::default());
        let answer: RwSignal<Arc<Answer>> = RwSignal::new(Arc::default());
        let cards: RwSignal<Arc<Vec<Card>>> = RwSignal::new(Arc::default());
        // Another template always comes with another filing, which is what is listened to.
        let on_layout = move || template.get_untracked();
        // Every change makes another evaluation; what is read from it decides whether anything is drawn anew.
        let evaluation = Memo::new_with_compare(
            move |_| {
                let stage = attention.with(|attention| attention.stage);
                filing.with(|filing| Arc::new(evaluate(&on_layout(), filing, stage)))
            },
            |_, _| true,
        );
        let shown = Memo::new(move |_| {
            let (evaluation, language) = (evaluation.get(), language.get());
            let (cards, of_words) = (cards.get(), answer.get());
            attention.with(|attention| {
                filing.with_untracked(|filing| {
                    let findings = attention.shown(&evaluation);
                    let raw = in_words(&findings, &Layout::of(&on_layout(), filing), language);
                    Arc::new(together(&raw, &cards, &of_words.findings, &evaluation, attention, filing))
                })
            })
        });
        let shape = Memo::new(move |_| filing.with(|filing| shape(&on_layout(), filing, false)));
        let names =
            Memo::new(move |before: Option<&Arc<Names>>| filing.with(|filing| names(&on_layout(), filing, before)));
        Self {
            template,
            filing,
            attention,
            evaluation,
            shown,
            shape,
            names,
            history: RwSignal::new(History { is_untouched: seen.is_kept(), ..History::default() }),
            language,
            notice: RwSignal::new(None),
            save_state: RwSignal::new(SaveState::Unchanged),
            summary: RwSignal::new(false),
            opening: RwSignal::new(String::new()),
            focused: RwSignal::new(String::new()),
            dragging: RwSignal::new(false),
            drafts: RwSignal::new(Vec::new()),
            asks_to_clear: RwSignal::new(false),
            answer,
            reading: RwSignal::new(Reading::Idle),
            report_open: RwSignal::new(is_begun),
            material_open: RwSignal::new(false),
            questions: StoredValue::new(0),
            cards,
            searches: StoredValue::new([Searches::default(); 3]),
            about_open: RwSignal::new(false),
            about: RwSignal::new(String::new()),
            pictures_open: RwSignal::new(false),
        }
    }

    /// The form that is filled; listened to.
    pub fn template(&self) -> Arc<Template> {
        self.template.get()
    }

    /// The form at this moment, outside of views.
    pub fn template_now(&self) -> Arc<Template> {
        self.template.get_untracked()
    }

    pub fn with_filing<T>(&self, read: impl FnOnce(&Submission) -> T) -> T {
        self.filing.with(read)
    }

    /// Reads the filing without asking to hear of its changes.
    pub fn peek_filing<T>(&self, read: impl FnOnce(&Submission) -> T) -> T {
        self.filing.with_untracked(read)
    }

    /// The cells of the filing at this moment.
    pub fn peek_layout<T>(&self, read: impl FnOnce(&Layout<'_>) -> T) -> T {
        self.peek_filing(|filing| read(&Layout::of(&self.template_now(), filing)))
    }

    pub fn evaluation(&self) -> Arc<Evaluation> {
        self.evaluation.get()
    }

    /// The evaluation at this moment, outside of views.
    pub fn evaluation_now(&self) -> Arc<Evaluation> {
        self.evaluation.get_untracked()
    }

    /// The findings that may be shown by now, in the page's language; notified only when one of their words changes.
    pub fn shown(&self) -> Arc<Vec<Shown>> {
        self.shown.get()
    }

    /// The findings that are shown at this moment, outside of views.
    pub fn shown_now(&self) -> Arc<Vec<Shown>> {
        self.shown.get_untracked()
    }

    /// What is said at cells, in the order of the layout: marks, offers, measured scores. Notified at every change.
    pub fn marks(&self) -> Vec<CellMark> {
        let (evaluation, shown, language) = (self.evaluation.get(), self.shown.get(), self.language.get());
        self.attention
            .with(|attention| self.peek_layout(|layout| marks(&evaluation, &shown, attention, layout, language)))
    }

    pub fn stage(&self) -> Stage {
        self.attention.with(|attention| attention.stage)
    }

    /// Year, level and rows: what the sheets are drawn of, without the texts in their cells.
    pub fn shape(&self) -> String {
        self.shape.get()
    }

    /// What cells are called, for those who cannot see where they stand.
    pub fn names(&self) -> Arc<Names> {
        self.names.get()
    }

    /// How far the cells that must be filled are filled, sheet by sheet.
    pub fn progress(&self) -> Vec<Progress> {
        let template = self.template_now();
        self.filing.with(|filing| {
            let layout = Layout::of(&template, filing);
            template.spec().sheets.iter().map(|sheet| progress(&layout, Some(&sheet.id))).collect()
        })
    }

    /// Relations that wait for blanks, in the findings' own words.
    pub fn open_relations(&self) -> usize {
        self.evaluation
            .with(|evaluation| evaluation.relations.iter().filter(|relation| relation.state == State::Open).count())
    }

    // ---- what a person does

    /// A keystroke: the text is taken as it is, and joins the keystrokes before it in the same cell.
    pub fn type_in(&self, key: &str, text: &str) {
        let edit = self.peek_filing(|filing| Edit::cell(filing, key, text));
        if edit.is_empty() {
            return;
        }
        self.history.update(|history| history.type_in(key, text, &edit));
        // What was said of the last action is old news; what went wrong stays until it is closed.
        if self.notice.with_untracked(|notice| notice.as_ref().is_some_and(|notice| !notice.is_problem)) {
            self.notice.set(None);
        }
        if self.attention.with_untracked(|attention| attention.is_new_to(key)) {
            self.attention.update(|attention| attention.types_in(key));
        }
        self.filing.update(|filing| edit.apply(filing));
    }

    /// Esc: the text that stood in the cell before. What was typed since goes by undo.
    pub fn restore(&self, key: &str, text: &str) {
        match self.history.with_untracked(|history| history.is_typing_over(key, text)) {
            true => drop(self.undo()),
            false => self.act(self.peek_filing(|filing| Edit::cell(filing, key, text))),
        }
    }

    /// The cell is left: from now on it may be marked.
    pub fn commit(&self, key: &str) {
        self.history.update(|history| history.open = false);
        let blank = self.peek_filing(|filing| filing.text(key).is_empty());
        if self.attention.with_untracked(|attention| attention.would_change(key, blank)) {
            self.attention.update(|attention| attention.commit(key, blank));
        }
    }

    /// One action as a whole: accepting a value, adding a row, answering a warning.
    pub fn act(&self, edit: Edit) {
        if edit.is_empty() {
            return;
        }
        let filled: Vec<String> = edit.filled_cells().map(str::to_owned).collect();
        self.attention.update(|attention| filled.iter().for_each(|key| attention.leave(key)));
        self.filing.update(|filing| edit.apply(filing));
        self.history.update(|history| history.push(edit));
    }

    /// Adds a row to a group, behind the row `after` or at the end, and returns its id; none where there are too many.
    pub fn add_row(&self, group: &str, after: Option<&str>) -> Option<String> {
        let mut made = Edit::default();
        // The counter goes on even when the row is taken back, so it is no part of the edit.
        self.filing.update_untracked(|filing| made = Edit::add_row(filing, group, after));
        let is_made = !made.is_empty();
        self.act(made);
        is_made.then(|| self.peek_filing(|filing| format!("r{}", filing.next_row - 1)))
    }

    /// 全部运算: fills every blank that the relations give, those that follow from them too. Returns how many.
    pub fn calculate_all(&self) -> usize {
        let template = self.template_now();
        let before = self.filing.get_untracked();
        let mut filled = before.clone();
        let mut texts = BTreeMap::new();
        // A filled total may complete another one; each round fills at least one blank, so this ends.
        loop {
            let offers = evaluate(&template, &filled, Stage::Draft).offers;
            let new: Vec<(String, String)> =
                offers.into_iter().map(|offer| (offer.cell.clone(), offer_text(&template, &offer))).collect();
            if new.is_empty() {
                break;
            }
            Edit::cells(&filled, new.clone()).apply(&mut filled);
            texts.extend(new);
        }
        let count = texts.len();
        self.act(Edit::cells(&before, texts));
        count
    }

    /// 全部审核: every finding is shown, a blank means 不适用, and what must be changed is listed above the form.
    pub fn check_all(&self) {
        self.attention.set(Attention::of(Seen::Review));
        self.summary.set(true);
    }

    /// 继续填报: blanks are not filled yet again.
    pub fn go_on_filling(&self) {
        self.attention.set(Attention::of(Seen::Draft));
        self.summary.set(false);
    }

    /// Shows another filing, perhaps of another form. Undo does not reach across filings.
    pub fn open(&self, template: Arc<Template>, filing: Submission, seen: Seen) {
        self.history.set(History { is_untouched: seen.is_kept(), ..History::default() });
        self.summary.set(false);
        self.set_opening("");
        self.focused.set(String::new());
        self.about.set(String::new());
        // Nothing of this filing was saved yet; that nothing can be saved here goes for every filing.
        if !matches!(self.save_state_now(), SaveState::Failed(_)) {
            self.save_state.set(SaveState::Unchanged);
        }
        self.attention.set(Attention::of(seen));
        self.answer.set(Arc::default());
        self.set_cards(Vec::new());
        self.report_open.set(report::is_begun(&template, &filing));
        self.material_open.set(false);
        self.template.set(template);
        self.filing.set(filing);
    }

    /// Takes figures over that were read in rows that the filing may not have had: one action, with the counter of rows.
    pub fn take_over(&self, edit: Edit, next_row: u32) {
        self.filing.update_untracked(|filing| filing.next_row = filing.next_row.max(next_row));
        self.act(edit);
    }

    /// The draft goes on under another name, because a draft of its name was changed elsewhere.
    pub fn rename_draft(&self, id: String) {
        self.filing.update(|filing| filing.draft_id = id);
    }

    /// One step back; returns the cell to look at.
    pub fn undo(&self) -> Option<String> {
        let edit = self.history.try_update(|history| history.done.pop()).flatten()?;
        let back = edit.inverted();
        self.filing.update(|filing| back.apply(filing));
        self.history.update(|history| {
            history.open = false;
            history.undone.push(edit);
        });
        first_cell(&back)
    }

    /// One step forth again; returns the cell to look at.
    pub fn redo(&self) -> Option<String> {
        let edit = self.history.try_update(|history| history.undone.pop()).flatten()?;
        self.filing.update(|filing| edit.apply(filing));
        let cell = first_cell(&edit);
        self.history.update(|history| {
            history.open = false;
            history.done.push(edit);
        });
        cell
    }

    /// Whether nothing was done yet in a new form, or in a draft that is kept already.
    pub fn is_untouched(&self) -> bool {
        self.history.with_untracked(|history| history.is_untouched)
    }

    pub fn can_undo(&self) -> bool {
        self.history.with(|history| !history.done.is_empty())
    }

    /// Whether something was done that is kept nowhere: not on this computer, and not in a file since.
    pub fn would_be_lost(&self) -> bool {
        let is_failing = matches!(self.save_state_now(), SaveState::Failed(_));
        is_failing && self.history.with_untracked(|history| !history.done.is_empty() && !history.is_untouched)
    }

    /// The filing was handed out as a file.
    pub fn note_export(&self) {
        if self.would_be_lost() {
            self.history.update(|history| history.is_untouched = true);
        }
    }

    pub fn can_redo(&self) -> bool {
        self.history.with(|history| !history.undone.is_empty())
    }

    /// The cell that has the caret; empty for none.
    pub fn focused(&self) -> String {
        self.focused.get()
    }

    pub fn set_focused(&self, key: String) {
        self.focused.set(key);
    }

    /// Whether a file hangs over the page.
    pub fn is_dragging(&self) -> bool {
        self.dragging.get()
    }

    pub fn set_dragging(&self, dragging: bool) {
        if self.dragging.get_untracked() != dragging {
            self.dragging.set(dragging);
        }
    }

    /// The drafts on this computer, as they were when the list was opened.
    pub fn drafts(&self) -> Vec<Draft> {
        self.drafts.get()
    }

    pub fn drafts_now(&self) -> Vec<Draft> {
        self.drafts.get_untracked()
    }

    pub fn set_drafts(&self, drafts: Vec<Draft>) {
        self.drafts.set(drafts);
    }

    /// Whether 清除本机数据 was pressed once.
    pub fn asks_to_clear(&self) -> bool {
        self.asks_to_clear.get()
    }

    /// Asks, or asks no more; tells whether it was asked before.
    pub fn ask_to_clear(&self, asks: bool) -> bool {
        let asked = self.asks_to_clear.get_untracked();
        self.asks_to_clear.set(asks);
        asked
    }

    /// Whether the list of what must be changed stands above the form.
    pub fn has_summary(&self) -> bool {
        self.summary.get()
    }

    pub fn close_summary(&self) {
        self.summary.set(false);
    }

    // ---- the second module

    /// What the second module last said; listened to.
    pub fn answer(&self) -> Arc<Answer> {
        self.answer.get()
    }

    pub fn answer_now(&self) -> Arc<Answer> {
        self.answer.get_untracked()
    }

    pub fn set_answer(&self, answer: Arc<Answer>) {
        self.answer.set(answer);
    }

    pub fn reading(&self) -> Reading {
        self.reading.get()
    }

    pub fn set_reading(&self, reading: Reading) {
        self.reading.set(reading);
    }

    pub fn is_asking(&self) -> bool {
        self.reading.with_untracked(|reading| *reading == Reading::Asked)
    }

    /// The number of a new question; answers to earlier ones come too late.
    pub fn next_question(&self) -> u32 {
        self.questions.update_value(|number| *number += 1);
        self.questions.get_value()
    }

    pub fn latest_question(&self) -> u32 {
        self.questions.get_value()
    }

    /// What the second module says of wrong figures.
    pub fn set_cards(&self, cards: Vec<Card>) {
        if self.cards.with_untracked(|before| **before != cards) {
            self.cards.set(Arc::new(cards));
        }
    }

    /// Whether one of these cells was left.
    pub fn has_left(&self, cells: &[String]) -> bool {
        self.attention.with(|attention| cells.iter().any(|key| attention.has_left(key)))
    }

    /// The cell that was changed last.
    pub fn last_edited(&self) -> Option<String> {
        self.history.with_untracked(|history| history.done.last().and_then(first_cell))
    }

    /// Whether the report is shown among the sheets.
    pub fn is_report_open(&self) -> bool {
        self.report_open.get()
    }

    pub fn is_report_open_now(&self) -> bool {
        self.report_open.get_untracked()
    }

    pub fn open_report(&self) {
        self.report_open.set(true);
    }

    /// Whether the box for a text that exists is open.
    pub fn is_material_open(&self) -> bool {
        self.material_open.get()
    }

    pub fn open_material(&self, is_open: bool) {
        if self.material_open.get_untracked() != is_open {
            self.material_open.set(is_open);
        }
    }

    // ---- what is said

    /// The language at this moment, outside of views.
    pub fn language_now(&self) -> Language {
        self.language.get_untracked()
    }

    /// Speaks the other language from now on; its texts must be there.
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

    pub fn say_with(&self, words: Words, arguments: &[(&str, String)]) -> String {
        words.say(self.language.get(), arguments)
    }

    /// The same at this moment, outside of views.
    pub fn say_now(&self, words: Words, arguments: &[(&str, String)]) -> String {
        words.say(self.language_now(), arguments)
    }

    /// What is told at present, and whether it is a problem.
    pub fn notice(&self) -> Option<(String, bool)> {
        let notice = self.notice.get()?;
        Some((self.say_with(notice.words, &notice.arguments), notice.is_problem))
    }

    /// Tells the person what was done, or why it was not.
    pub fn tell(&self, words: Words, arguments: &[(&'static str, String)], is_problem: bool) {
        self.notice.set(Some(Notice { words, arguments: arguments.to_vec(), is_problem }));
    }

    /// Whether this is what the person is told at present.
    pub fn is_told(&self, words: Words) -> bool {
        self.notice.with_untracked(|notice| notice.as_ref().is_some_and(|notice| notice.words == words))
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
