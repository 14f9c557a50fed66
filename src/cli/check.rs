//! `gouji check`: one file after the other, a filing as exported, as text or as a document, and what is said of it.

use std::fmt::Write as _;
use std::path::Path;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::cli::opened::{Opened, open};
use crate::cli::{ERRORS_FOUND, UNREADABLE, complain, print};
use crate::engine::evaluate;
use crate::engine::evaluation::{Counts, Evaluation, Stage};
use crate::engine::finding::{Finding, Level};
use crate::engine::layout::Layout;
use crate::engine::reading::{Place, Reading, Standing, compare, places};
use crate::engine::template::Template;
use crate::render::repairs::{Card, cards, unexplained};
use crate::words::explain::{Explained, explain, short};
use crate::words::reading::{self, Passages};
use crate::words::{Language, Words, cli as said, office, page};

/// More places of a text than this are counted and not listed.
const MOST_PLACES: usize = 60;

/// How to check, and how to say it.
#[derive(Clone, Copy)]
pub(super) struct Check {
    pub is_json: bool,
    pub stage: Stage,
    pub language: Language,
}

/// What is printed of a text as JSON.
#[derive(Serialize)]
struct Checked<'a> {
    evaluation: &'a Evaluation,
    reading: &'a Reading,
    /// How each link of the reading stands to its cell.
    standing: &'a [Standing],
    /// The text that the places are bytes of.
    text: &'a str,
}

/// What is told of a filing: its wrong figures, one card each, and the findings that none of them explains.
pub(super) struct Listed<'e> {
    cards: Vec<Card>,
    findings: Vec<&'e Finding>,
    /// How many of each level that makes.
    pub counts: Counts,
}

impl<'e> Listed<'e> {
    pub fn of(opened: &Opened<'_>, evaluation: &'e Evaluation, check: Check) -> Self {
        let cards = cards(opened.template, &opened.submission, check.stage, None, check.language);
        let findings = unexplained(&evaluation.findings, &cards);
        let mut counts = Counts::of(findings.iter().copied());
        for card in &cards {
            match card.level {
                Some(Level::Error) => counts.errors += 1,
                Some(Level::Warning) => counts.warnings += 1,
                Some(Level::Info) => counts.infos += 1,
                None => {}
            }
        }
        Self { cards, findings, counts }
    }
}

impl Check {
    pub fn file(self, file: &Path, templates: &[Template]) -> u8 {
        let read = open(file, templates, self.language);
        match read {
            Ok(opened) => {
                let evaluation = evaluate(opened.template, &opened.submission, self.stage);
                let remarks: Vec<String> =
                    opened.remarks.iter().map(|remark| office::remark(remark, self.language) + "\n").collect();
                let listed = Listed::of(&opened, &evaluation, self);
                print(&self.told(file, &opened, &remarks, &evaluation, &listed));
                if self.is_json {
                    // One JSON value a file is all that a script reads.
                    complain(&remarks.iter().map(|remark| format!("{}: {remark}", file.display())).collect::<String>());
                }
                if listed.counts.errors > 0 { ERRORS_FOUND } else { 0 }
            }
            Err(reason) => {
                complain(&format!("{}: {reason}\n", file.display()));
                UNREADABLE
            }
        }
    }

    fn told(
        self,
        file: &Path,
        opened: &Opened<'_>,
        remarks: &[String],
        evaluation: &Evaluation,
        listed: &Listed<'_>,
    ) -> String {
        let layout = Layout::of(opened.template, &opened.submission);
        let material = opened.text.as_str();
        let read = opened.reading.as_ref().map(|reading| (reading, compare(&layout, reading)));
        if self.is_json {
            let json = match &read {
                None => serde_json::to_string(evaluation),
                Some((reading, standing)) => {
                    serde_json::to_string(&Checked { evaluation, reading, standing, text: material })
                }
            };
            return json.unwrap_or_default() + "\n";
        }
        let mut told = format!("{}\n{}", file.display(), remarks.concat());
        let passages = |reading| Passages { layout: &layout, reading, text: material, language: self.language };
        if let Some((reading, _)) = &read {
            told += &passages(reading).read();
            told.push('\n');
        }
        told += &self.summary(opened, evaluation, listed.counts);
        if let Some((reading, standing)) = &read {
            self.standings(&passages(reading), standing, &mut told);
        }
        self.scopes(evaluation, &layout, &mut told);
        self.findings(listed, &layout, &mut told);
        told
    }

    pub fn summary(self, opened: &Opened<'_>, evaluation: &Evaluation, counts: Counts) -> String {
        let summary = [
            ("form", opened.template.spec().name.clone()),
            ("year", opened.submission.year.to_string()),
            ("errors", counts.errors.to_string()),
            ("warnings", counts.warnings.to_string()),
            ("answered", counts.answered.to_string()),
            ("infos", counts.infos.to_string()),
        ];
        let mut told = said::SUMMARY.say(self.language, &summary);
        if let Some(scores) = &evaluation.scores {
            let figure = |value: Option<Decimal>| value.map_or_else(|| "—".to_owned(), short);
            let points = [
                ("total", figure(scores.total)),
                ("grade", scores.grade.clone().unwrap_or_else(|| "—".to_owned())),
                ("measured", figure(scores.measured)),
            ];
            told += &said::SCORES.say(self.language, &points);
        }
        told + "\n"
    }

    /// Where the text differs from the form, then what may be several cells.
    fn standings(self, passages: &Passages<'_>, standing: &[Standing], told: &mut String) {
        let places = places(passages.layout, passages.reading);
        let links = || passages.reading.links.iter().zip(standing).zip(&places);
        let differences: Vec<_> = links()
            .filter_map(|((link, standing), place)| match (standing, place) {
                (Standing::Differs(suspect), Some(Place::Cell(key))) => Some((link, key, *suspect)),
                _ => None,
            })
            .collect();
        let said = differences.iter().map(|(link, key, suspect)| passages.difference(link, key, *suspect));
        self.list(reading::TEXT_AND_FORM, said, told);
        let ambiguous = links().filter(|((_, standing), _)| **standing == Standing::Ambiguous);
        let ambiguous: Vec<_> = ambiguous.map(|((link, _), _)| link).collect();
        self.list(reading::SEVERAL_CELLS, ambiguous.iter().map(|link| passages.ambiguity(link)), told);
    }

    fn list(self, code: Words, places: impl ExactSizeIterator<Item = Explained>, told: &mut String) {
        let more = places.len().saturating_sub(MOST_PLACES);
        for explained in places.take(MOST_PLACES) {
            self.entry(Level::Warning, code.in_language(self.language), &explained, told);
        }
        if more > 0 {
            *told += &format!("\n{}\n", reading::AND_MORE.say(self.language, &[("count", more.to_string())]));
        }
    }

    fn scopes(self, evaluation: &Evaluation, layout: &Layout<'_>, told: &mut String) {
        for scope in &evaluation.scopes {
            let [what, sentence] = reading::scope(scope, layout, self.language);
            let level = page::INFO.in_language(self.language);
            let code = reading::SCOPE.say(self.language, &[("code", scope.code.clone())]);
            *told += &format!("\n[{level} {code}] {what}\n    {sentence}\n");
        }
    }

    /// The findings as a person reads them, wrong figures in place of what they explain.
    fn findings(self, listed: &Listed<'_>, layout: &Layout<'_>, told: &mut String) {
        for card in &listed.cards {
            let (what, todo) = (card.what.clone(), card.todo_by_hand.clone());
            let evidence = [std::slice::from_ref(&card.evidence), &card.ways].concat();
            let evidence: Vec<String> = evidence.into_iter().filter(|line| !line.is_empty()).collect();
            let explained = Explained { what, evidence: evidence.join("\n    "), todo };
            self.entry(card.level.unwrap_or(Level::Info), &card.code, &explained, told);
        }
        for finding in &listed.findings {
            self.entry(finding.level, &finding.code, &explain(finding, layout, self.language), told);
            if let Some(note) = &finding.note {
                let state = page::answer(note.state).in_language(self.language);
                let answer = [("state", state.to_owned()), ("text", note.text.clone())];
                // Writing into a String cannot fail.
                let _ = writeln!(told, "    {}", said::ANSWER.say(self.language, &answer));
            }
        }
    }

    fn entry(self, level: Level, code: &str, explained: &Explained, told: &mut String) {
        let level = page::level(level).in_language(self.language);
        let Explained { what, evidence, todo } = explained;
        *told += &format!("\n[{level} {code}] {what}\n    {evidence}\n    {todo}\n");
    }
}
