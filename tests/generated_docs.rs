//! `docs/generated/`: relations of each shipped template and what they can tell, the catalogue of messages, the schemas of both files.
//!
//! `GOUJI_WRITE_DOCS=1 cargo test --test generated_docs` writes them; without it the same test holds them.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::{env, fs};

use gouji::engine::evaluate;
use gouji::engine::evaluation::{Evaluation, Stage};
use gouji::engine::finding::{Level, builtin};
use gouji::engine::layout::{Layout, plain};
use gouji::engine::submission::Submission;
use gouji::engine::template::Template;
use gouji::engine::template::spec::{BlockSpec, TextRuleKind};
use gouji::engine::text::TextFinding;
use gouji::words::findings::{self, FindingWords};
use gouji::words::localisability;
use gouji::words::relations::Formulas;
use gouji::words::{Language, Words, explain::explain, explain::short, page, scoring, slots, unreadable};
use serde_json::Value;
use support::{case_folders, read_case, root, stem, template, templates, tomls};

/// Writes a document where asked to, and otherwise holds the one in the repository.
#[track_caller]
fn hold(name: &str, text: &str) {
    let path = root().join("docs/generated").join(name);
    if env::var_os("GOUJI_WRITE_DOCS").is_some() {
        fs::write(&path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        return;
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    let differs = written.lines().zip(text.lines()).position(|(old, new)| old != new);
    assert!(
        written == text,
        "docs/generated/{name} is not up to date (line {}).\nWrite it: GOUJI_WRITE_DOCS=1 cargo test --test generated_docs",
        differs.map_or(written.lines().count().min(text.lines().count()), |at| at) + 1
    );
}

#[test]
fn relations_of_each_template() {
    for path in tomls(&root().join("templates")) {
        hold(&format!("{}-relations.md", stem(&path)), &relations_of(&template(&path)));
    }
}

#[test]
fn localisability_of_each_template() {
    for path in tomls(&root().join("templates")) {
        let text = localisability::document(&template(&path), Language::Chinese);
        hold(&format!("{}-localisability.md", stem(&path)), &text);
    }
}

#[test]
fn catalogue_of_messages() {
    hold("messages.md", &messages());
}

#[test]
fn schemas() {
    let schema = |schema: schemars::Schema| {
        let mut text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
        text.push('\n');
        text
    };
    hold("submission.schema.json", &schema(schemars::schema_for!(Submission)));
    hold("evaluation.schema.json", &schema(schemars::schema_for!(Evaluation)));
    hold("text_findings.schema.json", &schema(schemars::schema_for!(Vec<TextFinding>)));
}

#[test]
fn the_sample_has_the_fields_of_its_schema() {
    let schema = serde_json::to_value(schemars::schema_for!(Submission)).expect("JSON");
    let (_, sample) = gouji::SAMPLES[0];
    let sample: Value = serde_json::from_str(sample).expect("JSON");
    for name in sample.as_object().expect("a table").keys() {
        assert!(schema["properties"].get(name).is_some(), "{name}");
    }
    assert_eq!(schema["additionalProperties"], Value::Bool(false));
}

/// What the schema promises is in the file of a blank form, too.
#[test]
fn an_evaluation_has_the_fields_that_its_schema_requires() {
    let schema = serde_json::to_value(schemars::schema_for!(Evaluation)).expect("JSON");
    for template in templates().values() {
        let blank = Submission::blank(template, "blank");
        let evaluation = serde_json::to_value(evaluate(template, &blank, Stage::Draft)).expect("JSON");
        for name in schema["required"].as_array().expect("a list") {
            assert!(evaluation.get(name.as_str().expect("a name")).is_some(), "{name}");
        }
    }
}

// ---- relations

/// What is checked in every form and so stands in no template.
const IN_EVERY_FORM: [[&str; 4]; 9] = [
    [builtin::UNREADABLE, "填的内容不能读作数字", "强制性", "金额、人数、比率、分值和面积各填一个数"],
    [builtin::NEGATIVE, "负数", "强制性", "本表的数都不小于 0"],
    [builtin::TOO_MANY_PLACES, "小数超过 6 位", "强制性", "万元的 6 位小数已经是 1 分"],
    [builtin::NOT_WHOLE, "人数不是整数", "强制性", "人数按人计"],
    [builtin::TURNED, "文字里有改变书写方向的隐藏字符", "核实性", "粘贴带入，其后的字会倒着显示"],
    [builtin::ROUNDING, "合计有尾差（四舍五入）", "提示性", "各数的末位四舍五入所致的差额"],
    [builtin::UNVERIFIABLE, "合计没有填明细", "提示性", "没有明细，无法核对"],
    [builtin::REQUIRED, "必填项没有填", "强制性", "全部审核时，必填的各格都要有数"],
    [
        builtin::IN_YUAN,
        "整列、整表疑似按“元”填列",
        "核实性；使强制性关系不符的，强制性",
        "本表单位：万元。同一行与另一列相比，八成以上约为 10000 倍（不少于 4 行、3 个不同的数）；\
         或除以 10000 后，与其他数的等式由不符变为相符，且没有一条由相符变为不符",
    ],
];

fn relations_of(template: &Template) -> String {
    let spec = template.spec();
    let blank = Submission::blank(template, "docs");
    let layout = Layout::of(template, &blank);
    let namer = Namer { template, layout: &layout };
    // Rules are told with the parameters as they are written.
    let built_in =
        gouji::BUILT_IN_TEMPLATES.iter().find(|known| known.id == spec.id).expect("a shipped template is built in");
    let written: Value = serde_json::from_str(built_in.text).expect("build.rs writes JSON");
    let mut text = format!(
        "# {}：审核关系\n\n<!-- Generated by tests/generated_docs.rs. -->\n\n模板 `{}`，版本 {}。{}。\n\n",
        spec.name, spec.id, spec.version, spec.source
    );
    text.push_str("## 公式\n\n| 编号 | 名称 | 公式 | 适用 | 级别 | 依据 |\n|---|---|---|---|---|---|\n");
    for relation in &spec.relations {
        let compiled =
            template.relations().iter().find(|compiled| template.relation_spec(compiled).code == relation.code);
        let compiled = compiled.expect("a relation is compiled");
        let said = Formulas { layout: &layout, language: Language::Chinese };
        let [formula, scope, level] =
            [said.formula(relation, &compiled.shape), said.scope(relation), said.level(relation)]
                .map(|text| namer.years(&text));
        let _ = writeln!(
            text,
            "| {} | {} | {formula} | {scope} | {level} | {} |",
            relation.code, relation.name, relation.basis
        );
    }
    text.push_str("\n## 各表共有\n\n| 编号 | 名称 | 级别 | 依据 |\n|---|---|---|---|\n");
    for [code, name, level, basis] in IN_EVERY_FORM {
        let _ = writeln!(text, "| {code} | {name} | {level} | {basis} |");
    }
    text.push_str("\n## 规则\n\n| 编号 | 名称 | 规则 | 参数 | 级别 | 依据 |\n|---|---|---|---|---|---|\n");
    for (at, rule) in spec.rules.iter().enumerate() {
        let (kind, parameters) = namer.rule(&written["rules"][at]["is"]);
        let level = page::level(rule.level).zh;
        let _ =
            writeln!(text, "| {} | {} | `{kind}` | {parameters} | {level} | {} |", rule.code, rule.name, rule.basis);
    }
    if !spec.text_rules.is_empty() {
        text.push_str("\n## 文字\n\n| 编号 | 名称 | 规则 | 参数 | 级别 | 依据 |\n|---|---|---|---|---|---|\n");
    }
    for (at, rule) in spec.text_rules.iter().enumerate() {
        let (kind, parameters) = match &rule.kind {
            TextRuleKind::Typos { list } => {
                let pairs: BTreeSet<String> =
                    list.iter().map(|typo| format!("{}→{}", typo.wrong, typo.right)).collect();
                ("typos".to_owned(), pairs.into_iter().collect::<Vec<_>>().join("，"))
            }
            _ => namer.rule(&written["text_rules"][at]["is"]),
        };
        let level = page::level(rule.level).zh;
        let _ =
            writeln!(text, "| {} | {} | `{kind}` | {parameters} | {level} | {} |", rule.code, rule.name, rule.basis);
    }
    if let Some(scoring) = &spec.scoring {
        text.push_str("\n## 评分\n\n| 参数 | 值 |\n|---|---|\n");
        let grades: Vec<String> =
            scoring.grades.iter().map(|grade| format!("{} ≥ {}", grade.name, short(grade.from))).collect();
        let _ = writeln!(text, "| `grades` | {} |", grades.join("，"));
        for (name, value) in written["scoring"]["rules"].as_object().into_iter().flatten() {
            let _ = writeln!(text, "| `{name}` | {} |", namer.value(value));
        }
    }
    text
}

struct Namer<'a> {
    template: &'a Template,
    layout: &'a Layout<'a>,
}

impl Namer<'_> {
    /// 本年 and 上年 in place of the years of one draft.
    fn years(&self, text: &str) -> String {
        let year = self.layout.submission.year;
        text.replace(&format!("{year}年"), "本年").replace(&format!("{}年", year - 1), "上年")
    }

    fn cell(&self, key: &str) -> String {
        self.years(&self.layout.label_with_sheet(key))
    }

    /// The kind of a rule and its parameters.
    fn rule(&self, kind: &Value) -> (String, String) {
        match kind {
            Value::Object(table) => {
                let (kind, parameters) = table.iter().next().expect("a kind");
                let block = parameters.get("block").and_then(Value::as_str).and_then(|id| self.template.block(id));
                let parameters = parameters.as_object().into_iter().flatten().filter(|(name, _)| *name != "block");
                let said: Vec<String> =
                    parameters.map(|(name, value)| format!("`{name}` {}", self.value_in(value, block))).collect();
                (kind.clone(), said.join("；"))
            }
            kind => (kind.as_str().unwrap_or_default().to_owned(), String::new()),
        }
    }

    fn value(&self, value: &Value) -> String {
        self.value_in(value, None)
    }

    /// Cells, groups and what stands in the block by their names, everything else as it stands in the template.
    fn value_in(&self, value: &Value, block: Option<&BlockSpec>) -> String {
        match value {
            Value::String(text) => self.name_in(text, block).unwrap_or_else(|| text.clone()),
            Value::Array(items) => items.iter().map(|item| self.value_in(item, block)).collect::<Vec<_>>().join(" / "),
            Value::Object(table) => {
                // A line of spending, with its whole in brackets.
                if let Some(row) = table.get("row") {
                    let within = table.get("within").filter(|within| !within.is_null());
                    let within = within.map(|whole| format!("（属{}）", self.value_in(whole, block)));
                    return self.value_in(row, block) + &within.unwrap_or_default();
                }
                let said = table.iter().map(|(name, value)| format!("{name} {}", self.value_in(value, block)));
                format!("（{}）", said.collect::<Vec<_>>().join("，"))
            }
            other => other.to_string(),
        }
    }

    fn name_in(&self, text: &str, block: Option<&BlockSpec>) -> Option<String> {
        let heading = |label: &str| self.years(&plain(&self.layout.heading(label)));
        if self.layout.find(text).is_some() {
            return Some(self.cell(text));
        }
        let place = self.template.group(text);
        let group = place.map(|place| &self.template.spec().blocks[place.block].rows[place.row]);
        let row = || block?.rows.iter().find(|row| row.id.as_deref() == Some(text));
        if let Some(row) = group.or_else(row) {
            return Some(row.name.clone().unwrap_or_else(|| heading(&row.label)));
        }
        let column = block?.columns.iter().find(|column| column.id == text)?;
        Some(heading(&column.label))
    }
}

// ---- messages

fn records() -> impl Iterator<Item = &'static FindingWords> {
    findings::CATALOGUE.iter().chain(scoring::CATALOGUE)
}

fn messages() -> String {
    let mut codes: BTreeMap<&str, BTreeSet<(Level, String)>> = BTreeMap::new();
    let mut todos: BTreeMap<&str, BTreeMap<Level, Words>> = BTreeMap::new();
    let shipped = |id: &str| gouji::BUILT_IN_TEMPLATES.iter().any(|known| known.id == id);
    each_case(|template, _, evaluation| {
        for finding in evaluation.findings.iter().filter(|_| shipped(&template.spec().id)) {
            codes.entry(findings::of(&finding.fact).id).or_default().insert((finding.level, finding.code.clone()));
            let todo = findings::todo(&finding.fact, finding.level);
            todos.entry(findings::of(&finding.fact).id).or_default().insert(finding.level, todo);
        }
    });
    let mut text = String::from(
        "# Messages\n\n<!-- Generated by tests/generated_docs.rs. -->\n\nEvery sentence about a finding. Levels and codes are those \
         that the golden cases of the shipped templates show; a template may give other ones.\n",
    );
    for record in records().chain(gouji::words::text::CATALOGUE) {
        let _ = write!(text, "\n## `{}`\n\n", record.id);
        if let Some(codes) = codes.get(record.id) {
            let said: Vec<String> =
                codes.iter().map(|(level, code)| format!("{code} {}", page::level(*level).zh)).collect();
            let _ = writeln!(text, "{}\n", said.join("、"));
        }
        text.push_str("| | 中文 | English |\n|---|---|---|\n");
        let mut row = |what: &str, words: Words| {
            let _ = writeln!(text, "| {what} | {} | {} |", words.zh, words.en);
        };
        row("what", record.what);
        row("evidence", record.evidence);
        match todos.get(record.id).filter(|of_levels| of_levels.values().any(|todo| *todo != record.todo)) {
            None => row("to do", record.todo),
            // What to do about a relation follows its level.
            Some(of_levels) => {
                of_levels.iter().for_each(|(of, todo)| row(&format!("to do, {}", page::level(*of).zh), *todo));
            }
        }
    }
    text.push_str("\n## Why a text is no number\n\n`{why}` and `{advice}` of `unreadable`.\n\n");
    text.push_str("| | 中文 | English |\n|---|---|---|\n");
    for (unreadable, [why, advice]) in unreadable::catalogue() {
        let reason = serde_json::to_value(&unreadable).expect("a reason is JSON")["reason"].clone();
        let reason = reason.as_str().expect("a reason has a name").to_owned();
        let _ = writeln!(text, "| {reason} | {} {} | {} {} |", why.zh, advice.zh, why.en, advice.en);
    }
    text
}

/// Evaluates every golden case at its stage.
fn each_case(mut with: impl FnMut(&Template, &Submission, &Evaluation)) {
    let templates = templates();
    for (id, folder) in case_folders() {
        let template = &templates[&id];
        let case = read_case(template, &folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        with(template, &case.submission, &evaluate(template, &case.submission, case.spec.stage.stage()));
    }
}

#[test]
fn ids_of_messages_are_unique() {
    let all = || records().chain(gouji::words::text::CATALOGUE);
    let ids: BTreeSet<&str> = all().map(|record| record.id).collect();
    assert_eq!(ids.len(), all().count());
}

#[test]
fn both_languages_say_the_same_things() {
    let same = |words: Words| {
        let of = |text| slots(text).into_iter().collect::<BTreeSet<&str>>();
        of(words.zh) == of(words.en)
    };
    for record in records().chain(gouji::words::text::CATALOGUE) {
        for words in [record.what, record.evidence, record.todo] {
            assert!(same(words), "{}: {words:?}", record.id);
        }
    }
}

#[test]
fn every_finding_is_told_in_whole_sentences() {
    each_case(|template, submission, evaluation| {
        let layout = Layout::of(template, submission);
        for finding in &evaluation.findings {
            for language in [Language::Chinese, Language::English] {
                let said = explain(finding, &layout, language);
                for sentence in [&said.what, &said.evidence, &said.todo] {
                    let end = if language == Language::Chinese { '。' } else { '.' };
                    assert!(sentence.trim().ends_with(end), "{} {sentence}", finding.code);
                    for slip in ["{", "}", "。。", "..", "；。", "，。", "、。", "：。", "  ", "＝ 。", "（）", "“”"]
                    {
                        assert!(!sentence.contains(slip), "{} has “{slip}”: {sentence}", finding.code);
                    }
                    // A comma within a figure parts thousands and has no space behind it.
                    let half_width = sentence.contains([';', '?', ':']) || sentence.contains(", ");
                    assert!(language == Language::English || !half_width, "half-width marks: {sentence}");
                }
            }
        }
    });
}

#[test]
fn every_message_is_said_by_some_case() {
    let mut said: BTreeSet<&str> = BTreeSet::new();
    each_case(|_, _, evaluation| said.extend(evaluation.findings.iter().map(|finding| findings::of(&finding.fact).id)));
    let silent: Vec<&str> = records().map(|record| record.id).filter(|id| !said.contains(id)).collect();
    assert!(silent.is_empty(), "no golden case says {silent:?}");
}
