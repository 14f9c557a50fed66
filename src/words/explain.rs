//! Makes the sentences of a finding from its facts, with the form's own names for the cells.

use rust_decimal::Decimal;

use crate::engine::amount::format_grouped;
use crate::engine::finding::{Fact, Finding, Line, Part};
use crate::engine::layout::Layout;
use crate::engine::template::spec::ColumnKind;
use crate::words::{Language, Words, findings, scoring, unreadable, words};

/// A finding in words: what is wrong, the evidence, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    pub what: String,
    pub evidence: String,
    pub todo: String,
}

/// More parts of a sum than this are counted and not listed.
const MOST_PARTS: usize = 8;
/// More characters of a text than this are cut from a sentence.
const LONGEST_QUOTE: usize = 30;
/// More cells of a grouped finding than this are counted and not listed.
const MOST_CELLS: usize = 12;

const MORE: Words = words("多 {difference}", "{difference} too much");
const LESS: Words = words("少 {difference}", "{difference} too little");
const BLANKS_AS_ZERO: Words = words("（空白项按零计）", " (blanks as zero)");
const AND_SO_ON: Words = words("……（共 {count} 项）", " … ({count} in all)");
const LIST_COMMA: Words = words("；", "; ");
pub const CELL_COMMA: Words = words("、", ", ");
const WITHIN: Words = words("{line}（{whole}的其中项）", "{line} (part of {whole})");
const AS_SHARE: Words = words("{name} {spent} ÷ {against} ＝ {percent}%", "{name} {spent} ÷ {against} = {percent} %");
const SUM_OF: Words = words("{names}之和", "the sum of {names}");
const OFF_BY: Words = words("{name} 相差 {difference}", "{name} is off by {difference}");
const NO_PARTS: Words = words("0", "0");

/// The sentences of a finding.
pub fn explain(finding: &Finding, layout: &Layout<'_>, language: Language) -> Explained {
    let arguments = Speaker::of(finding, layout, language).arguments();
    let record = findings::of(&finding.fact);
    Explained {
        what: record.what.say(language, &arguments),
        evidence: record.evidence.say(language, &arguments),
        todo: findings::todo(&finding.fact, finding.level).say(language, &arguments),
    }
}

/// Names cells and writes figures for one finding.
pub struct Speaker<'a> {
    finding: &'a Finding,
    layout: &'a Layout<'a>,
    language: Language,
    /// Cells of more than one sheet are concerned, so their sheets are named.
    across_sheets: bool,
}

type Arguments = Vec<(&'static str, String)>;

impl<'a> Speaker<'a> {
    fn of(finding: &'a Finding, layout: &'a Layout<'a>, language: Language) -> Self {
        let sheets = || finding.cells.iter().filter_map(|key| layout.find(key)).map(|at| &layout.field(at).block.sheet);
        let across_sheets = sheets().next().is_some_and(|first| sheets().any(|sheet| sheet != first));
        Self { finding, layout, language, across_sheets }
    }

    fn arguments(&self) -> Arguments {
        let first = self.finding.cells.first().map(String::as_str).unwrap_or_default();
        let mut arguments =
            vec![("cell", self.name(first)), ("count", self.count().to_string()), ("basis", self.basis())];
        arguments.extend(self.of_fact(first));
        arguments
    }

    /// How many things a grouped finding speaks of.
    fn count(&self) -> usize {
        match &self.finding.fact {
            Fact::Overspend { lines } | Fact::Growth { lines, .. } => lines.len(),
            Fact::Rounding { lines } => lines.len(),
            _ => self.finding.cells.len(),
        }
    }

    fn of_fact(&self, first: &str) -> Arguments {
        match &self.finding.fact {
            Fact::Unreadable { text, why } => {
                let [why, advice] = unreadable::say(why, self.language);
                vec![("text", quoted(text)), ("why", why), ("advice", advice)]
            }
            Fact::Negative { value } | Fact::NotWhole { value } => vec![("found", self.figure(first, *value))],
            Fact::TooManyPlaces { places } => vec![("places", places.to_string())],
            Fact::Rounding { lines } => {
                let lines = lines.iter().map(|line| {
                    OFF_BY.say(
                        self.language,
                        &[
                            ("name", self.name(&line.cell)),
                            ("difference", self.figure(&line.cell, line.difference.abs())),
                        ],
                    )
                });
                vec![("lines", self.list(lines.collect(), LIST_COMMA))]
            }
            Fact::Unverifiable | Fact::Required | Fact::NotQuantified | Fact::TargetWithoutSign => {
                vec![(
                    "cells",
                    self.list(self.finding.cells.iter().map(|key| self.row_or_name(key)).collect(), CELL_COMMA),
                )]
            }
            Fact::Sum { left, right, expected, found, difference, .. } => vec![
                ("left", self.sum_name(left)),
                ("right", self.sum(right, *expected)),
                ("right_name", self.sum_name(right)),
                ("expected", self.figure(first, *expected)),
                ("found", self.figure(first, *found)),
                ("by", self.by(first, *difference)),
            ],
            Fact::AtLeast { left, right, found, bound, difference } => vec![
                ("large", self.sum(left, *found)),
                ("large_name", self.sum_name(left)),
                ("small", self.sum(right, *bound)),
                ("small_name", self.sum_name(right)),
                ("found", self.figure(first, *found)),
                ("bound", self.figure(first, *bound)),
                ("difference", self.figure(first, *difference)),
            ],
            Fact::Limit { limit, found, .. } => {
                vec![("limit", self.figure(first, *limit)), ("found", self.figure(first, *found))]
            }
            Fact::Rate { numerator, denominator, expected, found, .. } => {
                let cell = |at: usize| self.finding.cells.get(at).map(String::as_str).unwrap_or_default();
                vec![
                    ("numerator_name", self.name(cell(1))),
                    ("numerator", self.figure(cell(1), *numerator)),
                    ("denominator_name", self.name(cell(2))),
                    ("denominator", self.figure(cell(2), *denominator)),
                    ("expected", short(*expected)),
                    ("found", short(*found)),
                ]
            }
            Fact::RateAsFraction { expected, found } => vec![("expected", short(*expected)), ("found", short(*found))],
            Fact::ZeroDivisor { divisor } => vec![("divisor", self.name(divisor))],
            Fact::Either { found, should_be, may_be, .. } => {
                let cell = |at: usize| self.finding.cells.get(at).map(String::as_str).unwrap_or_default();
                vec![
                    ("found", self.figure(first, *found)),
                    ("should_name", self.name(cell(1))),
                    ("should_be", self.figure(first, *should_be)),
                    ("may_name", self.name(cell(2))),
                    ("may_be", self.figure(first, *may_be)),
                    ("by", self.by(first, *found - *should_be)),
                ]
            }
            Fact::Overspend { lines } => vec![("lines", self.lines(lines))],
            Fact::Growth { lines, limit } => vec![("lines", self.lines(lines)), ("limit", short(*limit))],
            Fact::Unbudgeted { spent } => {
                let lines = spent.iter().map(|part| self.part(part));
                vec![("lines", self.list(lines.collect(), LIST_COMMA))]
            }
            Fact::Scope { wide, narrow, difference } => {
                let other = self.finding.cells.get(1).map(String::as_str).unwrap_or_default();
                vec![
                    ("wide_name", self.name(first)),
                    ("wide", self.figure(first, *wide)),
                    ("narrow_name", self.name(other)),
                    ("narrow", self.figure(other, *narrow)),
                    ("by", self.by(first, *difference)),
                ]
            }
            Fact::Change { from, to, difference, percent: share, limit } => {
                let opening = self.finding.cells.get(1).map(String::as_str).unwrap_or_default();
                vec![
                    ("from_name", self.name(opening)),
                    ("from", self.figure(first, *from)),
                    ("to_name", self.name(first)),
                    ("to", self.figure(first, *to)),
                    ("by", self.by(first, *difference)),
                    ("percent", percent(*share)),
                    ("limit", short(*limit)),
                ]
            }
            Fact::PartsInText { parts, expected, found, difference } => {
                let mut said = parts.iter().take(MOST_PARTS).copied().map(short).collect::<Vec<_>>().join(" ＋ ");
                if parts.len() > MOST_PARTS {
                    said.push_str(&AND_SO_ON.say(self.language, &[("count", parts.len().to_string())]));
                }
                vec![
                    ("parts", said),
                    ("expected", short(*expected)),
                    ("found", short(*found)),
                    ("by", self.by(first, *difference)),
                ]
            }
            Fact::ExecutionScore { weight, rate, expected, found } => vec![
                ("weight", short(*weight)),
                ("rate", percent(*rate)),
                ("expected", short(*expected)),
                ("found", short(*found)),
            ],
            Fact::ExecutionFloor { rate, floor } => vec![("rate", percent(*rate)), ("floor", short(*floor))],
            Fact::ScoreOutOfRange { score, weight } => vec![("score", short(*score)), ("weight", short(*weight))],
            Fact::BoundIndicator { bound_to, expected, found } => vec![
                ("bound_to", self.name(bound_to)),
                ("expected", self.figure(bound_to, *expected)),
                ("found", quoted(found)),
            ],
            Fact::Indicator { problem } => scoring::arguments(problem, self.language),
            Fact::MajorRow { weight, percent: share, limit } => {
                vec![("weight", short(*weight)), ("percent", percent(*share)), ("limit", short(*limit))]
            }
            Fact::FullMarksUnspent { rate } => vec![("rate", percent(*rate))],
            Fact::Alarm { red, points_share, execution } => {
                let rules = self.layout.template.scoring().map(|scoring| &scoring.rules);
                let limit = rules.map(|rules| if *red { rules.alarm_red } else { rules.alarm_yellow });
                vec![
                    ("limit", limit.map(short).unwrap_or_default()),
                    ("points_share", percent(*points_share)),
                    ("execution", percent(*execution)),
                ]
            }
        }
    }

    fn name(&self, key: &str) -> String {
        if self.across_sheets { self.layout.label_with_sheet(key) } else { self.layout.label(key) }
    }

    /// The row alone for cells of an indicator row or of the first cell's own column, the full name otherwise.
    fn row_or_name(&self, key: &str) -> String {
        let Some(field) = self.layout.find(key).map(|at| self.layout.field(at)) else { return key.to_owned() };
        if self.across_sheets || field.added.is_none() || field.column.kind != ColumnKind::Quantity {
            self.name(key)
        } else {
            self.layout.row_label(field)
        }
    }

    /// The row alone where the part stands in the same block and column as the finding's first cell.
    fn part_name(&self, key: &str) -> String {
        let first = self.finding.cells.first().and_then(|key| self.layout.find(key)).map(|at| self.layout.field(at));
        let field = self.layout.find(key).map(|at| self.layout.field(at));
        match (first, field) {
            (Some(first), Some(field)) if first.block.id == field.block.id && first.column.id == field.column.id => {
                self.layout.row_label(field)
            }
            _ => self.name(key),
        }
    }

    /// `公用经费、项目支出之和` for several parts, `总额－退还` where they are not just added, the full name for one.
    fn sum_name(&self, parts: &[Part]) -> String {
        match parts {
            [] => String::new(),
            [only] if only.coefficient == Decimal::ONE => self.name(&only.cell),
            _ if parts.iter().all(|part| part.coefficient == Decimal::ONE) => {
                let names = self.list(parts.iter().map(|part| self.part_name(&part.cell)).collect(), CELL_COMMA);
                SUM_OF.say(self.language, &[("names", names)])
            }
            _ => {
                let mut said = String::new();
                for part in parts {
                    said.push_str(sign(part.coefficient, said.is_empty()).trim());
                    said.push_str(&times(part.coefficient));
                    said.push_str(&self.part_name(&part.cell));
                }
                said
            }
        }
    }

    /// `公务接待 0.60 ＋ 出国经费 0.20`, blanks left out and said. What the parts leave of the total is a bare number.
    fn sum(&self, parts: &[Part], total: Decimal) -> String {
        let filled: Vec<(&Part, Decimal)> = parts.iter().filter_map(|part| Some((part, part.value?))).collect();
        let mut said = String::new();
        for (part, value) in filled.iter().take(MOST_PARTS) {
            said.push_str(sign(part.coefficient, said.is_empty()));
            said.push_str(&times(part.coefficient));
            said.push_str(&format!("{} {}", self.part_name(&part.cell), self.figure(&part.cell, *value)));
        }
        if filled.len() > MOST_PARTS {
            said.push_str(&AND_SO_ON.say(self.language, &[("count", filled.len().to_string())]));
        }
        let bare = filled.iter().fold(total, |rest, (part, value)| rest - *value * part.coefficient);
        if !bare.is_zero() {
            let first = parts.first().map(|part| part.cell.as_str()).unwrap_or_default();
            said.push_str(sign(bare, said.is_empty()));
            said.push_str(&self.figure(first, bare.abs()));
        }
        if said.is_empty() {
            said.push_str(NO_PARTS.in_language(self.language));
        }
        if filled.len() < parts.len() {
            said.push_str(BLANKS_AS_ZERO.in_language(self.language));
        }
        said
    }

    fn part(&self, part: &Part) -> String {
        let value = part.value.map(|value| self.figure(&part.cell, value)).unwrap_or_default();
        format!("{} {value}", self.part_name(&part.cell))
    }

    fn lines(&self, lines: &[Line]) -> String {
        let said = lines.iter().map(|line| {
            let share = AS_SHARE.say(
                self.language,
                &[
                    ("name", self.part_name(&line.cell)),
                    ("spent", self.figure(&line.cell, line.spent)),
                    ("against", self.figure(&line.cell, line.against)),
                    ("percent", percent(line.percent)),
                ],
            );
            match &line.within {
                Some(whole) => WITHIN.say(self.language, &[("line", share), ("whole", self.part_name(whole))]),
                None => share,
            }
        });
        self.list(said.collect(), LIST_COMMA)
    }

    fn list(&self, mut items: Vec<String>, comma: Words) -> String {
        let count = items.len();
        items.truncate(MOST_CELLS);
        let mut said = items.join(comma.in_language(self.language));
        if count > MOST_CELLS {
            said.push_str(&AND_SO_ON.say(self.language, &[("count", count.to_string())]));
        }
        said
    }

    fn by(&self, key: &str, difference: Decimal) -> String {
        let which = if difference < Decimal::ZERO { LESS } else { MORE };
        which.say(self.language, &[("difference", self.figure(key, difference.abs()))])
    }

    fn figure(&self, key: &str, value: Decimal) -> String {
        figure(self.layout, key, value)
    }

    fn basis(&self) -> String {
        let spec = self.layout.template.spec();
        let relation =
            spec.relations.iter().find(|relation| relation.code == self.finding.code).map(|relation| &relation.basis);
        let rule = || spec.rules.iter().find(|rule| rule.code == self.finding.code).map(|rule| &rule.basis);
        relation.or_else(rule).cloned().unwrap_or_default()
    }
}

/// Money with at least two places, a rate with its sign, anything else without trailing zeros.
pub fn figure(layout: &Layout<'_>, key: &str, value: Decimal) -> String {
    let kind = layout.find(key).map(|at| layout.field(at).column.kind);
    match kind {
        Some(ColumnKind::Money) => format_grouped(value, value.normalize().scale().max(2)),
        Some(ColumnKind::Percent) => format!("{}%", short(value)),
        _ => short(value),
    }
}

/// The sign before a term; none before a first one that is added.
pub fn sign(coefficient: Decimal, first: bool) -> &'static str {
    match (first, coefficient < Decimal::ZERO) {
        (true, false) => "",
        (true, true) => "－",
        (false, false) => " ＋ ",
        (false, true) => " － ",
    }
}

/// `2×`, or nothing for a coefficient of one.
pub fn times(coefficient: Decimal) -> String {
    let size = coefficient.abs();
    if size == Decimal::ONE { String::new() } else { format!("{}×", short(size)) }
}

/// A text as a sentence quotes it: on one line, its breaks shown, not longer than a glance.
pub fn quoted(text: &str) -> String {
    quoted_up_to(text, LONGEST_QUOTE)
}

/// The same, cut behind so many characters.
pub fn quoted_up_to(text: &str, longest: usize) -> String {
    let mut characters = text.trim().chars();
    let mut said: String = characters.by_ref().take(longest).map(visible).collect();
    if characters.next().is_some() {
        said.push('…');
    }
    said
}

/// A character as a sentence can show it.
pub fn visible(c: char) -> char {
    match c {
        '\u{2028}' | '\u{2029}' => '↵',
        // What turns the direction of writing would turn the rest of the sentence.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ if c.is_control() => '↵',
        _ => c,
    }
}

/// A percentage that the program calculated: two decimals, as public accounts print them.
pub fn percent(value: Decimal) -> String {
    format_grouped(value, 2)
}

/// A number without trailing zeros, thousands grouped.
pub fn short(value: Decimal) -> String {
    format_grouped(value, value.normalize().scale())
}
