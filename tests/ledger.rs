//! Sheets of the finance system: accounts by code are added up to the rows of the form, in 万元 and to the last place, and
//! whatever is no account stays out. Each sum is worked out by hand from the lines of its sheet.

use gouji::engine::layout::Layout;
use gouji::engine::reading::{Certainty, Link, Reading, Source, Standing, Target, adopt, certain, compare, read};
use gouji::engine::submission::Submission;
use gouji::engine::template::Template;

const CERTAIN: Certainty = Certainty::Certain;
const LIKELY: Certainty = Certainty::Likely;

fn template() -> Template {
    gouji::built_in_template("zhuzhou-department").expect("the built-in template is sound")
}

fn reading(text: &str) -> Reading {
    let template = template();
    let blank = Submission::blank(&template, "ledger");
    read(&Layout::of(&template, &blank), text)
}

/// Cell, text and certainty of each link of a ledger, in the form's order of rows.
fn figures(reading: &Reading) -> Vec<(String, &str, Certainty)> {
    let links = reading.links.iter().filter(|link| link.from == Source::Ledger);
    let mut found: Vec<_> = links.map(|link| (key(link), link.text.as_str(), link.certainty)).collect();
    found.sort();
    found
}

fn key(link: &Link) -> String {
    match link.cell() {
        Some(Target::Cell(key)) => key.strip_prefix("funds.").expect("a row of 附件2").to_owned(),
        other => panic!("a ledger states printed rows alone: {other:?}"),
    }
}

#[track_caller]
fn says(sheet: &str, expected: &[(&str, &str, Certainty)]) -> Reading {
    let reading = reading(sheet);
    let mut expected: Vec<_> = expected.iter().map(|(key, text, how)| ((*key).to_owned(), *text, *how)).collect();
    expected.sort();
    assert_eq!(figures(&reading), expected, "{sheet}");
    assert!(reading.links.iter().all(|link| link.from == Source::Ledger), "{sheet}");
    reading
}

/// The addends of a figure: code, name, amount as written.
fn addends<'r>(reading: &'r Reading, cell: &str) -> Vec<(&'r str, &'r str, &'r str)> {
    let link = reading.links.iter().find(|link| key(link) == cell).expect("the cell is stated");
    link.addends.iter().map(|part| (part.code.as_str(), part.name.as_str(), part.amount.as_str())).collect()
}

/// What the system prints: title, unit, headings, a line an account with its class above it, a sum.
const BASIC: &str = "\
2024年度基本支出明细表
单位：元
科目编码\t科目名称\t年初预算数\t调整预算数\t决算数
301\t工资福利支出\t1,600,000.00\t1,700,000.00\t1,700,000.00
30101\t基本工资\t900,000.00\t950,000.00\t950,000.00
302\t商品和服务支出\t300,000.00\t310,000.00\t301,300.00
30201\t办公费\t50,000.00\t60,000.00\t55,900.00
30202\t印刷费\t10,000.00\t10,000.00\t8,000.00
30205\t水费\t1,000.00\t1,000.00\t950.50
30206\t电费\t12,000.00\t12,000.00\t11,849.50
30211\t差旅费\t20,000.00\t20,000.00\t12,200.00
30215\t会议费\t\t\t
30216\t培训费\t5,000.00\t5,000.00\t4,300.00
30217\t公务接待费\t3,000.00\t3,000.00\t2,600.00
30231\t公务用车运行维护费\t0.00\t0.00\t0.00
合计\t\t1,900,000.00\t2,010,000.00\t2,001,300.00
";

#[test]
fn accounts_add_up_to_rows_and_yuan_become_wan_exactly() {
    let reading = says(
        BASIC,
        &[
            // The line of the class itself, and not its accounts once more.
            ("public.budget", "30", CERTAIN),
            ("public.final", "30.13", CERTAIN),
            ("office.budget", "5", CERTAIN),
            ("office.final", "5.59", CERTAIN),
            // 1000 + 12000 + 20000; 950.50 + 11849.50 + 12200 = 25000.
            ("utilities_travel.budget", "3.3", CERTAIN),
            ("utilities_travel.final", "2.5", CERTAIN),
            ("meetings_training.budget", "0.5", CERTAIN),
            ("meetings_training.final", "0.43", CERTAIN),
            // The three public expenses count projects, too, which this sheet does not have.
            ("reception.budget", "0.3", LIKELY),
            ("reception.final", "0.26", LIKELY),
            ("vehicle_upkeep.budget", "0", LIKELY),
            ("vehicle_upkeep.final", "0", LIKELY),
        ],
    );
    assert_eq!(reading.year, Some(2024));
    assert!(reading.links.iter().all(|link| link.converted));
    assert_eq!(
        addends(&reading, "utilities_travel.final"),
        [("30205", "水费", "950.50"), ("30206", "电费", "11,849.50"), ("30211", "差旅费", "12,200.00")]
    );
    assert_eq!(addends(&reading, "public.final"), [("302", "商品和服务支出", "301,300.00")]);
    for link in &reading.links {
        assert_eq!(link.at, link.addends[0].at, "a figure stands where its first addend does");
        for part in &link.addends {
            assert_eq!(&BASIC[part.at.clone()], part.amount);
        }
    }
}

#[test]
fn code_and_name_may_share_a_cell() {
    for cell in [
        "[30201]办公费",
        "30201 办公费",
        "30201办公费",
        "30201-办公费",
        "【30201】办公费",
        "302.01 办公费",
        "３０２０１　办公费",
        "［30201］办公费用",
    ] {
        says(
            &format!("基本支出决算明细表\t\n单位：元\n科目\t决算数\n{cell}\t55,900.00\n[30216]培训费\t4,300.00\n"),
            &[("office.final", "5.59", CERTAIN), ("meetings_training.final", "0.43", CERTAIN)],
        );
    }
}

#[test]
fn class_and_account_may_stand_in_two_columns() {
    // Excel drops the zero of 01; a class that is merged over its accounts stands once.
    let expected = [
        ("public.final", "7.08", CERTAIN),
        ("office.final", "5.59", CERTAIN),
        ("utilities_travel.final", "1.22", CERTAIN),
        ("reception.final", "0.26", LIKELY),
    ];
    let head = "2024年基本支出决算表\n单位：万元\n类\t款\t科目名称\t决算数\n";
    says(
        &format!(
            "{head}302\t\t商品和服务支出\t7.08\n302\t01\t办公费\t5.59\n302\t11\t差旅费\t1.22\n302\t17\t公务接待费\t0.26\n"
        ),
        &expected,
    );
    says(
        &format!(
            "{head}302\t\t商品和服务支出\t7.08\n302\t1\t办公费\t5.59\n\t11\t差旅费\t1.22\n\t17\t公务接待费\t0.26\n"
        ),
        &expected,
    );
}

#[test]
fn a_class_without_a_line_is_the_sum_of_its_accounts() {
    let reading = says(
        "基本支出\t\n单位：元\n经济科目\t支出数\n30201办公费\t100.01\n30202印刷费\t200.02\n30299其他商品和服务支出\t300.03\n30101基本工资\t9,000.00\n",
        // Whether these are all of them, the sheet does not say.
        &[("public.final", "0.060006", LIKELY), ("office.final", "0.010001", CERTAIN)],
    );
    assert_eq!(addends(&reading, "public.final").len(), 3);
}

#[test]
fn a_sheet_that_does_not_say_basic_spending_leaves_running_costs_likely() {
    let sheet = "2024年度支出明细表\n单位：元\n科目编码\t科目名称\t支出数\n\
                 302\t商品和服务支出\t500,000.00\n30201\t办公费\t55,900.00\n30217\t公务接待费\t2,600.00\n\
                 31013\t公务用车购置\t180,000.00\n30212\t因公出国（境）费\t0.00\n";
    says(
        sheet,
        &[
            ("public.final", "50", LIKELY),
            ("office.final", "5.59", LIKELY),
            ("reception.final", "0.26", CERTAIN),
            ("vehicle_purchase.final", "18", CERTAIN),
            ("abroad.final", "0", CERTAIN),
        ],
    );
}

#[test]
fn columns_of_basic_spending_and_projects_are_told_apart() {
    // As 决算 has it: a heading merged over three columns.
    let sheet = "支出决算明细表\t\t\t\t\n\t\t\t\t单位：万元\n\
                 科目编码\t科目名称\t决算数\t\t\n\t\t合计\t基本支出\t项目支出\n\
                 302\t商品和服务支出\t70.5\t30.13\t40.37\n30201\t办公费\t9.59\t5.59\t4\n30217\t公务接待费\t1.26\t0.26\t1\n";
    says(
        sheet,
        &[("public.final", "30.13", CERTAIN), ("office.final", "5.59", CERTAIN), ("reception.final", "1.26", CERTAIN)],
    );
    // Without a column for the whole, all of it is both.
    let sheet = "单位：万元\n科目编码\t科目名称\t基本支出决算数\t项目支出决算数\n30217\t公务接待费\t0.26\t1\n";
    let reading = says(sheet, &[("reception.final", "1.26", CERTAIN)]);
    assert_eq!(addends(&reading, "reception.final"), [("30217", "公务接待费", "0.26"), ("30217", "公务接待费", "1")]);
}

#[test]
fn lines_of_projects_stay_out_of_running_costs_and_duplicates_add_up() {
    // A line a project and 功能科目, as the system exports them; 2013301 is no account.
    let sheet = "单位：元\n功能科目\t经济分类\t项目类别\t项目名称\t年初预算\t实际支出\n\
                 2013301 行政运行\t30201 办公费\t基本支出\t日常公用\t30,000.00\t25,900.00\n\
                 2013302 一般行政管理事务\t30201 办公费\t项目支出\t外宣经费\t80,000.00\t70,000.00\n\
                 2013350 事业运行\t30201 办公费\t基本支出\t日常公用\t20,000.00\t30,000.00\n\
                 2013302 一般行政管理事务\t30217 公务接待费\t项目支出\t外宣经费\t1,000.00\t1,000.00\n\
                 2013301 行政运行\t30217 公务接待费\t基本支出\t日常公用\t2,000.00\t1,600.00\n";
    says(
        sheet,
        &[
            ("office.budget", "5", CERTAIN),
            ("office.final", "5.59", CERTAIN),
            ("reception.budget", "0.3", CERTAIN),
            ("reception.final", "0.26", CERTAIN),
        ],
    );
    // The same under lines that lead them in.
    let sheet = "单位：元\n科目\t支出数\n一、基本支出\t57,500.00\n30201办公费\t55,900.00\n30217公务接待费\t1,600.00\n\
                 二、项目支出\t71,000.00\n30201办公费\t70,000.00\n30217公务接待费\t1,000.00\n合计\t128,500.00\n";
    says(sheet, &[("office.final", "5.59", CERTAIN), ("reception.final", "0.26", CERTAIN)]);
}

#[test]
fn the_name_of_a_project_is_no_kind_of_spending() {
    let sheet = "单位：元\n项目名称\t科目\t支出数\n编外人员经费\t30201办公费\t70,000.00\n";
    says(sheet, &[("office.final", "7", LIKELY)]);
    let sheet = "单位：元\n项目名称\t项目类别\t科目\t支出数\n公用经费\t特定目标类\t30201办公费\t70,000.00\n";
    says(sheet, &[("office.final", "7", LIKELY)]);
    let sheet = "单位：元\n项目名称\t项目类别\t科目\t支出数\n编外人员经费\t特定目标类\t30201办公费\t70,000.00\n";
    says(sheet, &[]);
}

#[test]
fn codes_without_names_need_a_heading_that_says_what_they_are() {
    let sheet = |heading: &str| format!("单位：元\n项目\t{heading}\t支出数\n会议\t30215\t2,600.00\n接待\t30217\t300\n");
    says(&sheet("部门经济分类"), &[("meetings_training.final", "0.26", LIKELY), ("reception.final", "0.03", CERTAIN)]);
    says(&sheet("编号"), &[]);
}

#[test]
fn a_line_about_the_sheet_is_no_heading() {
    let sheet = "某局2024年基本支出预算执行情况\t\t\t单位：元\n科目编码\t科目名称\t年初预算数\t支出数\n\
                 30201\t办公费\t50,000.00\t55,900.00\n";
    says(sheet, &[("office.budget", "5", CERTAIN), ("office.final", "5.59", CERTAIN)]);
}

#[test]
fn the_sum_of_an_accounts_lines_is_not_added_to_them() {
    let sheet = "基本支出\t\n单位：元\n科目\t项目\t支出数\n30216培训费\t小计\t43,000.00\n30216培训费\t党训\t40,000.00\n30216培训费\t业务\t3,000.00\n";
    let reading = says(sheet, &[("meetings_training.final", "4.3", CERTAIN)]);
    assert_eq!(addends(&reading, "meetings_training.final").len(), 2);
}

#[test]
fn headings_tell_the_year_and_the_column() {
    let sheet = "基本支出表\n单位：万元\n科目编码\t科目名称\t2022年决算数\t2023年决算数\t2023年预算数\t2024年年初预算\t2024年全年预算数\t2024年预算执行数\t预算执行率\t结余\n\
                 30201\t办公费\t1\t2\t3\t4\t5\t6\t7\t8\n";
    let expected = [("office.prior", "2", CERTAIN), ("office.budget", "4", CERTAIN), ("office.final", "6", CERTAIN)];
    let public = [("public.prior", "2", CERTAIN), ("public.budget", "4", CERTAIN), ("public.final", "6", CERTAIN)];
    says(sheet, &expected);
    let sheet = "基本支出表\n单位：万元\n科目编码\t科目名称\t上年决算数\t本年预算数\t本年决算数\t比上年增减\n302\t商品和服务支出\t2\t4\t6\t4\n";
    says(sheet, &public);
}

#[test]
fn a_sheet_of_another_year_is_not_certain() {
    let reading =
        says("2022年度基本支出决算表\n单位：万元\n科目\t决算数\n30201办公费\t6\n", &[("office.final", "6", LIKELY)]);
    assert_eq!(reading.year, Some(2022));
}

#[test]
fn funds_that_are_a_part_do_not_stand_for_all() {
    let head = "单位：万元\n科目编码\t科目名称\t";
    let line = "30217\t公务接待费";
    // 一般公共预算 is no budget.
    says(
        &format!("{head}决算数\t\t\n\t\t合计\t一般公共预算\t政府性基金预算\n{line}\t3\t2\t1\n"),
        &[("reception.final", "3", CERTAIN)],
    );
    says(&format!("{head}一般公共预算财政拨款支出\n{line}\t2\n"), &[("reception.final", "2", LIKELY)]);
    // Two parts: which of them is not said.
    says(&format!("{head}一般公共预算支出\t政府性基金支出\n{line}\t2\t1\n"), &[]);
}

#[test]
fn a_column_without_a_telling_heading_is_likely_what_was_spent() {
    for sheet in [
        "单位：元\n30217\t公务接待费\t2,600.00\n",
        "单位：元\n科目\t名称\t金额\n30217\t公务接待费\t2,600.00\n",
        "单位：元\n序号\t科目\t名称\t金额\n1\t30217\t公务接待费\t2,600.00\n",
        "30217公务接待费\t金额\t2600元\n",
    ] {
        says(sheet, &[("reception.final", "0.26", LIKELY)]);
    }
    // The title has it.
    says("2024年部门预算明细表\n单位：元\n30217\t公务接待费\t2,600.00\n", &[("reception.budget", "0.26", LIKELY)]);
    // Two of them say nothing.
    says("单位：元\n科目\t名称\t甲\t乙\n30217\t公务接待费\t2,600.00\t2,700.00\n", &[]);
}

#[test]
fn a_unit_that_is_not_said_is_likely_the_one_of_such_amounts() {
    let sheet = |office: &str, training: &str| {
        format!("基本支出表\n科目编码\t科目名称\t决算数\n30201\t办公费\t{office}\n30216\t培训费\t{training}\n")
    };
    let expected = [("office.final", "5.59", LIKELY), ("meetings_training.final", "0.43", LIKELY)];
    says(&sheet("55,900.00", "4,300.00"), &expected);
    says(&sheet("5.59", "0.43"), &expected);
    // A heading says it for its column, and an amount for itself.
    let headed = sheet("55,900.00", "4,300.00").replace("决算数", "决算数（元）");
    let expected = [("office.final", "5.59", CERTAIN), ("meetings_training.final", "0.43", CERTAIN)];
    says(&headed, &expected);
    says(&sheet("5.59万元", "4,300.00").replace("决算数", "决算数（元）"), &expected);
}

#[test]
fn numbers_are_read_as_they_are_written_and_added_to_the_last_place() {
    for (amount, wan) in [
        ("５５，９００．００", "5.59"),
        ("55900", "5.59"),
        ("￥55,900.00", "5.59"),
        ("\"55,900.00\"", "5.59"),
        ("55,900.07", "5.590007"),
        ("(100.00)", "-0.01"),
        ("12,345,678.90", "1234.56789"),
    ] {
        let sheet = format!("单位：元\n科目\t支出数\n30217公务接待费\t{amount}\n");
        says(&sheet, &[("reception.final", wan, CERTAIN)]);
    }
    // Not applicable, blank and unreadable ones are no zero.
    for amount in ["——", "/", "", "见附件", "1,23"] {
        says(
            &format!("单位：元\n科目\t支出数\n30217公务接待费\t{amount}\n30212因公出国费用\t0\n"),
            &[("abroad.final", "0", CERTAIN)],
        );
    }
}

#[test]
fn a_wide_sheet_has_accounts_side_by_side() {
    // 财决公开06表.
    let sheet = "一般公共预算财政拨款基本支出决算明细表\t\t\t\t\t\t\t\t公开06表\n部门：某某中心\t\t\t\t\t\t\t\t金额单位：万元\n\
                 人员经费\t\t\t公用经费\t\t\t\t\t\n\
                 科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数\n\
                 301\t工资福利支出\t229.62\t302\t商品和服务支出\t30.13\t310\t资本性支出\t20\n\
                 30101\t基本工资\t90\t30201\t办公费\t5.59\t31002\t办公设备购置\t2\n\
                 30102\t津贴补贴\t60\t30211\t差旅费\t1.22\t31013\t公务用车购置\t18\n\
                 人员经费合计\t\t229.62\t公用经费合计\t\t\t\t\t50.13\n";
    says(
        sheet,
        &[
            ("public.final", "30.13", CERTAIN),
            ("office.final", "5.59", CERTAIN),
            ("utilities_travel.final", "1.22", CERTAIN),
            ("vehicle_purchase.final", "18", LIKELY),
        ],
    );
}

#[test]
fn what_is_no_account_is_not_read() {
    for distractor in [
        // Functions, projects, units, vouchers, amounts, years, phones.
        "科目编码\t科目名称\t决算数\n2013301\t行政运行\t2,060,000.00\n",
        "凭证号\t摘要\t支出\n30201\t付四月水电\t55,900.00\n30217\t购买电脑\t7,000.00\n",
        "单位编码\t单位名称\t支出\n302001\t某某局\t55,900.00\n30201\t某某中心\t900.00\n",
        "序号\t名称\t支出\n301\t打印机\t302.00\n302\t投影仪\t302.01\n",
        "项目\t2023年\t2024年\n办公费\t30201\t30217\n",
        "政府经济分类\t名称\t支出\n50201\t办公经费\t55,900.00\n",
        "30201 办公费 55,900.00\n",
        "30201\t办公费\n30217\t公务接待费\n",
        "3020101\t办公用品\t800.00\n",
    ] {
        says(&format!("单位：元\n{distractor}"), &[]);
    }
    // Accounts that are not listed stay out of the listed ones.
    says(
        "单位：元\n科目编码\t科目名称\t支出数\n30217\t公务接待费\t2,600.00\n30239\t其他交通费用\t9,000.00\n30217\t某某中心\t1.00\n31002\t办公设备购置\t5,000.00\n",
        &[("reception.final", "0.26", CERTAIN)],
    );
}

#[test]
fn printed_pages_of_one_sheet_are_one_sheet_and_two_sheets_are_two() {
    let head = "2024年度支出明细表\n单位：元\n科目编码\t科目名称\t支出数\n";
    let pages = format!("{head}30217\t公务接待费\t1,600.00\n\n{head}30217\t公务接待费\t1,000.00\n");
    says(&pages, &[("reception.final", "0.26", CERTAIN)]);
    let two = format!(
        "{}30201\t办公费\t55,900.00\n\n{}30201\t办公费\t70,000.00\n",
        head.replace("支出明细", "基本支出明细"),
        head.replace("支出明细", "项目支出明细")
    );
    says(&two, &[("office.final", "5.59", CERTAIN)]);
}

/// HTML and Word give a line a cell, with a tab before it.
#[test]
fn a_cell_a_line_says_the_same() {
    let rows = BASIC.lines().map(|row| match row.contains('\t') {
        true => row.split('\t').map(|cell| format!("\t{cell}\n")).collect::<String>() + "\n",
        false => format!("{row}\n"),
    });
    let flat: String = rows.collect();
    let (flat, lines) = (reading(&flat), reading(BASIC));
    assert_eq!(figures(&flat), figures(&lines));
    assert_eq!(figures(&flat).len(), 12);
}

#[test]
fn a_ledger_beside_a_table_and_a_report_leaves_them_as_they_are() {
    let document = include_str!("documents/lusong-2024.txt");
    let alone = reading(document);
    for both in [format!("{document}\n\n{BASIC}"), format!("{BASIC}\n\n{document}")] {
        let both = reading(&both);
        assert_eq!(figures(&both), figures(&reading(BASIC)));
        let others = both.links.iter().filter(|link| link.from != Source::Ledger);
        let texts = |link: &Link| (link.cells.clone(), link.text.clone(), link.certainty);
        assert_eq!(others.map(texts).collect::<Vec<_>>(), alone.links.iter().map(texts).collect::<Vec<_>>());
    }
}

#[test]
fn a_ledger_is_adopted_and_compared_like_any_text() {
    let template = template();
    let mut filing = Submission::blank(&template, "ledger");
    filing.cells.insert("funds.office.final".to_owned(), "5.95".to_owned());
    filing.cells.insert("funds.public.final".to_owned(), "30.130".to_owned());
    let reading = reading(BASIC);
    let standing = compare(&Layout::of(&template, &filing), &reading);
    let of = |cell: &str| standing[reading.links.iter().position(|link| key(link) == cell).expect("it is stated")];
    assert!(matches!(of("office.final"), Standing::Differs(_)));
    assert_eq!(of("public.final"), Standing::Same);
    assert_eq!(of("meetings_training.final"), Standing::New);
    let chosen = certain(&reading, &standing);
    adopt(&template, &mut filing.clone(), &reading, &chosen).apply(&mut filing);
    assert_eq!(filing.text("funds.utilities_travel.final"), "2.5");
    assert_eq!(filing.text("funds.office.final"), "5.95", "what was typed stays");
    assert_eq!(filing.text("funds.reception.final"), "", "what is only likely is not among the certain");
}

/// A form without a map of accounts reads none.
#[test]
fn a_form_without_accounts_reads_no_ledger() {
    let template = gouji::built_in_template("project-expenditure").expect("the built-in template is sound");
    let blank = Submission::blank(&template, "ledger");
    assert!(read(&Layout::of(&template, &blank), BASIC).links.is_empty());
}

#[test]
fn work_grows_with_the_length_of_a_ledger() {
    let head = "2024年度支出明细表\n单位：元\n科目编码\t科目名称\t支出数\n";
    for (begins, piece) in [
        (head, "30201\t办公费\t1.00\n"),
        (head, "30101\t基本工资\t1.00\n"),
        (head, "30201\t办公费\t1.00\n\n\n"),
        ("", "2024年度支出明细表\n单位：元\n科目编码\t科目名称\t支出数\n30201\t办公费\t1.00\n"),
        ("", "30201\t办公费\t1.00\n2023年支出表\n30201\t办公费\t1.00\n2024年支出表\n"),
        (head, "30201\t办公费\t"),
        ("", "\t30201\n\t办公费\n\t1.00\n"),
        (head, "302\t\t\t\t\t\n"),
        ("30201\t办公费\t1.00\n", "\n"),
        ("30201\t办公费\t1.00\n", "[\t"),
    ] {
        let text = [begins, &piece.repeat(200_000 / piece.len())].concat();
        let began = std::time::Instant::now();
        reading(&text);
        println!("{:>5} ms  {}", began.elapsed().as_millis(), piece.replace('\n', "⏎"));
        assert!(began.elapsed().as_secs() < 20, "{piece}");
    }
}
