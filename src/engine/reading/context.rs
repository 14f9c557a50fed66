//! What must be known of a whole text before any number in it can be told: its year, its unit's name, the words that say
//! nothing of which figure it is.

use crate::engine::amount::plain_letter;
use crate::engine::layout::Layout;
use crate::engine::reading::known::{Known, letters};
use crate::engine::reading::plain::Plain;
use crate::engine::reading::tables::Tables;
use crate::engine::template::spec::ReportSpec;

pub(super) struct Context<'a> {
    pub layout: &'a Layout<'a>,
    pub report: Option<&'a ReportSpec>,
    pub known: Known,
    /// The year of the text's title, or of the filing where it has none.
    pub year: Option<i32>,
    /// The unit's names in plain letters.
    unit: Vec<Vec<char>>,
    neutral: Vec<Vec<char>>,
    fillers: Vec<Vec<char>>,
    other: Vec<Vec<char>>,
    /// Words that lead into a section, with its index.
    pub names: Vec<(Vec<char>, usize)>,
}

/// A longer label than this is a sentence.
const LONGEST_RESIDUE: usize = 60;
/// How much of a unit's name must stand together to be it.
const SHORTEST_NAME: usize = 2;
/// A title is found among so many lines.
const TITLE_LINES: usize = 40;

impl<'a> Context<'a> {
    pub fn of(layout: &'a Layout<'a>, plain: &Plain<'_>, tables: &Tables) -> Self {
        let report = layout.template.spec().report.as_ref();
        let title = report.and_then(|report| title(layout, report, plain));
        let year = title.as_ref().map(|(year, _)| *year);
        let mut unit: Vec<Vec<char>> = title.into_iter().map(|(_, name)| name).collect();
        unit.push(letters(&crate::engine::report::unit(layout)));
        unit.extend(tables.unit.as_deref().map(letters));
        unit.retain(|name| name.len() >= SHORTEST_NAME);
        let words = |list: &[String]| -> Vec<Vec<char>> { list.iter().map(|words| letters(words)).collect() };
        let mut context = Self {
            layout,
            report,
            known: report.map(|report| Known::of(layout, report)).unwrap_or_default(),
            year,
            unit,
            neutral: report.map(|report| words(&report.neutral)).unwrap_or_default(),
            fillers: report.map(|report| words(&report.fillers)).unwrap_or_default(),
            other: report.map(|report| words(&report.other)).unwrap_or_default(),
            names: Vec::new(),
        };
        for (at, section) in report.iter().flat_map(|report| report.sections.iter().enumerate()) {
            context.names.extend(section.names.iter().map(|name| (letters(name), at)));
        }
        context.neutral.extend(context.names.iter().map(|(name, _)| name.clone()));
        context
    }

    /// Where a wording may end in a label: at its end, or before any words that only lead to the figure.
    pub fn ends(&self, label: &[char]) -> Vec<usize> {
        let mut ends = vec![label.len()];
        let mut at = 0;
        while let Some(end) = ends.get(at).copied() {
            let label = &label[..end];
            let fillers = self.fillers.iter().filter(|words| label.ends_with(words)).map(Vec::len);
            for length in fillers.chain(year_at_end(label)) {
                if !ends.contains(&(end - length)) {
                    ends.push(end - length);
                }
            }
            at += 1;
        }
        // The longest first: it has the most to say.
        ends.sort_by_key(|end| std::cmp::Reverse(*end));
        ends
    }

    /// Whether words before a wording leave open which figure it is: years, the unit's name, 本单位, 其中.
    pub fn is_neutral(&self, words: &[char]) -> bool {
        self.is_of(words, |rest| self.named(rest))
    }

    /// The same of a name in the form's own sentence: 宣传 may be a project of 宣传部.
    pub fn is_neutral_name(&self, name: &[char]) -> bool {
        self.is_of(name, |_| Vec::new())
    }

    fn is_of(&self, words: &[char], named: impl Fn(&[char]) -> Vec<usize>) -> bool {
        if words.len() > LONGEST_RESIDUE {
            return false;
        }
        // reached[n]: the first n letters are neutral.
        let mut reached = vec![false; words.len() + 1];
        reached[0] = true;
        for at in 0..words.len() {
            if !reached[at] {
                continue;
            }
            let rest = &words[at..];
            for neutral in self.neutral.iter().filter(|neutral| rest.starts_with(neutral)) {
                reached[at + neutral.len()] = true;
            }
            for length in dated(rest, self.year).into_iter().chain(named(rest)) {
                reached[at + length] = true;
            }
        }
        reached[words.len()]
    }

    /// Whether words say that a figure is of another year, a difference, a plan.
    pub fn is_other(&self, words: &[char]) -> bool {
        // The unit's own name says nothing: 对口支援与比赛中心.
        let mut pieces = vec![words];
        for name in &self.unit {
            pieces = pieces.into_iter().flat_map(|piece| without(piece, name)).collect();
        }
        self.other.iter().any(|other| pieces.iter().any(|piece| contains(piece, other)))
    }

    /// The same of a name in the form's own sentence: 比赛 is no comparison, 比上年 is.
    pub fn is_other_name(&self, name: &[char]) -> bool {
        self.other.iter().any(|other| other.len() > 1 && contains(name, other))
    }

    /// Lengths of pieces of the unit's name at the beginning of the words.
    fn named(&self, words: &[char]) -> Vec<usize> {
        let mut longest = 0;
        for name in &self.unit {
            for from in 0..name.len() {
                longest = longest.max(name[from..].iter().zip(words).take_while(|(a, b)| a == b).count());
            }
            // 残联 for 残疾人联合会.
            let mut rest = name.iter();
            longest = longest.max(words.iter().take_while(|c| rest.any(|letter| letter == *c)).count());
        }
        // Every beginning of a piece is one.
        (SHORTEST_NAME..=longest).collect()
    }
}

pub(super) fn contains(words: &[char], part: &[char]) -> bool {
    !part.is_empty() && words.windows(part.len()).any(|window| window == part)
}

/// What is left of words once a part of them is cut out.
fn without<'w>(words: &'w [char], part: &[char]) -> Vec<&'w [char]> {
    match words.windows(part.len()).position(|window| window == part) {
        None => vec![words],
        Some(at) => vec![&words[..at], &words[at + part.len()..]],
    }
}

/// Lengths of a date or a list's number at the beginning: 2024年, 2024年度, 12月, 31日, 1. and the like.
fn dated(words: &[char], year: Option<i32>) -> Vec<usize> {
    let digits = words.iter().take_while(|c| c.is_ascii_digit()).count();
    let number: Option<i32> = words[..digits].iter().collect::<String>().parse().ok();
    let Some(number) = number.filter(|_| digits > 0) else { return Vec::new() };
    match words.get(digits) {
        Some('年') if digits == 4 && year.is_none_or(|year| number == year) => {
            let more = usize::from(words.get(digits + 1) == Some(&'度'));
            vec![digits + 1, digits + 1 + more]
        }
        Some('月' | '日') if digits <= 2 => vec![digits + 1],
        Some('.' | '、' | ')') if digits <= 2 => vec![digits + 1],
        _ => Vec::new(),
    }
}

fn year_at_end(label: &[char]) -> Option<usize> {
    let tail = |length: usize| label.len().checked_sub(length).map(|at| &label[at..]);
    let is_year = |words: &[char]| words.iter().take(4).all(char::is_ascii_digit) && words.get(4) == Some(&'年');
    [6, 5]
        .into_iter()
        .find(|length| tail(*length).is_some_and(|words| is_year(words) && (*length == 5 || words[5] == '度')))
}

/// The year and the unit's name in the report's title, such as 2024年度…整体支出绩效自评报告.
fn title(layout: &Layout<'_>, report: &ReportSpec, plain: &Plain<'_>) -> Option<(i32, Vec<char>)> {
    let title = &layout.template.sheet(&report.sheet)?.title;
    let (_, behind) = title.split_once("{unit}")?;
    // 整体支出绩效自评报告, of which any piece of this length marks a title.
    let words: Vec<char> = behind.chars().filter_map(plain_letter).collect();
    let marks: Vec<&[char]> = words.windows(words.len().min(4)).collect();
    for line in plain.lines.iter().take(TITLE_LINES) {
        let text: Vec<char> =
            line.letters.iter().map(|letter| letter.plain).filter(|c| !matches!(c, '(' | ')')).collect();
        if text.len() > 80 {
            continue;
        }
        let Some((at, year)) = find_year(&text) else { continue };
        let from = at + 5 + usize::from(text.get(at + 5) == Some(&'度'));
        let found = marks.iter().filter_map(|mark| text.windows(mark.len()).position(|window| window == *mark)).min();
        if let Some(to) = found.filter(|to| *to >= from) {
            let mut name = text[from..to].to_vec();
            for suffix in ["部门单位", "部门", "单位"] {
                let suffix: Vec<char> = suffix.chars().collect();
                if name.ends_with(&suffix) {
                    name.truncate(name.len() - suffix.len());
                }
            }
            // The unit may stand before the year.
            return Some((year, if name.is_empty() { text[..at].to_vec() } else { name }));
        }
    }
    None
}

/// A year such as 2024年, and where it stands.
pub(super) fn find_year(letters: &[char]) -> Option<(usize, i32)> {
    letters.windows(5).enumerate().find_map(|(at, window)| {
        let is_apart = at == 0 || !letters[at - 1].is_ascii_digit();
        let year: i32 = window[..4].iter().collect::<String>().parse().ok()?;
        let is_year = window[4] == '年' && window[..4].iter().all(char::is_ascii_digit) && (1990..2100).contains(&year);
        (is_apart && is_year).then_some((at, year))
    })
}
