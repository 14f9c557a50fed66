//! Tables of the form whose amounts are in 元: brought to 万元 to the last place, and only where the table says so.

use gouji::engine::amount::{Measure, format_grouped};
use gouji::engine::layout::Layout;
use gouji::engine::reading::{Certainty, Link, Reading, Source, Target, compare, read};
use gouji::engine::submission::Submission;
use gouji::engine::template::Template;
use gouji::render::material_html;
use gouji::words::Language;
use rust_decimal::Decimal;

const DOCUMENT: &str = include_str!("documents/lusong-2024.txt");

fn template() -> Template {
    gouji::built_in_template("zhuzhou-department").expect("the built-in template is sound")
}

fn reading(text: &str) -> Reading {
    let template = template();
    let blank = Submission::blank(&template, "units");
    read(&Layout::of(&template, &blank), text)
}

/// Cell, text, certainty, and whether it was converted.
fn said(text: &str) -> Vec<(String, String, Certainty, bool)> {
    let link = |link: Link| match link.cells.as_slice() {
        [Target::Cell(key)] => (key.clone(), link.text, link.certainty, link.converted),
        other => panic!("one printed cell: {other:?}"),
    };
    reading(text).links.into_iter().map(link).collect()
}

#[track_caller]
fn says(text: &str, expected: &[(&str, &str, Certainty, bool)]) {
    let expected: Vec<_> = expected.iter().map(|(a, b, c, d)| ((*a).to_owned(), (*b).to_owned(), *c, *d)).collect();
    assert_eq!(said(text), expected, "{text}");
}

const TITLE: &str = "2024年度部门（单位）整体支出绩效评价基础数据表";
const CERTAIN: Certainty = Certainty::Certain;

#[test]
fn a_line_about_the_table_says_its_unit() {
    let rows = "经费控制情况\t2023年决算数\t2024年预算数\t2024年决算数\n公用经费\t251,000.00\t204600\t310,300.07\n";
    let staff = "财政供养人员情况（人）\t编制数\t2024年实际在职人数\t控制率\n\t14\t14\t100%\n";
    let expected = [
        ("staff.all.quota", "14", CERTAIN, false),
        ("staff.all.actual", "14", CERTAIN, false),
        ("staff.all.rate", "100%", CERTAIN, false),
        ("funds.public.prior", "25.1", CERTAIN, true),
        ("funds.public.budget", "20.46", CERTAIN, true),
        ("funds.public.final", "31.030007", CERTAIN, true),
    ];
    for (above, below) in [
        ("", "单位：元\n"),
        ("", "填报单位：元江街道\t\t单位：元\n"),
        ("", "（单位：人民币元）\n"),
        ("", "金额单位：元\n"),
        ("单位：元\n", ""),
        ("附件2\n单位：人、元\n", ""),
        ("", "单位: 元\n\n"),
    ] {
        says(&format!("{above}{TITLE}\n{below}{staff}{rows}"), &expected);
    }
    says(&format!("{TITLE}（单位：元）\n{staff}{rows}"), &expected);
}

#[test]
fn a_heading_says_the_unit_of_its_block() {
    let text = format!(
        "{TITLE}\n经费控制情况（元）\t2023年决算数\t2024年预算数\t2024年决算数\n公用经费\t251000\t\t310300\n\
         楼堂馆所控制情况（2024年完工项目）\t批复规模（㎡）\t实际规模（㎡）\t规模控制率\t预算投资（万元）\t实际投资（万元）\t投资概算控制率\n"
    );
    says(&text, &[("funds.public.prior", "25.1", CERTAIN, true), ("funds.public.final", "31.03", CERTAIN, true)]);
    // The income is under the heading of the block that it is joined to.
    let text = "2024年度部门（单位）整体支出绩效自评表\n年度预算申请（元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n\
                \t年度资金总额\t4,767,400\t6,420,100\t6,420,100\t10\t100%\t10\n\
                \t按收入性质分：6,420,100\t按支出性质分：6,420,100\n\t其中：一般公共预算：5,982,500\t其中：基本支出：2,606,500\n";
    let mut expected = vec![
        ("totals.all.opening", "476.74", CERTAIN, true),
        ("totals.all.adjusted", "642.01", CERTAIN, true),
        ("totals.all.executed", "642.01", CERTAIN, true),
        ("totals.all.weight", "10", CERTAIN, false),
        ("totals.all.rate", "100%", CERTAIN, false),
        ("totals.all.score", "10", CERTAIN, false),
    ];
    expected.extend([
        ("income.total.amount", "642.01", CERTAIN, true),
        ("use.total.amount", "642.01", CERTAIN, true),
        ("income.general.amount", "598.25", CERTAIN, true),
        ("use.basic.amount", "260.65", CERTAIN, true),
    ]);
    says(text, &expected);
}

#[test]
fn a_line_and_a_heading_that_differ_leave_a_doubt() {
    let rows = "2023年决算数\t2024年预算数\t2024年决算数\n公用经费\t25.1\t20.46\t31.03\n";
    let likely = |text: &'static str, column: &'static str| (column, text, Certainty::Likely, false);
    says(
        &format!("{TITLE}\n单位：元\n经费控制情况（万元）\t{rows}"),
        &[
            likely("25.1", "funds.public.prior"),
            likely("20.46", "funds.public.budget"),
            likely("31.03", "funds.public.final"),
        ],
    );
}

#[test]
fn nothing_is_converted_that_does_not_say_so() {
    let rows = "经费控制情况\t2023年决算数\t2024年预算数\t2024年决算数\n公用经费\t25.1\t20.46\t31.03万元\n";
    let plain = [
        ("funds.public.prior", "25.1", CERTAIN, false),
        ("funds.public.budget", "20.46", CERTAIN, false),
        ("funds.public.final", "31.03万元", CERTAIN, false),
    ];
    for below in ["", "单位：万元\n", "填报单位：元\u{200b}江街道\n", "单位：人\n", "单位：元素研究所\n"]
    {
        says(&format!("{TITLE}\n{below}{rows}"), &plain);
    }
    // An amount that carries its unit is in that.
    let [(_, first, ..), _, (last, text, ..)] =
        said(&format!("{TITLE}\n单位：元\n{rows}")).try_into().expect("three cells");
    assert_eq!((first.as_str(), last.as_str(), text.as_str()), ("0.00251", "funds.public.final", "31.03万元"));
}

#[test]
fn the_card_of_a_converted_figure_says_so() {
    let template = template();
    let blank = Submission::blank(&template, "units");
    let layout = Layout::of(&template, &blank);
    let html = |heading: &str| {
        let text = format!(
            "{TITLE}\n经费控制情况（{heading}）\t2023年决算数\t2024年预算数\t2024年决算数\n公用经费\t\t\t310300\n"
        );
        let reading = read(&layout, &text);
        let standing = compare(&layout, &reading);
        material_html(&layout, &text, &reading, &standing, Language::Chinese)
    };
    assert!(html("元").contains("原文以“元”为单位，已换算"));
    assert!(!html("万元").contains("换算"));
}

/// The sample's document, its two tables in 元: the same figures.
#[test]
fn a_document_in_yuan_says_what_the_one_in_wan_says() {
    let template = template();
    let blank = Submission::blank(&template, "units");
    let layout = Layout::of(&template, &blank);
    let money = |link: &&Link| {
        let column = match &link.cells[0] {
            Target::Cell(key) => key.rsplit('.').next().unwrap_or_default(),
            Target::Row { column, .. } => column,
        };
        let amounts = ["prior", "budget", "final", "opening", "adjusted", "executed", "amount"];
        link.from == Source::Table && link.value.is_some() && amounts.contains(&column)
    };
    let wan = read(&layout, DOCUMENT);
    let mut text = DOCUMENT.to_owned();
    for link in wan.links.iter().filter(money).collect::<Vec<_>>().into_iter().rev() {
        let value = link.value.expect("an amount") * Decimal::from(10_000);
        text.replace_range(link.at.clone(), &format_grouped(value, 2));
    }
    let tables = text.find("经费控制情况（万元）").expect("the table");
    let text = text[..tables].to_owned() + &text[tables..].replace("（万元）", "（元）");
    let yuan = read(&layout, &text);
    let all = |reading: &Reading| -> Vec<_> {
        let link =
            |link: &Link| (link.cells.clone(), link.value.map(|value| value.normalize()), link.certainty, link.from);
        reading.links.iter().map(link).collect()
    };
    assert_eq!(all(&yuan), all(&wan));
    assert_eq!(yuan.links.iter().filter(|link| link.converted).count(), wan.links.iter().filter(money).count());
    assert!(wan.links.iter().all(|link| !link.converted));
    // What would be entered is read as that value.
    for link in yuan.links.iter().filter(|link| link.converted) {
        let entry = gouji::engine::amount::read_amount(&link.text, Measure::Money);
        assert!(matches!(entry, gouji::engine::amount::Entry::Number(amount) if Some(amount.value) == link.value));
    }
}
