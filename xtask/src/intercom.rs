//! The reference intercom, as it would run in a building.

use std::{os::unix::process::CommandExt, process::Command};

use anyhow::{Error, Result};

use crate::{
    paths,
    run::{cargo, line, run as run_command},
};

/// Arguments of `cargo xtask intercom`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A sub-command of phonein-intercom (`run` if there is none) and its options.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// Builds it for release and becomes it: a signal reaches the intercom itself.
pub(crate) fn run(args: &Args) -> Result<()> {
    run_command(&mut cargo(&["build", "--quiet", "--locked", "--release", "--package", "phonein-intercom"]))?;
    let target = paths::target()?;
    let (name, options) = match args.rest.split_first() {
        Some((name, options)) if !name.starts_with('-') => (name.as_str(), options),
        _ => ("run", args.rest.as_slice()),
    };
    let mut intercom = Command::new(target.join("release/phonein-intercom"));
    intercom.args([name, "--data"]).arg(target.join("intercom")).args(options);
    println!("$ {}", line(&intercom));
    Err(Error::new(intercom.exec()).context("phonein-intercom cannot be started"))
}
