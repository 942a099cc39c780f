//! Speed and memory, each figure beside its limit (docs/performance.md).

use anyhow::Result;
use std::{fs, process::Command};

use crate::{
    lab, paths,
    run::{cargo, run as run_command},
};

/// Builds for release and measures; fails only where it cannot measure.
pub(crate) fn run() -> Result<()> {
    let packages = ["--package", "phonein-intercom", "--package", "phonein-tests", "--bins"];
    run_command(cargo(&["build", "--quiet", "--locked", "--release"]).args(packages))?;
    let target = paths::target()?;
    // On the disk that the project lies on: a directory for temporary files may be in memory.
    let directory = target.join("bench");
    fs::create_dir_all(&directory)?;
    run_command(Command::new(target.join("release/bench")).arg(directory))?;
    lab::bench()
}
