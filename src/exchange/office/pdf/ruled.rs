//! Tables of a page, by the lines that they are ruled with. Cells between which no line is drawn are one.

use std::collections::BTreeMap;

use crate::exchange::office::pdf::drawn_page::{Letter, Rule};
use crate::exchange::office::pdf::{MIDDLE, lines};

/// Lines so close to each other are one, and touch, in points.
const CLOSE: f64 = 2.5;
/// No form is larger.
const MOST_COLUMNS: usize = 128;
const MOST_ROWS: usize = 512;

pub(super) struct Table {
    /// Where columns begin and end, from the left; where rows do, from the foot.
    columns: Vec<f64>,
    rows: Vec<f64>,
    /// For each place of the grid, row by row from the foot, which cell it is of.
    cells: Vec<usize>,
    pub letters: Vec<Letter>,
}

/// The tables of a page.
pub(super) fn tables(rules: &[Rule]) -> Vec<Table> {
    let mut groups: BTreeMap<usize, Vec<Rule>> = BTreeMap::new();
    let mut joined: Vec<usize> = (0..rules.len()).collect();
    for (at, rule) in rules.iter().enumerate() {
        for (other_at, other) in rules[..at].iter().enumerate() {
            if touch(rule, other) {
                join(&mut joined, at, other_at);
            }
        }
    }
    for (at, rule) in rules.iter().enumerate() {
        groups.entry(first(&mut joined, at)).or_default().push(*rule);
    }
    groups.into_values().filter_map(|rules| Table::of(&rules)).collect()
}

fn touch(a: &Rule, b: &Rule) -> bool {
    let meet = |(a, b): (f64, f64), (c, d): (f64, f64)| a <= d + CLOSE && c <= b + CLOSE;
    let sides = |rule: &Rule| {
        if rule.is_level {
            ((rule.from, rule.to), (rule.at, rule.at))
        } else {
            ((rule.at, rule.at), (rule.from, rule.to))
        }
    };
    let ((a_across, a_up), (b_across, b_up)) = (sides(a), sides(b));
    meet(a_across, b_across) && meet(a_up, b_up)
}

/// The one that stands for all that are joined with this one.
fn first(joined: &mut [usize], mut at: usize) -> usize {
    while joined[at] != at {
        joined[at] = joined[joined[at]];
        at = joined[at];
    }
    at
}

fn join(joined: &mut [usize], a: usize, b: usize) {
    let (a, b) = (first(joined, a), first(joined, b));
    joined[a.max(b)] = a.min(b);
}

impl Table {
    fn of(rules: &[Rule]) -> Option<Self> {
        let (level, upright): (Vec<Rule>, Vec<Rule>) = rules.iter().partition(|rule| rule.is_level);
        if level.is_empty() || upright.is_empty() {
            return None;
        }
        // A table may be open at its sides.
        let places = |along: &[Rule], across: &[Rule]| {
            let ends = across.iter().flat_map(|rule| [rule.from, rule.to]);
            let (low, high) =
                ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| (low.min(end), high.max(end)));
            merged(along.iter().map(|rule| rule.at).chain([low, high]).collect())
        };
        let (columns, rows) = (places(&upright, &level), places(&level, &upright));
        let (wide, high) = (columns.len().checked_sub(1)?, rows.len().checked_sub(1)?);
        // A frame around a text is no table.
        if wide * high < 2 || wide > MOST_COLUMNS || high > MOST_ROWS {
            return None;
        }
        let mut cells: Vec<usize> = (0..wide * high).collect();
        let level = between(&level, &rows, &columns);
        let upright = between(&upright, &columns, &rows);
        for row in 0..high {
            for column in 0..wide {
                let at = row * wide + column;
                if column > 0 && !upright[column * high + row] {
                    join(&mut cells, at, at - 1);
                }
                if row > 0 && !level[row * wide + column] {
                    join(&mut cells, at, at - wide);
                }
            }
        }
        let cells = (0..wide * high).map(|at| first(&mut cells, at)).collect();
        Some(Self { columns, rows, cells, letters: Vec::new() })
    }

    pub fn top(&self) -> f64 {
        self.rows[self.rows.len() - 1]
    }

    pub fn area(&self) -> f64 {
        (self.columns[self.columns.len() - 1] - self.columns[0]) * (self.top() - self.rows[0])
    }

    pub fn holds(&self, letter: &Letter) -> bool {
        self.place(letter).is_some()
    }

    fn place(&self, letter: &Letter) -> Option<usize> {
        let within = |places: &[f64], at: f64| {
            let behind = places.partition_point(|place| *place <= at);
            (1..places.len()).contains(&behind).then(|| behind - 1)
        };
        let column = within(&self.columns, f64::midpoint(letter.from, letter.to))?;
        let row = within(&self.rows, letter.y + MIDDLE * letter.size)?;
        Some(self.cells[row * (self.columns.len() - 1) + column])
    }

    /// The texts of each row from the top. A cell has its text in the first of its rows, and is blank in the others.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let mut letters: BTreeMap<usize, Vec<Letter>> = BTreeMap::new();
        for letter in &self.letters {
            if let Some(cell) = self.place(letter) {
                letters.entry(cell).or_default().push(*letter);
            }
        }
        let wide = self.columns.len() - 1;
        let mut begun = vec![false; self.cells.len()];
        let mut rows = Vec::new();
        for row in self.cells.chunks(wide).rev() {
            let mut texts = Vec::new();
            let mut is_new = false;
            for column in 0..wide {
                let cell = row[column];
                if row[..column].contains(&cell) {
                    continue;
                }
                let end = row.iter().rposition(|other| *other == cell).unwrap_or(column);
                let width = self.columns[end + 1] - self.columns[column];
                is_new |= !std::mem::replace(&mut begun[cell], true);
                texts.push(letters.remove(&cell).map(|letters| lines::cell(letters, width)).unwrap_or_default());
            }
            if is_new {
                rows.push(texts);
            }
        }
        rows
    }
}

/// Places in order, those that are close to each other as one.
fn merged(mut places: Vec<f64>) -> Vec<f64> {
    places.sort_by(f64::total_cmp);
    places.dedup_by(|next, place| *next - *place < CLOSE);
    places
}

/// For each place of lines, and each stretch along it, whether a line is drawn there.
fn between(rules: &[Rule], places: &[f64], stretches: &[f64]) -> Vec<bool> {
    let count = stretches.len() - 1;
    let mut drawn = vec![false; places.len() * count];
    for rule in rules {
        let place = places.partition_point(|place| *place <= rule.at + 0.01).saturating_sub(1);
        for (at, ends) in stretches.windows(2).enumerate() {
            let middle = f64::midpoint(ends[0], ends[1]);
            drawn[place * count + at] |= rule.from <= middle && middle <= rule.to;
        }
    }
    drawn
}
