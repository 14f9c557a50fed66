//! A report that exists as text: pasted, opened or dropped, read beside the page, compared, and taken over when asked.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use gouji::engine::submission::{LARGEST_MATERIAL, MATERIAL};
use gouji_browser_tests::on_every_browser;

use crate::report::open_report_of_sample;
use crate::*;

/// The published report with its tables, as a word processor gives it.
const DOCUMENT: &str = include_str!("../../../documents/lusong-2024.txt");

/// Opens the box and waits until it can be typed into.
fn open_box(page: &mut Page) -> Result<()> {
    page.click(&button("material"))?;
    page.wait_for(&part("material-input"))
}

/// Puts a text into the box from the clipboard, in the place of what is there.
fn paste_into_box(page: &mut Page, text: &str) -> Result<()> {
    page.click(&part("material-input"))?;
    page.press("Control+a")?;
    page.insert_text(text)?;
    page.press("Control+a")?;
    page.press("Control+x")?;
    page.press("Control+v")
}

/// Pastes a text into the box and has it read.
fn read(page: &mut Page, text: &str) -> Result<()> {
    open_box(page)?;
    paste_into_box(page, text)?;
    page.click(&button("read-material"))
}

/// What was read, as four counts: as in the form, to be taken over, different, to be chosen.
fn counts(page: &mut Page) -> Result<[usize; 4]> {
    let said = page.text(&part("read-counts"))?;
    let numbers: Vec<usize> =
        said.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    let [count, same, new, differs, ambiguous] = numbers[..] else { panic!("no counts in: {said}") };
    assert_eq!(count, same + new + differs + ambiguous, "{said}");
    Ok([same, new, differs, ambiguous])
}

fn wait_for_counts(page: &mut Page, words: &str) -> Result<()> {
    wait_for_words(page, &part("read-counts"), words)
}

/// The state of the box: `closed`, `idle`, `asked`, `failed`.
fn wait_for_state(page: &mut Page, state: &str) -> Result<()> {
    page.wait_for(&format!("{}[data-state=\"{state}\"]", part("material")))
}

fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) -> Result<PathBuf> {
    let file = folder.join(name);
    fs::write(&file, text)?;
    Ok(file)
}

/// A card in the lists of differences and choices.
const CARD: &str = ".cards li";

#[test]
fn document_is_read_taken_over_and_taken_back_in_one_step() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for("main")?;
        read(&mut page, DOCUMENT)?;
        wait_for_counts(&mut page, "读出")?;
        let [same, new, differs, ambiguous] = counts(&mut page)?;
        assert!(new > 100, "{new} new");
        assert_eq!((differs, ambiguous), (0, 0));
        assert!(same < 10, "only what the form prints itself: {same}");
        wait_for_words(&mut page, "button.read.is-new", "")?;
        for key in ["funds.three_public.final", "unit.all.name", "income.total.amount"] {
            assert_eq!(page.value(&cell(key))?, "", "nothing is entered by reading");
        }
        let rows = row_ids(&mut page, "funds")?;

        page.click(&format!("{}[data-on=certain]", button("adopt")))?;
        wait_for_words(&mut page, &part("notice"), "已采用")?;
        wait_for_value(&mut page, "funds.three_public.final", "0.6")?;
        wait_for_value(&mut page, "unit.all.name", "中国共产党株洲市芦淞区委员会宣传部")?;
        wait_for_text(&mut page, &part("total"), "97")?;
        wait_for_text(&mut page, &part("errors"), "0")?;
        // The person's own words are taken over one by one, as they are confirmed.
        wait_for_counts(&mut page, "可采用 7，不同 0，待选定 0")?;
        assert_eq!(page.texts(CARD)?.len(), 7);
        assert!(!is_shown(&mut page, &format!("{}[data-on=certain]", button("adopt")))?);
        wait_for_words(&mut page, "button.read.is-same", "")?;
        let after = page.text(&part("read-counts"))?;

        page.click(&button("undo"))?;
        wait_for_value(&mut page, "funds.three_public.final", "")?;
        wait_for_value(&mut page, "unit.all.name", "")?;
        wait_for_text(&mut page, &part("total"), "—")?;
        assert_eq!(row_ids(&mut page, "funds")?, rows);
        wait_for_counts(&mut page, &format!("可采用 {new}，"))?;
        page.click(&button("redo"))?;
        wait_for_value(&mut page, "funds.three_public.final", "0.6")?;
        wait_for_text(&mut page, &part("read-counts"), after.trim())?;
        // The report was begun by it.
        page.wait_for(".report-editor")?;
        wait_for_value(&mut page, "general.income.amount", "598.25")?;
        assert_eq!(export(&mut page)?.1.text("general.income.amount"), "598.25");
        Ok(())
    });
}

#[test]
fn one_figure_is_taken_over_from_its_mark() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        read(
            &mut page,
            "二、一般公共预算支出情况\n基本支出260.65万元，其中：人员经费229.62万元，公用经费31.03万元。\n",
        )?;
        wait_for_counts(&mut page, "读出 3 处")?;
        let mark = "Array.from(document.querySelectorAll('button.read')).find(mark => mark.textContent === '31.03').dataset.on";
        let at = page.eval(mark)?;
        let at = at.as_str().expect("the mark has a number").to_owned();
        let card = format!("[data-card=\"{at}\"]");
        assert_eq!(page.eval(&format!("document.querySelector('{card}').hidden"))?, true);
        page.click(&format!("button.read[data-on=\"{at}\"]"))?;
        wait_for_words(&mut page, &card, "公用经费")?;
        wait_for_words(&mut page, &card, "表中未填，可采用")?;
        // It leads to its cell, which a person may want to see first.
        page.click(&format!("{card} {}", button("go-to")))?;
        wait_for_caret(&mut page, "funds.public.final")?;
        page.click(&format!("{card} {}", button("adopt")))?;
        wait_for_words(&mut page, &part("notice"), "已采用 1 格")?;
        wait_for_value(&mut page, "funds.public.final", "31.03")?;
        wait_for_counts(&mut page, "与表中相同 1，可采用 2")?;
        let (_, filing) = export(&mut page)?;
        assert_eq!(filing.text("general.personnel.amount"), "", "one at a time");
        Ok(())
    });
}

#[test]
fn difference_says_which_of_the_two_is_likely_wrong() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_report_of_sample(&mut page)?;
        assert!(DOCUMENT.contains("人员经费229.62万元"));
        read(&mut page, &DOCUMENT.replacen("人员经费229.62万元", "人员经费226.92万元", 1))?;
        wait_for_counts(&mut page, "不同 1，待选定 0")?;
        for words in ["226.92", "人员经费", "很可能文字写错", "表中：229.62"] {
            wait_for_words(&mut page, CARD, words)?;
        }
        wait_for_text(&mut page, "button.read.is-different", "226.92")?;
        // Nothing of the form is wrong by it.
        wait_for_text(&mut page, &part("errors"), "0")?;

        // The other way round: the form is wrong, and mended by the text.
        page.fill(&cell("general.personnel.amount"), "226.92")?;
        page.click(&part("material-input"))?;
        paste_into_box(&mut page, DOCUMENT)?;
        page.click(&button("read-material"))?;
        wait_for_words(&mut page, CARD, "很可能表中填错")?;
        wait_for_words(&mut page, CARD, "表中：226.92")?;
        page.click(&format!("{CARD} {}", button("adopt")))?;
        wait_for_value(&mut page, "general.personnel.amount", "229.62")?;
        wait_for_counts(&mut page, "不同 0，待选定 0")?;
        assert!(!is_shown(&mut page, CARD)?);
        Ok(())
    });
}

#[test]
fn figure_that_may_be_several_is_entered_once_it_is_chosen() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        read(&mut page, "2024年度财政拨款收入598.25万元。\n")?;
        wait_for_counts(&mut page, "待选定 1")?;
        wait_for_words(&mut page, ".cards", "598.25")?;
        assert!(!is_shown(&mut page, &format!("{}[data-on=certain]", button("adopt")))?, "nothing is certain");
        let choices = page.texts(&format!("{CARD} {}", button("adopt")))?;
        assert!(choices.len() > 1 && choices.iter().all(|choice| choice.starts_with("作为“")), "{choices:?}");
        let (_, filing) = export(&mut page)?;
        assert!(filing.cells.values().all(|text| text != "598.25"), "nothing is entered before a choice");
        let at = choices.iter().position(|choice| choice.contains("一般公共预算收入")).expect("it is one of them");
        page.click(&format!("{CARD} {}[data-on=\"0.{at}\"]", button("adopt")))?;
        wait_for_words(&mut page, &part("notice"), "已采用 1 格")?;
        let (_, filing) = export(&mut page)?;
        assert_eq!(filing.text("general.income.amount"), "598.25");
        assert_eq!(filing.cells.values().filter(|text| *text == "598.25").count(), 1);
        Ok(())
    });
}

#[test]
fn text_without_figures_says_so() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        for text in ["今天天气很好，适合散步。", "，。！？", "12345"] {
            read(&mut page, text)?;
            wait_for_words(&mut page, &part("material-found"), "没有读到本表的数")?;
            assert!(!is_shown(&mut page, &part("read-counts"))?);
            // Meanwhile something else was read, so that the sentence is news.
            paste_into_box(&mut page, "公用经费31.03万元。")?;
            page.click(&button("read-material"))?;
            wait_for_counts(&mut page, "读出 1 处")?;
        }
        page.click(&button("forget-material"))?;
        page.wait_until("document.querySelector('[data-part=material-found]').innerHTML === ''")?;
        assert!(!export(&mut page)?.1.report.contains_key(MATERIAL));
        Ok(())
    });
}

#[test]
fn text_that_is_too_large_is_refused_and_stays_in_the_box() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let large = "字".repeat(LARGEST_MATERIAL / 3 + 1);
        open_box(&mut page)?;
        page.click(&part("material-input"))?;
        page.insert_text(&large)?;
        page.click(&button("read-material"))?;
        wait_for_words(&mut page, &part("notice"), "没有读取：文字有 1024 KB，超过 1024 KB")?;
        assert_eq!(page.value(&part("material-input"))?.chars().count(), large.chars().count());
        assert!(!export(&mut page)?.1.report.contains_key(MATERIAL));
        // Cut to what was meant, it is read.
        paste_into_box(&mut page, "公用经费31.03万元。")?;
        page.click(&button("read-material"))?;
        wait_for_counts(&mut page, "读出 1 处")
    });
}

#[test]
fn megabyte_is_read_beside_the_page_and_can_be_stopped() {
    let times = LARGEST_MATERIAL / DOCUMENT.len();
    let large = DOCUMENT.repeat(times);
    assert!(large.len() > LARGEST_MATERIAL * 9 / 10 && large.len() <= LARGEST_MATERIAL);
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_report_of_sample(&mut page)?;
        open_box(&mut page)?;
        // As one text: the tools of old engines take minutes to type a megabyte.
        let set = format!("document.querySelector('[data-part=material-input]').value = {}", json!(large));
        page.eval(&set)?;
        page.click(&button("read-material"))?;
        wait_for_state(&mut page, "asked")?;
        page.wait_for("progress[data-part=reading-progress]")?;
        page.wait_until("document.querySelector('[data-part=reading-progress]').getClientRects().length > 0")?;

        // The page answers: what is typed stands there, and a finding is there within a second.
        let start = Instant::now();
        page.fill(&cell("funds.three_public.final"), "6")?;
        page.wait_for(&finding_at("J01", "funds.three_public.final"))?;
        println!("{}: typed and told after {:?} while reading", browser.name(), start.elapsed());
        page.fill(&cell("funds.three_public.final"), "0.6")?;
        wait_until_gone(&mut page, &finding("J01"))?;

        // The question is asked anew once the person pauses; how far it is, is shown.
        wait_for_state(&mut page, "asked")?;
        page.wait_until(
            "(share => share > 0 && share < 1)(document.querySelector('[data-part=reading-progress]').value)",
        )?;
        page.click(&button("stop-reading"))?;
        wait_for_state(&mut page, "failed")?;
        wait_for_words(&mut page, &part("reading-problem"), "停止")?;
        assert!(!is_shown(&mut page, &part("read-counts"))?);
        assert_eq!(page.value(&part("material-input"))?.chars().count(), large.chars().count(), "the text stays");

        page.click(&button("read-material"))?;
        wait_for_state(&mut page, "asked")?;
        wait_for_counts(&mut page, "读出")?;
        wait_for_state(&mut page, "idle")?;
        assert_eq!(page.text(&part("reading-problem"))?, "");
        let start = Instant::now();
        page.fill(&cell("funds.three_public.final"), "6")?;
        page.wait_for(&finding_at("J01", "funds.three_public.final"))?;
        println!("{}: typed and told after {:?} beside what was read", browser.name(), start.elapsed());
        Ok(())
    });
}

#[test]
fn hidden_marks_are_shown_as_what_they_are() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let text = "公用经费31.03万元，\u{202e}元万00.1费经\u{202c}三公经费0.6万元。\u{7}\u{200b}<b>完</b>\n";
        read(&mut page, text)?;
        wait_for_counts(&mut page, "读出")?;
        let marks = page.texts(".material-text .hidden-mark")?;
        for mark in ["U+202E", "U+202C", "U+0007", "U+200B"] {
            assert!(marks.contains(&mark.to_owned()), "{mark} in {marks:?}");
        }
        let shown = page.text(".material-text")?;
        assert!(shown.contains("<b>完</b>"), "a text is no markup: {shown}");
        assert!(!shown.contains(['\u{202e}', '\u{202c}', '\u{7}', '\u{200b}']));
        let (_, filing) = export(&mut page)?;
        assert_eq!(filing.report[MATERIAL], text, "it is kept as it was pasted");
        Ok(())
    });
}

#[test]
fn pages_of_a_browser_arrive_as_text() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_box(&mut page)?;
        // What a person copies out of a web page: its markup and its text.
        page.eval(
            "(() => {
                const copied = document.createElement('div');
                copied.innerHTML = '<p>公用经费<b>31.03</b>万元。</p><table><tr><td>三公经费</td><td>0.14</td></tr></table>'
                    + '<img src=\"x\" alt=\"图\">';
                copied.dataset.part = 'copied';
                document.body.prepend(copied);
                getSelection().selectAllChildren(copied);
            })()",
        )?;
        page.press("Control+c")?;
        page.click(&part("material-input"))?;
        page.press("Control+v")?;
        page.eval("document.querySelector('[data-part=copied]').remove()")?;
        let text = page.value(&part("material-input"))?;
        assert!(text.contains("公用经费31.03万元。") && !text.contains('<'), "{text}");
        page.click(&button("read-material"))?;
        wait_for_counts(&mut page, "读出")?;
        assert!(!is_shown(&mut page, ".material-text b, .material-text img, .material-text table")?);
        Ok(())
    });
}

#[test]
fn text_file_is_opened_and_dropped() {
    on_every_browser(|browser| {
        let folder = tempfile::tempdir()?;
        let file = write(folder.path(), "自评报告.txt", "\u{feff}公用经费31.03万元。\r\n")?;
        let other = write(folder.path(), "另一份.TXT", "三公经费0.6万元。\n")?;
        let page_file = write(folder.path(), "网页.html", "<p>公用经费<b>31.03</b>万元。</p>")?;
        let mut page = browser.open()?;
        page.fill(&cell("unit.all.name"), "某某局")?;
        open_box(&mut page)?;
        page.choose_files(&part("text-file"), &[&file])?;
        wait_for_counts(&mut page, "读出 1 处")?;
        wait_for_text(&mut page, "button.read", "31.03")?;
        // It stands in the box as if it had been pasted: reading once more reads the same.
        page.wait_until("document.querySelector('[data-part=material-input]').value.includes('公用经费31.03万元。')")?;
        page.click(&button("read-material"))?;
        wait_for_text(&mut page, "button.read", "31.03")?;

        page.drop_file("header", &other)?;
        wait_for_text(&mut page, "button.read", "0.6")?;
        assert_eq!(page.value(&cell("unit.all.name"))?, "某某局", "the filing stays");
        page.drop_file(&part("material-input"), &page_file)?;
        wait_for_text(&mut page, "button.read", "31.03")?;
        assert!(!is_shown(&mut page, ".material-text b")?);
        // Too large a file is refused as a pasted text is.
        let large = write(folder.path(), "大.txt", "字".repeat(LARGEST_MATERIAL / 3 + 1))?;
        page.choose_files(&part("text-file"), &[&large])?;
        wait_for_words(&mut page, &part("notice"), "没有读取")?;
        // A closed box opens for a file that is dropped.
        page.click(&button("close-material"))?;
        wait_for_state(&mut page, "closed")?;
        page.drop_file("header", &file)?;
        wait_for_state(&mut page, "idle")?;
        wait_for_text(&mut page, "button.read", "31.03")
    });
}

#[test]
fn text_travels_with_the_file_and_the_draft() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        read(&mut page, DOCUMENT)?;
        wait_for_counts(&mut page, "读出")?;
        let said = page.text(&part("read-counts"))?;
        let (_, filing) = export(&mut page)?;
        assert_eq!(filing.report[MATERIAL], DOCUMENT);
        wait_until_saved(&mut page)?;
        page.reload()?;
        page.wait_for("main")?;
        assert!(!is_shown(&mut page, &part("read-counts"))?, "the box is closed until it is asked for");
        open_box(&mut page)?;
        wait_for_text(&mut page, &part("read-counts"), said.trim())?;

        let folder = tempfile::tempdir()?;
        let file = write(folder.path(), "稿.json", gouji::exchange::json::write(&filing))?;
        new_form(&mut page)?;
        wait_for_state(&mut page, "closed")?;
        open_box(&mut page)?;
        page.wait_until("document.querySelector('[data-part=material-found]').innerHTML === ''")?;
        page.choose_files(&part("file"), &[&file])?;
        wait_for_words(&mut page, &part("notice"), "已打开 稿.json")?;
        open_box(&mut page)?;
        wait_for_text(&mut page, &part("read-counts"), said.trim())?;
        assert_eq!(export(&mut page)?.1.report[MATERIAL], DOCUMENT);
        Ok(())
    });
}

#[test]
fn box_speaks_english_and_keeps_what_was_typed_into_it() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_box(&mut page)?;
        page.click(&part("material-input"))?;
        page.insert_text("公用经费31.03万元。")?;
        page.click(&button("language"))?;
        wait_for_text(&mut page, &button("read-material"), "Read")?;
        assert_eq!(page.value(&part("material-input"))?, "公用经费31.03万元。");
        page.click(&button("read-material"))?;
        wait_for_counts(&mut page, "1 places read: 0 as in the form, 1 to be taken over")?;
        page.click(&button("language"))?;
        wait_for_counts(&mut page, "读出 1 处")?;
        assert_eq!(page.value(&part("material-input"))?, "公用经费31.03万元。");
        Ok(())
    });
}

#[test]
fn choice_made_while_the_person_typed_on_is_not_taken_over() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        read(&mut page, DOCUMENT)?;
        wait_for_counts(&mut page, "读出")?;
        // Typed in the very task of the press, before any answer can be there.
        page.eval(&format!(
            "(() => {{
                document.querySelector('[data-action=adopt][data-on=certain]').click();
                const input = document.querySelector({});
                input.value = '某某局';
                input.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));
            }})()",
            json!(cell("unit.all.name"))
        ))?;
        wait_for_words(&mut page, &part("notice"), "没有采用：内容刚刚有改动")?;
        wait_for_value(&mut page, "unit.all.name", "某某局")?;
        wait_for_value(&mut page, "funds.three_public.final", "")?;
        page.click(&format!("{}[data-on=certain]", button("adopt")))?;
        wait_for_words(&mut page, &part("notice"), "已采用")?;
        wait_for_value(&mut page, "unit.all.name", "某某局")
    });
}
