//! Elements of HTML as text. Everything that people typed passes through `escape`.

pub type Attributes<'a> = &'a [(&'a str, &'a str)];

/// `<name key="value">`; an attribute whose value is empty is left out.
pub fn open(name: &str, attributes: Attributes<'_>) -> String {
    let mut out = ["<", name].concat();
    for (key, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
        out.push_str(&[" ", key, "=\"", &escape(value), "\""].concat());
    }
    out.push('>');
    out
}

/// An element with what is in it, which is HTML already.
pub fn element(name: &str, attributes: Attributes<'_>, inner: &str) -> String {
    [&open(name, attributes), inner, "</", name, ">"].concat()
}

/// A text that can be read as nothing but text. Line breaks stay line breaks.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_cannot_become_an_element() {
        assert_eq!(
            element("td", &[("title", "a\"><b"), ("class", "")], &escape("<i>&\"")),
            "<td title=\"a&quot;&gt;&lt;b\">&lt;i&gt;&amp;&quot;</td>"
        );
    }
}
