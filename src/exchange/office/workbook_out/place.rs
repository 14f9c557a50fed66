//! The address of each cell of the form in the workbook.

use std::collections::BTreeMap;

use super::figure::Figure;
use super::plan::Plan;
use crate::engine::layout::Layout;

/// Where a cell of the form stands, and what number it is there.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub sheet: usize,
    /// First and last.
    pub rows: (usize, usize),
    pub columns: (usize, usize),
    /// None for texts, and where other text stands beside it.
    pub figure: Option<Figure>,
}

/// All cells of the form that have an address.
#[derive(Debug, Default)]
pub(super) struct Places {
    cells: BTreeMap<String, Place>,
    /// The names of the worksheets.
    pub names: Vec<String>,
}

impl Places {
    pub fn of(layout: &Layout<'_>, plans: &[Plan], names: Vec<String>) -> Self {
        let mut cells = BTreeMap::new();
        for (sheet, plan) in plans.iter().enumerate() {
            for placed in &plan.boxes {
                let figure = || {
                    let field = layout.field(layout.find(placed.key()?)?);
                    Figure::typed(&placed.text(), field.column.kind.measure()?)
                };
                for key in placed.runs.iter().filter_map(|run| run.key.as_ref()) {
                    let place = Place { sheet, rows: placed.rows, columns: placed.columns, figure: figure() };
                    cells.insert(key.clone(), place);
                }
            }
        }
        Self { cells, names }
    }

    pub fn get(&self, key: &str) -> Option<&Place> {
        self.cells.get(key)
    }

    /// `'基础数据表'!D5`.
    pub fn full_address(&self, place: &Place) -> String {
        let name = self.names.get(place.sheet).map(String::as_str).unwrap_or_default();
        ["'", &name.replace('\'', "''"), "'!", &place.address()].concat()
    }
}

impl Place {
    pub fn is_number(&self) -> bool {
        self.figure.is_some()
    }

    /// `D5`.
    pub fn address(&self) -> String {
        let mut letters = String::new();
        let mut column = self.columns.0 + 1;
        while column > 0 {
            let digit = u8::try_from((column - 1) % 26).unwrap_or_default();
            letters.insert(0, char::from(b'A' + digit));
            column = (column - 1) / 26;
        }
        letters + &(self.rows.0 + 1).to_string()
    }

    /// The address as a formula in another cell writes it.
    pub fn seen_from(&self, from: &Place, places: &Places) -> String {
        if self.sheet == from.sheet { self.address() } else { places.full_address(self) }
    }

    /// Whether the other one follows below without a gap.
    pub fn is_right_above(&self, below: &Place) -> bool {
        (self.sheet, self.columns, self.rows.1 + 1) == (below.sheet, below.columns, below.rows.0)
    }
}

/// Names that a spreadsheet allows: at most 31 characters, none of its own signs, none twice.
pub(super) fn sheet_names<'n>(wanted: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for wanted in wanted {
        let plain: String =
            wanted.chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c }).collect();
        let plain = plain.trim_matches(['\'', ' ']);
        let plain = if plain.is_empty() { "Sheet" } else { plain };
        let taken = |name: &str| names.iter().any(|known| known.to_lowercase() == name.to_lowercase());
        let numbered = |number: u32| match number {
            1 => cut(plain, 31),
            number => [&cut(plain, 25), " (", &number.to_string(), ")"].concat(),
        };
        if let Some(name) = (1..).map(numbered).find(|name| !taken(name)) {
            names.push(name);
        }
    }
    names
}

/// Excel counts UTF-16 units.
fn cut(name: &str, most: usize) -> String {
    let mut units = 0;
    name.chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= most
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Place, sheet_names};

    #[test]
    fn columns_are_letters() {
        for (column, address) in [(0, "A3"), (25, "Z3"), (26, "AA3"), (701, "ZZ3"), (702, "AAA3")] {
            let place = Place { sheet: 0, rows: (2, 2), columns: (column, column), figure: None };
            assert_eq!(place.address(), address);
        }
    }

    #[test]
    fn names_are_such_as_spreadsheets_allow() {
        assert_eq!(
            sheet_names(["自评表", "自评表", "收支/结余[一]", "'", "自评表", &"长".repeat(40)]),
            ["自评表", "自评表 (2)", "收支 结余 一", "Sheet", "自评表 (3)", &"长".repeat(31)]
        );
    }
}
