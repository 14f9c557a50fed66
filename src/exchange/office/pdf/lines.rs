//! Letters as lines, and lines as the paragraphs that they were before they were set.

use crate::exchange::office::pdf::drawn_page::Letter;

/// Letters of one line differ by less in height, in shares of their size.
const SAME_HEIGHT: f64 = 0.4;
/// A letter drawn twice, to look bold, stands so close to the first.
const SAME_PLACE: f64 = 0.2;
/// What is wider is a space: between letters of words, and between any other, where a line that is set to its full width
/// has wider gaps.
const SPACE_OF_WORDS: f64 = 0.2;
const SPACE: f64 = 0.6;
/// What is wider parts columns.
const COLUMN: f64 = 2.0;
/// A line ends so close to the margin if the next letter had no room, in letters; in a cell also with its distance from the
/// rules. Punctuation that must not begin a line takes a letter along.
const NEAR_MARGIN: f64 = 2.0;
const NEAR_RULE: f64 = 3.0;
/// The rest of a title stands in the middle, and further from the margin than a paragraph begins, in letters.
const TITLE_INDENT: f64 = 3.0;
/// Pages with fewer lines have the margins of the page before.
const FEW_LINES: usize = 4;
/// What parts columns, until it is known whether the document has ruled tables; no text has this character.
const TAB: char = '\u{1}';

#[derive(Debug)]
pub(super) struct Line {
    pub text: String,
    pub from: f64,
    pub to: f64,
    pub y: f64,
    pub size: f64,
}

/// Lines from the top to the foot.
pub(super) fn lines(mut letters: Vec<Letter>) -> Vec<Line> {
    letters.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut lines: Vec<Vec<Letter>> = Vec::new();
    for letter in letters {
        match lines.last_mut().filter(|line| line[0].y - letter.y < SAME_HEIGHT * line[0].size.min(letter.size)) {
            Some(line) => line.push(letter),
            None => lines.push(vec![letter]),
        }
    }
    lines.into_iter().filter_map(line).collect()
}

fn line(mut letters: Vec<Letter>) -> Option<Line> {
    letters.sort_by(|a, b| a.from.total_cmp(&b.from));
    letters.dedup_by(|next, letter| next.c == letter.c && next.from - letter.from < SAME_PLACE * letter.size);
    letters.retain(|letter| !letter.c.is_whitespace() || letter.c == ' ');
    let first = letters.iter().position(|letter| letter.c != ' ')?;
    let last = letters.iter().rposition(|letter| letter.c != ' ')?;
    let letters = &letters[first..=last];
    let size = letters.iter().map(|letter| letter.size).fold(0.0, f64::max);
    let mut text = String::new();
    let mut before = letters[0];
    for letter in letters {
        let gap = (letter.from - before.to) / letter.size;
        let is_word = letter.c.is_ascii_alphanumeric() && before.c.is_ascii_alphanumeric();
        if gap > COLUMN {
            text.push(TAB);
        } else if gap > if is_word { SPACE_OF_WORDS } else { SPACE } && !text.ends_with(' ') && letter.c != ' ' {
            text.push(' ');
        }
        text.push(letter.c);
        before = *letter;
    }
    Some(Line { text, from: letters[0].from, to: before.to, y: letters[0].y, size })
}

impl Line {
    /// Digits with a dash at each side, or alone.
    pub fn is_page_number(&self) -> bool {
        let is_mark = |c: char| matches!(c, '-' | '–' | '—' | '－' | '·' | '/' | ' ');
        self.text.chars().all(|c| c.is_ascii_digit() || is_mark(c)) && self.text.contains(|c: char| c.is_ascii_digit())
    }
}

/// The text of a cell so wide: what was broken because the cell ends is one line again.
pub(super) fn cell(letters: Vec<Letter>, width: f64) -> String {
    let mut text = String::new();
    let mut before: Option<Line> = None;
    for line in lines(letters) {
        if let Some(before) = &before {
            let room = width - (before.to - before.from);
            let is_full = room < NEAR_RULE * before.size.max(line.size);
            join(&mut text, &line.text, is_full);
        }
        text.push_str(&line.text);
        before = Some(line);
    }
    text.replace(TAB, " ")
}

/// Words of letters stay apart where the line was broken between them.
fn join(text: &mut String, next: &str, is_one: bool) {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    if !is_one {
        text.push('\n');
    } else if is_letter(text.chars().next_back()) && is_letter(next.chars().next()) {
        text.push(' ');
    }
}

/// The text of a document so far.
#[derive(Default)]
pub(super) struct Written {
    text: String,
    /// Where lines of prose begin and end.
    margins: (f64, f64),
    /// The size of the last line, if it ends where the margin is.
    full: Option<f64>,
    has_tables: bool,
}

impl Written {
    pub fn begin_page(&mut self, lines: &[Line]) {
        if lines.len() >= FEW_LINES || self.margins == (0.0, 0.0) {
            let left = lines.iter().map(|line| line.from).fold(f64::INFINITY, f64::min);
            let right = lines.iter().map(|line| line.to).fold(0.0, f64::max);
            self.margins = (left, right);
        }
    }

    pub fn line(&mut self, line: &Line) {
        let (left, right) = self.margins;
        let (before, behind) = (line.from - left, right - line.to);
        let begins = before.abs() < line.size;
        let is_title = before > TITLE_INDENT * line.size && (before - behind).abs() < line.size;
        let goes_on = (begins || is_title) && self.full.is_some_and(|size| (size - line.size).abs() < 1.0);
        if self.text.ends_with('\n') && goes_on {
            self.text.pop();
            join(&mut self.text, &line.text, true);
        } else if self.has_tables && !self.text.ends_with("\n\n") {
            // Beside cells, a line right below another would go on with it.
            self.text.push('\n');
        }
        self.text.push_str(&line.text);
        self.text.push('\n');
        self.full = (right - line.to < NEAR_MARGIN * line.size).then_some(line.size);
    }

    pub fn row(&mut self, cells: &[String]) {
        self.has_tables = true;
        self.full = None;
        for cell in cells {
            self.text.push('\t');
            self.text.push_str(cell);
            self.text.push('\n');
        }
        self.text.push('\n');
    }

    pub fn finish(self) -> String {
        self.text.replace(TAB, if self.has_tables { " " } else { "\t" })
    }
}
