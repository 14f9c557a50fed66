//! A text in plain characters, each with its place in the text as typed.

use std::ops::Range;

use crate::engine::amount::{is_invisible, prose_character};

/// More characters than this between 《 and 》 are no title.
const LONGEST_TITLE: usize = 100;
const CHINESE_DIGITS: &str = "一二三四五六七八九";

/// Spaces are gone, as they mean nothing in Chinese, but for those that part numbers or Latin words. Line breaks stay.
pub(super) struct Prose {
    chars: Vec<char>,
    starts: Vec<usize>,
    ends: Vec<usize>,
    /// Whether the character stands in the title of another document.
    titled: Vec<bool>,
}

impl Prose {
    pub fn of(text: &str) -> Self {
        let mut prose = Self {
            chars: Vec::with_capacity(text.len() / 3),
            starts: Vec::with_capacity(text.len() / 3),
            ends: Vec::with_capacity(text.len() / 3),
            titled: Vec::new(),
        };
        let mut space = None;
        for (at, typed) in text.char_indices().filter(|(_, c)| !is_invisible(*c)) {
            let c = prose_character(typed);
            if c == ' ' {
                space = Some(at);
                continue;
            }
            let parts = |c: char| c.is_ascii_alphanumeric();
            if let Some(space) = space.take()
                && parts(c)
                && prose.chars.last().copied().is_some_and(parts)
            {
                prose.push(' ', space..at);
            }
            prose.push(c, at..at + typed.len_utf8());
        }
        prose.mark_titles();
        prose
    }

    /// The place of the first character that stands at this byte or behind it.
    pub fn index_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start < byte)
    }

    fn push(&mut self, c: char, place: Range<usize>) {
        self.chars.push(c);
        self.starts.push(place.start);
        self.ends.push(place.end);
    }

    fn mark_titles(&mut self) {
        self.titled = vec![false; self.chars.len()];
        let mut open = None;
        for (at, c) in self.chars.iter().enumerate() {
            match c {
                '《' if open.is_none() => open = Some(at),
                '》' => {
                    if let Some(from) = open.take().filter(|from| at - from <= LONGEST_TITLE) {
                        self.titled[from..=at].fill(true);
                    }
                }
                '\n' => open = None,
                _ => {}
            }
        }
    }

    pub fn len(&self) -> usize {
        self.chars.len()
    }

    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The character at a place; a line break behind the end.
    pub fn at(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or('\n')
    }

    /// The character before a place; a line break before the beginning.
    pub fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or('\n', |before| self.at(before))
    }

    pub fn in_title(&self, at: usize) -> bool {
        self.titled.get(at).copied().unwrap_or_default()
    }

    /// The bytes of a range of characters in the text as typed.
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let end = range.end.min(self.len());
        match (self.starts.get(range.start), end.checked_sub(1).and_then(|last| self.ends.get(last))) {
            (Some(start), Some(last)) if range.start < end => *start..*last,
            (Some(start), _) => *start..*start,
            _ => 0..0,
        }
    }

    pub fn text(&self, range: Range<usize>) -> String {
        self.chars.get(range).unwrap_or_default().iter().collect()
    }

    /// Whether a word stands at a place; how many characters it has.
    pub fn has(&self, at: usize, word: &str) -> Option<usize> {
        let rest = self.chars.get(at..)?;
        let mut length = 0;
        for c in word.chars().map(prose_character) {
            if rest.get(length) != Some(&c) {
                return None;
            }
            length += 1;
        }
        Some(length)
    }

    /// The longest of these words at a place, by its number of characters.
    pub fn has_any(&self, at: usize, words: &[impl AsRef<str>]) -> Option<usize> {
        words.iter().filter_map(|word| self.has(at, word.as_ref())).max()
    }

    /// Whether a word stands just before a place.
    pub fn ends(&self, at: usize, word: &str) -> bool {
        at.checked_sub(word.chars().count()).is_some_and(|from| self.has(from, word).is_some())
    }

    pub fn ends_any(&self, at: usize, words: &[impl AsRef<str>]) -> bool {
        words.iter().any(|word| self.ends(at, word.as_ref()))
    }

    /// Whether a word stands anywhere in a range.
    pub fn contains(&self, range: Range<usize>, word: &str) -> bool {
        range.clone().any(|at| self.has(at, word).is_some_and(|length| at + length <= range.end))
    }

    pub fn contains_any(&self, range: Range<usize>, words: &[impl AsRef<str>]) -> bool {
        words.iter().any(|word| self.contains(range.clone(), word.as_ref()))
    }

    /// Where the digits that begin here end.
    pub fn digits(&self, at: usize) -> usize {
        let digits = self.chars.get(at..).unwrap_or_default().iter().take_while(|c| c.is_ascii_digit()).count();
        at + digits
    }

    /// The value of digits; `None` for none or too many.
    pub fn number(&self, range: Range<usize>) -> Option<u32> {
        self.text(range).parse().ok()
    }

    /// A whole number in digits or in characters below a hundred, and where it ends.
    pub fn whole_number(&self, at: usize) -> Option<(u32, usize)> {
        let end = self.digits(at);
        if end > at {
            return Some((self.number(at..end)?, end));
        }
        let digit = |at| CHINESE_DIGITS.chars().zip(1..).find(|(c, _)| *c == self.at(at)).map(|(_, value)| value);
        let tens = digit(at);
        let (tens, behind) = match (tens, self.at(at), self.at(at + 1)) {
            (_, '两', _) => return Some((2, at + 1)),
            (Some(tens), _, '十') => (tens, at + 2),
            (None, '十', _) => (1, at + 1),
            (Some(value), ..) => return Some((value, at + 1)),
            _ => return None,
        };
        Some(digit(behind).map_or((tens * 10, behind), |ones| (tens * 10 + ones, behind + 1)))
    }

    /// Ranges between line breaks, blank ones left out.
    pub fn lines(&self) -> Vec<Range<usize>> {
        self.split(|_, c| c == '\n')
    }

    /// Ranges between full stops and line breaks; with `semicolons` between those too.
    pub fn sentences(&self, semicolons: bool) -> Vec<Range<usize>> {
        self.split(|at, c| match c {
            '。' | '!' | '?' | '\n' => true,
            ';' => semicolons,
            // Half-width texts end sentences with a point.
            '.' => !self.before(at).is_ascii_digit() && !self.at(at + 1).is_ascii_alphanumeric(),
            _ => false,
        })
    }

    fn split(&self, ends: impl Fn(usize, char) -> bool) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        let mut from = 0;
        for at in 0..=self.len() {
            if at == self.len() || ends(at, self.chars[at]) {
                if at > from {
                    pieces.push(from..at);
                }
                from = at + 1;
            }
        }
        pieces
    }

    /// Whether a clause begins here: nothing, a mark or a number of a list stands before.
    pub fn starts_clause(&self, at: usize) -> bool {
        !self.before(at).is_alphanumeric()
    }
}
