//! Measures in real browsers how long the module for Word and Excel takes for long files, and how much memory.

mod files;
mod peer;
mod whole_page;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use gouji_browser_tests::{Browser, Page, places};
use serde_json::{Value, json};

use crate::office;
use crate::run::announce;
use crate::versions::SHEETJS;

/// Asks that are measured: so many in a new worker each, and as many more in the last of these.
const ASKS: usize = 5;

/// Where a file is chosen for the module. The page has another one, which does more with it.
const CHOICE: &str = "input[data-on=\"bench\"]";

/// What is measured, said as it is.
const METHOD: &str = "\
Time: in the page, from handing the bytes to the worker until its answer is there. First: each in a new
worker, so with the download from localhost and the compiling; the median of five. Later: the median of five more in one
worker, and the slowest.
Memory: the size of the module's own memory, which never shrinks, after a first and after the last ask. Not in it: the
copies of file and answer that the browser has, and the compiled code.
Gap: the longest between two turns of setTimeout(0) in the page, and between two frames, in later asks.
What the page does with a text when it has it is told by itself, below the table.";

/// The module's memory; null in the worker of another module.
const MEMORY: &str = "typeof wasm_bindgen === 'function' && wasm_bindgen.takeFile
    ? wasm_bindgen({}).then(exports => exports.memory.buffer.byteLength) : null";

/// One thing that is asked, with a file or with a filing.
struct Case {
    what: &'static str,
    request: Value,
    file: Option<PathBuf>,
    /// What the answer must have, so that nothing is measured which was not done.
    says: &'static str,
    /// The page takes its text in, and shows the figures of it.
    is_shown: bool,
}

/// Times in milliseconds.
pub struct Measured {
    first: f64,
    later: f64,
    most: f64,
    gap: f64,
    frame: f64,
    /// Of the module, in bytes, after a first and after the last ask; SheetJS has none.
    memory: [Option<u64>; 2],
}

/// Figures that are the same each time.
#[derive(Default)]
struct Random(u64);

pub fn bench() -> Result<()> {
    let folder = places::root().join("target/bench-office");
    fs::create_dir_all(&folder)?;
    announce("making the files");
    let cases = cases(&folder)?;
    let book = cases.iter().find_map(|case| case.file.clone().filter(|file| file.ends_with("finance.xlsx")));
    let book = book.context("no workbook is opened")?;
    let peer = folder.join("peer");
    peer::fetch(&peer)?;
    println!("\n{METHOD}");
    for browser in Browser::ALL {
        let mut page = browser.open_alone()?;
        println!("\n{}", page.version()?);
        println!("{:44} {:>8} {:>16} {:>16} {:>12}", "", "first ms", "later ms (most)", "memory MiB", "gap, frame");
        page.wait_for("main")?;
        let choice = "document.body.appendChild(Object.assign(document.createElement('input'), { type: 'file' }))";
        page.eval(&format!("window.bench = window.gouji.office; {choice}.dataset.on = 'bench'"))?;
        let mut ours = None;
        for case in &cases {
            let measured = measured(&mut page, &case.request.to_string(), case.file.as_deref(), case.says)?;
            measured.print(case.what);
            if case.file.as_ref() == Some(&book) {
                ours = Some(measured.later);
            }
        }
        for case in cases.iter().filter(|case| case.is_shown) {
            if let Some(file) = &case.file {
                whole_page::measure(browser, case.what, file)?;
            }
        }
        let theirs = peer::measure(browser, &peer, &book)?;
        theirs.print(&format!("finance.xlsx read by SheetJS {}", SHEETJS.version));
        if let Some(ours) = ours {
            println!("SheetJS takes {:.2} times as long as the module, later", theirs.later / ours);
        }
    }
    Ok(())
}

fn cases(folder: &Path) -> Result<Vec<Case>> {
    let from = folder.join("sample.json");
    let sample = office::read(office::SAMPLE)?;
    fs::write(&from, serde_json::to_string_pretty(&sample)?)?;
    let word = office::convert(&from, "docx")?;
    let long = office::long(sample.clone())?;

    let open = |what, name: &str, bytes: Vec<u8>, says| -> Result<Case> {
        println!("   {name}: {} bytes", bytes.len());
        let file = folder.join(name);
        fs::write(&file, bytes)?;
        let is_shown = matches!(name, "long.docx" | "picture.docx");
        Ok(Case { what, request: json!({ "do": "open" }), file: Some(file), says, is_shown })
    };
    let write = |what, kind, filing: &Value| Case {
        what,
        request: json!({ "do": "write", "kind": kind, "name": "bench", "submission": filing.to_string() }),
        file: None,
        says: "bench",
        is_shown: false,
    };
    Ok(vec![
        open("a text of a line, opened", "line.txt", "一行".into(), "material")?,
        open("the sample.docx, opened", "sample.docx", fs::read(&word)?, "filing")?,
        open("text.docx, 5 MB before packing", "long.docx", files::long_document(&word, 5_000_000)?, "绩效")?,
        open("text.docx, 5 MB packed", "longest.docx", files::longest_document(&word)?, "绩效")?,
        open("picture.docx, 5 MB, most a picture", "picture.docx", files::document_with_picture(&word)?, "绩效")?,
        open("finance.xlsx, 10,000 rows of 10", "finance.xlsx", files::finance_sheet()?, files::LAST_ENTRY)?,
        write("the sample written as .docx", "docx", &sample),
        write("the sample written as .xlsx", "xlsx", &sample),
        write("60 more indicators written as .docx", "docx", &long),
        write("60 more indicators written as .xlsx", "xlsx", &long),
    ])
}

/// Asks what is `bench` in the page: first asks, and later ones.
fn measured(page: &mut Page, request: &str, file: Option<&Path>, says: &str) -> Result<Measured> {
    let choice = file.map(|_| json!(CHOICE).to_string()).unwrap_or_else(|| "null".to_owned());
    if let Some(file) = file {
        page.choose_files(CHOICE, &[file])?;
    }
    let mut ask = |asks: usize| -> Result<(Value, Option<u64>)> {
        // A first one needs a worker that is new.
        if asks == 1 {
            page.eval("window.bench.stop()")?;
        }
        let script = SCRIPT
            .replace("REQUEST", &json!(request).to_string())
            .replace("CHOICE", &choice)
            .replace("SAYS", &json!(says).to_string())
            .replace("TIMES", &asks.to_string());
        let answer = page.eval(&script)?;
        let memory = page.eval_in_workers(MEMORY)?.iter().find_map(Value::as_u64);
        Ok((answer, memory))
    };
    let times = |of: &Value| -> Result<Vec<f64>> {
        let mut times: Vec<f64> = serde_json::from_value(of["times"].clone()).context("the page measured nothing")?;
        times.sort_by(f64::total_cmp);
        Ok(times)
    };
    let (mut first, mut after_first) = (Vec::new(), None);
    for _ in 0..ASKS {
        let (answer, memory) = ask(1)?;
        first.extend(times(&answer)?);
        after_first = memory;
    }
    first.sort_by(f64::total_cmp);
    let (later, after_last) = ask(ASKS)?;
    Ok(Measured {
        first: median(&first)?,
        later: median(&times(&later)?)?,
        most: times(&later)?.last().copied().unwrap_or_default(),
        gap: later["gap"].as_f64().unwrap_or_default(),
        frame: later["frame"].as_f64().unwrap_or_default(),
        memory: [after_first, after_last],
    })
}

fn median(sorted: &[f64]) -> Result<f64> {
    sorted.get(sorted.len() / 2).copied().context("nothing was measured")
}

impl Measured {
    fn print(&self, what: &str) {
        let memory = self.memory.map(|bytes| match bytes {
            Some(bytes) => format!("{:.1}", bytes as f64 / 1024.0 / 1024.0),
            None => "–".to_owned(),
        });
        let later = format!("{:.0} ({:.0})", self.later, self.most);
        let gaps = format!("{:.0}, {:.0}", self.gap, self.frame);
        println!("{what:44} {:>8.0} {later:>16} {:>16} {gaps:>12}", self.first, memory.join(" → "));
    }
}

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32 % limit
    }

    /// Another digit for a digit.
    fn digit(&mut self, character: char) -> Option<char> {
        character.is_ascii_digit().then(|| char::from_digit(self.below(10), 10)).flatten()
    }
}

const SCRIPT: &str = "(async () => {
    const file = CHOICE && document.querySelector(CHOICE).files[0];
    const times = [];
    let answer = '', gap = 0, frame = 0, isOver = true;
    const watch = (next, take) => {
        let last = performance.now();
        const turn = () => {
            const now = performance.now();
            take(now - last);
            last = now;
            if (!isOver) next(turn);
        };
        next(turn);
    };
    for (let ask = 0; ask < TIMES; ask++) {
        const bytes = file ? await file.arrayBuffer() : undefined;
        isOver = false;
        watch(turn => setTimeout(turn, 0), ms => gap = Math.max(gap, ms));
        watch(turn => requestAnimationFrame(turn), ms => frame = Math.max(frame, ms));
        const start = performance.now();
        answer = await window.bench.send({ request: REQUEST, bytes });
        times.push(performance.now() - start);
        isOver = true;
        if (!answer.includes(SAYS)) throw new Error('the answer lacks ' + SAYS + ': ' + answer.slice(0, 200));
        // The last turns, which tell of what the answer itself kept waiting.
        await new Promise(done => setTimeout(done, 100));
    }
    return { times, gap, frame };
})()";
