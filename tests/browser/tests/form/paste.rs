//! A table pasted from a spreadsheet: at once and in one step where nothing is lost, else shown first; prose as it is.

use gouji_browser_tests::on_every_browser;

use crate::*;

/// Puts the clipboard into a cell.
fn paste_into(page: &mut Page, key: &str) -> Result<()> {
    page.click(&cell(key))?;
    page.press("Control+a")?;
    page.press("Control+v")
}

/// Answers the box that shows what pasting would do.
fn choose(page: &mut Page, answer: &str) -> Result<()> {
    page.click(&format!("dialog button[data-action=choose][data-on={answer}]"))?;
    wait_until_gone(page, "dialog")
}

/// Pastes what no clipboard of a test holds: the event that the browser would make of it. `data` fills the `DataTransfer`.
fn paste_event(page: &mut Page, key: &str, data: &str) -> Result<()> {
    page.click(&cell(key))?;
    page.eval(&format!(
        "(() => {{
            const data = new DataTransfer();
            {data};
            const paste = new ClipboardEvent('paste', {{ clipboardData: data, bubbles: true, cancelable: true }});
            document.querySelector({}).dispatchEvent(paste);
            return paste.defaultPrevented;
        }})()",
        json!(cell(key))
    ))
    .map(|is_prevented| assert_eq!(is_prevented, true))
}

#[test]
fn table_fills_blank_cells_in_one_step() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        // What is the same already is not replaced.
        page.fill(&cell("funds.vehicles.budget"), "1,234.5")?;
        copy(&mut page, "3\t1,234.5\t\n10\t——\t2.50\n")?;
        paste_into(&mut page, "funds.vehicles.prior")?;
        wait_for_words(&mut page, &part("notice"), "已粘贴 6 格")?;
        let pasted = [
            ("funds.vehicles.prior", "3"),
            ("funds.vehicles.budget", "1,234.5"),
            ("funds.vehicles.final", ""),
            ("funds.vehicle_purchase.prior", "10"),
            ("funds.vehicle_purchase.budget", "——"),
            ("funds.vehicle_purchase.final", "2.50"),
        ];
        for (key, text) in pasted {
            wait_for_value(&mut page, key, text)?;
        }
        // What came by one action is looked at like what was typed and left.
        page.wait_for(&finding_at("J02", "funds.vehicles.prior"))?;
        wait_for_caret(&mut page, "funds.vehicles.prior")?;
        page.press("Control+z")?;
        for (key, _) in pasted.into_iter().filter(|(key, _)| *key != "funds.vehicles.budget") {
            wait_for_value(&mut page, key, "")?;
        }
        wait_for_value(&mut page, "funds.vehicles.budget", "1,234.5")?;
        page.press("Control+y")?;
        for (key, text) in pasted {
            wait_for_value(&mut page, key, text)?;
        }
        // The name of an added row is the first of its cells.
        copy(&mut page, "文明创建专项\t1\t2\t3\n")?;
        paste_into(&mut page, "funds.r2.name")?;
        wait_for_words(&mut page, &part("notice"), "已粘贴 4 格")?;
        for (column, text) in [("name", "文明创建专项"), ("prior", "1"), ("budget", "2"), ("final", "3")] {
            wait_for_value(&mut page, &format!("funds.r2.{column}"), text)?;
        }
        Ok(())
    });
}

#[test]
fn what_would_be_replaced_is_shown_before_anything_changes() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("funds.vehicles.budget"), "9")?;
        page.fill(&cell("funds.vehicles.final"), "4")?;
        copy(&mut page, "3\t12\t\n10\t约5\t2.50\n")?;
        let (_, before) = export(&mut page)?;
        paste_into(&mut page, "funds.vehicles.prior")?;
        let listed = "dialog .choice-list tbody";
        for said in ["2024年预算数", "9", "12", "（空白）", "约5", "不是数字"] {
            wait_for_words(&mut page, listed, said)?;
        }
        wait_for_words(&mut page, "dialog", "替换 1 格，清空 1 格，填入空白 4 格，相同不动 0 格")?;
        page.wait_until("document.activeElement.dataset.on === 'paste'")?;
        // The keys of the form are not those of the box.
        page.press("Control+z")?;
        assert_eq!(page.value(&cell("funds.vehicles.final"))?, "4");
        // Nothing has changed, and nothing does when the person says no.
        assert_eq!(page.value(&cell("funds.vehicles.prior"))?, "");
        page.press("Escape")?;
        wait_until_gone(&mut page, "dialog")?;
        wait_for_caret(&mut page, "funds.vehicles.prior")?;
        let (_, after) = export(&mut page)?;
        assert_eq!(after.cells, before.cells);

        paste_into(&mut page, "funds.vehicles.prior")?;
        page.wait_until("document.activeElement.dataset.on === 'paste'")?;
        page.press("Enter")?;
        wait_for_words(&mut page, &part("notice"), "已粘贴 6 格")?;
        wait_for_caret(&mut page, "funds.vehicles.prior")?;
        let pasted = [("vehicles.budget", "12"), ("vehicles.final", ""), ("vehicle_purchase.budget", "约5")];
        for (key, text) in pasted {
            wait_for_value(&mut page, &format!("funds.{key}"), text)?;
        }
        assert!(is_red(&mut page, "funds.vehicle_purchase.budget")?);
        page.press("Control+z")?;
        for (key, text) in [("vehicles.budget", "9"), ("vehicles.final", "4"), ("vehicle_purchase.final", "")] {
            wait_for_value(&mut page, &format!("funds.{key}"), text)?;
        }
        Ok(())
    });
}

#[test]
fn what_the_form_prints_itself_is_never_pasted_over() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        copy(&mut page, "1\t2\t3\n4\t5\t6\n7\t8\t9")?;
        paste_into(&mut page, "funds.meetings_training.prior")?;
        wait_for_words(&mut page, "dialog", "不粘贴的 2 处")?;
        wait_for_words(&mut page, "dialog", "政府采购金额·2023年决算数：表上固定印着，不能改（“4”）")?;
        choose(&mut page, "paste")?;
        wait_for_words(&mut page, &part("notice"), "已粘贴 7 格")?;
        for (key, text) in [
            ("funds.meetings_training.prior", "1"),
            ("funds.meetings_training.final", "3"),
            ("funds.procurement.budget", "5"),
            ("funds.procurement.final", "6"),
            ("funds.basic_adjustment.budget", "8"),
            ("funds.basic_adjustment.final", "9"),
        ] {
            page.wait_until(&format!("document.querySelector({}).value === {}", json!(cell(key)), json!(text)))?;
        }
        assert_eq!(page.texts(".block-funds td.fixed")?, ["——", "——"]);
        let (_, filing) = export(&mut page)?;
        assert!(!filing.cells.contains_key("funds.procurement.prior"));
        assert!(!filing.cells.contains_key("funds.basic_adjustment.prior"));
        Ok(())
    });
}

#[test]
fn what_does_not_fit_is_counted_and_the_rest_is_offered() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let many = vec![vec!["1"; 50].join("\t"); 100].join("\n");
        let (_, before) = export(&mut page)?;
        paste_event(&mut page, "funds.three_public.prior", &format!("data.setData('text/plain', {})", json!(many)))?;
        // The table has eighteen rows and three columns of figures.
        for said in ["粘贴 100 行 50 列", "下面放不下的 82 行不粘贴", "右边放不下的 47 列不粘贴"]
        {
            wait_for_words(&mut page, "dialog", said)?;
        }
        page.press("Escape")?;
        wait_until_gone(&mut page, "dialog")?;
        wait_for_caret(&mut page, "funds.three_public.prior")?;
        let (_, after) = export(&mut page)?;
        assert_eq!(after.cells, before.cells);

        copy(&mut page, "1\t2\t3\t4\n")?;
        paste_into(&mut page, "funds.three_public.prior")?;
        wait_for_words(&mut page, "dialog", "右边放不下的 1 列不粘贴")?;
        choose(&mut page, "paste")?;
        wait_for_value(&mut page, "funds.three_public.final", "3")
    });
}

#[test]
fn rows_with_their_names_go_where_the_names_say() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        copy(
            &mut page,
            "经费控制情况\t2024年决算数\t2024年预算数\n公用经费\t8\t9\n　1、公务接待\t0.5\t0.6\n某某经费\t1\t1\n",
        )?;
        paste_into(&mut page, "funds.three_public.prior")?;
        wait_for_words(&mut page, "dialog", "按行名、表头放到对应的格，不按位置")?;
        wait_for_words(&mut page, "dialog", "“某某经费”：本表没有这个行名")?;
        choose(&mut page, "paste")?;
        wait_for_words(&mut page, &part("notice"), "已粘贴 4 格")?;
        for (key, text) in [
            ("funds.public.final", "8"),
            ("funds.public.budget", "9"),
            ("funds.reception.final", "0.5"),
            ("funds.reception.budget", "0.6"),
            ("funds.three_public.prior", ""),
        ] {
            wait_for_value(&mut page, key, text)?;
        }
        Ok(())
    });
}

#[test]
fn what_is_no_table_is_said_in_words_and_writes_nothing() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("funds.three_public.prior"), "5")?;
        let (_, before) = export(&mut page)?;
        let huge = "data.setData('text/plain', (Array(200).fill('1234.5').join('\\t') + '\\r\\n').repeat(5000))";
        paste_event(&mut page, "funds.three_public.prior", huge)?;
        wait_for_words(&mut page, &part("notice"), "没有粘贴：复制的内容有 5000 行 200 列")?;
        let picture = "data.items.add(new File(['x'], 'a.png', { type: 'image/png' }))";
        paste_event(&mut page, "funds.three_public.prior", picture)?;
        wait_for_words(&mut page, &part("notice"), "剪贴板里是图片")?;
        let text = "首页\n政务公开\n某某局2024年度部门整体支出绩效自评报告\n三公经费支出较上年减少。\n联系我们\n";
        let site = format!("data.setData('text/plain', {})", json!(text));
        paste_event(&mut page, "funds.three_public.prior", &site)?;
        wait_for_words(&mut page, "dialog", "复制的是文字，不是一列数")?;
        assert!(!is_shown(&mut page, "dialog [data-on=paste]")?);
        assert_eq!(page.value(&cell("funds.three_public.prior"))?, "5");
        page.press("Escape")?;
        wait_until_gone(&mut page, "dialog")?;
        let (_, after) = export(&mut page)?;
        assert_eq!(after.cells, before.cells);
        // It may be read as material instead.
        paste_event(&mut page, "funds.three_public.prior", &site)?;
        choose(&mut page, "material")?;
        page.wait_until("(input => !!input && input.value.includes('政务公开'))(document.querySelector('[data-part=material-input]'))")?;
        assert_eq!(page.value(&cell("funds.three_public.prior"))?, "5");
        Ok(())
    });
}

#[test]
fn while_the_preview_is_on_its_way_nothing_is_typed_past_it() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.fill(&cell("funds.vehicles.budget"), "9")?;
        copy(&mut page, "1\t2\n")?;
        page.eval(
            "window.refusals = []; \
             window.gouji.reader.ask = () => new Promise((_, refuse) => window.refusals.push(refuse)); 0",
        )?;
        paste_into(&mut page, "funds.vehicles.budget")?;
        wait_for_words(&mut page, "dialog", "正在准备")?;
        page.type_text("77")?;
        page.press("Escape")?;
        wait_until_gone(&mut page, "dialog")?;
        wait_for_caret(&mut page, "funds.vehicles.budget")?;
        assert_eq!(page.value(&cell("funds.vehicles.budget"))?, "9");
        paste_into(&mut page, "funds.vehicles.budget")?;
        wait_for_words(&mut page, "dialog", "正在准备")?;
        page.eval("window.refusals.forEach(refuse => refuse('gone')); 0")?;
        wait_for_words(&mut page, "dialog", "需要的程序没有取到，网络恢复后再试（gone）")?;
        page.press("Enter")?;
        wait_until_gone(&mut page, "dialog")?;
        wait_for_caret(&mut page, "funds.vehicles.budget")?;
        assert_eq!(page.value(&cell("funds.vehicles.budget"))?, "9");
        assert_eq!(page.value(&cell("funds.vehicles.final"))?, "");
        Ok(())
    });
}

#[test]
fn prose_keeps_its_line_breaks() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        copy(&mut page, "一、压减会议。\n二、压减接待。\n")?;
        paste_into(&mut page, "goals.all.expected")?;
        wait_for_value(&mut page, "goals.all.expected", "一、压减会议。\n二、压减接待。\n")?;
        assert!(!is_shown(&mut page, &part("notice"))?, "it is one text, not a table");
        assert_eq!(page.value(&cell("goals.all.achieved"))?, "");
        page.press("Tab")?;
        let (_, filing) = export(&mut page)?;
        assert_eq!(filing.text("goals.all.expected"), "一、压减会议。\n二、压减接待。\n");
        // One cell of a spreadsheet with two lines comes in quotes.
        copy(&mut page, "\"一、\"\"压减\"\"会议。\n二、压减接待。\"\n")?;
        paste_into(&mut page, "goals.all.achieved")?;
        wait_for_value(&mut page, "goals.all.achieved", "一、\"压减\"会议。\n二、压减接待。")
    });
}

#[test]
fn one_cell_of_a_spreadsheet_leaves_its_line_break_behind() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        // Spreadsheets end each line that they copy, the only one too.
        for (key, text) in [
            ("funds.office.final", "12.5"),
            ("staff.all.rate", "93.75%"),
            ("unit.all.name", "某某局"),
            ("funds.r2.name", "意识形态专项"),
            ("indicators.r4.target", "≥5场"),
        ] {
            copy(&mut page, &format!("{text}\n"))?;
            paste_into(&mut page, key)?;
            page.press("Tab")?;
            page.wait_until(&format!("document.querySelector({}).value !== ''", json!(cell(key))))?;
            assert_eq!(page.value(&cell(key))?, text, "{key}");
        }
        Ok(())
    });
}

#[test]
fn figures_of_the_preview_stand_on_one_line_on_a_phone() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.set_viewport(390, 844)?;
        paste_event(&mut page, "funds.public.budget", r"data.setData('text/plain', '25\t1,230.45\n')")?;
        page.wait_for("dialog table")?;
        let lines =
            "Array.from(document.querySelectorAll('dialog del, dialog ins')).map(one => one.getClientRects().length)";
        assert_eq!(page.eval(lines)?, json!([1, 1, 1, 1]));
        Ok(())
    });
}
