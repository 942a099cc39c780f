//! One link, what it costs and how long it stays.

use super::*;

#[tokio::test(start_paused = true)]
async fn a_request_goes_over_bluetooth_alone_and_the_next_ones_over_the_same_link() {
    let scene = Scene::new(door).await;
    for _ in 0..5 {
        assert_eq!(scene.ask().await, Ok(Outcome::Done));
        sleep(ms(20_000)).await;
    }
    assert_eq!(scene.radio.connected(), ["door"]);
    assert_eq!(scene.radio.scans(), 1);
}

#[tokio::test(start_paused = true)]
async fn long_messages_go_in_fragments_of_every_mtu() {
    for mtu in [23, 48, 185, 517] {
        let scene = Scene::new(|intercom| vec![Device::new("door", intercom).with_mtu(mtu)]).await;
        assert_eq!(scene.ask().await, Ok(Outcome::Done), "{mtu}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_first_set_up_needs_no_network() {
    let intercom = FakeIntercom::new();
    let neighbour = FakeIntercom::with_key([9; 32]);
    let radio = SimulatedRadio::new([
        Device::new("neighbour", &neighbour),
        Device::new("new", &intercom).advertising(Some(Advert::PAIRING)),
    ]);
    let way = || vec![Arc::new(BluetoothTransport::unpaired(Air::new(radio.clone()))) as Arc<dyn Transport>];
    let paired = pair(way(), &uuid(), &phone("anna").await, anna(), &|_| {}).await.unwrap();
    assert_eq!((paired.intercom, paired.via), (intercom.public(), Via::Bluetooth));
    assert_eq!(radio.connected(), ["new"]);
}

#[tokio::test(start_paused = true)]
async fn what_follows_pairing_goes_over_the_same_link() {
    let intercom = FakeIntercom::new();
    let radio = SimulatedRadio::new([Device::new("new", &intercom).advertising(Some(Advert::PAIRING))]);
    let air = Air::new(radio.clone());
    let anna = || phone("anna");
    let way: Arc<dyn Transport> = Arc::new(BluetoothTransport::unpaired(air.clone()));
    pair(vec![way], &uuid(), &anna().await, super::anna(), &|_| {}).await.unwrap();
    let way = Arc::new(BluetoothTransport::to(air.clone(), intercom.public()));
    let line = Line::new(intercom.public(), anna().await, vec![way]);
    assert_eq!(line.ask(Body::ReadSettings).await.unwrap().answer.outcome, Outcome::Done);
    assert_eq!(radio.connected(), ["new"]);
    sleep(ms(62_000)).await;
    assert_eq!(radio.links(), 0, "it is let go of like any");
    assert_eq!(line.ask(Body::ReadSettings).await.unwrap().answer.outcome, Outcome::Done);
    assert_eq!((radio.connected(), radio.scans()), (vec!["new"], 1), "which device it is is known, too");
}

#[tokio::test(start_paused = true)]
async fn a_link_that_nobody_takes_on_after_pairing_ends_after_a_minute() {
    let intercom = FakeIntercom::new();
    let radio = SimulatedRadio::new([Device::new("new", &intercom).advertising(Some(Advert::PAIRING))]);
    let air = Air::new(radio.clone());
    let way: Arc<dyn Transport> = Arc::new(BluetoothTransport::unpaired(air.clone()));
    pair(vec![way], &uuid(), &phone("anna").await, anna(), &|_| {}).await.unwrap();
    let _other = BluetoothTransport::to(air, [9; 32]);
    sleep(ms(59_000)).await;
    assert_eq!(radio.links(), 1);
    sleep(ms(3_000)).await;
    assert_eq!(radio.links(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_known_device_is_reached_without_a_scan() {
    let scene = Scene::new(door).await;
    scene.ask().await.unwrap();
    sleep(ms(120_000)).await;
    assert!(scene.is_clean(), "the link is let go of");
    assert_eq!(scene.ask().await, Ok(Outcome::Done));
    assert_eq!(scene.radio.scans(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_known_device_that_went_elsewhere_is_looked_for() {
    let scene = Scene::new(door).await;
    scene.ask().await.unwrap();
    sleep(ms(120_000)).await;
    scene.radio.surround([Device::new("door with another address", &scene.intercom)]);
    assert_eq!(scene.ask().await, Ok(Outcome::Done));
    assert_eq!(scene.radio.scans(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_link_is_kept_for_a_minute_after_its_last_use() {
    let scene = Scene::new(door).await;
    scene.ask().await.unwrap();
    sleep(ms(55_000)).await;
    assert_eq!(scene.radio.links(), 1);
    sleep(ms(6_000)).await;
    assert!(scene.is_clean());
}

#[tokio::test(start_paused = true)]
async fn prefetching_keeps_the_link_and_a_hello_ready() {
    let scene = Scene::new(door).await;
    for _ in 0..6 {
        scene.line.prefetch().await;
        sleep(ms(45_000)).await;
    }
    assert_eq!(scene.radio.connected(), ["door"], "one link all the time");
    let began = Instant::now();
    scene.ask().await.unwrap();
    assert_eq!(began.elapsed(), ms(20), "the request and its answer");
    sleep(ms(61_000)).await;
    assert!(scene.is_clean());
}

#[tokio::test(start_paused = true)]
async fn a_link_that_dropped_unseen_is_replaced() {
    let scene = Scene::new(door).await;
    scene.line.prefetch().await;
    scene.radio.drop_link("door");
    assert_eq!(scene.ask().await, Ok(Outcome::Done));
    assert_eq!(scene.radio.connected(), ["door", "door"]);
}

#[tokio::test(start_paused = true)]
async fn a_hello_from_before_a_restart_is_replaced_on_the_same_link() {
    let scene = Scene::new(door).await;
    scene.line.prefetch().await;
    scene.intercom.restart();
    assert_eq!(scene.ask().await, Ok(Outcome::Done));
    assert_eq!(scene.radio.connected(), ["door"]);
}

#[tokio::test(start_paused = true)]
async fn two_intercoms_share_the_radio() {
    let scene = Scene::new(door).await;
    let other = FakeIntercom::with_key([9; 32]);
    scene.radio.surround([Device::new("door", &scene.intercom), Device::new("other", &other)]);
    let way = Arc::new(BluetoothTransport::to(scene.air.clone(), other.public()));
    let line = Line::new(other.public(), phone("anna").await, vec![way]);
    let (one, two) = tokio::join!(scene.ask(), line.ask(Body::ReadSettings));
    assert_eq!(one, Ok(Outcome::Done));
    assert_eq!(two.unwrap().answer.outcome, Outcome::UnknownKey);
}

#[tokio::test(start_paused = true)]
async fn each_trouble_of_the_radio_is_told_apart() {
    let scene = Scene::new(door).await;
    for fault in [Fault::BluetoothOff, Fault::BluetoothDenied, Fault::BluetoothMissing] {
        scene.radio.fail(Some(fault.clone()));
        let began = Instant::now();
        assert_eq!(scene.ask().await, Err(fault));
        assert_eq!(began.elapsed(), Duration::ZERO, "nobody waits for that");
    }
    scene.radio.fail(None);
    assert_eq!(scene.ask().await, Ok(Outcome::Done));
    scene.radio.fail(Some(Fault::BluetoothOff));
    assert_eq!(scene.ask().await, Err(Fault::BluetoothOff), "switched off in the middle");
}

#[tokio::test(start_paused = true)]
async fn each_trouble_of_the_intercom_is_told_apart() {
    for (stage, fate, fault, within) in [
        (Stage::Advertising, Fate::Lost, Fault::NotNear, 4_000),
        (Stage::Connecting, Fate::Fails(Fault::BluetoothBusy), Fault::BluetoothBusy, 4_100),
        (Stage::Hello, Fate::Fails(Fault::Silent), Fault::BluetoothBusy, 4_100),
        (Stage::Connecting, Fate::Lost, Fault::Silent, 7_000),
        (Stage::Hello, Fate::Lost, Fault::Silent, 7_000),
        (Stage::Hello, Fate::Instead(vec![7; 9]), Fault::Silent, 7_000),
        (Stage::Hello, Fate::Instead(vec![0; 41]), Fault::Stranger, 4_000),
        (Stage::Write, Fate::Lost, Fault::Silent, 7_000),
        (Stage::Notify, Fate::Lost, Fault::Silent, 7_000),
    ] {
        let scene =
            Scene::new(|intercom| vec![Device::new("door", intercom).weathered(only(stage, fate.clone()))]).await;
        let began = Instant::now();
        assert_eq!(scene.ask().await, Err(fault), "{stage:?} {fate:?}");
        assert!(began.elapsed() <= ms(within), "{stage:?} {fate:?}: {:?}", began.elapsed());
        sleep(ms(61_000)).await;
        assert!(scene.is_clean(), "{stage:?} {fate:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_said_to_other_phones_is_passed_over() {
    let slow = only(Stage::Notify, Fate::Arrives(ms(500)));
    let scene = Scene::new(|intercom| vec![Device::new("door", intercom).weathered(slow)]).await;
    scene.line.prefetch().await;
    let others = async {
        // While nobody waits, and while the answer is waited for: another one's HELLO and answer, cut short, and an error.
        for _ in 0..2 {
            for message in [vec![1; 41], vec![7; 300], vec![7; 29], vec![2]] {
                scene.radio.overhear("door", &message, 517);
                scene.radio.overhear("door", &message, 23);
            }
            scene.radio.overhear("door", &[1; 41], 23);
            sleep(ms(460)).await;
        }
    };
    let asked = async {
        sleep(ms(100)).await;
        scene.ask().await
    };
    let (answer, ()) = tokio::join!(asked, others);
    assert_eq!(answer, Ok(Outcome::Done));
    assert_eq!(scene.radio.connected(), ["door"]);
}
