//! After a crash nothing that was saved is lost: the last page says what happened and hands the drafts out.
//! This holds the contract that is written at the top of `boot.js`.

use anyhow::Result;
use gouji_browser_tests::{Page, on_every_browser};

/// Calls a function that is nothing but `unreachable`, which is what a panic in wasm ends in.
const TRAP: &str = "WebAssembly.instantiate(new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11
])).then(made => { setTimeout(made.instance.exports.f) })";

/// Puts records into the stores that the page keeps its drafts in.
fn save(page: &mut Page, store: &str, record: &str) -> Result<()> {
    page.eval(&format!(
        "new Promise((done, failed) => {{
            const opening = indexedDB.open('gouji');
            opening.onerror = () => failed(opening.error);
            opening.onupgradeneeded = () => ['drafts', 'aside'].forEach(name => opening.result.createObjectStore(name));
            opening.onsuccess = () => {{
                const database = opening.result;
                const writing = database.transaction('{store}', 'readwrite');
                const record = {record};
                writing.objectStore('{store}').put(record, record.id);
                writing.oncomplete = () => {{ database.close(); done(true); }};
                writing.onabort = () => failed(writing.error);
            }};
        }})"
    ))?;
    Ok(())
}

#[test]
fn crash_page_hands_out_every_draft_as_it_was_saved() {
    on_every_browser(|browser| {
        let mut page = browser.start()?;
        // A file of the same origin without the program, which might save a draft of its own meanwhile.
        let elsewhere = page.file_url("boot-", ".js")?;
        page.navigate(&elsewhere)?;
        save(
            &mut page,
            "drafts",
            r#"{ id: 'd1', title: '芦淞区/宣传部 2024', saved_at: 1700000000000, text: '{"cells":{"a":"1.50"}}' }"#,
        )?;
        save(&mut page, "aside", r#"{ id: 'd0', title: '旧稿', saved_at: 1600000000000, text: 'not { JSON' }"#)?;

        page.open_app()?;
        page.eval(TRAP)?;
        page.wait_until("document.querySelectorAll('[data-action=\"download-draft\"]').length >= 2")?;
        let text = page.text("[data-part=\"crash\"]")?;
        assert!(text.contains("出错了") && text.contains("没有丢失") && text.contains("unreachable"), "{text}");

        let mut handed_out = Vec::new();
        for n in 0..page.texts("[data-action=\"download-draft\"]")?.len() {
            page.click(&format!("[data-action=\"download-draft\"]:nth-of-type({})", n + 1))?;
            let download = page.take_download()?;
            handed_out.push((download.name, String::from_utf8(download.bytes)?));
        }
        let has = |name: &str, text: &str| handed_out.iter().any(|(n, t)| n == name && t == text);
        assert!(has("芦淞区_宣传部_2024.json", r#"{"cells":{"a":"1.50"}}"#), "{handed_out:?}");
        assert!(has("旧稿.json", "not { JSON"), "{handed_out:?}");

        page.click("[data-action=\"reload\"]")?;
        page.wait_until("!document.querySelector('[data-part=\"crash\"]') && document.querySelector('main')")
    });
}

#[test]
fn draft_that_the_program_wrote_is_handed_out_and_opens_again() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill("[data-key=\"unit.all.name\"]", "某某局")?;
        page.fill("[data-key=\"funds.public.final\"]", "31.030")?;
        page.wait_until("document.querySelector('[data-part=\"save-state\"]').textContent.includes('已自动保存')")?;
        page.eval(TRAP)?;
        let offer = page.text("[data-action=\"download-draft\"]")?;
        assert!(offer.contains("下载草稿：某某局2024年度自评，保存于"), "{offer}");
        page.click("[data-action=\"download-draft\"]")?;
        let download = page.take_download()?;
        assert_eq!(download.name, "某某局2024年度自评.json");
        let template = gouji::built_in_template(gouji::DEFAULT_TEMPLATE).expect("the page's form is built in");
        let filing = gouji::exchange::json::read(&String::from_utf8(download.bytes)?, &template).expect("it is sound");
        assert_eq!(filing.text("funds.public.final"), "31.030");

        page.click("[data-action=\"reload\"]")?;
        page.wait_until("(document.querySelector('[data-key=\"unit.all.name\"]') || {}).value === '某某局'")
    });
}

#[test]
fn events_of_the_window_and_the_hook_show_the_page_too() {
    on_every_browser(|browser| {
        for trouble in [
            "window.dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('unreachable') }))",
            // Chromium reports no rejection of a script that DevTools sent, so the event is made by hand.
            "window.dispatchEvent(new PromiseRejectionEvent('unhandledrejection', {
                promise: Promise.resolve(), reason: new WebAssembly.RuntimeError('unreachable') }))",
            "window.gouji.crashed('panicked at unreachable')",
        ] {
            let mut page = browser.open()?;
            page.eval(&format!("setTimeout(() => {{ {trouble} }})"))?;
            let text = page.text("[data-part=\"crash\"]")?;
            assert!(text.contains("unreachable"), "{text}");
        }
        Ok(())
    });
}

#[test]
fn looking_for_drafts_leaves_a_database_that_the_program_can_use() {
    on_every_browser(|browser| {
        let mut page = browser.start()?;
        // The program itself never starts here, so the database can only come from the crash page.
        page.run_before_load("window.fetch = () => new Promise(() => {})")?;
        let url = page.site_url();
        page.navigate(&url)?;
        page.eval("window.gouji.crashed('test')")?;
        page.wait_until("document.querySelector('[data-part=\"drafts\"]').textContent.includes('没有保存过草稿')")?;
        let kept = "window.gouji.drafts
            .save({ id: 'd1', title: '草稿', saved_at: '2025-01-01T00:00:00Z', text: '{}' })
            .then(() => window.gouji.drafts.all())
            .then(drafts => drafts.map(draft => draft.id).join())";
        assert_eq!(page.eval(kept)?, "d1");
        Ok(())
    });
}

#[test]
fn ordinary_error_of_a_script_is_no_crash() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.eval("window.dispatchEvent(new ErrorEvent('error', { error: new Error('an extension') }))")?;
        page.wait_for("main")?;
        assert!(page.texts("[data-part=\"crash\"]")?.is_empty());
        Ok(())
    });
}
