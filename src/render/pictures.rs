//! 图表: pictures of a filing, each with its figures written beside the bars and again as a table. What is blank is told
//! and not drawn as zero; each bar leads to its cell. Patterns and words tell parts apart, so that black ink will do.

mod bars;

use rust_decimal::Decimal;

use crate::engine::evaluate;
use crate::engine::evaluation::{Evaluation, Stage};
use crate::engine::figures::Figures;
use crate::engine::layout::Layout;
use crate::engine::picture::{Pair, Picture, Share, Shown, Stack, pictures};
use crate::engine::submission::Submission;
use crate::engine::template::Template;
use crate::render::html::{element, escape};
use crate::render::{button, line};
use crate::words::explain::{figure, percent, quoted, short};
use crate::words::{Language, Words, pictures as said};

/// More blanks than this are counted.
const MOST_NAMES: usize = 6;

/// All pictures of a filing under their heading.
pub fn pictures_html(template: &Template, submission: &Submission, stage: Stage, language: Language) -> String {
    let evaluation = evaluate(template, submission, stage);
    let layout = Layout::of(template, submission);
    let figures = Figures::read(&layout, stage);
    let draw = Draw { layout: &layout, language };
    let drawn: String = pictures(&figures).iter().map(|picture| draw.picture(picture)).collect();
    [draw.head(&evaluation), element("div", &[("class", "pictures-list")], &drawn)].concat()
}

struct Draw<'a> {
    layout: &'a Layout<'a>,
    language: Language,
}

/// A picture in all its forms: what is drawn, what is told below it, and the same as a table.
struct Drawn {
    title: Words,
    part: &'static str,
    svg: String,
    told: Vec<String>,
    headings: Vec<Words>,
    rows: Vec<Vec<String>>,
}

impl Draw<'_> {
    fn head(&self, evaluation: &Evaluation) -> String {
        let errors = evaluation.counts.errors;
        let note = match errors {
            0 => line("how", self.words(said::AS_ENTERED)),
            _ => line("how is-problem", self.words(said::DIFFERS)),
        };
        let title = element("h2", &[], &escape(self.words(said::PICTURES)));
        let tools = button("", "print-pictures", "", "", self.words(said::PRINT))
            + &button("quiet", "pictures", "", "", self.words(said::CLOSE));
        title + &note + &element("div", &[("class", "pictures-tools")], &tools)
    }

    fn picture(&self, picture: &Picture) -> String {
        let drawn = match picture {
            Picture::Funds(stacks) => self.funds(stacks),
            Picture::Spending(pairs) => {
                self.pairs(pairs, said::SPENDING, "spending", [said::BUDGET, said::SPENT, said::RATE])
            }
            Picture::Years(pairs) => self.pairs(pairs, said::YEARS, "years", [said::BEFORE, said::NOW, said::CHANGE]),
            Picture::Points(shares) => self.points(shares),
            Picture::Progress(shares) => self.progress(shares),
        };
        let headings = std::iter::once(said::ITEM).chain(drawn.headings);
        let headings: String =
            headings.map(|words| element("th", &[("scope", "col")], &escape(self.words(words)))).collect();
        let mut rows = element("tr", &[], &headings);
        for row in &drawn.rows {
            let cells = row.iter().enumerate().map(|(at, cell)| match at {
                0 => element("th", &[("scope", "row")], &escape(cell)),
                _ => element("td", &[], &escape(cell)),
            });
            rows += &element("tr", &[], &cells.collect::<String>());
        }
        let summary = element("summary", &[], &escape(self.words(said::TABLE)));
        let table = element("details", &[("data-code", drawn.part)], &(summary + &element("table", &[], &rows)));
        let told: String = drawn.told.iter().map(|told| line("how", told)).collect();
        let caption = element("figcaption", &[], &escape(self.words(drawn.title)));
        element("figure", &[("data-picture", drawn.part)], &[caption, drawn.svg, told, table].concat())
    }

    fn funds(&self, stacks: &[Stack]) -> Drawn {
        let mut rows = Vec::new();
        let mut missing = Vec::new();
        for stack in stacks {
            rows.push(vec![self.name(&stack.total.key), self.value(&stack.total), String::new()]);
            for part in &stack.parts {
                rows.push(vec![self.row(&part.key), self.value(part), self.share(part, stack)]);
            }
            missing.extend(
                [&stack.total].into_iter().filter(|total| self.is_blank(total)).map(|total| self.name(&total.key)),
            );
            if let Some(rest) = stack.rest {
                rows.push(vec![self.name(&stack.total.key), self.rest(rest, &stack.total.key), String::new()]);
            }
        }
        Drawn {
            title: said::FUNDS,
            part: "funds",
            svg: self.stacks(stacks),
            told: self.missing(missing).into_iter().collect(),
            headings: vec![said::FIGURE, said::SHARE],
            rows,
        }
    }

    fn pairs(&self, pairs: &[Pair], title: Words, part: &'static str, words: [Words; 3]) -> Drawn {
        let of = |pair: &Pair| {
            let percent = pair.percent.map(|share| self.percent(share, part == "years")).unwrap_or_default();
            vec![self.row(&pair.first.key), self.value(&pair.first), self.value(&pair.second), percent]
        };
        let blank = pairs.iter().flat_map(|pair| [&pair.first, &pair.second]).filter(|shown| self.is_blank(shown));
        let missing = self.missing(blank.map(|shown| self.name(&shown.key)).collect());
        Drawn {
            title,
            part,
            svg: self.paired(pairs, title, words),
            told: missing.into_iter().collect(),
            rows: pairs.iter().map(of).collect(),
            headings: words.to_vec(),
        }
    }

    fn points(&self, shares: &[Share]) -> Drawn {
        let mut shares = shares.to_vec();
        let execution = self.layout.template.scoring().map(|scoring| scoring.execution_score.as_str());
        // The form calls that row by its money.
        for share in shares.iter_mut().filter(|share| Some(share.key.as_str()) == execution) {
            self.words(said::EXECUTION).clone_into(&mut share.name);
        }
        let missing: usize = shares.iter().take(shares.len().saturating_sub(1)).map(|share| share.missing).sum();
        let told = match missing {
            0 => Vec::new(),
            count => vec![self.say(said::MISSING_SCORES, &[("count", count.to_string())])],
        };
        Drawn {
            title: said::POINTS,
            part: "points",
            svg: self.shares(&shares, said::POINTS),
            told,
            headings: vec![said::EARNED, said::WEIGHT],
            rows: self.share_rows(&shares),
        }
    }

    fn progress(&self, shares: &[Share]) -> Drawn {
        Drawn {
            title: said::PROGRESS,
            part: "progress",
            svg: self.shares(shares, said::PROGRESS),
            told: vec![self.words(said::BLANKS_ARE_NORMAL).to_owned()],
            headings: vec![said::FILLED, said::ALL],
            rows: self.share_rows(shares),
        }
    }

    fn share_rows(&self, shares: &[Share]) -> Vec<Vec<String>> {
        let figure = |value: Option<Decimal>| value.map_or_else(|| self.words(said::BLANK).to_owned(), short);
        shares.iter().map(|share| vec![share.name.clone(), figure(share.part), figure(share.whole)]).collect()
    }

    /// What is blank, by name.
    fn missing(&self, mut names: Vec<String>) -> Option<String> {
        let count = names.len();
        names.truncate(MOST_NAMES);
        let mut said_names = names.join(self.words(said::COMMA));
        if count > MOST_NAMES {
            said_names = self.say(said::AND_MORE, &[("names", said_names), ("count", count.to_string())]);
        }
        (count > 0).then(|| self.say(said::MISSING, &[("names", said_names)]))
    }

    fn rest(&self, rest: Decimal, key: &str) -> String {
        let words = if rest < Decimal::ZERO { said::EXCESS } else { said::REST };
        self.say(words, &[("difference", figure(self.layout, key, rest.abs()))])
    }

    /// A part as a share of its whole.
    fn share(&self, part: &Shown, stack: &Stack) -> String {
        let whole = stack.total.value.filter(|total| *total > Decimal::ZERO);
        let share = part.value.zip(whole).and_then(|(part, whole)| crate::engine::relation::share(part, whole));
        share.map(|share| self.percent(share, false)).unwrap_or_default()
    }

    /// A change has its sign.
    fn percent(&self, share: Decimal, is_change: bool) -> String {
        let sign = if is_change && share > Decimal::ZERO { "+" } else { "" };
        [sign, &percent(share), "%"].concat()
    }

    /// The figure as entered; what is no figure as it stands.
    fn value(&self, shown: &Shown) -> String {
        let text = self.layout.submission.text(&shown.key);
        match shown.value {
            Some(value) => figure(self.layout, &shown.key, value),
            None if text.trim().is_empty() => self.words(said::BLANK).to_owned(),
            None => quoted(text),
        }
    }

    fn is_blank(&self, shown: &Shown) -> bool {
        self.layout.submission.text(&shown.key).trim().is_empty()
            && self.layout.find(&shown.key).is_some_and(|at| self.layout.field(at).fixed().is_none())
    }

    /// The whole name of a cell.
    fn name(&self, key: &str) -> String {
        self.layout.label(key)
    }

    /// Its row, as the columns are told beside.
    fn row(&self, key: &str) -> String {
        self.layout.find(key).map(|at| self.layout.row_label(self.layout.field(at))).unwrap_or_default()
    }

    fn say(&self, words: Words, arguments: &[(&str, String)]) -> String {
        words.say(self.language, arguments)
    }

    fn words(&self, words: Words) -> &'static str {
        words.in_language(self.language)
    }
}
