//! Drafts on this computer: none is lost to another, to a reader that fails, or to a browser that keeps nothing.

use gouji_browser_tests::on_every_browser;
use serde_json::Value;

use crate::*;

/// Puts a record among the drafts, before the program runs.
pub(crate) fn put_draft(page: &mut Page, record: &Value) -> Result<()> {
    // A file of the same origin without the program.
    let elsewhere = page.file_url("boot-", ".js")?;
    page.navigate(&elsewhere)?;
    page.eval(&format!(
        "new Promise((done, failed) => {{
            const opening = indexedDB.open('gouji', 1);
            opening.onerror = () => failed(opening.error);
            opening.onupgradeneeded = () => ['drafts', 'aside'].forEach(name => opening.result.createObjectStore(name));
            opening.onsuccess = () => {{
                const record = {record};
                const writing = opening.result.transaction('drafts', 'readwrite');
                writing.objectStore('drafts').put(record, record.id);
                writing.oncomplete = () => {{ opening.result.close(); done(true); }};
                writing.onabort = () => failed(writing.error);
            }};
        }})"
    ))?;
    Ok(())
}

/// All records of a store.
pub(crate) fn records(page: &mut Page, store: &str) -> Result<Vec<Value>> {
    let all = page.eval(&format!(
        "new Promise((done, failed) => {{
            const opening = indexedDB.open('gouji');
            opening.onerror = () => failed(opening.error);
            opening.onsuccess = () => {{
                const reading = opening.result.transaction('{store}').objectStore('{store}').getAll();
                reading.onsuccess = () => {{ opening.result.close(); done(reading.result); }};
                reading.onerror = () => failed(reading.error);
            }};
        }})"
    ))?;
    Ok(serde_json::from_value(all)?)
}

#[test]
fn draft_that_cannot_be_read_is_put_aside_untouched() {
    let newer = gouji::SAMPLES[0].1.replacen("\"version\": 1,", "\"version\": 2,", 1);
    for text in ["not { JSON", newer.as_str()] {
        on_every_browser(|browser| {
            let mut page = browser.start()?;
            let record = json!({ "id": "d7", "title": "旧稿", "saved_at": "2025-01-01T00:00:00.000Z", "text": text });
            put_draft(&mut page, &record)?;
            page.open_app()?;
            let notice = page.text(&part("notice"))?;
            assert!(notice.contains("上次的草稿读不出来") && notice.contains("“d7-"), "{notice}");
            wait_for_value(&mut page, "unit.all.name", "")?;

            page.fill(&cell("unit.all.name"), "某某局")?;
            wait_until_saved(&mut page)?;
            let aside = records(&mut page, "aside")?;
            assert_eq!(aside.len(), 1, "{aside:#?}");
            assert!(aside[0]["id"].as_str().is_some_and(|id| id.starts_with("d7-")), "{aside:#?}");
            for field in ["title", "saved_at", "text"] {
                assert_eq!(aside[0][field], record[field]);
            }
            let drafts = records(&mut page, "drafts")?;
            assert_eq!(drafts.len(), 1, "{drafts:#?}");
            assert_eq!(drafts[0]["title"], "某某局2024年度自评");

            page.reload()?;
            wait_for_value(&mut page, "unit.all.name", "某某局")?;
            assert!(!is_shown(&mut page, &part("notice"))?, "it is said once");
            assert_eq!(records(&mut page, "aside")?, aside);
            Ok(())
        });
    }
}

#[test]
fn page_works_where_nothing_can_be_kept() {
    on_every_browser(|browser| {
        for (trouble, reason) in [
            (
                "IDBFactory.prototype.open = () => { throw new DOMException('denied here', 'SecurityError') }",
                "（浏览器不允许本页保存数据：denied here）",
            ),
            ("Object.defineProperty(window, 'indexedDB', { value: undefined })", "（浏览器的说法："),
        ] {
            let mut page = browser.start()?;
            page.run_before_load(trouble)?;
            page.open_app()?;
            wait_for_words(&mut page, &part("save-state"), "本机不能保存草稿")?;
            let said = page.text(&part("save-state"))?;
            assert!(said.contains(reason) && !said.contains("：）"), "{said}");
            page.fill(&cell("funds.public.final"), "abc")?;
            page.wait_for(&finding("V01"))?;
            wait_for_words(&mut page, &part("save-state"), "离开前导出 JSON")?;
            storage::export_works(&mut page, "")?;
            wait_for_words(&mut page, &part("save-state"), reason)?;
            open_sample(&mut page)?;
            assert!(!is_shown(&mut page, &part("crash"))?);
        }
        Ok(())
    });
}

#[test]
fn drafts_stand_beside_each_other() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("unit.all.name"), "甲局")?;
        // At once: what was typed last is not lost to the new form.
        new_form(&mut page)?;
        wait_for_value(&mut page, "unit.all.name", "")?;
        page.fill(&cell("unit.all.name"), "乙局")?;
        wait_until_saved(&mut page)?;

        page.click("[data-action=\"drafts\"]")?;
        wait_for_words(&mut page, &button("open-draft"), "甲局2024年度自评")?;
        // Whoever goes on writing closes the list; it comes again with what stands now.
        page.focus(&cell("unit.all.name"))?;
        page.press("End")?;
        page.type_text("二科")?;
        page.press("Tab")?;
        page.click("[data-action=\"drafts\"]")?;
        wait_for_words(&mut page, &button("open-draft"), "甲局2024年度自评")?;
        page.click(&button("open-draft"))?;
        wait_for_value(&mut page, "unit.all.name", "甲局")?;
        // The choice has closed the list.
        page.click("[data-action=\"drafts\"]")?;
        wait_for_words(&mut page, &button("open-draft"), "乙局")?;
        page.click(&button("open-draft"))?;
        wait_for_value(&mut page, "unit.all.name", "乙局二科")?;
        Ok(())
    });
}
