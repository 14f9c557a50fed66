//! The report: sentences with inputs, figures of the tables as links, rows, the published text, copied and kept.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use gouji::engine::layout::Layout;
use gouji::engine::report::{Blanks, plain_text, write};
use gouji::engine::submission::Submission;
use gouji_browser_tests::on_every_browser;

use crate::*;

/// Longer than the pause after which the report is drawn again, and the drawing.
const REDRAWN: Duration = Duration::from_millis(900);
const SCOPE: &str = "附件2、附件3项目支出381.36万元为全部资金口径，比一般公共预算项目支出337.6万元多43.76万元";

/// The sample with its report drawn, which the second module does in its own time.
pub fn open_report_of_sample(page: &mut Page) -> Result<()> {
    open_sample(page)?;
    page.wait_for(".report-editor")?;
    wait_for_words(page, &part("preview"), "自评报告")
}

/// A figure of another place in a sentence of the report.
fn link(key: &str) -> String {
    format!(".report-editor [data-shows=\"{key}\"]")
}

/// The offer of a sentence that explains two figures of one name.
fn offered(words: &str) -> String {
    format!("Array.from(document.querySelectorAll('[data-part=scope]')).find(p => p.textContent.includes('{words}'))")
}

/// The report as the engine writes it.
fn published(filing: &Submission) -> String {
    let template = template();
    plain_text(&write(&Layout::of(&template, filing), Blanks::Dropped))
}

/// The paragraphs that a text and the preview have, without blank lines.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

fn previewed(page: &mut Page) -> Result<Vec<String>> {
    Ok(page.texts("[data-part=preview] > *")?.iter().map(|line| line.trim().to_owned()).collect())
}

fn wait_until_previewed(page: &mut Page, words: &str) -> Result<()> {
    wait_for_words(page, &part("preview"), words)
}

#[test]
fn report_has_the_figures_of_the_tables_and_follows_them_at_once() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_report_of_sample(&mut page)?;
        for (key, text) in [
            ("general.income.amount", "598.25"),
            ("general.personnel.amount", "229.62"),
            ("report_lines.r18.name", "意识形态项目"),
            ("opinions.satisfied.share", "96"),
        ] {
            assert_eq!(page.value(&format!(".report-editor {}", cell(key)))?, text, "{key}");
        }
        for (key, text) in [("funds.public.final", "31.03"), ("staff.all.actual", "14"), ("use.basic.amount", "260.65")]
        {
            wait_for_text(&mut page, &link(key), text)?;
        }
        page.click(&cell("funds.public.final"))?;
        page.press("Control+a")?;
        page.type_text("40.")?;
        // Before the second module could have answered.
        assert_eq!(page.text(&link("funds.public.final"))?, "40.");
        page.type_text("5")?;
        assert_eq!(page.text(&link("funds.public.final"))?, "40.5");
        wait_until_previewed(&mut page, "公用经费40.5万元")?;

        page.click(&link("staff.all.actual"))?;
        wait_for_caret(&mut page, "staff.all.actual")?;
        page.wait_until(
            "(box => box.top > 90 && box.bottom < innerHeight)(document.activeElement.getBoundingClientRect())",
        )?;
        // A figure that the report has itself is an input once, and a link where it stands again.
        page.click(&link("pooled.spent.amount"))?;
        wait_for_caret(&mut page, "pooled.spent.amount")?;
        // In the preview each figure leads to its cell, and so do the person's own words.
        page.click("[data-part=preview] [data-on=\"funds.reception.final\"]")?;
        wait_for_caret(&mut page, "funds.reception.final")?;
        page.click("[data-part=preview] p[data-on=\"prose.measures.text\"]")?;
        wait_for_caret(&mut page, "prose.measures.text")
    });
}

#[test]
fn wrong_figure_of_the_report_is_told_at_its_input_and_in_the_list() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_report_of_sample(&mut page)?;
        page.fill(&cell("general.personnel.amount"), "22.962")?;
        let card = format!("{} li[data-cell=\"general.personnel.amount\"]", part("findings"));
        page.wait_for(&format!("{card} .repair"))?;
        assert!(is_red(&mut page, "general.personnel.amount")?);
        page.wait_until(&format!(
            "document.querySelector({}).getAttribute('aria-invalid') === 'true'",
            json!(cell("general.personnel.amount"))
        ))?;
        page.wait_for("button[data-on=report] .is-error")?;
        page.click(&format!("{card} button"))?;
        wait_for_caret(&mut page, "general.personnel.amount")?;
        page.press("Control+a")?;
        page.type_text("229.62")?;
        wait_until_gone(&mut page, &card)?;
        wait_for_text(&mut page, &part("errors"), "0")?;
        assert!(!is_red(&mut page, "general.personnel.amount")?);
        Ok(())
    });
}

#[test]
fn sentence_of_the_scope_is_offered_written_and_taken_back() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_report_of_sample(&mut page)?;
        page.wait_until(&offered(SCOPE))?;
        let before = page.value(&cell("prose.scope.text"))?;
        assert_eq!(before, "");
        page.click(&format!("{} button", part("scope")))?;
        page.wait_until(&format!(
            "document.querySelector({}).value.includes('{SCOPE}')",
            json!(cell("prose.scope.text"))
        ))?;
        page.wait_until(&format!("!{}", offered(SCOPE)))?;
        wait_until_previewed(&mut page, SCOPE)?;
        page.press("Control+z")?;
        wait_for_value(&mut page, "prose.scope.text", "")?;
        page.wait_until(&offered(SCOPE))?;
        page.wait_until(&format!("!document.querySelector('[data-part=preview]').textContent.includes('{SCOPE}')"))?;
        // It stands behind what the person wrote there.
        page.fill(&cell("prose.scope.text"), "说明：")?;
        page.wait_until(&offered(SCOPE))?;
        page.click(&format!("{} button", part("scope")))?;
        page.wait_until(&format!(
            "document.querySelector({}).value.startsWith('说明：\\n{SCOPE}')",
            json!(cell("prose.scope.text"))
        ))
    });
}

#[test]
fn row_of_a_project_is_added_moved_and_removed() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_report_of_sample(&mut page)?;
        click_in_row(&mut page, "add-row", "report_lines.r18.name")?;
        wait_for_caret(&mut page, "report_lines.r22.name")?;
        page.type_text("文明创建项目")?;
        page.press("Tab")?;
        wait_for_caret(&mut page, "report_lines.r22.amount")?;
        page.type_text("10")?;
        page.press("Tab")?;
        wait_until_previewed(&mut page, "2.文明创建项目支出10万元。")?;
        page.wait_for(&finding("R11"))?;

        click_in_row(&mut page, "move-up", "report_lines.r22.name")?;
        wait_until_previewed(&mut page, "1.文明创建项目支出10万元。")?;
        wait_until_previewed(&mut page, "2.意识形态项目支出337.6万元。")?;
        click_in_row(&mut page, "remove-row", "report_lines.r22.name")?;
        wait_until_gone(&mut page, &cell("report_lines.r22.name"))?;
        wait_for_caret(&mut page, "report_lines.r18.name")?;
        page.press("Control+z")?;
        wait_for_value(&mut page, "report_lines.r22.name", "文明创建项目")?;
        wait_until_previewed(&mut page, "1.文明创建项目支出10万元。")?;

        // Rows within a sentence, by keys.
        page.click(&cell("openings.r21.name"))?;
        page.press("Alt+Insert")?;
        wait_for_caret(&mut page, "openings.r23.name")?;
        page.type_text("网信工作经费")?;
        page.press("Tab")?;
        page.type_text("5")?;
        page.press("Tab")?;
        wait_until_previewed(&mut page, "老电影放映员补助金额0.4万元，网信工作经费金额5万元，年中执行调增")
    });
}

#[test]
fn rows_that_are_all_removed_leave_a_button_for_the_first() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_report_of_sample(&mut page)?;
        click_in_row(&mut page, "remove-row", "report_lines.r18.name")?;
        wait_until_gone(&mut page, &cell("report_lines.r18.name"))?;
        page.click(&format!("{}[data-on=\"report_projects\"]", button("add-first-row")))?;
        wait_for_caret(&mut page, "report_lines.r22.name")
    });
}

#[test]
fn typing_keeps_focus_and_caret_while_the_report_is_drawn_again() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_report_of_sample(&mut page)?;
        // With these figures the offered sentence comes and goes, which draws the report anew.
        for (key, text) in [("use.project.amount", "381.36"), ("general.project.amount", "337.61")] {
            page.click(&cell(key))?;
            page.press("Control+a")?;
            page.press("Delete")?;
            for (at, letter) in text.char_indices() {
                page.type_text(&letter.to_string())?;
                sleep(REDRAWN);
                assert_eq!(page.eval("document.activeElement.dataset.key")?, key);
                assert_eq!(page.value(&cell(key))?, text[..=at]);
                assert_eq!(page.eval("document.activeElement.selectionStart")?, at + 1, "{key}");
            }
        }
        // In the middle of words, with rows that come from elsewhere meanwhile.
        page.click(&cell("prose.measures.text"))?;
        page.press("Control+a")?;
        page.insert_text("一二三四五六")?;
        for _ in 0..3 {
            page.press("ArrowLeft")?;
        }
        let mut expected = "一二三".to_owned();
        for letter in ["甲", "乙", "丙"] {
            page.insert_text(letter)?;
            expected += letter;
            sleep(REDRAWN);
            assert_eq!(page.value(&cell("prose.measures.text"))?, format!("{expected}四五六"));
            assert_eq!(page.eval("document.activeElement.selectionStart")?, expected.chars().count());
        }
        wait_until_previewed(&mut page, "一二三甲乙丙四五六")?;
        Ok(())
    });
}

#[test]
fn preview_is_the_published_text_and_a_blank_fund_has_nothing() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_report_of_sample(&mut page)?;
        let (_, filing) = export(&mut page)?;
        let text = published(&filing);
        assert_eq!(previewed(&mut page)?, lines(&text));
        let shown = previewed(&mut page)?;
        let at = shown.iter().position(|line| line.starts_with("五、社会保险基金")).expect("the section is there");
        assert_eq!(shown[at + 1], "无。");
        // A fund that is emptied has nothing, and one that is filled says so.
        for column in ["income", "carried_in", "spending", "basic", "project", "carried_out"] {
            page.fill(&cell(&format!("capital.{column}.amount")), "")?;
        }
        page.fill(&cell("insurance.income.amount"), "3")?;
        page.wait_until(
            "(lines => lines[lines.findIndex(line => line.startsWith('四、')) + 1] === '无。')(
                Array.from(document.querySelectorAll('[data-part=preview] > *'), line => line.textContent.trim()))",
        )?;
        wait_until_previewed(&mut page, "社会保险基金预算收入3万元")?;
        let (_, filing) = export(&mut page)?;
        assert_eq!(previewed(&mut page)?, lines(&published(&filing)));
        Ok(())
    });
}

#[test]
fn whole_text_is_copied_to_the_clipboard() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_report_of_sample(&mut page)?;
        let (_, filing) = export(&mut page)?;
        page.click(&button("copy-report"))?;
        wait_for_words(&mut page, &part("notice"), "全文已复制")?;
        page.click(&button("material"))?;
        page.click(&part("material-input"))?;
        page.press("Control+v")?;
        assert_eq!(page.value(&part("material-input"))?, published(&filing));
        Ok(())
    });
}

#[test]
fn report_goes_out_with_the_file_and_comes_back() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_report_of_sample(&mut page)?;
        page.fill(&cell("people.retired.count"), "2")?;
        page.fill(&cell("prose.problems.text"), "问题之一。")?;
        page.click(&format!("{} button", part("scope")))?;
        click_in_row(&mut page, "add-row", "report_lines.r18.name")?;
        page.fill(&cell("report_lines.r22.name"), "文明创建项目")?;
        let (_, filing) = export(&mut page)?;
        assert_eq!(filing.text("report_lines.r22.name"), "文明创建项目");
        assert_eq!(filing.text("people.retired.count"), "2");
        assert!(filing.text("prose.scope.text").contains(SCOPE));

        let folder = tempfile::tempdir()?;
        let file = folder.path().join("稿.json");
        fs::write(&file, gouji::exchange::json::write(&filing))?;
        new_form(&mut page)?;
        wait_until_gone(&mut page, ".report-editor")?;
        page.choose_files(&part("file"), &[&file])?;
        page.wait_for(".report-editor")?;
        wait_for_value(&mut page, "report_lines.r22.name", "文明创建项目")?;
        wait_for_value(&mut page, "prose.problems.text", "问题之一。")?;
        wait_until_previewed(&mut page, "离退休人员2人")?;
        let (_, again) = export(&mut page)?;
        let without_id = |filing: Submission| Submission { draft_id: String::new(), ..filing };
        assert_eq!(without_id(again), without_id(filing));
        Ok(())
    });
}

#[test]
fn fresh_form_has_its_report_when_it_is_asked_for() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for(&button("open-report"))?;
        assert!(!is_shown(&mut page, ".report-editor")?);
        page.fill(&cell("funds.three_public.final"), "0.6")?;
        sleep(REDRAWN);
        let fetched = "performance.getEntriesByType('resource').some(file => file.name.includes('reader'))";
        assert_eq!(page.eval(fetched)?, false, "nothing is fetched before");

        page.click(&button("open-report"))?;
        page.wait_for(".report-editor")?;
        wait_for_text(&mut page, &link("funds.three_public.final"), "0.6")?;
        assert_eq!(page.value(&cell("general.income.amount"))?, "");
        assert!(!is_shown(&mut page, "[data-mark=error], [data-mark=warning]")?, "nothing is marked yet");
        assert!(!is_shown(&mut page, "li[data-code]")?);
        page.fill(&cell("general.income.amount"), "12.5")?;
        wait_until_previewed(&mut page, "财政拨款收入12.5万元")?;
        wait_until_saved(&mut page)?;
        page.reload()?;
        // It was begun, so it is there again.
        page.wait_for(".report-editor")?;
        wait_for_value(&mut page, "general.income.amount", "12.5")?;
        // Another form without a report has no place for one.
        new_form_of(&mut page, "project-expenditure")?;
        wait_for_text(&mut page, "h1", "项目支出绩效自评")?;
        assert!(!is_shown(&mut page, &button("open-report"))? && !is_shown(&mut page, ".report-editor")?);
        Ok(())
    });
}

#[test]
fn report_is_helped_in_english_and_written_in_chinese() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_report_of_sample(&mut page)?;
        page.click(&button("language"))?;
        wait_for_text(&mut page, &button("copy-report"), "Copy the text")?;
        wait_for_words(&mut page, &part("scope"), "Different scopes")?;
        wait_for_text(&mut page, &format!("{} button", part("scope")), "write it into the report")?;
        wait_for_text(&mut page, "details.preview summary", "Preview (as it will be published)")?;
        wait_until_previewed(&mut page, "一、部门（单位）基本情况")?;
        page.fill(&cell("general.personnel.amount"), "22.962")?;
        wait_for_words(&mut page, &format!("{} li.is-error .what", part("findings")), "should be")?;
        page.click(&button("copy-report"))?;
        wait_for_words(&mut page, &part("notice"), "The report was copied")?;
        page.click(&button("language"))?;
        wait_for_text(&mut page, &button("copy-report"), "复制全文")
    });
}
