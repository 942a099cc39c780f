//! What goes wrong with adapters, programs and identifiers in the middle of something. An adapter is switched off while it
//! searches: under a connection, or soon after one, the guest's kernel breaks.

use std::{
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use phonein_core::{
    api::TapState,
    text::{
        refusal::Refusal,
        tap::{Door, PathFault, Via},
    },
};
use tokio::time::sleep;

use crate::{
    guest,
    scene::{FINAL, Scene, is_at, opened_by, opens, uses},
};

#[tokio::test]
async fn a_phones_adapter_switched_off_in_the_middle_ends_the_tap_and_on_again_it_opens() {
    let mut scene = Scene::apart().await;
    let bela = scene.guest(uses(5)).await;
    scene.intercom.stop().await.unwrap();
    guest::nobody_connected("hci0").await;
    let bela_phone = bela.phone.restart().await.unwrap();
    let adapter = guest::adapter("hci2").await;
    let began = Instant::now();
    let mut pressed = bela_phone.start_press(&bela.place, None, Door::Entrance).await.unwrap();
    is_at(&mut pressed, &TapState::Searching).await;
    // At once: it has no link to end first, and it does not search for long.
    adapter.set_powered(false).await.unwrap();
    let tap = pressed.end().await.unwrap();
    assert!(began.elapsed() < FINAL, "{:?}", began.elapsed());
    let TapState::Unreachable { paths } = &tap.state else { panic!("{tap:?}") };
    let faults: Vec<_> = paths.iter().filter(|path| path.by == Via::Bluetooth).map(|path| &path.fault).collect();
    assert_eq!(faults, [&PathFault::BluetoothOff], "what can be done about it: {tap:?}");
    assert_eq!(scene.intercom.moved(), 0);

    guest::power("hci2", true).await;
    scene.intercom.start_again().await.unwrap();
    scene.intercom.on_air().await.unwrap();
    assert_eq!(opens(&bela_phone, &bela.place).await, Via::Bluetooth);
    scene.intercom.moved_so_often(1).await.unwrap();
}

#[tokio::test]
async fn an_intercom_that_restarts_in_the_middle_of_an_opening_opens_once_and_says_interrupted() {
    let mut scene = Scene::apart().await;
    let bela = scene.guest(uses(1)).await;
    scene.intercom.dies_at_next_opening().unwrap();
    let intercom = &mut scene.intercom;
    let back = async {
        intercom.killed().await.unwrap();
        intercom.start_again().await.unwrap();
    };
    let (tap, ()) = tokio::join!(bela.phone.press(&bela.place, None, Door::Entrance), back);
    let mut tap = tap.unwrap();
    if tap.state == TapState::NoAnswer {
        // The intercom came back too late for the tap: the next contact tells.
        scene.intercom.on_air().await.unwrap();
        bela.phone.core.sync().await.unwrap();
        tap = bela.phone.core.home().await.unwrap().intercoms.remove(0).doors.remove(0).tap;
        assert!(format!("{tap:?}").contains("Interrupted"), "{tap:?}");
    } else {
        assert!(matches!(tap.state, TapState::Refused { refusal: Refusal::Interrupted, .. }), "{tap:?}");
    }
    scene.intercom.moved_so_often(1).await.unwrap();
}

#[tokio::test]
async fn an_intercom_that_restarted_under_a_link_is_reached_anew() {
    let mut scene = Scene::apart().await;
    opens(&scene.anna, &scene.place).await;
    scene.intercom.stop().await.unwrap();
    guest::nobody_connected("hci0").await;
    guest::nobody_connected("hci1").await;
    scene.intercom.start_again().await.unwrap();
    scene.intercom.on_air().await.unwrap();
    assert_eq!(opens(&scene.anna, &scene.place).await, Via::Bluetooth);
    scene.intercom.moved_so_often(2).await.unwrap();
}

#[tokio::test]
async fn an_identifier_that_changes_during_the_search_hides_no_door() {
    let mut scene = Scene::apart().await;
    scene.intercom.stop().await.unwrap();
    guest::nobody_connected("hci0").await;
    let anna = scene.anna.restart().await.unwrap();
    let mut pressed = anna.start_press(&scene.place, None, Door::Entrance).await.unwrap();
    while !guest::adapter("hci1").await.is_discovering().await.unwrap() {
        sleep(Duration::from_millis(10)).await;
    }
    // While it searches, the intercom comes back with its button held: it advertises that it waits for pairing, and never
    // what Anna's phone knows.
    let frozen = guest::freeze_bluetooth();
    scene.intercom.start_again().await.unwrap();
    scene.intercom.hold_button().unwrap();
    drop(frozen);
    let tap = pressed.end().await.unwrap();
    assert!(matches!(tap.state, TapState::Opened { by: Via::Bluetooth, .. }), "{tap:?}");
    scene.intercom.moved_so_often(1).await.unwrap();
}

/// The request has arrived, the door is open, and the intercom stands still before it answers; meanwhile `what` happens. How
/// many of the phone's links ended until it opened.
async fn stands_still(what: impl AsyncFnOnce()) -> usize {
    let mut scene = Scene::apart().await;
    let bela = scene.guest(uses(1)).await;
    scene.intercom.freezes_at_next_opening().unwrap();
    let began = Instant::now();
    let mut pressed = bela.phone.start_press(&bela.place, None, Door::Entrance).await.unwrap();
    scene.intercom.moved_so_often(1).await.unwrap();
    let ended = guest::count_ends("hci2").await;
    what().await;
    scene.intercom.thaw().unwrap();
    let tap = pressed.end().await.unwrap();
    println!("the remembered answer came {:?} after the tap", began.elapsed());
    assert_eq!(opened_by(&tap), Via::Bluetooth, "the remembered answer");
    let ended = ended.load(Ordering::SeqCst);
    scene.intercom.moved_so_often(1).await.unwrap();
    assert_eq!(scene.logged_openings(), (1, 0));
    ended
}

#[tokio::test]
async fn an_answer_that_went_with_the_link_is_remembered_for_a_retry_over_bluetooth() {
    assert_eq!(stands_still(async || guest::hang_up("hci0").await).await, 1);
}

#[tokio::test]
async fn an_answer_that_stays_out_is_remembered_for_a_retry_on_the_same_link() {
    assert_eq!(stands_still(async || sleep(Duration::from_millis(3_500)).await).await, 0);
}
