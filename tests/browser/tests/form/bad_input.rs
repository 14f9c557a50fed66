//! What is typed amiss stays as it was typed, and is told at its cell or read where the meaning is certain.

use gouji_browser_tests::on_every_browser;

use crate::*;

const CELL: &str = "funds.public.final";
/// The cell below it.
const BELOW: &str = "funds.office.final";

#[test]
fn figures_that_cannot_be_are_told_and_stay_as_typed() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        for (text, code) in [
            ("abc", "V01"),
            ("十二", "V01"),
            ("1.2.3", "V01"),
            ("1e3", "V01"),
            ("-5", "V02"),
            ("12345678901234567890", "V01"),
            ("1.2345678", "V03"),
            ("98%", "V01"),
            ("12,34.5", "V01"),
        ] {
            page.fill(&cell(CELL), text)?;
            page.wait_for(&finding_at(code, CELL))?;
            assert!(is_red(&mut page, CELL)?, "{text}");
            assert_eq!(page.value(&cell(CELL))?, text);
            page.fill(&cell(CELL), "")?;
            wait_until_gone(&mut page, &finding_at(code, CELL))?;
        }
        wait_until_saved(&mut page)
    });
}

#[test]
fn figures_written_otherwise_are_read() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        // Larger than any of them, so that the finding says which figure was read.
        page.fill(&cell("funds.office.final"), "9999")?;
        for (text, read, shown) in [
            ("１２３．４５", "123.45", "123.45"),
            ("1,234.5", "1,234.50", "1,234.5"),
            ("１，２３４．５", "1,234.50", "1,234.5"),
            ("1234.50", "1,234.50", "1,234.50"),
        ] {
            page.fill(&cell(CELL), text)?;
            wait_for_words(&mut page, &finding("J05"), read)?;
            assert_eq!(page.value(&cell(CELL))?, shown, "a cell that was left shows the figure");
            assert!(!is_shown(&mut page, &finding_at("V01", CELL))?, "{text}");
            page.press("Shift+Tab")?;
            wait_for_caret(&mut page, CELL)?;
            assert_eq!(page.value(&cell(CELL))?, text, "a cell with the caret shows what was typed");
            let (_, filing) = export(&mut page)?;
            assert_eq!(filing.text(CELL), text, "the file has what was typed");
            page.click(&button("close-summary"))?;
        }
        Ok(())
    });
}

#[test]
fn pasted_line_break_makes_no_other_number() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        // One line with its break is one cell.
        copy(&mut page, "12.5\n")?;
        page.click(&cell(CELL))?;
        page.press("Control+a")?;
        page.press("Control+v")?;
        page.press("Tab")?;
        wait_for_value(&mut page, CELL, "12.5")?;
        assert_eq!(page.value(&cell(BELOW))?, "");
        assert!(!is_shown(&mut page, &finding_at("V01", CELL))?);

        // Two lines are two cells below each other, as in a spreadsheet, and not 125.
        copy(&mut page, "12\n5")?;
        page.click(&cell(CELL))?;
        page.press("Control+a")?;
        page.press("Control+v")?;
        page.click("dialog button[data-action=choose][data-on=paste]")?;
        wait_for_words(&mut page, &part("notice"), "已粘贴 2 格")?;
        wait_for_value(&mut page, CELL, "12")?;
        wait_for_value(&mut page, BELOW, "5")?;
        assert!(!is_shown(&mut page, &finding_at("V01", CELL))?);
        page.click(&button("undo"))?;
        wait_for_value(&mut page, CELL, "12.5")?;
        wait_for_value(&mut page, BELOW, "")
    });
}

/// Half a number is none yet: `-`, `.` and `(` may become one, so nothing is said before the cell is left.
#[test]
fn half_typed_figures_and_error_values_are_told_when_the_cell_is_left() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        for (text, is_wrong) in
            [(".", true), ("(", true), ("#REF!", true), ("#N/A", true), ("####", true), ("-", false)]
        {
            page.click(&cell(CELL))?;
            page.press("Control+a")?;
            page.press("Delete")?;
            page.type_text(text)?;
            // The search for wrong figures and the note below the cell would have come by now.
            std::thread::sleep(std::time::Duration::from_millis(150));
            assert!(!is_red(&mut page, CELL)?, "{text} while it is typed");
            page.press("Tab")?;
            page.wait_until("!!document.activeElement.dataset.key")?;
            match is_wrong {
                true => page.wait_for(&finding_at("V01", CELL))?,
                false => assert!(!is_shown(&mut page, &finding_at("V01", CELL))?, "{text} says that it does not apply"),
            }
            assert_eq!(page.value(&cell(CELL))?, text);
            // Another form, so that the cell was never left.
            new_form(&mut page)?;
            wait_for_value(&mut page, CELL, "")?;
        }
        Ok(())
    });
}

#[test]
fn ten_thousand_letters_are_kept_and_the_page_goes_on() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        let (reason, long) = ("indicators.r15.reason", "跨年度支付的项目较多。".repeat(1_000));
        assert!(long.chars().count() > 10_000);
        page.click(&cell(reason))?;
        page.press("Control+a")?;
        page.insert_text(&long)?;
        // One more key beside all that: from the key to the letter drawn.
        page.eval(
            "addEventListener('input', () => {
                const begun = performance.now();
                requestAnimationFrame(() => setTimeout(() => { window.taken = performance.now() - begun; }));
            }, { capture: true, once: true })",
        )?;
        page.type_text("a")?;
        page.wait_until("window.taken !== undefined")?;
        println!("{}: {} ms for a letter beside ten thousand", browser.name(), page.eval("window.taken")?);
        page.press("Tab")?;

        let note = finding("J13");
        page.click(&format!("{note} .answer summary"))?;
        page.click(&format!("{note} textarea"))?;
        page.insert_text(&long)?;
        page.click(&format!("{note} {}", button("save-note")))?;
        wait_for_words(&mut page, &format!("{note} {}", part("answer-state")), "已说明")?;

        let (_, filing) = export(&mut page)?;
        assert_eq!(filing.text(reason), format!("{long}a"));
        assert_eq!(filing.notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), [long.as_str()]);
        page.eval(
            "addEventListener('beforeprint', () => {
                window.printed = document.querySelector('.paper').textContent;
            })",
        )?;
        page.print_to_pdf()?;
        assert_eq!(page.eval(&format!("window.printed.includes({})", json!(long)))?, true, "all of it is on paper");
        wait_until_saved(&mut page)
    });
}

/// A right-to-left override turns what follows it: it stays in its cell, and no sentence of the page is turned by it.
#[test]
fn emoji_and_marks_of_direction_stay_in_their_cells() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        let turned = "放映🎬👨‍👩‍👧补助\u{202e}321";
        page.fill(&cell("funds.r2.name"), turned)?;
        page.fill(&cell("funds.r2.final"), "abc")?;
        page.fill(&cell("unit.all.name"), "某局\u{202e}🎬")?;
        page.wait_for(&finding_at("V01", "funds.r2.final"))?;
        let marks = |selector: &str| {
            format!(
                "(document.querySelector({}).textContent.match(/[\\u202a-\\u202e\\u2066-\\u2069]/g) || []).length",
                json!(selector)
            )
        };
        assert_eq!(page.eval(&marks("[data-part=findings]"))?, 0);
        assert_eq!(page.eval(&marks("header"))?, 0);
        let label = page
            .eval(&format!("document.querySelector({}).getAttribute('aria-label')", json!(cell("funds.r2.final"))))?;
        assert!(
            label.as_str().is_some_and(|label| label.starts_with("放映🎬") && !label.contains('\u{202e}')),
            "{label}"
        );
        // It is told, with a button that takes it out.
        page.wait_for(&finding_at("V05", "funds.r2.name"))?;
        let (name, filing) = export(&mut page)?;
        assert!(!name.contains('\u{202e}'), "{name}");
        assert_eq!(filing.text("funds.r2.name"), turned);
        assert_eq!(filing.text("unit.all.name"), "某局\u{202e}🎬");
        Ok(())
    });
}

#[test]
fn name_of_three_hundred_letters_breaks_nothing() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.set_viewport(1366, 768)?;
        open_sample(&mut page)?;
        let long = "某某县某某局".repeat(50);
        page.fill(&cell("unit.all.name"), &long)?;
        page.fill(&cell("funds.r2.name"), &long)?;
        wait_until_saved(&mut page)?;
        let is_within = "document.documentElement.scrollWidth <= innerWidth";
        assert_eq!(page.eval(is_within)?, true);
        let width = |selector: &str| {
            format!(
                "document.querySelector('{selector}').scrollWidth <= document.querySelector('{selector}').clientWidth"
            )
        };
        assert_eq!(page.eval(&width("header"))?, true);
        // A sentence that names the row, the menu of drafts, the name of the file.
        page.fill(&cell("funds.r2.final"), "abc")?;
        page.wait_for(&finding_at("V01", "funds.r2.final"))?;
        assert!(page.text(&finding_at("V01", "funds.r2.final"))?.chars().count() < 200);
        let (name, filing) = export(&mut page)?;
        assert!(name.len() < 200 && name.ends_with(".json"), "{name}");
        assert_eq!(filing.text("unit.all.name"), long);
        new_form(&mut page)?;
        page.click("summary[data-action=drafts]")?;
        page.wait_for(&button("open-draft"))?;
        assert!(page.text(&button("open-draft"))?.chars().count() < 100);
        assert_eq!(page.eval(is_within)?, true, "with the menu open");
        Ok(())
    });
}
