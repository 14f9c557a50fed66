//! axe-core finds nothing against WCAG 2.2 A and AA, in any view and state.

use gouji_browser_tests::{Browser, on_every_browser};

use crate::*;

/// Light, then dark, then on a telephone.
fn assert_within_reach(page: &mut Page, view: &str) -> Result<()> {
    let mut found = Vec::new();
    for (looks, scheme, width, height) in
        [("light", "light", 1366, 768), ("dark", "dark", 1366, 768), ("on a telephone", "light", 390, 844)]
    {
        page.set_media(&[("prefers-color-scheme", scheme)])?;
        page.set_viewport(width, height)?;
        let mut lines = page.out_of_reach()?;
        // What an open menu or a notice covers in part is hit once it is closed; `sizes` looks at what is not covered.
        lines.retain(|line| !(line.starts_with("target-size") && line.contains("obscured")));
        found.extend(lines.into_iter().map(|line| format!("{view}, {looks}: {line}")));
    }
    page.set_media(&[("prefers-color-scheme", "light")])?;
    page.set_viewport(1366, 768)?;
    assert!(found.is_empty(), "{} are out of reach:\n{}", found.len(), found.join("\n\n"));
    Ok(())
}

#[test]
fn form_is_within_reach() {
    let test = |browser: Browser| {
        let mut page = browser.open()?;
        assert_within_reach(&mut page, "fresh form")?;
        open_sample(&mut page)?;
        assert_within_reach(&mut page, "sample")?;
        make_an_error(&mut page)?;
        page.click(&action("check-all"))?;
        page.wait_for("[data-part=summary]")?;
        page.wait_for(".repair")?;
        page.hover(".repair button")?;
        page.click(".sums summary")?;
        assert_within_reach(&mut page, "summary and card")?;
        page.click(&cell("funds.three_public.final"))?;
        page.wait_for("[data-part=bubble] p")?;
        assert_within_reach(&mut page, "cell with an error")?;
        page.click(&format!("{} .answer summary", finding("J13")))?;
        assert_within_reach(&mut page, "note")
    };
    on_every_browser(test);
}

#[test]
fn menus_and_the_box_for_texts_are_within_reach() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.wait_until("/已自动保存/.test(document.querySelector('[data-part=save-state]').textContent)")?;
        open_sample(&mut page)?;
        for menu in ["new", "export", "drafts"] {
            page.click(&format!("summary{}", action(menu)))?;
            page.wait_for(".menu[open] .menu-list button")?;
            assert_within_reach(&mut page, menu)?;
        }
        page.click(&action("material"))?;
        page.click("[data-part=material-input]")?;
        page.insert_text("2024年基本支出合计206.65万元，项目支出381.36万元。\n全年收入合计700万元。")?;
        page.click(&action("read-material"))?;
        page.wait_for(".material-text")?;
        page.click(".material-text .read")?;
        assert_within_reach(&mut page, "box for texts")
    });
}

#[test]
fn english_and_other_forms_are_within_reach() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.click(&action("language"))?;
        page.wait_until("document.documentElement.lang === 'en'")?;
        open_sample(&mut page)?;
        make_an_error(&mut page)?;
        page.click(&action("check-all"))?;
        page.wait_for("[data-part=summary]")?;
        assert_within_reach(&mut page, "English")?;
        for form in ["project-expenditure", "hunan-base-2018"] {
            page.click(&format!("summary{}", action("new")))?;
            page.click(&format!("{}[data-on=\"{form}\"]", action("new-form")))?;
            page.wait_until(
                "document.querySelectorAll('[data-sheet]').length && !document.querySelector('[data-sheet=self]')",
            )?;
            assert_within_reach(&mut page, form)?;
        }
        Ok(())
    });
}

#[test]
fn pages_without_the_program_are_within_reach() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("unit.all.name"), "某某局")?;
        page.wait_until("/已自动保存/.test(document.querySelector('[data-part=save-state]').textContent)")?;
        page.eval("window.gouji.crashed('panicked at src/engine.rs:1:1')")?;
        page.wait_for(&action("download-draft"))?;
        assert_within_reach(&mut page, "crash")?;
        page.run_before_load("WebAssembly.validate = () => false")?;
        page.open_app()?;
        page.wait_for("[data-part=too-old]")?;
        assert_within_reach(&mut page, "engine too old")
    });
}

/// What the second module draws beside the form, above it and over it.
#[test]
fn what_is_told_of_a_cell_and_boxes_are_within_reach() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for(".opening")?;
        let last_year = gouji_browser_tests::places::root()
            .join("tests/cases/zhuzhou-department/lusong-2024-report/submission.json");
        page.choose_files("[data-part=last-file]", &[&last_year])?;
        page.wait_for("[data-part=begin]")?;
        assert_within_reach(&mut page, "begun from last year's")?;
        page.click(&action("close-begin"))?;
        page.click(&action("keys"))?;
        page.wait_for("dialog kbd")?;
        assert_within_reach(&mut page, "keys")?;
        page.press("Escape")?;
        open_sample(&mut page)?;
        make_an_error(&mut page)?;
        page.click(&cell("funds.three_public.final"))?;
        page.press("F1")?;
        page.wait_for("[data-part=about] svg .is-violated")?;
        assert_within_reach(&mut page, "about the cell")?;
        page.click(&action("pictures"))?;
        page.wait_for(".pictures figure")?;
        assert_within_reach(&mut page, "pictures")
    });
}
