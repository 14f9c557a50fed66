//! JSON as a tree. A number keeps the digits it was written with: no figure passes through a float.
//!
//! It is written by hand for the page's sake (docs/decisions/0001-one-tree-reader.md); the test `json` holds it to
//! `serde_json` on sound and on broken texts.

/// JSON nested deeper than this is damaged.
const DEEPEST: usize = 127;

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    /// The digits, as written.
    Number(String),
    String(String),
    Array(Vec<Value>),
    Object(Object),
}

/// Values by key, in the order of their keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    pairs: Vec<(String, Value)>,
}

/// Where a text stops being JSON: line and column, from 1, in characters. Where it is too short,
/// it is the last of them, or 0 in an empty line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    pub line: usize,
    pub column: usize,
}

impl Object {
    /// Of a key that stands twice the last counts.
    fn of(mut pairs: Vec<(String, Value)>) -> Self {
        pairs.reverse();
        pairs.sort_by(|one, other| one.0.cmp(&other.0));
        pairs.dedup_by(|earlier, kept| earlier.0 == kept.0);
        Self { pairs }
    }

    pub fn get(&self, key: &str) -> Option<&Value> {
        let at = self.pairs.binary_search_by(|(one, _)| one.as_str().cmp(key)).ok()?;
        Some(&self.pairs[at].1)
    }

    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.pairs.iter().map(|(key, _)| key)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.pairs.iter().map(|(key, value)| (key, value))
    }

    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

impl Value {
    /// The value of a key; none where this is no table.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Self::Object(object) => object.get(key),
            _ => None,
        }
    }

    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    pub fn as_array(&self) -> Option<&Vec<Value>> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(is_true) => Some(*is_true),
            _ => None,
        }
    }

    /// A number written as a whole one: `1`, and neither `1.0` nor `1e0`.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }
}

/// Reads a whole text.
pub fn parse(text: &str) -> Result<Value, Broken> {
    let mut parser = Parser { text, at: 0 };
    let value = parser.value(0).inspect(|_| parser.space());
    value.filter(|_| parser.at == text.len()).ok_or_else(|| {
        let before = &text.as_bytes()[..parser.at];
        let line = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        // Bytes that begin a character.
        let begins = |byte: &&u8| **byte & 0xc0 != 0x80;
        Broken {
            line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
            column: before[line..].iter().filter(begins).count() + usize::from(parser.at < text.len()),
        }
    })
}

struct Parser<'t> {
    text: &'t str,
    /// Up to where the text is read, and where it is broken if it is.
    at: usize,
}

impl Parser<'_> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Goes past a piece if it comes next, spaces before it aside.
    fn takes(&mut self, piece: &str) -> bool {
        self.space();
        let is_next = self.text.as_bytes()[self.at..].starts_with(piece.as_bytes());
        if is_next {
            self.at += piece.len();
        }
        is_next
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        let words = [("null", Value::Null), ("true", Value::Bool(true)), ("false", Value::Bool(false))];
        for (word, value) in words {
            if self.takes(word) {
                return Some(value);
            }
        }
        match self.byte()? {
            b'"' => self.string().map(Value::String),
            b'{' => self.container(true, depth),
            b'[' => self.container(false, depth),
            _ => self.number(),
        }
    }

    /// An object or an array.
    fn container(&mut self, is_object: bool, depth: usize) -> Option<Value> {
        let (mut object, mut array) = (Vec::new(), Vec::new());
        let end = if is_object { "}" } else { "]" };
        if depth == DEEPEST {
            return None;
        }
        self.at += 1;
        let mut goes_on = !self.takes(end);
        while goes_on {
            self.space();
            let key = if is_object { Some(self.string()?) } else { None };
            if is_object && !self.takes(":") {
                return None;
            }
            let value = self.value(depth + 1)?;
            match key {
                Some(key) => object.push((key, value)),
                None => array.push(value),
            }
            goes_on = self.takes(",");
            if !goes_on && !self.takes(end) {
                return None;
            }
        }
        Some(if is_object { Value::Object(Object::of(object)) } else { Value::Array(array) })
    }

    fn number(&mut self) -> Option<Value> {
        let start = self.at;
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        // No zero leads.
        if self.byte() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.byte(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Some(Value::Number(self.text[start..self.at].to_owned()))
    }

    /// At least one.
    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn string(&mut self) -> Option<String> {
        if self.byte()? != b'"' {
            return None;
        }
        self.at += 1;
        let mut string = String::new();
        let mut start = self.at;
        loop {
            let byte = self.byte()?;
            if byte < b' ' {
                return None;
            }
            if !matches!(byte, b'"' | b'\\') {
                self.at += 1;
                continue;
            }
            string += &self.text[start..self.at];
            self.at += 1;
            if byte == b'"' {
                return Some(string);
            }
            string.push(self.escaped()?);
            start = self.at;
        }
    }

    /// What stands behind a `\`.
    fn escaped(&mut self) -> Option<char> {
        let byte = self.byte()?;
        let character = match byte {
            b'"' | b'\\' | b'/' => byte.into(),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_point(),
            _ => return None,
        };
        self.at += 1;
        Some(character)
    }

    /// `uXXXX`, or two of them for a character beyond 16 bits.
    fn code_point(&mut self) -> Option<char> {
        let first = self.unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            // A second half alone is no character.
            return char::from_u32(first);
        }
        if self.byte()? != b'\\' {
            return None;
        }
        self.at += 1;
        let second = self.unit()?;
        if !(0xdc00..0xe000).contains(&second) {
            return None;
        }
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00))
    }

    fn unit(&mut self) -> Option<u32> {
        if self.byte()? != b'u' {
            return None;
        }
        self.at += 1;
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16 + char::from(self.byte()?).to_digit(16)?;
            self.at += 1;
        }
        Some(unit)
    }
}
