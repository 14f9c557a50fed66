//! The browsers that every test runs on, and how each is started.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};
use tempfile::TempDir;

use crate::devtools::DevTools;
use crate::page::Page;
use crate::places;
use crate::process::Process;
use crate::running::Company;

/// To add one: a variant, its row in each `match` below, and its set-up in `xtask/src/setup/browsers.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// What the current 360 browsers are made of, and the oldest engine that is promised.
    Chromium86,
    /// The system's Chromium.
    ChromiumCurrent,
}

/// Runs `test` once on each browser; the panic that fails it names the browser.
#[track_caller]
pub fn on_every_browser(test: impl Fn(Browser) -> Result<()>) {
    for browser in Browser::ALL {
        match catch_unwind(AssertUnwindSafe(|| test(browser))) {
            Ok(Ok(())) => {}
            Ok(Err(why)) => panic!("on {}: {why:#}", browser.name()),
            Err(panic) => {
                eprintln!("this was on {}", browser.name());
                resume_unwind(panic)
            }
        }
    }
}

impl Browser {
    pub const ALL: [Browser; 2] = [Browser::Chromium86, Browser::ChromiumCurrent];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Browser::Chromium86 => "Chromium 86",
            Browser::ChromiumCurrent => "current Chromium",
        }
    }

    /// The page, open and started, in a browser that has kept nothing.
    pub fn open(self) -> Result<Page> {
        opened(self.start()?)
    }

    /// An empty page in a browser that has kept nothing: for what must happen before the page opens.
    pub fn start(self) -> Result<Page> {
        Page::start(self, Company::Shared)
    }

    /// The page, open and started, in a browser that no other page has had: for what measures the browser, ends it or
    /// starts it again.
    pub fn open_alone(self) -> Result<Page> {
        opened(self.start_alone()?)
    }

    /// An empty page in such a browser.
    pub fn start_alone(self) -> Result<Page> {
        Page::start(self, Company::Alone)
    }

    /// The start page of another folder than `dist/` in such a browser, for what is only measured.
    pub fn open_folder(self, folder: &Path) -> Result<Page> {
        let mut page = Page::start_on(self, Company::Alone, folder)?;
        let url = page.site_url();
        page.navigate(&url)?;
        Ok(page)
    }

    /// Starts it, asks what it is, such as `HeadlessChrome/86.0.4240.0`, and ends it.
    pub fn version(self) -> Result<String> {
        let profile = TempDir::with_prefix("gouji-browser-")?;
        let process = Process::start(self.command(profile.path(), Company::Alone)?, profile.path())?;
        DevTools::connect(&process.devtools_url)?.version()
    }

    /// The program to start. It is never skipped when it is missing: the test fails and says what to do.
    pub fn executable(self) -> Result<PathBuf> {
        let found = match self {
            Browser::Chromium86 => Some(places::chromium_86()),
            Browser::ChromiumCurrent => {
                let path = std::env::var_os("PATH").unwrap_or_default();
                std::env::split_paths(&path).map(|folder| folder.join("chromium")).find(|file| file.is_file())
            }
        };
        match found {
            Some(file) if file.is_file() => Ok(file),
            _ => bail!("{} is not installed: run `cargo xtask setup`", self.name()),
        }
    }

    /// The command that starts it, quiet and without internet, even as root.
    pub(crate) fn command(self, profile: &Path, company: Company) -> Result<Command> {
        let executable = self.executable()?;
        let mut command = Command::new(&executable);
        command.args(QUIET).arg(crate::process::profile_argument(profile));
        if company == Company::Shared {
            // Wasm is compiled once, fast, and not again for speed, which pages of short life do not earn back.
            command.arg("--js-flags=--no-wasm-tier-up");
        }
        if let (Browser::Chromium86, Some(folder)) = (self, executable.parent()) {
            // The package brings the few libraries that a current system no longer has.
            command.env("LD_LIBRARY_PATH", folder.join("lib"));
            // It is built for a machine without the zygote's helper programs.
            command.arg("--no-zygote");
        }
        Ok(command)
    }

    /// Where a failed test leaves a picture of the page.
    pub(crate) fn failure_picture(self, tab: usize) -> Result<PathBuf> {
        let folder = places::failure_pictures();
        fs::create_dir_all(&folder)?;
        let test = std::thread::current().name().unwrap_or("page").replace("::", "-");
        let tab = if tab == 1 { String::new() } else { format!(", tab {tab}") };
        Ok(folder.join(format!("{test} on {}{tab}.png", self.name())))
    }
}

fn opened(mut page: Page) -> Result<Page> {
    page.open_app()?;
    Ok(page)
}

const QUIET: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-breakpad",
    "--mute-audio",
    // A throttled page in the background would measure the throttle.
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    "--password-store=basic",
    "--remote-debugging-port=0",
    "--window-size=1366,768",
    "--lang=zh-CN",
    "about:blank",
];
