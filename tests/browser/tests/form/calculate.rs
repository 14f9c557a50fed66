//! 全部运算 and single offers: only what the figures give, only on demand, and back in one step.

use gouji_browser_tests::on_every_browser;

use crate::*;

#[test]
fn every_blank_total_is_filled_and_one_undo_takes_all_back() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        for (key, text) in [
            ("staff.all.quota", "16"),
            ("staff.all.actual", "15"),
            ("funds.vehicle_purchase.final", "10"),
            ("funds.vehicle_upkeep.final", "6.5"),
            ("funds.abroad.final", "0"),
            ("funds.reception.final", "1.25"),
        ] {
            page.fill(&cell(key), text)?;
        }
        let filled =
            [("staff.all.rate", "93.75%"), ("funds.vehicles.final", "16.5"), ("funds.three_public.final", "17.75")];
        for (key, _) in filled {
            assert_eq!(page.value(&cell(key))?, "", "nothing is filled silently");
        }
        page.click(&button("calculate"))?;
        wait_for_words(&mut page, &part("notice"), "已填 3 处")?;
        for (key, text) in filled {
            let value = page.value(&cell(key))?;
            let number = |text: &str| text.trim_end_matches('%').parse::<f64>().expect("a number");
            assert!((number(&value) - number(text)).abs() < 1e-9, "{key}: {value}");
            assert_eq!(value.ends_with('%'), text.ends_with('%'), "{key}: {value}");
        }
        page.click(&button("undo"))?;
        for (key, _) in filled {
            wait_for_value(&mut page, key, "")?;
        }
        wait_for_value(&mut page, "funds.reception.final", "1.25")
    });
}

#[test]
fn one_offer_is_accepted_by_its_button() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("funds.vehicle_purchase.final"), "10")?;
        page.fill(&cell("funds.vehicle_upkeep.final"), "6.5")?;
        let accept = format!("{} ~ .helps {}", cell("funds.vehicles.final"), button("accept"));
        wait_for_words(&mut page, &accept, "填入 16.5")?;
        page.click(&accept)?;
        page.wait_until(&format!(
            "document.querySelector({}).value.startsWith('16.5')",
            json!(cell("funds.vehicles.final"))
        ))?;
        wait_until_gone(&mut page, &accept)?;
        assert_eq!(page.value(&cell("funds.three_public.final"))?, "", "the total above is offered, not filled");
        page.click(&button("undo"))?;
        wait_for_value(&mut page, "funds.vehicles.final", "")
    });
}
