//! Openings in a row: what each leaves behind would add up.

use std::{env, process};

use phonein_core::text::tap::{Door, Via};
use phonein_tests::process::memory_kib;

use crate::{
    guest,
    scene::{Scene, opened_by},
};

/// So many openings come before anything is measured.
const FIRST: usize = 4;
/// After so many openings the link is ended, and the next one makes another.
const ON_ONE_LINK: usize = 5;
/// Memory that a program may take for itself meanwhile, in KiB: less than 20 messages of the greatest length each.
const SLACK: f64 = 512.0;

#[tokio::test]
async fn openings_in_a_row_leak_neither_links_nor_memory() {
    let mut scene = Scene::apart().await;
    let rounds = FIRST + if env::var_os("PHONEIN_LAB_LONG").is_some() { 200 } else { 20 };
    let mut before = (0.0, 0.0);
    let mut open = None;
    for round in 0..rounds {
        if round == FIRST {
            before = memory(&scene);
        }
        if round % ON_ONE_LINK == ON_ONE_LINK - 1 {
            guest::hang_up("hci1").await;
            guest::nobody_connected("hci0").await;
        }
        let door = if round % 2 == 0 { Door::Entrance } else { Door::Inner };
        let mut pressed = scene.anna.start_press(&scene.place, None, door).await.unwrap();
        assert_eq!(opened_by(&pressed.end().await.unwrap()), Via::Bluetooth);
        assert_eq!(guest::connected("hci0").await, 1, "after {round}");
        assert_eq!(scene.intercom.bluetooth("links").unwrap(), 1, "after {round}");
        // While a door is open, a press on it adds nothing: the one before is shut again by the next but one.
        if let Some(mut before) = open.replace(pressed) {
            before.over().await.unwrap();
        }
    }
    scene.intercom.moved_so_often(rounds).await.unwrap();
    let after = memory(&scene);
    for (whose, before, after) in [("intercom's", before.0, after.0), ("phone's", before.1, after.1)] {
        println!("{rounds} openings: the {whose} memory is {after} KiB, {} more than after {FIRST}", after - before);
        assert!(after - before <= SLACK, "the {whose}: {after} KiB, not {before}");
    }

    guest::hang_up("hci1").await;
    guest::nobody_connected("hci0").await;
}

/// What the intercom and the phone, which is this process, have in use, in KiB.
fn memory(scene: &Scene) -> (f64, f64) {
    (scene.intercom.memory_kib().unwrap(), memory_kib(process::id()).unwrap())
}
