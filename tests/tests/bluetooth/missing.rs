//! Where Bluetooth is not there, everything else goes on.

use std::time::{Duration, Instant};

use phonein_core::text::tap::Via;
use phonein_tests::{
    phone::Phone,
    process::{IntercomProcess, Serves},
};
use tokio::time::sleep;

use crate::{
    guest,
    scene::{NOW, Scene, opens},
};

#[tokio::test]
async fn without_an_adapter_on_either_side_http_goes_on() {
    guest::here().await;
    let serves = Serves { bluetooth: Some("hci99"), ..Serves::HTTP };
    let mut intercom = IntercomProcess::serving(serves, NOW).await.unwrap();
    let anna = Phone::new(NOW).await.unwrap();
    let place = anna.pair(&intercom.code(), "Home", "Anna").await.unwrap();
    assert_eq!(opens(&anna, &place).await, Via::Network);
    intercom.moved_so_often(1).await.unwrap();
    assert_eq!(intercom.bluetooth("trouble").unwrap(), "there is no adapter hci99");
}

#[tokio::test]
async fn when_bluetoothd_dies_http_goes_on_and_when_it_is_back_so_is_bluetooth() {
    let mut scene = Scene::set(Serves::BOTH).await;
    scene.anna.core.sync().await.unwrap();
    // A link that bluetoothd leaves behind is nobody's, and the virtual controllers carry no other one beside it.
    guest::turn("hci1").await;
    guest::kill_bluetooth();
    assert_eq!(opens(&scene.anna, &scene.place).await, Via::Network);
    let end = Instant::now() + Duration::from_secs(20);
    while scene.intercom.bluetooth("trouble").unwrap().is_null() {
        assert!(Instant::now() < end, "the intercom did not notice");
        sleep(Duration::from_millis(100)).await;
    }
    guest::start_bluetooth_again(517);
    scene.intercom.on_air().await.unwrap();
    scene.intercom.passage.lead_to(None);
    guest::turn("hci1").await;
    assert_eq!(opens(&scene.anna, &scene.place).await, Via::Bluetooth);
    scene.intercom.moved_so_often(2).await.unwrap();
}
