//! Kotlin's tests and pages, by Maven.

use std::process::Command;

use anyhow::Result;

use crate::{
    bindings::{self, Language},
    install, paths,
    run::{command, run, watch},
};

/// Runs the package's tests against the real intercom; what they say at their end.
pub(crate) fn test() -> (Result<()>, String) {
    let mut tally = String::new();
    let result = test_command().and_then(|tests| {
        watch(tests, |line| {
            // The last line of this kind is the sum of those before.
            if let Some((_, counts)) = line.split_once("Tests run: ") {
                tally = format!("ran {counts}");
            }
        })
    });
    (result, tally)
}

fn test_command() -> Result<Command> {
    bindings::all_reached(Language::Kotlin, "bindings/kotlin/src/test")?;
    bindings::generate(Language::Kotlin)?;
    maven("test")
}

/// Makes the pages about the package from what is generated already.
pub(crate) fn pages() -> Result<()> {
    run(&mut maven("dokka:dokka")?)
}

fn maven(goal: &str) -> Result<Command> {
    install::maven()?;
    let target = format!("-Dphonein.target={}", paths::target()?.display());
    let words = ["--batch-mode", "--no-transfer-progress", "--file", "bindings/kotlin/pom.xml", &target, goal];
    Ok(command("mvn", &words))
}
