//! The keys of a spreadsheet in the cells: arrows, F2, Esc, Ctrl+D; and where a person finds them.

use gouji_browser_tests::on_every_browser;

use crate::*;

/// Presses keys one after the other, each of which takes the caret to a cell.
fn walk(page: &mut Page, steps: &[(&str, &str)]) -> Result<()> {
    for (key, to) in steps {
        page.press(key)?;
        let is_there = wait_for_caret(page, to);
        assert!(is_there.is_ok(), "{key} to {to}: {}", is_there.expect_err("it is not there"));
    }
    Ok(())
}

/// Text and caret of the cell that has the focus.
fn text_and_caret(page: &mut Page) -> Result<serde_json::Value> {
    page.eval("(input => [input.value, input.selectionStart, input.selectionEnd])(document.activeElement)")
}

#[test]
fn arrows_go_from_cell_to_cell_and_pass_what_the_form_prints() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("funds.office.budget"), "1234")?;
        page.click(&cell("funds.public.prior"))?;
        walk(
            &mut page,
            &[
                ("ArrowRight", "funds.public.budget"),
                ("ArrowDown", "funds.office.budget"),
                // All of the text is selected, so each arrow leaves it.
                ("ArrowRight", "funds.office.final"),
                ("ArrowLeft", "funds.office.budget"),
                ("ArrowLeft", "funds.office.prior"),
                ("ArrowDown", "funds.utilities_travel.prior"),
                ("ArrowDown", "funds.meetings_training.prior"),
                // Below it stand two ——; the next cells are those of the buildings.
                ("ArrowDown", "buildings.r3.approved_area"),
                ("ArrowRight", "buildings.r3.actual_area"),
                ("ArrowUp", "funds.meetings_training.prior"),
                ("ArrowRight", "funds.meetings_training.budget"),
                ("ArrowDown", "funds.procurement.budget"),
            ],
        )?;
        // There is no cell to the left of it but the —— of the form.
        page.press("ArrowLeft")?;
        page.type_text("7")?;
        wait_for_value(&mut page, "funds.procurement.budget", "7")?;
        // Inside of a text the caret moves, and at its edge the cell is left.
        walk(
            &mut page,
            &[("ArrowUp", "funds.meetings_training.budget"), ("ArrowUp", "funds.utilities_travel.budget")],
        )?;
        walk(&mut page, &[("ArrowUp", "funds.office.budget")])?;
        page.press("End")?;
        for caret in [3, 2, 1, 0] {
            page.press("ArrowLeft")?;
            assert_eq!(text_and_caret(&mut page)?, json!(["1234", caret, caret]));
        }
        walk(&mut page, &[("ArrowLeft", "funds.office.prior"), ("ArrowRight", "funds.office.budget")])?;
        page.press("End")?;
        walk(&mut page, &[("ArrowRight", "funds.office.final")])?;
        // Names of rows and figures with words are one line each.
        page.click(&cell("indicators.r4.target"))?;
        page.type_text("a")?;
        walk(&mut page, &[("ArrowDown", "indicators.r5.target"), ("ArrowUp", "indicators.r4.target")])
    });
}

#[test]
fn arrows_pass_through_prose_but_stay_in_it_once_it_is_edited() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.click(&cell("indicators.r4.reason"))?;
        page.type_text("ab")?;
        page.press("ArrowUp")?;
        page.press("ArrowLeft")?;
        page.press("ArrowLeft")?;
        page.press("ArrowLeft")?;
        assert_eq!(text_and_caret(&mut page)?, json!(["ab", 0, 0]), "arrows stay with the text");
        page.click(&cell("indicators.r4.score"))?;
        walk(
            &mut page,
            &[
                ("ArrowRight", "indicators.r4.reason"),
                ("ArrowDown", "indicators.r5.reason"),
                ("ArrowUp", "indicators.r4.reason"),
                ("ArrowLeft", "indicators.r4.score"),
                ("ArrowRight", "indicators.r4.reason"),
            ],
        )?;
        page.press("End")?;
        page.press("ArrowLeft")?;
        assert_eq!(text_and_caret(&mut page)?, json!(["ab", 1, 1]));
        Ok(())
    });
}

#[test]
fn f2_keeps_the_arrows_in_the_text() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("funds.office.final"), "1234")?;
        page.press("Shift+Tab")?;
        page.press("F2")?;
        assert_eq!(text_and_caret(&mut page)?, json!(["1234", 4, 4]));
        page.press("ArrowRight")?;
        page.press("ArrowDown")?;
        page.press("ArrowUp")?;
        wait_for_caret(&mut page, "funds.office.final")?;
        page.press("End")?;
        page.type_text("5")?;
        wait_for_value(&mut page, "funds.office.final", "12345")?;
        // Pressed again, and in every other cell, they leave it.
        page.press("F2")?;
        walk(&mut page, &[("ArrowUp", "funds.public.final")])?;
        page.press("F2")?;
        page.press("Enter")?;
        wait_for_caret(&mut page, "funds.office.final")?;
        walk(&mut page, &[("ArrowDown", "funds.utilities_travel.final")])
    });
}

#[test]
fn escape_brings_back_what_stood_in_the_cell() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("funds.public.final"), "5")?;
        page.fill(&cell("funds.office.final"), "1,234.50")?;
        page.press("Shift+Tab")?;
        page.type_text("9")?;
        page.press("Backspace")?;
        page.type_text("88")?;
        wait_for_value(&mut page, "funds.office.final", "88")?;
        page.press("Escape")?;
        wait_for_value(&mut page, "funds.office.final", "1,234.50")?;
        assert_eq!(text_and_caret(&mut page)?, json!(["1,234.50", 0, 8]), "it is ready to be typed over");
        page.press("Escape")?;
        wait_for_value(&mut page, "funds.office.final", "1,234.50")?;
        // It left no step behind: the step before it goes next, and what was typed comes back by 恢复.
        page.press("Control+y")?;
        wait_for_value(&mut page, "funds.office.final", "88")?;
        page.press("Control+z")?;
        wait_for_value(&mut page, "funds.office.final", "1,234.50")?;
        page.press("Control+z")?;
        wait_for_value(&mut page, "funds.office.final", "")?;
        page.press("Control+z")?;
        wait_for_value(&mut page, "funds.public.final", "")?;
        // Prose has it, too.
        page.click(&cell("thrift.all.text"))?;
        page.type_text("a")?;
        page.press("Enter")?;
        page.type_text("b")?;
        wait_for_value(&mut page, "thrift.all.text", "a\nb")?;
        page.press("Escape")?;
        wait_for_value(&mut page, "thrift.all.text", "")
    });
}

#[test]
fn control_d_fills_from_the_cell_above() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("funds.vehicle_purchase.final"), "1,234.5")?;
        page.click(&cell("funds.vehicle_upkeep.final"))?;
        page.press("Control+d")?;
        wait_for_value(&mut page, "funds.vehicle_upkeep.final", "1,234.5")?;
        page.press("Control+z")?;
        wait_for_value(&mut page, "funds.vehicle_upkeep.final", "")?;
        assert_eq!(page.value(&cell("funds.vehicle_purchase.final"))?, "1,234.5");
        // The first row has nothing above it.
        page.fill(&cell("funds.three_public.final"), "3")?;
        page.press("Shift+Tab")?;
        page.press("Control+d")?;
        wait_for_value(&mut page, "funds.three_public.final", "3")?;
        // In a range, from its first row.
        page.fill(&cell("funds.public.budget"), "6")?;
        page.fill(&cell("funds.public.final"), "7")?;
        page.fill(&cell("funds.utilities_travel.final"), "9")?;
        page.click(&cell("funds.public.budget"))?;
        page.press("Control+a")?;
        for key in ["Shift+ArrowRight", "Shift+ArrowDown", "Shift+ArrowDown", "Control+d"] {
            page.press(key)?;
        }
        for row in ["public", "office", "utilities_travel"] {
            wait_for_value(&mut page, &format!("funds.{row}.budget"), "6")?;
            wait_for_value(&mut page, &format!("funds.{row}.final"), "7")?;
        }
        page.press("Control+z")?;
        wait_for_value(&mut page, "funds.office.budget", "")?;
        wait_for_value(&mut page, "funds.utilities_travel.final", "9")
    });
}

#[test]
fn keys_are_listed_where_a_person_finds_them() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.click(&button("keys"))?;
        for said in ["Ctrl+D", "照上一格填写", "F2", "Alt+Insert"] {
            wait_for_words(&mut page, "dialog .keys", said)?;
        }
        page.press("Escape")?;
        wait_until_gone(&mut page, "dialog")?;
        page.click(&button("language"))?;
        wait_for_text(&mut page, &button("keys"), "Keys")?;
        page.click(&button("keys"))?;
        wait_for_words(&mut page, "dialog .keys", "copy the cell above")?;
        page.press("Enter")?;
        wait_until_gone(&mut page, "dialog")
    });
}
