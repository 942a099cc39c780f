//! Does phonein-protocol do without std? Firmware has none.

use anyhow::{Result, ensure};

use crate::{
    libraries, paths,
    run::{capture, cargo, run},
};

/// A microcontroller: core and alloc, nothing else.
const TARGET: &str = "thumbv7em-none-eabihf";

/// Looks at the features of the dependencies, then compiles for a target without std where its libraries can be had.
pub(crate) fn check() -> Result<()> {
    no_dependency_asks_for_std()?;
    let check = ["check", "--locked", "--package", "phonein-protocol", "--target", TARGET];
    if libraries::installed(TARGET)? {
        return run(&mut cargo(&check));
    }
    let Some(sources) = libraries::sources()? else {
        println!("neither rustup nor Debian has the libraries of {TARGET}: only the features were checked");
        return Ok(());
    };
    let mut check = cargo(&check);
    libraries::from_source(&mut check, &sources, "core,alloc,compiler_builtins");
    run(check.env("CARGO_TARGET_DIR", paths::target()?.join("no-std/target")))
}

/// The features are those of this package alone: in a build of the whole workspace others add theirs.
fn no_dependency_asks_for_std() -> Result<()> {
    let tree = ["tree", "--locked", "--package", "phonein-protocol", "--edges", "normal,no-proc-macro"];
    let tree = capture(cargo(&tree).args(["--prefix", "none", "--format", "{p} [{f}]"]))?;
    let std: Vec<&str> = tree.lines().filter(|line| asks_for_std(line)).collect();
    ensure!(std.is_empty(), "a dependency of phonein-protocol uses std:\n{}", std.join("\n"));
    println!("no dependency of phonein-protocol asks for std");
    Ok(())
}

/// A line is `name v1.2.3 [feature,feature]`, perhaps with ` (*)` behind it.
fn asks_for_std(line: &str) -> bool {
    let features = line.rsplit_once('[').and_then(|(_, rest)| rest.split_once(']'));
    features.is_some_and(|(features, _)| features.split(',').any(|feature| feature == "std"))
}

#[cfg(test)]
mod tests {
    use super::asks_for_std;

    #[test]
    fn the_feature_std_is_seen_among_others() {
        assert!(asks_for_std("sha2 v0.11.0 [alloc,std]"));
        assert!(asks_for_std("sha2 v0.11.0 [std] (*)"));
    }

    #[test]
    fn features_and_names_that_only_contain_std_are_not_std() {
        assert!(!asks_for_std("std-like v1.0.0 [no-std,std-math] (*)"));
        assert!(!asks_for_std("phonein-protocol v0.1.0 (/somewhere/[std) []"));
    }
}
