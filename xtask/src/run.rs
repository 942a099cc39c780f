//! Runs other programs, says which, and says which one failed.

use std::{
    env,
    ffi::OsStr,
    io::{self, BufRead, BufReader},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

use crate::paths;

/// A command that runs at the top of the repository.
pub(crate) fn command(program: &str, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(paths::root());
    command
}

/// `cargo` at the version of rust-toolchain.toml, with which rustup also keeps the compiler to that version.
pub(crate) fn cargo(args: &[&str]) -> Command {
    let mut cargo = command("cargo", args);
    // What `cargo xtask` tells of this package is no business of the build that it starts: ring would be compiled again, and
    // all that lies on it, whenever the same build is started by hand.
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            cargo.env_remove(name);
        }
    }
    cargo
}

/// The command as a person would type it.
pub(crate) fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// Runs `command` to its end. Anything but success is an error that names it.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    println!("$ {line}");
    let status = command.status().with_context(|| format!("`{line}` cannot be started"))?;
    ensure!(status.success(), "`{line}` failed ({status})");
    Ok(())
}

/// Like [`run`], and hands every line it prints to `seen`, also if it fails.
pub(crate) fn watch(mut command: Command, mut seen: impl FnMut(&str)) -> Result<()> {
    let line = line(&command);
    println!("$ {line}");
    let (output, input) = io::pipe()?;
    command.stdout(input.try_clone()?).stderr(input);
    let mut child = command.spawn().with_context(|| format!("`{line}` cannot be started"))?;
    // It holds our ends of the pipe, which would never end otherwise.
    drop(command);
    for text in BufReader::new(output).lines() {
        let text = text.with_context(|| format!("reading what `{line}` prints"))?;
        println!("{text}");
        seen(&text);
    }
    let status = child.wait()?;
    ensure!(status.success(), "`{line}` failed ({status})");
    Ok(())
}

/// Runs `command` and returns what it prints.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let line = line(command);
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("`{line}` cannot be started"))?;
    ensure!(output.status.success(), "`{line}` failed ({})", output.status);
    String::from_utf8(output.stdout).with_context(|| format!("`{line}` prints no text"))
}

/// Named steps, and how long each took.
pub(crate) struct Steps {
    only: Option<String>,
    took: Vec<(&'static str, Duration)>,
}

impl Steps {
    /// All steps, or only those whose name contains `only`.
    pub(crate) fn new(only: Option<String>) -> Self {
        Self { only, took: Vec::new() }
    }

    /// Runs one step under its name.
    pub(crate) fn step(&mut self, name: &'static str, work: impl FnOnce() -> Result<()>) -> Result<()> {
        if self.only.as_ref().is_some_and(|only| !name.contains(only.as_str())) {
            return Ok(());
        }
        println!("\n== {name}");
        let start = Instant::now();
        let result = work().with_context(|| format!("step \"{name}\""));
        self.took.push((name, start.elapsed()));
        result
    }

    /// Prints the time each step took.
    pub(crate) fn print(&self) {
        println!("\n== time");
        for (name, time) in &self.took {
            println!("{:>7.1} s  {name}", time.as_secs_f64());
        }
    }
}
