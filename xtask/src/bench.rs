//! Speed, memory, load and size, each figure beside its limit, in one table (docs/performance.md).

mod table;

use anyhow::{Context, Result};
use std::{fs, process::Command};
use table::Table;

use crate::{
    app, ios_app, lab, paths,
    run::{cargo, run as run_command, watch},
    size,
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
    /// A wallet that holds much: its start, Home, KEYS, RECENT ACTIVITY, a key saved.
    Lists,
    /// Home's model of the iOS app, beside the call it is made of.
    Screens,
    /// A cold start of the app in a window, beside an empty window.
    Start,
    /// The memory of a core that has nothing to do.
    Idle,
    /// The intercom under load: floods, and openings in a second.
    Load,
    /// What the library weighed when that was last recorded (`cargo xtask size` weighs it).
    Size,
    /// Openings over Bluetooth, in the guest.
    Bluetooth,
}

/// The parts that the bench measures on this machine, by the names it knows them by.
const HERE: [(Part, &str); 5] = [
    (Part::Memory, "memory"),
    (Part::Opening, "opening"),
    (Part::Lists, "lists"),
    (Part::Idle, "idle"),
    (Part::Load, "load"),
];

impl Args {
    fn has(&self, part: Part) -> bool {
        self.parts.is_empty() || self.parts.contains(&part)
    }
}

/// Builds for release, measures, and prints all of it as one table; fails only where it cannot measure.
pub(crate) fn run(args: &Args) -> Result<()> {
    let packages =
        ["--package", "phonein-intercom", "--package", "phonein-tests", "--bin", "phonein-intercom", "--bin", "bench"];
    run_command(cargo(&["build", "--quiet", "--locked", "--release"]).args(packages))?;
    let mut table = Table::default();
    let measured = measure(args, &mut table);
    // Also what there was before something failed.
    table.print();
    measured
}

fn measure(args: &Args, table: &mut Table) -> Result<()> {
    let target = paths::target()?;
    let here: Vec<&str> = HERE.iter().filter(|(part, _)| args.has(*part)).map(|(_, name)| *name).collect();
    if !here.is_empty() {
        // On the disk that the project lies on: a directory for temporary files may be in memory.
        let directory = target.join("bench");
        fs::create_dir_all(&directory)?;
        let mut bench = Command::new(target.join("release/bench"));
        bench.arg(directory).args(here);
        watch(bench, |line| table.hear(line))?;
    }
    if args.has(Part::Screens) {
        ios_app::bench(|line| table.hear(line))?;
    }
    if args.has(Part::Start) {
        app::bench(|line| table.hear(line))?;
    }
    if args.has(Part::Size) {
        for (what, bytes, most) in size::recorded_rows()? {
            let ratio = ratio(bytes, most).context("a goal of no bytes")?;
            table.hear(&format!(
                "| {what} | {bytes} bytes | {most} bytes (fixed; ours as last recorded in docs/size.md) | {ratio:.2} | ≤ 1 | {} |",
                if bytes <= most { "ok" } else { "OVER" }
            ));
        }
    }
    if args.has(Part::Bluetooth) { lab::bench(|line| table.hear(line)) } else { Ok(()) }
}

fn ratio(ours: u64, limit: u64) -> Option<f64> {
    let hundredths = ours.checked_mul(100)?.checked_div(limit)?;
    Some(f64::from(u32::try_from(hundredths).ok()?) / 100.0)
}
