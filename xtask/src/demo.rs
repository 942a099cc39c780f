//! The whole story, end to end, on this machine.

use std::{os::unix::process::CommandExt, process::Command};

use anyhow::{Error, Result};

use crate::{
    lab, paths,
    run::{cargo, run as run_command},
};

/// Arguments of `cargo xtask demo`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Does not wait for Enter after each step.
    #[arg(long)]
    no_pauses: bool,
    /// As it will be shipped: takes longer to build, and less to open a door.
    #[arg(long)]
    release: bool,
    /// Without a network: over Bluetooth, in a throw-away machine with a real Bluetooth stack.
    #[arg(long, conflicts_with = "release")]
    ble: bool,
}

/// Builds intercom and demo, and becomes the demo: a signal reaches it, and its exit code is ours.
pub(crate) fn run(args: &Args) -> Result<()> {
    if args.ble {
        return lab::demo();
    }
    let built = ["build", "--locked", "--package", "phonein-intercom", "--package", "phonein-tests", "--bins"];
    let (release, profile): (&[&str], _) = if args.release { (&["--release"], "release") } else { (&[], "debug") };
    run_command(&mut cargo(&[&built, release].concat()))?;
    let mut demo = Command::new(paths::target()?.join(profile).join("demo"));
    if args.no_pauses {
        demo.arg("--no-pauses");
    }
    Err(Error::new(demo.exec()).context("the demo cannot be started"))
}
