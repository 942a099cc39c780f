//! Speed and memory, each figure beside its limit (docs/performance.md).

use anyhow::Result;
use std::{fs, process::Command};

use crate::{
    ios_app, lab, paths,
    run::{cargo, run as run_command},
};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Measures only these.
    #[arg(value_enum)]
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// The intercom's memory after many HELLOs.
    Memory,
    /// What an opening over HTTP sends, and how long it takes.
    Opening,
    /// Home and KEYS of a wallet that holds much.
    Lists,
    /// Home's model of the iOS app, beside the call it is made of.
    Screens,
    /// Openings over Bluetooth, in the guest.
    Bluetooth,
}

/// The parts that the bench measures on this machine, by the names it knows them by.
const HERE: [(Part, &str); 3] = [(Part::Memory, "memory"), (Part::Opening, "opening"), (Part::Lists, "lists")];

impl Args {
    fn has(&self, part: Part) -> bool {
        self.parts.is_empty() || self.parts.contains(&part)
    }
}

/// Builds for release and measures; fails only where it cannot measure.
pub(crate) fn run(args: &Args) -> Result<()> {
    let packages =
        ["--package", "phonein-intercom", "--package", "phonein-tests", "--bin", "phonein-intercom", "--bin", "bench"];
    run_command(cargo(&["build", "--quiet", "--locked", "--release"]).args(packages))?;
    let target = paths::target()?;
    let here: Vec<&str> = HERE.iter().filter(|(part, _)| args.has(*part)).map(|(_, name)| *name).collect();
    if !here.is_empty() {
        // On the disk that the project lies on: a directory for temporary files may be in memory.
        let directory = target.join("bench");
        fs::create_dir_all(&directory)?;
        run_command(Command::new(target.join("release/bench")).arg(directory).args(here))?;
    }
    if args.has(Part::Screens) {
        ios_app::bench()?;
    }
    if args.has(Part::Bluetooth) { lab::bench() } else { Ok(()) }
}
