//! A throw-away machine with a real Bluetooth stack and no radio (docs/guides/bluetooth-lab.md).

mod console;
mod cpio;
mod guest;
mod initramfs;
mod kernel;
mod pins;

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio, exit},
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use self::guest::{Guest, Options, Program};
use crate::{
    paths,
    run::{capture, cargo},
    tally::Tally,
};

/// The test target (tests/Cargo.toml) that only the guest can run.
pub(crate) const TESTS: &str = "bluetooth";

/// Arguments of `cargo xtask lab`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only tests with this in their name; all if none is named.
    tests: Vec<String>,
    /// Does at length what is short otherwise: 200 openings in a row, for one.
    #[arg(long)]
    long: bool,
    #[command(flatten)]
    options: Options,
    /// A program to run in the guest instead of the tests, and its arguments; a bare name is one that cargo built.
    #[arg(last = true, value_name = "PROGRAM")]
    program: Vec<String>,
}

/// Runs the tests, or a program, whose exit status is ours then.
pub(crate) fn run(args: &Args) -> Result<()> {
    if let Some((name, rest)) = args.program.split_first() {
        let program = Program { path: find(name)?, args: rest.to_vec() };
        let statuses = guest(&args.options, args.long)?.run(&[program], |_| {})?;
        exit(statuses.first().copied().unwrap_or(1));
    }
    let mut tally = Tally::default();
    let result = tests(&args.tests, &args.options, args.long, &mut tally);
    println!("Bluetooth: {tally}");
    result
}

/// All tests, as a part of `cargo xtask test`.
pub(crate) fn all_tests(tally: &mut Tally) -> Result<()> {
    let options = Options { mtu: 517, adapters: 3, debug: false, limit: Some(300), with: Vec::new() };
    tests(&[], &options, false, tally)
}

fn tests(filter: &[String], options: &Options, long: bool, tally: &mut Tally) -> Result<()> {
    let path = build()?;
    none_passes_outside(&path)?;
    let one_by_one = "--test-threads=1".to_owned();
    let program = Program { path, args: [&[one_by_one], filter].concat() };
    let statuses = guest(options, long)?.run(&[program], |line| tally.count(line))?;
    ensure!(statuses == [0], "tests failed in the guest");
    ensure!(tally.passed > 0, "there is no such test");
    Ok(())
}

/// A guest with our own programs, where they are built.
fn guest(options: &Options, long: bool) -> Result<Guest<'_>> {
    let debug = paths::target()?.join("debug");
    let (intercom, demo) = (debug.join("phonein-intercom"), debug.join("demo"));
    let mut environment = vec![("PHONEIN_INTERCOM", intercom.to_string_lossy().into_owned())];
    if long {
        environment.push(("PHONEIN_LAB_LONG", "1".to_owned()));
    }
    let files = [intercom, demo].into_iter().filter(|program| program.exists()).collect();
    let limit = Duration::from_secs(options.limit.unwrap_or(if long { 900 } else { 120 }));
    Ok(Guest { options, limit, environment, files })
}

/// Builds what runs in the guest, with the features everything has in `cargo xtask test`, and returns the program of tests.
fn build() -> Result<PathBuf> {
    let what = ["--locked", "--workspace", "--bins", "--test", TESTS, "--message-format", "json-render-diagnostics"];
    let told = capture(&mut cargo(&[&["build"], &what[..]].concat()))?;
    told.lines().find_map(executable).context("cargo built no test program")
}

/// The test program, if this is cargo's line about it.
fn executable(line: &str) -> Option<PathBuf> {
    let told: Value = serde_json::from_str(line).ok()?;
    let (name, kind) = (told.pointer("/target/name")?, told.pointer("/target/kind/0")?);
    (name == TESTS && kind == "test").then(|| told.get("executable")?.as_str().map(PathBuf::from))?
}

/// A test that passes without the guest's Bluetooth proves nothing inside it either.
fn none_passes_outside(tests: &Path) -> Result<()> {
    let output = Command::new(tests).env_remove("PHONEIN_LAB").stderr(Stdio::null()).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let passed: Vec<_> = text.lines().filter(|line| line.starts_with("test ") && line.ends_with(" ... ok")).collect();
    ensure!(
        passed.is_empty() && !output.status.success(),
        "these pass outside the guest, too, and so prove nothing:\n{}",
        passed.join("\n")
    );
    Ok(())
}

/// A program by its path, or by the name under which cargo built it.
fn find(name: &str) -> Result<PathBuf> {
    let built = paths::target()?.join("debug").join(name);
    let path = if !name.contains('/') && built.exists() { built } else { PathBuf::from(name) };
    path.canonicalize().with_context(|| format!("no program {name}, and cargo built none"))
}

#[cfg(test)]
mod tests {
    use super::executable;
    use std::path::PathBuf;

    #[test]
    fn the_test_program_is_told_from_a_library_of_its_name_and_from_other_lines() {
        let line = |kind: &str, name: &str| {
            format!(r#"{{"target":{{"kind":["{kind}"],"name":"{name}"}},"executable":"/t/{name}-1"}}"#)
        };
        assert_eq!(executable(&line("test", "bluetooth")), Some(PathBuf::from("/t/bluetooth-1")));
        assert_eq!(executable(&line("lib", "bluetooth")), None);
        assert_eq!(executable(&line("test", "story")), None);
        assert_eq!(executable(r#"{"reason":"build-finished","success":true}"#), None);
        assert_eq!(executable("not of cargo"), None);
    }
}
