//! The page starts on every browser, within its own policy and its own files.

use gouji_browser_tests::{Browser, on_every_browser};

#[test]
fn page_starts() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for("main")?;
        Ok(())
    });
}

#[test]
fn browsers_are_the_promised_ones() {
    let old = Browser::Chromium86.version().unwrap();
    assert!(old.contains("/86.0.4240"), "{old}");
    let current = Browser::ChromiumCurrent.version().unwrap();
    let major: u32 = current.split(['/', '.']).nth(1).unwrap().parse().unwrap();
    assert!(major >= 120, "{current}");
}

#[test]
fn nothing_is_blocked_and_nothing_fails() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let problems: Vec<_> = page.problems()?.into_iter().filter(|text| !is_known_to_86(text)).collect();
        assert!(problems.is_empty(), "{problems:#?}");
        Ok(())
    });
}

// The keyword that engines since 97 need is news to 86, which says so and goes on.
fn is_known_to_86(text: &str) -> bool {
    text.contains("contains an invalid source: ''wasm-unsafe-eval''")
}

#[test]
fn policy_forbids_eval_where_the_engine_can() {
    let mut page = Browser::ChromiumCurrent.open().unwrap();
    let inside = "new Promise(done => {
        const script = document.createElement('script');
        script.src = URL.createObjectURL(new Blob(['window.ran = true']));
        script.onload = script.onerror = () => done(window.ran === true);
        document.head.appendChild(script);
    })";
    assert_eq!(page.eval(inside).unwrap(), false, "a script from elsewhere ran");
    let strict = serde_json::json!({
        "expression": "try { eval('1'); 'ran' } catch (error) { error.name }",
        "returnByValue": true, "allowUnsafeEvalBlockedByCSP": false,
    });
    assert_eq!(page.devtools("Runtime.evaluate", strict).unwrap()["result"]["value"], "EvalError");
}

#[test]
fn only_own_files_are_asked_for() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let site = page.site_url();
        let foreign: Vec<_> = page.requests()?.into_iter().filter(|url| !is_own(url, &site)).collect();
        assert!(foreign.is_empty(), "{foreign:#?}");
        Ok(())
    });
}

fn is_own(url: &str, site: &str) -> bool {
    url.starts_with(site) || url.starts_with("data:") || url.starts_with("blob:") || url == "about:blank"
}
