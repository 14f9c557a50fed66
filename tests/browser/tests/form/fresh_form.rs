//! When the page speaks up: not before a figure is finished, at once when it was wrong before, of blanks at the end.

use gouji_browser_tests::on_every_browser;

use crate::*;

#[test]
fn nothing_is_red_before_a_cell_is_left_and_then_follows_every_key() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for(&cell("funds.vehicles.final"))?;
        assert!(!is_shown(&mut page, "li[data-code]")?, "an empty form has nothing to find");
        assert!(
            !is_shown(&mut page, "[data-mark=error], [data-mark=warning], [data-mark=open]")?,
            "nothing is marked on an empty form"
        );

        page.fill(&cell("funds.vehicle_purchase.final"), "10")?;
        page.fill(&cell("funds.vehicle_upkeep.final"), "6")?;
        page.click(&cell("funds.vehicles.final"))?;
        page.type_text("17")?;
        wait_for_value(&mut page, "funds.vehicles.final", "17")?;
        assert!(!is_shown(&mut page, &finding("J02"))?, "the figure may not be finished");
        assert!(!is_red(&mut page, "funds.vehicles.final")?);

        page.press("Tab")?;
        wait_for_words(&mut page, &finding("J02"), "应为 16.00，现填 17.00，多 1.00")?;
        assert!(is_red(&mut page, "funds.vehicles.final")?);

        page.press("Shift+Tab")?;
        page.type_text("1")?;
        wait_for_words(&mut page, &finding("J02"), "现填 1.00，少 15.00")?;
        page.type_text("6")?;
        wait_until_gone(&mut page, &finding("J02"))?;
        assert!(!is_red(&mut page, "funds.vehicles.final")?);
        page.type_text("0")?;
        wait_for_words(&mut page, &finding("J02"), "现填 160.00")?;
        Ok(())
    });
}

#[test]
fn sum_with_blank_parts_is_open_until_the_whole_form_is_checked() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("funds.operations.final"), "60")?;
        page.fill(&cell("funds.projects.final"), "100")?;
        page.wait_for(&format!("[data-mark=open] {}", cell("funds.projects.final")))?;
        wait_for_text(&mut page, &part("errors"), "0")?;
        assert!(!is_shown(&mut page, &finding("J03"))?);
        wait_for_words(&mut page, ".stage", "填报中")?;

        page.click(&button("check-all"))?;
        wait_for_words(&mut page, &finding("J03"), "应为 60.00，现填 100.00，多 40.00")?;
        wait_for_words(&mut page, ".stage", "空白项视为不适用")?;
        wait_for_words(&mut page, &finding("N03"), "必填项没有填")
    });
}

#[test]
fn finding_is_reached_by_one_click_out_of_the_cell_being_typed_in() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("funds.vehicle_purchase.final"), "1")?;
        page.fill(&cell("funds.vehicle_upkeep.final"), "1")?;
        page.fill(&cell("funds.vehicles.final"), "3")?;
        page.fill(&cell("funds.vehicle_purchase.budget"), "1")?;
        page.fill(&cell("funds.vehicle_upkeep.budget"), "1")?;
        // Leaving this cell adds a finding before the one that is clicked.
        page.click(&cell("funds.vehicles.budget"))?;
        page.type_text("5")?;
        page.click(&format!("{} button", finding_at("J02", "funds.vehicles.final")))?;
        page.wait_until("document.activeElement.dataset.key === 'funds.vehicles.final'")?;
        page.wait_for(&finding_at("J02", "funds.vehicles.budget"))
    });
}

#[test]
fn tab_is_reached_by_one_click_out_of_the_cell_being_typed_in() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("funds.vehicle_purchase.final"), "10")?;
        page.fill(&cell("funds.vehicle_upkeep.final"), "6")?;
        page.click(&cell("funds.vehicles.final"))?;
        page.type_text("17")?;
        // Leaving the cell brings an error, which is counted in the very tabs that are clicked.
        page.click("button[data-action=go-to-sheet][data-on=self]")?;
        page.wait_for(&finding("J02"))?;
        page.wait_for("button[data-on=base] .is-error")?;
        page.wait_until("document.querySelector('[data-sheet=self] h2').getBoundingClientRect().top < innerHeight / 2")
    });
}
