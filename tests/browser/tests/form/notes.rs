//! 审核说明: a warning is answered in words that are bound to its figures.

use gouji_browser_tests::on_every_browser;

use crate::*;

#[test]
fn note_answers_a_warning_until_one_of_its_figures_changes() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        let warning = finding("P16");
        page.click(&format!("{warning} summary"))?;
        page.click(&format!("{warning} textarea"))?;
        page.type_text("年中追加人员经费。")?;
        page.click(&format!("{warning} {}", button("save-note")))?;
        wait_for_text(&mut page, &part("warnings"), "6")?;
        wait_for_text(&mut page, &format!("{warning} {}", part("answer-state")), "已说明")?;

        page.fill(&cell("totals.all.opening"), "470")?;
        // What is said of it comes above the warning.
        page.wait_for(".repair")?;
        wait_for_words(&mut page, &format!("{warning} {}", part("answer-state")), "待确认")?;
        wait_for_text(&mut page, &part("warnings"), "7")?;
        assert_eq!(page.value(&format!("{warning} textarea"))?, "年中追加人员经费。", "the note keeps its text");

        page.click(&format!("{warning} {}", button("save-note")))?;
        wait_for_text(&mut page, &part("warnings"), "6")?;
        page.click(&button("undo"))?;
        wait_for_text(&mut page, &part("warnings"), "7")?;
        wait_until_saved(&mut page)?;
        page.reload()?;
        wait_for_words(&mut page, &format!("{warning} {}", part("answer-state")), "待确认")
    });
}

#[test]
fn note_being_written_stays_while_other_findings_come_and_go() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        let (one, other) = (finding("P16"), finding_at("S07", "indicators.r6.actual"));
        for (warning, text) in [(&one, "第一段说明"), (&other, "第二段说明")] {
            page.click(&format!("{warning} summary"))?;
            page.click(&format!("{warning} textarea"))?;
            page.type_text(text)?;
        }
        // One is saved; the other is still being written.
        page.click(&format!("{one} {}", button("save-note")))?;
        wait_for_text(&mut page, &format!("{one} {}", part("answer-state")), "已说明")?;
        assert_eq!(page.value(&format!("{other} textarea"))?, "第二段说明", "after the other note was saved");
        // A figure is looked up and mistyped meanwhile.
        page.fill(&cell("funds.three_public.final"), "6")?;
        page.wait_for(&finding("J01"))?;
        assert_eq!(page.value(&format!("{other} textarea"))?, "第二段说明", "after another finding came");
        assert!(is_shown(&mut page, &format!("{other} details[open]"))?);
        Ok(())
    });
}

#[test]
fn what_was_opened_stays_open_while_findings_change() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.wait_for(".report-editor")?;
        let warning = finding("P16");
        page.click(&format!("{warning} summary"))?;
        page.wait_for(&format!("{warning} details[open]"))?;
        // Another finding comes, above it, and goes again.
        page.fill(&cell("funds.three_public.final"), "6")?;
        page.wait_for(&finding("J01"))?;
        assert!(is_shown(&mut page, &format!("{warning} details[open]"))?, "when a finding came");
        page.click(&button("undo"))?;
        page.wait_until(&format!("!document.querySelector({})", json!(finding("J01"))))?;
        assert!(is_shown(&mut page, &format!("{warning} details[open]"))?, "when it went");
        // A figure of its own changes by a key, and with it its words.
        page.click(&cell("totals.all.opening"))?;
        page.press("End")?;
        page.press("Backspace")?;
        wait_for_words(&mut page, &format!("{warning} .evidence"), "476.70")?;
        assert!(is_shown(&mut page, &format!("{warning} details[open]"))?, "when its words changed");
        assert_eq!(page.texts(&format!("{} details[open]", part("findings")))?.len(), 1, "and nothing else opened");
        Ok(())
    });
}
