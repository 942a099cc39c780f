//! How a tap ends when the way to the intercom, or what answers there, is not as it should be. The intercom is the program
//! that ships.
#![allow(clippy::unwrap_used)]

use phonein_core::api::{Accepted, KeyFilter, OpensBy, TapState, UnlockError};
use phonein_core::text::key::KeyStatus;
use phonein_core::text::refusal::Refusal;
use phonein_core::text::tap::{Door, Settled};
use phonein_core::wizard::{ClockTime, Uses};
use phonein_tests::passage::Traffic;
use phonein_tests::phone::Phone;
use phonein_tests::process::IntercomProcess;

/// Tuesday, October 12, 2021 at 10:22 in Budapest.
const NOW: i64 = 1_634_026_920;
const HOUR: i64 = 3_600;

/// A resident, and a guest with a key for two uses.
struct Scene {
    intercom: IntercomProcess,
    anna: Phone,
    annas_place: String,
    bela: Phone,
    place: String,
}

impl Scene {
    async fn set() -> Self {
        let intercom = IntercomProcess::start(NOW).await.unwrap();
        let (anna, bela) = (Phone::new(NOW).await.unwrap(), Phone::new(NOW).await.unwrap());
        let annas_place = anna.pair(&intercom.code(), "Home", "Anna").await.unwrap();
        let mut scene = Self { intercom, anna, annas_place, bela, place: String::new() };
        let link = scene.link().await.1;
        let accepted = scene.bela.core.accept_link(link, "Béla".into()).await.unwrap();
        assert!(matches!(accepted, Accepted::Added { .. }), "{accepted:?}");
        scene.place = scene.bela.core.intercoms().await.unwrap().remove(0).id;
        scene.intercom.passage.quiet().await;
        scene
    }

    /// A new key to both doors for two uses of each; its id on Anna's phone, and its link.
    async fn link(&self) -> (String, String) {
        let wizard = self.anna.core.new_key(self.annas_place.clone()).await.unwrap();
        wizard.set_name("Neighbour");
        wizard.set_unlimited(false);
        wizard.set_uses(Uses::Times { count: 2 });
        wizard.set_inner_door(true);
        let key = wizard.save().await.unwrap();
        let link = self.anna.core.share(key.clone()).await.unwrap().link;
        (key, link)
    }

    async fn shown_on_the_button(&self) -> TapState {
        self.bela.core.home().await.unwrap().intercoms.remove(0).doors.remove(0).tap.state
    }
}

#[tokio::test]
async fn out_of_reach_nothing_was_sent_and_the_door_stays_shut() {
    let scene = Scene::set().await;
    let bela = scene.bela.restart().await.unwrap();
    scene.intercom.passage.set_traffic(Traffic::Cut);
    let tap = bela.press(&scene.place, None, Door::Entrance).await.unwrap();
    let TapState::Unreachable { paths } = &tap.state else { panic!("{tap:?}") };
    assert_eq!((&*tap.title, &*tap.detail), ("Not reached", "Nothing was sent: the door stays shut"));
    assert_eq!(paths[0].told.title, format!("Nothing answers at {}", scene.intercom.passage.url()));
    scene.intercom.passage.set_traffic(Traffic::Flows);
    bela.core.sync().await.unwrap();
    assert_eq!(scene.intercom.moved(), 0, "nothing opens later");
}

#[tokio::test]
async fn with_a_hello_at_hand_and_nobody_to_connect_to_nothing_was_sent_either() {
    let Scene { intercom, bela, place, .. } = Scene::set().await;
    drop(intercom);
    let tap = bela.press(&place, None, Door::Entrance).await.unwrap();
    assert!(matches!(tap.state, TapState::Unreachable { .. }), "{tap:?}");
}

#[tokio::test]
async fn an_answer_that_got_lost_is_learnt_at_the_next_contact() {
    let mut scene = Scene::set().await;
    scene.intercom.passage.set_traffic(Traffic::AnswersLost);
    let mut pressed = scene.bela.start_press(&scene.place, None, Door::Entrance).await.unwrap();
    scene.intercom.moved_so_often(1).await.unwrap();
    pressed.unlock.cancel();
    let tap = pressed.end().await.unwrap();
    assert_eq!(tap.state, TapState::NoAnswer);
    assert_eq!((&*tap.title, &*tap.detail), ("No answer", "It may have opened, it will not any more"));

    scene.intercom.passage.set_traffic(Traffic::Flows);
    let bela = scene.bela.restart().await.unwrap();
    bela.core.sync().await.unwrap();
    let home = bela.core.home().await.unwrap().intercoms.remove(0);
    assert_eq!(home.doors[0].tap.state, TapState::Settled { how: Settled::Opened });
    assert_eq!(home.doors[0].tap.title, "The last tap opened the door");
    // It cost the one use that it took, and the other is still there.
    let tap = bela.press(&home.intercom.id, None, Door::Entrance).await.unwrap();
    assert!(matches!(tap.state, TapState::Opened { .. }), "{tap:?}");
    scene.intercom.moved_so_often(2).await.unwrap();
}

#[tokio::test]
async fn a_tap_that_never_arrived_is_said_to_have_never_arrived() {
    let scene = Scene::set().await;
    scene.intercom.passage.set_traffic(Traffic::RequestsLost);
    let tap = scene.bela.press(&scene.place, None, Door::Entrance).await.unwrap();
    assert_eq!(tap.state, TapState::NoAnswer);
    scene.intercom.passage.set_traffic(Traffic::Flows);
    scene.bela.core.sync().await.unwrap();
    assert_eq!(scene.shown_on_the_button().await, TapState::Settled { how: Settled::NeverArrived });
    assert_eq!(scene.intercom.moved(), 0);
}

#[tokio::test]
async fn while_one_door_is_asked_the_other_waits_and_the_same_one_joins() {
    let mut scene = Scene::set().await;
    scene.intercom.passage.set_traffic(Traffic::AnswersLost);
    let mut pressed = scene.bela.start_press(&scene.place, None, Door::Entrance).await.unwrap();
    let mut again = scene.bela.start_press(&scene.place, None, Door::Entrance).await.unwrap();
    let Err(busy) = scene.bela.start_press(&scene.place, None, Door::Inner).await else { panic!("both doors at once") };
    let UnlockError::Busy { told } = busy.downcast_ref().unwrap() else { panic!("{busy:?}") };
    assert_eq!(told.sentence, "One door at a time.");
    scene.intercom.moved_so_often(1).await.unwrap();
    // The phone asks once more with the same tap, which the intercom answers from memory.
    scene.intercom.passage.set_traffic(Traffic::Flows);
    for tap in [pressed.end().await.unwrap(), again.end().await.unwrap()] {
        assert!(matches!(tap.state, TapState::Opened { .. }), "{tap:?}");
    }
    scene.intercom.moved_so_often(1).await.unwrap();
    // The tap is in hand until it is written down.
    scene.intercom.passage.quiet().await;
    let inner = scene.bela.press(&scene.place, None, Door::Inner).await.unwrap();
    assert!(matches!(inner.state, TapState::Opened { .. }), "{inner:?}");
}

#[tokio::test]
async fn a_link_accepted_in_a_plane_is_delivered_on_the_ground() {
    let scene = Scene::set().await;
    let (key, link) = scene.link().await;
    scene.intercom.passage.quiet().await;
    let carla = Phone::new(NOW).await.unwrap();
    scene.intercom.passage.set_traffic(Traffic::Cut);
    let accepted = carla.core.accept_link(link.clone(), "Carla".into()).await.unwrap();
    let Accepted::Waiting { told, .. } = accepted else { panic!("{accepted:?}") };
    assert_eq!(told.sentence, "Not yours yet. Will be delivered when you are near the door or on its network.");
    scene.intercom.passage.set_traffic(Traffic::Flows);
    carla.core.sync().await.unwrap();
    assert!(matches!(carla.core.home().await.unwrap().intercoms[0].opens_by, OpensBy::Key { .. }));
    scene.anna.core.sync().await.unwrap();
    let status = scene.anna.core.key(key).await.unwrap().row.status;
    assert_eq!(status, KeyStatus::Held { person: "Carla".into() });
    let late = scene.bela.core.accept_link(link, "Béla".into()).await.unwrap();
    assert!(matches!(late, Accepted::Refused { .. }), "{late:?}");
}

#[tokio::test]
async fn a_phone_whose_clock_is_wrong_opens_neither_more_nor_less() {
    let scene = Scene::set().await;
    let wizard = scene.anna.core.new_key(scene.annas_place.clone()).await.unwrap();
    wizard.set_name("Lunch");
    wizard.set_unlimited(false);
    wizard.set_recurring(true);
    wizard.set_window_start(ClockTime { hour: 12, minute: 0 });
    wizard.set_window_end(ClockTime { hour: 13, minute: 0 });
    let key = wizard.save().await.unwrap();
    let link = scene.anna.core.share(key).await.unwrap().link;
    let Accepted::Added { key: lunch, .. } = scene.bela.core.accept_link(link, "Béla".into()).await.unwrap() else {
        panic!("not added")
    };
    for wrong in [NOW + 2 * HOUR, NOW - 100 * 24 * HOUR] {
        scene.bela.clock.set(wrong);
        let tap = scene.bela.press(&scene.place, Some(&lunch), Door::Entrance).await.unwrap();
        let opens = Some(NOW - 22 * 60 + 2 * HOUR);
        assert_eq!(tap.state, TapState::Refused { refusal: Refusal::OutsideHours { opens }, opens }, "{wrong}");
    }
    // A clock that was set back does not make the numbers of taps go back.
    let keys = scene.bela.core.keys(String::new(), KeyFilter::default(), None).await.unwrap().keys;
    let other = keys.into_iter().find(|row| row.name == "Neighbour").unwrap();
    let tap = scene.bela.press(&scene.place, Some(&other.id), Door::Inner).await.unwrap();
    assert!(matches!(tap.state, TapState::Opened { .. }), "{tap:?}");
}
