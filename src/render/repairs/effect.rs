//! 改后: what of a filing would be another once figures are changed, before anything is.

use crate::engine::evaluate;
use crate::engine::evaluation::{Counts, Evaluation};
use crate::engine::finding::{AnswerState, Finding, Level};
use crate::engine::locate::{Located, locate};
use crate::engine::relation::{RelationResult, State};
use crate::render::html::{element, escape};
use crate::render::repairs::Draw;
use crate::words::explain::short;
use crate::words::{Language, page, relations, repairs as said};

/// More relations than this are counted among the errors and not listed.
const MOST_RELATIONS: usize = 9;

impl Draw<'_> {
    /// The table that a button shows; it describes the button under this id.
    pub(super) fn effect(&self, id: &str, changes: &[(&str, String)]) -> String {
        let mut changed = self.layout.submission.clone();
        for (key, text) in changes {
            changed.cells.insert((*key).to_owned(), text.clone());
        }
        let after = evaluate(self.layout.template, &changed, self.evaluation.stage);
        let mut rows: Vec<(bool, String)> = Vec::new();
        let is_near = |cells: &[String]| changes.iter().any(|(key, _)| cells.iter().any(|cell| cell == key));
        for relation in self.evaluation.relations.iter().filter(|relation| is_near(&relation.cells)) {
            // A total that is no longer blank is no longer offered, and so on: what is gone agrees.
            let then = same(&after, relation).map_or(State::Silent, |then| then.state);
            let row = self.relation(&relation.code, &relation.cells, relation.state, then);
            rows.push((relation.state == then, row));
        }
        // Rules are no relations; their findings come and go.
        let of_rules = |one: &Evaluation, other: &Evaluation| -> Vec<Finding> {
            let is_gone = |finding: &&Finding| {
                // A list is the same one with another line.
                let is_list = finding.fact.places(&finding.cells).len() > 1;
                let is_same = |then: &Finding| then.code == finding.code && (is_list || then.cells == finding.cells);
                finding.level != Level::Info
                    && is_near(&finding.cells)
                    && one.relations.iter().all(|relation| relation.code != finding.code)
                    && !other.findings.iter().any(is_same)
            };
            one.findings.iter().filter(is_gone).cloned().collect()
        };
        for finding in of_rules(self.evaluation, &after) {
            rows.push((false, self.relation(&finding.code, &finding.cells, State::Violated, State::Agrees)));
        }
        for finding in of_rules(&after, self.evaluation) {
            rows.push((false, self.relation(&finding.code, &finding.cells, State::Agrees, State::Violated)));
        }
        rows.sort_by_key(|(is_same, _)| *is_same);
        let mut table: String = rows.into_iter().take(MOST_RELATIONS).map(|(_, row)| row).collect();
        let dash = || "—".to_owned();
        let totals = [self.evaluation, &after]
            .map(|one| one.scores.as_ref().and_then(|scores| scores.total).map_or_else(dash, short));
        let grades = [self.evaluation, &after]
            .map(|one| one.scores.as_ref().and_then(|scores| scores.grade.clone()).unwrap_or_else(dash));
        for (words, [before, after]) in [(said::TOTAL, totals), (said::GRADE, grades)] {
            if before != after {
                table += &self.turns(self.words(words), &before, &after);
            }
        }
        let located = locate(self.layout.template, &changed, &after, None);
        let [before, then] = [(self.evaluation, self.located), (&after, &located)]
            .map(|(one, located)| counted(one, located, self.of_words));
        let counts = [(page::ERROR, [before.errors, then.errors]), (page::WARNING, [before.warnings, then.warnings])];
        for (words, [before, after]) in counts.into_iter().filter(|(_, [before, after])| before != after) {
            table += &self.turns(self.words(words), &before.to_string(), &after.to_string());
        }
        let title = element("b", &[], &escape(self.words(said::AFTER)));
        let table = element("table", &[], &table);
        element("div", &[("class", "after"), ("role", "tooltip"), ("id", id)], &(title + &table))
    }

    fn relation(&self, code: &str, cells: &[String], before: State, after: State) -> String {
        let [before, after] = [before, after].map(|state| self.words(relations::state(state)));
        self.turns(&self.rule_name(code, cells), before, after)
    }

    /// The code and name of a relation or rule, as the template has them, in its own language; else its first cell.
    fn rule_name(&self, code: &str, cells: &[String]) -> String {
        if self.speaker.language != Language::Chinese {
            let first = cells.first().map(|key| self.speaker.name(key)).unwrap_or_default();
            return [code, " ", &first].concat();
        }
        let spec = self.layout.template.spec();
        let relation = spec.relations.iter().find(|relation| relation.code == code).map(|relation| &relation.name);
        let rule = || spec.rules.iter().find(|rule| rule.code == code).map(|rule| &rule.name);
        relation.or_else(rule).map_or_else(|| code.to_owned(), |name| [code, " ", name].concat())
    }

    fn turns(&self, name: &str, before: &str, after: &str) -> String {
        let turns = match before == after {
            true => before.to_owned(),
            false => self.speaker.say(said::TURNS, &[("before", before.to_owned()), ("after", after.to_owned())]),
        };
        let class = if before == after { "is-same" } else { "" };
        let cells = element("td", &[], &escape(name)) + &element("td", &[], &escape(&turns));
        element("tr", &[("class", class)], &cells)
    }
}

/// Findings as they are counted above the form: a wrong figure once, whatever it breaks, and the words with them.
fn counted(evaluation: &Evaluation, located: &Located, of_words: Counts) -> Counts {
    let is_covered = |at: &usize| {
        located.clusters.iter().any(|cluster| cluster.findings.contains(at))
            || located.columns.iter().any(|column| column.findings.contains(at))
    };
    let rest = (0..evaluation.findings.len()).filter(|at| !is_covered(at));
    let alone: Vec<Finding> = rest.map(|at| evaluation.findings[at].clone()).collect();
    let mut counts = Counts::of(&alone);
    let of_columns = located.columns.iter().map(|column| (column.level, None));
    let of_clusters = located.clusters.iter().map(|cluster| {
        let first = cluster.findings.first().and_then(|at| evaluation.findings.get(*at));
        (cluster.level, first.and_then(|finding| finding.note.as_ref()))
    });
    for (level, note) in of_columns.chain(of_clusters) {
        counts.errors += usize::from(level == Level::Error);
        let is_answered = note.is_some_and(|note| note.state == AnswerState::Valid);
        counts.warnings += usize::from(level == Level::Warning && !is_answered);
    }
    counts.errors += of_words.errors;
    counts.warnings += of_words.warnings;
    counts
}

/// The same relation in another evaluation of the same rows.
fn same<'e>(evaluation: &'e Evaluation, relation: &RelationResult) -> Option<&'e RelationResult> {
    evaluation.relations.iter().find(|then| then.code == relation.code && then.cells == relation.cells)
}
