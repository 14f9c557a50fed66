//! Looks up what the report of a template names.

use crate::engine::report::pattern;
use crate::engine::template::compile::Names;
use crate::engine::template::fault::Problem;
use crate::engine::template::spec::{Place, ReportSpec};

impl Names<'_> {
    pub(super) fn report(&mut self, report: &ReportSpec) {
        let sheets: Vec<&str> = self.spec.sheets.iter().map(|sheet| sheet.id.as_str()).collect();
        self.known("report.sheet", "sheet", &report.sheet, &sheets);
        self.unique("report.sections", report.sections.iter().map(|section| section.id.as_str()));
        let mut written: Vec<String> = Vec::new();
        for (s, section) in report.sections.iter().enumerate() {
            for (p, part) in section.parts.iter().enumerate() {
                let path = format!("report.sections[{s}].parts[{p}]");
                if let Some(cell) = &part.text {
                    self.words(&path, cell);
                    written.push(cell.clone());
                }
                if let Some(group) = &part.each {
                    self.known_groups(&path, std::slice::from_ref(group));
                }
                let Some(sentence) = &part.sentence else { continue };
                match pattern::parse(sentence) {
                    Err(fault) => self.fault(format!("{path}.sentence"), Problem::Pattern(fault)),
                    Ok(pieces) => {
                        for (group, slot) in pattern::slots(&pieces) {
                            written.extend(self.slot(&path, group.or(part.each.as_deref()), slot));
                        }
                    }
                }
            }
        }
        for (r, read) in report.reads.iter().enumerate() {
            let path = format!("report.reads[{r}]");
            // A group is known by the words that lead its rows in.
            let cells: Vec<&String> = read.cells.iter().filter(|cell| !self.groups.contains_key(*cell)).collect();
            cells.into_iter().for_each(|cell| self.figure(&path, cell));
            if read.words.iter().any(|word| word.trim().is_empty()) {
                self.fault(path, Problem::EmptyWord);
            }
        }
        for list in [&report.neutral, &report.fillers, &report.other] {
            if list.iter().any(|word| word.trim().is_empty()) {
                self.fault("report", Problem::EmptyWord);
            }
        }
        self.unwritten(&written);
    }

    /// The cell of a slot as a key: of a column in the rows of a group, or by its own full name.
    fn slot(&mut self, path: &str, group: Option<&str>, slot: &str) -> Option<String> {
        let place = group.and_then(|group| self.groups.get(group)).map(|at| self.places[*at]);
        match place {
            Some(place) if !slot.contains('.') => {
                let block = &self.spec.blocks[place.block];
                let columns: Vec<&str> = block.columns.iter().map(|column| column.id.as_str()).collect();
                self.known(path, "column", slot, &columns).then(|| format!("{}..{slot}", block.id))
            }
            _ => {
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
                    let key = format!("{}.{}.{}", block.id, row.id.as_deref().unwrap_or_default(), column.id);
                    if !written.contains(&key) {
                        self.fault(format!("blocks[{at}]"), Problem::NotWritten(key));
                    }
                }
            }
        }
    }
}
