//! Typing figures: what stands in a cell is the person's own text until the cell is left, and comes back when entered.

use gouji_browser_tests::on_every_browser;

use crate::*;

const CELL: &str = "funds.public.final";

/// Text and caret of the cell that has the focus.
fn text_and_caret(page: &mut Page) -> Result<serde_json::Value> {
    page.eval("(input => [input.value, input.selectionStart, input.selectionEnd])(document.activeElement)")
}

#[test]
fn text_and_caret_never_change_under_the_person_who_types() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("funds.office.final"), "99999")?;
        // From here on findings appear while the cell is still typed in.
        page.click(&button("check-all"))?;
        page.click(&cell(CELL))?;
        let mut typed = String::new();
        for key in "12,345.50".chars() {
            typed.push(key);
            page.type_text(&key.to_string())?;
            assert_eq!(text_and_caret(&mut page)?, json!([typed, typed.len(), typed.len()]));
        }
        wait_for_words(&mut page, &finding("J05"), "12,345.50")?;
        assert!(is_red(&mut page, CELL)?);
        // In the middle of the text, too.
        for _ in 0..4 {
            page.press("ArrowLeft")?;
        }
        page.type_text("6")?;
        assert_eq!(text_and_caret(&mut page)?, json!(["12,3465.50", 6, 6]));
        page.press("Backspace")?;
        assert_eq!(text_and_caret(&mut page)?, json!(["12,345.50", 5, 5]));
        page.press("Control+a")?;
        page.type_text("9999.50")?;
        assert_eq!(text_and_caret(&mut page)?, json!(["9999.50", 7, 7]), "no thousands are parted while typing");
        wait_for_words(&mut page, &finding("J05"), "9,999.50")?;
        assert_eq!(text_and_caret(&mut page)?, json!(["9999.50", 7, 7]));
        page.press("Tab")?;
        wait_for_value(&mut page, CELL, "9,999.50")?;
        // Entered by keys or by mouse, it is the text as typed again, selected whole by keys.
        page.press("Shift+Tab")?;
        wait_for_caret(&mut page, CELL)?;
        assert_eq!(text_and_caret(&mut page)?, json!(["9999.50", 0, 7]));
        page.press("Tab")?;
        page.click(&cell(CELL))?;
        wait_for_value(&mut page, CELL, "9999.50")?;
        page.press("End")?;
        page.type_text("1")?;
        assert_eq!(text_and_caret(&mut page)?, json!(["9999.501", 8, 8]));
        Ok(())
    });
}

#[test]
fn enter_goes_down_the_column_and_shift_enter_up() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.click(&cell("funds.vehicles.prior"))?;
        page.type_text("1234")?;
        page.press("Enter")?;
        wait_for_caret(&mut page, "funds.vehicle_purchase.prior")?;
        wait_for_value(&mut page, "funds.vehicles.prior", "1,234")?;
        page.type_text("5")?;
        page.press("Shift+Enter")?;
        wait_for_caret(&mut page, "funds.vehicles.prior")?;
        assert_eq!(text_and_caret(&mut page)?, json!(["1234", 0, 4]), "it is ready to be typed over");
        // Through printed and added rows alike; the form's own —— are no cells.
        page.click(&cell("funds.maintenance.prior"))?;
        for row in ["r1", "earmarked", "r2", "public", "office"] {
            page.press("Enter")?;
            wait_for_caret(&mut page, &format!("funds.{row}.prior"))?;
        }
        page.click(&cell("funds.meetings_training.prior"))?;
        page.press("Enter")?;
        wait_for_caret(&mut page, "funds.meetings_training.prior")?;
        page.click(&cell("funds.three_public.prior"))?;
        page.press("Shift+Enter")?;
        wait_for_caret(&mut page, "funds.three_public.prior")?;
        // The names of indicators are one line each, prose has lines of its own.
        page.click(&cell("indicators.r4.target"))?;
        page.press("Enter")?;
        wait_for_caret(&mut page, "indicators.r5.target")?;
        assert_eq!(page.value(&cell("indicators.r4.target"))?, "");
        page.click(&cell("indicators.r4.reason"))?;
        page.type_text("a")?;
        page.press("Enter")?;
        page.type_text("b")?;
        wait_for_caret(&mut page, "indicators.r4.reason")?;
        wait_for_value(&mut page, "indicators.r4.reason", "a\nb")
    });
}

#[test]
fn five_ways_of_nothing_and_unreadable_texts_stay_as_typed() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let typed = [
            ("funds.vehicle_purchase.prior", ""),
            ("funds.vehicle_purchase.budget", "0"),
            ("funds.vehicle_purchase.final", "——"),
            ("funds.vehicle_upkeep.budget", "/"),
            ("funds.vehicle_upkeep.final", "无"),
        ];
        let unreadable = [("funds.abroad.final", "约12"), ("funds.public.final", "1,23"), ("staff.all.quota", "3.5")];
        page.fill(&cell("funds.vehicle_purchase.prior"), "7")?;
        for (key, text) in typed.into_iter().chain(unreadable) {
            page.fill(&cell(key), text)?;
        }
        for (key, text) in typed {
            assert_eq!(page.value(&cell(key))?, text, "{key}");
            assert!(!is_red(&mut page, key)?, "{text:?}");
        }
        for (key, text) in unreadable {
            page.wait_for(&format!("[data-mark=error] {}", cell(key)))?;
            assert_eq!(page.value(&cell(key))?, text, "{key}");
            assert_eq!(
                page.eval(&format!("document.querySelector({}).getAttribute('aria-invalid')", json!(cell(key))))?,
                "true"
            );
        }
        let (_, filing) = export(&mut page)?;
        for (key, text) in typed.into_iter().chain(unreadable) {
            assert_eq!(filing.text(key), text, "{key}");
            assert_eq!(filing.cells.contains_key(key), !text.is_empty(), "{key}");
        }
        Ok(())
    });
}
