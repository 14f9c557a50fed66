//! What the architecture forbids, held by reading the sources: no floats in the engine, no shortcuts between layers,
//! no panics, one sentence at the head of each file, and Chinese only where sentences live.

use std::fs;
use std::path::{Path, PathBuf};

/// Lines above which a file is two files.
const MOST_LINES: usize = 600;
/// Files outside of `src/words` whose literals may be Chinese: tables of what people *type*, which is read and not said,
/// and the prefix that the form prints before a label.
const READS_CHINESE: &[&str] = &[
    "src/engine/amount.rs",
    "src/engine/layout.rs",
    "src/engine/quantity.rs",
    "src/engine/quantity/units.rs",
    "src/engine/reading/context.rs",
    "src/engine/reading/headings.rs",
    "src/engine/reading/known.rs",
    "src/engine/reading/ledger/columns.rs",
    "src/engine/reading/ledger/names.rs",
    "src/engine/reading/prose/labels.rs",
    "src/engine/reading/prose/numbers.rs",
    "src/engine/reading/prose/rows.rs",
    "src/engine/reading/tables/labels.rs",
    "src/engine/reading/unit.rs",
    "src/engine/rule/bound.rs",
    "src/engine/rule/parts_in_text.rs",
    "src/engine/text/count.rs",
    "src/engine/text/dates.rs",
    "src/engine/text/name.rs",
    "src/engine/text/personal.rs",
    "src/engine/text/placeholder.rs",
    "src/engine/text/prose.rs",
    "src/engine/text/units.rs",
    "src/engine/text/years.rs",
];

struct Source {
    name: String,
    text: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    files.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root).expect("inside the project").to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        Source { name, text }
    };
    files.into_iter().map(read).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            collect(&entry, files);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            files.push(entry);
        }
    }
}

impl Source {
    fn is_engine(&self) -> bool {
        self.name == "src/engine.rs" || self.name.starts_with("src/engine/")
    }

    fn is_test(&self) -> bool {
        self.name.ends_with("/tests.rs") || self.name.contains("/tests/")
    }

    /// The source without its test modules, which stand at the end of a file.
    fn program(&self) -> &str {
        let end = self.text.find("#[cfg(test)]\nmod tests {").unwrap_or(self.text.len());
        if self.is_test() { "" } else { &self.text[..end] }
    }

    /// The program in pieces.
    fn pieces(&self) -> Vec<Piece<'_>> {
        pieces(self.program())
    }

    /// The program without its comments and literals.
    fn code(&self) -> String {
        let code = self.pieces().into_iter().filter_map(|piece| match piece {
            Piece::Code(code) => Some(code),
            Piece::Comment | Piece::Literal(_) => None,
        });
        code.collect()
    }

    /// The words of the code.
    fn tokens(&self) -> Vec<String> {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        self.code().split(|c| !word(c)).map(str::to_owned).collect()
    }
}

enum Piece<'a> {
    Code(&'a str),
    Comment,
    Literal(&'a str),
}

/// Parts code from comments and text literals. A quote in a character literal is none.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut rest, mut from) = (text, text);
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            Some((rest.find('\n').unwrap_or(rest.len()), true))
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\'") {
            rest = &rest[3..];
            continue;
        } else if first == '"' {
            Some((literal_length(rest), false))
        } else {
            None
        };
        match length {
            Some((length, comment)) => {
                pieces.push(Piece::Code(&from[..from.len() - rest.len()]));
                pieces.push(if comment { Piece::Comment } else { Piece::Literal(&rest[..length]) });
                rest = &rest[length..];
                from = rest;
            }
            None => rest = &rest[first.len_utf8()..],
        }
    }
    pieces.push(Piece::Code(from));
    pieces
}

/// Both quotes included.
fn literal_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

#[track_caller]
fn none(found: Vec<String>, why: &str) {
    assert!(found.is_empty(), "{why}:\n{}", found.join("\n"));
}

#[test]
fn no_float_enters_the_engine() {
    let floats = sources()
        .into_iter()
        .filter(Source::is_engine)
        .filter(|source| source.tokens().iter().any(|token| token == "f32" || token == "f64"));
    none(floats.map(|source| source.name).collect(), "public accounts do not pass through floating point");
}

#[test]
fn the_engine_knows_nothing_above_it() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| source.is_engine()) {
        let code = source.code();
        for layer in ["exchange", "words", "ui", "cli", "js_api", "reader_api"] {
            if code.contains(&format!("crate::{layer}")) {
                found.push(format!("{} uses {layer}", source.name));
            }
        }
        for outside in
            ["std::fs", "std::io", "std::net", "std::time", "std::env", "std::process", "println!", "web_sys"]
        {
            if code.contains(outside) {
                found.push(format!("{} uses {outside}", source.name));
            }
        }
    }
    none(found, "the engine does no I/O, reads no clock and knows no layer above it");
}

#[test]
fn sentences_know_no_files_and_files_no_sentences() {
    let mut found = Vec::new();
    for source in sources() {
        if source.name.starts_with("src/exchange") && source.program().contains("crate::words") {
            found.push(source.name.clone());
        }
    }
    none(found, "exchange gives reasons, words make sentences of them");
}

#[test]
fn nothing_panics_on_what_people_do() {
    let mut found = Vec::new();
    for source in sources() {
        for (number, line) in source.program().lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if [".unwrap()", ".expect(", "todo!(", "unimplemented!("].iter().any(|call| code.contains(call)) {
                found.push(format!("{}:{}: {}", source.name, number + 1, line.trim()));
            }
        }
    }
    none(found, "no unwrap outside tests");
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    let silent = sources().into_iter().filter(|source| !source.text.starts_with("//! "));
    none(silent.map(|source| source.name).collect(), "a file opens with one //! sentence");
}

#[test]
fn no_file_is_too_long() {
    let long = sources().into_iter().map(|source| (source.text.lines().count(), source.name));
    none(
        long.filter(|(lines, _)| *lines > MOST_LINES).map(|(lines, name)| format!("{name}: {lines} lines")).collect(),
        "a file of more than 600 lines is two files",
    );
}

#[test]
fn sentences_stand_in_words_and_nowhere_else() {
    let chinese = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}');
    let mut found = Vec::new();
    let mut needless: Vec<&str> = READS_CHINESE.to_vec();
    for source in sources() {
        // The page's entry is a placeholder until the page is there.
        let placeholder = source.name == "src/ui.rs";
        if placeholder || source.name == "src/words.rs" || source.name.starts_with("src/words/") {
            continue;
        }
        let literals = source.pieces().into_iter().filter_map(|piece| match piece {
            Piece::Literal(literal) if literal.contains(chinese) => Some(literal.to_owned()),
            _ => None,
        });
        let literals: Vec<String> = literals.collect();
        if literals.is_empty() {
            continue;
        }
        match READS_CHINESE.iter().any(|name| *name == source.name) {
            true => needless.retain(|name| *name != source.name),
            false => found.push(format!("{}: {}", source.name, literals.join(" "))),
        }
    }
    none(found, "text that people read stands in src/words or in a template");
    none(needless.into_iter().map(str::to_owned).collect(), "these need no exception any more");
}

#[test]
fn both_languages_of_a_text_have_the_same_slots() {
    let mut found = Vec::new();
    let mut pairs = 0;
    for source in sources().iter().filter(|source| source.name.starts_with("src/words")) {
        let pieces = source.pieces();
        for window in pieces.windows(4) {
            let [Piece::Code(before), Piece::Literal(zh), Piece::Code(between), Piece::Literal(en)] = window else {
                continue;
            };
            if !before.trim_end().ends_with("words(") || between.trim() != "," {
                continue;
            }
            pairs += 1;
            let slots = |text| gouji::words::slots(text).into_iter().collect::<std::collections::BTreeSet<_>>();
            if slots(zh) != slots(en) {
                found.push(format!("{}: {zh} {en}", source.name));
            }
        }
    }
    assert!(pairs > 100, "only {pairs} texts were found");
    none(found, "a slot stands in both languages or in none");
}

/// Sentences lead with what to do, and blame nobody.
#[test]
fn no_sentence_pleads_or_scolds() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| source.name.starts_with("src/words")) {
        let literals = source.pieces().into_iter().filter_map(|piece| match piece {
            Piece::Literal(literal) => Some(literal.to_owned()),
            _ => None,
        });
        // 申请 is a word of the form.
        let is_said = |text: &String, word: &str| text.replace("申请", "").contains(word);
        let words = ["请", "对不起", "抱歉", "非法", "无效"];
        found.extend(literals.filter(|text| words.iter().any(|word| is_said(text, word))));
    }
    none(found, "a verb and what is so, not 请, 对不起, 非法 or 无效");
}

#[test]
fn the_scan_tells_code_from_text() {
    let text = "let a = '\"'; // f64 \"x\n let b = \"f64 \\\" 中\"; f32";
    let literals = pieces(text).into_iter().filter(|piece| matches!(piece, Piece::Literal(_))).count();
    assert_eq!(literals, 1);
    let source = Source { name: "src/engine/x.rs".to_owned(), text: text.to_owned() };
    let tokens = source.tokens();
    assert!(tokens.contains(&"f32".to_owned()) && !tokens.contains(&"f64".to_owned()));
}
