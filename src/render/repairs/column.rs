//! A column, table or sheet that seems to be in 元: one card, with one button that divides all of it and one that leaves it.

use crate::engine::finding::builtin;
use crate::engine::locate::column_unit::{ColumnUnit, Whole};
use crate::engine::notes::answer_to;
use crate::engine::submission::CONFIRMED;
use crate::render::html::{element, escape};
use crate::render::repairs::{Card, Draw, MOST_PREVIEWED, button, mark};
use crate::words::explain::Explained;
use crate::words::repairs as said;

impl Draw<'_> {
    pub(super) fn column(&self, unit: &ColumnUnit, number: usize) -> Card {
        let keys: Vec<String> = unit.cells.iter().map(|(key, _)| key.clone()).collect();
        let findings: Vec<_> = unit.findings.iter().filter_map(|at| self.evaluation.findings.get(*at)).collect();
        let count = [("count", keys.len().to_string()), ("name", self.speaker.whole(unit))];
        let what = match unit.whole {
            Whole::Column => said::COLUMN_IN_YUAN,
            Whole::Block | Whole::Sheet => said::TABLE_IN_YUAN,
        };
        let [divide_label, right_label] = match unit.whole {
            Whole::Column => [said::DIVIDE_COLUMN, said::COLUMN_IS_RIGHT],
            Whole::Block | Whole::Sheet => [said::DIVIDE_TABLE, said::TABLE_IS_RIGHT],
        }
        .map(|words| self.words(words));
        let explained = Explained {
            what: self.speaker.say(what, &count),
            evidence: self.speaker.in_yuan(unit, |key| self.figures.value(key)),
            todo: self
                .speaker
                .say(said::DIVIDE_OR_LEAVE, &[("divide", divide_label.to_owned()), ("leave", right_label.to_owned())]),
        };
        let changes: Vec<(&str, String)> =
            unit.cells.iter().map(|(key, value)| (key.as_str(), value.to_string())).collect();
        let texts: Vec<&str> = changes.iter().map(|(_, text)| text.as_str()).collect();
        let on = keys.join(" ");
        let id = format!("after-{number}-0");
        let divide = [
            ("type", "button"),
            ("class", "main"),
            ("data-action", "write-text"),
            ("data-on", on.as_str()),
            ("data-text", &texts.join("\n")),
            ("aria-describedby", &id),
        ];
        let divide = element("button", &divide, &escape(divide_label));
        let after = if number < MOST_PREVIEWED { self.effect(&id, &changes) } else { String::new() };
        let buttons = element("div", &[("class", "try")], &(divide + &after))
            + &button("", "set-source", &on, CONFIRMED, right_label);
        let html = element("div", &[("class", "repair")], &buttons);
        Card {
            mark: "suspect",
            covers: findings.iter().map(|finding| mark(finding)).collect(),
            // A 审核说明 is bound to these figures, whatever else is said of some of them.
            note: answer_to(builtin::IN_YUAN, &keys, self.layout),
            todo_by_hand: self.words(said::DIVIDE_BY_HAND).to_owned(),
            ..self.card(builtin::IN_YUAN, unit.level, keys, unit.cells.len(), explained, html)
        }
    }
}
