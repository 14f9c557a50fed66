//! A text that was read, as HTML: each figure marked where it stands, with the cell that it was taken for, how sure, what
//! the form says, and what can be done.

mod figures;

use crate::engine::layout::Layout;
use crate::engine::reading::{Certainty, Link, Place, Reading, Standing, Target, certain, places};
use crate::exchange::KNOWN_FILES;
use crate::render::html::{element, escape, open};
use crate::render::report::visible;
use crate::words::{Language, Words, page, report as said};

/// The box for a text; what is read in it is put into `material-found`. Its state is an attribute of what it stands in.
pub fn material_frame(language: Language) -> String {
    let say = |words: Words| words.in_language(language);
    let tool = |class: &str, action: &str, words: Words| button(class, action, "", &escape(say(words)));
    let picker = [("type", "file"), ("accept", KNOWN_FILES), ("hidden", "hidden"), ("data-part", "text-file")];
    let area = [
        ("data-part", "material-input"),
        ("rows", "7"),
        ("spellcheck", "false"),
        ("placeholder", say(said::MATERIAL_HINT)),
        ("aria-label", say(page::MATERIAL)),
    ];
    let last_year = [("type", "checkbox"), ("data-part", "material-last-year")];
    let last_year = open("input", &last_year) + &escape(say(said::IS_LAST_YEAR));
    let bar = [("data-part", "reading-progress"), ("max", "1"), ("value", "0"), ("aria-label", say(said::READING))];
    let tools = [
        tool("main", "read-material", said::READ_MATERIAL),
        tool("", "open-text", page::OPEN_FILE),
        open("input", &picker),
        element("label", &[("class", "last-year")], &last_year),
        tool("", "forget-material", said::FORGET_MATERIAL),
        tool("quiet", "close-material", page::CLOSE),
        element(
            "span",
            &[("class", "while-asked")],
            &(element("progress", &bar, "") + &tool("", "stop-reading", page::STOP)),
        ),
        element("span", &[("class", "is-problem"), ("role", "alert"), ("data-part", "reading-problem")], ""),
    ];
    [
        element("h2", &[], &escape(say(page::MATERIAL))),
        element("p", &[], &escape(say(said::MATERIAL_ABOUT))),
        element("textarea", &area, ""),
        element("div", &[("class", "material-tools")], &tools.concat()),
        element("div", &[("data-part", "material-found")], ""),
    ]
    .concat()
}

/// How the text stands to the form, in one sentence with what can be done about it, and the differences one by one.
pub fn summary_html(
    layout: &Layout<'_>,
    text: &str,
    reading: &Reading,
    standing: &[Standing],
    language: Language,
) -> String {
    let of_last_year = last_year_html(layout, reading, language);
    if reading.links.is_empty() {
        let none = if of_last_year.is_empty() { said::NO_FIGURE } else { said::NO_FIGURE_OF_LAST_YEAR };
        let none = element("p", &[("class", "nothing")], &escape(none.in_language(language)));
        return of_last_year + &none + &figures::unread(text, reading, language);
    }
    let count = |is: fn(&Standing) -> bool| standing.iter().filter(|standing| is(standing)).count().to_string();
    let counts = [
        ("count", standing.len().to_string()),
        ("same", count(|standing| *standing == Standing::Same)),
        ("new", count(|standing| *standing == Standing::New)),
        ("differs", count(|standing| matches!(standing, Standing::Differs(_)))),
        ("ambiguous", count(|standing| *standing == Standing::Ambiguous)),
    ];
    let mut html = of_last_year;
    html += &element("p", &[("data-part", "read-counts")], &escape(&said::READ_FIGURES.say(language, &counts)));
    let certain = certain(reading, standing).len();
    if certain > 0 {
        let words = said::ADOPT_CERTAIN.say(language, &[("count", certain.to_string())]);
        html += &button("main", "adopt", "certain", &escape(&words));
    }
    let names = Names::of(layout, reading, language);
    html += &names.figures(reading, standing);
    html += &figures::unread(text, reading, language);
    let listed = |is: fn(&Standing) -> bool| -> String {
        let those = reading.links.iter().enumerate().filter(|(at, _)| is(&standing[*at]));
        those.map(|(at, link)| element("li", &[], &names.card(at, link, standing[at], Some(text)))).collect()
    };
    // Own words and figures without a unit: the person looks at each before it is taken over.
    let likely = reading
        .links
        .iter()
        .enumerate()
        .filter(|(at, link)| standing[*at] == Standing::New && link.certainty == Certainty::Likely);
    let likely: String =
        likely.map(|(at, link)| element("li", &[], &names.card(at, link, standing[at], Some(text)))).collect();
    for (title, items) in [
        (said::TO_CONFIRM, likely),
        (said::DIFFERENCES, listed(|standing| matches!(standing, Standing::Differs(_)))),
        (said::CHOICES, listed(|standing| *standing == Standing::Ambiguous)),
    ] {
        if !items.is_empty() {
            html += &element("h3", &[], &escape(title.in_language(language)));
            html += &element("ul", &[("class", "cards")], &items);
        }
    }
    html
}

/// That the text is read as last year's filing, and where it says another year itself.
fn last_year_html(layout: &Layout<'_>, reading: &Reading, language: Language) -> String {
    if !layout.submission.has_material_of_last_year() {
        return String::new();
    }
    let columns = layout.template.spec().blocks.iter().flat_map(|block| &block.columns);
    let column = columns.into_iter().find(|column| column.last_year.is_some()).map(|column| column.label.as_str());
    let year = layout.submission.year.saturating_sub(1);
    let arguments = [
        ("year", year.to_string()),
        ("column", layout.heading(column.unwrap_or_default())),
        ("stated", reading.year.unwrap_or(year).to_string()),
    ];
    let said = |class: &str, words: Words| element("p", &[("class", class)], &escape(&words.say(language, &arguments)));
    let warning = reading.year.filter(|stated| *stated != year).map(|_| said("is-problem", said::OF_ANOTHER_YEAR));
    said("as-last-year", said::AS_LAST_YEAR) + &warning.unwrap_or_default()
}

/// The text itself with its marks.
pub fn material_html(
    layout: &Layout<'_>,
    text: &str,
    reading: &Reading,
    standing: &[Standing],
    language: Language,
) -> String {
    let names = Names::of(layout, reading, language);
    let mut html = String::with_capacity(text.len() * 2);
    let mut from = 0;
    for (at, link) in reading.links.iter().enumerate() {
        // Whole passages hold figures of their own, which are marked in them.
        if link.value.is_none() && link.at.len() > LONGEST_MARK || link.at.start < from {
            continue;
        }
        html += &visible(&text[from..link.at.start]);
        let class = match standing[at] {
            Standing::Same => "read is-same",
            Standing::New => "read is-new",
            Standing::Differs(_) => "read is-different",
            Standing::Ambiguous => "read is-ambiguous",
        };
        let inner = visible(&text[link.at.clone()]);
        // What it was taken for is a tooltip, read aloud as a description; a press opens the card.
        let mark = [
            ("class", class),
            ("data-action", "read-card"),
            ("data-on", &at.to_string()),
            ("title", &names.title(at, link, standing[at])),
            ("type", "button"),
        ];
        html += &element("button", &mark, &inner);
        html += &element(
            "span",
            &[("class", "card"), ("hidden", "hidden"), ("data-card", &at.to_string())],
            &names.card(at, link, standing[at], None),
        );
        from = link.at.end;
    }
    html += &visible(&text[from..]);
    element("div", &[("class", "material-text")], &html)
}

/// Bytes of a text that may be one mark: a name or a figure.
const LONGEST_MARK: usize = 120;
/// Letters before and behind a figure in a list.
const CONTEXT: usize = 12;

/// Names the cells of a reading.
struct Names<'a> {
    layout: &'a Layout<'a>,
    places: Vec<Option<Place>>,
    language: Language,
}

impl<'a> Names<'a> {
    fn of(layout: &'a Layout<'a>, reading: &Reading, language: Language) -> Self {
        Self { layout, places: places(layout, reading), language }
    }

    fn title(&self, at: usize, link: &Link, standing: Standing) -> String {
        let names: Vec<String> = self.cells(at, link).into_iter().map(|(_, name)| name).collect();
        [
            &names.join(" / "),
            " · ",
            said::certainty(link.certainty).in_language(self.language),
            " · ",
            said::standing(standing).in_language(self.language),
        ]
        .concat()
    }

    /// What is known of a place and what can be done.
    fn card(&self, at: usize, link: &Link, standing: Standing, text: Option<&str>) -> String {
        let mut card = String::new();
        if let Some(text) = text {
            card += &element("q", &[], &context(text, link));
            card += " ";
        }
        let cells = self.cells(at, link);
        card += &links(&cells);
        let how = [
            said::certainty(link.certainty).in_language(self.language),
            " · ",
            said::standing(standing).in_language(self.language),
        ]
        .concat();
        card += &element("span", &[("class", "how")], &escape(&how));
        card += &self.origin(link);
        if let Some(key) = cells.first().and_then(|(key, _)| key.as_deref())
            && matches!(standing, Standing::Differs(_))
        {
            let held = self.layout.submission.text(key);
            let short: String = held.chars().take(LONGEST_MARK).collect();
            card += &element(
                "span",
                &[("class", "held")],
                &escape(&said::FORM_SAYS.say(self.language, &[("value", short)])),
            );
        }
        card + &self.adopting(at, &cells, standing)
    }

    /// The buttons that take a figure over.
    fn adopting(&self, at: usize, cells: &[(Option<String>, String)], standing: Standing) -> String {
        match standing {
            Standing::Same => String::new(),
            Standing::Ambiguous => {
                let choice = |(choice, (_, name)): (usize, &(Option<String>, String))| {
                    let words = said::ADOPT_AS.say(self.language, &[("cell", name.clone())]);
                    button("link", "adopt", &format!("{at}.{choice}"), &escape(&words))
                };
                cells.iter().enumerate().map(choice).collect()
            }
            Standing::New | Standing::Differs(_) => {
                button("", "adopt", &at.to_string(), &escape(said::ADOPT.in_language(self.language)))
            }
        }
    }

    /// The cells that a link may mean, with their names; new rows have no key yet.
    fn cells(&self, at: usize, link: &Link) -> Vec<(Option<String>, String)> {
        if let Some(Some(Place::Cell(key))) = self.places.get(at) {
            return vec![(Some(key.clone()), self.layout.label_with_sheet(key))];
        }
        let name = |target: &Target| match target {
            Target::Cell(key) => (Some(key.clone()), self.layout.label_with_sheet(key)),
            Target::Row { group, column, .. } => (None, self.new_row(group, column)),
        };
        link.cells.iter().map(name).collect()
    }

    fn new_row(&self, group: &str, column: &str) -> String {
        let spec = self.layout.template.spec();
        let Some(place) = self.layout.template.group(group) else { return group.to_owned() };
        let block = &spec.blocks[place.block];
        let row = &block.rows[place.row];
        let label = row.name.as_deref().unwrap_or(&row.label);
        let heading = block.columns.iter().find(|known| known.id == column).map(|column| column.label.as_str());
        let heading = self.layout.heading(heading.unwrap_or_default());
        [&self.layout.heading(label), "·", &heading, said::NEW_ROW.in_language(self.language)].concat()
    }
}

/// The names of cells, each a way to its cell.
fn links(cells: &[(Option<String>, String)]) -> String {
    let link = |(key, name): &(Option<String>, String)| {
        button("link", "go-to", key.as_deref().unwrap_or_default(), &escape(name)) + " "
    };
    cells.iter().map(link).collect()
}

fn context(text: &str, link: &Link) -> String {
    let before: Vec<char> = text[..link.at.start].chars().rev().take(CONTEXT).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = text[link.at.end..].chars().take(CONTEXT).collect();
    let said: String = text[link.at.clone()].chars().take(LONGEST_MARK).collect();
    let plain = |text: &str| visible(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    // What stands in another cell is not glued to it.
    let gap = |is_gap: bool| if is_gap { " " } else { "" };
    let (before_gap, after_gap) = (before.ends_with(char::is_whitespace), after.starts_with(char::is_whitespace));
    let mark = element("mark", &[], &plain(&said));
    [&plain(&before), gap(before_gap), &mark, gap(after_gap), &plain(&after)].concat()
}

fn button(class: &str, action: &str, on: &str, inner: &str) -> String {
    element("button", &[("type", "button"), ("class", class), ("data-action", action), ("data-on", on)], inner)
}
