//! Swift: the machine's own, or that of a Debian in a tree of its own under target/swift.

use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash, Hasher},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    bindings::{self, Language},
    install, paths,
    run::{capture, command, run, watch},
};

/// What makes the tree; a changed script makes another tree.
const MAKE: &str = include_str!("../debian-swift.sh");
/// The oldest major version that compiles the package.
const OLDEST: u32 = 6;

const PACKAGE: &str = "bindings/swift";
/// They count what the process holds, and run by themselves.
const ALONE: &str = "LeftoverTests";

/// Runs the package's tests against the library that is built, and how many there were.
pub(crate) fn test() -> (Result<()>, usize) {
    let mut ran = 0;
    let result = bindings::all_reached(Language::Swift, "bindings/swift/Tests")
        .and_then(|()| look_at_format())
        .and_then(|()| bindings::generate(Language::Swift))
        .and_then(|()| run_tests(&["--skip", ALONE], &mut ran))
        .and_then(|()| run_tests(&["--skip-build", "--filter", ALONE], &mut ran));
    (result, ran)
}

/// By the rules in bindings/swift/.swift-format; `swift format format --in-place` follows them.
fn look_at_format() -> Result<()> {
    let by_hand = ["Package.swift", "Snippets", "Sources", "Tests"].map(|place| format!("{PACKAGE}/{place}"));
    let lint = ["swift", "format", "lint", "--strict", "--recursive"];
    run(&mut in_swift(&[&lint[..], &by_hand.each_ref().map(String::as_str)].concat())?)
}

fn run_tests(which: &[&str], ran: &mut usize) -> Result<()> {
    let built = paths::target()?.join("debug");
    let intercom = format!("PHONEIN_INTERCOM={}", built.join("phonein-intercom").display());
    let tests = on_package(&[&intercom], &[&["test", "--disable-xctest"], which].concat())?;
    watch(tests, |line| *ran += tests_in(line).unwrap_or(0))
}

/// Renders the package's pages; where they are.
pub(crate) fn pages() -> Result<PathBuf> {
    bindings::generate(Language::Swift)?;
    let place = paths::target()?.join("swift");
    run(&mut on_package(&[], &["package", "dump-symbol-graph", "--minimum-access-level", "public"])?)?;
    let programs = capture(&mut on_package(&[], &["build", "--show-bin-path"])?)?;
    let symbols = Path::new(programs.trim()).with_file_name("symbolgraph");
    let pages = place.join("PhoneinCore.doccarchive");
    // DocC lies beside Swift, where no PATH leads.
    let docc = r#"exec "$(dirname "$(readlink -f "$(command -v swift)")")/docc" "$@""#;
    let (symbols, output) = (symbols.to_string_lossy(), pages.to_string_lossy());
    let convert = ["convert", "--additional-symbol-graph-dir", &symbols, "--output-path", &output];
    let names = ["--fallback-display-name", "PhoneinCore", "--fallback-bundle-identifier", "io.phonein.core"];
    run(&mut in_swift(&[&["sh", "-c", docc, "docc"], &convert[..], &names].concat())?)?;
    Ok(pages)
}

/// `✔ Test run with 36 tests passed after 12.345 seconds.`
pub(crate) fn tests_in(line: &str) -> Option<usize> {
    let (_, counted) = line.split_once("Test run with ")?;
    counted.split(' ').next()?.parse().ok()
}

/// `swift WORDS` for the package, against the library that is built.
fn on_package(environment: &[&str], words: &[&str]) -> Result<Command> {
    let target = paths::target()?;
    let library = format!("PHONEIN_LIBRARY={}", target.join("debug").display());
    let scratch = target.join("swift/build");
    let scratch = scratch.to_string_lossy();
    let (first, rest) = words.split_first().context("no command for Swift")?;
    let package = [*first, "--package-path", PACKAGE, "--scratch-path", &scratch];
    in_swift(&[environment, &[&*library, "swift"], &package, rest].concat())
}

/// `env WORDS` where there is a Swift.
pub(crate) fn in_swift(words: &[&str]) -> Result<Command> {
    if has_own() {
        return Ok(command("env", words));
    }
    let tree = tree()?;
    let (tree, root, target) = (tree.to_string_lossy(), paths::root().to_string_lossy(), paths::target()?);
    let enter = ["sh", "xtask/in-debian-swift.sh", &tree, &root, &target.to_string_lossy()];
    install::as_root(&[&enter, words].concat())
}

/// Whether the machine has a Swift that is new enough.
fn has_own() -> bool {
    let version = capture(&mut command("swift", &["--version"]));
    version.is_ok_and(|text| major(&text).is_some_and(|major| major >= OLDEST))
}

/// `Swift version 6.0.3 (swift-6.0.3-RELEASE)`, Apple's with `Apple ` before it.
fn major(text: &str) -> Option<u32> {
    let (_, version) = text.split_once("Swift version ")?;
    version.split('.').next()?.parse().ok()
}

/// Debian with Swift, made if it is not there.
fn tree() -> Result<PathBuf> {
    let mut hash = DefaultHasher::new();
    MAKE.hash(&mut hash);
    let place = paths::target()?.join("swift");
    let tree = place.join(format!("debian-{:016x}", hash.finish()));
    if !tree.exists() {
        println!("no Swift {OLDEST} here: making a Debian that has one");
        fs::create_dir_all(&place).with_context(|| format!("making {}", place.display()))?;
        run(&mut install::as_root(&["sh", "xtask/debian-swift.sh", &tree.to_string_lossy()])?)
            .context("Swift could not be had: please install Swift 6.0 or newer")?;
    }
    Ok(tree)
}

#[cfg(test)]
mod tests {
    use super::{major, tests_in};

    #[test]
    fn the_tests_are_counted() {
        assert_eq!(tests_in("✔ Test run with 36 tests passed after 12.345 seconds."), Some(36));
        assert_eq!(tests_in("✘ Test run with 1 test failed after 0.1 seconds with 2 issues."), Some(1));
        assert_eq!(tests_in("✔ Test aDoorIsNotAsked() passed after 5.338 seconds."), None);
    }

    #[test]
    fn the_major_version_is_read_on_linux_and_on_a_mac() {
        assert_eq!(major("Swift version 6.0.3 (swift-6.0.3-RELEASE)\nTarget: x86_64-pc-linux-gnu"), Some(6));
        assert_eq!(major("swift-driver version: 1.120.5 Apple Swift version 6.1 (swiftlang-6.1.0)"), Some(6));
        assert_eq!(major("bash: swift: command not found"), None);
    }
}
