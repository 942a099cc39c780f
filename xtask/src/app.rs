//! The screens of the Android app, as far as a JVM runs them: tests, pictures, and a window.

use std::{
    fs,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use anyhow::{Context, Error, Result, ensure};

use crate::{
    bindings::{self, Language},
    install, ktlint, paths,
    run::{cargo, command, run as run_command, watch},
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

/// Builds the core and the screens, and becomes the app in a window: a signal reaches the window itself.
pub(crate) fn run(args: &Args) -> Result<()> {
    ensure!(
        install::has_display(),
        "there is no screen for the window (DISPLAY is not set); one in memory: `xvfb-run --auto-servernum cargo xtask app`"
    );
    bindings::build()?;
    let mut java = java(&[], "io.phonein.desktop.MainKt", "debug", "runtime")?;
    let data = args.data.clone().unwrap_or(paths::target()?.join("app"));
    java.arg(std::path::absolute(data)?);
    Err(Error::new(java.exec()).context("java cannot be started"))
}

/// How long it takes until Home is on the screen, beside an empty window.
pub(crate) fn bench(heard: impl FnMut(&str)) -> Result<()> {
    run_command(&mut cargo(&["build", "--quiet", "--locked", "--release", "--package", "phonein-core"]))?;
    bindings::build()?;
    run_command(&mut cargo(&["build", "--quiet", "--locked", "--package", "phonein-intercom"]))?;
    watch(java(&install::display()?, "io.phonein.desktop.ColdStartKt", "release", "test")?, heard)
}

/// A Java program over the library of that build, with the screens compiled; `display` is what it is started with.
fn java(display: &[&str], program: &str, build: &str, scope: &str) -> Result<Command> {
    let target = paths::target()?;
    let compiled = target.join("android/phonein-android-desktop");
    // Cleared together with what was compiled.
    let listed = compiled.join(format!("classpath-{scope}"));
    if !is_compiled(&listed)? {
        bindings::generate(Language::Kotlin)?;
        println!("Maven compiles the screens; the first time it fetches what they are drawn with, and takes minutes.");
        // Each module writes its own over the one before: whole is what the last one wrote.
        let part = listed.with_extension("part");
        let list = [format!("-Dmdep.outputFile={}", part.display()), format!("-DincludeScope={scope}")];
        let phase = if scope == "test" { "test-compile" } else { "compile" };
        let modules = ["--quiet", "--projects", "desktop", "--also-make", phase, "dependency:build-classpath"];
        run_command(maven(&modules)?.args(list))?;
        fs::rename(&part, &listed).context("keeping the class path")?;
    }
    install::windows()?;
    let others = fs::read_to_string(&listed).context("reading the class path")?;
    let line = [display, &["java"]].concat();
    let mut java = command(line[0], &line[1..]);
    java.args([format!("-Dphonein.fonts={ROBOTO}"), format!("-Dphonein.target={}", target.display())]);
    java.arg(format!("-Djna.library.path={}", target.join(build).display()));
    // Not among the words: there are eighty of them.
    let classes = ["classes", "test-classes"].map(|name| compiled.join(name).display().to_string());
    java.env("CLASSPATH", format!("{}:{others}", classes.join(":"))).arg(program);
    Ok(java)
}

/// Whether nothing of what the screens are made of is newer than what Maven wrote at its end.
fn is_compiled(listed: &Path) -> Result<bool> {
    let Ok(written) = fs::metadata(listed) else { return Ok(false) };
    let library = paths::target()?.join("debug").join(bindings::library());
    let root = paths::root();
    let sources = [
        "android/pom.xml",
        "android/core",
        "android/ui",
        "android/desktop",
        "bindings/kotlin/pom.xml",
        "bindings/kotlin/src",
        "bindings/src",
        "uniffi.toml",
    ];
    let newest = sources.iter().map(|source| newest(&root.join(source))).chain([newest(&library)]);
    Ok(newest.collect::<Result<Vec<_>>>()?.iter().max() < Some(&written.modified()?))
}

/// When the newest file below was changed.
fn newest(path: &Path) -> Result<SystemTime> {
    let at = fs::metadata(path).with_context(|| format!("looking at {}", path.display()))?;
    if at.is_file() {
        return Ok(at.modified()?);
    }
    let below = fs::read_dir(path)?.map(|entry| newest(&entry?.path())).collect::<Result<Vec<_>>>()?;
    Ok(below.into_iter().max().unwrap_or(SystemTime::UNIX_EPOCH))
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
    let quiet = ["--batch-mode", "-Dstyle.color=never", "--no-transfer-progress"];
    let mut maven = command("mvn", &[&quiet[..], &["--file", "android/pom.xml", &target]].concat());
    maven.args(words);
    Ok(maven)
}
