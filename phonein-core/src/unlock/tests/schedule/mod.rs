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

use std::sync::Mutex;

use tokio::runtime::Builder;

use self::{
    dice::Dice,
    play::{Played, play},
    tally::Tally,
};
use super::*;
use crate::seeds::{gone_wrong, number};

/// So many schedules are played.
const SCHEDULES: u64 = 10_000;
/// So many that fail are enough.
const ENOUGH: usize = 5;

/// Plays a schedule in a world of its own.
fn played(seed: u64) -> Played {
    let world = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    world.block_on(play(seed))
}

#[test]
fn whatever_happens_a_tap_opens_once_at_most_and_its_outcome_becomes_known() {
    if let Some(seed) = number("PHONEIN_SEED") {
        let played = played(seed);
        println!("{played:#?}");
        return played.check();
    }
    let schedules = number("PHONEIN_SCHEDULES").unwrap_or(SCHEDULES);
    let tally = Mutex::new(Tally::default());
    let failed = gone_wrong(0..schedules, ENOUGH, |seed| {
        let played = played(seed);
        played.check();
        tally.lock().unwrap().count(&played);
    });
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
