//! Where a form can tell which figure is wrong: the equalities that tie each cell, and the cells that they cannot tell
//! from each other.
//!
//! It is of the form alone, whatever a filing says: for the authors of templates, so the page goes without.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::engine::evaluation::Stage;
use crate::engine::figures::{Figures, LaidTerm};
use crate::engine::finding::Level;
use crate::engine::layout::{FieldIndex, Layout};
use crate::engine::submission::{AddedRow, Submission};
use crate::engine::template::formula::Comparison;
use crate::engine::template::spec::{RuleKind, RuleSpec};
use crate::engine::template::{Shape, Template};

/// What the relations of a form can tell of its figures.
#[derive(Debug)]
pub struct Survey {
    /// A blank filing with two rows in each group, whose cells are named below.
    pub submission: Submission,
    /// Each cell with a figure, in the order of the form. The first row of a group stands for all of its rows.
    pub cells: Vec<Surveyed>,
    /// Cells that cannot be told from each other, by their places in `cells`; with one cell, it is the rows of a group.
    pub alike: Vec<Vec<usize>>,
}

/// One cell and what ties it.
#[derive(Debug)]
pub struct Surveyed {
    pub key: String,
    /// The group for each of whose rows it stands.
    pub group: Option<String>,
    /// What a wrong figure here breaks, whatever the filing.
    pub equalities: Vec<Tied>,
    /// What it breaks in some filings: figures of other funds between two totals, indicators bound to figures.
    pub in_some: Vec<Tied>,
    /// What only keeps it within limits, or compares it with another figure.
    pub limits: Vec<Tied>,
    /// The place in [`Survey::alike`] of the cells that it is confused with.
    pub alike: Option<usize>,
    /// Whether `in_some`, where they hold, tell it from all of these.
    pub told_in_some: bool,
    pub sources: Vec<Source>,
}

impl Surveyed {
    pub fn is_seen(&self) -> bool {
        !self.equalities.is_empty()
    }

    /// The gravest level at which a wrong figure is told.
    pub fn level(&self) -> Option<Level> {
        self.equalities.iter().map(|tied| tied.level).min()
    }
}

/// A relation or a rule that ties a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tied {
    pub code: String,
    pub level: Level,
}

/// What else may be laid beside a cell, where people have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Last year's filing.
    LastYear,
    /// The sheets of the finance system.
    Ledger,
    /// A report in prose that others wrote.
    Report,
}

/// A sum, or a quotient, in which cells stand. Quotients are sums of logarithms.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Column {
    sums: BTreeMap<usize, Decimal>,
    quotients: BTreeMap<usize, Decimal>,
}

impl Column {
    /// Errors of two cells with the same direction break the same relations by the same amounts. A cell of sums and
    /// quotients is like no other: what would mend the sum does not mend the quotient.
    fn direction(&self) -> Option<Self> {
        let scaled = |terms: &BTreeMap<usize, Decimal>| {
            let first = *terms.values().next()?;
            Some(terms.iter().map(|(tie, coefficient)| (*tie, (*coefficient / first).normalize())).collect())
        };
        match (scaled(&self.sums), scaled(&self.quotients)) {
            (Some(sums), None) => Some(Self { sums, ..Self::default() }),
            (None, Some(quotients)) => Some(Self { quotients, ..Self::default() }),
            _ => None,
        }
    }

    fn with(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.sums.extend(&other.sums);
        both.quotients.extend(&other.quotients);
        both
    }
}

/// Everything known of one cell of the layout while its ties are gathered.
#[derive(Clone, Debug, Default)]
struct Ties {
    column: Column,
    column_in_some: Column,
    equalities: Vec<Tied>,
    in_some: Vec<Tied>,
    limits: Vec<Tied>,
}

/// Looks at every cell with a figure.
pub fn survey(template: &Template) -> Survey {
    let submission = two_rows_a_group(template);
    let layout = Layout::of(template, &submission);
    let figures = Figures::read(&layout, Stage::Final);
    let mut gathering = Gathering { figures: &figures, ties: vec![Ties::default(); layout.fields().len()], next: 0 };
    gathering.relations();
    for rule in &template.spec().rules {
        gathering.rule(rule);
    }
    let ties = gathering.ties;
    let stands: Vec<FieldIndex> = layout
        .indexed()
        .filter(|(_, field)| field.column.kind.measure().is_some() && field.fixed().is_none() && field.position <= 1)
        .map(|(at, _)| at)
        .collect();
    // The second row of a group has the place of the first one among the cells.
    let mut of_direction: BTreeMap<Column, Vec<usize>> = BTreeMap::new();
    for (place, at) in stands.iter().enumerate() {
        for at in std::iter::once(*at).chain(second_row(&layout, *at)) {
            if let Some(direction) = ties[at.index()].column.direction() {
                of_direction.entry(direction).or_default().push(place);
            }
        }
    }
    let mut alike: Vec<Vec<usize>> = of_direction.into_values().filter(|places| places.len() > 1).collect();
    for places in &mut alike {
        places.dedup();
    }
    alike.sort();
    alike.dedup();
    let in_some = |place: usize| {
        let ties = &ties[stands[place].index()];
        ties.column.with(&ties.column_in_some)
    };
    let cells = stands
        .iter()
        .enumerate()
        .map(|(place, at)| {
            let field = layout.field(*at);
            let Ties { equalities, in_some: tied_in_some, limits, .. } = ties[at.index()].clone();
            let set = alike.iter().position(|places| places.contains(&place));
            let others = |set: usize| alike[set].iter().filter(|other| **other != place);
            let is_told =
                |set: usize| others(set).all(|other| in_some(*other).direction() != in_some(place).direction());
            Surveyed {
                key: field.key.clone(),
                group: field.row.group.clone(),
                told_in_some: !tied_in_some.is_empty() && field.row.group.is_none() && set.is_some_and(is_told),
                equalities,
                in_some: tied_in_some,
                limits,
                alike: set,
                sources: sources(template, &layout, *at),
            }
        })
        .collect();
    drop(layout);
    Survey { submission, cells, alike }
}

fn two_rows_a_group(template: &Template) -> Submission {
    let mut submission = Submission::blank(template, "survey");
    for group in template.spec().blocks.iter().flat_map(|block| &block.rows).filter_map(|row| row.group.as_ref()) {
        while submission.groups.get(group).map_or(0, Vec::len) < 2 {
            let id = submission.take_row_id();
            submission.groups.entry(group.clone()).or_default().push(AddedRow { id, bound: None });
        }
    }
    submission
}

/// The same column in the next row of its group.
fn second_row(layout: &Layout<'_>, at: FieldIndex) -> Option<FieldIndex> {
    let field = layout.field(at);
    let group = field.row.group.as_ref()?;
    layout.group_column(&field.block.id, group, &field.column.id).nth(1)
}

fn sources(template: &Template, layout: &Layout<'_>, at: FieldIndex) -> Vec<Source> {
    let field = layout.field(at);
    let mut sources = Vec::new();
    if field.column.last_year.is_some() {
        sources.push(Source::LastYear);
    }
    let row = [&field.block.id, ".", field.row_id()].concat();
    let of_ledger = template.spec().ledger.as_ref().is_some_and(|ledger| {
        ledger.accounts.iter().any(|account| account.into == row)
            && ledger.columns.iter().any(|column| column.into == field.column.id)
    });
    if of_ledger {
        sources.push(Source::Ledger);
    }
    let mut reads = template.spec().report.iter().flat_map(|report| &report.reads);
    if reads.any(|read| read.cells.contains(&field.key)) {
        sources.push(Source::Report);
    }
    sources
}

struct Gathering<'a> {
    figures: &'a Figures<'a>,
    ties: Vec<Ties>,
    next: usize,
}

impl<'a> Gathering<'a> {
    fn relations(&mut self) {
        let figures = self.figures;
        let template = figures.template();
        for relation in template.relations() {
            let spec = template.relation_spec(relation);
            let tied = Tied { code: spec.code.clone(), level: spec.level };
            let rows: Vec<Option<(&str, &str)>> = match &relation.each_row {
                None => vec![None],
                Some((block, group)) => {
                    let rows = figures.layout().submission.groups.get(group).into_iter().flatten();
                    rows.map(|row| Some((block.as_str(), row.id.as_str()))).collect()
                }
            };
            for row in rows {
                match &relation.shape {
                    Shape::Linear { left, comparison, right } => {
                        let sides = [(Decimal::ONE, left), (Decimal::NEGATIVE_ONE, right)];
                        let mut terms = Vec::new();
                        for (sign, side) in sides {
                            for LaidTerm { coefficient, cell } in figures.lay_out(side, row) {
                                terms.extend(cell.map(|cell| (cell, sign * coefficient)));
                            }
                        }
                        match comparison {
                            Comparison::Equal => self.sum(&tied, &terms),
                            _ => self.limit(&tied, terms.into_iter().map(|(cell, _)| cell)),
                        }
                    }
                    Shape::Rate { rate, numerator, denominator } => {
                        let cells = [rate, numerator, denominator].map(|symbol| figures.resolve(symbol, row));
                        if let [Some(rate), Some(above), Some(below)] = cells {
                            self.quotient(&tied, &[rate, below], &[above]);
                        }
                    }
                }
            }
        }
    }

    /// What the named kinds tie. The kinds that are not here look at words, or at all rows together.
    fn rule(&mut self, rule: &RuleSpec) {
        let figures = self.figures;
        let layout = figures.layout();
        let template = figures.template();
        let tied = Tied { code: rule.code.clone(), level: rule.level };
        let find = |key: &String| layout.find(key);
        let lines = |block: &String, rows: &mut dyn Iterator<Item = &String>, columns: [&String; 2]| {
            let mut cells = Vec::new();
            for row in rows {
                cells.extend(columns.iter().filter_map(|column| layout.cell(block, row, column)));
            }
            cells
        };
        match &rule.kind {
            // The other reading is for a total that is not the first one: by itself it says nothing of its figure.
            RuleKind::Either { cell, should_be, .. } => {
                let terms = [(cell, Decimal::ONE), (should_be, Decimal::NEGATIVE_ONE)];
                let terms: Vec<_> = terms.iter().filter_map(|(key, sign)| Some((find(key)?, *sign))).collect();
                self.sum(&tied, &terms);
            }
            RuleKind::Scope { wide, narrow, among, .. } => {
                let terms = [(wide, Decimal::ONE), (narrow, Decimal::NEGATIVE_ONE)];
                let terms: Vec<_> = terms.iter().filter_map(|(key, sign)| Some((find(key)?, *sign))).collect();
                let tie = self.next;
                self.sum(&tied, &terms);
                for cell in among.iter().filter_map(find) {
                    self.in_some(&tied, tie, cell);
                }
            }
            RuleKind::BoundIndicator { target, actual, .. } => {
                for cell in [target, actual].into_iter().filter_map(find) {
                    let tie = self.next;
                    self.next += 1;
                    self.in_some(&tied, tie, cell);
                }
            }
            RuleKind::ExecutionScore => {
                let Some(scoring) = template.scoring() else { return };
                let [weight, score] = [&scoring.execution_weight, &scoring.execution_score].map(find);
                let [spent, budget] = [&scoring.spent, &scoring.budget].map(find);
                if let (Some(weight), Some(score), Some(spent), Some(budget)) = (weight, score, spent, budget) {
                    self.quotient(&tied, &[score, budget], &[weight, spent]);
                }
            }
            RuleKind::ExecutionFloor { .. } => {
                let cells = template.scoring().map(|scoring| [&scoring.spent, &scoring.budget]);
                self.limit(&tied, cells.into_iter().flatten().filter_map(find));
            }
            RuleKind::ChangeLimit { from, to, .. } => self.limit(&tied, [from, to].into_iter().filter_map(find)),
            RuleKind::Overspend { block, budget, spent, rows } => {
                let cells = lines(block, &mut rows.iter().map(|line| &line.row), [budget, spent]);
                self.limit(&tied, cells);
            }
            RuleKind::Growth { block, before, now, rows, .. } => {
                self.limit(&tied, lines(block, &mut rows.iter(), [before, now]));
            }
            RuleKind::Unbudgeted { block, budget, spent, rows, groups } => {
                let added = groups.iter().flat_map(|group| layout.submission.groups.get(group).into_iter().flatten());
                let added: Vec<&String> = added.map(|row| &row.id).collect();
                let cells = lines(block, &mut rows.iter().chain(added), [budget, spent]);
                self.limit(&tied, cells);
            }
            RuleKind::ScoreInRange => {
                let execution = template.scoring().map(|scoring| [&scoring.execution_weight, &scoring.execution_score]);
                self.limit(&tied, execution.into_iter().flatten().filter_map(find));
                self.limit(&tied, self.points());
            }
            RuleKind::ReasonMissing | RuleKind::ScoreDiffersFromRule => self.limit(&tied, self.points()),
            _ => {}
        }
    }

    /// 分值 and 得分 of every indicator row.
    fn points(&self) -> Vec<FieldIndex> {
        let Some(scoring) = self.figures.template().scoring() else { return Vec::new() };
        let of_points = |id: &String| *id == scoring.weight || *id == scoring.score;
        let fields = self.figures.layout().indexed();
        fields
            .filter(|(_, field)| {
                field.block.id == scoring.block && field.added.is_some() && of_points(&field.column.id)
            })
            .map(|(at, _)| at)
            .collect()
    }

    fn sum(&mut self, tied: &Tied, terms: &[(FieldIndex, Decimal)]) {
        for (cell, coefficient) in terms {
            let ties = &mut self.ties[cell.index()];
            ties.equalities.push(tied.clone());
            *ties.column.sums.entry(self.next).or_default() += *coefficient;
        }
        self.next += 1;
    }

    fn quotient(&mut self, tied: &Tied, above: &[FieldIndex], below: &[FieldIndex]) {
        let sides = [(Decimal::ONE, above), (Decimal::NEGATIVE_ONE, below)];
        for (sign, cell) in sides.into_iter().flat_map(|(sign, cells)| cells.iter().map(move |cell| (sign, cell))) {
            let ties = &mut self.ties[cell.index()];
            ties.equalities.push(tied.clone());
            *ties.column.quotients.entry(self.next).or_default() += sign;
        }
        self.next += 1;
    }

    fn in_some(&mut self, tied: &Tied, tie: usize, cell: FieldIndex) {
        let ties = &mut self.ties[cell.index()];
        ties.in_some.push(tied.clone());
        ties.column_in_some.sums.insert(tie, Decimal::NEGATIVE_ONE);
    }

    fn limit(&mut self, tied: &Tied, cells: impl IntoIterator<Item = FieldIndex>) {
        for cell in cells {
            let limits = &mut self.ties[cell.index()].limits;
            if !limits.contains(tied) {
                limits.push(tied.clone());
            }
        }
    }
}
