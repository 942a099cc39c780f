//! Where Home stands, which door a shortcut opens, and which door a key in the list asks for.
#![allow(clippy::unwrap_used)]

use phonein_core::api::{KeyFilter, KeyOffer, OpensBy, SettingsChange, Sign, TapLook, TapState};
use phonein_core::text::tap::Door;
use phonein_protocol::id::Doors;
use phonein_tests::intercom::TestIntercom;
use phonein_tests::phone::Phone;

/// Tuesday, October 12, 2021 at 10:22 in Budapest.
const NOW: i64 = 1_634_026_920;

#[tokio::test]
async fn home_stands_where_it_was_left_and_a_shortcut_opens_there() {
    let (flat, office) =
        (TestIntercom::start(Doors::BOTH, NOW).await.unwrap(), TestIntercom::start(Doors::ENTRANCE, NOW));
    let office = office.await.unwrap();
    let anna = Phone::new(NOW).await.unwrap();
    assert_eq!(anna.core.home().await.unwrap().place, None);
    assert_eq!(anna.core.quick_door(None).await.unwrap(), None);
    let home = anna.pair(&flat.code(), "Home", "Anna").await.unwrap();
    let work = anna.pair(&office.code(), "Office", "Anna").await.unwrap();
    assert_eq!(anna.core.home().await.unwrap().place, Some(work.clone()), "where something was added");

    anna.core.stay_ready(home.clone()).await.unwrap();
    anna.core.change_settings(home.clone(), SettingsChange::AskFirst { on: true }).await.unwrap();
    let anna = anna.restart().await.unwrap();
    let shown = anna.core.home().await.unwrap();
    assert_eq!(shown.place, Some(home.clone()));
    let asks: Vec<_> = shown.intercoms.iter().map(|card| (&*card.intercom.name, card.ask_first)).collect();
    assert!(asks.contains(&("Home", true)) && asks.contains(&("Office", false)), "{asks:?}");
    let door = anna.core.quick_door(None).await.unwrap().unwrap();
    assert_eq!((&door.intercom.id, door.door, door.ask_first), (&home, Door::Entrance, true));
    let door = anna.core.quick_door(Some(work.clone())).await.unwrap().unwrap();
    assert_eq!((&door.intercom.id, door.ask_first), (&work, false));

    anna.core.forget_intercom(home.clone()).await.unwrap();
    assert_eq!(anna.core.quick_door(Some(home)).await.unwrap(), None, "no other door opens in its place");
    assert_eq!(anna.core.quick_door(None).await.unwrap().unwrap().intercom.id, work, "the first");
}

#[tokio::test]
async fn a_door_looks_as_the_core_says() {
    let intercom = TestIntercom::start(Doors::BOTH, NOW).await.unwrap();
    let (anna, bela) = (Phone::new(NOW).await.unwrap(), Phone::new(NOW).await.unwrap());
    let home = anna.pair(&intercom.code(), "Home", "Anna").await.unwrap();
    let doors = anna.core.home().await.unwrap().intercoms.remove(0).doors;
    let rest: Vec<_> = doors.iter().map(|door| (&*door.tap.title, door.tap.look, door.key_name.clone())).collect();
    // An inner door at rest says nothing beside the entrance, but to who does not see it.
    assert_eq!(rest, [("Press to activate key", TapLook::Idle, None), ("", TapLook::Idle, None)]);
    assert_eq!(doors[1].tap.spoken, "Press to activate key");

    let key = anna.make_key_for_one_use(&home, "Delivery").await.unwrap();
    let text = anna.core.share(key.clone()).await.unwrap().text;
    anna.core.sync().await.unwrap();
    bela.core.accept_link(text, "Béla".into()).await.unwrap();
    let card = bela.core.home().await.unwrap().intercoms.remove(0);
    assert_eq!(card.doors[0].key_name.as_deref(), Some("Delivery"));
    assert!(card.takes_links && !card.makes_keys, "{card:?}");
    let residents = anna.core.home().await.unwrap().intercoms.remove(0);
    assert!(residents.makes_keys && !residents.takes_links, "{residents:?}");
    let tap = bela.press(&card.intercom.id, None, Door::Entrance).await.unwrap();
    assert_eq!((tap.look, tap.sign, tap.thirds, tap.after_ms), (TapLook::Open, Sign::EntranceOpen, 0, 0));
    let door = bela.core.home().await.unwrap().intercoms.remove(0).doors.remove(0);
    assert_eq!((door.tap.look, door.key_name), (TapLook::Open, None), "not in the place of what a tap became");
    let tap = bela.press(&card.intercom.id, None, Door::Entrance).await.unwrap();
    assert!(matches!(tap.state, TapState::Opened { .. } | TapState::Refused { .. }), "{tap:?}");

    let row = bela.core.keys(String::new(), KeyFilter::default(), None).await.unwrap().keys.remove(0);
    assert_eq!(row.offers, [KeyOffer::Remove]);
    let row = anna.core.keys(String::new(), KeyFilter::default(), None).await.unwrap().keys.remove(0);
    assert_eq!(row.offers, [KeyOffer::Edit, KeyOffer::Share, KeyOffer::Delete]);
}

#[tokio::test]
async fn a_button_is_pressed_with_the_key_it_shows_and_a_shortcut_with_the_one_that_opens() {
    let intercom = TestIntercom::start(Doors::BOTH, NOW).await.unwrap();
    let (anna, bela) = (Phone::new(NOW).await.unwrap(), Phone::new(NOW).await.unwrap());
    let home = anna.pair(&intercom.code(), "Home", "Anna").await.unwrap();
    let doors = anna.core.home().await.unwrap().intercoms.remove(0).doors;
    assert!(doors.iter().all(|door| door.key.is_none()), "a manager's own right: {doors:?}");
    for (name, is_unlimited) in [("For ever", true), ("Until tomorrow", false)] {
        let wizard = anna.core.new_key(home.clone()).await.unwrap();
        wizard.set_name(name);
        wizard.set_unlimited(is_unlimited);
        wizard.set_inner_door(true);
        let text = anna.core.share(wizard.save().await.unwrap()).await.unwrap().text;
        anna.core.sync().await.unwrap();
        bela.core.accept_link(text, "Béla".into()).await.unwrap();
    }
    let card = bela.core.home().await.unwrap().intercoms.remove(0);
    let there = &card.intercom.id;
    let shown: Vec<_> = card.doors.iter().map(|door| (door.door, door.key.as_deref())).collect();
    let OpensBy::Key { key } = &card.opens_by else { panic!("{card:?}") };
    assert_eq!(
        (&*key.name, shown),
        ("Until tomorrow", vec![(Door::Entrance, Some(&*key.id)), (Door::Inner, Some(&*key.id))])
    );

    // Its time ends while it is on screen.
    let tomorrow = NOW + 86_400 + 60;
    intercom.set_time(tomorrow);
    bela.clock.set(tomorrow);
    let refused = bela.press(there, card.doors[0].key.as_deref(), Door::Entrance).await.unwrap();
    assert_eq!((refused.look, &*refused.title), (TapLook::Refused, "This key has expired"));
    let opened = bela.press(there, None, Door::Entrance).await.unwrap();
    assert_eq!(opened.look, TapLook::Open, "{opened:?}");
}
