//! While an input method is composing, its letters are not the text yet.

use std::thread::sleep;
use std::time::Duration;

use gouji_browser_tests::{Browser, on_every_browser};

use crate::*;

const CELL: &str = "unit.all.name";

#[test]
fn composed_text_is_taken_once_and_not_before() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.click(&cell(CELL))?;
        compose(&mut page, "xuan'chuan")?;
        // Longer than the pause before a change is saved.
        sleep(Duration::from_millis(500));
        assert_eq!(page.value(&cell(CELL))?, "xuan'chuan", "the letters are left to the input method");
        assert_eq!(page.text(&part("save-state"))?, "", "nothing was taken");
        assert_eq!(
            page.eval("document.querySelector('[data-action=undo]').getAttribute('aria-disabled') === 'true'")?,
            true
        );

        commit(&mut page, "宣传部")?;
        wait_until_saved(&mut page)?;
        assert_eq!(page.value(&cell(CELL))?, "宣传部");
        page.click(&button("undo"))?;
        wait_for_value(&mut page, CELL, "")?;
        assert_eq!(
            page.eval("document.querySelector('[data-action=undo]').getAttribute('aria-disabled') === 'true'")?,
            true,
            "it was taken once"
        );
        Ok(())
    });
}

#[test]
fn enter_that_ends_a_composition_does_not_leave_the_cell() {
    on_every_browser(|browser| {
        if browser == Browser::Chromium86 {
            // It cannot be told that a key belongs to an input method.
            return Ok(());
        }
        let mut page = browser.open()?;
        page.click(&cell("indicators.r4.name"))?;
        compose(&mut page, "xuexi")?;
        page.press("Enter")?;
        assert_eq!(page.eval("document.activeElement.dataset.key")?, "indicators.r4.name");
        commit(&mut page, "学习")?;
        page.press("Enter")?;
        wait_for_caret(&mut page, "indicators.r5.name")
    });
}

#[test]
fn report_is_not_drawn_anew_under_a_composition() {
    on_every_browser(|browser| {
        if browser == Browser::Chromium86 {
            // It cannot be told that letters are being composed.
            return Ok(());
        }
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.wait_for(&part("scope"))?;
        // Another figure takes the offered sentence away, which draws the report anew.
        page.fill(&cell("general.project.amount"), "381.36")?;
        page.focus(&cell("prose.scope.text"))?;
        compose(&mut page, "shuo")?;
        sleep(Duration::from_millis(900));
        assert_eq!(page.value(&cell("prose.scope.text"))?, "shuo");
        assert!(is_shown(&mut page, &part("scope"))?, "it waits");
        commit(&mut page, "说明")?;
        wait_for_value(&mut page, "prose.scope.text", "说明")?;
        page.wait_until(
            "!Array.from(document.querySelectorAll('[data-part=scope]')).some(p => p.textContent.includes('一般公共预算项目支出'))",
        )?;
        wait_for_caret(&mut page, "prose.scope.text")?;
        page.insert_text("：")?;
        wait_for_value(&mut page, "prose.scope.text", "说明：")
    });
}

/// 86 has no command for an input method; there the events are made as it sends them.
fn compose(page: &mut Page, letters: &str) -> Result<()> {
    if page.browser() == Browser::Chromium86 {
        send(
            page,
            &format!(
                "input.dispatchEvent(new CompositionEvent('compositionstart', {{ bubbles: true }}));
             input.value = {letters};
             input.dispatchEvent(new CompositionEvent('compositionupdate', {{ bubbles: true, data: {letters} }}));
             input.dispatchEvent(new InputEvent('input', {{ bubbles: true, isComposing: true, data: {letters} }}));",
                letters = json!(letters)
            ),
        )
    } else {
        let end = letters.len();
        let composition = json!({ "text": letters, "selectionStart": end, "selectionEnd": end });
        page.devtools("Input.imeSetComposition", composition)?;
        Ok(())
    }
}

fn commit(page: &mut Page, text: &str) -> Result<()> {
    if page.browser() == Browser::Chromium86 {
        send(
            page,
            &format!(
                "input.value = {text};
             input.dispatchEvent(new InputEvent('input', {{ bubbles: true, isComposing: true, data: {text} }}));
             input.dispatchEvent(new CompositionEvent('compositionend', {{ bubbles: true, data: {text} }}));",
                text = json!(text)
            ),
        )
    } else {
        page.devtools("Input.insertText", json!({ "text": text }))?;
        Ok(())
    }
}

fn send(page: &mut Page, script: &str) -> Result<()> {
    page.eval(&format!("(() => {{ const input = document.querySelector({}); {script} }})()", json!(cell(CELL))))?;
    Ok(())
}
