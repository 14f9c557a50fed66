//! What a screen reader is told, in its order: compared with small files that were checked by hand.

use gouji_browser_tests::{Browser, Node, on_every_browser};

use crate::*;

/// A line a node: role, name, value, states, and what describes it.
fn lines(nodes: &[Node], is_told: impl Fn(&Node) -> bool) -> String {
    let mut out = String::new();
    for node in nodes.iter().filter(|node| is_told(node)) {
        out += &node.role;
        if !node.name.is_empty() {
            out += &format!(" “{}”", node.name.replace('\n', " "));
        }
        if !node.value.is_empty() && node.value != node.name {
            out += &format!(" = {}", node.value.replace('\n', " "));
        }
        if !node.states.is_empty() {
            out += &format!(" [{}]", node.states.join(", "));
        }
        if !node.description.is_empty() {
            out += &format!("\n    {}", node.description.replace('\n', "\n    "));
        }
        out.push('\n');
    }
    out
}

/// The nodes from one on to the end of what stands in it.
fn within(nodes: &[Node], is_it: impl Fn(&Node) -> bool) -> &[Node] {
    let Some(start) = nodes.iter().position(is_it) else { return &[] };
    let depth = nodes[start].depth;
    let length = nodes[start + 1..].iter().take_while(|node| node.depth > depth).count();
    &nodes[start..=start + length]
}

fn assert_told(told: &str, expected: &str, file: &str) {
    assert!(told == expected, "tests/browser/tests/access/trees/{file} says otherwise; the page tells\n{told}");
}

const LANDMARKS: &[&str] = &["banner", "navigation", "main", "complementary", "region", "heading"];

/// The tree has other names for some roles in old engines, so that these are of the current one.
#[test]
fn parts_of_the_page_and_their_headings() {
    let test = || -> Result<()> {
        let mut page = Browser::ChromiumCurrent.open()?;
        open_sample(&mut page)?;
        // It has the headings of the report once more.
        page.click(".preview summary")?;
        page.wait_for(".preview:not([open])")?;
        let tree = page.tree()?;
        let told = lines(&tree, |node| LANDMARKS.contains(&node.role.as_str()));
        assert_told(&told, include_str!("trees/parts.txt"), "parts.txt");
        // The first tables: their names, headings and cells.
        let table = within(&tree, |node| node.role == "table" && node.name.starts_with("财政供养人员"));
        let told = lines(table, |node| !matches!(node.role.as_str(), "StaticText" | "row" | "rowgroup" | "cell"));
        assert_told(&told, include_str!("trees/table.txt"), "table.txt");
        Ok(())
    };
    test().unwrap();
}

#[test]
fn cell_with_an_error_says_its_label_its_figure_and_what_is_wrong() {
    let test = || -> Result<()> {
        let mut page = Browser::ChromiumCurrent.open()?;
        open_sample(&mut page)?;
        make_an_error(&mut page)?;
        page.click(&action("check-all"))?;
        page.wait_for("[data-part=summary]")?;
        page.wait_for(".repair")?;
        let tree = page.tree()?;
        let told = lines(within(&tree, |node| node.role == "alert"), |node| node.role != "StaticText");
        assert_told(&told, include_str!("trees/summary.txt"), "summary.txt");
        page.click(&cell("funds.three_public.final"))?;
        page.wait_for("[data-part=bubble] p")?;
        let tree = page.tree()?;
        let told = lines(&tree, |node| node.role == "textbox" && node.states.contains(&"invalid".to_owned()));
        assert_told(&told, include_str!("trees/error.txt"), "error.txt");
        // The card of the wrong figure, with what its buttons would do.
        let findings = within(&tree, |node| node.role == "complementary");
        let card = within(findings, |node| node.role == "listitem");
        let told = lines(card, |node| matches!(node.role.as_str(), "button" | "DisclosureTriangle" | "paragraph"));
        assert_told(&told, include_str!("trees/card.txt"), "card.txt");
        Ok(())
    };
    test().unwrap();
}

#[test]
fn focused_cell_is_described_by_its_error_and_no_other_is() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        make_an_error(&mut page)?;
        page.click(&cell("funds.three_public.final"))?;
        page.wait_for("[data-part=bubble] p")?;
        let described = "Array.from(document.querySelectorAll('[data-key][aria-describedby]'), cell => [
            cell.dataset.key, document.getElementById(cell.getAttribute('aria-describedby')).textContent.includes('三公经费')])";
        page.wait_until(&format!("{described}.length"))?;
        assert_eq!(page.eval(described)?, json!([["funds.three_public.final", true]]));
        page.press("Tab")?;
        page.wait_until(&format!("!{described}.some(([key]) => key === 'funds.three_public.final')"))
    });
}

#[test]
fn what_is_said_aloud_by_itself() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        // Nothing interrupts while somebody fills the form.
        make_an_error(&mut page)?;
        let loud =
            "Array.from(document.querySelectorAll('[role=alert], [aria-live=assertive]'), one => one.textContent)";
        assert_eq!(page.eval(&format!("{loud}.join('')"))?, "");
        page.click(&action("calculate"))?;
        page.wait_for("[role=status] [data-part=notice]")?;
        page.click(&action("check-all"))?;
        page.wait_until("document.querySelector('[role=alert] h2').textContent.startsWith('有 1 处需要修改')")
    });
}
