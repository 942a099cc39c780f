//! One tap at a time, each with its own misfortune.

use std::sync::{Condvar, Mutex};

use phonein_protocol::{es256::SigningKey, id::KeyId, message::Body};

use super::*;
use crate::{
    exchange::{
        Air, BluetoothTransport, NoWay, Unanswered,
        simulated::{Device, SimulatedRadio, Stage},
    },
    keys::{DeviceKeys, DeviceKeysError, KeyFault, Keystore, PhoneKey},
};

#[tokio::test(start_paused = true)]
async fn a_tap_opens() {
    let scene = Scene::weathered(|_| FINE).await;
    let mut pressed = scene.taps.press(ENTRANCE).unwrap();
    for step in [Step::Searching, Step::Connecting, Step::Asking] {
        assert_eq!(next(&mut pressed).await, Progress::Step(step));
    }
    let (ending, answer, _) = end(&mut pressed).await;
    assert_eq!(ending, opened(Door::Entrance, Via::Http));
    assert!(answer.unwrap().manager);
    assert_eq!(scene.openings(), 1);
    let [Entry::Began(number), Entry::Answered(answered, Outcome::Opened { .. })] = scene.journal.entries()[..] else {
        panic!("{:?}", scene.journal.entries())
    };
    assert_eq!(number, answered);
}

#[tokio::test(start_paused = true)]
async fn with_a_hello_at_hand_it_is_one_round_trip() {
    let scene = Scene::weathered(|_| FINE).await;
    scene.line.prefetch().await;
    let mut pressed = scene.taps.press(ENTRANCE).unwrap();
    let (ending, _, took) = end(&mut pressed).await;
    assert_eq!((ending, took), (opened(Door::Entrance, Via::Http), ms(20)));
}

/// Bela's line to the intercom, and a key of Anna's for him: once, entrance only.
async fn guest(scene: &Scene) -> (Taps, Wish, KeyId) {
    let ways = vec![FakeTransport::fine(&scene.intercom, Via::Http)];
    let line = Line::new(*scene.line.intercom(), phone("bela").await, ways);
    let claim = claim(&scene.line, 1);
    let key = claim.key().unwrap();
    (Taps::new(Arc::new(line), MemoryJournal::new()), claim, key)
}

#[tokio::test(start_paused = true)]
async fn a_link_is_accepted_and_opens_in_one_tap_and_what_is_used_up_is_refused() {
    let scene = Scene::weathered(|_| FINE).await;
    let (taps, claim, key) = guest(&scene).await;
    let (ending, answer, _) = end(&mut taps.press(claim).unwrap()).await;
    assert_eq!(ending, opened(Door::Entrance, Via::Http));
    assert_eq!(answer.unwrap().holds, Some(true));

    sleep(ms(SECONDS * 1_000)).await;
    let open = |door| Wish::Open { key: Some(key), held: 1, door };
    for (door, outcome) in [(Door::Entrance, Outcome::UsedUp), (Door::Inner, Outcome::NotThisDoor)] {
        let refused = end(&mut taps.press(open(door)).unwrap()).await.0;
        assert_eq!(refused, Ending::Refused { outcome, via: Via::Http });
    }
    assert_eq!(scene.openings(), 1);
}

#[tokio::test(start_paused = true)]
async fn over_bluetooth_it_is_said_when_connecting_begins() {
    let slow = |stage| if stage == Stage::Connecting { Fate::Arrives(ms(800)) } else { FINE };
    let scene = Scene::new(|intercom| {
        let radio = SimulatedRadio::new([Device::new("door", intercom).weathered(slow)]);
        vec![Arc::new(BluetoothTransport::to(Air::new(radio), intercom.public()))]
    })
    .await;
    let began = Instant::now();
    let mut pressed = scene.taps.press(ENTRANCE).unwrap();
    for (step, by) in [(Step::Searching, 0), (Step::Connecting, 100), (Step::Asking, 1_000)] {
        assert_eq!(next(&mut pressed).await, Progress::Step(step));
        assert!(began.elapsed() <= ms(by), "{step:?}: {:?}", began.elapsed());
    }
    assert_eq!(end(&mut pressed).await.0, opened(Door::Entrance, Via::Bluetooth));
}

/// A manager who was at the door a moment ago, over slow Bluetooth, where `fate` befalls the answer to the next request.
async fn next_answer(fate: Fate) -> (Scene, Arc<SimulatedRadio>) {
    let (next, mut made) = (Arc::new(Mutex::new(None)), None);
    let due = next.clone();
    let weather = move |stage| match stage {
        Stage::Notify => due.lock().unwrap().take().unwrap_or(FINE),
        Stage::Connecting => Fate::Arrives(ms(1_500)),
        Stage::Disconnecting => Fate::Arrives(ms(2_500)),
        _ => FINE,
    };
    let scene = Scene::new(|intercom| {
        let radio = SimulatedRadio::new([Device::new("door", intercom).weathered(weather)]);
        made = Some(radio.clone());
        vec![Arc::new(BluetoothTransport::to(Air::new(radio), intercom.public()))]
    })
    .await;
    scene.line.prefetch().await;
    *next.lock().unwrap() = Some(fate);
    (scene, made.unwrap())
}

#[tokio::test(start_paused = true)]
async fn an_intercom_that_stands_still_for_a_while_is_asked_again_on_the_same_link() {
    let (scene, radio) = next_answer(Fate::Lost).await;
    assert_eq!(scene.tap(ENTRANCE).await, opened(Door::Entrance, Via::Bluetooth));
    assert_eq!((scene.openings(), radio.connected()), (1, vec!["door"]));
}

#[tokio::test(start_paused = true)]
async fn after_a_link_that_dropped_the_same_device_is_connected_to_without_a_scan() {
    let (scene, radio) = next_answer(Fate::Fails(Fault::Silent)).await;
    assert_eq!(scene.tap(ENTRANCE).await, opened(Door::Entrance, Via::Bluetooth));
    assert_eq!((scene.openings(), radio.connected()), (1, vec!["door", "door"]));
    assert_eq!(radio.scans(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_link_without_a_door_is_only_accepted() {
    let scene = Scene::weathered(|_| FINE).await;
    let (taps, claim, _) = guest(&scene).await;
    let Wish::Claim { grant, secret, name, .. } = claim else { unreachable!() };
    let claim = Wish::Claim { grant, secret, name, door: None };
    assert_eq!(end(&mut taps.press(claim.clone()).unwrap()).await.0, Ending::Accepted { via: Via::Http });
    assert_eq!(end(&mut taps.press(claim).unwrap()).await.0, Ending::Accepted { via: Via::Http });
    assert_eq!(scene.openings(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_asked_for_again_and_opens_once() {
    for lost in [Fate::Lost, Fate::Fails(Fault::Silent), Fate::Instead(vec![7; 60])] {
        let scene = Scene::weathered(first(1, Leg::Res, lost)).await;
        assert_eq!(scene.tap(ENTRANCE).await, opened(Door::Entrance, Via::Http));
        assert_eq!(scene.openings(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_second_way_takes_over_after_700_ms_and_the_door_opens_once() {
    let scene = Scene::new(|intercom| {
        vec![
            FakeTransport::weathered(intercom, Via::Http, only(Leg::Res, Fate::Arrives(ms(2_000)))),
            FakeTransport::weathered(intercom, Via::Bluetooth, only(Leg::Hello, Fate::Arrives(ms(300)))),
        ]
    })
    .await;
    let (ending, _, took) = end(&mut scene.taps.press(ENTRANCE).unwrap()).await;
    assert_eq!(ending, opened(Door::Entrance, Via::Bluetooth));
    assert!((ms(700)..ms(800)).contains(&took), "{took:?}");
    assert_eq!(scene.openings(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_hello_from_before_a_restart_is_replaced() {
    let scene = Scene::weathered(|_| FINE).await;
    scene.line.prefetch().await;
    scene.intercom.restart();
    assert_eq!(scene.tap(ENTRANCE).await, opened(Door::Entrance, Via::Http));
}

#[tokio::test(start_paused = true)]
async fn where_nothing_leads_nothing_was_sent() {
    let scene = Scene::new(|_| {
        vec![
            Arc::new(NoWay { via: Via::Http, fault: Fault::NoAddress }),
            Arc::new(NoWay { via: Via::Bluetooth, fault: Fault::BluetoothOff }),
        ]
    })
    .await;
    let (ending, _, took) = end(&mut scene.taps.press(ENTRANCE).unwrap()).await;
    let paths = [(Via::Http, Fault::NoAddress), (Via::Bluetooth, Fault::BluetoothOff)];
    assert_eq!(ending, Ending::Unreachable { paths: paths.map(|(via, fault)| Obstacle { via, fault }).to_vec() });
    assert_eq!(took, Duration::ZERO);
    assert!(matches!(scene.journal.entries()[..], [Entry::Began(_), Entry::Unheard(_, Unheard::Unreachable)]));
}

#[tokio::test(start_paused = true)]
async fn slow_dumb_and_broken_intercoms_end_it_within_ten_seconds() {
    for (leg, fate, ending) in [
        (Leg::Hello, Fate::Lost, unreachable(Fault::Silent)),
        (Leg::Hello, Fate::Arrives(ms(60_000)), unreachable(Fault::Silent)),
        (Leg::Hello, Fate::Instead(vec![7; 9_000]), unreachable(Fault::NotPhonein)),
        (Leg::Hello, Fate::Instead(vec![0; 41]), unreachable(Fault::TooOld)),
        (Leg::Hello, Fate::Fails(Fault::Later), unreachable(Fault::Later)),
        (Leg::Req, Fate::Lost, Ending::NoAnswer { stranger: false }),
        (Leg::Req, Fate::Arrives(ms(60_000)), Ending::NoAnswer { stranger: false }),
        (Leg::Res, Fate::Instead(vec![]), Ending::NoAnswer { stranger: false }),
        (Leg::Res, Fate::Instead(vec![7; 9_000]), Ending::NoAnswer { stranger: false }),
        (Leg::Res, Fate::Instead(vec![2]), Ending::NoAnswer { stranger: false }),
        (Leg::Res, Fate::Instead(vec![4]), Ending::NoAnswer { stranger: false }),
    ] {
        let scene = Scene::weathered(only(leg, fate.clone())).await;
        let (ended, _, took) = end(&mut scene.taps.press(ENTRANCE).unwrap()).await;
        assert_eq!(ended, ending, "{leg:?} {fate:?}");
        assert!(took <= ms(10_000), "{leg:?} {fate:?}: {took:?}");
        assert!(scene.openings() <= 1);
    }
}

#[tokio::test(start_paused = true)]
async fn an_intercom_that_cannot_read_it_is_a_stranger() {
    let scene = Scene::new(|_| vec![FakeTransport::fine(&FakeIntercom::with_key([5; 32]), Via::Http)]).await;
    let (ending, _, took) = end(&mut scene.taps.press(ENTRANCE).unwrap()).await;
    assert_eq!(ending, Ending::NoAnswer { stranger: true });
    assert_eq!(took, ms(20));
}

#[tokio::test(start_paused = true)]
async fn a_request_that_could_not_leave_was_not_sent() {
    /// Leads somewhere for a HELLO, and nowhere afterwards.
    struct WalksAway(Arc<dyn Transport>);
    #[async_trait::async_trait]
    impl Transport for WalksAway {
        fn via(&self) -> Via {
            Via::Http
        }
        async fn hello(&self) -> Result<[u8; 41], Fault> {
            self.0.hello().await
        }
        async fn request(&self, _: &[u8], _: IsAnswer<'_>) -> Result<Vec<u8>, Unanswered> {
            Err(Unanswered::unsent(Fault::NetworkOff))
        }
    }
    let scene = Scene::new(|intercom| vec![Arc::new(WalksAway(FakeTransport::fine(intercom, Via::Http)))]).await;
    assert_eq!(scene.tap(ENTRANCE).await, unreachable(Fault::NetworkOff));
}

#[tokio::test(start_paused = true)]
async fn the_same_door_joins_and_another_one_waits() {
    let scene = Scene::weathered(only(Leg::Req, Fate::Arrives(ms(500)))).await;
    let mut one = scene.taps.press(ENTRANCE).unwrap();
    sleep(ms(100)).await;
    let mut two = scene.taps.press(ENTRANCE).unwrap();
    assert_eq!(scene.taps.press(INNER).unwrap_err(), Busy);
    assert_eq!(next(&mut two).await, Progress::Step(Step::Asking));
    for pressed in [&mut one, &mut two] {
        assert_eq!(end(pressed).await.0, opened(Door::Entrance, Via::Http));
    }
    // While it is open a press adds nothing; the other door may be asked.
    sleep(ms(1_500)).await;
    let left = Ending::Opened { door: Door::Entrance, seconds: 4, via: Via::Http };
    assert_eq!(scene.tap(ENTRANCE).await, left);
    assert_eq!(scene.openings(), 1);
    assert_eq!(scene.tap(INNER).await, opened(Door::Inner, Via::Http));
    sleep(ms(5_000)).await;
    assert_eq!(scene.tap(ENTRANCE).await, opened(Door::Entrance, Via::Http));
    assert_eq!(scene.openings(), 3);
}

#[tokio::test(start_paused = true)]
async fn cancelled_before_anything_was_sent_nothing_was() {
    let scene = Scene::weathered(only(Leg::Hello, Fate::Arrives(ms(1_000)))).await;
    let mut pressed = scene.taps.press(ENTRANCE).unwrap();
    sleep(ms(999)).await;
    pressed.cancel.cancel();
    assert_eq!(end(&mut pressed).await.0, Ending::Cancelled);
    sleep(ms(20_000)).await;
    assert_eq!(scene.openings(), 0);
    assert!(matches!(scene.journal.entries()[..], [Entry::Began(_), Entry::Unheard(_, Unheard::Cancelled)]));
}

#[tokio::test(start_paused = true)]
async fn cancelled_after_it_was_sent_it_is_without_an_answer_and_learns_it_later() {
    let scene = Scene::weathered(only(Leg::Res, Fate::Arrives(ms(2_000)))).await;
    let mut pressed = scene.taps.press(ENTRANCE).unwrap();
    sleep(ms(500)).await;
    pressed.cancel.cancel();
    for step in [Step::Searching, Step::Connecting, Step::Asking] {
        assert_eq!(next(&mut pressed).await, Progress::Step(step));
    }
    let began = Instant::now();
    let ended = Progress::Ended { ending: Ending::NoAnswer { stranger: false }, answer: None };
    assert_eq!(next(&mut pressed).await, ended);
    assert_eq!(began.elapsed(), Duration::ZERO);
    // Another door has to wait for it, the same one is the same tap.
    assert_eq!(scene.taps.press(INNER).unwrap_err(), Busy);
    assert_eq!(scene.tap(ENTRANCE).await, opened(Door::Entrance, Via::Http));
    assert!(matches!(scene.journal.entries()[..], [Entry::Began(_), Entry::Answered(_, Outcome::Opened { .. })]));
    assert_eq!(scene.openings(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_tap_sends_nothing_more() {
    let scene = Scene::weathered(first(1, Leg::Req, Fate::Fails(Fault::Silent))).await;
    let mut pressed = scene.taps.press(ENTRANCE).unwrap();
    sleep(ms(500)).await;
    pressed.cancel.cancel();
    assert_eq!(end(&mut pressed).await.0, Ending::NoAnswer { stranger: false });
    assert_eq!(scene.openings(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_number_that_was_used_is_followed_by_the_next() {
    let scene = Scene::weathered(|_| FINE).await;
    scene.tap(ENTRANCE).await;
    sleep(ms(10_000)).await;
    // The phone is another day, with a wallet that knows nothing of the tap.
    let journal = MemoryJournal::new();
    journal.change(|book| book.set_ms = -86_400_000);
    let taps = Taps::new(scene.line.clone(), journal.clone());
    assert_eq!(end(&mut taps.press(ENTRANCE).unwrap()).await.0, opened(Door::Entrance, Via::Http));
    assert_eq!(scene.openings(), 2);
    let [Entry::Began(first), Entry::Renumbered(next), Entry::Answered(answered, _)] = journal.entries()[..] else {
        panic!("{:?}", journal.entries())
    };
    assert!(first < next && next == answered);
}

#[tokio::test(start_paused = true)]
async fn a_number_that_was_used_is_not_followed_where_another_frame_may_have_opened() {
    let scene = Scene::weathered(first(1, Leg::Req, Fate::Lost)).await;
    let (taps, ..) = guest(&scene).await;
    drop(taps);
    let fine = Line::new(
        *scene.line.intercom(),
        scene.line.key().clone(),
        vec![FakeTransport::fine(&scene.intercom, Via::Http)],
    );
    let later = Taps::new(Arc::new(fine), MemoryJournal::new());
    let mut pressed = scene.taps.press(ENTRANCE).unwrap();
    // The same phone opens the other door under a later number, as two copies of a wallet would.
    sleep(ms(1_000)).await;
    assert_eq!(end(&mut later.press(INNER).unwrap()).await.0, opened(Door::Inner, Via::Http));
    assert_eq!(end(&mut pressed).await.0, Ending::NoAnswer { stranger: false });
    assert_eq!(scene.openings(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_pull_gives_way_to_a_tap_and_is_done_after_it() {
    let scene = Scene::weathered(|_| FINE).await;
    let slow = only(Leg::Hello, Fate::Arrives(ms(3_500)));
    scene.line.reroute(vec![FakeTransport::weathered(&scene.intercom, Via::Http, slow)]);
    let pull = tokio::spawn({
        let line = scene.line.clone();
        async move { line.ask(Body::ReadSettings).await }
    });
    sleep(ms(100)).await;
    scene.clear_up();
    let (ending, _, took) = end(&mut scene.taps.press(ENTRANCE).unwrap()).await;
    assert_eq!(ending, opened(Door::Entrance, Via::Http));
    assert!(took < ms(100), "{took:?}");
    assert!(pull.await.unwrap().is_ok());
}

#[tokio::test(start_paused = true)]
async fn what_the_wallet_cannot_write_is_not_sent() {
    let scene = Scene::weathered(|_| FINE).await;
    scene.journal.change(|book| book.is_full = true);
    assert_eq!(scene.tap(ENTRANCE).await, unreachable(Fault::Wallet));
    assert_eq!(scene.openings(), 0);
}

/// Hangs at every signature until it is let go, or signs with another key than it says.
struct BadKeys {
    hangs: Mutex<bool>,
    let_go: Condvar,
}

impl DeviceKeys for BadKeys {
    fn create(&self, alias: String) -> Result<Vec<u8>, DeviceKeysError> {
        FakeKeys.create(alias)
    }
    fn sign(&self, _: String, text: Vec<u8>) -> Result<Vec<u8>, DeviceKeysError> {
        drop(self.let_go.wait_while(self.hangs.lock().unwrap(), |hangs| *hangs));
        Ok(SigningKey::from_bytes(&[99; 32]).unwrap().sign(&text).to_vec())
    }
    fn forget(&self, _: String) -> Result<(), DeviceKeysError> {
        Ok(())
    }
    fn wrapping_key(&self) -> Result<Vec<u8>, DeviceKeysError> {
        Err(DeviceKeysError::Locked)
    }
}

fn with_keys(scene: &Scene, keys: Arc<dyn DeviceKeys>) -> Taps {
    let key = PhoneKey::new(Keystore::new(keys), "anna".into(), *scene.line.key().public());
    let ways = vec![FakeTransport::fine(&scene.intercom, Via::Http)];
    Taps::new(Arc::new(Line::new(*scene.line.intercom(), key, ways)), scene.journal.clone())
}

#[tokio::test(start_paused = true)]
async fn a_keystore_that_hangs_ends_it_in_time() {
    let scene = Scene::weathered(|_| FINE).await;
    let keys = Arc::new(BadKeys { hangs: Mutex::new(true), let_go: Condvar::new() });
    let mut pressed = with_keys(&scene, keys.clone()).press(ENTRANCE).unwrap();
    let began = Instant::now();
    let ended = tokio::spawn(async move { end(&mut pressed).await.0 });
    // A thread that hangs holds the test's clock, so it is moved by hand.
    while !ended.is_finished() && began.elapsed() < ms(10_000) {
        tokio::time::advance(ms(50)).await;
        std::thread::sleep(ms(1));
    }
    *keys.hangs.lock().unwrap() = false;
    keys.let_go.notify_all();
    assert_eq!(ended.await.unwrap(), unreachable(Fault::Keys(KeyFault::Hung)));
}

#[tokio::test(start_paused = true)]
async fn a_keystore_that_signs_nonsense_is_not_taken_for_a_stranger() {
    let scene = Scene::weathered(|_| FINE).await;
    let keys = Arc::new(BadKeys { hangs: Mutex::new(false), let_go: Condvar::new() });
    let ending = end(&mut with_keys(&scene, keys).press(ENTRANCE).unwrap()).await.0;
    assert_eq!(ending, Ending::NoAnswer { stranger: false });
    assert_eq!(scene.openings(), 0);
}
