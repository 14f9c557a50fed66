//! The lines of one block: its title and headings, printed rows, added rows, the tree of indicators.

use crate::engine::layout::plain;
use crate::engine::submission::AddedRow;
use crate::engine::template::spec::{BlockSpec, ColumnKind, ColumnSpec, Place, RowSpec};
use crate::render::html::{element, escape};
use crate::render::{Band, Cover, Draw, Line, Medium};
use crate::words::page;

const ONE: Cover = (1, 1);

impl Draw<'_> {
    /// The table of a block.
    pub(super) fn block(&self, block: &BlockSpec) -> Band {
        let title = self.layout.heading(&block.title);
        let mut band = Band {
            class: ["block block-", &block.id].concat(),
            title: title.clone(),
            covered: block.covered(),
            ..Band::default()
        };
        band.side = (block.place == Place::Side).then(|| title.clone());
        let headings = self.headings(block);
        let is_tree = !block.heads.is_empty();
        let lines = if is_tree { self.tree(block, &mut band.tail) } else { self.rows(block) };
        // The cell above the labels, or down to the last row where there are none.
        let height = if block.has_labels() { 1 } else { lines.len() + usize::from(!headings.is_empty()) };
        let corner = match block.place {
            Place::Corner => self.heading("corner", "col", (height, block.label_span()), &escape(&title)),
            _ if is_tree && block.has_side() => self.heading("side", "col", ONE, ""),
            _ if block.label_span() > 0 && !headings.is_empty() => self.empty(block.label_span()),
            _ => String::new(),
        };
        let repeats = is_tree || block.place == Place::Corner && block.has_labels();
        if repeats && !headings.is_empty() {
            band.head = corner + &headings;
            band.lines = lines;
            return band;
        }
        if !headings.is_empty() {
            band.lines.push(Line { attributes: String::new(), cells: headings });
        }
        band.lines.extend(lines);
        if let Some(first) = band.lines.first_mut() {
            first.cells.insert_str(0, &corner);
        }
        band
    }

    /// A block outside of the table: labels with their blanks, in a line.
    pub(super) fn fields(&self, block: &BlockSpec) -> String {
        let mut fields = String::new();
        for row in &block.rows {
            let label = element("span", &[("class", "label")], &escape(&self.layout.heading(&row.label)));
            for column in block.columns.iter().filter(|column| row.has(column)) {
                let content = self.content(block, row, row.id.as_deref().unwrap_or_default(), column);
                fields.push_str(&element("span", &[("class", "field")], &[label.as_str(), &content].concat()));
            }
        }
        element("div", &[("class", &["fields block-", &block.id].concat())], &fields)
    }

    /// The line of column headings, where the columns have names.
    fn headings(&self, block: &BlockSpec) -> String {
        if block.visible_columns().all(|column| column.label.is_empty()) {
            return String::new();
        }
        let name = |text: &str, span| self.heading("", "col", (1, span), &escape(&self.layout.heading(text)));
        let heads = block.heads.iter().map(|head| name(head, 1));
        heads.chain(block.visible_columns().map(|column| name(&column.label, column.span))).collect()
    }

    /// Rows under each other; the name of an added row stands in its label's place.
    fn rows(&self, block: &BlockSpec) -> Vec<Line> {
        let label_span = if block.has_labels() { block.label_span() } else { 0 };
        // A figure that stands in one box with its label.
        let inline = if block.place == Place::Joined { " inline" } else { "" };
        let mut lines = Vec::new();
        for spec in &block.rows {
            let class = ["label indent-", &spec.indent.to_string(), inline].concat();
            let label = |inner: &str| match label_span {
                0 => String::new(),
                span => self.heading(&class, "row", (1, span), inner),
            };
            if let Some(id) = &spec.id {
                let label = label(&escape(&self.layout.heading(&spec.label)));
                lines.push(Line { attributes: String::new(), cells: label + &self.cells(block, spec, id, "") });
                continue;
            }
            let present = self.present(spec);
            for added in present {
                let tools = self.tools(spec, added);
                let name = block.columns.iter().find(|column| column.kind == ColumnKind::Name);
                let cells = match name {
                    Some(column) => {
                        let name = self.content(block, spec, &added.id, column);
                        label(&named(&name, &tools)) + &self.cells(block, spec, &added.id, "")
                    }
                    None => self.cells(block, spec, &added.id, &tools),
                };
                lines.push(Line { attributes: row_attributes(added), cells });
            }
            // The official form has a line here all the same.
            if present.is_empty() && (self.medium.is_screen() || block.rows.len() == 1) {
                let columns = block.visible_columns().map(|column| column.span).sum();
                let add = self.add_button(spec);
                let cells = match label_span {
                    0 => self.data("", columns, &add),
                    _ => label(&add) + &self.empty(columns),
                };
                lines.push(Line { attributes: String::new(), cells });
            }
        }
        lines
    }

    /// Indicator rows under their 二级, which stand under their 一级, in merged cells.
    fn tree(&self, block: &BlockSpec, tail: &mut Vec<Line>) -> Vec<Line> {
        let mut lines = Vec::new();
        for upper in &block.rows {
            let Some(id) = &upper.id else { continue };
            let groups: Vec<&RowSpec> = block.rows.iter().filter(|row| row.under.as_ref() == Some(id)).collect();
            let label = escape(&self.layout.heading(&upper.label));
            if groups.is_empty() {
                tail.push(Line { attributes: String::new(), cells: self.total(block, upper, id, &label) });
                continue;
            }
            let height = groups.iter().map(|group| self.present(group).len().max(1)).sum();
            let points = self.points(block, upper, id);
            let mut lead = self.heading("level-one", "rowgroup", (height, 1), &(label + &points));
            for group in groups {
                let present = self.present(group);
                let mut name = escape(&self.layout.heading(&group.label));
                if present.is_empty() {
                    name.push_str(&self.add_button(group));
                }
                lead += &self.heading("level-two", "rowgroup", (present.len().max(1), 1), &name);
                if present.is_empty() {
                    let columns = block.columns.iter().map(|column| column.span).sum();
                    lines.push(Line { attributes: String::new(), cells: lead + &self.empty(columns) });
                    lead = String::new();
                }
                for added in present {
                    let tools = self.tools(group, added);
                    let cells = std::mem::take(&mut lead) + &self.cells(block, group, &added.id, &tools);
                    lines.push(Line { attributes: row_attributes(added), cells });
                }
            }
        }
        lines
    }

    /// The points of a 一级 behind its label, in the form's brackets.
    fn points(&self, block: &BlockSpec, upper: &RowSpec, id: &str) -> String {
        let mut points = String::new();
        for column in block.columns.iter().filter(|column| upper.has(column)) {
            let (before, after) =
                upper.points.as_deref().and_then(|around| around.split_once("{}")).unwrap_or_default();
            let cell = self.content(block, upper, id, column);
            points.push_str(&element(
                "span",
                &[("class", "points")],
                &[escape(before).as_str(), &cell, &escape(after)].concat(),
            ));
        }
        points
    }

    /// A line below the tree, such as 总分: its label reaches to its first figure.
    fn total(&self, block: &BlockSpec, spec: &RowSpec, id: &str, label: &str) -> String {
        let before =
            block.columns.iter().take_while(|column| !spec.has(column)).map(|column| column.span).sum::<usize>();
        let span = usize::from(block.has_side()) + block.heads.len() + before;
        let mut cells = self.heading("total", "row", (1, span), label);
        for column in block.columns.iter().skip_while(|column| !spec.has(column)) {
            cells += &self.cell(block, spec, id, column, "");
        }
        cells
    }

    fn cells(&self, block: &BlockSpec, spec: &RowSpec, id: &str, tools: &str) -> String {
        let columns: Vec<&ColumnSpec> = block.visible_columns().collect();
        // Beside the name of the row; where it has none, in its last cell, next to the margin.
        let at = columns.iter().position(|column| column.kind == ColumnKind::Name).unwrap_or(columns.len() - 1);
        let with = |number: usize| if number == at { tools } else { "" };
        columns.iter().enumerate().map(|(number, column)| self.cell(block, spec, id, column, with(number))).collect()
    }

    fn cell(&self, block: &BlockSpec, spec: &RowSpec, id: &str, column: &ColumnSpec, tools: &str) -> String {
        if !spec.has(column) {
            return self.data("no-cell", column.span, "");
        }
        if let Some(fixed) = spec.fixed.get(&column.id) {
            return self.data("fixed", column.span, &escape(fixed));
        }
        let content = self.content(block, spec, id, column);
        if column.kind == ColumnKind::Name {
            return self.heading("name", "row", (1, column.span), &named(&content, tools));
        }
        let class = if column.kind.measure().is_some() { "figure" } else { "words" };
        self.data(class, column.span, &(content + tools))
    }

    fn present(&self, spec: &RowSpec) -> &[AddedRow] {
        spec.group.as_ref().and_then(|group| self.layout.submission.groups.get(group)).map_or(&[], Vec::as_slice)
    }

    // ---- what only the screen has

    /// The buttons of an added row. The keyboard has its own keys for them, so that Tab goes from figure to figure.
    pub(super) fn tools(&self, spec: &RowSpec, added: &AddedRow) -> String {
        let Medium::Screen(language) = self.medium else { return String::new() };
        let name = self.row_name(spec);
        let buttons = [
            ("add-row", "+", page::ADD_ROW_BELOW),
            ("move-up", "↑", page::MOVE_ROW_UP),
            ("move-down", "↓", page::MOVE_ROW_DOWN),
            ("remove-row", "×", page::REMOVE_ROW),
        ];
        let mut tools = String::new();
        for (action, sign, words) in buttons {
            let title = words.say(language, &[("row", name.clone())]);
            tools += &self.button(action, &added.id, "-1", &title, sign);
        }
        let language = page::LANGUAGE_TAG.in_language(language);
        element("span", &[("class", "row-tools"), ("lang", language)], &tools)
    }

    /// The button of a group without rows.
    pub(super) fn add_button(&self, spec: &RowSpec) -> String {
        let Medium::Screen(language) = self.medium else { return String::new() };
        let title = page::ADD_ROW_TO.say(language, &[("row", self.row_name(spec))]);
        self.button("add-first-row", spec.group.as_deref().unwrap_or_default(), "", &title, "+")
    }

    fn row_name(&self, spec: &RowSpec) -> String {
        let name = spec.name.as_deref().unwrap_or(&spec.label);
        plain(&self.layout.heading(name))
    }

    fn button(&self, action: &str, on: &str, tabindex: &str, title: &str, sign: &str) -> String {
        let attributes = [
            ("type", "button"),
            ("class", "row-button"),
            ("data-action", action),
            ("data-on", on),
            ("tabindex", tabindex),
            ("title", title),
            ("aria-label", title),
        ];
        element("button", &attributes, sign)
    }

    // ---- cells of a table

    pub(super) fn heading(&self, class: &str, scope: &str, (rows, columns): Cover, inner: &str) -> String {
        let (rows, columns) = (more_than_one(rows), more_than_one(columns));
        element("th", &[("class", class), ("scope", scope), ("rowspan", &rows), ("colspan", &columns)], inner)
    }

    pub(super) fn data(&self, class: &str, columns: usize, inner: &str) -> String {
        element("td", &[("class", class), ("colspan", &more_than_one(columns))], inner)
    }

    pub(super) fn empty(&self, columns: usize) -> String {
        self.data("", columns, "")
    }
}

fn more_than_one(count: usize) -> String {
    if count > 1 { count.to_string() } else { String::new() }
}

fn row_attributes(added: &AddedRow) -> String {
    [" class=\"added\" data-row=\"", &escape(&added.id), "\""].concat()
}

/// A name and the buttons of its row side by side.
fn named(name: &str, tools: &str) -> String {
    [name, tools].concat()
}
