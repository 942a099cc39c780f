//! Taps without an answer, and what the next contact says of them.

use super::*;

/// A tap that ended without an answer, its ten seconds over, in better weather.
async fn unanswered(leg: Leg) -> Scene {
    let scene = Scene::weathered(only(leg, Fate::Lost)).await;
    let (ending, _, took) = end(&mut scene.taps.press(ENTRANCE).unwrap()).await;
    assert_eq!((ending, took), (Ending::NoAnswer { stranger: false }, ms(10_000)));
    scene.clear_up();
    scene
}

/// What the journal heard of the first tap after it had ended without an answer.
fn settlement(scene: &Scene) -> Option<Settled> {
    match scene.journal.entries()[..] {
        [Entry::Began(number), Entry::Unheard(unheard, Unheard::NoAnswer), Entry::Settled(about, settled), ..] => {
            assert_eq!((number, number), (unheard, about));
            Some(settled)
        }
        _ => None,
    }
}

#[tokio::test(start_paused = true)]
async fn the_next_contact_says_that_it_opened() {
    let scene = unanswered(Leg::Res).await;
    scene.taps.settle().await.unwrap();
    let outcome = Outcome::Opened { door: Door::Entrance, seconds: SECONDS };
    assert_eq!(settlement(&scene), Some(Settled::Answered(outcome)));
    scene.taps.settle().await.unwrap();
    assert_eq!(scene.openings(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_next_contact_says_that_it_never_arrived() {
    let scene = unanswered(Leg::Req).await;
    scene.taps.settle().await.unwrap();
    assert_eq!(settlement(&scene), Some(Settled::NeverArrived));
}

#[tokio::test(start_paused = true)]
async fn the_next_tap_asks_first_and_then_opens() {
    for (leg, openings) in [(Leg::Req, 1), (Leg::Res, 2)] {
        let scene = unanswered(leg).await;
        assert_eq!(scene.tap(INNER).await, opened(Door::Inner, Via::Http));
        assert!(settlement(&scene).is_some());
        assert_eq!(scene.openings(), openings);
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_could_not_be_written_is_not_told_again_as_another_opening() {
    let scene = Scene::weathered(|_| FINE).await;
    let mut pressed = scene.taps.press(ENTRANCE).unwrap();
    sleep(ms(5)).await;
    scene.journal.change(|book| book.is_full = true);
    assert_eq!(end(&mut pressed).await.0, opened(Door::Entrance, Via::Http));
    // The door is shut again.
    sleep(ms(SECONDS * 1_000)).await;
    assert!(matches!(scene.tap(ENTRANCE).await, Ending::Unreachable { .. }), "it cannot be written down either");
    scene.journal.change(|book| book.is_full = false);
    assert_eq!((scene.tap(ENTRANCE).await, scene.openings()), (opened(Door::Entrance, Via::Http), 2));
}

#[tokio::test(start_paused = true)]
async fn a_tap_that_cannot_ask_first_is_not_sent() {
    let scene = unanswered(Leg::Res).await;
    scene.line.reroute(vec![FakeTransport::weathered(&scene.intercom, Via::Http, only(Leg::Res, Fate::Lost))]);
    let (ending, _, took) = end(&mut scene.taps.press(INNER).unwrap()).await;
    assert_eq!((ending, took), (unreachable(Fault::Silent), ms(7_000)));
    assert_eq!(scene.intercom.openings().len(), 1, "the first tap's");
}

#[tokio::test(start_paused = true)]
async fn a_tap_in_hand_goes_on_after_a_restart_of_the_app_and_opens_once() {
    let mut scene = Scene::weathered(only(Leg::Res, Fate::Lost)).await;
    let _pressed = scene.taps.press(ENTRANCE).unwrap();
    sleep(ms(500)).await;
    assert_eq!(scene.openings(), 1);
    scene.restart_app();
    assert_eq!(scene.tap(ENTRANCE).await, opened(Door::Entrance, Via::Http));
    assert_eq!(scene.openings(), 1);
}

#[tokio::test(start_paused = true)]
async fn another_door_waits_for_a_tap_from_before_a_restart_of_the_app() {
    let mut scene = Scene::weathered(only(Leg::Req, Fate::Lost)).await;
    let _pressed = scene.taps.press(ENTRANCE).unwrap();
    sleep(ms(500)).await;
    scene.restart_app();
    assert_eq!(scene.tap(INNER).await, Ending::Busy);
    sleep(ms(10_000)).await;
    assert_eq!(scene.tap(INNER).await, opened(Door::Inner, Via::Http));
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_was_set_back_does_not_shut_the_door_for_long() {
    let mut scene = Scene::weathered(only(Leg::Req, Fate::Lost)).await;
    let _pressed = scene.taps.press(ENTRANCE).unwrap();
    sleep(ms(500)).await;
    scene.restart_app();
    scene.journal.change(|book| book.set_ms = -3_600_000);
    assert_eq!(scene.tap(ENTRANCE).await, unreachable(Fault::Later), "it may still be on its way");
    sleep(ms(4_000)).await;
    assert_eq!(scene.tap(ENTRANCE).await, opened(Door::Entrance, Via::Http), "ten seconds later it is not");
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_was_set_forward_says_nothing_too_early() {
    let scene = Scene::weathered(only(Leg::Req, Fate::Arrives(ms(2_000)))).await;
    let mut pressed = scene.taps.press(ENTRANCE).unwrap();
    sleep(ms(500)).await;
    scene.journal.change(|book| book.set_ms = 3_600_000);
    scene.taps.settle().await.unwrap();
    assert_eq!(scene.journal.entries().len(), 1, "a tap in hand is not asked about");
    assert_eq!(end(&mut pressed).await.0, opened(Door::Entrance, Via::Http));
}
