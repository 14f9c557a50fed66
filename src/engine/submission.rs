//! A filing as it is stored: the texts as typed, the rows that are present, the answers to warnings.
//!
//! The typed text is the only stored value; figures are read from it each time, so nothing is ever lost in reading.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::engine::template::Template;

/// The name and version in the head of a submission file.
pub const FORMAT: &str = "gouji-submission";
/// Version of the file format. A file of a higher version is refused, never guessed at.
pub const FORMAT_VERSION: u32 = 1;
/// More added rows than any filing has; the page stays quick up to here.
pub const MOST_ROWS: usize = 2_000;

/// The name of the pasted text among [`Submission::report`].
pub const MATERIAL: &str = "material";
/// The name of the file that it was read from, where it was a file.
pub const MATERIAL_NAME: &str = "material_name";
/// Where a figure came from that was taken from a pasted text; else it is the name of the file.
pub const PASTED: &str = "pasted";
/// Where a figure came from that a person called right as it stands (此数无误).
pub const CONFIRMED: &str = "confirmed";
/// The name of what that text is, among [`Submission::report`]; where it is absent, of this year.
pub const MATERIAL_OF: &str = "material_of";
/// The material is last year's filing: only what this year's form says of last year is taken from it.
pub const LAST_YEAR: &str = "last_year";
/// A pasted text is no longer than this, in bytes: reports have some twenty thousand.
pub const LARGEST_MATERIAL: usize = 1024 * 1024;

/// One filing of one form.
#[derive(Clone, Debug, Serialize, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Submission {
    pub format: String,
    pub version: u32,
    /// The program that wrote the file, with its version.
    pub program: String,
    pub template: TemplateStamp,
    /// Tells drafts on one computer apart.
    pub draft_id: String,
    /// The evaluated year; headings and messages follow it.
    pub year: i32,
    /// The word for the level of government in labels, such as 区级.
    pub level: String,
    /// Texts as typed, by `block.row.column`. Blank cells are absent.
    pub cells: BTreeMap<String, String>,
    /// Rows added in each group, in their order. Groups without rows are absent.
    pub groups: BTreeMap<String, Vec<AddedRow>>,
    /// The number of the next added row; never goes back, so no key is used twice.
    pub next_row: u32,
    /// Texts kept beside the cells, by name: `material` is what was pasted to take figures from.
    #[serde(default)]
    pub report: BTreeMap<String, String>,
    /// Answers (审核说明) to warnings.
    #[serde(default)]
    pub notes: Vec<Note>,
    /// Where a figure came from, when it was not typed.
    #[serde(default)]
    pub provenance: BTreeMap<String, String>,
}

/// Which template a file belongs to.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TemplateStamp {
    pub id: String,
    pub version: String,
    /// SHA-256 of the template's content, in hexadecimal.
    pub hash: String,
}

/// A row that a person added.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AddedRow {
    /// Takes the row's place in keys: `block.id.column`.
    pub id: String,
    /// The rule (by code) that binds this indicator row to figures of the form, by the person's acceptance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<String>,
}

/// A 审核说明: why a warning is right as it stands.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Note {
    pub code: String,
    pub cells: Vec<String>,
    /// The texts of the cells when the note was written, in the order of `cells`.
    pub values: Vec<String>,
    pub text: String,
}

impl Submission {
    /// An empty filing: the template's preset cells and first rows, nothing else.
    pub fn blank(template: &Template, draft_id: &str) -> Self {
        let mut blank = Self {
            format: FORMAT.to_owned(),
            version: FORMAT_VERSION,
            program: crate::PROGRAM.to_owned(),
            template: template.stamp(),
            draft_id: draft_id.to_owned(),
            year: template.spec().year,
            level: template.spec().level_word.clone(),
            cells: BTreeMap::new(),
            groups: BTreeMap::new(),
            next_row: 1,
            report: BTreeMap::new(),
            notes: Vec::new(),
            provenance: BTreeMap::new(),
        };
        for block in &template.spec().blocks {
            for row in &block.rows {
                if let Some(group) = &row.group {
                    for _ in 0..row.initial {
                        let id = blank.take_row_id();
                        blank.groups.entry(group.clone()).or_default().push(AddedRow { id, bound: None });
                    }
                }
                if let Some(id) = &row.id {
                    for (column, text) in &row.preset {
                        blank.cells.insert(format!("{}.{id}.{column}", block.id), text.clone());
                    }
                }
            }
        }
        blank
    }

    /// Text of a cell as typed; empty where it is blank.
    pub fn text(&self, key: &str) -> &str {
        self.cells.get(key).map_or("", String::as_str)
    }

    /// Whether what a cell holds was kept from last year's filing, and nobody has looked at it yet.
    pub fn is_of_last_year(&self, key: &str) -> bool {
        self.provenance.get(key).is_some_and(|source| source == LAST_YEAR)
    }

    /// All of those cells, by key.
    pub fn of_last_year(&self) -> Vec<String> {
        self.provenance.keys().filter(|key| self.is_of_last_year(key)).cloned().collect()
    }

    /// Whether the pasted text is last year's filing.
    pub fn has_material_of_last_year(&self) -> bool {
        self.report.get(MATERIAL_OF).is_some_and(|of| of == LAST_YEAR)
    }

    /// A row id that was never used in this filing.
    pub fn take_row_id(&mut self) -> String {
        let id = format!("r{}", self.next_row);
        self.next_row += 1;
        id
    }
}
