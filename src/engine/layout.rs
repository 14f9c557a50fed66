//! The cells that a filing has: the template's printed rows and the rows that people added, in the form's order.

mod index;

use crate::engine::amount::is_invisible;
use crate::engine::layout::index::Index;
use crate::engine::submission::{AddedRow, Submission};
use crate::engine::template::Template;
use crate::engine::template::spec::{BlockSpec, ColumnSpec, RowSpec, SheetSpec};

/// More letters of a name are cut where it is told; the cell keeps all of them.
const LONGEST_NAME: usize = 40;

/// A cell of a [`Layout`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldIndex(usize);

impl FieldIndex {
    /// Its place in [`Layout::fields`].
    pub fn index(self) -> usize {
        self.0
    }
}

/// One cell that a person fills, or that the form prints (`fixed`).
#[derive(Debug)]
pub struct Field<'a> {
    /// `block.row.column`.
    pub key: String,
    pub block: &'a BlockSpec,
    pub row: &'a RowSpec,
    /// The added row, in a group.
    pub added: Option<&'a AddedRow>,
    /// Its place in its group, from 1.
    pub position: usize,
    pub column: &'a ColumnSpec,
    /// As typed, or as the form prints it.
    text: &'a str,
}

impl Field<'_> {
    /// The text that the form itself prints in this cell, such as ——.
    pub fn fixed(&self) -> Option<&str> {
        self.row.fixed.get(&self.column.id).map(String::as_str)
    }

    pub fn required(&self) -> bool {
        self.row.required.contains(&self.column.id)
    }

    /// 填报说明: what the row counts, then what the cell or its column holds; one, both or neither. Nothing on the page, whose
    /// templates come without it.
    pub fn help(&self) -> impl Iterator<Item = &str> {
        let of_cell = self.row.cell_help.get(&self.column.id).or(self.column.help.as_ref());
        self.row.help.iter().chain(of_cell).map(String::as_str)
    }

    /// The cell as it may be filled, where the form tells one.
    pub fn example(&self) -> Option<&str> {
        self.row.examples.get(&self.column.id).or(self.column.example.as_ref()).map(String::as_str)
    }

    /// The row's id, as it stands in keys.
    pub fn row_id(&self) -> &str {
        self.added.map(|added| added.id.as_str()).or(self.row.id.as_deref()).unwrap_or_default()
    }
}

/// All cells of one filing.
#[derive(Debug)]
pub struct Layout<'a> {
    pub template: &'a Template,
    pub submission: &'a Submission,
    fields: Vec<Field<'a>>,
    index: Index,
}

impl<'a> Layout<'a> {
    pub fn of(template: &'a Template, submission: &'a Submission) -> Self {
        let mut fields = Vec::with_capacity(submission.cells.len() * 2);
        for block in &template.spec().blocks {
            for row in &block.rows {
                match (&row.id, &row.group) {
                    (Some(id), _) => push_row(&mut fields, (block, row), id, None),
                    (None, Some(group)) => {
                        for (at, added) in submission.groups.get(group).into_iter().flatten().enumerate() {
                            push_row(&mut fields, (block, row), &added.id, Some((added, at + 1)));
                        }
                    }
                    (None, None) => {}
                }
            }
        }
        let index = Index::of(&fields);
        for (key, text) in &submission.cells {
            if let Some(at) = index.find_key(&fields, key)
                && fields[at.0].fixed().is_none()
            {
                fields[at.0].text = text;
            }
        }
        Self { template, submission, fields, index }
    }

    pub fn fields(&self) -> &[Field<'a>] {
        &self.fields
    }

    /// The cells of one block.
    pub fn block_fields(&self, block: &str) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(move |field| field.block.id == block)
    }

    pub fn indexed(&self) -> impl Iterator<Item = (FieldIndex, &Field<'a>)> {
        self.fields.iter().enumerate().map(|(at, field)| (FieldIndex(at), field))
    }

    pub fn field(&self, at: FieldIndex) -> &Field<'a> {
        &self.fields[at.0]
    }

    pub fn find(&self, key: &str) -> Option<FieldIndex> {
        self.index.find_key(&self.fields, key)
    }

    /// The cell `block.row.column`.
    pub fn cell(&self, block: &str, row: &str, column: &str) -> Option<FieldIndex> {
        self.index.find(&self.fields, [block, row, column])
    }

    /// The text of a cell as typed, or as the form prints it.
    pub fn text(&self, at: FieldIndex) -> &'a str {
        self.fields[at.0].text
    }

    /// Cells of one column in the rows of a group.
    pub fn group_column(&self, block: &str, group: &str, column: &str) -> impl Iterator<Item = FieldIndex> {
        let rows = self.submission.groups.get(group).into_iter().flatten();
        rows.filter_map(move |row| self.cell(block, &row.id, column))
    }

    /// The short name of a cell for messages: `公用经费·2024年决算数`.
    pub fn label(&self, key: &str) -> String {
        let Some(field) = self.find(key).map(|at| self.field(at)) else { return key.to_owned() };
        let row = self.row_label(field);
        let column = plain(&self.heading(&field.column.label));
        match (row.is_empty(), column.is_empty()) {
            (false, false) => format!("{row}·{column}"),
            (false, true) => row,
            (true, false) => column,
            (true, true) => plain(&self.heading(&field.block.title)),
        }
    }

    /// The name of a cell with its sheet before it, for messages across sheets: `基础数据表 公用经费·2024年决算数`.
    pub fn label_with_sheet(&self, key: &str) -> String {
        let sheet = self.find(key).and_then(|at| self.sheet_of(self.field(at)));
        sheet.map_or_else(|| self.label(key), |sheet| format!("{} {}", sheet.tab, self.label(key)))
    }

    pub fn sheet_of(&self, field: &Field<'_>) -> Option<&'a SheetSpec> {
        self.template.sheet(&field.block.sheet)
    }

    /// What messages call the row: its name, the name that its added row was given, or its number.
    pub fn row_label(&self, field: &Field<'_>) -> String {
        if field.added.is_some() {
            let name_column = field
                .block
                .columns
                .iter()
                .find(|column| column.kind == crate::engine::template::spec::ColumnKind::Name);
            let named = name_column.map_or("", |column| {
                self.submission.text(&format!("{}.{}.{}", field.block.id, field.row_id(), column.id)).trim()
            });
            let named = short_name(named);
            if !named.is_empty() {
                return named;
            }
            return format!("{}（{}）", self.printed_row_name(field), field.position);
        }
        self.printed_row_name(field)
    }

    fn printed_row_name(&self, field: &Field<'_>) -> String {
        field.row.name.clone().unwrap_or_else(|| plain(&self.heading(&field.row.label)))
    }

    /// A heading with its years and level word put in.
    pub fn heading(&self, text: &str) -> String {
        heading(text, self.submission.year, &self.submission.level)
    }
}

/// A name that a person gave, as a sentence can hold it: not longer than a glance, on one line, and without the marks that
/// would turn the direction of what follows.
fn short_name(text: &str) -> String {
    let mut letters = text.chars().filter(|c| !is_invisible(*c) && *c != '\u{202e}');
    let mut name: String = letters.by_ref().take(LONGEST_NAME).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if letters.next().is_some() {
        name.push('…');
    }
    name
}

/// A heading with the evaluated year (`{Y}`), the year before (`{Y-1}`) and the level word (`{level}`) put in.
pub fn heading(text: &str, year: i32, level: &str) -> String {
    if !text.contains('{') {
        return text.to_owned();
    }
    text.replace("{Y-1}", &year.saturating_sub(1).to_string())
        .replace("{Y}", &year.to_string())
        .replace("{level}", level)
}

fn push_row<'a>(
    fields: &mut Vec<Field<'a>>,
    (block, row): (&'a BlockSpec, &'a RowSpec),
    id: &str,
    added: Option<(&'a AddedRow, usize)>,
) {
    for column in block.columns.iter().filter(|column| row.has(column)) {
        let key = [&block.id, ".", id, ".", &column.id].concat();
        let text = row.fixed.get(&column.id).map_or("", String::as_str);
        let (added, position) = added.map_or((None, 0), |(added, position)| (Some(added), position));
        fields.push(Field { key, block, row, added, position, column, text });
    }
}

/// The word that begins the parts of what stands before it, in labels and in sentences.
pub(crate) const WITHIN: &str = "其中";

/// A printed label without its numbering, 其中 and colon: `    其中：办公经费` → `办公经费`, `项目支出：` → `项目支出`.
pub fn plain(label: &str) -> String {
    let mut label = label.trim();
    loop {
        let before = label;
        label = label.strip_prefix(WITHIN).and_then(|label| label.strip_prefix('：')).unwrap_or(label).trim_start();
        let digits = label.len() - label.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0
            && let Some(rest) = label[digits..].strip_prefix('、')
        {
            label = rest.trim_start();
        }
        if label == before {
            break;
        }
    }
    let label = label.trim_end_matches('：').trim_end();
    // An explanation in brackets at the end, such as （一个专项一行）, is no part of the name.
    match label.find('（') {
        Some(at) if at > 0 && label.ends_with('）') => label[..at].to_owned(),
        _ => label.split_whitespace().collect::<String>(),
    }
}

#[cfg(test)]
mod tests {
    use super::{plain, short_name};

    #[test]
    fn names_are_told_short_and_in_one_direction() {
        let long = "长".repeat(300);
        for (given, told) in [
            ("老电影放映员补助", "老电影放映员补助"),
            ("补助\u{202e}321", "补助321"),
            ("两\n行", "两 行"),
            ("🎬放映", "🎬放映"),
            ("\u{202e}\u{200b}", ""),
            (long.as_str(), &format!("{}…", "长".repeat(40))),
        ] {
            assert_eq!(short_name(given), told, "{given:?}");
        }
    }

    #[test]
    fn labels_lose_numbering_and_of_which() {
        for (printed, short) in [
            ("三公经费", "三公经费"),
            ("1、公务用车购置和维护经费", "公务用车购置和维护经费"),
            ("其中：公车购置", "公车购置"),
            ("项目支出：", "项目支出"),
            ("3、区级专项资金（一个专项一行）", "区级专项资金"),
            ("规模控制率", "规模控制率"),
            ("水费、电费、差旅费", "水费、电费、差旅费"),
            ("2024年决算数", "2024年决算数"),
            ("批复规模（㎡）", "批复规模"),
        ] {
            assert_eq!(plain(printed), short);
        }
    }
}
