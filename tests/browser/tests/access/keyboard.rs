//! Each task is done by keys alone, and what has the focus is seen at every step.

use gouji_browser_tests::on_every_browser;

use crate::*;

fn press(page: &mut Page, keys: &[&str]) -> Result<()> {
    keys.iter().try_for_each(|key| page.press(key))
}

fn wait_for_focus(page: &mut Page, selector: &str) -> Result<()> {
    page.wait_until(&format!("document.activeElement.matches({})", json!(selector)))
}

fn open_sample_by_keys(page: &mut Page) -> Result<()> {
    tab_to(page, &action("open-sample"))?;
    page.press("Enter")?;
    wait_for_sample(page)
}

/// The way from the head to the findings, which nobody sees who has a mouse.
fn go_to_findings(page: &mut Page) -> Result<()> {
    go_by(page, "Shift+Tab", ".skip, .to-findings", 400)?;
    if page.eval("document.activeElement.matches('.to-findings')")? == false {
        tab_to(page, ".to-findings")?;
    }
    page.press("Enter")?;
    wait_for_focus(page, "[data-part=findings]")
}

#[test]
fn first_stop_leads_past_the_head() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for(&cell("staff.all.quota"))?;
        page.press("Tab")?;
        assert_eq!(page.eval("document.activeElement.textContent")?, "跳到表格");
        assert_eq!(page.eval(HIDDEN_FOCUS)?, "");
        page.press("Enter")?;
        wait_for_focus(&mut page, "[data-part=sheets]")?;
        page.press("Tab")?;
        wait_for_focus(&mut page, "[data-sheet=base] [data-key]")?;
        assert_eq!(page.eval(HIDDEN_FOCUS)?, "");
        Ok(())
    });
}

#[test]
fn wrong_figure_is_found_mended_and_explained_by_keys() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for(&cell("staff.all.quota"))?;
        open_sample_by_keys(&mut page)?;
        tab_to(&mut page, &format!("{}[data-on=base]", action("go-to-sheet")))?;
        page.press("Enter")?;
        wait_for_focus(&mut page, "[data-sheet=base]")?;
        tab_to(&mut page, &cell("funds.three_public.final"))?;
        page.type_text("6")?;
        page.press("Tab")?;
        page.wait_for(".repair")?;
        // From 全部审核 to the line of the box to the cell, which is mended.
        go_by(&mut page, "Shift+Tab", &action("check-all"), 400)?;
        page.press("Enter")?;
        wait_for_focus(&mut page, ".summary-place")?;
        assert_eq!(page.eval(HIDDEN_FOCUS)?, "");
        tab_to(&mut page, ".summary li .link")?;
        page.press("Enter")?;
        wait_for_focus(&mut page, &cell("funds.three_public.final"))?;
        assert_eq!(page.eval(HIDDEN_FOCUS)?, "");
        page.type_text("0.6")?;
        page.press("Tab")?;
        page.wait_until("document.querySelector('[data-part=errors]').textContent === '0'")?;
        // Wrong again, and mended by the button of its card.
        press(&mut page, &["Shift+Tab", "Control+a"])?;
        page.type_text("6")?;
        page.press("Tab")?;
        page.wait_for(".repair")?;
        go_to_findings(&mut page)?;
        tab_to(&mut page, ".repair [data-action=write-text]")?;
        page.wait_until(
            "getComputedStyle(document.activeElement.closest('.try').querySelector('.after')).display !== 'none'",
        )?;
        // What shows beside it goes on Escape, and the focus stays.
        page.press("Escape")?;
        page.wait_until(
            "getComputedStyle(document.activeElement.closest('.try').querySelector('.after')).display === 'none'",
        )?;
        page.press("Enter")?;
        page.wait_until("document.querySelector('[data-part=errors]').textContent === '0'")?;
        // A note on what may stay.
        go_to_findings(&mut page)?;
        tab_to(&mut page, &format!("{} .answer summary", finding("J13")))?;
        press(&mut page, &["Enter", "Tab"])?;
        wait_for_focus(&mut page, ".answer textarea")?;
        page.type_text("属实")?;
        page.press("Tab")?;
        wait_for_focus(&mut page, &action("save-note"))?;
        page.press("Enter")?;
        page.wait_until(&format!(
            "document.querySelector({}).textContent.includes('已说明')",
            json!(format!("{} [data-part=answer-state]", finding("J13")))
        ))
    });
}

#[test]
fn rows_are_added_moved_and_removed_by_keys() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for(&cell("staff.all.quota"))?;
        open_sample_by_keys(&mut page)?;
        let rows = "Array.from(document.querySelectorAll('.block-indicators tr.added'), row => row.dataset.row).join()";
        let before = page.eval(rows)?;
        tab_to(&mut page, &format!("{}[data-on=self]", action("go-to-sheet")))?;
        page.press("Enter")?;
        wait_for_focus(&mut page, "[data-sheet=self]")?;
        tab_to(&mut page, &cell("indicators.r6.name"))?;
        page.press("Alt+Insert")?;
        page.wait_until(&format!("{rows} !== {before} && document.activeElement.value === ''"))?;
        assert_eq!(page.eval(HIDDEN_FOCUS)?, "");
        let added = page.eval(rows)?;
        page.press("Alt+ArrowUp")?;
        page.wait_until(&format!("{rows} !== {added}"))?;
        page.wait_until("document.activeElement.value === ''")?;
        page.press("Alt+ArrowDown")?;
        page.wait_until(&format!("{rows} === {added}"))?;
        page.wait_until("document.activeElement.value === ''")?;
        page.press("Alt+Delete")?;
        page.wait_until(&format!("{rows} === {before}"))?;
        page.wait_until("document.activeElement.dataset.key")
    });
}

#[test]
fn menus_open_and_close_by_keys() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for(&cell("staff.all.quota"))?;
        for menu in ["new", "export", "drafts"] {
            let summary = format!("summary{}", action(menu));
            let is_open = "!!document.querySelector('.menu[open]')";
            for opening in ["Enter", " "] {
                tab_to(&mut page, &summary)?;
                if opening == " " {
                    page.type_text(" ")?
                } else {
                    page.press(opening)?
                }
                page.wait_until(is_open)?;
                page.press("Tab")?;
                page.wait_until("!!document.activeElement.closest('.menu-list')")?;
                assert_eq!(page.eval(HIDDEN_FOCUS)?, "");
                page.press("Escape")?;
                page.wait_until("!document.querySelector('.menu[open]')")?;
                wait_for_focus(&mut page, &summary)?;
                page.press("Shift+Tab")?;
            }
            // It never hides what has the focus behind it.
            tab_to(&mut page, &summary)?;
            page.press("Enter")?;
            page.wait_until(is_open)?;
            go_by(&mut page, "Tab", "body > * *:not(.menu-list *):not(summary)", 12)
                .or_else(|_| go_by(&mut page, "Tab", "button:not(.link):not(.danger):not(.row-button)", 12))?;
            page.wait_until("!document.querySelector('.menu[open]')")?;
            go_by(&mut page, "Shift+Tab", ".skip", 60)?;
        }
        Ok(())
    });
}

#[test]
fn files_are_exported_and_printed_and_the_language_changed_by_keys() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for(&cell("staff.all.quota"))?;
        open_sample_by_keys(&mut page)?;
        tab_to(&mut page, &format!("summary{}", action("export")))?;
        page.press("Enter")?;
        tab_to(&mut page, &action("export-json"))?;
        page.press("Enter")?;
        assert!(page.take_download()?.name.ends_with(".json"));
        // What is to be changed in what goes out is said at once.
        wait_for_focus(&mut page, ".summary-place")?;
        assert_eq!(page.eval("document.querySelectorAll('.menu[open]').length")?, 0);
        go_by(&mut page, "Shift+Tab", &format!("summary{}", action("export")), 60)?;
        page.eval("window.print = () => { window.isPrinted = true; }")?;
        tab_to(&mut page, &action("print"))?;
        page.press("Enter")?;
        page.wait_until("window.isPrinted")?;
        tab_to(&mut page, &action("language"))?;
        page.press("Enter")?;
        page.wait_until("document.documentElement.lang === 'en'")?;
        wait_for_focus(&mut page, &action("language"))
    });
}

#[test]
fn text_is_pasted_read_and_taken_over_by_keys() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for(&cell("staff.all.quota"))?;
        tab_to(&mut page, &action("material"))?;
        page.press("Enter")?;
        page.wait_for("[data-part=material-input]")?;
        tab_to(&mut page, "[data-part=material-input]")?;
        page.insert_text("2024年，我单位基本支出合计206.65万元。")?;
        tab_to(&mut page, &action("read-material"))?;
        page.press("Enter")?;
        page.wait_for(".material-text .read")?;
        tab_to(&mut page, &action("adopt"))?;
        page.press("Enter")?;
        page.wait_until("Array.from(document.querySelectorAll('[data-key]')).some(cell => cell.value === '206.65')")
    });
}
