//! The first minutes: what this is and how to begin, above an untouched form; help for the cell that has the caret.

use gouji_browser_tests::on_every_browser;

use crate::*;

const BOX: &str = ".opening";

/// A button of the box; the head of the page has some of the same.
fn in_box(action: &str) -> String {
    format!("{BOX} {}", button(action))
}

#[test]
fn box_says_what_this_is_and_goes_with_the_first_keystroke() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for(BOX)?;
        let lines = page.texts(&format!("{BOX} p"))?;
        assert_eq!(lines.len(), 3, "{lines:?}");
        assert!(lines[1].contains("只在本机处理，不上传"), "{lines:?}");
        let labels = page.texts(&format!("{BOX} button"))?;
        assert_eq!(labels, ["打开示例", "打开文件", "从上年自评材料开始", "开始填写"]);
        assert_eq!(page.eval("document.activeElement === document.body")?, true, "it takes no focus");
        assert!(!is_shown(&mut page, "dialog, [role=dialog], [aria-modal]")?);

        page.click(&cell("funds.office.final"))?;
        assert!(is_shown(&mut page, BOX)?, "looking at a cell is not yet filling it in");
        page.type_text("5")?;
        wait_until_gone(&mut page, BOX)?;
        wait_for_caret(&mut page, "funds.office.final")?;
        wait_until_saved(&mut page)?;

        new_form(&mut page)?;
        wait_for_value(&mut page, "funds.office.final", "")?;
        assert!(!is_shown(&mut page, BOX)?, "whoever asks for a new form knows how to begin");
        page.reload()?;
        wait_for_value(&mut page, "funds.office.final", "5")?;
        assert!(!is_shown(&mut page, BOX)?, "there is a draft on this computer");
        Ok(())
    });
}

#[test]
fn start_puts_the_caret_into_the_first_cell() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.click(&in_box("start"))?;
        wait_for_caret(&mut page, "staff.all.quota")?;
        wait_until_gone(&mut page, BOX)?;
        page.type_text("14")?;
        wait_for_value(&mut page, "staff.all.quota", "14")
    });
}

#[test]
fn sample_is_opened_from_the_box() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.click(&in_box("open-sample"))?;
        wait_for_text(&mut page, &part("total"), "97")?;
        wait_until_gone(&mut page, BOX)
    });
}

#[test]
fn box_speaks_english() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.click(&button("language"))?;
        wait_for_words(&mut page, BOX, "never uploaded")?;
        let labels = page.texts(&format!("{BOX} button"))?;
        assert_eq!(labels, ["Open sample", "Open a file", "Begin from last year's filing", "Start filling in"]);
        Ok(())
    });
}

#[test]
fn help_of_a_cell_stands_at_the_foot_and_covers_no_cell_that_has_the_caret() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for(&cell("funds.office.final"))?;
        let before = page.requests()?;
        assert!(!before.iter().any(|url| url.contains("/help-")), "help is no part of the start");
        page.click(&cell("funds.office.final"))?;
        wait_for_words(&mut page, &part("help"), "经济科目 30201")?;
        wait_for_words(&mut page, &part("help"), "本年决算数。例：31.03（即 310,300 元）")?;
        page.press("Tab")?;
        wait_for_words(&mut page, &part("help"), "水费、电费、差旅费")?;
        // An added row goes by its group.
        page.click(&cell("funds.r2.name"))?;
        wait_for_words(&mut page, &part("help"), "例：意识形态专项资金")?;
        for key in ["foot.phone.text", "indicators.r4.target", "indicators.total.score", "staff.all.quota"] {
            page.focus(&cell(key))?;
            page.wait_until(&format!(
                "(input => {{
                    const cell = input.getBoundingClientRect();
                    const help = document.querySelector('[data-part=help]').getBoundingClientRect();
                    return help.height > 0 && cell.bottom <= help.top && help.bottom <= innerHeight && help.height < 60;
                }})(document.querySelector({}))",
                json!(cell(key))
            ))?;
        }
        page.click("h1")?;
        page.wait_until("document.querySelector('[data-part=help]').textContent === ''")?;
        assert_eq!(page.requests()?.iter().filter(|url| url.contains("/help-")).count(), 1);
        Ok(())
    });
}
