//! HTML, such as Word saves and browsers copy, reduced to its text: a line for a paragraph, a tab before each cell of a
//! table, an empty line behind its rows. One pass over the text; nothing in it is run or fetched.

/// A longer name between & and ; is no entity.
const LONGEST_ENTITY: usize = 10;
/// Elements whose content is no text.
const SILENT: [&str; 6] = ["style", "script", "head", "xml", "title", "template"];
/// Elements that begin a line and end one.
const BLOCKS: [&str; 22] = [
    "p",
    "div",
    "br",
    "hr",
    "table",
    "caption",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "blockquote",
    "pre",
];
/// Characters by the names that they have in HTML, as far as reports have them.
const ENTITIES: [(&str, char); 27] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("ldquo", '\u{201c}'),
    ("rdquo", '\u{201d}'),
    ("lsquo", '\u{2018}'),
    ("rsquo", '\u{2019}'),
    ("laquo", '\u{ab}'),
    ("raquo", '\u{bb}'),
    ("mdash", '\u{2014}'),
    ("ndash", '\u{2013}'),
    ("hellip", '\u{2026}'),
    ("middot", '\u{b7}'),
    ("times", '\u{d7}'),
    ("divide", '\u{f7}'),
    ("permil", '\u{2030}'),
    ("yen", '\u{a5}'),
    ("ge", '\u{2265}'),
    ("le", '\u{2264}'),
];

/// Whether a text is HTML and not prose.
pub fn is_html(text: &str) -> bool {
    // Prose does not begin with a tag.
    let begins_with_tag =
        |text: &str| text.starts_with('<') && text[1..].starts_with(|c: char| c.is_ascii_alphabetic());
    if begins_with_tag(text.trim_start_matches('\u{feff}').trim_start()) && text.contains("</") {
        return true;
    }
    let begins = |with: &str| {
        let head = text.trim_start().as_bytes().get(..with.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(with.as_bytes()))
    };
    ["<html", "<!doctype", "<?xml"].into_iter().any(begins)
        || text.contains("<p class=Mso")
        || text.contains("<p class=\"Mso")
}

/// The text of HTML.
pub fn text_of(html: &str) -> String {
    let mut written = Written { text: String::with_capacity(html.len() / 4), has_space: false };
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        written.words(&rest[..at]);
        rest = &rest[at..];
        rest = if let Some(behind) = rest.strip_prefix('&') {
            entity(behind, &mut written)
        } else {
            tag(rest, &mut written)
        };
    }
    written.words(rest);
    written.text
}

/// Reads what stands behind an &; returns what follows.
fn entity<'h>(behind: &'h str, written: &mut Written) -> &'h str {
    let end = behind.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';');
    let named = end.and_then(|end| Some((character(&behind[..end])?, end)));
    match named {
        Some((c, end)) => {
            written.character(c);
            &behind[end + 1..]
        }
        None => {
            written.character('&');
            behind
        }
    }
}

fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
}

/// Reads a tag, or a < that begins none; returns what follows.
fn tag<'h>(rest: &'h str, written: &mut Written) -> &'h str {
    // What is not closed has no end before that of the text.
    let behind = |end: &str| rest.find(end).map_or("", |at| &rest[at + end.len()..]);
    if rest.starts_with("<!--") {
        return behind("-->");
    }
    let begins = rest[1..].trim_start_matches('/');
    if !begins.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?')) {
        written.character('<');
        return &rest[1..];
    }
    let after = behind(">");
    let is_end = rest.starts_with("</");
    let name: String = begins.chars().take_while(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let name = name.as_str();
    let is_closed = rest[..rest.len() - after.len()].ends_with("/>");
    match name {
        "td" | "th" if !is_end => written.cell(),
        "tr" => written.row(),
        "table" if is_end => written.row(),
        _ if SILENT.contains(&name) && !is_end && !is_closed => return behind_element(after, name),
        _ if BLOCKS.contains(&name) => written.line(),
        _ => {}
    }
    after
}

/// What stands behind the end of an element that says nothing.
fn behind_element<'h>(mut rest: &'h str, name: &str) -> &'h str {
    while let Some(at) = rest.find("</") {
        rest = &rest[at + 2..];
        let found = rest.as_bytes().get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
        if found && !rest[name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return rest.find('>').map_or("", |at| &rest[at + 1..]);
        }
    }
    ""
}

/// Text as a browser shows it: spaces and line breaks of the source are one space, and none at the edges of a line.
struct Written {
    text: String,
    has_space: bool,
}

impl Written {
    fn words(&mut self, words: &str) {
        words.chars().for_each(|c| self.character(c));
    }

    fn character(&mut self, c: char) {
        if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
            self.has_space = !self.text.is_empty() && !self.text.ends_with(['\n', '\t']);
            return;
        }
        if std::mem::take(&mut self.has_space) {
            self.text.push(' ');
        }
        self.text.push(c);
    }

    fn line(&mut self) {
        self.has_space = false;
        if !self.text.is_empty() && !self.text.ends_with(['\n', '\t']) {
            self.text.push('\n');
        }
    }

    fn cell(&mut self) {
        self.end_cell();
        self.text.push('\t');
    }

    fn row(&mut self) {
        self.end_cell();
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// An empty cell has a line, too.
    fn end_cell(&mut self) {
        self.line();
        if self.text.ends_with('\t') {
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_lines() {
        for (html, text) in [
            ("<p class=MsoNormal>2024年度<o:p></o:p></p>\r\n<p>支出<b>5</b>万元。</p>", "2024年度\n支出5万元。\n"),
            ("<P>一<BR>二<br/>三</P>", "一\n二\n三\n"),
            ("<div>一</div>二<h1>三</h1>", "一\n二\n三\n"),
            ("一  \n 二", "一 二"),
            ("<p> 一 </p> <p></p>\n<p> 二</p>", "一\n二\n"),
        ] {
            assert_eq!(text_of(html), text, "{html}");
        }
    }

    #[test]
    fn cells_stand_behind_tabs_and_rows_are_parted() {
        let html = "<p>附件2</p><table border=1><tr><td><p>三公<br>经费</p></td><td>0.14</td><td>&nbsp;</td><td></td></tr>\
                    <tr>\n<th>合计</th> <td><p>1</p></td></tr></table><p>完</p>";
        assert_eq!(text_of(html), "附件2\n\n\t三公\n经费\n\t0.14\n\t\u{a0}\n\t\n\n\t合计\n\t1\n\n完\n");
    }

    #[test]
    fn what_is_no_text_is_left_out() {
        for (html, text) in [
            ("<html><head><title>x</title><style>p{a:b}</style></head><body>一</body></html>", "一"),
            ("<style><!-- /* a > b */ --></style>一<SCRIPT>if (1<2) {}</Script >二", "一二"),
            ("<header>一</header><!-- 二 <p> -->三<![if !supportEmptyParas]>四<![endif]>", "一三四"),
            ("<?xml version=\"1.0\"?><xml><w:x>一</w:x></xml>二<style/>三", "二三"),
            ("一<!-- 二", "一"),
            ("一<script>二", "一"),
            ("一<p 二", "一\n"),
        ] {
            assert_eq!(text_of(html), text, "{html}");
        }
    }

    #[test]
    fn entities_are_characters() {
        for (html, text) in [
            ("&lt;p&gt; &amp;amp; &ldquo;三公&rdquo;", "<p> &amp; “三公”"),
            ("&#25903;&#x51FA;&#X35;", "支出5"),
            (
                "AT&T &unknown; &; &#xZZ; &#0; &#1114112; & 5 < 6 <3",
                "AT&T &unknown; &; &#xZZ; &#0; &#1114112; & 5 < 6 <3",
            ),
        ] {
            assert_eq!(text_of(html), text, "{html}");
        }
    }

    #[test]
    fn prose_is_no_html() {
        assert!(is_html(" \n<HTML xmlns:o=x>") && is_html("<!DOCTYPE html>") && is_html("一<p class=MsoNormal>"));
        assert!(!is_html("") && !is_html("支出<p>5万元") && !is_html("<一"));
    }

    /// Each piece is one that could begin a search to the end of the text.
    #[test]
    fn work_is_bounded_by_the_length() {
        for piece in ["<", "<p ", "&", "<!--", "<script>", "</", "<td>", "&#", "<style></"] {
            text_of(&piece.repeat(500_000 / piece.len()));
        }
    }
}
