//! Rows that a person adds and removes: sums and points follow, nothing is lost on the way back.

use gouji_browser_tests::on_every_browser;

use crate::*;

/// The button that adds a row to a group without rows.
fn add_first_row(group: &str) -> String {
    format!("{}[data-on=\"{group}\"]", button("add-first-row"))
}

#[test]
fn added_fund_is_in_the_sums_and_comes_back_with_its_texts() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        // A blank form has one row for a fund, r2; its counter stands at 15.
        page.fill(&cell("funds.r2.name"), "甲专项")?;
        page.fill(&cell("funds.r2.final"), "100")?;
        page.fill(&cell("funds.earmarked.final"), "100")?;
        click_in_row(&mut page, "add-row", "funds.r2.name")?;
        page.fill(&cell("funds.r15.name"), "乙专项")?;
        page.fill(&cell("funds.r15.final"), "50.5")?;
        wait_for_words(&mut page, &finding("J04"), "应为 150.50，现填 100.00，少 50.50")?;
        page.fill(&cell("funds.earmarked.final"), "150.5")?;
        wait_until_gone(&mut page, &finding("J04"))?;
        page.fill(&cell("funds.projects.final"), "150")?;
        wait_for_words(&mut page, &finding("J03"), "应为 150.50，现填 150.00，少 0.50")?;

        click_in_row(&mut page, "remove-row", "funds.r15.name")?;
        wait_until_gone(&mut page, &cell("funds.r15.name"))?;
        // Both sums differ now, and one figure explains both.
        wait_for_words(&mut page, &finding("J03"), "150.50，应为 100.00")?;
        page.click(&button("undo"))?;
        wait_for_value(&mut page, "funds.r15.name", "乙专项")?;
        wait_for_value(&mut page, "funds.r15.final", "50.5")?;
        wait_until_gone(&mut page, &finding("J04"))?;
        page.click(&button("redo"))?;
        wait_until_gone(&mut page, &cell("funds.r15.name"))?;
        page.click(&button("undo"))?;
        wait_for_value(&mut page, "funds.r15.name", "乙专项")?;

        wait_until_saved(&mut page)?;
        page.reload()?;
        wait_for_value(&mut page, "funds.r15.name", "乙专项")
    });
}

#[test]
fn last_row_of_a_group_can_go_and_come() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        click_in_row(&mut page, "remove-row", "funds.r2.name")?;
        wait_until_gone(&mut page, &cell("funds.r2.name"))?;
        page.click(&add_first_row("earmarked_funds"))?;
        page.fill(&cell("funds.r15.name"), "丙专项")?;
        wait_for_value(&mut page, "funds.r15.name", "丙专项")
    });
}

#[test]
fn points_of_an_added_indicator_are_counted() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        click_in_row(&mut page, "add-row", "indicators.r4.name")?;
        page.fill(&cell("indicators.r22.name"), "新增指标")?;
        page.fill(&cell("indicators.r22.weight"), "5")?;
        // No other row has points to give: each has just those of its score.
        wait_for_words(&mut page, &finding_at("P08", "indicators.r22.weight"), "新增指标·分值")?;
        page.fill(&cell("indicators.r4.weight"), "0")?;
        wait_until_gone(&mut page, &finding("P08"))?;
        click_in_row(&mut page, "remove-row", "indicators.r22.name")?;
        let points = format!("{} li[data-cell=\"indicators.r4.weight\"]", part("findings"));
        wait_for_words(&mut page, &points, "应为 5")
    });
}
