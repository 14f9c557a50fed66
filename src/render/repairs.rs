//! Wrong figures as cards: what is wrong, what it should be, buttons that mend it, its calculation, and what would change.

mod blanks;
mod calculation;
mod column;
mod effect;

use serde::Serialize;

use crate::engine::evaluate;
use crate::engine::evaluation::{Counts, Evaluation, Stage};
use crate::engine::figures::Figures;
use crate::engine::finding::{Answer, AnswerState, Finding, Level};
use crate::engine::layout::Layout;
use crate::engine::locate::solve::Certainty;
use crate::engine::locate::{Bridge, Change, Cluster, Located, Repair, locate};
use crate::engine::report::is_begun;
use crate::engine::submission::{CONFIRMED, Submission};
use crate::engine::template::Template;
use crate::engine::template::spec::ColumnKind;
use crate::engine::text::review;
use crate::render::html::{element, escape};
use crate::render::{button, line};
use crate::words::explain::{Explained, explain};
use crate::words::repairs::{self as said, Speaker, bridge_sentence, is_swap};
use crate::words::{Language, Words, report};

/// One wrong figure, or what is known of it, in place of the findings that it explains.
#[derive(Clone, Debug, Default, Serialize, PartialEq)]
pub struct Card {
    /// That of the first finding.
    pub code: String,
    pub level: Option<Level>,
    /// The suspected cells first, then the others of their relations.
    pub cells: Vec<String>,
    /// So many of them are suspected; a text, like all figures in answers.
    pub suspects: String,
    /// `suspect` where their figures are probably wrong, and not only where to look.
    pub mark: &'static str,
    /// The texts of the cells: with another one in any of them the card says nothing any more.
    pub texts: Vec<String>,
    /// The findings in whose place it stands, see [`mark`].
    pub covers: Vec<String>,
    pub what: String,
    pub evidence: String,
    pub todo: String,
    /// The sheet of the first cell.
    pub sheet: String,
    pub note: Option<Answer>,
    /// What else stands in the card.
    pub html: String,
    /// What of that is said, without buttons: for lists and the command line.
    #[serde(skip)]
    pub ways: Vec<String>,
    /// What to do, where there are no buttons.
    #[serde(skip)]
    pub todo_by_hand: String,
}

/// More cells than this are not listed one by one.
const MOST_CELLS: usize = 12;
/// What would be afterwards is worked out for the buttons of so many cards.
const MOST_PREVIEWED: usize = 8;

/// The cards of a filing in its order, those of errors before those of warnings.
pub fn cards(
    template: &Template,
    submission: &Submission,
    stage: Stage,
    last_edited: Option<&str>,
    language: Language,
) -> Vec<Card> {
    let evaluation = evaluate(template, submission, stage);
    let located = locate(template, submission, &evaluation, last_edited);
    drawn(template, submission, &evaluation, &located, language)
}

/// The cards of what was found.
pub fn drawn(
    template: &Template,
    submission: &Submission,
    evaluation: &Evaluation,
    located: &Located,
    language: Language,
) -> Vec<Card> {
    let layout = Layout::of(template, submission);
    let draw = Draw {
        layout: &layout,
        figures: &Figures::read(&layout, evaluation.stage),
        evaluation,
        located,
        of_words: of_words(&layout, evaluation.stage),
        speaker: Speaker { layout: &layout, language },
        is_alone: located.columns.is_empty()
            && located.clusters.iter().filter(|cluster| cluster.level == Level::Error).count() < 2,
    };
    let mut clusters: Vec<&Cluster> = located.clusters.iter().collect();
    clusters.sort_by_key(|cluster| cluster.level);
    // What is wrong of a whole column comes before what is wrong of one figure.
    let mut cards: Vec<Card> = Vec::new();
    for unit in &located.columns {
        let card = draw.column(unit, cards.len());
        cards.push(card);
    }
    for cluster in clusters {
        let card = draw.cluster(cluster, cards.len());
        cards.extend(card);
    }
    let blanks = draw.blanks(&located.blanks, cards.len());
    cards.extend(blanks);
    cards.sort_by_key(|card| card.level);
    cards
}

/// The words are checked with the whole form, and where there is a text to check.
fn of_words(layout: &Layout<'_>, stage: Stage) -> Counts {
    let mut counts = Counts::default();
    if stage == Stage::Draft && !is_begun(layout.template, layout.submission) {
        return counts;
    }
    for (remark, note) in review(layout) {
        let is_answered = note.is_some_and(|note| note.state == AnswerState::Valid);
        counts.errors += usize::from(remark.level == Level::Error);
        counts.warnings += usize::from(remark.level == Level::Warning && !is_answered);
    }
    counts
}

/// Writes a text that has a slip mended.
pub fn mend_button(cell: &str, text: &str, language: Language) -> String {
    button("link", "write-text", cell, text, said::MEND.in_language(language))
}

/// The findings that no card stands for.
pub fn unexplained<'e>(findings: &'e [Finding], cards: &[Card]) -> Vec<&'e Finding> {
    findings.iter().filter(|finding| !cards.iter().any(|card| card.covers.contains(&mark(finding)))).collect()
}

/// What tells a finding from all others, as a text.
pub fn mark(finding: &Finding) -> String {
    [&finding.code, " ", &finding.cells.join(" ")].concat()
}

struct Draw<'a> {
    layout: &'a Layout<'a>,
    figures: &'a Figures<'a>,
    evaluation: &'a Evaluation,
    located: &'a Located,
    /// What is said of words, which no repair changes.
    of_words: Counts,
    speaker: Speaker<'a>,
    /// No other figure is known to be wrong.
    is_alone: bool,
}

impl Draw<'_> {
    /// The card of findings that hang together; `number` tells it from other cards.
    fn cluster(&self, cluster: &Cluster, number: usize) -> Option<Card> {
        let findings: Vec<&Finding> =
            cluster.findings.iter().filter_map(|at| self.evaluation.findings.get(*at)).collect();
        let first = *findings.first()?;
        let raw = explain(first, self.layout, self.speaker.language);
        let is_warning = cluster.level != Level::Error;
        let mut suspects: Vec<String> = match &cluster.bridge {
            Some(bridge) => vec![bridge.wide.clone(), bridge.narrow.clone()],
            // A 审核说明 is bound to the cells of its warning, in their order.
            None if is_warning => first.cells.first().cloned().into_iter().collect(),
            None if cluster.repairs.is_empty() && findings.len() == 1 => {
                first.cells.first().cloned().into_iter().collect()
            }
            None if cluster.repairs.is_empty() => self.begin_with(cluster, &findings),
            None => {
                let is_sure = matches!(cluster.certainty, Certainty::Must | Certainty::Likely);
                let repairs = cluster.repairs.iter().take(if is_sure { 1 } else { cluster.repairs.len() });
                let changes = repairs.flat_map(|repair| &repair.changes);
                changes.map(|change| change.cell.clone()).collect()
            }
        };
        // Where the sentence is that of the finding, its cell is the one to go to.
        if let Some(own) =
            first.cells.first().filter(|own| cluster.certainty == Certainty::OneOf && suspects.contains(own))
        {
            suspects.insert(0, own.clone());
        }
        keep_first(&mut suspects);
        let mut cells = suspects.clone();
        cells.extend(findings.iter().flat_map(|finding| &finding.cells).cloned());
        keep_first(&mut cells);
        let (explained, mut html) = match &cluster.bridge {
            Some(bridge) => {
                let (explained, html) = self.bridge(bridge, raw);
                // Two figures that would both have to be wrong are no match for a difference of scope.
                let perhaps = if cluster.at_least > 1 { String::new() } else { self.perhaps(cluster, number) };
                (explained, html + &perhaps)
            }
            None => self.told(cluster, &findings, raw, number, is_warning),
        };
        html += &self.confirmed(&cells);
        html += &self.calculations(&findings);
        Some(Card {
            mark: if cluster.bridge.is_none() && !cluster.repairs.is_empty() { "suspect" } else { "" },
            covers: findings.iter().map(|finding| mark(finding)).collect(),
            note: if is_warning { first.note.clone() } else { None },
            ways: self.plain_ways(cluster, first),
            todo_by_hand: match explained.todo == self.words(said::LOOK_FIRST) {
                true => self.words(said::COMPARE).to_owned(),
                false => explained.todo.clone(),
            },
            ..self.card(&first.code, cluster.level, cells, suspects.len(), explained, html)
        })
    }

    fn card(
        &self,
        code: &str,
        level: Level,
        cells: Vec<String>,
        suspects: usize,
        explained: Explained,
        html: String,
    ) -> Card {
        let first = cells.first().and_then(|key| self.layout.find(key));
        Card {
            code: code.to_owned(),
            level: Some(level),
            texts: cells.iter().map(|key| self.layout.submission.text(key).to_owned()).collect(),
            sheet: first.map(|at| self.layout.field(at).block.sheet.clone()).unwrap_or_default(),
            cells,
            suspects: suspects.to_string(),
            what: explained.what,
            evidence: explained.evidence,
            todo: explained.todo,
            html,
            ..Card::default()
        }
    }

    /// The sentences of a cluster and what can be done.
    fn told(
        &self,
        cluster: &Cluster,
        findings: &[&Finding],
        raw: Explained,
        number: usize,
        is_warning: bool,
    ) -> (Explained, String) {
        let say = |words: Words, count: usize| self.speaker.say(words, &[("count", count.to_string())]);
        let Some(repair) = cluster.repairs.first() else {
            // One finding without a way out says all that is known.
            return if findings.len() == 1 { (raw, String::new()) } else { self.lost(cluster, findings) };
        };
        if is_warning {
            return (raw, self.perhaps(cluster, number));
        }
        if matches!(cluster.certainty, Certainty::OneOf | Certainty::Unknown) {
            let evidence = match findings.len() {
                1 => String::new(),
                count => say(said::WITH_IT, count),
            };
            let todo = self.words(said::LOOK_FIRST).to_owned();
            let title = line("evidence", self.words(said::ONE_OF));
            return (Explained { what: raw.what, evidence, todo }, title + &self.ways(cluster, 0, number));
        }
        let name = repair.changes.first().map(|change| self.speaker.name(&change.cell)).unwrap_or_default();
        let sentence = self.speaker.repair(repair, cluster.certainty);
        let what =
            if repair.changes.len() == 1 || is_swap(repair) { [&name, " ", &sentence].concat() } else { sentence };
        // A lone candidate is right only if nothing else is wrong.
        let is_certain = (self.is_alone && findings.len() > 1) || cluster.at_least > 1;
        let proviso = if is_certain { "" } else { self.words(said::IF_ONLY_ONE) };
        let evidence = match repair.changes.iter().all(|change| change.value.is_some()) {
            true if repair.relations == 1 => [proviso, self.words(said::ONE_AGREES)].concat(),
            true => [proviso, &say(said::ALL_AGREE, repair.relations)].concat(),
            false => String::new(),
        };
        let mut html = self.buttons(repair, "main", number, 0);
        if cluster.repairs.len() > 1 {
            html += &line("evidence", self.words(said::OTHERWISE));
            html += &self.ways(cluster, 1, number);
        }
        (Explained { what, evidence, todo: self.words(said::LOOK_FIRST).to_owned() }, html)
    }

    /// What may be wrong where perhaps nothing is.
    fn perhaps(&self, cluster: &Cluster, number: usize) -> String {
        match cluster.repairs.is_empty() {
            true => String::new(),
            false => line("evidence", self.words(said::MAY_BE)) + &self.ways(cluster, 0, number),
        }
    }

    /// The repairs from the given one on, each with its buttons.
    fn ways(&self, cluster: &Cluster, from: usize, number: usize) -> String {
        let ways = cluster.repairs.iter().enumerate().skip(from);
        let items: String = ways.map(|(at, repair)| self.way(repair, number, at)).collect();
        let mut list = element("ul", &[("class", "ways")], &items);
        let left_out = cluster.repair_count.saturating_sub(cluster.repairs.len());
        if left_out > 0 {
            list += &line("todo", &self.speaker.say(said::MORE_WAYS, &[("count", left_out.to_string())]));
        }
        list
    }

    /// What the card says besides its three sentences.
    fn plain_ways(&self, cluster: &Cluster, first: &Finding) -> Vec<String> {
        let is_sure = matches!(cluster.certainty, Certainty::Must | Certainty::Likely);
        let is_told = is_sure && cluster.level == Level::Error && cluster.bridge.is_none();
        let sentence = |repair: &Repair| {
            let sentence = self.speaker.repair(repair, Certainty::OneOf);
            match repair.changes.first() {
                Some(change) if repair.changes.len() == 1 || is_swap(repair) => {
                    [&self.speaker.name(&change.cell), " ", &sentence].concat()
                }
                _ => sentence,
            }
        };
        let is_of_scope = cluster.bridge.is_some() && cluster.at_least > 1;
        let repairs = cluster.repairs.iter().skip(usize::from(is_told)).filter(|_| !is_of_scope);
        let mut ways: Vec<String> = repairs.map(sentence).collect();
        let names: Vec<String> = cluster.begin_with.iter().map(|key| self.speaker.name(key)).collect();
        if !names.is_empty() {
            ways.push([self.words(said::BEGIN_WITH), &names.join(self.words(said::COMMA))].concat());
        }
        if !ways.is_empty() && !cluster.repairs.is_empty() {
            ways.insert(0, self.words(if is_told { said::OTHERWISE } else { said::ONE_OF }).to_owned());
        }
        // Whoever is not told which figure it is wants to see the sum.
        if !is_told && cluster.bridge.is_none() {
            ways.insert(0, explain(first, self.layout, self.speaker.language).evidence);
        }
        ways
    }

    /// Too much is wrong to tell which figure.
    fn lost(&self, cluster: &Cluster, findings: &[&Finding]) -> (Explained, String) {
        let explained = Explained {
            what: self.speaker.say(said::AT_LEAST, &[("count", cluster.at_least.to_string())]),
            evidence: self.speaker.say(said::TOO_MANY, &[("relations", findings.len().to_string())]),
            todo: self.words(said::THEN_AGAIN).to_owned(),
        };
        let cells = self.begin_with(cluster, findings);
        let links: String = cells.iter().take(MOST_CELLS).map(|key| self.link(key)).collect();
        (
            explained,
            element("p", &[("class", "begin")], &[&escape(self.words(said::BEGIN_WITH)), links.as_str()].concat()),
        )
    }

    /// Where to look first: nothing that was called right already.
    fn begin_with(&self, cluster: &Cluster, findings: &[&Finding]) -> Vec<String> {
        let mut cells = cluster.begin_with.clone();
        cells.retain(|key| !self.is_confirmed(key));
        if cells.is_empty() {
            cells.extend(findings.iter().flat_map(|finding| &finding.cells).cloned());
            cells.retain(|key| !self.is_confirmed(key));
        }
        keep_first(&mut cells);
        cells
    }

    fn is_confirmed(&self, key: &str) -> bool {
        self.layout.submission.provenance.get(key).is_some_and(|source| source == CONFIRMED)
    }

    /// A difference of scope, with the sentence that says so.
    fn bridge(&self, bridge: &Bridge, raw: Explained) -> (Explained, String) {
        let (wide, narrow) = (self.figures.value(&bridge.wide), self.figures.value(&bridge.narrow));
        let (Some(wide), Some(narrow)) = (wide, narrow) else { return (raw, String::new()) };
        let arguments = self.speaker.bridge(bridge, wide, narrow);
        let say = |words: Words| self.speaker.say(words, &arguments);
        let explained =
            Explained { what: say(said::BRIDGED), evidence: say(said::BRIDGE), todo: say(said::BRIDGE_TODO) };
        let sentence = bridge_sentence(self.layout, bridge, wide, narrow);
        if self.layout.submission.text(&bridge.into).contains(&sentence) {
            return (explained, String::new());
        }
        let write = button("link", "append-text", &bridge.into, &sentence, self.words(report::WRITE_SENTENCE));
        (explained, element("p", &[("class", "evidence")], &[&escape(&sentence), " ", &write].concat()))
    }

    /// One of several repairs: its cell, its sentence, its buttons.
    fn way(&self, repair: &Repair, number: usize, at: usize) -> String {
        let sentence = escape(&self.speaker.repair(repair, Certainty::OneOf));
        let link = repair.changes.first().map(|change| self.link(&change.cell)).unwrap_or_default();
        let inner = if repair.changes.len() == 1 || is_swap(repair) { [link, sentence].join(" ") } else { sentence };
        element("li", &[], &[inner, self.buttons(repair, "", number, at)].concat())
    }

    /// The button that mends, with what would be afterwards, and one for each cell that is right after all.
    fn buttons(&self, repair: &Repair, class: &str, number: usize, at: usize) -> String {
        let mut buttons = String::new();
        let changes: Option<Vec<(&str, String)>> =
            repair.changes.iter().map(|change| Some((change.cell.as_str(), self.text(change)?))).collect();
        if let Some(changes) = changes {
            let keys: Vec<&str> = changes.iter().map(|(key, _)| *key).collect();
            let texts: Vec<&str> = changes.iter().map(|(_, text)| text.as_str()).collect();
            let is_blank = repair.changes.iter().any(|change| change.found.is_none());
            let label = match changes.as_slice() {
                [(_, text)] if is_blank => self.speaker.say(said::ENTER, &[("value", text.clone())]),
                [(_, text)] => self.speaker.say(said::CHANGE_TO, &[("value", text.clone())]),
                _ if is_swap(repair) => self.words(said::SWAP).to_owned(),
                _ => self.words(said::CHANGE_BOTH).to_owned(),
            };
            let id = format!("after-{number}-{at}");
            let attributes = [
                ("type", "button"),
                ("class", class),
                ("data-action", "write-text"),
                ("data-on", &keys.join(" ")),
                ("data-text", &texts.join("\n")),
                ("aria-describedby", &id),
            ];
            let mend = element("button", &attributes, &escape(&label));
            let after = if number < MOST_PREVIEWED { self.effect(&id, &changes) } else { String::new() };
            buttons += &element("div", &[("class", "try")], &(mend + &after));
        }
        for change in &repair.changes {
            let label = match repair.changes.len() {
                1 => self.words(said::IS_RIGHT).to_owned(),
                _ => self.speaker.say(said::CELL_IS_RIGHT, &[("cell", self.speaker.name(&change.cell))]),
            };
            // A blank is no figure that could be right.
            if change.found.is_some() {
                buttons += &button("", "set-source", &change.cell, CONFIRMED, &label);
            }
        }
        element("div", &[("class", "repair")], &buttons)
    }

    /// The text that a cell gets, as it would be typed.
    fn text(&self, change: &Change) -> Option<String> {
        let value = change.value?.normalize().to_string();
        let kind = self.layout.find(&change.cell).map(|at| self.layout.field(at).column.kind);
        Some(if kind == Some(ColumnKind::Percent) { value + "%" } else { value })
    }

    /// Cells of the card that were called right, each with a way back.
    fn confirmed(&self, cells: &[String]) -> String {
        let mut confirmed = String::new();
        for key in cells.iter().filter(|key| self.is_confirmed(key)) {
            confirmed += &self.link(key);
            confirmed += " ";
            confirmed += &button("link", "set-source", key, "", self.words(said::UNCONFIRM));
            confirmed += " ";
        }
        if confirmed.is_empty() {
            return confirmed;
        }
        let inner = escape(self.words(said::CONFIRMED)) + &confirmed;
        element("p", &[("class", "confirmed"), ("data-part", "confirmed")], &inner)
    }

    fn words(&self, words: Words) -> &'static str {
        words.in_language(self.speaker.language)
    }

    /// The name of a cell, which leads to it.
    fn link(&self, key: &str) -> String {
        button("link", "go-to", key, "", &self.speaker.name(key))
    }
}

/// Each only once.
fn keep_first(keys: &mut Vec<String>) {
    let mut seen = std::collections::BTreeSet::new();
    keys.retain(|key| seen.insert(key.clone()));
}
