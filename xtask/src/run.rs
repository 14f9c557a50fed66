//! Runs other programs: shows what is run, and says what to do when it fails.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Says what comes next, so that a person who waits knows what for.
pub fn announce(what: &str) {
    println!("\n== {what}");
}

/// Runs a command with its output in view. `advice` is what a person should do when it fails.
pub fn run(command: &mut Command, advice: &str) -> Result<()> {
    let line = shown(command);
    println!("   $ {line}");
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("cannot run `{line}`: {advice}"))?;
    if !status.success() {
        bail!("`{line}` ended with {status}: {advice}");
    }
    Ok(())
}

/// What a command prints, or nothing when it cannot be run or fails: for questions such as `--version`.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Where a program lies on PATH.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn shown(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}
