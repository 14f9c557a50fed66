//! The report as HTML: sentences with inputs to be filled on the screen; for reading, its figures linked to their cells;
//! for paper, text.

use crate::engine::layout::Layout;
use crate::engine::report::{Blanks, Paragraph, Run, write};
use crate::engine::rule::Scope;
use crate::engine::submission::AddedRow;
use crate::engine::template::spec::ColumnKind;
use crate::render::html::{element, escape, open};
use crate::render::{Draw, Medium};
use crate::words::{Language, Words, page, report as said};

/// The report to be filled in: each figure that only the report has is an input where it stands first, all others are
/// links to their cells, kept in step by `data-shows`.
pub fn report_editor(layout: &Layout<'_>, scopes: &[Scope], language: Language) -> String {
    let say = |words: Words| escape(words.in_language(language));
    let tool =
        |action: &str, words: Words| element("button", &[("type", "button"), ("data-action", action)], &say(words));
    let tools = [tool("copy-report", said::COPY_REPORT), tool("print", page::PRINT)].concat();
    let summary = element("summary", &[], &say(said::PREVIEW));
    let preview = element("div", &[("class", "report-preview"), ("data-part", "preview")], "");
    [
        element("div", &[("class", "report-tools")], &tools),
        element("div", &[("class", "report-editor")], &editor(layout, scopes, language)),
        element("details", &[("class", "preview"), ("open", "open")], &(summary + &preview)),
    ]
    .concat()
}

fn editor(layout: &Layout<'_>, scopes: &[Scope], language: Language) -> String {
    let draw = Draw { layout, medium: Medium::Screen(language) };
    let mut editor = Editor { draw: &draw, language, placed: Vec::new(), heading: String::new(), scopes };
    write(layout, Blanks::Kept).iter().map(|paragraph| editor.paragraph(paragraph)).collect()
}

/// The report as it is published. With links, each figure leads to its cell.
pub fn report_html(layout: &Layout<'_>, with_links: bool) -> String {
    let mut html = String::new();
    for paragraph in write(layout, Blanks::Dropped) {
        match &paragraph {
            Paragraph::Heading { depth, text } => html += &heading(*depth, text),
            Paragraph::Nothing(words) => html += &element("p", &[], &escape(words)),
            Paragraph::Own { cell, text } => {
                for line in text.lines().filter(|line| !line.trim().is_empty()) {
                    let line = visible(line.trim());
                    html += &if with_links { own(cell, &line) } else { element("p", &[], &line) };
                }
            }
            Paragraph::Sentence(runs) => {
                let mut sentence = String::new();
                for run in runs {
                    match run {
                        Run::Words(words) => sentence += &escape(words),
                        Run::Cell { key, text } if with_links => sentence += &link(key, text),
                        Run::Cell { text, .. } => sentence += &escape(text),
                        Run::Row { .. } | Run::EndOfRows(_) => {}
                    }
                }
                html += &element("p", &[], &sentence);
            }
            Paragraph::EndOfRows(_) => {}
        }
    }
    html
}

/// The person's own words of the report, which lead to where they are written.
fn own(cell: &str, line: &str) -> String {
    element("p", &[("data-action", "go-to"), ("data-on", cell)], line)
}

fn heading(depth: u8, text: &str) -> String {
    let name = ["h2", "h3", "h4"][usize::from(depth).saturating_sub(1).min(2)];
    element(name, &[], &escape(text))
}

/// A figure that stands elsewhere.
fn link(key: &str, text: &str) -> String {
    let attributes =
        [("type", "button"), ("class", "shows"), ("data-action", "go-to"), ("data-on", key), ("data-shows", key)];
    element("button", &attributes, &escape(text))
}

/// Text in which nothing is hidden: marks that turn or swallow what stands beside them are shown as what they are.
pub(super) fn visible(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let is_hidden = c.is_control() && !matches!(c, '\n' | '\t')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
        if is_hidden {
            let name = format!("U+{:04X}", u32::from(c));
            out += &element("span", &[("class", "hidden-mark")], &name);
        } else {
            out += &escape(c.encode_utf8(&mut [0; 4]));
        }
    }
    out
}

struct Editor<'a> {
    draw: &'a Draw<'a>,
    language: Language,
    /// Cells that have their input already.
    placed: Vec<String>,
    /// The heading just above, which names the person's own words below it.
    heading: String,
    scopes: &'a [Scope],
}

impl Editor<'_> {
    fn paragraph(&mut self, paragraph: &Paragraph) -> String {
        let above = std::mem::take(&mut self.heading);
        match paragraph {
            Paragraph::Heading { depth, text } => {
                self.heading.clone_from(text);
                heading(*depth, text)
            }
            Paragraph::Nothing(words) => element("p", &[], &escape(words)),
            Paragraph::Own { cell, .. } => self.own(cell, &above),
            Paragraph::EndOfRows(group) => element("div", &[("class", "sentence")], &self.add(group)),
            Paragraph::Sentence(runs) => element("div", &[("class", "sentence")], &self.sentence(runs)),
        }
    }

    fn own(&mut self, cell: &str, above: &str) -> String {
        let Some(field) = self.draw.layout.find(cell).map(|at| self.draw.layout.field(at)) else {
            return String::new();
        };
        let name = self.draw.layout.row_label(field);
        let is_named = above.ends_with(&name);
        let label = if is_named { String::new() } else { element("span", &[("class", "label")], &escape(&name)) };
        let content = self.draw.content(field.block, field.row, field.row_id(), field.column);
        let offers: String =
            self.scopes.iter().filter(|scope| scope.into == cell).map(|scope| self.scope(scope)).collect();
        element("div", &[("class", "field own")], &[label, content, offers].concat())
    }

    /// The sentence that explains two figures of one name, until it is written.
    fn scope(&self, scope: &Scope) -> String {
        if self.draw.layout.submission.text(&scope.into).contains(&scope.sentence) {
            return String::new();
        }
        let attributes = [
            ("type", "button"),
            ("class", "link"),
            ("data-action", "append-text"),
            ("data-on", scope.into.as_str()),
            ("data-text", scope.sentence.as_str()),
        ];
        let button = element("button", &attributes, said::WRITE_SENTENCE.in_language(self.language));
        let words = [escape(said::SCOPE.in_language(self.language)), escape(&scope.sentence), " ".to_owned(), button];
        element("p", &[("class", "scope"), ("data-part", "scope")], &words.concat())
    }

    /// Each row is one element with its buttons, which show while the mouse or the caret is in it.
    fn sentence(&mut self, runs: &[Run]) -> String {
        let (mut inner, mut is_in_row) = (String::new(), false);
        for run in runs {
            if is_in_row && matches!(run, Run::Row { .. } | Run::EndOfRows(_)) {
                inner += "</span>";
                is_in_row = false;
            }
            if let Run::Row { id, .. } = run {
                inner += &open("span", &[("class", "row"), ("data-row", id)]);
                is_in_row = true;
            }
            inner += &self.run(run);
        }
        if is_in_row {
            inner += "</span>";
        }
        inner
    }

    fn run(&mut self, run: &Run) -> String {
        match run {
            Run::Words(words) => escape(words),
            Run::Row { group, id } => self.row(group, id),
            Run::EndOfRows(group) => self.add(group),
            Run::Cell { key, .. } => self.cell(key),
        }
    }

    fn cell(&mut self, key: &str) -> String {
        let layout = self.draw.layout;
        let Some(field) = layout.find(key).map(|at| layout.field(at)) else { return String::new() };
        let is_own = self.draw.is_prose(&field.block.sheet);
        if !is_own || self.placed.iter().any(|placed| placed == key) {
            // The page writes the figure into it: the editor stays the same while figures change.
            return link(key, "");
        }
        self.placed.push(key.to_owned());
        let content = self.draw.content(field.block, field.row, field.row_id(), field.column);
        let class = if field.column.kind == ColumnKind::Name { "field slot is-name" } else { "field slot" };
        element("span", &[("class", class)], &content)
    }

    /// The buttons of a row, before it.
    fn row(&self, group: &str, id: &str) -> String {
        let template = self.draw.layout.template;
        let Some(place) = template.group(group) else { return String::new() };
        let spec = &template.spec().blocks[place.block].rows[place.row];
        let added = self.draw.layout.submission.groups.get(group).into_iter().flatten();
        let row: Option<&AddedRow> = added.into_iter().find(|row| row.id == id);
        let tools = row.map(|row| self.draw.tools(spec, row)).unwrap_or_default();
        element("span", &[("class", "row-place")], &tools)
    }

    fn add(&self, group: &str) -> String {
        let template = self.draw.layout.template;
        let is_empty = self.draw.layout.submission.groups.get(group).is_none_or(Vec::is_empty);
        let Some(place) = template.group(group).filter(|_| is_empty) else { return String::new() };
        self.draw.add_button(&template.spec().blocks[place.block].rows[place.row])
    }
}
