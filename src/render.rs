//! Draws the sheets of a filing as HTML, as the official tables: for the page with inputs in the cells, for paper with
//! the texts in them. One drawing serves both, so that what is filled is what is printed.

#[cfg(not(is_page))]
pub mod begin;
mod block;
#[cfg(not(is_page))]
mod calculation;
mod cell;
#[cfg(not(is_page))]
mod cell_panel;
mod html;
#[cfg(not(is_page))]
mod material;
#[cfg(not(is_page))]
pub mod paste;
#[cfg(not(is_page))]
mod pictures;
#[cfg(not(is_page))]
pub mod repairs;
#[cfg(not(is_page))]
mod report;
#[cfg(not(is_page))]
mod svg;

pub use cell::point_class;
#[cfg(not(is_page))]
pub use cell_panel::cell_panel;
pub use html::{element, escape, open};
#[cfg(not(is_page))]
pub use material::{material_frame, material_html, summary_html};
#[cfg(not(is_page))]
pub use pictures::pictures_html;
#[cfg(not(is_page))]
pub use report::{report_editor, report_html};

use crate::engine::layout::Layout;
use crate::engine::template::spec::{BlockSpec, Place, SheetSpec};
use crate::words::Language;

/// What the sheets are drawn for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// Cells are empty inputs, named by `data-key`; the page puts texts and marks into them. Buttons speak this language.
    Screen(Language),
    /// Cells are texts.
    Paper,
    /// The same, each text in an element with its `data-key`: what files of other formats are made from.
    #[cfg(not(is_page))]
    File,
}

impl Medium {
    /// Whether it is to be filled.
    fn is_screen(self) -> bool {
        matches!(self, Self::Screen(_))
    }
}

/// All sheets of a filing, one section each.
pub fn render_html(layout: &Layout<'_>, medium: Medium) -> String {
    let draw = Draw { layout, medium };
    layout.template.spec().sheets.iter().map(|sheet| draw.sheet(sheet)).collect()
}

struct Draw<'a> {
    layout: &'a Layout<'a>,
    medium: Medium,
}

/// A table: the lines of one block, or of several that share a title at their side.
#[derive(Default)]
struct Band {
    class: String,
    /// What it is called by whoever does not see it.
    title: String,
    /// The title down the left side of the lines.
    side: Option<String>,
    /// The line of headings, where it is repeated on each page of paper.
    head: String,
    lines: Vec<Line>,
    /// Lines below the title at the side.
    tail: Vec<Line>,
    /// Where the lines of the last block begin, and the columns of the grid that they cover.
    last: usize,
    covered: usize,
}

/// A line of a table.
struct Line {
    /// ` class="…" data-row="…"`.
    attributes: String,
    cells: String,
}

/// How many rows and columns a cell covers.
type Cover = (usize, usize);

impl Draw<'_> {
    /// Whether a sheet is the report, whose cells stand in sentences.
    fn is_prose(&self, sheet: &str) -> bool {
        let mut blocks = self.layout.template.spec().blocks.iter().filter(|block| block.sheet == sheet);
        blocks.any(|block| block.place == Place::Prose)
    }

    fn sheet(&self, sheet: &SheetSpec) -> String {
        if self.is_prose(&sheet.id) {
            return self.prose(sheet);
        }
        let (mut above, mut below) = (String::new(), String::new());
        let mut bands: Vec<Band> = Vec::new();
        for block in self.layout.template.spec().blocks.iter().filter(|block| block.sheet == sheet.id) {
            match (block.place, bands.last_mut()) {
                (Place::Line, None) => above.push_str(&self.fields(block)),
                (Place::Line, Some(_)) => below.push_str(&self.fields(block)),
                (_, Some(band)) if block.beside => self.join(band, block),
                (Place::Joined, Some(band)) => {
                    let Band { lines, covered, .. } = self.block(block);
                    (band.last, band.covered) = (band.lines.len(), covered);
                    band.lines.extend(lines);
                }
                _ => bands.push(self.block(block)),
            }
        }
        let columns = grid_columns(sheet);
        let tables: String = bands.into_iter().map(|band| table(band, &columns)).collect();
        let line = |class, text: &str| match text {
            "" => String::new(),
            text => element("p", &[("class", class)], &escape(text)),
        };
        let inner = [
            &line("annex", &sheet.annex),
            &element("h2", &[], &escape(&self.layout.heading(&sheet.title))),
            &above,
            &element("div", &[("class", "tables")], &tables),
            &line("sheet-note", sheet.note.as_deref().unwrap_or_default()),
            &below,
        ]
        .map(String::as_str)
        .concat();
        let class = if sheet.landscape { "sheet is-landscape" } else { "sheet" };
        element("section", &[("class", class), ("data-sheet", &sheet.id), ("aria-label", &sheet.tab)], &inner)
    }

    /// The place of the report, which a module of its own draws (`render/report.rs`).
    fn prose(&self, sheet: &SheetSpec) -> String {
        if !self.medium.is_screen() {
            return String::new();
        }
        let annex = element("p", &[("class", "annex")], &escape(&sheet.annex));
        let place = element("div", &[("data-part", "report")], "");
        let section = [("class", "sheet report"), ("data-sheet", sheet.id.as_str()), ("aria-label", &sheet.tab)];
        element("section", &section, &[annex, place].concat())
    }

    /// Puts a block to the right of the one before it, line by line; where one has fewer lines, its side stays empty.
    fn join(&self, band: &mut Band, block: &BlockSpec) {
        let Band { lines, covered, .. } = self.block(block);
        let height = lines.len().max(band.lines.len() - band.last);
        let mut lines = lines.into_iter();
        for at in band.last..band.last + height {
            if at == band.lines.len() {
                band.lines.push(Line { attributes: String::new(), cells: self.empty(band.covered) });
            }
            band.lines[at].cells.push_str(&lines.next().map_or_else(|| self.empty(covered), |line| line.cells));
        }
        band.covered += covered;
    }
}

/// The widths of the columns. An attribute, because the policy of the page forbids styles in elements.
fn grid_columns(sheet: &SheetSpec) -> String {
    let columns: String = sheet.grid().iter().map(|width| open("col", &[("width", &format!("{width}%"))])).collect();
    if columns.is_empty() { columns } else { element("colgroup", &[], &columns) }
}

fn table(band: Band, columns: &str) -> String {
    let mut body = String::new();
    let height = band.lines.len().to_string();
    for (at, line) in band.lines.iter().chain(&band.tail).enumerate() {
        let side = match &band.side {
            Some(title) if at == 0 => {
                let title = element("span", &[], &escape(title));
                element("th", &[("class", "side"), ("scope", "rowgroup"), ("rowspan", &height)], &title)
            }
            _ => String::new(),
        };
        body.push_str(&["<tr", &line.attributes, ">", &side, &line.cells, "</tr>"].concat());
    }
    let head = match band.head.as_str() {
        "" => String::new(),
        cells => element("thead", &[], &element("tr", &[], cells)),
    };
    let inner = [columns, &head, &element("tbody", &[], &body)].concat();
    element("table", &[("class", &band.class), ("aria-label", &band.title)], &inner)
}

#[cfg(not(is_page))]
fn line(class: &str, text: &str) -> String {
    element("p", &[("class", class)], &escape(text))
}

/// A button that puts `text` somewhere.
#[cfg(not(is_page))]
fn button(class: &str, action: &str, on: &str, text: &str, label: &str) -> String {
    let attributes =
        [("type", "button"), ("class", class), ("data-action", action), ("data-on", on), ("data-text", text)];
    element("button", &attributes, &escape(label))
}
