//! The whole story over the radio alone.

use phonein_core::text::{
    refusal::Refusal,
    tap::{Door, Via},
};
use phonein_tests::{central::Central, process::Serves};

use crate::{
    guest,
    scene::{Scene, opens, opens_door, refused, uses},
};

#[tokio::test]
async fn a_key_is_made_claimed_used_and_refused_without_any_network() {
    let mut scene = Scene::set(Serves::BLUETOOTH).await;
    assert_eq!(opens(&scene.anna, &scene.place).await, Via::Bluetooth);
    let bela = scene.guest(uses(1)).await;
    assert_eq!(opens(&bela.phone, &bela.place).await, Via::Bluetooth);
    assert_eq!(opens_door(&bela.phone, &bela.place, Door::Inner).await, Via::Bluetooth);
    scene.intercom.moved_so_often(3).await.unwrap();
    assert_eq!(scene.logged_openings(), (3, 0));

    assert_eq!(refused(&bela.phone, &bela.place).await, Refusal::UsedUp);
    scene.intercom.moved_so_often(3).await.unwrap();
    assert_eq!(scene.intercom.passage.count(), 0, "nothing went over the network");
}

#[tokio::test]
async fn activity_and_holders_come_over_bluetooth() {
    let scene = Scene::apart().await;
    let bela = scene.guest(uses(1)).await;
    opens(&bela.phone, &bela.place).await;
    guest::turn("hci1").await;
    scene.anna.core.sync().await.unwrap();
    let activity = scene.activity().await;
    let newest: Vec<_> = activity.iter().map(|(title, line)| (&**title, &**line)).take(2).collect();
    let wanted = [("Entrance opened", "Neighbour · Bluetooth"), ("Key accepted", "Neighbour · on Béla's phone")];
    assert_eq!(newest, wanted, "{activity:?}");
    assert_eq!(scene.row(&bela.key).await.status_words, "On Béla's phone");
}

#[tokio::test]
async fn it_opens_with_every_mtu() {
    guest::here().await;
    for mtu in [48, 185, 517] {
        // A connection that bluetoothd leaves behind would be nobody's.
        guest::turn("hci3").await;
        guest::start_bluetooth_again(mtu);
        let mut scene = Scene::apart().await;
        let address = scene.intercom.on_air().await.unwrap();
        guest::turn("hci3").await;
        let device = Central::at("hci3").await.unwrap().find(&address).await.unwrap();
        let link = device.connect().await.unwrap();
        assert_eq!(link.mtu(), usize::from(mtu), "what both agreed on");
        device.leave().await.unwrap();
        let bela = scene.guest(uses(1)).await;
        assert_eq!(opens(&bela.phone, &bela.place).await, Via::Bluetooth, "{mtu}");
        scene.intercom.moved_so_often(1).await.unwrap();
    }
}
