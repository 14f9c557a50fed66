//! The figures of a filing, read once from its texts, and what a blank among them may stand for.

use std::cell::OnceCell;

use rust_decimal::Decimal;

use crate::engine::amount::{Entry, read_amount};
use crate::engine::evaluation::Stage;
use crate::engine::layout::{FieldIndex, Layout};
use crate::engine::template::{Shape, Symbol, SymbolicTerm, Template};

/// Every cell of a layout as it was read.
#[derive(Debug)]
pub struct Figures<'a> {
    layout: &'a Layout<'a>,
    stage: Stage,
    /// In the order of the layout; `None` for words.
    entries: Vec<Option<Entry>>,
    /// What each cell may stand for, found when it is first asked for: several relations ask for the same subtotal.
    spans: Vec<OnceCell<Option<Span>>>,
}

/// The values that a cell (or a sum) may have: money here is never negative, so a blank is [0, ∞).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The value with every blank at zero.
    pub point: Decimal,
    /// `None`: no lower end.
    pub low: Option<Decimal>,
    /// `None`: no upper end.
    pub high: Option<Decimal>,
    /// How far rounding may have moved it, either way.
    pub half: Decimal,
    /// Whether a person entered any part of it.
    pub filled: bool,
}

impl Span {
    const ZERO: Self = Self {
        point: Decimal::ZERO,
        low: Some(Decimal::ZERO),
        high: Some(Decimal::ZERO),
        half: Decimal::ZERO,
        filled: false,
    };

    fn exactly(value: Decimal, half: Decimal) -> Self {
        Self { point: value, low: Some(value), high: Some(value), half, filled: true }
    }
}

impl<'a> Figures<'a> {
    pub fn read(layout: &'a Layout<'a>, stage: Stage) -> Self {
        let entries: Vec<Option<Entry>> = layout
            .indexed()
            .map(|(at, field)| field.column.kind.measure().map(|measure| read_amount(layout.text(at), measure)))
            .collect();
        let spans = vec![OnceCell::new(); entries.len()];
        Self { layout, stage, entries, spans }
    }

    /// The same form with other figures in these cells.
    pub fn with(&self, figures: impl Iterator<Item = (FieldIndex, Decimal)>) -> Self {
        let mut entries = self.entries.clone();
        for (at, value) in figures {
            if let Some(measure) = self.layout.field(at).column.kind.measure() {
                entries[at.index()] = Some(read_amount(&value.to_string(), measure));
            }
        }
        let spans = vec![OnceCell::new(); entries.len()];
        Self { layout: self.layout, stage: self.stage, entries, spans }
    }

    pub fn layout(&self) -> &'a Layout<'a> {
        self.layout
    }

    pub fn stage(&self) -> Stage {
        self.stage
    }

    pub fn template(&self) -> &'a Template {
        self.layout.template
    }

    /// The cell as it was read; `None` for words.
    pub fn entry(&self, at: FieldIndex) -> Option<&Entry> {
        self.entries.get(at.index()).and_then(Option::as_ref)
    }

    /// The figure in a cell; `None` for a blank, a ——, or what cannot be read.
    pub fn value(&self, key: &str) -> Option<Decimal> {
        self.value_at(self.layout.find(key)?)
    }

    /// The same of a cell that is found already.
    pub fn value_at(&self, at: FieldIndex) -> Option<Decimal> {
        match self.entry(at)? {
            Entry::Number(amount) => Some(amount.value),
            _ => None,
        }
    }

    /// How far rounding may have moved the figure in a cell.
    pub fn half(&self, key: &str) -> Decimal {
        self.layout.find(key).and_then(|at| self.span(at)).map_or(Decimal::ZERO, |span| span.half)
    }

    /// What the cell may stand for; `None` when its text cannot be read.
    pub fn span(&self, at: FieldIndex) -> Option<Span> {
        *self.spans.get(at.index())?.get_or_init(|| self.find_span(at))
    }

    fn find_span(&self, at: FieldIndex) -> Option<Span> {
        let measure = self.layout.field(at).column.kind.measure()?;
        match self.entry(at)? {
            Entry::Unreadable(_) => None,
            // —— , / and 无 are zero in a sum.
            Entry::NotApplicable => Some(Span::exactly(Decimal::ZERO, Decimal::ZERO)),
            Entry::Number(amount) => Some(Span::exactly(amount.value, amount.half_place(measure))),
            Entry::Blank => self.blank(at),
        }
    }

    /// A blank subtotal stands for the range of its parts, any other blank for [0, ∞) while filling and for 0 at the end.
    fn blank(&self, at: FieldIndex) -> Option<Span> {
        let anything = match self.stage {
            Stage::Draft => Span { high: None, ..Span::ZERO },
            Stage::Final => Span::ZERO,
        };
        let Some(parts) = self.parts_of(at) else { return Some(anything) };
        // Templates have no circles among definitions (see `compile`), so this ends.
        let parts = self.sum(&parts)?;
        // Parts that come to less than nothing miss something themselves.
        Some(if parts.filled && parts.point >= Decimal::ZERO { parts } else { anything })
    }

    /// The parts of a subtotal, by its definition. What merely equals one figure elsewhere is no subtotal: that figure is
    /// offered, but it proves nothing here.
    pub fn parts_of(&self, at: FieldIndex) -> Option<Vec<LaidTerm>> {
        let definition = self.template().definition(&self.layout.field(at).key)?;
        let Shape::Linear { right, .. } = &self.template().relations()[definition].shape else { return None };
        is_sum(right).then(|| self.lay_out(right, None))
    }

    /// The cells of one side of a relation, rows of groups included, in the order of the formula.
    pub fn lay_out(&self, side: &[SymbolicTerm], row: Option<(&str, &str)>) -> Vec<LaidTerm> {
        let mut laid = Vec::with_capacity(side.len());
        for term in side {
            match &term.what {
                Symbol::One => laid.push(LaidTerm { coefficient: term.coefficient, cell: None }),
                Symbol::Group { block, group, column } => {
                    let cells = self.layout.group_column(block, group, column);
                    laid.extend(cells.map(|cell| LaidTerm { coefficient: term.coefficient, cell: Some(cell) }));
                }
                symbol => {
                    let cell = self.resolve(symbol, row);
                    laid.extend(cell.map(|cell| LaidTerm { coefficient: term.coefficient, cell: Some(cell) }));
                }
            }
        }
        laid
    }

    /// The cell that a symbol names, in the given row (block and row id) where it is a column.
    pub fn resolve(&self, symbol: &Symbol, row: Option<(&str, &str)>) -> Option<FieldIndex> {
        match (symbol, row) {
            (Symbol::Cell(key), _) => self.layout.find(key),
            (Symbol::Column(column), Some((block, id))) => self.layout.cell(block, id, column),
            _ => None,
        }
    }

    /// The range of a side; `None` when one of its texts cannot be read.
    pub fn sum(&self, side: &[LaidTerm]) -> Option<Span> {
        let mut sum = Span::ZERO;
        for term in side {
            let span = match term.cell {
                Some(cell) => self.span(cell)?,
                None => Span { filled: false, ..Span::exactly(Decimal::ONE, Decimal::ZERO) },
            };
            let (low, high) =
                if term.coefficient >= Decimal::ZERO { (span.low, span.high) } else { (span.high, span.low) };
            // Nearly every coefficient is one, and a product of decimals costs more than all else here.
            let times = |value: Decimal| {
                if term.coefficient == Decimal::ONE { value } else { value * term.coefficient }
            };
            let add = |sum: Option<Decimal>, bound: Option<Decimal>| Some(sum? + times(bound?));
            // `+=` would bring another copy of the addition into the page.
            sum = Span {
                point: sum.point + times(span.point),
                low: add(sum.low, low),
                high: add(sum.high, high),
                half: sum.half + times(span.half).abs(),
                filled: sum.filled | span.filled,
            };
        }
        Some(sum)
    }
}

fn is_sum(side: &[SymbolicTerm]) -> bool {
    side.len() > 1 || side.iter().any(|term| matches!(term.what, Symbol::Group { .. }))
}

/// A term of a relation as it is laid out over the rows present. A term without a cell is a bare number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LaidTerm {
    pub coefficient: Decimal,
    pub cell: Option<FieldIndex>,
}
