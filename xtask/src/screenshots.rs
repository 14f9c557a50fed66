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
    ("crash", |page| {
        page.eval(SAVE_DRAFT)?;
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

/// What a draft looks like to `boot.js`, for the view of a crash.
const SAVE_DRAFT: &str = "new Promise((done, failed) => {
    const opening = indexedDB.open('gouji');
    opening.onerror = () => failed(opening.error);
    opening.onupgradeneeded = () => opening.result.createObjectStore('drafts');
    opening.onsuccess = () => {
        const record = { id: 'd1', title: '部门整体支出绩效自评 2024', saved_at: 1735689600000, text: '{}' };
        const writing = opening.result.transaction('drafts', 'readwrite');
        writing.objectStore('drafts').put(record, record.id);
        writing.oncomplete = () => { opening.result.close(); done(true); };
    };
})";

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
