//! The list of findings: what is wrong, the evidence, what to do; each leads to its cells; warnings can be answered.

use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;

use crate::engine::edit::Edit;
use crate::engine::evaluation::Stage;
use crate::engine::finding::{AnswerState, Level};
use crate::ui::cell::go_to;
use crate::ui::form_state::{FormState, Shown};
use crate::ui::parts::{Button, line};
use crate::words::page;

/// Lists of more cells than this keep to the names in the sentence.
const MOST_LINKS: usize = 12;

/// All findings that may be shown, errors first.
pub fn findings(form: FormState) -> AnyView {
    let stage = Signal::derive(move || match form.stage() {
        Stage::Draft => form.say(page::STAGE_DRAFT).to_owned(),
        Stage::Final => form.say(page::STAGE_FINAL).to_owned(),
    });
    let list: Box<dyn Fn() -> Vec<AnyView> + Send> = Box::new(move || items(form));
    let after: Box<dyn Fn() -> Vec<AnyView> + Send> = Box::new(move || {
        let mut lines = Vec::new();
        if form.with_shown(<[_]>::is_empty) {
            let words = match form.stage() {
                Stage::Draft => page::NO_FINDINGS,
                Stage::Final => page::NO_FINDINGS_FINAL,
            };
            lines.push(line("nothing", form.says(words)));
        }
        let open = form.open_relations();
        if open > 0 {
            lines.push(line("open", form.says_with(page::OPEN_RELATIONS, vec![("count", open.to_string())])));
        }
        lines
    });
    // Pressing a button takes the focus from the cell that is being typed in, which may draw this list anew under
    // the mouse, and the click would be lost. So the focus stays until the click is done.
    let hold: Box<dyn FnMut(MouseEvent)> = Box::new(|event| {
        let target: web_sys::Element = event_target(&event);
        if target.closest("button").ok().flatten().is_some() {
            event.prevent_default();
        }
    });
    let title = form.says(page::FINDINGS);
    view! {
        <section class="findings" data-part="findings" aria-label=title>
            <h2>{title}</h2>
            {line("stage", stage)}
            <ol on:mousedown=hold>{list}</ol>
            {after}
        </section>
    }
    .into_any()
}

fn items(form: FormState) -> Vec<AnyView> {
    form.with_shown(|shown| shown.iter().map(|finding| item(form, finding)).collect())
}

fn item(form: FormState, finding: &Shown) -> AnyView {
    let class = match finding.level {
        Level::Error => "finding is-error",
        Level::Warning => "finding is-warning",
        Level::Info => "finding is-info",
    };
    let level = format!("{} {}", form.say(page::level(finding.level)), finding.code);
    let first = finding.cells.first().cloned().unwrap_or_default();
    let what = view! { <span class="level">{level}</span> {finding.said.what.clone()} }.into_any();
    let mut parts = vec![
        go_button("what", first.clone(), what),
        plain_line("evidence", finding.said.evidence.clone()),
        plain_line("todo", finding.said.todo.clone()),
    ];
    let places = &finding.places;
    if places.len() > 1 && places.len() <= MOST_LINKS {
        let links: Vec<AnyView> =
            places.iter().map(|(key, name)| go_button("link", key.clone(), name.clone().into_any())).collect();
        parts.push(view! { <p class="links">{links}</p> }.into_any());
    }
    if finding.level == Level::Warning {
        parts.push(answer(form, finding));
    }
    view! { <li class=class data-code=finding.code.clone() data-cell=first>{parts}</li> }.into_any()
}

fn go_button(class: &'static str, key: String, content: AnyView) -> AnyView {
    Button::new(class, "go-to").on(key.clone()).view(content, Box::new(move || go_to(&key)))
}

fn plain_line(class: &'static str, text: String) -> AnyView {
    view! { <p class=class>{text}</p> }.into_any()
}

/// The 审核说明 of a warning: shown where there is one, written where there is none.
fn answer(form: FormState, finding: &Shown) -> AnyView {
    let (code, cells) = (finding.code.clone(), finding.cells.clone());
    let (mut class, mut state, mut written) = ("answer-state", String::new(), String::new());
    if let Some((text, answered)) = &finding.note {
        written.clone_from(text);
        form.say(page::answer(*answered)).clone_into(&mut state);
        if *answered == AnswerState::ToConfirm {
            class = "answer-state to-confirm";
            state = format!("{state} {}", form.say(page::NOTE_STALE));
        }
    }
    let title = form.say(if written.is_empty() { page::WRITE_NOTE } else { page::NOTE });
    let node = NodeRef::<html::Textarea>::new();
    let save = Box::new(move || {
        if let Some(node) = node.get_untracked() {
            form.act(form.peek_filing(|filing| Edit::note(filing, &code, &cells, &node.value())));
        }
    });
    let open = !written.is_empty();
    view! {
        <details class="answer" open=open>
            <summary>{title} " " <span class=class data-part="answer-state">{state}</span></summary>
            <textarea node_ref=node rows="2" aria-label=title>{written}</textarea>
            {Button::new("", "save-note").labelled(form.says(page::SAVE_NOTE), save)}
        </details>
    }
    .into_any()
}
