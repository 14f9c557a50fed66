//! Going away in the middle of typing: reload, a link, the back button. Nothing is lost, and nobody is asked in vain.

use std::time::Duration;

use gouji_browser_tests::on_every_browser;

use crate::*;

const KEY: &str = "foot.head.text";

/// Moments after the last keystroke: at once, before, during and after the save that it started.
const PAUSES: [u64; 4] = [0, 200, 390, 420];

fn type_on(page: &mut Page, text: &mut String, pause: u64) -> Result<()> {
    page.click(&cell(KEY))?;
    page.press("End")?;
    for letter in ["a", "b", "c"] {
        text.push_str(letter);
        page.type_text(letter)?;
    }
    std::thread::sleep(Duration::from_millis(pause));
    Ok(())
}

#[test]
fn reload_in_the_middle_of_typing_loses_nothing() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let mut text = String::new();
        for pause in PAUSES {
            type_on(&mut page, &mut text, pause)?;
            page.reload()?;
            page.wait_for("main")?;
            assert_eq!(page.value(&cell(KEY))?, text, "reloaded {pause} ms after the last key");
        }
        Ok(())
    });
}

#[test]
fn link_and_back_button_in_the_middle_of_typing_lose_nothing() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let elsewhere = page.file_url("boot-", ".js")?;
        let mut text = String::new();
        for pause in PAUSES {
            type_on(&mut page, &mut text, pause)?;
            let is_asked = page.leave_for(&elsewhere)?;
            assert!(!is_asked, "what can be kept is kept without a question");
            page.go_back()?;
            page.wait_for("main")?;
            assert_eq!(page.value(&cell(KEY))?, text, "left {pause} ms after the last key");
        }
        Ok(())
    });
}

#[test]
fn browser_asks_before_leaving_only_what_cannot_be_kept() {
    on_every_browser(|browser| {
        // That nobody is asked where all is kept is part of the tests above.
        let mut page = browser.start()?;
        let elsewhere = page.file_url("boot-", ".js")?;
        page.run_before_load("Object.defineProperty(window, 'indexedDB', { value: undefined })")?;
        page.open_app()?;
        page.fill(&cell(KEY), "a")?;
        wait_for_words(&mut page, &part("save-state"), "本机不能保存草稿")?;
        assert!(page.leave_for(&elsewhere)?, "nothing is saved");
        Ok(())
    });
}

#[test]
fn nobody_is_asked_who_has_typed_nothing() {
    on_every_browser(|browser| {
        let mut page = browser.start()?;
        let elsewhere = page.file_url("boot-", ".js")?;
        page.run_before_load("Object.defineProperty(window, 'indexedDB', { value: undefined })")?;
        page.open_app()?;
        wait_for_words(&mut page, &part("save-state"), "本机不能保存草稿")?;
        // Browsers ask only where a person has done something at all.
        page.click(&cell(KEY))?;
        assert!(!page.leave_for(&elsewhere)?, "there is nothing to lose");
        Ok(())
    });
}
