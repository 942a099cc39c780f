//! Whoever is near and means no good, or does not know how.

use std::time::{Duration, Instant};

use phonein_core::text::tap::Via;
use phonein_protocol::{
    fragment::fragments,
    message::{Answer, Op, Outcome},
    session::TransportError,
};
use phonein_tests::{
    central::{Central, Device},
    process::{IntercomProcess, Serves},
    stranger::Stranger,
};
use tokio::time::{sleep, timeout};

use crate::{
    guest,
    scene::{NOW, Scene, opens, uses},
};

/// A connection without a valid request is closed after 5 s; BlueZ takes 2 s for it, and the guest is slow.
const CLOSED: Duration = Duration::from_secs(12);

async fn seen_from(name: &str, intercom: &mut IntercomProcess) -> Device {
    guest::power(name, true).await;
    let address = intercom.on_air().await.unwrap();
    Central::at(name).await.unwrap().find(&address).await.unwrap()
}

/// A stranger holds the link, and writes this meanwhile: it is sent away, and the door opens for Béla.
async fn holds(pieces: &[Vec<u8>]) {
    let mut scene = Scene::apart().await;
    let bela = scene.guest(uses(5)).await;
    guest::turn("hci3").await;
    let stranger = seen_from("hci3", &mut scene.intercom).await;
    let link = stranger.connect().await.unwrap();
    let dribbling = async {
        for piece in pieces {
            if link.write(piece).await.is_err() {
                return;
            }
            sleep(Duration::from_millis(500)).await;
        }
    };
    let leaving = async {
        let took = stranger.gone_within(CLOSED).await.unwrap();
        println!("the stranger is gone after {took:?}");
    };
    tokio::join!(leaving, async { drop(timeout(CLOSED, dribbling).await) });
    guest::turn("hci2").await;
    assert_eq!(opens(&bela.phone, &bela.place).await, Via::Bluetooth);
    scene.intercom.moved_so_often(1).await.unwrap();
}

#[tokio::test]
async fn one_that_says_nothing_is_sent_away_and_keeps_nobody_out() {
    holds(&[]).await;
}

#[tokio::test]
async fn one_that_dribbles_is_sent_away_and_keeps_nobody_out() {
    let pieces: Vec<_> = fragments(&[1; 4_000], 48).unwrap().collect();
    holds(&pieces).await;
}

#[tokio::test]
async fn fragments_wrong_missing_late_oversized_or_repeated_are_errors_and_what_follows_is_understood() {
    guest::here().await;
    guest::power("hci0", true).await;
    guest::turn("hci3").await;
    let mut intercom = IntercomProcess::serving(Serves::BLUETOOTH, NOW).await.unwrap();
    let device = seen_from("hci3", &mut intercom).await;
    let mut link = device.connect().await.unwrap();
    // Who has proved itself may be wrong for as long as a minute.
    let mut stranger = Stranger::knowing([0; 32]).unwrap();
    let hello = link.hello().await.unwrap();
    let (req, awaiting) = stranger.pairing(&hello, &intercom.uuid().unwrap(), NOW).unwrap();
    link.say(&req).await.unwrap();
    stranger.paired(awaiting, &link.message().await.unwrap()).unwrap();

    let (malformed, too_large) = (TransportError::Malformed, TransportError::TooLarge);
    let cases: [(&str, &[&[u8]], TransportError); 8] = [
        ("begins in the middle", &[&[1, 7, 7]], malformed),
        ("one is missing", &[&[0, 0, 9, 7], &[2, 7]], malformed),
        ("one is repeated", &[&[0, 0, 9, 7], &[1, 7], &[1, 7]], malformed),
        ("the first is repeated", &[&[0, 0, 9, 7], &[0, 0, 9, 7]], malformed),
        ("more than announced", &[&[0, 0, 2, 7], &[0x81, 7, 7]], malformed),
        ("less than announced", &[&[0, 0, 9, 7], &[0x81, 7]], malformed),
        ("an empty piece", &[&[0, 0, 9, 7], &[1]], malformed),
        ("too long", &[&[0, 0x10, 0x01, 7]], too_large),
    ];
    for (name, pieces, error) in cases {
        for piece in pieces {
            link.write(piece).await.unwrap();
        }
        assert_eq!(link.message().await.unwrap(), [error.code()], "{name}");
    }
    // The rest of a message is late.
    let began = Instant::now();
    link.write(&[0, 0, 9, 7]).await.unwrap();
    assert_eq!(link.message().await.unwrap(), [malformed.code()]);
    assert!(began.elapsed() >= Duration::from_secs(2), "{:?}", began.elapsed());

    // The HELLO has grown old: error 2, and another one.
    let (stale, _) = stranger.status(&hello).unwrap();
    link.say(&stale).await.unwrap();
    assert_eq!(link.message().await.unwrap(), [TransportError::Stale.code()]);
    let hello = link.hello().await.unwrap();
    let (req, awaiting) = stranger.status(&hello).unwrap();
    link.say(&req).await.unwrap();
    awaiting.open(&link.message().await.unwrap()).unwrap();
    device.leave().await.unwrap();
}

/// A manager who speaks the protocol by hand.
async fn manager(device: &Device, intercom: &IntercomProcess) -> Stranger {
    let mut link = device.connect().await.unwrap();
    let mut stranger = Stranger::knowing([0; 32]).unwrap();
    let hello = link.hello().await.unwrap();
    let (req, awaiting) = stranger.pairing(&hello, &intercom.uuid().unwrap(), NOW).unwrap();
    link.say(&req).await.unwrap();
    stranger.paired(awaiting, &link.message().await.unwrap()).unwrap();
    device.leave().await.unwrap();
    stranger
}

#[tokio::test]
async fn a_request_taken_from_the_air_opens_nothing_again() {
    guest::here().await;
    guest::power("hci0", true).await;
    guest::turn("hci3").await;
    let mut intercom = IntercomProcess::serving(Serves::BLUETOOTH, NOW).await.unwrap();
    let device = seen_from("hci3", &mut intercom).await;
    let stranger = manager(&device, &intercom).await;
    let mut link = device.connect().await.unwrap();
    let hello = link.hello().await.unwrap();
    let (req, awaiting) = stranger.open(&hello, 1).unwrap();
    link.say(&req).await.unwrap();
    awaiting.open(&link.message().await.unwrap()).unwrap();
    link.say(&req).await.unwrap();
    assert_eq!(link.message().await.unwrap(), [TransportError::Stale.code()], "its HELLO is spent");
    device.leave().await.unwrap();
    intercom.moved_so_often(1).await.unwrap();
}

#[tokio::test]
async fn a_request_whose_answer_was_lost_with_the_link_is_answered_from_memory_on_the_next() {
    guest::here().await;
    guest::power("hci0", true).await;
    guest::turn("hci3").await;
    let mut intercom = IntercomProcess::serving(Serves::BLUETOOTH, NOW).await.unwrap();
    let device = seen_from("hci3", &mut intercom).await;
    let stranger = manager(&device, &intercom).await;
    let mut link = device.connect().await.unwrap();
    let hello = link.hello().await.unwrap();
    link.say(&stranger.open(&hello, 1).unwrap().0).await.unwrap();
    device.leave().await.unwrap();
    intercom.moved_so_often(1).await.unwrap();

    let mut link = device.connect().await.unwrap();
    let hello = link.hello().await.unwrap();
    let (again, awaiting) = stranger.open(&hello, 1).unwrap();
    link.say(&again).await.unwrap();
    let result = awaiting.open(&link.message().await.unwrap()).unwrap();
    let answer = Answer::parse(Op::Open, &result).unwrap();
    assert!(matches!(answer.outcome, Outcome::Opened { .. }), "{answer:?}");
    device.leave().await.unwrap();
    intercom.moved_so_often(1).await.unwrap();
}
