//! The evaluated year, which every heading follows.

use gouji_browser_tests::on_every_browser;

use crate::*;

#[test]
fn headings_follow_the_year_and_a_bad_year_is_refused() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
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
