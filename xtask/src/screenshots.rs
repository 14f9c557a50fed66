//! Photographs every view of the page, in the sizes that people have.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use gouji_browser_tests::{Browser, Page};

use crate::{build, setup};

/// What a person does to get to a view.
type Steps = fn(&mut Page) -> Result<()>;

/// To add a view: one line.
const VIEWS: &[(&str, Steps)] = &[
    ("start", |_| Ok(())),
    ("sample", |page| {
        page.click("[data-action=\"open-sample\"]")?;
        page.wait_for("[data-part=\"findings\"] li[data-code]")
    }),
    ("wrong-figure", |page| {
        page.click("[data-action=\"open-sample\"]")?;
        page.fill("[data-key=\"funds.three_public.final\"]", "6")?;
        page.click("[data-part=\"findings\"] li[data-code=\"J01\"] button")
    }),
    ("check-all", |page| {
        page.click("[data-action=\"open-sample\"]")?;
        page.fill("[data-key=\"funds.three_public.final\"]", "6")?;
        page.click("[data-action=\"check-all\"]")?;
        page.wait_for("[data-part=\"summary\"]")
    }),
    ("self-evaluation", |page| {
        page.click("[data-action=\"open-sample\"]")?;
        page.click("[data-action=\"go-to-sheet\"][data-on=\"self\"]")?;
        page.click("[data-key=\"indicators.r6.actual\"]")?;
        page.wait_for("[data-part=\"bubble\"] p")
    }),
    ("drafts", |page| {
        page.click("[data-action=\"open-sample\"]")?;
        page.wait_until("document.querySelector('[data-part=\"save-state\"]').textContent.indexOf('已自动保存') >= 0")?;
        page.click("[data-action=\"open-sample\"]")?;
        page.click("summary[data-action=\"drafts\"]")?;
        page.wait_for("[data-action=\"open-draft\"]")
    }),
    ("forms", |page| page.click("summary[data-action=\"new\"]")),
    ("project", |page| {
        page.click("summary[data-action=\"new\"]")?;
        page.click("[data-action=\"new-form\"][data-on=\"project-expenditure\"]")?;
        page.wait_for("[data-sheet=\"project\"]")
    }),
    ("hunan", |page| {
        page.click("summary[data-action=\"new\"]")?;
        page.click("[data-action=\"new-form\"][data-on=\"hunan-base-2018\"]")?;
        page.wait_for("[data-key=\"head.unit.text\"]")
    }),
    ("english", |page| {
        page.click("[data-action=\"open-sample\"]")?;
        page.click("[data-action=\"language\"]")
    }),
    ("crash", |page| {
        page.fill("[data-key=\"unit.all.name\"]", "某某局")?;
        page.wait_until("document.querySelector('[data-part=\"save-state\"]').textContent.indexOf('已自动保存') >= 0")?;
        page.eval("window.gouji.crashed('panicked at src/engine.rs:1:1: a message for maintainers')")?;
        page.wait_until("document.querySelector('[data-part=\"drafts\"]').textContent.indexOf('正在') < 0")
    }),
    ("engine-too-old", |page| {
        page.run_before_load("WebAssembly.validate = () => false")?;
        page.open_app()
    }),
    ("not-loaded", |page| {
        page.run_before_load("window.fetch = () => Promise.reject(new TypeError('Failed to fetch'))")?;
        page.open_app()
    }),
];

/// A small office screen and a telephone.
const SIZES: &[(u32, u32)] = &[(1366, 768), (390, 844)];

pub fn screenshots(folder: &Path) -> Result<()> {
    build::build(&setup::for_tests()?)?;
    fs::create_dir_all(folder).with_context(|| format!("cannot write to {}", folder.display()))?;
    for (name, prepare) in VIEWS {
        for (width, height) in SIZES {
            let mut page = Browser::ChromiumCurrent.start()?;
            page.set_viewport(*width, *height)?;
            page.open_app()?;
            prepare(&mut page).with_context(|| format!("the view `{name}` cannot be reached"))?;
            let file = folder.join(format!("{name}-{width}x{height}.png"));
            fs::write(&file, page.screenshot()?)?;
            println!("   {}", file.display());
        }
    }
    Ok(())
}
