//! Any file that people may bring, as text: by what is in it and not by its name.

use crate::exchange::html_text;
use crate::exchange::office::package::Package;
use crate::exchange::office::{encoding, ole, pdf, spreadsheet_xml, word, workbook};

pub use crate::exchange::LARGEST_FILE as LARGEST;
/// How files begin that are no text. What follows a picture's mark is its own.
const PICTURES: [&[u8]; 7] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF"];
const ARCHIVES: [&[u8]; 3] = [b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"];
/// Word in one file of XML, or as a mail: text in them is no text of a page.
const OTHER_DOCUMENTS: [&str; 3] = [
    "http://schemas.microsoft.com/office/word/2003/wordml",
    "http://schemas.microsoft.com/office/2006/xmlPackage",
    "urn:oasis:names:tc:opendocument:xmlns:office",
];
/// A file says what it is within so many characters.
const HEAD: usize = 4096;

/// A file that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub kind: Kind,
    /// What the reader of texts reads; of JSON, the file as it is.
    pub text: String,
    /// The filing as JSON, where a document has it beside its text.
    pub submission: Option<String>,
    pub remarks: Vec<Remark>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Word,
    Workbook,
    Pdf,
    Html,
    Text,
    Json,
}

/// What people should know of a file that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// It has macros, which were not run.
    Macros,
    /// Sheets that are hidden, and were not read.
    HiddenSheets { names: Vec<String> },
    /// Cells with an error of the workbook (#REF!) in place of a figure, and the first of them.
    ErrorCells { count: usize, first: String },
    /// Formulas whose result is not in the file, and the first of them.
    NoResult { count: usize, first: String },
    /// Only so many cells were read.
    CutOff { cells: usize },
}

/// Why a file cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Above [`LARGEST`] bytes.
    TooLarge {
        bytes: usize,
    },
    /// Unpacks to more than any office file does.
    UnpacksTooLarge,
    /// Begins like a known file, and does not go on like one.
    Damaged,
    /// Opens with a password only.
    Encrypted,
    /// Word before 2007, or WPS.
    OldDocument,
    /// A document in another format: OpenDocument, RTF.
    OtherDocument,
    /// A workbook in another format: OpenDocument, binary, before 1997.
    OtherWorkbook,
    Slides,
    /// A PDF of pictures, or with fonts that do not say which letters they show.
    Pdf,
    Picture,
    /// A packed folder.
    Archive,
    /// None of these.
    Unknown,
    /// Has no text.
    Empty,
}

/// Opens a file.
pub fn open(bytes: &[u8]) -> Result<Opened, Refusal> {
    if bytes.len() > LARGEST {
        return Err(Refusal::TooLarge { bytes: bytes.len() });
    }
    let begins = |with: &[&[u8]]| with.iter().any(|with| bytes.starts_with(with));
    let opened = if begins(&[b"PK\x03\x04"]) {
        package(bytes)?
    } else if begins(&[ole::MARK]) {
        ole::read(bytes)?
    } else if begins(&[b"%PDF"]) {
        Opened { kind: Kind::Pdf, text: pdf::text_of(bytes)?, submission: None, remarks: Vec::new() }
    } else if begins(&PICTURES) {
        return Err(Refusal::Picture);
    } else if begins(&ARCHIVES) {
        return Err(Refusal::Archive);
    } else {
        text(bytes)?
    };
    if opened.text.trim().is_empty() && opened.submission.is_none() {
        return Err(Refusal::Empty);
    }
    Ok(opened)
}

fn package(bytes: &[u8]) -> Result<Opened, Refusal> {
    let mut package = Package::open(bytes)?;
    if let Some(kind) = package.text("mimetype")? {
        let is_workbook = kind.contains("opendocument.spreadsheet");
        return Err(if is_workbook { Refusal::OtherWorkbook } else { Refusal::OtherDocument });
    }
    let main = package.main_part()?.unwrap_or_default();
    if package.has_folder("xl/") {
        if main.ends_with(".bin") {
            return Err(Refusal::OtherWorkbook);
        }
        package.prove()?;
        let (text, mut remarks) = workbook::read(bytes)?;
        remarks.extend(package.has_macros().then_some(Remark::Macros));
        return Ok(Opened { kind: Kind::Workbook, text, submission: None, remarks });
    }
    if package.has_folder("word/") {
        let main = if main.is_empty() { "word/document.xml" } else { &main };
        let word::Word { text, submission, remarks } = word::read(&mut package, main)?;
        return Ok(Opened { kind: Kind::Word, text, submission, remarks });
    }
    Err(if package.has_folder("ppt/") { Refusal::Slides } else { Refusal::Archive })
}

/// What is no container: JSON, HTML, a workbook in XML, plain text.
fn text(bytes: &[u8]) -> Result<Opened, Refusal> {
    let text = encoding::decode(bytes).ok_or(Refusal::Unknown)?;
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    let opened = |kind: Kind, text: String| Opened { kind, text, submission: None, remarks: Vec::new() };
    if begins.starts_with("{\\rtf") || begins.starts_with("MIME-Version:") {
        return Err(Refusal::OtherDocument);
    }
    if begins.starts_with('{') {
        return Ok(opened(Kind::Json, text.into_owned()));
    }
    if !html_text::is_html(&text) {
        return Ok(opened(Kind::Text, text.into_owned()));
    }
    let head: String = begins.chars().take(HEAD).collect();
    if head.contains(spreadsheet_xml::NAMESPACE) && !head.contains("<html") {
        let (text, remarks) = spreadsheet_xml::read(&text)?;
        return Ok(Opened { kind: Kind::Workbook, text, submission: None, remarks });
    }
    if OTHER_DOCUMENTS.iter().any(|other| head.contains(other)) && !head.contains("<html") {
        return Err(Refusal::OtherDocument);
    }
    Ok(opened(Kind::Html, html_text::text_of(&text)))
}
