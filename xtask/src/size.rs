//! What phonein-core weighs, beside a library that only links the crates any such app would choose (xtask/floor).

mod symbols;

use std::{collections::BTreeSet, fs};

use anyhow::{Context, Result, ensure};
use symbols::Weights;

use crate::{paths, release};

/// What the whole may weigh.
const MOST: u64 = 4_900_000;
/// What may be ours of that.
const MOST_OURS: u64 = 1_000_000;
/// Parts below this are added up.
const SMALL: u64 = 10_000;
/// Where the figures of the last run that somebody kept are.
const RECORD: &str = "docs/size.md";

/// Builds both as a phone gets them and prints them part by part. What misses its goal says OVER; it fails where the whole
/// has grown beyond what is recorded.
pub(crate) fn run() -> Result<()> {
    let floor = Library::build("phonein-floor")?;
    let core = Library::build("phonein-core")?;
    table(&core.weights, &floor.weights);

    let ours = core.bytes.saturating_sub(floor.bytes);
    for (what, bytes, most) in [("the whole", core.bytes, MOST), ("ours", ours, MOST_OURS)] {
        println!("{what}: {bytes} bytes, goal {most}: {}", if bytes <= most { "ok" } else { "OVER" });
    }
    let record = fs::read_to_string(paths::root().join(RECORD)).with_context(|| format!("reading {RECORD}"))?;
    let recorded = recorded(&record).with_context(|| format!("{RECORD} has no line `the whole: ..`"))?;
    println!("recorded in {RECORD}: {recorded} bytes");
    ensure!(core.bytes <= recorded + recorded / 100, "grown by {} bytes: say why in {RECORD}", core.bytes - recorded);
    Ok(())
}

struct Library {
    /// As it ships.
    bytes: u64,
    weights: Weights,
}

impl Library {
    fn build(package: &str) -> Result<Self> {
        // The symbols say what is whose.
        let weights = Weights::of(&release::with_symbols(package)?)?;
        Ok(Self { bytes: fs::metadata(release::stripped(package)?)?.len(), weights })
    }
}

/// Each part in either library, the heaviest first.
fn table(core: &Weights, floor: &Weights) {
    println!("\n| part | phonein-core | its crates alone | more |\n|---|--:|--:|--:|");
    let names: BTreeSet<&str> = core.parts().chain(floor.parts()).collect();
    let mut rows: Vec<(&str, u64, u64)> =
        names.into_iter().map(|name| (name, core.of_part(name), floor.of_part(name))).collect();
    rows.sort_by_key(|(_, core, floor)| std::cmp::Reverse(*core.max(floor)));
    let (large, small): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(_, core, floor)| *core.max(floor) >= SMALL);
    let rest = small.iter().fold((0, 0), |sum, (_, core, floor)| (sum.0 + core, sum.1 + floor));
    let others = format!("{} others", small.len());
    for (name, core, floor) in large.into_iter().chain([(others.as_str(), rest.0, rest.1)]) {
        println!("| {name} | {core} | {floor} | {} |", i128::from(core) - i128::from(floor));
    }
    println!();
}

/// How many bytes the whole had in the run whose figures somebody kept.
fn recorded(record: &str) -> Option<u64> {
    recorded_of(record, "the whole")
}

fn recorded_of(record: &str, what: &str) -> Option<u64> {
    let line = record.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(": "))?;
    line.split(' ').next()?.parse().ok()
}

/// What that run weighed, and what it may weigh at most.
pub(crate) fn recorded_rows() -> Result<[(&'static str, u64, u64); 2]> {
    let record = fs::read_to_string(paths::root().join(RECORD)).with_context(|| format!("reading {RECORD}"))?;
    let of = |what: &str| recorded_of(&record, what).with_context(|| format!("{RECORD} has no line `{what}: ..`"));
    Ok([
        ("size of the library as a phone gets it", of("the whole")?, MOST),
        ("of that beyond the crates it stands on", of("ours")?, MOST_OURS),
    ])
}

#[cfg(test)]
mod tests {
    use super::recorded;

    #[test]
    fn the_record_is_the_line_that_a_run_prints() {
        assert_eq!(recorded("# Size\nthe whole: 5653104 bytes, goal 4900000: OVER\nours: 1 bytes"), Some(5_653_104));
        assert_eq!(recorded("# Size\n"), None);
        assert_eq!(super::recorded_of("the whole: 3 bytes\nours: 1 bytes", "ours"), Some(1));
    }
}
