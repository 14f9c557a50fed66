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
    assert!(error.contains("不完整或已损坏"), "{error}");
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

#[test]
fn english_sentences_are_english() {
    let (out, _) = ends_with(&gouji(&["check", "--language", "en", SAMPLE]), 0);
    assert!(out.contains("0 errors, 6 to verify (0 more answered), 3 notes"), "{out}");
    assert!(out.contains("[To verify J14] 5 lines were spent above budget."), "{out}");
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
        "项目支出绩效自评（2022年度）：强制性 4，核实性 2",
        "[强制性 X01] 年度资金总额·全年执行数应为 89.974，现填 0.00，少 89.974。",
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
    assert!(error.contains("tests/templates/faulty.toml: 60 faults"), "{error}");
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
