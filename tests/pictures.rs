//! 图表: what the pictures show is what was filed, written beside the bars and once more as a table; a blank is no zero.

mod support;

use gouji::engine::evaluation::Stage;
use gouji::engine::submission::Submission;
use gouji::engine::template::Template;
use gouji::render::pictures_html;
use gouji::words::Language;
use support::drawing::{attributes, is_well_formed, words_of};
use support::sample;

fn template() -> Template {
    gouji::built_in_template("zhuzhou-department").expect("it is built in")
}

fn drawn(filing: &Submission) -> String {
    pictures_html(&template(), filing, Stage::Draft, Language::Chinese)
}

/// One picture: what is drawn, what is told below it, its table.
fn picture(html: &str, name: &str) -> [String; 3] {
    let begin = html.find(&format!("<figure data-picture=\"{name}\"")).unwrap_or_else(|| panic!("{name}: {html}"));
    let figure = html[begin..].split_once("</figure>").expect("it ends").0;
    let (_, drawn) = figure.split_once("<svg").expect("it is drawn");
    let (svg, rest) = drawn.split_once("</svg>").expect("it ends");
    let (told, table) = rest.split_once("<details").expect("it has a table");
    let svg = ["<svg", svg].concat();
    [svg.as_str(), told, table].map(words_of)
}

#[track_caller]
fn says(text: &str, pieces: &[&str]) {
    for piece in pieces {
        assert!(text.contains(piece), "{piece}\n{text}");
    }
}

/// 598.25 ÷ 642.01 = 93.18 %, 16 ÷ 642.01 = 2.49 %, 27.76 ÷ 642.01 = 4.32 %; 260.65 ÷ 642.01 = 40.60 %.
#[test]
fn funds_are_shown_by_source_and_by_use() {
    let [svg, told, table] = picture(&drawn(&sample(&[])), "funds");
    says(&table, &["按收入性质分合计 642.01", "一般公共预算 598.25 93.18%", "政府性基金拨款 16.00 2.49%"]);
    says(&table, &["其他资金 27.76 4.32%", "纳入专户管理的非税收入拨款 未填", "基本支出 260.65 40.60%"]);
    says(&svg, &["① 一般公共预算", "598.25 93.18%", "④ 其他资金", "② 项目支出", "381.36 59.40%"]);
    assert_eq!(told, "", "both wholes are filled and agree with their parts");
}

/// 381.36 ÷ 278.40 = 136.98 %, 31.03 ÷ 20.46 = 151.66 %; 业务工作经费 had no budget.
#[test]
fn budget_stands_beside_spending() {
    let [svg, told, table] = picture(&drawn(&sample(&[])), "spending");
    says(&table, &["三公经费 0.60 0.60 100.00%", "项目支出 278.40 381.36 136.98%", "公用经费 20.46 31.03 151.66%"]);
    says(&table, &["意识形态专项资金 278.40 337.60 121.26%", "业务工作经费 未填 43.76"]);
    says(&svg, &["预算 执行", "136.98%"]);
    says(&told, &["未填：业务工作经费·2024年预算数。空白没有画成零。"]);
    assert!(!table.contains("出国经费"), "nothing is known of it");
}

/// (31.03 − 25.10) ÷ 25.10 = 23.63 %; (1.22 − 3.28) ÷ 3.28 = −62.80 %.
#[test]
fn last_year_stands_beside_this_year_where_both_are_known() {
    let [_, told, table] = picture(&drawn(&sample(&[])), "years");
    says(&table, &["公用经费 25.10 31.03 +23.63%", "水费、电费、差旅费 3.28 1.22 -62.80%"]);
    assert!(!table.contains("业务工作经费") && told.is_empty(), "last year it had nothing: {table}");
}

/// 产出 5+5+5+5+10+10, 效益 4 × 5, 满意度 10, 成本 17 of 20, 执行率 10: 97.
#[test]
fn points_are_shown_by_part() {
    let [svg, told, table] = picture(&drawn(&sample(&[])), "points");
    says(
        &table,
        &["预算执行率 10 10", "产出指标 40 40", "效益指标 20 20", "满意度指标 10 10", "成本指标 17 20", "总分 97 100"],
    );
    says(&svg, &["成本指标 17 / 20"]);
    assert_eq!(told, "");
    let [svg, told, _] = picture(&drawn(&sample(&[("indicators.r15.score", "")])), "points");
    says(&told, &["还有 1 项未填得分。"]);
    says(&svg, &["成本指标 未填 / 20"]);
}

#[test]
fn progress_counts_cells_by_section() {
    let [svg, _, table] = picture(&drawn(&Submission::blank(&template(), "a")), "progress");
    // Of the totals only the points are preset.
    says(&table, &["基础数据表 财政供养人员情况（人） 0 3", "自评表 年度预算申请（万元） 1 6"]);
    says(&svg, &["0 / 3", "1 / 6"]);
}

/// 642.01 − 100 − 381.36 = 160.65.
#[test]
fn wrong_sum_is_drawn_as_it_is_and_told() {
    let html = drawn(&sample(&[("use.basic.amount", "100")]));
    assert!(words_of(&html).contains("有数不符（见审核结果），图按已填的数画。"), "{html}");
    let [svg, _, table] = picture(&html, "funds");
    says(&table, &["各项之和少 160.65"]);
    says(&svg, &["各项之和少 160.65", "100.00 15.58%"]);
}

#[test]
fn blank_form_has_only_what_every_form_has() {
    let html = drawn(&Submission::blank(&template(), "a"));
    assert_eq!(attributes(&html, "data-picture"), ["points", "progress"]);
    let [svg, ..] = picture(&html, "points");
    says(&svg, &["总分 未填 / 100"]);
}

/// Each figure of a drawing stands in its table, every bar leads to a cell, and nothing needs a style in an element.
#[test]
fn drawing_and_table_say_the_same() {
    let mut filings = vec![sample(&[]), sample(&[("use.basic.amount", "-5"), ("funds.public.final", "三十一")])];
    filings.push(sample(&[("funds.projects.final", "99999999999.99"), ("income.fund.amount", "——")]));
    for filing in filings {
        for language in [Language::Chinese, Language::English] {
            let html = pictures_html(&template(), &filing, Stage::Final, language);
            is_well_formed(&html);
            assert!(!html.contains("style=") && !html.contains("NaN"));
            let names = attributes(&html, "data-picture");
            assert_eq!(names, ["funds", "spending", "years", "points", "progress"]);
            for name in names {
                let [svg, _, table] = picture(&html, &name);
                let is_figure = |word: &&str| word.chars().any(|c| c.is_ascii_digit()) && word.is_ascii();
                for word in svg.split_whitespace().filter(is_figure) {
                    assert!(table.contains(word), "{name}: {word} of {svg}\n{table}");
                }
            }
        }
    }
}

#[test]
fn other_forms_have_the_pictures_that_their_templates_say() {
    let of = |id: &str, case: &str| {
        let template = gouji::built_in_template(id).expect("it is built in");
        let folder = support::root().join("tests/cases").join(id).join(case);
        let text = std::fs::read_to_string(folder.join("submission.json")).expect("the case is there");
        let filing = gouji::exchange::json::read(&text, &template).expect("it can be read");
        attributes(&pictures_html(&template, &filing, Stage::Final, Language::Chinese), "data-picture")
    };
    assert_eq!(of("hunan-base-2018", "sound"), ["spending", "years", "progress"]);
    assert_eq!(of("project-expenditure", "tangxi-2022"), ["funds", "spending", "points", "progress"]);
}
