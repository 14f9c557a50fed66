//! Writes a sheet of the form as it was planned, with the looks of the official tables.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Formula, IgnoreError, Worksheet, XlsxError};

use super::extent;
use super::place::Places;
use super::plan::{Align, Look, Placed, Plan, TEXT};

/// The name by which every system knows 宋体.
const FONT: &str = "SimSun";
/// The height of the paper within its margins, in points, upright and across.
const HEIGHTS: (u32, u32) = (736, 490);
/// A form somewhat taller than the paper is made smaller, to this share in percent, so that it stands on one page.
const SMALLEST: u32 = 78;
/// Stacked characters, as the library names them.
const UPRIGHT: i16 = 270;

pub(super) fn write(
    sheet: &mut Worksheet,
    plan: &Plan,
    places: &Places,
    formulas: &BTreeMap<String, String>,
) -> Result<(), XlsxError> {
    for (at, width) in plan.columns.iter().enumerate() {
        sheet.set_column_width_pixels(narrow(at), *width)?;
    }
    for (at, height) in plan.rows.iter().enumerate() {
        sheet.set_row_height(wide(at), *height)?;
    }
    for placed in &plan.boxes {
        put(sheet, plan, placed, places, formulas)?;
    }
    let (last_row, last_column) = (plan.rows.len().saturating_sub(1), plan.columns.len().saturating_sub(1));
    // 12 in a column of texts is one on purpose.
    sheet.ignore_error_range(0, 0, wide(last_row), narrow(last_column), IgnoreError::NumberStoredAsText)?;
    sheet.set_screen_gridlines(false);
    sheet.set_print_area(0, 0, wide(last_row), narrow(last_column))?;
    if let Some((first, last)) = plan.heads {
        sheet.set_repeat_rows(wide(first), wide(last))?;
    }
    let paper = if plan.is_landscape { HEIGHTS.1 } else { HEIGHTS.0 };
    if plan.is_landscape {
        sheet.set_landscape();
    }
    let is_one_page = plan.height() * SMALLEST <= paper * 100;
    sheet.set_print_fit_to_pages(1, u16::from(is_one_page));
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    plan: &Plan,
    placed: &Placed,
    places: &Places,
    formulas: &BTreeMap<String, String>,
) -> Result<(), XlsxError> {
    let (row, column) = (wide(placed.rows.0), narrow(placed.columns.0));
    let (last_row, last_column) = (wide(placed.rows.1), narrow(placed.columns.1));
    let figure = placed.key().and_then(|key| places.get(key)).and_then(|place| place.figure.as_ref());
    let text = placed.text();
    let mut format = format(&placed.look);
    if let Some(figure) = figure {
        let width: u32 = plan.columns[placed.columns.0..=placed.columns.1].iter().sum();
        format = format.set_num_format(figure.format());
        format = match () {
            // Off the line at its right.
            () if extent::fits(&text, width, 1) => format.set_indent(1),
            () if extent::fits(&text, width, 0) => format,
            // Without room it would be shown as ####, so it is made smaller.
            () => format.set_shrink(),
        };
    } else if !placed.look.is_upright {
        // Stacked characters that wrap would go on in a second column.
        format = format.set_text_wrap();
    }
    if placed.look.align == Align::Left && last_row > row {
        // Of a text that may be longer than the page the beginning is at the top.
        format = format.set_align(FormatAlign::Top);
    }
    if (row, column) != (last_row, last_column) {
        sheet.merge_range(row, column, last_row, last_column, "", &format)?;
    }
    match (figure, placed.key().and_then(|key| formulas.get(key))) {
        (Some(figure), Some(formula)) => {
            let formula = Formula::new(formula).set_result(figure.value.normalize().to_string());
            sheet.write_formula_with_format(row, column, formula, &format)?;
        }
        (Some(figure), None) => {
            sheet.write_number_with_format(row, column, figure.number(), &format)?;
        }
        (None, _) if text.is_empty() => {
            sheet.write_blank(row, column, &format)?;
        }
        // Always a text: what begins with = is no formula.
        (None, _) => {
            sheet.write_string_with_format(row, column, text, &format)?;
        }
    }
    Ok(())
}

/// What all cells of the workbook have in common.
pub(super) fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_charset(134).set_font_size(TEXT).set_align(FormatAlign::VerticalCenter)
}

fn format(look: &Look) -> Format {
    let align = match look.align {
        Align::Left => FormatAlign::Left,
        Align::Centre => FormatAlign::Center,
        Align::Right => FormatAlign::Right,
    };
    let mut format = base().set_font_size(look.size).set_align(align);
    if look.indent > 0 {
        format = format.set_indent(look.indent);
    }
    if look.size > TEXT {
        format = format.set_bold();
    }
    if look.is_upright {
        format = format.set_rotation(UPRIGHT);
    }
    let [left, right, top, bottom] = look.borders;
    let line = |is_there| if is_there { FormatBorder::Thin } else { FormatBorder::None };
    format
        .set_border_left(line(left))
        .set_border_right(line(right))
        .set_border_top(line(top))
        .set_border_bottom(line(bottom))
}

/// The number of a row as the library counts; no filing has as many.
pub(super) fn wide(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

/// The number of a column, likewise.
pub(super) fn narrow(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}
