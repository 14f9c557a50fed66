//! A column typed in 元: one card though no sum fails, one press that divides all of it, one undo; or it is left alone.

use gouji_browser_tests::on_every_browser;

use crate::*;

const LAST_YEAR: [(&str, &str, &str); 7] = [
    ("three_public", "0.14", "1400"),
    ("reception", "0.14", "1400"),
    ("projects", "222.21", "2222100"),
    ("r2", "222.21", "2222100"),
    ("public", "25.1", "251000"),
    ("office", "7.47", "74700"),
    ("utilities_travel", "3.28", "32800"),
];

fn card() -> String {
    finding_at("N04", "funds.three_public.prior")
}

fn mark(page: &mut Page, key: &str) -> Result<String> {
    let mark = page
        .eval(&format!("document.querySelector({}).closest('td, th, .field').dataset.mark || ''", json!(cell(key))))?;
    Ok(mark.as_str().unwrap_or_default().to_owned())
}

/// The sample with last year's column in 元, which no relation ties to anything.
fn with_column_in_yuan(page: &mut Page) -> Result<()> {
    open_sample(page)?;
    for (row, _, in_yuan) in LAST_YEAR {
        page.fill(&cell(&format!("funds.{row}.prior")), in_yuan)?;
    }
    wait_for_words(
        page,
        &format!("{} .what", card()),
        "“2023年决算数”一列疑似按“元”填列（本表单位：万元），共 7 个数。",
    )
}

#[test]
fn whole_column_is_divided_by_one_press_and_brought_back_by_one_undo() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        with_column_in_yuan(&mut page)?;
        wait_for_words(&mut page, &format!("{} .evidence", card()), "7 行中 7 行约为 10000 倍")?;
        assert_eq!(page.text(&part("errors"))?, "0", "no sum fails");
        assert_eq!(mark(&mut page, "funds.office.prior")?, "warning");

        page.click(&format!("{} {}", card(), button("write-text")))?;
        for (row, in_wan, _) in LAST_YEAR {
            wait_for_value(&mut page, &format!("funds.{row}.prior"), in_wan)?;
        }
        wait_until_gone(&mut page, &card())?;
        page.click(&button("undo"))?;
        for (row, ..) in LAST_YEAR {
            page.wait_until(&format!(
                "document.querySelector({}).value.replace(/,/g, '').length > 3",
                json!(cell(&format!("funds.{row}.prior")))
            ))?;
        }
        page.wait_for(&card())
    });
}

#[test]
fn column_that_is_right_is_left_alone() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        with_column_in_yuan(&mut page)?;
        page.click(&format!("{} {}", card(), button("set-source")))?;
        wait_until_gone(&mut page, &card())?;
        assert_eq!(mark(&mut page, "funds.office.prior")?, "");
        // It stays so with the filing, and undo takes it back as one step.
        let (_, filing) = export(&mut page)?;
        assert_eq!(filing.provenance.len(), LAST_YEAR.len());
        page.click(&button("undo"))?;
        page.wait_for(&card())
    });
}

#[test]
fn column_is_answered_like_any_warning() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        with_column_in_yuan(&mut page)?;
        let warnings: usize = page.text(&part("warnings"))?.parse()?;
        page.click(&format!("{} .answer summary", card()))?;
        page.click(&format!("{} textarea", card()))?;
        page.type_text("确为万元")?;
        page.click(&format!("{} {}", card(), button("save-note")))?;
        wait_for_words(&mut page, &format!("{} {}", card(), part("answer-state")), "已说明")?;
        wait_for_text(&mut page, &part("warnings"), &(warnings - 1).to_string())
    });
}
