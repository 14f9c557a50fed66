//! Properties of every relation of every template, over random filings that are true by construction.
//!
//! A filing is made from the relations themselves: each equality gives one cell from the others, limits are kept by
//! halving what is too large or doubling what is too small. What then must hold is stated here without a look at the engine's own reckoning.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use gouji::engine::edit::Edit;
use gouji::engine::evaluate;
use gouji::engine::evaluation::{Evaluation, Stage};
use gouji::engine::figures::{Figures, LaidTerm};
use gouji::engine::layout::{FieldIndex, Layout};
use gouji::engine::relation::{RelationResult, State};
use gouji::engine::submission::Submission;
use gouji::engine::template::formula::Comparison;
use gouji::engine::template::spec::{ColumnKind, RuleKind};
use gouji::engine::template::{Shape, Template};
use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};
use support::templates;

/// Made-up figures, repeatable from a seed.
struct Chance(u64);

impl Chance {
    /// SplitMix64.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn hundredths(&mut self, from: u64, to: u64) -> Decimal {
        hundredths(i64::try_from(from + self.below(to - from)).expect("a small number"))
    }
}

fn hundredths(count: i64) -> Decimal {
    Decimal::new(count, 2)
}

/// A cell as a linear expression of free cells and a constant.
type Expression = BTreeMap<Option<usize>, Decimal>;

fn add(sum: &mut Expression, other: &Expression, times: Decimal) {
    for (cell, coefficient) in other {
        *sum.entry(*cell).or_default() += *coefficient * times;
    }
    sum.retain(|cell, coefficient| cell.is_none() || !coefficient.is_zero());
}

/// All relations of a template over the rows of one filing, as the template writes them.
struct System {
    equalities: Vec<Linear>,
    limits: Vec<Linear>,
    rates: Vec<[usize; 3]>,
    /// The kind of each cell with a figure that a person fills.
    kinds: BTreeMap<usize, ColumnKind>,
}

struct Linear {
    code: String,
    /// left − right, the constant under `None`; a limit says that it is not below zero.
    terms: Expression,
    first: usize,
}

impl System {
    fn of(template: &Template, submission: &Submission) -> Self {
        let layout = Layout::of(template, submission);
        let figures = Figures::read(&layout, Stage::Final);
        let mut system = Self { equalities: vec![], limits: vec![], rates: vec![], kinds: BTreeMap::new() };
        for (at, field) in layout.indexed() {
            if field.column.kind.measure().is_some() && field.fixed().is_none() {
                system.kinds.insert(at.index(), field.column.kind);
            }
        }
        for relation in template.relations() {
            let rows: Vec<Option<(&str, &str)>> = match &relation.each_row {
                None => vec![None],
                Some((block, group)) => {
                    let rows = submission.groups.get(group).into_iter().flatten();
                    rows.map(|row| Some((block.as_str(), row.id.as_str()))).collect()
                }
            };
            for row in rows {
                let code = template.relation_spec(relation).code.clone();
                match &relation.shape {
                    Shape::Linear { left, comparison, right } => {
                        let (left, right) = (figures.lay_out(left, row), figures.lay_out(right, row));
                        let mut terms = Expression::new();
                        add_terms(&mut terms, &left, Decimal::ONE);
                        add_terms(&mut terms, &right, Decimal::NEGATIVE_ONE);
                        let first = left[0].cell.expect("a cell stands first on the left").index();
                        match comparison {
                            Comparison::Equal => system.equalities.push(Linear { code, terms, first }),
                            Comparison::AtLeast => system.limits.push(Linear { code, terms, first }),
                            Comparison::AtMost => {
                                terms.values_mut().for_each(|coefficient| *coefficient = -*coefficient);
                                system.limits.push(Linear { code, terms, first });
                            }
                        }
                    }
                    Shape::Rate { rate, numerator, denominator } => {
                        let cells = [rate, numerator, denominator].map(|symbol| {
                            figures.resolve(symbol, row).map(FieldIndex::index).expect("a rate names three cells")
                        });
                        system.rates.push(cells);
                    }
                }
            }
        }
        system
    }

    /// One expression a cell: each equality gives one cell by the others, its own left side where that is free yet.
    fn solve(&self) -> BTreeMap<usize, Expression> {
        let mut solved: BTreeMap<usize, Expression> = BTreeMap::new();
        for equality in &self.equalities {
            let mut terms = Expression::new();
            for (cell, coefficient) in &equality.terms {
                match cell.and_then(|cell| solved.get(&cell)) {
                    Some(expression) => add(&mut terms, &expression.clone(), *coefficient),
                    None => add(&mut terms, &Expression::from([(*cell, Decimal::ONE)]), *coefficient),
                }
            }
            let given = terms.contains_key(&Some(equality.first)).then_some(equality.first);
            let Some(cell) = given.or_else(|| terms.keys().find_map(|cell| *cell)) else { continue };
            let own = terms.remove(&Some(cell)).expect("the cell is a term");
            let expression: Expression = terms.iter().map(|(cell, term)| (*cell, -*term / own)).collect();
            for other in solved.values_mut() {
                if let Some(coefficient) = other.remove(&Some(cell)) {
                    add(other, &expression, coefficient);
                }
            }
            solved.insert(cell, expression);
        }
        solved
    }

    /// True figures for every cell: no blank, none below 0.01, every relation kept, shares at two decimals.
    fn balanced(&self, chance: &mut Chance, step: Decimal) -> BTreeMap<usize, Decimal> {
        let solved = self.solve();
        let rates: BTreeSet<usize> = self.rates.iter().map(|[rate, ..]| *rate).collect();
        let mut free: BTreeMap<usize, Decimal> = BTreeMap::new();
        for (cell, kind) in self.kinds.iter().filter(|(cell, _)| !solved.contains_key(cell) && !rates.contains(cell)) {
            let value = match kind {
                ColumnKind::Count => Decimal::from(1 + chance.below(60)),
                ColumnKind::Points => chance.hundredths(10, 600),
                ColumnKind::Money => chance.hundredths(100, 90_000) + step * Decimal::from(chance.below(100)),
                _ => chance.hundredths(100, 90_000),
            };
            free.insert(*cell, value);
        }
        for _ in 0..2_000 {
            let mut values = free.clone();
            for (cell, expression) in &solved {
                values.insert(*cell, value_of(expression, &free));
            }
            for [rate, numerator, denominator] in &self.rates {
                values.insert(*rate, share(values[numerator], values[denominator]));
            }
            let Some(terms) = self.too_small(&values, &solved) else { return values };
            let free_terms = |negative: bool| {
                let of_sign = move |coefficient: &Decimal| (*coefficient < Decimal::ZERO) == negative;
                terms.iter().filter(move |(_, term)| of_sign(term)).filter_map(|(cell, _)| *cell)
            };
            let (larger, smaller): (Vec<usize>, Vec<usize>) = (free_terms(false).collect(), free_terms(true).collect());
            let raise = smaller.is_empty() || (!larger.is_empty() && chance.below(4) == 0);
            for cell in if raise { larger } else { smaller } {
                let value = free.get_mut(&cell).expect("what is changed is free");
                let places = if self.kinds[&cell] == ColumnKind::Count { 0 } else { value.scale() };
                // Not to nothing: a zero is exact and would not take part in rounding.
                let least = if places == 0 { Decimal::ONE } else { hundredths(1) };
                let changed = if raise { *value * Decimal::TWO } else { *value / Decimal::TWO };
                *value = changed.round_dp(places).clamp(least, Decimal::from(9_000_000));
            }
        }
        panic!("no true filing was found");
    }

    /// What must grow, in free cells: a limit that is not kept, or a sum below 0.01.
    fn too_small(&self, values: &BTreeMap<usize, Decimal>, solved: &BTreeMap<usize, Expression>) -> Option<Expression> {
        let positive =
            solved.keys().map(|cell| Expression::from([(Some(*cell), Decimal::ONE), (None, -hundredths(1))]));
        let kept = self.limits.iter().map(|limit| limit.terms.clone());
        let broken = positive.chain(kept).find(|terms| value_of(terms, values) < Decimal::ZERO)?;
        // Down to free cells: a rate counts as its numerator.
        let mut terms = Expression::new();
        for (cell, coefficient) in &broken {
            let Some(cell) = cell else { continue };
            let rate = self.rates.iter().find(|[rate, ..]| rate == cell);
            let cell = rate.map_or(*cell, |[_, numerator, _]| *numerator);
            let own = Expression::from([(Some(cell), Decimal::ONE)]);
            add(&mut terms, solved.get(&cell).unwrap_or(&own), *coefficient);
        }
        Some(terms)
    }
}

fn add_terms(sum: &mut Expression, side: &[LaidTerm], times: Decimal) {
    for term in side {
        *sum.entry(term.cell.map(FieldIndex::index)).or_default() += term.coefficient * times;
    }
}

fn value_of(terms: &Expression, values: &BTreeMap<usize, Decimal>) -> Decimal {
    terms.iter().map(|(cell, coefficient)| cell.map_or(Decimal::ONE, |cell| values[&cell]) * *coefficient).sum()
}

fn share(part: Decimal, whole: Decimal) -> Decimal {
    round(part * Decimal::ONE_HUNDRED / whole)
}

fn round(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// A form with one to three rows in each group.
fn rows(template: &Template, chance: &mut Chance) -> Submission {
    let mut submission = Submission::blank(template, "property");
    submission.groups.clear();
    for block in &template.spec().blocks {
        for group in block.rows.iter().filter_map(|row| row.group.as_ref()) {
            for _ in 0..=chance.below(3) {
                Edit::add_row(&mut submission, group, None).apply(&mut submission);
            }
        }
    }
    submission
}

fn fill(submission: &mut Submission, template: &Template, values: &BTreeMap<usize, Decimal>) {
    let keys: Vec<(String, String)> = {
        let layout = Layout::of(template, submission);
        let at = |(at, value): (&usize, &Decimal)| (layout.fields()[*at].key.clone(), value.to_string());
        values.iter().map(at).collect()
    };
    submission.cells.extend(keys);
}

fn key(template: &Template, submission: &Submission, cell: usize) -> String {
    Layout::of(template, submission).fields()[cell].key.clone()
}

fn violated(evaluation: &Evaluation) -> BTreeSet<(String, Vec<String>)> {
    evaluation
        .relations
        .iter()
        .filter(|result| result.state == State::Violated)
        .map(|result| (result.code.clone(), result.cells.clone()))
        .collect()
}

fn is_equality(template: &Template, code: &str) -> bool {
    template.relations().iter().any(|relation| {
        template.relation_spec(relation).code == code
            && !matches!(relation.shape, Shape::Linear { comparison: Comparison::AtLeast | Comparison::AtMost, .. })
    })
}

fn result_of<'e>(evaluation: &'e Evaluation, code: &str, first: &str) -> &'e RelationResult {
    let mut results = evaluation.relations.iter();
    results
        .find(|result| result.code == code && result.cells.first().is_some_and(|cell| cell == first))
        .unwrap_or_else(|| panic!("{code} at {first} has a result"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_true_filing_violates_nothing(seed: u64) {
        for (id, template) in templates() {
            let mut chance = Chance(seed);
            let mut submission = rows(&template, &mut chance);
            let system = System::of(&template, &submission);
            fill(&mut submission, &template, &system.balanced(&mut chance, Decimal::ZERO));
            for stage in [Stage::Draft, Stage::Final] {
                let evaluation = evaluate(&template, &submission, stage);
                prop_assert!(violated(&evaluation).is_empty(), "{id}: {:?}", violated(&evaluation));
                let decided = |result: &&RelationResult| !matches!(result.state, State::Agrees | State::Rounding);
                let left: Vec<_> = evaluation.relations.iter().filter(decided).collect();
                prop_assert!(left.is_empty(), "{id}: {left:?}");
            }
        }
    }

    #[test]
    fn a_changed_figure_breaks_exactly_the_equalities_that_contain_it(seed: u64) {
        for (id, template) in templates() {
            let mut chance = Chance(seed);
            let mut submission = rows(&template, &mut chance);
            let system = System::of(&template, &submission);
            fill(&mut submission, &template, &system.balanced(&mut chance, Decimal::ZERO));
            let all = evaluate(&template, &submission, Stage::Final).relations;
            for cell in system.kinds.keys() {
                let key = key(&template, &submission, *cell);
                let typed = submission.cells[&key].clone();
                // Beyond every tolerance, and beyond the two decimals of a rate that it enters.
                let value: Decimal = typed.parse().expect("a figure");
                submission.cells.insert(key.clone(), (value * Decimal::TWO + Decimal::TEN).to_string());
                let evaluation = evaluate(&template, &submission, Stage::Final);
                submission.cells.insert(key.clone(), typed);
                let broken: BTreeSet<_> = violated(&evaluation)
                    .into_iter()
                    .filter(|(code, _)| is_equality(&template, code))
                    .collect();
                let expected: BTreeSet<_> = all
                    .iter()
                    .filter(|result| result.cells.contains(&key) && is_equality(&template, &result.code))
                    .map(|result| (result.code.clone(), result.cells.clone()))
                    .collect();
                prop_assert_eq!(broken, expected, "{}: {}", id, key);
            }
        }
    }

    #[test]
    fn a_limit_holds_at_its_boundary_and_not_beyond(seed: u64) {
        for (id, template) in templates() {
            let mut chance = Chance(seed);
            let mut submission = rows(&template, &mut chance);
            let system = System::of(&template, &submission);
            let mut values = system.balanced(&mut chance, Decimal::ZERO);
            for limit in &system.limits {
                let first = limit.first;
                let (kind, own) = (system.kinds[&first], limit.terms[&Some(first)]);
                let before = values[&first];
                // left − right = 0 by the limit's first cell alone.
                let boundary = before - value_of(&limit.terms, &values) / own;
                let key = key(&template, &submission, first);
                let rounded = |cell: usize, value: Decimal| {
                    matches!(system.kinds[&cell], ColumnKind::Money | ColumnKind::Percent) && !value.is_zero()
                };
                for steps in -6..=6_i64 {
                    let step = if kind == ColumnKind::Count { Decimal::from(steps) } else { hundredths(steps) };
                    let value = boundary + step;
                    if value < Decimal::ZERO {
                        continue;
                    }
                    values.insert(first, value);
                    fill(&mut submission, &template, &values);
                    let evaluation = evaluate(&template, &submission, Stage::Final);
                    let allowed: Decimal = limit
                        .terms
                        .iter()
                        .filter_map(|(cell, coefficient)| Some(((*cell)?, coefficient.abs())))
                        .filter(|(cell, _)| rounded(*cell, values[cell]))
                        .map(|(_, coefficient)| Decimal::new(5, 3) * coefficient)
                        .sum();
                    let gap = value_of(&limit.terms, &values);
                    let state = result_of(&evaluation, &limit.code, &key).state;
                    let kept = gap >= Decimal::ZERO || -gap < allowed;
                    let expected = if kept { State::Agrees } else { State::Violated };
                    prop_assert_eq!(state, expected, "{} {}: {} by {}, allowed {}", id, limit.code, key, gap, allowed);
                }
                values.insert(first, before);
                fill(&mut submission, &template, &values);
            }
        }
    }

    #[test]
    fn a_rate_is_right_at_the_decimals_it_is_printed_with(seed: u64) {
        for (id, template) in templates() {
            let mut chance = Chance(seed);
            let mut submission = rows(&template, &mut chance);
            let system = System::of(&template, &submission);
            let values = system.balanced(&mut chance, Decimal::ZERO);
            fill(&mut submission, &template, &values);
            for [rate, numerator, denominator] in &system.rates {
                let key = key(&template, &submission, *rate);
                let exact = values[numerator] * Decimal::ONE_HUNDRED / values[denominator];
                // Money was rounded itself: the quotient may lie anywhere between these.
                let half = |cell: &usize| match system.kinds[cell] {
                    ColumnKind::Money => Decimal::new(5, 3),
                    _ => Decimal::ZERO,
                };
                let lowest = (values[numerator] - half(numerator)) * Decimal::ONE_HUNDRED
                    / (values[denominator] + half(denominator));
                let highest = (values[numerator] + half(numerator)) * Decimal::ONE_HUNDRED
                    / (values[denominator] - half(denominator));
                for places in 0..=2 {
                    let printed = exact.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
                    let last = Decimal::new(1, places);
                    let half_place = Decimal::new(5, places + 1);
                    for rate in [printed, printed + last, printed + last * Decimal::TEN] {
                        submission.cells.insert(key.clone(), format!("{rate:.*}%", places as usize));
                        let evaluation = evaluate(&template, &submission, Stage::Final);
                        let results = evaluation.relations.iter();
                        let broken = results
                            .filter(|result| result.cells.first() == Some(&key) && is_equality(&template, &result.code))
                            .any(|result| result.state == State::Violated);
                        let reached = lowest <= rate + half_place && rate - half_place <= highest;
                        let right = rate == printed || (lowest < highest && reached);
                        prop_assert_eq!(broken, !right, "{}: {} as {} of {}", id, key, rate, exact);
                    }
                }
                submission.cells.insert(key, values[rate].to_string());
            }
        }
    }

    #[test]
    fn figures_rounded_one_by_one_are_no_error(seed: u64) {
        for (id, template) in templates() {
            let mut chance = Chance(seed);
            let mut submission = rows(&template, &mut chance);
            let system = System::of(&template, &submission);
            // True to the yuan; the form prints hundredths of 万元.
            let exact = system.balanced(&mut chance, Decimal::new(1, 4));
            let printed = exact.iter().map(|(cell, value)| (*cell, round(*value))).collect();
            fill(&mut submission, &template, &printed);
            for stage in [Stage::Draft, Stage::Final] {
                let evaluation = evaluate(&template, &submission, stage);
                prop_assert!(violated(&evaluation).is_empty(), "{id}: {:?}", violated(&evaluation));
            }
        }
    }

    #[test]
    fn blanks_in_place_of_zeros_are_no_finding(seed: u64) {
        for (id, template) in templates() {
            let mut chance = Chance(seed);
            let mut submission = rows(&template, &mut chance);
            let system = System::of(&template, &submission);
            let mut values = system.balanced(&mut chance, Decimal::ZERO);
            // A pair that stands on both sides of nothing else: lower a part by itself and its totals with it.
            let solved = system.solve();
            let rated: BTreeSet<usize> = system.rates.iter().flatten().copied().collect();
            let zeros: Vec<usize> = values.keys().copied().filter(|cell| {
                !solved.contains_key(cell) && !rated.contains(cell)
                    && matches!(system.kinds[cell], ColumnKind::Money | ColumnKind::Percent)
            }).filter(|_| chance.below(3) == 0).collect();
            for cell in &zeros {
                let mut tried = values.clone();
                tried.insert(*cell, Decimal::ZERO);
                for (total, expression) in &solved {
                    tried.insert(*total, value_of(expression, &tried));
                }
                for [rate, numerator, denominator] in &system.rates {
                    if !tried[denominator].is_zero() {
                        tried.insert(*rate, share(tried[numerator], tried[denominator]));
                    }
                }
                let positive = solved.keys().all(|cell| tried[cell] > Decimal::ZERO);
                if positive && system.limits.iter().all(|limit| value_of(&limit.terms, &tried) >= Decimal::ZERO) {
                    values = tried;
                }
            }
            fill(&mut submission, &template, &values);
            let layout = Layout::of(&template, &submission);
            let blank: Vec<String> = values.iter().filter(|(_, value)| value.is_zero())
                .map(|(cell, _)| layout.fields()[*cell].key.clone()).collect();
            for key in blank {
                submission.cells.remove(&key);
            }
            for stage in [Stage::Draft, Stage::Final] {
                let evaluation = evaluate(&template, &submission, stage);
                prop_assert!(violated(&evaluation).is_empty(), "{id}: {:?}", violated(&evaluation));
            }
        }
    }

    /// One share of several says nothing of the others, whatever it is; with the last of them it does.
    #[test]
    fn a_complete_relation_speaks_when_all_of_its_cells_are_filled(seed: u64) {
        for (id, template) in templates() {
            let mut chance = Chance(seed);
            let mut submission = rows(&template, &mut chance);
            let system = System::of(&template, &submission);
            fill(&mut submission, &template, &system.balanced(&mut chance, Decimal::ZERO));
            let is_complete = |result: &&RelationResult| {
                let mut relations = template.relations().iter().map(|relation| template.relation_spec(relation));
                relations.any(|spec| spec.code == result.code && spec.complete)
            };
            let complete: Vec<RelationResult> =
                evaluate(&template, &submission, Stage::Final).relations.iter().filter(is_complete).cloned().collect();
            let declared = template.relations().iter().filter(|at| template.relation_spec(at).complete).count();
            prop_assert!(complete.len() >= declared, "{id}: a true filing has them all checked");
            for relation in &complete {
                // A blank total is not blank while its parts are filled.
                let may_be_blank: Vec<&String> =
                    relation.cells.iter().filter(|cell| template.definition(cell).is_none()).collect();
                let blank = may_be_blank[usize::try_from(chance.below(may_be_blank.len() as u64)).expect("an index")];
                // A limit is broken by its left side alone, which stands first.
                let wrong = relation.cells.iter().find(|cell| *cell != blank).expect("a relation has two cells");
                let (kept, right) = (submission.cells.remove(blank).expect("filled"), submission.text(wrong).to_owned());
                submission.cells.insert(wrong.clone(), "99999999".to_owned());
                let is_it = |result: &&RelationResult| result.code == relation.code && result.cells == relation.cells;
                for stage in [Stage::Draft, Stage::Final] {
                    let evaluation = evaluate(&template, &submission, stage);
                    prop_assert!(!evaluation.relations.iter().any(|result| is_it(&result)), "{id}: {blank} is blank");
                    prop_assert!(evaluation.findings.iter().all(|finding| finding.code != relation.code), "{id}");
                }
                submission.cells.insert(blank.clone(), kept);
                for stage in [Stage::Draft, Stage::Final] {
                    let evaluation = evaluate(&template, &submission, stage);
                    let state = evaluation.relations.iter().find(is_it).map(|result| result.state);
                    prop_assert_eq!(state, Some(State::Violated), "{}: {} is 99999999", id, wrong);
                }
                submission.cells.insert(wrong.clone(), right);
            }
        }
    }

    #[test]
    fn any_text_in_any_cell_is_evaluated_alike_twice(seed: u64, texts in proptest::collection::vec(nasty(), 1..40)) {
        for (_, template) in templates() {
            let mut rules = template.spec().rules.iter();
            let binding = rules.find(|rule| matches!(rule.kind, RuleKind::BoundIndicator { .. })).map(|rule| &rule.code);
            let mut chance = Chance(seed);
            let mut submission = rows(&template, &mut chance);
            submission.year = i32::try_from(chance.below(5_000)).expect("a small number");
            let keys: Vec<String> =
                Layout::of(&template, &submission).fields().iter().map(|field| field.key.clone()).collect();
            for text in texts.iter().cycle().take(keys.len()) {
                let key = &keys[usize::try_from(chance.next() % keys.len() as u64).expect("an index")];
                submission.cells.insert(key.clone(), text.clone());
            }
            for row in submission.groups.values_mut().flatten() {
                row.bound = binding.filter(|_| chance.below(3) == 0).cloned();
            }
            for stage in [Stage::Draft, Stage::Final] {
                let evaluation = evaluate(&template, &submission, stage);
                prop_assert_eq!(&evaluation, &evaluate(&template, &submission, stage));
                let layout = Layout::of(&template, &submission);
                for finding in &evaluation.findings {
                    for language in [gouji::words::Language::Chinese, gouji::words::Language::English] {
                        gouji::words::explain::explain(finding, &layout, language);
                    }
                }
            }
        }
    }
}

/// Texts that break programs: figures at the edges, half of a figure, other scripts, and anything at all.
fn nasty() -> impl Strategy<Value = String> {
    let edges = [
        "99999999999.999999999999",
        "-99999999999",
        "0.000000000001",
        "99999999999999.9元",
        "9999999亿元",
        "-0",
        ".",
        "-",
        "——",
        "/",
        "无",
        "0",
        "100%",
        "1e999",
        "12.3.4",
        "１２３．４５",
        "1,234,567.89",
        "≥99999999999999万元",
        "≤0",
        "＝0场",
        "0次",
        "NaN",
        "∞",
        "\u{202e}123",
        "\u{feff}12",
        "1\n2",
        "{cell}",
        "}{",
        "   ",
        "\0",
        "百分之一百",
        "二十三场",
        "不少于3项",
        "提升",
        "千万",
        "0.1亿元",
        "200万点击率",
        "12月底前",
        "支出90万元。其中：60万元用于人员；20万元用于办公。",
        "99999999999万元，其中：99999999999万元；0.000000000001元",
        "元其中：",
    ];
    prop_oneof![
        3 => proptest::sample::select(edges.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[0-9.,%万元≥≤-]{0,24}",
        1 => "[0-9]{1,11}(\\.[0-9]{1,12})?",
    ]
}
