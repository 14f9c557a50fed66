//! What the page shows of a text that was read: the table of its figures, what each is made of, and what was left unread.

use gouji::engine::layout::Layout;
use gouji::engine::reading::{compare, read};
use gouji::engine::submission::Submission;
use gouji::engine::template::Template;
use gouji::render::summary_html;
use gouji::words::Language;

const DOCUMENT: &str = include_str!("documents/lusong-2024.txt");
const LEDGER: &str = "\
2024年度基本支出决算表
单位：元
科目编码\t科目名称\t决算数
30101\t基本工资\t950,000.00
30201\t办公费\t55,900.00
30205\t水费\t950.50
30211\t差旅费\t12,200.00
30215\t会议费\t
30217\t公务接待费\t2,600.00
31002\t办公设备购置\t9,000.00
合计\t\t1,030,650.50
";

fn template() -> Template {
    gouji::built_in_template("zhuzhou-department").expect("the built-in template is sound")
}

fn summary(filing: &Submission, text: &str, language: Language) -> String {
    let template = template();
    let layout = Layout::of(&template, filing);
    let reading = read(&layout, text);
    summary_html(&layout, text, &reading, &compare(&layout, &reading), language)
}

/// The text of each cell of each row of the table, without its headings.
fn rows(html: &str) -> Vec<Vec<String>> {
    let table = html.split_once("<table>").and_then(|(_, rest)| rest.split_once("</table>")).expect("a table").0;
    let words = |cell: &str| {
        let pieces = cell.split('<').skip(1).map(|piece| piece.split_once('>').expect("an element").1);
        let said: String = pieces.collect::<Vec<_>>().join(" ");
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let row = |row: &str| row.split("<td").skip(1).map(|cell| words(&["<td", cell].concat())).collect();
    table.split("<tr>").skip(2).map(row).collect()
}

#[test]
fn each_figure_that_is_not_in_the_form_is_a_row_with_what_it_is_made_of() {
    let template = template();
    let mut filing = Submission::blank(&template, "material");
    filing.cells.insert("funds.office.final".to_owned(), "5.95".to_owned());
    filing.cells.insert("funds.reception.final".to_owned(), "0.26".to_owned());
    let html = summary(&filing, LEDGER, Language::Chinese);
    let yuan = "原文以“元”为单位，已换算";
    let parts =
        "30201 办公费 55,900.00 元 + 30205 水费 950.50 元 + 30211 差旅费 12,200.00 元 + 30217 公务接待费 2,600.00 元";
    // 55900 + 950.50 + 12200 + 2600 = 71650.50, of which the class has no line.
    assert_eq!(
        rows(&html),
        [
            vec![
                "基础数据表 公用经费·2024年决算数".to_owned(),
                format!("7.16505 {parts} · {yuan}"),
                String::new(),
                "新填 · 很可能".to_owned(),
                "采用".to_owned()
            ],
            vec![
                "基础数据表 办公经费·2024年决算数".to_owned(),
                format!("5.59 30201 办公费 55,900.00 元 · {yuan}"),
                "5.95".to_owned(),
                "将覆盖 · 确定".to_owned(),
                "采用".to_owned()
            ],
            vec![
                "基础数据表 水费、电费、差旅费·2024年决算数".to_owned(),
                format!("1.31505 30205 水费 950.50 元 + 30211 差旅费 12,200.00 元 · {yuan}"),
                String::new(),
                "新填 · 确定".to_owned(),
                "采用".to_owned()
            ],
        ]
    );
    assert!(html.contains("data-action=\"go-to\" data-on=\"funds.office.final\""), "{html}");
    assert!(
        html.contains("<details class=\"figures\" data-part=\"read-figures\" open=\"open\"><summary>识别结果（3 项）")
    );
    let english = summary(&filing, LEDGER, Language::English);
    assert_eq!(rows(&english)[1][1], "5.59 30201 办公费 55,900.00 yuan · in yuan in the text; converted");
}

#[test]
fn lines_of_tables_whose_figures_went_nowhere_are_told() {
    let blank = Submission::blank(&template(), "material");
    let html = summary(&blank, LEDGER, Language::Chinese);
    let told = "表中另有 3 行数没有对应到本表，未读入：“30101 基本工资 950,000.00”“31002 办公设备购置 9,000.00”“合计 1,030,650.50”</p>";
    assert!(html.contains(told), "{html}");
    // A line without an amount, and one that numbers the columns, have nothing to be read.
    let numbered = LEDGER.replace("30101\t", "栏次\t1\t2\t3\n30101\t");
    assert!(summary(&blank, &numbered, Language::Chinese).contains("表中另有 3 行"));
    // In a table of the form, a row that it does not have.
    let table = "2024年度部门整体支出绩效评价基础数据表\n经费控制情况（万元）\t2023年决算数\t2024年预算数\t2024年决算数\n\
                 公用经费\t25.1\t20.46\t31.03\n其中：办公经费\t7.47\t3\t5.59\n编外人员经费\t8.5\t9\t10\n";
    let html = summary(&blank, table, Language::Chinese);
    assert!(html.contains("表中另有 1 行数没有对应到本表，未读入：“编外人员经费 8.5 9 10”"), "{html}");
    // Of the sample's document every figure is understood.
    assert!(!summary(&blank, DOCUMENT, Language::Chinese).contains("unread-lines"));
}

#[test]
fn a_long_table_is_closed_and_says_a_figure_once() {
    let blank = Submission::blank(&template(), "material");
    let html = summary(&blank, DOCUMENT, Language::Chinese);
    assert!(html.contains("<details class=\"figures\" data-part=\"read-figures\"><summary>识别结果（"), "{html}");
    let rows = rows(&html);
    let public = rows.iter().filter(|row| row[0] == "基础数据表 公用经费·2024年决算数");
    assert_eq!(public.count(), 1, "the table and the report both say it");
}

#[test]
fn a_figure_that_may_be_one_of_several_is_offered_as_each() {
    let blank = Submission::blank(&template(), "material");
    let text = "2024年度部门整体支出绩效评价基础数据表\n经费控制情况\n办公经费\n3\n5.59";
    let html = summary(&blank, text, Language::Chinese);
    let rows = rows(&html);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0][3], "待选定 · 有几种可能");
    assert_eq!(rows[0][4], "作为“基础数据表 办公经费·2023年决算数”采用 作为“基础数据表 办公经费·2024年预算数”采用");
}

#[test]
fn what_was_pasted_cannot_become_an_element() {
    let blank = Submission::blank(&template(), "material");
    let text = LEDGER.replace("水费", "水费<b>").replace("基本工资", "<script>\u{202e}");
    let html = summary(&blank, &text, Language::Chinese);
    assert!(html.contains("30205 水费&lt;b&gt; 950.50 元") && html.contains("&lt;script&gt;"), "{html}");
    assert!(!html.contains("<script>") && !html.contains('\u{202e}'));
}

#[test]
fn a_text_without_a_figure_has_no_table() {
    let blank = Submission::blank(&template(), "material");
    let html = summary(&blank, "没有数字。", Language::Chinese);
    assert!(!html.contains("<table>") && html.contains("没有读到本表的数"));
}
