//! The report as it is written from a filing: compared with what a person would write by the template's sentences.

mod support;

use std::fs;

use gouji::engine::layout::Layout;
use gouji::engine::report::{Blanks, Paragraph, Run, plain_text, write};
use gouji::engine::submission::Submission;
use gouji::engine::template::Template;
use gouji::exchange::json;
use support::{root, template};

fn form() -> Template {
    template(&root().join("templates/zhuzhou-department.toml"))
}

fn filing(form: &Template, name: &str) -> Submission {
    let file = root().join("tests/cases/zhuzhou-department").join(name).join("submission.json");
    json::read(&fs::read_to_string(file).expect("a file"), form).expect("a filing of the form")
}

/// The filing `balanced-report` with some cells typed otherwise; an empty text clears the cell.
fn with(form: &Template, cells: &[(&str, &str)]) -> Submission {
    let mut filing = filing(form, "balanced-report");
    for (key, text) in cells {
        filing.cells.insert((*key).to_owned(), (*text).to_owned());
    }
    filing
}

fn on_paper(form: &Template, filing: &Submission) -> String {
    plain_text(&write(&Layout::of(form, filing), Blanks::Dropped))
}

/// The lines of the section that this heading begins, up to the next one on paper that begins with `until`.
fn section<'t>(text: &'t str, heading: &str, until: &str) -> Vec<&'t str> {
    let lines = text.lines().skip_while(|line| *line != heading);
    lines.skip(1).take_while(|line| !line.starts_with(until)).collect()
}

const PEOPLE: [&str; 2] = ["（三）人员情况", "二、"];
const GENERAL: [&str; 2] = ["二、一般公共预算支出情况", "三、"];
const FUND: [&str; 2] = ["三、政府性基金预算支出情况", "四、"];
const RESULTS: [&str; 2] = ["六、资金使用及绩效情况（包含单位管理的公共专项）", "七、"];

#[track_caller]
fn check(cells: &[(&str, &str)], [heading, until]: [&str; 2], expected: &[&str]) {
    let form = form();
    let text = on_paper(&form, &with(&form, cells));
    assert_eq!(section(&text, heading, until), expected, "\n{text}");
}

/// The sentence with this beginning, of the whole report.
#[track_caller]
fn check_sentence(cells: &[(&str, &str)], begins: &str, expected: &str) {
    let form = form();
    let text = on_paper(&form, &with(&form, cells));
    let found = text.lines().find(|line| line.starts_with(begins));
    assert_eq!(found, Some(expected), "\n{text}");
}

#[test]
fn the_real_filing_writes_its_report_line_by_line() {
    let form = form();
    let written = on_paper(&form, &filing(&form, "lusong-2024-report"));
    let due = fs::read_to_string(root().join("tests/report/lusong-2024.txt")).expect("a text");
    for (at, (written, due)) in written.lines().zip(due.lines()).enumerate() {
        assert_eq!(written, due, "line {}", at + 1);
    }
    assert_eq!(written.lines().count(), due.lines().count());
}

#[test]
fn a_filing_without_a_report_has_headings_alone() {
    let form = form();
    let text = on_paper(&form, &Submission::blank(&form, "blank"));
    let due = "2024年度整体支出绩效自评报告\n一、部门（单位）基本情况\n二、一般公共预算支出情况\n\
               三、政府性基金预算支出情况\n无。\n四、国有资本经营预算支出情况\n无。\n五、社会保险基金预算支出情况\n无。\n\
               六、资金使用及绩效情况（包含单位管理的公共专项）\n七、存在的问题及原因分析\n八、下一步改进措施\n\
               九、部门整体支出绩效自评结果拟应用和公开情况\n";
    assert_eq!(text, due);
}

#[test]
fn a_form_without_a_report_writes_none() {
    let form = template(&root().join("templates/hunan-base-2018.toml"));
    let filing = Submission::blank(&form, "blank");
    assert_eq!(write(&Layout::of(&form, &filing), Blanks::Kept), vec![]);
}

#[test]
fn a_fund_without_figures_is_none() {
    let blank = ["income", "carried_in", "spending", "basic", "project", "carried_out"];
    let cells: Vec<(String, &str)> = blank.iter().map(|row| (format!("fund.{row}.amount"), " ")).collect();
    let cells: Vec<(&str, &str)> = cells.iter().map(|(key, text)| (key.as_str(), *text)).collect();
    check(&cells, FUND, &["无。"]);
}

#[test]
fn optional_pieces_are_dropped_with_their_figures() {
    check(&[], PEOPLE, &["截至2024年12月，编制数20人，共有人员25人，其中在职职工19人，聘用人员4人，离退休人员2人。"]);
    check(
        &[("staff.all.quota", ""), ("people.hired.count", ""), ("people.retired.count", "\u{3000}")],
        PEOPLE,
        &["截至2024年12月，共有人员25人，其中在职职工19人。"],
    );
    check_sentence(
        &[],
        "3.2024年度“三公”",
        "3.2024年度“三公”经费财政拨款支出5.5万元，其中公务用车购置和维护经费3.8万元，公车购置0万元，公车运行维护3.8万元，\
         出国经费0万元，公务接待1.7万元。",
    );
    check_sentence(
        &[
            ("funds.vehicles.final", ""),
            ("funds.vehicle_purchase.final", ""),
            ("funds.vehicle_upkeep.final", ""),
            ("funds.abroad.final", ""),
            ("funds.reception.final", ""),
        ],
        "3.2024年度“三公”",
        "3.2024年度“三公”经费财政拨款支出5.5万元。",
    );
}

/// 其中基本支出万元 says nothing: the clause goes, and what is left is a sentence.
#[test]
fn a_blank_figure_takes_its_clause_along() {
    check(
        &[("general.spending.amount", ""), ("general.basic.amount", " ")],
        GENERAL,
        &[
            "（一）基本支出情况",
            "1.2024年预算资金186万元。",
            "2.2024年度单位一般公共预算财政拨款收入275万元，年初结转和结余5万元。",
            "3.项目支出100万元，人员经费149万元，公用经费31万元；年末结转和结余0万元。",
            "（二）项目支出情况",
            "1.业务工作支出60万元。",
            "2.信息化建设支出40万元。",
        ],
    );
    for (blank, begins, expected) in [
        ("people.total.count", "截至", "截至2024年12月，编制数20人，在职职工19人，聘用人员4人，离退休人员2人。"),
        (
            "general.personnel.amount",
            "3.2024年度单位",
            "3.2024年度单位一般公共预算财政拨款支出280万元，其中：项目支出100万元，基本支出180万元，\
             其中：公用经费31万元；年末结转和结余0万元。",
        ),
        (
            "general.project.amount",
            "3.2024年度单位",
            "3.2024年度单位一般公共预算财政拨款支出280万元，其中：基本支出180万元，\
             其中：人员经费149万元，公用经费31万元；年末结转和结余0万元。",
        ),
        (
            "funds.three_public.final",
            "3.公务用车",
            "3.公务用车购置和维护经费3.8万元，公车购置0万元，公车运行维护3.8万元，出国经费0万元，公务接待1.7万元。",
        ),
        ("opinions.satisfied.share", "经反馈", "经反馈，基本满意占5%，不满意占2%。"),
        (
            "pooled.left.amount",
            "1.年初预算项目",
            "1.年初预算项目业务工作经费金额80万元，信息化建设经费金额44万元，年中执行调增6万元，调减10万元，\
             实际支出120万元。项目实施及绩效情况如下：",
        ),
        (
            "openings.r19.amount",
            "1.年初预算项目",
            "1.年初预算项目信息化建设经费金额44万元，年中执行调增6万元，调减10万元，实际支出120万元，结余结转0万元。\
             项目实施及绩效情况如下：",
        ),
    ] {
        check_sentence(&[(blank, "")], begins, expected);
    }
    check_sentence(
        &[("openings.r19.amount", ""), ("openings.r20.amount", "")],
        "1.年中",
        "1.年中执行调增6万元，调减10万元，实际支出120万元，结余结转0万元。项目实施及绩效情况如下：",
    );
}

#[test]
fn a_subheading_with_nothing_under_it_is_dropped() {
    check(
        &[("report_lines.r17.amount", ""), ("report_lines.r18.amount", ""), ("prose.scope.text", "")],
        GENERAL,
        &[
            "（一）基本支出情况",
            "1.2024年预算资金186万元。",
            "2.2024年度单位一般公共预算财政拨款收入275万元，年初结转和结余5万元。",
            "3.2024年度单位一般公共预算财政拨款支出280万元，其中：项目支出100万元，基本支出180万元，\
             其中：人员经费149万元，公用经费31万元；年末结转和结余0万元。",
        ],
    );
}

#[test]
fn rows_of_projects_are_numbered() {
    check(
        &[],
        GENERAL,
        &[
            "（一）基本支出情况",
            "1.2024年预算资金186万元。",
            "2.2024年度单位一般公共预算财政拨款收入275万元，年初结转和结余5万元。",
            "3.2024年度单位一般公共预算财政拨款支出280万元，其中：项目支出100万元，基本支出180万元，\
             其中：人员经费149万元，公用经费31万元；年末结转和结余0万元。",
            "（二）项目支出情况",
            "1.业务工作支出60万元。",
            "2.信息化建设支出40万元。",
        ],
    );
}

/// A row that a person added and left blank is no project, and leaves no gap in the numbers.
#[test]
fn blank_rows_are_neither_written_nor_counted() {
    check_sentence(
        &[("report_lines.r17.name", ""), ("report_lines.r17.amount", "")],
        "1.信息化",
        "1.信息化建设支出40万元。",
    );
    check_sentence(
        &[("openings.r19.name", " "), ("openings.r19.amount", "")],
        "1.年初预算项目",
        "1.年初预算项目信息化建设经费金额44万元，年中执行调增6万元，调减10万元，实际支出120万元，结余结转0万元。\
         项目实施及绩效情况如下：",
    );
}

#[test]
fn figures_are_written_in_plain_digits_of_the_forms_unit() {
    for (typed, written) in [
        ("３３７．６", "337.6"),
        ("337.60", "337.60"),
        ("3,376,000元", "337.6"),
        ("3376123.4元", "337.61234"),
        ("0.03376亿元", "337.6"),
        ("337.6万元", "337.6"),
        ("¥337.6", "337.6"),
        ("1,337.6", "1337.6"),
        (" 337.6 ", "337.6"),
        ("1000000元", "100"),
        ("0.00", "0.00"),
        ("——", "0"),
        ("无", "0"),
        // Not understood, and so not changed.
        ("约300", "约300"),
    ] {
        check_sentence(&[("report_lines.r17.amount", typed)], "1.业务工作", &format!("1.业务工作支出{written}万元。"));
    }
    check_sentence(
        &[("people.total.count", "２５人"), ("staff.all.actual", "19名")],
        "截至",
        "截至2024年12月，编制数20人，共有人员25人，其中在职职工19人，聘用人员4人，离退休人员2人。",
    );
    check_sentence(
        &[
            ("opinions.satisfied.share", "93"),
            ("opinions.basically.share", "5％"),
            ("opinions.unsatisfied.share", "2.0%"),
        ],
        "经反馈",
        "经反馈，社会各界对某某局履职情况满意占93%，基本满意占5%，不满意占2.0%。",
    );
}

#[test]
fn own_words_stand_as_they_were_written() {
    check(
        &[("prose.work.text", "第一段。\n第二段。\n"), ("prose.project_work.text", "")],
        RESULTS,
        &[
            "（一）整体支出绩效情况",
            "某某局的基本支出主要用于保障机构正常运转、完成日常工作，包括人员经费和公用经费等。2024年基本支出合计180万元。其中：",
            "1.工资福利支出140万元，对个人和家庭的补助9万元。",
            "2.商品和服务支出30万元，资本性支出1万元。",
            "3.2024年度“三公”经费财政拨款支出5.5万元，其中公务用车购置和维护经费3.8万元，公车购置0万元，公车运行维护3.8万元，\
             出国经费0万元，公务接待1.7万元。",
            "4.2024年项目工作经费共支出120万元，支出绩效情况如下：",
            "第一段。",
            "第二段。",
            "经反馈，社会各界对某某局履职情况满意占93%，基本满意占5%，不满意占2%。",
            "（二）项目支出绩效情况",
            "1.年初预算项目业务工作经费金额80万元，信息化建设经费金额44万元，年中执行调增6万元，调减10万元，\
             实际支出120万元，结余结转0万元。项目实施及绩效情况如下：",
        ],
    );
    check_sentence(&[("prose.scope.text", "口径说明一句。")], "口径", "口径说明一句。");
}

#[test]
fn year_of_the_filing_is_the_year_of_its_report() {
    let form = form();
    let mut filing = filing(&form, "balanced-report");
    filing.year = 2023;
    let text = on_paper(&form, &filing);
    assert!(text.starts_with("2023年度某某局整体支出绩效自评报告\n") && !text.contains("2024"), "{text}");
}

/// For the screen every cell of the report is there once it has a place, filled or not.
#[test]
fn blanks_are_kept_where_they_are_to_be_filled() {
    let form = form();
    let mut filing = Submission::blank(&form, "blank");
    let id = "r900".to_owned();
    filing
        .groups
        .entry("report_projects".to_owned())
        .or_default()
        .push(gouji::engine::submission::AddedRow { id: id.clone(), bound: None });
    let layout = Layout::of(&form, &filing);
    let written = write(&layout, Blanks::Kept);
    assert!(!written.iter().any(|paragraph| matches!(paragraph, Paragraph::Nothing(_))), "无。 is for paper");

    let mut keys: Vec<&str> = Vec::new();
    let mut ends: Vec<&str> = Vec::new();
    for paragraph in &written {
        match paragraph {
            Paragraph::Own { cell, text } => {
                assert_eq!(text, "");
                keys.push(cell);
            }
            Paragraph::EndOfRows(group) => ends.push(group),
            Paragraph::Sentence(runs) => runs.iter().for_each(|run| match run {
                Run::Cell { key, text } => {
                    assert_eq!(text, "");
                    keys.push(key);
                }
                Run::EndOfRows(group) => ends.push(group),
                Run::Words(_) | Run::Row { .. } => {}
            }),
            Paragraph::Heading { .. } | Paragraph::Nothing(_) => {}
        }
    }
    assert_eq!(ends, ["report_projects", "report_openings"], "rows may be added in both places");
    for field in layout.fields().iter().filter(|field| field.block.sheet == "report") {
        assert!(keys.contains(&field.key.as_str()), "{} has a place", field.key);
    }
    assert!(keys.contains(&"report_lines.r900.amount"));

    // The numbers of a sentence stand before it, for rows that are blank yet, too.
    let row = written.iter().find_map(|paragraph| match paragraph {
        Paragraph::Sentence(runs) if matches!(&runs[0], Run::Row { .. }) => Some(runs),
        _ => None,
    });
    assert_eq!(
        row,
        Some(&vec![
            Run::Row { group: "report_projects".to_owned(), id },
            Run::Words("1.".to_owned()),
            Run::Cell { key: "report_lines.r900.name".to_owned(), text: String::new() },
            Run::Words("支出".to_owned()),
            Run::Cell { key: "report_lines.r900.amount".to_owned(), text: String::new() },
            Run::Words("万元。".to_owned()),
        ])
    );
}
