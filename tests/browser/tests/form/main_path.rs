//! The way that most people go: open the sample, mistype a figure, be told, mend it, come back later.

use gouji_browser_tests::{Browser, on_every_browser};

use crate::*;

#[test]
fn wrong_figure_is_told_found_mended_and_kept() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let loaded = page.requests()?.len();
        open_sample(&mut page)?;
        for (name, value) in
            [("grade", "优"), ("measured", "93.07"), ("errors", "0"), ("warnings", "7"), ("infos", "8")]
        {
            wait_for_text(&mut page, &part(name), value)?;
        }

        page.fill(&cell("funds.three_public.final"), "6")?;
        let error = finding_at("J01", "funds.three_public.final");
        // The sum is told at once, and then what in it is wrong.
        page.wait_for(&format!("{error} .repair"))?;
        let sentence = page.text(&error)?;
        for words in ["三公经费", "6.00", "0.60"] {
            assert!(sentence.contains(words), "{words} is missing in: {sentence}");
        }
        wait_for_text(&mut page, &part("errors"), "1")?;
        assert!(is_red(&mut page, "funds.three_public.final")?);

        page.click(&format!("{error} button"))?;
        page.wait_until("document.activeElement.dataset.key === 'funds.three_public.final'")?;
        page.press("Control+a")?;
        page.type_text("0.60")?;
        wait_until_gone(&mut page, &error)?;
        wait_for_text(&mut page, &part("errors"), "0")?;
        assert!(!is_red(&mut page, "funds.three_public.final")?);

        page.fill(&cell("funds.public.final"), "31.04")?;
        wait_until_saved(&mut page)?;
        page.reload()?;
        wait_for_value(&mut page, "funds.public.final", "31.04")?;
        assert_eq!(page.value(&cell("funds.three_public.final"))?, "0.60", "the text stays as it was typed");
        assert_eq!(page.value(&cell("unit.all.name"))?, "中国共产党株洲市芦淞区委员会宣传部");
        wait_for_text(&mut page, &part("total"), "97")?;

        let site = page.site_url();
        let requests = page.requests()?;
        let is_own = |url: &String| url.starts_with(&site) || url.starts_with("data:");
        assert!(requests.iter().all(is_own), "{requests:#?}");
        // Opening and reloading ask for the page's few files; the sample is one more, and each time the reader for the
        // report in it, and the help once. What else a person does in between asks for nothing.
        assert!(requests.len() <= 2 * loaded + 6, "{requests:#?}");
        assert_no_problems(&mut page)
    });
}

/// The console has nothing to say: no error, no exception, nothing blocked by the policy.
fn assert_no_problems(page: &mut Page) -> Result<()> {
    let is_old = page.browser() == Browser::Chromium86;
    // The keyword that engines since 97 need is news to 86, which says so and goes on.
    let is_known = |text: &String| is_old && text.contains("contains an invalid source: ''wasm-unsafe-eval''");
    let problems: Vec<_> = page.problems()?.into_iter().filter(|text| !is_known(text)).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    Ok(())
}

#[test]
fn language_goes_to_english_and_back() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.fill(&cell("funds.three_public.final"), "6")?;
        to_english(&mut page)?;
        wait_for_words(&mut page, &finding("J01"), "should be 0.60 but is 6.00: 5.40 too much")?;
        wait_for_text(&mut page, &button("open-file"), "Open a file")?;
        page.click(&button("language"))?;
        wait_for_text(&mut page, &button("check-all"), "全部审核")?;
        wait_for_words(&mut page, &finding("J01"), "应为 0.60")?;
        assert_no_problems(&mut page)
    });
}
