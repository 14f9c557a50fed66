//! Why a file of an office program cannot be opened, and what to do; and what is said of one that was.

use crate::exchange::office::open::{LARGEST, Refusal, Remark};
use crate::words::{Language, Words, words};

/// The sentence for a refusal.
pub fn say(refusal: Refusal, language: Language) -> String {
    let megabytes = |bytes: usize| bytes.div_ceil(1024 * 1024).to_string();
    let arguments = match refusal {
        Refusal::TooLarge { bytes } => vec![("size", megabytes(bytes)), ("most", megabytes(LARGEST))],
        _ => vec![],
    };
    let text: Words = match refusal {
        Refusal::TooLarge { .. } => words(
            "文件太大（{size} MB，最多 {most} MB）。删去图片等无关内容，或复制全文后粘贴。",
            "The file is too large ({size} MB; at most {most} MB). Take out pictures and the like, or copy the whole text and paste it.",
        ),
        Refusal::UnpacksTooLarge => words(
            "文件解压后大得不正常，为安全起见没有打开。在 Word、Excel 或 WPS 里只保留自评材料，“另存为”一份，再试。",
            "The file unpacks to an abnormal size and was not opened, to be safe. Open it in Word, Excel or WPS, keep the filing alone, save it as a new file, and try that.",
        ),
        Refusal::Damaged => words(
            "文件不完整或已损坏，没有打开。重新复制或下载一份；仍不行时，用 Word、Excel 或 WPS 打开并“另存为”一份。",
            "The file is incomplete or damaged and was not opened. Copy or download it again; if that fails, open it in Word, Excel or WPS and save it as a new file.",
        ),
        Refusal::Encrypted => words(
            "文件设了打开密码，读不出内容。在 Word、Excel 或 WPS 里取消密码后另存一份，再打开。",
            "The file opens with a password only, so it cannot be read. Remove the password in Word, Excel or WPS, save it, and open that.",
        ),
        Refusal::OldDocument => words(
            "这是旧版 Word（.doc）或 WPS 文字文件，本程序读不出。在 Word 或 WPS 里“另存为” .docx 再打开，或复制全文后粘贴。",
            "This is a document of an old Word (.doc) or of WPS, which this program does not read. Save it as .docx in Word or WPS and open that, or copy the whole text and paste it.",
        ),
        Refusal::OtherDocument => words(
            "这种文档格式（如 .odt、.rtf、.mht）本程序读不出。“另存为” .docx 再打开，或复制全文后粘贴。",
            "This program does not read documents of this format (such as .odt, .rtf, .mht). Save it as .docx and open that, or copy the whole text and paste it.",
        ),
        Refusal::OtherWorkbook => words(
            "这种表格格式（如 .ods、.xlsb、Excel 97 以前的 .xls）本程序读不出。“另存为” .xlsx 再打开，或复制表格后粘贴。",
            "This program does not read workbooks of this format (such as .ods, .xlsb, .xls before Excel 97). Save it as .xlsx and open that, or copy the tables and paste them.",
        ),
        Refusal::Slides => words(
            "这是演示文稿，不是自评材料。改选 .docx、.xlsx 或文本文件。",
            "This is a presentation and no filing. Choose a .docx, an .xlsx or a text file.",
        ),
        Refusal::Pdf => words(
            "这是扫描件，或字体不带文字的 PDF，没有文字可读。改用原来的 .docx 或 .xlsx 文件，或文字可以复制的 PDF。",
            "This PDF is scanned, or its fonts do not say which letters they show, so there is no text in it to read. Use the .docx or .xlsx file that it was made of, or a PDF whose words can be copied.",
        ),
        Refusal::Picture => words(
            "这是图片，里面的文字读不出。改选 .docx、.xlsx 或文本文件。",
            "This is a picture, whose words cannot be read. Choose a .docx, an .xlsx or a text file.",
        ),
        Refusal::Archive => words(
            "这是压缩包。先解压，再打开里面的文件。",
            "This is a packed folder. Unpack it and open the file in it.",
        ),
        Refusal::Unknown => words(
            "这不是本程序能读的文件。改选 .docx、.xlsx、.xls、PDF、网页、文本文件，或本程序导出的 JSON 文件。",
            "This is no file that this program can read. Choose a .docx, .xlsx, .xls, a PDF, a web page, a text file, or a JSON file exported by this program.",
        ),
        Refusal::Empty => words(
            "文件里没有文字。如果内容是扫描图片，改选可以复制文字的文件。",
            "There is no text in the file. If it is made of scanned pictures, choose a file whose words can be copied.",
        ),
    };
    text.say(language, &arguments)
}

/// The sentence for what people should know of a file that was opened.
pub fn remark(remark: &Remark, language: Language) -> String {
    let (text, arguments): (Words, Vec<(&str, String)>) = match remark {
        Remark::Macros => (words("文件带有宏，没有运行。", "The file has macros, which were not run."), vec![]),
        Remark::HiddenSheets { names } => (
            words(
                "没有读隐藏的工作表：{names}。需要时取消隐藏，再打开。",
                "Hidden sheets were not read: {names}. Where one is needed, show it and open the file again.",
            ),
            vec![("names", names.join(HIDDEN_NAMES.in_language(language)))],
        ),
        Remark::ErrorCells { count, first } => (
            words(
                "有 {count} 个单元格是公式错误（第一处：{first}），没有作为数字。",
                "Cells with an error of a formula: {count} (the first: {first}). They were not taken as figures.",
            ),
            vec![("count", count.to_string()), ("first", first.clone())],
        ),
        Remark::NoResult { count, first } => (
            words(
                "有 {count} 个公式没有保存计算结果（第一处：{first}），按空白读入。用 Excel 或 WPS 打开并保存一次，再打开。",
                "Formulas without a result in the file: {count} (the first: {first}). They were read as blank. Open the file in Excel or WPS, save it, and open it again.",
            ),
            vec![("count", count.to_string()), ("first", first.clone())],
        ),
        Remark::CutOff { cells } => (
            words(
                "表格太大，只读了前 {cells} 个单元格。",
                "The workbook is too large; only its first {cells} cells were read.",
            ),
            vec![("cells", cells.to_string())],
        ),
    };
    text.say(language, &arguments)
}

const HIDDEN_NAMES: Words = words("、", ", ");
