//! In English every word of the page is English; Chinese are only the form's own names and what people typed.

use std::collections::BTreeSet;
use std::fs;

use gouji::engine::layout::Layout;
use gouji_browser_tests::on_every_browser;

use crate::*;

/// Every text that a person can read or hear outside of the form: what stands there, tooltips, names for the blind. Of
/// the form itself only what the page adds: buttons, offers, tooltips.
const TEXTS: &str = "(() => {
    const texts = [document.title], form = '.sheet, .help-line', added = '.helps, .row-button';
    const walker = document.createTreeWalker(document.querySelector('[data-part=root]'), NodeFilter.SHOW_ALL);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
        if (!element || !element.closest || element.closest('textarea, h1, [data-action=new-form]')) continue;
        const outside = !element.closest(form);
        if (node.nodeType === Node.TEXT_NODE && (outside || element.closest(added))) texts.push(node.data);
        if (node.nodeType === Node.ELEMENT_NODE) {
            for (const name of ['title', 'aria-label', 'placeholder', 'alt']) {
                const said = element.getAttribute(name);
                const isName = name !== 'title' && !outside && element.matches('[data-key]');
                if (said && !isName) texts.push(said);
            }
            if (outside && element.dataset.drop) texts.push(element.dataset.drop);
        }
    }
    return texts.filter(text => /[\\u4e00-\\u9fff]/.test(text));
})()";

/// What may be Chinese: the form's names of its cells, rows and sheets, and the texts of the sample.
fn names_and_data() -> BTreeSet<String> {
    let template = template();
    let filing = gouji::exchange::json::read(gouji::SAMPLES[0].1, &template).expect("the sample is sound");
    let layout = Layout::of(&template, &filing);
    let mut known: BTreeSet<String> = BTreeSet::new();
    for field in layout.fields() {
        let label = layout.label(&field.key);
        known.extend(label.split('·').map(str::to_owned));
        known.insert(label);
        known.extend(field.row.name.clone());
    }
    let spec = template.spec();
    known.extend(spec.sheets.iter().map(|sheet| sheet.tab.clone()));
    known.extend([spec.name.clone(), filing.level.clone(), "2024年度自评".to_owned()]);
    known.extend(spec.blocks.iter().map(|block| layout.heading(&block.title)));
    known.extend(spec.blocks.iter().flat_map(|block| &block.rows).map(|row| row.label.clone()));
    // A target such as ≥100场 is quoted without its sign.
    known.extend(filing.cells.values().map(|text| text.trim_start_matches('≥').to_owned()));
    if let Some(scoring) = &spec.scoring {
        known.extend(scoring.grades.iter().map(|grade| grade.name.clone()));
    }
    known
}

/// Texts with Chinese that is neither a name of the form nor data.
fn chinese(page: &mut Page, known: &BTreeSet<String>) -> Result<Vec<String>> {
    let mut longest: Vec<&String> = known.iter().filter(|name| !name.is_empty()).collect();
    longest.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let texts: Vec<String> = serde_json::from_value(page.eval(TEXTS)?)?;
    let is_chinese = |text: &String| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let left = texts.into_iter().map(|text| without_quotes(&text)).filter(|text| {
        // The button that leads back says where to.
        text != "中文" && is_chinese(&longest.iter().fold(text.clone(), |rest, name| rest.replace(*name, "")))
    });
    Ok(left.collect())
}

/// What stands between quotation marks is a name or data, spaces and all.
fn without_quotes(text: &str) -> String {
    let mut depth = 0_usize;
    let mut left = String::new();
    for c in text.chars() {
        match c {
            '“' => depth += 1,
            '”' => depth = depth.saturating_sub(1),
            _ if depth == 0 => left.push(c),
            _ => {}
        }
    }
    left
}

#[test]
fn every_text_of_the_page_has_its_english() {
    let known = names_and_data();
    let folder = tempfile::tempdir().expect("a folder for the files");
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        to_english(&mut page)?;
        assert_eq!(chinese(&mut page, &known)?, Vec::<String>::new(), "a fresh form");
        // Offers, readings in another unit, sums that wait for blanks.
        page.fill(&cell("funds.vehicle_purchase.final"), "10")?;
        page.fill(&cell("funds.vehicle_upkeep.final"), "6.5")?;
        page.fill(&cell("funds.reception.final"), "5000元")?;
        page.fill(&cell("funds.three_public.final"), "abc")?;
        page.fill(&cell("funds.projects.final"), "100")?;
        wait_for_words(&mut page, ".helps", "")?;
        page.wait_for(&finding("V01"))?;
        page.click(&cell("funds.three_public.final"))?;
        page.wait_until("document.querySelector('[data-part=bubble]').children.length > 0")?;
        assert_eq!(chinese(&mut page, &known)?, Vec::<String>::new(), "while filling");

        for (action, said) in [("calculate", "Filled 3 totals"), ("calculate", "No blank can be calculated")] {
            page.click(&button(action))?;
            wait_for_words(&mut page, &part("notice"), said)?;
        }
        page.fill(&part("year"), "x")?;
        wait_for_words(&mut page, &part("notice"), "Enter the year in four digits")?;
        copy(&mut page, "1\n2\n")?;
        page.click(&cell("funds.office.prior"))?;
        page.press("Control+v")?;
        wait_for_words(&mut page, &part("notice"), "Pasted 2 cells")?;
        copy(&mut page, "1\t2\t3\t4\t5\t6\t7\t8")?;
        page.click(&cell("funds.office.prior"))?;
        page.press("Control+v")?;
        wait_for_words(&mut page, "dialog", "Columns beyond the table, left out: 5.")?;
        page.press("Escape")?;
        wait_until_gone(&mut page, "dialog")?;
        click_in_row(&mut page, "remove-row", "funds.r2.name")?;
        wait_for_words(&mut page, &part("notice"), "A row was removed")?;
        assert_eq!(chinese(&mut page, &known)?, Vec::<String>::new(), "after a row was removed");

        page.click(&button("check-all"))?;
        page.wait_for(&part("summary"))?;
        assert_eq!(chinese(&mut page, &known)?, Vec::<String>::new(), "after the whole form was checked");
        choose_export(&mut page, "export-json")?;
        wait_for_words(&mut page, &part("notice"), "Exported ")?;
        wait_for_words(&mut page, &part("save-state"), "Saved on this computer")?;
        page.take_download()?;
        // The list of drafts names them as they are kept, in Chinese.
        new_form(&mut page)?;
        page.click("[data-action=\"drafts\"]")?;
        wait_for_words(&mut page, &button("open-draft"), "2024年度自评 (saved ")?;
        page.click(&button("clear-all"))?;
        wait_for_words(&mut page, &button("clear-all"), "Really clear?")?;
        assert_eq!(chinese(&mut page, &known)?, Vec::<String>::new(), "in the list of drafts");
        page.click(&button("delete-draft"))?;
        wait_for_words(&mut page, &part("notice"), "was deleted")?;
        for (name, text) in [("a.json", "{}"), ("b.json", ""), ("c.json", "{\"format\": \"gouji-submission\"}")] {
            let file = folder.path().join(name);
            fs::write(&file, text)?;
            page.choose_files(&part("file"), &[&file])?;
            wait_for_words(&mut page, &part("notice"), &format!("{name} was not opened: "))?;
            assert_eq!(chinese(&mut page, &known)?, Vec::<String>::new(), "after {name} was refused");
        }
        Ok(())
    });
}

#[test]
fn sample_is_english_but_for_its_names_and_its_texts() {
    let known = names_and_data();
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        to_english(&mut page)?;
        open_sample(&mut page)?;
        wait_for_words(&mut page, &part("notice"), "The sample is open")?;
        page.fill(&cell("funds.three_public.final"), "6")?;
        page.wait_for(&format!("{} .repair", finding("J01")))?;
        let warning = finding("P16");
        page.click(&format!("{warning} summary"))?;
        page.click(&format!("{warning} textarea"))?;
        page.type_text("note")?;
        page.click(&format!("{warning} {}", button("save-note")))?;
        wait_for_text(&mut page, &format!("{warning} {}", part("answer-state")), "answered")?;
        page.fill(&cell("totals.all.opening"), "470")?;
        wait_for_words(&mut page, &format!("{warning} {}", part("answer-state")), "to be confirmed")?;
        page.click(&button("check-all"))?;
        page.wait_for(&part("summary"))?;
        assert_eq!(chinese(&mut page, &known)?, Vec::<String>::new());
        assert!(page.eval("document.title")?.as_str().is_some_and(|title| title.starts_with('(')));
        Ok(())
    });
}

#[test]
fn what_was_said_before_follows_the_language() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        wait_for_words(&mut page, &part("notice"), "已打开示例")?;
        to_english(&mut page)?;
        wait_for_words(&mut page, &part("notice"), "The sample is open")?;
        wait_for_words(&mut page, &part("save-state"), "Saved on this computer")
    });
}
