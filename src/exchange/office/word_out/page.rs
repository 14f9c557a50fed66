//! The pages of a Word file: their size and margins, in twentieths of a point (57 are a millimetre).

use crate::render::element;

pub struct Page {
    width: u32,
    height: u32,
    top: u32,
    bottom: u32,
    left: u32,
    right: u32,
    /// The style of the title on it.
    pub title: &'static str,
}

/// A4 with the margins of official documents (GB/T 9704): 28 characters a line, 22 lines a page.
pub const REPORT: Page =
    Page { width: 11906, height: 16838, top: 2098, bottom: 1984, left: 1588, right: 1474, title: "Title" };

/// A4 with the margins that the sheets are printed with (`style/print.css`).
pub const PORTRAIT: Page =
    Page { width: 11906, height: 16838, top: 1021, bottom: 1021, left: 907, right: 907, title: "Heading1" };

pub const LANDSCAPE: Page =
    Page { width: 16838, height: 11906, top: 907, bottom: 907, left: 794, right: 794, title: "Heading1" };

/// From the page number to the edge of the paper: within the margin of every page.
const FOOTER: u32 = 510;

impl Page {
    pub fn text_width(&self) -> u32 {
        self.width - self.left - self.right
    }

    /// A section with this page, which begins on a new one and goes on with the page numbers.
    pub fn properties(&self) -> String {
        let size = [("w:w", self.width), ("w:h", self.height)].map(|(name, size)| (name, size.to_string()));
        let margins = [
            ("w:top", self.top),
            ("w:right", self.right),
            ("w:bottom", self.bottom),
            ("w:left", self.left),
            ("w:header", FOOTER),
            ("w:footer", FOOTER),
            ("w:gutter", 0),
        ]
        .map(|(name, size)| (name, size.to_string()));
        let orientation = if self.width > self.height { "landscape" } else { "" };
        let mut size: Vec<(&str, &str)> = size.iter().map(|(name, size)| (*name, size.as_str())).collect();
        size.push(("w:orient", orientation));
        let margins: Vec<(&str, &str)> = margins.iter().map(|(name, size)| (*name, size.as_str())).collect();
        let inner = [
            element("w:footerReference", &[("w:type", "default"), ("r:id", "rId4")], ""),
            element("w:type", &[("w:val", "nextPage")], ""),
            element("w:pgSz", &size, ""),
            element("w:pgMar", &margins, ""),
        ];
        element("w:sectPr", &[], &inner.concat())
    }
}
