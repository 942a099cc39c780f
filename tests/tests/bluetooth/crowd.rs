//! A phone that is not alone at the intercom.
//!
//! Two real links are what the virtual adapters carry. That the ninth gets in where eight who say nothing hold all places is shown by
//! `a_full_house_sends_the_oldest_stranger_away_then_the_longest_idle` and `a_crowd_of_strangers_shuts_no_phone_out` of the
//! intercom's own tests.

use std::{pin::pin, time::Duration};

use phonein_core::text::tap::{Door, Via};
use phonein_tests::{
    central::{Central, Device},
    passage::Traffic,
    process::Serves,
};
use tokio::time::sleep;

use crate::{
    ballast::Ballast,
    guest,
    scene::{Scene, opened_by, opens, uses},
};

/// A phone that was cut off and has not connected again by now does not.
const SETTLES: Duration = Duration::from_secs(4);

async fn seen_from(name: &str, address: &str) -> Device {
    guest::power(name, true).await;
    Central::at(name).await.unwrap().find(address).await.unwrap()
}

#[tokio::test]
async fn a_stranger_who_holds_a_link_keeps_no_phone_out_and_disturbs_no_link_beside_it() {
    let mut scene = Scene::set(Serves::BOTH).await;
    scene.anna.core.sync().await.unwrap();
    let bela = scene.guest(uses(5)).await;
    scene.intercom.passage.set_traffic(Traffic::Cut);
    // Until nothing of his phone is under way: cut off in the middle of something it connects again, and that would be beside
    // the stranger.
    loop {
        guest::hang_up("hci2").await;
        guest::nobody_connected("hci0").await;
        sleep(SETTLES).await;
        if guest::connected("hci0").await == 0 {
            break;
        }
    }
    let address = scene.intercom.on_air().await.unwrap();
    let stranger = seen_from("hci3", &address).await;
    let ballast = Ballast::between("hci2", "hci1").await;
    let link = stranger.connect().await.unwrap();
    let mut pressed = bela.phone.start_press(&bela.place, None, Door::Entrance).await.unwrap();
    let (tap, most) = {
        let (mut end, mut most) = (pin!(pressed.end()), 0);
        loop {
            tokio::select! {
                tap = &mut end => break (tap.unwrap(), most),
                () = sleep(Duration::from_millis(50)) => {}
            }
            most = most.max(scene.intercom.bluetooth("links").unwrap().as_u64().unwrap());
        }
    };
    assert_eq!((opened_by(&tap), most), (Via::Bluetooth, 2), "by which way, and beside the stranger");
    pressed.over().await.unwrap();
    stranger.gone_within(Duration::from_secs(12)).await.unwrap();
    drop(link);
    sleep(Duration::from_secs(1)).await;
    assert_eq!(scene.intercom.bluetooth("links").unwrap(), 1, "the phone's is still there");
    assert_eq!(opens(&bela.phone, &bela.place).await, Via::Bluetooth);
    scene.intercom.moved_so_often(2).await.unwrap();
    ballast.drop_off().await;
}

#[tokio::test]
async fn a_phone_whose_app_ends_lets_go_of_its_link() {
    let mut scene = Scene::apart().await;
    assert_eq!(opens(&scene.anna, &scene.place).await, Via::Bluetooth);
    assert_eq!(scene.intercom.bluetooth("links").unwrap(), 1);
    // Until nothing of the core is under way: whoever lets go of it last ends the link, and that is to be the app …
    scene.anna.core.sync().await.unwrap();
    sleep(Duration::from_secs(1)).await;
    // … on a thread as apps have it, which knows no runtime.
    std::thread::spawn(move || drop(scene.anna)).join().unwrap();
    guest::nobody_connected("hci0").await;
    scene.intercom.moved_so_often(1).await.unwrap();
}
