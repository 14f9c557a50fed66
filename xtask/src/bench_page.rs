//! Measures in real browsers how long the page takes from an edit to its findings.

use anyhow::{Context, Result, ensure};
use gouji_browser_tests::{Browser, Page};
use serde_json::json;

use crate::{build, setup};

/// Edits that are measured, after a few that warm the engine up.
const EDITS: usize = 200;
const WARM_UP: usize = 20;

/// The budget of a single `input` event, in milliseconds, for the current browser on an unslowed processor.
const BUDGET: f64 = 4.0;

/// The cell that is edited: it takes part in many relations.
const CELL: &str = "input[data-key=\"funds.public.final\"]";

/// What is measured, said as it is.
const METHOD: &str = "\
From dispatching the event to the findings being in the document and the layout computed: the microtasks that follow
the event (effects run there), then getBoundingClientRect of body and of the list.
Every edit changes the text of a finding; if it is not there by then, time runs on, task by task, until it is.
Not in it: the browser's own handling of the key, the place of the note below the cell, which is found in the next frame,
and painting. The clock of current browsers ticks in 0.1 ms.";

pub fn bench(slowness: u32) -> Result<()> {
    build::build(&setup::for_tests()?)?;
    println!("\n{METHOD}\n");
    for browser in Browser::ALL {
        let mut page = browser.open_alone()?;
        let version = page.version()?;
        page.click("[data-action=\"open-sample\"]")?;
        page.wait_for(CELL)?;
        // Once it is there the sheets are not drawn anew.
        page.wait_for(".report-editor")?;
        page.slow_down(slowness)?;
        for (what, events) in [("input event of a committed cell", "input"), ("input, change and leaving it", "commit")]
        {
            let script = SCRIPT
                .replace("CELL", &format!("{CELL:?}"))
                .replace("EVENTS", events)
                .replace("EDITS", &EDITS.to_string())
                .replace("WARM_UP", &WARM_UP.to_string());
            let before = page_costs(&mut page)?;
            let result = page.eval(&script)?;
            let after = page_costs(&mut page)?;
            let mut times: Vec<f64> =
                serde_json::from_value(result["times"].clone()).context("the page measured nothing")?;
            ensure!(times.len() == EDITS, "only {} edits were measured", times.len());
            times.sort_by(f64::total_cmp);
            let (median, p95) = (times[EDITS / 2], times[EDITS * 95 / 100]);
            let verdict = if events == "input" && slowness == 1 && browser == Browser::ChromiumCurrent {
                if median < BUDGET { ", within the budget of 4 ms" } else { ", OVER the budget of 4 ms" }
            } else {
                ""
            };
            println!(
                "{version}, processor /{slowness}, {what}: median {median:.1} ms, p95 {p95:.1} ms{verdict} \
                 ({EDITS} edits, {} of them needed a further task)",
                result["late"]
            );
            let part = |n: usize| result["parts"][n].as_str().unwrap_or_default().to_owned();
            println!("   medians: {} ms in the handler, {} ms in effects, {} ms layout", part(0), part(1), part(2));
            let each = |n: usize| (after[n] - before[n]) / (EDITS + WARM_UP) as f64;
            println!(
                "   the browser's own count, frames included, for each edit: {:.1} layouts {:.1} ms, {:.1} styles {:.1} ms, \
                 scripts {:.1} ms",
                each(0),
                each(1) * 1000.0,
                each(2),
                each(3) * 1000.0,
                each(4) * 1000.0
            );
        }
    }
    Ok(())
}

/// What the page has cost so far, in the order of [`COSTS`]; times in seconds.
fn page_costs(page: &mut Page) -> Result<[f64; 5]> {
    page.devtools("Performance.enable", json!({}))?;
    let answer = page.devtools("Performance.getMetrics", json!({}))?;
    let metrics = answer["metrics"].as_array().context("the browser measures nothing")?;
    let mut costs = [0.0; 5];
    for (cost, name) in costs.iter_mut().zip(COSTS) {
        let metric = metrics.iter().find(|metric| metric["name"] == name);
        *cost = metric.and_then(|metric| metric["value"].as_f64()).with_context(|| format!("there is no {name}"))?;
    }
    Ok(costs)
}

const COSTS: [&str; 5] = ["LayoutCount", "LayoutDuration", "RecalcStyleCount", "RecalcStyleDuration", "ScriptDuration"];

const SCRIPT: &str = "(async () => {
    const channel = new MessageChannel();
    const task = () => new Promise(done => { channel.port1.onmessage = done; channel.port2.postMessage(0); });
    const input = document.querySelector(CELL);
    const list = document.querySelector('[data-part=\"findings\"]');
    const send = (name, bubbles) => input.dispatchEvent(new Event(name, { bubbles }));
    const commit = () => { send('change', true); send('focusout', true); send('blur', false); };
    const times = [], parts = [];
    let late = 0;
    input.focus();
    for (let edit = -WARM_UP; edit < EDITS; edit++) {
        const before = list.textContent;
        // Each value is new, and far enough from the right one to be found wrong.
        const value = (1000 + (edit + WARM_UP) * 1.37).toFixed(2);
        const start = performance.now();
        input.value = value;
        send('input', true);
        if ('EVENTS' === 'commit') commit();
        const taken = performance.now();
        for (let turn = 0; turn < 100; turn++) await null;
        const shown = performance.now();
        document.body.getBoundingClientRect();
        list.getBoundingClientRect();
        let end = performance.now();
        if (list.textContent === before) {
            late += edit >= 0;
            while (list.textContent === before) {
                if (performance.now() - start > 2000) throw new Error('the findings did not follow the edit to ' + value);
                await task();
            }
            list.getBoundingClientRect();
            end = performance.now();
        }
        if (edit >= 0) {
            times.push(end - start);
            parts.push([taken - start, shown - taken, end - shown]);
        }
        // Outside of the measure: from the first edit on the cell counts as committed.
        if (edit === -WARM_UP) commit();
        // Frames are painted between the edits, not within the next one.
        await task();
    }
    const middle = values => values.sort((a, b) => a - b)[values.length >> 1];
    return { times, late, parts: [0, 1, 2].map(n => middle(parts.map(part => part[n])).toFixed(1)) };
})()";
