//! Files that are no filing, damaged or made to do harm: each is refused with its reason, or read within bounds.

#[path = "support/office.rs"]
mod office;
#[path = "support/pdf.rs"]
mod pdf;

use gouji::exchange::office::open::{LARGEST, Refusal, Remark, open};
use office::{body, docx, docx_with, ole, paragraph, xls, xlsx, xlsx_of, zip, zip_with_copies};
use proptest::prelude::*;

#[test]
fn a_sheet_of_a_million_rows_is_cut_off() {
    let far = "<dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
               <row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData>\
               <mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>";
    assert_eq!(open(&xlsx_of(far)).expect("it is sound").text, "1\n");
    let rows: String = (1..=210_000).map(|row| format!("<row r=\"{row}\"><c><v>{row}</v></c></row>")).collect();
    let opened = open(&xlsx_of(&format!("<sheetData>{rows}</sheetData>"))).expect("it is sound");
    assert_eq!(opened.remarks, [Remark::CutOff { cells: 200_000 }]);
    assert_eq!(opened.text.lines().count(), 200_000);
    // One long text that every cell names.
    let long = "长".repeat(10_000);
    let rows: String = (1..=700).map(|row| format!("<row r=\"{row}\"><c t=\"str\"><v>{long}</v></c></row>")).collect();
    assert!(
        open(&xlsx_of(&format!("<sheetData>{rows}</sheetData>"))).is_ok_and(|opened| opened.text.len() <= 17 << 20)
    );
}

/// The same zip, saying of each part that it unpacks to so many bytes.
fn lying(mut bytes: Vec<u8>, size: u32) -> Vec<u8> {
    for at in 0..bytes.len().saturating_sub(46) {
        let place = match &bytes[at..at + 4] {
            b"PK\x03\x04" => at + 22,
            b"PK\x01\x02" => at + 24,
            _ => continue,
        };
        bytes[place..place + 4].copy_from_slice(&size.to_le_bytes());
    }
    bytes
}

#[test]
fn a_file_that_is_nothing_to_read_is_refused_for_what_it_is() {
    let big = docx(&paragraph(&" ".repeat(8 << 20)));
    let many: Vec<(String, &str)> = (0..5_000).map(|at| (format!("word/{at}"), "")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let xls_95 = ole(&[("Book", b"x")]);
    let mut doc_stub = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    doc_stub.extend("WordDocument".encode_utf16().flat_map(u16::to_le_bytes));
    let mimetype = |kind: &str| zip(&[("mimetype", kind), ("content.xml", "<x/>")]);
    let page = [pdf::text(72.0, 700.0, 16.0, "支出5万元")];
    let locked = "/Encrypt << /Filter /Standard /V 9 >>";
    // Each four digits are 128 spaces.
    let spaces = ["8120".repeat((17 << 20) / 128)];
    let packed = "/Filter [/ASCIIHexDecode /RunLengthDecode]";
    for (name, bytes, refusal) in [
        ("nothing", vec![], Refusal::Empty),
        ("spaces", b" \r\n ".to_vec(), Refusal::Empty),
        ("an empty document", docx("<w:p/>"), Refusal::Empty),
        ("too large", vec![b'a'; LARGEST + 1], Refusal::TooLarge { bytes: LARGEST + 1 }),
        ("a long text", big.clone(), Refusal::UnpacksTooLarge),
        ("a long text that lies", lying(big, 100), Refusal::Damaged),
        ("many parts", zip(&many), Refusal::UnpacksTooLarge),
        ("a password", ole(&[("EncryptionInfo", b"x"), ("EncryptedPackage", b"x")]), Refusal::Encrypted),
        ("a workbook with a password", xls(&[(0x002f, vec![1, 0])], &[]), Refusal::Encrypted),
        ("an old document", ole(&[("1Table", b"x"), ("WordDocument", b"x")]), Refusal::OldDocument),
        ("the beginning of one", doc_stub, Refusal::OldDocument),
        ("old slides", ole(&[("PowerPoint Document", b"x")]), Refusal::Slides),
        ("a workbook of 1995", xls_95, Refusal::OtherWorkbook),
        ("an odt", mimetype("application/vnd.oasis.opendocument.text"), Refusal::OtherDocument),
        ("an ods", mimetype("application/vnd.oasis.opendocument.spreadsheet"), Refusal::OtherWorkbook),
        ("rtf", b"{\\rtf1 a}".to_vec(), Refusal::OtherDocument),
        ("slides", zip(&[("ppt/presentation.xml", "<x/>")]), Refusal::Slides),
        ("a packed folder", zip(&[("a.txt", "5")]), Refusal::Archive),
        ("the beginning of a PDF", b"%PDF-1.7\n".to_vec(), Refusal::Damaged),
        ("a PDF of nothing", b"%PDF-1.7\n%%EOF\n".to_vec(), Refusal::Damaged),
        ("a PDF of pictures", pdf::pdf(&[String::new()]), Refusal::Pdf),
        ("a PDF without pages", pdf::pdf(&[]), Refusal::Damaged),
        ("a PDF with too many", pdf::pdf(&vec![String::new(); 301]), Refusal::UnpacksTooLarge),
        ("a PDF whose letters have no names", pdf::pdf_with(&page, "", "/Identity-H", ""), Refusal::Pdf),
        ("a PDF with a password", pdf::pdf_with(&page, locked, pdf::NAMED, ""), Refusal::Encrypted),
        ("a PDF of spaces", pdf::pdf_with(&spaces, "", pdf::NAMED, packed), Refusal::UnpacksTooLarge),
        ("a picture", b"\x89PNG\r\n\x1a\n\0\0".to_vec(), Refusal::Picture),
        ("bytes", vec![0, 1, 2, 255, 254, 9], Refusal::Unknown),
        ("a document that ends in the middle", docx("<w:p><w:r><w:t>5</w:t>"), Refusal::Damaged),
        ("a document that crosses itself", docx("<w:p></w:r></w:p>"), Refusal::Damaged),
        ("a document without its text", zip(&[("word/styles.xml", "<x/>")]), Refusal::Damaged),
    ] {
        assert_eq!(open(&bytes), Err(refusal), "{name}");
    }
}

#[test]
fn a_bomb_is_refused_before_it_fills_the_memory() {
    let spaces = " ".repeat(8 << 20);
    let in_a_sheet = xlsx_of(&format!("<sheetData>{spaces}</sheetData>"));
    let beside = |name: &str| docx_with(&paragraph("支出5万元"), &[(name, &spaces)]);
    // 600 parts, each of them small enough: three gigabytes in a file of three megabytes.
    let part = ("xl/worksheets/sheet1.xml", " ".repeat(4 << 20));
    let in_parts = zip_with_copies(&[(part.0, &part.1)], part.0, 600);
    for bytes in [in_a_sheet, beside("customXml/item1.xml"), in_parts] {
        assert!(bytes.len() < 4 << 20);
        assert_eq!(open(&bytes), Err(Refusal::UnpacksTooLarge));
    }
    // What is not read is not unpacked.
    assert!(open(&beside("word/media/image1.xml")).is_ok());
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    for bytes in [docx(&body()), xlsx()] {
        for length in (4..bytes.len()).step_by(bytes.len() / 97) {
            assert_eq!(open(&bytes[..length]), Err(Refusal::Damaged), "{length}");
        }
    }
    let pdf = pdf::sample();
    for length in (4..pdf.len() - 8).step_by(pdf.len() / 97) {
        assert_eq!(open(&pdf[..length]), Err(Refusal::Damaged), "{length}");
    }
    let xls = xls(&[], &[("One", false, vec![(0x0203, vec![0; 14])])]);
    for length in (8..xls.len()).step_by(97) {
        drop(open(&xls[..length]));
    }
}

/// A file with some of its bytes changed, or with others behind it.
fn changed(bytes: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let places = proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..8);
    (places, proptest::collection::vec(any::<u8>(), 0..64)).prop_map(move |(places, more)| {
        let mut bytes = bytes.clone();
        places.iter().for_each(|(at, byte)| *at.get_mut(&mut bytes) = *byte);
        bytes.extend(&more);
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_change_of_a_file_breaks_the_reader(
        word in changed(docx(&paragraph("支出5万元"))),
        workbook in changed(xlsx_of("<sheetData><row><c><v>1</v></c></row></sheetData>")),
        old in changed(xls(&[(0x00fc, vec![0; 20])], &[("One", false, vec![(0x0203, vec![0; 14]), (0x00bd, vec![0; 20])])])),
        document in changed(docx(&body())),
        sheet in changed(b"<sheetData><row r=\"1\"><c r=\"A1\" s=\"1\" t=\"s\"><v>1</v></c></row></sheetData>".to_vec()),
        text in changed(paragraph("支出5万元").into_bytes()),
        pdf in changed(pdf::pdf(&[pdf::text(72.0, 700.0, 16.0, "支出5万元") + &pdf::rule((1.0, 2.0), (3.0, 2.0))])),
        any in proptest::collection::vec(any::<u8>(), 0..512),
    ) {
        for bytes in [word, workbook, old, document, pdf, any] {
            drop(open(&bytes));
        }
        drop(open(&xlsx_of(&String::from_utf8_lossy(&sheet))));
        drop(open(&docx(&String::from_utf8_lossy(&text))));
    }
}
