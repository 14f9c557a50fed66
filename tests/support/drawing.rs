//! Reads what is drawn as HTML and SVG: its words, its attributes, whether it is well-formed.

use quick_xml::Reader;
use quick_xml::events::Event;

/// The text without its tags, one space between pieces.
pub fn words_of(html: &str) -> String {
    let mut words = String::new();
    for piece in html.split('<') {
        words += piece.split_once('>').map_or(piece, |(_, text)| text);
        words.push(' ');
    }
    let words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The values of an attribute, in order.
pub fn attributes(html: &str, name: &str) -> Vec<String> {
    let opening = format!(" {name}=\"");
    html.split(&opening).skip(1).filter_map(|rest| rest.split_once('"')).map(|(value, _)| value.to_owned()).collect()
}

#[track_caller]
pub fn is_well_formed(html: &str) {
    let whole = format!("<all>{html}</all>");
    let mut reader = Reader::from_str(&whole);
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return,
            Ok(Event::Start(start)) => {
                for attribute in start.attributes() {
                    attribute.unwrap_or_else(|error| panic!("{error}: {html}"));
                }
            }
            Ok(_) => {}
            Err(error) => panic!("{error}: {html}"),
        }
    }
}
