//! Everything that must hold before a change goes in.

use anyhow::Result;

use crate::{
    bindings::{Language, generate},
    deny, install, no_std, paths,
    run::{Steps, cargo, command, run as run_command, watch},
};

/// Arguments of `cargo xtask test`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Rust only: no bindings, no Python tests.
    #[arg(long)]
    fast: bool,
}

/// Runs the steps in order of cost and stops at the first that fails.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mut steps = Steps::default();
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
        run_command(&mut cargo(&clippy))
    })?;
    // With --all-targets the dependencies get the features the tests need: nothing is compiled twice.
    steps.step("build", || run_command(&mut cargo(&["build", "--locked", "--workspace", "--all-targets"])))?;
    steps.step("Rust tests", || rust_tests(closing))?;
    if !args.fast && paths::root().join("tests/python").exists() {
        steps.step("Python tests", || python_tests(closing))?;
    }
    Ok(())
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
    closing.push(format!("Rust: {} passed, {} failed, {} ignored", tally.passed, tally.failed, tally.ignored));
    result
}

/// The story through the Python binding, against the real intercom.
fn python_tests(closing: &mut Vec<String>) -> Result<()> {
    let python = install::python()?;
    generate(Language::Python)?;
    let built = paths::target()?.join("debug");
    let mut tests = command(&python, &["-m", "unittest", "discover", "--verbose", "--start-directory", "tests/python"]);
    tests.env("PYTHONPATH", paths::root().join("bindings/python/generated"));
    tests.env("PHONEIN_INTERCOM", built.join("phonein-intercom"));
    let mut ran = String::new();
    let result = watch(tests, |line| {
        if line.starts_with("Ran ") {
            line.clone_into(&mut ran);
        }
    });
    closing.push(format!("Python: {ran}, {}", if result.is_ok() { "OK" } else { "FAILED" }));
    result
}

/// What the test programs of cargo say at their end, added up.
#[derive(Debug, Default, PartialEq)]
struct Tally {
    passed: usize,
    failed: usize,
    ignored: usize,
}

impl Tally {
    fn count(&mut self, line: &str) {
        let Some((_, counts)) = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")) else {
            return;
        };
        for count in counts.split("; ") {
            match count.split_once(' ').map(|(number, what)| (number.parse::<usize>(), what)) {
                Some((Ok(number), "passed")) => self.passed += number,
                Some((Ok(number), "failed")) => self.failed += number,
                Some((Ok(number), "ignored")) => self.ignored += number,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn closing_lines_add_up_and_other_lines_do_not_count() {
        let mut tally = Tally::default();
        tally.count("running 3 tests");
        tally.count("test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s");
        tally
            .count("test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s");
        assert_eq!(tally, Tally { passed: 7, failed: 2, ignored: 1 });
    }
}
