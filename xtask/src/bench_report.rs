//! Measures in real browsers how long the second module takes to read a report, beside the page.

use std::fs;

use anyhow::{Context, Result, ensure};
use gouji_browser_tests::{Browser, places};
use serde_json::{Value, json};

use crate::{build, setup};

/// Questions that are measured, after a few that warm the engine up.
const QUESTIONS: usize = 31;

/// The budget of reading a report, in milliseconds, for the current browser on an unslowed processor.
const BUDGET: f64 = 20.0;

/// A labelled text: `[[598.25=general.income.amount]]` stands for its figure.
const TEXT: &str = "tests/reading/texts/06-health-bureau-long.txt";

/// What the text is read beside: a blank form; a filled one, where each figure differs and the relations are asked which
/// of the two is right.
const FILINGS: [(&str, &str); 2] = [
    ("into a blank form", "window.gouji.blankSubmission('zhuzhou-department', 'bench')"),
    ("beside another unit's filing", "window.gouji.askBoot('fetchText', null, 'sample').then(JSON.parse)"),
];

/// What is measured, said as it is.
const METHOD: &str = "\
From asking the worker to its answer being there, in the page: JSON both ways, the module, the messages between. Asked
with the text and without it in turn; the difference of the medians is what reading the text takes, comparing it with
the form, checking its words and drawing it. Not in it: the pause of the page before it asks, and showing the answer.";

pub fn bench() -> Result<()> {
    build::build(&setup::for_tests()?)?;
    let text = without_labels(&fs::read_to_string(places::root().join(TEXT))?);
    println!("\n{METHOD}\n\n{TEXT}: {} characters\n", text.chars().count());
    for browser in Browser::ALL {
        let mut page = browser.open_alone()?;
        let version = page.version()?;
        page.wait_for("main")?;
        for (what, filing) in FILINGS {
            let script = SCRIPT
                .replace("FILING", filing)
                .replace("TEXT", &json!(text).to_string())
                .replace("QUESTIONS", &QUESTIONS.to_string());
            let result = page.eval(&script)?;
            let without = median(&result["without"])?;
            let with = median(&result["with"])?;
            let read = result["read"].as_str().unwrap_or_default();
            ensure!(read.contains("处"), "nothing was read: {read}");
            let verdict = match browser {
                Browser::ChromiumCurrent if with - without <= BUDGET => ", within the budget of 20 ms",
                Browser::ChromiumCurrent => ", OVER the budget of 20 ms",
                Browser::Chromium86 => "",
            };
            println!(
                "{version}, {what}: round trip with the text median {with:.1} ms, without {without:.1} ms; \
                 reading takes {:.1} ms{verdict} ({QUESTIONS} of each)\n   {read}",
                with - without
            );
        }
    }
    Ok(())
}

fn without_labels(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[[") {
        let (label, behind) = after.split_once("]]").unwrap_or((after, ""));
        plain += before;
        plain += label.split_once('=').map_or(label, |(figure, _)| figure);
        rest = behind;
    }
    plain + rest
}

fn median(times: &Value) -> Result<f64> {
    let mut times: Vec<f64> = serde_json::from_value(times.clone()).context("the page measured nothing")?;
    ensure!(times.len() == QUESTIONS, "only {} questions were measured", times.len());
    times.sort_by(f64::total_cmp);
    Ok(times[QUESTIONS / 2])
}

const SCRIPT: &str = "(async () => {
    const filing = await FILING;
    const question = report => JSON.stringify(
        { do: 'show', language: 'zh-CN', which: '', submission: { ...filing, report } });
    const questions = { with: question({ material: TEXT }), without: question({}) };
    const times = { with: [], without: [] };
    let read = '';
    for (let turn = -5; turn < QUESTIONS; turn++) {
        for (const which of ['with', 'without']) {
            const start = performance.now();
            const answer = await window.gouji.reader.ask(questions[which]);
            const end = performance.now();
            if (turn >= 0) times[which].push(end - start);
            const said = JSON.parse(answer);
            if (said.problem) throw new Error(said.problem);
            if (which === 'with') read = said.found.replace(/<\\/p>.*/s, '').replace(/<[^>]*>/g, '');
        }
    }
    return { ...times, read };
})()";
