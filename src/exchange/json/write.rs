//! Writes JSON text as `serde_json` does in its pretty form, which `tests/json.rs` compares
//! (docs/decisions/0001-one-tree-reader.md).

use std::collections::BTreeMap;

/// Texts that have begun; whoever opens a list or table closes it again.
#[derive(Default)]
pub struct Writer {
    out: String,
    depth: usize,
}

impl Writer {
    /// All that was written.
    pub fn finish(self) -> String {
        self.out
    }

    /// Begins a list or table: `[` or `{`.
    pub fn open(&mut self, sign: char) {
        self.out.push(sign);
        self.depth += 1;
    }

    /// Ends it: `]` or `}`.
    pub fn close(&mut self, sign: char) {
        self.depth -= 1;
        if !self.is_at_opening() {
            self.line();
        }
        self.out.push(sign);
    }

    /// Begins the next item of a list.
    pub fn item(&mut self) {
        if !self.is_at_opening() {
            self.out.push(',');
        }
        self.line();
    }

    /// Begins the next field of a table.
    pub fn field(&mut self, name: &str) {
        self.item();
        self.text(name);
        self.out.push_str(": ");
    }

    /// A text in quotes.
    pub fn text(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            let short = match c {
                '"' => '"',
                '\\' => '\\',
                '\n' => 'n',
                '\r' => 'r',
                '\t' => 't',
                '\u{8}' => 'b',
                '\u{c}' => 'f',
                '\0'..=' ' if c != ' ' => {
                    self.out.push_str("\\u00");
                    for digit in [c as u32 >> 4, c as u32 & 15] {
                        self.out.extend(char::from_digit(digit, 16));
                    }
                    continue;
                }
                _ => {
                    self.out.push(c);
                    continue;
                }
            };
            self.out.extend(['\\', short]);
        }
        self.out.push('"');
    }

    pub fn text_field(&mut self, name: &str, text: &str) {
        self.field(name);
        self.text(text);
    }

    /// A number, as it is printed.
    pub fn number_field(&mut self, name: &str, number: &dyn ToString) {
        self.field(name);
        self.out.push_str(&number.to_string());
    }

    pub fn map_field(&mut self, name: &str, map: &BTreeMap<String, String>) {
        self.field(name);
        self.open('{');
        for (key, text) in map {
            self.text_field(key, text);
        }
        self.close('}');
    }

    pub fn list_field<T>(&mut self, name: &str, items: &[T], write: fn(&mut Self, &T)) {
        self.field(name);
        self.open('[');
        for item in items {
            self.item();
            write(self, item);
        }
        self.close(']');
    }

    /// Within quotes an opening sign is never the last one written.
    fn is_at_opening(&self) -> bool {
        self.out.ends_with(['[', '{'])
    }

    fn line(&mut self) {
        self.out.push('\n');
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }
}
