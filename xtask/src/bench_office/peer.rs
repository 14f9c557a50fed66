//! SheetJS, which reads workbooks in JavaScript, in a worker of a page of its own.

use std::fs;
use std::path::Path;

use anyhow::Result;
use gouji_browser_tests::Browser;
use gouji_browser_tests::static_server::StaticServer;

use super::{Measured, files, measured};
use crate::setup::npm;
use crate::versions::SHEETJS;

const PAGE: &str = "<!doctype html><meta charset=\"utf-8\"><title>peer</title><input type=\"file\" data-on=\"bench\">";

/// The sheet as text with tabs, as ours gives it.
const WORKER: &str = "\
importScripts('dist/xlsx.full.min.js');
onmessage = event => {
    const book = XLSX.read(new Uint8Array(event.data), { type: 'array' });
    postMessage(XLSX.utils.sheet_to_csv(book.Sheets[book.SheetNames[0]], { FS: '\\t' }));
};
";

/// Asks it as often and as `moduleOf` asks ours.
const ASK: &str = "(() => {
    let worker;
    return {
        stop() { if (worker) worker.terminate(); worker = null; },
        send({ bytes }) {
            worker = worker || new Worker('worker.js');
            return new Promise((resolve, reject) => {
                worker.onmessage = event => resolve(event.data);
                worker.onerror = event => reject(new Error(event.message));
                worker.postMessage(bytes, [bytes]);
            });
        },
    };
})()";

/// Fetches it into a folder below `target/`.
pub fn fetch(folder: &Path) -> Result<()> {
    npm::replace(&npm::fetch(&SHEETJS)?, folder)?;
    fs::write(folder.join("index.html"), PAGE)?;
    fs::write(folder.join("worker.js"), WORKER)?;
    Ok(())
}

/// How long it takes for a workbook.
pub fn measure(browser: Browser, folder: &Path, file: &Path) -> Result<Measured> {
    let site = StaticServer::start(folder, "/", 0)?;
    let mut page = browser.start_alone()?;
    page.navigate(&(site.url() + "index.html"))?;
    page.eval(&format!("window.bench = {ASK}"))?;
    measured(&mut page, "{}", Some(file), files::LAST_ENTRY)
}
