//! Forms and the sample are fetched when they are asked for; a network that is gone is said, and nothing is lost by it.

use gouji_browser_tests::{Browser, on_every_browser};

use crate::*;

const PROJECT: &str = "project-expenditure";
const BASE: &str = "hunan-base-2018";

/// Fails or holds back what is fetched later, while `network` is not "there".
const NETWORK: &str = "{
    const fetch = window.fetch;
    window.network = sessionStorage.getItem('network') || 'there';
    window.held = [];
    window.fetch = (address, options) => {
        if (!address.endsWith('.json') || network === 'there') return fetch(address, options);
        if (network === 'gone') return Promise.reject(new TypeError('Failed to fetch'));
        if (network === 'login') return Promise.resolve(new Response('<form>', { status: 200 }));
        return new Promise(done => held.push(() => done(fetch(address, options))));
    };
}";

fn open(browser: Browser) -> Result<Page> {
    let mut page = browser.start()?;
    page.run_before_load(NETWORK)?;
    page.open_app()?;
    page.wait_for("main")?;
    Ok(page)
}

/// From now on, and after the page was loaded anew.
fn network(page: &mut Page, is: &str) -> Result<()> {
    page.eval(&format!("sessionStorage.setItem('network', window.network = '{is}')"))?;
    Ok(())
}

fn fetched(page: &mut Page) -> Result<usize> {
    Ok(page.requests()?.iter().filter(|url| url.ends_with(".json")).count())
}

#[test]
fn nothing_is_fetched_before_it_is_asked_for_and_a_form_only_once() {
    on_every_browser(|browser| {
        let mut page = open(browser)?;
        new_form(&mut page)?;
        wait_for_words(&mut page, "main", "2024年度部门")?;
        assert_eq!(fetched(&mut page)?, 0);
        for _ in 0..2 {
            new_form_of(&mut page, PROJECT)?;
            wait_for_text(&mut page, "h1", "项目支出绩效自评")?;
            assert_eq!(fetched(&mut page)?, 1);
            new_form(&mut page)?;
            wait_for_text(&mut page, "h1", "部门（单位）整体支出绩效自评")?;
        }
        open_sample(&mut page)?;
        assert_eq!(fetched(&mut page)?, 2);
        Ok(())
    });
}

#[test]
fn network_that_is_gone_is_said_and_the_page_goes_on() {
    on_every_browser(|browser| {
        let mut page = open(browser)?;
        page.fill(&cell("unit.all.name"), "某某局")?;
        for is in ["gone", "login"] {
            network(&mut page, is)?;
            let reason = if is == "gone" { "Failed to fetch" } else { "" };
            for action in ["form", "sample"] {
                match action {
                    "form" => new_form_of(&mut page, PROJECT)?,
                    _ => page.click(&button("open-sample"))?,
                }
                for words in ["没有取到", "网络", "再试", reason] {
                    wait_for_words(&mut page, &part("notice"), words)?;
                }
                wait_for_value(&mut page, "unit.all.name", "某某局")?;
                page.click(&button("close-notice"))?;
                wait_until_gone(&mut page, &part("notice"))?;
            }
        }
        network(&mut page, "gone")?;
        to_english(&mut page)?;
        new_form_of(&mut page, PROJECT)?;
        wait_for_words(&mut page, &part("notice"), "could not be fetched")?;
        network(&mut page, "there")?;
        new_form_of(&mut page, PROJECT)?;
        wait_for_text(&mut page, "h1", "项目支出绩效自评")
    });
}

#[test]
fn file_whose_form_cannot_be_fetched_is_opened_once_it_can() {
    on_every_browser(|browser| {
        let mut page = open(browser)?;
        network(&mut page, "gone")?;
        let file = gouji_browser_tests::places::root().join("tests/cases").join(BASE).join("sound/submission.json");
        page.choose_files(&part("file"), &[&file])?;
        wait_for_words(&mut page, &part("notice"), "没有打开 submission.json：需要的文件没有取到")?;
        network(&mut page, "there")?;
        page.choose_files(&part("file"), &[&file])?;
        wait_for_words(&mut page, &part("notice"), "已打开 submission.json")?;
        wait_for_text(&mut page, "h1", "部门整体支出绩效评价基础数据表")
    });
}

#[test]
fn draft_whose_form_cannot_be_fetched_stays_a_draft() {
    on_every_browser(|browser| {
        let mut page = open(browser)?;
        new_form_of(&mut page, PROJECT)?;
        page.fill(&cell("head.project.text"), "某项目")?;
        wait_until_saved(&mut page)?;
        network(&mut page, "gone")?;
        page.reload()?;
        wait_for_words(&mut page, &part("notice"), "没有打开 某项目2022年度项目支出自评：需要的文件没有取到")?;
        wait_for_text(&mut page, "h1", "部门（单位）整体支出绩效自评")?;
        network(&mut page, "there")?;
        page.click("summary[data-action=\"drafts\"]")?;
        wait_for_words(&mut page, &button("open-draft"), "某项目2022年度项目支出自评")?;
        assert!(!page.text(&button("open-draft"))?.contains("另存"), "nothing is wrong with it");
        page.click(&button("open-draft"))?;
        wait_for_value(&mut page, "head.project.text", "某项目")?;
        // It is the same draft that goes on.
        page.fill(&cell("head.project.text"), "某项目二")?;
        wait_until_saved(&mut page)?;
        page.reload()?;
        wait_for_value(&mut page, "head.project.text", "某项目二")
    });
}

#[test]
fn form_that_comes_late_does_not_take_the_place_of_what_was_opened_since() {
    on_every_browser(|browser| {
        let mut page = open(browser)?;
        network(&mut page, "slow")?;
        // Asked for twice, as by somebody who waits; the second must not open over what is typed into the first.
        new_form_of(&mut page, PROJECT)?;
        new_form_of(&mut page, PROJECT)?;
        page.wait_until("held.length === 2")?;
        page.eval("held.shift()()")?;
        wait_for_text(&mut page, "h1", "项目支出绩效自评")?;
        page.fill(&cell("head.project.text"), "某项目")?;
        page.eval("held.shift()()")?;
        page.eval("new Promise(done => setTimeout(done, 200))")?;
        wait_for_value(&mut page, "head.project.text", "某项目")?;

        new_form_of(&mut page, BASE)?;
        page.wait_until("held.length === 1")?;
        new_form(&mut page)?;
        wait_for_text(&mut page, "h1", "部门（单位）整体支出绩效自评")?;
        page.eval("held.shift()()")?;
        page.eval("new Promise(done => setTimeout(done, 200))")?;
        wait_for_text(&mut page, "h1", "部门（单位）整体支出绩效自评")
    });
}
