//! The forms beside the first one: each with its own relations, headings and figures, on the same page.

use std::fs;

use gouji_browser_tests::on_every_browser;

use crate::*;

const PROJECT: &str = "project-expenditure";
const BASE: &str = "hunan-base-2018";
const FORMS: [(&str, &str); 3] = [
    ("zhuzhou-department", "部门（单位）整体支出绩效自评"),
    (PROJECT, "项目支出绩效自评"),
    (BASE, "部门整体支出绩效评价基础数据表"),
];

/// The filing of a golden case.
fn case(template: &str, name: &str) -> String {
    let folder = gouji_browser_tests::places::root().join("tests/cases").join(template).join(name);
    fs::read_to_string(folder.join("submission.json")).expect("the case has a filing")
}

fn open_case(page: &mut Page, template: &str, name: &str) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join(format!("{name}.json"));
    fs::write(&file, case(template, name))?;
    page.choose_files(&part("file"), &[&file])?;
    wait_for_words(page, &part("notice"), &format!("已打开 {name}.json"))
}

/// Waits until a finding, found by its code and first cell, says all of these words.
fn wait_for_sentence(page: &mut Page, code: &str, key: &str, words: &[&str]) -> Result<()> {
    for words in words {
        wait_for_words(page, &finding_at(code, key), words)?;
    }
    Ok(())
}

#[test]
fn new_lists_the_three_forms_and_opens_each() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.click("summary[data-action=\"new\"]")?;
        // The form that the page begins with comes first.
        let expected = [
            "部门（单位）整体支出绩效自评（2024年度）",
            "部门整体支出绩效评价基础数据表（2018年度）",
            "项目支出绩效自评（2022年度）",
        ];
        assert_eq!(page.texts(&button("new-form"))?, expected);
        page.click("summary[data-action=\"new\"]")?;
        for (id, name) in FORMS.into_iter().rev() {
            new_form_of(&mut page, id)?;
            wait_for_text(&mut page, "h1", name)?;
            page.wait_until(&format!("document.title === {}", json!(name)))?;
            assert_eq!(page.texts("details[open]")?.len(), 0, "the menu closes");
        }
        Ok(())
    });
}

#[test]
fn project_form_finds_what_is_wrong_in_a_published_filing() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_case(&mut page, PROJECT, "tangxi-2022")?;
        wait_for_text(&mut page, "h1", "项目支出绩效自评")?;
        // Three totals were left at zero. Of two columns that hang together there is one card.
        wait_for_sentence(&mut page, "X01", "totals.all.opening", &["年度资金总额", "0.00，很可能是 90.00"])?;
        wait_for_sentence(&mut page, "X01", "totals.all.adjusted", &["应为 89.974，现填 0.00，少 89.974", "共 3 条"])?;
        for column in ["opening", "adjusted", "executed"] {
            assert!(is_red(&mut page, &format!("totals.all.{column}"))?, "{column}");
        }
        let texts = ["30 ＋ 30 ＋ 29.99 ＝ 89.99", "89.97"];
        wait_for_sentence(&mut page, "X17", "goals.all.achieved", &texts)?;
        wait_for_text(&mut page, &part("total"), "90")?;
        wait_for_text(&mut page, &part("grade"), "优")?;
        Ok(())
    });
}

#[test]
fn project_form_is_filled_by_hand_undone_kept_and_printed() {
    on_every_browser(|browser| {
        let mut page = browser.start()?;
        page.run_before_load("window.print = () => { window.isPrinted = true }")?;
        page.open_app()?;
        new_form_of(&mut page, PROJECT)?;
        page.fill(&cell("head.project.text"), "委托业务项目")?;
        for (column, grant) in [("opening", "90"), ("adjusted", "89.974"), ("executed", "89.974")] {
            page.fill(&cell(&format!("totals.all.{column}")), "0")?;
            page.fill(&cell(&format!("totals.grant.{column}")), grant)?;
        }
        let sentence = ["应为 89.974", "现填 0"];
        wait_for_sentence(&mut page, "X01", "totals.all.executed", &sentence)?;
        let achieved = "共完成89.97万元。其中:30万元用于编制;30万元用于审计;29.99万元用于设计。";
        page.fill(&cell("goals.all.achieved"), achieved)?;
        let texts = ["30 ＋ 30 ＋ 29.99 ＝ 89.99", "89.97"];
        wait_for_sentence(&mut page, "X17", "goals.all.achieved", &texts)?;

        page.fill(&cell("totals.all.executed"), "89.974")?;
        wait_until_gone(&mut page, &finding_at("X01", "totals.all.executed"))?;
        page.click(&button("undo"))?;
        wait_for_value(&mut page, "totals.all.executed", "0")?;
        wait_for_sentence(&mut page, "X01", "totals.all.executed", &sentence)?;
        page.click(&button("redo"))?;
        wait_for_value(&mut page, "totals.all.executed", "89.974")?;
        wait_until_gone(&mut page, &finding_at("X01", "totals.all.executed"))?;

        page.click(&button("print"))?;
        page.wait_until("window.isPrinted")?;
        page.eval(
            "addEventListener('beforeprint', () => { window.paper = document.querySelector('.paper').textContent })",
        )?;
        page.print_to_pdf()?;
        let paper = page.eval("paper")?;
        let paper = paper.as_str().unwrap_or_default();
        for words in ["项目支出绩效自评表（2022年度）", "委托业务项目", achieved] {
            assert!(paper.contains(words), "{words} is missing in {paper}");
        }

        wait_until_saved(&mut page)?;
        page.reload()?;
        wait_for_value(&mut page, "totals.all.executed", "89.974")?;
        wait_for_text(&mut page, "h1", "项目支出绩效自评")?;
        assert_eq!(page.value(&cell("goals.all.achieved"))?, achieved);
        choose_export(&mut page, "export-json")?;
        assert_eq!(page.take_download()?.name, "委托业务项目2022年度项目支出自评.json");
        Ok(())
    });
}

#[test]
fn value_that_is_offered_leaves_half_of_its_cell_to_the_caret() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        new_form_of(&mut page, PROJECT)?;
        for (amount, offer) in [("89.974", "填入 89.974"), ("12345.67", "填入 12345.67")] {
            page.fill(&cell("totals.grant.adjusted"), amount)?;
            wait_for_text(&mut page, &format!("{}[data-on=\"totals.all.adjusted\"]", button("accept")), offer)?;
            let hit = page.eval(&format!(
                "(() => {{
                    const input = document.querySelector({});
                    const box = input.closest('td').getBoundingClientRect();
                    return document.elementFromPoint(box.left + box.width * .55, box.top + 12) === input;
                }})()",
                json!(cell("totals.all.adjusted"))
            ))?;
            assert_eq!(hit, true, "a click right of the middle accepts {offer} unasked");
        }
        Ok(())
    });
}

#[test]
fn base_table_has_no_points_and_its_relations_hold() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        wait_for_text(&mut page, &part("total"), "—")?;
        open_case(&mut page, BASE, "sound")?;
        wait_for_text(&mut page, "h1", "部门整体支出绩效评价基础数据表")?;
        for figure in ["total", "grade", "measured"] {
            assert!(!is_shown(&mut page, &part(figure))?, "{figure}");
        }
        let standing = page.text(".standing")?;
        assert!(!standing.contains("总分") && !standing.contains("等级"), "{standing}");
        for level in ["errors", "warnings", "infos"] {
            wait_for_text(&mut page, &part(level), "0")?;
        }
        page.fill(&cell("funds.operations.prior"), "190")?;
        wait_for_sentence(&mut page, "H03", "funds.projects.prior", &["应为 240", "现填 250", "多 10"])?;
        page.fill(&cell("staff.all.rate"), "95%")?;
        wait_for_sentence(&mut page, "H05", "staff.all.rate", &["96", "95"])?;
        wait_for_text(&mut page, &part("errors"), "2")?;
        page.click(&button("undo"))?;
        page.click(&button("undo"))?;
        wait_for_text(&mut page, &part("errors"), "0")?;
        page.click(&button("check-all"))?;
        wait_for_text(&mut page, &part("errors"), "0")
    });
}

#[test]
fn headings_and_settings_are_those_of_each_form() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        for (id, first, second) in [
            ("zhuzhou-department", "2024年度部门", "2031年度部门"),
            (PROJECT, "项目支出绩效自评表（2022年度）", "项目支出绩效自评表（2031年度）"),
            (BASE, "2017年决算数", "2030年决算数"),
        ] {
            new_form_of(&mut page, id)?;
            wait_for_words(&mut page, "main", first)?;
            let template = gouji::built_in_template(id).expect("the form is built in");
            let has_level = template.spec().has_level();
            assert_eq!(is_shown(&mut page, &part("level"))?, has_level, "the word for the level in {id}");
            if has_level {
                page.fill(&part("level"), "县级")?;
                wait_for_words(&mut page, "main", "县级专项资金")?;
            }
            page.fill(&part("year"), "2031")?;
            wait_for_words(&mut page, "main", second)?;
            let text = page.text("main")?;
            assert!(!text.contains(first), "{id}: {first} is still there");
        }
        Ok(())
    });
}
