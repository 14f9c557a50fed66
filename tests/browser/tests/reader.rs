//! The second module: fetched when it is asked something, answers beside the page, and its end is not the page's.

use anyhow::Result;
use gouji_browser_tests::{Page, on_every_browser};
use serde_json::{Value, json};

/// Asks, and gives back the answer, the reason why there is none, and the progress that was told.
fn ask(page: &mut Page, request: &Value) -> Result<Value> {
    page.eval(&format!(
        "(() => {{
            const progress = [];
            return window.gouji.reader.ask({}, share => progress.push(share)).then(
                answer => ({{ answer: JSON.parse(answer), progress }}),
                reason => ({{ reason, progress }}));
        }})()",
        json!(request.to_string())
    ))
}

fn echo(text: &str) -> Value {
    json!({ "do": "echo", "text": text })
}

/// Whether the worker runs and answers.
fn answers(page: &mut Page) -> Result<()> {
    assert_eq!(ask(page, &echo("a"))?, json!({ "answer": { "text": "a" }, "progress": [0.5] }));
    Ok(())
}

/// How often the page itself has asked for the script of the worker, which asks for the module.
fn requests(page: &mut Page) -> Result<usize> {
    Ok(page.requests()?.iter().filter(|url| url.contains("worker-")).count())
}

/// Gives the page another address for a file of the module.
fn replace(page: &mut Page, file: &str, address: &str) -> Result<()> {
    page.eval(&format!("document.querySelector('script[{file}]').setAttribute('{file}', {address})"))?;
    Ok(())
}

#[test]
fn reader_is_fetched_at_the_first_ask_and_answers() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        page.wait_for("main")?;
        assert_eq!(requests(&mut page)?, 0, "nothing is fetched before it is asked for");
        assert_eq!(page.eval("performance.getEntriesByType('resource').some(e => e.name.includes('reader'))")?, false);

        let said = ask(&mut page, &echo("一、部门概况 \"引号\"\n"))?;
        assert_eq!(said, json!({ "answer": { "text": "一、部门概况 \"引号\"\n" }, "progress": [0.5] }));
        assert_eq!(requests(&mut page)?, 1, "the worker was made");
        answers(&mut page)?;
        assert_eq!(requests(&mut page)?, 1, "and made once");

        let blocked: Vec<_> = page.problems()?.into_iter().filter(|text| !text.contains("wasm-unsafe-eval")).collect();
        assert!(blocked.is_empty(), "{blocked:#?}");
        Ok(())
    });
}

#[test]
fn each_of_several_asks_gets_its_own_answer() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        let said = page.eval(
            "Promise.all(['a', 'b', 'c'].map(text =>
                window.gouji.reader.ask(JSON.stringify({ do: 'echo', text })).then(answer => JSON.parse(answer).text)))",
        )?;
        assert_eq!(said, json!(["a", "b", "c"]));
        Ok(())
    });
}

#[test]
fn what_cannot_be_answered_is_a_problem_in_words() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        for (request, words) in [
            (json!({ "do": "dance" }), "there is no request \"dance\""),
            (json!({ "do": "echo" }), "the request has no text \"text\""),
            (json!({}), "the request has no text \"do\""),
            (json!([]), "the request has no text \"do\""),
        ] {
            assert_eq!(ask(&mut page, &request)?["answer"], json!({ "problem": words }));
        }
        let broken = page.eval("window.gouji.reader.ask('{').then(JSON.parse)")?;
        assert!(broken["problem"].as_str().is_some_and(|said| said.starts_with("the request is not JSON")), "{broken}");
        // It is an answer like any other: the worker goes on.
        answers(&mut page)?;
        assert_eq!(requests(&mut page)?, 1);
        Ok(())
    });
}

#[test]
fn stopping_rejects_what_is_under_way_and_the_next_ask_starts_anew() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        for _ in 0..2 {
            let said = page.eval(
                "(() => {
                    const asked = [1, 2].map(() => window.gouji.reader.ask('{\"do\":\"echo\",\"text\":\"\"}'));
                    window.gouji.reader.stop();
                    return Promise.all(asked.map(ask => ask.then(() => 'answered', reason => reason)));
                })()",
            )?;
            assert_eq!(said, json!(["stopped", "stopped"]));
            answers(&mut page)?;
        }
        page.eval("window.gouji.reader.stop(), window.gouji.reader.stop()")?;
        answers(&mut page)
    });
}

#[test]
fn file_that_cannot_be_fetched_is_said_and_asked_for_again() {
    on_every_browser(|browser| {
        let mut page = browser.open()?;
        for file in ["data-worker", "data-reader-glue", "data-reader-wasm"] {
            let there = page.eval(&format!("document.querySelector('script[{file}]').getAttribute('{file}')"))?;
            replace(&mut page, file, "'./missing'")?;
            let said = ask(&mut page, &echo("a"))?;
            assert!(said["reason"].as_str().is_some_and(|reason| reason.contains("missing")), "{file}: {said}");
            replace(&mut page, file, &there.to_string())?;
            answers(&mut page)?;
            page.eval("window.gouji.reader.stop()")?;
        }
        page.wait_for("main")
    });
}

#[test]
fn crash_of_the_reader_rejects_and_leaves_the_page_alone() {
    on_every_browser(|browser| {
        let mut page = browser.start()?;
        // For this test alone: the glue that stands for the module comes from nowhere.
        page.devtools("Page.setBypassCSP", json!({ "enabled": true }))?;
        page.open_app()?;
        page.wait_for("main")?;
        let there = page.eval("document.querySelector('script[data-reader-glue]').getAttribute('data-reader-glue')")?;
        for (trouble, words) in [
            // A trap, as the worker catches it; and one that only the `error` event of the worker tells.
            ("throw new WebAssembly.RuntimeError(\"unreachable\")", "RuntimeError: unreachable"),
            (
                "setTimeout(() => { throw new WebAssembly.RuntimeError(\"later\") }); return new Promise(() => {})",
                "RuntimeError: later",
            ),
        ] {
            let glue = format!(
                "URL.createObjectURL(new Blob(['var wasm_bindgen = () => Promise.resolve();' +
                    'wasm_bindgen.answer = () => {{ {trouble} }};']))"
            );
            replace(&mut page, "data-reader-glue", &glue)?;
            let said = ask(&mut page, &echo("a"))?;
            assert!(said["reason"].as_str().is_some_and(|reason| reason.contains(words)), "{said}");
            replace(&mut page, "data-reader-glue", &there.to_string())?;
            // No stop is needed: the worker that crashed is gone.
            answers(&mut page)?;
            page.eval("window.gouji.reader.stop()")?;
        }
        page.wait_for("main")?;
        assert!(page.texts("[data-part=\"crash\"]")?.is_empty());
        Ok(())
    });
}
