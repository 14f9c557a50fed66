//! Finds the figures in sentences: the words before a number, back to the punctuation, say which figure it is.
//!
//! A number is linked only where all of these words are accounted for: 项目支出 behind 培训 is another amount.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use crate::engine::amount::scan;
use crate::engine::reading::context::{Context, contains, find_year};
use crate::engine::reading::headings::{Paragraph, Section, marker, paragraphs};
use crate::engine::reading::known::KnownCell;
use crate::engine::reading::plain::{Letter, Plain};
use crate::engine::reading::tables::Tables;
use crate::engine::reading::{Certainty, Link, ReadSection, Source, Target};
use crate::engine::template::spec::{ColumnKind, PartSpec};

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
    /// 个
    Pieces,
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
        Reader { context, text: plain.text, paragraph, rows: &mut rows, links: &mut links }.read();
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

/// A number's surroundings.
#[derive(Clone, Copy)]
struct Around<'l> {
    letters: &'l [char],
    /// Where the number before it ends.
    before_end: usize,
    label_from: usize,
    /// The label that a list before it gives: 收入、支出分别为5万元、3万元.
    listed: Option<&'l [char]>,
}

/// The labels of figures that are listed behind their labels, by the place of the figure.
type Listed = BTreeMap<usize, Vec<char>>;

/// Which cells come into question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Those that the section at hand states.
    Own,
    All,
}

/// So many letters may stand between the words that lead a list in and their colon: 年初预算项目四个：
const LONGEST_REMARK: usize = 6;
/// So many letters behind a number may tell what it is.
const LONGEST_TAIL: usize = 24;

struct Reader<'a, 'c> {
    context: &'a Context<'c>,
    text: &'a str,
    paragraph: &'a Paragraph,
    rows: &'a mut Rows,
    links: &'a mut Vec<Link>,
}

/// What is known of the sentence so far.
#[derive(Default)]
struct Sentence {
    from: usize,
    /// The group whose rows are being listed, and the unit of their figures.
    listing: Option<(String, Unit)>,
    /// The block of the figure before.
    block: Option<String>,
}

impl Reader<'_, '_> {
    fn read(&mut self) {
        let letters: Vec<char> = self.paragraph.letters.iter().map(|letter| letter.plain).collect();
        let numbers = numbers(&self.paragraph.letters, &letters);
        let listed = listed(&letters, &numbers);
        let mut sentence = Sentence::default();
        let mut before_end = 0;
        for number in &numbers {
            let ends =
                (before_end..number.from).rev().find(|at| ends_sentence(&letters, *at)).map(|at| at - before_end);
            if let Some(end) = ends {
                sentence = Sentence { from: before_end + end + 1, ..Sentence::default() };
            }
            self.number((&letters, &listed), number, before_end, &mut sentence);
            before_end = number.end;
        }
    }

    fn number(
        &mut self,
        (letters, listed): (&[char], &Listed),
        number: &Number,
        before_end: usize,
        sentence: &mut Sentence,
    ) {
        let label_from = label_start(letters, before_end, number.from);
        let listed = listed.get(&number.from).cloned();
        let said = &letters[sentence.from..number.from];
        if self.is_of_another_year(said) || is_rough(letters, number) {
            return;
        }
        let scope = self.scope(listed.as_deref().unwrap_or(said));
        let around = Around { letters, before_end, label_from, listed: listed.as_deref() };
        if let Some((cells, certainty)) = self.cells(around, number, scope, sentence) {
            sentence.listing = None;
            sentence.block = cells.first().and_then(|cell| cell.key.split('.').next()).map(str::to_owned);
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
        around: Around<'_>,
        number: &Number,
        scope: Section,
        sentence: &Sentence,
    ) -> Option<(Vec<&KnownCell>, Certainty)> {
        let label = match around.listed {
            Some(listed) => without_brackets(listed),
            None => without_brackets(&around.letters[around.label_from..number.from]),
        };
        let behind: Vec<char> =
            around.letters[number.to..].iter().take(LONGEST_TAIL).filter(|c| !is_bracket(**c)).copied().collect();
        for known in self.context.known.around() {
            if label.ends_with(&known.before)
                && known.is_behind(&behind)
                && let Some(found) = choose(&known.cells, scope, number.unit, Reach::All)
            {
                return Some(found);
            }
        }
        // What the section itself states comes first, however short its words.
        [Reach::Own, Reach::All]
            .into_iter()
            .find_map(|reach| self.by_label(&label, around, number, (scope, reach), sentence))
    }

    fn by_label(
        &self,
        label: &[char],
        around: Around<'_>,
        number: &Number,
        (scope, reach): (Section, Reach),
        sentence: &Sentence,
    ) -> Option<(Vec<&KnownCell>, Certainty)> {
        // Words between wording and figure are left out in every way that they may be: 总人数为 ends in 数为, too.
        for end in self.context.ends(label) {
            let label = &label[..end];
            for wording in self.context.known.ending(label) {
                let residue = &label[..label.len() - wording.words.len()];
                let is_accounted_for = if wording.is_free {
                    !self.context.is_other(residue)
                } else {
                    self.context.is_neutral(residue) && !self.has_subject(around, residue, wording.words.len())
                };
                if !is_accounted_for {
                    continue;
                }
                let Some((mut cells, certainty)) = choose(&wording.cells, scope, number.unit, reach) else { continue };
                // 年初预算 behind the figures of something else is that thing's.
                let opens = residue.is_empty() && around.before_end > sentence.from;
                cells.retain(|cell| !(cell.needs_subject && opens) || cell.block() == sentence.block.as_deref());
                if !cells.is_empty() {
                    return Some((cells, certainty));
                }
            }
        }
        None
    }

    /// Whether a short wording such as 支出 has its subject in the clause before it: 监管项目，支出5万元.
    fn has_subject(&self, around: Around<'_>, residue: &[char], length: usize) -> bool {
        let Around { letters, before_end, label_from, listed } = around;
        if listed.is_some() || length > 2 || !residue.is_empty() || label_from == 0 || letters[label_from - 1] != ',' {
            return false;
        }
        let clause = &letters[before_end..label_from - 1];
        let from = clause.iter().rposition(|c| is_mark(*c)).map_or(0, |at| at + 1);
        let clause: Vec<char> = clause[from..].iter().filter(|c| !is_bracket(**c)).copied().collect();
        !clause.is_empty() && from == 0 && before_end == 0 && !self.context.is_neutral(&clause)
    }

    /// Where the sentence belongs: the last fund that it names, or else the section that it stands in.
    fn scope(&self, said: &[char]) -> Section {
        let named = self.context.names.iter().filter_map(|(name, section)| Some((last(said, name)?, *section))).max();
        named.map_or(self.paragraph.section, |(_, section)| Section::Known(section))
    }

    /// Whether the number is of another year: one named in its own clause, or at the head of its sentence.
    fn is_of_another_year(&self, said: &[char]) -> bool {
        let Some(year) = self.context.year else { return false };
        let said = without_remarks(said);
        let clause = said.iter().rposition(|c| is_mark(*c)).map_or(0, |at| at + 1);
        let head = said.iter().position(|c| is_mark(*c)).unwrap_or(said.len());
        let last_year = |letters: &[char]| {
            let (mut from, mut last) = (0, None);
            while let Some((at, found)) = find_year(&letters[from..]) {
                last = Some(found);
                from += at + 5;
            }
            last
        };
        let of = last_year(&said[clause..]).or_else(|| last_year(&said[..head.min(clause)]));
        of.is_some_and(|of| of != year)
    }

    /// A row of a group: an item of a list that the sentence leads in, or a line of its own.
    fn row(&mut self, letters: &[char], label_from: usize, number: &Number, sentence: &mut Sentence) {
        let is_bare = number.unit == Unit::None && !self.paragraph.letters.iter().any(|letter| letter.plain == '元');
        if !matches!(number.unit, Unit::Money(_)) && !is_bare || number.value.is_zero() {
            return;
        }
        let label = &letters[label_from..number.from];
        let bare: Vec<char> = without_brackets(label);
        let section = self.paragraph.section;
        let mut name_from = label_from;
        let mut name_to = number.from;
        let is_same_unit = |unit: Unit| unit == number.unit;
        let mut group =
            sentence.listing.as_ref().filter(|(_, unit)| is_same_unit(*unit)).map(|(group, _)| group.clone());
        let led = self.lead(letters, label_from, number.from, section);
        if let Some((lead, from, to)) = led {
            (name_from, name_to) = (from, to);
            group = Some(lead);
        }
        if group.is_none() {
            let line = self
                .context
                .known
                .lines
                .iter()
                .find(|(of, _)| Section::Known(*of) == section)
                .map(|(_, group)| group.clone());
            let (from, is_first) = self.item(letters, label_from);
            let has_part = self.paragraph.part.is_some_and(|part| self.is_part_of_lines(section, part));
            let is_led =
                label_from > 1 && letters[label_from - 1] == ':' && sentence.block.as_deref() == Some("general");
            group = line.filter(|_| is_first && has_part || is_led);
            if is_first {
                name_from = from;
            }
        }
        let Some(group) = group else { return };
        if self.context.is_other(&bare) {
            return;
        }
        let Some((from, to)) = self.name(name_from, name_to) else { return };
        let named: Vec<char> = self.paragraph.letters[from..to].iter().map(|letter| letter.plain).collect();
        if self.context.is_neutral(&without_brackets(&named)) || named.iter().any(char::is_ascii_digit) {
            return;
        }
        let template = self.context.layout.template;
        let Some(block) = template.group(&group).map(|place| &template.spec().blocks[place.block]) else { return };
        let column = |is: fn(ColumnKind) -> bool| {
            block.columns.iter().find(|column| is(column.kind)).map(|column| column.id.clone())
        };
        let (Some(name_column), Some(amount)) =
            (column(|kind| kind == ColumnKind::Name), column(|kind| kind == ColumnKind::Money))
        else {
            return;
        };
        let row = self.rows.next(&group);
        let letters = &self.paragraph.letters;
        let at = self.quoted(letters[from].at..letters[to - 1].end);
        self.links.push(Link {
            cells: vec![Target::Row { group: group.clone(), number: row, column: name_column }],
            text: self.text[at.clone()].split_whitespace().collect(),
            at,
            value: None,
            certainty: Certainty::Certain,
            from: Source::Report,
        });
        self.link(number, vec![Target::Row { group: group.clone(), number: row, column: amount }], Certainty::Certain);
        sentence.listing = Some((group, number.unit));
    }

    /// Words that lead the rows of a list in: before the name (年初预算安排培训5万元), before a colon (年初预算项目：培训5万元), or
    /// between name and figure (培训年初预算5万元). The group, and the letters of the name.
    fn lead(&self, letters: &[char], from: usize, to: usize, section: Section) -> Option<(String, usize, usize)> {
        let label = &letters[from..to];
        for (words, group) in self.context.known.leads.iter().filter(|(_, group)| self.states_group(section, group)) {
            if let Some(at) = first(label, words) {
                let (before, behind) = (without_brackets(&label[..at]), at + words.len());
                if behind < label.len() && self.context.is_neutral(&before) {
                    return Some((group.clone(), from + behind, to));
                }
                if behind == label.len() && !before.is_empty() && !self.context.is_neutral(&before) && words.len() > 2 {
                    return Some((group.clone(), from, from + at));
                }
            }
            if from > 0 && letters[from - 1] == ':' {
                let before = &letters[..from - 1];
                let clause = before.iter().rposition(|c| is_mark(*c)).map_or(0, |at| at + 1);
                let before = without_brackets(&before[clause..]);
                if first(&before, words).is_some_and(|at| before.len() - at - words.len() <= LONGEST_REMARK) {
                    return Some((group.clone(), from, to));
                }
            }
        }
        None
    }

    /// Where the item of a list begins that a label belongs to, and whether it is the first label in it.
    fn item(&self, letters: &[char], label_from: usize) -> (usize, bool) {
        let before = &letters[..label_from];
        let item = before.iter().rposition(|c| matches!(c, ';' | '。' | ':')).map_or(0, |at| at + 1);
        let number = marker(&self.paragraph.letters[item..]).unwrap_or(0);
        let begins = item + number;
        // A name may stand in a clause of its own: 监管项目，支出5万元.
        let has_digit = letters[begins.min(label_from)..label_from].iter().any(char::is_ascii_digit);
        (begins, !has_digit)
    }

    /// Letters of a row's name, without what leads to its figure.
    fn name(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let letters: Vec<char> = self.paragraph.letters[from..to].iter().map(|letter| letter.plain).collect();
        let mut start = 0;
        if let Some(length) = marker(&self.paragraph.letters[from..to]) {
            start = length;
        }
        while start < letters.len() && matches!(letters[start], ':' | ',' | '、' | '为' | '是' | '(' | ')' | '-' | '.')
        {
            start += 1;
        }
        let mut end = letters.len();
        while end > start {
            let label = &letters[start..end];
            let ends = ["金额", "支出", "为", ":", ",", "共", "安排", "资金", "预算", "实际"];
            let filler =
                ends.iter().map(|words| words.chars().collect::<Vec<char>>()).find(|words| label.ends_with(words));
            match filler {
                // 专项资金 is a name; the words after it lead to the figure.
                Some(words)
                    if end - start > words.len() + 1
                        && !(words.len() == 2 && label.ends_with(&['专', '项', '资', '金'])) =>
                {
                    end -= words.len();
                }
                _ => break,
            }
        }
        (end > start + 1 && end - start <= 40).then_some((from + start, from + end))
    }

    /// Whether the part of the report at hand lists the rows of a group in its sentence; where no part is known, the
    /// section; where no section is, the report.
    fn states_group(&self, section: Section, group: &str) -> bool {
        let Some(report) = self.context.report else { return false };
        let star = ["{*", group, ":"].concat();
        let states = |part: &PartSpec| part.sentence.as_ref().is_some_and(|sentence| sentence.contains(&star));
        match (section, self.paragraph.part) {
            (Section::Known(section), Some(part)) => states(&report.sections[section].parts[part]),
            (Section::Known(section), None) => report.sections[section].parts.iter().any(states),
            (Section::None, _) => report.sections.iter().flat_map(|section| &section.parts).any(states),
            (Section::Foreign, _) => false,
        }
    }

    fn is_part_of_lines(&self, section: Section, part: usize) -> bool {
        let Section::Known(section) = section else { return false };
        self.context.report.is_some_and(|report| report.sections[section].parts[part].each.is_some())
    }

    /// With the quotation mark that opens it: “意识形态”专项经费.
    fn quoted(&self, at: Range<usize>) -> Range<usize> {
        let before = self.text[..at.start].chars().next_back().filter(|c| matches!(c, '“' | '‘' | '"' | '「'));
        let name = &self.text[at.clone()];
        let is_closed = name.contains(['”', '’', '"', '」']);
        before.filter(|_| is_closed).map_or(at.clone(), |mark| at.start - mark.len_utf8()..at.end)
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
fn choose(cells: &[KnownCell], scope: Section, unit: Unit, reach: Reach) -> Option<(Vec<&KnownCell>, Certainty)> {
    let fits = |cell: &&KnownCell| match cell.kind {
        ColumnKind::Money => matches!(unit, Unit::Money(_) | Unit::None),
        ColumnKind::Count => matches!(unit, Unit::People | Unit::Pieces | Unit::None),
        ColumnKind::Percent => unit == Unit::Percent,
        ColumnKind::Points => matches!(unit, Unit::Points | Unit::None),
        _ => false,
    };
    let fitting = || cells.iter().filter(fits);
    let found = |cells: Vec<_>, certainty| (!cells.is_empty()).then_some((cells, certainty));
    let own = || match scope {
        Section::Known(section) => {
            found(fitting().filter(|cell| cell.sections.contains(&section)).collect(), Certainty::Certain)
        }
        _ => None,
    };
    if reach == Reach::Own {
        return own();
    }
    let anywhere = || found(fitting().filter(|cell| cell.anywhere).collect(), Certainty::Certain);
    let all = || if scope == Section::None { found(fitting().collect(), Certainty::Likely) } else { None };
    own().or_else(anywhere).or_else(all)
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
        ("个", Unit::Pieces),
        ("人次", Unit::Other),
        ("人", Unit::People),
        ("名", Unit::People),
        ("位", Unit::People),
        ("分钟", Unit::Other),
        ("分", Unit::Points),
    ];
    for (words, unit) in units {
        if starts(words) {
            // 人/天 and 元/人 count something else.
            let length = words.chars().count();
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

/// Figures that follow their labels in the same order: A、B和C分别为5万元、3万元和2万元.
fn listed(letters: &[char], numbers: &[Number]) -> Listed {
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
fn labels(list: &[char], count: usize) -> Option<Vec<Vec<char>>> {
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
fn label_start(letters: &[char], from: usize, to: usize) -> usize {
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
fn without_brackets(label: &[char]) -> Vec<char> {
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

fn is_bracket(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']')
}

fn is_mark(c: char) -> bool {
    matches!(c, ',' | ';' | '。' | ':' | '、' | '!' | '?' | '=' | '+')
}

/// A full stop, the half-width one among them where it is no decimal point and not behind the number of an item.
fn ends_sentence(letters: &[char], at: usize) -> bool {
    match letters[at] {
        '。' | '!' | '?' => true,
        '.' => {
            at > 0 && !letters[at - 1].is_ascii_alphanumeric()
                || at > 2 && !letters.get(at + 1).is_some_and(char::is_ascii_digit)
        }
        _ => false,
    }
}

/// The words without what stands in brackets that are closed again.
fn without_remarks(letters: &[char]) -> Vec<char> {
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
