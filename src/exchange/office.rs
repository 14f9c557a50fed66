//! Files of Word and Excel, in and out. What is read becomes text, which the reader of texts reads like any other; what is
//! written is the one drawing of the sheets, as tables of the format.

pub mod drawn;
pub mod word_out;
pub mod workbook_out;
