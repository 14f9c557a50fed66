//! Writes a filing as a workbook: its sheets as the official tables, with numbers and live formulas, and lists beside them.

mod extent;
mod figure;
mod form;
mod formula;
mod list;
mod place;
mod plan;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

pub use list::{Column, Entry, List};

use crate::engine::layout::Layout;
use crate::exchange::office::drawn::sheets;
use place::{Places, sheet_names};
use plan::Plan;

/// Why a workbook cannot be written.
#[derive(Debug)]
pub enum Unwritable {
    /// A cell has more characters than one of a spreadsheet can have.
    TextTooLong { cell: String, characters: usize },
    /// A fault of ours, in the words of the library.
    Fault(String),
}

/// The longest text that a cell of a spreadsheet can have.
pub const LONGEST_TEXT: usize = 32_767;
/// How the names begin by which a workbook knows its lists: they speak of the figures of the form, and whoever reads the
/// form again leaves their sheets out.
pub const LIST_NAME: &str = "Gouji.List";
/// Margins in inches: left, right, top, bottom, header, footer.
const MARGINS: [f64; 6] = [0.63, 0.63, 0.67, 0.67, 0.3, 0.3];
/// A4.
const PAPER: u8 = 9;
/// The height of rows and the width of columns that nothing else is said of, in pixels.
const DEFAULT_SIZE: (u32, u32) = (20, 72);

/// The sheets of a filing, each a worksheet, and then the lists. The same filing gives the same bytes.
pub fn write(layout: &Layout<'_>, lists: &[List]) -> Result<Vec<u8>, Unwritable> {
    let drawn = sheets(layout);
    let plans: Vec<Plan> = drawn.iter().map(Plan::of).collect();
    let too_long = plans.iter().flat_map(|plan| &plan.boxes).find_map(|placed| {
        let characters = placed.text().encode_utf16().count();
        let key = placed.runs.iter().find_map(|run| run.key.clone());
        (characters > LONGEST_TEXT).then(|| Unwritable::TextTooLong { cell: key.unwrap_or_default(), characters })
    });
    if let Some(too_long) = too_long {
        return Err(too_long);
    }
    let tabs = drawn.iter().filter_map(|sheet| layout.template.sheet(&sheet.id)).map(|sheet| sheet.tab.as_str());
    let names = sheet_names(tabs.chain(lists.iter().map(|list| list.name.as_str())));
    bound(layout, &plans, names, lists)
}

/// Lists alone, without the form.
pub fn write_lists(layout: &Layout<'_>, lists: &[List]) -> Result<Vec<u8>, Unwritable> {
    bound(layout, &[], sheet_names(lists.iter().map(|list| list.name.as_str())), lists)
}

fn bound(layout: &Layout<'_>, plans: &[Plan], names: Vec<String>, lists: &[List]) -> Result<Vec<u8>, Unwritable> {
    let places = Places::of(layout, plans, names);
    let formulas = formula::formulas(layout, &places);
    let bound = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        book.set_default_format(&form::base(), DEFAULT_SIZE.0, DEFAULT_SIZE.1)?;
        // No clock and no name: who files it is said in the form.
        let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
        book.set_properties(
            &DocProperties::new().set_title(&layout.template.spec().name).set_creation_datetime(&created),
        );
        for (at, name) in places.names.iter().enumerate().skip(plans.len()) {
            let list = ["='", &name.replace('\'', "''"), "'!$A$1"].concat();
            book.define_name([LIST_NAME, &(at + 1).to_string()].concat(), &list)?;
        }
        for (at, name) in places.names.iter().enumerate() {
            let sheet = book.add_worksheet();
            sheet.set_name(name)?;
            sheet.set_paper_size(PAPER).set_print_center_horizontally(true).set_footer("&C&P");
            let [left, right, top, bottom, header, footer] = MARGINS;
            sheet.set_margins(left, right, top, bottom, header, footer);
            match plans.get(at) {
                Some(plan) => form::write(sheet, plan, &places, &formulas)?,
                None => lists.get(at - plans.len()).map_or(Ok(()), |list| list.write(sheet, &places))?,
            }
        }
        book.save_to_buffer()
    };
    bound().map_err(|error| Unwritable::Fault(error.to_string()))
}
