//! Runs other programs, says which, and says which one failed.

use std::{
    env,
    ffi::OsStr,
    fmt,
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

/// Like [`run`], and hands every line it prints to `seen`, also if it fails; the error then tells which tests failed, which
/// may have been said thousands of lines before.
pub(crate) fn watch(mut command: Command, mut seen: impl FnMut(&str)) -> Result<()> {
    let line = line(&command);
    println!("$ {line}");
    let (output, input) = io::pipe()?;
    command.stdout(input.try_clone()?).stderr(input);
    let mut child = command.spawn().with_context(|| format!("`{line}` cannot be started"))?;
    // It holds our ends of the pipe, which would never end otherwise.
    drop(command);
    let mut failures = Failures::default();
    for text in BufReader::new(output).lines() {
        let text = text.with_context(|| format!("reading what `{line}` prints"))?;
        println!("{text}");
        failures.hear(&text);
        seen(&text);
    }
    let status = child.wait()?;
    ensure!(status.success(), "`{line}` failed ({status}){failures}");
    Ok(())
}

/// What a program's lines say of tests that failed.
#[derive(Default)]
struct Failures {
    lines: Vec<String>,
    /// How many of the next lines say why.
    behind: usize,
}

impl Failures {
    /// A run in which everything fails has said enough after so many lines.
    const MOST: usize = 60;

    fn hear(&mut self, line: &str) {
        self.behind = if names_a_failure(line) { 3 } else { self.behind.saturating_sub(1) };
        if self.behind > 0 && self.lines.len() < Self::MOST {
            self.lines.push(line.to_owned());
        }
    }
}

impl fmt::Display for Failures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines.iter().try_for_each(|line| write!(f, "\n  {line}"))
    }
}

/// As cargo, Maven, Python's unittest and Swift's testing say it.
fn names_a_failure(line: &str) -> bool {
    line.starts_with("test ") && line.ends_with(" FAILED")
        || line.starts_with("---- ") && line.ends_with(" stdout ----")
        || line.contains("<<< FAILURE!")
        || line.contains("<<< ERROR!")
        || line.starts_with("FAIL: ")
        || line.starts_with("ERROR: ")
        || line.contains(" recorded an issue ")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_is_told_at_the_end_again() {
        let script = "for line in 'test a::b ... FAILED' passed 'MyTest.x <<< ERROR!' why where whence then \
            'FAIL: test_it (it.It)' '✘ Test it() recorded an issue at it.swift:1: so'; do echo \"$line\"; done; exit 3";
        let error = watch(command("sh", &["-c", script]), |_| {}).expect_err("it ends with 3").to_string();
        let told: Vec<_> =
            error.lines().skip_while(|line| !line.contains("exit status: 3")).skip(1).map(str::trim).collect();
        let expected = [
            "test a::b ... FAILED",
            "passed",
            "MyTest.x <<< ERROR!",
            "why",
            "where",
            "FAIL: test_it (it.It)",
            "✘ Test it() recorded an issue at it.swift:1: so",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn what_passes_is_not_told() {
        assert!(watch(command("sh", &["-c", "echo 'test a ... FAILED'"]), |_| {}).is_ok());
        assert!(!names_a_failure("test a::what_FAILED ... ok"));
    }
}
