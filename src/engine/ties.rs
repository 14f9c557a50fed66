//! What ties a cell to others: every relation and rule that it is in, with its figures, how it stands and what is missing.

use rust_decimal::Decimal;

use crate::engine::amount::Entry;
use crate::engine::evaluation::Evaluation;
use crate::engine::figures::{Figures, LaidTerm};
use crate::engine::finding::{Level, Part};
use crate::engine::relation::{self, State, half_up, share};
use crate::engine::rule::stated;
use crate::engine::template::formula::Comparison;
use crate::engine::template::spec::{RuleKind, RuleSpec};
use crate::engine::template::{Relation, Shape};

/// One relation or rule around a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// Empty for the change against last year, which no rule looks at.
    pub code: String,
    /// As the template has it.
    pub name: String,
    pub state: State,
    /// How much it weighs where it does not hold.
    pub level: Level,
    pub left: Vec<Part>,
    pub sign: Sign,
    pub right: Vec<Part>,
    /// A bare number on the right, such as 100.
    pub bare: Decimal,
    /// What the right side gives; of a change its share in percent.
    pub computed: Option<Decimal>,
    pub entered: Option<Decimal>,
    pub difference: Option<Decimal>,
    /// Differences below this are rounding; of a change the limit in percent.
    pub allowed: Option<Decimal>,
    /// The cells that have to be filled, or mended, before it can be told.
    pub missing: Vec<String>,
    pub blanks_as_zero: bool,
    /// It gives the value of the cell.
    pub gives: bool,
}

/// How the sides compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Equal,
    AtLeast,
    AtMost,
    /// The left is the first on the right ÷ the second.
    Rate,
    /// (left − right) ÷ right.
    Change,
    /// The rule says it in its own words.
    Other,
}

impl Tie {
    /// The keys of its cells, left side first.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.left.iter().chain(&self.right).map(|part| part.cell.as_str())
    }

    fn has(&self, key: &str) -> bool {
        self.cells().any(|cell| cell == key)
    }
}

/// All ties of a cell: what gives its value first, then what does not hold, then the template's order.
pub fn around(figures: &Figures<'_>, evaluation: &Evaluation, key: &str) -> Vec<Tie> {
    let around = Around { figures, evaluation, key };
    let template = figures.template();
    let mut ties: Vec<Tie> = Vec::new();
    for (at, relation) in template.relations().iter().enumerate() {
        for row in relation::rows(relation, figures) {
            let gives = template.definition(key) == Some(at);
            ties.extend(around.relation(relation, row, gives).filter(|tie| tie.has(key)));
        }
    }
    for rule in &template.spec().rules {
        ties.extend(around.rule(rule).into_iter().filter(|tie| tie.has(key)));
    }
    ties.extend(around.last_year(&ties));
    ties.sort_by_key(|tie| (!tie.gives, tie.state != State::Violated));
    ties
}

struct Around<'a> {
    figures: &'a Figures<'a>,
    evaluation: &'a Evaluation,
    key: &'a str,
}

impl Around<'_> {
    fn relation(&self, relation: &Relation, row: Option<(&str, &str)>, gives: bool) -> Option<Tie> {
        let figures = self.figures;
        let spec = figures.template().relation_spec(relation);
        let (left, sign, right) = match &relation.shape {
            Shape::Linear { left, comparison, right } => {
                let sign = match comparison {
                    Comparison::Equal => Sign::Equal,
                    Comparison::AtLeast => Sign::AtLeast,
                    Comparison::AtMost => Sign::AtMost,
                };
                (figures.lay_out(left, row), sign, figures.lay_out(right, row))
            }
            Shape::Rate { rate, numerator, denominator } => {
                let cell =
                    |symbol| Some(LaidTerm { coefficient: Decimal::ONE, cell: Some(figures.resolve(symbol, row)?) });
                (vec![cell(rate)?], Sign::Rate, vec![cell(numerator)?, cell(denominator)?])
            }
        };
        let bare = right.iter().filter(|term| term.cell.is_none()).map(|term| term.coefficient).sum();
        let mut tie = self.tie(&spec.code, &spec.name, self.parts(&left), sign, self.parts(&right));
        let cells: Vec<&str> = tie.cells().collect();
        let results = &self.evaluation.relations;
        let result = results.iter().find(|result| result.code == spec.code && result.cells == cells);
        match result {
            Some(result) => {
                tie.state = result.state;
                tie.computed = result.computed;
                tie.entered = result.entered;
                tie.difference = result.difference;
                tie.allowed = result.allowed;
                tie.blanks_as_zero = result.blanks_as_zero;
            }
            // It is not checked with these blanks.
            None if tie.left.iter().chain(&tie.right).any(|part| part.value.is_some()) => tie.state = State::Open,
            None => tie.state = State::Silent,
        }
        if !matches!(tie.state, State::Open | State::Silent | State::Unverifiable) {
            tie.missing.clear();
        }
        Some(Tie { bare, gives, level: relation::level(relation, figures), ..tie })
    }

    fn rule(&self, rule: &RuleSpec) -> Vec<Tie> {
        let one = |left: &str, sign, right: &str| self.ruled(rule, self.cell(left), sign, vec![self.cell(right)]);
        match &rule.kind {
            RuleKind::Either { cell, should_be, may_be, .. } => {
                let other = if self.key == may_be { may_be } else { should_be };
                vec![one(cell, Sign::Equal, other)]
            }
            RuleKind::ChangeLimit { from, to, limit } => {
                vec![Tie { allowed: Some(*limit), ..one(to, Sign::Change, from) }]
            }
            RuleKind::Growth { block, before, now, rows, limit, .. } => rows
                .iter()
                .map(|row| {
                    let key = |column: &str| [block.as_str(), row, column].join(".");
                    Tie { allowed: Some(*limit), ..one(&key(now), Sign::Change, &key(before)) }
                })
                .collect(),
            RuleKind::Overspend { block, budget, spent, rows } => rows
                .iter()
                .map(|line| {
                    let key = |column: &str| [block.as_str(), &line.row, column].join(".");
                    one(&key(spent), Sign::AtMost, &key(budget))
                })
                .collect(),
            RuleKind::Scope { wide, narrow, .. } => vec![one(wide, Sign::Other, narrow)],
            RuleKind::ExecutionScore => self
                .figures
                .template()
                .scoring()
                .map(|scoring| {
                    let of = [&scoring.execution_weight, &scoring.spent, &scoring.budget];
                    let right = of.map(|key| self.cell(key)).to_vec();
                    self.ruled(rule, self.cell(&scoring.execution_score), Sign::Other, right)
                })
                .into_iter()
                .collect(),
            RuleKind::BoundIndicator { groups, target, actual, .. } => self.bound(rule, groups, [target, actual]),
            _ => Vec::new(),
        }
    }

    /// Indicator rows that a person bound to figures of the form.
    fn bound(&self, rule: &RuleSpec, groups: &[String], [target, actual]: [&String; 2]) -> Vec<Tie> {
        let layout = self.figures.layout();
        let Some(scoring) = layout.template.scoring() else { return Vec::new() };
        let rows = groups.iter().filter_map(|group| layout.submission.groups.get(group)).flatten();
        let bound = rows.filter(|row| row.bound.as_ref() == Some(&rule.code));
        bound
            .flat_map(|row| [(&scoring.target, target), (&scoring.actual, actual)].map(|pair| (row, pair)))
            .map(|(row, (column, figure))| {
                let key = [&scoring.block, ".", &row.id, ".", column].concat();
                let value = stated(layout.submission.text(&key));
                let left = Part { cell: key, coefficient: Decimal::ONE, value };
                self.ruled(rule, left, Sign::Equal, vec![self.cell(figure)])
            })
            .collect()
    }

    /// The same row last year, where no rule compares the two already.
    fn last_year(&self, ties: &[Tie]) -> Option<Tie> {
        let layout = self.figures.layout();
        let field = layout.field(layout.find(self.key)?);
        field.column.kind.measure()?;
        let carries = field.block.columns.iter().find(|column| column.last_year.is_some())?;
        let now = carries.last_year.as_ref()?;
        if field.column.id != carries.id && field.column.id != *now {
            return None;
        }
        let row = field.row_id();
        let key = |column: &str| Some(layout.field(layout.cell(&field.block.id, row, column)?).key.clone());
        let (left, right) = (self.cell(&key(now)?), self.cell(&key(&carries.id)?));
        let is_told = ties.iter().any(|tie| tie.sign == Sign::Change && tie.has(&left.cell) && tie.has(&right.cell));
        // A —— that the form prints is no figure of last year.
        let is_printed = layout.find(&right.cell).is_some_and(|at| layout.field(at).fixed().is_some());
        (!is_told && !is_printed).then(|| self.finished(self.tie("", "", vec![left], Sign::Change, vec![right])))
    }

    /// A tie of a rule: whether it holds, its findings say.
    fn ruled(&self, rule: &RuleSpec, left: Part, sign: Sign, right: Vec<Part>) -> Tie {
        let tie = Tie { level: rule.level, ..self.tie(&rule.code, &rule.name, vec![left], sign, right) };
        let first = tie.left.first().map(|part| part.cell.clone()).unwrap_or_default();
        let finding =
            self.evaluation.findings.iter().find(|found| found.code == rule.code && found.cells.contains(&first));
        let mut tie = self.finished(tie);
        if let Some(finding) = finding {
            tie.state = State::Violated;
            tie.level = finding.level;
        }
        tie
    }

    /// What follows from its figures alone.
    fn finished(&self, tie: Tie) -> Tie {
        let value = |parts: &[Part]| parts.first().and_then(|part| part.value);
        let (left, right) = (value(&tie.left), value(&tie.right));
        let is_whole = tie.missing.is_empty();
        let state = match (is_whole, left.is_some() || right.is_some()) {
            (true, _) => State::Agrees,
            (false, true) => State::Open,
            (false, false) => State::Silent,
        };
        let both = left.zip(right);
        let difference = both.and_then(|(left, right)| left.checked_sub(right));
        let computed = match tie.sign {
            Sign::Change => both.and_then(|(_, right)| Some(half_up(share(difference?, right)?, 2))),
            Sign::Other => None,
            _ => right,
        };
        Tie { state, entered: left, difference, computed, ..tie }
    }

    fn tie(&self, code: &str, name: &str, left: Vec<Part>, sign: Sign, right: Vec<Part>) -> Tie {
        let missing = left.iter().chain(&right).filter(|part| part.value.is_none()).map(|part| part.cell.clone());
        Tie {
            code: code.to_owned(),
            name: name.to_owned(),
            state: State::Silent,
            level: Level::Error,
            missing: missing.collect(),
            left,
            sign,
            right,
            bare: Decimal::ZERO,
            computed: None,
            entered: None,
            difference: None,
            allowed: None,
            blanks_as_zero: false,
            gives: false,
        }
    }

    fn parts(&self, side: &[LaidTerm]) -> Vec<Part> {
        let laid = side.iter().filter_map(|term| Some((term.cell?, term.coefficient)));
        laid.map(|(at, coefficient)| Part { coefficient, ..self.cell(&self.figures.layout().field(at).key) }).collect()
    }

    /// A cell with what stands in it, or in its parts where it is a blank subtotal; a —— counts as zero.
    fn cell(&self, key: &str) -> Part {
        let at = self.figures.layout().find(key);
        let filled = at.and_then(|at| self.figures.span(at)).filter(|span| span.filled);
        let is_mark = at.and_then(|at| self.figures.entry(at)).is_some_and(|entry| *entry == Entry::NotApplicable);
        let value = filled.map(|span| span.point.normalize()).or(is_mark.then_some(Decimal::ZERO));
        Part { cell: key.to_owned(), coefficient: Decimal::ONE, value }
    }
}
