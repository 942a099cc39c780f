//! Lets two managers and three guests live with one intercom in bad weather, by a simulated clock
//! (phonein-core/src/simulation).

use anyhow::Result;

use crate::run::{cargo, run as run_command};

/// Arguments of `cargo xtask simulate`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How much people and fate do in all.
    #[arg(long, default_value_t = 100_000)]
    operations: u64,
    /// The first world's; the others count on from there.
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

/// Runs the simulation's test, longer than the tests do.
pub(crate) fn run(args: &Args) -> Result<()> {
    let test = ["test", "--locked", "--package", "phonein-core", "--lib", "--", "--nocapture", "simulation::whatever"];
    let mut test = cargo(&test);
    test.env("PHONEIN_OPERATIONS", args.operations.to_string()).env("PHONEIN_SEED", args.seed.to_string());
    run_command(&mut test)
}
