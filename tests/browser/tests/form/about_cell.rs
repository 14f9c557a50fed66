//! 本格说明: it follows the caret without taking it, shows new figures in step, and leads to the cells that it names.

use gouji_browser_tests::on_every_browser;

use crate::*;

fn tab(action: &str) -> String {
    format!(".side-tabs {}", button(action))
}

fn about() -> String {
    part("about")
}

/// Opens the panel at a cell.
fn look_at(page: &mut Page, key: &str) -> Result<()> {
    page.click(&cell(key))?;
    page.press("F1")?;
    page.wait_for(&part("about-name"))
}

#[test]
fn panel_follows_the_caret_and_never_takes_it() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        look_at(&mut page, "funds.projects.final")?;
        wait_for_text(&mut page, &part("about-name"), "项目支出·2024年决算数")?;
        wait_for_caret(&mut page, "funds.projects.final")?;
        assert_eq!(page.eval("document.querySelector('.side-tabs [aria-pressed=true]').dataset.action")?, "about");
        // The list of findings has made room.
        assert_eq!(page.eval("document.querySelector('[data-part=findings]').offsetHeight")?, 0);
        wait_for_words(&mut page, &about(), "项目支出等于各类项目之和")?;

        page.press("Enter")?;
        wait_for_text(&mut page, &part("about-name"), "业务工作经费·2024年决算数")?;
        wait_for_caret(&mut page, "funds.operations.final")?;

        page.press("F1")?;
        page.wait_until("document.querySelector('[data-part=about]').offsetHeight === 0")?;
        wait_for_caret(&mut page, "funds.operations.final")?;
        Ok(())
    });
}

#[test]
fn panel_shows_new_figures_in_step_with_typing() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        look_at(&mut page, "use.total.amount")?;
        wait_for_words(&mut page, &format!("{} .tie .is-agrees", about()), "相符")?;
        page.press("Control+a")?;
        page.type_text("642.02")?;
        wait_for_words(&mut page, &format!("{} .map .is-violated .state", about()), "不符")?;
        wait_for_caret(&mut page, "use.total.amount")?;
        wait_for_words(&mut page, &format!("{} .sums", about()), "642.02")?;

        // What was opened stays open while figures change.
        let details = format!("{} details[data-code=P04]", about());
        page.click(&format!("{details} summary"))?;
        page.click(&cell("use.total.amount"))?;
        page.press("Control+a")?;
        page.type_text("642.01")?;
        wait_until_gone(&mut page, &format!("{} .map .is-violated", about()))?;
        assert!(is_shown(&mut page, &format!("{details}[open]"))?);
        Ok(())
    });
}

#[test]
fn map_leads_to_cells_by_mouse_and_by_keyboard() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        look_at(&mut page, "use.total.amount")?;
        page.click(&format!("{} .map a[data-on=\"use.basic.amount\"]", about()))?;
        wait_for_caret(&mut page, "use.basic.amount")?;
        wait_for_words(&mut page, &part("about-name"), "基本支出")?;
        assert_eq!(page.eval("location.hash")?, "");

        // Alt+F1 goes into the panel; from there Tab reaches what is in it, and Enter leads on.
        page.press("Alt+F1")?;
        page.wait_until("document.activeElement.dataset.part === 'about'")?;
        page.focus(&format!("{} .map a[data-on=\"use.project.amount\"]", about()))?;
        page.press("Enter")?;
        wait_for_caret(&mut page, "use.project.amount")?;
        page.press("Alt+F1")?;
        page.wait_until("document.activeElement.dataset.part === 'about'")?;
        page.press("Alt+F1")?;
        wait_for_caret(&mut page, "use.project.amount")
    });
}

#[test]
fn finding_opens_its_calculation_and_the_tab_goes_back() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        // The sample was spent above its budget, which is no card.
        page.click(&format!("{} {}", finding("P16"), button("about")))?;
        wait_for_text(&mut page, &part("about-name"), "年度资金总额·全年预算数")?;
        wait_for_words(&mut page, &about(), "34.67%")?;
        page.click(&tab("findings"))?;
        page.wait_for(&finding("P16"))?;
        page.wait_until("document.querySelector('[data-part=findings]').offsetHeight > 0")
    });
}

#[test]
fn blank_total_is_filled_from_its_panel() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.fill(&cell("funds.projects.final"), "")?;
        page.click(&tab("about"))?;
        let fill = format!("{} {}", about(), button("accept"));
        wait_for_text(&mut page, &fill, "填入 381.36")?;
        page.click(&fill)?;
        wait_for_value(&mut page, "funds.projects.final", "381.36")?;
        wait_until_gone(&mut page, &fill)
    });
}

#[test]
fn without_a_cell_it_says_how_and_in_english_too() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for(&tab("about"))?;
        page.click(&tab("about"))?;
        wait_for_words(&mut page, &about(), "点一个格")?;
        open_sample(&mut page)?;
        page.click(&cell("funds.public.final"))?;
        wait_for_words(&mut page, &about(), "公用经费不小于其中项之和")?;
        page.click(&button("language"))?;
        wait_for_words(&mut page, &about(), "This cell takes")?;
        wait_for_text(&mut page, &tab("about"), "About this cell")
    });
}

/// The rest of the page goes on where the second module does not come.
#[test]
fn panel_without_a_network_says_so() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        new_form(&mut page)?;
        page.eval("document.querySelector('script[data-reader-wasm]').setAttribute('data-reader-wasm', './missing')")?;
        page.click(&cell("funds.public.final"))?;
        page.press("F1")?;
        wait_for_words(&mut page, &about(), "填报不受影响")?;
        page.type_text("31.03")?;
        page.press("Enter")?;
        wait_for_value(&mut page, "funds.public.final", "31.03")
    });
}
