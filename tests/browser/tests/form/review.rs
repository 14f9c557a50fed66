//! 全部审核 and 导出: what must be changed stands in a box that takes the focus, and goes line by line as it is mended.

use gouji_browser_tests::on_every_browser;

use crate::*;

const LINE: &str = "[data-part=summary] li button";

/// Waits until the box has this heading.
fn wait_for_heading(page: &mut Page, heading: &str) -> Result<()> {
    wait_for_text(page, &format!("{} h2", part("summary")), heading)
}

/// What the list of findings says of errors, in its order.
fn errors_said(page: &mut Page) -> Result<Vec<String>> {
    let said = "Array.from(document.querySelectorAll('.finding.is-error .what'), what =>
        what.textContent.slice(what.querySelector('.level').textContent.length).trim())";
    Ok(serde_json::from_value(page.eval(said)?)?)
}

#[test]
fn box_leads_to_each_error_in_the_words_of_the_findings_and_shortens() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.fill(&cell("funds.three_public.final"), "6")?;
        page.fill(&cell("staff.all.rate"), "50%")?;
        wait_for_text(&mut page, &part("errors"), "2")?;
        assert!(!is_shown(&mut page, &part("summary"))?, "the box comes only when it is asked for");

        page.click(&button("check-all"))?;
        wait_for_heading(&mut page, "有 2 处需要修改")?;
        page.wait_until("!!document.activeElement.querySelector('[data-part=summary]')")?;
        let is_in_view = "(box => box.top >= document.querySelector('.header').getBoundingClientRect().bottom - 1
            && box.bottom <= innerHeight)(document.querySelector('[data-part=summary]').getBoundingClientRect())";
        page.wait_until(is_in_view)?;
        wait_for_words(&mut page, ".stage", "全表审核")?;
        let said = errors_said(&mut page)?;
        assert_eq!(said.len(), 2);
        assert_eq!(page.texts(LINE)?, said, "the same words as in the list of findings");
        wait_for_words(&mut page, &part("summary"), "另有 7 项核实性")?;

        // From the box the keyboard reaches its first line.
        page.press("Tab")?;
        page.wait_until("document.activeElement === document.querySelector('[data-part=summary] li button')")?;
        page.click(&format!("{LINE}[data-on=\"funds.three_public.final\"]"))?;
        wait_for_caret(&mut page, "funds.three_public.final")?;
        page.press("Control+a")?;
        page.type_text("0.6")?;
        wait_for_heading(&mut page, "有 1 处需要修改")?;
        wait_for_caret(&mut page, "funds.three_public.final")?;
        assert_eq!(page.texts(LINE)?, errors_said(&mut page)?);
        page.click(&format!("{LINE}[data-on=\"staff.all.rate\"]"))?;
        wait_for_caret(&mut page, "staff.all.rate")?;
        page.press("Control+a")?;
        page.type_text("100%")?;
        wait_for_heading(&mut page, "没有必须修改的地方")?;
        assert_eq!(page.texts(LINE)?, Vec::<String>::new());
        wait_for_caret(&mut page, "staff.all.rate")?;
        // And it comes back when the figure is spoilt again.
        page.type_text("5")?;
        page.wait_for(LINE)?;

        page.click(&button("go-on-filling"))?;
        wait_until_gone(&mut page, &part("summary"))?;
        wait_for_words(&mut page, ".stage", "填报中")
    });
}

#[test]
fn sound_form_is_told_so_and_the_box_can_be_closed() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.click(&button("check-all"))?;
        wait_for_heading(&mut page, "没有必须修改的地方")?;
        page.wait_until("!!document.activeElement.querySelector('[data-part=summary]')")?;
        page.click(&button("close-summary"))?;
        wait_until_gone(&mut page, &part("summary"))?;
        wait_for_words(&mut page, ".stage", "全表审核")?;
        // Asked once more, it takes the focus once more.
        page.click(&cell("staff.all.rate"))?;
        page.click(&button("check-all"))?;
        page.wait_for(&part("summary"))?;
        page.wait_until("!!document.activeElement.querySelector('[data-part=summary]')")?;
        page.click(&cell("staff.all.rate"))?;
        page.click(&button("check-all"))?;
        page.wait_until("!!document.activeElement.querySelector('[data-part=summary]')")
    });
}

#[test]
fn export_checks_the_whole_form_and_hands_out_the_file_all_the_same() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("funds.operations.final"), "60")?;
        page.fill(&cell("funds.projects.final"), "100")?;
        wait_for_text(&mut page, &part("errors"), "0")?;
        let (_, filing) = export(&mut page)?;
        assert_eq!(filing.text("funds.projects.final"), "100");
        // The click on the link of the download came while the one on the button was being answered.
        let troubles = page.problems()?;
        assert!(!troubles.iter().any(|trouble| trouble.contains("closure invoked")), "{troubles:?}");
        wait_for_words(&mut page, ".stage", "空白项视为不适用")?;
        page.wait_until("!!document.activeElement.querySelector('[data-part=summary]')")?;
        let errors = page.text(&part("errors"))?;
        wait_for_heading(&mut page, &format!("有 {errors} 处需要修改"))?;
        wait_for_words(&mut page, &finding("J03"), "应为 60.00，现填 100.00，多 40.00")?;
        let said = errors_said(&mut page)?;
        assert_eq!(said.len().to_string(), errors);
        let lines = page.texts(LINE)?;
        assert_eq!(lines, said[..lines.len()]);
        let tells_the_rest = is_shown(&mut page, "[data-part=summary] p")?;
        assert!(lines.len() == said.len() || tells_the_rest);
        // Each line leads to a cell of the form.
        for at in 1..=lines.len() {
            page.click(&format!("[data-part=summary] li:nth-child({at}) button"))?;
            let on = format!("document.querySelector('[data-part=summary] li:nth-child({at}) button').dataset.on");
            page.wait_until(&format!("document.activeElement.dataset.key === {on}"))?;
        }

        // Back to filling, blanks are open again, in grey and with their reason.
        page.click(&button("go-on-filling"))?;
        wait_for_text(&mut page, &part("errors"), "0")?;
        wait_until_gone(&mut page, &finding("J03"))?;
        page.wait_for(&format!("[data-mark=open] {}", cell("funds.projects.final")))?;
        let open = page.eval(&format!(
            "(input => [input.title, getComputedStyle(input.closest('td')).backgroundColor,
                getComputedStyle(input).color])(document.querySelector({}))",
            json!(cell("funds.projects.final"))
        ))?;
        let said = "未填全：还有 3 格没有填（运行维护经费·2024年决算数、其他项目（1）·2024年决算数、\
                    区级专项资金·2024年决算数），填完后再核对。";
        assert_eq!(open, json!([said, "rgb(243, 245, 248)", "rgb(86, 96, 114)"]));
        Ok(())
    });
}
