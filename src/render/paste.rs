//! What pasting would do, as a box that asks before anything changes; and the list of keys.

use serde_json::{Value, json};

use crate::engine::layout::Layout;
use crate::engine::paste::{Cell, Kind, Plan, Skipped, plan};
use crate::render::html::{element, escape};
use crate::words::paste as said;
use crate::words::{Language, Words, unreadable};

/// So many cells, and so many that are left out, are listed one by one.
const MOST_LISTED: usize = 200;
const MOST_SKIPPED: usize = 30;
/// So much of a text is shown of it.
const LONGEST_SHOWN: usize = 60;

/// The box for a text pasted at a cell, with the cells that would change, for the page to carry out.
pub fn preview(layout: &Layout<'_>, key: &str, text: &str, language: Language) -> Value {
    let Some(plan) = plan(layout, key, text) else { return json!({ "html": "", "cells": [] }) };
    let draw = Draw { layout, language };
    let cells: Vec<Value> =
        plan.changed().map(|cell| json!({ "cell": cell.key, "old": cell.old, "new": cell.new })).collect();
    json!({ "html": draw.plan(&plan, key), "cells": cells })
}

/// The keys of the page, in a box.
pub fn keys(language: Language) -> String {
    let mut rows = String::new();
    for (keys, does) in said::KEYS {
        let keys = element("th", &[("scope", "row")], &element("kbd", &[], &escape(keys)));
        rows += &element("tr", &[], &(keys + &element("td", &[], &escape(does.in_language(language)))));
    }
    let close = answer("main", "", &said::CLOSE.say(language, &[]));
    [title(said::KEYS_TITLE.in_language(language)), element("table", &[("class", "keys")], &rows), buttons(&close)]
        .concat()
}

struct Draw<'a> {
    layout: &'a Layout<'a>,
    language: Language,
}

impl Draw<'_> {
    fn plan(&self, plan: &Plan, key: &str) -> String {
        let size = [("rows", plan.rows.to_string()), ("columns", plan.columns.to_string())];
        let cell = [("cell", self.name(key)), ("rows", plan.rows.to_string())];
        let cancel = answer("", "", &self.say(said::CANCEL, &[]));
        let read = answer("", "material", &self.say(said::READ, &[]));
        let hint = self.paragraph(said::READ_HINT, &[]);
        match plan.kind {
            Kind::TooLarge => {
                let text = self.paragraph(said::TOO_LARGE, &size);
                let close = answer("main", "", &self.say(said::CLOSE, &[]));
                return [title(&self.say(said::TOO_LARGE_TITLE, &[])), text, buttons(&close)].concat();
            }
            Kind::Prose => {
                let text = self.paragraph(said::PROSE, &cell) + &hint;
                return [title(&self.say(said::PROSE_TITLE, &[])), text, buttons(&(read + &cancel))].concat();
            }
            Kind::ByPlace | Kind::ByLabels { .. } => {}
        }
        let how = match plan.kind {
            Kind::ByLabels { headings: true } => self.paragraph(said::BY_HEADINGS, &[]),
            Kind::ByLabels { headings: false } => self.paragraph(said::BY_LABELS, &[]),
            _ => self.paragraph(said::BY_PLACE, &cell),
        };
        let changed: Vec<&Cell> = plan.changed().collect();
        let count = changed.len().to_string();
        let paste = if changed.is_empty() {
            String::new()
        } else {
            answer("main", "paste", &self.say(said::PASTE, &[("count", count)]))
        };
        // What is no list of cells may be a whole form.
        let is_odd = plan.rows_beyond + plan.columns_beyond > 0 || !plan.skipped.is_empty();
        let (read, hint) = if is_odd { (read, hint) } else { Default::default() };
        let all = [
            title(&self.say(said::TITLE, &size)),
            how,
            self.counts(plan, &changed),
            self.beyond(said::ROWS_BEYOND, plan.rows_beyond),
            self.beyond(said::COLUMNS_BEYOND, plan.columns_beyond),
            self.list(&changed),
            self.skipped(&plan.skipped),
            hint,
            buttons(&(paste + &read + &cancel)),
        ];
        all.concat()
    }

    fn counts(&self, plan: &Plan, changed: &[&Cell]) -> String {
        if changed.is_empty() {
            return self.paragraph(said::NOTHING, &[]);
        }
        let count = |is_it: fn(&Cell) -> bool| changed.iter().filter(|cell| is_it(cell)).count();
        let counts = [
            ("replaced", count(|cell| !cell.old.is_empty() && !cell.new.is_empty())),
            ("emptied", count(|cell| cell.new.is_empty())),
            ("filled", count(|cell| cell.old.is_empty())),
            ("same", plan.cells.len() - changed.len()),
        ];
        let counts = self.paragraph(said::COUNTS, &counts.map(|(name, count)| (name, count.to_string())));
        counts + &self.beyond(said::UNREADABLE, count(|cell| cell.unreadable.is_some()))
    }

    /// A sentence about so many, if there are any.
    fn beyond(&self, words: Words, count: usize) -> String {
        match count {
            0 => String::new(),
            _ => element("p", &[("class", "is-problem")], &escape(&self.say(words, &[("count", count.to_string())]))),
        }
    }

    fn list(&self, changed: &[&Cell]) -> String {
        if changed.is_empty() {
            return String::new();
        }
        let heads = [said::CELL, said::NOW, said::THEN];
        let heads = heads.map(|words| element("th", &[("scope", "col")], &escape(words.in_language(self.language))));
        let mut rows = String::new();
        for cell in changed.iter().take(MOST_LISTED) {
            let name = element("th", &[("scope", "row")], &escape(&self.name(&cell.key)));
            let mut new = element("ins", &[], &self.text(&cell.new));
            let mut class = if cell.old.is_empty() { "" } else { "is-replaced" };
            if let Some(why) = &cell.unreadable {
                class = "is-problem";
                let [evidence, _] = unreadable::say(why, self.language);
                new += &element("small", &[], &escape(&evidence));
            }
            let old = if cell.old.is_empty() { self.text("") } else { element("del", &[], &self.text(&cell.old)) };
            let cells = [name, element("td", &[], &old), element("td", &[], &new)].concat();
            rows += &element("tr", &[("class", class)], &cells);
        }
        let more = changed.len().saturating_sub(MOST_LISTED);
        let table =
            [element("thead", &[], &element("tr", &[], &heads.concat())), element("tbody", &[], &rows)].concat();
        let table = element("table", &[], &table);
        // Whoever has no mouse scrolls it, too.
        element("div", &[("class", "choice-list"), ("tabindex", "0")], &table) + &self.beyond(said::MORE_CELLS, more)
    }

    fn skipped(&self, skipped: &[Skipped]) -> String {
        if skipped.is_empty() {
            return String::new();
        }
        let mut items = String::new();
        for one in skipped.iter().take(MOST_SKIPPED) {
            let item = match one {
                Skipped::Printed { key, text } => {
                    self.say(said::PRINTED, &[("cell", self.name(key)), ("text", short(text))])
                }
                Skipped::NoCell { row, text } => {
                    self.say(said::NO_CELL, &[("row", row.clone()), ("text", short(text))])
                }
                Skipped::UnknownRow { label } => self.say(said::UNKNOWN_ROW, &[("label", short(label))]),
            };
            items += &element("li", &[], &escape(&item));
        }
        let head = self.say(said::SKIPPED, &[("count", skipped.len().to_string())]);
        element("p", &[("class", "is-problem")], &escape(&head)) + &element("ul", &[], &items)
    }

    fn text(&self, text: &str) -> String {
        if text.is_empty() {
            return element("span", &[("class", "is-blank")], &escape(said::BLANK.in_language(self.language)));
        }
        escape(&short(text))
    }

    fn name(&self, key: &str) -> String {
        self.layout.label(key)
    }

    fn say(&self, words: Words, arguments: &[(&str, String)]) -> String {
        words.say(self.language, arguments)
    }

    fn paragraph(&self, words: Words, arguments: &[(&str, String)]) -> String {
        element("p", &[], &escape(&self.say(words, arguments)))
    }
}

fn short(text: &str) -> String {
    if text.chars().count() <= LONGEST_SHOWN {
        return text.to_owned();
    }
    text.chars().take(LONGEST_SHOWN).chain(['…']).collect()
}

fn title(text: &str) -> String {
    element("h2", &[("id", "choice-title")], &escape(text))
}

fn buttons(buttons: &str) -> String {
    element("p", &[("class", "choice-buttons")], buttons)
}

/// A button that closes the box with an answer; an empty one changes nothing.
fn answer(class: &str, answer: &str, label: &str) -> String {
    let attributes = [("type", "button"), ("class", class), ("data-action", "choose"), ("data-on", answer)];
    element("button", &attributes, &escape(label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::submission::Submission;

    fn shown(before: &[(&str, &str)], key: &str, text: &str) -> (String, Value) {
        let template = crate::built_in_template(crate::DEFAULT_TEMPLATE).expect("it is built in");
        let mut filing = Submission::blank(&template, "test");
        filing.year = 2024;
        filing.cells.extend(before.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())));
        let said = preview(&Layout::of(&template, &filing), key, text, Language::Chinese);
        (said["html"].as_str().expect("it is a text").to_owned(), said["cells"].clone())
    }

    #[test]
    fn every_change_is_listed_with_old_and_new() {
        let (html, cells) = shown(&[("funds.office.final", "9")], "funds.office.budget", "1\t约<b>2\n3\t");
        for said in [
            "粘贴 2 行 2 列",
            "从“办公经费·2024年预算数”起",
            "替换 1 格，清空 0 格，填入空白 2 格，相同不动 1 格。",
            "1 格不是数字",
            "<th scope=\"row\">办公经费·2024年决算数</th><td><del>9</del></td><td><ins>约&lt;b&gt;2</ins>",
            "data-on=\"paste\">粘贴 3 格</button>",
        ] {
            assert!(html.contains(said), "{said} in {html}");
        }
        assert!(!html.contains("材料"), "{html}");
        assert_eq!(
            cells,
            json!([
                { "cell": "funds.office.budget", "old": "", "new": "1" },
                { "cell": "funds.office.final", "old": "9", "new": "约<b>2" },
                { "cell": "funds.utilities_travel.budget", "old": "", "new": "3" },
            ])
        );
    }

    #[test]
    fn what_is_left_out_is_listed_with_why() {
        let (html, _) = shown(&[], "funds.procurement.prior", "5\t6\t7\t8\n\t1\t2\n3\t3\t3");
        for said in [
            "不粘贴的 1 处",
            "政府采购金额·2023年决算数：表上固定印着，不能改（“5”）",
            "下面放不下的 1 行不粘贴",
            "右边放不下的 1 列不粘贴",
            "作为材料识别",
        ] {
            assert!(html.contains(said), "{said} in {html}");
        }
        let (html, _) = shown(&[], "funds.three_public.final", "三公经费\t1\n某某经费\t2\n公用经费\t3");
        assert!(html.contains("按行名放到对应的行") && html.contains("“某某经费”：本表没有这个行名"), "{html}");
    }

    #[test]
    fn nothing_can_be_pasted_of_what_is_no_table() {
        let page = "首页\n政务公开\n2024年度部门整体支出绩效自评报告已经公开\n联系我们";
        let large = format!("{}\n", vec!["1"; 200].join("\t")).repeat(5000);
        for (text, said) in [(page, "多半不是数字"), (large.as_str(), "5000 行 200 列")] {
            let (html, cells) = shown(&[], "funds.office.final", text);
            assert!(html.contains(said) && !html.contains("data-on=\"paste\""), "{html}");
            assert_eq!(cells, json!([]));
        }
        // The same again changes nothing.
        let (html, cells) = shown(&[("funds.office.final", "9")], "funds.office.final", "9\n\t");
        assert!(html.contains("没有可以改动的格") && !html.contains("data-on=\"paste\""), "{html}");
        assert_eq!(cells, json!([]));
    }
}
