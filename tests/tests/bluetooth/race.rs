//! Bluetooth and HTTP at once: whichever answers, the door opens once.

use std::time::{Duration, Instant};

use phonein_core::{
    api::TapState,
    text::{
        refusal::Refusal,
        tap::{Door, Via},
    },
};
use phonein_tests::{passage::Traffic, process::Serves};
use tokio::time::sleep;

use crate::{
    guest,
    scene::{FINAL, Guest, Scene, is_at, opened_by, opens, refused, uses},
};

/// Whoever has no answer by then seals anew (docs/protocol.md, section 3): the other way was to have answered long before.
const RETRY: Duration = Duration::from_secs(3);

/// By then an answer that was sent has been heard, and a network that is cut has failed.
const HEARD: Duration = Duration::from_millis(500);

/// Presses with a key for one use, which opens once, by one way, and is used up then.
async fn opens_once(scene: &mut Scene, bela: &Guest) -> Via {
    let by = opens(&bela.phone, &bela.place).await;
    scene.intercom.moved_so_often(1).await.unwrap();
    by
}

/// The one use is spent, and nothing opens any more.
async fn is_used_up(scene: &mut Scene, bela: Guest) {
    let phone = bela.phone.restart().await.unwrap();
    assert_eq!(refused(&phone, &bela.place).await, Refusal::UsedUp);
    scene.intercom.moved_so_often(1).await.unwrap();
}

#[tokio::test]
async fn over_both_ways_a_tap_opens_once_costs_one_use_and_the_log_says_which() {
    let mut scene = Scene::set(Serves::BOTH).await;
    let bela = scene.guest(uses(1)).await;
    let ready = bela.phone.core.stay_ready(bela.place.clone()).await.unwrap();
    let by = opens_once(&mut scene, &bela).await;
    let wanted = if by == Via::Bluetooth { (1, 0) } else { (0, 1) };
    assert_eq!(scene.logged_openings(), wanted);
    scene.anna.core.sync().await.unwrap();
    let word = if by == Via::Bluetooth { "Neighbour · Bluetooth" } else { "Neighbour · Network" };
    assert_eq!(scene.activity().await.remove(0), ("Entrance opened".to_owned(), word.to_owned()));
    ready.cancel();
    is_used_up(&mut scene, bela).await;
}

#[tokio::test]
async fn the_same_request_by_both_ways_opens_once() {
    let mut scene = Scene::set(Serves::BOTH).await;
    let bela = scene.guest(uses(1)).await;
    // What goes over the network arrives, and its answers get lost: both ways bring the request.
    scene.intercom.passage.set_traffic(Traffic::AnswersLost);
    let by = opens_once(&mut scene, &bela).await;
    assert_eq!(by, Via::Bluetooth);
    assert_eq!(scene.logged_openings(), (0, 1), "the one over the network was judged");
    scene.intercom.passage.set_traffic(Traffic::Flows);
    is_used_up(&mut scene, bela).await;
}

#[tokio::test]
async fn when_http_hangs_bluetooth_opens() {
    let mut scene = Scene::set(Serves::BOTH).await;
    let bela = scene.guest(uses(1)).await;
    scene.intercom.passage.set_traffic(Traffic::Hangs);
    let began = Instant::now();
    assert_eq!(opens_once(&mut scene, &bela).await, Via::Bluetooth);
    assert!(began.elapsed() < FINAL, "{:?}", began.elapsed());
    assert_eq!(scene.logged_openings(), (1, 0));
    is_used_up(&mut scene, bela).await;
}

#[tokio::test]
async fn when_bluetooth_hangs_http_opens() {
    let mut scene = Scene::set(Serves::BOTH).await;
    let bela = scene.guest(uses(1)).await;
    // A link that has proved itself, and then hangs.
    let _ready = bela.phone.core.stay_ready(bela.place.clone()).await.unwrap();
    while scene.intercom.bluetooth("valid_links").unwrap() != 1 {
        sleep(Duration::from_millis(50)).await;
    }
    sleep(HEARD).await;
    scene.intercom.passage.set_traffic(Traffic::Cut);
    let frozen = guest::freeze_bluetooth();
    let began = Instant::now();
    let mut pressed = bela.phone.start_press(&bela.place, None, Door::Entrance).await.unwrap();
    is_at(&mut pressed, &TapState::Asking).await;
    // By now the network has failed, and the request is Bluetooth's.
    sleep(HEARD).await;
    scene.intercom.passage.set_traffic(Traffic::Flows);
    assert_eq!(opened_by(&pressed.end().await.unwrap()), Via::Network);
    assert!(began.elapsed() < RETRY, "{:?}", began.elapsed());
    drop(frozen);
    pressed.over().await.unwrap();
    scene.intercom.moved_so_often(1).await.unwrap();
    assert_eq!(scene.logged_openings(), (0, 1));
    is_used_up(&mut scene, bela).await;
}

#[tokio::test]
async fn an_answer_lost_with_the_link_is_remembered_for_a_retry_over_http() {
    let mut scene = Scene::set(Serves::BOTH).await;
    let bela = scene.guest(uses(1)).await;
    scene.intercom.passage.set_traffic(Traffic::Cut);
    // The request has arrived, the door is open, the answer has not left.
    scene.intercom.freezes_at_next_opening().unwrap();
    let mut pressed = bela.phone.start_press(&bela.place, None, Door::Entrance).await.unwrap();
    scene.intercom.moved_so_often(1).await.unwrap();
    // The network is there again before the link is gone, which takes seconds; nobody is answered meanwhile.
    scene.intercom.passage.set_traffic(Traffic::Flows);
    guest::power("hci2", false).await;
    scene.intercom.thaw().unwrap();
    let tap = pressed.end().await.unwrap();
    assert_eq!(opened_by(&tap), Via::Network, "the remembered answer");
    scene.intercom.moved_so_often(1).await.unwrap();
    assert_eq!(scene.logged_openings(), (1, 0));
    guest::power("hci2", true).await;
    is_used_up(&mut scene, bela).await;
}
