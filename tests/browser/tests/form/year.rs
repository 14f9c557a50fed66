//! The evaluated year, which every heading follows.

use gouji_browser_tests::on_every_browser;

use crate::*;

#[test]
fn headings_follow_the_year_and_a_bad_year_is_refused() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        assert_eq!(page.value(&part("year"))?, "2024", "at the start");
        assert_eq!(page.value(&part("level"))?, "区级", "at the start");
        let columns = ".block-funds thead";
        wait_for_words(&mut page, columns, "2023年决算数")?;
        page.fill(&part("year"), "2025")?;
        wait_for_words(&mut page, columns, "2024年决算数")?;
        wait_for_words(&mut page, columns, "2025年预算数")?;
        wait_for_words(&mut page, "[data-sheet=\"base\"] h2", "2025年度")?;

        for bad in ["20255", "二〇二四", "1e3", ""] {
            page.fill(&part("year"), bad)?;
            wait_for_words(&mut page, &part("notice"), "年度填四位数字")?;
            assert_eq!(page.value(&part("year"))?, "2025", "after {bad:?}");
            wait_for_words(&mut page, columns, "2025年预算数")?;
        }
        page.fill(&part("year"), "2024")?;
        wait_for_words(&mut page, columns, "2024年预算数")?;
        wait_until_gone(&mut page, &part("notice"))?;
        page.click(&button("undo"))?;
        wait_for_words(&mut page, columns, "2025年预算数")?;
        assert_eq!(page.value(&part("year"))?, "2025");
        Ok(())
    });
}

#[test]
fn level_word_is_typed_over_right_after_the_year() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        // By Tab from field to field, as in every form: the text there is selected, and typing replaces it.
        page.fill(&part("year"), "2025")?;
        wait_for_words(&mut page, ".block-funds thead", "2025年预算数")?;
        page.wait_until("document.activeElement.dataset.part === 'level'")?;
        page.type_text("县级")?;
        page.press("Tab")?;
        wait_for_words(&mut page, ".block-funds tbody", "县级专项资金")?;
        assert_eq!(page.value(&part("level"))?, "县级");
        Ok(())
    });
}

#[test]
fn cell_clicked_right_after_the_year_takes_what_is_typed() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.click(&part("year"))?;
        page.press("Control+a")?;
        page.type_text("2025")?;
        page.click(&cell("funds.office.prior"))?;
        wait_for_words(&mut page, ".block-funds thead", "2025年预算数")?;
        wait_for_caret(&mut page, "funds.office.prior")?;
        page.type_text("5")?;
        wait_for_value(&mut page, "funds.office.prior", "5")
    });
}
