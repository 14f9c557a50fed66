//! The page for everyone: what axe finds (`axe`), each task by keys alone (`keyboard`), what a screen reader is told
//! (`tree`), sizes, zoom and distances of letters (`sizes`). Apart from the other tests, so that they can run alone.

mod axe;
mod keyboard;
mod sizes;
mod tree;

use anyhow::{Result, bail};
use gouji_browser_tests::Page;
use serde_json::json;

/// The input of a cell.
fn cell(key: &str) -> String {
    format!("[data-key=\"{key}\"]")
}

/// A button or menu, by what it does.
fn action(name: &str) -> String {
    format!("[data-action=\"{name}\"]")
}

/// A finding in the list, by its code.
fn finding(code: &str) -> String {
    format!("[data-part=\"findings\"] li[data-code=\"{code}\"]")
}

fn open_sample(page: &mut Page) -> Result<()> {
    page.click(&action("open-sample"))?;
    wait_for_sample(page)
}

fn wait_for_sample(page: &mut Page) -> Result<()> {
    // The second module draws the report and tells of the words in its own time.
    page.wait_for(".report-editor")?;
    page.wait_for(&finding("W02"))
}

/// A figure that breaks two relations, and the card that says which.
fn make_an_error(page: &mut Page) -> Result<()> {
    page.fill(&cell("funds.three_public.final"), "6")?;
    page.wait_for(".repair")
}

/// What hides the element that has the focus: nothing where a part of it is seen (2.4.11).
const HIDDEN_FOCUS: &str = "(() => {
    const focus = document.activeElement;
    if (!focus || focus === document.body) return 'nothing has the focus';
    const box = focus.getBoundingClientRect();
    const over = [];
    for (const x of [.05, .5, .95]) for (const y of [.2, .5, .8]) {
        const at = [box.left + box.width * x, box.top + box.height * y];
        const hit = document.elementFromPoint(at[0], at[1]);
        if (hit && (focus.contains(hit) || hit.contains(focus) && getComputedStyle(focus).pointerEvents === 'none')) return '';
        over.push(hit ? hit.outerHTML.slice(0, 80) : 'outside of the window');
    }
    return focus.outerHTML.slice(0, 160) + ' is hidden: ' + over[4];
})()";

/// Presses a key until the focus is where the selector says; on the way, it must be seen at every step.
fn go_by(page: &mut Page, key: &str, selector: &str, most: usize) -> Result<usize> {
    let is_there = format!("document.activeElement.matches({})", json!(selector));
    for step in 1..=most {
        page.press(key)?;
        let hidden = page.eval(HIDDEN_FOCUS)?;
        // Behind the last thing of the page the focus is in no thing of it.
        if hidden != "" && hidden != "nothing has the focus" {
            bail!("{step}. {key} on the way to {selector}: {hidden}");
        }
        if page.eval(&is_there)? == true {
            return Ok(step);
        }
    }
    let focus = page.eval("document.activeElement.outerHTML.slice(0, 200)")?;
    bail!("{selector} is not reached by {most} times {key}; the focus is at {focus}")
}

/// Goes forward by Tab.
fn tab_to(page: &mut Page, selector: &str) -> Result<usize> {
    go_by(page, "Tab", selector, 400)
}
