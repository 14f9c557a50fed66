//! Browsers that run, alone for one page or shared: a shared one is started where none is to spare, and given back by a
//! page that went well. Starting one for each page is much of the work of short tests.
//!
//! What pages in a shared one keep, they keep apart: each has a context of its own (a private window), which goes with
//! it. `harness.rs` holds them to that.

use std::fs;
use std::sync::{Mutex, PoisonError};

use anyhow::{Result, bail};
use tempfile::TempDir;

use crate::browser::Browser;
use crate::devtools::DevTools;
use crate::process::Process;

/// Whether a page shares its browser with those before and after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Company {
    Shared,
    /// For what ends the browser, starts it again with the same profile on the disk, or measures it.
    Alone,
}

/// A browser and its profile, and the context of the page that has it. The process comes first: it must be gone before
/// its profile is deleted.
pub struct Running {
    process: Process,
    profile: TempDir,
    browser: Browser,
    /// None where it is alone.
    context: Option<String>,
}

static SPARE: Mutex<Vec<Running>> = Mutex::new(Vec::new());

impl Running {
    pub fn start(browser: Browser, company: Company) -> Result<Running> {
        let spare = (company == Company::Shared).then(|| take(browser)).flatten();
        let mut running = match spare {
            Some(running) => running,
            None => {
                let profile = TempDir::with_prefix("gouji-browser-")?;
                let process = Process::start(browser.command(profile.path(), company)?, profile.path())?;
                Running { process, profile, browser, context: None }
            }
        };
        if company == Company::Shared {
            running.context = Some(DevTools::connect(&running.process.devtools_url)?.create_context()?);
        }
        Ok(running)
    }

    /// A new, empty page in it.
    pub fn open_page(&self) -> Result<DevTools> {
        let mut devtools = DevTools::connect(&self.process.devtools_url)?;
        devtools.open_page(self.context.as_deref())?;
        Ok(devtools)
    }

    /// The context of its pages; none where there is only the browser's own.
    pub fn context(&self) -> Option<&str> {
        self.context.as_deref()
    }

    /// Waits until it has gone by itself, and starts it again with the same profile.
    pub fn wait_and_start_again(&mut self) -> Result<()> {
        self.process.wait()?;
        self.start_again()
    }

    /// Ends it as a power cut would, and starts it again with the same profile.
    pub fn kill_and_start_again(&mut self) -> Result<()> {
        self.process.kill();
        self.start_again()
    }

    fn start_again(&mut self) -> Result<()> {
        if self.context.is_some() {
            bail!("what a shared browser holds is gone with it: open the page alone");
        }
        // A browser that was killed leaves a lock that names it.
        for lock in ["SingletonLock", "SingletonSocket", "SingletonCookie"] {
            // After a polite end there is none.
            let _ = fs::remove_file(self.profile.path().join(lock));
        }
        let profile = self.profile.path();
        self.process = Process::start(self.browser.command(profile, Company::Alone)?, profile)?;
        Ok(())
    }

    /// Lets the next page have it, without anything of this one.
    pub fn give_back(mut self) -> Result<()> {
        if let Some(context) = self.context.take() {
            DevTools::connect(&self.process.devtools_url)?.close_context(&context)?;
            SPARE.lock().unwrap_or_else(PoisonError::into_inner).push(self);
        }
        Ok(())
    }
}

fn take(browser: Browser) -> Option<Running> {
    let mut spare = SPARE.lock().unwrap_or_else(PoisonError::into_inner);
    let at = spare.iter().position(|running| running.browser == browser)?;
    Some(spare.swap_remove(at))
}
