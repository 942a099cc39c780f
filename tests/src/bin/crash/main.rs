//! Kills phones and the intercom, each a process of its own, at any moment and at each thing they write, and sees after each
//! kill that nothing is lost that was confirmed, no use is spent twice, no door opened unlogged, and everything starts again
//! (`cargo xtask crash`).
//!
//! A seed makes a world: who does what, who is killed, where. Only what the processes do at the same time is not its choice.

mod book;
mod check;
mod deed;
mod dice;
mod fault;
mod kill;
mod phone;
mod world;

use anyhow::{Context, Result};
use clap::Parser;
use futures_util::{StreamExt, stream};
use std::collections::BTreeMap;
use std::path::PathBuf;
use world::{Victim, World};

/// So often somebody is killed in one world.
const IN_A_WORLD: u32 = 10;
/// So many worlds are played at once.
const AT_ONCE: usize = 4;

#[derive(Parser)]
struct Options {
    /// How often somebody is killed, in tens.
    #[arg(long)]
    kills: u32,
    /// The first world's seed; the others count on from there.
    #[arg(long)]
    seed: u64,
    /// Who is killed.
    #[arg(long, value_enum)]
    victim: Victim,
    /// What stands between a process and its disk: disk.c, built.
    #[arg(long)]
    disk: PathBuf,
}

#[tokio::main]
async fn main() -> Result<()> {
    let Options { kills, seed, victim, disk } = Options::parse();
    let worlds = u64::from(kills.div_ceil(IN_A_WORLD));
    let play = |at| {
        let disk = disk.clone();
        async move {
            let played = World::new(at, victim, disk).await?.play(IN_A_WORLD);
            Box::pin(played).await.with_context(|| {
                format!("replay it with: cargo xtask crash --only {victim} --seed {at} --kills {IN_A_WORLD}")
            })
        }
    };
    // They wait for doors to shut more than for the processor.
    let mut worlds = stream::iter((seed..seed + worlds).map(play)).buffer_unordered(AT_ONCE);
    let mut tally = BTreeMap::<String, u32>::new();
    while let Some(killed) = worlds.next().await {
        for fault in killed? {
            *tally.entry(fault).or_default() += 1;
        }
    }
    let kills: u32 = tally.values().sum();
    println!("{victim}: {kills} kills, worlds from seed {seed} on, nothing lost: {tally:?}");
    Ok(())
}
