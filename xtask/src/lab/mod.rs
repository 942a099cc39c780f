//! A throw-away machine with a real Bluetooth stack and no radio (docs/guides/bluetooth-lab.md).

mod console;
mod cpio;
mod guest;
mod initramfs;
mod kernel;
mod pins;
mod play;
mod verdicts;

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio, exit},
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

pub(crate) use self::verdicts::Verdicts;
use self::{
    guest::{Guest, Heard, Options, Program},
    play::Play,
};
use crate::{
    paths,
    run::{capture, cargo},
};

/// The test target (tests/Cargo.toml) that only the guest can run.
pub(crate) const TESTS: &str = "bluetooth";
/// So many guests may come to nothing before a test begins in them.
const BARREN: usize = 3;

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
        let statuses = guest(&args.options, Duration::from_mins(30))?.run(&[program], guest::print)?;
        exit(statuses.first().copied().unwrap_or(1));
    }
    let mut verdicts = Verdicts::default();
    let result = tests(args, &mut verdicts);
    println!("Bluetooth: {verdicts}");
    result
}

/// All tests, as a part of `cargo xtask test`.
pub(crate) fn all_tests(verdicts: &mut Verdicts) -> Result<()> {
    let args = Args { tests: Vec::new(), long: false, options: options(), program: Vec::new() };
    tests(&args, verdicts)
}

/// The story without a network, as it comes.
pub(crate) fn demo() -> Result<()> {
    build()?;
    let program = Program { path: find("demo")?, args: vec!["--ble".into()] };
    let statuses = guest(&options(), Duration::from_mins(5))?.run(&[program], guest::print)?;
    exit(statuses.first().copied().unwrap_or(1));
}

/// Measures with what was built for release, and hands on every line of the guest's console.
pub(crate) fn bench(mut seen: impl FnMut(&str)) -> Result<()> {
    let release = paths::target()?.join("release");
    let intercom = release.join("phonein-intercom");
    let program = Program { path: release.join("bench"), args: vec![".".into(), "bluetooth".into()] };
    let options = options();
    let environment = vec![("PHONEIN_INTERCOM", intercom.to_string_lossy().into_owned())];
    let limit = Duration::from_mins(10);
    let guest = Guest { options: &options, limit, environment, files: vec![intercom] };
    let statuses = guest.run(&[program], |heard| {
        guest::print(heard);
        if let Heard::Line(line) = heard {
            seen(line);
        }
    })?;
    ensure!(statuses == [0], "Bluetooth could not be measured");
    Ok(())
}

/// The usual guest.
fn options() -> Options {
    Options { mtu: 517, adapters: 4, debug: false, limit: None, with: Vec::new() }
}

/// Plays the tests, each in a process of its own, in one guest after another.
fn tests(args: &Args, verdicts: &mut Verdicts) -> Result<()> {
    let path = build()?;
    none_passes_outside(&path)?;
    let names = names(&path, &args.tests)?;
    ensure!(!names.is_empty(), "there is no such test");
    *verdicts = Verdicts::of(names);
    let limit = if args.long { Duration::from_mins(30) } else { Duration::from_mins(3) };
    let mut barren = 0;
    loop {
        let names = verdicts.next_guest();
        if names.is_empty() {
            break;
        }
        let program = |name| Program {
            path: path.clone(),
            args: vec!["--exact".into(), "--test-threads=1".into(), "--show-output".into(), name],
        };
        let programs: Vec<_> = names.into_iter().map(program).collect();
        let mut guest = guest(&args.options, limit)?;
        if args.long {
            guest.environment.push(("PHONEIN_LAB_LONG", "1".to_owned()));
        }
        // Who asks for a few wants to see what they print.
        let mut play = Play::new(verdicts, args.options.debug || !args.tests.is_empty());
        let ended = guest.run(&programs, |heard| play.hear(heard));
        let error = ended.err().map(|error| format!("{error:#}")).unwrap_or_default();
        if !play.end() {
            barren += 1;
            println!("no test began: {error}");
            ensure!(barren < BARREN, "no test began in the guest: {error}");
        }
    }
    println!();
    for line in verdicts.report() {
        println!("{line}");
    }
    verdicts.all_passed()
}

/// The tests there are with one of these words in their name.
fn names(tests: &Path, filter: &[String]) -> Result<Vec<String>> {
    let told = capture(Command::new(tests).args(["--list", "--format", "terse"]).args(filter))?;
    Ok(told.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
}

/// A guest with our own programs, where they are built. Each program has so long, unless the options say otherwise.
fn guest(options: &Options, limit: Duration) -> Result<Guest<'_>> {
    let debug = paths::target()?.join("debug");
    let (intercom, demo) = (debug.join("phonein-intercom"), debug.join("demo"));
    let mut environment = vec![("PHONEIN_INTERCOM", intercom.to_string_lossy().into_owned())];
    if let Ok(filter) = env::var("RUST_LOG") {
        environment.push(("RUST_LOG", filter));
    }
    let files = [intercom, demo].into_iter().filter(|program| program.exists()).collect();
    let limit = options.limit.map_or(limit, Duration::from_secs);
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
