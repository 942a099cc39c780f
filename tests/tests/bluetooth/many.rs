//! Openings in a row: what each leaves behind would add up.

use std::{env, process};

use phonein_core::{
    api::TapState,
    text::tap::{Door, Via},
};
use phonein_tests::process::memory_kib;

use crate::{
    guest,
    scene::{Scene, opened_by},
};

/// After so many openings the link is ended, and the next one makes another. So many come before anything is measured.
const ON_ONE_LINK: usize = 5;
/// Then come so many parts, and the memory after each. Threads come and go, and one that gets deeper than before keeps a larger
/// stack from then on, a few hundred KiB in this build: that is in one part or two. What an opening leaves behind is in each.
const PARTS: usize = 4;
/// So many openings in each; with --long more.
const IN_A_PART: (usize, usize) = (5, 50);
/// In two parts a program may grow by no more than this, in KiB. An opening that left 7 KiB behind would be seen. The phone is
/// this process, in which no other test ran (xtask/src/lab/play.rs).
const SLACK: f64 = 32.0;
/// The rows that an opening writes stay in SQLite's cache of pages, which has a bound: 200 openings left less than 1 KiB each.
const CACHED: f64 = 1.5;

/// Of so many openings one may be pressed again because the intercom was not reached: a virtual controller loses an advertisement now
/// and then (docs/guides/bluetooth-lab.md), and this is about what openings leave behind.
const OUT_OF: usize = 5;

#[tokio::test]
async fn openings_in_a_row_leak_neither_links_nor_memory() {
    let mut scene = Scene::apart().await;
    let in_a_part = if env::var_os("PHONEIN_LAB_LONG").is_some() { IN_A_PART.1 } else { IN_A_PART.0 };
    let rounds = ON_ONE_LINK + PARTS * in_a_part;
    let mut measured = Vec::new();
    let (mut open, mut missed) = (None, 0);
    for round in 0..rounds {
        if round >= ON_ONE_LINK && (round - ON_ONE_LINK).is_multiple_of(in_a_part) {
            measured.push(memory(&scene));
        }
        if round % ON_ONE_LINK == ON_ONE_LINK - 1 {
            guest::hang_up("hci1").await;
            guest::nobody_connected("hci0").await;
        }
        let door = if round % 2 == 0 { Door::Entrance } else { Door::Inner };
        let pressed = loop {
            let mut pressed = scene.anna.start_press(&scene.place, None, door).await.unwrap();
            let tap = pressed.end().await.unwrap();
            if !matches!(tap.state, TapState::Unreachable { .. }) {
                assert_eq!(opened_by(&tap), Via::Bluetooth);
                break pressed;
            }
            missed += 1;
            assert!(missed <= rounds / OUT_OF, "the intercom was not reached {missed} times of {round}: {tap:?}");
        };
        assert_eq!(guest::connected("hci0").await, 1, "after {round}");
        assert_eq!(scene.intercom.bluetooth("links").unwrap(), 1, "after {round}");
        // While a door is open, a press on it adds nothing: the one before is shut again by the next but one.
        if let Some(mut before) = open.replace(pressed) {
            before.over().await.unwrap();
        }
    }
    scene.intercom.moved_so_often(rounds).await.unwrap();
    measured.push(memory(&scene));
    does_not_grow("intercom's", in_a_part, measured.iter().map(|(intercom, _)| *intercom));
    does_not_grow("phone's", in_a_part, measured.iter().map(|(_, phone)| *phone));

    guest::hang_up("hci1").await;
    guest::nobody_connected("hci0").await;
}

/// Whether what a program has in use, measured after each part, grows in nearly all of them.
fn does_not_grow(whose: &str, in_a_part: usize, measured: impl Iterator<Item = f64>) {
    let measured: Vec<_> = measured.collect();
    println!("every {in_a_part} openings the {whose} memory is, in KiB: {measured:?}");
    let mut grown: Vec<_> = measured.windows(2).map(|pair| pair[1] - pair[0]).collect();
    grown.sort_by(f64::total_cmp);
    let most = f64::max(SLACK, CACHED * f64::from(u32::try_from(in_a_part).unwrap()));
    assert!(grown[1] <= most, "the {whose} memory grows and grows: {measured:?}");
}

/// What the intercom and the phone, which is this process, have in use, in KiB.
fn memory(scene: &Scene) -> (f64, f64) {
    (scene.intercom.memory_kib().unwrap(), memory_kib(process::id()).unwrap())
}
