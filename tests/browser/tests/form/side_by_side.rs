//! Drafts of several forms on one computer: listed, opened again as they were, deleted, cleared for good.

use gouji_browser_tests::on_every_browser;

use crate::drafts::{put_draft, records};
use crate::*;

const MENU: &str = "summary[data-action=\"drafts\"]";

/// Opens the list of drafts, which may stand open from before.
fn open_menu(page: &mut Page) -> Result<()> {
    if is_shown(page, "details[open] > summary[data-action=\"drafts\"]")? {
        page.click(MENU)?;
    }
    page.click(MENU)
}

/// Titles in the list of drafts, as they stand there.
fn listed(page: &mut Page) -> Result<Vec<String>> {
    open_menu(page)?;
    page.wait_for(&button("open-draft"))?;
    page.texts(&button("open-draft"))
}

/// The id of the draft of this title.
fn id_of(page: &mut Page, title: &str) -> Result<String> {
    let records = records(page, "drafts")?;
    let record = records.iter().find(|record| record["title"] == title);
    Ok(record.unwrap_or_else(|| panic!("{title}: {records:#?}"))["id"].as_str().unwrap_or_default().to_owned())
}

fn open_listed(page: &mut Page, title: &str) -> Result<()> {
    let id = id_of(page, title)?;
    open_menu(page)?;
    page.click(&format!("{}[data-on=\"{id}\"]", button("open-draft")))
}

/// The time in which the page would have saved what is still waiting.
fn let_it_save(page: &mut Page) -> Result<()> {
    page.eval("new Promise(done => setTimeout(done, 1000))")?;
    Ok(())
}

#[test]
fn drafts_of_several_forms_are_listed_and_open_as_they_were() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("unit.all.name"), "甲局")?;
        page.fill(&cell("funds.public.final"), "31.030")?;
        for (name, executed) in [("修路", "——"), ("架桥", "1,234.5")] {
            new_form_of(&mut page, "project-expenditure")?;
            page.fill(&cell("head.project.text"), name)?;
            page.fill(&cell("totals.grant.executed"), executed)?;
        }
        page.fill(&part("year"), "2023")?;
        wait_until_saved(&mut page)?;

        let titles = listed(&mut page)?;
        assert_eq!(titles.len(), 2, "all but the one on screen: {titles:?}");
        for (said, title) in titles.iter().zip(["修路2022年度项目支出自评", "甲局2024年度自评"]) {
            let time = said.strip_prefix(title).unwrap_or_else(|| panic!("{title} is not newest in {titles:?}"));
            let shape: String = time.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            assert_eq!(shape, "（0000-00-00 00:00 保存）");
        }

        open_listed(&mut page, "甲局2024年度自评")?;
        wait_for_text(&mut page, "h1", "部门（单位）整体支出绩效自评")?;
        wait_for_value(&mut page, "unit.all.name", "甲局")?;
        page.focus(&cell("funds.public.final"))?;
        wait_for_value(&mut page, "funds.public.final", "31.030")?;
        open_listed(&mut page, "架桥2023年度项目支出自评")?;
        wait_for_text(&mut page, "h1", "项目支出绩效自评")?;
        wait_for_value(&mut page, "head.project.text", "架桥")?;
        wait_for_value(&mut page, "totals.grant.executed", "1,234.5")?;
        assert_eq!(page.value(&part("year"))?, "2023");
        open_listed(&mut page, "修路2022年度项目支出自评")?;
        wait_for_value(&mut page, "head.project.text", "修路")?;
        wait_for_value(&mut page, "totals.grant.executed", "——")?;
        assert_eq!(page.value(&part("year"))?, "2022");
        let_it_save(&mut page)?;
        assert_eq!(records(&mut page, "drafts")?.len(), 3);
        Ok(())
    });
}

#[test]
fn looking_at_a_draft_leaves_it_as_it_was_saved() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        for name in ["甲局", "乙局"] {
            new_form(&mut page)?;
            page.fill(&cell("unit.all.name"), name)?;
            wait_until_saved(&mut page)?;
        }
        let before = records(&mut page, "drafts")?;
        for name in ["甲局", "乙局", "甲局"] {
            open_listed(&mut page, &format!("{name}2024年度自评"))?;
            wait_for_value(&mut page, "unit.all.name", name)?;
            page.click(&cell("foot.head.text"))?;
            let_it_save(&mut page)?;
            assert_eq!(records(&mut page, "drafts")?, before, "after looking at {name}");
        }
        Ok(())
    });
}

#[test]
fn deleted_draft_is_gone_and_the_others_stay() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        for name in ["甲局", "乙局", "丙局"] {
            new_form(&mut page)?;
            page.fill(&cell("unit.all.name"), name)?;
            wait_until_saved(&mut page)?;
        }
        let id = id_of(&mut page, "甲局2024年度自评")?;
        page.click(MENU)?;
        page.click(&format!("{}[data-on=\"{id}\"]", button("delete-draft")))?;
        wait_for_words(&mut page, &part("notice"), "已删除草稿“甲局2024年度自评”")?;
        page.wait_until("document.querySelectorAll('[data-action=\"open-draft\"]').length === 1")?;
        let mut left: Vec<_> = records(&mut page, "drafts")?.iter().map(|record| record["title"].to_string()).collect();
        left.sort();
        assert_eq!(left, ["\"丙局2024年度自评\"", "\"乙局2024年度自评\""]);
        wait_for_value(&mut page, "unit.all.name", "丙局")
    });
}

#[test]
fn new_form_in_which_nothing_was_typed_is_no_draft() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("unit.all.name"), "甲局")?;
        // At once, while the draft before it still waits to be saved.
        new_form(&mut page)?;
        wait_for_value(&mut page, "unit.all.name", "")?;
        let_it_save(&mut page)?;
        let home = page.site_url();
        page.navigate(&home)?;
        wait_for_value(&mut page, "unit.all.name", "甲局")?;
        let drafts = records(&mut page, "drafts")?;
        assert_eq!(drafts.len(), 1, "{drafts:#?}");
        Ok(())
    });
}

#[test]
fn clearing_takes_two_clicks_and_nothing_comes_back() {
    on_every_browser(|browser| {
        let mut page = browser.start()?;
        let unreadable = json!({ "id": "d7", "title": "旧稿", "saved_at": "2025-01-01T00:00:00.000Z", "text": "{" });
        put_draft(&mut page, &unreadable)?;
        page.open_app()?;
        wait_for_words(&mut page, &part("notice"), "读不出来")?;
        for name in ["甲局", "乙局"] {
            new_form(&mut page)?;
            page.fill(&cell("unit.all.name"), name)?;
            wait_until_saved(&mut page)?;
        }
        assert_eq!(records(&mut page, "drafts")?.len(), 2);
        assert_eq!(records(&mut page, "aside")?.len(), 1);

        page.click(MENU)?;
        // The list comes a moment after its box, and what is below moves down.
        page.wait_for(&button("open-draft"))?;
        wait_for_text(&mut page, &button("clear-all"), "清除本机数据")?;
        page.click(&button("clear-all"))?;
        let question = "确定清除？本机的全部草稿都会删掉，不能恢复";
        wait_for_text(&mut page, &button("clear-all"), question)?;
        assert_eq!(records(&mut page, "drafts")?.len(), 2, "one click asks only");
        // Who looks away and comes back is asked again.
        page.click("h1")?;
        page.click(MENU)?;
        wait_for_text(&mut page, &button("clear-all"), "清除本机数据")?;
        page.click("h1")?;

        // What still waits to be saved must not be saved after the clearing.
        page.click(&cell("unit.all.name"))?;
        page.type_text("x")?;
        page.click(MENU)?;
        page.wait_for(&button("open-draft"))?;
        page.click(&button("clear-all"))?;
        page.click(&button("clear-all"))?;
        wait_for_words(&mut page, &part("notice"), "本机数据已全部清除")?;
        wait_for_value(&mut page, "unit.all.name", "")?;
        let_it_save(&mut page)?;
        for store in ["drafts", "aside"] {
            assert_eq!(records(&mut page, store)?, Vec::<serde_json::Value>::new(), "{store}");
        }
        let home = page.site_url();
        page.navigate(&home)?;
        wait_for_value(&mut page, "unit.all.name", "")?;
        let_it_save(&mut page)?;
        for store in ["drafts", "aside"] {
            assert_eq!(records(&mut page, store)?, Vec::<serde_json::Value>::new(), "{store}, after coming back");
        }
        // And the page goes on keeping what is typed from now on.
        page.fill(&cell("unit.all.name"), "丙局")?;
        wait_until_saved(&mut page)?;
        assert_eq!(records(&mut page, "drafts")?.len(), 1);
        Ok(())
    });
}
