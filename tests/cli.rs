//! The command line as a script sees it: what it prints and the status it ends with.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const SAMPLE: &str = "tests/cases/zhuzhou-department/lusong-2024/submission.json";
const BALANCED: &str = "tests/cases/zhuzhou-department/balanced/submission.json";

fn gouji(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output().expect("the program runs")
}

#[track_caller]
fn ends_with(output: &Output, status: i32) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let (out, error) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(status), "{out}{error}");
    (out, error)
}

/// A file that is gone when the test ends.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::write(&path, bytes).expect("a scratch file");
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("a path in UTF-8")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn balanced_with(name: &str, cell: &str, text: &str) -> Scratch {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(BALANCED);
    let mut file: Value = serde_json::from_str(&fs::read_to_string(path).expect("a filing")).expect("JSON");
    file["cells"][cell] = text.into();
    Scratch::new(name, file.to_string())
}

/// It breaks no relation, so nothing but the column beside it tells.
#[test]
fn a_column_in_yuan_is_told() {
    let mut file: Value = serde_json::from_str(&fs::read_to_string(SAMPLE).expect("a filing")).expect("JSON");
    for (row, text) in [
        ("three_public", "1400"),
        ("reception", "1400"),
        ("projects", "2222100"),
        ("r2", "2222100"),
        ("public", "251000"),
        ("office", "74700"),
        ("utilities_travel", "32800"),
    ] {
        file["cells"][format!("funds.{row}.prior")] = text.into();
    }
    let scratch = Scratch::new("column-in-yuan.json", file.to_string());
    let (out, _) = ends_with(&gouji(&["check", scratch.path()]), 0);
    for piece in [
        "[核实性 N04] “2023年决算数”一列疑似按“元”填列（本表单位：万元），共 7 个数。",
        "对照原件核对：确是按“元”填的，每个数除以 10000。",
    ] {
        assert!(out.contains(piece), "{piece}: {out}");
    }
}

#[test]
fn a_filing_without_errors_ends_with_zero() {
    let (out, error) = ends_with(&gouji(&["check", SAMPLE]), 0);
    assert!(error.is_empty());
    assert!(out.contains("强制性 0，核实性 6（另有 0 项已说明），提示性 3；总分 97，优；按规则测算 93.07"), "{out}");
    for piece in [
        "[核实性 J13] 政府采购金额·2024年预算数 360.02，大于公用经费、项目支出之和 298.86，超出 61.16。",
        "[核实性 J14] 5 项决算数超过预算数。",
        "水费、电费、差旅费 1.22 ÷ 0.50 ＝ 244.00%（公用经费的其中项）",
        "[核实性 P16] 预算调整率 34.67%，超过 20%。",
        "[核实性 S05] 5 项指标值未量化。",
        "[核实性 S09] 整体支出·得分 17 与按规则测算的 13.07 或 14.85 不一致。",
        "[提示性 J16] 1 项有决算数而没有预算数。",
    ] {
        assert!(out.contains(piece), "{piece}\n{out}");
    }
}

#[test]
fn a_filing_with_errors_ends_with_one() {
    let wrong = balanced_with("with-errors.json", "income.other.amount", "9");
    let (out, _) = ends_with(&gouji(&["check", wrong.path()]), 1);
    assert!(out.contains("[强制性 P01] 按收入性质分合计应为 301.00，现填 300.00，少 1.00。"), "{out}");
    assert!(out.contains("一般公共预算 280.00 ＋ 政府性基金拨款 12.00"), "{out}");
}

#[test]
fn a_file_that_cannot_be_read_ends_with_two() {
    let broken = Scratch::new("broken.json", "{");
    let gbk = Scratch::new("gbk.json", b"{\"\xb9\xb4\xbb\xfc\"}");
    for file in [broken.path(), gbk.path()] {
        let (out, error) = ends_with(&gouji(&["check", file]), 2);
        assert!(out.is_empty());
        assert!(error.contains("文件内容不完整或已损坏"), "{error}");
    }
    let (_, error) = ends_with(&gouji(&["check", "nowhere.json"]), 2);
    assert!(error.starts_with("nowhere.json: "), "{error}");
    let (_, error) = ends_with(&gouji(&["check", "Cargo.toml"]), 2);
    assert!(error.contains("没有找到自评表的数字"), "{error}");
}

#[test]
fn a_file_too_large_is_refused_without_being_read_whole() {
    let large = Scratch::new("large.json", "勾".repeat(2 * 1024 * 1024));
    let (_, error) = ends_with(&gouji(&["check", large.path()]), 2);
    assert!(error.contains("文件太大"), "{error}");
}

#[test]
fn of_several_files_each_is_told_and_the_worst_decides() {
    let wrong = balanced_with("of-several.json", "income.other.amount", "9");
    let (out, _) = ends_with(&gouji(&["check", BALANCED, wrong.path(), SAMPLE]), 1);
    for name in [BALANCED, wrong.path(), SAMPLE] {
        assert!(out.lines().any(|line| line == name), "{name}\n{out}");
    }
    let (out, error) = ends_with(&gouji(&["check", "nowhere.json", wrong.path(), BALANCED]), 2);
    assert!(out.contains(BALANCED) && error.contains("nowhere.json"), "one bad file does not stop the others");
}

#[test]
fn json_is_one_evaluation_a_line() {
    let (out, _) = ends_with(&gouji(&["check", "--format", "json", SAMPLE, BALANCED]), 0);
    let lines: Vec<Value> =
        out.lines().map(|line| serde_json::from_str(line).expect("one JSON value a line")).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["format"], "gouji-evaluation");
    assert_eq!(lines[0]["version"], 1);
    assert_eq!(lines[0]["stage"], "final");
    assert_eq!(lines[0]["counts"]["warnings"], 6);
    assert_eq!(lines[0]["scores"]["total"], "97", "figures are texts");
    assert_eq!(lines[0]["template"]["id"], "zhuzhou-department");
    assert_eq!(lines[1]["findings"], Value::Array(vec![]));
}

#[test]
fn draft_asks_for_nothing_that_may_still_come() {
    let short = balanced_with("short.json", "income.fund.amount", "");
    ends_with(&gouji(&["check", short.path()]), 1);
    ends_with(&gouji(&["check", "--stage", "draft", short.path()]), 0);
}

// ---- texts

const DOCUMENT: &str = "tests/documents/lusong-2024.txt";

fn document() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(DOCUMENT)).expect("the document")
}

/// The document with one of its passages changed, which stands in it once.
fn document_with(name: &str, passage: &str, changed: &str) -> Scratch {
    let document = document();
    assert_eq!(document.matches(passage).count(), 1, "{passage}");
    Scratch::new(name, document.replace(passage, changed))
}

#[track_caller]
fn says(out: &str, pieces: &[&str]) {
    for piece in pieces {
        assert!(out.contains(piece), "{piece}\n{out}");
    }
}

#[test]
fn a_text_is_read_and_checked_as_the_filing_that_it_is() {
    let (out, error) = ends_with(&gouji(&["check", DOCUMENT]), 0);
    assert!(error.is_empty());
    let lines: Vec<&str> = out.lines().take(3).collect();
    assert_eq!(
        lines,
        [
            DOCUMENT,
            "从文本读出 111 处数字：表中 72 处，报告中 39 处",
            "部门（单位）整体支出绩效自评（2024年度）：强制性 0，核实性 6（另有 0 项已说明），提示性 3；总分 97，优；按规则测算 93.07",
        ]
    );
    says(
        &out,
        &[
            "[提示性 口径 R20] 自评表 项目支出与自评报告 一般公共预算项目支出口径不同。",
            "可在“口径说明”里写明：附件2、附件3项目支出381.36万元为全部资金口径，比一般公共预算项目支出337.6万元多43.76万元，\
             为政府性基金预算项目支出16万元、国有资本经营预算项目支出27.76万元。",
            "[核实性 J13] 政府采购金额·2024年预算数 360.02",
        ],
    );
    assert!(!out.contains("表文") && !out.contains("多义"), "{out}");
}

#[test]
fn of_report_and_table_that_differ_the_relations_tell_which_is_suspected() {
    // The report says 206.65, and three sums want 260.65.
    let text = document_with("report-wrong.txt", "2024年基本支出合计260.65万元", "2024年基本支出合计206.65万元");
    let (out, _) = ends_with(&gouji(&["check", text.path()]), 0);
    says(
        &out,
        &[
            "[核实性 表文] 基本支出：报告中为 206.65，表中为 260.65。",
            "文中：…经费和公用经费等。2024年基本支出合计⟦206.65⟧万元。其中：",
            "按审核关系，260.65 与其他数相符，这里的 206.65 可能有误。",
        ],
    );
    // The table says 206.65, and the report what the sums want.
    let text = document_with("table-wrong.txt", "其中：基本支出：260.65", "其中：基本支出：206.65");
    let (out, _) = ends_with(&gouji(&["check", text.path()]), 1);
    says(
        &out,
        &[
            "[核实性 表文] 基本支出：报告中为 260.65，表中为 206.65。",
            "按审核关系，这里的 260.65 与其他数相符，206.65 可能有误。",
            "[强制性 P02]",
        ],
    );
}

#[test]
fn a_figure_that_may_be_several_cells_is_told_and_not_entered() {
    let text = Scratch::new("several.txt", "2024年收入5万元，\u{202e}其中：人员经费3万元，公用经费2万元。");
    let (out, _) = ends_with(&gouji(&["check", "--stage", "draft", text.path()]), 0);
    says(
        &out,
        &[
            "从文本读出 3 处数字：表中 0 处，报告中 3 处；其中 1 处可能属于几个单元格，没有填入",
            "[核实性 多义] “5”可能是：自评报告 一般公共预算收入、自评报告 政府性基金预算收入、",
            "文中：2024年收入⟦5⟧万元，\u{fffd}其中：人员经…",
            "核实后自行填入。",
        ],
    );
    assert!(!out.contains('\u{202e}'), "what turns the direction of writing is shown");
}

#[test]
fn a_text_as_json_comes_with_what_was_read() {
    let text = document_with("as-json.txt", "2024年基本支出合计260.65万元", "2024年基本支出合计206.65万元");
    let (out, _) = ends_with(&gouji(&["check", "--format", "json", text.path(), BALANCED]), 0);
    let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines[0]["evaluation"]["counts"]["errors"], 0);
    assert_eq!(lines[0]["reading"]["year"], 2024);
    let links = lines[0]["reading"]["links"].as_array().expect("links");
    let standing = lines[0]["standing"].as_array().expect("their standing");
    assert_eq!(links.len(), standing.len());
    let at = standing.iter().position(|standing| standing["differs"] == "text").expect("the changed figure");
    assert_eq!((&links[at]["value"], &links[at]["cells"][0]), (&"206.65".into(), &"use.basic.amount".into()));
    let place = |end: &str| usize::try_from(links[at]["at"][end].as_u64().expect("a place")).expect("a small number");
    let text = lines[0]["text"].as_str().expect("the text");
    assert_eq!(&text[place("start")..place("end")], "206.65");
    // An exported filing is an evaluation as ever.
    assert_eq!(lines[1]["format"], "gouji-evaluation");
}

#[test]
fn html_is_read_as_its_text() {
    let escaped = document().replace('&', "&amp;").replace('<', "&lt;");
    let mut html = "<html><head><style>p { margin: 1pt }</style></head><body>".to_owned();
    let mut rows = escaped.split("\n\t");
    for line in rows.next().unwrap_or_default().lines() {
        html += &format!("<p class=MsoNormal>{line}<o:p></o:p></p>\r\n");
    }
    // The cells of the tables, and what stands between them.
    html += "<table><tr>";
    for piece in rows {
        let (cell, behind) = piece.split_once("\n\n").map_or((piece, None), |(cell, behind)| (cell, Some(behind)));
        html += &format!("<td><p class=MsoNormal>{}</p></td>", if cell.is_empty() { "&nbsp;" } else { cell });
        match behind {
            Some("") | None => {}
            Some(between) => {
                let between: Vec<String> = between.lines().map(|line| format!("<p>{line}</p>")).collect();
                html += &format!("</tr></table>{}<table><tr>", between.concat());
            }
        }
    }
    html += "</tr></table></body></html>";
    let file = Scratch::new("word.htm", &html);
    let (out, _) = ends_with(&gouji(&["check", file.path()]), 0);
    says(
        &out,
        &[
            "从文本读出 111 处数字：表中 72 处，报告中 39 处",
            "强制性 0，核实性 6（另有 0 项已说明），提示性 3；总分 97，优",
        ],
    );
}

#[test]
fn a_text_in_the_encoding_of_chinese_programs_is_read_like_any_other() {
    let text = document();
    let (gbk, ..) = encoding_rs::GB18030.encode(&text);
    let utf_16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [("document-gbk.txt", gbk.as_ref()), ("document-utf-16.txt", &utf_16)] {
        let file = Scratch::new(name, bytes);
        let (out, _) = ends_with(&gouji(&["check", file.path()]), 0);
        says(&out, &["从文本读出 111 处数字：表中 72 处，报告中 39 处"]);
    }
}

#[test]
fn a_text_without_a_figure_or_without_letters_is_refused() {
    for (name, bytes, said, in_english) in [
        (
            "none.txt",
            "今天天气很好。\n共 3 人。".as_bytes(),
            "文本里没有找到自评表的数字",
            "No figure of the form was found",
        ),
        ("empty.txt", b"", "文件里没有文字", "no text in the file"),
        ("no-text.txt", b"\xd6\xa7\0\xff\xff", "不是本程序能读的文件", "no file that this program can read"),
        ("large.txt", "支".repeat(2 * 1024 * 1024).as_bytes(), "文本太大（6 MB）", "too large (6 MB)"),
    ] {
        let file = Scratch::new(name, bytes);
        let (out, error) = ends_with(&gouji(&["check", file.path()]), 2);
        assert!(out.is_empty() && error.contains(said), "{name}: {error}");
        let (_, error) = ends_with(&gouji(&["check", "--language", "en", file.path()]), 2);
        assert!(error.contains(in_english), "{name}: {error}");
    }
}

#[test]
fn a_file_is_a_text_by_its_name_or_by_how_it_begins() {
    let report = "六、资金使用及绩效情况\n（一）整体支出绩效情况\n2024年基本支出合计5万元。";
    let bare = Scratch::new("a-report", format!("\u{feff}{report}"));
    let (out, _) = ends_with(&gouji(&["check", "--stage", "draft", bare.path()]), 0);
    says(&out, &["从文本读出 1 处数字"]);
    let filing = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(BALANCED)).expect("a filing");
    let filing = Scratch::new("a-filing", [" \n".as_bytes(), &filing].concat());
    let (out, _) = ends_with(&gouji(&["check", filing.path()]), 0);
    assert!(!out.contains("从文本读出"), "{out}");
}

#[test]
fn a_text_is_of_the_form_of_which_it_states_most() {
    let base = "附件3\n2018年度部门整体支出绩效评价基础数据表\n三公经费\n5\n6\n7\n";
    let (out, _) = ends_with(&gouji(&["check", "--stage", "draft", Scratch::new("base.txt", base).path()]), 0);
    says(&out, &["从文本读出 3 处数字：表中 3 处，报告中 0 处"]);
    let (out, _) = ends_with(&gouji(&["check", "--template", "templates/zhuzhou-department.toml", DOCUMENT]), 0);
    says(&out, &["部门（单位）整体支出绩效自评（2024年度）"]);
}

#[test]
fn what_is_said_of_a_text_is_said_in_english_too() {
    let text = document_with("english.txt", "2024年基本支出合计260.65万元", "2024年基本支出合计206.65万元");
    let (out, _) = ends_with(&gouji(&["check", "--language", "en", text.path()]), 0);
    says(
        &out,
        &[
            "111 figures were read from the text: 72 in the tables, 39 in the report",
            "[Verify text] 基本支出: 206.65 in the report, 260.65 in the table.",
            "In the text: …经费和公用经费等。2024年基本支出合计⟦206.65⟧万元。其中：",
            "By the relations 260.65 agrees with the other figures; 206.65 here is likely wrong.",
            "[Note scope R20]",
            "count different funds.",
        ],
    );
}

#[test]
fn scopes_of_an_exported_filing_are_told() {
    let filing = "tests/cases/zhuzhou-department/lusong-2024-report/submission.json";
    let (out, _) = ends_with(&gouji(&["check", filing]), 0);
    says(&out, &["[提示性 口径 R20] 自评表 项目支出与自评报告 一般公共预算项目支出口径不同。"]);
}

#[test]
fn english_sentences_are_english() {
    let (out, _) = ends_with(&gouji(&["check", "--language", "en", SAMPLE]), 0);
    assert!(out.contains("0 errors, 6 to verify (0 more answered), 3 notes"), "{out}");
    assert!(out.contains("[Verify J14] 5 lines were spent above budget."), "{out}");
}

#[test]
fn another_template_is_taken_from_its_file() {
    let filing = "tests/cases/linear-kinds/sound/submission.json";
    let (_, error) = ends_with(&gouji(&["check", filing]), 2);
    assert!(error.contains("文件属于另一种表（linear-kinds）"), "{error}");
    let (out, _) = ends_with(&gouji(&["check", "--template", "tests/templates/linear-kinds.toml", filing]), 0);
    assert!(out.contains("测试用表：审核关系（2024年度）：强制性 0，核实性 0"), "{out}");
    assert!(!out.contains("总分"), "a form without points has no line of them: {out}");
}

#[test]
fn a_filing_is_checked_by_the_form_that_it_names() {
    let project = "tests/cases/project-expenditure/tangxi-2022/submission.json";
    let base = "tests/cases/hunan-base-2018/sound/submission.json";
    let (out, _) = ends_with(&gouji(&["check", project, base, BALANCED]), 1);
    for piece in [
        "项目支出绩效自评（2022年度）：强制性 2，核实性 2",
        "[强制性 X01] 年度资金总额·年初预算数 疑似漏填：0.00，很可能是 90.00。",
        "[核实性 X17] 年度总体目标·实际完成情况写明的总额 89.97 与“其中”各项之和 89.99 不一致，少 0.02。",
        "部门整体支出绩效评价基础数据表（2018年度）：强制性 0，核实性 0",
        "部门（单位）整体支出绩效自评（2024年度）：强制性 0，核实性 0",
    ] {
        assert!(out.contains(piece), "{piece}\n{out}");
    }
}

#[test]
fn a_template_with_faults_is_not_used() {
    let (_, error) = ends_with(&gouji(&["check", "--template", "tests/templates/faulty.toml", SAMPLE]), 2);
    assert!(error.contains("tests/templates/faulty.toml: 72 faults"), "{error}");
}

#[test]
fn template_lists_faults_or_names_the_sound() {
    let sound = "templates/zhuzhou-department.toml";
    let (out, _) = ends_with(&gouji(&["template", sound]), 0);
    assert_eq!(out, format!("{sound}: zhuzhou-department 2024.1\n"));
    let (_, error) = ends_with(&gouji(&["template", sound, "tests/templates/faulty.toml"]), 2);
    assert!(error.contains("line 9: colour: unknown key `colour`"), "{error}");
}

#[test]
fn wrong_usage_ends_with_two() {
    ends_with(&gouji(&[]), 2);
    ends_with(&gouji(&["check"]), 2);
    ends_with(&gouji(&["check", "--stage", "never", SAMPLE]), 2);
}

// ---- convert

/// A file that is to be written, gone before and after the test.
fn target(name: &str) -> Scratch {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_file(&path);
    Scratch(path)
}

const REPORT: &str = "tests/cases/zhuzhou-department/lusong-2024-report/submission.json";

#[test]
fn a_filing_is_converted_by_the_name_of_the_new_file() {
    for (name, begins) in [("out.json", "{\n"), ("out.txt", "2024年度"), ("out.docx", "PK"), ("out.xlsx", "PK")] {
        let file = target(name);
        let (out, error) = ends_with(&gouji(&["convert", REPORT, file.path()]), 0);
        assert!(error.is_empty());
        says(&out, &[&format!("已写入 {}", file.path()), "强制性 0，核实性 6"]);
        assert!(fs::read(file.path()).expect("written").starts_with(begins.as_bytes()), "{name}");
    }
}

#[test]
fn a_converted_text_is_read_as_the_same_filing() {
    let file = target("again.txt");
    ends_with(&gouji(&["convert", REPORT, file.path()]), 0);
    let (of_text, _) = ends_with(&gouji(&["check", file.path()]), 0);
    let (of_filing, _) = ends_with(&gouji(&["check", REPORT]), 0);
    let findings = of_filing.split_once('\n').expect("a line for the file").1;
    for line in findings.lines().filter(|line| line.starts_with('[')) {
        assert!(of_text.contains(line), "{line}\n{of_text}");
    }
}

#[test]
fn nothing_is_written_over_unless_asked_for() {
    let file = Scratch::new("there.xlsx", "mine");
    let (out, error) = ends_with(&gouji(&["convert", REPORT, file.path()]), 2);
    assert!(out.is_empty());
    assert!(error.contains("文件已经存在，没有覆盖"), "{error}");
    assert_eq!(fs::read(file.path()).expect("still there"), b"mine");
    ends_with(&gouji(&["convert", "--force", REPORT, file.path()]), 0);
    assert!(fs::read(file.path()).expect("written").starts_with(b"PK"));
}

#[test]
fn a_filing_with_errors_is_converted_and_told() {
    let wrong = balanced_with("convert-errors.json", "income.other.amount", "9");
    let file = target("with-errors.xlsx");
    let (out, _) = ends_with(&gouji(&["convert", "--language", "en", wrong.path(), file.path()]), 1);
    says(&out, &["wrote ", "1 errors"]);
    assert!(fs::exists(file.path()).expect("a folder"));
}

#[test]
fn what_cannot_be_converted_is_said() {
    for name in ["out.pdf", "out"] {
        let (_, error) = ends_with(&gouji(&["convert", REPORT, name]), 2);
        assert!(error.starts_with(&format!("{name}: 不知道写成什么格式")), "{error}");
    }
    let file = target("never.xlsx");
    let (_, error) = ends_with(&gouji(&["convert", "Cargo.toml", file.path()]), 2);
    assert!(error.starts_with("Cargo.toml: ") && error.contains("没有找到自评表的数字"), "{error}");
    assert!(!fs::exists(file.path()).expect("a folder"));
    let (_, error) = ends_with(&gouji(&["convert", REPORT, "nowhere/out.xlsx"]), 2);
    assert!(error.starts_with("nowhere/out.xlsx: "), "{error}");
}
