//! How the page looks: the official tables, nothing to scroll sideways, figures on their points, counts where they belong.

use gouji_browser_tests::on_every_browser;

use crate::*;

/// Rows by columns that a cell of a table covers, told by what stands in it: `2x1`.
fn covers(page: &mut Page, block: &str, text: &str) -> Result<String> {
    let value = page.eval(&format!(
        "(() => {{
            const cells = document.querySelectorAll('.block-{block} th, .block-{block} td');
            const found = Array.from(cells).filter(cell => cell.textContent.trim().startsWith({text}));
            return found.map(cell => cell.rowSpan + 'x' + cell.colSpan).join(' ');
        }})()",
        text = json!(text)
    ))?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

/// Rows by columns that the box of a cell covers.
fn covered_by(page: &mut Page, key: &str) -> Result<String> {
    let value = page.eval(&format!(
        "(box => box.rowSpan + 'x' + box.colSpan)(document.querySelector({}).closest('td, th'))",
        json!(cell(key))
    ))?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

#[test]
fn form_stays_where_it_is_when_a_save_is_told() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for(&cell("staff.all.quota"))?;
        page.eval(
            "window.heights = [];
            new ResizeObserver(() => heights.push(document.querySelector('.header').offsetHeight))
                .observe(document.querySelector('.header'))",
        )?;
        page.wait_until("heights.length === 1")?;
        page.click(&cell("staff.all.quota"))?;
        page.type_text("68")?;
        wait_for_words(&mut page, &part("save-state"), "已自动保存在本机")?;
        // A change of its height would be told before the next frame is drawn.
        page.eval("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")?;
        let heights: Vec<u32> = serde_json::from_value(page.eval("heights")?)?;
        assert_eq!(heights.len(), 1, "{heights:?}");
        Ok(())
    });
}

#[test]
fn cells_are_merged_as_in_the_official_tables() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        for (block, text, expected) in [
            // 附件2: four columns of the upper part are seven of the lower one.
            ("staff", "财政供养人员情况（人）", "2x1"),
            ("staff", "编制数", "1x2"),
            ("staff", "2024年实际在职人数", "1x2"),
            ("staff", "控制率", "1x2"),
            ("funds", "经费控制情况（万元）", "1x1"),
            ("funds", "2023年决算数", "1x2"),
            ("funds", "2024年预算数", "1x2"),
            ("funds", "2024年决算数", "1x2"),
            ("buildings", "楼堂馆所控制情况（2024年完工项目）", "2x1"),
            ("buildings", "规模控制率", "1x1"),
            // 附件3: nine columns.
            ("unit", "市级预算部门（单位）名称", "1x3"),
            ("totals", "年度预算申请（万元）", "7x1"),
            ("totals", "年度资金总额", "1x2"),
            ("totals", "按收入性质分：", "1x3"),
            ("totals", "按支出性质分：", "1x3"),
            ("totals", "其他资金：", "1x3"),
            ("goals", "年度总体目标", "2x1"),
            ("goals", "预期目标", "1x4"),
            ("goals", "实际完成情况", "1x4"),
            ("indicators", "绩效指标", "14x1"),
            ("indicators", "产出指标(分)", "6x1"),
            ("indicators", "数量指标", "4x1"),
            ("indicators", "质量指标", "1x1"),
            ("indicators", "效益指标（分）", "4x1"),
            ("indicators", "满意度指标（分）", "1x1"),
            ("indicators", "成本指标（分）", "3x1"),
            ("indicators", "总分", "1x6"),
        ] {
            assert_eq!(covers(&mut page, block, text)?, expected, "{text}");
        }
        for (key, expected) in [
            ("staff.all.quota", "1x2"),
            ("funds.projects.prior", "1x2"),
            ("buildings.r3.area_rate", "1x1"),
            ("thrift.all.text", "1x6"),
            ("goals.all.expected", "1x4"),
        ] {
            assert_eq!(covered_by(&mut page, key)?, expected, "{key}");
        }
        // A figure of the sources stands on one line with its label, and no rule between them.
        for (key, label) in [
            ("income.other.amount", "其他资金："),
            ("income.special_account.amount", "纳入专户管理的非税收入拨款："),
            ("use.project.amount", "项目支出："),
        ] {
            let seen = page.eval(&format!(
                "(() => {{
                    const box = document.querySelector({}).closest('td'), label = box.previousElementSibling;
                    const [one, other] = [box, label].map(cell => cell.getBoundingClientRect());
                    const together = Math.abs(one.top - other.top) < 1 && Math.abs(one.left - other.right) < 1;
                    return [label.textContent, together, one.height < 40, getComputedStyle(label).borderRightStyle];
                }})()",
                json!(cell(key))
            ))?;
            assert_eq!(seen, json!([label, true, true, "hidden"]), "{key}");
        }
        Ok(())
    });
}

#[test]
fn window_never_scrolls_sideways() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.fill(&cell("funds.three_public.final"), "6")?;
        page.click(&button("check-all"))?;
        page.wait_for(&part("summary"))?;
        for _ in ["Chinese", "English"] {
            for (width, height) in [(1366, 768), (1920, 1080), (390, 844)] {
                page.set_viewport(width, height)?;
                // The buttons of a row are in the margin, and the bubble is below its cell.
                for key in ["indicators.r15.name", "indicators.r15.reason", "funds.three_public.final"] {
                    page.click(&cell(key))?;
                    let fits = "document.scrollingElement.scrollWidth <= innerWidth";
                    assert_eq!(page.eval(fits)?, true, "at {width} wide with the caret in {key}");
                }
                for menu in ["new", "export", "drafts"] {
                    page.click(&format!("summary[data-action={menu}]"))?;
                    let fits = "(menu => document.scrollingElement.scrollWidth <= innerWidth
                        && menu.left >= 0 && menu.right <= innerWidth)
                        (document.querySelector('details[open] > .menu-list').getBoundingClientRect())";
                    assert_eq!(page.eval(fits)?, true, "at {width} wide with the menu {menu} open");
                    page.press("Escape")?;
                }
            }
            let scrolls =
                "['[data-sheet=base] .tables', '[data-sheet=self] .tables', '[data-sheet=report]'].map(place =>
                (place => place.scrollWidth > place.clientWidth)(document.querySelector(place)))";
            assert_eq!(page.eval(scrolls)?, json!([true, true, false]), "on a phone each table scrolls in itself");
            page.set_viewport(1366, 768)?;
            page.click(&button("language"))?;
        }
        Ok(())
    });
}

#[test]
fn way_to_the_findings_is_in_view_on_a_phone() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.set_viewport(390, 844)?;
        // The tabs of three sheets, with what is to be verified in each, fill the line.
        page.wait_until(
            "(tab => (box => document.elementFromPoint(box.right - 4, box.top + 4) === tab && box.left > 0)
                (tab.getBoundingClientRect()))(document.querySelector('.to-findings'))",
        )?;
        page.click(".to-findings")?;
        page.wait_until("document.querySelector('.findings').getBoundingClientRect().top < innerHeight / 2")
    });
}

#[test]
fn figures_of_a_column_stand_on_one_decimal_point() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.fill(&cell("funds.maintenance.final"), "0")?;
        page.fill(&cell("funds.abroad.final"), "1234.50")?;
        for (key, text, class) in [
            ("funds.abroad.final", "1,234.50", ""),
            ("funds.projects.final", "381.36", ""),
            ("funds.r2.final", "337.6", "short-1"),
            ("funds.maintenance.final", "0", "short-2"),
        ] {
            wait_for_value(&mut page, key, text)?;
            let classes = format!("document.querySelector({}).className.split(' ').filter(Boolean)", json!(cell(key)));
            let classes: Vec<String> = serde_json::from_value(page.eval(&classes)?)?;
            let short: Vec<_> = classes.iter().filter(|name| name.starts_with("short")).collect();
            assert_eq!(short, [class].iter().filter(|class| !class.is_empty()).collect::<Vec<_>>(), "{key}");
        }
        // Where each figure's whole part ends, measured in the font that it is drawn in.
        let points = page.eval(
            "(() => {
                const measure = document.createElement('span');
                measure.style.cssText = 'position: absolute; white-space: pre; font-variant-numeric: tabular-nums';
                document.body.append(measure);
                const inputs = Array.from(document.querySelectorAll('[data-key^=\"funds.\"][data-key$=\".final\"]'));
                const ends = inputs.filter(input => input.value).map(input => {
                    const style = getComputedStyle(input);
                    measure.style.font = style.font;
                    const parts = input.value.split('.');
                    measure.textContent = parts.length > 1 ? '.' + parts[1] : '';
                    const right = input.getBoundingClientRect().right - parseFloat(style.paddingRight);
                    return right - measure.getBoundingClientRect().width;
                });
                measure.remove();
                return ends;
            })()",
        )?;
        let points: Vec<f64> = serde_json::from_value(points)?;
        assert!(points.len() >= 10, "{points:?}");
        for point in &points {
            assert!((point - points[0]).abs() <= 1.5, "the points are not below each other: {points:?}");
        }
        Ok(())
    });
}

/// What a tab says: how far its sheet is filled, and the counts of errors and warnings with their names.
fn tab(page: &mut Page, sheet: &str) -> Result<serde_json::Value> {
    page.eval(&format!(
        "(tab => [tab.querySelector('small').textContent,
            ...Array.from(tab.querySelectorAll('span'), count => count.className + ' ' + count.title)])
        (document.querySelector('button[data-action=go-to-sheet][data-on={sheet}]'))"
    ))
}

#[test]
fn tabs_tell_how_each_sheet_stands() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for(&button("go-to-sheet"))?;
        // The points that the form prints itself are filled already.
        assert_eq!(tab(&mut page, "base")?, json!(["0/2"]));
        assert_eq!(tab(&mut page, "self")?, json!(["2/11"]));
        page.fill(&cell("staff.all.quota"), "14")?;
        page.wait_until("document.querySelector('[data-on=base] small').textContent === '1/2'")?;
        wait_for_text(&mut page, &part("progress"), "3/13")?;

        open_sample(&mut page)?;
        assert_eq!(page.eval("document.title")?, "部门（单位）整体支出绩效自评");
        assert_eq!(tab(&mut page, "base")?, json!(["2/2", "is-warning 核实性 2"]));
        assert_eq!(tab(&mut page, "self")?, json!(["11/11", "is-warning 核实性 4"]));
        page.fill(&cell("funds.three_public.final"), "6")?;
        page.wait_for("button[data-on=base] .is-error")?;
        assert_eq!(tab(&mut page, "base")?, json!(["2/2", "is-error 强制性 1", "is-warning 核实性 2"]));
        assert_eq!(tab(&mut page, "self")?, json!(["11/11", "is-warning 核实性 4"]));
        page.wait_until("document.title === '（1 处错误）部门（单位）整体支出绩效自评'")?;
        page.fill(&cell("staff.all.rate"), "50%")?;
        page.wait_until("document.title === '（2 处错误）部门（单位）整体支出绩效自评'")?;

        page.click("button[data-action=go-to-sheet][data-on=self]")?;
        page.wait_until(
            "(() => {
                const sheet = document.querySelector('[data-sheet=self] h2').getBoundingClientRect();
                const head = document.querySelector('.header').getBoundingClientRect();
                return sheet.top >= head.bottom && sheet.top < head.bottom + 80;
            })()",
        )
    });
}

#[test]
fn bubble_below_the_cell_says_what_the_finding_says() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        let bubble = part("bubble");
        let is_hidden = "getComputedStyle(document.querySelector('[data-part=bubble]')).display === 'none'";
        page.wait_until(is_hidden)?;
        page.fill(&cell("funds.three_public.final"), "6")?;
        page.click(&cell("funds.three_public.final"))?;
        let said = sentence(&mut page, &finding_at("J01", "funds.three_public.final"))?;
        wait_for_words(&mut page, &bubble, &said)?;
        // Right below its cell, from the next frame on, and never taking a click.
        page.eval("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")?;
        let place = page.eval(&format!(
            "(() => {{
                const bubble = document.querySelector('[data-part=bubble]');
                const [one, cell] = [bubble, document.querySelector({})].map(e => e.getBoundingClientRect());
                const below = one.top - cell.bottom, right = one.left - cell.left;
                const fits = one.right <= document.querySelector('main').getBoundingClientRect().right;
                return [below >= 0 && below < 8, right <= 8, fits, getComputedStyle(bubble).pointerEvents];
            }})()",
            json!(cell("funds.three_public.final"))
        ))?;
        assert_eq!(place, json!([true, true, true, "none"]));
        // It follows the keystrokes.
        page.press("Control+a")?;
        page.type_text("7")?;
        wait_for_words(&mut page, &bubble, "现填 7.00，多 6.40")?;

        page.press("Tab")?;
        page.wait_until(is_hidden)?;
        page.click(&cell("indicators.r6.actual"))?;
        let said = sentence(&mut page, &finding("S07"))?;
        wait_for_words(&mut page, &bubble, &said)?;
        page.focus(&button("check-all"))?;
        page.wait_until(is_hidden)
    });
}

fn wait_for_bubble_below(page: &mut Page, key: &str) -> Result<()> {
    page.wait_until(&format!(
        "(() => {{
            const [bubble, cell] = ['[data-part=bubble]', {}].map(one =>
                document.querySelector(one).getBoundingClientRect());
            return bubble.top >= cell.bottom && bubble.top < cell.bottom + 8;
        }})()",
        json!(cell(key))
    ))
}

#[test]
fn bubble_stays_below_its_cell_when_the_box_above_shortens() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        open_sample(&mut page)?;
        page.fill(&cell("funds.projects.final"), "380")?;
        page.fill(&cell("staff.all.rate"), "50%")?;
        page.click(&button("check-all"))?;
        page.wait_for(&part("summary"))?;
        page.click(&cell("funds.projects.final"))?;
        page.press("Control+a")?;
        page.type_text("381.36")?;
        wait_for_text(&mut page, &part("errors"), "1")?;
        // The warning of this cell is still said, right below it.
        wait_for_words(&mut page, &part("bubble"), "决算数超过预算数")?;
        wait_for_bubble_below(&mut page, "funds.projects.final")?;
        // A telephone that is turned, a window that is made smaller.
        for (width, height) in [(844, 390), (390, 844), (1920, 1080)] {
            page.set_viewport(width, height)?;
            wait_for_bubble_below(&mut page, "funds.projects.final")?;
        }
        Ok(())
    });
}

#[test]
fn cell_with_the_caret_is_never_hidden_under_the_head() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let is_seen = "(() => {
            const cell = document.activeElement.getBoundingClientRect();
            const head = document.querySelector('.header').getBoundingClientRect();
            return cell.top >= head.bottom && cell.bottom <= innerHeight;
        })()";
        page.click(&cell("income.other.amount"))?;
        for key in ["Shift+Enter", "Shift+Tab"] {
            page.click(&cell("funds.basic_adjustment.final"))?;
            for step in 1..=16 {
                page.press(key)?;
                let at = page.eval("document.activeElement.dataset.key")?;
                assert_eq!(page.eval(is_seen)?, true, "{key} for the {step}. time, at {at}");
            }
        }
        Ok(())
    });
}
