//! Undo and redo by keys: every action is one step, the caret goes to what changed, notes have the browser's own undo.

use gouji_browser_tests::on_every_browser;

use crate::*;

#[test]
fn keystrokes_of_a_cell_are_one_step_and_the_caret_goes_to_it() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("funds.office.prior"), "12.5")?;
        page.fill(&cell("indicators.r14.target"), "≥95%")?;
        page.click(&cell("funds.public.final"))?;
        page.type_text("1234")?;
        // While still typing: what was typed into this cell goes at once.
        page.press("Control+z")?;
        wait_for_value(&mut page, "funds.public.final", "")?;
        wait_for_caret(&mut page, "funds.public.final")?;
        page.press("Control+z")?;
        wait_for_value(&mut page, "indicators.r14.target", "")?;
        wait_for_caret(&mut page, "indicators.r14.target")?;
        page.press("Control+z")?;
        wait_for_value(&mut page, "funds.office.prior", "")?;
        wait_for_caret(&mut page, "funds.office.prior")?;
        let is_in_view =
            "(box => box.top > 90 && box.bottom < innerHeight)(document.activeElement.getBoundingClientRect())";
        page.wait_until(is_in_view)?;
        page.press("Control+y")?;
        wait_for_value(&mut page, "funds.office.prior", "12.5")?;
        page.press("Control+Shift+z")?;
        wait_for_value(&mut page, "indicators.r14.target", "≥95%")?;
        wait_for_caret(&mut page, "indicators.r14.target")?;
        page.wait_until(is_in_view)?;
        page.press("Control+y")?;
        wait_for_caret(&mut page, "funds.public.final")?;
        // The cell with the caret shows the text as typed.
        wait_for_value(&mut page, "funds.public.final", "1234")?;
        // There is nothing more to bring back.
        page.press("Control+y")?;
        wait_for_value(&mut page, "funds.public.final", "1234")?;
        // A cell that was left and entered again is a step of its own.
        page.press("End")?;
        page.type_text("5")?;
        page.press("Tab")?;
        page.press("Shift+Tab")?;
        page.press("End")?;
        page.type_text("6")?;
        wait_for_value(&mut page, "funds.public.final", "123456")?;
        page.press("Control+z")?;
        wait_for_value(&mut page, "funds.public.final", "12345")?;
        page.press("Control+z")?;
        wait_for_value(&mut page, "funds.public.final", "1234")?;
        // Another figure makes an end of what was taken back.
        page.type_text("7")?;
        page.press("Control+y")?;
        page.wait_until("document.querySelector('[data-action=redo]').getAttribute('aria-disabled') === 'true'")?;
        let text = page.value(&cell("funds.public.final"))?;
        assert!(text.contains('7') && !text.contains("12345"), "{text}");
        Ok(())
    });
}

#[test]
fn year_level_word_rows_and_sums_are_steps_like_any_other() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let earmarked = ".block-funds tbody";
        page.fill(&cell("funds.vehicle_purchase.final"), "10")?;
        page.fill(&cell("funds.vehicle_upkeep.final"), "6.5")?;
        page.fill(&part("year"), "2025")?;
        wait_for_words(&mut page, ".block-funds thead", "2025年决算数")?;
        page.fill(&part("level"), "县级")?;
        wait_for_words(&mut page, earmarked, "县级专项资金")?;
        page.click(&button("calculate"))?;
        wait_for_value(&mut page, "funds.vehicles.final", "16.5")?;
        page.click(&cell("funds.r2.prior"))?;
        page.press("Alt+Insert")?;
        wait_for_caret(&mut page, "funds.r15.name")?;

        // Back, one after the other, from whatever has the caret.
        page.press("Control+z")?;
        wait_until_gone(&mut page, &cell("funds.r15.name"))?;
        page.focus(&button("calculate"))?;
        page.press("Control+z")?;
        wait_for_value(&mut page, "funds.vehicles.final", "")?;
        wait_for_caret(&mut page, "funds.vehicles.final")?;
        page.press("Control+z")?;
        wait_for_words(&mut page, earmarked, "区级专项资金")?;
        assert_eq!(page.value(&part("level"))?, "区级");
        page.press("Control+z")?;
        wait_for_words(&mut page, ".block-funds thead", "2024年决算数")?;
        assert_eq!(page.value(&part("year"))?, "2024");
        page.press("Control+z")?;
        wait_for_value(&mut page, "funds.vehicle_upkeep.final", "")?;

        // And forth again.
        page.press("Control+y")?;
        wait_for_value(&mut page, "funds.vehicle_upkeep.final", "6.5")?;
        page.press("Control+y")?;
        wait_for_words(&mut page, ".block-funds thead", "2025年决算数")?;
        page.press("Control+Shift+z")?;
        wait_for_words(&mut page, earmarked, "县级专项资金")?;
        page.press("Control+y")?;
        page.wait_until("document.querySelector('[data-key=\"funds.vehicles.final\"]').value.startsWith('16.5')")?;
        page.press("Control+y")?;
        page.wait_for(&cell("funds.r15.name"))?;
        // In the year the keys are the browser's own.
        page.click(&part("year"))?;
        page.press("Control+z")?;
        page.click(&cell("funds.r15.name"))?;
        assert_eq!(row_ids(&mut page, "funds")?, ["r1", "r2", "r15"]);
        Ok(())
    });
}

#[test]
fn note_has_the_browsers_own_undo_until_it_is_saved() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.fill(&cell("funds.maintenance.prior"), "1")?;
        // What is said of it comes above the warning.
        page.wait_for(".repair")?;
        let warning = finding("P16");
        let state = format!("{warning} {}", part("answer-state"));
        page.click(&format!("{warning} summary"))?;
        page.click(&format!("{warning} textarea"))?;
        page.type_text("abc")?;
        page.press("Control+z")?;
        page.wait_until("document.activeElement.tagName === 'TEXTAREA' && document.activeElement.value !== 'abc'")?;
        assert_eq!(page.value(&cell("funds.maintenance.prior"))?, "1", "the form stays as it is");

        page.press("Control+a")?;
        page.type_text("note")?;
        page.click(&format!("{warning} {}", button("save-note")))?;
        wait_for_text(&mut page, &state, "已说明")?;
        page.focus(&cell("unit.all.name"))?;
        page.press("Control+z")?;
        wait_for_text(&mut page, &state, "")?;
        assert_eq!(page.value(&cell("funds.maintenance.prior"))?, "1");
        page.press("Control+y")?;
        wait_for_text(&mut page, &state, "已说明")?;
        assert_eq!(page.value(&format!("{warning} textarea"))?, "note");
        page.press("Control+z")?;
        page.press("Control+z")?;
        wait_for_value(&mut page, "funds.maintenance.prior", "")?;
        wait_for_caret(&mut page, "funds.maintenance.prior")
    });
}
