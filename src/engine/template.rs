//! A form as data: its sheets, rows and columns, what must agree in it, how it is scored.
//!
//! Reading one looks every name up once, so that nothing later can fail; it reports all faults together.

mod compile;
pub mod fault;
pub mod formula;
#[cfg(not(target_arch = "wasm32"))]
pub mod localisability;
pub(crate) mod read;
pub mod spec;

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use crate::engine::submission::TemplateStamp;
use crate::engine::template::fault::{Fault, Problem};
use crate::engine::template::formula::Comparison;
use crate::engine::template::spec::{
    BlockSpec, ColumnKind, ColumnSpec, Place, RelationSpec, RowSpec, ScoringSpec, SheetSpec, TemplateSpec,
};
use crate::engine::tree::{self, Misfits, Value};

/// A form that is known to be sound.
#[derive(Debug)]
pub struct Template {
    spec: TemplateSpec,
    hash: String,
    relations: Vec<Relation>,
    /// By the name of the group. A list, as there are few.
    groups: Vec<(String, GroupPlace)>,
    /// Blank cell → the relation whose right side gives its value; in the order of the cells' keys.
    defines: Vec<(String, usize)>,
}

/// Where a group of added rows stands.
#[derive(Clone, Copy, Debug)]
pub struct GroupPlace {
    pub block: usize,
    pub row: usize,
}

/// A relation of one column (or of each row of a group), with its names looked up.
#[derive(Clone, Debug)]
pub struct Relation {
    /// Index into the template's list of relations as written.
    pub spec: usize,
    pub shape: Shape,
    /// The block and group in each of whose rows it holds.
    pub each_row: Option<(String, String)>,
    /// Cells of which the first below the second softens the level.
    pub softer: Option<(String, String)>,
    /// Whether the cell on the left, when blank, is given by the right side.
    pub derives: bool,
}

#[derive(Clone, Debug)]
pub enum Shape {
    Linear { left: Vec<SymbolicTerm>, comparison: Comparison, right: Vec<SymbolicTerm> },
    Rate { rate: Symbol, numerator: Symbol, denominator: Symbol },
}

#[derive(Clone, Debug)]
pub struct SymbolicTerm {
    pub coefficient: Decimal,
    pub what: Symbol,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Symbol {
    Cell(String),
    /// A column in the row at hand, where a relation holds in each row.
    Column(String),
    /// The sum of a column over the rows of a group.
    Group {
        block: String,
        group: String,
        column: String,
    },
    One,
}

impl Template {
    /// Reads a template in the canonical JSON that the tooling makes of its file: no spaces, keys in order. Comments and
    /// layout of the file are gone in it, so its SHA-256 stamps the content alone.
    pub fn from_json(text: &str) -> Result<Self, Vec<Fault>> {
        let tree = tree::parse(text).map_err(|broken| {
            let syntax = format!("no JSON from column {} on", broken.column);
            vec![Fault { line: Some(broken.line), ..Fault::new("", Problem::Syntax(syntax)) }]
        })?;
        Self::from_tree(&tree, content_hash(text))
    }

    /// Reads a template of which the tooling has found the hash already: the page has no code to make one.
    pub fn from_stamped_json(text: &str, hash: &str) -> Option<Self> {
        let mut misfits = Misfits::default();
        let spec = read::read(&tree::parse(text).ok()?, &mut misfits)?;
        // A text from elsewhere is refused; nobody is told what is wrong with it.
        compile::compile(spec, hash.to_owned()).ok().filter(|_| misfits.found.is_empty())
    }

    /// Reads a template's tree and looks all of its names up.
    fn from_tree(tree: &Value, hash: String) -> Result<Self, Vec<Fault>> {
        let mut misfits = Misfits::default();
        let spec = read::read(tree, &mut misfits);
        if compile::IS_KNOWN_SOUND {
            // What is wrong with it, nobody asks there.
            return spec.map_or_else(|| Err(Vec::new()), |spec| compile::compile(spec, hash));
        }
        let mut faults: Vec<Fault> = misfits.found.into_iter().map(Fault::from).collect();
        match spec.map(|spec| compile::compile(spec, hash)) {
            Some(Ok(template)) if faults.is_empty() => return Ok(template),
            Some(Err(mut found)) => {
                for fault in &mut found {
                    fault.path = as_written(&fault.path, &misfits.left_out);
                }
                faults.append(&mut found);
            }
            Some(Ok(_)) | None => {}
        }
        Err(faults)
    }

    pub fn spec(&self) -> &TemplateSpec {
        &self.spec
    }

    /// Id, version and content hash, as they stand in every file.
    pub fn stamp(&self) -> TemplateStamp {
        TemplateStamp { id: self.spec.id.clone(), version: self.spec.version.clone(), hash: self.hash.clone() }
    }

    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    pub fn relation_spec(&self, relation: &Relation) -> &RelationSpec {
        &self.spec.relations[relation.spec]
    }

    /// The relation whose right side gives the value of a blank cell.
    pub fn definition(&self, key: &str) -> Option<usize> {
        compile::defined_by(&self.defines, key)
    }

    pub fn group(&self, group: &str) -> Option<GroupPlace> {
        compile::place_of(&self.groups, group)
    }

    pub fn block(&self, id: &str) -> Option<&BlockSpec> {
        self.spec.blocks.iter().find(|block| block.id == id)
    }

    pub fn sheet(&self, id: &str) -> Option<&SheetSpec> {
        self.spec.sheets.iter().find(|sheet| sheet.id == id)
    }

    pub fn scoring(&self) -> Option<&ScoringSpec> {
        self.spec.scoring.as_ref()
    }
}

impl BlockSpec {
    /// Whether a title stands down the left side of its lines.
    pub fn has_side(&self) -> bool {
        matches!(self.place, Place::Side | Place::Joined)
    }

    /// Columns that stand in the table by themselves: in a plain block, the name of an added row stands in the label.
    pub fn visible_columns(&self) -> impl Iterator<Item = &ColumnSpec> {
        let in_label = self.heads.is_empty();
        self.columns.iter().filter(move |column| !(in_label && column.kind == ColumnKind::Name))
    }

    /// Whether rows have a label in front of their cells.
    pub fn has_labels(&self) -> bool {
        self.heads.is_empty() && self.rows.iter().any(|row| !row.label.is_empty())
            || self.columns.len() > self.visible_columns().count()
    }

    /// How many columns of the grid a label covers, or the title in its place.
    pub fn label_span(&self) -> usize {
        let has_room = self.has_labels() || self.place == Place::Corner && self.heads.is_empty();
        self.label.unwrap_or(usize::from(has_room))
    }

    /// How many columns of the grid a line of the block covers, without a title at its side.
    pub fn covered(&self) -> usize {
        self.label_span() + self.heads.len() + self.visible_columns().map(|column| column.span).sum::<usize>()
    }
}

impl RowSpec {
    /// Whether the row has a cell in this column. Only added rows have a cell for their name.
    pub fn has(&self, column: &ColumnSpec) -> bool {
        let named = column.kind != ColumnKind::Name || self.group.is_some();
        named && self.only.as_ref().is_none_or(|only| only.contains(&column.id))
    }
}

/// The path of a fault in the list as written: items before it were left out when it was found.
fn as_written(path: &str, left_out: &[(String, usize)]) -> String {
    let numbered = || {
        let (list, rest) = path.split_once('[')?;
        let (index, rest) = rest.split_once(']')?;
        let mut index: usize = index.parse().ok()?;
        for (_, gone) in left_out.iter().filter(|(from, _)| from == list) {
            // In order, so that each stands where it stood.
            index += usize::from(*gone <= index);
        }
        Some(format!("{list}[{index}]{rest}"))
    };
    numbered().unwrap_or_else(|| path.to_owned())
}

/// SHA-256 of a template in canonical JSON, in hexadecimal.
pub fn content_hash(canonical: &str) -> String {
    Sha256::digest(canonical.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
