//! A running browser: its processes, its profile and the address of its DevTools.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group};

/// How long a browser may take to start on a busy machine.
const START: Duration = Duration::from_secs(60);

/// Waits for the end of its input; then the browser, which takes the shell's place, ends with its children, and its profile
/// goes. So nothing outlives the program that started it, however that ends.
const WATCHED: &str = "exec 3<&0
{ read -r _ <&3; kill -KILL $$; sleep 1; rm -rf \"$0\"; kill -KILL 0; } &
exec \"$@\" </dev/null 3<&-";

/// Killed, with all of its children, when dropped.
pub struct Process {
    child: Child,
    /// Where its DevTools listen.
    pub devtools_url: String,
}

impl Process {
    /// Starts `command`, with its profile in a folder, in a process group of its own and waits until its DevTools listen.
    pub fn start(command: Command, profile: &Path) -> Result<Process> {
        let mut watched = Command::new("sh");
        watched.args(["-c", WATCHED]).arg(profile).arg(command.get_program()).args(command.get_args());
        watched.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        watched.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = watched.spawn().with_context(|| format!("cannot start {:?}", command.get_program()))?;
        let output = child.stderr.take().context("the browser has no stderr")?;
        let (lines, said) = mpsc::channel();
        // The thread reads on to the end: a full pipe would stop the browser.
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                // Nobody listens any more once the address is known.
                let _ = lines.send(line);
            }
        });
        let mut process = Process { child, devtools_url: String::new() };
        let mut heard = Vec::new();
        let until = Instant::now() + START;
        loop {
            match said.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(line) => match line.strip_prefix("DevTools listening on ") {
                    Some(url) => {
                        process.devtools_url = url.trim().to_owned();
                        return Ok(process);
                    }
                    None => heard.push(line),
                },
                Err(_) => {
                    bail!("the browser {:?} did not start; it said:\n{}", command.get_program(), heard.join("\n"))
                }
            }
        }
    }

    /// Waits until the browser has gone by itself, so that its profile is whole on the disk.
    pub fn wait(&mut self) -> Result<()> {
        let until = Instant::now() + Duration::from_secs(20);
        while Instant::now() < until {
            if self.child.try_wait()?.is_some() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        bail!("the browser did not close within 20 seconds")
    }

    /// Ends the browser as a power cut would.
    pub fn kill(&mut self) {
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            // It may have gone by itself; then there is nothing to do.
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A folder that a browser writes its profile to.
pub fn profile_argument(profile: &Path) -> String {
    format!("--user-data-dir={}", profile.display())
}
