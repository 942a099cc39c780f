//! Several phones on one intercom. Each notification reaches all of them; each finds its own answer.

use std::time::Duration;

use phonein_protocol::message::Outcome;

use super::{
    central::Central,
    device::Device,
    phone::{MTU, Resident},
};
use crate::{ballast::Ballast, guest};

#[tokio::test]
async fn two_phones_open_in_between_each_others_fragments() {
    guest::here().await;
    let device = Device::start().await;
    let (one, two) = (Central::on("hci1").await, Central::on("hci2").await);
    let mut first = Resident::enter(&one, &device).await;
    device.hold_button();
    // Advertising goes on while one is connected.
    let ballast = Ballast::take().await;
    let mut second = Resident::enter(&two, &device).await;
    // Of different MTUs, too.
    for mtu in [48, 100, MTU, MTU] {
        let ((pieces, tapped), (others, others_tapped)) = (first.tap(48), second.tap(mtu));
        for at in 0..pieces.len().max(others.len()) {
            first.link.write_all(pieces.get(at..=at).unwrap_or_default()).await.unwrap();
            second.link.write_all(others.get(at..=at).unwrap_or_default()).await.unwrap();
        }
        let outcomes = [first.outcome(tapped).await, second.outcome(others_tapped).await];
        assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Opened { .. })), "{outcomes:?}");
    }
    assert_eq!(device.log().matches("opened").count(), 8, "{}", device.log());
    first.link.hang_up().await;
    second.link.hang_up().await;
    ballast.drop_off().await;
}

#[tokio::test]
async fn who_is_wrong_among_others_is_sent_away_and_the_others_hear_nothing_of_it() {
    guest::here().await;
    let device = Device::start().await;
    let (one, two) = (Central::on("hci1").await, Central::on("hci2").await);
    let mut resident = Resident::enter(&one, &device).await;
    let ballast = Ballast::take().await;
    let stranger = two.connect(device.address()).await;
    let _overheard = stranger.subscribe().await.unwrap();
    stranger.write(&[9, 9, 9]).await.unwrap();
    let lasted = stranger.ends().await;
    assert!(lasted < Duration::from_secs(4), "{lasted:?}");
    // HELLOs for whoever subscribed, and nothing else.
    while let Some(message) = resident.heard.message_within(Duration::from_millis(500)).await {
        assert_eq!(message.len(), 41, "{message:?}");
    }
    resident.opens().await;
    resident.link.hang_up().await;
    ballast.drop_off().await;
}
