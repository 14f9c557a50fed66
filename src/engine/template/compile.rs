//! Looks up every name of a template and reports all faults together.

mod ledger;
mod pictures;
mod report;
mod text_rules;

use std::fmt;

use rust_decimal::Decimal;

use crate::engine::finding::Level;
use crate::engine::template::fault::{Fault, Problem};
use crate::engine::template::formula::{self, Comparison, Formula, Named, Term};
use crate::engine::template::spec::{BlockSpec, Place, RelationSpec, RuleKind, ScoringSpec, TemplateSpec};
use crate::engine::template::{GroupPlace, Relation, Shape, Symbol, SymbolicTerm, Template};
use crate::engine::tree::nearest;

/// The page has the templates that were built into it, which the tests have compiled whole: it looks names up, and leaves
/// out what can only find faults. A page that opens templates from elsewhere must check them as well.
pub(super) const IS_KNOWN_SOUND: bool = cfg!(target_arch = "wasm32");

pub(super) fn compile(spec: TemplateSpec, hash: String) -> Result<Template, Vec<Fault>> {
    let mut names = Names { spec: &spec, groups: Vec::new(), faults: Vec::new() };
    names.place_groups();
    if !IS_KNOWN_SOUND {
        names.declare();
        names.check_outside_of_relations();
    }
    let relations: Vec<Relation> =
        spec.relations.iter().enumerate().flat_map(|(at, relation)| names.relation(at, relation)).collect();
    let defines = definitions(&relations);
    if !IS_KNOWN_SOUND {
        names.circles(&relations, &defines);
    }
    let Names { groups, faults, .. } = names;
    if faults.is_empty() { Ok(Template { spec, hash, relations, groups, defines }) } else { Err(faults) }
}

/// The path of what may turn out to be a fault; nothing where there can be none.
fn place(path: fmt::Arguments<'_>) -> String {
    if IS_KNOWN_SOUND { String::new() } else { path.to_string() }
}

/// The first relation that gives a cell wins, in the template's order.
fn definitions(relations: &[Relation]) -> Vec<(String, usize)> {
    let mut defines: Vec<(String, usize)> = Vec::new();
    for (at, relation) in
        relations.iter().enumerate().filter(|(_, relation)| relation.derives && relation.each_row.is_none())
    {
        let left = match &relation.shape {
            Shape::Linear { left, .. } => left.first().map(|term| &term.what),
            Shape::Rate { rate, .. } => Some(rate),
        };
        if let Some(Symbol::Cell(key)) = left
            && let Err(place) = defines.binary_search_by(|(cell, _)| cell.cmp(key))
        {
            defines.insert(place, (key.clone(), at));
        }
    }
    defines
}

/// The relation that gives the value of a cell.
pub(super) fn defined_by(defines: &[(String, usize)], key: &str) -> Option<usize> {
    defines.binary_search_by(|(cell, _)| cell.as_str().cmp(key)).ok().map(|at| defines[at].1)
}

pub(super) fn place_of(groups: &[(String, GroupPlace)], group: &str) -> Option<GroupPlace> {
    groups.iter().find(|(name, _)| name == group).map(|(_, place)| *place)
}

struct Names<'a> {
    spec: &'a TemplateSpec,
    groups: Vec<(String, GroupPlace)>,
    faults: Vec<Fault>,
}

/// Where the names of one formula are looked up.
#[derive(Clone, Copy)]
struct Scope<'a, 'p> {
    path: &'p str,
    block: Option<&'a BlockSpec>,
    column: Option<&'a str>,
    each_row: Option<(&'a BlockSpec, &'a str)>,
}

impl<'a> Names<'a> {
    /// All that no relation needs.
    fn check_outside_of_relations(&mut self) {
        if let Some(key) = self.spec.unit_name.as_ref().filter(|key| self.cell_kind(key).is_none()) {
            self.unknown_cell("unit_name", key);
        }
        self.points_sum();
        self.grids();
        self.rules();
        self.text_rules();
        if let Some(scoring) = &self.spec.scoring {
            self.scoring(scoring);
        }
        if let Some(report) = &self.spec.report {
            self.report(report);
        }
        self.last_years();
        self.pictures();
        if let Some(ledger) = &self.spec.ledger {
            self.ledger(ledger);
        }
    }

    /// Where each group stands. Of two with one name the first counts; `declare` tells that there are two.
    fn place_groups(&mut self) {
        let spec = self.spec;
        for (block, declared) in spec.blocks.iter().enumerate() {
            for (row, group) in declared.rows.iter().enumerate().filter_map(|(row, r)| Some((row, r.group.as_ref()?))) {
                self.groups.push((group.clone(), GroupPlace { block, row }));
            }
        }
    }

    fn fault(&mut self, path: impl Into<String>, problem: Problem) {
        self.faults.push(Fault::new(path, problem));
    }

    /// Sheets, blocks, rows, columns and groups: declared once each, and naming what exists.
    fn declare(&mut self) {
        let spec = self.spec;
        self.unique("sheets", spec.sheets.iter().map(|sheet| sheet.id.as_str()));
        self.unique("blocks", spec.blocks.iter().map(|block| block.id.as_str()));
        let mut codes: Vec<&String> = Vec::new();
        let relation_codes =
            spec.relations.iter().enumerate().map(|(at, relation)| (format!("relations[{at}].code"), &relation.code));
        let rule_codes = spec.rules.iter().enumerate().map(|(at, rule)| (format!("rules[{at}].code"), &rule.code));
        let text_codes =
            spec.text_rules.iter().enumerate().map(|(at, rule)| (format!("text_rules[{at}].code"), &rule.code));
        // Columns of one relation share its code; two declarations never do.
        for (path, code) in relation_codes.chain(rule_codes).chain(text_codes) {
            if codes.contains(&code) {
                self.fault(path, Problem::DuplicateCode(code.clone()));
            }
            codes.push(code);
        }
        let mut groups: Vec<&String> = Vec::new();
        for (b, block) in spec.blocks.iter().enumerate() {
            let path = format!("blocks[{b}]");
            let sheets: Vec<&str> = spec.sheets.iter().map(|sheet| sheet.id.as_str()).collect();
            self.known(&format!("{path}.sheet"), "sheet", &block.sheet, &sheets);
            self.unique(&format!("{path}.columns"), block.columns.iter().map(|column| column.id.as_str()));
            self.unique(&format!("{path}.rows"), block.rows.iter().filter_map(|row| row.id.as_deref()));
            let columns: Vec<&str> = block.columns.iter().map(|column| column.id.as_str()).collect();
            let rows: Vec<&str> = block.rows.iter().filter_map(|row| row.id.as_deref()).collect();
            for (r, row) in block.rows.iter().enumerate() {
                let path = format!("{path}.rows[{r}]");
                match (&row.id, &row.group) {
                    (Some(_), None) => {}
                    (None, Some(group)) => {
                        if groups.contains(&group) {
                            self.fault(format!("{path}.group"), Problem::DuplicateName(group.clone()));
                        }
                        groups.push(group);
                    }
                    _ => self.fault(path.clone(), Problem::RowNeither),
                }
                let named = row.only.iter().flatten().chain(row.fixed.keys()).chain(row.preset.keys());
                for column in named.chain(&row.required).chain(row.cell_help.keys()).chain(row.examples.keys()) {
                    self.known(&path, "column", column, &columns);
                }
                if let Some(under) = &row.under {
                    self.known(&format!("{path}.under"), "row", under, &rows);
                }
            }
        }
    }

    fn unique<'n>(&mut self, path: &str, names: impl Iterator<Item = &'n str>) {
        let mut seen: Vec<&str> = Vec::new();
        for name in names {
            if seen.contains(&name) {
                self.fault(path, Problem::DuplicateName(name.to_owned()));
            }
            seen.push(name);
        }
    }

    fn known(&mut self, path: &str, among: &'static str, name: &str, all: &[&str]) -> bool {
        let found = IS_KNOWN_SOUND || all.contains(&name);
        if !found {
            let near = nearest(name, all.iter().copied());
            self.fault(path, Problem::UnknownName { name: name.to_owned(), among, near });
        }
        found
    }

    fn block(&mut self, path: &str, id: &str) -> Option<&'a BlockSpec> {
        let found = self.spec.blocks.iter().find(|block| block.id == id);
        if found.is_none() {
            let near = nearest(id, self.spec.blocks.iter().map(|block| block.id.as_str()));
            self.fault(path, Problem::UnknownName { name: id.to_owned(), among: "block", near });
        }
        found
    }

    /// A full key, `block.row.column`, of a cell that holds a figure.
    fn figure(&mut self, path: &str, key: &str) {
        if IS_KNOWN_SOUND {
            return;
        }
        let Some(kind) = self.cell_kind(key) else {
            self.unknown_cell(path, key);
            return;
        };
        if !kind {
            self.fault(path, Problem::NoFigure(key.to_owned()));
        }
    }

    /// The same of a cell that holds words.
    fn words(&mut self, path: &str, key: &str) {
        match self.cell_kind(key) {
            None => self.unknown_cell(path, key),
            Some(true) => self.fault(path, Problem::NoWords(key.to_owned())),
            Some(false) => {}
        }
    }

    fn unknown_cell(&mut self, path: &str, key: &str) {
        let near = nearest(key, self.all_keys().iter().map(String::as_str));
        self.fault(path, Problem::UnknownName { name: key.to_owned(), among: "cell", near });
    }

    /// Whether the cell exists, and whether it holds a figure.
    fn cell_kind(&self, key: &str) -> Option<bool> {
        let mut parts = key.split('.');
        let (block, row, column) = (parts.next()?, parts.next()?, parts.next()?);
        let block = self.spec.blocks.iter().find(|candidate| candidate.id == block)?;
        let row = block.rows.iter().find(|candidate| candidate.id.as_deref() == Some(row))?;
        let column = block.columns.iter().find(|candidate| candidate.id == column)?;
        (parts.next().is_none() && row.has(column)).then(|| column.kind.measure().is_some())
    }

    fn all_keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        for block in &self.spec.blocks {
            for (row, id) in block.rows.iter().filter_map(|row| row.id.as_ref().map(|id| (row, id))) {
                for column in block.columns.iter().filter(|column| row.has(column)) {
                    keys.push(format!("{}.{id}.{}", block.id, column.id));
                }
            }
        }
        keys
    }

    fn relation(&mut self, at: usize, relation: &'a RelationSpec) -> Vec<Relation> {
        let path = place(format_args!("relations[{at}]"));
        let formula_path = place(format_args!("{path}.formula"));
        let formula = match formula::parse(&relation.formula) {
            Ok(formula) => formula,
            Err(fault) => {
                self.fault(formula_path, Problem::Formula { text: relation.formula.clone(), fault });
                return Vec::new();
            }
        };
        let block = relation.block.as_deref().and_then(|id| self.block(&place(format_args!("{path}.block")), id));
        let each_row = match relation.each_row.as_deref() {
            None => None,
            Some(group) => match place_of(&self.groups, group) {
                Some(place) => Some((&self.spec.blocks[place.block], group)),
                None => {
                    let near = nearest(group, self.groups.iter().map(|(name, _)| name.as_str()));
                    let problem = Problem::UnknownName { name: group.to_owned(), among: "group", near };
                    self.fault(place(format_args!("{path}.each_row")), problem);
                    return Vec::new();
                }
            },
        };
        // In an unknown column every name of the formula would be unknown too.
        let mut named: Vec<&str> = relation.columns.iter().map(String::as_str).collect();
        if let Some(block) = block {
            let columns: Vec<&str> = block.columns.iter().map(|column| column.id.as_str()).collect();
            named.retain(|column| self.known(&place(format_args!("{path}.columns")), "column", column, &columns));
        }
        let softer = relation.softer.as_ref().map(|softer| {
            self.figure(&place(format_args!("{path}.softer.less")), &softer.less);
            self.figure(&place(format_args!("{path}.softer.than")), &softer.than);
            (softer.less.clone(), softer.than.clone())
        });
        let columns: Vec<Option<&str>> =
            if relation.columns.is_empty() { vec![None] } else { named.into_iter().map(Some).collect() };
        columns
            .into_iter()
            .map(|column| {
                let scope = Scope { path: &formula_path, block, column, each_row };
                let shape = self.shape(&formula, scope);
                let derives = relation.derives.unwrap_or(relation.level == Level::Error) && can_derive(&shape);
                Relation {
                    spec: at,
                    shape,
                    each_row: each_row.map(|(block, group)| (block.id.clone(), group.to_owned())),
                    softer: softer.clone(),
                    derives,
                }
            })
            .collect()
    }

    fn shape(&mut self, formula: &Formula, scope: Scope<'a, '_>) -> Shape {
        match formula {
            Formula::Linear { left, comparison, right } => Shape::Linear {
                left: left.iter().map(|term| self.term(term, scope)).collect(),
                comparison: *comparison,
                right: right.iter().map(|term| self.term(term, scope)).collect(),
            },
            Formula::Rate { rate, numerator, denominator } => Shape::Rate {
                rate: self.symbol(rate, scope),
                numerator: self.symbol(numerator, scope),
                denominator: self.symbol(denominator, scope),
            },
        }
    }

    fn term(&mut self, term: &Term, scope: Scope<'a, '_>) -> SymbolicTerm {
        let what = match &term.what {
            Named::One => Symbol::One,
            Named::Cell(name) => self.symbol(name, scope),
            Named::SumOf(name) => self.group_sum(name, scope),
        };
        SymbolicTerm { coefficient: term.coefficient, what }
    }

    fn symbol(&mut self, name: &str, scope: Scope<'a, '_>) -> Symbol {
        if let Some((block, _)) = scope.each_row
            && !name.contains('.')
        {
            let columns: Vec<&str> = block.columns.iter().map(|column| column.id.as_str()).collect();
            self.known(scope.path, "column", name, &columns);
            return Symbol::Column(name.to_owned());
        }
        let key = match (scope.block, scope.column) {
            (Some(block), Some(column)) if !name.contains('.') => format!("{}.{name}.{column}", block.id),
            _ => name.to_owned(),
        };
        self.figure(scope.path, &key);
        Symbol::Cell(key)
    }

    /// `sum(group)` in the column at hand, or `sum(group.column)`.
    fn group_sum(&mut self, name: &str, scope: Scope<'a, '_>) -> Symbol {
        let (group, column) = match name.split_once('.') {
            Some((group, column)) => (group, Some(column)),
            None => (name, scope.column),
        };
        let Some(place) = place_of(&self.groups, group) else {
            let near = nearest(group, self.groups.iter().map(|(name, _)| name.as_str()));
            self.fault(scope.path, Problem::UnknownName { name: group.to_owned(), among: "group", near });
            return Symbol::One;
        };
        let block = &self.spec.blocks[place.block];
        let columns: Vec<&str> = block.columns.iter().map(|column| column.id.as_str()).collect();
        let column = column.unwrap_or_default();
        self.known(scope.path, "column", column, &columns);
        Symbol::Group { block: block.id.clone(), group: group.to_owned(), column: column.to_owned() }
    }

    fn rules(&mut self) {
        let spec = self.spec;
        for (at, rule) in spec.rules.iter().enumerate() {
            let path = format!("rules[{at}].is");
            if rule.kind.needs_scoring() && spec.scoring.is_none() {
                self.fault(path.clone(), Problem::NeedsScoring);
            }
            match &rule.kind {
                RuleKind::Either { cell, should_be, may_be, .. } => {
                    [cell, should_be, may_be].into_iter().for_each(|key| self.figure(&path, key));
                }
                RuleKind::ChangeLimit { from, to, .. } => {
                    [from, to].into_iter().for_each(|key| self.figure(&path, key))
                }
                RuleKind::Scope { wide, narrow, among, into, .. } => {
                    [wide, narrow].into_iter().chain(among).for_each(|key| self.figure(&path, key));
                    self.words(&path, into);
                }
                RuleKind::PartsInText { cells } => cells.iter().for_each(|key| self.words(&path, key)),
                RuleKind::BoundIndicator { groups, target, actual, .. } => {
                    self.known_groups(&path, groups);
                    [target, actual].into_iter().for_each(|key| self.figure(&path, key));
                }
                RuleKind::Overspend { block, budget, spent, rows } => {
                    let rows: Vec<&str> = rows
                        .iter()
                        .flat_map(|line| std::iter::once(&line.row).chain(&line.within))
                        .map(String::as_str)
                        .collect();
                    self.lines(&path, block, &[budget, spent], &rows);
                }
                RuleKind::Growth { block, before, now, rows, .. } => {
                    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
                    self.lines(&path, block, &[before, now], &rows);
                }
                RuleKind::Unbudgeted { block, budget, spent, rows, groups } => {
                    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
                    self.known_groups(&path, groups);
                    self.lines(&path, block, &[budget, spent], &rows);
                }
                _ => {}
            }
        }
    }

    fn known_groups(&mut self, path: &str, groups: &[String]) {
        let all: Vec<String> = self.groups.iter().map(|(name, _)| name.clone()).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        for group in groups {
            self.known(path, "group", group, &all);
        }
    }

    fn lines(&mut self, path: &str, block: &str, columns: &[&String], rows: &[&str]) {
        if self.block(path, block).is_some() {
            for row in rows {
                for column in columns {
                    self.figure(path, &format!("{block}.{row}.{column}"));
                }
            }
        }
    }

    fn scoring(&mut self, scoring: &'a ScoringSpec) {
        let rules = &scoring.rules;
        let levels = rules.levels.iter().flat_map(|level| &level.words);
        let lists = [
            &rules.yes_words,
            &rules.no_words,
            &rules.not_applicable_words,
            &rules.empty_reason_words,
            &rules.paying_less_words,
        ];
        if levels.chain(lists.into_iter().flatten()).any(|word| word.trim().is_empty()) {
            self.fault("scoring.rules", Problem::EmptyWord);
        }
        let cells = [
            &scoring.total_weight,
            &scoring.total_score,
            &scoring.execution_weight,
            &scoring.execution_score,
            &scoring.spent,
            &scoring.budget,
        ];
        for key in cells {
            self.figure("scoring", key);
        }
        if let Some(block) = self.block("scoring.block", &scoring.block) {
            let columns: Vec<&str> = block.columns.iter().map(|column| column.id.as_str()).collect();
            let named =
                [&scoring.name, &scoring.target, &scoring.actual, &scoring.weight, &scoring.score, &scoring.reason];
            for column in named {
                self.known("scoring", "column", column, &columns);
            }
        }
    }

    /// Every line of a sheet covers its grid, so that borders meet and nothing stands out.
    fn grids(&mut self) {
        let spec = self.spec;
        for sheet in &spec.sheets {
            let columns = sheet.grid().len();
            if columns == 0 {
                continue;
            }
            // The block at hand, with what stands to its left on the same lines.
            let mut line: Option<(usize, usize)> = None;
            for (at, block) in spec.blocks.iter().enumerate().filter(|(_, block)| block.sheet == sheet.id) {
                if matches!(block.place, Place::Line | Place::Prose) {
                    continue;
                }
                match line {
                    Some((_, covered)) if block.beside => line = Some((at, covered + block.covered())),
                    _ => {
                        self.grid_line(line, columns);
                        line = Some((at, usize::from(block.has_side()) + block.covered()));
                    }
                }
            }
            self.grid_line(line, columns);
        }
    }

    fn grid_line(&mut self, line: Option<(usize, usize)>, columns: usize) {
        if let Some((at, covered)) = line.filter(|(_, covered)| *covered != columns) {
            self.fault(format!("blocks[{at}]"), Problem::Grid { covered, columns });
        }
    }

    /// The preset points of the execution row and of the printed rows must sum to the preset total.
    fn points_sum(&mut self) {
        let Some(scoring) = &self.spec.scoring else { return };
        let mut sum = Decimal::ZERO;
        let mut any = false;
        for block in &self.spec.blocks {
            for row in &block.rows {
                let Some(id) = &row.id else { continue };
                for (column, text) in &row.preset {
                    let key = format!("{}.{id}.{column}", block.id);
                    let counts = key == scoring.execution_weight
                        || (block.id == scoring.block && *column == scoring.weight && key != scoring.total_weight);
                    if let (true, Ok(points)) = (counts, Decimal::from_str_exact(text)) {
                        sum += points;
                        any = true;
                    }
                }
            }
        }
        if any && sum != Decimal::ONE_HUNDRED {
            self.fault("scoring", Problem::PointsSum(sum.normalize().to_string()));
        }
    }

    /// A cell must not be derived, through others, from itself.
    fn circles(&mut self, relations: &[Relation], defines: &[(String, usize)]) {
        for (start, relation) in defines {
            let mut trail = vec![start.clone()];
            if closes_circle(start, start, relations, defines, &mut trail) {
                // The circle is reported once, at its first cell in order.
                if trail.iter().min() == Some(start) {
                    let spec = relations[*relation].spec;
                    self.fault(format!("relations[{spec}].formula"), Problem::Circular(trail));
                }
            }
        }
    }
}

fn closes_circle(
    start: &str,
    at: &str,
    relations: &[Relation],
    defines: &[(String, usize)],
    trail: &mut Vec<String>,
) -> bool {
    let Some(relation) = defined_by(defines, at).map(|index| &relations[index]) else { return false };
    for next in right_cells(&relation.shape) {
        if next == start {
            trail.push(start.to_owned());
            return true;
        }
        if trail.iter().any(|seen| seen == next) {
            continue;
        }
        trail.push(next.to_owned());
        if closes_circle(start, next, relations, defines, trail) {
            return true;
        }
        trail.pop();
    }
    false
}

fn right_cells(shape: &Shape) -> Vec<&str> {
    let symbols: Vec<&Symbol> = match shape {
        Shape::Linear { right, .. } => right.iter().map(|term| &term.what).collect(),
        Shape::Rate { numerator, denominator, .. } => vec![numerator, denominator],
    };
    symbols
        .into_iter()
        .filter_map(|symbol| if let Symbol::Cell(key) = symbol { Some(key.as_str()) } else { None })
        .collect()
}

/// One cell on the left, an equality, and something but a bare number on the right.
fn can_derive(shape: &Shape) -> bool {
    match shape {
        Shape::Rate { .. } => true,
        Shape::Linear { left, comparison, right } => {
            *comparison == Comparison::Equal
                && matches!(left.as_slice(), [SymbolicTerm { coefficient, what: Symbol::Cell(_) }] if *coefficient == Decimal::ONE)
                && right.iter().any(|term| term.what != Symbol::One)
        }
    }
}

impl RuleKind {
    fn needs_scoring(&self) -> bool {
        !matches!(
            self,
            Self::Either { .. }
                | Self::Overspend { .. }
                | Self::Growth { .. }
                | Self::Unbudgeted { .. }
                | Self::ChangeLimit { .. }
                | Self::PartsInText { .. }
                | Self::Scope { .. }
        )
    }
}
