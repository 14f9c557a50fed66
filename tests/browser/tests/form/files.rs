//! 导出 JSON and 打开文件: nothing is lost on the way out and back, and a bad file changes nothing.

use std::fs;

use gouji::engine::submission::Submission;
use gouji::exchange::json as files;
use gouji_browser_tests::on_every_browser;

use crate::*;

fn sample() -> Submission {
    files::read(gouji::SAMPLES[0].1, &template()).expect("the sample is sound")
}

/// Every draft has an id of its own.
pub(crate) fn without_id(filing: Submission) -> Submission {
    Submission { draft_id: String::new(), ..filing }
}

#[test]
fn file_goes_out_whole_and_comes_back_equal() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.fill(&cell("funds.public.final"), " 31.03a")?;
        let (name, first) = export(&mut page)?;
        assert_eq!(name, "中国共产党株洲市芦淞区委员会宣传部2024年度自评.json");
        let mut expected = sample();
        expected.cells.insert("funds.public.final".to_owned(), " 31.03a".to_owned());
        assert_eq!(without_id(first.clone()), without_id(expected), "errors do not keep the file back");

        let folder = tempfile::tempdir()?;
        let file = folder.path().join("稿.json");
        fs::write(&file, files::write(&first))?;
        new_form(&mut page)?;
        wait_for_value(&mut page, "unit.all.name", "")?;
        page.choose_files(&part("file"), &[&file])?;
        wait_for_words(&mut page, &part("notice"), "已打开 稿.json")?;
        wait_for_value(&mut page, "funds.public.final", " 31.03a")?;
        let (_, second) = export(&mut page)?;
        assert_ne!(second.draft_id, first.draft_id, "an opened file does not take the place of a draft");
        assert_eq!(without_id(second), without_id(first));
        Ok(())
    });
}

#[test]
fn double_click_on_export_hands_out_one_file() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.click("summary[data-action=export]")?;
        page.double_click(&export_line("export-json"))?;
        let text = files::text_of(page.take_download()?.bytes).expect("the file is text");
        let filing = files::read(&text, &template()).expect("the file can be opened");
        assert_eq!(without_id(filing), without_id(sample()));
        // Downloads begin in the order in which they were asked for.
        page.fill(&cell("unit.all.name"), "某某局")?;
        choose_export(&mut page, "export-json")?;
        assert_eq!(page.take_download()?.name, "某某局2024年度自评.json");
        assert_eq!(page.downloads()?, 2, "one of the double click, one of the click after it");
        Ok(())
    });
}

#[test]
fn bad_file_is_refused_with_its_reason_and_changes_nothing() {
    let sound = files::write(&sample());
    let with = |from: &str, to: &str| {
        assert!(sound.contains(from), "{from}");
        sound.replacen(from, to, 1)
    };
    let half = (sound.len() / 2..).find(|at| sound.is_char_boundary(*at)).expect("it has an end");
    let bad = [
        ("坏.json", sound[..half].to_owned(), "文件内容不完整或已损坏"),
        ("空.json", String::new(), "文件内容不完整或已损坏"),
        ("别的.json", "[1, 2]".to_owned(), "这不是本程序导出的自评表文件"),
        ("新版.json", with("\"version\": 1,", "\"version\": 99,"), "文件是另一版本的程序导出的（文件格式第 99 版"),
        ("他表.json", with("\"id\": \"zhuzhou-department\"", "\"id\": \"else\""), "文件属于另一种表（else）"),
        ("多.json", with("\"year\": 2024,", "\"year\": 2024, \"更多\": 1,"), "文件里有本程序不认识的内容“更多”"),
        ("多格.json", with("\"cells\": {", "\"cells\": { \"funds.x.final\": \"1\","), "单元格“funds.x.final”"),
        ("大.json", " ".repeat(files::LARGEST + 1), "文件太大"),
    ];
    let folder = tempfile::tempdir().expect("a folder for the files");
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("unit.all.name"), "某某局")?;
        wait_until_saved(&mut page)?;
        for (name, text, reason) in &bad {
            let file = folder.path().join(name);
            fs::write(&file, text)?;
            page.choose_files(&part("file"), &[&file])?;
            wait_for_words(&mut page, &part("notice"), reason)?;
            wait_for_words(&mut page, &part("notice"), &format!("没有打开 {name}"))?;
            assert_eq!(page.value(&cell("unit.all.name"))?, "某某局", "{name}");
            wait_for_text(&mut page, &part("total"), "—")?;
        }
        // The same file, mended, opens.
        let file = folder.path().join(bad[0].0);
        fs::write(&file, &sound)?;
        page.choose_files(&part("file"), &[&file])?;
        wait_for_text(&mut page, &part("total"), "97")
    });
}
