//! Looks up what the report of a template names.

use crate::engine::report::pattern::{self, Piece};
use crate::engine::template::compile::{Names, place_of};
use crate::engine::template::fault::Problem;
use crate::engine::template::spec::{Place, ReportSpec};

impl Names<'_> {
    pub(super) fn report(&mut self, report: &ReportSpec) {
        let sheets: Vec<&str> = self.spec.sheets.iter().map(|sheet| sheet.id.as_str()).collect();
        self.known("report.sheet", "sheet", &report.sheet, &sheets);
        for (s, section) in report.sections.iter().enumerate() {
            if report.sections[..s].iter().any(|before| before.id == section.id) {
                self.fault(format!("report.sections[{s}].id"), Problem::DuplicateName(section.id.clone()));
            }
        }
        let mut written: Vec<String> = Vec::new();
        for (s, section) in report.sections.iter().enumerate() {
            for (p, part) in section.parts.iter().enumerate() {
                let path = format!("report.sections[{s}].parts[{p}]");
                if let Some(cell) = &part.text {
                    self.words(&path, cell);
                    written.push(cell.clone());
                }
                let mut groups: Vec<String> = part.each.iter().cloned().collect();
                match part.sentence.as_deref().map(pattern::parse) {
                    None => {}
                    Some(Err(fault)) => self.fault(format!("{path}.sentence"), Problem::Pattern(fault)),
                    Some(Ok(pieces)) => {
                        let in_rows = pieces.iter().filter_map(|piece| match piece {
                            Piece::Rows { group, .. } => Some(group.clone()),
                            _ => None,
                        });
                        groups.extend(in_rows);
                        for (group, slot) in pattern::slots(&pieces) {
                            written.extend(self.slot(&path, group.or(part.each.as_deref()), slot));
                        }
                    }
                }
                self.known_groups(&path, &groups);
            }
        }
        for (r, read) in report.reads.iter().enumerate() {
            let path = format!("report.reads[{r}]");
            // A group is known by the words that lead its rows in.
            let cells: Vec<&String> = read.cells.iter().filter(|cell| place_of(&self.groups, cell).is_none()).collect();
            cells.into_iter().for_each(|cell| self.figure(&path, cell));
            if read.words.iter().any(|word| word.trim().is_empty()) {
                self.fault(format!("{path}.words"), Problem::EmptyWord);
            }
        }
        for (name, list) in [("neutral", &report.neutral), ("fillers", &report.fillers), ("other", &report.other)] {
            if list.iter().any(|word| word.trim().is_empty()) {
                self.fault(format!("report.{name}"), Problem::EmptyWord);
            }
        }
        self.unwritten(&written);
    }

    /// The cell of a slot by its full name, or by group and column in the rows of a group.
    fn slot(&mut self, path: &str, group: Option<&str>, slot: &str) -> Option<String> {
        match group.filter(|_| !slot.contains('.')) {
            Some(group) => {
                // In an unknown group every column would be unknown too.
                let place = place_of(&self.groups, group)?;
                let block = &self.spec.blocks[place.block];
                let columns: Vec<&str> = block.columns.iter().map(|column| column.id.as_str()).collect();
                self.known(path, "column", slot, &columns).then(|| format!("{group}.{slot}"))
            }
            None => {
                self.figure(path, slot);
                Some(slot.to_owned())
            }
        }
    }

    /// A cell of the report that stands in no sentence could not be filled.
    fn unwritten(&mut self, written: &[String]) {
        let spec = self.spec;
        for (at, block) in spec.blocks.iter().enumerate().filter(|(_, block)| block.place == Place::Prose) {
            for row in &block.rows {
                for column in block.columns.iter().filter(|column| row.has(column)) {
                    let key = match &row.group {
                        Some(group) => format!("{group}.{}", column.id),
                        None => format!("{}.{}.{}", block.id, row.id.as_deref().unwrap_or_default(), column.id),
                    };
                    if !written.contains(&key) {
                        self.fault(format!("blocks[{at}]"), Problem::NotWritten(key));
                    }
                }
            }
        }
    }
}
