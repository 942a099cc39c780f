//! A false intercom. Beside the true one it is tried in the core's own tests: the virtual controllers cannot carry the
//! connection to the one while that to the other still ends.

use phonein_core::{
    api::TapState,
    text::tap::{Door, Via},
};
use phonein_protocol::link::Link;

use crate::{
    fake::Fake,
    guest,
    scene::{Guest, Scene, opens, uses},
};

#[tokio::test]
async fn one_with_the_same_advertisement_opens_nothing_and_keeps_no_door_shut() {
    let mut scene = Scene::apart().await;
    let Guest { phone, place, link, .. } = scene.guest(uses(2)).await;
    let intercom = Link::parse(&link).unwrap().intercom;
    guest::hang_up("hci2").await;
    scene.intercom.stop().await.unwrap();
    guest::nobody_connected("hci0").await;
    let phone = phone.restart().await.unwrap();
    guest::power("hci3", true).await;
    let fake = Fake::start("hci3", &intercom).await;
    let tap = phone.press(&place, None, Door::Entrance).await.unwrap();
    assert_eq!(tap.state, TapState::Stranger, "{tap:?}");
    assert_eq!((fake.greeted() > 0, scene.intercom.moved()), (true, 0));

    let greeted = fake.greeted();
    guest::nobody_connected("hci2").await;
    scene.intercom.start_again().await.unwrap();
    scene.intercom.on_air().await.unwrap();
    assert_eq!(opens(&phone, &place).await, Via::Bluetooth);
    assert_eq!(fake.greeted(), greeted, "who was found out is not asked again");
    scene.intercom.moved_so_often(1).await.unwrap();
}
