//! The words before a number, back to the punctuation; lists of labels before lists of numbers.

use std::collections::BTreeMap;

use crate::engine::reading::context::contains;
use crate::engine::reading::prose::numbers::Number;

/// The labels of figures that are listed behind their labels, by the place of the figure.
pub(super) type Listed = BTreeMap<usize, Vec<char>>;

/// Figures that follow their labels in the same order: A、B和C分别为5万元、3万元和2万元.
pub(super) fn listed(letters: &[char], numbers: &[Number]) -> Listed {
    let mut listed = Listed::new();
    for (at, first) in numbers.iter().enumerate() {
        let before_end = at.checked_sub(1).map_or(0, |before| numbers[before].end);
        let before = &letters[before_end..first.from];
        let Some(words) =
            ["分别为", "依次为", "分别是"].iter().find(|words| before.ends_with(&words.chars().collect::<Vec<_>>()))
        else {
            continue;
        };
        let before = &before[..before.len() - words.chars().count()];
        let from = before.iter().rposition(|c| is_mark(*c) && *c != '、').map_or(0, |mark| mark + 1);
        let figures: Vec<usize> = std::iter::once(first.from)
            .chain(numbers[at..].windows(2).map_while(|pair| {
                let between = &letters[pair[0].end..pair[1].from];
                matches!(between, ['、' | '和' | '与' | '及']).then_some(pair[1].from)
            }))
            .collect();
        let labels = labels(&before[from..], figures.len());
        // Where they do not pair, nothing is known of any of them; an empty label names nothing.
        let labels = labels.unwrap_or_else(|| vec![Vec::new(); figures.len()]);
        listed.extend(figures.into_iter().zip(labels));
    }
    listed
}

/// So many labels in a list; the last 和 may part the last two. What follows 的 in the last one goes for all.
pub(super) fn labels(list: &[char], count: usize) -> Option<Vec<Vec<char>>> {
    let mut labels: Vec<Vec<char>> = list.split(|c| *c == '、').map(<[char]>::to_vec).collect();
    if labels.len() + 1 == count
        && let Some(last) = labels.pop()
    {
        let at = last.iter().position(|c| matches!(c, '和' | '与' | '及'))?;
        labels.push(last[..at].to_vec());
        labels.push(last[at + 1..].to_vec());
    }
    if labels.len() != count || count < 2 {
        return None;
    }
    let last = labels.last()?;
    if let Some(at) = last.iter().position(|c| *c == '的') {
        let common = last[at..].to_vec();
        // 对个人和家庭的补助 has a 的 of its own, and the others are labels by themselves.
        if labels[..count - 1].iter().all(|label| !label.contains(&'的') && !label.ends_with(&['支', '出'])) {
            labels[..count - 1].iter_mut().for_each(|label| label.extend(&common));
        }
    }
    Some(labels)
}

/// Where the words before a number begin.
pub(super) fn label_start(letters: &[char], from: usize, to: usize) -> usize {
    let mut end = to;
    // The mark between a label and its figure is no end of the label.
    while end > from && matches!(letters[end - 1], ':' | '(') {
        end -= 1;
    }
    let mark = (from..end).rev().find(|at| is_mark(letters[*at]) || ends_sentence(letters, *at));
    mark.map_or(from, |at| at + 1)
}

/// The words without brackets; what an open bracket begins is a label of its own, and what a closed one holds at the
/// end is a remark.
pub(super) fn without_brackets(label: &[char]) -> Vec<char> {
    let label = label.strip_suffix(&[':']).unwrap_or(label);
    let open = label.iter().rposition(|c| matches!(c, '(' | '['));
    let close = label.iter().rposition(|c| matches!(c, ')' | ']'));
    let label = match (open, close) {
        (Some(open), None) if open + 1 < label.len() => &label[open + 1..],
        (Some(open), Some(close)) if open > close && open + 1 < label.len() => &label[open + 1..],
        // A remark that ends the label, unless it is part of the wording, as in 因公出国(境).
        (Some(open), Some(close)) if close + 1 == label.len() && close - open > 3 => &label[..open],
        _ => label,
    };
    label.iter().filter(|c| !is_bracket(**c) && **c != ':').copied().collect()
}

/// The words without what stands in brackets that are closed again.
pub(super) fn without_remarks(letters: &[char]) -> Vec<char> {
    let mut kept: Vec<char> = Vec::new();
    let mut opened: Vec<usize> = Vec::new();
    for c in letters {
        match c {
            '(' => opened.push(kept.len()),
            ')' => kept.truncate(opened.pop().unwrap_or(kept.len())),
            _ => kept.push(*c),
        }
    }
    kept
}

pub(super) fn is_bracket(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']')
}

pub(super) fn is_mark(c: char) -> bool {
    matches!(c, ',' | ';' | '。' | ':' | '、' | '!' | '?' | '=' | '+')
}

/// A full stop, the half-width one among them where it is no decimal point and not behind the number of an item.
pub(super) fn ends_sentence(letters: &[char], at: usize) -> bool {
    match letters[at] {
        '。' | '!' | '?' => true,
        '.' => {
            at > 0 && !letters[at - 1].is_ascii_alphanumeric()
                || at > 2 && !letters.get(at + 1).is_some_and(char::is_ascii_digit)
        }
        _ => false,
    }
}

pub(super) fn last(letters: &[char], words: &[char]) -> Option<usize> {
    if words.is_empty() || letters.len() < words.len() {
        return None;
    }
    letters.windows(words.len()).rposition(|window| window == words)
}

pub(super) fn first(letters: &[char], words: &[char]) -> Option<usize> {
    if !contains(letters, words) {
        return None;
    }
    letters.windows(words.len()).position(|window| window == words)
}
