//! What the whole page does with a file that a person chose: opened by one module, read by another, shown.

use std::path::Path;

use anyhow::{Context, Result};
use gouji_browser_tests::Browser;
use serde_json::Value;

use super::{ASKS, median};

/// From choosing a file until its figures are shown, each time in a new browser, so with all downloads.
pub fn measure(browser: Browser, what: &str, file: &Path) -> Result<()> {
    let (mut shown, mut gaps) = (Vec::new(), Vec::new());
    let mut counts = String::new();
    for _ in 0..ASKS {
        let mut page = browser.open_alone()?;
        page.wait_for("main")?;
        page.eval(WATCH)?;
        page.choose_files("[data-part=\"file\"]", &[file])?;
        let result = page.eval("window.watched()")?;
        let number = |of: &Value| of.as_f64().with_context(|| format!("the page did not show {what}"));
        shown.push(number(&result["shown"])?);
        gaps.push(number(&result["gap"])?);
        counts = result["counts"].as_str().unwrap_or_default().to_owned();
    }
    shown.sort_by(f64::total_cmp);
    gaps.sort_by(f64::total_cmp);
    println!(
        "{what}, in the whole page: figures shown after {:.0} ms, longest gap {:.0} ms (medians; {})",
        median(&shown)?,
        median(&gaps)?,
        counts
    );
    Ok(())
}

const WATCH: &str = "(() => {
    const start = performance.now();
    let gap = 0, last = start;
    const turn = () => {
        const now = performance.now();
        gap = Math.max(gap, now - last);
        last = now;
        setTimeout(turn, 0);
    };
    turn();
    const wait = ms => new Promise(done => setTimeout(done, ms));
    window.watched = async () => {
        const counts = () => document.querySelector('[data-part=\"read-counts\"]');
        while (!counts()) {
            if (performance.now() - start > 30000) return {};
            await wait(5);
        }
        const shown = performance.now() - start;
        // Laying out what is shown is work of the page too.
        await wait(2000);
        return { shown, gap, counts: counts().textContent };
    };
})()";
