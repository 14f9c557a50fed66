//! Makes the system of a filing: its figures as cells, its relations and those rules that tie figures as rows.
//!
//! A row stands in it only where `evaluate` had a verdict on the relation: what waits for a blank, or has nothing on one
//! side, proves nothing here either.

use rust_decimal::Decimal;

use crate::engine::amount::{Entry, Measure};
use crate::engine::evaluation::{Evaluation, Stage};
use crate::engine::figures::{Figures, LaidTerm};
use crate::engine::finding::builtin::NEGATIVE;
use crate::engine::finding::{Finding, Level};
use crate::engine::layout::{Field, FieldIndex, Layout};
use crate::engine::locate::system::{Cell, Compare, Factor, Figure, PLACES, Row, Sum, System, Term, Tie, UNIT, Units};
use crate::engine::relation;
use crate::engine::rule::scope::MOST_PARTS;
use crate::engine::rule::stated;
use crate::engine::score::ExecutionRule;
use crate::engine::submission::CONFIRMED;
use crate::engine::template::formula::Comparison;
use crate::engine::template::spec::{ColumnKind, RuleKind, RuleSpec, ScoringSpec};
use crate::engine::template::{Relation, Shape};

/// The system of a filing, with the way back to it.
pub(super) struct Built {
    pub system: System,
    /// Cell of the system → key.
    pub keys: Vec<String>,
    /// Row → the finding that says that it does not hold.
    pub findings: Vec<Option<usize>>,
}

pub(super) fn build(figures: &Figures<'_>, evaluation: &Evaluation, last_edited: Option<&str>) -> Built {
    let mut builder = Builder {
        figures,
        evaluation,
        cells: Vec::new(),
        keys: Vec::new(),
        at: vec![None; figures.layout().fields().len()],
        rows: Vec::new(),
        findings: Vec::new(),
    };
    builder.add_cells(last_edited);
    builder.add_signs();
    for relation in figures.template().relations() {
        builder.add_relation(relation);
    }
    for rule in &figures.template().spec().rules {
        builder.add_rule(rule);
    }
    builder.finish()
}

struct Builder<'a> {
    figures: &'a Figures<'a>,
    evaluation: &'a Evaluation,
    cells: Vec<Cell>,
    keys: Vec<String>,
    /// Field → cell of the system.
    at: Vec<Option<usize>>,
    rows: Vec<Row>,
    findings: Vec<Option<usize>>,
}

impl<'a> Builder<'a> {
    fn add_cells(&mut self, last_edited: Option<&str>) {
        let layout = self.figures.layout();
        let submission = layout.submission;
        for (at, field) in layout.indexed() {
            let Some(measure) = field.column.kind.measure() else { continue };
            let mut cell = Cell {
                is_rounded: matches!(measure, Measure::Money | Measure::Percent),
                is_whole: measure == Measure::Count,
                is_locked: field.fixed().is_some(),
                is_last_edited: last_edited == Some(field.key.as_str()),
                is_derived: self.figures.parts_of(at).is_some(),
                ..Cell::default()
            };
            match self.figures.entry(at) {
                Some(Entry::Number(amount)) => match units(amount.value) {
                    Some(value) => cell.entered = Some(Figure { value, places: amount.places }),
                    None => continue,
                },
                // —— says that there is nothing, as a blank does at the end.
                Some(Entry::NotApplicable | Entry::Blank) => {}
                Some(Entry::Unreadable(_)) | None => continue,
            }
            match submission.provenance.get(&field.key) {
                Some(source) if source == CONFIRMED => cell.is_locked = true,
                Some(_) => cell.is_imported = true,
                None => {}
            }
            self.at[at.index()] = Some(self.cells.len());
            self.cells.push(cell);
            self.keys.push(field.key.clone());
        }
        self.add_neighbours();
    }

    /// Cells beside one another, of one measure; and what stood in the row in another year.
    fn add_neighbours(&mut self) {
        let layout = self.figures.layout();
        let fields: Vec<(usize, &Field<'_>)> =
            layout.indexed().filter_map(|(at, field)| Some((self.at[at.index()]?, field))).collect();
        // In a layout the cells of a row, and the rows of a block, stand one behind the other.
        for block in fields.chunk_by(|(_, one), (_, other)| one.block.id == other.block.id) {
            let mut above: Vec<(usize, &Field<'_>)> = Vec::new();
            for row in block.chunk_by(|(_, one), (_, other)| one.row_id() == other.row_id()) {
                let filled = row.iter().filter(|(cell, _)| self.cells[*cell].entered.is_some()).count();
                let is_named = row.first().is_some_and(|(_, field)| is_named(layout, field));
                for (at, (cell, field)) in row.iter().enumerate() {
                    self.cells[*cell].is_in_use = is_named || filled > usize::from(self.cells[*cell].entered.is_some());
                    let alike = |(_, other): &&(usize, &Field<'_>)| other.column.kind == field.column.kind;
                    if let Some((next, _)) = row[at + 1..].iter().find(alike) {
                        self.cells[*cell].beside.push(*next);
                        self.cells[*next].beside.push(*cell);
                    }
                    for (other, _) in
                        row[at + 1..].iter().filter(alike).filter(|(_, other)| is_other_year(field, other))
                    {
                        // Either year is what is usual for the other.
                        let [one, two] = [*cell, *other].map(|at| self.cells[at].entered.map(|entered| entered.value));
                        self.cells[*cell].usual = self.cells[*cell].usual.or(two);
                        self.cells[*other].usual = self.cells[*other].usual.or(one);
                    }
                    match above.iter_mut().find(|(_, other)| other.column.id == field.column.id) {
                        Some(last) => {
                            self.cells[last.0].above_below.push(*cell);
                            self.cells[*cell].above_below.push(last.0);
                            *last = (*cell, field);
                        }
                        None => above.push((*cell, field)),
                    }
                }
            }
        }
    }

    /// Nothing on these forms is negative; only where something is does it need saying.
    fn add_signs(&mut self) {
        for (at, _) in self.figures.layout().indexed() {
            let Some(cell) = self.at[at.index()] else { continue };
            if self.cells[cell].entered.is_some_and(|entered| entered.value < 0) {
                let terms = vec![Term { cell, coefficient: 1 }];
                let sum = Sum { terms, constant: 0, compare: Compare::AtLeast, may_sink: false, may_rise: false };
                self.push(Tie::Sum(sum), false, NEGATIVE, at);
            }
        }
    }

    fn add_relation(&mut self, relation: &'a Relation) {
        for row in relation::rows(relation, self.figures) {
            self.add_relation_in(relation, row);
        }
    }

    fn add_relation_in(&mut self, relation: &Relation, row: Option<(&str, &str)>) {
        let figures = self.figures;
        let spec = figures.template().relation_spec(relation);
        let is_soft = relation::level(relation, figures) != Level::Error;
        match &relation.shape {
            Shape::Linear { left, comparison, right } => {
                // A limit that a sound filing may exceed says nothing of what is in it.
                if is_soft && *comparison != Comparison::Equal {
                    return;
                }
                let (left, right) = (figures.lay_out(left, row), figures.lay_out(right, row));
                let first = left.iter().chain(&right).find_map(|term| term.cell);
                let all_filled = || {
                    let filled = |cell| figures.span(cell).is_some_and(|span| span.filled);
                    left.iter().chain(&right).filter_map(|term| term.cell).all(filled)
                };
                if spec.complete && !all_filled() {
                    return;
                }
                if let (Some(sum), Some(first)) = (self.sum(&left, *comparison, &right), first) {
                    self.push(Tie::Sum(sum), is_soft, &spec.code, first);
                }
            }
            Shape::Rate { rate, numerator, denominator } => {
                let cells = [rate, numerator, denominator].map(|symbol| figures.resolve(symbol, row));
                if let [Some(rate), Some(numerator), Some(denominator)] = cells
                    && let Some(tie) = self.quotient(rate, numerator, denominator, Factor::Fixed(100 * UNIT), false)
                {
                    self.push(tie, is_soft, &spec.code, rate);
                }
            }
        }
    }

    fn add_rule(&mut self, rule: &RuleSpec) {
        let find = |key: &str| self.figures.layout().find(key);
        match &rule.kind {
            RuleKind::Either { cell, should_be, may_be, .. } => {
                let cells = [cell, should_be, may_be].map(|key| find(key).filter(|at| self.is_filled(*at)));
                if let [Some(cell), Some(should_be), Some(may_be)] = cells {
                    let sums = [should_be, may_be].map(|other| self.difference(cell, &[other], Compare::Equal));
                    let is_error = |at: &usize| self.evaluation.findings[*at].level == Level::Error;
                    let finding = self.finding(&rule.code, cell);
                    let neither = finding.filter(is_error);
                    self.push_with(Tie::OneOf(sums.into_iter().flatten().collect()), false, neither);
                    // That it equals the first one is what is due; a sound filing may do without.
                    if let Some(sum) = self.difference(cell, &[should_be], Compare::Equal) {
                        self.push_with(Tie::Sum(sum), true, finding);
                    }
                }
            }
            RuleKind::Scope { wide, narrow, among, .. } => self.add_scope(rule, wide, narrow, among),
            RuleKind::ExecutionScore => {
                if let Some(scoring) = self.figures.template().scoring() {
                    self.add_execution_score(rule, scoring);
                }
            }
            RuleKind::ScoreInRange => {
                if let Some(scoring) = self.figures.template().scoring() {
                    self.add_score_limits(rule, scoring);
                }
            }
            RuleKind::BoundIndicator { target, actual, .. } => {
                if let Some(scoring) = self.figures.template().scoring() {
                    self.add_bound(rule, scoring, [target, actual]);
                }
            }
            _ => {}
        }
    }

    fn add_scope(&mut self, rule: &RuleSpec, wide: &str, narrow: &str, among: &[String]) {
        let find = |key: &str| self.figures.layout().find(key);
        let (Some(wide), Some(narrow)) = (find(wide), find(narrow)) else { return };
        let is_violated = self.finding(&rule.code, wide).is_some();
        let others: Vec<FieldIndex> = among.iter().filter_map(|key| find(key)).collect();
        let is_blank = |at: &FieldIndex| matches!(self.figures.entry(*at), Some(Entry::Blank));
        let may_follow = self.figures.stage() == Stage::Draft && others.iter().any(is_blank);
        if !self.is_filled(wide) || !self.is_filled(narrow) || (may_follow && !is_violated) {
            return;
        }
        // One that is blank or zero may be the one that was left out.
        let known: Vec<FieldIndex> = others.into_iter().filter(|at| self.at[at.index()].is_some()).collect();
        let mut sums = Vec::new();
        for parts in subsets(&known, MOST_PARTS) {
            let mut less = vec![narrow];
            less.extend(parts);
            sums.extend(self.difference(wide, &less, Compare::Equal));
        }
        self.push(Tie::OneOf(sums), false, &rule.code, wide);
    }

    fn add_execution_score(&mut self, rule: &RuleSpec, scoring: &ScoringSpec) {
        let find = |key: &str| self.figures.layout().find(key);
        let cells = [&scoring.execution_score, &scoring.spent, &scoring.budget, &scoring.execution_weight];
        let [Some(score), Some(spent), Some(budget), Some(weight)] = cells.map(|key| find(key)) else { return };
        // Steps tie a score to a range of rates only.
        if scoring.rules.execution == ExecutionRule::Proportional
            && self.is_filled(weight)
            && let Some(weight) = self.at[weight.index()]
            && let Some(tie) = self.quotient(score, spent, budget, Factor::Cell(weight), true)
        {
            self.push(tie, false, &rule.code, score);
        }
    }

    fn add_score_limits(&mut self, rule: &RuleSpec, scoring: &ScoringSpec) {
        let layout = self.figures.layout();
        let mut pairs = vec![[layout.find(&scoring.execution_score), layout.find(&scoring.execution_weight)]];
        let block = &scoring.block;
        for field in
            layout.block_fields(block).filter(|field| field.added.is_some() && field.column.id == scoring.score)
        {
            pairs.push([&scoring.score, &scoring.weight].map(|column| layout.cell(block, field.row_id(), column)));
        }
        for pair in pairs {
            if let [Some(score), Some(weight)] = pair
                && self.is_filled(score)
                && self.is_filled(weight)
                && let Some(sum) = self.difference(score, &[weight], Compare::AtMost)
            {
                self.push(Tie::Sum(sum), false, &rule.code, score);
            }
        }
    }

    /// A row of words that was bound to figures vouches for them while it agrees. It is never blamed, so where it does
    /// not agree it proves nothing.
    fn add_bound(&mut self, rule: &RuleSpec, scoring: &ScoringSpec, bound_to: [&str; 2]) {
        let layout = self.figures.layout();
        let rows = layout.submission.groups.values().flatten();
        for row in rows.filter(|row| row.bound.as_ref() == Some(&rule.code)) {
            for (column, figure) in [(&scoring.target, bound_to[0]), (&scoring.actual, bound_to[1])] {
                let Some(text) = layout.cell(&scoring.block, &row.id, column) else { continue };
                let stated = stated(layout.text(text)).and_then(units);
                let cell = layout.find(figure).and_then(|at| Some((at, self.at[at.index()]?)));
                if let (Some(stated), Some((at, cell))) = (stated, cell)
                    && self.cells[cell].entered.is_some_and(|entered| entered.value == stated)
                {
                    let terms = vec![Term { cell, coefficient: 1 }];
                    let (compare, constant) = (Compare::Equal, -stated);
                    let sum = Sum { terms, constant, compare, may_sink: false, may_rise: false };
                    self.push(Tie::Sum(sum), false, &rule.code, at);
                }
            }
        }
    }

    /// Adds a row, if its verdict here and in the evaluation are one.
    fn push(&mut self, tie: Tie, is_soft: bool, code: &str, first: FieldIndex) {
        let finding = self.finding(code, first);
        self.push_with(tie, is_soft, finding);
    }

    fn push_with(&mut self, tie: Tie, is_soft: bool, finding: Option<usize>) {
        self.findings.push(finding);
        self.rows.push(Row { tie, is_soft });
    }

    /// The finding of a relation or rule at the cell that stands first in it.
    fn finding(&self, code: &str, first: FieldIndex) -> Option<usize> {
        let key = &self.figures.layout().field(first).key;
        let is_it = |finding: &Finding| finding.code == code && finding.cells.first() == Some(key);
        self.evaluation.findings.iter().position(is_it)
    }

    fn is_filled(&self, at: FieldIndex) -> bool {
        self.at[at.index()].is_some_and(|cell| self.cells[cell].entered.is_some())
    }

    fn quotient(
        &self,
        result: FieldIndex,
        numerator: FieldIndex,
        denominator: FieldIndex,
        factor: Factor,
        is_capped: bool,
    ) -> Option<Tie> {
        let cells = [result, numerator, denominator];
        if !cells.iter().all(|cell| self.is_filled(*cell)) {
            return None;
        }
        let [result, numerator, denominator] = cells.map(|cell| self.at[cell.index()]);
        Some(Tie::Quotient { result: result?, numerator: numerator?, denominator: denominator?, factor, is_capped })
    }

    /// One cell less others.
    fn difference(&self, cell: FieldIndex, less: &[FieldIndex], compare: Compare) -> Option<Sum> {
        let mut terms = vec![Term { cell: self.at[cell.index()]?, coefficient: 1 }];
        for other in less {
            terms.push(Term { cell: self.at[other.index()]?, coefficient: -1 });
        }
        Some(Sum { terms, constant: 0, compare, may_sink: false, may_rise: false })
    }

    /// left − right, in which a blank subtotal stands for its parts. `None` where a text cannot be read.
    fn sum(&self, left: &[LaidTerm], comparison: Comparison, right: &[LaidTerm]) -> Option<Sum> {
        let compare = match comparison {
            Comparison::Equal => Compare::Equal,
            Comparison::AtLeast => Compare::AtLeast,
            Comparison::AtMost => Compare::AtMost,
        };
        let mut sum = Sum { terms: Vec::new(), constant: 0, compare, may_sink: false, may_rise: false };
        for term in left {
            self.add_term(&mut sum, term, 1)?;
        }
        for term in right {
            self.add_term(&mut sum, term, -1)?;
        }
        (!sum.terms.is_empty()).then_some(sum)
    }

    fn add_term(&self, sum: &mut Sum, term: &LaidTerm, times: Units) -> Option<()> {
        let coefficient = times * whole(term.coefficient)?;
        let Some(at) = term.cell else {
            sum.constant += coefficient.checked_mul(UNIT)?;
            return Some(());
        };
        if matches!(self.figures.entry(at), Some(Entry::Blank)) {
            let parts = self.figures.parts_of(at).filter(|parts| {
                let is_filled = || self.figures.sum(parts).is_some_and(|sum| sum.filled);
                let is_due = |part: &LaidTerm| {
                    part.cell.and_then(|cell| self.at[cell.index()]).is_some_and(|cell| self.cells[cell].is_gap())
                };
                // Where one of the parts was left out, so was the total.
                is_filled() || (self.figures.stage() == Stage::Final && parts.iter().any(is_due))
            });
            if let Some(parts) = parts {
                return parts.iter().try_for_each(|part| self.add_term(sum, part, coefficient));
            }
            if self.figures.stage() == Stage::Draft {
                sum.may_rise |= coefficient > 0;
                sum.may_sink |= coefficient < 0;
                return Some(());
            }
        }
        let cell = self.at[at.index()]?;
        match sum.terms.iter_mut().find(|known| known.cell == cell) {
            Some(known) => known.coefficient += coefficient,
            None => sum.terms.push(Term { cell, coefficient }),
        }
        Some(())
    }

    /// Errors that are no row of the system still speak against their cell.
    fn mark_faults(&mut self) {
        for (at, finding) in self.evaluation.findings.iter().enumerate() {
            let cell = finding.cells.first().and_then(|key| self.figures.layout().find(key));
            let cell = cell.and_then(|at| self.at[at.index()]);
            if let Some(cell) = cell.filter(|_| finding.level == Level::Error && !self.findings.contains(&Some(at))) {
                self.cells[cell].is_faulted = true;
            }
        }
    }

    fn finish(mut self) -> Built {
        self.mark_faults();
        let system = System::new(std::mem::take(&mut self.cells), std::mem::take(&mut self.rows));
        let figures = system.figures();
        // Where the two do not say the same, nothing is built on it.
        let is_sure = |row: usize| self.findings[row].is_some() != system.holds(row, &figures);
        let sure: Vec<usize> = (0..system.rows.len()).filter(|row| is_sure(*row)).collect();
        let rows = sure.iter().map(|row| system.rows[*row].clone()).collect();
        let findings = sure.iter().map(|row| self.findings[*row]).collect();
        Built { system: System::new(system.cells, rows), keys: self.keys, findings }
    }
}

/// Whether a person gave an added row its name.
fn is_named(layout: &Layout<'_>, field: &Field<'_>) -> bool {
    let name = field.block.columns.iter().find(|column| column.kind == ColumnKind::Name);
    let at = name.filter(|_| field.added.is_some());
    let at = at.and_then(|column| layout.cell(&field.block.id, field.row_id(), &column.id));
    at.is_some_and(|at| !layout.text(at).trim().is_empty())
}

/// Whether one of two cells of a row has the figure of the year before, and the other one does not.
fn is_other_year(one: &Field<'_>, other: &Field<'_>) -> bool {
    one.column.last_year.is_some() != other.column.last_year.is_some()
}

/// A decimal in units; `None` where it is finer or larger than these.
pub(super) fn units(value: Decimal) -> Option<Units> {
    let finer = PLACES.checked_sub(value.normalize().scale())?;
    value.normalize().mantissa().checked_mul(10_i128.pow(finer))
}

/// The decimal of so many units.
pub(super) fn decimal(units: Units) -> Decimal {
    Decimal::try_from_i128_with_scale(units, PLACES).unwrap_or_default().normalize()
}

fn whole(coefficient: Decimal) -> Option<Units> {
    coefficient.is_integer().then(|| coefficient.normalize().mantissa())
}

/// All selections of at most so many.
fn subsets(of: &[FieldIndex], most: usize) -> Vec<Vec<FieldIndex>> {
    let mut all = vec![Vec::new()];
    for at in of {
        let with: Vec<Vec<FieldIndex>> = all
            .iter()
            .filter(|chosen: &&Vec<FieldIndex>| chosen.len() < most)
            .map(|chosen| chosen.iter().copied().chain([*at]).collect())
            .collect();
        all.extend(with);
    }
    all
}
