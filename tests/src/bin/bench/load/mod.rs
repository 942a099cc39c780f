//! The program under load, with the limits it ships with: good requests beside each kind of flood, what the floods leave
//! behind, how much they make it check, and how many doors it opens in a second.
//!
//! The flood is a process of its own that gives way to the others on these processors: a real one has its own.

mod allowed;
pub(crate) mod flood;
mod opens;
mod resident;

use crate::goals::{self, Goal};
use crate::hello::kib;
use crate::program::{Bounds, Program};
use crate::sample::Samples;
use crate::table::{Figure, Table};
use allowed::{CHECKS_OF_A_GUEST, CHECKS_OF_A_SOURCE, allowed};
use anyhow::{Result, ensure};
use flood::{Flood, Flooded, Kind};
use phonein_tests::process::memory_kib;
use resident::Resident;
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// Good requests beside each kind.
const GOOD: u32 = 150;
/// Between two of them.
const PAUSE: Duration = Duration::from_millis(20);
/// Rounds of all kinds before the one that is measured: what is kept once comes with the first, and more with the second.
const ROUNDS_BEFORE: usize = 2;
/// Until a flood runs at its full height.
const RISES: Duration = Duration::from_millis(1_500);

/// All kinds, each with the row of the good requests beside it.
const KINDS: [(Kind, &Goal); 8] = [
    (Kind::Idle, &goals::BESIDE_IDLE),
    (Kind::Busy, &goals::BESIDE_BUSY),
    (Kind::Garbage, &goals::BESIDE_GARBAGE),
    (Kind::Large, &goals::BESIDE_LARGE),
    (Kind::Forged, &goals::BESIDE_FORGED),
    (Kind::Replayed, &goals::BESIDE_REPLAYED),
    (Kind::Slow, &goals::BESIDE_SLOW),
    (Kind::Guest, &goals::BESIDE_GUEST),
];

/// What was good and what was asked.
#[derive(Default)]
struct Answered {
    asked: u32,
    right: u32,
}

/// Each kind of flood, then openings as fast as they go.
pub(crate) async fn measure(directory: &Path, table: &mut Table) -> Result<()> {
    let program = Program::bounded(&directory.join("flooded"), Bounds::AsShipped).await?;
    let mut resident = Resident::paired(&program).await?;
    let (guest, link) = resident.guest().await?;
    let flooded = Flooded::new(&program, &resident, &guest, &link)?;
    let mut answered = Answered::default();
    // Whole rounds before, for what is kept once: where connections had been, the allocator's room stays.
    let mut settling = Vec::new();
    for _ in 0..ROUNDS_BEFORE {
        for (kind, _) in KINDS {
            beside(kind, &flooded, &resident, &mut answered).await?;
        }
        settling.push(format!("{:.0}", memory_kib(program.id())?));
    }
    let quiet = good(&resident, &mut answered).await?;
    let memory = memory_kib(program.id())?;
    let mut disk = None;
    let mut strangers_entries = 0;
    for (kind, goal) in KINDS {
        let before = program.work()?;
        let began = Instant::now();
        let (samples, answers) = beside(kind, &flooded, &resident, &mut answered).await?;
        let took = began.elapsed();
        let after = program.work()?;
        table.row(goal, samples.ms(), ("quiet", quiet.ms()));
        // The good ones' are the resident's, one for each.
        let checks = (after.checks - before.checks).saturating_sub(GOOD.into());
        table.note(&format!(
            "{}: {answers} answers in {:.1} s, {checks} signatures checked",
            kind.name(),
            took.as_secs_f64()
        ));
        match kind {
            Kind::Guest => {
                let most = allowed(&CHECKS_OF_A_GUEST, took);
                table.row(&goals::CHECKS_GUEST, count(checks), ("40, and 10 a second", count(most)));
            }
            Kind::Forged => {
                let most = allowed(&CHECKS_OF_A_SOURCE, took);
                let sources = flood::SOURCES_OF_FORGERS;
                let each = count(checks.div_ceil(sources));
                table.row(&goals::CHECKS_STRANGERS, each, ("20, and 20 in ten seconds", count(most)));
                strangers_entries += after.entries - before.entries;
            }
            _ => strangers_entries += after.entries - before.entries,
        }
        disk = disk.max(Some(program.bytes_on_disk()?));
    }
    // As long after the last flood as after the first round.
    good(&resident, &mut answered).await?;
    let all = Figure::exact(f64::from(answered.asked), "");
    table.row(&goals::ANSWERED, Figure::exact(f64::from(answered.right), ""), ("asked", all));
    table.row(&goals::FLOODED_MEMORY, kib(memory_kib(program.id())?), ("after two rounds of them", kib(memory)));
    table.note(&format!("memory after each round before: {} KiB", settling.join(", ")));
    // One more than there are, so that there is a ratio where there are none.
    table.row(&goals::FLOODED_LOG, count(strangers_entries + 1), ("one more than none", count(1)));
    table.row(
        &goals::FLOODED_DISK,
        count(disk.unwrap_or(0)),
        ("the log's 20,000 entries and a WAL", count(MOST_ON_DISK)),
    );
    ensure!(resident.open().await?, "the door was to open after all that");
    opens::measure(directory, table).await
}

/// What 20,200 entries and the journal before its checkpoint take at most.
const MOST_ON_DISK: u64 = 16_000_000;

/// Good requests beside a flood at its full height, and how many answers the flood had.
async fn beside(kind: Kind, flooded: &Flooded, resident: &Resident, answered: &mut Answered) -> Result<(Samples, u64)> {
    let flood = Flood::start(kind, flooded)?;
    sleep(RISES).await;
    let samples = good(resident, answered).await?;
    Ok((samples, flood.end()?))
}

/// Good requests, each by a connection of its own: HELLO, Status, the answer read.
async fn good(resident: &Resident, answered: &mut Answered) -> Result<Samples> {
    let mut samples = Samples::default();
    for _ in 0..GOOD {
        let began = Instant::now();
        answered.asked += 1;
        if resident.asks().await.is_ok() {
            answered.right += 1;
            samples.add(began.elapsed());
        }
        sleep(PAUSE).await;
    }
    Ok(samples)
}

#[allow(clippy::cast_precision_loss, reason = "far below 2⁵²")]
fn count(number: u64) -> Figure {
    Figure::exact(number as f64, "")
}
