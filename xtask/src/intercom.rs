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
    /// What to ask the intercom, and options: run (if nothing is said), status, log, open-pairing (its button held for 5 s),
    /// reset, clock, help. `cargo xtask intercom run --help` has all options of run.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// Builds it and becomes it: a signal reaches the intercom itself.
pub(crate) fn run(args: &Args) -> Result<()> {
    run_command(&mut cargo(&["build", "--locked", "--package", "phonein-intercom"]))?;
    let target = paths::target()?;
    let (name, options) = match args.rest.split_first() {
        Some((name, options)) if !name.starts_with('-') => (name.as_str(), options),
        _ => ("run", args.rest.as_slice()),
    };
    let mut intercom = Command::new(target.join("debug/phonein-intercom"));
    intercom.arg(name);
    if name != "help" {
        intercom.arg("--data").arg(target.join("intercom"));
    }
    // Who only tries it does not open an intercom to the whole network.
    if name == "run" && options.iter().all(|option| !option.starts_with("--http") && option != "--help") {
        intercom.args(["--http", "127.0.0.1:8042"]);
    }
    intercom.args(options);
    println!("$ {}", line(&intercom));
    Err(Error::new(intercom.exec()).context("phonein-intercom cannot be started"))
}
