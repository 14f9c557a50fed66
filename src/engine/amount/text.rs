//! The characters people type and paste, brought to one plain form before anything is read from them.

use std::borrow::Cow;

/// Longer texts are prose, not the value of a cell.
const MOST_BYTES: usize = 600;

/// The text in plain characters: half-width, one kind of space, dash, point, comma and line break, no invisible
/// marks, nothing around it. `None` where it is too long to be a value.
pub(crate) fn plain(text: &str) -> Option<Cow<'_, str>> {
    let text = text.trim_matches(|c| is_invisible(c) || matches!(plain_character(c), ' ' | '\n'));
    if text.len() > MOST_BYTES {
        return None;
    }
    // Most texts are plain as they stand.
    if text.chars().all(|c| plain_character(c) == c && !is_invisible(c)) {
        return Some(Cow::Borrowed(text));
    }
    Some(text.chars().filter(|c| !is_invisible(*c)).map(plain_character).collect())
}

/// Prose in the same characters. Its full stops and enumerating commas stay: they part sentences and items.
pub(crate) fn prose(text: &str) -> String {
    text.chars().filter(|c| !is_invisible(*c)).map(prose_character).collect()
}

/// A character of prose in its plain form.
pub(crate) fn prose_character(c: char) -> char {
    if matches!(c, '。' | '、') { c } else { plain_character(c) }
}

/// One letter of prose in the same characters, `None` for what shows nothing and for quotation marks: nothing is read from
/// them.
pub(crate) fn plain_letter(c: char) -> Option<char> {
    match c {
        '。' | '、' => Some(c),
        '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '"' | '\'' | '＂' | '＇' => None,
        c if is_invisible(c) => None,
        c => Some(plain_character(c)),
    }
}

/// Marks that show nothing. A right-to-left override is not among them: with it, 123 is seen as 321.
pub(crate) fn is_invisible(c: char) -> bool {
    !c.is_ascii()
        && matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202d}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn plain_character(c: char) -> char {
    match c {
        ' '..='~' => c,
        '。' | '｡' => '.',
        '、' => ',',
        '‘' | '’' | '＇' => '\'',
        '￥' => '¥',
        '﹪' => '%',
        '−' | '—' | '–' | '‐' | '‑' | '‒' | '―' | '﹣' | '─' | '━' => '-',
        '≧' | '⩾' => '≥',
        '≦' | '⩽' => '≤',
        // Tabs part cells and line breaks part lines: both are stronger than a space.
        '\t' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}
