//! One wrong figure is one card: what it should be, why, what would change, and one press that mends it.

use gouji_browser_tests::on_every_browser;

use crate::*;

const WRONG: &str = "funds.public.final";

/// The card of the wrong figure.
fn card() -> String {
    finding_at("J06", WRONG)
}

fn errors(page: &mut Page) -> Result<usize> {
    Ok(page.texts(&format!("{} li.is-error", part("findings")))?.len())
}

fn mend() -> String {
    format!("{} {}", card(), button("write-text"))
}

/// How a cell is marked.
fn mark(page: &mut Page, key: &str) -> Result<String> {
    let mark = page
        .eval(&format!("document.querySelector({}).closest('td, th, .field').dataset.mark || ''", json!(cell(key))))?;
    Ok(mark.as_str().unwrap_or_default().to_owned())
}

/// The sample with one figure in 元.
fn with_yuan(page: &mut Page) -> Result<()> {
    open_sample(page)?;
    page.fill(&cell(WRONG), "310300.00")?;
    wait_for_words(page, &format!("{} .what", card()), "疑似按“元”填列")
}

#[test]
fn wrong_figure_is_one_card_and_one_press_mends_it() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        with_yuan(&mut page)?;
        assert_eq!(
            sentence(&mut page, &card())?,
            "公用经费·2024年决算数 疑似按“元”填列（本表单位：万元）：310,300.00，应为 31.03。"
        );
        wait_for_words(&mut page, &format!("{} .evidence", card()), "改后相关 4 条审核关系全部相符")?;
        assert_eq!(errors(&mut page)?, 1, "no sum stands beside it");
        wait_for_text(&mut page, &part("errors"), "1")?;
        assert_eq!(mark(&mut page, WRONG)?, "suspect");
        assert_eq!(mark(&mut page, "general.basic.amount")?, "related");
        // The report says the same figure.
        page.wait_for(&format!(".report-editor [data-shows=\"{WRONG}\"][data-mark=suspect]"))?;

        page.click(&mend())?;
        wait_for_value(&mut page, WRONG, "31.03")?;
        wait_until_gone(&mut page, &card())?;
        assert_eq!(errors(&mut page)?, 0);
        wait_for_text(&mut page, &part("errors"), "0")?;
        assert_eq!(mark(&mut page, "general.basic.amount")?, "");

        page.press("Control+z")?;
        wait_for_value(&mut page, WRONG, "310300.00")?;
        page.wait_for(&mend())?;
        assert_eq!(errors(&mut page)?, 1);
        page.click(&button("redo"))?;
        wait_until_gone(&mut page, &card())
    });
}

#[test]
fn card_goes_with_the_first_keystroke_that_changes_its_figure() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        with_yuan(&mut page)?;
        page.click(&cell(WRONG))?;
        page.press("End")?;
        // Nobody is asked: what stands there must not speak of another figure.
        page.eval("window.gouji.reader.ask = () => new Promise(() => {})")?;
        page.type_text("1")?;
        wait_until_gone(&mut page, &mend())?;
        page.wait_for(&finding("R03"))
    });
}

#[test]
fn findings_themselves_are_shown_where_nobody_can_be_asked() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.eval("window.gouji.reader.ask = () => Promise.reject('gone')")?;
        page.fill(&cell(WRONG), "310300.00")?;
        page.wait_for(&finding("R03"))?;
        page.wait_for(&finding("J06"))?;
        assert_eq!(errors(&mut page)?, 3);
        Ok(())
    });
}

#[test]
fn figure_called_right_is_ruled_out_until_that_is_withdrawn() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        with_yuan(&mut page)?;
        page.click(&format!("{} {}", card(), button("set-source")))?;
        wait_until_gone(&mut page, &mend())?;
        wait_for_words(&mut page, &part("confirmed"), "公用经费·2024年决算数")?;
        page.click(&format!("{} {}", part("confirmed"), button("set-source")))?;
        page.wait_for(&mend())?;
        // Undo reaches it, too, and it stays with the filing.
        page.press("Control+z")?;
        wait_for_words(&mut page, &part("confirmed"), "公用经费·2024年决算数")?;
        let (_, filing) = export(&mut page)?;
        assert_eq!(filing.provenance.get(WRONG).map(String::as_str), Some("confirmed"));
        Ok(())
    });
}

#[test]
fn calculation_opens_and_each_line_leads_to_its_cell() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        with_yuan(&mut page)?;
        let sums = format!("{} {}", card(), part("sums"));
        page.click(&format!("{sums} summary"))?;
        wait_for_words(&mut page, &sums, "±0.005")?;
        wait_for_words(&mut page, &sums, "差额")?;
        page.click(&format!("{sums} {}[data-on=\"funds.basic_adjustment.final\"]", button("go-to")))?;
        wait_for_caret(&mut page, "funds.basic_adjustment.final")
    });
}

#[test]
fn what_would_change_is_seen_before_anything_does() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        with_yuan(&mut page)?;
        let shown = "(box => box.offsetHeight > 0)(document.querySelector('.after'))";
        assert_eq!(page.eval(shown)?, false);
        let height = page.eval("document.querySelector('[data-part=findings]').scrollHeight")?;
        page.focus(&mend())?;
        page.wait_until(shown)?;
        wait_for_words(&mut page, ".after", "不符 → 相符")?;
        wait_for_words(&mut page, ".after", "1 → 0")?;
        assert_eq!(page.eval("document.querySelector('[data-part=findings]').scrollHeight")?, height, "nothing moves");
        let described = "document.activeElement.getAttribute('aria-describedby')";
        assert_eq!(page.eval(&format!("!!document.getElementById({described})"))?, true);
        page.focus(&cell("unit.all.name"))?;
        page.wait_until(&format!("!{shown}"))?;
        page.hover(&mend())?;
        page.wait_until(shown)?;
        wait_for_value(&mut page, WRONG, "310,300.00")
    });
}

#[test]
fn card_speaks_english_too() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        with_yuan(&mut page)?;
        page.click(&button("language"))?;
        wait_for_words(&mut page, &format!("{} .what", card()), "seems to be in yuan")?;
        wait_for_text(&mut page, &mend(), "Change to 31.03")
    });
}

#[test]
fn sound_filing_asks_nothing_and_shows_no_card() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.eval(
            "window.asked = [];
             (ask => window.gouji.reader.ask = (text, ...rest) => {
                 asked.push(JSON.parse(text).do);
                 return ask(text, ...rest);
             })(window.gouji.reader.ask)",
        )?;
        open_sample(&mut page)?;
        page.fill(&cell("unit.all.name"), "某某局")?;
        wait_until_saved(&mut page)?;
        assert_eq!(page.eval("Array.from(new Set(asked)).join()")?, "show");
        assert!(!is_shown(&mut page, ".repair")?);
        page.fill(&cell(WRONG), "310300")?;
        page.wait_for(&mend())?;
        assert_eq!(page.eval("asked.includes('locate')")?, true);
        Ok(())
    });
}

#[test]
fn keys_alone_mend_and_stay_in_the_list() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        with_yuan(&mut page)?;
        page.wait_for(&mend())?;
        page.eval(&format!("document.querySelector({}).focus()", json!(format!("{} .what", card()))))?;
        page.press("Tab")?;
        page.wait_until("document.activeElement.textContent === '改为 31.03'")?;
        page.press("Enter")?;
        wait_for_value(&mut page, WRONG, "31.03")?;
        wait_until_gone(&mut page, &card())?;
        // The card is gone with its button; whoever has no mouse goes on with what is next in the list.
        page.wait_until("document.activeElement.closest('[data-part=findings]') !== null")?;
        page.press("Control+z")?;
        wait_for_value(&mut page, WRONG, "310300.00")
    });
}
