//! What is in the workers of a page, which have no document to look at.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::{Page, description};

/// How long the browser may take to name them.
const NAMED: Duration = Duration::from_secs(2);

impl Page {
    /// The value that an expression of JavaScript has in each worker of the page; a promise is awaited. The browser looks
    /// into the workers no longer than that, so that it does not slow them down at other times.
    pub fn eval_in_workers(&mut self, expression: &str) -> Result<Vec<Value>> {
        self.attach_to_workers(true)?;
        let until = Instant::now() + NAMED;
        while self.workers.is_empty() && Instant::now() < until {
            self.read_events()?;
        }
        let mut values = Vec::new();
        for session in std::mem::take(&mut self.workers) {
            let question = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
            let answer = self.devtools.call_in(session, "Runtime.evaluate", question)?;
            if let Some(details) = answer.get("exceptionDetails") {
                bail!("{expression}, in a worker: {}", description(details));
            }
            values.push(answer["result"]["value"].clone());
        }
        self.attach_to_workers(false)?;
        Ok(values)
    }

    fn attach_to_workers(&mut self, is_on: bool) -> Result<()> {
        let how = json!({ "autoAttach": is_on, "waitForDebuggerOnStart": false, "flatten": true });
        self.devtools.call("Target.setAutoAttach", how)?;
        Ok(())
    }
}
