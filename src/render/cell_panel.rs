//! 本格说明: all that is known of one cell. What it holds, how its figure is read, how it is calculated, what it is tied to.

mod map;
mod points;

use crate::engine::amount::{Entry, Measure, read_amount};
use crate::engine::evaluate;
use crate::engine::evaluation::{Evaluation, Stage};
use crate::engine::figures::Figures;
use crate::engine::layout::{Field, FieldIndex, Layout};
use crate::engine::quantity::read_quantity;
use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::engine::template::spec::ColumnKind;
use crate::engine::ties::{Sign, Tie, around};
use crate::render::calculation::Calculation;
use crate::render::html::{element, escape};
use crate::render::{button, line};
use crate::words::explain::{quoted, short};
use crate::words::repairs::Speaker;
use crate::words::{Language, Words, about, page, unreadable};

/// More relations than this are counted, in the map and below it.
const MOST_TIES: usize = 12;

/// All that is said of the cell with this key; empty where there is none.
pub fn cell_panel(template: &Template, submission: &Submission, stage: Stage, key: &str, language: Language) -> String {
    let evaluation = evaluate(template, submission, stage);
    let layout = Layout::of(template, submission);
    let Some(at) = layout.find(key) else { return String::new() };
    let figures = Figures::read(&layout, stage);
    let speaker = Speaker { layout: &layout, language };
    let calculation = Calculation { layout: &layout, figures: &figures, speaker };
    Panel { layout: &layout, figures: &figures, evaluation: &evaluation, calculation, speaker, key, at }.draw()
}

struct Panel<'a> {
    layout: &'a Layout<'a>,
    figures: &'a Figures<'a>,
    evaluation: &'a Evaluation,
    calculation: Calculation<'a>,
    speaker: Speaker<'a>,
    key: &'a str,
    at: FieldIndex,
}

impl Panel<'_> {
    fn draw(&self) -> String {
        let mut html = self.head();
        html += &self.help();
        let points = self.points();
        html += &points;
        let ties = around(self.figures, self.evaluation, self.key);
        if self.field().column.kind.measure().is_some() {
            html += &self.formulas(&ties, !points.is_empty());
        }
        if self.field().column.kind.measure().is_some() || !ties.is_empty() {
            html += &self.ties(&ties);
        }
        html
    }

    fn field(&self) -> &Field<'_> {
        self.layout.field(self.at)
    }

    /// Its name, its sheet, what it takes and what stands in it.
    fn head(&self) -> String {
        let field = self.field();
        let sheet = self.layout.sheet_of(field).map_or("", |sheet| sheet.tab.as_str());
        let block = self.layout.heading(&field.block.title);
        let place = if block.is_empty() { sheet.to_owned() } else { [sheet, &block].join(" · ") };
        let mut holds = self.words(about::kind(field.column.kind)).to_owned();
        if field.fixed().is_some() {
            self.words(about::PRINTED).clone_into(&mut holds);
        } else if field.required() {
            holds = [&holds, self.words(about::COMMA), self.words(about::REQUIRED)].concat();
        }
        let entry = |name: Words, said: &str| element("dt", &[], &escape(self.words(name))) + &element("dd", &[], said);
        let list = entry(about::HOLDS, &escape(&holds)) + &entry(about::NOW, &self.now());
        [
            element("h2", &[("data-part", "about-name")], &escape(&self.layout.label(self.key))),
            line("place", &place),
            element("dl", &[], &list),
        ]
        .concat()
    }

    /// What stands in the cell and how it is read; where it is blank, what would stand there.
    fn now(&self) -> String {
        let field = self.field();
        let text = self.layout.text(self.at);
        let said = |words: Words, arguments: &[(&str, String)]| escape(&self.speaker.say(words, arguments));
        let Some(measure) = field.column.kind.measure() else { return self.words_now(text) };
        match read_amount(text, measure) {
            Entry::Blank => {
                let offer = self.evaluation.offers.iter().find(|offer| offer.cell == self.key);
                if let Some(offer) = offer {
                    let sign = if measure == Measure::Percent { "%" } else { "" };
                    let value = [&offer.value.to_string(), sign].concat();
                    let gives = said(about::GIVES, &[("value", self.speaker.figure(self.key, offer.value))]);
                    let label = page::FILL_IN.say(self.speaker.language, &[("value", value)]);
                    let fill = button("help", "accept", self.key, "", &label);
                    return [&said(about::BLANK, &[]), &escape(self.words(about::COMMA)), &gives, " ", &fill].concat();
                }
                let parts = self.figures.span(self.at).filter(|span| span.filled);
                match parts {
                    Some(span) => {
                        said(about::FROM_PARTS, &[("value", self.speaker.figure(self.key, span.point.normalize()))])
                    }
                    None => said(about::BLANK, &[]),
                }
            }
            Entry::NotApplicable => said(about::NOT_APPLICABLE, &[("text", quoted(text))]),
            Entry::Unreadable(why) => {
                let [why, advice] = unreadable::say(&why, self.speaker.language);
                said(about::UNREADABLE, &[("text", quoted(text)), ("why", [why, advice].concat())])
            }
            Entry::Number(amount) => {
                let value = self.speaker.figure(self.key, amount.value.normalize());
                let unit = self.words(about::unit(measure));
                // A rate has its sign already.
                let read = if measure == Measure::Percent { value.clone() } else { [&value, " ", unit].concat() };
                let typed = text.trim();
                match typed == value || typed == short(amount.value) || typed == [&value, unit].concat() {
                    true => escape(&read),
                    false => said(about::READ_AS, &[("text", quoted(text)), ("value", read)]),
                }
            }
        }
    }

    fn words_now(&self, text: &str) -> String {
        let language = self.speaker.language;
        if text.trim().is_empty() {
            return escape(self.words(about::BLANK));
        }
        if self.field().column.kind == ColumnKind::Quantity
            && let Some(quantity) = read_quantity(text)
        {
            let sign = quantity.sign.map_or("", |sign| about::comparison(sign).in_language(language));
            let value = [sign, if sign.is_empty() { "" } else { " " }, &short(quantity.value), &quantity.unit].concat();
            return escape(&about::READ_AS.say(language, &[("text", quoted(text)), ("value", value)]));
        }
        let count = about::CHARACTERS.say(language, &[("count", text.trim().chars().count().to_string())]);
        escape(&[&quoted(text), " · ", count.as_str()].concat())
    }

    /// 填报说明, as the template has it: of the row, of the column, and an example; else what the sheet says at its foot.
    fn help(&self) -> String {
        let field = self.field();
        let mut said: String = field.help().map(|text| line("", text)).collect();
        if let Some(example) = field.example() {
            let example = self.speaker.say(about::EXAMPLE, &[("example", example.to_owned())]);
            said += &line("example", &example);
        }
        if said.is_empty() {
            let note = self.layout.sheet_of(field).and_then(|sheet| sheet.note.as_ref());
            // The note speaks of figures.
            let note = note.filter(|_| field.column.kind == ColumnKind::Money);
            said = note.map(|note| line("", note)).unwrap_or_default();
        }
        if said.is_empty() { said } else { self.section("help-text", self.words(about::HELP), &said) }
    }

    /// What gives its value, a total, a rate, a change, whole.
    fn formulas(&self, ties: &[Tie], is_scored: bool) -> String {
        let mut said = String::new();
        for tie in ties.iter().filter(|tie| self.is_formula(tie)) {
            said += &element("p", &[("class", "tie")], &self.title(tie));
            said += &element("div", &[("class", "sums")], &self.calculation.of_tie(tie));
        }
        if said.is_empty() {
            // How it is scored stands above.
            if is_scored {
                return said;
            }
            said = line("", self.words(about::NO_FORMULA));
        }
        self.section("formula", self.words(about::FORMULA), &said)
    }

    /// Whether a tie says how the figure comes about, and not only what it must agree with.
    fn is_formula(&self, tie: &Tie) -> bool {
        let is_left = tie.left.len() == 1 && tie.left[0].cell == self.key;
        is_left && (tie.gives || matches!(tie.sign, Sign::Rate | Sign::Change))
    }

    fn title(&self, tie: &Tie) -> String {
        let (class, mark, state) = self.calculation.standing(tie);
        let state = element("span", &[("class", class)], &[mark, " ", &escape(state)].concat());
        let name = [tie.code.as_str(), &self.calculation.name(tie)].join(" ");
        [state.as_str(), " ", &escape(name.trim())].concat()
    }

    /// The map of its relations, and each of them calculated.
    fn ties(&self, ties: &[Tie]) -> String {
        // Against last year there is no relation, only a change.
        let ties: Vec<&Tie> = ties.iter().filter(|tie| !tie.code.is_empty()).collect();
        if ties.is_empty() {
            return line("nothing", self.words(about::NO_TIES));
        }
        let title = self.speaker.say(about::TIES, &[("count", ties.len().to_string())]);
        let told = &ties[..ties.len().min(MOST_TIES)];
        let mut inner = self.map(told, ties.len() - told.len());
        let each: String = told
            .iter()
            .filter(|tie| !self.is_formula(tie))
            .map(|tie| {
                let title = element("summary", &[("class", "tie")], &self.title(tie));
                let sums = element("div", &[("class", "sums")], &self.calculation.of_tie(tie));
                element("details", &[("data-code", &tie.code)], &(title + &sums))
            })
            .collect();
        if !each.is_empty() {
            inner += &element("h3", &[], &escape(self.words(about::EACH_FORMULA)));
            inner += &each;
        }
        self.section("ties", &title, &inner)
    }

    fn section(&self, part: &str, title: &str, inner: &str) -> String {
        element("section", &[("data-part", part)], &(element("h3", &[], &escape(title)) + inner))
    }

    fn words(&self, words: Words) -> &'static str {
        words.in_language(self.speaker.language)
    }
}
