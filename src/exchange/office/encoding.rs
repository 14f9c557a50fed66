//! The text of bytes in whatever encoding Chinese programs write: UTF-8, UTF-16 with its mark, or GB18030 and its elders.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

/// A page names its encoding within so many bytes.
const HEAD: usize = 2048;

/// The text, unless the bytes are none in any of these.
pub(super) fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..])?;
        return Some(text).filter(|text| is_text(text));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Cow::Borrowed(text)).filter(|text| is_text(text));
    }
    let named = named(&bytes[..bytes.len().min(HEAD)]).unwrap_or(GB18030);
    let text = named.decode_without_bom_handling_and_without_replacement(bytes).or_else(|| {
        // What says utf-8 and is not is often GBK all the same.
        GB18030.decode_without_bom_handling_and_without_replacement(bytes)
    })?;
    Some(text).filter(|text| is_text(text))
}

/// The encoding that HTML or XML says it has.
fn named(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let behind = |mark: &str| head.split_once(mark).map(|(_, behind)| behind.trim_start_matches([' ', '"', '\'']));
    let name = behind("charset=").or_else(|| behind("encoding="))?;
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(name.len());
    // Two bytes a character without a mark is no file that says so in one byte a character.
    Encoding::for_label(&name.as_bytes()[..end]).filter(|encoding| ![UTF_16LE, UTF_16BE].contains(encoding))
}

/// Bytes of programs and pictures can pass for letters, but have control characters between them.
fn is_text(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}' | '\u{85}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_in_the_encoding_that_they_have() {
        let gbk = b"\xd6\xa7\xb3\xf65\xcd\xf2\xd4\xaa";
        let named = [b"<meta charset=\"gb2312\">".as_slice(), gbk].concat();
        let big5 = [b"<meta charset='Big5'>".as_slice(), b"\xa4\xe4\xa5X"].concat();
        for (bytes, text) in [
            ("支出5万元".as_bytes(), "支出5万元"),
            ("\u{feff}支出".as_bytes(), "支出"),
            (gbk.as_slice(), "支出5万元"),
            (b"\xff\xfe\x2f\x65\xfa\x51\x35\0", "支出5"),
            (b"\xfe\xff\x65\x2f\x51\xfa\0\x35", "支出5"),
            (named.as_slice(), "<meta charset=\"gb2312\">支出5万元"),
            (big5.as_slice(), "<meta charset='Big5'>支出"),
            // Says utf-8 and is GBK.
            (b"<meta charset=utf-8>\xd6\xa7\xb3\xf6", "<meta charset=utf-8>支出"),
            (b"", ""),
        ] {
            assert_eq!(decode(bytes).as_deref(), Some(text));
        }
        for bytes in [b"\0\0\0".as_slice(), b"\x89PNG\r\n\x1a\n\0\xff", b"\xff\xfe\0\xd8", b"\xd6\xa7\xff\xff"] {
            assert_eq!(decode(bytes), None);
        }
    }
}
