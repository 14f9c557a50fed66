//! Word files as they are written: sound XML in the order of the schema, rows that fill their grid, every text in its
//! place, the submission inside as it was.

mod support;
#[path = "support/word.rs"]
mod word;

use std::io::Cursor;

use gouji::engine::edit::Edit;
use gouji::engine::layout::Layout;
use gouji::engine::submission::Submission;
use gouji::engine::template::Template;
use gouji::exchange::json;
use gouji::exchange::office::drawn::{self, LineKind, Piece, Run};
use gouji::exchange::office::open::open;
use gouji::exchange::office::word_out;
use proptest::prelude::*;
use support::templates;
use word::{Node, parts};

// ---------------------------------------------------------------- reading what was written

fn form() -> Template {
    gouji::built_in_template(gouji::SAMPLES[0].0).expect("the sample's form is built in")
}

fn sample() -> Submission {
    json::read(gouji::SAMPLES[0].1, &form()).expect("the sample is sound")
}

fn bytes(template: &Template, filing: &Submission) -> Vec<u8> {
    word_out::write(&Layout::of(template, filing)).expect("a file in memory")
}

fn document(bytes: &[u8]) -> Node {
    Node::parse(&parts(bytes)["word/document.xml"])
}

fn submission_inside(bytes: &[u8]) -> String {
    let part = Node::parse(&parts(bytes)["customXml/item1.xml"]);
    assert_eq!(part.name, "submission");
    assert_eq!(part.attributes["xmlns"], "urn:gouji:submission");
    part.text
}

// ---------------------------------------------------------------- filings

/// Texts that break files: markup, characters that XML lacks, marks that turn text, blanks, formulas, line breaks.
const NASTY: [&str; 16] = [
    "<w:p>&amp;</w:p>",
    "]]>",
    "\"quoted\" 'too'",
    "\0\u{1}\u{b}\u{1f}",
    "\u{fffe}\u{ffff}",
    "\u{7f}\u{85}\u{2028}",
    "😀👨‍👩‍👧",
    "\u{202e}123\u{2069}",
    "  two blanks  ",
    "\u{3000}其中：",
    "=1+1",
    "@x",
    "-5",
    "a\nb\r\nc\rd",
    "\ttab\t",
    "&#0;",
];

fn nasty() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => proptest::sample::select(NASTY.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[0-9]{1,7}(\\.[0-9]{1,3})?",
        1 => "[一-龥，。]{0,90}",
    ]
}

/// A blank filing with rows more, and these texts in its cells, those that are picked.
fn filing(template: &Template, rows: &[usize], texts: &[(usize, String)]) -> Submission {
    let mut filing = Submission::blank(template, "test");
    let blocks = &template.spec().blocks;
    let groups: Vec<&String> =
        blocks.iter().flat_map(|block| &block.rows).filter_map(|row| row.group.as_ref()).collect();
    for row in rows.iter().filter(|_| !groups.is_empty()) {
        Edit::add_row(&mut filing, groups[row % groups.len()], None).apply(&mut filing);
    }
    let keys: Vec<String> = Layout::of(template, &filing).fields().iter().map(|field| field.key.clone()).collect();
    for (at, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
        filing.cells.insert(keys[at % keys.len()].clone(), text.clone());
    }
    filing
}

/// Each form with every one of its cells filled with what breaks files.
fn broken_filings() -> Vec<(Template, Submission)> {
    let fill = |template: Template| {
        let texts: Vec<(usize, String)> =
            (0..600).map(|at| (at, [NASTY[at % NASTY.len()], NASTY[at / 7 % NASTY.len()]].concat())).collect();
        let filing = filing(&template, &[0, 1, 2, 3, 4, 5, 5, 5], &texts);
        (template, filing)
    };
    templates().into_values().map(fill).collect()
}

/// Blank, broken, and the sample.
fn filings() -> Vec<(Template, Submission)> {
    let mut filings = broken_filings();
    filings.extend(templates().into_values().map(|template| {
        let blank = Submission::blank(&template, "test");
        (template, blank)
    }));
    filings.push((form(), sample()));
    filings
}

// ---------------------------------------------------------------- the container

#[test]
fn every_part_is_sound_and_every_target_is_there() {
    for (template, filing) in filings() {
        let parts = parts(&bytes(&template, &filing));
        let names: Vec<&str> = parts.keys().map(String::as_str).collect();
        let due = [
            "[Content_Types].xml",
            "_rels/.rels",
            "customXml/_rels/item1.xml.rels",
            "customXml/item1.xml",
            "customXml/itemProps1.xml",
            "docProps/app.xml",
            "docProps/core.xml",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/fontTable.xml",
            "word/footer1.xml",
            "word/settings.xml",
            "word/styles.xml",
        ];
        assert_eq!(names, due);
        for (name, text) in &parts {
            let root = Node::parse(text);
            for kind in root.every("Override") {
                let part = kind.attributes["PartName"].trim_start_matches('/');
                assert!(parts.contains_key(part), "{part} has a type and is not there");
            }
            let folder = name.split("_rels/").next().unwrap_or_default();
            for relation in root.every("Relationship") {
                let target = &relation.attributes["Target"];
                let target = target.strip_prefix("../").map_or_else(|| format!("{folder}{target}"), str::to_owned);
                assert!(parts.contains_key(&target), "{name} leads to {target}");
            }
        }
    }
}

#[test]
fn the_same_filing_gives_the_same_bytes() {
    for (template, filing) in filings() {
        assert_eq!(bytes(&template, &filing), bytes(&template, &filing));
    }
}

#[test]
fn neither_a_time_nor_a_person_is_in_the_file() {
    let bytes = bytes(&form(), &sample());
    let mut container = zip::ZipArchive::new(Cursor::new(bytes.as_slice())).expect("a container");
    for at in 0..container.len() {
        let date = container.by_index(at).expect("a part").last_modified();
        assert_eq!(date, Some(zip::DateTime::default()));
    }
    let due = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>部门（单位）整体支出绩效自评</dc:title>\
         <dc:creator>gouji {}</dc:creator></cp:coreProperties>",
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(parts(&bytes)["docProps/core.xml"], due);
}

// ---------------------------------------------------------------- the schema

/// The children of each element in the order of the schema (ECMA-376, wml.xsd), those that are written.
const ORDER: [(&str, &[&str]); 12] = [
    ("w:document", &["w:body"]),
    (
        "w:pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:pageBreakBefore",
            "w:widowControl",
            "w:pBdr",
            "w:shd",
            "w:tabs",
            "w:kinsoku",
            "w:wordWrap",
            "w:overflowPunct",
            "w:autoSpaceDE",
            "w:autoSpaceDN",
            "w:snapToGrid",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:textDirection",
            "w:outlineLvl",
            "w:rPr",
            "w:sectPr",
        ],
    ),
    ("w:rPr", &["w:rFonts", "w:b", "w:bCs", "w:color", "w:kern", "w:sz", "w:szCs", "w:u", "w:lang"]),
    ("w:tbl", &["w:tblPr", "w:tblGrid", "w:tr"]),
    (
        "w:tblPr",
        &["w:tblStyle", "w:tblW", "w:jc", "w:tblInd", "w:tblBorders", "w:tblLayout", "w:tblCellMar", "w:tblLook"],
    ),
    ("w:tblBorders", &["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"]),
    ("w:tblCellMar", &["w:top", "w:left", "w:bottom", "w:right"]),
    ("w:tr", &["w:trPr", "w:tc"]),
    ("w:tc", &["w:tcPr", "w:p"]),
    ("w:tcPr", &["w:tcW", "w:gridSpan", "w:vMerge", "w:tcBorders", "w:shd", "w:textDirection", "w:vAlign"]),
    ("w:tcBorders", &["w:top", "w:left", "w:bottom", "w:right"]),
    ("w:sectPr", &["w:footerReference", "w:type", "w:pgSz", "w:pgMar"]),
];

fn is_in_order(node: &Node) {
    if let Some((_, order)) = ORDER.iter().find(|(name, _)| *name == node.name) {
        let places: Vec<usize> = node
            .children
            .iter()
            .map(|child| {
                let place = order.iter().position(|name| *name == child.name);
                place.unwrap_or_else(|| panic!("{} in {}", child.name, node.name))
            })
            .collect();
        assert!(places.is_sorted(), "{}: {:?}", node.name, node.children);
        let mut names: Vec<&str> = node
            .children
            .iter()
            .map(|child| child.name.as_str())
            .filter(|name| !matches!(*name, "w:tr" | "w:tc" | "w:p"))
            .collect();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "{}: one of each", node.name);
    }
    node.children.iter().for_each(is_in_order);
}

#[test]
fn properties_stand_in_the_order_of_the_schema() {
    for (template, filing) in filings() {
        let parts = parts(&bytes(&template, &filing));
        for name in ["word/document.xml", "word/styles.xml", "word/footer1.xml"] {
            is_in_order(&Node::parse(&parts[name]));
        }
    }
}

#[test]
fn every_style_that_is_used_is_there() {
    let parts = parts(&bytes(&form(), &sample()));
    let styles = Node::parse(&parts["word/styles.xml"]);
    let known: Vec<&str> = styles.every("w:style").iter().map(|style| style.attributes["w:styleId"].as_str()).collect();
    for part in ["word/document.xml", "word/footer1.xml", "word/styles.xml"] {
        let root = Node::parse(&parts[part]);
        for name in ["w:pStyle", "w:basedOn", "w:next"] {
            for style in root.every(name) {
                assert!(known.contains(&style.attributes["w:val"].as_str()), "{:?}", style.attributes);
            }
        }
    }
}

// ---------------------------------------------------------------- tables

#[test]
fn rows_fill_their_grid_and_what_goes_on_has_begun_above() {
    for (template, filing) in filings() {
        for table in document(&bytes(&template, &filing)).every("w:tbl") {
            let number = |node: &Node, name: &str| node.attributes[name].parse::<usize>().expect("a number");
            let grid: Vec<usize> = table.every("w:gridCol").iter().map(|column| number(column, "w:w")).collect();
            let whole = table.child("w:tblPr").and_then(|properties| properties.child("w:tblW")).expect("a width");
            assert_eq!(number(whole, "w:w"), grid.iter().sum::<usize>());
            // What the cell above each column is: where it begins, how wide it is, whether it may go on.
            let mut above: Vec<Option<(usize, usize)>> = vec![None; grid.len()];
            for row in table.every("w:tr") {
                let (mut at, mut below) = (0, vec![None; grid.len()]);
                for cell in row.every("w:tc") {
                    let properties = cell.child("w:tcPr").expect("properties");
                    let span = properties.value(&["w:gridSpan"]).map_or(1, |span| span.parse().expect("a number"));
                    let width = number(properties.child("w:tcW").expect("a width"), "w:w");
                    assert_eq!(width, grid[at..at + span].iter().sum::<usize>());
                    match properties.value(&["w:vMerge"]) {
                        None => {}
                        Some("restart") => below[at..at + span].fill(Some((at, span))),
                        Some("continue") => {
                            assert_eq!(above[at], Some((at, span)), "it goes on under one of its width");
                            assert_eq!(cell.visible(), "", "its text stands above");
                            below[at..at + span].fill(Some((at, span)));
                        }
                        Some(other) => panic!("{other}"),
                    }
                    at += span;
                }
                assert_eq!(at, grid.len(), "the row ends where the grid does");
                above = below;
            }
        }
    }
}

#[test]
fn tables_stay_within_the_margins() {
    for (template, filing) in filings() {
        let document = document(&bytes(&template, &filing));
        let number = |node: &Node, name: &str| node.attributes[name].parse::<u32>().expect("a number");
        let text_width = |section: &Node| {
            let (size, margins) =
                (section.child("w:pgSz").expect("a size"), section.child("w:pgMar").expect("margins"));
            number(size, "w:w") - number(margins, "w:left") - number(margins, "w:right")
        };
        let widths: Vec<u32> = document.every("w:sectPr").into_iter().map(text_width).collect();
        let (mut section, mut widest) = (0, 0);
        for piece in &document.children[0].children {
            if let Some(width) = piece.child("w:tblPr").and_then(|properties| properties.child("w:tblW")) {
                assert_eq!(number(width, "w:w"), widths[section]);
                widest += 1;
            }
            section += piece.every("w:sectPr").len();
        }
        assert!(widest > 0);
    }
}

/// The row of the sample whose first cell says this.
fn row<'a>(document: &'a Node, label: &str) -> &'a Node {
    let rows = document.every("w:tr");
    let found = rows.into_iter().find(|row| row.every("w:tc").iter().any(|cell| cell.visible() == label));
    found.unwrap_or_else(|| panic!("no row {label}"))
}

fn cell<'a>(row: &'a Node, text: &str) -> &'a Node {
    row.every("w:tc").into_iter().find(|cell| cell.visible() == text).unwrap_or_else(|| panic!("no cell {text}"))
}

#[test]
fn points_stand_below_each_other() {
    let document = document(&bytes(&form(), &sample()));
    // 598.25, 16 and 360.02 are money; 16 lacks two digits and the point, which are 2.5 half-wide digits of 10 points.
    for (label, figure, indent) in [
        ("其中：  一般公共预算：", "598.25", None),
        ("政府性基金拨款：", "16", Some("250")),
        ("公用经费", "25.1", Some("100")),
        ("政府采购金额", "360.02", None),
    ] {
        let cell = cell(row(&document, label), figure);
        let properties = cell.child("w:p").and_then(|paragraph| paragraph.child("w:pPr")).expect("properties");
        assert_eq!(properties.value(&["w:jc"]), Some("right"), "{figure}");
        let right = properties.child("w:ind").and_then(|indent| indent.attributes.get("w:right"));
        assert_eq!(right.map(String::as_str), indent, "{figure}");
    }
}

#[test]
fn labels_are_moved_in_by_their_depth() {
    let document = document(&bytes(&form(), &sample()));
    for (label, indent) in [
        ("三公经费", None),
        ("2、出国经费", Some("220")),
        ("其中：公车购置", Some("440")),
        ("公车运行维护", Some("660")),
    ] {
        let cell = cell(row(&document, label), label);
        let properties = cell.child("w:p").and_then(|paragraph| paragraph.child("w:pPr")).expect("properties");
        let left = properties.child("w:ind").and_then(|indent| indent.attributes.get("w:left"));
        assert_eq!((left.map(String::as_str), properties.value(&["w:jc"])), (indent, None), "{label}");
    }
}

#[test]
fn a_label_and_its_figure_share_a_box() {
    let document = document(&bytes(&form(), &sample()));
    let row = row(&document, "政府性基金拨款：");
    let border = |text, side| cell(row, text).child("w:tcPr").and_then(|p| p.value(&["w:tcBorders", side]));
    assert_eq!(border("政府性基金拨款：", "w:right"), Some("nil"));
    assert_eq!(border("16", "w:left"), Some("nil"));
    assert_eq!(border("16", "w:right"), None);
}

#[test]
fn headings_are_repeated_above_their_own_rows_alone() {
    let document = document(&bytes(&form(), &sample()));
    let heads: Vec<Vec<String>> = document
        .every("w:tbl")
        .into_iter()
        .map(|table| {
            let rows = table.every("w:tr");
            let is_head = |row: &&&Node| row.child("w:trPr").is_some_and(|row| row.child("w:tblHeader").is_some());
            assert!(rows.iter().skip_while(is_head).all(|row| !is_head(&row)), "heads stand first");
            rows.iter().filter(is_head).map(|row| row.visible()).collect()
        })
        .collect();
    let indicators = "一级指标二级指标三级指标年度指标值实际完成值分值得分偏差原因分析及改进措施";
    let due =
        [vec![], vec!["经费控制情况（万元）2023年决算数2024年预算数2024年决算数"], vec![], vec![], vec![indicators]];
    assert_eq!(heads, due);
}

#[test]
fn a_row_is_parted_only_where_it_may_be_longer_than_a_page() {
    let mut filing = sample();
    // 42 % of the width are 21 characters, of which 20 are counted: 820 make 41 lines.
    filing.cells.insert("goals.all.achieved".to_owned(), "字".repeat(820));
    let parted = |filing: &Submission| {
        let document = document(&bytes(&form(), filing));
        let rows = document.every("w:tr");
        let is_whole = |row: &Node| row.child("w:trPr").is_some_and(|row| row.child("w:cantSplit").is_some());
        rows.into_iter()
            .filter(|row| !is_whole(row))
            .map(Node::visible)
            .map(|text| text.chars().take(3).collect())
            .collect::<Vec<String>>()
    };
    assert_eq!(parted(&filing), ["通过多"], "the row with the goals");
    filing.cells.insert("goals.all.achieved".to_owned(), "字".repeat(800));
    assert_eq!(parted(&filing), [""; 0]);
}

// ---------------------------------------------------------------- texts

/// A text as it must be read in the file.
fn shown(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_held = |c: char| matches!(c, '\t' | '\n') || c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if is_held(c) { c } else { '\u{fffd}' }).collect()
}

/// The texts of the drawing, a paragraph or cell each, in their order.
fn texts(template: &Template, filing: &Submission) -> Vec<String> {
    let layout = Layout::of(template, filing);
    let report = drawn::report(&layout).filter(|_| gouji::engine::report::is_begun(template, filing));
    let text = |runs: &[Run]| shown(&runs.iter().map(|run| run.text.as_str()).collect::<String>());
    let fields = |runs: &[Run]| -> String {
        let between = |at: usize, run: &Run| if at > 0 && run.key.is_none() { "\t" } else { "" };
        runs.iter().enumerate().map(|(at, run)| between(at, run).to_owned() + &shown(&run.text)).collect()
    };
    let mut texts = Vec::new();
    for piece in report.into_iter().chain(drawn::sheets(&layout)).flat_map(|sheet| sheet.pieces) {
        match piece {
            Piece::Line(line) if line.kind == LineKind::Fields => texts.push(fields(&line.runs)),
            Piece::Line(line) => texts.push(text(&line.runs)),
            Piece::Table(table) => texts.extend(table.rows.iter().flatten().map(|cell| text(&cell.runs))),
        }
    }
    texts.retain(|text| !text.is_empty());
    texts
}

fn texts_inside(bytes: &[u8]) -> Vec<String> {
    let document = document(bytes);
    let texts = document.every("w:p").into_iter().map(Node::visible);
    texts.filter(|text| !text.is_empty()).collect()
}

#[test]
fn every_text_of_the_drawing_stands_in_its_place() {
    for (template, filing) in filings() {
        assert_eq!(texts_inside(&bytes(&template, &filing)), texts(&template, &filing), "{}", template.spec().id);
    }
}

#[test]
fn texts_of_every_kind_of_cell_are_only_text() {
    let typed = "<&>\"'😀\u{202e}=1+1\u{0}\u{fffe}  a\r\nb\tc ";
    let due = "<&>\"'😀\u{202e}=1+1\u{fffd}\u{fffd}  a\nb\tc ";
    for template in templates().into_values() {
        let keys = filing(&template, &[], &[]);
        let count = Layout::of(&template, &keys).fields().len();
        let texts: Vec<(usize, String)> = (0..count).map(|at| (at, typed.to_owned())).collect();
        let filing = filing(&template, &[], &texts);
        let layout = Layout::of(&template, &filing);
        let prose = template.spec().report.as_ref().map(|report| report.sheet.as_str());
        let is_drawn = |key: &&str| {
            let field = layout.find(key).map(|at| layout.field(at)).expect("a cell");
            field.fixed().is_none() && Some(field.block.sheet.as_str()) != prose
        };
        let cells = filing.cells.keys().map(String::as_str).filter(is_drawn).count();
        let found: usize = texts_inside(&bytes(&template, &filing)).iter().map(|text| text.matches(due).count()).sum();
        // The unit's name stands in the report, too.
        assert!(found >= cells && cells > 0, "{}: {found} of {cells}", template.spec().id);
    }
}

#[test]
fn the_report_stands_first_with_headings_of_their_depth() {
    let document = document(&bytes(&form(), &sample()));
    let styled: Vec<(String, String)> = document.children[0]
        .children
        .iter()
        .filter(|piece| piece.name == "w:p")
        .map(|line| (line.value(&["w:pPr", "w:pStyle"]).unwrap_or_default().to_owned(), line.visible()))
        .collect();
    let due = [
        ("Annex", "附件1"),
        ("Title", "2024年度中国共产党株洲市芦淞区委员会宣传部整体支出绩效自评报告"),
        ("Heading2", "一、部门（单位）基本情况"),
        ("Heading3", "（一）基本职能"),
    ];
    assert_eq!(styled[..4], due.map(|(style, text)| (style.to_owned(), text.to_owned())));
    let titles: Vec<&str> =
        styled.iter().filter(|(style, _)| style == "Heading1").map(|(_, text)| text.as_str()).collect();
    assert_eq!(titles, ["2024年度部门（单位）整体支出绩效评价基础数据表", "2024年度部门（单位）整体支出绩效自评表"]);
    assert!(styled.contains(&("BodyText".to_owned(), "1.2024年预算资金198.34万元。".to_owned())));
    assert_eq!(document.every("w:sectPr").len(), 3, "the report and two sheets, each from a new page");
}

#[test]
fn a_report_that_was_not_begun_is_not_filed() {
    let template = form();
    let document = document(&bytes(&template, &Submission::blank(&template, "blank")));
    assert_eq!(document.every("w:sectPr").len(), 2);
    assert_eq!(document.every("w:p")[0].visible(), "附件2");
}

// ---------------------------------------------------------------- the submission inside

#[test]
fn the_submission_inside_is_the_file_as_it_is_exported() {
    assert_eq!(submission_inside(&bytes(&form(), &sample())), json::write(&sample()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_filing_comes_back_from_its_word_file(
        rows in proptest::collection::vec(0_usize..100, 0..12),
        texts in proptest::collection::vec((0_usize..2_000, nasty()), 0..60),
    ) {
        for (_, template) in templates() {
            let filing = filing(&template, &rows, &texts);
            let bytes = bytes(&template, &filing);
            let inside = submission_inside(&bytes);
            // Two characters that XML lacks are written as escapes of JSON.
            let due = json::write(&filing).replace('\u{fffe}', "\\ufffe").replace('\u{ffff}', "\\uffff");
            prop_assert_eq!(&inside, &due);
            let opened = open(&bytes).expect("the reader opens what was written");
            prop_assert_eq!(opened.submission.as_ref(), Some(&due));
            prop_assert_eq!(json::read(&inside, &template), Ok(filing.clone()));
            prop_assert_eq!(texts_inside(&bytes), self::texts(&template, &filing));
        }
    }
}
