//! How our Kotlin is written: ktlint with the rules for Compose.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};

use crate::{
    install, paths,
    run::{command, run as run_command},
};

/// The linter, and its rules for Compose in two parts. Handed over as rule sets they would not see each other.
const JARS: [&str; 3] = [
    "com.pinterest.ktlint:ktlint-cli:1.8.0:jar:all",
    "io.nlopez.compose.rules:ktlint:0.6.3",
    "io.nlopez.compose.rules:common-ktlint:0.6.3",
];
/// All Kotlin that people write.
const SOURCES: [&str; 3] = ["android/**/*.kt*", "bindings/kotlin/src/**/*.kt", "bindings/kotlin/android/*.kts"];

/// Arguments of `cargo xtask ktlint`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Mends what can be mended.
    #[arg(long)]
    fix: bool,
}

/// Lints all of it.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mut java = command("java", &["-cp", &format!("{}/*", jars()?.display()), "com.pinterest.ktlint.Main"]);
    if args.fix {
        java.arg("--format");
    }
    run_command(java.arg("--relative").args(SOURCES))
}

/// The same where nothing is to be changed.
pub(crate) fn check() -> Result<()> {
    run(&Args { fix: false })
}

/// Where they lie; fetched at first.
fn jars() -> Result<PathBuf> {
    let place = paths::target()?.join("tools/ktlint");
    if !place.exists() {
        install::maven()?;
        let part = place.with_extension("part");
        for jar in JARS {
            let copy = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";
            let words = ["--batch-mode", "--quiet", copy, &format!("-Dartifact={jar}")];
            run_command(command("mvn", &words).arg(format!("-DoutputDirectory={}", part.display())))?;
        }
        fs::rename(&part, &place).context("moving ktlint to its place")?;
    }
    Ok(place)
}
