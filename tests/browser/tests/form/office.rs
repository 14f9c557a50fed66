//! Files of Word and Excel: chosen, dropped, written and opened again; what they are not, is said.

use std::fs::{self, File};
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use gouji::exchange::office::open::{Kind, open};
use gouji_browser_tests::{Download, on_every_browser};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::files::without_id;
use crate::*;

/// The same container with other parts: `change` gets each part's name and text, and gives what is to be there.
pub(crate) fn repacked(bytes: &[u8], change: impl Fn(&str, String) -> Option<String>) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).expect("a container");
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).expect("a part");
        let (name, mut text) = (part.name().expect("a name").into_owned(), String::new());
        part.read_to_string(&mut text).expect("every part of ours is text");
        if let Some(text) = change(&name, text) {
            to.start_file(name, SimpleFileOptions::default()).expect("a part");
            to.write_all(text.as_bytes()).expect("a part");
        }
    }
    to.finish().expect("a container").into_inner()
}

fn keep(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf> {
    let file = folder.join(name);
    fs::write(&file, bytes)?;
    Ok(file)
}

fn exported(page: &mut Page, action: &str) -> Result<Download> {
    choose_export(page, action)?;
    let download = page.take_download()?;
    wait_for_words(page, &part("notice"), &format!("已导出 {}", download.name))?;
    Ok(download)
}

/// The sample as the page writes it to Word.
fn sample_in_word(page: &mut Page) -> Result<Vec<u8>> {
    open_sample(page)?;
    Ok(exported(page, "export-docx")?.bytes)
}

#[test]
fn word_file_is_the_filing_and_comes_back_whole() {
    let folder = tempfile::tempdir().expect("a folder for the files");
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.fill(&cell("unit.all.name"), "某某局")?;
        let download = exported(&mut page, "export-docx")?;
        assert_eq!(download.name, "某某局2024年度自评.docx");
        wait_for_words(&mut page, ".stage", "全表审核")?;
        let inside = open(&download.bytes).expect("a document");
        assert_eq!(inside.kind, Kind::Word);
        assert!(inside.text.contains("某某局整体支出绩效自评报告"), "the report stands in it");

        let file = keep(folder.path(), &download.name, &download.bytes)?;
        let mut other = browser.open()?;
        other.wait_for("main")?;
        other.choose_files(&part("file"), &[&file])?;
        wait_for_value(&mut other, "unit.all.name", "某某局")?;
        wait_for_words(&mut other, &part("notice"), "已打开 某某局2024年度自评.docx")?;
        let is_laid_before = other.eval("document.querySelector('[data-part=material]').offsetHeight > 0")?;
        assert_eq!(is_laid_before, false, "nothing differs, so nothing is laid before the person");
        let (_, back) = export(&mut other)?;
        let (_, before) = export(&mut page)?;
        assert_eq!(without_id(back), without_id(before));
        assert_eq!(page.problems()?.iter().filter(|problem| problem.contains("Error")).count(), 0);
        Ok(())
    });
}

#[test]
fn text_that_was_changed_in_word_is_laid_beside_the_filing() {
    let folder = tempfile::tempdir().expect("a folder for the files");
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let written = sample_in_word(&mut page)?;
        let edited = repacked(&written, |name, text| {
            Some(if name == "word/document.xml" { text.replacen(">5.59<", ">6.59<", 1) } else { text })
        });
        let file = keep(folder.path(), "改过.docx", &edited)?;
        page.choose_files(&part("file"), &[&file])?;
        wait_for_words(&mut page, &part("notice"), "导出后有人改过它的文字")?;
        wait_for_words(&mut page, &part("read-counts"), "不同 1")?;
        assert_eq!(page.value(&cell("funds.office.final"))?, "5.59", "the filing that it carries is as it was");
        page.click(".cards li [data-action=adopt]")?;
        wait_for_value(&mut page, "funds.office.final", "6.59")
    });
}

#[test]
fn foreign_document_is_read_and_taken_over_in_one_step() {
    let folder = tempfile::tempdir().expect("a folder for the files");
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let written = sample_in_word(&mut page)?;
        let foreign = repacked(&written, |name, text| (!name.starts_with("customXml/item1")).then_some(text));
        let file = keep(folder.path(), "去年的材料.docx", &foreign)?;
        let mut page = browser.open()?;
        page.wait_for("main")?;
        page.choose_files(&part("file"), &[&file])?;
        wait_for_words(&mut page, &part("notice"), "已读出 去年的材料.docx，还没有填入")?;
        page.wait_for(&part("read-counts"))?;
        assert_eq!(page.value(&cell("funds.office.final"))?, "", "nothing is entered by reading");
        page.click("[data-action=adopt][data-on=certain]")?;
        wait_for_value(&mut page, "funds.office.final", "5.59")?;
        wait_for_text(&mut page, &part("total"), "97")?;
        let (_, filing) = export(&mut page)?;
        let from = filing.provenance.get("funds.office.final").map(String::as_str);
        assert_eq!(from, Some("去年的材料.docx"), "where a figure came from stays known");
        page.click(&button("undo"))?;
        wait_for_value(&mut page, "funds.office.final", "")?;
        wait_for_text(&mut page, &part("total"), "—")
    });
}

#[test]
fn workbook_has_the_tables_and_the_list_of_findings() {
    let folder = tempfile::tempdir().expect("a folder for the files");
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.fill(&cell("funds.three_public.final"), "6")?;
        let download = exported(&mut page, "export-xlsx")?;
        assert!(download.name.ends_with("2024年度自评.xlsx"), "{}", download.name);
        let inside = open(&download.bytes).expect("a workbook");
        assert_eq!(inside.kind, Kind::Workbook);
        assert!(inside.text.contains("三公经费"), "{}", inside.text);
        let list = exported(&mut page, "export-findings")?;
        assert!(list.name.ends_with("2024年度自评审核结果.xlsx"), "{}", list.name);

        // Opened in a blank form, its figures are there to be taken over.
        let file = keep(folder.path(), "表.xlsx", &download.bytes)?;
        let mut other = browser.open()?;
        other.wait_for("main")?;
        other.choose_files(&part("file"), &[&file])?;
        other.wait_for(&part("read-counts"))?;
        other.click("[data-action=adopt][data-on=certain]")?;
        wait_for_value(&mut other, "funds.office.final", "5.59")?;
        wait_for_value(&mut other, "funds.three_public.final", "6")
    });
}

#[test]
fn text_in_the_old_chinese_encoding_is_read() {
    // 一、基本支出260.65万元。 in GBK.
    let gbk: &[u8] =
        b"\xd2\xbb\xa1\xa2\xbb\xf9\xb1\xbe\xd6\xa7\xb3\xf6\x32\x36\x30\x2e\x36\x35\xcd\xf2\xd4\xaa\xa1\xa3";
    let folder = tempfile::tempdir().expect("a folder for the files");
    let file = keep(folder.path(), "旧.txt", gbk).expect("written");
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for("main")?;
        page.choose_files(&part("file"), &[&file])?;
        page.wait_until(&format!(
            "document.querySelector({})?.value.includes('基本支出260.65万元')",
            json!(part("material-input"))
        ))
    });
}

/// A sheet of a finance system, as such systems export it: a web page under the name of a workbook.
const LEDGER: &str =
    "<html><head><meta charset=\"utf-8\"></head><body><p>2024年基本支出明细表</p><p>单位：元</p><table>
    <tr><td>经济分类科目编码</td><td>科目名称</td><td>决算数</td></tr>
    <tr><td>30201</td><td>办公费</td><td>55,900.00</td></tr>
    <tr><td>30205</td><td>水费</td><td>1,200.00</td></tr>
    <tr><td>30206</td><td>电费</td><td>3,000.00</td></tr>
    <tr><td>30211</td><td>差旅费</td><td>8,000.00</td></tr>
    </table></body></html>";

#[test]
fn sheet_of_the_finance_system_fills_the_rows_of_the_form_in_its_unit() {
    let folder = tempfile::tempdir().expect("a folder for the files");
    let file = keep(folder.path(), "支出明细.xls", LEDGER.as_bytes()).expect("written");
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for("main")?;
        page.choose_files(&part("file"), &[&file])?;
        wait_for_words(&mut page, &part("read-figures"), "30211 差旅费")?;
        wait_for_words(&mut page, &part("read-figures"), "8,000.00")?;
        page.click("[data-action=adopt][data-on=certain]")?;
        // 55,900 元; 1,200 + 3,000 + 8,000 元.
        wait_for_value(&mut page, "funds.office.final", "5.59")?;
        wait_for_value(&mut page, "funds.utilities_travel.final", "1.22")?;
        page.click(&button("undo"))?;
        wait_for_value(&mut page, "funds.office.final", "")
    });
}

#[test]
fn last_years_filing_fills_the_column_of_last_year() {
    let folder = tempfile::tempdir().expect("a folder for the files");
    let last_year = gouji::SAMPLES[0].1.replacen("\"year\": 2024", "\"year\": 2023", 1);
    let file = keep(folder.path(), "上年.json", last_year.as_bytes()).expect("written");
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.click(&button("material"))?;
        page.click(&part("material-last-year"))?;
        page.choose_files(&part("text-file"), &[&file])?;
        wait_for_words(&mut page, &part("material-found"), "按上年（2023年）材料读取")?;
        page.wait_until("document.querySelector('[data-part=material-last-year]').checked")?;
        page.click("[data-action=adopt][data-on=certain]")?;
        wait_for_value(&mut page, "funds.office.prior", "5.59")?;
        assert_eq!(page.value(&cell("funds.office.final"))?, "", "this year's figures are not last year's");
        assert_eq!(page.value(&part("year"))?, "2024");
        page.click(&part("material-last-year"))?;
        wait_until_gone(&mut page, &part("as-last-year"))
    });
}

#[test]
fn what_is_no_filing_is_refused_in_words_and_the_draft_stays() {
    let folder = tempfile::tempdir().expect("a folder for the files");
    let old_word = [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 2048]].concat();
    let bad: [(&str, &[u8], &str); 4] = [
        ("照片.png", b"\x89PNG\r\n\x1a\n", "这是图片"),
        ("文件.pdf", b"%PDF-1.7\n", "文件不完整或已损坏"),
        ("旧.doc", &old_word, "另存为"),
        ("半个.docx", b"PK\x03\x04half of it", "文件不完整或已损坏"),
    ];
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("unit.all.name"), "某某局")?;
        for (name, bytes, reason) in &bad {
            let file = keep(folder.path(), name, bytes)?;
            page.choose_files(&part("file"), &[&file])?;
            wait_for_words(&mut page, &part("notice"), &format!("没有打开 {name}"))?;
            wait_for_words(&mut page, &part("notice"), reason)?;
            assert_eq!(page.value(&cell("unit.all.name"))?, "某某局", "{name}");
        }
        // Too large to be read at all: it has no bytes on this disk either.
        let file = folder.path().join("大.docx");
        File::create(&file)?.set_len(200 * 1024 * 1024)?;
        page.choose_files(&part("file"), &[&file])?;
        wait_for_words(&mut page, &part("notice"), "文件太大（200 MB，最多 32 MB）")?;
        assert_eq!(page.value(&cell("unit.all.name"))?, "某某局");
        Ok(())
    });
}

#[test]
fn long_work_is_said_and_can_be_stopped() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        // A module that never answers.
        page.eval(
            "gouji.office.send = () => new Promise((_, reject) => { gouji.office.stop = () => reject('stopped') })",
        )?;
        choose_export(&mut page, "export-docx")?;
        wait_for_words(&mut page, &part("notice"), "正在处理 ")?;
        page.wait_for(".notice progress")?;
        page.click(&button("stop-office"))?;
        wait_for_words(&mut page, &part("notice"), "没有导出 ")?;
        wait_for_words(&mut page, &part("notice"), "已停止。")
    });
}

#[test]
fn module_that_cannot_be_fetched_is_said_and_asked_for_again() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        let there = page.eval(
            "(script => {
                const there = script.getAttribute('data-office-wasm');
                script.setAttribute('data-office-wasm', './missing.wasm');
                return there;
            })(document.querySelector('script[data-office-wasm]'))",
        )?;
        choose_export(&mut page, "export-docx")?;
        wait_for_words(&mut page, &part("notice"), "网络恢复后再试")?;
        page.eval(&format!(
            "document.querySelector('script[data-office-wasm]').setAttribute('data-office-wasm', {there})"
        ))?;
        choose_export(&mut page, "export-docx")?;
        assert!(page.take_download()?.bytes.starts_with(b"PK"));
        Ok(())
    });
}
