//! Patterns of sentences: words with slots for figures.
//!
//! `[block.row.column]` is a figure (`[column]` in a sentence that stands for each row of a group); `{?…}` is left out
//! where its figures are blank; `{*group:…}` stands once for each row; `{Y}`, `{unit}`, `{n}` are put in as in headings.

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Words(String),
    /// A cell's key, or a column where the sentence stands for each row of a group.
    Slot(String),
    /// Left out where its slots are blank.
    Optional(Vec<Piece>),
    /// Once for each row of the group.
    Rows {
        group: String,
        pieces: Vec<Piece>,
    },
}

/// Why a pattern makes no sense, for the author of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternFault {
    /// A bracket that is not closed, or closed without being opened.
    Bracket,
    /// A `[]` without a name.
    NoName,
    /// `{*` without `group:`.
    NoGroup,
    /// Pieces in pieces: none of the forms needs them.
    Nested,
}

/// Reads a pattern.
pub fn parse(text: &str) -> Result<Vec<Piece>, PatternFault> {
    pieces(text, true)
}

fn pieces(text: &str, may_nest: bool) -> Result<Vec<Piece>, PatternFault> {
    let mut found = Vec::new();
    let mut words = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['[', ']', '{', '}']) {
        words.push_str(&rest[..at]);
        let tail = &rest[at..];
        if let Some(tail) = tail.strip_prefix('[') {
            let (name, behind) = tail.split_once(']').ok_or(PatternFault::Bracket)?;
            if name.is_empty() {
                return Err(PatternFault::NoName);
            }
            push_words(&mut found, &mut words);
            found.push(Piece::Slot(name.to_owned()));
            rest = behind;
        } else if let Some(tail) = tail.strip_prefix("{?") {
            let (inner, behind) = group_of(tail, may_nest)?;
            push_words(&mut found, &mut words);
            found.push(Piece::Optional(pieces(inner, false)?));
            rest = behind;
        } else if let Some(tail) = tail.strip_prefix("{*") {
            let (inner, behind) = group_of(tail, may_nest)?;
            let (group, inner) = inner.split_once(':').ok_or(PatternFault::NoGroup)?;
            push_words(&mut found, &mut words);
            found.push(Piece::Rows { group: group.to_owned(), pieces: pieces(inner, false)? });
            rest = behind;
        } else if tail.starts_with('{') {
            // A word such as {Y}, which stays for `heading`.
            let end = tail.find('}').ok_or(PatternFault::Bracket)? + 1;
            words.push_str(&tail[..end]);
            rest = &tail[end..];
        } else {
            return Err(PatternFault::Bracket);
        }
    }
    words.push_str(rest);
    push_words(&mut found, &mut words);
    Ok(found)
}

fn push_words(found: &mut Vec<Piece>, words: &mut String) {
    if !words.is_empty() {
        found.push(Piece::Words(std::mem::take(words)));
    }
}

/// What stands up to the closing brace, words in braces among it, and what follows.
fn group_of(text: &str, may_nest: bool) -> Result<(&str, &str), PatternFault> {
    if !may_nest {
        return Err(PatternFault::Nested);
    }
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return Ok((&text[..at], &text[at + 1..])),
            '}' => depth -= 1,
            _ => {}
        }
    }
    Err(PatternFault::Bracket)
}

/// Every slot of a sentence, with the group of whose rows it is a column.
pub fn slots(pieces: &[Piece]) -> Vec<(Option<&str>, &str)> {
    fn collect<'p>(pieces: &'p [Piece], group: Option<&'p str>, found: &mut Vec<(Option<&'p str>, &'p str)>) {
        for piece in pieces {
            match piece {
                Piece::Words(_) => {}
                Piece::Slot(name) => found.push((group, name)),
                Piece::Optional(pieces) => collect(pieces, group, found),
                Piece::Rows { group, pieces } => collect(pieces, Some(group), found),
            }
        }
    }
    let mut found = Vec::new();
    collect(pieces, None, &mut found);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Piece {
        Piece::Words(text.to_owned())
    }

    fn slot(name: &str) -> Piece {
        Piece::Slot(name.to_owned())
    }

    #[test]
    fn sentences_are_words_and_slots() {
        assert_eq!(
            parse("{Y}年支出[a.b.c]万元{?，其中{level}[d]万元}。"),
            Ok(vec![
                words("{Y}年支出"),
                slot("a.b.c"),
                words("万元"),
                Piece::Optional(vec![words("，其中{level}"), slot("d"), words("万元")]),
                words("。"),
            ])
        );
        let rows =
            Piece::Rows { group: "g".to_owned(), pieces: vec![slot("name"), slot("amount"), words("万元，")] };
        assert_eq!(parse("项目{*g:[name][amount]万元，}共[x]"), Ok(vec![words("项目"), rows, words("共"), slot("x")]));
    }

    #[test]
    fn faults_are_told_apart() {
        for (text, fault) in [
            ("支出[a", PatternFault::Bracket),
            ("支出a]", PatternFault::Bracket),
            ("支出{Y年", PatternFault::Bracket),
            ("支出{?[a]", PatternFault::Bracket),
            ("支出[]", PatternFault::NoName),
            ("{*g[a]}", PatternFault::NoGroup),
            ("{?a{?[b]}}", PatternFault::Nested),
        ] {
            assert_eq!(parse(text), Err(fault), "{text}");
        }
    }
}
