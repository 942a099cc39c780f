//! Two managers and three guests live with one intercom: real wallets, taps and syncs over HTTP and the Bluetooth that
//! ships, the very judgement that intercoms ship, in weather that drops, delays, repeats and reorders. The intercom loses its
//! power, also in the middle of an opening; clocks jump; links are copied. An oracle of its own watches the intercom's disk
//! and relays, and what people are told.
//!
//! A world is one seed: the clock is simulated, and moves on when nobody has anything to do. A seed that fails is named, and
//! can be played alone: `PHONEIN_SEED=123 cargo test -p phonein-core simulation`. More than the usual ones:
//! `cargo xtask simulate --operations 100000`.

mod guest;
mod manager;
mod oracle;
mod phone;
mod rules;
mod tally;
mod world;

use self::{
    tally::Tally,
    world::{Life, World},
};
use crate::{
    host::seeded::Seeded,
    seeds::{gone_wrong, number},
};
use std::{sync::Mutex, thread};
use tokio::runtime::Builder;

/// So much is done in one world.
const IN_A_WORLD: u64 = 400;
/// So much is done in a test.
const OPERATIONS: u64 = 4_000;

/// Lives through a world of one seed.
fn lived(seed: u64, operations: u64) -> Life {
    let _host = Seeded::new(seed);
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async { Box::pin(World::new(seed).await.live(operations)).await })
}

#[test]
fn whatever_happens_nobody_gets_in_who_may_not_and_nothing_said_is_lost() {
    let first = number("PHONEIN_SEED");
    let operations = number("PHONEIN_OPERATIONS").unwrap_or(if first.is_some() { IN_A_WORLD } else { OPERATIONS });
    let (first, worlds) = (first.unwrap_or(0), operations.div_ceil(IN_A_WORLD));
    let all = Mutex::new(Tally::default());
    let failed = gone_wrong(first..first + worlds, 1, |seed| {
        let life = lived(seed, IN_A_WORLD);
        all.lock().unwrap().add(&life.tally);
    });
    assert!(failed.is_empty(), "world {failed:?} went wrong: alone with PHONEIN_SEED=…");
    let all = all.into_inner().unwrap();
    println!("{worlds} worlds from seed {first} on: {all:?}");
    all.check(worlds);
}

/// Side by side, so that nothing is the same by the order in which they are lived.
#[test]
fn a_seed_is_lived_alike_each_time() {
    for seed in 0..4 {
        let again = || thread::spawn(move || lived(seed, 150));
        let [one, other] = [again(), again()].map(|life| life.join().unwrap());
        for (nth, (one, other)) in one.story.lines().zip(other.story.lines()).enumerate() {
            assert_eq!(one, other, "seed {seed}, line {nth} of the story");
        }
        assert_eq!(one.story, other.story, "seed {seed}");
        assert_eq!(one.said, other.said, "seed {seed}: what was said");
    }
}
