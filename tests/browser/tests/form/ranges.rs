//! Several cells chosen at once, by keys and by mouse: copied as spreadsheets read them, cut, emptied, in one step each.

use gouji_browser_tests::on_every_browser;

use crate::*;

/// The keys of the cells that are shown as chosen, in the order of the document.
fn chosen(page: &mut Page) -> Result<Vec<String>> {
    let cells = "Array.from(document.querySelectorAll('[data-range] [data-key]'), cell => cell.dataset.key)";
    Ok(serde_json::from_value(page.eval(cells)?)?)
}

/// Presses `key` and gives what it puts on the clipboard.
fn clipboard_after(page: &mut Page, key: &str) -> Result<serde_json::Value> {
    page.eval(
        "window.put = null; for (const name of ['copy', 'cut']) \
         addEventListener(name, event => { window.put = event.clipboardData.getData('text/plain') }, { once: true }); 0",
    )?;
    page.press(key)?;
    page.eval("window.put")
}

/// The middle of a cell on the screen.
fn middle(page: &mut Page, key: &str) -> Result<serde_json::Value> {
    page.eval(&format!(
        "(box => ({{ x: box.left + box.width / 2, y: box.top + box.height / 2 }}))\
         (document.querySelector({}).getBoundingClientRect())",
        json!(cell(key))
    ))
}

fn mouse(page: &mut Page, kind: &str, key: &str, modifiers: u32) -> Result<()> {
    let place = middle(page, key)?;
    let count = if kind == "mouseMoved" { 0 } else { 1 };
    let event = json!({
        "type": kind, "x": place["x"], "y": place["y"], "button": "left", "buttons": 1, "clickCount": count,
        "modifiers": modifiers,
    });
    page.devtools("Input.dispatchMouseEvent", event).map(drop)
}

#[test]
fn shift_and_arrows_choose_a_range_that_is_copied_for_spreadsheets() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        for (key, text) in [
            ("funds.meetings_training.budget", "1,234.50"),
            ("funds.meetings_training.final", "２０"),
            ("funds.procurement.budget", "310300元"),
            ("funds.basic_adjustment.final", "无"),
        ] {
            page.fill(&cell(key), text)?;
        }
        page.click(&cell("funds.meetings_training.final"))?;
        page.press("Control+a")?;
        for key in ["Shift+ArrowLeft", "Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowLeft"] {
            page.press(key)?;
        }
        assert_eq!(
            chosen(&mut page)?,
            [
                "funds.meetings_training.prior",
                "funds.meetings_training.budget",
                "funds.meetings_training.final",
                "funds.procurement.budget",
                "funds.procurement.final",
                "funds.basic_adjustment.budget",
                "funds.basic_adjustment.final",
            ]
        );
        wait_for_text(&mut page, &part("range"), "已选 3 行 3 列，合计 1,285.53")?;
        // Not by its colour alone.
        let frame = "(style => style.outlineStyle + ' ' + style.outlineWidth)\
                     (getComputedStyle(document.querySelector('[data-range]')))";
        assert_eq!(page.eval(frame)?, "solid 2px");
        wait_for_caret(&mut page, "funds.meetings_training.final")?;
        // The form's own —— are copied, too, so that columns stay columns.
        let copied = "\t1234.50\t20\n——\t31.0300\t\n——\t\t无\n";
        assert_eq!(clipboard_after(&mut page, "Control+c")?, copied);
        // It comes back by the real clipboard: the same again, so that nothing is replaced.
        page.click(&cell("funds.meetings_training.prior"))?;
        page.press("Escape")?;
        assert!(chosen(&mut page)?.is_empty());
        wait_for_text(&mut page, &part("range"), "")?;
        page.click(&cell("funds.vehicles.prior"))?;
        page.press("Control+v")?;
        wait_for_words(&mut page, &part("notice"), "已粘贴 9 格")?;
        wait_for_value(&mut page, "funds.vehicle_purchase.budget", "31.0300")?;
        wait_for_value(&mut page, "funds.vehicle_purchase.prior", "——")?;
        wait_for_value(&mut page, "funds.vehicle_upkeep.final", "无")
    });
}

#[test]
fn texts_and_rates_are_copied_as_spreadsheets_write_them() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("staff.all.quota"), "16人")?;
        page.fill(&cell("staff.all.actual"), "15")?;
        page.fill(&cell("staff.all.rate"), "93.75％")?;
        page.click(&cell("staff.all.quota"))?;
        page.press("Control+a")?;
        page.press("Shift+ArrowRight")?;
        page.press("Shift+ArrowRight")?;
        assert_eq!(clipboard_after(&mut page, "Control+c")?, "16\t15\t93.75%\n");
        page.click(&cell("goals.all.expected"))?;
        page.type_text("a")?;
        page.press("Enter")?;
        page.insert_text("b\tc")?;
        // A click with Shift, where the arrows are for the text.
        mouse(&mut page, "mousePressed", "goals.all.achieved", 8)?;
        mouse(&mut page, "mouseReleased", "goals.all.achieved", 8)?;
        assert_eq!(chosen(&mut page)?, ["goals.all.expected", "goals.all.achieved"]);
        wait_for_caret(&mut page, "goals.all.expected")?;
        assert_eq!(clipboard_after(&mut page, "Control+c")?, "\"a\nb\tc\"\t\n");
        // Without a range the browser copies what is selected in the text.
        page.click(&cell("staff.all.rate"))?;
        assert_eq!(chosen(&mut page)?, Vec::<String>::new());
        page.press("Home")?;
        page.press("Shift+ArrowRight")?;
        page.press("Shift+ArrowRight")?;
        assert_eq!(chosen(&mut page)?, Vec::<String>::new(), "letters were chosen, not cells");
        page.press("Control+c")?;
        page.click(&cell("unit.all.name"))?;
        page.press("Control+v")?;
        wait_for_value(&mut page, "unit.all.name", "93")
    });
}

#[test]
fn range_is_cut_and_emptied_in_one_step() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let cells = [("funds.public.budget", "1"), ("funds.public.final", "2"), ("funds.office.budget", "3")];
        for (key, text) in cells {
            page.fill(&cell(key), text)?;
        }
        for key in ["Control+x", "Delete", "Backspace"] {
            page.click(&cell("funds.public.budget"))?;
            page.press("Control+a")?;
            page.press("Shift+ArrowRight")?;
            page.press("Shift+ArrowDown")?;
            let put = clipboard_after(&mut page, key)?;
            if key == "Control+x" {
                assert_eq!(put, "1\t2\n3\t\n");
            }
            for (key, _) in cells {
                wait_for_value(&mut page, key, "")?;
            }
            page.press("Control+z")?;
            for (key, text) in cells {
                wait_for_value(&mut page, key, text)?;
            }
        }
        // Typing goes into the cell that has the caret, and ends the range.
        page.click(&cell("funds.public.budget"))?;
        page.press("Control+a")?;
        page.press("Shift+ArrowDown")?;
        page.type_text("8")?;
        assert!(chosen(&mut page)?.is_empty());
        wait_for_value(&mut page, "funds.public.budget", "8")?;
        assert_eq!(page.value(&cell("funds.office.budget"))?, "3");
        Ok(())
    });
}

#[test]
fn mouse_drawn_over_cells_chooses_them() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.hover(&cell("funds.office.budget"))?;
        mouse(&mut page, "mousePressed", "funds.public.budget", 0)?;
        mouse(&mut page, "mouseMoved", "funds.office.budget", 0)?;
        mouse(&mut page, "mouseMoved", "funds.office.final", 0)?;
        mouse(&mut page, "mouseReleased", "funds.office.final", 0)?;
        assert_eq!(
            chosen(&mut page)?,
            ["funds.public.budget", "funds.public.final", "funds.office.budget", "funds.office.final"]
        );
        wait_for_caret(&mut page, "funds.public.budget")?;
        wait_for_text(&mut page, &part("range"), "已选 2 行 2 列")?;
        // One value for all of them.
        copy_one(&mut page)?;
        mouse(&mut page, "mousePressed", "funds.public.budget", 0)?;
        mouse(&mut page, "mouseMoved", "funds.office.final", 0)?;
        mouse(&mut page, "mouseReleased", "funds.office.final", 0)?;
        page.press("Control+v")?;
        for key in ["funds.public.budget", "funds.public.final", "funds.office.budget", "funds.office.final"] {
            page.wait_until(&format!("document.querySelector({}).value === '5'", json!(cell(key))))?;
        }
        // Back over the first cell, and nothing is chosen.
        mouse(&mut page, "mousePressed", "funds.public.budget", 0)?;
        mouse(&mut page, "mouseMoved", "funds.office.budget", 0)?;
        mouse(&mut page, "mouseMoved", "funds.public.budget", 0)?;
        mouse(&mut page, "mouseReleased", "funds.public.budget", 0)?;
        assert!(chosen(&mut page)?.is_empty());
        // Cells of another table are not of the range.
        mouse(&mut page, "mousePressed", "funds.meetings_training.budget", 0)?;
        mouse(&mut page, "mouseMoved", "buildings.r3.approved_area", 0)?;
        mouse(&mut page, "mouseReleased", "buildings.r3.approved_area", 0)?;
        assert!(chosen(&mut page)?.is_empty());
        Ok(())
    });
}

fn copy_one(page: &mut Page) -> Result<()> {
    page.fill(&cell("funds.vehicle_upkeep.prior"), "5")?;
    page.press("Shift+Tab")?;
    page.press("Control+c")?;
    page.hover(&cell("funds.office.budget"))
}
