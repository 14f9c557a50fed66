//! Why a file cannot be opened, and what to do.

use crate::exchange::json::Refusal;
#[cfg(not(target_arch = "wasm32"))]
use crate::exchange::text;
use crate::words::{Language, Words, words};

/// The sentence for a refusal. The draft on screen is untouched in every case.
pub fn say(refusal: &Refusal, language: Language) -> String {
    let (text, arguments): (Words, Vec<(&str, String)>) = match refusal {
        Refusal::TooLarge { bytes } => (
            words(
                "文件太大（{size} MB），不像是本程序导出的自评表。核对是否选错了文件。",
                "The file is too large ({size} MB) to be a filing of this program. Check that it is the right file.",
            ),
            vec![("size", bytes.div_ceil(1024 * 1024).to_string())],
        ),
        Refusal::Broken { line, column } => (
            words(
                "文件内容不完整或已损坏（第 {line} 行第 {column} 个字符处）。重新导出或复制一份再打开。",
                "The file is incomplete or damaged (line {line}, character {column}). Export or copy it again.",
            ),
            vec![("line", line.to_string()), ("column", column.to_string())],
        ),
        Refusal::NotASubmission => (
            words(
                "这不是本程序导出的自评表文件。选择用“导出 JSON”保存的文件。",
                "This is not a filing exported by this program. Choose a file saved with “Export JSON”.",
            ),
            vec![],
        ),
        Refusal::LaterVersion { found } => (
            words(
                "文件是另一版本的程序导出的（文件格式第 {found} 版，本程序为第 {ours} 版）。用导出它的版本打开。",
                "The file was written by another version of the program (file format {found}, here {ours}). Open it with that version.",
            ),
            vec![("found", found.to_string()), ("ours", crate::engine::submission::FORMAT_VERSION.to_string())],
        ),
        Refusal::OtherTemplate { found } => (
            words(
                "文件属于另一种表（{found}），不能填入本表。核对是否选错了文件。",
                "The file belongs to another form ({found}) and cannot be opened in this one. Check that it is the right file.",
            ),
            vec![("found", found.clone())],
        ),
        Refusal::OtherEdition { found } => (
            words(
                "文件按本表的另一个版本（{found}）填写，不能直接打开。用该版本的模板打开。",
                "The file was filled for another edition of this form ({found}). Open it with the template of that edition.",
            ),
            vec![("found", found.clone())],
        ),
        Refusal::UnknownField { name } => (
            words(
                "文件里有本程序不认识的内容“{name}”，打开会丢失，因此没有打开。",
                "The file has a field “{name}” that this version does not know. Opening it would lose the field, so it was not opened.",
            ),
            vec![("name", name.clone())],
        ),
        Refusal::UnknownCell { key } => (
            words(
                "文件里有本表没有的单元格“{key}”，打开会丢失，因此没有打开。",
                "The file has a cell “{key}” that this form does not have. Opening it would lose the cell, so it was not opened.",
            ),
            vec![("key", key.clone())],
        ),
        Refusal::RowIds { id } => (
            words(
                "文件里新增行的编号“{id}”重复或不连贯，可能被手工改过，因此没有打开。改用没有改过的文件。",
                "The id “{id}” of an added row stands twice or is out of order; the file may have been edited by hand. It was not opened; use one that was not.",
            ),
            vec![("id", id.clone())],
        ),
        Refusal::TooManyRows { rows } => (
            words(
                "文件里有 {rows} 个新增行，本程序最多 {most} 个。删去不用的行再打开。",
                "The file has {rows} added rows; this program takes {most}. Remove rows that are not needed.",
            ),
            vec![("rows", rows.to_string()), ("most", crate::engine::submission::MOST_ROWS.to_string())],
        ),
        Refusal::Malformed { detail } => (
            words(
                "文件内容与格式不符，没有打开（{detail}）。重新导出一份。",
                "The file does not have the form that is due and was not opened ({detail}). Export it again.",
            ),
            vec![("detail", detail.clone())],
        ),
    };
    text.say(language, &arguments)
}

/// The sentence for a text that cannot be read as a filing.
#[cfg(not(target_arch = "wasm32"))]
pub fn say_of_text(refusal: text::Refusal, language: Language) -> String {
    let (text, arguments): (Words, Vec<(&str, String)>) = match refusal {
        text::Refusal::TooLarge { bytes } => (
            words(
                "文本太大（{size} MB），不像是一份自评材料。只保留自评报告和两张表再打开。",
                "The text is too large ({size} MB) to be a filing. Keep only the report and the two tables, and open that.",
            ),
            vec![("size", bytes.div_ceil(1024 * 1024).to_string())],
        ),
        text::Refusal::NoFigure => (
            words(
                "文本里没有找到自评表的数字。核对是否为自评报告或两张表的全文。",
                "No figure of the form was found in the text. Check that it is the whole report or its tables.",
            ),
            vec![],
        ),
    };
    text.say(language, &arguments)
}
