//! The list of findings: what is wrong, the evidence, what to do; each leads to its cells; warnings can be answered.

use leptos::html;
use leptos::prelude::*;

use crate::engine::edit::Edit;
use crate::engine::evaluation::Stage;
use crate::engine::finding::{AnswerState, Finding, Level};
use crate::engine::layout::Layout;
use crate::ui::cell::go_to;
use crate::ui::form_state::FormState;
use crate::words::explain::{Explained, explain};
use crate::words::page;

/// All findings that may be shown, errors first.
#[component]
pub fn Findings() -> impl IntoView {
    let form = expect_context::<FormState>();
    let stage = move || match form.stage() {
        Stage::Draft => form.say(page::STAGE_DRAFT),
        Stage::Final => form.say(page::STAGE_FINAL),
    };
    let list = move || {
        let template = form.template();
        let language = form.language();
        let findings = form.findings();
        form.peek_filing(|filing| {
            let layout = Layout::of(&template, filing);
            findings
                .iter()
                .map(|finding| {
                    let names = finding.cells.iter().map(|cell| (cell.clone(), layout.label(cell))).collect();
                    item(form, finding.clone(), explain(finding, &layout, language), names)
                })
                .collect::<Vec<_>>()
        })
    };
    let nothing = move || {
        let words = match form.stage() {
            Stage::Draft => page::NO_FINDINGS,
            Stage::Final => page::NO_FINDINGS_FINAL,
        };
        form.findings().is_empty().then(|| view! { <p class="nothing">{form.say(words)}</p> })
    };
    let open = move || {
        let count = form.open_relations();
        (count > 0).then(
            || view! { <p class="open">{form.say_with(page::OPEN_RELATIONS, &[("count", count.to_string())])}</p> },
        )
    };
    view! {
        <section class="findings" data-part="findings" aria-label=move || form.say(page::FINDINGS)>
            <h2>{move || form.say(page::FINDINGS)}</h2>
            <p class="stage" data-part="stage">{stage}</p>
            {nothing}
            <ol>{list}</ol>
            {open}
        </section>
    }
}

/// Lists of more cells than this keep to the names in the sentence.
const MOST_LINKS: usize = 12;

fn item(form: FormState, finding: Finding, said: Explained, names: Vec<(String, String)>) -> impl IntoView + use<> {
    let level = form.say(page::level(finding.level));
    let class = match finding.level {
        Level::Error => "finding is-error",
        Level::Warning => "finding is-warning",
        Level::Info => "finding is-info",
    };
    let first = finding.cells.first().cloned().unwrap_or_default();
    let cell = first.clone();
    let links = (finding.fact.is_list() && names.len() > 1 && names.len() <= MOST_LINKS).then(|| {
        let links = names.into_iter().map(|(key, name)| {
            view! { <button type="button" class="link" data-to=key.clone() on:click=move |_| go_to(&key)>{name}</button> }
        });
        view! { <p class="links">{links.collect::<Vec<_>>()}</p> }
    });
    let answer = (finding.level == Level::Warning).then(|| answer(form, &finding));
    view! {
        <li class=class data-code=finding.code.clone() data-cell=cell>
            <button type="button" class="what" on:click=move |_| go_to(&first)>
                <span class="level">{level} " " {finding.code.clone()}</span> {said.what}
            </button>
            <p class="evidence">{said.evidence}</p>
            <p class="todo">{said.todo}</p>
            {links}
            {answer}
        </li>
    }
}

/// The 审核说明 of a warning: shown where there is one, written where there is none.
fn answer(form: FormState, finding: &Finding) -> impl IntoView + use<> {
    let (code, cells) = (finding.code.clone(), finding.cells.clone());
    let known = finding.note.clone();
    let written = known.as_ref().map(|note| note.text.clone()).unwrap_or_default();
    let state = known.map(|note| {
        let class = if note.state == AnswerState::ToConfirm { "answer-state to-confirm" } else { "answer-state" };
        let hint = (note.state == AnswerState::ToConfirm).then(|| form.say(page::NOTE_STALE));
        view! { <span class=class data-part="answer-state">{form.say(page::answer(note.state))} " " {hint}</span> }
    });
    let title = if written.is_empty() { form.say(page::WRITE_NOTE) } else { form.say(page::NOTE) };
    let node = NodeRef::<html::Textarea>::new();
    let save = move |_| {
        let Some(node) = node.get_untracked() else { return };
        form.act(form.peek_filing(|filing| Edit::note(filing, &code, &cells, &node.value())));
    };
    let open = !written.is_empty();
    view! {
        <details class="answer" open=open>
            <summary>{title} " " {state}</summary>
            <textarea node_ref=node rows="2" aria-label=title>{written}</textarea>
            <button type="button" data-action="save-note" on:click=save>{form.say(page::SAVE_NOTE)}</button>
        </details>
    }
}
