//! Lists for worksheets of their own, such as what was found: a title, lines below it, a table with headings.

use rust_decimal::Decimal;
use rust_xlsxwriter::{DataValidation, Format, FormatAlign, FormatBorder, Url, Worksheet, XlsxError};

use super::extent;
use super::figure::Figure;
use super::form::{base, narrow, wide};
use super::place::Places;

/// A list in words, to be written on a worksheet of its own.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// The name of the worksheet.
    pub name: String,
    pub title: String,
    /// Said below the title.
    pub lines: Vec<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Entry>>,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub heading: String,
    /// In pixels, of which a sheet of paper has about a thousand.
    pub width: u32,
}

/// What stands in one cell of a list.
#[derive(Clone, Debug)]
pub enum Entry {
    Text(String),
    Count(usize),
    /// A figure with so many decimals; a rate in percent points.
    Figure {
        value: Decimal,
        places: u32,
        is_percent: bool,
    },
    /// A cell of the form by its name, which leads to it.
    Cell {
        key: String,
        text: String,
    },
    /// To be chosen, of the same in each row; the first is there to begin with.
    Choice(Vec<String>),
}

/// More characters a spreadsheet does not take in a cell; what is cut off stands in the form.
const MOST_CHARACTERS: usize = 32_000;
/// Points.
const TITLE: f64 = 14.0;

impl List {
    pub(super) fn write(&self, sheet: &mut Worksheet, places: &Places) -> Result<(), XlsxError> {
        let last = narrow(self.columns.len().saturating_sub(1));
        sheet.set_landscape();
        for (at, column) in self.columns.iter().enumerate() {
            sheet.set_column_width_pixels(narrow(at), column.width)?;
        }
        let mut row = 0;
        let title = base().set_bold().set_font_size(TITLE);
        sheet.write_string_with_format(row, 0, &self.title, &title)?.set_row_height(row, 26)?;
        for line in &self.lines {
            row += 1;
            sheet.write_string_with_format(row, 0, line, &base())?.set_row_height(row, 20)?;
        }
        row += 1;
        let head = row;
        let heading = framed().set_bold().set_align(FormatAlign::Center).set_background_color(0xEE_EE_EE);
        for (at, column) in self.columns.iter().enumerate() {
            sheet.write_string_with_format(head, narrow(at), &column.heading, &heading)?;
        }
        sheet.set_row_height(head, 22)?.set_freeze_panes(head + 1, 0)?.set_repeat_rows(head, head)?;
        for entries in &self.rows {
            row += 1;
            let mut height = 20;
            for ((at, entry), column) in entries.iter().enumerate().zip(&self.columns) {
                height = height.max(extent::height(&entry.text(), column.width, 0));
                entry.write(sheet, (row, narrow(at)), places)?;
            }
            sheet.set_row_height(row, height.min(400))?;
        }
        if let Some(first) = self.rows.first() {
            sheet.autofilter(head, 0, row, last)?;
            for (at, entry) in first.iter().enumerate() {
                if let Entry::Choice(choices) = entry {
                    let choice = DataValidation::new().allow_list_strings(choices)?;
                    sheet.add_data_validation(head + 1, narrow(at), row, narrow(at), &choice)?;
                }
            }
        }
        sheet.set_print_fit_to_pages(1, 0);
        Ok(())
    }
}

impl Entry {
    fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Cell { text, .. } => text.chars().take(MOST_CHARACTERS).collect(),
            Self::Count(count) => count.to_string(),
            Self::Figure { value, .. } => value.to_string(),
            Self::Choice(choices) => choices.first().cloned().unwrap_or_default(),
        }
    }

    fn write(&self, sheet: &mut Worksheet, (row, column): (u32, u16), places: &Places) -> Result<(), XlsxError> {
        let format = framed();
        match self {
            Self::Text(_) => {
                sheet.write_string_with_format(row, column, self.text(), &format.set_text_wrap())?;
            }
            Self::Count(count) => {
                let format = format.set_align(FormatAlign::Center);
                sheet.write_number_with_format(row, column, f64::from(wide(*count)), &format)?;
            }
            Self::Figure { value, places, is_percent } => {
                let figure = Figure::of(*value, *places);
                let figure = if *is_percent { figure.with_percent_sign() } else { figure };
                let format = format.set_align(FormatAlign::Right).set_num_format(figure.format());
                sheet.write_number_with_format(row, column, figure.number(), &format)?;
            }
            Self::Cell { key, text } => match places.get(key) {
                Some(place) => {
                    let link = Url::new(["internal:", &places.full_address(place)].concat());
                    let format = format.set_text_wrap().set_font_color(0x1F_4E_9E);
                    sheet.write_url_with_options(row, column, link, text.as_str(), "", Some(&format))?;
                }
                // It stands in the report.
                None => {
                    sheet.write_string_with_format(row, column, text, &format.set_text_wrap())?;
                }
            },
            Self::Choice(_) => {
                let format = format.set_align(FormatAlign::Center);
                sheet.write_string_with_format(row, column, self.text(), &format)?;
            }
        }
        Ok(())
    }
}

fn framed() -> Format {
    base().set_border(FormatBorder::Thin)
}
