//! Submission files: what goes in comes out, and what cannot be opened is refused with one clear sentence.

mod support;

use std::fs;

use gouji::engine::amount::{Entry, Measure, read_amount};
use gouji::engine::submission::{Note, Submission};
use gouji::engine::template::Template;
use gouji::exchange::json::{self, LARGEST, MOST_ROWS, Refusal};
use gouji::words::{Language, refusals};
use serde_json::{Value, json as value};
use support::{root, template, template_files};

fn form() -> Template {
    template(&root().join("templates/zhuzhou-department.toml"))
}

fn sample() -> Value {
    let path = root().join("tests/cases/zhuzhou-department/lusong-2024/submission.json");
    serde_json::from_str(&fs::read_to_string(path).expect("the sample")).expect("the sample is JSON")
}

/// The sample with one change is refused, and both languages say why.
#[track_caller]
fn refused(change: impl FnOnce(&mut Value), expected: Refusal, says: &str) {
    let mut file = sample();
    change(&mut file);
    refused_text(&file.to_string(), expected, says);
}

#[track_caller]
fn refused_text(text: &str, expected: Refusal, says: &str) {
    let refusal = json::read(text, &form()).map(|_| ()).expect_err("this file is refused");
    if let (Refusal::Malformed { .. }, Refusal::Malformed { .. }) = (&refusal, &expected) {
        // The reader's own words, which its next version may change.
    } else {
        assert_eq!(refusal, expected);
    }
    let said = refusals::say(&refusal, Language::Chinese);
    assert!(said.contains(says), "{said}");
    assert!(said.ends_with('。') && !said.contains('{'), "{said}");
    let said = refusals::say(&refusal, Language::English);
    assert!(said.ends_with('.') && !said.contains('{') && said.is_ascii() || said.contains('“'), "{said}");
}

#[test]
fn what_is_written_is_read_again() {
    for path in template_files() {
        let template = template(&path);
        let folder = root().join("tests/cases").join(&template.spec().id);
        for case in fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("a folder's entry").path()) {
            let Ok(text) = fs::read_to_string(case.join("submission.json")) else { continue };
            let submission = json::read(&text, &template).expect("a filing of this template");
            let written = json::write(&submission);
            assert_eq!(written, serde_json::to_string_pretty(&submission).expect("plain texts and numbers"));
            assert_eq!(json::read(&written, &template), Ok(submission));
            assert_eq!(
                written,
                json::write(&json::read(&written, &template).expect("its own file")),
                "written alike twice"
            );
        }
    }
}

#[test]
fn files_are_written_as_others_write_json() {
    let mut submission = Submission::blank(&form(), "a \"draft\"");
    let pretty = |submission: &Submission| serde_json::to_string_pretty(submission).expect("plain texts and numbers");
    assert_eq!(json::write(&submission), pretty(&submission), "where nearly everything is empty");
    let odd: String = (0..0x300).chain(0x2000..0x2100).chain(0x1_f600..0x1_f610).filter_map(char::from_u32).collect();
    submission.year = -1;
    submission.cells.insert("income.fund.amount".to_owned(), odd.clone());
    submission.report.insert("[".to_owned(), "{".to_owned());
    submission.report.insert("]".to_owned(), String::new());
    submission.provenance.insert("[{".to_owned(), "[".to_owned());
    submission.groups.values_mut().flatten().for_each(|row| row.bound = Some("T\\05".to_owned()));
    submission.groups.insert("none".to_owned(), Vec::new());
    let (cells, values) = (vec!["a.b.c".to_owned(), String::new()], Vec::new());
    submission.notes.push(Note { code: "J13".to_owned(), cells, values, text: "一\n二\t三".to_owned() });
    assert_eq!(json::write(&submission), pretty(&submission));
    assert_eq!(json::quoted(&odd), serde_json::to_string(&odd).expect("a text"));
}

#[test]
fn five_kinds_of_nothing_come_back_as_they_were_typed() {
    let form = form();
    let key = "income.fund.amount";
    let not_applicable = ["——", "—", "-", "/", "无"];
    for text in ["0", " 0.00 ", "０", "——", "—", "-", "/", "无"] {
        let mut submission = Submission::blank(&form, "nothing");
        submission.cells.insert(key.to_owned(), text.to_owned());
        let back = json::read(&json::write(&submission), &form).expect("its own file");
        assert_eq!(back.text(key), text);
        let entry = read_amount(text, Measure::Money);
        match not_applicable.contains(&text) {
            true => assert_eq!(entry, Entry::NotApplicable),
            false => assert!(matches!(entry, Entry::Number(amount) if amount.value.is_zero()), "{text}"),
        }
    }
    let blank = json::read(&json::write(&Submission::blank(&form, "nothing")), &form).expect("its own file");
    assert!(!blank.cells.contains_key(key), "a blank cell is absent, not an empty text");
}

#[test]
fn an_empty_text_is_a_blank_cell_and_an_empty_list_a_group_without_rows() {
    let mut file = sample();
    file["cells"]["income.fund.amount"] = value!("");
    file["groups"]["building_projects"] = value!([]);
    let opened = json::read(&file.to_string(), &form()).expect("a filing of the form");
    assert!(!opened.cells.contains_key("income.fund.amount"));
    assert!(!opened.groups.contains_key("building_projects"));
}

#[test]
fn figures_are_texts_and_lose_no_digit() {
    let form = form();
    let mut submission = Submission::blank(&form, "digits");
    submission.cells.insert("income.fund.amount".to_owned(), "1234567890123456.78".to_owned());
    let file = json::write(&submission);
    assert!(file.contains("\"1234567890123456.78\""));
    assert_eq!(json::read(&file, &form), Ok(submission));
}

#[test]
fn a_byte_order_mark_is_no_matter() {
    assert!(json::read(&format!("\u{feff}{}", sample()), &form()).is_ok());
}

#[test]
fn a_broken_file_is_refused_with_its_place() {
    refused_text(
        "{\n  \"format\": ",
        Refusal::Broken { line: 2, column: 12 },
        "不完整或已损坏（第 2 行第 12 个字符处）",
    );
    refused_text("", Refusal::Broken { line: 1, column: 0 }, "不完整或已损坏");
    for opening in ["", "{\"cells\":", "{\"format\":\"gouji-submission\",\"version\":1,\"cells\":"] {
        let nested = format!("{opening}{}", "[".repeat(100_000));
        assert!(json::read(&nested, &form()).is_err(), "no depth breaks the reader");
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    // 勾稽 as GBK.
    assert_eq!(json::text_of(b"{\n\"\xb9\xb4\xbb\xfc\"}".to_vec()), Err(Refusal::Broken { line: 2, column: 2 }));
    assert_eq!(json::text_of("勾稽".as_bytes().to_vec()), Ok("勾稽".to_owned()));
}

#[test]
fn a_file_too_large_is_refused() {
    let text = " ".repeat(LARGEST + 1);
    refused_text(&text, Refusal::TooLarge { bytes: LARGEST + 1 }, "文件太大（5 MB）");
    assert_eq!(json::text_of(text.into_bytes()), Err(Refusal::TooLarge { bytes: LARGEST + 1 }));
}

#[test]
fn other_files_are_refused() {
    for text in
        ["[]", "3", "{}", "{\"format\":\"gouji-evaluation\",\"version\":1}", "{\"format\":\"gouji-submission\"}"]
    {
        refused_text(text, Refusal::NotASubmission, "不是本程序导出的自评表文件");
    }
}

#[test]
fn another_version_is_refused() {
    refused(|file| file["version"] = value!(2), Refusal::LaterVersion { found: 2 }, "文件格式第 2 版，本程序为第 1 版");
    refused(|file| file["version"] = value!(0), Refusal::LaterVersion { found: 0 }, "另一版本");
}

#[test]
fn another_form_and_another_edition_are_refused() {
    refused(
        |file| file["template"]["id"] = value!("changsha"),
        Refusal::OtherTemplate { found: "changsha".to_owned() },
        "属于另一种表（changsha）",
    );
    refused(
        |file| file["template"]["version"] = value!("2019.1"),
        Refusal::OtherEdition { found: "2019.1".to_owned() },
        "另一个版本（2019.1）",
    );
}

#[test]
fn unknown_fields_are_refused_and_not_lost() {
    for change in [
        (|file: &mut Value| file["colour"] = value!("red")) as fn(&mut Value),
        |file| file["template"]["colour"] = value!("red"),
        |file| file["groups"]["quantity"][0]["colour"] = value!("red"),
        |file| file["notes"] = value!([{ "code": "P16", "cells": [], "values": [], "text": "", "colour": "red" }]),
    ] {
        refused(change, Refusal::UnknownField { name: "colour".to_owned() }, "不认识的内容“colour”");
    }
}

#[test]
fn unknown_cells_and_groups_are_refused() {
    for key in ["income.fund.amounts", "funds.r99.final", "income.fund", "", "funds.projects.name"] {
        let change = |file: &mut Value| file["cells"][key] = value!("1");
        refused(change, Refusal::UnknownCell { key: key.to_owned() }, &format!("没有的单元格“{key}”"));
    }
    refused(
        |file| file["groups"]["rows"] = value!([]),
        Refusal::UnknownCell { key: "rows".to_owned() },
        "没有的单元格“rows”",
    );
}

#[test]
fn row_ids_that_were_never_given_out_are_refused() {
    for id in ["r2", "r18", "r99", "r07", "r+4", "x1", "r", "", "r-1", "r4294967296"] {
        let change = |file: &mut Value| file["groups"]["other_projects"] = value!([{ "id": "r1" }, { "id": id }]);
        refused(change, Refusal::RowIds { id: id.to_owned() }, "重复或不连贯");
    }
    refused(
        |file| file["next_row"] = value!(4_294_967_295_u32),
        Refusal::RowIds { id: "r4294967295".to_owned() },
        "重复或不连贯",
    );
}

#[test]
fn more_rows_than_any_filing_has_are_refused() {
    let rows: Vec<Value> = (100..100 + MOST_ROWS).map(|id| value!({ "id": format!("r{id}") })).collect();
    refused(
        |file| {
            file["groups"]["other_projects"] = value!(rows);
            file["next_row"] = value!(9_999);
        },
        Refusal::TooManyRows { rows: MOST_ROWS + 16 },
        "有 2016 个新增行，本程序最多 2000 个",
    );
}

#[test]
fn fields_of_another_type_are_refused() {
    let detail = || Refusal::Malformed { detail: String::new() };
    refused(
        |file| file["year"] = value!("2024"),
        detail(),
        "与格式不符，没有打开（year: expected a whole number, found the text \"2024\"）",
    );
    refused(
        |file| file["cells"]["income.fund.amount"] = value!(16),
        detail(),
        "（cells.income.fund.amount: expected a text, found the number 16）",
    );
    refused(|file| drop(file.as_object_mut().expect("a table").remove("cells")), detail(), "（missing key `cells`）");
    refused(
        |file| file["groups"]["quantity"][0] = value!({ "bound": null }),
        detail(),
        "（groups.quantity[0]: missing key `id`）",
    );
    refused(|file| file["notes"] = value!("none"), detail(), "（notes: expected a list, found the text \"none\"）");
    refused(|file| file["next_row"] = value!(17.5), detail(), "（next_row: expected a whole number, found a number");
    refused(|file| file["next_row"] = value!(-1), detail(), "（next_row: expected a whole number from 0 to 4294967295");
}

#[test]
fn years_at_the_end_of_numbers_are_no_crash() {
    let mut file = sample();
    for year in [i32::MIN, i32::MAX] {
        file["year"] = value!(year);
        let form = form();
        let submission = json::read(&file.to_string(), &form).expect("a year is a number");
        gouji::engine::layout::Layout::of(&form, &submission).label("funds.public.prior");
    }
}
