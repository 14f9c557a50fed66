//! The sheets as they are drawn, for the screen and for paper: whole tables, every cell once, every text as typed.

mod support;

use std::collections::BTreeMap;

use gouji::engine::edit::Edit;
use gouji::engine::layout::Layout;
use gouji::engine::submission::Submission;
use gouji::engine::template::Template;
use gouji::engine::template::spec::Place;
use gouji::exchange::json;
use gouji::render::{Medium, render_html, report_editor};
use gouji::words::Language;
use support::templates;

const SCREEN: Medium = Medium::Screen(Language::Chinese);

fn draw(template: &Template, filing: &Submission, medium: Medium) -> String {
    render_html(&Layout::of(template, filing), medium)
}

/// The sample, or a blank form with some rows more and some less.
fn filings(template: &Template) -> Vec<Submission> {
    let blank = Submission::blank(template, "test");
    let mut changed = blank.clone();
    let groups: Vec<(String, String)> = template
        .spec()
        .blocks
        .iter()
        .flat_map(|block| block.rows.iter().filter_map(|row| Some((block.id.clone(), row.group.clone()?))))
        .collect();
    for (at, (block, group)) in groups.iter().enumerate() {
        match at % 3 {
            0 => (0..3).for_each(|_| Edit::add_row(&mut changed, group, None).apply(&mut changed)),
            1 => {
                let first = changed.groups.get(group).and_then(|rows| rows.first()).map(|row| row.id.clone());
                let first = first.unwrap_or_default();
                Edit::remove_row(&changed, block, group, &first).apply(&mut changed);
            }
            _ => {}
        }
    }
    let mut filings = vec![blank, changed];
    let sample = gouji::SAMPLES.iter().find(|(id, _)| *id == template.spec().id);
    filings.extend(sample.map(|(_, text)| json::read(text, template).expect("the sample is sound")));
    filings
}

/// The elements of this name with their attributes, in order; what the drawing writes is simple enough for that.
fn elements(html: &str, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut found = Vec::new();
    for piece in html.split(&format!("<{name}")).skip(1) {
        if !piece.starts_with([' ', '>']) {
            continue;
        }
        let (inside, _) = piece.split_once('>').expect("an element ends");
        let mut attributes = BTreeMap::new();
        let mut rest = inside;
        while let Some((key, after)) = rest.split_once("=\"") {
            let (value, after) = after.split_once('"').expect("an attribute ends");
            attributes.insert(key.trim().to_owned(), value.to_owned());
            rest = after;
        }
        found.push(attributes);
    }
    found
}

fn number(cell: &BTreeMap<String, String>, name: &str) -> usize {
    cell.get(name).map_or(1, |count| count.parse().expect("a count"))
}

#[test]
fn every_line_of_a_table_covers_the_grid_and_no_cell_covers_another() {
    for template in templates().values().filter(|template| template.spec().sheets.iter().any(|s| !s.grid.is_empty())) {
        for filing in filings(template) {
            for medium in [SCREEN, Medium::Paper] {
                let html = draw(template, &filing, medium);
                for table in html.split("<table").skip(1) {
                    let (table, _) = table.split_once("</table>").expect("a table ends");
                    let columns = elements(table, "col").len();
                    for part in ["<thead>", "<tbody>"] {
                        let Some((_, part)) = table.split_once(part) else { continue };
                        let end = part.find("</thead>").or_else(|| part.find("</tbody>")).expect("a part ends");
                        check_lines(&part[..end], columns, &template.spec().id);
                    }
                }
            }
        }
    }
}

/// Lays the cells out as a browser does.
fn check_lines(part: &str, columns: usize, form: &str) {
    let lines: Vec<&str> = part.split("<tr").skip(1).collect();
    let mut taken = vec![vec![false; columns]; lines.len()];
    for (at, line) in lines.iter().enumerate() {
        let cells = line.replace("<th", "<td");
        for cell in elements(&cells, "td") {
            let (height, width) = (number(&cell, "rowspan"), number(&cell, "colspan"));
            let from = taken[at].iter().position(|taken| !taken).unwrap_or_else(|| panic!("{form}: too wide: {line}"));
            assert!(at + height <= lines.len(), "{form}: a cell reaches below the table: {line}");
            for row in &mut taken[at..at + height] {
                for place in &mut row[from..from + width] {
                    assert!(!*place, "{form}: a cell covers another: {line}");
                    *place = true;
                }
            }
        }
    }
    for (line, taken) in lines.iter().zip(&taken) {
        assert!(taken.iter().all(|taken| *taken), "{form}: a hole in: {line}");
    }
}

#[test]
fn every_cell_is_an_input_once_in_the_order_of_the_form() {
    for template in templates().values() {
        for filing in filings(template) {
            let layout = Layout::of(template, &filing);
            // The second module draws the report into its place.
            let html = render_html(&layout, SCREEN) + &report_editor(&layout, &[], Language::Chinese);
            let mut drawn: Vec<String> =
                html.split("data-key=\"").skip(1).map(|rest| rest[..rest.find('"').unwrap()].to_owned()).collect();
            let mut due: Vec<String> =
                layout.fields().iter().filter(|field| field.fixed().is_none()).map(|field| field.key.clone()).collect();
            drawn.sort();
            due.sort();
            assert_eq!(drawn, due, "{}", template.spec().id);
        }
    }
}

#[test]
fn paper_has_every_text_as_it_was_typed_and_nothing_to_press() {
    for template in templates().values() {
        for mut filing in filings(template) {
            let keys: Vec<String> = Layout::of(template, &filing)
                .fields()
                .iter()
                .filter(|field| field.fixed().is_none() && field.block.place != Place::Prose)
                .map(|field| field.key.clone())
                .collect();
            let typed =
                ["16", "0", "——", "/", "无", "1,234.50", "１２３．４", "<i>&\"x\"</i>", "两行\n文字", "31.03万元"];
            for (at, key) in keys.iter().enumerate() {
                filing.cells.insert(key.clone(), typed[at % typed.len()].to_owned());
            }
            let html = draw(template, &filing, Medium::Paper);
            for text in &typed[..keys.len().min(typed.len())] {
                let escaped =
                    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
                let due = keys.iter().filter(|key| filing.text(key) == *text).count();
                let found = html.matches(&format!(">{escaped}<")).count();
                // Forms print `——` as well.
                assert!(found >= due && due > 0, "{}: {text} stands {found} times of {due}", template.spec().id);
            }
            for forbidden in ["<input", "<button", "<textarea", "data-key", "style=", "<i>"] {
                assert!(!html.contains(forbidden), "{}: {forbidden} on paper", template.spec().id);
            }
        }
    }
}

#[test]
fn labels_headings_and_fixed_texts_are_on_paper_as_the_template_has_them() {
    for template in templates().values() {
        for filing in filings(template) {
            let layout = Layout::of(template, &filing);
            let html = render_html(&layout, Medium::Paper);
            let spec = template.spec();
            let mut due: Vec<String> = Vec::new();
            let is_report = |sheet: &str| spec.report.as_ref().is_some_and(|report| report.sheet == sheet);
            due.extend(spec.sheets.iter().filter(|s| !is_report(&s.id)).map(|sheet| layout.heading(&sheet.title)));
            for block in spec.blocks.iter().filter(|block| block.place != Place::Prose) {
                if block.place != Place::Line {
                    due.push(layout.heading(&block.title));
                }
                let printed = block.rows.iter().filter(|row| row.id.is_some());
                due.extend(printed.map(|row| layout.heading(&row.label)));
                let headings = block.visible_columns().map(|column| layout.heading(&column.label));
                due.extend(headings.chain(block.heads.iter().cloned()));
                due.extend(block.rows.iter().flat_map(|row| row.fixed.values().cloned()));
            }
            for text in due.iter().filter(|text| !text.is_empty()) {
                assert!(html.contains(text.as_str()), "{}: {text} is not on paper", spec.id);
            }
        }
    }
}

#[test]
fn official_tables_have_their_merged_cells() {
    let templates = templates();
    let template = &templates["zhuzhou-department"];
    let html = draw(template, &filings(template)[2], Medium::Paper);
    for cell in [
        // 附件2: the title beside its heading and its line; buildings and measures likewise.
        ">财政供养人员情况（人）</th><th scope=\"col\" colspan=\"2\">编制数",
        "rowspan=\"2\">楼堂馆所控制情况（2024年完工项目）",
        // 附件3: the title down the side, both splits of the total on one line.
        "rowspan=\"7\"><span>年度预算申请（万元）",
        "rowspan=\"2\"><span>年度总体目标",
        "rowspan=\"14\"><span>绩效指标",
        "rowspan=\"6\">产出指标",
        "rowspan=\"4\">数量指标",
        "colspan=\"6\">总分",
    ] {
        assert!(html.contains(cell), "{cell} is missing in:\n{html}");
    }
    let line = html.split("<tr").find(|line| line.contains("其他资金：")).expect("the line is there");
    assert!(line.contains("27.76"), "the figure stands on the line of its label: {line}");
    let line = html.split("<tr").find(|line| line.contains("政府性基金拨款：")).expect("the line is there");
    assert!(line.contains("项目支出：") && line.contains("381.36"), "both splits stand side by side: {line}");
}
