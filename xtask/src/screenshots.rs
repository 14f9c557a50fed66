//! Photographs every view of the page: in the sizes that people have, light and dark, in both languages.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use gouji_browser_tests::{Browser, Page, places};

use crate::{build, setup};

/// What a person does to get to a view.
type Steps = fn(&mut Page) -> Result<()>;

/// To add a view: one line.
const VIEWS: &[(&str, Steps)] = &[
    ("start", |_| Ok(())),
    ("sample", open_sample),
    ("wrong-figure", |page| {
        mistype(page)?;
        page.click("[data-part=\"findings\"] li[data-code=\"J01\"] button")
    }),
    ("wrong-figure-preview", |page| {
        mistype(page)?;
        page.hover(MEND)
    }),
    ("wrong-figure-mended", |page| {
        mistype(page)?;
        page.click(MEND)?;
        page.wait_until("!document.querySelector('[data-part=\"findings\"] .repair')")
    }),
    ("about-cell", |page| {
        open_sample(page)?;
        page.click("[data-key=\"funds.projects.final\"]")?;
        page.press("F1")?;
        page.wait_for("[data-part=\"about\"] svg")
    }),
    ("about-score", |page| {
        open_sample(page)?;
        page.click("[data-key=\"indicators.r4.score\"]")?;
        page.press("F1")?;
        page.wait_for("[data-part=\"about\"] .score")
    }),
    ("pictures", |page| {
        open_sample(page)?;
        page.click("[data-action=\"pictures\"]")?;
        page.wait_for(".pictures figure")
    }),
    ("paste", |page| {
        open_sample(page)?;
        page.click("[data-key=\"funds.public.budget\"]")?;
        page.eval(
            "(() => {
                const data = new DataTransfer();
                data.setData('text/plain', '25\\t30\\t1\\n约5\\t\\t2\\n');
                const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
                document.activeElement.dispatchEvent(paste);
            })()",
        )?;
        page.wait_for("dialog table")
    }),
    ("keys", |page| {
        page.click("[data-action=\"keys\"]")?;
        page.wait_for("dialog kbd")
    }),
    ("begin", |page| {
        let file = places::root().join("tests/cases/zhuzhou-department/lusong-2024-report/submission.json");
        page.choose_files("[data-part=\"last-file\"]", &[&file])?;
        page.wait_for("[data-part=\"begin\"]")
    }),
    ("begun-and-checked", |page| {
        let file = places::root().join("tests/cases/zhuzhou-department/lusong-2024-report/submission.json");
        page.choose_files("[data-part=\"last-file\"]", &[&file])?;
        page.click("[data-action=\"begin\"]")?;
        page.wait_for("[data-action=\"set-source\"]")?;
        page.click("[data-action=\"check-all\"]")?;
        page.wait_for("[data-part=\"summary\"]")
    }),
    ("check-all", |page| {
        mistype(page)?;
        page.click("[data-action=\"check-all\"]")?;
        page.wait_for("[data-part=\"summary\"]")
    }),
    ("self-evaluation", |page| {
        open_sample(page)?;
        page.click("[data-action=\"go-to-sheet\"][data-on=\"self\"]")?;
        page.click("[data-key=\"indicators.r6.actual\"]")?;
        page.wait_for("[data-part=\"bubble\"] p")
    }),
    ("report", |page| {
        open_sample(page)?;
        page.wait_for(".report-editor")?;
        page.click("[data-action=\"go-to-sheet\"][data-on=\"report\"]")
    }),
    ("material", |page| {
        open_sample(page)?;
        page.click("[data-action=\"material\"]")?;
        page.click("[data-part=\"material-input\"]")?;
        page.insert_text(
            "2024年基本支出合计206.65万元，项目支出381.36万元。三公经费1.20万元。\n全年收入合计700万元。",
        )?;
        page.click("[data-action=\"read-material\"]")?;
        page.wait_for(".material-text")
    }),
    ("note", |page| {
        open_sample(page)?;
        page.click("[data-part=\"findings\"] li[data-code=\"J13\"] details.answer summary")
    }),
    ("drafts", |page| {
        open_sample(page)?;
        page.wait_until("/\\d\\d:\\d\\d/.test(document.querySelector('[data-part=\"save-state\"]').textContent)")?;
        open_sample(page)?;
        page.click("summary[data-action=\"drafts\"]")?;
        page.wait_for("[data-action=\"open-draft\"]")
    }),
    ("forms", |page| page.click("summary[data-action=\"new\"]")),
    ("export", |page| page.click("summary[data-action=\"export\"]")),
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
];

/// What stands there without the program, in Chinese always.
const PAGES_OF_BOOT: &[(&str, Steps)] = &[
    ("crash", |page| {
        page.fill("[data-key=\"unit.all.name\"]", "某某局")?;
        page.wait_until("/\\d\\d:\\d\\d/.test(document.querySelector('[data-part=\"save-state\"]').textContent)")?;
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

/// A small office screen, a large one and a telephone.
const SIZES: &[(u32, u32)] = &[(1366, 768), (1920, 1080), (390, 844)];

/// Photographs the views whose name contains `only`.
pub fn screenshots(folder: &Path, only: &str) -> Result<()> {
    build::build(&setup::for_tests()?)?;
    photograph(folder, only)
}

/// The same of the page as it is in `dist/`.
pub fn photograph(folder: &Path, only: &str) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot write to {}", folder.display()))?;
    let all = VIEWS.iter().flat_map(|view| [(view, ""), (view, "-english")]);
    for ((name, prepare), language) in all.chain(PAGES_OF_BOOT.iter().map(|view| (view, ""))) {
        let name = [name, language].concat();
        if !name.contains(only) {
            continue;
        }
        let mut page = Browser::ChromiumCurrent.open()?;
        if !language.is_empty() {
            page.click("[data-action=\"language\"]")?;
            page.wait_until("document.documentElement.lang === 'en'")?;
        }
        prepare(&mut page).with_context(|| format!("the view `{name}` cannot be reached"))?;
        for (width, height) in SIZES {
            page.set_viewport(*width, *height)?;
            for scheme in ["light", "dark"] {
                page.set_media(&[("prefers-color-scheme", scheme)])?;
                // What the view is about stays in view when lines break elsewhere.
                page.eval(
                    "(focus => focus !== document.body && focus.scrollIntoView({ block: 'center' }))
                        (document.activeElement);
                    new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))",
                )?;
                let file = folder.join(format!("{name}-{width}x{height}-{scheme}.png"));
                fs::write(&file, page.screenshot()?)?;
                println!("   {}", file.display());
            }
        }
    }
    Ok(())
}

/// The button of the card that puts the mistyped figure right.
const MEND: &str = "[data-part=\"findings\"] .repair .main";

/// The sample with ten times the right figure in one cell.
fn mistype(page: &mut Page) -> Result<()> {
    open_sample(page)?;
    page.fill("[data-key=\"funds.three_public.final\"]", "6")?;
    page.wait_for(MEND)
}

fn open_sample(page: &mut Page) -> Result<()> {
    page.click("[data-action=\"open-sample\"]")?;
    page.wait_for("[data-part=\"findings\"] li[data-code=\"W02\"]")
}
