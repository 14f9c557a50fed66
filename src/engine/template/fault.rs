//! What is wrong with a template file: all of it at once, each at its place.

use std::fmt;

use crate::engine::report::pattern::PatternFault;
use crate::engine::template::formula::FormulaFault;
use crate::engine::tree::{Misfit, Mismatch};

/// One fault of a template file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The place in the file's own terms, such as `relations[2].formula`.
    pub path: String,
    /// The line, where the reader of the file's format knows it; from 1.
    pub line: Option<usize>,
    /// The line itself with carets under the place, where known.
    pub excerpt: Option<String>,
    pub problem: Problem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The file is no TOML or JSON. The reader's own words.
    Syntax(String),
    /// A key or value is not what is due at its place.
    Shape(Mismatch),
    DuplicateCode(String),
    DuplicateName(String),
    UnknownName {
        name: String,
        among: &'static str,
        near: Option<String>,
    },
    Formula {
        text: String,
        fault: FormulaFault,
    },
    /// Cells that would be derived from each other.
    Circular(Vec<String>),
    /// The preset points of the form.
    PointsSum(String),
    /// A row must be a printed row or a group.
    RowNeither,
    /// A relation mixes measures that cannot be added.
    NoFigure(String),
    /// A rule that reads words names a cell of figures.
    NoWords(String),
    /// An empty word in a list of words; it would match every text.
    EmptyWord,
    /// A right word that does not have the slip in it which it excuses.
    NoSlipWithin(String),
    /// A line of a sheet does not cover the columns of its grid.
    Grid {
        covered: usize,
        columns: usize,
    },
    /// A sentence of the report.
    Pattern(PatternFault),
    /// A cell of the report that stands in none of its sentences.
    NotWritten(String),
    /// A kind of rule that needs `[scoring]`.
    NeedsScoring,
    /// A column that cannot carry another one's figures of last year.
    LastYear(String),
    /// No code of an account or of a class of accounts.
    AccountCode(String),
}

impl Fault {
    pub fn new(path: impl Into<String>, problem: Problem) -> Self {
        Self { path: path.into(), line: None, excerpt: None, problem }
    }
}

impl From<Misfit> for Fault {
    fn from(Misfit { path, mismatch }: Misfit) -> Self {
        Self::new(path, Problem::Shape(mismatch))
    }
}

/// For the author of a template, who works in a text editor.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        match &self.problem {
            Problem::Syntax(words) => write!(f, "{words}"),
            Problem::Shape(mismatch) => write!(f, "{mismatch}"),
            Problem::DuplicateCode(code) => {
                write!(f, "code {code} is used twice; codes are quoted by people and must be unique")
            }
            Problem::DuplicateName(name) => write!(f, "`{name}` is declared twice"),
            Problem::UnknownName { name, among, near } => {
                write!(f, "there is no {among} `{name}`")?;
                near.as_ref().map_or(Ok(()), |near| write!(f, "; did you mean `{near}`?"))
            }
            Problem::Formula { text, fault } => {
                write!(f, "expected {}\n    {text}\n    {}^", fault.expected, " ".repeat(fault.at))
            }
            Problem::Circular(cells) => write!(f, "derived in a circle: {}", cells.join(" → ")),
            Problem::PointsSum(sum) => write!(f, "the preset points sum to {sum}, not 100"),
            Problem::RowNeither => {
                write!(f, "a row needs either `id` (printed) or `group` (added by people), and not both")
            }
            Problem::NoFigure(name) => write!(f, "`{name}` holds words, not a figure"),
            Problem::NoWords(name) => write!(f, "`{name}` holds a figure, not words"),
            Problem::EmptyWord => write!(f, "a list of words has an empty word, which would match every text"),
            Problem::NoSlipWithin(word) => {
                write!(f, "`{word}` does not have the wrong word in it, so it excuses nothing")
            }
            Problem::Grid { covered, columns } => {
                write!(f, "a line covers {covered} columns, but the sheet's grid has {columns}")
            }
            Problem::Pattern(fault) => f.write_str(match fault {
                PatternFault::Bracket => "a bracket of the sentence is not closed, or closed without being opened",
                PatternFault::NoName => "`[]` needs the name of a cell",
                PatternFault::NoGroup => "`{*` needs the name of a group and a colon",
                PatternFault::Nested => "`{?…}` and `{*…}` do not stand in each other",
            }),
            Problem::NotWritten(key) => write!(f, "no sentence of the report has a place for `{key}`"),
            Problem::NeedsScoring => write!(f, "this kind of rule needs a [scoring] section"),
            Problem::LastYear(name) => {
                write!(f, "last year's `{name}` cannot stand here: it is this column, or one of another kind")
            }
            Problem::AccountCode(code) => {
                write!(f, "`{code}` is no code: an account has five digits, a class of accounts three")
            }
        }?;
        self.excerpt.as_ref().map_or(Ok(()), |excerpt| write!(f, "\n{excerpt}"))
    }
}
