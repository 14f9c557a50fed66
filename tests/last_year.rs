//! Last year's filing beside this year's form: only what the form says of last year is taken from it, rows by their names.

use std::collections::BTreeMap;

use gouji::engine::layout::Layout;
use gouji::engine::reading::{
    Certainty, Reading, Standing, Target, adopt, as_last_year, certain, compare, read, read_material,
};
use gouji::engine::submission::{AddedRow, LAST_YEAR, MATERIAL, MATERIAL_OF, Submission};
use gouji::engine::template::Template;
use gouji::engine::text::passages_of;
use gouji::render::{material_frame, summary_html};
use gouji::words::Language;

const DOCUMENT: &str = include_str!("documents/lusong-2024.txt");

fn template() -> Template {
    gouji::built_in_template("zhuzhou-department").expect("the built-in template is sound")
}

/// A filing whose material is last year's.
fn filing(template: &Template, year: i32) -> Submission {
    let mut filing = Submission { year, ..Submission::blank(template, "last-year") };
    filing.report.insert(MATERIAL_OF.to_owned(), LAST_YEAR.to_owned());
    filing
}

fn material(template: &Template, filing: &Submission, text: &str) -> Reading {
    read_material(&Layout::of(template, filing), text, &mut |_| {})
}

/// What a filing holds of last year after all that is certain was taken over.
fn adopted(template: &Template, filing: &mut Submission, text: &str) -> BTreeMap<String, String> {
    let reading = material(template, filing, text);
    let standing = compare(&Layout::of(template, filing), &reading);
    let chosen = certain(&reading, &standing);
    adopt(template, &mut filing.clone(), &reading, &chosen).apply(filing);
    filing.cells.iter().filter(|(key, _)| key.starts_with("funds.")).map(|(a, b)| (a.clone(), b.clone())).collect()
}

#[test]
fn last_years_final_figures_become_the_form_s_figures_of_last_year() {
    let template = template();
    let mut filing = filing(&template, 2025);
    let presets: Vec<String> = filing.cells.keys().cloned().collect();
    let held = adopted(&template, &mut filing, DOCUMENT);
    // 附件2 of 2024, its column 2024年决算数; 政府采购 and 基本支出预算调整 have no figure of last year. The fund's row is a
    // new one: blank rows are taken first, and `r2` is the blank row of 专项资金.
    let expected = [
        ("funds.three_public.prior", "0.6"),
        ("funds.reception.prior", "0.6"),
        ("funds.projects.prior", "381.36"),
        ("funds.operations.prior", "43.76"),
        ("funds.r2.name", "意识形态专项资金"),
        ("funds.r2.prior", "337.6"),
        ("funds.public.prior", "31.03"),
        ("funds.office.prior", "5.59"),
        ("funds.utilities_travel.prior", "1.22"),
    ];
    let expected: BTreeMap<String, String> = expected.map(|(a, b)| (a.to_owned(), b.to_owned())).into();
    assert_eq!(held, expected);
    let others = filing.cells.keys().filter(|key| !key.starts_with("funds.") && !presets.contains(key));
    assert_eq!(others.collect::<Vec<_>>(), Vec::<&String>::new(), "nothing else is entered");
    assert_eq!(filing.year, 2025);
}

#[test]
fn rows_that_people_added_are_matched_by_their_names() {
    let template = template();
    let mut filing = filing(&template, 2025);
    let row = |id: &str| AddedRow { id: id.to_owned(), bound: None };
    filing.groups.insert("earmarked_funds".to_owned(), vec![row("r90"), row("r91")]);
    filing.next_row = 100;
    filing.cells.insert("funds.r90.name".to_owned(), "乡村振兴专项资金".to_owned());
    filing.cells.insert("funds.r91.name".to_owned(), "意识形态专项资金 ".to_owned());
    let held = adopted(&template, &mut filing, DOCUMENT);
    assert_eq!(held.get("funds.r91.prior").map(String::as_str), Some("337.6"));
    assert_eq!(held.get("funds.r90.prior"), None);
    // A fund that this year's form does not have is a new row.
    filing.cells.insert("funds.r91.name".to_owned(), "其他资金".to_owned());
    filing.cells.remove("funds.r91.prior");
    let held = adopted(&template, &mut filing, DOCUMENT);
    assert_eq!(held.get("funds.r91.prior"), None);
    assert_eq!(held.get("funds.r100.name").map(String::as_str), Some("意识形态专项资金"));
    assert_eq!(held.get("funds.r100.prior").map(String::as_str), Some("337.6"));
}

#[test]
fn a_figure_of_last_year_that_the_form_has_otherwise_is_told() {
    let template = template();
    let mut filing = filing(&template, 2025);
    filing.cells.insert("funds.office.prior".to_owned(), "5.95".to_owned());
    filing.cells.insert("funds.projects.prior".to_owned(), "381.360".to_owned());
    let reading = material(&template, &filing, DOCUMENT);
    let standing = compare(&Layout::of(&template, &filing), &reading);
    let of = |key: &str| {
        let target = Target::Cell(key.to_owned());
        let at = reading.links.iter().position(|link| link.cell() == Some(&target)).expect("the cell is stated");
        standing[at]
    };
    assert!(matches!(of("funds.office.prior"), Standing::Differs(_)));
    assert_eq!(of("funds.projects.prior"), Standing::Same);
    assert_eq!(of("funds.public.prior"), Standing::New);
}

#[test]
fn what_may_have_been_another_column_is_only_likely() {
    let template = template();
    let filing = filing(&template, 2025);
    // Two figures for three columns: the first is of 2023 or the budget, the second the budget or what was spent.
    let text = "2024年度部门整体支出绩效评价基础数据表\n经费控制情况\n办公经费\n3\n5.59\n水费、电费、差旅费\n3.28\n0.5\n1.22\n";
    let reading = material(&template, &filing, text);
    let said: Vec<_> = reading.links.iter().map(|link| (link.cells.clone(), &*link.text, link.certainty)).collect();
    let cell = |key: &str| vec![Target::Cell(key.to_owned())];
    assert_eq!(
        said,
        [
            (cell("funds.office.prior"), "5.59", Certainty::Likely),
            (cell("funds.utilities_travel.prior"), "1.22", Certainty::Certain)
        ]
    );
}

#[test]
fn a_ledger_of_last_year_is_as_certain_as_one_of_this_year() {
    let template = template();
    let sheet = "2024年度基本支出决算表\n单位：元\n科目编码\t科目名称\t年初预算数\t决算数\n30201\t办公费\t30,000.00\t55,900.00\n";
    let reading = material(&template, &filing(&template, 2025), sheet);
    assert_eq!(reading.year, Some(2024));
    let [link] = reading.links.as_slice() else { panic!("{:?}", reading.links) };
    assert_eq!(link.cells, [Target::Cell("funds.office.prior".to_owned())]);
    assert_eq!((link.text.as_str(), link.certainty, link.addends.len()), ("5.59", Certainty::Certain, 1));
}

/// The year stays in the reading, so that a text of another year can be told.
#[test]
fn the_summary_says_how_the_text_is_read_and_of_which_year_it_is() {
    let template = template();
    let html = |year: i32, text: &str, language: Language| {
        let filing = filing(&template, year);
        let layout = Layout::of(&template, &filing);
        let reading = read_material(&layout, text, &mut |_| {});
        let standing = compare(&layout, &reading);
        summary_html(&layout, text, &reading, &standing, language)
    };
    let right = html(2025, DOCUMENT, Language::Chinese);
    assert!(
        right.starts_with("<p class=\"as-last-year\">按上年（2024年）材料读取：只填“2024年决算数”一列</p>"),
        "{right}"
    );
    assert!(!right.contains("材料写的是"), "{right}");
    let wrong = html(2026, DOCUMENT, Language::Chinese);
    assert!(wrong.contains("材料写的是2024年度，不是上年（2025年）"), "{wrong}");
    assert!(html(2026, DOCUMENT, Language::English).contains("The text is of 2024"));
    // A table says its year in its title, and a text without figures is told so.
    let table = "2022年度部门整体支出绩效评价基础数据表\n经费控制情况\n办公经费\n3\n4\n5.59\n";
    assert!(html(2024, table, Language::Chinese).contains("材料写的是2022年度，不是上年（2023年）"));
    assert!(html(2024, "没有数字。", Language::Chinese).contains("没有读到本表要填的上年数"));
}

#[test]
fn material_is_this_years_unless_it_is_said_to_be_last_years() {
    let template = template();
    let mut filing = Submission::blank(&template, "this-year");
    let layout = Layout::of(&template, &filing);
    let this = read_material(&layout, DOCUMENT, &mut |_| {});
    assert_eq!(this, read(&layout, DOCUMENT));
    let reading = Reading { year: Some(2022), ..this };
    assert_eq!(as_last_year(&layout, reading).year, Some(2022), "the year stays as stated");
    assert!(!summary_html(&layout, "", &Reading::default(), &[], Language::Chinese).contains("按上年"));
    // Last year's filing is none of the texts whose words and years are checked.
    filing.report.insert(MATERIAL.to_owned(), DOCUMENT.to_owned());
    assert_eq!(passages_of(&Layout::of(&template, &filing)).len(), 1);
    filing.report.insert(MATERIAL_OF.to_owned(), LAST_YEAR.to_owned());
    assert_eq!(passages_of(&Layout::of(&template, &filing)).len(), 0);
}

#[test]
fn the_frame_asks_whether_it_is_last_years() {
    let frame = material_frame(Language::Chinese);
    assert!(
        frame.contains("<input type=\"checkbox\" data-part=\"material-last-year\">这是上年的自评材料</label>"),
        "{frame}"
    );
}
