//! Literal rows for each kind of rule: what is told, and the near misses that must say nothing.

mod documents;
mod figures;
mod turned;
mod words;

use crate::engine::layout::Layout;
use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::engine::text::review::{mended, review};
use crate::engine::text::{MATERIAL, TextFact, TextFinding, check, masked, passages_of};
use crate::words::Language;
use crate::words::text::{CATALOGUE, explain_text, of};

fn template() -> Template {
    crate::built_in_template("zhuzhou-department").expect("a built-in template")
}

/// A filing of 2024 of a unit with a long name, two points of whose score were cut.
fn filing(template: &Template) -> Submission {
    let mut filing = Submission::blank(template, "test");
    for (key, text) in [
        ("unit.all.name", "中国共产党株洲市芦淞区委员会宣传部"),
        ("indicators.total.weight", "100"),
        ("indicators.total.score", "98"),
    ] {
        filing.cells.insert(key.to_owned(), text.to_owned());
    }
    filing
}

fn findings(template: &Template, filing: &Submission) -> Vec<TextFinding> {
    check(template, filing, &passages_of(&Layout::of(template, filing)))
}

/// What is told of a text as pasted material.
fn of_material(text: &str) -> Vec<TextFinding> {
    let template = template();
    let mut filing = filing(&template);
    filing.report.insert(MATERIAL.to_owned(), text.to_owned());
    findings(&template, &filing)
}

/// What is told of a text in a cell.
fn of_cell(key: &str, text: &str) -> Vec<TextFinding> {
    let template = template();
    let mut filing = filing(&template);
    filing.cells.insert(key.to_owned(), text.to_owned());
    findings(&template, &filing)
}

/// A finding in a few characters: its place as typed, and what is told of it.
fn short(finding: &TextFinding) -> String {
    match &finding.fact {
        TextFact::Typo { wrong, right, times } => format!("{wrong}→{right} {times}"),
        TextFact::Repeated { characters, others } => format!("{characters} {}", others.len()),
        TextFact::Placeholder { text } => text.clone(),
        TextFact::CountDiffers { stated, listed, .. } => format!("{stated}≠{listed}"),
        TextFact::DocumentNumber { text, slip } => format!("{text} {slip:?}"),
        TextFact::Date { text, slip } => {
            format!("{text} {}", format!("{slip:?}").split(' ').next().expect("a name"))
        }
        TextFact::StaleYear { found, times, .. } => format!("{found} {times}"),
        TextFact::FilingDate { found, expected } => format!("{found}≠{expected}"),
        TextFact::UnitSlip { written, should } => format!("{written}→{should}"),
        TextFact::UnitName { times, forms, .. } => {
            let forms: Vec<String> = forms
                .iter()
                .map(|form| format!("{}{}{}", form.text, if form.slip { "!" } else { "" }, form.times))
                .collect();
            format!("{times} {}", forms.join(" "))
        }
        TextFact::PersonalData { masked, times, .. } => format!("{masked} {times}"),
        TextFact::Telephone { times } | TextFact::Turned { times } => format!("{times}"),
        TextFact::NoProblems { text, .. } => text.clone(),
    }
}

/// Each text yields one finding, of this code, and it is this.
#[track_caller]
fn all_told(code: &str, rows: &[(&str, &str)]) {
    assert!(rows.len() >= 8, "eight at least");
    for (text, expected) in rows {
        let found = of_material(text);
        let said: Vec<String> = found.iter().map(|finding| format!("{} {}", finding.code, short(finding))).collect();
        assert_eq!(said, [format!("{code} {expected}")], "{text}");
    }
}

/// None of these texts yields anything, of whatever code.
#[track_caller]
fn all_silent(texts: &[&str]) {
    assert!(texts.len() >= 12, "twelve at least");
    for text in texts {
        let found = of_material(text);
        let said: Vec<String> = found.iter().map(|finding| format!("{} {}", finding.code, short(finding))).collect();
        assert!(said.is_empty(), "{text}: {said:?}");
    }
}

fn sample() -> (Template, Submission) {
    let template = template();
    let (_, text) = crate::SAMPLES[0];
    let sample = crate::exchange::json::read(text, &template).expect("the sample can be read");
    (template, sample)
}

#[test]
fn cells_of_the_sample_have_its_slips_and_nothing_else() {
    let (template, sample) = sample();
    let said: Vec<String> = findings(&template, &sample)
        .iter()
        .map(|finding| format!("{} {}", finding.cells.join(" "), short(finding)))
        .collect();
    assert_eq!(
        said,
        [
            "prose.work.text 1469 1",
            "foot.phone.text 1",
            "indicators.r10.name 品片→品牌 1",
            "indicators.r11.name 形像→形象 1",
            "indicators.r15.reason 夸年度→跨年度 1",
            "prose.duties.text 知道→指导 2",
        ]
    );
}

#[test]
fn what_was_taken_from_the_material_is_said_once() {
    let (template, mut sample) = sample();
    let alone = review(&Layout::of(&template, &sample)).len();
    sample.report.insert(MATERIAL.to_owned(), include_str!("../../../tests/documents/lusong-2024.txt").to_owned());
    let said = review(&Layout::of(&template, &sample));
    let codes: Vec<&str> = said.iter().map(|(finding, _)| finding.code.as_str()).collect();
    // 截止 stands in a sentence that the form writes by itself, in its own words, and the unit's name in the document.
    assert_eq!(said.len(), alone + 2, "{codes:?}");
    assert_eq!(codes.iter().filter(|code| **code == "W02").count(), 1);
}

#[test]
fn a_slip_is_mended_and_personal_data_are_masked() {
    let (template, mut sample) = sample();
    sample.cells.insert("prose.problems.text".to_owned(), "联系人电话13812345678，截止2024年12月有欠款。".to_owned());
    let layout = Layout::of(&template, &sample);
    let said = review(&layout);
    let of_cell = said.iter().filter(|(finding, _)| finding.cells == ["prose.problems.text"]);
    let mut mended: Vec<String> =
        of_cell.filter_map(|(finding, _)| mended(finding, &layout)).map(|(_, text)| text).collect();
    mended.sort();
    assert_eq!(
        mended,
        ["联系人电话138****5678，截止2024年12月有欠款。", "联系人电话13812345678，截至2024年12月有欠款。"]
    );
}

#[test]
fn the_sample_and_its_document_have_their_slips_and_nothing_else() {
    let template = template();
    let tables = include_str!("../../../tests/cases/zhuzhou-department/lusong-2024/submission.json");
    let mut sample = crate::exchange::json::read(tables, &template).expect("the tables of the sample can be read");
    let document = include_str!("../../../tests/documents/lusong-2024.txt");
    sample.report.insert(MATERIAL.to_owned(), document.to_owned());
    let said: Vec<String> =
        findings(&template, &sample).iter().map(|finding| format!("{} {}", finding.code, short(finding))).collect();
    assert_eq!(
        said,
        [
            "W02 1469 1",
            "W12 1",
            "W01 品片→品牌 1",
            "W01 形像→形象 1",
            "W01 夸年度→跨年度 1",
            "W01 知道→指导 2",
            "W01 截止→截至 1",
            "W10 4 芦淞区委员会宣传部3",
        ]
    );
}

#[test]
fn a_slip_in_a_cell_and_in_its_document_is_one() {
    let (template, mut sample) = sample();
    sample.report.insert(MATERIAL.to_owned(), "因资金紧张部分款项夸年度支付。".to_owned());
    let found = findings(&template, &sample);
    let slips: Vec<String> = found.iter().map(short).filter(|said| said.starts_with('夸')).collect();
    assert_eq!(slips, ["夸年度→跨年度 1"]);
}

#[test]
fn cells_of_words_are_read_and_then_the_material() {
    let (template, mut sample) = sample();
    sample.report.insert(MATERIAL.to_owned(), "材料".to_owned());
    let layout = Layout::of(&template, &sample);
    let passages = passages_of(&layout);
    let texts: Vec<&str> = passages.iter().map(|passage| passage.text).collect();
    assert!(
        texts.contains(&"12次") && texts.contains(&"中心组学习") && texts.contains(&"因资金紧张部分款项夸年度支付。")
    );
    assert!(!texts.contains(&"642.01") && !texts.iter().any(|text| text.is_empty()));
    assert_eq!(texts.last(), Some(&"材料"));
}

#[test]
fn a_rule_that_is_removed_says_nothing() {
    let text = include_str!("../../../templates/zhuzhou-department.toml");
    let without = text.replace("code = \"W01\"", "code = \"X01\"").replace("is = \"date\"", "is = \"unit_name\"");
    let template = crate::exchange::template_toml::read(&without).expect("a sound template");
    let mut filing = Submission::blank(&template, "test");
    filing.report.insert(MATERIAL.to_owned(), "截止2024年2月31日，夸年度支付。".to_owned());
    let codes: Vec<String> = findings(&template, &filing).into_iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["X01", "X01"]);
}

/// Every record is said in whole sentences, with every slot filled.
#[test]
fn every_remark_is_told_in_whole_sentences() {
    let long =
        "全年组织学习活动十二次，开展宣讲五十余场，覆盖机关、企业、学校和村，群众反映良好，媒体多次报道；".repeat(2);
    let (template, mut filing) = sample();
    filing.cells.insert("foot.filled_on.text".to_owned(), "2024.10.10".to_owned());
    let texts = [
        format!("2022年度部门整体支出绩效自评报告\n{long}\n{long}\n截止2024年2月30日，夸年度，夸年度。2024年13月，202012月31日。"),
        "内设机构3个：办公室、\u{202e}人事股。\n芦发〔20216〕5号，芦发〔2024]6号，芦发〔2024〕号。收入3.6元，支出3.6万元。（此处填写内容）".to_owned(),
        "芦淞区委员会宣传部和中国共产党株洲市芦凇区委员会宣传部。\n联系人13800138000，证号430204199003070037。电话：22880000\n七、存在的问题及原因分析\n无。".to_owned(),
    ];
    filing.report.insert(MATERIAL.to_owned(), texts.join("\n"));
    let layout = Layout::of(&template, &filing);
    let found = findings(&template, &filing);
    for finding in &found {
        for language in [Language::Chinese, Language::English] {
            let said = explain_text(finding, &layout, language);
            for sentence in [&said.what, &said.evidence, &said.todo] {
                let end = if language == Language::Chinese { '。' } else { '.' };
                assert!(sentence.ends_with(end), "{sentence}");
                for slip in ["{", "}", "。。", "..", "，。", "、。", "：。", "  ", "“”"] {
                    assert!(!sentence.contains(slip), "“{slip}” in {sentence}");
                }
            }
        }
    }
    let silent: Vec<&str> = CATALOGUE
        .iter()
        .map(|record| record.id)
        .filter(|id| found.iter().all(|finding| of(&finding.fact).id != *id))
        .collect();
    assert!(silent.is_empty(), "nothing says {silent:?}: {found:#?}");
}

#[test]
fn places_are_bytes_of_the_text_as_typed() {
    let text = "概况：\n　　因资金 紧张，款项 夸 年 度 支付。";
    let found = of_material(text);
    let [finding] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(&text[finding.at.clone()], "夸 年 度");
    assert_eq!(finding.excerpt, "因资金紧张，款项夸年度支付。");
}

#[test]
fn personal_data_stand_in_no_excerpt() {
    let text = "联系人张某，手机13800138000，年底前完成，截止2024年12月31日。";
    let found = of_material(text);
    assert!(!format!("{found:?}").contains("13800138000"), "{found:#?}");
    assert_eq!(masked(text, &found), "联系人张某，手机138****8000，年底前完成，截止2024年12月31日。");
    assert_eq!(masked(text, &[]), text);
}

/// A megabyte of anything takes a sixth of a second at most; here a piece of one, without optimisation.
#[test]
fn work_is_bounded() {
    let mixed = include_str!("../../../tests/cases/zhuzhou-department/lusong-2024/submission.json");
    for piece in [
        "。",
        "1",
        "a",
        "，、：（",
        "内设机构3个：",
        "元",
        "1元，",
        "\n",
        "夸年度",
        "芦淞区",
        "…",
        "〔2024",
        "13800138000 ",
        "X",
        mixed,
    ] {
        let text = piece.repeat(120_000 / piece.len());
        let begun = std::time::Instant::now();
        let found = of_material(&text);
        let seconds = begun.elapsed().as_secs();
        assert!(seconds < 5, "{piece}: {seconds} s, {} findings", found.len());
    }
}
