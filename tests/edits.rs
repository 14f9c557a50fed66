//! Edits: whatever people do in whatever order is undone and redone whole, and every state can be saved and opened.

mod support;

use std::collections::BTreeSet;
use std::fs;

use gouji::engine::edit::{Edit, Step};
use gouji::engine::evaluate;
use gouji::engine::evaluation::Stage;
use gouji::engine::finding::{Answer, AnswerState};
use gouji::engine::layout::Layout;
use gouji::engine::submission::{AddedRow, MOST_ROWS, Note, Submission};
use gouji::engine::template::Template;
use gouji::exchange::json;
use proptest::prelude::*;
use support::{root, template, templates};

fn form() -> Template {
    template(&root().join("templates/zhuzhou-department.toml"))
}

fn filing(folder: &str) -> Submission {
    let path = root().join("tests/cases/zhuzhou-department").join(folder).join("submission.json");
    json::read(&fs::read_to_string(path).expect("a filing"), &form()).expect("a filing of the form")
}

fn sample() -> Submission {
    filing("lusong-2024")
}

fn ids(submission: &Submission, group: &str) -> Vec<String> {
    submission.groups.get(group).into_iter().flatten().map(|row| row.id.clone()).collect()
}

fn group_of(submission: &Submission, id: &str) -> String {
    let holds = |rows: &[AddedRow]| rows.iter().any(|row| row.id == id);
    submission.groups.iter().find(|(_, rows)| holds(rows)).expect("a group").0.clone()
}

/// Does an edit and gives it back for undo.
fn act(submission: &mut Submission, edit: impl FnOnce(&mut Submission) -> Edit) -> Edit {
    let edit = edit(submission);
    assert!(!edit.is_empty(), "the edit changes something");
    edit.apply(submission);
    edit
}

#[track_caller]
fn is_undone(edit: impl FnOnce(&mut Submission) -> Edit) {
    let mut filing = sample();
    let edit = edit(&mut filing);
    let before = filing.clone();
    edit.apply(&mut filing);
    assert_ne!(filing, before, "the edit changes something");
    let after = filing.clone();
    edit.inverted().apply(&mut filing);
    assert_eq!(filing, before, "undo restores everything");
    edit.apply(&mut filing);
    assert_eq!(filing, after, "redo does it again");
}

#[test]
fn every_edit_can_be_undone_and_redone() {
    let form = form();
    is_undone(|filing| Edit::cell(filing, "funds.public.final", "31.04"));
    is_undone(|filing| Edit::cell(filing, "funds.public.final", ""));
    is_undone(|filing| Edit::cell(filing, "funds.abroad.final", "1"));
    is_undone(|filing| Edit::add_row(filing, "quantity", Some("r4")));
    is_undone(|filing| Edit::move_row(filing, &form, "quantity", "r5", Step::Up));
    is_undone(|filing| Edit::move_row(filing, &form, "quantity", "r7", Step::Down));
    is_undone(|filing| Edit::remove_row(filing, "indicators", "quantity", "r5"));
    is_undone(|filing| Edit::bind(filing, "economic_cost", "r15", Some("K04")));
    is_undone(|filing| Edit::note(filing, "P16", &["totals.all.adjusted".to_owned()], "年中追加人员经费"));
    is_undone(|filing| Edit::year(filing, 2025));
    is_undone(|filing| Edit::level(filing, "县级"));
}

#[test]
fn an_edit_that_changes_nothing_is_empty() {
    let (form, filing) = (form(), sample());
    for edit in [
        Edit::cell(&filing, "funds.public.final", filing.text("funds.public.final")),
        Edit::year(&filing, filing.year),
        Edit::level(&filing, &filing.level),
        Edit::bind(&filing, "quantity", "r5", None),
        Edit::note(&filing, "P16", &["totals.all.adjusted".to_owned()], " "),
        Edit::remove_row(&filing, "indicators", "quality", "r5"),
        Edit::move_row(&filing, &form, "quality", "r5", Step::Up),
        Edit::move_row(&filing, &form, "no_group", "r5", Step::Up),
    ] {
        assert_eq!(edit, Edit::default());
    }
}

#[test]
fn an_undone_row_does_not_give_its_id_to_another() {
    let mut filing = sample();
    let first = Edit::add_row(&mut filing, "quantity", None);
    first.apply(&mut filing);
    first.inverted().apply(&mut filing);
    Edit::add_row(&mut filing, "quantity", None).apply(&mut filing);
    assert_eq!(ids(&filing, "quantity").last().map(String::as_str), Some("r19"));
}

#[test]
fn the_level_word_stands_in_the_headings() {
    let (form, mut filing) = (form(), sample());
    act(&mut filing, |filing| Edit::level(filing, "县级"));
    assert_eq!(Layout::of(&form, &filing).label("funds.earmarked.final"), "县级专项资金·2024年决算数");
}

// ---- moving

#[test]
fn a_row_moves_within_its_group_and_on_into_the_next_one_of_the_tree() {
    let (form, mut filing) = (form(), sample());
    let texts = filing.cells.clone();
    assert_eq!((ids(&filing, "quantity"), ids(&filing, "quality")), (all(&["r4", "r5", "r6", "r7"]), all(&["r8"])));
    let up = |filing: &mut Submission, group: &str| {
        act(filing, |filing| Edit::move_row(filing, &form, group, "r8", Step::Up));
    };
    up(&mut filing, "quality");
    assert_eq!((ids(&filing, "quantity"), ids(&filing, "quality")), (all(&["r4", "r5", "r6", "r7", "r8"]), all(&[])));
    up(&mut filing, "quantity");
    assert_eq!(ids(&filing, "quantity"), all(&["r4", "r5", "r6", "r8", "r7"]));
    // An emptied group is passed like any other, one place at a time.
    act(&mut filing, |filing| Edit::move_row(filing, &form, "quantity", "r7", Step::Down));
    act(&mut filing, |filing| Edit::move_row(filing, &form, "quality", "r7", Step::Down));
    assert_eq!((ids(&filing, "quality"), ids(&filing, "timeliness")), (all(&[]), all(&["r7", "r9"])));
    assert_eq!(filing.cells, texts, "cells keep their keys");
    // Out of 产出指标 into 效益指标, whose points then count it.
    for (group, next) in [("timeliness", "timeliness"), ("timeliness", "economic_benefit")] {
        act(&mut filing, |filing| Edit::move_row(filing, &form, group, "r7", Step::Down));
        assert!(ids(&filing, next).contains(&"r7".to_owned()));
    }
    assert_eq!(ids(&filing, "economic_benefit"), all(&["r7", "r10"]));
    assert_eq!(json::read(&json::write(&filing), &form), Ok(filing));
}

#[test]
fn a_row_stays_where_the_tree_ends_and_in_its_group_where_there_is_no_tree() {
    let (form, mut filing) = (form(), sample());
    act(&mut filing, |filing| Edit::add_row(filing, "other_projects", None));
    assert!(Edit::move_row(&filing, &form, "quantity", "r4", Step::Up).is_empty(), "above the first group");
    assert!(Edit::move_row(&filing, &form, "ecological_cost", "r17", Step::Down).is_empty(), "below the last group");
    // A row of …… is no earmarked fund.
    assert!(Edit::move_row(&filing, &form, "other_projects", "r18", Step::Down).is_empty());
    assert!(Edit::move_row(&filing, &form, "earmarked_funds", "r2", Step::Up).is_empty());
    act(&mut filing, |filing| Edit::move_row(filing, &form, "other_projects", "r18", Step::Up));
    assert_eq!(ids(&filing, "other_projects"), all(&["r18", "r1"]));
}

#[test]
fn a_binding_stays_in_its_group_and_ends_where_the_rule_does_not_reach() {
    let (form, mut filing) = (form(), sample());
    let bound = |filing: &Submission| {
        filing.groups.values().flatten().find(|row| row.id == "r15").expect("the row").bound.clone()
    };
    act(&mut filing, |filing| Edit::bind(filing, "economic_cost", "r15", Some("K04")));
    act(&mut filing, |filing| Edit::add_row(filing, "economic_cost", None));
    act(&mut filing, |filing| Edit::move_row(filing, &form, "economic_cost", "r15", Step::Down));
    assert_eq!(bound(&filing).as_deref(), Some("K04"));
    let before = filing.clone();
    let edit = act(&mut filing, |filing| Edit::move_row(filing, &form, "economic_cost", "r15", Step::Down));
    assert_eq!((ids(&filing, "social_cost"), bound(&filing)), (all(&["r15", "r16"]), None));
    edit.inverted().apply(&mut filing);
    assert_eq!(filing, before, "undo binds it again");
}

#[test]
fn a_note_stays_valid_when_its_rows_only_change_places() {
    let (form, mut filing) = (form(), filing("balanced"));
    let targets = ["indicators.r11.target", "indicators.r12.target"];
    for cell in targets {
        act(&mut filing, |filing| Edit::cell(filing, cell, "提升"));
        act(&mut filing, |filing| Edit::cell(filing, &cell.replace("target", "actual"), "提升"));
    }
    act(&mut filing, |filing| Edit::note(filing, "S05", &targets.map(str::to_owned), "制度建设无法量化。"));
    let answer = |filing: &Submission| answer_to(&form, filing, "S05").map(|answer| answer.state);
    assert_eq!(answer(&filing), Some(AnswerState::Valid));
    let steps = ids(&filing, &group_of(&filing, "r12")).iter().position(|id| id == "r12").expect("its place") + 1;
    for _ in 0..=steps {
        let group = group_of(&filing, "r12");
        act(&mut filing, |filing| Edit::move_row(filing, &form, &group, "r12", Step::Up));
    }
    let evaluation = evaluate(&form, &filing, Stage::Final);
    let finding = evaluation.findings.iter().find(|finding| finding.code == "S05").expect("the finding");
    assert_eq!(finding.cells, ["indicators.r12.target", "indicators.r11.target"], "they changed places");
    assert_eq!(answer(&filing), Some(AnswerState::Valid));
}

fn all(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn answer_to(form: &Template, filing: &Submission, code: &str) -> Option<Answer> {
    let evaluation = evaluate(form, filing, Stage::Final);
    evaluation.findings.into_iter().find(|finding| finding.code == code)?.note
}

// ---- removing what a note speaks of

/// Two targets without a number, answered together, and one answered about its own row alone.
fn answered() -> Submission {
    let mut filing = filing("balanced");
    for row in ["r11", "r12"] {
        for column in ["target", "actual"] {
            act(&mut filing, |filing| Edit::cell(filing, &format!("indicators.{row}.{column}"), "提升"));
        }
    }
    let targets = ["indicators.r11.target", "indicators.r12.target"].map(str::to_owned);
    act(&mut filing, |filing| Edit::note(filing, "S05", &targets, "制度建设无法量化。"));
    act(&mut filing, |filing| Edit::note(filing, "S08", &["indicators.r12.reason".to_owned()], "按文件原文。"));
    filing
}

fn remove(filing: &mut Submission, id: &str) -> Edit {
    let group = group_of(filing, id);
    act(filing, |filing| Edit::remove_row(filing, "indicators", &group, id))
}

#[test]
fn a_note_on_several_rows_keeps_its_text_and_waits_when_one_is_removed() {
    let (form, mut filing) = (form(), answered());
    assert_eq!(answer_to(&form, &filing, "S05").map(|answer| answer.state), Some(AnswerState::Valid));
    let before = filing.clone();
    let removal = remove(&mut filing, "r12");
    let answer = answer_to(&form, &filing, "S05").expect("the finding and its answer are still there");
    assert_eq!((answer.text.as_str(), answer.state), ("制度建设无法量化。", AnswerState::ToConfirm));
    assert_eq!(json::read(&json::write(&filing), &form), Ok(filing.clone()), "the file opens again");
    removal.inverted().apply(&mut filing);
    assert_eq!(filing, before, "undo brings back rows, texts and notes");
    assert_eq!(answer_to(&form, &filing, "S05").map(|answer| answer.state), Some(AnswerState::Valid));
}

#[test]
fn a_note_goes_with_the_last_row_that_it_speaks_of_and_comes_back_with_it() {
    let (form, mut filing) = (form(), answered());
    let before = filing.clone();
    let codes = |filing: &Submission| filing.notes.iter().map(|note| note.code.clone()).collect::<Vec<_>>();
    let first = remove(&mut filing, "r12");
    assert_eq!(codes(&filing), ["S05"], "the note on r12 alone can never be shown again");
    let second = remove(&mut filing, "r11");
    assert_eq!(codes(&filing), [""; 0]);
    assert_eq!(json::read(&json::write(&filing), &form), Ok(filing.clone()));
    second.inverted().apply(&mut filing);
    first.inverted().apply(&mut filing);
    assert_eq!(filing, before);
}

#[test]
fn a_note_on_a_total_stays_when_one_of_its_rows_is_removed() {
    let mut filing = sample();
    let cells = ["funds.earmarked.final", "funds.r2.final"].map(str::to_owned);
    act(&mut filing, |filing| Edit::note(filing, "J04", &cells, "按文件列示。"));
    act(&mut filing, |filing| Edit::remove_row(filing, "funds", "earmarked_funds", "r2"));
    assert_eq!(filing.notes.len(), 1);
}

#[test]
fn a_file_with_a_note_on_a_row_that_is_gone_opens_and_keeps_it() {
    let (form, mut filing) = (form(), sample());
    remove(&mut filing, "r5");
    let (code, text) = ("S08".to_owned(), "按文件原文。".to_owned());
    filing.notes.push(Note { code, cells: all(&["indicators.r5.reason"]), values: all(&["无"]), text });
    assert_eq!(json::read(&json::write(&filing), &form), Ok(filing));
}

#[test]
fn a_relation_follows_when_its_row_is_removed_and_brought_back() {
    let (form, mut filing) = (form(), filing("balanced"));
    let before = evaluate(&form, &filing, Stage::Final);
    let first = ids(&filing, "quantity").remove(0);
    let removal = remove(&mut filing, &first);
    let after = evaluate(&form, &filing, Stage::Final);
    let prefix = format!("indicators.{first}.");
    assert_ne!(before, after);
    assert!(!after.relations.iter().flat_map(|result| &result.cells).any(|cell| cell.starts_with(&prefix)));
    removal.inverted().apply(&mut filing);
    assert_eq!(evaluate(&form, &filing, Stage::Final), before);
}

// ---- many rows

#[test]
fn three_hundred_rows_come_move_and_go() {
    let (form, mut filing) = (form(), sample());
    let before = filing.clone();
    let mut edits = Vec::new();
    for number in 0..300 {
        let id = format!("r{}", filing.next_row);
        edits.push(Edit::add_row(&mut filing, "quantity", None));
        edits[number * 2].apply(&mut filing);
        edits.push(Edit::cell(&filing, &format!("indicators.{id}.weight"), "0.1"));
        edits[number * 2 + 1].apply(&mut filing);
    }
    let rows = ids(&filing, "quantity");
    assert_eq!(rows.len(), 304);
    let last = rows[303].clone();
    for _ in 0..303 {
        edits.push(Edit::move_row(&filing, &form, "quantity", &last, Step::Up));
        edits[edits.len() - 1].apply(&mut filing);
    }
    let moved = ids(&filing, "quantity");
    assert_eq!(moved[0], last);
    assert_eq!(moved[1..], rows[..303], "the others keep their order");
    let evaluation = evaluate(&form, &filing, Stage::Final);
    let points = evaluation.relations.iter().find(|result| result.code == "P08").expect("the points of 产出指标");
    // 产出指标 itself, four rows of 数量, one each of 质量 and 时效, and the new ones.
    assert_eq!(points.cells.len(), 1 + 6 + 300);
    assert_eq!(json::read(&json::write(&filing), &form), Ok(filing.clone()));

    let full = filing.clone();
    edits.iter().rev().for_each(|edit| edit.inverted().apply(&mut filing));
    assert_eq!(Submission { next_row: before.next_row, ..filing.clone() }, before, "undone one by one");
    edits.iter().for_each(|edit| edit.apply(&mut filing));
    assert_eq!(filing, full);
    for id in &rows[4..] {
        remove(&mut filing, id);
    }
    assert_eq!(Submission { next_row: before.next_row, ..filing }, before, "removed one by one");
}

#[test]
fn a_filing_takes_no_more_rows_than_its_file_may_have() {
    let (form, mut filing) = (form(), Submission::blank(&form(), "many"));
    loop {
        let edit = Edit::add_row(&mut filing, "quantity", None);
        if edit.is_empty() {
            break;
        }
        edit.apply(&mut filing);
    }
    assert_eq!(filing.groups.values().map(Vec::len).sum::<usize>(), MOST_ROWS);
    assert_eq!(json::read(&json::write(&filing), &form), Ok(filing));
}

// ---- any sequence

/// What a person may do next; the numbers choose among what is there.
#[derive(Clone, Debug)]
enum Action {
    Add(usize, usize),
    Move(usize, bool),
    Remove(usize),
    Bind(usize, bool),
    Cell(usize, String),
    Note(usize, String),
    Year(i32),
    Level(String),
}

fn action() -> impl Strategy<Value = Action> {
    let text = || prop_oneof![Just(String::new()), "[0-9]{1,4}(\\.[0-9]{2})?", any::<String>()];
    prop_oneof![
        3 => (any::<usize>(), any::<usize>()).prop_map(|(group, after)| Action::Add(group, after)),
        4 => (any::<usize>(), any::<bool>()).prop_map(|(row, up)| Action::Move(row, up)),
        2 => any::<usize>().prop_map(Action::Remove),
        1 => (any::<usize>(), any::<bool>()).prop_map(|(row, binds)| Action::Bind(row, binds)),
        4 => (any::<usize>(), text()).prop_map(|(cell, text)| Action::Cell(cell, text)),
        2 => (any::<usize>(), text()).prop_map(|(cell, text)| Action::Note(cell, text)),
        1 => any::<i32>().prop_map(Action::Year),
        1 => text().prop_map(Action::Level),
    ]
}

fn edit_of(action: &Action, filing: &mut Submission, template: &Template) -> Edit {
    let groups: Vec<String> = {
        let rows = template.spec().blocks.iter().flat_map(|block| &block.rows);
        rows.filter_map(|row| row.group.clone()).collect()
    };
    let cells: Vec<String> = {
        let layout = Layout::of(template, filing);
        let fields = layout.fields().iter().filter(|field| field.fixed().is_none());
        fields.map(|field| field.key.clone()).collect()
    };
    let rows: Vec<(String, String)> = {
        let of_group = |(group, rows): (&String, &Vec<AddedRow>)| {
            rows.iter().map(|row| (group.clone(), row.id.clone())).collect::<Vec<_>>()
        };
        filing.groups.iter().flat_map(of_group).collect()
    };
    let row = |at: usize| rows.get(at % rows.len().max(1));
    let cell = |at: usize| &cells[at % cells.len()];
    match action {
        Action::Add(group, after) if !groups.is_empty() => {
            let after = row(*after).map(|(_, id)| id.clone());
            Edit::add_row(filing, &groups[group % groups.len()], after.as_deref())
        }
        Action::Move(at, up) => row(*at).map_or_else(Edit::default, |(group, id)| {
            Edit::move_row(filing, template, group, id, if *up { Step::Up } else { Step::Down })
        }),
        Action::Remove(at) => row(*at).map_or_else(Edit::default, |(group, id)| {
            let place = template.group(group).expect("a group of the template");
            Edit::remove_row(filing, &template.spec().blocks[place.block].id, group, id)
        }),
        Action::Bind(at, binds) => {
            row(*at).map_or_else(Edit::default, |(group, id)| Edit::bind(filing, group, id, binds.then_some("K04")))
        }
        Action::Cell(at, text) => Edit::cell(filing, cell(*at), text),
        Action::Note(at, text) => Edit::note(filing, "S05", &[cell(*at).clone(), cell(at / 7).clone()], text),
        Action::Year(year) => Edit::year(filing, *year),
        Action::Level(word) => Edit::level(filing, word),
        Action::Add(..) => Edit::default(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_is_undone_and_redone_whole_and_every_state_can_be_saved(
        actions in proptest::collection::vec(action(), 1..40)
    ) {
        for (id, template) in templates() {
            let mut filing = Submission::blank(&template, "property");
            let start = filing.clone();
            let mut given_out: BTreeSet<String> = filing.groups.values().flatten().map(|row| row.id.clone()).collect();
            let mut done = Vec::new();
            for action in &actions {
                let next = format!("r{}", filing.next_row);
                let edit = edit_of(action, &mut filing, &template);
                prop_assert!(!matches!(action, Action::Add(..)) || edit.is_empty() || given_out.insert(next));
                edit.apply(&mut filing);
                done.push(edit);

                let present: Vec<&String> = filing.groups.values().flatten().map(|row| &row.id).collect();
                let unique: BTreeSet<&String> = present.iter().copied().collect();
                prop_assert_eq!(present.len(), unique.len(), "{}: a row stands twice", id);
                prop_assert!(unique.iter().all(|row| given_out.contains(*row)));
                let layout = Layout::of(&template, &filing);
                let keys: BTreeSet<&String> = layout.fields().iter().map(|field| &field.key).collect();
                prop_assert_eq!(keys.len(), layout.fields().len(), "{}: a key stands twice", id);
                let opened = json::read(&json::write(&filing), &template);
                prop_assert_eq!(opened.as_ref(), Ok(&filing), "{}", id);
            }
            let end = filing.clone();
            done.iter().rev().for_each(|edit| edit.inverted().apply(&mut filing));
            prop_assert_eq!(&Submission { next_row: start.next_row, ..filing.clone() }, &start, "{}: undone", id);
            done.iter().for_each(|edit| edit.apply(&mut filing));
            prop_assert_eq!(&filing, &end, "{}: redone", id);
        }
    }
}

#[test]
fn typing_over_a_figure_forgets_where_it_came_from_until_it_is_undone() {
    let mut filing = sample();
    let key = "funds.office.final";
    let from_file = Edit::texts(&filing, vec![(key.to_owned(), "5.6".to_owned())], "决算表.xlsx");
    from_file.apply(&mut filing);
    assert_eq!(filing.provenance.get(key).map(String::as_str), Some("决算表.xlsx"));
    // The same text once more is no news.
    assert!(Edit::cell(&filing, key, "5.6").is_empty());
    let typed = act(&mut filing, |filing| Edit::cell(filing, key, "5.59"));
    assert_eq!(typed.only_cell(), Some(key), "keystrokes in it still join");
    assert!(!filing.provenance.contains_key(key));
    typed.inverted().apply(&mut filing);
    assert_eq!(filing.provenance.get(key).map(String::as_str), Some("决算表.xlsx"));
    from_file.inverted().apply(&mut filing);
    assert!(filing.provenance.is_empty());
}

#[test]
fn removed_row_takes_along_where_its_figures_came_from() {
    let mut filing = sample();
    Edit::texts(&filing, vec![("indicators.r12.score".to_owned(), "4".to_owned())], "材料.docx").apply(&mut filing);
    let before = filing.clone();
    let removed = remove(&mut filing, "r12");
    assert!(filing.provenance.is_empty());
    removed.inverted().apply(&mut filing);
    assert_eq!(filing, before);
}
