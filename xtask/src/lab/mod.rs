//! A throw-away machine with a real Bluetooth stack and no radio (docs/guides/bluetooth-lab.md).

mod console;
mod cpio;
mod guest;
mod initramfs;
mod kernel;
mod pins;
mod verdicts;

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio, exit},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::Value;

use self::{
    guest::{Guest, Options, Program},
    verdicts::Verdicts,
};
use crate::{
    paths,
    run::{capture, cargo},
    tally::Tally,
};

/// The test target (tests/Cargo.toml) that only the guest can run.
pub(crate) const TESTS: &str = "bluetooth";
/// Guests that share the tests. Two at once take half the time, and on two processors some tests' own times then run out.
const AT_ONCE: usize = 1;
/// In so many guests, one after the other, each share is run at most. Debian's Linux 6.1 now and then frees a connection's channel twice when a phone
/// connects again as soon as it has left (`hci_chan_del`); what had no verdict by then is run again.
const GUESTS: usize = 3;

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
    tests(&[], &options(900), false, tally)
}

/// The story without a network, as it comes.
pub(crate) fn demo() -> Result<()> {
    build()?;
    let program = Program { path: find("demo")?, args: vec!["--ble".into()] };
    let statuses = guest(&options(300), false)?.run(&[program], |_| {})?;
    exit(statuses.first().copied().unwrap_or(1));
}

/// Measures with what was built for release, and hands on every line of the guest's console.
pub(crate) fn bench(seen: impl FnMut(&str)) -> Result<()> {
    let release = paths::target()?.join("release");
    let intercom = release.join("phonein-intercom");
    let program = Program { path: release.join("bench"), args: vec![".".into(), "bluetooth".into()] };
    let options = options(600);
    let environment = vec![("PHONEIN_INTERCOM", intercom.to_string_lossy().into_owned())];
    let limit = Duration::from_mins(10);
    let guest = Guest { options: &options, limit, environment, files: vec![intercom], label: String::new() };
    let statuses = guest.run(&[program], seen)?;
    ensure!(statuses == [0], "Bluetooth could not be measured");
    Ok(())
}

/// The usual guest, for so many seconds at most.
fn options(limit: u64) -> Options {
    Options { mtu: 517, adapters: 4, debug: false, limit: Some(limit), with: Vec::new() }
}

fn tests(filter: &[String], options: &Options, long: bool, tally: &mut Tally) -> Result<()> {
    let path = build()?;
    none_passes_outside(&path)?;
    let names = names(&path, filter)?;
    ensure!(!names.is_empty(), "there is no such test");
    guest::prepare()?;
    let (path, shares) = (&path, AT_ONCE.min(names.len()));
    let ended: Vec<_> = thread::scope(|scope| {
        let share = |number| names.iter().skip(number).step_by(shares).cloned().collect::<Vec<_>>();
        let label = |number| if shares > 1 { format!("{number}| ") } else { String::new() };
        let begun: Vec<_> = (0..shares)
            .map(|number| (share(number), label(number + 1)))
            .map(|(names, label)| scope.spawn(move || run_share(path, &names, &label, options, long)))
            .collect();
        begun.into_iter().map(thread::ScopedJoinHandle::join).collect()
    });
    let mut result = Ok(());
    for ended in ended {
        let (share, ended) = ended.map_err(|_| anyhow!("a guest was lost"))?;
        tally.add(&share);
        result = result.and(ended);
    }
    result?;
    ensure!(tally.failed == 0, "tests failed in the guest");
    ensure!(tally.passed == names.len(), "{} of {} tests were run in the guest", tally.passed, names.len());
    Ok(())
}

/// Runs these tests, in one guest after another where kernels break.
fn run_share(path: &Path, names: &[String], label: &str, options: &Options, long: bool) -> (Tally, Result<()>) {
    let mut verdicts = Verdicts::default();
    let mut run = || {
        for guest_number in 1..=GUESTS {
            let left = verdicts.without_one(names);
            let args = [&["--test-threads=1".to_owned(), "--exact".to_owned()], &left[..]].concat();
            let program = Program { path: path.to_owned(), args };
            verdicts.is_over = false;
            let guest = Guest { label: label.to_owned(), ..guest(options, long)? };
            let ended = guest.run(&[program], |line| verdicts.hear(line));
            if !verdicts.is_over || guest_number == GUESTS {
                ensure!(ended? == [0], "tests failed in the guest");
                break;
            }
            println!("{label}the guest's kernel broke, which is no verdict on a test: the rest in another guest");
        }
        Ok(())
    };
    let ended = run();
    (verdicts.tally(), ended)
}

/// The tests there are with one of these words in their name.
fn names(tests: &Path, filter: &[String]) -> Result<Vec<String>> {
    let told = capture(Command::new(tests).args(["--list", "--format", "terse"]).args(filter))?;
    Ok(told.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
}

/// A guest with our own programs, where they are built.
fn guest(options: &Options, long: bool) -> Result<Guest<'_>> {
    let debug = paths::target()?.join("debug");
    let (intercom, demo) = (debug.join("phonein-intercom"), debug.join("demo"));
    let mut environment = vec![("PHONEIN_INTERCOM", intercom.to_string_lossy().into_owned())];
    if long {
        environment.push(("PHONEIN_LAB_LONG", "1".to_owned()));
    }
    if let Ok(filter) = env::var("RUST_LOG") {
        environment.push(("RUST_LOG", filter));
    }
    let files = [intercom, demo].into_iter().filter(|program| program.exists()).collect();
    let limit = Duration::from_secs(options.limit.unwrap_or(if long { 1_800 } else { 600 }));
    Ok(Guest { options, limit, environment, files, label: String::new() })
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
