//! What is typed amiss stays as it was typed, and is told at its cell or read where the meaning is certain.

use gouji_browser_tests::on_every_browser;

use crate::*;

const CELL: &str = "funds.public.final";
/// The cell below it.
const BELOW: &str = "funds.office.final";

#[test]
fn figures_that_cannot_be_are_told_and_stay_as_typed() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        for (text, code) in [
            ("abc", "V01"),
            ("十二", "V01"),
            ("1.2.3", "V01"),
            ("1e3", "V01"),
            ("-5", "V02"),
            ("12345678901234567890", "V01"),
            ("1.2345678", "V03"),
            ("98%", "V01"),
            ("12,34.5", "V01"),
        ] {
            page.fill(&cell(CELL), text)?;
            page.wait_for(&finding_at(code, CELL))?;
            assert!(is_red(&mut page, CELL)?, "{text}");
            assert_eq!(page.value(&cell(CELL))?, text);
            page.fill(&cell(CELL), "")?;
            wait_until_gone(&mut page, &finding_at(code, CELL))?;
        }
        wait_until_saved(&mut page)
    });
}

#[test]
fn figures_written_otherwise_are_read() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        // Larger than any of them, so that the finding says which figure was read.
        page.fill(&cell("funds.office.final"), "9999")?;
        for (text, read, shown) in [
            ("１２３．４５", "123.45", "123.45"),
            ("1,234.5", "1,234.50", "1,234.5"),
            ("１，２３４．５", "1,234.50", "1,234.5"),
            ("1234.50", "1,234.50", "1,234.50"),
        ] {
            page.fill(&cell(CELL), text)?;
            wait_for_words(&mut page, &finding("J05"), read)?;
            assert_eq!(page.value(&cell(CELL))?, shown, "a cell that was left shows the figure");
            assert!(!is_shown(&mut page, &finding_at("V01", CELL))?, "{text}");
            page.press("Shift+Tab")?;
            wait_for_caret(&mut page, CELL)?;
            assert_eq!(page.value(&cell(CELL))?, text, "a cell with the caret shows what was typed");
            let (_, filing) = export(&mut page)?;
            assert_eq!(filing.text(CELL), text, "the file has what was typed");
            page.click(&button("close-summary"))?;
        }
        Ok(())
    });
}

#[test]
fn pasted_line_break_makes_no_other_number() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        // One line with its break is one cell.
        copy(&mut page, "12.5\n")?;
        page.click(&cell(CELL))?;
        page.press("Control+a")?;
        page.press("Control+v")?;
        page.press("Tab")?;
        wait_for_value(&mut page, CELL, "12.5")?;
        assert_eq!(page.value(&cell(BELOW))?, "");
        assert!(!is_shown(&mut page, &finding_at("V01", CELL))?);

        // Two lines are two cells below each other, as in a spreadsheet, and not 125.
        copy(&mut page, "12\n5")?;
        page.click(&cell(CELL))?;
        page.press("Control+a")?;
        page.press("Control+v")?;
        wait_for_words(&mut page, &part("notice"), "已粘贴 2 格")?;
        wait_for_value(&mut page, CELL, "12")?;
        wait_for_value(&mut page, BELOW, "5")?;
        assert!(!is_shown(&mut page, &finding_at("V01", CELL))?);
        page.click(&button("undo"))?;
        wait_for_value(&mut page, CELL, "12.5")?;
        wait_for_value(&mut page, BELOW, "")
    });
}
