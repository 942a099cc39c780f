//! Does phonein-protocol do without std? Firmware has none.

use std::{path::Path, path::PathBuf, process::Command};

use anyhow::{Result, bail, ensure};

use crate::{
    paths,
    run::{capture, cargo, command, run},
};

/// A microcontroller: core and alloc, nothing else.
const TARGET: &str = "thumbv7em-none-eabihf";

/// Looks at the features of the dependencies, then compiles for a target without std where its libraries can be had.
pub(crate) fn check() -> Result<()> {
    no_dependency_asks_for_std()?;
    let check = ["check", "--locked", "--package", "phonein-protocol", "--target", TARGET];
    if libraries_of_target()? {
        return run(&mut cargo(&check));
    }
    let Some(sources) = debian_sources()? else {
        println!("neither rustup nor Debian has the libraries of {TARGET}: only the features were checked");
        return Ok(());
    };
    let build_std = ["-Z", "build-std=core,alloc,compiler_builtins"];
    run(cargo(&check)
        .args(build_std)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("__CARGO_TESTS_ONLY_SRC_ROOT", sources)
        .env("CARGO_TARGET_DIR", work()?.join("target")))
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

/// The compiled libraries of the target: here, or from rustup.
fn libraries_of_target() -> Result<bool> {
    let place = capture(&mut command("rustc", &["--print", "target-libdir", "--target", TARGET]))?;
    let add = &mut command("rustup", &["target", "add", TARGET]);
    Ok(Path::new(place.trim()).exists() || run(add).is_ok())
}

/// The sources of the libraries: in the toolchain, or Debian's of the very same version.
fn debian_sources() -> Result<Option<PathBuf>> {
    let sysroot = capture(&mut command("rustc", &["--print", "sysroot"]))?;
    let own = Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library");
    if own.exists() {
        return Ok(Some(own));
    }
    let version = capture(&mut command("rustc", &["--version"]))?;
    let Some(version) = version.split_whitespace().nth(1) else { bail!("rustc tells no version") };
    let library = work()?.join(format!("usr/src/rustc-{version}/library"));
    let fetch =
        Command::new("sh").args(["xtask/debian-rust-src.sh", version]).arg(work()?).current_dir(paths::root()).status();
    Ok((library.exists() || fetch.is_ok_and(|status| status.success())).then_some(library))
}

fn work() -> Result<PathBuf> {
    Ok(paths::target()?.join("no-std"))
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
