//! What a person does with the page, and what they see: the one interface of the tests to a browser.
//!
//! Typing and clicking are events of the keyboard and the mouse, never calls into the page. Only this file
//! and the one below it know which DevTools command stands for which action.

mod access;
mod dragging;
mod workers;

pub use access::Node;

use std::cell::RefCell;
use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Error, Result, anyhow, bail};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::browser::Browser;
use crate::devtools::DevTools;
use crate::keys::Stroke;
use crate::places;
use crate::running::{Company, Running};
use crate::static_server::StaticServer;

/// How long anything may take to appear, on a machine that compiles beside.
const PATIENCE: Duration = Duration::from_secs(60);

/// One page in a browser that no other page has meanwhile, or a further tab of one (`open_tab`). The server, and the
/// browser where it is not shared, go when the last of its tabs is dropped.
pub struct Page {
    devtools: DevTools,
    home: Rc<Home>,
    browser: Browser,
    /// Counted from 1 in the order of opening.
    tab: usize,
    problems: Vec<String>,
    requests: Vec<String>,
    /// Questions of the browser that are not answered yet, such as `beforeunload`.
    questions: Vec<String>,
    /// Addresses that the page has come to.
    arrivals: Vec<String>,
    /// Sessions of workers that the browser has attached to.
    workers: Vec<String>,
    downloads: Downloads,
}

/// How many downloads were seen.
#[derive(Default)]
struct Downloads {
    begun: usize,
    finished: usize,
    taken: usize,
}

/// What the tabs of a browser share.
struct Home {
    /// There until it is given back.
    running: RefCell<Option<Running>>,
    downloads: TempDir,
    site: StaticServer,
}

impl Home {
    fn with<T>(&self, what: impl FnOnce(&mut Running) -> Result<T>) -> Result<T> {
        what(self.running.borrow_mut().as_mut().context("the browser was given back")?)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // After a failure nobody knows what it is left in: it ends.
        if let Some(running) = self.running.take().filter(|_| !std::thread::panicking()) {
            // One that does not answer ends, too.
            let _ = running.give_back();
        }
    }
}

// Starting, opening, closing.
impl Page {
    pub(crate) fn start(browser: Browser, company: Company) -> Result<Page> {
        let dist = places::dist();
        if !dist.join("index.html").is_file() {
            bail!("there is no built page: run `cargo xtask build`");
        }
        Page::start_on(browser, company, &dist)
    }

    pub(crate) fn start_on(browser: Browser, company: Company, folder: &Path) -> Result<Page> {
        // Not the root of a server: this is what shows that every address in the page is relative.
        let site = StaticServer::start(folder, "/a/b/", 0)?;
        let downloads = TempDir::with_prefix("gouji-downloads-")?;
        let running = Running::start(browser, company)?;
        let devtools = running.open_page()?;
        Page::attach(devtools, Rc::new(Home { running: RefCell::new(Some(running)), downloads, site }), browser)
    }

    /// A further tab of the same browser, empty, with the same profile and server. It is a window of its own to its
    /// drafts, and lives on when this one is dropped; a kill or a relaunch ends both.
    pub fn open_tab(&self) -> Result<Page> {
        let devtools = self.home.with(|running| running.open_page())?;
        Page::attach(devtools, self.home.clone(), self.browser)
    }

    fn attach(devtools: DevTools, home: Rc<Home>, browser: Browser) -> Result<Page> {
        let (problems, requests, questions, arrivals, workers) = Default::default();
        let tab = Rc::strong_count(&home);
        let mut page = Page {
            devtools,
            home,
            browser,
            tab,
            problems,
            requests,
            questions,
            arrivals,
            workers,
            downloads: Downloads::default(),
        };
        page.prepare()?;
        Ok(page)
    }

    /// Opens the page of `dist/` and waits until it has started, or shows why it cannot.
    pub fn open_app(&mut self) -> Result<()> {
        let url = self.site_url();
        self.navigate(&url)?;
        self.wait_until("!document.querySelector('[data-part=\"loading\"]') && document.body.children.length > 0")
    }

    pub fn navigate(&mut self, url: &str) -> Result<()> {
        let answer = self.devtools.call("Page.navigate", json!({ "url": url }))?;
        if let Some(why) = answer["errorText"].as_str() {
            bail!("cannot open {url}: {why}");
        }
        self.wait_until(&format!("location.href.startsWith({}) && document.readyState === 'complete'", json!(url)))
    }

    pub fn reload(&mut self) -> Result<()> {
        self.eval("window.isBeforeReload = true")?;
        self.devtools.call("Page.reload", json!({}))?;
        self.wait_until("!window.isBeforeReload && document.readyState === 'complete'")
    }

    /// Goes to another address as a link does, and tells whether the browser asked first; the answer is to go.
    pub fn leave_for(&mut self, url: &str) -> Result<bool> {
        self.read_events()?;
        self.arrivals.clear();
        self.questions.clear();
        // The task that asks must end by itself: it waits for the answer.
        self.eval(&format!("setTimeout(() => location.assign({}))", json!(url)))?;
        let until = Instant::now() + PATIENCE;
        let mut is_asked = false;
        while Instant::now() < until {
            self.read_events()?;
            if let Some(question) = self.questions.pop() {
                is_asked |= question == "beforeunload";
                self.devtools.call("Page.handleJavaScriptDialog", json!({ "accept": true }))?;
            }
            if self.arrivals.iter().any(|arrived| arrived.starts_with(url)) {
                self.wait_until("document.readyState === 'complete'")?;
                return Ok(is_asked);
            }
        }
        bail!("did not come to {url} within {} s", PATIENCE.as_secs())
    }

    /// The back button.
    pub fn go_back(&mut self) -> Result<()> {
        let history = self.devtools.call("Page.getNavigationHistory", json!({}))?;
        let current = history["currentIndex"].as_u64().and_then(|at| usize::try_from(at).ok());
        let before = current.and_then(|at| history["entries"].get(at.checked_sub(1)?)).cloned();
        let before = before.context("there is no page before this one")?;
        self.devtools.call("Page.navigateToHistoryEntry", json!({ "entryId": before["id"] }))?;
        self.wait_until(&format!("location.href === {} && document.readyState === 'complete'", before["url"]))
    }

    /// Goes to this tab, as a click on it does.
    pub fn bring_to_front(&mut self) -> Result<()> {
        self.devtools.call("Page.bringToFront", json!({}))?;
        // Each tab of an old headless browser believes to have the focus always, and none hears of getting it.
        if self.browser == Browser::Chromium86 {
            self.eval("window.dispatchEvent(new FocusEvent('focus'))")?;
        }
        self.wait_until("document.hasFocus() && document.visibilityState === 'visible'")
    }

    /// Closes the browser, which must be the page's alone, as a person does and starts it again with the same profile; the
    /// page is empty then.
    pub fn relaunch(&mut self) -> Result<()> {
        self.devtools.close_browser()?;
        self.home.with(Running::wait_and_start_again)?;
        self.come_back()
    }

    /// Ends the browser, which must be the page's alone, as a power cut would and starts it again with the same profile;
    /// the page is empty then.
    pub fn kill_and_relaunch(&mut self) -> Result<()> {
        self.home.with(Running::kill_and_start_again)?;
        self.come_back()
    }

    fn come_back(&mut self) -> Result<()> {
        self.devtools = self.home.with(|running| running.open_page())?;
        self.prepare()
    }

    fn prepare(&mut self) -> Result<()> {
        for domain in ["Page", "Runtime", "Log", "Network", "DOM"] {
            self.devtools.call(&format!("{domain}.enable"), json!({}))?;
        }
        let mut downloads = json!({ "behavior": "allow", "downloadPath": self.home.downloads.path() });
        if let Some(context) = self.home.with(|running| Ok(running.context().map(str::to_owned)))? {
            downloads["browserContextId"] = json!(context);
        }
        self.devtools.call_browser("Browser.setDownloadBehavior", downloads)?;
        self.set_viewport(1366, 768)
    }
}

// What a person does.
impl Page {
    /// Moves the mouse to the middle of the element, then presses and releases its left button there.
    pub fn click(&mut self, selector: &str) -> Result<()> {
        self.press_mouse(selector, 1)
    }

    /// Two clicks, the second of which the browser knows for the second of a double click.
    pub fn double_click(&mut self, selector: &str) -> Result<()> {
        self.press_mouse(selector, 2)
    }

    fn press_mouse(&mut self, selector: &str, times: u8) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        // What moves or is drawn anew is waited for, as a person does.
        let place = loop {
            // Some buttons are there only while the mouse is near.
            self.hover(selector)?;
            let place = self.place_of(selector)?;
            if place["isHit"] == true {
                break place;
            }
            if Instant::now() >= until {
                return Err(self.failure(format!("{selector} cannot be clicked: {} is over it", place["hit"])));
            }
            sleep(Duration::from_millis(20));
        };
        self.mouse("mouseMoved", &place, 0)?;
        for count in 1..=times {
            self.mouse("mousePressed", &place, count)?;
            self.mouse("mouseReleased", &place, count)?;
        }
        Ok(())
    }

    /// Moves the mouse to the middle of the element and leaves it there.
    pub fn hover(&mut self, selector: &str) -> Result<()> {
        self.wait_for(selector)?;
        let place = self.place_of(selector)?;
        self.mouse("mouseMoved", &place, 0)
    }

    /// The middle of an element, brought into view, and what the mouse would hit there.
    fn place_of(&mut self, selector: &str) -> Result<Value> {
        self.eval(&format!(
            "(() => {{
                const element = document.querySelector({});
                if (!element) return {{ x: 0, y: 0, hit: 'nothing, as it has gone,' }};
                element.scrollIntoView({{ block: 'center', inline: 'center' }});
                const box = element.getBoundingClientRect();
                const x = box.left + box.width / 2, y = box.top + box.height / 2;
                const hit = document.elementFromPoint(x, y);
                return {{ x, y, isHit: element.contains(hit), hit: hit ? hit.outerHTML.slice(0, 200) : 'nothing' }};
            }})()",
            json!(selector)
        ))
    }

    fn mouse(&mut self, kind: &str, place: &Value, count: u8) -> Result<()> {
        let event = json!({
            "type": kind, "x": place["x"], "y": place["y"],
            "button": if count == 0 { "none" } else { "left" }, "clickCount": count,
        });
        self.devtools.call("Input.dispatchMouseEvent", event)?;
        Ok(())
    }

    /// Types into what has the focus: by keys where a keyboard has them, else as an input method commits text.
    pub fn type_text(&mut self, text: &str) -> Result<()> {
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            match Stroke::of_char(character) {
                Some(stroke) => {
                    self.strike(&stroke)?;
                    rest = &rest[character.len_utf8()..];
                }
                None => {
                    let end = rest.find(|next| Stroke::of_char(next).is_some()).unwrap_or(rest.len());
                    self.insert_text(&rest[..end])?;
                    rest = &rest[end..];
                }
            }
        }
        Ok(())
    }

    /// Puts a text in at once, line breaks and tabs and all, as an input method commits it.
    pub fn insert_text(&mut self, text: &str) -> Result<()> {
        self.devtools.call("Input.insertText", json!({ "text": text }))?;
        Ok(())
    }

    /// Presses one key: `Enter`, `Tab`, `Shift+Tab`, `Control+z`.
    pub fn press(&mut self, key: &str) -> Result<()> {
        let stroke = Stroke::named(key).with_context(|| format!("no key is called {key}: see keys.rs"))?;
        self.strike(&stroke)
    }

    /// Puts the cursor into an element.
    pub fn focus(&mut self, selector: &str) -> Result<()> {
        self.wait_for(selector)?;
        self.eval(&format!("document.querySelector({}).focus()", json!(selector)))?;
        Ok(())
    }

    /// Clicks into an input, replaces what is there, and leaves it by Tab, so that it is committed.
    pub fn fill(&mut self, selector: &str, text: &str) -> Result<()> {
        self.click(selector)?;
        self.press("Control+a")?;
        self.press("Delete")?;
        self.type_text(text)?;
        self.press("Tab")
    }

    /// Chooses files in a file input, as its dialog would.
    pub fn choose_files(&mut self, selector: &str, files: &[&Path]) -> Result<()> {
        self.wait_for(selector)?;
        let document = self.devtools.call("DOM.getDocument", json!({}))?;
        let query = json!({ "nodeId": document["root"]["nodeId"], "selector": selector });
        let node = self.devtools.call("DOM.querySelector", query)?;
        self.devtools.call("DOM.setFileInputFiles", json!({ "nodeId": node["nodeId"], "files": files }))?;
        Ok(())
    }

    /// Waits for the next finished download and moves it out of the way of the one after it.
    pub fn take_download(&mut self) -> Result<Download> {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            self.read_events()?;
            // A file may lie there under its name before all of it is written.
            if self.downloads.finished == self.downloads.taken {
                continue;
            }
            for entry in fs::read_dir(self.home.downloads.path())? {
                let path = entry?.path();
                let is_finished = path.extension().is_none_or(|extension| extension != "crdownload");
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
                if is_finished && !name.starts_with('.') {
                    let bytes = fs::read(&path)?;
                    fs::remove_file(&path)?;
                    self.downloads.taken += 1;
                    return Ok(Download { name, bytes });
                }
            }
        }
        Err(self.failure("nothing was downloaded".to_owned()))
    }

    fn strike(&mut self, stroke: &Stroke) -> Result<()> {
        self.devtools.call("Input.dispatchKeyEvent", stroke.down())?;
        self.devtools.call("Input.dispatchKeyEvent", stroke.up())?;
        Ok(())
    }
}

/// A file as the page handed it out.
pub struct Download {
    pub name: String,
    pub bytes: Vec<u8>,
}

// What a person sees.
impl Page {
    /// Waits for an element.
    pub fn wait_for(&mut self, selector: &str) -> Result<()> {
        self.wait_until(&format!("document.querySelector({})", json!(selector)))
    }

    /// Waits until an expression of JavaScript is true.
    pub fn wait_until(&mut self, condition: &str) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        let mut last = String::new();
        while Instant::now() < until {
            match self.eval(&format!("!!({condition})")) {
                Ok(Value::Bool(true)) => return Ok(()),
                Ok(_) => {}
                // While a page is replaced by another there is nothing to ask.
                Err(why) => last = format!(" ({why:#})"),
            }
            sleep(Duration::from_millis(20));
        }
        Err(self.failure(format!("waited {} s in vain for: {condition}{last}", PATIENCE.as_secs())))
    }

    /// The value of an expression of JavaScript; a promise is awaited.
    pub fn eval(&mut self, expression: &str) -> Result<Value> {
        let question = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let answer = self.devtools.call("Runtime.evaluate", question)?;
        if let Some(details) = answer.get("exceptionDetails") {
            bail!("{expression}: {}", description(details));
        }
        Ok(answer["result"]["value"].clone())
    }

    /// The text of the first element, as it stands in the document.
    pub fn text(&mut self, selector: &str) -> Result<String> {
        self.wait_for(selector)?;
        self.string(&format!("document.querySelector({}).textContent", json!(selector)))
    }

    /// The texts of all elements, in their order.
    pub fn texts(&mut self, selector: &str) -> Result<Vec<String>> {
        let all = format!("Array.from(document.querySelectorAll({}), e => e.textContent)", json!(selector));
        Ok(serde_json::from_value(self.eval(&all)?)?)
    }

    /// What stands in an input.
    pub fn value(&mut self, selector: &str) -> Result<String> {
        self.wait_for(selector)?;
        self.string(&format!("document.querySelector({}).value", json!(selector)))
    }

    fn string(&mut self, expression: &str) -> Result<String> {
        let value = self.eval(expression)?;
        value.as_str().map(str::to_owned).with_context(|| format!("{expression} is not a text: {value}"))
    }

    /// What is in view, as PNG.
    pub fn screenshot(&mut self) -> Result<Vec<u8>> {
        let answer = self.devtools.call("Page.captureScreenshot", json!({ "format": "png" }))?;
        bytes(&answer)
    }

    /// The page as it would be printed.
    pub fn print_to_pdf(&mut self) -> Result<Vec<u8>> {
        let options = json!({ "preferCSSPageSize": true, "printBackground": true });
        let answer = self.devtools.call("Page.printToPDF", options)?;
        bytes(&answer)
    }

    /// Errors and warnings of the console since the start, uncaught exceptions and what the policy blocked.
    pub fn problems(&mut self) -> Result<Vec<String>> {
        self.read_events()?;
        Ok(self.problems.clone())
    }

    /// The addresses that the browser asked for since the start.
    pub fn requests(&mut self) -> Result<Vec<String>> {
        self.read_events()?;
        Ok(self.requests.clone())
    }

    /// How many downloads have begun since the start.
    pub fn downloads(&mut self) -> Result<usize> {
        self.read_events()?;
        Ok(self.downloads.begun)
    }

    fn read_events(&mut self) -> Result<()> {
        for event in self.devtools.events(Duration::from_millis(100))? {
            let params = &event.params;
            match event.method.as_str() {
                "Log.entryAdded" => {
                    let entry = &params["entry"];
                    if matches!(entry["level"].as_str(), Some("error" | "warning")) {
                        let text = entry["text"].as_str().unwrap_or_default();
                        self.problems.push(format!("{text} {}", entry["url"].as_str().unwrap_or_default()));
                    }
                }
                "Runtime.exceptionThrown" => self.problems.push(description(&params["exceptionDetails"])),
                "Runtime.consoleAPICalled" => {
                    if matches!(params["type"].as_str(), Some("error" | "warning" | "assert")) {
                        let said = params["args"].as_array().into_iter().flatten();
                        let said: Vec<_> = said.map(|arg| format!("{} {}", arg["value"], arg["description"])).collect();
                        self.problems.push(said.join(" "));
                    }
                }
                "Network.requestWillBeSent" => {
                    self.requests.extend(params["request"]["url"].as_str().map(str::to_owned));
                }
                "Page.javascriptDialogOpening" => {
                    self.questions.extend(params["type"].as_str().map(str::to_owned));
                }
                "Page.frameNavigated" => self.arrivals.extend(params["frame"]["url"].as_str().map(str::to_owned)),
                "Target.attachedToTarget" if params["targetInfo"]["type"] == "worker" => {
                    self.workers.extend(params["sessionId"].as_str().map(str::to_owned));
                }
                "Page.downloadWillBegin" => self.downloads.begun += 1,
                "Page.downloadProgress" if params["state"] == "completed" => self.downloads.finished += 1,
                _ => {}
            }
        }
        Ok(())
    }

    /// An error that also says what the console said and where a picture of the page lies.
    fn failure(&mut self, what: String) -> Error {
        let problems = self.problems().unwrap_or_default().join("\n");
        let picture = self.browser.failure_picture(self.tab).and_then(|file| {
            fs::write(&file, self.screenshot()?)?;
            Ok(file.display().to_string())
        });
        anyhow!("{what}\npicture: {}\nconsole: {problems}", picture.unwrap_or_else(|why| format!("none, {why}")))
    }
}

// How the browser stands.
impl Page {
    /// The address of the page's folder on the server.
    pub fn site_url(&self) -> String {
        self.home.site.url()
    }

    /// The address of the file of `dist/` whose name, but for the hash in it, begins and ends so.
    pub fn file_url(&self, begin: &str, end: &str) -> Result<String> {
        for entry in fs::read_dir(places::dist())? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.starts_with(begin) && name.ends_with(end) {
                return Ok(self.site_url() + &name);
            }
        }
        bail!("no file of dist/ is called {begin}…{end}")
    }

    pub fn browser(&self) -> Browser {
        self.browser
    }

    pub fn version(&mut self) -> Result<String> {
        self.devtools.version()
    }

    pub fn set_viewport(&mut self, width: u32, height: u32) -> Result<()> {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools.call("Emulation.setDeviceMetricsOverride", metrics)?;
        Ok(())
    }

    /// Makes the processor `times` slower, for the page; on a machine that is busy with other work, by less.
    pub fn slow_down(&mut self, times: u32) -> Result<()> {
        self.devtools.call("Emulation.setCPUThrottlingRate", json!({ "rate": times }))?;
        Ok(())
    }

    /// JavaScript that runs in every page before its own scripts.
    pub fn run_before_load(&mut self, script: &str) -> Result<()> {
        self.devtools.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }))?;
        Ok(())
    }

    /// A command of the DevTools protocol, for the few things that only it has: the accessibility tree, input
    /// methods. A test that uses it runs on Chromium only.
    pub fn devtools(&mut self, method: &str, params: Value) -> Result<Value> {
        self.devtools.call(method, params)
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", self.failure("the page when the test failed".to_owned()));
        }
    }
}

fn description(details: &Value) -> String {
    let exception = &details["exception"];
    exception["description"].as_str().or_else(|| details["text"].as_str()).unwrap_or("an exception").to_owned()
}

fn bytes(answer: &Value) -> Result<Vec<u8>> {
    let data = answer["data"].as_str().context("the browser sent no data")?;
    Ok(BASE64_STANDARD.decode(data)?)
}
