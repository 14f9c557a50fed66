//! Room for fingers, for large letters, for letters set apart, and for small windows; nothing by colour alone, nothing that
//! moves.

use gouji_browser_tests::{Browser, on_every_browser};

use crate::*;

/// Buttons and fields that are in view of somebody and smaller than 24 by 24, other than in the middle of a sentence, with
/// another so near that a circle of 24 around each would touch it (2.5.8).
const TOO_SMALL: &str = "(() => {
    const all = Array.from(document.querySelectorAll('button, input, textarea, summary, a[href]'))
        .filter(one => one.getClientRects().length && getComputedStyle(one).visibility === 'visible' && one.type !== 'file')
        .map(one => ({ one, box: one.getBoundingClientRect() }));
    const isInSentence = one => getComputedStyle(one).display.startsWith('inline')
        && one.parentElement.textContent.trim().length > one.textContent.trim().length;
    const small = all.filter(({ one, box }) => (box.width < 23.9 || box.height < 23.9) && !isInSentence(one));
    const near = (small, other) => {
        const x = small.box.left + small.box.width / 2, y = small.box.top + small.box.height / 2;
        const dx = Math.max(other.box.left - x, 0, x - other.box.right);
        const dy = Math.max(other.box.top - y, 0, y - other.box.bottom);
        return Math.hypot(dx, dy) < 12;
    };
    return small.filter(one => all.some(other => other !== one && near(one, other)))
        .map(({ one, box }) => one.outerHTML.slice(0, 120) + ` ${box.width} x ${box.height}`);
})()";

/// Nearly all that there is on the page: marks of every kind, findings, the summary above the form.
fn check_with_an_error(page: &mut Page) -> Result<()> {
    open_sample(page)?;
    make_an_error(page)?;
    page.click(&action("check-all"))?;
    page.wait_for("[data-part=summary]")
}

#[test]
fn everything_is_large_enough_to_be_hit() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        check_with_an_error(&mut page)?;
        for (width, height) in [(1366, 768), (390, 844)] {
            page.set_viewport(width, height)?;
            for place in [cell("indicators.r6.name"), cell("funds.three_public.final")] {
                // The buttons of its row are there.
                page.click(&place)?;
                let small: Vec<String> = serde_json::from_value(page.eval(TOO_SMALL)?)?;
                assert!(small.is_empty(), "{width} wide at {place}:\n{}", small.join("\n"));
            }
        }
        Ok(())
    });
}

/// What sticks out of the window to the side, or is cut off, other than where it can be scrolled to.
const LOST: &str = "(() => {
    const lost = [];
    if (document.scrollingElement.scrollWidth > innerWidth) lost.push('the page scrolls sideways');
    const scrolls = one => one && (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
    for (const one of document.querySelectorAll('.header *, main *, .findings *')) {
        const style = getComputedStyle(one), box = one.getBoundingClientRect();
        if (!box.width || style.visibility === 'hidden' || one.closest('.row-tools, .skip, .to-findings, .off-screen, details:not([open]) > :not(summary)')) continue;
        const isOut = box.right > innerWidth + 1 || box.left < -1;
        if (isOut && !scrolls(one.parentElement)) lost.push('out: ' + one.outerHTML.slice(0, 120));
        // A field of one line is scrolled by the caret.
        const isCut = style.overflowX === 'hidden' && one.scrollWidth > one.clientWidth + 1
            || style.overflowY === 'hidden' && one.scrollHeight > one.clientHeight + 2;
        if (isCut && one.tagName !== 'INPUT') lost.push('cut: ' + one.outerHTML.slice(0, 120));
    }
    return lost;
})()";

/// 1.4.12: what people set who read with difficulty.
const LETTERS_APART: &str = "(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }\
        p { margin-bottom: 2em !important }');
    document.adoptedStyleSheets = [sheet];
    // Cells take their height anew.
    return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
})()";

#[test]
fn nothing_is_lost_at_twice_the_size_or_with_letters_apart() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        check_with_an_error(&mut page)?;
        for is_apart in [false, true] {
            if is_apart {
                page.eval(LETTERS_APART)?;
            }
            // A window of 1366 by 768 at 200 %, and what is promised for phones.
            for (width, height) in [(683, 384), (390, 844), (1366, 768)] {
                page.set_viewport(width, height)?;
                let lost: Vec<String> = serde_json::from_value(page.eval(LOST)?)?;
                assert!(lost.is_empty(), "{width} wide, letters apart {is_apart}:\n{}", lost.join("\n"));
            }
        }
        Ok(())
    });
}

#[test]
fn focus_is_seen_at_twice_the_size() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.set_viewport(683, 384)?;
        page.eval("document.querySelector('.skip').focus()")?;
        // Down a sheet and up again, past what stands fixed in the window.
        go_by(&mut page, "Tab", &cell("funds.r2.final"), 200)?;
        go_by(&mut page, "Shift+Tab", ".skip", 200).map(drop)
    });
}

#[test]
fn figures_stay_beside_their_labels_on_a_telephone() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.set_viewport(390, 844)?;
        page.click(&cell("funds.three_public.final"))?;
        let seen = page.eval(&format!(
            "(() => {{
                const cell = document.querySelector({}), label = cell.closest('tr').querySelector('.label');
                const [one, other] = [cell, label].map(one => one.getBoundingClientRect());
                // Figures stand to the right, and a scroll bar takes its share.
                return [other.left >= 0, other.right <= one.left + 20, one.right <= innerWidth, label.textContent];
            }})()",
            json!(cell("funds.three_public.final"))
        ))?;
        assert_eq!(seen, json!([true, true, true, "三公经费"]));
        // The findings are one tap away, and the ways to the sheets stay in view.
        page.click(".to-findings")?;
        page.wait_until(
            "(box => box.top >= 0 && box.top < 60)(document.querySelector('[data-part=findings]').getBoundingClientRect())",
        )?;
        page.click(&format!("{}[data-on=self]", action("go-to-sheet")))?;
        page.wait_until("(box => box.top >= 0 && box.top < 60)(document.querySelector('[data-sheet=self]').getBoundingClientRect())")
    });
}

#[test]
fn marks_differ_by_more_than_their_colour() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        let shapes = page.eval(
            "['suspect', 'error', 'warning', 'info', 'related', 'open'].map(mark => {
                const box = document.querySelector('[data-key=\"funds.public.final\"]').closest('td');
                box.setAttribute('data-mark', mark);
                const style = getComputedStyle(box);
                // Without the colours.
                return (style.backgroundImage + style.boxShadow).replace(/rgba?\\([^)]*\\)/g, '');
            })",
        )?;
        let shapes: Vec<String> = serde_json::from_value(shapes)?;
        for (at, shape) in shapes.iter().enumerate() {
            assert!(!shapes[..at].contains(shape), "{shapes:#?}");
        }
        Ok(())
    });
}

#[test]
fn marks_are_seen_in_the_colours_of_the_system() {
    // Chromium 86 has no forced colours.
    let test = || -> Result<()> {
        let mut page = Browser::ChromiumCurrent.open()?;
        open_sample(&mut page)?;
        make_an_error(&mut page)?;
        page.set_media(&[("forced-colors", "active")])?;
        let outline = |page: &mut Page, key: &str| {
            page.eval(&format!(
                "(style => style.outlineStyle + ' ' + style.outlineWidth)
                    (getComputedStyle(document.querySelector({}).closest('[data-mark]')))",
                json!(cell(key))
            ))
        };
        assert_eq!(outline(&mut page, "funds.three_public.final")?, "solid 3px");
        assert_eq!(outline(&mut page, "indicators.r6.actual")?, "dashed 2px");
        Ok(())
    };
    test().unwrap();
}

#[test]
fn dark_is_for_the_screen_only() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for(&cell("staff.all.quota"))?;
        let paper = "getComputedStyle(document.querySelector('.sheet')).backgroundColor";
        let ink = "getComputedStyle(document.querySelector('.sheet h2')).color";
        assert_eq!(page.eval(paper)?, "rgb(255, 255, 255)");
        page.set_media(&[("prefers-color-scheme", "dark")])?;
        assert_ne!(page.eval(paper)?, "rgb(255, 255, 255)");
        let features = json!([{ "name": "prefers-color-scheme", "value": "dark" }]);
        page.devtools("Emulation.setEmulatedMedia", json!({ "media": "print", "features": features }))?;
        assert_eq!(page.eval(paper)?, "rgb(255, 255, 255)");
        assert_eq!(page.eval(ink)?, "rgb(0, 0, 0)");
        Ok(())
    });
}

#[test]
fn large_window_is_used_and_lines_stay_short() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.set_viewport(1920, 1080)?;
        let width = |page: &mut Page, selector: &str| -> Result<f64> {
            let width = page.eval(&format!("document.querySelector('{selector}').getBoundingClientRect().width"))?;
            Ok(width.as_f64().unwrap_or_default())
        };
        let table = width(&mut page, "[data-sheet=base]")?;
        assert!((1250. ..=1400.).contains(&table), "{table}");
        // Some fifty letters a line.
        let report = width(&mut page, ".report-editor")?;
        assert!(report < 15.5 * 58., "{report}");
        Ok(())
    });
}
