//! Finds the figures in sentences: the words before a number, back to the punctuation, say which figure it is.
//!
//! A number is linked only where all of these words are accounted for: 项目支出 behind 培训 is another amount.

use rust_decimal::Decimal;

use crate::engine::amount::scan;
use crate::engine::reading::context::{Context, contains, find_year};
use crate::engine::reading::headings::{Paragraph, Section, marker, paragraphs};
use crate::engine::reading::known::KnownCell;
use crate::engine::reading::plain::{Letter, Plain};
use crate::engine::reading::tables::Tables;
use crate::engine::reading::{Certainty, Link, ReadSection, Source, Target};
use crate::engine::template::spec::ColumnKind;

/// What the report's prose says.
pub(super) struct Report {
    pub links: Vec<Link>,
    pub sections: Vec<ReadSection>,
}

/// A number in a paragraph.
#[derive(Debug)]
struct Number {
    /// Letters of the paragraph, without the unit.
    from: usize,
    to: usize,
    /// Behind the unit.
    end: usize,
    value: Decimal,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    /// 万元, and 元 and 亿元 with the power of ten that makes 万元 of them.
    Money(i32),
    People,
    Percent,
    Points,
    /// Nothing before the next punctuation.
    None,
    /// Some other thing is counted.
    Other,
}

pub(super) fn read(context: &Context<'_>, plain: &Plain<'_>, tables: &Tables) -> Report {
    let (paragraphs, headings) = paragraphs(context, plain, tables);
    let mut rows = Rows::default();
    let mut links = Vec::new();
    for paragraph in &paragraphs {
        Reader { context, paragraph, rows: &mut rows, links: &mut links }.read();
    }
    let mut sections: Vec<ReadSection> = Vec::new();
    let spec = context.report.map(|report| &report.sections);
    for (index, (section, at)) in headings.iter().enumerate() {
        let end = headings.get(index + 1).map_or(plain.text.len(), |(_, next)| next.start);
        let id = spec.map(|sections| sections[*section].id.clone()).unwrap_or_default();
        sections.push(ReadSection { id, at: at.start..end });
    }
    Report { links, sections }
}

/// How many rows of each group were read so far.
#[derive(Default)]
struct Rows(Vec<(String, usize)>);

impl Rows {
    fn next(&mut self, group: &str) -> usize {
        match self.0.iter_mut().find(|(known, _)| known == group) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                self.0.push((group.to_owned(), 1));
                1
            }
        }
    }
}

struct Reader<'a, 'c> {
    context: &'a Context<'c>,
    paragraph: &'a Paragraph,
    rows: &'a mut Rows,
    links: &'a mut Vec<Link>,
}

/// What is known of the sentence so far.
#[derive(Default)]
struct Sentence {
    from: usize,
    /// The group whose rows are being listed.
    listing: Option<String>,
}

impl Reader<'_, '_> {
    fn read(&mut self) {
        let letters: Vec<char> = self.paragraph.letters.iter().map(|letter| letter.plain).collect();
        let numbers = numbers(&self.paragraph.letters, &letters);
        let mut sentence = Sentence::default();
        let mut before_end = 0;
        for number in &numbers {
            let ends = letters[before_end..number.from].iter().rposition(|c| matches!(c, '。' | '!' | '?'));
            if let Some(end) = ends {
                sentence = Sentence { from: before_end + end + 1, listing: None };
            }
            self.number(&letters, number, before_end, &mut sentence);
            before_end = number.end;
        }
    }

    fn number(&mut self, letters: &[char], number: &Number, before_end: usize, sentence: &mut Sentence) {
        let label_from = label_start(letters, before_end, number.from);
        let label = without_brackets(&letters[label_from..number.from]);
        let said = &letters[sentence.from..number.from];
        if self.is_of_another_year(said) || is_rough(letters, number) {
            return;
        }
        let scope = self.scope(said);
        if let Some((cells, certainty)) = self.cells(&label, letters, number, scope) {
            sentence.listing = None;
            let certainty = if cells.len() > 1 { Certainty::Ambiguous } else { certainty };
            let cells: Vec<Target> = cells.into_iter().map(|cell| Target::Cell(cell.key.clone())).collect();
            self.link(number, cells, certainty);
            return;
        }
        self.row(letters, label_from, number, sentence);
    }

    /// The cells that the words around a number name, in this place of the report.
    fn cells(
        &self,
        label: &[char],
        letters: &[char],
        number: &Number,
        scope: Section,
    ) -> Option<(Vec<&KnownCell>, Certainty)> {
        let behind: Vec<char> = letters[number.end..].iter().take(12).filter(|c| !is_bracket(**c)).copied().collect();
        let unit: Vec<char> = letters[number.to..number.end].to_vec();
        let behind_with_unit = [unit, behind].concat();
        for around in self.context.known.around() {
            let is_here = label.ends_with(&around.before) && behind_with_unit.starts_with(&around.behind);
            if is_here && let Some(found) = choose(&around.cells, scope, number.unit) {
                return Some(found);
            }
        }
        let mut end = label.len();
        loop {
            let label = &label[..end];
            for wording in self.context.known.ending(label) {
                let residue = &label[..label.len() - wording.words.len()];
                let is_accounted_for = if wording.is_free {
                    !self.context.is_other(residue)
                } else {
                    self.context.is_neutral(residue)
                };
                if is_accounted_for && let Some(found) = choose(&wording.cells, scope, number.unit) {
                    return Some(found);
                }
            }
            end -= self.context.filler(label)?;
        }
    }

    /// Where the sentence belongs: the last fund that it names, or else the section that it stands in.
    fn scope(&self, said: &[char]) -> Section {
        let named = self.context.names.iter().filter_map(|(name, section)| Some((last(said, name)?, *section))).max();
        named.map_or(self.paragraph.section, |(_, section)| Section::Known(section))
    }

    fn is_of_another_year(&self, said: &[char]) -> bool {
        let Some(year) = self.context.year else { return false };
        let mut from = 0;
        let mut of = year;
        while let Some((at, found)) = find_year(&said[from..]) {
            // 截至2023年底 and 2023年至2024年 both end with the year that counts.
            of = found;
            from += at + 5;
        }
        of != year
    }

    /// A row of a group: an item of a list that the sentence leads in, or a line of its own.
    fn row(&mut self, letters: &[char], label_from: usize, number: &Number, sentence: &mut Sentence) {
        if !matches!(number.unit, Unit::Money(_)) || number.value.is_zero() {
            return;
        }
        let label = &letters[label_from..number.from];
        let bare: Vec<char> = without_brackets(label);
        let Section::Known(section) = self.paragraph.section else { return };
        let mut name_from = label_from;
        let mut group = sentence.listing.clone();
        if group.is_none() {
            for (words, lead) in &self.context.known.leads {
                let Some(at) = first(label, words) else { continue };
                if self.context.is_neutral(&without_brackets(&label[..at])) && self.states_group(section, lead) {
                    name_from = label_from + at + words.len();
                    group = Some(lead.clone());
                    break;
                }
            }
        }
        if group.is_none() {
            let line = self.context.known.lines.iter().find(|(of, _)| *of == section).map(|(_, group)| group.clone());
            let is_first = label_from == 0 || marker(&self.paragraph.letters[..]) == Some(label_from) || ends_item(letters, label_from);
            let has_part = self.paragraph.part.is_some_and(|part| self.is_part_of_lines(section, part));
            group = line.filter(|_| is_first && has_part);
        }
        let Some(group) = group else { return };
        if self.context.is_other(&bare) {
            return;
        }
        let name = self.name(name_from, number.from);
        let Some((from, to)) = name else { return };
        let template = self.context.layout.template;
        let Some(block) = template.group(&group).map(|place| &template.spec().blocks[place.block]) else { return };
        let column = |is: fn(ColumnKind) -> bool| block.columns.iter().find(|column| is(column.kind)).map(|column| column.id.clone());
        let (Some(name_column), Some(amount)) =
            (column(|kind| kind == ColumnKind::Name), column(|kind| kind == ColumnKind::Money))
        else {
            return;
        };
        let row = self.rows.next(&group);
        let letters = &self.paragraph.letters;
        self.links.push(Link {
            at: letters[from].at..letters[to - 1].end,
            cells: vec![Target::Row { group: group.clone(), number: row, column: name_column }],
            text: letters[from..to].iter().map(|letter| letter.plain).collect(),
            value: None,
            certainty: Certainty::Certain,
            from: Source::Report,
        });
        self.link(number, vec![Target::Row { group: group.clone(), number: row, column: amount }], Certainty::Certain);
        sentence.listing = Some(group);
    }

    /// Letters of a row's name, without what leads to its figure.
    fn name(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let letters: Vec<char> = self.paragraph.letters[from..to].iter().map(|letter| letter.plain).collect();
        let mut start = 0;
        if let Some(length) = marker(&self.paragraph.letters[from..to]) {
            start = length;
        }
        while start < letters.len() && matches!(letters[start], ':' | ',' | '、' | '为' | '是' | '(' | ')') {
            start += 1;
        }
        let mut end = letters.len();
        while end > start {
            let label = &letters[start..end];
            let ends = ["金额", "支出", "为", ":", "共", "安排", "资金", "预算", "实际"];
            let filler = ends.iter().map(|words| words.chars().collect::<Vec<char>>()).find(|words| label.ends_with(words));
            match filler {
                // 专项资金 is a name; the words after it lead to the figure.
                Some(words) if end - start > words.len() + 1 && !(words.len() == 2 && label.ends_with(&['专', '项', '资', '金'])) => {
                    end -= words.len();
                }
                _ => break,
            }
        }
        (end > start + 1 && end - start <= 40).then_some((from + start, from + end))
    }

    fn states_group(&self, section: usize, group: &str) -> bool {
        let Some(report) = self.context.report else { return false };
        let star = ["{*", group, ":"].concat();
        report.sections[section].parts.iter().any(|part| part.sentence.as_ref().is_some_and(|sentence| sentence.contains(&star)))
    }

    fn is_part_of_lines(&self, section: usize, part: usize) -> bool {
        self.context.report.is_some_and(|report| report.sections[section].parts[part].each.is_some())
    }

    fn link(&mut self, number: &Number, cells: Vec<Target>, certainty: Certainty) {
        let letters = &self.paragraph.letters;
        let value = in_cells_unit(number);
        let certainty = if number.unit == Unit::None { certainty.max(Certainty::Likely) } else { certainty };
        self.links.push(Link {
            at: letters[number.from].at..letters[number.to - 1].end,
            cells,
            text: value.to_string(),
            value: Some(value),
            certainty,
            from: Source::Report,
        });
    }
}

/// 元 are converted to 万元, with just the digits that are written.
fn in_cells_unit(number: &Number) -> Decimal {
    match number.unit {
        Unit::Money(0) => number.value,
        Unit::Money(-4) => (number.value * Decimal::new(1, 4)).normalize(),
        Unit::Money(_) => (number.value * Decimal::from(10_000)).normalize(),
        _ => number.value,
    }
}

/// The cells of the section at hand come before those that are known anywhere. Without a section all of them come into
/// question.
fn choose(cells: &[KnownCell], scope: Section, unit: Unit) -> Option<(Vec<&KnownCell>, Certainty)> {
    let fits = |cell: &&KnownCell| match cell.kind {
        ColumnKind::Money => matches!(unit, Unit::Money(_) | Unit::None),
        ColumnKind::Count => matches!(unit, Unit::People | Unit::None),
        ColumnKind::Percent => unit == Unit::Percent,
        ColumnKind::Points => matches!(unit, Unit::Points | Unit::None),
        _ => false,
    };
    let fitting = || cells.iter().filter(fits);
    if let Section::Known(section) = scope {
        let own: Vec<&KnownCell> = fitting().filter(|cell| cell.sections.contains(&section)).collect();
        if !own.is_empty() {
            return Some((own, Certainty::Certain));
        }
    }
    let anywhere: Vec<&KnownCell> = fitting().filter(|cell| cell.anywhere).collect();
    if !anywhere.is_empty() {
        return Some((anywhere, Certainty::Certain));
    }
    if scope != Section::None {
        return None;
    }
    let all: Vec<&KnownCell> = fitting().collect();
    (!all.is_empty()).then_some((all, Certainty::Likely))
}

// ---- numbers

fn numbers(places: &[Letter], letters: &[char]) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if !letters[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        if let Some(length) = list_number(places, letters, at) {
            at += length;
            continue;
        }
        let length = number_length(&letters[at..]);
        let text: String = letters[at..at + length].iter().collect();
        let end = at + length;
        let is_year = length == 4 && letters.get(end) == Some(&'年');
        let is_date = length <= 2 && matches!(letters.get(end), Some('月' | '日' | '号'));
        let (unit, unit_length) = unit(&letters[end..]);
        if !is_year
            && !is_date
            && let Ok((number, "")) = scan(&text)
        {
            found.push(Number { from: at, to: end, end: end + unit_length, value: number.value, unit });
        }
        at = end;
    }
    found
}

/// The number of an item at the beginning of a sentence: it is no figure, and what follows it may be one.
fn list_number(places: &[Letter], letters: &[char], at: usize) -> Option<usize> {
    let is_start = at == 0 || matches!(letters[at - 1], '。' | ';' | ':' | '(');
    if !is_start {
        return None;
    }
    let from = if at > 0 && letters[at - 1] == '(' { at - 1 } else { at };
    Some(marker(&places[from..])? - (at - from))
}

/// Digits with points and the commas that part thousands.
fn number_length(letters: &[char]) -> usize {
    let mut length = 0;
    while length < letters.len() {
        let c = letters[length];
        let is_followed = letters.get(length + 1).is_some_and(char::is_ascii_digit);
        let parts_thousands = || {
            let digits = letters[length + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
            digits == 3 && length > 0
        };
        match c {
            c if c.is_ascii_digit() => {}
            '.' if is_followed && !letters[..length].contains(&'.') => {}
            ',' if is_followed && parts_thousands() => {}
            _ => break,
        }
        length += 1;
    }
    length
}

fn unit(letters: &[char]) -> (Unit, usize) {
    let starts = |words: &str| letters.iter().take(words.chars().count()).copied().eq(words.chars());
    let units = [
        ("万元", Unit::Money(0)),
        ("亿元", Unit::Money(4)),
        ("元", Unit::Money(-4)),
        ("%", Unit::Percent),
        ("个百分点", Unit::Other),
        ("百分点", Unit::Other),
        ("人次", Unit::Other),
        ("人", Unit::People),
        ("名", Unit::People),
        ("位", Unit::People),
        ("个编制", Unit::People),
        ("分钟", Unit::Other),
        ("分", Unit::Points),
    ];
    for (words, unit) in units {
        if starts(words) {
            // 人/天 and 元/人 count something else.
            let length = words.chars().count();
            let length = if words == "个编制" { 1 } else { length };
            return if letters.get(length) == Some(&'/') { (Unit::Other, length) } else { (unit, length) };
        }
    }
    match letters.first() {
        None | Some(',' | ';' | '。' | '、' | ')' | '(') => (Unit::None, 0),
        _ => (Unit::Other, 0),
    }
}

/// 余, 多 or 约 stand by the number.
fn is_rough(letters: &[char], number: &Number) -> bool {
    letters.get(number.to).is_some_and(|c| matches!(c, '余' | '多'))
        || number.from > 0 && matches!(letters[number.from - 1], '约' | '近' | '逾' | '超' | '-' | '~')
}

// ---- labels

/// Where the words before a number begin.
fn label_start(letters: &[char], from: usize, to: usize) -> usize {
    let mut end = to;
    // The mark between a label and its figure is no end of the label.
    while end > from && matches!(letters[end - 1], ':' | '(') {
        end -= 1;
    }
    let mark = letters[from..end].iter().rposition(|c| matches!(c, ',' | ';' | '。' | ':' | '、' | '!' | '?'));
    mark.map_or(from, |at| from + at + 1)
}

/// The words without brackets; what an open bracket begins is a label of its own, and what a closed one holds at the
/// end is a remark.
fn without_brackets(label: &[char]) -> Vec<char> {
    let label = label.strip_suffix(&[':']).unwrap_or(label);
    let open = label.iter().rposition(|c| *c == '(');
    let close = label.iter().rposition(|c| *c == ')');
    let label = match (open, close) {
        (Some(open), None) if open + 1 < label.len() => &label[open + 1..],
        (Some(open), Some(close)) if open > close && open + 1 < label.len() => &label[open + 1..],
        // A remark that ends the label, unless it is part of the wording, as in 因公出国(境).
        (Some(open), Some(close)) if close + 1 == label.len() && close - open > 3 => &label[..open],
        _ => label,
    };
    label.iter().filter(|c| !is_bracket(**c) && **c != ':').copied().collect()
}

fn is_bracket(c: char) -> bool {
    matches!(c, '(' | ')')
}

fn ends_item(letters: &[char], at: usize) -> bool {
    at > 0 && matches!(letters[at - 1], ';' | '。')
}

fn last(letters: &[char], words: &[char]) -> Option<usize> {
    if words.is_empty() || letters.len() < words.len() {
        return None;
    }
    letters.windows(words.len()).rposition(|window| window == words)
}

fn first(letters: &[char], words: &[char]) -> Option<usize> {
    if !contains(letters, words) {
        return None;
    }
    letters.windows(words.len()).position(|window| window == words)
}
