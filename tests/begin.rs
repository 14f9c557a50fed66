//! A filing begun from last year's: golden cases (`tests/begin`), what holds for any filing, and what the box tells of it.

mod support;

use std::collections::BTreeMap;
use std::fs;

use gouji::engine::begin::{Begun, Counts, begin};
use gouji::engine::edit::Edit;
use gouji::engine::submission::Submission;
use gouji::engine::template::Template;
use gouji::exchange::{json, text};
use gouji::render::begin::{From, begin_html};
use serde::Deserialize;
use support::root;

const SOURCE: &str = "上年.docx";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    about: String,
    indicators: usize,
    points: usize,
    names: usize,
    words: usize,
    targets: usize,
    texts: usize,
    carried: usize,
    figures: usize,
    cleared: usize,
    notes: usize,
}

fn filing(case: &str, name: &str) -> (Template, Submission) {
    let path = root().join("tests/begin").join(case).join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let id = json::template_of(&text).expect("the filing names its form");
    let template = gouji::built_in_template(&id).expect("the form is built in");
    let submission = json::read(&text, &template).unwrap_or_else(|refusal| panic!("{case}/{name}: {refusal:?}"));
    (template, submission)
}

fn check(case: &str) {
    let (template, before) = filing(case, "before.json");
    let (_, expected) = filing(case, "after.json");
    let counts = fs::read_to_string(root().join("tests/begin").join(case).join("counts.toml")).expect("the counts");
    let told: Told = toml::from_str(&counts).expect("the counts are sound");
    let Begun { submission, counts } = begin(&template, &before, SOURCE);
    let expected = Submission { program: submission.program.clone(), template: template.stamp(), ..expected };
    assert_eq!(submission, expected, "{}", told.about);
    let expected = Counts {
        indicators: told.indicators,
        points: told.points,
        names: told.names,
        words: told.words,
        targets: told.targets,
        texts: told.texts,
        carried: told.carried,
        figures: told.figures,
        cleared: told.cleared,
        notes: told.notes,
    };
    assert_eq!(counts, expected, "{}", told.about);
    assert_eq!(json::read(&json::write(&submission), &template), Ok(submission), "it can be kept and opened");
}

#[test]
fn a_department_begins_its_next_year() {
    check("department");
}

#[test]
fn a_form_without_figures_of_last_year_carries_none() {
    check("project");
}

#[test]
fn a_form_without_points_keeps_its_rows() {
    check("base");
}

#[test]
fn every_case_is_run() {
    let folders = fs::read_dir(root().join("tests/begin")).expect("the folder").filter_map(|entry| {
        let path = entry.expect("an entry").path();
        path.is_dir().then(|| support::stem(&path))
    });
    let mut folders: Vec<String> = folders.collect();
    folders.sort();
    assert_eq!(folders, ["base", "department", "project"]);
}

/// The published filing of 2024: nothing of its year's figures stands in 2025, but those of 附件2 as last year's.
#[test]
fn no_figure_of_the_old_year_is_one_of_the_new() {
    let (id, sample) = gouji::SAMPLES[0];
    let template = gouji::built_in_template(id).expect("built in");
    let before = json::read(sample, &template).expect("the sample is sound");
    let Begun { submission, counts } = begin(&template, &before, SOURCE);
    let layout = gouji::engine::layout::Layout::of(&template, &submission);
    let mut figures: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for field in layout.fields() {
        if field.column.kind.measure().is_some() && !submission.text(&field.key).is_empty() {
            figures.entry(&field.column.id).or_default().push(field.key.clone());
        }
    }
    assert_eq!(figures.keys().copied().collect::<Vec<_>>(), ["prior", "weight"]);
    // 附件2 of 2024 has eight figures in its column 2024年决算数 that 2025 wants: 政府采购 and 预算调整 are none of them.
    let prior: Vec<&str> = figures["prior"].iter().map(String::as_str).collect();
    let expected =
        ["three_public", "reception", "projects", "operations", "r2", "public", "office", "utilities_travel"];
    assert_eq!(prior, expected.map(|row| format!("funds.{row}.prior")));
    assert_eq!(submission.text("funds.public.prior"), "31.03");
    assert_eq!(counts.carried, 8);
    // Of fourteen rows two are called 无.
    assert_eq!((counts.indicators, counts.targets), (14, 12));
    let filled = before.cells.len();
    let Counts { indicators, points, names, words, targets, texts, carried, figures, cleared, .. } = counts;
    assert_eq!(indicators + points + names + words + targets + texts + carried + figures + cleared, filled);
}

#[test]
fn what_is_typed_over_a_kept_text_is_not_last_years_any_more() {
    let (template, before) = filing("department", "before.json");
    let mut after = begin(&template, &before, SOURCE).submission;
    let key = "indicators.r4.target";
    assert!(after.is_of_last_year(key));
    assert!(!after.is_of_last_year("indicators.r4.name"));
    assert!(!after.is_of_last_year("funds.r2.prior"));
    let edit = Edit::cell(&after, key, "≥10次");
    edit.apply(&mut after);
    assert!(!after.is_of_last_year(key));
    edit.inverted().apply(&mut after);
    assert!(after.is_of_last_year(key), "undo brings the mark back");
    // The same text may be right for this year, too.
    Edit::sources(&after, &[key], "").apply(&mut after);
    assert!(!after.is_of_last_year(key));
    assert_eq!(after.text(key), "≥12次");
}

/// A file that is no filing of this program: what the reader finds in it.
#[test]
fn a_report_as_text_begins_the_next_year_too() {
    let document = include_str!("documents/lusong-2024.txt");
    let template = gouji::built_in_template("zhuzhou-department").expect("built in");
    let (before, _) = text::read(&template, document).expect("it is a filing");
    let Begun { submission, counts } = begin(&template, &before, "lusong.txt");
    assert_eq!(submission.year, 2025);
    assert_eq!(submission.text("funds.public.prior"), "31.03");
    assert_eq!(submission.text("funds.public.final"), "");
    assert_eq!(counts.indicators, 14);
    let names: Vec<&String> = submission
        .cells
        .iter()
        .filter(|(key, _)| key.starts_with("indicators.r") && key.ends_with(".name"))
        .map(|(_, name)| name)
        .collect();
    assert!(names.iter().any(|name| *name == "中心组学习"), "{names:?}");
    assert_eq!(submission.report.get("material"), None, "the old text is no material of the new year");
}

#[test]
fn the_box_tells_in_both_languages_what_stays_and_what_goes() {
    let (template, before) = filing("department", "before.json");
    let begun = begin(&template, &before, SOURCE);
    let html = begin_html(&template, &before, &begun, (SOURCE, From::Filing));
    for said in [
        "<h2>从上年自评材料开始：2025年度</h2>",
        "依据 上年.docx（2024年度某某局）",
        "<li>保留：指标 2 个，分值 5 个，专项、项目名称 3 个，单位名称、填表人等 3 处。</li>",
        "<li>保留并标“上年”，待更新：年度指标值 1 个，文字 3 段。文字里的年份和数字不会自动改。</li>",
        "<li>转为上年数：数 4 个，填在“2024年决算数”一列。</li>",
        "<li>清空：金额、人数、得分等数 19 个，实际完成值、偏差原因等 8 处，审核说明 1 条。</li>",
        "Begin 2025 from last year",
        "data-action=\"begin\" data-on=\"2025\"",
    ] {
        assert!(html.contains(said), "{said}\n{html}");
    }
    assert!(!html.contains("没有认出"));
    let (template, before) = filing("project", "before.json");
    let begun =
        begin(&template, &Submission { groups: BTreeMap::new(), cells: BTreeMap::new(), ..before.clone() }, SOURCE);
    let html = begin_html(&template, &before, &begun, (SOURCE, From::Text { has_year: true }));
    assert!(html.contains("没有认出绩效指标"), "{html}");
    assert!(!html.contains("没有认出年度"), "{html}");
    let html = begin_html(&template, &before, &begun, (SOURCE, From::Text { has_year: false }));
    assert!(html.contains("没有认出年度，按 2022 年度算"), "{html}");
    assert!(!html.contains("<li>"), "nothing is said of what there is none of: {html}");
    assert!(!html.contains("没有认出可作上年数的数"), "this form has none");
}
