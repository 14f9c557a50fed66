//! A filing as a system of ties between figures: what the search for a wrong figure works on.
//!
//! Amounts are whole numbers of [`UNIT`], so that everything here is exact and quick. Templates and texts are unknown
//! here; `build` makes the system of a filing, and the bench makes systems of its own.

use crate::engine::locate::cause::{self, Cause};
use crate::engine::locate::common::Common;
use crate::engine::locate::ranges::{Ranges, ceil_div, floor_div};

/// A figure in units of 10⁻⁹ of its measure (万元, percent, people, points).
pub type Units = i128;

/// Decimals of a unit.
pub const PLACES: u32 = 9;
/// One, in units.
pub const UNIT: Units = 1_000_000_000;
/// 0.01, the place that money and percent are rounded to.
pub const CENT: Units = UNIT / 100;
/// How far rounding to 0.01 may have moved a figure.
const HALF_CENT: Units = CENT / 2;

/// A figure as it was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    pub value: Units,
    /// Decimals in print.
    pub places: u32,
}

/// One cell of the filing that has, or could have, a figure.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// `None` for a blank, which counts as zero.
    pub entered: Option<Figure>,
    /// Money and percent, which are rounded; people, points and areas are exact.
    pub is_rounded: bool,
    /// People: only whole values are proposed.
    pub is_whole: bool,
    /// A person said that it is right, or the form prints it: it is never blamed.
    pub is_locked: bool,
    /// Taken from a file or a text, not typed.
    pub is_imported: bool,
    /// The cell that was edited last.
    pub is_last_edited: bool,
    /// A total that its parts define.
    pub is_derived: bool,
    /// The figure of another year in the same row.
    pub usual: Option<Units>,
    /// A rule that ties no figures finds fault with it, too: full marks though the target was missed.
    pub is_faulted: bool,
    /// Its row has something else in it.
    pub is_in_use: bool,
    /// The cells left and right of it in its row, of the same measure.
    pub beside: Vec<usize>,
    /// The cells above and below it in its column.
    pub above_below: Vec<usize>,
}

impl Cell {
    /// A blank that one would expect a figure in.
    pub fn is_gap(&self) -> bool {
        self.is_in_use || self.usual.is_some_and(|usual| usual > 0)
    }
}

/// A cell in a sum, with its sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    pub cell: usize,
    pub coefficient: Units,
}

/// How a sum compares with zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    Equal,
    AtLeast,
    AtMost,
}

/// Σ coefficient × cell + constant, compared with zero. No cell stands twice in it.
#[derive(Clone, Debug)]
pub struct Sum {
    pub terms: Vec<Term>,
    pub constant: Units,
    pub compare: Compare,
    /// Blanks that are not filled yet may still make the sum smaller, or larger.
    pub may_sink: bool,
    pub may_rise: bool,
}

/// What ties cells together.
#[derive(Clone, Debug)]
pub enum Tie {
    Sum(Sum),
    /// `result` = `factor` × `numerator` ÷ `denominator`, at the decimals entered; at most `factor` where it is capped.
    Quotient {
        result: usize,
        numerator: usize,
        denominator: usize,
        factor: Factor,
        is_capped: bool,
    },
    /// One of several sums holds: two readings of one heading, or figures of other funds between two totals (口径).
    OneOf(Vec<Sum>),
}

/// What a quotient is multiplied with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// 100, in units, for percent.
    Fixed(Units),
    /// The points of an execution row.
    Cell(usize),
}

/// A relation as it stands on one filing.
#[derive(Clone, Debug)]
pub struct Row {
    pub tie: Tie,
    /// It may be broken in a sound filing (核实性): a fix that breaks it is only less likely.
    pub is_soft: bool,
}

impl Row {
    /// The cells it ties, each once.
    pub fn cells(&self) -> Vec<usize> {
        let mut cells: Vec<usize> = match &self.tie {
            Tie::Sum(sum) => sum.terms.iter().map(|term| term.cell).collect(),
            Tie::OneOf(sums) => sums.iter().flat_map(|sum| &sum.terms).map(|term| term.cell).collect(),
            Tie::Quotient { result, numerator, denominator, factor, .. } => {
                let factor = if let Factor::Cell(cell) = factor { Some(*cell) } else { None };
                [*result, *numerator, *denominator].into_iter().chain(factor).collect()
            }
        };
        cells.sort_unstable();
        cells.dedup();
        cells
    }

    /// The cells that it is about: where one of several sums may hold, those that stand in each of them.
    pub fn main_cells(&self) -> Vec<usize> {
        let Tie::OneOf(sums) = &self.tie else { return self.cells() };
        let stands_in = |sum: &Sum, cell: usize| sum.terms.iter().any(|term| term.cell == cell);
        self.cells().into_iter().filter(|cell| sums.iter().all(|sum| stands_in(sum, *cell))).collect()
    }

    pub fn is_equality(&self) -> bool {
        match &self.tie {
            Tie::Sum(sum) => sum.compare == Compare::Equal,
            Tie::Quotient { .. } | Tie::OneOf(_) => true,
        }
    }
}

/// The ties of a filing and its figures.
#[derive(Clone, Debug, Default)]
pub struct System {
    pub cells: Vec<Cell>,
    pub rows: Vec<Row>,
    /// Cell → the rows that it stands in.
    pub rows_of: Vec<Vec<usize>>,
    /// Row → its cells.
    pub cells_of: Vec<Vec<usize>>,
    /// How common zeros, blanks and equal neighbours are.
    pub common: Common,
}

impl System {
    pub fn new(cells: Vec<Cell>, rows: Vec<Row>) -> Self {
        let mut rows_of = vec![Vec::new(); cells.len()];
        let cells_of: Vec<Vec<usize>> = rows.iter().map(Row::cells).collect();
        for (row, tied) in cells_of.iter().enumerate() {
            for cell in tied {
                rows_of[*cell].push(row);
            }
        }
        let mut system = Self { cells, rows, rows_of, cells_of, common: Common::default() };
        let mut is_doubtful = vec![false; system.cells.len()];
        for row in system.violated(&system.figures()) {
            system.cells_of[row].iter().for_each(|cell| is_doubtful[*cell] = true);
        }
        system.common = Common::of(&system.cells, &is_doubtful);
        system
    }

    /// What it costs to take the figure in a cell for a copy of the one beside it, in hundredths.
    pub fn copied_cost(&self, cell: usize) -> i32 {
        self.common.copied[usize::from(!self.cells[cell].is_rounded)]
    }

    /// What it costs to take the zero in a cell for a figure left out.
    pub fn zero_cost(&self, cell: usize) -> i32 {
        // A total is zero only where all of its parts are.
        if self.cells[cell].is_derived {
            return cause::cost(Cause::LeftOut);
        }
        self.common.zero[usize::from(!self.cells[cell].is_rounded)]
    }

    /// The figures as they stand.
    pub fn figures(&self) -> Figures {
        let figure = |cell: &Cell| cell.entered.unwrap_or(Figure { value: 0, places: 0 });
        Figures { all: self.cells.iter().map(figure).collect() }
    }

    /// How far rounding may have moved a figure in a cell.
    pub fn half(&self, cell: usize, figure: Figure) -> Units {
        match figure.value {
            0 => 0,
            _ if !self.cells[cell].is_rounded => 0,
            _ if figure.places <= 2 => HALF_CENT,
            _ => 5 * 10_i128.pow(PLACES.saturating_sub(figure.places + 1)),
        }
    }

    /// Whether a row holds.
    pub fn holds(&self, row: usize, figures: &Figures) -> bool {
        match &self.rows[row].tie {
            Tie::Sum(sum) => self.sum_holds(sum, figures),
            Tie::OneOf(sums) => sums.iter().any(|sum| self.sum_holds(sum, figures)),
            Tie::Quotient { result, .. } => {
                let figure = figures.all[*result];
                self.allowed_by_quotient(row, *result, figures, figure.places).contains(figure.value)
            }
        }
    }

    /// The rows that do not hold.
    pub fn violated(&self, figures: &Figures) -> Vec<usize> {
        (0..self.rows.len()).filter(|row| !self.holds(*row, figures)).collect()
    }

    /// What a cell may be so that a row holds, the other cells being as they are.
    pub fn allowed(&self, row: usize, cell: usize, figures: &Figures) -> Ranges {
        match &self.rows[row].tie {
            Tie::Sum(sum) => self.allowed_by_sum(sum, cell, figures),
            Tie::OneOf(sums) => {
                let mut all = Ranges::none();
                for sum in sums {
                    all.extend(self.allowed_by_sum(sum, cell, figures));
                }
                all
            }
            // Typed anew, a result may have as few decimals as are usual.
            Tie::Quotient { result, .. } if *result == cell => {
                self.allowed_by_quotient(row, cell, figures, figures.all[cell].places.min(2))
            }
            Tie::Quotient { result, .. } => self.allowed_by_quotient(row, cell, figures, figures.all[*result].places),
        }
    }

    /// The values of a cell with which an equality agrees to the last place, the others being as they are: one, or one
    /// for each of the sums that may hold; none where the relation gives a range.
    pub fn implied(&self, row: usize, cell: usize, figures: &Figures) -> Vec<Units> {
        match &self.rows[row].tie {
            Tie::Sum(sum) => implied_by_sum(sum, cell, figures).into_iter().collect(),
            Tie::OneOf(sums) => sums.iter().filter_map(|sum| implied_by_sum(sum, cell, figures)).collect(),
            Tie::Quotient { result, .. } if *result == cell => {
                let places = figures.all[cell].places.clamp(2, PLACES);
                self.quotient(row, figures, places).into_iter().collect()
            }
            Tie::Quotient { .. } => Vec::new(),
        }
    }

    fn sum_holds(&self, sum: &Sum, figures: &Figures) -> bool {
        let (mut rest, mut tolerance) = (sum.constant, 0);
        for term in &sum.terms {
            let figure = figures.all[term.cell];
            rest = rest.saturating_add(term.coefficient.saturating_mul(figure.value));
            tolerance += term.coefficient.abs() * self.half(term.cell, figure);
        }
        let (low, high) = bounds(sum, tolerance);
        low.is_none_or(|low| low <= rest) && high.is_none_or(|high| rest <= high)
    }

    fn allowed_by_sum(&self, sum: &Sum, cell: usize, figures: &Figures) -> Ranges {
        let (mut rest, mut tolerance, mut own) = (sum.constant, 0, 0);
        for term in &sum.terms {
            if term.cell == cell {
                own = term.coefficient;
                continue;
            }
            let figure = figures.all[term.cell];
            rest = rest.saturating_add(term.coefficient.saturating_mul(figure.value));
            tolerance += term.coefficient.abs() * self.half(term.cell, figure);
        }
        if own == 0 {
            return if self.sum_holds(sum, figures) { Ranges::all() } else { Ranges::none() };
        }
        // Zero is exact; any other value may itself have been rounded.
        let mine = if self.cells[cell].is_rounded { own.abs() * HALF_CENT } else { 0 };
        let by = |tolerance: Units| {
            let (low, high) = bounds(sum, tolerance);
            let (low, high) = (low.map(|low| low - rest), high.map(|high| high - rest));
            let (low, high) = if own > 0 { (low, high) } else { (high, low) };
            Ranges::one(low.map(|low| ceil_div(low, own)), high.map(|high| floor_div(high, own)))
        };
        let mut allowed = by(tolerance + mine);
        if mine > 0 && allowed.contains(0) && !by(tolerance).contains(0) {
            allowed.cut_out(0);
        }
        allowed
    }

    /// `places` are the decimals of the result.
    fn allowed_by_quotient(&self, row: usize, cell: usize, figures: &Figures, places: u32) -> Ranges {
        let Tie::Quotient { result, numerator, denominator, factor, is_capped } = &self.rows[row].tie else {
            return Ranges::all();
        };
        let of = |cell: usize| figures.all[cell];
        let factor_value = match factor {
            Factor::Fixed(value) => *value,
            Factor::Cell(cell) => of(*cell).value,
        };
        let (entered, above, below) = (of(*result), of(*numerator), of(*denominator));
        let spread =
            |cell: usize| (of(cell).value - self.half(cell, of(cell)), of(cell).value + self.half(cell, of(cell)));
        // How far the rounding of the result at its own decimals moved it; one unit inside, as half a place rounds up.
        let half_place = 5 * 10_i128.pow(PLACES.saturating_sub(places.min(PLACES - 1) + 1));
        let result_range = (entered.value - half_place, entered.value + half_place - 1);
        if cell == *result {
            let ((low_above, high_above), (low_below, high_below)) = (spread(*numerator), spread(*denominator));
            if low_below <= 0 {
                // What divides by nothing has no right value.
                return Ranges::none();
            }
            let cap = |value: Units| if *is_capped { value.min(factor_value) } else { value };
            let low = mul_div(factor_value, low_above, high_below, false).map(cap);
            let high = mul_div(factor_value, high_above, low_below, true).map(cap);
            let (Some(low), Some(high)) = (low, high) else { return Ranges::all() };
            // Half a place is rounded up.
            return Ranges::one(Some(low - half_place + 1), Some(high + half_place));
        }
        if factor_value <= 0 {
            return Ranges::all();
        }
        let (low, high) = result_range;
        let is_full = *is_capped && high >= factor_value;
        if cell == *numerator {
            let (low_below, high_below) = spread(*denominator);
            if high_below <= 0 {
                // What divides by nothing says nothing of what is divided.
                return Ranges::all();
            }
            let least = mul_div(low, low_below, factor_value, false);
            let most = if is_full { None } else { mul_div(high, high_below, factor_value, true) };
            return Ranges::one(least.map(|least| least - HALF_CENT), most.map(|most| most + HALF_CENT));
        }
        if cell == *denominator {
            let (low_above, high_above) = spread(*numerator);
            if high <= 0 {
                return Ranges::none();
            }
            let least = if is_full { Some(1) } else { mul_div(low_above, factor_value, high, false) };
            let most = if low <= 0 { None } else { mul_div(high_above, factor_value, low, true) };
            let least = least.map(|least| (least - HALF_CENT).max(1));
            return Ranges::one(least, most.map(|most| most + HALF_CENT));
        }
        // The points: result × denominator ÷ numerator, where they are not at their cap.
        if above.value <= 0 || below.value <= 0 {
            return Ranges::all();
        }
        let (above, below) = if *is_capped && above.value > below.value { (1, 1) } else { (above.value, below.value) };
        Ranges::one(mul_div(low, below, above, false), mul_div(high, below, above, true))
    }

    /// The quotient of a row, rounded half up.
    fn quotient(&self, row: usize, figures: &Figures, places: u32) -> Option<Units> {
        let Tie::Quotient { numerator, denominator, factor, is_capped, .. } = &self.rows[row].tie else { return None };
        let (above, below) = (figures.all[*numerator].value, figures.all[*denominator].value);
        let factor = match factor {
            Factor::Fixed(value) => *value,
            Factor::Cell(cell) => figures.all[*cell].value,
        };
        if below <= 0 || above < 0 {
            return None;
        }
        let grid = 10_i128.pow(PLACES - places);
        let doubled = factor.checked_mul(above)?.checked_mul(2)?;
        let steps = (doubled / below.checked_mul(grid)? + 1) / 2;
        let value = steps * grid;
        Some(if *is_capped { value.min(factor) } else { value })
    }
}

/// A working copy of the figures, in which the search tries changes.
#[derive(Clone, Debug)]
pub struct Figures {
    pub all: Vec<Figure>,
}

impl Figures {
    /// Puts a figure into a cell and gives back the one before.
    pub fn put(&mut self, cell: usize, value: Units) -> Figure {
        std::mem::replace(&mut self.all[cell], Figure { value, places: places_of(value) })
    }
}

/// The fewest decimals that show a value.
pub fn places_of(value: Units) -> u32 {
    let mut rest = value;
    let mut places = PLACES;
    while places > 0 && rest % 10 == 0 {
        rest /= 10;
        places -= 1;
    }
    places
}

/// The ends within which a sum holds.
fn bounds(sum: &Sum, tolerance: Units) -> (Option<Units>, Option<Units>) {
    // A difference at the sum of the halves is no rounding any more.
    let within = (tolerance - 1).max(0);
    let (low, high) = (Some(-within), Some(within));
    let (low, high) = match sum.compare {
        Compare::Equal => (low, high),
        Compare::AtLeast => (low, None),
        Compare::AtMost => (None, high),
    };
    (if sum.may_rise { None } else { low }, if sum.may_sink { None } else { high })
}

fn implied_by_sum(sum: &Sum, cell: usize, figures: &Figures) -> Option<Units> {
    // Blanks to come count as zero here; a range is known of the relation besides.
    if sum.compare != Compare::Equal {
        return None;
    }
    let (mut rest, mut own) = (sum.constant, 0);
    for term in &sum.terms {
        if term.cell == cell {
            own = term.coefficient;
        } else {
            rest = rest.saturating_add(term.coefficient.saturating_mul(figures.all[term.cell].value));
        }
    }
    (own != 0 && rest % own == 0).then(|| -rest / own)
}

/// a × b ÷ c, rounded down or up; `None` where it is too large to know.
fn mul_div(a: Units, b: Units, c: Units, up: bool) -> Option<Units> {
    let product = a.checked_mul(b)?;
    match c {
        0 => None,
        c if up => Some(ceil_div(product, c)),
        c => Some(floor_div(product, c)),
    }
}
