//! Errors lead from the whole form to the cell: the same count everywhere, the same words in the box, the list and the cell.

use gouji_browser_tests::on_every_browser;

use crate::*;

/// Slips of many kinds in the sample: unreadable, negative, sums, rates, scores, reasons.
const SLIPS: [(&str, &str); 8] = [
    ("funds.public.final", "310300.00"),
    ("funds.office.prior", "abc"),
    ("funds.procurement.final", "-360.02"),
    ("staff.all.rate", "1"),
    ("income.fund.amount", "61"),
    ("indicators.r5.score", "6"),
    ("indicators.r4.score", "4"),
    ("totals.all.score", "9"),
];

fn with_slips(page: &mut Page) -> Result<()> {
    open_sample(page)?;
    for (key, text) in SLIPS {
        page.fill(&cell(key), text)?;
    }
    page.wait_for(".repair")?;
    page.click(&button("check-all"))?;
    page.wait_for(&part("summary"))?;
    // Cards and the check of words come when they come.
    let mut before = String::new();
    loop {
        std::thread::sleep(std::time::Duration::from_millis(400));
        let now = [page.text(&part("errors"))?, page.text(&part("warnings"))?].join(" ");
        if now == before {
            return Ok(());
        }
        before = now;
    }
}

const LINES: &str = "[data-part=summary] li button";

#[test]
fn each_line_of_the_box_leads_to_a_cell_that_says_the_same() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        with_slips(&mut page)?;
        let lines = page.texts(LINES)?;
        assert!(lines.len() >= 6, "{lines:?}");
        for (at, line) in lines.iter().enumerate() {
            let line_button = format!("[data-part=summary] li:nth-child({}) button", at + 1);
            let on = page.eval(&format!("document.querySelector('{line_button}').dataset.on"))?;
            let key = on.as_str().unwrap_or_default().to_owned();
            page.click(&line_button)?;
            wait_for_caret(&mut page, &key)?;
            let title = page.eval(&format!("document.querySelector({}).title", json!(cell(&key))))?;
            let title = title.as_str().unwrap_or_default();
            assert!(title.split('\n').any(|said| said == line), "{key}: {line}\n{title}");
            // And so does the note below the cell, with what to do.
            wait_for_words(&mut page, &part("bubble"), line)?;
            assert_eq!(
                page.eval(&format!("document.querySelector({}).getAttribute('aria-invalid')", json!(cell(&key))))?,
                "true",
                "{key}"
            );
        }
        Ok(())
    });
}

#[test]
fn errors_count_the_same_in_title_head_tabs_box_list_and_preview() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        with_slips(&mut page)?;
        let count: usize = page.text(&part("errors"))?.parse()?;
        assert!(count >= 6, "{count}");
        assert_eq!(page.texts(&format!("{} li.is-error", part("findings")))?.len(), count);
        assert_eq!(page.texts(LINES)?.len(), count.min(12));
        wait_for_words(&mut page, "[data-part=summary] h2", &format!("有 {count} 处需要修改"))?;
        let tabs = page.texts("nav .is-error")?;
        assert_eq!(tabs.iter().map(|tab| tab.trim().parse::<usize>().unwrap_or_default()).sum::<usize>(), count);
        page.wait_until(&format!("document.title.startsWith('（{count} 处错误）')"))?;
        // What a button would change begins with the same count.
        let preview = page.eval(
            "Array.from(document.querySelectorAll('.after tr'), row => Array.from(row.cells, cell => cell.textContent))
                .filter(cells => cells[0] === '强制性').map(cells => cells[1].split(' → ')[0])",
        )?;
        let before: Vec<String> = serde_json::from_value(preview)?;
        assert!(!before.is_empty());
        assert!(before.iter().all(|before| *before == count.to_string()), "{before:?}, not {count}");
        Ok(())
    });
}

#[test]
fn rows_with_trouble_are_marked_at_their_heading() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let sign = |row: &str| {
            format!(
                "(heading => [heading.dataset.rowMark || '', getComputedStyle(heading, '::before').content])
                    (document.querySelector('[data-key=\"{row}\"]').closest('tr').querySelector('th'))"
            )
        };
        open_sample(&mut page)?;
        assert_eq!(page.eval(&sign("funds.abroad.final"))?, json!(["", "none"]));
        page.fill(&cell("funds.abroad.final"), "abc")?;
        page.wait_for(&finding_at("V01", "funds.abroad.final"))?;
        page.wait_until("!!document.querySelector('th[data-row-mark=error]')")?;
        assert_eq!(page.eval(&sign("funds.abroad.final"))?, json!(["error", "\"×\""]));
        // A warning has another sign, and not another colour alone.
        assert_eq!(page.eval(&sign("funds.procurement.budget"))?, json!(["warning", "\"△\""]));
        page.fill(&cell("funds.abroad.final"), "")?;
        page.wait_until(&format!("({})[0] === ''", sign("funds.abroad.final")))
    });
}

#[test]
fn value_that_is_not_what_it_looks_like_is_shown_beside_it() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let helps = |key: &str| format!("{} ~ .helps", cell(key));
        for (text, said) in [
            ("（500）", "按 -500.00 万元"),
            ("310300元", "按 31.03 万元"),
            ("1.2亿元", "按 12,000.00 万元"),
            // What the cell itself shows needs no second word.
            ("１，２３４。５", ""),
            ("¥31.03", ""),
            ("31.03万元", ""),
            ("－500", ""),
        ] {
            page.fill(&cell("funds.office.final"), text)?;
            page.wait_until(&format!(
                "document.querySelector({}).textContent === {}",
                json!(helps("funds.office.final")),
                json!(said)
            ))?;
        }
        Ok(())
    });
}
