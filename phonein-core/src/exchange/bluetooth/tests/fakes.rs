//! Other devices that look like the intercom.

use super::*;

fn hint(intercom: &FakeIntercom) -> Advert {
    Advert::of(&intercom.public(), [4, 5, 6])
}

fn fake() -> Arc<FakeIntercom> {
    FakeIntercom::with_key([5; 32])
}

#[tokio::test(start_paused = true)]
async fn a_damaged_hint_does_not_make_a_door_invisible() {
    for advert in [None, Some(Advert::from_bytes([1; 6]))] {
        let scene = Scene::new(|intercom| vec![Device::new("door", intercom).advertising(advert)]).await;
        let began = Instant::now();
        assert_eq!(scene.ask().await, Ok(Outcome::Done));
        assert!((ms(1_000)..ms(1_200)).contains(&began.elapsed()));
    }
}

#[tokio::test(start_paused = true)]
async fn the_identifier_may_change_during_a_scan() {
    let scene = Scene::new(|_| vec![]).await;
    let asked = async {
        sleep(ms(500)).await;
        let damaged = Device::new("door", &scene.intercom).advertising(None);
        scene.radio.surround([damaged.clone()]);
        sleep(ms(200)).await;
        scene.radio.surround([damaged.advertising(Some(hint(&scene.intercom)))]);
    };
    let began = Instant::now();
    let (answer, ()) = tokio::join!(scene.ask(), asked);
    assert_eq!(answer, Ok(Outcome::Done));
    assert!(began.elapsed() < ms(1_000), "the hint counted");
}

#[tokio::test(start_paused = true)]
async fn a_fake_intercom_with_the_same_advertisement_does_not_block_the_real_one() {
    for (what, stage, fate) in [
        ("cannot read it", Stage::Connecting, FINE),
        ("refuses the link", Stage::Hello, Fate::Fails(Fault::Silent)),
        ("says nothing", Stage::Hello, Fate::Lost),
        ("is no Phonein", Stage::Hello, Fate::Instead(vec![1, 2, 3])),
        ("is too old", Stage::Hello, Fate::Instead(vec![0; 41])),
    ] {
        let scene = Scene::new(|intercom| {
            let fake = Device::new("fake", &fake()).advertising(Some(hint(intercom)));
            vec![fake.weathered(only(stage, fate)), Device::new("door", intercom)]
        })
        .await;
        assert_eq!(scene.ask().await, Ok(Outcome::Done), "{what}");
        assert_eq!(scene.ask().await, Ok(Outcome::Done), "{what}");
        assert_eq!(scene.radio.connected(), ["fake", "door"], "{what}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_fake_that_takes_the_request_and_does_not_answer_costs_one_attempt_at_most() {
    let nonsense = Fate::Instead([&[0x80, 0, 40][..], &[7; 40]].concat());
    let says = |code| Fate::Instead(vec![0x80, 0, 1, code]);
    for fate in [Fate::Lost, nonsense, says(2), says(3), says(4)] {
        let scene = Scene::new(|intercom| {
            let fake = Device::new("fake", &fake()).advertising(Some(hint(intercom)));
            vec![fake.weathered(only(Stage::Notify, fate)), Device::new("door", intercom)]
        })
        .await;
        _ = scene.ask().await;
        assert_eq!(scene.ask().await, Ok(Outcome::Done));
    }
}

#[tokio::test(start_paused = true)]
async fn when_only_strangers_are_near_that_is_what_is_told() {
    let scene = Scene::new(|intercom| vec![Device::new("fake", &fake()).advertising(Some(hint(intercom)))]).await;
    let began = Instant::now();
    assert_eq!(scene.ask().await, Err(Fault::Stranger));
    assert!(began.elapsed() < ms(3_000));
    assert_eq!(scene.radio.connected(), ["fake"], "asked once");
    // Whoever was removed there may have been taken back.
    sleep(ms(11_000)).await;
    scene.radio.surround(door(&scene.intercom).into_iter().map(|door| Device::advertising(door, None)));
    assert_eq!(scene.ask().await, Ok(Outcome::Done));
}

#[tokio::test(start_paused = true)]
async fn pairing_goes_on_to_the_next_that_waits_for_it() {
    let intercom = FakeIntercom::new();
    let other = FakeIntercom::with_uuid(*b"another one here");
    let waits = |name, intercom| Device::new(name, intercom).advertising(Some(Advert::PAIRING));
    let radio = SimulatedRadio::new([waits("other", &other), waits("mine", &intercom)]);
    let way = || vec![Arc::new(BluetoothTransport::unpaired(Air::new(radio.clone()))) as Arc<dyn Transport>];
    let paired = pair(way(), &uuid(), &phone("anna").await, anna(), &|_| {}).await.unwrap();
    assert_eq!(paired.intercom, intercom.public());
    assert_eq!(radio.connected(), ["other", "mine"]);
    radio.surround([waits("other", &other)]);
    let wrong = pair(way(), &uuid(), &phone("anna").await, anna(), &|_| {}).await;
    assert_eq!(wrong, Err(super::super::super::PairError::WrongCode));
}
