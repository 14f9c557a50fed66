//! Files dropped on the page: they open wherever they fall, with their own form, or change nothing.

use std::fs;
use std::path::{Path, PathBuf};

use gouji_browser_tests::on_every_browser;

use crate::*;

fn write(folder: &Path, name: &str, text: &str) -> Result<PathBuf> {
    let file = folder.join(name);
    fs::write(&file, text)?;
    Ok(file)
}

/// What the page says across itself while a file hangs over it.
fn banner(page: &mut Page) -> Result<String> {
    page.wait_for(".body")?;
    let content = page.eval("getComputedStyle(document.querySelector('.body'), '::after').content")?;
    Ok(content.as_str().unwrap_or_default().to_owned())
}

#[test]
fn dropped_file_opens_with_its_own_form_wherever_it_falls() {
    on_every_browser(|browser| {
        let folder = tempfile::tempdir()?;
        let file = write(folder.path(), "稿.json", gouji::SAMPLES[0].1)?;
        let mut page = browser.open()?;
        for place in ["header", "main", ".findings", &cell("head.project.text")] {
            new_form_of(&mut page, "project-expenditure")?;
            wait_for_text(&mut page, "h1", "项目支出绩效自评")?;
            page.drop_file(place, &file)?;
            wait_for_words(&mut page, &part("notice"), "已打开 稿.json")?;
            wait_for_text(&mut page, "h1", "部门（单位）整体支出绩效自评")?;
            wait_for_text(&mut page, &part("total"), "97")?;
            wait_for_value(&mut page, "unit.all.name", "中国共产党株洲市芦淞区委员会宣传部")?;
        }
        Ok(())
    });
}

#[test]
fn dropped_file_that_is_no_submission_is_refused_and_changes_nothing() {
    on_every_browser(|browser| {
        let folder = tempfile::tempdir()?;
        let mut page = browser.open()?;
        new_form_of(&mut page, "project-expenditure")?;
        page.fill(&cell("head.project.text"), "修路")?;
        wait_until_saved(&mut page)?;
        for (name, text, reason) in [
            ("照片.jpg", "\u{1}\u{2}", "这不是本程序能读的文件"),
            ("别的.json", "[1, 2]", "这不是本程序导出的自评表文件"),
            ("他表.json", &gouji::SAMPLES[0].1.replacen("zhuzhou-department", "else", 1), "文件属于另一种表（else）"),
        ] {
            let file = write(folder.path(), name, text)?;
            page.drop_file("main", &file)?;
            wait_for_words(&mut page, &part("notice"), reason)?;
            wait_for_words(&mut page, &part("notice"), &format!("没有打开 {name}"))?;
            wait_for_text(&mut page, "h1", "项目支出绩效自评")?;
            assert_eq!(page.value(&cell("head.project.text"))?, "修路", "{name}");
        }
        let home = page.site_url();
        assert_eq!(page.eval("location.href")?, home, "the browser does not show the file itself");
        assert_eq!(drafts::records(&mut page, "drafts")?.len(), 1);
        Ok(())
    });
}

#[test]
fn page_says_what_letting_go_will_do() {
    on_every_browser(|browser| {
        let folder = tempfile::tempdir()?;
        let file = write(folder.path(), "稿.json", gouji::SAMPLES[0].1)?;
        let mut page = browser.open()?;
        let quiet = banner(&mut page)?;
        assert!(!quiet.contains("松开鼠标"), "{quiet}");
        for place in ["header", ".sheet h2"] {
            page.drag_over(place, &file)?;
            let said = banner(&mut page)?;
            assert!(said.contains("松开鼠标，打开文件"), "{said}");
            page.drag_away(place, &file)?;
            assert_eq!(banner(&mut page)?, quiet);
        }
        page.drop_file(".sheet h2", &file)?;
        wait_for_text(&mut page, &part("total"), "97")?;
        assert_eq!(banner(&mut page)?, quiet);
        Ok(())
    });
}
