//! The screens of the Android app, as far as a JVM runs them: tests, pictures, and a window.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    bindings::{self, Language},
    install, ktlint, paths,
    run::{command, run as run_command, watch},
};

/// What Android draws with, where Debian puts it.
const ROBOTO: &str = "/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF";

/// Arguments of `cargo xtask app`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Where this phone keeps its wallet: two directories are two people.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// Builds the core and shows the app over it in a window.
pub(crate) fn run(args: &Args) -> Result<()> {
    bindings::build()?;
    bindings::generate(Language::Kotlin)?;
    let target = paths::target()?;
    let listed = target.join("android/classpath");
    let list = format!("-Dmdep.outputFile={}", listed.display());
    println!("Maven compiles the screens; the first time it fetches what they are drawn with, and takes minutes.");
    let needed = ["--quiet", "compile", "dependency:build-classpath", "-DincludeScope=runtime", &list];
    run_command(&mut maven(&needed)?)?;
    let others = fs::read_to_string(&listed).context("reading the class path")?;
    let classes = target.join("android/phonein-android-desktop/classes");
    let data = args.data.clone().unwrap_or_else(|| target.join("app"));
    let mut java = command("java", &[&format!("-Dphonein.fonts={ROBOTO}")]);
    java.arg(format!("-Djna.library.path={}", target.join("debug").display()));
    // Not among the words: there are eighty of them.
    java.env("CLASSPATH", format!("{}:{others}", classes.display()));
    run_command(java.arg("io.phonein.desktop.MainKt").arg(std::path::absolute(data)?))
}

/// Keeps how every screen looks now, for the tests to compare with. Look at `git diff` of them afterwards.
pub(crate) fn renew_pictures() -> Result<()> {
    bindings::build()?;
    bindings::generate(Language::Kotlin)?;
    let kept = paths::root().join("android/ui/src/test/pictures");
    if kept.exists() {
        fs::remove_dir_all(&kept).context("clearing the pictures")?;
    }
    let draw = [
        "clean",
        "test",
        "-pl",
        "core,ui",
        "-Dtest=*Pictures",
        "-Dphonein.renew=true",
        "-Dsurefire.failIfNoSpecifiedTests=false",
    ];
    run_command(&mut maven(&draw)?)
}

/// Lints the Kotlin, draws every screen and runs their tests, some of them against the real intercom, then the app's own on
/// Android's classes; how many ran.
pub(crate) fn test() -> (Result<()>, usize) {
    let mut ran = 0;
    let result = test_command().and_then(|tests| {
        watch(tests, |line| {
            // Each module ends with its sum, which names no class.
            let counts = line.split_once("Tests run: ").filter(|(_, counts)| !counts.contains(" -- "));
            let count = counts.and_then(|(_, counts)| counts.split_once(','));
            ran += count.and_then(|(count, _)| count.parse::<usize>().ok()).unwrap_or(0);
        })
    });
    (result, ran)
}

fn test_command() -> Result<Command> {
    ktlint::check()?;
    bindings::generate(Language::Kotlin)?;
    if !command("aapt2", &["version"]).output().is_ok_and(|output| output.status.success()) {
        install::apt(&["aapt"])?;
    }
    // Classes of tests that are no more stay on the class path otherwise, and an old overload wins over the new one.
    maven(&["clean", "test"])
}

fn maven(words: &[&str]) -> Result<Command> {
    install::maven()?;
    if !Path::new(ROBOTO).exists() {
        install::apt(&["fonts-roboto-unhinted"])?;
    }
    let target = format!("-Dphonein.target={}", paths::target()?.display());
    let mut maven = command("mvn", &["--batch-mode", "--no-transfer-progress", "--file", "android/pom.xml", &target]);
    maven.args(words);
    Ok(maven)
}
