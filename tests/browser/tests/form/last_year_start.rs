//! 从上年自评材料开始: what would be taken is told first; then a new filing of the next year, beside the one that was open.

use std::fs;
use std::path::PathBuf;

use gouji_browser_tests::on_every_browser;

use crate::*;

const DOCUMENT: &str = include_str!("../../../documents/lusong-2024.txt");
const PICKER: &str = "last-file";

fn kept(folder: &tempfile::TempDir, name: &str, text: &str) -> Result<PathBuf> {
    let file = folder.path().join(name);
    fs::write(&file, text)?;
    Ok(file)
}

fn value_of(page: &mut Page, key: &str) -> Result<String> {
    page.value(&cell(key))
}

#[test]
fn file_of_last_year_begins_this_year_and_the_open_draft_stays() {
    let folder = tempfile::tempdir().expect("a folder for the files");
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("unit.all.name"), "现在填的单位")?;
        wait_until_saved(&mut page)?;
        page.click("summary[data-action=new]")?;
        page.wait_for(&format!(".menu-list {}", button("begin-from")))?;
        page.press("Escape")?;
        page.choose_files(&part(PICKER), &[&kept(&folder, "上年.json", gouji::SAMPLES[0].1)?])?;

        page.wait_for(&part("begin"))?;
        for said in [
            "从上年自评材料开始：2025年度",
            "依据 上年.json（2024年度中国共产党株洲市芦淞区委员会宣传部）",
            "保留：指标 14 个",
            "待更新：年度指标值 12 个",
            "转为上年数：数 8 个，填在“2024年决算数”一列",
            "清空：",
        ] {
            wait_for_words(&mut page, &format!("{} [lang=zh-CN]", part("begin")), said)?;
        }
        page.wait_until("document.activeElement.className === 'opening-place'")?;
        assert_eq!(value_of(&mut page, "unit.all.name")?, "现在填的单位", "nothing has happened yet");

        page.click(&button("begin"))?;
        wait_for_value(&mut page, "unit.all.name", "中国共产党株洲市芦淞区委员会宣传部")?;
        wait_until_gone(&mut page, &part("begin"))?;
        wait_for_words(&mut page, &part("notice"), "已开始填写2025年度")?;
        assert_eq!(page.value(&part("year"))?, "2025");
        for (key, text) in [
            ("funds.public.prior", "31.03"),
            ("funds.public.final", ""),
            ("funds.r2.name", "意识形态专项资金"),
            ("indicators.r4.name", "中心组学习"),
            ("indicators.r4.target", "12次"),
            ("indicators.r4.actual", ""),
            ("indicators.r4.weight", "5"),
            ("indicators.r4.score", ""),
            ("indicators.total.weight", "100"),
            ("goals.all.achieved", ""),
        ] {
            assert_eq!(value_of(&mut page, key)?, text, "{key}");
        }
        wait_for_text(&mut page, &part("errors"), "0")?;

        // It is kept without a keystroke.
        wait_until_saved(&mut page)?;
        page.reload()?;
        wait_for_value(&mut page, "funds.public.prior", "31.03")?;
        page.click("summary[data-action=drafts]")?;
        wait_for_words(&mut page, &button("open-draft"), "现在填的单位2024年度自评")
    });
}

#[test]
fn what_is_last_years_is_marked_until_the_person_has_looked_at_it() {
    let folder = tempfile::tempdir().expect("a folder for the files");
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for("main")?;
        page.choose_files(&part(PICKER), &[&kept(&folder, "上年.json", gouji::SAMPLES[0].1)?])?;
        page.click(&button("begin"))?;
        let mark = |key: &str| format!("{}[data-on=\"{key}\"]", button("set-source"));
        page.wait_for(&mark("indicators.r4.target"))?;
        page.wait_for(&mark("goals.all.expected"))?;
        page.wait_for(&mark("prose.problems.text"))?;
        assert!(!is_shown(&mut page, &mark("indicators.r4.name"))?);
        // Another text is this year's.
        page.fill(&cell("indicators.r4.target"), "≥10次")?;
        wait_until_gone(&mut page, &mark("indicators.r4.target"))?;
        // The same text may hold, too; one undo takes the word back.
        page.click(&mark("indicators.r5.target"))?;
        wait_until_gone(&mut page, &mark("indicators.r5.target"))?;
        assert_eq!(value_of(&mut page, "indicators.r5.target")?, "≥5场");
        page.click(&button("undo"))?;
        page.wait_for(&mark("indicators.r5.target"))?;

        // Checking counts what nobody has looked at, and leads there.
        page.click(&button("check-all"))?;
        let marks = page.eval(&format!("document.querySelectorAll('{}').length", button("set-source")))?;
        let still = |count: u64| format!("还有 {count} 格标“上年”的没有核对。");
        let marks = marks.as_u64().expect("a count");
        wait_for_words(&mut page, &part("summary"), &still(marks))?;
        page.click(&mark("indicators.r5.target"))?;
        wait_for_words(&mut page, &part("summary"), &still(marks - 1))?;
        page.click(&format!("{} [data-action=go-to][data-on=\"goals.all.expected\"]", part("summary")))?;
        wait_for_caret(&mut page, "goals.all.expected")
    });
}

#[test]
fn word_file_that_was_changed_by_hand_says_so() {
    let folder = tempfile::tempdir().expect("a folder for the files");
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        choose_export(&mut page, "export-docx")?;
        let written = page.take_download()?.bytes;
        let file = folder.path().join("自评.docx");
        fs::write(&file, &written)?;
        page.choose_files(&part(PICKER), &[&file])?;
        wait_for_words(&mut page, &part("begin"), "依据 自评.docx（2024年度")?;
        assert!(!page.text(&part("begin"))?.contains("导出后有人改过"));
        page.click(&button("close-begin"))?;
        wait_until_gone(&mut page, &part("begin"))?;
        assert_eq!(value_of(&mut page, "funds.public.final")?, "31.03", "the sample is still there");

        let changed = crate::office::repacked(&written, |name, text| {
            Some(if name == "word/document.xml" { text.replacen(">5.59<", ">6.59<", 1) } else { text })
        });
        fs::write(&file, changed)?;
        page.choose_files(&part(PICKER), &[&file])?;
        wait_for_words(&mut page, &part("begin"), "自评.docx 导出后有人改过文字")
    });
}

#[test]
fn document_of_others_gives_what_is_recognised_in_it() {
    let folder = tempfile::tempdir().expect("a folder for the files");
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for("main")?;
        page.choose_files(&part(PICKER), &[&kept(&folder, "公开材料.txt", DOCUMENT)?])?;
        wait_for_words(&mut page, &part("begin"), "公开材料.txt 不是从本程序导出的")?;
        wait_for_words(&mut page, &part("begin"), "保留：指标 14 个")?;
        page.click(&button("language"))?;
        page.wait_until("document.querySelector('[data-part=begin] h2').offsetHeight === 0")?;
        assert!(page.text(&button("begin"))?.contains("Begin 2025"));
        page.click(&button("begin"))?;
        wait_for_value(&mut page, "funds.public.prior", "31.03")?;
        assert_eq!(value_of(&mut page, "funds.public.final")?, "");
        assert_eq!(page.value(&part("year"))?, "2025");

        // The report alone has no table of indicators, and says so.
        let (report, _) = DOCUMENT.split_once("2. 2024年度部门整体支出绩效自评表").expect("the tables follow");
        page.choose_files(&part(PICKER), &[&kept(&folder, "报告.txt", report)?])?;
        wait_for_words(&mut page, &part("begin"), "没有认出绩效指标")
    });
}

#[test]
fn what_is_no_filing_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder for the files");
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("unit.all.name"), "某某局")?;
        for (name, text, said) in [
            ("诗.txt", "床前明月光，疑是地上霜。", "没有打开 诗.txt：没有认出自评材料里的数"),
            ("别的.json", "{\"a\": 1}", "没有打开 别的.json："),
        ] {
            page.choose_files(&part(PICKER), &[&kept(&folder, name, text)?])?;
            wait_for_words(&mut page, &part("notice"), said)?;
            assert!(!is_shown(&mut page, &part("begin"))?);
            assert_eq!(value_of(&mut page, "unit.all.name")?, "某某局");
        }
        Ok(())
    });
}

#[test]
fn filing_of_another_form_begins_that_form() {
    let folder = tempfile::tempdir().expect("a folder for the files");
    let text = include_str!("../../../begin/project/before.json");
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for("main")?;
        page.choose_files(&part(PICKER), &[&kept(&folder, "项目.json", text)?])?;
        wait_for_words(&mut page, &part("begin"), "从上年自评材料开始：2023年度")?;
        page.click(&button("begin"))?;
        wait_for_value(&mut page, "head.project.text", "委托业务项目")?;
        assert_eq!(value_of(&mut page, "indicators.r1.target")?, "≥50个");
        assert_eq!(value_of(&mut page, "indicators.r1.actual")?, "");
        Ok(())
    });
}
