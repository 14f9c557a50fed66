//! The corpus of written numbers: each text in a cell of its measure, read and told as the page tells it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use gouji::engine::amount::{Amount, Entry, Measure, Unreadable, WrittenUnit, read_amount};
use gouji::engine::evaluate;
use gouji::engine::evaluation::Stage;
use gouji::engine::finding::Fact;
use gouji::engine::layout::Layout;
use gouji::engine::submission::Submission;
use gouji::engine::template::Template;
use gouji::words::explain::explain;
use gouji::words::{Language, unreadable};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corpus {
    forms: Vec<Forms>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    about: String,
    rows: Vec<Form>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    text: String,
    measure: Name,
    is: Option<String>,
    from: Option<Unit>,
    says: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Name {
    Money,
    Count,
    Percent,
    Points,
    Area,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Unit {
    Yuan,
    Yi,
}

impl Name {
    fn measure(self) -> Measure {
        match self {
            Self::Money => Measure::Money,
            Self::Count => Measure::Count,
            Self::Percent => Measure::Percent,
            Self::Points => Measure::Points,
            Self::Area => Measure::Area,
        }
    }
}

fn corpus() -> Vec<Forms> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/numbers.toml");
    let text = fs::read_to_string(path).expect("the corpus");
    toml::from_str::<Corpus>(&text).expect("the corpus is TOML of this shape").forms
}

fn form() -> Template {
    gouji::built_in_template(gouji::DEFAULT_TEMPLATE).expect("it is built in")
}

/// The reading in the words of the corpus; `None` for a text that is no number.
fn reading(text: &str, measure: Measure) -> Option<(String, Option<WrittenUnit>)> {
    match read_amount(text, measure) {
        Entry::Blank => Some(("blank".to_owned(), None)),
        Entry::NotApplicable => Some(("not applicable".to_owned(), None)),
        Entry::Number(Amount { value, places, converted_from }) => {
            assert_eq!(value.scale(), places, "the scale of {text:?} is its printed places");
            Some((value.to_string(), converted_from))
        }
        Entry::Unreadable(_) => None,
    }
}

/// What the page says of the text in a cell of this measure, without the name of the cell.
fn said(template: &Template, text: &str, measure: Measure) -> Option<String> {
    let mut submission = Submission::blank(template, "numbers");
    let key = {
        let layout = Layout::of(template, &submission);
        let field = layout.fields().iter().find(|field| field.column.kind.measure() == Some(measure));
        field.expect("the form has every measure").key.clone()
    };
    submission.cells.insert(key.clone(), text.to_owned());
    let evaluation = evaluate(template, &submission, Stage::Draft);
    let layout = Layout::of(template, &submission);
    let of_values = evaluation.findings.iter().filter(|finding| finding.code.starts_with('V'));
    let mut sentences = of_values.map(|finding| {
        assert_eq!(finding.cells, [key.as_str()]);
        let explained = explain(finding, &layout, Language::Chinese);
        let what = explained.what.strip_prefix(&layout.label(&key)).expect("the sentence begins with its cell");
        match finding.fact {
            Fact::Unreadable { .. } => format!("{what}{}", explained.evidence),
            _ => what.to_owned(),
        }
    });
    let first = sentences.next();
    assert_eq!(sentences.next(), None, "{text:?} is told once");
    first
}

#[test]
fn every_written_form_means_what_the_corpus_says() {
    let template = form();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for forms in corpus() {
        for Form { text, measure, is, from, says } in forms.rows {
            let measure = measure.measure();
            let from = from.map(|unit| match unit {
                Unit::Yuan => WrittenUnit::Yuan,
                Unit::Yi => WrittenUnit::Yi,
            });
            let read = reading(&text, measure);
            let told = said(&template, &text, measure);
            if read != is.clone().map(|is| (is, from)) || told != says {
                wrong.push(format!("{}\n  {text:?}: {is:?} {says:?}\n  read {read:?}, told {told:?}", forms.about));
            }
            if !seen.insert((text.clone(), format!("{measure:?}"))) {
                wrong.push(format!("{text:?} stands twice"));
            }
        }
    }
    assert!(seen.len() >= 150, "only {} forms", seen.len());
    assert!(wrong.is_empty(), "{} forms:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_reason_is_in_the_corpus_with_its_advice() {
    let name = |unreadable: &Unreadable| {
        serde_json::to_value(unreadable).expect("a reason is JSON")["reason"].as_str().expect("a name").to_owned()
    };
    let texts: Vec<(String, Measure)> =
        corpus().into_iter().flat_map(|forms| forms.rows).map(|form| (form.text, form.measure.measure())).collect();
    let met: BTreeSet<String> = texts
        .iter()
        .filter_map(|(text, measure)| match read_amount(text, *measure) {
            Entry::Unreadable(unreadable) => Some(name(&unreadable)),
            _ => None,
        })
        .collect();
    let known: BTreeSet<String> = unreadable::catalogue().iter().map(|(unreadable, _)| name(unreadable)).collect();
    assert_eq!(met, known);
    let narrow = unreadable::say(&Unreadable::NarrowColumn, Language::Chinese);
    assert_eq!(narrow[1], "在 Excel 中加宽该列后重新复制。");
    for (_, sentences) in unreadable::catalogue() {
        for sentence in sentences {
            assert!(sentence.zh.ends_with('。') && sentence.en.ends_with('.'), "{sentence:?}");
            assert!(!["请", "非法", "无效"].iter().any(|word| sentence.zh.contains(word)), "{sentence:?}");
        }
    }
}
