//! What is typed amiss stays as it was typed, and is told at its cell or read where the meaning is certain.

use gouji_browser_tests::on_every_browser;

use crate::*;

const CELL: &str = "funds.public.final";

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
        for (text, read) in [("１２３．４５", "123.45"), ("1,234.5", "1,234.50"), ("１，２３４．５", "1,234.50")]
        {
            page.fill(&cell(CELL), text)?;
            wait_for_words(&mut page, &finding("J05"), read)?;
            assert_eq!(page.value(&cell(CELL))?, text);
            assert!(!is_shown(&mut page, &finding_at("V01", CELL))?, "{text}");
        }
        Ok(())
    });
}

#[test]
fn pasted_line_break_makes_no_other_number() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let source = cell("thrift.all.text");
        for (before, after, is_read) in [("12.5", "", true), ("12", "5", false)] {
            page.click(&source)?;
            page.press("Control+a")?;
            page.press("Delete")?;
            page.type_text(before)?;
            page.press("Enter")?;
            page.type_text(after)?;
            page.press("Control+a")?;
            page.press("Control+c")?;
            page.click(&cell(CELL))?;
            page.press("Control+a")?;
            page.press("Control+v")?;
            page.press("Tab")?;
            let pasted = page.value(&cell(CELL))?;
            assert!(pasted.starts_with(before) && pasted.contains(after), "{pasted:?}");
            if is_read {
                assert!(!is_shown(&mut page, &finding_at("V01", CELL))?, "{pasted:?}");
            } else {
                page.wait_for(&finding_at("V01", CELL))?;
            }
        }
        Ok(())
    });
}
