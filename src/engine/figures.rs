//! The figures of a filing, read once from its texts, and what a blank among them may stand for.

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
        let entries = layout
            .indexed()
            .map(|(at, field)| field.column.kind.measure().map(|measure| read_amount(layout.text(at), measure)))
            .collect();
        Self { layout, stage, entries }
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
        match self.entry(self.layout.find(key)?)? {
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
    /// What merely equals one figure elsewhere is no subtotal: that figure is offered, but it proves nothing here.
    fn blank(&self, at: FieldIndex) -> Option<Span> {
        let anything = match self.stage {
            Stage::Draft => Span { high: None, ..Span::ZERO },
            Stage::Final => Span::ZERO,
        };
        let Some(definition) = self.template().definition(&self.layout.field(at).key) else { return Some(anything) };
        let Shape::Linear { right, .. } = &self.template().relations()[definition].shape else { return Some(anything) };
        if !is_sum(right) {
            return Some(anything);
        }
        // Templates have no circles among definitions (see `compile`), so this ends.
        let parts = self.sum(&self.lay_out(right, None))?;
        // Parts that come to less than nothing miss something themselves.
        Some(if parts.filled && parts.point >= Decimal::ZERO { parts } else { anything })
    }

    /// The cells of one side of a relation, rows of groups included, in the order of the formula.
    pub fn lay_out(&self, side: &[SymbolicTerm], row: Option<(&str, &str)>) -> Vec<LaidTerm> {
        let mut laid = Vec::new();
        for term in side {
            match &term.what {
                Symbol::One => laid.push(LaidTerm { coefficient: term.coefficient, cell: None }),
                Symbol::Group { block, group, column } => {
                    let cells = self.layout.group_column(block, group, column);
                    laid.extend(
                        cells.into_iter().map(|cell| LaidTerm { coefficient: term.coefficient, cell: Some(cell) }),
                    );
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
            (Symbol::Column(column), Some((block, id))) => self.layout.find(&format!("{block}.{id}.{column}")),
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
            sum.point += span.point * term.coefficient;
            sum.low = sum.low.zip(low).map(|(sum, low)| sum + low * term.coefficient);
            sum.high = sum.high.zip(high).map(|(sum, high)| sum + high * term.coefficient);
            sum.half += span.half * term.coefficient.abs();
            sum.filled |= span.filled;
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
