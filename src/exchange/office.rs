//! Files of Word and Excel, in and out. What is read becomes text, which the reader of texts reads like any other; what is
//! written is the one drawing of the sheets, as tables of the format.

pub mod changed;
pub mod drawn;
mod encoding;
mod grid;
mod old_workbook;
mod ole;
pub mod open;
mod package;
mod pdf;
mod spreadsheet_xml;
pub mod word;
pub mod word_out;
mod workbook;
pub mod workbook_out;
