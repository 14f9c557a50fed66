//! What is said of words: slips and personal data mended by one click, passages that stand twice answered, nothing too early.

use std::thread::sleep;
use std::time::Duration;

use gouji_browser_tests::on_every_browser;

use crate::report::open_report_of_sample;
use crate::*;

/// Longer than the pause after which words are checked, and the checking.
const CHECKED: Duration = Duration::from_millis(900);

#[test]
fn slip_is_mended_by_one_click_and_taken_back() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_report_of_sample(&mut page)?;
        let key = "indicators.r15.reason";
        let slip = finding_at("W01", key);
        let what = sentence(&mut page, &slip)?;
        assert!(what.contains("“夸年度”应为“跨年度”"), "{what}");
        page.wait_for(&format!("[data-mark=info] {}, [data-mark=warning] {}", cell(key), cell(key)))?;
        let mend = format!("{slip} {}", button("write-text"));
        wait_for_text(&mut page, &mend, "改正")?;
        page.click(&mend)?;
        wait_for_value(&mut page, key, "因资金紧张部分款项跨年度支付。")?;
        wait_until_gone(&mut page, &slip)?;
        page.click(&button("undo"))?;
        wait_for_value(&mut page, key, "因资金紧张部分款项夸年度支付。")?;
        page.wait_for(&slip)?;
        // The sentence leads to its cell.
        page.click(&format!("{slip} .what"))?;
        wait_for_caret(&mut page, key)
    });
}

#[test]
fn mobile_number_is_masked_by_one_click() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_report_of_sample(&mut page)?;
        let key = "prose.publicity.text";
        page.fill(&cell(key), "联系人手机13812345678。")?;
        let told = finding_at("W11", key);
        let what = sentence(&mut page, &told)?;
        assert!(what.contains("手机号码") && !what.contains("13812345678"), "{what}");
        assert!(!page.text(&told)?.contains("13812345678"), "it is nowhere in full");
        page.click(&format!("{told} {}", button("write-text")))?;
        wait_until_gone(&mut page, &told)?;
        let masked = page.value(&cell(key))?;
        assert!(masked.starts_with("联系人手机138") && masked.contains("****") && masked.ends_with("。"), "{masked}");
        page.click(&button("undo"))?;
        wait_for_value(&mut page, key, "联系人手机13812345678。")
    });
}

#[test]
fn passage_that_stands_twice_is_answered_and_the_answer_stays() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_report_of_sample(&mut page)?;
        let twice = finding("W02");
        page.wait_for(&twice)?;
        let warnings: usize = page.text(&part("warnings"))?.trim().parse()?;
        page.click(&format!("{twice} summary"))?;
        page.click(&format!("{twice} textarea"))?;
        page.type_text("两处均需列明")?;
        page.click(&format!("{twice} {}", button("save-note")))?;
        wait_for_text(&mut page, &format!("{twice} {}", part("answer-state")), "已说明")?;
        wait_for_text(&mut page, &part("warnings"), &(warnings - 1).to_string())?;
        // Also once the words were checked again.
        sleep(CHECKED);
        wait_for_text(&mut page, &format!("{twice} {}", part("answer-state")), "已说明")?;
        wait_until_saved(&mut page)?;
        page.reload()?;
        wait_for_text(&mut page, &format!("{twice} {}", part("answer-state")), "已说明")?;
        assert_eq!(page.value(&format!("{twice} textarea"))?, "两处均需列明");
        // One of the passages is rewritten: there is nothing to answer any more.
        page.fill(&cell("prose.project_work.text"), "见上。")?;
        wait_until_gone(&mut page, &twice)
    });
}

#[test]
fn nothing_is_said_of_words_that_are_still_being_typed() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.click(&button("open-report"))?;
        page.wait_for(".report-editor")?;
        page.click(&cell("prose.problems.text"))?;
        page.insert_text("因资金紧张夸年度支付")?;
        sleep(CHECKED);
        wait_for_words(&mut page, &part("preview"), "夸年度支付")?;
        assert!(!is_shown(&mut page, &finding("W01"))?, "it may not be finished");
        page.press("Tab")?;
        page.wait_for(&finding_at("W01", "prose.problems.text"))?;
        // Once it was said, it follows each change.
        page.click(&cell("prose.problems.text"))?;
        page.press("Control+a")?;
        page.insert_text("因资金紧张跨年度支付")?;
        wait_until_gone(&mut page, &finding("W01"))
    });
}

#[test]
fn words_are_checked_with_the_whole_form_though_the_report_was_not_opened() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("thrift.all.text"), "压减夸年度支出。")?;
        page.click(&button("check-all"))?;
        page.wait_for(&finding_at("W01", "thrift.all.text"))?;
        assert!(!is_shown(&mut page, ".report-editor")?);
        Ok(())
    });
}

#[test]
fn slip_of_the_pasted_text_is_told_by_its_line() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.click(&button("material"))?;
        page.click(&part("material-input"))?;
        page.insert_text("公用经费31.03万元。\n部分款项夸年度支付。\n")?;
        page.click(&button("read-material"))?;
        wait_for_words(&mut page, &finding("W01"), "粘贴的材料第 2 行")?;
        assert!(!is_shown(&mut page, &format!("{} {}", finding("W01"), button("write-text")))?);
        page.click(&button("forget-material"))?;
        wait_until_gone(&mut page, &finding("W01"))
    });
}
