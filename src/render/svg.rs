//! Drawings as SVG text, in whole numbers: lines, boxes, words that fit, and links that lead to cells. Looks are classes,
//! because the policy of the page forbids styles in elements.

use rust_decimal::Decimal;

use crate::render::html::{element, escape, open};

/// A drawing that grows downwards.
#[derive(Default)]
pub struct Svg {
    inner: String,
}

impl Svg {
    pub fn push(&mut self, drawn: &str) {
        self.inner += drawn;
    }

    /// The whole, as wide as its place and named for those who cannot see it. It holds links, so it is no single image.
    pub fn finish(self, class: &str, width: i32, height: i32, label: &str) -> String {
        let view = ["0", "0", &width.to_string(), &height.to_string()].join(" ");
        let attributes = [
            ("class", class),
            ("viewBox", &view),
            ("width", "100%"),
            ("role", "group"),
            ("aria-label", label),
            ("xmlns", "http://www.w3.org/2000/svg"),
        ];
        element("svg", &attributes, &self.inner)
    }
}

/// Where and how large.
#[derive(Clone, Copy)]
pub struct Box {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
}

pub fn rect(at: Box, class: &str) -> String {
    let [x, y, width, height] = [at.x, at.y, at.width.max(0), at.height].map(|number| number.to_string());
    element("rect", &[("class", class), ("x", &x), ("y", &y), ("width", &width), ("height", &height)], "")
}

/// A line through these points.
pub fn path(points: &[(i32, i32)], class: &str) -> String {
    let mut along = String::new();
    for (at, (x, y)) in points.iter().enumerate() {
        along += if at == 0 { "M" } else { "L" };
        along += &[x.to_string(), y.to_string()].join(" ");
    }
    element("path", &[("class", class), ("d", &along)], "")
}

/// Strokes across a box, which tell it from a plain one on black-and-white paper.
pub fn hatch(at: Box, class: &str) -> String {
    let mut along = String::new();
    let mut from = 6 - at.height;
    while from < at.width {
        // A stroke from the lower edge up to the right, within the box.
        let (left, right) = (from.max(0), (from + at.height).min(at.width));
        let y = |x: i32| at.y + at.height - (x - from);
        along += &format!("M{} {}L{} {}", at.x + left, y(left), at.x + right, y(right));
        from += 6;
    }
    if along.is_empty() { along } else { element("path", &[("class", class), ("d", &along)], "") }
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    End,
}

pub fn text(x: i32, y: i32, class: &str, anchor: Anchor, words: &str) -> String {
    let [x, y] = [x, y].map(|number| number.to_string());
    let anchor = if anchor == Anchor::End { "end" } else { "" };
    element("text", &[("class", class), ("x", &x), ("y", &y), ("text-anchor", anchor)], &escape(words))
}

/// What leads to a cell: a link, which the keyboard reaches too. Its title says in full what is drawn, to all.
pub fn link(key: &str, name: &str, inner: &str) -> String {
    let attributes = [("href", "#"), ("data-action", "go-to"), ("data-on", key)];
    element("a", &attributes, &[&element("title", &[], &escape(name)), inner].concat())
}

/// `<g>` with a class.
pub fn group(class: &str, inner: &str) -> String {
    [&open("g", &[("class", class)]), inner, "</g>"].concat()
}

/// About how wide words are, at this size of letters: Chinese is square, the rest about half of it.
pub fn width_of(words: &str, size: i32) -> i32 {
    words.chars().map(|c| if c.is_ascii() { size * 3 / 5 } else { size }).sum()
}

/// Words that fit: cut, with a mark where they are.
pub fn fit(words: &str, width: i32, size: i32) -> String {
    if width_of(words, size) <= width {
        return words.to_owned();
    }
    let mut fitting = String::new();
    for c in words.chars() {
        fitting.push(c);
        if width_of(&fitting, size) > width - size {
            fitting.pop();
            break;
        }
    }
    fitting.push('…');
    fitting
}

/// `value` of `whole` as a length of at most `most`; nothing below zero has one.
pub fn length(value: Decimal, whole: Decimal, most: i32) -> i32 {
    if value <= Decimal::ZERO || whole <= Decimal::ZERO {
        return 0;
    }
    let share = value.min(whole).checked_div(whole).and_then(|share| share.checked_mul(Decimal::from(most)));
    // A figure that is there is seen, however small.
    share.and_then(|share| i32::try_from(share.round().mantissa()).ok()).unwrap_or(most).clamp(1, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_whole_and_within_their_place() {
        let decimal = |text: &str| text.parse::<Decimal>().expect("a number");
        for (value, whole, length_of) in [
            ("50", "100", 60),
            ("100", "100", 120),
            ("0", "100", 0),
            ("-5", "100", 0),
            ("0.01", "642.01", 1),
            ("7", "0", 0),
        ] {
            assert_eq!(length(decimal(value), decimal(whole), 120), length_of, "{value} of {whole}");
        }
        assert_eq!(length(Decimal::MAX, decimal("0.01"), 120), 120);
    }

    #[test]
    fn words_that_do_not_fit_are_cut_with_a_mark() {
        assert_eq!(fit("公用经费", 48, 12), "公用经费");
        assert_eq!(fit("公用经费", 47, 12), "公用…");
        assert_eq!(fit("<&>", 48, 12), "<&>", "they are escaped where they are written");
    }
}
