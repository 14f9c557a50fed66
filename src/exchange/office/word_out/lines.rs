//! Paragraphs of a Word file and the text in them.

use crate::exchange::office::drawn::{Line, LineKind, Run};
use crate::exchange::office::word_out::page::Page;
use crate::render::{element, escape};

/// A paragraph of the drawing.
pub fn line(line: &Line, page: &Page) -> String {
    let style = match line.kind {
        LineKind::Annex => "Annex",
        LineKind::Title => page.title,
        LineKind::Heading(2) => "Heading2",
        LineKind::Heading(_) => "Heading3",
        LineKind::Text => "BodyText",
        LineKind::Note => "Note",
        LineKind::Fields => return fields(&line.runs, page),
    };
    paragraph(style, "", &runs(&line.runs))
}

/// Makes of a seam the line between the tables above and below it: white, it would be a gap.
pub const BLACK: &str = "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"000000\"/>";

/// A paragraph of the least height: between tables, which would grow together, and at the end of a section.
pub fn seam(properties: &str) -> String {
    paragraph("Seam", properties, "")
}

/// `properties` are those of the paragraph beside its style, in the order of the schema.
pub fn paragraph(style: &str, properties: &str, runs: &str) -> String {
    let style = element("w:pStyle", &[("w:val", style)], "");
    element("w:p", &[], &(element("w:pPr", &[], &(style + properties)) + runs))
}

/// Labels with their blanks, at equal distances.
fn fields(drawn: &[Run], page: &Page) -> String {
    let count = drawn.iter().filter(|run| run.key.is_some()).count().max(1);
    let stop = |at: usize| {
        let place = page.text_width() as usize * at / count;
        element("w:tab", &[("w:val", "left"), ("w:pos", &place.to_string())], "")
    };
    let stops: String = (1..count).map(stop).collect();
    let stops = if stops.is_empty() { stops } else { element("w:tabs", &[], &stops) };
    let mut out = String::new();
    for (at, run) in drawn.iter().enumerate() {
        // Each label but the first goes to the next stop.
        if at > 0 && run.key.is_none() {
            out += &stretch("<w:tab/>");
        }
        out += &text(&run.text);
    }
    paragraph("Note", &stops, &out)
}

pub fn runs(runs: &[Run]) -> String {
    runs.iter().map(|run| text(&run.text)).collect()
}

/// Text as it was typed: blanks stay, line breaks break lines, and what XML cannot hold is shown as a mark.
fn text(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut inner = String::new();
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            inner += "<w:br/>";
        }
        for (at, piece) in line.split('\t').enumerate() {
            if at > 0 {
                inner += "<w:tab/>";
            }
            if !piece.is_empty() {
                inner += &element("w:t", &[("xml:space", "preserve")], &escape(&held(piece)));
            }
        }
    }
    stretch(&inner)
}

/// A run. Without the hint, marks that both scripts have (“” … —) would come from the Latin font, narrow and low.
fn stretch(inner: &str) -> String {
    element("w:r", &[], &["<w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr>", inner].concat())
}

/// XML 1.0 has no such characters; dropped they would make another figure of what stands around them.
fn held(text: &str) -> String {
    let is_forbidden = |c: char| c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}');
    text.replace(is_forbidden, "\u{fffd}")
}
