//! Everything that must hold before a change goes in.

use std::{path::Path, process::Command};

use anyhow::Result;

use crate::{
    app,
    bindings::{Language, all_reached, generate},
    crash, deny, doc, fuzz, install, ios_app, kotlin, lab, no_std, paths, phones,
    run::{Steps, cargo, command, run as run_command, watch},
    swift,
    tally::Tally,
};

/// Arguments of `cargo xtask test`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Rust only: no Bluetooth, no bindings, no tests in other languages.
    #[arg(long)]
    fast: bool,
    /// Only the steps whose name contains this, on what is built already: `--only Swift`.
    #[arg(long, value_name = "WORDS")]
    only: Option<String>,
}

/// Runs the steps in order of cost and stops at the first that fails.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mut steps = Steps::new(args.only.clone());
    let mut closing = Vec::new();
    let result = all(args, &mut steps, &mut closing);
    steps.print();
    for line in &closing {
        println!("{line}");
    }
    result
}

fn all(args: &Args, steps: &mut Steps, closing: &mut Vec<String>) -> Result<()> {
    steps.step("format", || run_command(&mut cargo(&["fmt", "--all", "--check"])))?;
    steps.step("licences, bans, sources", licences)?;
    steps.step("protocol without std", no_std::check)?;
    steps.step("clippy", || {
        let clippy = ["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"];
        run_command(&mut cargo(&clippy))?;
        // A target that does not run on the host is not among all targets.
        let guest = ["clippy", "--locked", "--workspace", "--test", lab::TESTS, "--", "-D", "warnings"];
        run_command(&mut cargo(&guest))
    })?;
    steps.step("documentation", doc::rust)?;
    // With --all-targets the dependencies get the features the tests need: nothing is compiled twice.
    steps.step("build", || run_command(&mut cargo(&["build", "--locked", "--workspace", "--all-targets"])))?;
    steps.step("Rust tests", || rust_tests(closing))?;
    if args.fast {
        return Ok(());
    }
    steps.step("fuzz", fuzz::protocol)?;
    steps.step("crash", crash::few)?;
    steps.step("Bluetooth in the guest", || bluetooth_tests(closing))?;
    if paths::root().join("tests/python").exists() {
        steps.step("Python tests", || python_tests(closing))?;
    }
    steps.step("phones: type-check", || phones::check(&phones::TODAY))?;
    steps.step("Swift tests", || counted(closing, "Swift", swift::test()))?;
    steps.step("iOS", || counted(closing, "iOS", ios_app::test()))?;
    steps.step("Kotlin tests", || counted(closing, "Kotlin", kotlin::test()))?;
    steps.step("AAR", phones::aar::check)?;
    steps.step("android", || counted(closing, "android", app::test()))
}

fn licences() -> Result<()> {
    // Warnings are about crates in two versions; `cargo deny check bans` lists them for who wants to know.
    let check = ["--log-level", "error", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"];
    run_command(&mut deny::command(&check)?)
}

fn rust_tests(closing: &mut Vec<String>) -> Result<()> {
    let mut tally = Tally::default();
    let tests = cargo(&["test", "--locked", "--workspace", "--no-fail-fast"]);
    let result = watch(tests, |line| tally.count(line));
    closing.push(format!("Rust: {tally}"));
    result
}

fn bluetooth_tests(closing: &mut Vec<String>) -> Result<()> {
    let mut verdicts = lab::Verdicts::default();
    let result = lab::all_tests(&mut verdicts);
    closing.push(format!("Bluetooth: {verdicts}"));
    result
}

/// The story through the Python binding, against the real intercom.
fn python_tests(closing: &mut Vec<String>) -> Result<()> {
    let python = install::python()?;
    generate(Language::Python)?;
    all_reached(Language::Python, "tests/python")?;
    let mut ran = String::new();
    let result = watch(in_python(&python, &paths::root().join("bindings/python"))?, |line| {
        if line.starts_with("Ran ") {
            line.clone_into(&mut ran);
        }
    });
    ended(closing, "Python", &ran, result)
}

/// Those tests, of the package in `package`.
pub(crate) fn in_python(python: &str, package: &Path) -> Result<Command> {
    let mut tests = command(python, &["-m", "unittest", "discover", "--verbose", "--start-directory", "tests/python"]);
    tests.env("PYTHONPATH", package).env("PHONEIN_INTERCOM", paths::target()?.join("debug/phonein-intercom"));
    Ok(tests)
}

/// The tests in another language, and how many ran: the story through the Swift and the Kotlin package, the screens of the
/// iOS app over stand-ins for Apple's modules, those of the Android app on a JVM.
fn counted(closing: &mut Vec<String>, what: &str, (result, ran): (Result<()>, usize)) -> Result<()> {
    ended(closing, what, &format!("{ran} tests"), result)
}

fn ended(closing: &mut Vec<String>, what: &str, ran: &str, result: Result<()>) -> Result<()> {
    closing.push(format!("{what}: {ran}, {}", if result.is_ok() { "OK" } else { "FAILED" }));
    result
}
