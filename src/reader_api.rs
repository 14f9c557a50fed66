//! What the worker of the page is asked: JSON text in, JSON text out. It may take its time, the page goes on meanwhile.
//!
//! Amounts are decimal strings, as in the files. Messages are never made with `{:?}`, which the build leaves empty.

use js_sys::Function;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

use crate::engine::begin;
use crate::engine::evaluate;
use crate::engine::evaluation::Stage;
use crate::engine::finding::Answer;
use crate::engine::layout::Layout;
use crate::engine::reading::{self, Reading, Standing};
use crate::engine::report::{Blanks, plain_text, write};
use crate::engine::submission::{MATERIAL, MATERIAL_NAME, Submission};
use crate::engine::template::Template;
use crate::engine::text::{TextFinding, mended, review};
use crate::engine::tree::{Value as Request, parse};
use crate::exchange::{html_text, json as file, text as from_text};
use crate::render::begin::{From, begin_html};
use crate::render::paste as paste_preview;
use crate::render::repairs::{cards, mend_button};
use crate::render::{
    cell_panel, material_frame, material_html, pictures_html, report_editor, report_html, summary_html,
};
use crate::words::text::explain_text;
use crate::words::{Language, begin as begin_words};

/// Answers one request, a table whose `do` says what is asked. What cannot be answered is `{"problem": …}`, with a
/// sentence for maintainers. `progress` is called with the share that is done, between 0 and 1.
#[wasm_bindgen]
pub fn answer(request: &str, progress: &Function) -> String {
    answered(request, &Progress(progress)).unwrap_or_else(|problem| json!({ "problem": problem }).to_string())
}

/// The answer's text, or the problem. To add a request: a line and a function.
fn answered(request: &str, progress: &Progress<'_>) -> Result<String, String> {
    let request = parse(request).map_err(|_| "the request is not JSON")?;
    match text(&request, "do")? {
        "echo" => echo(&request, progress),
        "show" => show(&request, progress),
        "adopt" => adopt(&request, progress),
        "locate" => locate(&request),
        "begin" => begin_from(&request),
        "paste" => paste(&request),
        "keys" => Ok(json!({ "html": paste_preview::keys(language(&request)?) }).to_string()),
        "cell" => cell(&request),
        "pictures" => pictures(&request),
        other => Err(format!("there is no request \"{other}\"")),
    }
}

/// Gives back what it got: whether the module runs, without asking anything of it.
fn echo(request: &Request, progress: &Progress<'_>) -> Result<String, String> {
    let text = text(request, "text")?;
    progress.tell(50);
    Ok(json!({ "text": text }).to_string())
}

/// The report of a filing to be filled, read, printed and copied; its texts checked; its material read.
fn show(request: &Request, progress: &Progress<'_>) -> Result<String, String> {
    let (template, submission) = filing(request)?;
    let language = language(request)?;
    let layout = Layout::of(&template, &submission);
    let scopes = evaluate(&template, &submission, Stage::Draft).scopes;
    let findings: Vec<Value> =
        review(&layout).iter().map(|(finding, note)| said(finding, note.as_ref(), &layout, language)).collect();
    let mut found = String::new();
    if let Some(material) = material(&submission) {
        let (reading, standing) = read(&layout, &material, progress);
        found = summary_html(&layout, &material, &reading, &standing, language);
        found += &material_html(&layout, &material, &reading, &standing, language);
    }
    let answer = json!({
        "report": report_editor(&layout, &scopes, language),
        "preview": report_html(&layout, true),
        "paper": report_html(&layout, false),
        "text": plain_text(&write(&layout, Blanks::Dropped)),
        "findings": findings,
        "frame": material_frame(language),
        "found": found,
    });
    Ok(answer.to_string())
}

/// A remark on the words of the filing as the page lists it, with a button where there is no doubt how a slip is mended.
fn said(finding: &TextFinding, note: Option<&Answer>, layout: &Layout<'_>, language: Language) -> Value {
    let explained = explain_text(finding, layout, language);
    let sheet = finding.cells.first().and_then(|key| layout.find(key)).map(|at| &layout.field(at).block.sheet);
    json!({
        "code": finding.code,
        "level": finding.level,
        "cells": finding.cells,
        "what": explained.what,
        "evidence": explained.evidence,
        "todo": explained.todo,
        "sheet": sheet,
        "note": note,
        "html": mended(finding, layout).map(|(cell, text)| mend_button(&cell, &text, language)),
    })
}

/// Enters figures of the material into the filing: `certain`, the number of a place, or `number.choice` where a place
/// may be one of several cells. The answer is the filing as it would be; the page makes one edit of the difference.
fn adopt(request: &Request, progress: &Progress<'_>) -> Result<String, String> {
    let (template, mut submission) = filing(request)?;
    let material = material(&submission).unwrap_or_default();
    let (mut reading, standing) = read(&Layout::of(&template, &submission), &material, progress);
    let which = text(request, "which")?;
    let number = |text: &str| text.parse::<usize>().map_err(|_| format!("\"{which}\" is no place"));
    let chosen = match which.split_once('.') {
        None if which == "certain" => reading::certain(&reading, &standing),
        None => vec![number(which)?],
        Some((at, choice)) => {
            let (at, choice) = (number(at)?, number(choice)?);
            let link = reading.links.get_mut(at).ok_or("there is no such place")?;
            link.cells = vec![link.cells.get(choice).cloned().ok_or("there is no such choice")?];
            vec![at]
        }
    };
    let edit = reading::adopt(&template, &mut submission, &reading, &chosen);
    edit.apply(&mut submission);
    // Last year's filing says nothing of the year of this one.
    if which == "certain"
        && !submission.has_material_of_last_year()
        && let Some(year) = reading.year
    {
        submission.year = year;
    }
    Ok(json!({ "submission": file::write(&submission) }).to_string())
}

/// What this year's filing would take from last year's: the filing itself, which may have been `changed` by hand in its
/// file, or what is recognised in the `text` that it has as its material. The answer is the box that tells it and has the
/// new filing in it, or why there is none.
fn begin_from(request: &Request) -> Result<String, String> {
    let (template, submission) = filing(request)?;
    let name = submission.report.get(MATERIAL_NAME).cloned().unwrap_or_default();
    let from = match text(request, "which")? {
        "text" => From::Text { has_year: true },
        "changed" => From::ChangedFiling,
        _ => From::Filing,
    };
    let box_of = |template: &Template, before: &Submission, from: From| {
        let begun = begin::begin(template, before, &name);
        json!({ "html": begin_html(template, before, &begun, (&name, from)) }).to_string()
    };
    if !matches!(from, From::Text { .. }) {
        return Ok(box_of(&template, &submission, from));
    }
    // Of those of which it states equally much, it is the form on the screen, which is the last.
    let others = crate::BUILT_IN_TEMPLATES.iter().filter(|known| known.id != submission.template.id);
    let mut templates: Vec<Template> = others.filter_map(|known| crate::built_in_template(known.id)).collect();
    templates.push(template);
    let material = submission.report.get(MATERIAL).map(String::as_str).unwrap_or_default();
    match from_text::read_any(&templates, material) {
        Ok((template, before, reading)) => {
            Ok(box_of(template, &before, From::Text { has_year: reading.year.is_some() }))
        }
        Err(_) => Ok(json!({ "refused": begin_words::REFUSED.in_language(language(request)?) }).to_string()),
    }
}

/// Which figures are wrong, as cards in place of the findings that they explain.
fn locate(request: &Request) -> Result<String, String> {
    let (template, submission) = filing(request)?;
    let edited = Some(text(request, "which")?).filter(|key| !key.is_empty());
    Ok(json!({ "cards": cards(&template, &submission, stage(request)?, edited, language(request)?) }).to_string())
}

/// 本格说明 of the cell `which`.
fn cell(request: &Request) -> Result<String, String> {
    let (template, submission) = filing(request)?;
    let html = cell_panel(&template, &submission, stage(request)?, text(request, "which")?, language(request)?);
    Ok(json!({ "html": html }).to_string())
}

/// 图表.
fn pictures(request: &Request) -> Result<String, String> {
    let (template, submission) = filing(request)?;
    Ok(json!({ "html": pictures_html(&template, &submission, stage(request)?, language(request)?) }).to_string())
}

fn stage(request: &Request) -> Result<Stage, String> {
    Ok(if text(request, "stage")? == "final" { Stage::Final } else { Stage::Draft })
}

/// What pasting a text at the cell `which` would do: a box for the person to agree to, and the cells with old and new.
fn paste(request: &Request) -> Result<String, String> {
    let (template, submission) = filing(request)?;
    let layout = Layout::of(&template, &submission);
    Ok(paste_preview::preview(&layout, text(request, "which")?, text(request, "text")?, language(request)?).to_string())
}

fn language(request: &Request) -> Result<Language, String> {
    Ok(if text(request, "language")? == "en" { Language::English } else { Language::Chinese })
}

/// The pasted or opened text; of a page saved by Word or a browser, what is to be read in it.
fn material(submission: &Submission) -> Option<String> {
    let text = submission.report.get(MATERIAL)?;
    Some(if html_text::is_html(text) { html_text::text_of(text) } else { text.clone() })
}

fn read(layout: &Layout<'_>, text: &str, progress: &Progress<'_>) -> (Reading, Vec<Standing>) {
    let reading = reading::read_material(layout, text, &mut |percent| progress.tell(percent));
    let standing = reading::compare(layout, &reading);
    progress.tell(100);
    (reading, standing)
}

fn filing(request: &Request) -> Result<(Template, Submission), String> {
    let refused = |_| "the filing is none of a form that is known here".to_owned();
    let submission = file::read_tree(request.get("submission").ok_or("there is no filing")?).map_err(refused)?;
    let template = crate::built_in_template(&submission.template.id).ok_or("the form is not known here")?;
    file::belongs(&submission, &template).map_err(refused)?;
    Ok((template, submission))
}

/// A field of the request that has to be there.
fn text<'r>(request: &'r Request, field: &str) -> Result<&'r str, String> {
    request.get(field).and_then(Request::as_str).ok_or_else(|| format!("the request has no text \"{field}\""))
}

/// Tells the page how far an answer has come.
struct Progress<'f>(&'f Function);

impl Progress<'_> {
    fn tell(&self, percent: u8) {
        // Whoever listens may fail at it; the answer does not depend on that.
        let _ = self.0.call1(&JsValue::NULL, &JsValue::from_f64(f64::from(percent) / 100.0));
    }
}
