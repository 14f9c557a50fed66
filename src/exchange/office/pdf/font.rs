//! A font of a PDF: which letters the bytes of a text stand for, and how wide they are.

use lopdf::{Dictionary, Document, Object};
use unicode_normalization::UnicodeNormalization;

/// Far more than the codes of a font, each of them written alone.
const MOST_RANGES: usize = 70_000;
/// A code stands for no more letters than a ligature has.
const LONGEST_TEXT: usize = 8;
/// The width of a letter that the font says nothing of, in thousandths of its size: a Chinese letter, any other.
const WIDE: f64 = 1000.0;
const NARROW: f64 = 500.0;

/// Radicals, with which programs name letters that look like them, and two letters in one. Of these Unicode itself names
/// the letters.
const RADICALS: std::ops::RangeInclusive<char> = '\u{2f00}'..='\u{2fd5}';
const LIGATURES: std::ops::RangeInclusive<char> = '\u{fb00}'..='\u{fb06}';
/// And of these it does not.
#[rustfmt::skip]
const MORE_RADICALS: [(char, char); 26] = [
    ('\u{2e81}', '\u{5382}'), ('\u{2e9d}', '\u{6708}'), ('\u{2e9f}', '\u{6bcd}'), ('\u{2ea0}', '\u{6c11}'),
    ('\u{2ec4}', '\u{897f}'), ('\u{2ec5}', '\u{89c1}'), ('\u{2ec6}', '\u{89d2}'), ('\u{2ec9}', '\u{8d1d}'),
    ('\u{2ecb}', '\u{8f66}'), ('\u{2ed3}', '\u{957f}'), ('\u{2ed4}', '\u{95e8}'), ('\u{2ed8}', '\u{9752}'),
    ('\u{2eda}', '\u{9875}'), ('\u{2edb}', '\u{98ce}'), ('\u{2edc}', '\u{98de}'), ('\u{2edd}', '\u{98df}'),
    ('\u{2ee2}', '\u{9a6c}'), ('\u{2ee3}', '\u{9aa8}'), ('\u{2ee4}', '\u{9b3c}'), ('\u{2ee5}', '\u{9c7c}'),
    ('\u{2ee6}', '\u{9e1f}'), ('\u{2ee8}', '\u{9ea6}'), ('\u{2ee9}', '\u{9ec4}'), ('\u{2eec}', '\u{9f50}'),
    ('\u{2eee}', '\u{9f7f}'), ('\u{2ef0}', '\u{9f99}'),
];

/// A letter as a font shows it.
pub(super) struct Glyph {
    /// None where the font does not say.
    pub text: Option<String>,
    /// In thousandths of the size.
    pub width: f64,
    /// A space, which may be widened.
    pub is_space: bool,
}

#[derive(Debug, Default)]
pub(super) struct Font {
    codes: Codes,
    unicode: Vec<Range>,
    /// From a code to a code, in order.
    widths: Vec<(u32, u32, f64)>,
    default_width: f64,
    /// Each letter stands below the one before.
    pub is_vertical: bool,
}

/// How the bytes of a text make codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Codes {
    #[default]
    OneByte,
    TwoBytes,
    /// The codes are letters: UTF-16, or GBK of one or two bytes.
    Utf16,
    Gbk,
}

/// Codes that follow each other, as letters that do.
#[derive(Debug)]
struct Range {
    first: u32,
    last: u32,
    text: Vec<u16>,
}

impl Font {
    /// `unpack` gives the bytes of a stream.
    pub fn of<E>(
        font: &Dictionary,
        pdf: &Document,
        unpack: impl FnOnce(&lopdf::Stream) -> Result<Vec<u8>, E>,
    ) -> Result<Self, E> {
        let unicode = match font.get_deref(b"ToUnicode", pdf).and_then(Object::as_stream) {
            Ok(stream) => ranges(&unpack(stream)?),
            Err(_) => Vec::new(),
        };
        let descendants = font.get_deref(b"DescendantFonts", pdf).and_then(Object::as_array);
        let descendant = descendants.ok().and_then(|fonts| dictionary(fonts.first()?, pdf));
        Ok(match descendant {
            Some(descendant) => Self::composite(font, descendant, unicode, pdf),
            None => Self::simple(font, unicode, pdf),
        })
    }

    fn simple(font: &Dictionary, unicode: Vec<Range>, pdf: &Document) -> Self {
        let first = font.get_deref(b"FirstChar", pdf).and_then(Object::as_i64).unwrap_or_default();
        let widths = font.get_deref(b"Widths", pdf).and_then(Object::as_array).map_or(&[][..], Vec::as_slice);
        let first = u32::try_from(first).unwrap_or_default();
        let widths = widths_from(first, &widths[..widths.len().min(256)], pdf).collect();
        Self { codes: Codes::OneByte, unicode, widths, default_width: NARROW, is_vertical: false }
    }

    fn composite(font: &Dictionary, descendant: &Dictionary, unicode: Vec<Range>, pdf: &Document) -> Self {
        let encoding = font.get_deref(b"Encoding", pdf).and_then(Object::as_name).unwrap_or(b"Identity-H");
        let codes = if encoding.starts_with(b"GBK") {
            Codes::Gbk
        } else if encoding.starts_with(b"UniGB-") {
            Codes::Utf16
        } else {
            Codes::TwoBytes
        };
        let default_width = descendant.get(b"DW").ok().and_then(|width| number(width, pdf)).unwrap_or(WIDE);
        // Widths are given by glyph, which is the code only where codes are no letters.
        let widths = match descendant.get_deref(b"W", pdf).and_then(Object::as_array) {
            Ok(widths) if codes == Codes::TwoBytes => widths_of(widths, pdf),
            _ => Vec::new(),
        };
        Self { codes, unicode, widths, default_width, is_vertical: encoding.ends_with(b"-V") }
    }

    /// Hands on each letter of a text.
    pub fn each(&self, mut bytes: &[u8], mut take: impl FnMut(Glyph)) {
        while let Some(&first) = bytes.first() {
            let length = match self.codes {
                Codes::OneByte => 1,
                Codes::TwoBytes => 2,
                Codes::Gbk => 1 + usize::from(first > 0x80),
                Codes::Utf16 => 2 + 2 * usize::from((0xd8..0xdc).contains(&first)),
            };
            let (letter, rest) = bytes.split_at(length.min(bytes.len()));
            bytes = rest;
            let code = letter.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
            let text = self.text(code).or_else(|| self.codes.text(letter));
            let narrow = self.codes == Codes::Gbk && length == 1;
            let other = if narrow { NARROW } else { self.default_width };
            let width = self.width(code).unwrap_or(other);
            take(Glyph { text, width, is_space: letter == b" " });
        }
    }

    fn width(&self, code: u32) -> Option<f64> {
        let behind = self.widths.partition_point(|(first, ..)| *first <= code);
        let (_, last, width) = self.widths.get(behind.checked_sub(1)?)?;
        (code <= *last).then_some(*width)
    }

    fn text(&self, code: u32) -> Option<String> {
        let behind = self.unicode.partition_point(|range| range.first <= code);
        let range = self.unicode.get(behind.checked_sub(1)?).filter(|range| code <= range.last)?;
        let mut text = range.text.clone();
        let last = text.last_mut()?;
        *last = last.wrapping_add(u16::try_from(code - range.first).ok()?);
        Some(meant(&String::from_utf16_lossy(&text)))
    }
}

/// The letters that are meant, where others that look like them are named.
fn meant(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        if RADICALS.contains(&c) || LIGATURES.contains(&c) {
            letters.extend(std::iter::once(c).nfkc());
        } else {
            let known = MORE_RADICALS.iter().find(|(radical, _)| *radical == c);
            letters.push(known.map_or(c, |(_, letter)| *letter));
        }
    }
    letters
}

impl Codes {
    /// The letter that a code stands for by itself.
    fn text(self, letter: &[u8]) -> Option<String> {
        let encoding = match self {
            Self::OneByte => encoding_rs::WINDOWS_1252,
            Self::TwoBytes => return None,
            Self::Utf16 => encoding_rs::UTF_16BE,
            Self::Gbk => encoding_rs::GBK,
        };
        encoding.decode_without_bom_handling_and_without_replacement(letter).map(std::borrow::Cow::into_owned)
    }
}

/// `first [a b c]` gives each its width, and `first last a` all the same.
fn widths_of(list: &[Object], pdf: &Document) -> Vec<(u32, u32, f64)> {
    let mut widths = Vec::new();
    let code = |object: &Object| object.as_i64().ok().and_then(|code| u32::try_from(code).ok());
    let mut rest = list;
    while let [first, second, behind @ ..] = rest {
        let Some(first) = code(first) else { break };
        rest = behind;
        if let Ok((_, Object::Array(each))) = pdf.dereference(second) {
            widths.extend(widths_from(first, each, pdf));
        } else if let (Some(last), [width, behind @ ..]) = (code(second), rest) {
            let Some(width) = number(width, pdf) else { break };
            widths.push((first, last, width));
            rest = behind;
        } else {
            break;
        }
        if widths.len() > MOST_RANGES {
            break;
        }
    }
    widths.sort_by_key(|(first, ..)| *first);
    widths
}

fn widths_from(first: u32, each: &[Object], pdf: &Document) -> impl Iterator<Item = (u32, u32, f64)> {
    let code = move |at: u32| first.saturating_add(at);
    (0..).zip(each).filter_map(move |(at, width)| Some((code(at), code(at), number(width, pdf)?)))
}

/// The ranges of a ToUnicode map: strings of hexadecimal digits between the words that say what they are.
fn ranges(map: &[u8]) -> Vec<Range> {
    let mut ranges = Vec::new();
    // The strings since the last word, and where a list of them began.
    let mut strings: Vec<Vec<u8>> = Vec::new();
    let mut list: Option<usize> = None;
    let mut is_of_ranges = false;
    let mut at = 0;
    while at < map.len() && ranges.len() < MOST_RANGES {
        let byte = map[at];
        at += 1;
        match byte {
            b'<' if map.get(at) != Some(&b'<') => {
                let length = map[at..].iter().position(|byte| *byte == b'>').unwrap_or(map.len() - at);
                strings.push(bytes_of(&map[at..at + length]));
                at += length + 1;
            }
            b'[' => list = Some(strings.len()),
            b']' => {
                if let (Some(2), [first, _, texts @ ..]) = (list.take(), strings.as_slice()) {
                    let first = code_of(first);
                    let code = |at: u32| first.saturating_add(at);
                    ranges.extend((0..).zip(texts).map(|(at, text)| range(code(at), code(at), text)));
                }
                strings.clear();
            }
            b'b' | b'e' if map[at - 1..].starts_with(b"beginbf") || map[at - 1..].starts_with(b"begincodespace") => {
                is_of_ranges = map[at - 1..].starts_with(b"beginbfrange");
                strings.clear();
                list = map[at - 1..].starts_with(b"begincodespace").then_some(usize::MAX);
                at += b"beginbfrange".len() - 1;
            }
            b'e' if map[at - 1..].starts_with(b"end") => {
                (strings, list) = (Vec::new(), None);
                at += 2;
            }
            _ => {}
        }
        if list.is_none() {
            match strings.as_slice() {
                [first, last, text] if is_of_ranges => ranges.push(range(code_of(first), code_of(last), text)),
                [code, text] if !is_of_ranges => ranges.push(range(code_of(code), code_of(code), text)),
                _ => continue,
            }
            strings.clear();
        }
    }
    ranges.sort_by_key(|range| range.first);
    ranges
}

fn range(first: u32, last: u32, text: &[u8]) -> Range {
    let unit = |pair: &[u8]| pair.iter().fold(0, |unit, byte| unit << 8 | u16::from(*byte));
    Range { first, last, text: text.chunks(2).take(LONGEST_TEXT).map(unit).collect() }
}

fn code_of(string: &[u8]) -> u32 {
    string.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

fn bytes_of(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u32> = digits.iter().filter_map(|digit| char::from(*digit).to_digit(16)).collect();
    let byte = |pair: &[u32]| u8::try_from(pair.iter().fold(0, |byte, digit| byte << 4 | digit)).unwrap_or_default();
    digits.chunks(2).map(byte).collect()
}

pub(super) fn dictionary<'a>(object: &'a Object, pdf: &'a Document) -> Option<&'a Dictionary> {
    pdf.dereference(object).ok()?.1.as_dict().ok()
}

fn number(object: &Object, pdf: &Document) -> Option<f64> {
    pdf.dereference(object).ok()?.1.as_float().ok().map(f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_gives_codes_their_letters() {
        let map = b"/CIDInit /ProcSet findresource begin <</Registry (Adobe)>> def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
            2 beginbfchar <0003> <4E07>\n<0004><00410042> endbfchar\n\
            2 beginbfrange <0010> <0019> <0030> <0020> <0021> [<5143> <4EBA>] endbfrange endcmap";
        let font = Font { codes: Codes::TwoBytes, unicode: ranges(map), ..Font::default() };
        let text = |code| font.text(code).unwrap_or_default();
        assert_eq!([3, 4, 0x10, 0x19, 0x20, 0x21, 0x22, 0].map(text), ["万", "AB", "0", "9", "元", "人", "", ""]);
    }

    #[test]
    fn radicals_are_the_letters_that_look_like_them() {
        assert_eq!(meant("\u{2f40}出\u{2ed4}\u{2f08}\u{fb01}"), "支出门人fi");
    }

    #[test]
    fn codes_that_are_letters_need_no_map() {
        for (codes, bytes, letters) in [
            (Codes::OneByte, b"5%".as_slice(), "5%"),
            (Codes::Gbk, b"5\xcd\xf2", "5万"),
            (Codes::Utf16, b"\x4e\x07\0\x35", "万5"),
        ] {
            let mut text = String::new();
            Font { codes, ..Font::default() }.each(bytes, |glyph| text.extend(glyph.text));
            assert_eq!(text, letters);
        }
    }
}
