//! Word files as tests read them: the parts of the container, and their XML as trees.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The parts of the container by their names.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut container = zip::ZipArchive::new(Cursor::new(bytes)).expect("a container");
    let mut parts = BTreeMap::new();
    for at in 0..container.len() {
        let mut part = container.by_index(at).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        let name = part.name().expect("a name").into_owned();
        parts.insert(name, text);
    }
    parts
}

/// An element with all that is in it.
#[derive(Debug, Default)]
pub struct Node {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub children: Vec<Node>,
    /// Text between tags, of this element alone.
    pub text: String,
}

impl Node {
    /// Panics where the text is no XML: another end than the beginning, an unknown entity, a character that XML lacks.
    pub fn parse(xml: &str) -> Self {
        let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r') || c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}');
        assert!(xml.chars().all(is_allowed), "a character that XML does not have");
        let mut reader = Reader::from_str(xml);
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{error} in {xml}")) {
                Event::Start(start) => open.push(Self::of(&start)),
                Event::Empty(start) => open.last_mut().expect("an element").children.push(Self::of(&start)),
                Event::End(_) => {
                    let closed = open.pop().expect("an element");
                    open.last_mut().expect("an element around it").children.push(closed);
                }
                Event::Text(text) => open.last_mut().expect("an element").text.push_str(&text),
                Event::GeneralRef(name) => {
                    let text = quick_xml::escape::resolve_predefined_entity(&name).expect("an entity of XML");
                    open.last_mut().expect("an element").text.push_str(text);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(open.len(), 1, "every element is closed");
        let mut root = open.remove(0);
        assert_eq!(root.children.len(), 1, "one root");
        root.children.remove(0)
    }

    fn of(start: &BytesStart<'_>) -> Self {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.expect("an attribute");
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).expect("a value").into_owned();
            (attribute.key.as_ref().to_owned(), value)
        });
        Self { name: start.name().as_ref().to_owned(), attributes: attributes.collect(), ..Self::default() }
    }

    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    fn all<'a>(&'a self, name: &str, found: &mut Vec<&'a Self>) {
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            child.all(name, found);
        }
    }

    pub fn every(&self, name: &str) -> Vec<&Self> {
        let mut found = Vec::new();
        self.all(name, &mut found);
        found
    }

    /// `w:val` of an element below this one, through the names given.
    pub fn value(&self, path: &[&str]) -> Option<&str> {
        let end = path.iter().try_fold(self, |node, name| node.child(name))?;
        end.attributes.get("w:val").map(String::as_str)
    }

    /// What a person reads of a paragraph or a cell.
    pub fn visible(&self) -> String {
        match self.name.as_str() {
            "w:t" => self.text.clone(),
            "w:br" => "\n".to_owned(),
            // Of a run; the stops of a paragraph are called the same.
            "w:tab" if self.attributes.is_empty() => "\t".to_owned(),
            _ => self.children.iter().map(Self::visible).collect(),
        }
    }
}
