//! Ten thousand seeded schedules over two bad ways at once: whole frames over HTTP, and the Bluetooth that ships over a
//! radio in memory that delays, loses, repeats and reorders fragments. Whatever happens, a tap opens once at most, ends
//! in time as it says, and the truth is known afterwards.
//!
//! A seed that fails is named, and can be played alone: `PHONEIN_SEED=123 cargo test -p phonein-core schedule`. Others than
//! the usual ones: `PHONEIN_SCHEDULES=50000`.

pub(crate) mod dice;
mod play;
mod tally;
mod verdict;
pub(crate) mod weather;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use tokio::runtime::Builder;

use self::{
    dice::Dice,
    play::{Played, play},
    tally::Tally,
};
use super::*;

/// So many schedules are played.
const SCHEDULES: u64 = 10_000;
/// So many that fail are enough.
const ENOUGH: usize = 5;

/// Plays a schedule in a world of its own.
fn played(seed: u64) -> Played {
    let world = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    world.block_on(play(seed))
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|number| number.parse().unwrap())
}

#[test]
fn whatever_happens_a_tap_opens_once_at_most_and_its_outcome_becomes_known() {
    if let Some(seed) = number("PHONEIN_SEED") {
        let played = played(seed);
        println!("{played:#?}");
        return played.check();
    }
    let schedules = number("PHONEIN_SCHEDULES").unwrap_or(SCHEDULES);
    let (next, tally, failed) = (AtomicU64::new(0), Mutex::new(Tally::default()), Mutex::new(Vec::new()));
    let work = || {
        while failed.lock().unwrap().len() < ENOUGH {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= schedules {
                return;
            }
            let checked = catch_unwind(AssertUnwindSafe(|| {
                let played = played(seed);
                played.check();
                played
            }));
            match checked {
                Ok(played) => tally.lock().unwrap().count(&played),
                Err(_) => failed.lock().unwrap().push(seed),
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
        work();
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "schedules {failed:?} went wrong: each alone with PHONEIN_SEED=…");
    let tally = tally.into_inner().unwrap();
    println!("{schedules} schedules: {tally:#?}");
    tally.check(schedules);
}

#[test]
fn a_schedule_played_again_is_the_same() {
    for seed in 0..100 {
        assert_eq!(played(seed).story(), played(seed).story(), "schedule {seed}");
    }
}
