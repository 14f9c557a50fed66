//! The same draft in two windows: the one that comes back takes up what the other did, and neither overwrites.

use gouji_browser_tests::{Browser, on_every_browser};

use crate::drafts::records;
use crate::*;

/// What stands in this cell in each draft.
fn kept(page: &mut Page, key: &str) -> Result<Vec<String>> {
    let mut kept = Vec::new();
    for record in records(page, "drafts")? {
        let filing: serde_json::Value = serde_json::from_str(record["text"].as_str().unwrap_or_default())?;
        kept.push(filing["cells"][key].as_str().unwrap_or_default().to_owned());
    }
    kept.sort();
    Ok(kept)
}

/// A window that shows 甲局 and has saved it, and a second one that shows the same.
fn two_windows(browser: Browser, hears_the_focus: bool) -> Result<(Page, Page)> {
    let mut first = browser.start()?;
    if !hears_the_focus {
        first.run_before_load("addEventListener('focus', event => event.stopImmediatePropagation(), true)")?;
    }
    first.open_app()?;
    first.fill(&cell("unit.all.name"), "甲局")?;
    wait_until_saved(&mut first)?;
    let mut second = first.open_tab()?;
    second.open_app()?;
    second.bring_to_front()?;
    wait_for_value(&mut second, "unit.all.name", "甲局")?;
    Ok((first, second))
}

#[test]
fn window_that_comes_back_takes_up_what_the_other_saved() {
    on_every_browser(|browser| {
        let (mut first, mut second) = two_windows(browser, true)?;
        second.fill(&cell("foot.head.text"), "乙某")?;
        wait_until_saved(&mut second)?;
        first.bring_to_front()?;
        wait_for_words(&mut first, &part("notice"), "这份草稿在另一个窗口里改过，已换成最新的内容")?;
        wait_for_value(&mut first, "foot.head.text", "乙某")?;
        wait_for_value(&mut first, "unit.all.name", "甲局")?;

        // From here on it goes on with it, and the other comes back in its turn.
        first.fill(&cell("foot.phone.text"), "123")?;
        wait_until_saved(&mut first)?;
        second.bring_to_front()?;
        wait_for_words(&mut second, &part("notice"), "另一个窗口")?;
        wait_for_value(&mut second, "foot.phone.text", "123")?;
        second.fill(&cell("foot.head.text"), "丙某")?;
        wait_until_saved(&mut second)?;
        assert_eq!(kept(&mut second, "foot.head.text")?, ["丙某"], "one draft all the time");
        Ok(())
    });
}

#[test]
fn nothing_is_told_where_nobody_has_changed_anything() {
    on_every_browser(|browser| {
        let (mut first, mut second) = two_windows(browser, true)?;
        second.fill(&cell("foot.head.text"), "乙某")?;
        wait_until_saved(&mut second)?;
        first.bring_to_front()?;
        wait_for_value(&mut first, "foot.head.text", "乙某")?;
        // The time in which it would save something, if there were anything to save.
        first.eval("new Promise(done => setTimeout(done, 1000))")?;
        second.bring_to_front()?;
        second.eval("new Promise(done => setTimeout(done, 500))")?;
        let told = second.texts(&part("notice"))?;
        assert!(told.is_empty(), "the first window has only looked: {told:?}");
        Ok(())
    });
}

#[test]
fn two_windows_that_both_edit_make_two_drafts() {
    on_every_browser(|browser| {
        // Side by side, or with a save under way: the first does not hear of the second in time.
        let (mut first, mut second) = two_windows(browser, false)?;
        second.fill(&cell("foot.head.text"), "乙某")?;
        wait_until_saved(&mut second)?;
        first.bring_to_front()?;
        first.fill(&cell("foot.head.text"), "丙某")?;
        wait_for_words(&mut first, &part("notice"), "另一个窗口")?;
        wait_for_words(&mut first, &part("notice"), "已另存为一份新草稿")?;
        wait_until_saved(&mut first)?;
        assert_eq!(kept(&mut first, "foot.head.text")?, ["丙某", "乙某"]);

        // Both go on, each with its own.
        first.fill(&cell("foot.phone.text"), "1")?;
        wait_until_saved(&mut first)?;
        second.bring_to_front()?;
        second.fill(&cell("foot.phone.text"), "2")?;
        wait_until_saved(&mut second)?;
        assert_eq!(kept(&mut first, "foot.phone.text")?, ["1", "2"]);
        assert_eq!(kept(&mut first, "unit.all.name")?, ["甲局", "甲局"]);
        for (page, other) in [(&mut first, "乙某"), (&mut second, "丙某")] {
            page.bring_to_front()?;
            page.click("summary[data-action=\"drafts\"]")?;
            page.click(&button("open-draft"))?;
            wait_for_value(page, "foot.head.text", other)?;
        }
        Ok(())
    });
}

#[test]
fn what_is_typed_while_the_newer_content_is_fetched_is_not_lost() {
    on_every_browser(|browser| {
        let (mut first, mut second) = two_windows(browser, true)?;
        second.fill(&cell("foot.head.text"), "乙某")?;
        wait_until_saved(&mut second)?;
        // A slow disk: the newer content is on its way while the person already types.
        first.eval(
            "(() => {
                const open = gouji.drafts.open;
                window.asked = false;
                gouji.drafts.open = id => {
                    window.asked = true;
                    return new Promise(done => { window.answer = done }).then(() => open(id));
                };
            })()",
        )?;
        first.bring_to_front()?;
        first.wait_until("asked")?;
        first.fill(&cell("foot.phone.text"), "123")?;
        first.eval("answer()")?;
        first.wait_until("document.querySelector('[data-part=\"notice\"]')")?;
        wait_until_saved(&mut first)?;
        let (phones, heads) = (kept(&mut first, "foot.phone.text")?, kept(&mut first, "foot.head.text")?);
        assert!(phones.contains(&"123".to_owned()), "what was typed: {phones:?}");
        assert!(heads.contains(&"乙某".to_owned()), "what the other window saved: {heads:?}");
        Ok(())
    });
}
