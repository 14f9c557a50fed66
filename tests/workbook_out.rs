//! Filings as workbooks: every cell in its place, numbers as they were typed, formulas that give what was entered.

#[path = "support/book.rs"]
mod book;
mod support;

use std::collections::{BTreeMap, BTreeSet};

use book::{Book, address, needs};
use calamine::Data;
use gouji::engine::amount::{Entry, read_amount};
use gouji::engine::edit::Edit;
use gouji::engine::evaluate;
use gouji::engine::evaluation::Stage;
use gouji::engine::layout::{Field, Layout};
use gouji::engine::submission::{Note, Submission};
use gouji::engine::template::Template;
use gouji::engine::template::spec::{BlockSpec, ColumnKind};
use gouji::exchange::office::drawn::{LineKind, Piece, sheets};
use gouji::exchange::office::open::open;
use gouji::exchange::office::workbook_out::{self, LONGEST_TEXT, Unwritable};
use gouji::exchange::{json, text};
use gouji::words::{Language, workbook};
use proptest::prelude::*;
use rust_decimal::Decimal;
use support::{case_folders, read_case, templates};

fn sample() -> (Template, Submission) {
    let template = gouji::built_in_template(gouji::SAMPLES[0].0).expect("the sample's form is built in");
    let sample = json::read(gouji::SAMPLES[0].1, &template).expect("the sample is sound");
    (template, sample)
}

fn sample_with(changes: &[(&str, &str)]) -> (Template, Submission) {
    let (template, mut sample) = sample();
    for (key, text) in changes {
        match text.is_empty() {
            true => drop(sample.cells.remove(*key)),
            false => drop(sample.cells.insert((*key).to_owned(), (*text).to_owned())),
        }
    }
    (template, sample)
}

fn written(template: &Template, submission: &Submission) -> Vec<u8> {
    let layout = Layout::of(template, submission);
    let evaluation = evaluate(template, submission, Stage::Final);
    let lists = [workbook::findings, workbook::relations].map(|list| list(&layout, &evaluation, Language::Chinese));
    workbook_out::write(&layout, &lists).expect("the workbook is written")
}

fn book(template: &Template, submission: &Submission) -> Book {
    Book::read(written(template, submission))
}

// ---- the sheets

/// Walks through the drawing as a person reads it, a row of it a row of the sheet.
#[test]
fn every_cell_of_the_form_stands_where_the_drawing_has_it() {
    let (template, sample) = sample();
    let layout = Layout::of(&template, &sample);
    let book = book(&template, &sample);
    assert_eq!(book.names, ["基础数据表", "自评表", "审核结果", "勾稽关系"]);
    let mut figures = 0;
    for (sheet, name) in sheets(&layout).iter().zip(&book.names) {
        let mut row = 0;
        for piece in &sheet.pieces {
            match piece {
                Piece::Line(line) => {
                    let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
                    let found: String =
                        ('A'..='I').map(|column| book.text(name, &format!("{column}{}", row + 1))).collect();
                    assert_eq!(found, text, "{name} {row}");
                    assert!(line.kind != LineKind::Fields || book.text(name, &address(row, 0)) == "填表人：某某");
                    row += 1;
                }
                Piece::Table(table) => {
                    let mut covered = vec![0; table.widths.len()];
                    for cells in &table.rows {
                        let mut column = 0;
                        for cell in cells {
                            while covered[column] > 0 {
                                column += 1;
                            }
                            let (at, text) = (address(row, column), cell.text());
                            let found = book.value(name, &at);
                            match found {
                                Some(Data::Float(number)) => {
                                    figures += 1;
                                    let typed = text.strip_suffix('%').unwrap_or(&text);
                                    let mut typed: Decimal = typed.parse().expect("a number");
                                    if text.ends_with('%') {
                                        typed /= Decimal::ONE_HUNDRED;
                                    }
                                    let number: Decimal = number.to_string().parse().expect("a decimal");
                                    assert_eq!(number, typed, "{name} {at}");
                                }
                                _ => assert_eq!(book.text(name, &at), text, "{name} {at}"),
                            }
                            covered[column..column + cell.columns].fill(cell.rows);
                            column += cell.columns;
                        }
                        covered.iter_mut().for_each(|rows| *rows -= 1);
                        row += 1;
                    }
                }
            }
        }
    }
    // 29 in 附件2, 13 in the upper part of 附件3, two in each of 12 rows of indicators, two totals.
    assert_eq!(figures, 68);
}

/// Worked out from the rows of the form: 三公经费 is the sum of 1、2、3 and not of the 其中 of 1; a heading of 专项资金 that is
/// blank stands for its funds; 年初预算数 adds 基本支出 and 项目支出 of the other sheet.
#[test]
fn totals_and_rates_of_the_sample_are_formulas() {
    let (template, sample) = sample();
    let book = book(&template, &sample);
    assert_eq!(
        book.formulas_of("基础数据表"),
        BTreeMap::from([
            ("F4", "ROUND(D4/B4,2)"),
            ("B6", "SUM(B7,B10:B11)"),
            ("D6", "SUM(D7,D10:D11)"),
            ("F6", "SUM(F7,F10:F11)"),
            ("B12", "SUM(B13:B15,B17)"),
            ("D12", "SUM(D13:D15,D17)"),
            ("F12", "SUM(F13:F15,F17)"),
        ])
    );
    assert_eq!(
        book.formulas_of("自评表"),
        BTreeMap::from([
            ("D5", "SUM('基础数据表'!D12,'基础数据表'!D23)"),
            ("H5", "ROUND(F5/E5,2)"),
            ("E6", "SUM(E7:E10)"),
            ("I6", "SUM(I7:I8)"),
            ("I8", "'基础数据表'!F12"),
            ("H28", "SUM(H14:H27,I5)"),
        ])
    );
    // What the file says until it is calculated anew.
    assert_eq!(book.text("基础数据表", "F12"), "381.36");
    assert_eq!(book.text("自评表", "H28"), "97");
}

#[test]
fn what_does_not_agree_stays_as_it_was_entered() {
    let (template, wrong) = sample_with(&[
        ("funds.three_public.final", "0.5"),
        // Equals neither its parts nor anything else; the total of the incomes is wrong by it, too.
        ("income.other.amount", "72.76"),
        ("staff.all.rate", "99%"),
        ("totals.all.opening", "476.75"),
    ]);
    let book = book(&template, &wrong);
    assert_eq!(book.text("基础数据表", "F6"), "0.5");
    assert_eq!(book.text("基础数据表", "F4"), "0.99");
    assert_eq!(book.text("自评表", "E6"), "642.01");
    let base: Vec<&str> = book.formulas_of("基础数据表").into_keys().collect();
    assert_eq!(base, ["B12", "B6", "D12", "D6", "F12"]);
    let own: Vec<&str> = book.formulas_of("自评表").into_keys().collect();
    assert_eq!(own, ["H28", "H5", "I6", "I8"]);
}

#[test]
fn parts_with_more_decimals_are_rounded_like_their_total() {
    let (template, filing) = sample_with(&[("funds.reception.final", "0.604"), ("totals.all.rate", "100.00")]);
    let book = book(&template, &filing);
    assert_eq!(book.formulas_of("基础数据表")["F6"], "ROUND(SUM(F7,F10:F11),1)");
    // Typed without its sign, the rate stays a hundred.
    assert_eq!(book.formulas_of("自评表")["H5"], "ROUND(F5/E5*100,2)");
    assert_eq!(book.text("自评表", "H5"), "100");
}

#[test]
fn blank_cells_stay_blank_and_texts_stay_texts() {
    let texts = [
        ("funds.reception.prior", "=1+1"),
        ("funds.abroad.final", "——"),
        ("funds.office.prior", "/"),
        ("funds.office.budget", "无"),
        ("funds.office.final", "@SUM(A1)"),
        ("funds.utilities_travel.prior", "+5"),
        ("funds.utilities_travel.budget", "-"),
        ("funds.utilities_travel.final", "１６"),
        ("funds.public.prior", "31.03万元"),
        ("funds.public.budget", "007"),
        ("thrift.all.text", "=HYPERLINK(\"http://example.org\")"),
        ("funds.public.final", ""),
    ];
    let (template, filing) = sample_with(&texts);
    let book = book(&template, &filing);
    let at = ["B11", "F10", "B19", "D19", "F19", "B20", "D20", "F20", "B18", "D18", "B26"];
    for ((key, text), at) in texts.iter().zip(at) {
        assert_eq!(book.value("基础数据表", at), Some(&Data::String((*text).to_owned())), "{key}");
    }
    assert_eq!(book.text("基础数据表", "F18"), "");
    assert!(!book.formulas.values().any(|formula| formula.contains("1+1") || formula.contains("HYPERLINK")));
    // A text counts nothing in a sum, so the total is no formula any more.
    assert!(!book.formulas_of("基础数据表").contains_key("B6"));
    assert!(book.formulas_of("基础数据表").contains_key("F6"), "—— is nothing in a sum");
}

#[test]
fn a_total_of_blanks_is_no_formula() {
    let template = gouji::built_in_template("zhuzhou-department").expect("built in");
    let mut blank = Submission::blank(&template, "blank");
    blank.cells.insert("funds.three_public.final".to_owned(), "0".to_owned());
    let book = book(&template, &blank);
    assert_eq!(book.formulas, BTreeMap::new());
    assert_eq!(book.text("基础数据表", "F6"), "0");
}

#[test]
fn merged_cells_and_single_ones_cover_the_tables() {
    for (template, filing) in filings() {
        let book = book(&template, &filing);
        let count = sheets(&Layout::of(&template, &filing)).len();
        for number in 1..=count {
            let xml = book.part(&format!("xl/worksheets/sheet{number}.xml"));
            let columns =
                xml.split("<col ").skip(1).filter_map(|col| attribute(col, "max")?.parse::<usize>().ok()).max();
            let columns = columns.expect("columns");
            let mut merged: BTreeSet<(usize, usize)> = BTreeSet::new();
            for range in xml.split("<mergeCell ").skip(1).filter_map(|cell| attribute(cell, "ref")) {
                let (from, to) = range.split_once(':').expect("a range");
                let place = |at: &str| (at[1..].parse::<usize>().expect("a row"), usize::from(at.as_bytes()[0] - b'A'));
                let ((top, left), (bottom, right)) = (place(from), place(to));
                for row in top..=bottom {
                    for column in left..=right {
                        assert!(merged.insert((row, column)), "{row} {column} is merged twice");
                    }
                }
            }
            for row in xml.split("<row ").skip(1) {
                let row = row.split("</row>").next().expect("a row");
                assert_eq!(row.matches("<c ").count(), columns, "{} {number}: {row}", template.spec().id);
            }
        }
    }
}

fn attribute<'x>(xml: &'x str, name: &str) -> Option<&'x str> {
    let (_, behind) = xml.split_once(&format!("{name}=\""))?;
    behind.split('"').next()
}

#[test]
fn a_text_beyond_what_a_cell_can_have_is_refused() {
    let long = "长".repeat(LONGEST_TEXT);
    let (template, filing) = sample_with(&[("goals.all.expected", &long)]);
    assert_eq!(book(&template, &filing).text("自评表", "B12"), long);
    let (template, filing) = sample_with(&[("goals.all.expected", &(long + "了"))]);
    let refused = workbook_out::write(&Layout::of(&template, &filing), &[]);
    assert!(
        matches!(refused, Err(Unwritable::TextTooLong { ref cell, characters: 32_768 }) if cell == "goals.all.expected"),
        "{refused:?}"
    );
}

// ---- the lists

#[test]
fn findings_are_a_list_of_what_to_do() {
    let (template, mut filing) = sample_with(&[("income.other.amount", "72.76")]);
    filing.notes.push(Note {
        code: "J13".to_owned(),
        cells: ["funds.procurement.budget", "funds.public.budget", "funds.projects.budget"].map(str::to_owned).to_vec(),
        values: ["360.02", "20.46", "278.4"].map(str::to_owned).to_vec(),
        text: "含上年结转。".to_owned(),
    });
    let book = book(&template, &filing);
    let row = |number: usize| -> Vec<String> {
        ('A'..='K').map(|column| book.text("审核结果", &format!("{column}{number}"))).collect()
    };
    assert_eq!(book.text("审核结果", "A2"), "有 1 处需要修改。");
    // Five that the figures leave open and the passage that stands twice.
    assert!(book.text("审核结果", "A3").starts_with("强制性 1 项，核实性 6 项（另有 1 项已说明）"));
    let slip = (5..30).map(row).find(|row| row[6].contains("品片")).expect("the words are checked, too");
    assert_eq!((slip[1].as_str(), slip[3].as_str()), ("提示性", "自评表"));
    assert_eq!(row(4)[..6], ["序号", "级别", "编号", "表", "单元格", "现填"]);
    let first = row(5);
    assert_eq!(first[..6], ["1", "强制性", "P01", "自评表", "其他资金", "72.76"]);
    assert_eq!(first[6], "自评表 其他资金 疑似两位数字颠倒：72.76，很可能是 27.76。");
    assert_eq!(first[10], "☐");
    let answered = (5..20).map(row).find(|row| row[2] == "J13").expect("the warning");
    assert_eq!(answered[9], "含上年结转。（已说明）");
    let grouped = (5..20).map(row).find(|row| row[2] == "J14").expect("the warning");
    assert_eq!(grouped[4..6], ["项目支出·2024年决算数等 5 处", ""]);
    let xml = book.part("xl/worksheets/sheet3.xml");
    assert!(xml.contains("<hyperlink ref=\"E5\" location=\"'自评表'!E10\""), "{xml}");
    assert!(xml.contains("<autoFilter ref=\"A4:K"), "{xml}");
}

#[test]
fn a_sound_filing_says_so() {
    let (template, sample) = sample();
    assert_eq!(book(&template, &sample).text("审核结果", "A2"), "没有必须修改的地方。");
    let layout = Layout::of(&template, &sample);
    let evaluation = evaluate(&template, &sample, Stage::Final);
    let list = workbook::findings(&layout, &evaluation, Language::English);
    let alone = Book::read(workbook_out::write_lists(&layout, &[list]).expect("written"));
    assert_eq!(alone.names, ["Findings"]);
    assert_eq!(alone.text("Findings", "A2"), "Nothing has to be changed.");
    assert_eq!(alone.text("Findings", "E5"), "项目支出·2024年决算数 and others, 5 in all");
}

#[test]
fn every_relation_is_listed_with_its_state() {
    let (template, filing) = sample_with(&[("income.other.amount", "72.76")]);
    let book = book(&template, &filing);
    let rows: Vec<Vec<String>> = (4..200)
        .map(|row| ('A'..='J').map(|column| book.text("勾稽关系", &format!("{column}{row}"))).collect())
        .collect();
    for relation in &template.spec().relations {
        assert!(rows.iter().any(|row| row[0] == relation.code), "{}", relation.code);
    }
    let of = |code: &str| rows.iter().find(|row| row[0] == code).expect("listed").clone();
    let wrong = of("P01");
    assert_eq!(
        wrong[..8],
        [
            "P01",
            "强制性",
            "按收入性质分合计 ＝ 一般公共预算 ＋ 政府性基金拨款 ＋ 纳入专户管理的非税收入拨款 ＋ 其他资金",
            "按收入性质分合计",
            "不符",
            "642.01",
            "687.01",
            "-45",
        ]
    );
    // A limit has no difference, a blank row no figures.
    assert_eq!(of("J05")[3..8], ["公用经费·2023年决算数", "相符", "25.1", "10.75", ""]);
    assert_eq!(of("J02")[3..8], ["2023年决算数、2024年预算数、2024年决算数", "未填", "", "", ""]);
    assert_eq!(of("J04")[4..8], ["可计算", "", "222.21", ""]);
}

// ---- properties

#[test]
fn the_same_filing_gives_the_same_bytes() {
    for (template, filing) in filings() {
        assert!(written(&template, &filing) == written(&template, &filing));
    }
    let (template, sample) = sample();
    let properties = book(&template, &sample).part("docProps/core.xml");
    assert!(properties.contains("<dc:creator></dc:creator>") && properties.contains("2000-01-01T00:00:00Z"));
}

/// A blank filing of each form, and those that the golden cases start from.
fn filings() -> Vec<(Template, Submission)> {
    let mut filings: Vec<(Template, Submission)> = Vec::new();
    for (_, template) in templates() {
        let blank = Submission::blank(&template, "blank");
        filings.push((template, blank));
    }
    for (id, folder) in case_folders() {
        if folder.join("submission.json").exists() {
            let template = templates().remove(&id).expect("a template");
            let case = read_case(&template, &folder).expect("a case");
            filings.push((template, case.submission));
        }
    }
    filings
}

/// Each formula gives what stands in its cell, and none needs itself.
fn hold_formulas(template: &Template, filing: &Submission) -> usize {
    let book = book(template, filing);
    for ((sheet, at), formula) in &book.formulas {
        let entered = book.number(sheet, at).expect("a formula has its result");
        let calculated = book.calculate(sheet, formula);
        assert_eq!(calculated, entered, "{sheet} {at}: {formula}");
        let mut open = vec![(sheet.clone(), at.clone())];
        let mut seen = BTreeSet::new();
        while let Some(cell) = open.pop() {
            let Some(formula) = book.formulas.get(&cell) else { continue };
            for need in needs(&book, &cell.0, formula) {
                assert!(need != (sheet.clone(), at.clone()), "{sheet} {at} needs itself: {formula}");
                if seen.insert(need.clone()) {
                    open.push(need);
                }
            }
        }
    }
    book.formulas.len()
}

#[test]
fn formulas_of_sound_filings_give_what_was_entered() {
    let found: Vec<(String, usize)> = filings()
        .iter()
        .map(|(template, filing)| (template.spec().id.clone(), hold_formulas(template, filing)))
        .filter(|(_, count)| *count > 0)
        .collect();
    let forms: BTreeSet<&str> = found.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(
        forms.into_iter().collect::<Vec<_>>(),
        ["hunan-base-2018", "linear-kinds", "project-expenditure", "scoring-kinds", "zhuzhou-department"]
    );
}

/// What stands in the tables, by place and not by the id of a row; figures as their values, since a number has no zeros at
/// its end.
fn in_tables(template: &Template, filing: &Submission) -> BTreeMap<String, String> {
    let layout = Layout::of(template, filing);
    let prose = template.spec().report.as_ref().map(|report| report.sheet.as_str());
    let fields = layout.indexed().filter(|(_, field)| Some(field.block.sheet.as_str()) != prose);
    fields
        .filter(|(at, field)| field.fixed().is_none() && !layout.text(*at).trim().is_empty())
        .map(|(at, field)| {
            let row = field.row.group.as_ref().map(|group| format!("{group}#{}", field.position));
            let place = [&field.block.id, row.as_deref().unwrap_or(field.row_id()), &field.column.id].join(".");
            let measure = field.column.kind.measure();
            let text = match measure.map(|measure| read_amount(layout.text(at), measure)) {
                Some(Entry::Number(amount)) => amount.value.normalize().to_string(),
                _ => layout.text(at).to_owned(),
            };
            (place, text)
        })
        .collect()
}

#[track_caller]
fn hold_reading(template: &Template, filing: &Submission) {
    let opened = open(&written(template, filing)).expect("a workbook opens");
    let (read, _) = text::read(template, &opened.text).expect("the workbook is read");
    let (written, read) = (in_tables(template, filing), in_tables(template, &read));
    let lost: Vec<_> = written.iter().filter(|(place, text)| read.get(*place) != Some(text)).collect();
    let found: Vec<_> = read.iter().filter(|(place, text)| written.get(*place) != Some(text)).collect();
    assert!(lost.is_empty() && found.is_empty(), "lost {lost:?}\nfound {found:?}\nin\n{}", opened.text);
}

#[test]
fn a_workbook_is_read_back_as_it_was_filled() {
    let (template, sample) = sample();
    hold_reading(&template, &sample);
    for (template, filing) in filings().iter().filter(|(template, _)| READ.contains(&template.spec().id.as_str())) {
        if !filing.cells.is_empty() && filing.draft_id != "blank" {
            hold_reading(template, filing);
        }
    }
}

/// The forms whose tables the reader of texts knows.
const READ: [&str; 2] = ["zhuzhou-department", "hunan-base-2018"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    /// Few figures, so that many relations hold by chance, and texts that are none.
    #[test]
    fn formulas_never_turn_in_circles_nor_change_what_was_entered(
        seeds in prop::collection::vec(0_usize..12, 400),
        rows in prop::collection::vec(0_usize..3, 20),
    ) {
        let texts = ["0", "0", "0", "1", "1", "2", "1.0", "100%", "100", "", "——", "=0"];
        for template in templates().values() {
            let mut filing = Submission::blank(template, "random");
            filing.groups.clear();
            let groups = template.spec().blocks.iter().flat_map(|block| &block.rows).filter_map(|row| row.group.as_ref());
            for (group, count) in groups.zip(&rows) {
                for _ in 0..*count {
                    Edit::add_row(&mut filing, group, None).apply(&mut filing);
                }
            }
            let keys: Vec<String> =
                Layout::of(template, &filing).fields().iter().filter(|field| field.fixed().is_none()).map(|field| field.key.clone()).collect();
            for (key, seed) in keys.into_iter().zip(seeds.iter().cycle()) {
                if !texts[*seed].is_empty() {
                    filing.cells.insert(key, texts[*seed].to_owned());
                }
            }
            hold_formulas(template, &filing);
        }
    }

    /// Any figures, blanks among them, any number of rows: the same stands in the tables that are read from the workbook.
    #[test]
    fn random_figures_are_read_back(
        figures in prop::collection::vec(0_i64..2_000_000, 300),
        rows in prop::collection::vec(1_usize..4, 20),
    ) {
        for id in READ {
            let template = gouji::built_in_template(id).expect("built in");
            let mut filing = Submission::blank(&template, "random");
            filing.groups.clear();
            // Of rows without names, such as finished buildings, the reader knows the first.
            let is_named = |block: &BlockSpec| block.columns.iter().any(|column| column.kind == ColumnKind::Name);
            let blocks = template.spec().blocks.iter();
            let groups = blocks.flat_map(|block| block.rows.iter().map(move |row| (row.group.as_ref(), is_named(block))));
            for ((group, is_named), count) in groups.zip(rows.iter().cycle()) {
                let Some(group) = group else { continue };
                let count = if is_named { *count } else { 1 };
                for _ in 0..count {
                    Edit::add_row(&mut filing, group, None).apply(&mut filing);
                }
            }
            let cells: BTreeMap<String, String> = {
                let layout = Layout::of(&template, &filing);
                let fields = layout.fields().iter().filter(|field| field.fixed().is_none());
                let is_first = |field: &Field<'_>| {
                    let first = field.block.columns.iter().find(|column| column.kind.measure().is_some());
                    field.added.is_some() && first.is_some_and(|first| first.id == field.column.id)
                };
                fields
                    .zip(figures.iter().cycle())
                    .filter_map(|(field, figure)| {
                        let text = match field.column.kind {
                            // A row without a name is none for the reader.
                            ColumnKind::Name => format!("名称{}", field.position),
                            ColumnKind::Quantity => format!("≥{}场", figure % 100),
                            ColumnKind::Text | ColumnKind::LongText if figure % 2 == 0 => return None,
                            ColumnKind::Text | ColumnKind::LongText => format!("文字，第{}段。", field.position),
                            // A name without any figure is one that the form itself prints, for the reader.
                            _ if figure % 5 == 0 && !is_first(field) => return None,
                            ColumnKind::Count => (figure % 100).to_string(),
                            ColumnKind::Percent => format!("{}%", Decimal::new(figure % 20_000, 2)),
                            _ => Decimal::new(*figure, u32::try_from(figure % 3).expect("small")).to_string(),
                        };
                        Some((field.key.clone(), text))
                    })
                    .collect()
            };
            // What a new filing begins with, such as 100 points in all, the reader begins with, too.
            let presets = Submission::blank(&template, "random").cells;
            filing.cells = cells.into_iter().chain(presets).collect();
            hold_reading(&template, &filing);
        }
    }
}
