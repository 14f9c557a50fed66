//! Storage that is full, or of a newer page: said in words, and the page works on.

use gouji_browser_tests::{Browser, on_every_browser};

use crate::drafts::{put_draft, records};
use crate::*;

/// A database as a newer version of the page would leave it.
const NEWER: &str = "new Promise((done, failed) => {
    const opening = indexedDB.open('gouji', 2);
    opening.onupgradeneeded = () => {
        const stores = ['drafts', 'aside'].filter(name => !opening.result.objectStoreNames.contains(name));
        stores.forEach(name => opening.result.createObjectStore(name));
    };
    opening.onsuccess = () => { opening.result.close(); done(true); };
    opening.onerror = opening.onblocked = () => failed(new Error('not upgraded'));
})";

/// Each write ends as one on a full disk does: the transaction is aborted.
const FULL: &str = "(() => {
    const put = IDBObjectStore.prototype.put;
    window.isFull = true;
    IDBObjectStore.prototype.put = function (...record) {
        if (!window.isFull) return put.apply(this, record);
        const error = new DOMException('no room here', 'QuotaExceededError');
        Object.defineProperty(this.transaction, 'error', { value: error });
        this.transaction.abort();
    };
})()";

pub(crate) fn export_works(page: &mut Page, name: &str) -> Result<()> {
    choose_export(page, "export-json")?;
    let download = page.take_download()?;
    assert_eq!(download.name, format!("{name}2024年度自评.json"));
    let text = gouji::exchange::json::text_of(download.bytes).expect("the file is text");
    let filing = gouji::exchange::json::read(&text, &template()).expect("the file can be opened");
    assert_eq!(filing.text("unit.all.name"), name);
    Ok(())
}

#[test]
fn database_of_a_newer_page_is_left_alone_and_said() {
    on_every_browser(|browser| {
        let mut page = browser.start()?;
        let elsewhere = page.file_url("boot-", ".js")?;
        page.navigate(&elsewhere)?;
        page.eval(NEWER)?;
        page.open_app()?;
        for words in ["本机不能保存草稿", "新版本", "刷新", "导出 JSON"] {
            wait_for_words(&mut page, &part("save-state"), words)?;
        }
        page.fill(&cell("unit.all.name"), "某某局")?;
        page.fill(&cell("funds.public.final"), "abc")?;
        page.wait_for(&finding("V01"))?;
        export_works(&mut page, "某某局")?;
        wait_for_words(&mut page, &part("save-state"), "刷新")?;
        assert!(!is_shown(&mut page, &part("crash"))?);
        assert_eq!(records(&mut page, "drafts")?.len(), 0);
        Ok(())
    });
}

#[test]
fn newer_page_in_another_window_is_said_at_the_next_save() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("unit.all.name"), "甲局")?;
        wait_until_saved(&mut page)?;
        // Nothing of this page stands in the way of the newer one.
        page.eval(NEWER)?;
        page.fill(&cell("unit.all.name"), "乙局")?;
        for words in ["本机不能保存草稿", "新版本", "刷新"] {
            wait_for_words(&mut page, &part("save-state"), words)?;
        }
        export_works(&mut page, "乙局")?;
        assert_eq!(records(&mut page, "drafts")?.len(), 1, "what was kept stays");
        Ok(())
    });
}

#[test]
fn draft_of_a_later_file_format_is_listed_and_not_lost() {
    let later = gouji::SAMPLES[0].1.replacen("\"version\": 1,", "\"version\": 2,", 1);
    on_every_browser(|browser| {
        let mut page = browser.start()?;
        let record = json!({ "id": "d7", "title": "新稿", "saved_at": "2025-01-01T00:00:00.000Z", "text": later });
        put_draft(&mut page, &record)?;
        page.open_app()?;
        wait_for_words(&mut page, &part("notice"), "已原样另存")?;
        page.fill(&cell("unit.all.name"), "某某局")?;
        wait_until_saved(&mut page)?;
        page.click("summary[data-action=\"drafts\"]")?;
        wait_for_words(&mut page, &button("open-draft"), "新稿（读不出而另存的）")?;
        page.click(&button("open-draft"))?;
        wait_for_words(&mut page, &part("notice"), "没有打开 新稿")?;
        wait_for_words(&mut page, &part("notice"), "文件格式第 2 版")?;
        wait_for_value(&mut page, "unit.all.name", "某某局")?;
        let aside = records(&mut page, "aside")?;
        assert_eq!(aside.len(), 1, "{aside:#?}");
        assert_eq!(aside[0]["text"], record["text"]);
        Ok(())
    });
}

#[test]
fn full_storage_is_said_in_words_and_saving_goes_on_once_there_is_room() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.eval(FULL)?;
        page.click(&cell("unit.all.name"))?;
        page.type_text("x")?;
        // Nobody has to leave the cell first.
        wait_for_words(&mut page, &part("save-state"), "本机不能保存草稿（浏览器的存储空间已满）")?;
        wait_for_words(&mut page, &part("save-state"), "离开前导出 JSON")?;
        export_works(&mut page, "x")?;
        page.fill(&cell("foot.head.text"), "某某")?;
        wait_for_words(&mut page, &part("save-state"), "浏览器的存储空间已满")?;
        assert_eq!(records(&mut page, "drafts")?.len(), 0);

        page.eval("isFull = false")?;
        page.fill(&cell("foot.head.text"), "某某某")?;
        wait_until_saved(&mut page)?;
        assert_eq!(records(&mut page, "drafts")?.len(), 1);
        Ok(())
    });
}

#[test]
fn disk_that_is_really_full_is_said_as_such() {
    // Only the current engine lets its quota be set from outside.
    let mut page = Browser::ChromiumCurrent.open().unwrap();
    let origin = page.eval("location.origin").unwrap();
    page.devtools("Storage.overrideQuotaForOrigin", json!({ "origin": origin, "quotaSize": 1 })).unwrap();
    page.fill(&cell("unit.all.name"), "某某局").unwrap();
    wait_for_words(&mut page, &part("save-state"), "浏览器的存储空间已满").unwrap();
    export_works(&mut page, "某某局").unwrap();
}
