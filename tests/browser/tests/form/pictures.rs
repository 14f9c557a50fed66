//! 图表: a view above the sheets, in step with the figures, printed by itself; a bar leads to its cell.

use gouji_browser_tests::on_every_browser;

use crate::*;

fn picture(name: &str) -> String {
    format!(".pictures figure[data-picture={name}]")
}

fn open(page: &mut Page) -> Result<()> {
    page.click(&format!(".tabs {}", button("pictures")))?;
    page.wait_for(&picture("funds"))
}

#[test]
fn pictures_are_drawn_in_step_and_closed_again() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.focus(&format!(".tabs {}", button("pictures")))?;
        page.press("Enter")?;
        page.wait_for(&picture("funds"))?;
        // The tab tells that it is open, and keeps the focus though it is drawn anew.
        page.wait_until("document.activeElement.matches('[data-action=pictures][aria-pressed=true]')")?;
        for name in ["funds", "spending", "years", "points", "progress"] {
            page.wait_for(&format!("{} svg[role=group][aria-label]", picture(name)))?;
        }
        page.fill(&cell("use.basic.amount"), "100")?;
        wait_for_words(&mut page, &picture("funds"), "各项之和少 160.65")?;
        wait_for_words(&mut page, ".pictures .is-problem", "有数不符")?;
        page.click(&format!(".pictures {}", button("pictures")))?;
        wait_until_gone(&mut page, ".pictures > *")
    });
}

#[test]
fn bar_leads_to_its_cell_by_mouse_and_by_keyboard() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        open(&mut page)?;
        page.click(&format!("{} a[data-on=\"funds.public.final\"]", picture("spending")))?;
        wait_for_caret(&mut page, "funds.public.final")?;
        page.focus(&format!("{} a[data-on=\"indicators.cost.weight\"]", picture("points")))?;
        page.press("Enter")?;
        wait_for_caret(&mut page, "indicators.cost.weight")
    });
}

#[test]
fn table_beside_a_picture_stays_open_while_figures_change() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        open(&mut page)?;
        page.click(&format!("{} summary", picture("points")))?;
        let table = format!("{} details[open] table", picture("points"));
        wait_for_words(&mut page, &table, "97")?;
        page.fill(&cell("indicators.total.score"), "96")?;
        wait_for_words(&mut page, &table, "96")
    });
}

#[test]
fn pictures_are_printed_by_themselves() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        open(&mut page)?;
        // The dialog of the browser would wait for a person.
        page.eval("window.print = () => dispatchEvent(new Event('beforeprint'))")?;
        page.click(&format!(".pictures {}", button("print-pictures")))?;
        page.wait_for(".paper figure[data-picture=funds] svg")?;
        assert!(!is_shown(&mut page, ".paper [data-sheet]")?);
        page.eval("dispatchEvent(new Event('afterprint'))")?;
        wait_until_gone(&mut page, ".paper")?;
        // The next print is of the form.
        page.eval("window.print()")?;
        page.wait_for(".paper [data-sheet=base]")?;
        assert!(!is_shown(&mut page, ".paper figure")?);
        Ok(())
    });
}

#[test]
fn pictures_fit_a_phone_and_speak_english() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.set_viewport(390, 844)?;
        open_sample(&mut page)?;
        open(&mut page)?;
        assert_eq!(
            page.eval(
                "document.querySelector('.pictures').scrollWidth <= document.querySelector('.pictures').clientWidth"
            )?,
            true
        );
        page.click(&button("language"))?;
        wait_for_words(&mut page, &format!("{} figcaption", picture("spending")), "Budget and spending")
    });
}
