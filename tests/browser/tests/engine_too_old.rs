//! An engine that lacks what the program is built with shows what to do, never a blank page.

use gouji_browser_tests::on_every_browser;

#[test]
fn missing_features_are_said_in_words() {
    on_every_browser(|browser| {
        let mut page = browser.start()?;
        page.run_before_load("WebAssembly.validate = () => false")?;
        page.open_app()?;
        let text = page.text("[data-part=\"too-old\"]")?;
        assert!(text.contains("浏览器版本太旧") && text.contains("Chrome") && text.contains("极速模式"), "{text}");
        let version = page.version()?;
        let major = version.split(['/', '.']).nth(1).unwrap_or_default();
        assert!(text.contains(major), "{text} does not name the version that was found, {major}");
        Ok(())
    });
}

#[test]
fn engine_without_webassembly_is_too_old() {
    on_every_browser(|browser| {
        let mut page = browser.start()?;
        page.run_before_load("delete window.WebAssembly")?;
        page.open_app()?;
        page.wait_for("[data-part=\"too-old\"]")
    });
}

#[test]
fn missing_file_is_no_blank_page() {
    on_every_browser(|browser| {
        let mut page = browser.start()?;
        page.run_before_load("window.fetch = () => Promise.reject(new TypeError('Failed to fetch'))")?;
        page.open_app()?;
        let text = page.text("[data-part=\"not-loaded\"]")?;
        assert!(text.contains("没有下载完整") && text.contains("Failed to fetch"), "{text}");
        Ok(())
    });
}
