//! A table pasted from a spreadsheet: all of what fits, in one step; nothing where it does not; prose as it is.

use gouji_browser_tests::on_every_browser;

use crate::*;

/// Puts the clipboard into a cell.
fn paste_into(page: &mut Page, key: &str) -> Result<()> {
    page.click(&cell(key))?;
    page.press("Control+a")?;
    page.press("Control+v")
}

#[test]
fn table_fills_its_cells_in_one_step() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("funds.vehicles.budget"), "9")?;
        copy(&mut page, "3\t1,234.5\t\n10\t——\t2.50\n")?;
        paste_into(&mut page, "funds.vehicles.prior")?;
        wait_for_words(&mut page, &part("notice"), "已粘贴 6 格")?;
        let pasted = [
            ("funds.vehicles.prior", "3"),
            ("funds.vehicles.budget", "1,234.5"),
            ("funds.vehicles.final", ""),
            ("funds.vehicle_purchase.prior", "10"),
            ("funds.vehicle_purchase.budget", "——"),
            ("funds.vehicle_purchase.final", "2.50"),
        ];
        for (key, text) in pasted {
            wait_for_value(&mut page, key, text)?;
        }
        // What came by one action is looked at like what was typed and left.
        page.wait_for(&finding_at("J02", "funds.vehicles.prior"))?;
        wait_for_caret(&mut page, "funds.vehicles.prior")?;
        page.press("Control+z")?;
        wait_for_value(&mut page, "funds.vehicles.budget", "9")?;
        for (key, _) in pasted.into_iter().filter(|(key, _)| *key != "funds.vehicles.budget") {
            wait_for_value(&mut page, key, "")?;
        }
        page.press("Control+y")?;
        for (key, text) in pasted {
            wait_for_value(&mut page, key, text)?;
        }
        // The name of an added row is the first of its cells.
        copy(&mut page, "文明创建专项\t1\t2\t3\n")?;
        paste_into(&mut page, "funds.r2.name")?;
        wait_for_words(&mut page, &part("notice"), "已粘贴 4 格")?;
        for (column, text) in [("name", "文明创建专项"), ("prior", "1"), ("budget", "2"), ("final", "3")] {
            wait_for_value(&mut page, &format!("funds.r2.{column}"), text)?;
        }
        Ok(())
    });
}

#[test]
fn what_the_form_prints_itself_is_never_pasted_over() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        copy(&mut page, "1\t2\t3\n4\t5\t6\n7\t8\t9")?;
        paste_into(&mut page, "funds.meetings_training.prior")?;
        wait_for_words(&mut page, &part("notice"), "已粘贴 7 格")?;
        for (key, text) in [
            ("funds.meetings_training.prior", "1"),
            ("funds.meetings_training.final", "3"),
            ("funds.procurement.budget", "5"),
            ("funds.procurement.final", "6"),
            ("funds.basic_adjustment.budget", "8"),
            ("funds.basic_adjustment.final", "9"),
        ] {
            wait_for_value(&mut page, key, text)?;
        }
        assert_eq!(page.texts(".block-funds td.fixed")?, ["——", "——"]);
        let (_, filing) = export(&mut page)?;
        assert!(!filing.cells.contains_key("funds.procurement.prior"));
        assert!(!filing.cells.contains_key("funds.basic_adjustment.prior"));
        Ok(())
    });
}

#[test]
fn table_that_does_not_fit_is_refused_whole() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let five_thousand = vec![vec!["1"; 50].join("\t"); 100].join("\n");
        for (text, size) in [(five_thousand.as_str(), "100 行 50 列"), ("1\t2\t3\t4", "1 行 4 列")] {
            copy(&mut page, text)?;
            page.press("Delete")?;
            page.fill(&cell("funds.three_public.prior"), "5")?;
            let (_, before) = export(&mut page)?;
            let start = std::time::Instant::now();
            paste_into(&mut page, "funds.three_public.prior")?;
            wait_for_words(&mut page, &part("notice"), "没有粘贴")?;
            assert!(start.elapsed().as_secs() < 2, "{:?}", start.elapsed());
            wait_for_words(&mut page, &part("notice"), size)?;
            assert_eq!(page.value(&cell("funds.three_public.prior"))?, "5");
            let (_, after) = export(&mut page)?;
            assert_eq!(after.cells, before.cells);
            page.click(&button("undo"))?;
            wait_for_value(&mut page, "funds.three_public.prior", "")?;
        }
        Ok(())
    });
}

#[test]
fn prose_keeps_its_line_breaks() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        copy(&mut page, "一、压减会议。\n二、压减接待。\n")?;
        paste_into(&mut page, "goals.all.expected")?;
        wait_for_value(&mut page, "goals.all.expected", "一、压减会议。\n二、压减接待。\n")?;
        assert!(!is_shown(&mut page, &part("notice"))?, "it is one text, not a table");
        assert_eq!(page.value(&cell("goals.all.achieved"))?, "");
        page.press("Tab")?;
        let (_, filing) = export(&mut page)?;
        assert_eq!(filing.text("goals.all.expected"), "一、压减会议。\n二、压减接待。\n");
        Ok(())
    });
}

#[test]
fn one_cell_of_a_spreadsheet_leaves_its_line_break_behind() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        // Spreadsheets end each line that they copy, the only one too.
        for (key, text) in [
            ("funds.office.final", "12.5"),
            ("staff.all.rate", "93.75%"),
            ("unit.all.name", "某某局"),
            ("funds.r2.name", "意识形态专项"),
            ("indicators.r4.target", "≥5场"),
        ] {
            copy(&mut page, &format!("{text}\n"))?;
            paste_into(&mut page, key)?;
            page.press("Tab")?;
            page.wait_until(&format!("document.querySelector({}).value !== ''", json!(cell(key))))?;
            assert_eq!(page.value(&cell(key))?, text, "{key}");
        }
        Ok(())
    });
}
