//! The one reader of parsed files: named fields of a tree of JSON, each of the type that is due, and every misfit noted
//! with its path. It knows no form and no file format.
//!
//! A reader function asks a [`Table`] for its fields and gets a value in every case, an empty one for a misfit; whoever
//! called it leaves the piece out. It is written by hand and not derived, because a parser for every type was a sixth
//! of the page (docs/decisions/0001-one-tree-reader.md): what is generic here stays small, and a path is made only for
//! a misfit.

mod json;

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;

use crate::engine::amount;
pub use crate::engine::tree::json::{Broken, Object, Value, parse};

/// How a table becomes a value.
pub type Read<T> = fn(&mut Table<'_>) -> T;

const TEXT: &str = "a text";
const TEXT_OR_TABLE: &str = "a text, or a table of one key";
const WHOLE_NUMBER: &str = "a whole number";
const AMOUNT: &str = "an amount as a text, such as \"12.5\"";
const YES_OR_NO: &str = "true or false";
const LIST: &str = "a list";
const TABLE: &str = "a table";

/// How many characters of a found text a message shows.
const SHOWN: usize = 40;

/// Something in a tree that is not what is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The place, such as `blocks[0].rows[3].label`; of a missing key the table that should have it.
    pub path: String,
    pub mismatch: Mismatch,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mismatch {
    UnknownKey {
        name: String,
        allowed: Vec<String>,
        near: Option<String>,
    },
    MissingKey(String),
    /// A value of another type.
    Type {
        due: &'static str,
        found: String,
    },
    OutOfBounds {
        found: i64,
        least: i64,
        most: i64,
    },
    UnknownWord {
        word: String,
        allowed: Vec<String>,
        near: Option<String>,
    },
    /// A word alone, though its kind has parameters.
    NoParameters(String),
}

/// All that was found while a tree was read.
#[derive(Debug, Default)]
pub struct Misfits {
    pub found: Vec<Misfit>,
    /// Items that were left out of their lists for a misfit in them: the list's path and the index, in order.
    pub left_out: Vec<(String, usize)>,
    /// Misfits that leave a value unknown: all but unknown keys.
    unreadable: usize,
}

/// One table of the tree, while its fields are read.
pub struct Table<'a> {
    object: &'a Object,
    place: Place<'a>,
    misfits: &'a mut Misfits,
    /// The keys that were asked for; all others are misfits.
    known: Vec<&'a str>,
}

/// Where a value stands, as steps up to the root.
#[derive(Clone, Copy)]
struct Place<'a> {
    above: Option<&'a Place<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

/// Reads a whole tree.
pub fn read<T>(tree: &Value, misfits: &mut Misfits, read: Read<T>) -> T {
    table_at(tree, Place { above: None, step: Step::Root }, misfits, read)
}

/// The declared name closest to a misspelt one, if any is close. Help for the author of a template, whom the page has not.
pub fn nearest<'n>(name: &str, all: impl Iterator<Item = &'n str>) -> Option<String> {
    if cfg!(target_arch = "wasm32") {
        return None;
    }
    all.map(|candidate| (strsim::levenshtein(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate.to_owned())
}

impl<'a> Table<'a> {
    /// The keys that are there, for a table whose keys are free.
    pub fn keys(&self) -> Vec<&'a String> {
        self.object.keys().collect()
    }

    /// Whether all values could be read so far, in the whole tree.
    pub fn all_readable(&self) -> bool {
        self.misfits.unreadable == 0
    }

    pub fn text(&mut self, key: &'a str) -> String {
        self.required(key).map(|value| self.as_text(key, value)).unwrap_or_default()
    }

    pub fn optional_text(&mut self, key: &'a str) -> Option<String> {
        match self.optional(key)? {
            // What a script of a host page leaves undefined.
            Value::Null => None,
            value => Some(self.as_text(key, value)),
        }
    }

    pub fn texts(&mut self, key: &'a str) -> Vec<String> {
        let value = self.required(key);
        self.as_texts(key, value)
    }

    pub fn optional_texts(&mut self, key: &'a str) -> Option<Vec<String>> {
        let value = self.optional(key)?;
        Some(self.as_texts(key, Some(value)))
    }

    /// Texts by free keys.
    pub fn text_map(&mut self, key: &'a str) -> BTreeMap<String, String> {
        self.table(key, text_map)
    }

    pub fn optional_text_map(&mut self, key: &'a str) -> BTreeMap<String, String> {
        self.optional_table(key, text_map).unwrap_or_default()
    }

    pub fn integer<N: Copy + Into<i64> + TryFrom<i64>>(&mut self, key: &'a str, least: N, most: N) -> N {
        let value = self.required(key);
        self.as_integer(key, value, least.into(), most.into()).and_then(|found| found.try_into().ok()).unwrap_or(least)
    }

    /// The least where not given.
    pub fn optional_integer<N: Copy + Into<i64> + TryFrom<i64>>(&mut self, key: &'a str, least: N, most: N) -> N {
        let value = self.optional(key);
        self.as_integer(key, value, least.into(), most.into()).and_then(|found| found.try_into().ok()).unwrap_or(least)
    }

    pub fn boolean(&mut self, key: &'a str) -> bool {
        let value = self.required(key);
        self.as_boolean(key, value).unwrap_or_default()
    }

    pub fn optional_boolean(&mut self, key: &'a str) -> Option<bool> {
        let value = self.optional(key);
        self.as_boolean(key, value)
    }

    /// An amount is written as a text, so that no reader takes it for a float; a whole number will do.
    pub fn decimal(&mut self, key: &'a str) -> Decimal {
        let Some(value) = self.required(key) else { return Decimal::ZERO };
        let read = match value {
            Value::String(text) => amount::simple(text).map(|amount| amount.value),
            value => value.as_i64().map(Decimal::from),
        };
        if read.is_none() {
            self.mistyped(key, AMOUNT, value);
        }
        read.unwrap_or_default()
    }

    /// One of a list of words; there is at least one.
    pub fn choice<T: Copy>(&mut self, key: &'a str, words: &[(&str, T)]) -> T {
        match self.required(key) {
            Some(value) => choice_at(value, self.place.key(key), self.misfits, words),
            None => words[0].1,
        }
    }

    pub fn optional_choice<T: Copy>(&mut self, key: &'a str, words: &[(&str, T)]) -> Option<T> {
        let value = self.optional(key)?;
        Some(choice_at(value, self.place.key(key), self.misfits, words))
    }

    pub fn choices<T: Copy>(&mut self, key: &'a str, words: &[(&str, T)]) -> Vec<T> {
        let value = self.required(key);
        let items = self.as_items(key, value);
        let list = self.place.key(key);
        let mut read = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            read.push(choice_at(item, Place { above: Some(&list), step: Step::Index(index) }, self.misfits, words));
        }
        read
    }

    /// A word, or a table whose one key is the word and whose value its parameters; there is at least one kind.
    pub fn variant<T>(&mut self, key: &'a str, kinds: &[(&str, Read<T>)]) -> T {
        match self.required(key) {
            Some(value) => variant_at(value, self.place.key(key), self.misfits, kinds),
            None => empty(kinds[0].1),
        }
    }

    pub fn optional_variant<T>(&mut self, key: &'a str, kinds: &[(&str, Read<T>)]) -> Option<T> {
        let value = self.optional(key)?;
        Some(variant_at(value, self.place.key(key), self.misfits, kinds))
    }

    pub fn table<T>(&mut self, key: &'a str, read: Read<T>) -> T {
        match self.required(key) {
            Some(value) => table_at(value, self.place.key(key), self.misfits, read),
            None => empty(read),
        }
    }

    pub fn optional_table<T>(&mut self, key: &'a str, read: Read<T>) -> Option<T> {
        let value = self.optional(key)?;
        Some(table_at(value, self.place.key(key), self.misfits, read))
    }

    /// A list of tables; those with misfits are left out.
    pub fn list<T>(&mut self, key: &'a str, read: Read<T>) -> Vec<T> {
        let value = self.required(key);
        self.as_list(key, value, read)
    }

    pub fn optional_list<T>(&mut self, key: &'a str, read: Read<T>) -> Vec<T> {
        let Some(value) = self.optional(key) else { return Vec::new() };
        self.as_list(key, Some(value), read)
    }
}

/// What is not generic, so that it is in the page once.
impl<'a> Table<'a> {
    fn optional(&mut self, key: &'a str) -> Option<&'a Value> {
        self.known.push(key);
        self.object.get(key)
    }

    fn required(&mut self, key: &'a str) -> Option<&'a Value> {
        let value = self.optional(key);
        if value.is_none() {
            self.misfits.unreadable(self.place, Mismatch::MissingKey(key.to_owned()));
        }
        value
    }

    fn mistyped(&mut self, key: &str, due: &'static str, found: &Value) {
        self.misfits.mistyped(self.place.key(key), due, found);
    }

    fn as_text(&mut self, key: &str, value: &Value) -> String {
        text_at(value, self.place.key(key), self.misfits)
    }

    fn as_texts(&mut self, key: &str, value: Option<&'a Value>) -> Vec<String> {
        let items = self.as_items(key, value);
        let list = self.place.key(key);
        let mut texts = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            texts.push(text_at(item, list.index(index), self.misfits));
        }
        texts
    }

    fn as_items(&mut self, key: &str, value: Option<&'a Value>) -> &'a [Value] {
        match value {
            Some(Value::Array(items)) => items,
            Some(other) => {
                self.mistyped(key, LIST, other);
                &[]
            }
            None => &[],
        }
    }

    fn as_integer(&mut self, key: &str, value: Option<&Value>, least: i64, most: i64) -> Option<i64> {
        let value = value?;
        let Some(found) = value.as_i64() else {
            self.mistyped(key, WHOLE_NUMBER, value);
            return None;
        };
        if found < least || found > most {
            self.misfits.unreadable(self.place.key(key), Mismatch::OutOfBounds { found, least, most });
            return None;
        }
        Some(found)
    }

    fn as_boolean(&mut self, key: &str, value: Option<&Value>) -> Option<bool> {
        let value = value?;
        if value.as_bool().is_none() {
            self.mistyped(key, YES_OR_NO, value);
        }
        value.as_bool()
    }

    fn as_list<T>(&mut self, key: &'a str, value: Option<&'a Value>, read: Read<T>) -> Vec<T> {
        let items = self.as_items(key, value);
        let list = self.place.key(key);
        let mut kept = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let before = self.misfits.unreadable;
            let read = table_at(item, list.index(index), self.misfits, read);
            if self.misfits.unreadable == before {
                kept.push(read);
            } else {
                self.misfits.left_out.push((list.path(), index));
            }
        }
        kept
    }

    /// Every key that was not asked for is a misfit, though nothing is unknown for it.
    fn finish(self) {
        for name in self.object.keys() {
            if !self.known.contains(&name.as_str()) {
                let mismatch = Mismatch::UnknownKey {
                    name: name.clone(),
                    allowed: self.known.iter().map(|key| (*key).to_owned()).collect(),
                    near: nearest(name, self.known.iter().copied()),
                };
                self.misfits.note(self.place.key(name), mismatch);
            }
        }
    }
}

fn table_at<T>(value: &Value, place: Place<'_>, misfits: &mut Misfits, read: Read<T>) -> T {
    let Value::Object(object) = value else {
        misfits.mistyped(place, TABLE, value);
        return empty(read);
    };
    let mut table = Table { object, place, misfits, known: Vec::new() };
    let value = read(&mut table);
    table.finish();
    value
}

/// What a reader makes of nothing, in place of a value that has a misfit.
fn empty<T>(read: Read<T>) -> T {
    bare(read, &mut Misfits::default())
}

fn bare<T>(read: Read<T>, misfits: &mut Misfits) -> T {
    read(&mut Table {
        object: &Object::default(),
        place: Place { above: None, step: Step::Root },
        misfits,
        known: Vec::new(),
    })
}

fn choice_at<T: Copy>(value: &Value, place: Place<'_>, misfits: &mut Misfits, words: &[(&str, T)]) -> T {
    let Value::String(word) = value else {
        misfits.mistyped(place, TEXT, value);
        return words[0].1;
    };
    match words.iter().find(|(name, _)| name == word) {
        Some((_, choice)) => *choice,
        None => {
            misfits.unknown_word(place, word, words.iter().map(|(name, _)| *name).collect());
            words[0].1
        }
    }
}

fn variant_at<T>(value: &Value, place: Place<'_>, misfits: &mut Misfits, kinds: &[(&str, Read<T>)]) -> T {
    let is_kind = |key: &&String| kinds.iter().any(|(name, _)| name == key);
    let word = match value {
        Value::String(word) => Some(word),
        // The other keys are misfits; the kind's own reader tells them.
        Value::Object(object) => object.keys().find(is_kind).or(object.keys().next()),
        _ => None,
    };
    let Some(word) = word else {
        misfits.mistyped(place, TEXT_OR_TABLE, value);
        return empty(kinds[0].1);
    };
    let Some((_, read)) = kinds.iter().find(|(name, _)| name == word) else {
        misfits.unknown_word(place, word, kinds.iter().map(|(name, _)| *name).collect());
        return empty(kinds[0].1);
    };
    if matches!(value, Value::Object(_)) {
        return table_at(value, place, misfits, *read);
    }
    let mut unheard = Misfits::default();
    let value = bare(*read, &mut unheard);
    if unheard.unreadable > 0 {
        misfits.unreadable(place, Mismatch::NoParameters(word.clone()));
    }
    value
}

fn text_at(value: &Value, place: Place<'_>, misfits: &mut Misfits) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => {
            misfits.mistyped(place, TEXT, other);
            String::new()
        }
    }
}

fn text_map(table: &mut Table<'_>) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for key in table.keys() {
        texts.insert(key.clone(), table.text(key));
    }
    texts
}

impl Misfits {
    fn note(&mut self, place: Place<'_>, mismatch: Mismatch) {
        self.found.push(Misfit { path: place.path(), mismatch });
    }

    fn unreadable(&mut self, place: Place<'_>, mismatch: Mismatch) {
        self.unreadable += 1;
        self.note(place, mismatch);
    }

    fn mistyped(&mut self, place: Place<'_>, due: &'static str, found: &Value) {
        self.unreadable(place, Mismatch::Type { due, found: described(found) });
    }

    fn unknown_word(&mut self, place: Place<'_>, word: &str, allowed: Vec<&str>) {
        let near = nearest(word, allowed.iter().copied());
        let allowed = allowed.into_iter().map(str::to_owned).collect();
        self.unreadable(place, Mismatch::UnknownWord { word: word.to_owned(), allowed, near });
    }
}

/// A found value in a message.
fn described(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(true) => "true".to_owned(),
        Value::Bool(false) => "false".to_owned(),
        Value::Number(_) => match value.as_i64() {
            Some(number) => format!("the number {number}"),
            None => "a number with decimals or too many digits".to_owned(),
        },
        // Not as Rust would quote it: the page is built without that.
        Value::String(text) => match text.char_indices().nth(SHOWN) {
            None => format!("the text \"{text}\""),
            Some((end, _)) => format!("the text \"{}…\"", &text[..end]),
        },
        Value::Array(_) => LIST.to_owned(),
        Value::Object(object) if object.is_empty() => "an empty table".to_owned(),
        Value::Object(_) => TABLE.to_owned(),
    }
}

impl Place<'_> {
    fn key<'p>(&'p self, key: &'p str) -> Place<'p> {
        Place { above: Some(self), step: Step::Key(key) }
    }

    fn index(&self, index: usize) -> Place<'_> {
        Place { above: Some(self), step: Step::Index(index) }
    }

    fn path(&self) -> String {
        let mut path = self.above.map(Self::path).unwrap_or_default();
        match self.step {
            Step::Root => {}
            Step::Key(key) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
            }
            Step::Index(index) => path.push_str(&format!("[{index}]")),
        }
        path
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{}", self.mismatch)
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKey { name, allowed, near } => {
                write!(f, "unknown key `{name}`")?;
                instead(f, allowed, near.as_deref())
            }
            Self::MissingKey(name) => write!(f, "missing key `{name}`"),
            Self::Type { due, found } => write!(f, "expected {due}, found {found}"),
            Self::OutOfBounds { found, least, most } => {
                write!(f, "expected a whole number from {least} to {most}, found {found}")
            }
            Self::UnknownWord { word, allowed, near } => {
                write!(f, "unknown word `{word}`")?;
                instead(f, allowed, near.as_deref())
            }
            Self::NoParameters(word) => write!(f, "`{word}` has parameters: write {{ {word} = … }}"),
        }
    }
}

fn instead(f: &mut fmt::Formatter<'_>, allowed: &[String], near: Option<&str>) -> fmt::Result {
    if allowed.is_empty() {
        write!(f, ", expected none")?;
    }
    for (at, name) in allowed.iter().enumerate() {
        write!(f, "{}`{name}`", if at == 0 { ", expected one of " } else { ", " })?;
    }
    near.map_or(Ok(()), |near| write!(f, "; did you mean `{near}`?"))
}
