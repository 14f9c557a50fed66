//! How the score of an indicator row, or of the execution row, is measured, with the figures, and what full points need.

use crate::engine::rule::RowResult;
use crate::engine::template::spec::ScoringSpec;
use crate::render::cell_panel::Panel;
use crate::render::html::{element, escape};
use crate::render::line;
use crate::words::explain::{quoted, short};
use crate::words::{Words, about, scoring};

impl Panel<'_> {
    /// Empty for cells that have nothing to do with points.
    pub(super) fn points(&self) -> String {
        let template = self.layout.template;
        let (Some(spec), Some(scores)) = (template.scoring(), &self.evaluation.scores) else { return String::new() };
        if self.key == spec.total_score {
            return self.grade(spec);
        }
        let of_execution = [&spec.execution_score, &spec.execution_weight].into_iter().any(|key| key == self.key);
        let row_of = |key: &str| key.rsplit_once('.').map(|(row, _)| row.to_owned());
        let mine = row_of(self.key);
        let row = match of_execution {
            true => scores.execution.as_ref(),
            false => scores.rows.iter().find(|row| row_of(&row.cell) == mine),
        };
        row.map(|row| self.scored(row, spec)).unwrap_or_default()
    }

    fn scored(&self, row: &RowResult, spec: &ScoringSpec) -> String {
        let language = self.speaker.language;
        let formula = scoring::formula(&row.how, row.weight, language);
        if formula.is_empty() {
            return String::new();
        }
        let mut lines = String::new();
        for key in self.inputs(row, spec) {
            let text = quoted(self.layout.submission.text(&key));
            let text = if text.is_empty() { self.words(about::BLANK).to_owned() } else { text };
            let cells = element("td", &[], &self.calculation.link(&key)) + &element("td", &[], &escape(&text));
            lines += &element("tr", &[], &cells);
        }
        let mut end = |words: Words, value: Option<String>| {
            lines += &value.map(|value| self.end(words, &value)).unwrap_or_default();
        };
        end(about::MEASURED, row.suggested.map(short));
        end(about::SCORE_ENTERED, row.entered.map(short));
        let difference = row.entered.zip(row.suggested).and_then(|(entered, by_rule)| entered.checked_sub(by_rule));
        end(about::DIFFERENCE, difference.map(short));
        let left = self.figures.value(&spec.budget).zip(self.figures.value(&spec.spent));
        let left = left.and_then(|(budget, spent)| budget.checked_sub(spent));
        end(about::FULL_POINTS, about::full_points(&row.how, spec, left, language));
        let inner = line("rule", &formula) + &element("table", &[], &lines);
        self.section("score", self.words(about::SCORE), &element("div", &[("class", "sums score")], &inner))
    }

    /// The cells that a score is measured by.
    fn inputs(&self, row: &RowResult, spec: &ScoringSpec) -> Vec<String> {
        if row.cell == spec.execution_score {
            return vec![spec.spent.clone(), spec.budget.clone(), spec.execution_weight.clone()];
        }
        let Some((row, _)) = row.cell.rsplit_once('.') else { return Vec::new() };
        [&spec.target, &spec.actual, &spec.weight].map(|column| [row, ".", column].concat()).to_vec()
    }

    /// Of the total: its grade, and where each grade begins.
    fn grade(&self, spec: &ScoringSpec) -> String {
        let Some(scores) = &self.evaluation.scores else { return String::new() };
        let mut lines = String::new();
        let with_grade = |total: Option<_>, grade: &Option<String>| {
            total.map(|total| [short(total).as_str(), " ", grade.as_deref().unwrap_or_default()].concat())
        };
        let totals = [
            (about::TOTAL_ENTERED, with_grade(scores.total, &scores.grade)),
            (about::MEASURED, with_grade(scores.measured, &scores.measured_grade)),
        ];
        for (words, said) in totals {
            lines += &said.map(|said| self.end(words, &said)).unwrap_or_default();
        }
        let grades: Vec<String> = spec
            .grades
            .iter()
            .map(|grade| self.speaker.say(about::GRADES, &[("name", grade.name.clone()), ("from", short(grade.from))]))
            .collect();
        lines += &self.end(about::GRADE, &grades.join(self.words(about::COMMA)));
        let table = element("table", &[], &lines);
        self.section("score", self.words(about::SCORE), &element("div", &[("class", "sums score")], &table))
    }

    fn end(&self, words: Words, value: &str) -> String {
        let cells = element("td", &[], &escape(self.words(words))) + &element("td", &[], &escape(value));
        element("tr", &[("class", "end")], &cells)
    }
}
