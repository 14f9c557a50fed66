//! Reading of reports and flattened tables: every labelled text, the sample's document, written reports read back.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use gouji::engine::evaluate;
use gouji::engine::evaluation::Stage;
use gouji::engine::layout::Layout;
use gouji::engine::reading::{Certainty, Link, Reading, Source, Standing, Suspect, Target, adopt, compare, read};
use gouji::engine::relation::State;
use gouji::engine::report::{Blanks, Paragraph, Run, plain_text, write};
use gouji::engine::submission::{AddedRow, Submission};
use gouji::engine::template::Template;
use gouji::engine::template::spec::ColumnKind;
use gouji::exchange::json;
use proptest::prelude::*;
use rust_decimal::Decimal;
use support::root;

fn template() -> Template {
    gouji::built_in_template("zhuzhou-department").expect("the built-in template is sound")
}

/// A text without its labels, and the labels: bytes and field.
fn labelled(text: &str) -> (String, Vec<(usize, usize, String)>) {
    let mut plain = String::new();
    let mut labels = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("[[") {
        let (label, after) = behind.split_once("]]").expect("a label is closed");
        let (number, field) = label.rsplit_once('=').expect("a label names its field");
        plain.push_str(before);
        let from = plain.len() + number.len() - number.trim_start().len();
        labels.push((from, from + number.trim().len(), field.to_owned()));
        plain.push_str(number);
        rest = after;
    }
    plain.push_str(rest);
    (plain, labels)
}

fn name(target: &Target) -> String {
    match target {
        Target::Cell(key) => key.clone(),
        Target::Row { group, number, column } => format!("{group}.{number}.{column}"),
    }
}

/// Links of figures in the report, of one cell each.
fn is_counted(link: &Link) -> bool {
    link.from == Source::Report && link.value.is_some() && link.certainty != Certainty::Ambiguous
}

fn texts() -> Vec<PathBuf> {
    let folders = ["tests/reading/texts", "tests/reading/later"];
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(root().join(folder)).expect("the labelled texts"))
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.sort();
    files
}

#[test]
fn labelled_texts_are_read_as_they_are_labelled() {
    let template = template();
    let blank = Submission::blank(&template, "reading");
    let layout = Layout::of(&template, &blank);
    let (mut right, mut wrong, mut labelled_in_all, mut numbers) = (0, 0, 0, 0);
    println!("{:>5} {:>5} {:>6} {:>6}  text", "links", "wrong", "missed", "others");
    for file in texts() {
        let (text, labels) = labelled(&fs::read_to_string(&file).expect("a text"));
        let reading = read(&layout, &text);
        let links: Vec<&Link> = reading.links.iter().filter(|link| is_counted(link)).collect();
        let mut found: BTreeSet<usize> = BTreeSet::new();
        let mut wrongs = Vec::new();
        for link in &links {
            let said = name(&link.cells[0]);
            let at = labels
                .iter()
                .position(|(from, to, field)| (*from, *to) == (link.at.start, link.at.end) && *field == said);
            match at {
                Some(at) => drop(found.insert(at)),
                None => wrongs.push((link.at.clone(), said)),
            }
        }
        let missed: Vec<&(usize, usize, String)> =
            labels.iter().enumerate().filter(|(at, _)| !found.contains(at)).map(|(_, label)| label).collect();
        let others = text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|digits| !digits.is_empty())
            .count()
            .saturating_sub(labels.len());
        println!(
            "{:>5} {:>5} {:>6} {:>6}  {}",
            links.len(),
            wrongs.len(),
            missed.len(),
            others,
            file.file_name().expect("a name").to_string_lossy()
        );
        for (at, said) in &wrongs {
            println!("        wrong  {said}: {}", around(&text, at.start, at.end));
        }
        for (from, to, field) in &missed {
            println!("        missed {field}: {}", around(&text, *from, *to));
        }
        right += found.len();
        wrong += wrongs.len();
        labelled_in_all += labels.len();
        numbers += others;
    }
    let percent = |part: usize, whole: usize| part * 10_000 / whole.max(1);
    let (precision, recall) = (percent(right, right + wrong), percent(right, labelled_in_all));
    println!("{right} of {labelled_in_all} figures linked, {wrong} wrong, among {numbers} other numbers");
    println!("precision {}.{:02} %, recall {}.{:02} %", precision / 100, precision % 100, recall / 100, recall % 100);
    assert!(precision >= 9_900, "precision");
    assert!(recall >= 9_500, "recall");
}

/// The number in its surroundings, on one line.
fn around(text: &str, from: usize, to: usize) -> String {
    let before: String = text[..from].chars().rev().take(22).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = text[to..].chars().take(6).collect();
    format!("{before}⟦{}⟧{after}", &text[from..to]).replace('\n', "⏎")
}

/// Everything that is no guess, the tables before the report.
fn all_of(reading: &Reading) -> Vec<usize> {
    let mut chosen: Vec<usize> =
        (0..reading.links.len()).filter(|at| reading.links[*at].certainty != Certainty::Ambiguous).collect();
    chosen.sort_by_key(|at| reading.links[*at].from == Source::Report);
    chosen
}

fn document() -> String {
    fs::read_to_string(root().join("tests/documents/lusong-2024.txt")).expect("the document")
}

/// Cells by what they are, whatever the ids of rows: group and position in it.
fn by_position(template: &Template, submission: &Submission) -> BTreeMap<String, String> {
    let layout = Layout::of(template, submission);
    let key = |field: &gouji::engine::layout::Field<'_>| match (&field.row.group, field.added) {
        (Some(group), Some(_)) => format!("{group}.{}.{}", field.position, field.column.id),
        _ => field.key.clone(),
    };
    let filled = layout.fields().iter().filter(|field| !submission.text(&field.key).trim().is_empty());
    filled.map(|field| (key(field), submission.text(&field.key).trim().to_owned())).collect()
}

#[test]
fn the_sample_document_pasted_whole_is_the_sample_filing() {
    let template = template();
    let mut filing = Submission::blank(&template, "reading");
    let reading = read(&Layout::of(&template, &filing), &document());
    assert_eq!(reading.year, Some(2024));
    let ambiguous: Vec<&Link> = reading.links.iter().filter(|link| link.certainty == Certainty::Ambiguous).collect();
    assert_eq!(ambiguous, Vec::<&Link>::new());
    adopt(&template, &mut filing.clone(), &reading, &all_of(&reading)).apply(&mut filing);
    filing.next_row = 100;

    let text = gouji::SAMPLES[0].1;
    let sample = json::read(text, &template).expect("the sample is a filing");
    let (read, typed) = (by_position(&template, &filing), by_position(&template, &sample));
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '%').collect::<String>();
    for (key, text) in &typed {
        assert_eq!(read.get(key).map(|text| plain(text)), Some(plain(text)), "{key}");
    }
    // Rows of groups that do not apply are typed as 无 in the document, and the sample leaves some of them out.
    let more: Vec<&String> = read.keys().filter(|key| !typed.contains_key(*key)).collect();
    assert_eq!(more, Vec::<&String>::new(), "read but not typed");

    let evaluation = evaluate(&template, &filing, Stage::Final);
    assert_eq!(evaluation.counts.errors, 0);
    // 政府采购 above 公用经费 and 项目支出 is in the filing itself, and a question, not an error.
    let violated = evaluation.relations.iter().filter(|relation| relation.state == State::Violated);
    assert!(violated.into_iter().all(|relation| relation.code == "J13"));
    let scope = &evaluation.scopes[0];
    assert_eq!((scope.wide.as_str(), scope.narrow.as_str()), ("use.project.amount", "general.project.amount"));
    assert_eq!(
        scope.parts.iter().map(|part| part.cell.as_str()).collect::<Vec<_>>(),
        ["fund.project.amount", "capital.project.amount"]
    );
    // Read again beside the filing, it says the same in every place.
    let layout = Layout::of(&template, &filing);
    let again = read_again(&layout);
    assert!(again.iter().all(|standing| *standing == Standing::Same), "{again:?}");
}

/// The document with each row of its tables on a line, as spreadsheets and browsers copy them.
#[test]
fn a_line_a_row_says_the_same_as_a_line_a_cell() {
    let template = template();
    let blank = Submission::blank(&template, "reading");
    let layout = Layout::of(&template, &blank);
    let mut rows = String::new();
    for line in document().lines() {
        match line.strip_prefix('\t') {
            Some(cell) => {
                rows.push_str(if rows.ends_with('\n') { "" } else { "\t" });
                rows.push_str(cell);
            }
            // A cell that goes on stays one cell, and an empty line parts the rows.
            None if line.is_empty()
                || !rows.ends_with('\n') && rows.lines().last().is_some_and(|row| row.contains('\t')) =>
            {
                rows.push_str(line);
                rows.push_str(if line.is_empty() && !rows.ends_with('\n') { "\n" } else { "" });
            }
            None => {
                rows.push_str(line);
                rows.push('\n');
            }
        }
    }
    let said = |text: &str| -> Vec<(Vec<Target>, String)> {
        let links = read(&layout, text).links.into_iter().filter(|link| link.value.is_some());
        links.map(|link| (link.cells, link.text)).collect()
    };
    assert_eq!(said(&rows), said(&document()), "{rows}");
}

fn read_again(layout: &Layout<'_>) -> Vec<Standing> {
    compare(layout, &read(layout, &document()))
}

#[test]
fn relations_say_which_of_two_figures_is_wrong() {
    let template = template();
    let sample = json::read(gouji::SAMPLES[0].1, &template).expect("the sample is a filing");
    for (key, wrong, said, suspect) in [
        // The form's 260.56 is in three sums that the text's 260.65 satisfies.
        ("use.basic.amount", Some("260.56"), "2024年基本支出合计260.65万元", Suspect::Form),
        ("general.personnel.amount", Some("292.62"), "人员经费229.62万元", Suspect::Form),
        // And the other way round.
        ("use.basic.amount", None, "2024年基本支出合计206.65万元", Suspect::Text),
        ("funds.public.final", None, "公用经费30.13万元", Suspect::Text),
        // No equality ties what was spent on receptions to anything but its own total: both stay in question.
        ("people.hired.count", None, "聘用人员5人", Suspect::Text),
    ] {
        let mut filing = sample.clone();
        if let Some(wrong) = wrong {
            filing.cells.insert(key.to_owned(), wrong.to_owned());
        }
        let text = format!("六、资金使用及绩效情况\n（一）整体支出绩效情况\n{said}。");
        let layout = Layout::of(&template, &filing);
        let reading = read(&layout, &text);
        let standing = compare(&layout, &reading);
        let at = reading.links.iter().position(|link| link.cell() == Some(&Target::Cell(key.to_owned())));
        let at = at.unwrap_or_else(|| panic!("{said} is linked"));
        assert_eq!(standing[at], Standing::Differs(suspect), "{said}");
    }
}

/// How a figure of each kind is typed.
fn figure(kind: ColumnKind) -> BoxedStrategy<String> {
    let grouped = |text: String| {
        let (whole, decimals) = text.split_once('.').map_or((text.as_str(), None), |(a, b)| (a, Some(b)));
        let mut parted: Vec<String> =
            whole.as_bytes().rchunks(3).map(|chunk| String::from_utf8_lossy(chunk).into_owned()).collect();
        parted.reverse();
        parted.join(",") + &decimals.map(|decimals| format!(".{decimals}")).unwrap_or_default()
    };
    match kind {
        ColumnKind::Count => prop_oneof![4 => "[1-9][0-9]{0,3}", 1 => Just("0".to_owned())].boxed(),
        ColumnKind::Percent => prop_oneof!["[1-9]?[0-9](\\.[0-9]{1,2})?", Just("100".to_owned())].boxed(),
        _ => prop_oneof![
            4 => "(0|[1-9][0-9]{0,6})(\\.[0-9]{1,6})?",
            1 => "[1-9][0-9]{3,7}(\\.[0-9]{1,6})?".prop_map(grouped),
            1 => Just("0".to_owned()),
            1 => "0\\.0{1,4}",
        ]
        .boxed(),
    }
}

/// What the report of a filing is written from: each figure or a blank, and rows with names and figures.
#[derive(Clone, Debug)]
struct Figures {
    unit: String,
    cells: Vec<(String, String)>,
    rows: Vec<(&'static str, String, String)>,
}

fn figures() -> impl Strategy<Value = Figures> {
    let template = template();
    let mut whole = Submission::blank(&template, "whole");
    for group in ["report_projects", "report_openings"] {
        whole.groups.insert(group.to_owned(), vec![]);
    }
    let layout = Layout::of(&template, &whole);
    let mut seen = BTreeSet::new();
    let mut cells = Vec::new();
    for paragraph in write(&layout, Blanks::Kept) {
        let Paragraph::Sentence(runs) = paragraph else { continue };
        for run in runs {
            let Run::Cell { key, .. } = run else { continue };
            let kind = layout.field(layout.find(&key).expect("a cell")).column.kind;
            if kind.measure().is_some() && seen.insert(key.clone()) {
                cells.push((key, kind));
            }
        }
    }
    let cells: Vec<BoxedStrategy<(String, String)>> = cells
        .into_iter()
        .map(|(key, kind)| {
            prop_oneof![5 => figure(kind), 1 => Just(String::new())].prop_map(move |text| (key.clone(), text)).boxed()
        })
        .collect();
    let row = |group: &'static str| {
        let text = prop_oneof![8 => figure(ColumnKind::Money), 1 => Just(String::new())];
        proptest::collection::vec((Just(group), name_of_a_project(), text), 0..6)
    };
    let rows = (row("report_projects"), row("report_openings")).prop_map(|(a, b)| [a, b].concat());
    ("[一-龥]{4,10}", cells, rows).prop_map(|(unit, cells, rows)| Figures { unit, cells, rows })
}

fn name_of_a_project() -> impl Strategy<Value = String> {
    let what = [
        "维修",
        "培训",
        "宣传",
        "设备购置",
        "信息化建设",
        "比赛",
        "共享图书",
        "每月例会",
        "公共安全",
        "老年大学",
        "会议",
        "年初慰问",
        "专项整治",
        "资金监管",
        "项目评审",
        "预算绩效评价",
        "实际走访",
        "安排接待",
        "为民办实事",
        "调减产能",
    ];
    let tail =
        ["", "经费", "专项", "资金", "项目", "项目资金", "专项经费", "工作经费", "专项资金", "补助", "支出", "预算"];
    prop_oneof![
        // 项目标… may end with 项目 or with 目标, for a person, too.
        2 => "[一-龥]{2,12}".prop_filter("begins as 目标 ends", |name| !name.starts_with('标')),
        1 => (proptest::sample::select(what.to_vec()), proptest::sample::select(tail.to_vec()))
            .prop_map(|(what, tail)| [what, tail].concat()),
    ]
}

fn filing(template: &Template, figures: &Figures) -> Submission {
    let mut filing = Submission::blank(template, "written");
    for group in ["report_projects", "report_openings"] {
        filing.groups.remove(group);
    }
    let unit = template.spec().unit_name.clone().expect("the form has a name for the unit");
    filing.cells.insert(unit, figures.unit.clone());
    filing.cells.extend(figures.cells.iter().filter(|(_, text)| !text.is_empty()).cloned());
    for (group, name, amount) in &figures.rows {
        let id = filing.take_row_id();
        let block = &template.spec().blocks[template.group(group).expect("a group").block].id;
        filing.cells.insert(format!("{block}.{id}.name"), name.clone());
        filing.cells.insert(format!("{block}.{id}.amount"), amount.clone());
        filing.groups.entry((*group).to_owned()).or_default().push(AddedRow { id, bound: None });
    }
    filing.cells.retain(|_, text| !text.is_empty());
    filing
}

/// The cells that a written report states, with rows by their order in the report.
fn stated(template: &Template, filing: &Submission, written: &[Paragraph]) -> BTreeMap<String, String> {
    let layout = Layout::of(template, filing);
    let mut numbers: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut stated = BTreeMap::new();
    for run in written.iter().flat_map(|paragraph| match paragraph {
        Paragraph::Sentence(runs) => runs.as_slice(),
        _ => &[],
    }) {
        let Run::Cell { key, text } = run else { continue };
        let field = layout.field(layout.find(key).expect("a cell"));
        let key = match &field.row.group {
            None => key.clone(),
            Some(group) => {
                let next = numbers.keys().filter(|(of, _)| of == group).count() + 1;
                let number = *numbers.entry((group.clone(), field.row_id().to_owned())).or_insert(next);
                format!("{group}.{number}.{}", field.column.id)
            }
        };
        stated.insert(key, text.clone());
    }
    stated
}

/// Figures by what they are worth, words by their letters.
fn worth(text: &str) -> String {
    text.parse::<Decimal>().map_or_else(|_| text.to_owned(), |value| value.normalize().to_string())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_written_report_is_read_back_as_it_was_written(figures in figures()) {
        let template = template();
        let filing = filing(&template, &figures);
        let written = write(&Layout::of(&template, &filing), Blanks::Dropped);
        let text = plain_text(&written);
        let due = stated(&template, &filing, &written);
        let blank = Submission::blank(&template, "reading");
        let reading = read(&Layout::of(&template, &blank), &text);
        let mut found = BTreeSet::new();
        for link in &reading.links {
            let said: Vec<String> = link.cells.iter().map(name).collect();
            prop_assert_eq!(said.len(), 1, "{:?} {}", said, around(&text, link.at.start, link.at.end));
            let was = due.get(&said[0]).map(|text| worth(text));
            prop_assert_eq!(was, Some(worth(&link.text)), "{} {}", &said[0], around(&text, link.at.start, link.at.end));
            found.insert(said[0].clone());
        }
        let missed: Vec<_> = due.iter().filter(|(key, _)| !found.contains(*key)).collect();
        prop_assert!(missed.is_empty(), "{:?} are not read from\n{}", missed, text);
    }
}

/// Shapes that would cost the square of their length if anything looked back to their beginning. The slowest takes about a
/// second here, and took minutes before.
#[test]
fn work_grows_with_the_length_of_a_text() {
    let title = "2024年度某局整体支出绩效自评报告\n二、一般公共预算支出情况\n（二）项目支出情况\n";
    let tables: String = document().lines().skip_while(|line| *line != "附件2").collect::<Vec<_>>().join("\n");
    for (begins, piece) in [
        ("", document().as_str()),
        (title, "支出5万元，"),
        (title, "支出5万元"),
        (title, "2023年支出5，（其中"),
        (title, "分别为5万元、"),
        (title, "1.校舍维修支出5万元。\n"),
        (title, "1、"),
        ("六、资金使用及绩效情况\n年初预算项目", "校舍维修金额5万元，"),
        ("", "附件1\n"),
        ("", "基础数据表\n三公经费\n1\n2\n3\n"),
        (&tables, "其他\n1\n2\n"),
        (&tables, "活动次数\n≥12次\n12次\n2\n2\n\n"),
        ("", "[bookmark:"),
        ("", "\n"),
    ] {
        let template = template();
        let text = [begins, &piece.repeat(100_000 / piece.len())].concat();
        let began = std::time::Instant::now();
        if let Ok((filing, reading)) = gouji::exchange::text::read(&template, &text) {
            compare(&Layout::of(&template, &filing), &reading);
        }
        let taken = began.elapsed();
        println!("{:>5} ms  {}", taken.as_millis(), piece.chars().take(20).collect::<String>().replace('\n', "⏎"));
        assert!(taken.as_secs() < 20, "{piece}");
    }
}

#[test]
#[ignore = "prints a reading for whoever works on the reader"]
fn show_the_sample_document() {
    let template = template();
    let blank = Submission::blank(&template, "reading");
    let layout = Layout::of(&template, &blank);
    let file =
        std::env::var("READ").map(PathBuf::from).unwrap_or_else(|_| root().join("tests/documents/lusong-2024.txt"));
    let text = fs::read_to_string(file).expect("the document");
    let reading = read(&layout, &text);
    for link in &reading.links {
        let names: Vec<String> = link.cells.iter().map(name).collect();
        println!(
            "{:?} {:?} {} = {:?}   {}",
            link.from,
            link.certainty,
            names.join("|"),
            link.text,
            around(&text, link.at.start, link.at.end)
        );
    }
}

#[test]
fn note_below_a_blank_cell_is_no_text_of_it() {
    let template = template();
    let blank = Submission::blank(&template, "note");
    let layout = Layout::of(&template, &blank);
    let title = "2024年度部门（单位）整体支出绩效评价基础数据表\n三公经费\t1\t2\t3\n";
    let note = "说明：“项目支出”需要填报基本支出以外的所有项目支出情况，“公用经费”填报基本支出中的一般商品和服务支出。";
    let read_text = |thrift: &str| {
        let reading = read(&layout, &format!("{title}厉行节约保障措施\t{thrift}\n{note}\n"));
        let links = reading.links.into_iter();
        links.filter(|link| name(&link.cells[0]) == "thrift.all.text").map(|link| link.text).collect::<Vec<_>>()
    };
    assert_eq!(read_text(""), [""; 0]);
    assert_eq!(read_text("无纸化办公"), ["无纸化办公"]);
}
