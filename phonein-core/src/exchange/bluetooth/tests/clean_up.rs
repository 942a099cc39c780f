//! Whoever gives up leaves nothing behind.

use tokio::time::timeout;

use super::*;

/// After this nothing may be left of what was given up.
const CLEAN: Duration = Duration::from_secs(7);

#[tokio::test(start_paused = true)]
async fn dropped_at_any_point_it_leaves_no_scan_and_no_link() {
    let slow = |_: Stage| Fate::Arrives(ms(100));
    for after in (0..1_000).step_by(25) {
        let scene = Scene::new(|intercom| vec![Device::new("door", intercom).weathered(slow)]).await;
        let way = BluetoothTransport::to(scene.air.clone(), scene.intercom.public());
        let dropped = timeout(ms(after), async {
            let hello = way.hello().await;
            let _ = way.request(&[0; 171], &mut |_| true).await;
            hello
        });
        _ = dropped.await;
        drop(way);
        sleep(CLEAN).await;
        assert!(scene.is_clean(), "dropped after {after} ms");
    }
}

#[tokio::test(start_paused = true)]
async fn a_stack_that_hangs_is_left_alone_in_time() {
    for stage in [Stage::Connecting, Stage::Hello, Stage::Write, Stage::Disconnecting] {
        let scene = Scene::new(|intercom| vec![Device::new("door", intercom).weathered(only(stage, Fate::Lost))]).await;
        let began = Instant::now();
        _ = scene.ask().await;
        assert!(began.elapsed() <= CLEAN, "{stage:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_tap_goes_on_with_the_search_of_the_pull_it_interrupts() {
    let scene = Scene::new(|intercom| {
        vec![Device::new("door", intercom).weathered(only(Stage::Connecting, Fate::Arrives(ms(800))))]
    })
    .await;
    assert!(timeout(ms(500), scene.line.prefetch()).await.is_err());
    let began = Instant::now();
    assert_eq!(scene.ask().await, Ok(Outcome::Done));
    assert!(began.elapsed() < ms(400), "{:?}", began.elapsed());
    assert_eq!(scene.radio.connected(), ["door"]);
}

#[tokio::test(start_paused = true)]
async fn who_joins_a_search_in_vain_hears_why_when_it_ends() {
    let scene = Scene::new(|_| vec![]).await;
    assert!(timeout(ms(500), scene.line.prefetch()).await.is_err());
    let began = Instant::now();
    assert_eq!(scene.ask().await, Err(Fault::NotNear));
    assert_eq!(began.elapsed(), ms(3_500));
    assert_eq!(scene.ask().await, Err(Fault::NotNear));
    assert_eq!(began.elapsed(), ms(7_500), "the next search is one of its own");
}

#[tokio::test(start_paused = true)]
async fn a_request_that_was_given_up_does_not_spoil_the_next_one() {
    let slow = |stage: Stage| if stage == Stage::Notify { Fate::Arrives(ms(300)) } else { FINE };
    let scene = Scene::new(|intercom| vec![Device::new("door", intercom).with_mtu(48).weathered(slow)]).await;
    scene.ask().await.unwrap();
    for after in [100, 200, 305] {
        assert!(timeout(ms(after), scene.ask()).await.is_err());
        assert_eq!(scene.ask().await, Ok(Outcome::Done), "given up after {after} ms");
    }
    assert_eq!(scene.radio.connected(), ["door"], "on the same link");
    assert!(timeout(ms(15), scene.ask()).await.is_err(), "in the middle of writing");
    assert_eq!(scene.ask().await, Ok(Outcome::Done));
    assert_eq!(scene.radio.connected(), ["door"], "on another one");
}

#[tokio::test(start_paused = true)]
async fn the_next_link_waits_until_the_last_one_has_ended() {
    let scene = Scene::new(|intercom| {
        vec![Device::new("door", intercom).weathered(only(Stage::Disconnecting, Fate::Arrives(ms(1_500))))]
    })
    .await;
    scene.ask().await.unwrap();
    scene.radio.drop_link("door");
    let began = Instant::now();
    assert_eq!(scene.ask().await, Ok(Outcome::Done));
    assert!(began.elapsed() >= ms(1_500));
}

#[tokio::test(start_paused = true)]
async fn an_obstacle_says_which_way_it_is() {
    let scene = Scene::new(|_| vec![]).await;
    let unreached = scene.line.ask(Body::Status).await.unwrap_err();
    assert_eq!(unreached.paths, [Obstacle { via: Via::Bluetooth, fault: Fault::NotNear }]);
}
