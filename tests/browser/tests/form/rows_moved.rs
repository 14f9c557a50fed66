//! Rows moved, added and removed by buttons and by keys: texts, points, notes and the caret go with them.

use std::fs;

use gouji::engine::edit::Edit;
use gouji_browser_tests::on_every_browser;

use crate::*;

/// Waits until these rows, and no others, stand beside a 二级 heading; `none` is the line of a group without rows.
fn wait_for_rows(page: &mut Page, heading: &str, ids: &[&str]) -> Result<()> {
    page.wait_until(&format!(
        "(() => {{
            const heads = Array.from(document.querySelectorAll('.block-indicators .level-two'));
            const head = heads.find(head => head.firstChild.textContent === {});
            const rows = [];
            let row = head.closest('tr');
            for (let at = 0; at < head.rowSpan; at++, row = row.nextElementSibling) rows.push(row.dataset.row || 'none');
            return rows.join() === {};
        }})()",
        json!(heading),
        json!(ids.join(","))
    ))
}

#[test]
fn row_moves_within_its_group_by_button_and_by_keys() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        wait_for_rows(&mut page, "数量指标", &["r4", "r5", "r6", "r7"])?;
        click_in_row(&mut page, "move-down", "indicators.r4.actual")?;
        wait_for_rows(&mut page, "数量指标", &["r5", "r4", "r6", "r7"])?;
        wait_for_value(&mut page, "indicators.r4.name", "中心组学习")?;
        page.wait_until("document.activeElement.dataset.key.startsWith('indicators.r4.')")?;
        page.click(&row_button("move-up", "r4"))?;
        wait_for_rows(&mut page, "数量指标", &["r4", "r5", "r6", "r7"])?;
        page.wait_until("document.activeElement.dataset.key.startsWith('indicators.r4.')")?;

        // By keys the caret stays in the very cell, so that the row can be moved on and on.
        page.click(&cell("indicators.r7.actual"))?;
        page.press("Alt+ArrowUp")?;
        wait_for_rows(&mut page, "数量指标", &["r4", "r5", "r7", "r6"])?;
        wait_for_caret(&mut page, "indicators.r7.actual")?;
        page.press("Alt+ArrowUp")?;
        wait_for_rows(&mut page, "数量指标", &["r4", "r7", "r5", "r6"])?;
        wait_for_caret(&mut page, "indicators.r7.actual")?;
        page.press("Alt+ArrowDown")?;
        wait_for_rows(&mut page, "数量指标", &["r4", "r5", "r7", "r6"])?;
        wait_for_caret(&mut page, "indicators.r7.actual")?;
        for order in [["r4", "r7", "r5", "r6"], ["r4", "r5", "r7", "r6"], ["r4", "r5", "r6", "r7"]] {
            page.press("Control+z")?;
            wait_for_rows(&mut page, "数量指标", &order)?;
        }
        page.press("Control+y")?;
        wait_for_rows(&mut page, "数量指标", &["r4", "r5", "r7", "r6"])
    });
}

#[test]
fn indicator_moves_on_into_the_next_group_with_its_points() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.click(&cell("indicators.r8.weight"))?;
        page.press("Alt+ArrowUp")?;
        wait_for_rows(&mut page, "数量指标", &["r4", "r5", "r6", "r7", "r8"])?;
        wait_for_rows(&mut page, "质量指标", &["none"])?;
        wait_for_caret(&mut page, "indicators.r8.weight")?;
        for (column, text) in [("name", "完成率"), ("target", "100%"), ("actual", "100%"), ("weight", "10")] {
            wait_for_value(&mut page, &format!("indicators.r8.{column}"), text)?;
        }
        page.press("Alt+ArrowDown")?;
        wait_for_rows(&mut page, "质量指标", &["r8"])?;
        wait_for_rows(&mut page, "数量指标", &["r4", "r5", "r6", "r7"])?;
        wait_for_caret(&mut page, "indicators.r8.weight")?;
        wait_for_text(&mut page, &part("errors"), "0")?;

        // From 效益指标 into 产出指标: the points are counted where the row stands.
        click_in_row(&mut page, "move-up", "indicators.r10.name")?;
        wait_for_rows(&mut page, "时效指标", &["r9", "r10"])?;
        // As a finding first, soon as a card that may stand at another cell.
        wait_for_words(&mut page, &finding("P08"), "应为 45，现填 40，少 5")?;
        wait_for_words(&mut page, &finding("P09"), "应为 15，现填 20，多 5")?;
        page.click(&button("undo"))?;
        wait_for_rows(&mut page, "时效指标", &["r9"])?;
        wait_for_rows(&mut page, "经济效益指标", &["r10"])?;
        wait_for_text(&mut page, &part("errors"), "0")?;
        page.click(&button("redo"))?;
        wait_for_rows(&mut page, "时效指标", &["r9", "r10"])?;

        // The first row of all has nowhere to go.
        page.click(&cell("indicators.r4.name"))?;
        page.press("Alt+ArrowUp")?;
        wait_for_rows(&mut page, "数量指标", &["r4", "r5", "r6", "r7"])?;
        wait_for_caret(&mut page, "indicators.r4.name")
    });
}

#[test]
fn keys_add_and_remove_a_row_and_the_caret_goes_on() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.click(&cell("indicators.r5.weight"))?;
        page.press("Alt+Insert")?;
        wait_for_rows(&mut page, "数量指标", &["r4", "r5", "r22", "r6", "r7"])?;
        wait_for_caret(&mut page, "indicators.r22.name")?;
        page.type_text("new")?;
        wait_for_value(&mut page, "indicators.r22.name", "new")?;
        page.press("Alt+Delete")?;
        wait_for_rows(&mut page, "数量指标", &["r4", "r5", "r6", "r7"])?;
        wait_for_words(&mut page, &part("notice"), "已删除一行，可撤销")?;
        wait_for_caret(&mut page, "indicators.r6.name")?;
        // The last row of its group: the caret goes to the one before.
        page.click(&cell("indicators.r7.score"))?;
        page.press("Alt+Delete")?;
        wait_for_rows(&mut page, "数量指标", &["r4", "r5", "r6"])?;
        wait_for_caret(&mut page, "indicators.r6.name")?;

        page.press("Control+z")?;
        wait_for_rows(&mut page, "数量指标", &["r4", "r5", "r6", "r7"])?;
        wait_for_value(&mut page, "indicators.r7.name", "查处非法宗教活动")?;
        wait_for_value(&mut page, "indicators.r7.weight", "5")?;
        page.press("Control+z")?;
        wait_for_value(&mut page, "indicators.r22.name", "new")?;
        page.press("Control+z")?;
        wait_for_value(&mut page, "indicators.r22.name", "")?;
        page.press("Control+z")?;
        wait_for_rows(&mut page, "数量指标", &["r4", "r5", "r6", "r7"])?;
        // Ids are not given out twice: notes and files speak of them.
        page.click(&cell("indicators.r5.weight"))?;
        page.press("Alt+Insert")?;
        wait_for_rows(&mut page, "数量指标", &["r4", "r5", "r23", "r6", "r7"])
    });
}

#[test]
fn building_is_added_checked_moved_and_removed() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("buildings.r3.approved_area"), "1000")?;
        page.click(&cell("buildings.r3.actual_area"))?;
        page.press("Alt+Insert")?;
        wait_for_caret(&mut page, "buildings.r15.approved_area")?;
        // From figure to figure by Tab, as in the row above.
        for text in ["200", "250", "125%"] {
            page.type_text(text)?;
            page.press("Tab")?;
        }
        wait_for_caret(&mut page, "buildings.r15.budget_investment")?;
        page.wait_for(&finding_at("J11", "buildings.r15.area_rate"))?;
        page.click(&cell("buildings.r15.area_rate"))?;
        page.press("Alt+ArrowUp")?;
        page.wait_until("document.querySelector('.block-buildings tr.added').dataset.row === 'r15'")?;
        wait_for_caret(&mut page, "buildings.r15.area_rate")?;
        assert_eq!(row_ids(&mut page, "buildings")?, ["r15", "r3"]);
        page.press("Alt+Delete")?;
        wait_until_gone(&mut page, &cell("buildings.r15.area_rate"))?;
        wait_until_gone(&mut page, &finding_at("J11", "buildings.r15.area_rate"))?;
        page.press("Control+z")?;
        wait_for_value(&mut page, "buildings.r15.area_rate", "125%")?;
        assert_eq!(row_ids(&mut page, "buildings")?, ["r15", "r3"]);
        page.press("Control+z")?;
        page.wait_until("document.querySelector('.block-buildings tr.added').dataset.row === 'r3'")?;
        page.wait_for(&finding_at("J11", "buildings.r15.area_rate"))
    });
}

#[test]
fn caret_stays_in_the_sheet_when_rows_are_taken_back() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.click(&cell("indicators.r7.weight"))?;
        page.press("Alt+Delete")?;
        wait_for_rows(&mut page, "数量指标", &["r4", "r5", "r6"])?;
        page.press("Control+z")?;
        wait_for_rows(&mut page, "数量指标", &["r4", "r5", "r6", "r7"])?;
        page.wait_until("(document.activeElement.dataset.key || '').startsWith('indicators.r7.')")?;
        // The new row goes with the caret in it; a person goes on beside.
        page.press("Alt+Insert")?;
        wait_for_caret(&mut page, "indicators.r22.name")?;
        page.press("Control+z")?;
        wait_for_rows(&mut page, "数量指标", &["r4", "r5", "r6", "r7"])?;
        page.wait_until("(document.activeElement.dataset.key || '').startsWith('indicators.')")
    });
}

/// What the mouse would hit in the middle of a row's button, and whether that is right of all cells.
fn hit_at(page: &mut Page, action: &str, id: &str) -> Result<serde_json::Value> {
    page.eval(&format!(
        "(() => {{
            const button = document.querySelector({});
            const box = button.getBoundingClientRect();
            const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            const cells = button.closest('table').getBoundingClientRect();
            return [hit.dataset.action, hit.dataset.on, box.left >= cells.right];
        }})()",
        json!(row_button(action, id))
    ))
}

const ROW_ACTIONS: [&str; 4] = ["add-row", "move-up", "move-down", "remove-row"];

#[test]
fn buttons_of_a_row_are_in_the_margin_and_cover_no_cell() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        for key in ["funds.r2.prior", "indicators.r4.weight", "buildings.r3.approved_area", "buildings.r3.area_rate"] {
            page.click(&cell(key))?;
            let id = key.split('.').nth(1).unwrap_or_default();
            for action in ROW_ACTIONS {
                assert_eq!(hit_at(&mut page, action, id)?, json!([action, id, true]), "{key}");
            }
        }
        Ok(())
    });
}

#[test]
fn buttons_of_a_row_come_with_the_mouse_and_go_with_it() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let seen = "Array.from(document.querySelectorAll('.row-tools'))
            .filter(tools => getComputedStyle(tools).visibility === 'visible').map(tools => tools.closest('tr').dataset.row)";
        page.hover(&cell("funds.three_public.prior"))?;
        assert_eq!(page.eval(seen)?, json!([]));
        page.hover(&cell("funds.r2.budget"))?;
        page.wait_until(&format!("{seen}.join() === 'r2'"))?;
        page.click(&row_button("add-row", "r2"))?;
        wait_for_caret(&mut page, "funds.r15.name")?;
        page.hover(&cell("funds.three_public.prior"))?;
        page.wait_until(&format!("{seen}.join() === 'r15'"))?;
        page.click(&cell("funds.three_public.prior"))?;
        page.wait_until(&format!("{seen}.length === 0"))?;

        // On a phone they come with the caret, at the end of the sheet that scrolls.
        page.set_viewport(390, 844)?;
        click_in_row(&mut page, "remove-row", "funds.r15.name")?;
        wait_until_gone(&mut page, &cell("funds.r15.name"))
    });
}

#[test]
fn button_works_on_its_own_row_while_the_caret_is_beside() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        // The caret shows the buttons of one row, the mouse those of the row below or above it.
        for (caret, mouse) in [("r5", "r6"), ("r6", "r5")] {
            page.click(&cell(&format!("indicators.{caret}.name")))?;
            page.hover(&cell(&format!("indicators.{mouse}.reason")))?;
            for action in ROW_ACTIONS {
                let hit = hit_at(&mut page, action, mouse)?;
                assert_eq!(hit, json!([action, mouse, true]), "caret in {caret}, mouse in {mouse}");
            }
        }
        Ok(())
    });
}

#[test]
fn note_goes_with_its_row_and_comes_back_with_it() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        let warning = finding_at("S07", "indicators.r6.actual");
        page.click(&format!("{warning} summary"))?;
        page.click(&format!("{warning} textarea"))?;
        page.type_text("实际为一百场以上。")?;
        page.click(&format!("{warning} {}", button("save-note")))?;
        wait_for_text(&mut page, &format!("{warning} {}", part("answer-state")), "已说明")?;

        click_in_row(&mut page, "remove-row", "indicators.r6.actual")?;
        wait_until_gone(&mut page, &warning)?;
        let (_, filing) = export(&mut page)?;
        assert!(filing.notes.is_empty(), "{:?}", filing.notes);
        page.click(&button("undo"))?;
        wait_for_text(&mut page, &format!("{warning} {}", part("answer-state")), "已说明")?;
        assert_eq!(page.value(&format!("{warning} textarea"))?, "实际为一百场以上。");
        let (_, filing) = export(&mut page)?;
        assert_eq!(filing.notes.len(), 1);
        Ok(())
    });
}

/// A blank filing with this many funds, as a file.
fn filing_of_funds(count: u32) -> String {
    let mut filing = Submission::blank(&template(), "many");
    for _ in 0..count {
        Edit::add_row(&mut filing, "earmarked_funds", None).apply(&mut filing);
    }
    gouji::exchange::json::write(&filing)
}

#[test]
fn hundreds_of_rows_stay_usable_and_are_kept() {
    let folder = tempfile::tempdir().expect("a folder for the file");
    let file = folder.path().join("多.json");
    // With the one that a blank form has, and three by keys.
    fs::write(&file, filing_of_funds(296)).expect("the file is written");
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.choose_files(&part("file"), &[&file])?;
        wait_for_words(&mut page, &part("notice"), "已打开 多.json")?;
        let funds =
            || "document.querySelectorAll('[data-row] [data-key$=\".name\"][placeholder=专项名称]').length".to_owned();
        page.wait_until(&format!("{} === 297", funds()))?;
        page.click(&button("go-on-filling"))?;
        let ids = row_ids(&mut page, "funds")?;
        let end = ids.last().expect("there are rows").clone();
        page.click(&cell(&format!("funds.{end}.name")))?;
        for row in 1..=3 {
            page.press("Alt+Insert")?;
            page.wait_until(&format!("{} === {}", funds(), 297 + row))?;
        }
        let ids = row_ids(&mut page, "funds")?;
        let last = ids.last().expect("there are rows").clone();
        wait_for_caret(&mut page, &format!("funds.{last}.name"))?;
        page.type_text("最后一个专项")?;
        page.fill(&cell(&format!("funds.{last}.final")), "12.5")?;
        page.fill(&cell("funds.earmarked.final"), "12")?;
        wait_for_words(&mut page, &finding("J04"), "应为 12.50，现填 12.00，少 0.50")?;
        page.click(&cell(&format!("funds.{last}.final")))?;
        page.press("Control+a")?;
        page.type_text("12x")?;
        page.wait_for(&finding_at("V01", &format!("funds.{last}.final")))?;
        wait_until_saved(&mut page)?;
        page.reload()?;
        wait_for_value(&mut page, &format!("funds.{last}.final"), "12x")?;
        wait_for_value(&mut page, &format!("funds.{last}.name"), "最后一个专项")?;
        assert_eq!(row_ids(&mut page, "funds")?, ids);
        Ok(())
    });
}
