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

/// Runs the package's tests against the library in `built`; what they say at their end.
pub(crate) fn test(built: &Path) -> (Result<()>, String) {
    let mut tally = String::new();
    let result = test_command(built).and_then(|tests| {
        watch(tests, |line| {
            if let Some((_, counts)) = line.split_once("Test run with ") {
                counts.clone_into(&mut tally);
            }
        })
    });
    (result, tally)
}

fn test_command(built: &Path) -> Result<Command> {
    bindings::generate(Language::Swift)?;
    let library = format!("PHONEIN_LIBRARY={}", built.display());
    let intercom = format!("PHONEIN_INTERCOM={}", built.join("phonein-intercom").display());
    let scratch = paths::target()?.join("swift/build");
    let scratch = scratch.to_string_lossy();
    let tests = ["swift", "test", "--package-path", "bindings/swift", "--scratch-path", &scratch];
    in_swift(&[&[&*library, &*intercom], &tests[..]].concat())
}

/// `env WORDS` where there is a Swift.
fn in_swift(words: &[&str]) -> Result<Command> {
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
    use super::major;

    #[test]
    fn the_major_version_is_read_on_linux_and_on_a_mac() {
        assert_eq!(major("Swift version 6.0.3 (swift-6.0.3-RELEASE)\nTarget: x86_64-pc-linux-gnu"), Some(6));
        assert_eq!(major("swift-driver version: 1.120.5 Apple Swift version 6.1 (swiftlang-6.1.0)"), Some(6));
        assert_eq!(major("bash: swift: command not found"), None);
    }
}
