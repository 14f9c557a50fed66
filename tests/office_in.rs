//! Files of Word and Excel read: the sample document in each format is the same filing, every cell in its place.

#[path = "support/office.rs"]
mod office;
#[path = "support/pdf.rs"]
mod pdf;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use gouji::engine::layout::Layout;
use gouji::engine::reading::{self, Certainty, Reading, Source};
use gouji::engine::report::{self, Blanks, plain_text};
use gouji::engine::submission::Submission;
use gouji::engine::template::Template;
use gouji::exchange::json;
use gouji::exchange::office::open::{Kind, Opened, Remark, open};
use gouji::exchange::office::{word_out, workbook_out};
use office::{body, docx, docx_with, escaped, paragraph, xls, xlsx, xlsx_of, zip, zip_of};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

fn template() -> Template {
    gouji::built_in_template("zhuzhou-department").expect("the built-in template is sound")
}

#[track_caller]
fn opened(bytes: &[u8]) -> Opened {
    open(bytes).expect("the file is sound")
}

/// Cells by what they are, whatever the ids of rows: group and position in it.
fn by_position(template: &Template, submission: &Submission) -> BTreeMap<String, String> {
    let layout = Layout::of(template, submission);
    let key = |field: &gouji::engine::layout::Field<'_>| match (&field.row.group, field.added) {
        (Some(group), Some(_)) => format!("{group}.{}.{}", field.position, field.column.id),
        _ => field.key.clone(),
    };
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '%').collect::<String>();
    let filled = layout.fields().iter().filter(|field| !submission.text(&field.key).trim().is_empty());
    filled.map(|field| (key(field), plain(submission.text(&field.key)))).collect()
}

/// Everything that is no guess, the tables before the report.
fn certain(reading: &Reading) -> Vec<usize> {
    let mut chosen: Vec<usize> =
        (0..reading.links.len()).filter(|at| reading.links[*at].certainty != Certainty::Ambiguous).collect();
    chosen.sort_by_key(|at| reading.links[*at].from == Source::Report);
    chosen
}

#[track_caller]
fn is_the_sample(text: &str) {
    let template = template();
    let mut filing = Submission::blank(&template, "reading");
    let reading = reading::read(&Layout::of(&template, &filing), text);
    assert_eq!(reading.year, Some(2024));
    let ambiguous: Vec<_> = reading.links.iter().filter(|link| link.certainty == Certainty::Ambiguous).collect();
    assert!(ambiguous.is_empty(), "{ambiguous:?}\n{text}");
    reading::adopt(&template, &mut filing.clone(), &reading, &certain(&reading)).apply(&mut filing);
    let sample = json::read(gouji::SAMPLES[0].1, &template).expect("the sample is a filing");
    let (read, typed) = (by_position(&template, &filing), by_position(&template, &sample));
    for key in read.keys().chain(typed.keys()) {
        assert_eq!(read.get(key), typed.get(key), "{key}\n{text}");
    }
}

#[test]
fn the_sample_is_the_sample_filing_in_each_format() {
    for (bytes, kind) in [
        (docx(&body()), Kind::Word),
        (zip_of("lusong-2024-libreoffice.docx"), Kind::Word),
        (xlsx(), Kind::Workbook),
        (zip_of("lusong-2024-libreoffice.xlsx"), Kind::Workbook),
        (pdf::sample(), Kind::Pdf),
    ] {
        let opened = opened(&bytes);
        assert_eq!((opened.kind, opened.submission, opened.remarks), (kind, None, vec![]));
        is_the_sample(&opened.text);
    }
}

// ---- Word

#[track_caller]
fn is_read_as(body: &str, text: &str) {
    assert_eq!(opened(&docx(body)).text, text, "{body}");
}

#[test]
fn a_paragraph_is_a_line_of_what_the_reader_of_the_file_sees() {
    let run = |inside: &str| format!("<w:p>{inside}</w:p>");
    for (inside, text) in [
        ("<w:r><w:t>支出</w:t></w:r><w:r><w:t xml:space=\"preserve\"> 5&#x4e07;元</w:t></w:r>", "支出 5万元\n"),
        ("<w:r><w:t>A&amp;B &lt;C&gt;</w:t><w:br/><w:t>D</w:t></w:r>", "A&B <C>\nD\n"),
        ("<w:r><w:tab/><w:t>一</w:t><w:tab/><w:t>二</w:t></w:r>", "一\t二\n"),
        ("<w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>一</w:t></w:r>", "一\n"),
        ("<w:r><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/><w:t>12次</w:t></w:r>", "≥12次\n"),
        ("<w:r><w:t>2024</w:t><w:noBreakHyphen/><w:t>12</w:t></w:r>", "2024-12\n"),
        // Changes: what was added stands, what was deleted or moved away does not.
        (
            "<w:ins><w:r><w:t>6</w:t></w:r></w:ins><w:del><w:r><w:delText>5</w:delText></w:r></w:del>\
             <w:moveFrom><w:r><w:t>7</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>8</w:t></w:r></w:moveTo>",
            "68\n",
        ),
        // The result of a field, not its code.
        (
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>=SUM(A1)</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>9</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:fldSimple w:instr=\"PAGE\"><w:r><w:t>1</w:t></w:r></w:fldSimple>",
            "91\n",
        ),
        (
            "<w:hyperlink><w:r><w:t>一</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>二</w:t></w:r></w:smartTag>",
            "一二\n",
        ),
        ("<w:r><w:t>5</w:t><w:footnoteReference w:id=\"1\"/><w:commentReference w:id=\"2\"/></w:r>", "5\n"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r><w:r><w:t>明</w:t></w:r>", "明\n"),
        // A control that was filled, and one that shows its prompt.
        (
            "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>12</w:t></w:r></w:sdtContent></w:sdt>\
             <w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>点击输入</w:t></w:r></w:sdtContent></w:sdt>",
            "12\n",
        ),
        // A box is said in two ways, and comes behind the paragraph that holds it.
        (
            "<w:r><w:t>支出</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx><w:txbxContent>\
             <w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>\
             <w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>\
             </mc:AlternateContent></w:r><w:r><w:t>5万元</w:t></w:r>",
            "支出5万元\n框\n",
        ),
    ] {
        is_read_as(&run(inside), text);
    }
}

#[test]
fn each_cell_of_a_table_stands_in_its_place() {
    let cell = |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text));
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = |rows: &[String]| format!("<w:tbl>{}</w:tbl>", rows.concat());
    let blank = || cell("", "");
    is_read_as(
        &table(&[
            row(&[cell("<w:gridSpan w:val=\"2\"/>", "三公经费"), cell("", "0.14"), blank(), blank()]),
            row(&[cell("<w:vMerge w:val=\"restart\"/>", "产出"), cell("", "一\t二"), cell("", "1"), cell("", "2")]),
            row(&[
                cell("<w:vMerge/>", "暗"),
                cell("<w:hMerge w:val=\"restart\"/>", "三"),
                cell("<w:hMerge/>", ""),
                cell("", "3"),
            ]),
        ]),
        "\t三公经费\n\t0.14\n\t\n\t\n\n\t产出\n\t一 二\n\t1\n\t2\n\n\t\n\t三\n\t3\n\n",
    );
    // Paragraphs of a cell are lines of it, and an empty one does not part the row.
    let several = [paragraph("产出指标"), paragraph(""), paragraph("(40分)")].concat();
    is_read_as(&table(&[row(&[format!("<w:tc>{several}</w:tc>"), cell("", "5")])]), "\t产出指标\n(40分)\n\t5\n\n");
    // A table within a cell.
    let inner = table(&[row(&[cell("", "内"), cell("", "2")])]);
    is_read_as(
        &table(&[row(&[format!("<w:tc>{}{inner}<w:p/></w:tc>", paragraph("外")), cell("", "1")])]),
        "\t外\n\n\t内\n\t2\n\n\t1\n\n".replacen("外\n\n", "外\n", 1).replacen("2\n\n", "2\n", 1).as_str(),
    );
    // A row that was deleted, and one that begins behind a column.
    is_read_as(
        &table(&[
            format!("<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>{}</w:tr>", cell("", "旧")),
            format!("<w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}</w:tr>", cell("", "新")),
        ]),
        "\t\n\t新\n\n",
    );
}

#[test]
fn our_own_part_is_handed_on_and_other_parts_are_not() {
    let filing = "{\"format\": \"gouji-submission\", \"a\": \"<&>\"}";
    let ours =
        format!("<?xml version=\"1.0\"?><submission xmlns=\"urn:gouji:submission\">{}</submission>", escaped(filing));
    let other = "<submission xmlns=\"urn:other\">{}</submission>";
    let properties = "<ds:datastoreItem xmlns:ds=\"urn:x\"/>";
    let parts =
        [("customXml/item1.xml", other), ("customXml/itemProps1.xml", properties), ("customXml/item2.xml", &ours)];
    let with = opened(&docx_with(&paragraph("支出5万元"), &parts));
    assert_eq!((with.text.as_str(), with.submission.as_deref()), ("支出5万元\n", Some(filing)));
    assert_eq!(opened(&docx_with(&paragraph("一"), &parts[..2])).submission, None);
    let macros = opened(&docx_with(&paragraph("一"), &[("word/vbaProject.bin", "x")]));
    assert_eq!(macros.remarks, [Remark::Macros]);
}

#[test]
fn what_a_file_declares_by_itself_is_nothing() {
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;\">\
                  <!ENTITY f SYSTEM \"file:///etc/hostname\">]>";
    let document = format!("{laughs}<document><body><p><r><t>5&c;&f;6</t></r></p></body></document>");
    let bytes = zip(&[("word/document.xml", &document)]);
    assert_eq!(opened(&bytes).text, "56\n");
}

// ---- workbooks

fn workbook(write: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    write(&mut workbook);
    workbook.save_to_buffer().expect("a workbook")
}

#[test]
fn cells_are_written_as_people_read_them() {
    let bytes = workbook(|workbook| {
        let format = |code: &str| Format::new().set_num_format(code);
        let sheet = workbook.add_worksheet();
        let day = ExcelDateTime::from_ymd(2025, 10, 10).expect("a day");
        sheet.write(0, 0, "甲").expect("written");
        sheet.write(0, 1, 0.1 + 0.2).expect("written");
        sheet.write(0, 2, 100.0).expect("written");
        sheet.write(0, 3, 1e15).expect("written");
        sheet.write_with_format(1, 0, 0.96, &format("0%")).expect("written");
        sheet.write_with_format(1, 1, 1.0, &format("0.00%")).expect("written");
        sheet.write_with_format(1, 2, 0.296_3, &Format::new().set_num_format_index(10)).expect("written");
        sheet.write_with_format(1, 3, &day, &format("yyyy\"年\"m\"月\"d\"日\"")).expect("written");
        sheet.write(2, 0, true).expect("written");
        sheet.write(2, 1, "一\r\n二\t三").expect("written");
        sheet.write(2, 2, Formula::new("=1+1").set_result("2")).expect("written");
        sheet.write(2, 3, Formula::new("=A1/0").set_result("#DIV/0!")).expect("written");
        // What could be a formula in another place is a text here.
        for (column, text) in (0..).zip(["=1+1", "+5", "-5", "@a"]) {
            sheet.write_string(4, column, text).expect("written");
        }
    });
    let opened = opened(&bytes);
    assert_eq!(
        opened.text,
        "甲\t0.3\t100\t1000000000000000\n96%\t100%\t29.63%\t2025-10-10\nTRUE\t一  二 三\t2\t#DIV/0!\n\n=1+1\t+5\t-5\t@a\n"
    );
    assert_eq!(opened.remarks, [Remark::ErrorCells { count: 1, first: "Sheet1!D3".to_owned() }]);
}

#[test]
fn hidden_sheets_are_named_and_not_read() {
    let bytes = workbook(|workbook| {
        workbook.add_worksheet().write(0, 0, "明").expect("written");
        workbook.add_worksheet().set_name("上年").expect("a name").set_hidden(true).write(0, 0, "暗").expect("written");
        workbook.add_worksheet().write(0, 0, "末").expect("written");
    });
    let opened = opened(&bytes);
    assert_eq!(opened.text, "明\n\n末\n");
    assert_eq!(opened.remarks, [Remark::HiddenSheets { names: vec!["上年".to_owned()] }]);
}

#[test]
fn lists_of_ours_are_left_out() {
    let bytes = workbook(|workbook| {
        workbook.add_worksheet().write(0, 0, "表").expect("written");
        workbook.add_worksheet().set_name("审核's").expect("a name").write(0, 0, "三公经费 5").expect("written");
        workbook.add_worksheet().set_name("Other").expect("a name").write(0, 0, "又").expect("written");
        workbook.define_name("Gouji.List1", "='审核''s'!$A$1").expect("a name");
        workbook.define_name("Mine", "=Other!$A$1").expect("a name");
    });
    assert_eq!((opened(&bytes).text.as_str(), opened(&bytes).remarks), ("表\n\n又\n", vec![]));
}

#[test]
fn what_we_write_is_read_back_from_its_text() {
    let template = template();
    let sample = json::read(gouji::SAMPLES[0].1, &template).expect("the sample is a filing");
    let layout = Layout::of(&template, &sample);
    let word = opened(&word_out::write(&layout).expect("a document"));
    let filing = word.submission.expect("the filing is in it");
    assert_eq!(json::read(&filing, &template), Ok(sample.clone()));
    is_the_sample(&word.text);
    // The workbook has the two tables and not the report.
    let book = opened(&workbook_out::write(&layout, &[]).expect("a workbook"));
    assert_eq!(book.remarks, []);
    let report = plain_text(&report::write(&layout, Blanks::Dropped));
    is_the_sample(&[report, book.text].concat());
}

#[test]
fn a_formula_without_a_result_is_blank_and_said() {
    let rows = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><f>A1+1</f></c><c r=\"C1\"><v>3</v></c></row></sheetData>";
    let opened = opened(&xlsx_of(rows));
    assert_eq!(opened.text, "1\t\t3\n");
    assert_eq!(opened.remarks, [Remark::NoResult { count: 1, first: "One!B1".to_owned() }]);
}

#[test]
fn a_date_where_a_figure_is_due_is_no_figure() {
    let template = template();
    let layout_of = Submission::blank(&template, "reading");
    let text = "2024年度部门（单位）整体支出绩效评价基础数据表\n经费控制情况（万元）\t2023年决算数\t2024年预算数\t2024年决算数\n\
                三公经费\t2025-10-10\t0.6\t#REF!\n";
    let reading = reading::read(&Layout::of(&template, &layout_of), text);
    let figures: Vec<&str> = reading.links.iter().map(|link| link.text.as_str()).collect();
    assert_eq!(figures, ["0.6"]);
}

#[test]
fn a_workbook_of_excel_97_is_read_with_its_percents() {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let at = |row: u16, column: u16, style: u16, value: &[u8]| {
        [&row.to_le_bytes(), &column.to_le_bytes(), &style.to_le_bytes(), value].concat()
    };
    let number = |value: f64| value.to_le_bytes();
    let shared = [
        // 0.0% as a format of its own; styles: plain, that one, the built-in percent, a date.
        (0x041e, [&[164, 0, 4, 0, 0], b"0.0%".as_slice()].concat()),
        (0x00e0, vec![0, 0, 0, 0]),
        (0x00e0, vec![0, 0, 164, 0]),
        (0x00e0, vec![0, 0, 9, 0]),
        (0x00e0, vec![0, 0, 14, 0]),
        // Two strings, the second of which goes on in the next record with narrow letters.
        (0x00fc, [&[2, 0, 0, 0, 2, 0, 0, 0, 4, 0, 1], wide("三公经费").as_slice(), &[4, 0, 1], &wide("项目")].concat()),
        (0x003c, [&[0], b"AB".as_slice()].concat()),
    ];
    let visible = vec![
        (0x00fd, at(0, 0, 0, &[0, 0, 0, 0])),
        (0x0203, at(0, 2, 0, &number(0.14))),
        (0x0203, at(0, 3, 1, &number(0.963))),
        // 1 and 2.34 in short.
        (
            0x00bd,
            [
                &[1, 0, 2, 0, 2, 0],
                (0x3ff0_0000_u32).to_le_bytes().as_slice(),
                &[0, 0],
                &((234 << 2) | 3_u32).to_le_bytes(),
                &[3, 0],
            ]
            .concat(),
        ),
        (0x00fd, at(1, 0, 0, &[1, 0, 0, 0])),
        (0x027e, at(2, 0, 0, &((7 << 2) | 2_u32).to_le_bytes())),
        (0x0203, at(2, 2, 3, &number(45940.0))),
        (0x0205, at(2, 3, 0, &[0x17, 1])),
        (0x0006, at(3, 0, 0, &[number(5.5).as_slice(), &[0; 6]].concat())),
        (0x0006, at(3, 2, 0, &[0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0])),
        (0x0207, [&[1, 0, 1], wide("无").as_slice()].concat()),
        (0x0205, at(3, 3, 0, &[1, 0])),
        // A and B of the first two rows are one cell each.
        (0x00e5, vec![2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 0]),
    ];
    let hidden = vec![(0x0203, at(0, 0, 0, &number(9.0)))];
    let opened = opened(&xls(&shared, &[("One", false, visible), ("Old", true, hidden)]));
    assert_eq!(opened.kind, Kind::Workbook);
    assert_eq!(opened.text, "三公经费\t0.14\t96.3%\n项目AB\t100%\t2.34\n7\t\t2025-10-10\t#REF!\n5.5\t\t无\tTRUE\n");
    assert_eq!(
        opened.remarks,
        [
            Remark::ErrorCells { count: 1, first: "One!D3".to_owned() },
            Remark::HiddenSheets { names: vec!["Old".to_owned()] }
        ]
    );
}

#[test]
fn pages_and_xml_under_the_name_of_a_workbook_are_read_as_what_they_are() {
    let page = "<html><head><meta charset=\"gb2312\"></head><body><table><tr><td>三公经费</td><td>96%</td></tr></table></body></html>";
    let (gbk, ..) = encoding_rs::GBK.encode(page);
    let read = opened(&gbk);
    assert_eq!((read.kind, read.text.as_str()), (Kind::Html, "\t三公经费\n\t96%\n\n"));

    let xml = "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>\
        <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
        <Styles><Style ss:ID=\"s1\"><NumberFormat ss:Format=\"0%\"/></Style></Styles><Worksheet ss:Name=\"表\"><Table>\
        <Row><Cell ss:MergeAcross=\"1\"><Data ss:Type=\"String\">三公&amp;经费</Data></Cell><Cell><Data ss:Type=\"Number\">0.6</Data></Cell></Row>\
        <Row ss:Index=\"3\"><Cell ss:Index=\"2\" ss:StyleID=\"s1\"><Data ss:Type=\"Number\">0.96</Data></Cell>\
        <Cell><Data ss:Type=\"DateTime\">2025-10-10T00:00:00.000</Data></Cell><Cell ss:Formula=\"=1\"/></Row>\
        </Table></Worksheet></Workbook>";
    let read = opened(xml.as_bytes());
    assert_eq!(read.kind, Kind::Workbook);
    assert_eq!(read.text, "三公&经费\t0.6\t\n\n\t96%\t2025-10-10\n".replacen("0.6\t\n", "0.6\n", 1));
    assert_eq!(read.remarks, [Remark::NoResult { count: 1, first: "表!D3".to_owned() }]);
}

#[test]
fn texts_are_read_in_the_encodings_of_chinese_programs() {
    let (gbk, ..) = encoding_rs::GB18030.encode("支出5万元");
    let utf_16: Vec<u8> = "\u{feff}支出5万元".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [gbk.as_ref(), &utf_16, "支出5万元".as_bytes(), "\u{feff}支出5万元".as_bytes()] {
        let read = opened(bytes);
        assert_eq!((read.kind, read.text.as_str()), (Kind::Text, "支出5万元"));
    }
    let json = " {\"a\": 1}\n";
    assert_eq!((opened(json.as_bytes()).kind, opened(json.as_bytes()).text.as_str()), (Kind::Json, json));
}

// ---- PDF

#[track_caller]
fn is_read_as_pages(pages: &[&[String]], text: &str) {
    let pages: Vec<String> = pages.iter().map(|page| page.concat()).collect();
    assert_eq!(opened(&pdf::pdf(&pages)).text, text);
}

#[test]
fn letters_are_read_where_they_stand() {
    use pdf::text;
    // Whatever comes first in the file; twice, to look bold; with a gap between words and between columns.
    let line = [
        text(140.0, 700.0, 10.0, "5万元"),
        text(100.0, 700.0, 10.0, "基本支出"),
        text(140.5, 700.0, 10.0, "5"),
        text(100.0, 680.0, 10.0, "甲"),
        text(120.0, 680.0, 10.0, "乙"),
        text(200.0, 680.0, 10.0, "丙"),
    ];
    is_read_as_pages(&[&line], "基本支出5万元\n甲 乙\t丙\n");
}

#[test]
fn a_line_that_ends_at_the_margin_goes_on_below_it_and_on_the_next_page() {
    use pdf::text;
    let line = |y: f64, words: &str| text(if words.starts_with('一') { 120.0 } else { 100.0 }, y, 10.0, words);
    let first = [line(700.0, "一二三四五六七八"), line(680.0, "一二三四五六七八"), line(660.0, "三四五六七八九十一二")];
    let next = [line(700.0, "五六七"), line(680.0, "一八"), text(150.0, 40.0, 10.0, "- 2 -")];
    is_read_as_pages(&[&first, &next], "一二三四五六七八\n一二三四五六七八三四五六七八九十一二五六七\n一八\n");
}

#[test]
fn cells_are_what_rules_part() {
    use pdf::{rule, text};
    let table = [
        text(100.0, 740.0, 10.0, "附件"),
        // Three columns and three rows; the first cell is two rows high, and the last row has two cells.
        rule((100.0, 730.0), (220.0, 730.0)),
        rule((140.0, 710.0), (220.0, 710.0)),
        // Thin shapes, as Word draws them, are lines, too.
        "100 689.8 120 0.5 re f\n".to_owned(),
        rule((100.0, 670.0), (220.0, 670.0)),
        rule((100.0, 670.0), (100.0, 730.0)),
        rule((140.0, 670.0), (140.0, 730.0)),
        rule((180.0, 690.0), (180.0, 730.0)),
        rule((220.0, 670.0), (220.0, 730.0)),
        text(102.0, 715.0, 10.0, "三公经"),
        text(102.0, 700.0, 10.0, "费"),
        text(142.0, 715.0, 10.0, "0.14"),
        text(182.0, 695.0, 10.0, "0.6"),
        text(102.0, 675.0, 10.0, "合计"),
        text(182.0, 675.0, 10.0, "9"),
        text(100.0, 650.0, 10.0, "说明"),
    ];
    is_read_as_pages(&[&table], "附件\n\t三公经费\n\t0.14\n\t\n\n\t\n\t\n\t0.6\n\n\t合计\n\t9\n\n说明\n");
    // A frame is no table.
    let frame = [
        rule((50.0, 50.0), (500.0, 50.0)),
        rule((50.0, 800.0), (500.0, 800.0)),
        rule((50.0, 50.0), (50.0, 800.0)),
        rule((500.0, 50.0), (500.0, 800.0)),
        text(100.0, 650.0, 10.0, "说明"),
    ];
    is_read_as_pages(&[&frame], "说明\n");
}

// ---- the command line

/// What the program prints of a file of these bytes, and its status.
fn check(name: &str, bytes: &[u8], arguments: &[&str]) -> (String, String, Option<i32>) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, bytes).expect("a scratch file");
    let mut program = Command::new(env!("CARGO_BIN_EXE_gouji"));
    let output = program.arg("check").args(arguments).arg(&path).output().expect("the program runs");
    fs::remove_file(&path).expect("it is there");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

#[test]
fn the_command_line_reads_documents_as_it_reads_texts() {
    // Whatever they are called.
    for (name, bytes) in [("of-word.docx", docx(&body())), ("of-excel.xls", xlsx()), ("of-nothing", xlsx())] {
        let (out, error, status) = check(name, &bytes, &[]);
        let lines: Vec<&str> = out.lines().skip(1).take(2).collect();
        assert_eq!(
            lines,
            [
                "从文本读出 111 处数字：表中 72 处，报告中 39 处",
                "部门（单位）整体支出绩效自评（2024年度）：强制性 0，核实性 6（另有 0 项已说明），提示性 3；总分 97，优；按规则测算 93.07",
            ]
        );
        assert_eq!((error.as_str(), status), ("", Some(0)));
    }
}

#[test]
fn a_document_with_a_filing_in_it_is_that_filing() {
    let template = template();
    let sample = json::read(gouji::SAMPLES[0].1, &template).expect("the sample is a filing");
    let bytes = word_out::write(&Layout::of(&template, &sample)).expect("a document");
    let (out, _, status) = check("with-filing.docx", &bytes, &[]);
    assert!(
        out.contains("强制性 0，核实性 6（另有 0 项已说明），提示性 3；总分 97，优") && !out.contains("从文本读出"),
        "{out}"
    );
    assert_eq!(status, Some(0));
    let broken = docx_with(
        &paragraph("一"),
        &[("customXml/item1.xml", "<submission xmlns=\"urn:gouji:submission\">{</submission>")],
    );
    let (_, error, status) = check("with-broken.docx", &broken, &[]);
    assert!(error.contains("文件内容不完整或已损坏"), "{error}");
    assert_eq!(status, Some(2));
}

#[test]
fn remarks_are_told_a_line_each() {
    let bytes = workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        for (row, line) in (0..).zip(["六、资金使用及绩效情况", "（一）整体支出绩效情况", "2024年基本支出合计5万元。"])
        {
            sheet.write(row, 0, line).expect("written");
        }
        sheet.write(9, 1, Formula::new("=A1/0").set_result("#DIV/0!")).expect("written");
        workbook.add_worksheet().set_name("上年").expect("a name").set_hidden(true).write(0, 0, "暗").expect("written");
    });
    let (out, ..) = check("remarks.xlsx", &bytes, &[]);
    let remarks: Vec<&str> = out.lines().skip(1).take(2).collect();
    assert_eq!(
        remarks,
        [
            "有 1 个单元格是公式错误（第一处：Sheet1!B10），没有作为数字。",
            "没有读隐藏的工作表：上年。需要时取消隐藏，再打开。"
        ]
    );
    let (out, error, _) = check("remarks-json.xlsx", &bytes, &["--format", "json", "--language", "en"]);
    assert_eq!(out.lines().count(), 1);
    assert!(error.contains("Cells with an error of a formula: 1 (the first: Sheet1!B10)"), "{error}");
}

#[test]
fn a_refusal_is_said_in_both_languages() {
    let scanned = pdf::pdf(&[String::new()]);
    for (language, said) in [("zh", "这是扫描件"), ("en", "This PDF is scanned")] {
        let (out, error, status) = check(&format!("refused-{language}.pdf"), &scanned, &["--language", language]);
        assert!(out.is_empty() && error.contains(said), "{error}");
        assert_eq!(status, Some(2));
    }
}

/// Writes the files for a foreign program: `FILES=folder cargo test --test office_in -- --ignored`.
#[test]
#[ignore = "makes the files that a foreign program made the fixtures of"]
fn write_the_files() {
    let folder = std::path::PathBuf::from(std::env::var("FILES").expect("a folder"));
    fs::write(folder.join("sample.docx"), docx(&body())).expect("written");
    fs::write(folder.join("sample.xlsx"), xlsx()).expect("written");
    fs::write(folder.join("sample.pdf"), pdf::sample()).expect("written");
}
