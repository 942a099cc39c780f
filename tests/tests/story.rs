//! A key, end to end, through the surface the apps use: a resident makes it, a guest opens with it.
#![allow(clippy::unwrap_used)]

use phonein_core::api::{Accepted, ActivityFilter, ActivityShow, KeyFilter, OpensBy, TapState};
use phonein_core::text::tap::Door;
use phonein_protocol::id::{Door as Relay, Doors};
use phonein_tests::intercom::TestIntercom;
use phonein_tests::phone::Phone;

/// Tuesday, October 12, 2021 at 10:22 in Budapest.
const NOW: i64 = 1_634_026_920;

#[tokio::test]
async fn a_key_goes_from_a_resident_to_a_guest_who_opens_with_it() {
    let intercom = TestIntercom::start(Doors::BOTH, NOW).await.unwrap();
    let (anna, bela) = (Phone::new(NOW).await.unwrap(), Phone::new(NOW).await.unwrap());

    let place = anna.pair(&intercom.code(), "Home", "Anna").await.unwrap();
    let home = anna.core.home().await.unwrap();
    assert_eq!((home.intercoms.len(), &home.intercoms[0].opens_by), (1, &OpensBy::Manager));

    let wizard = anna.core.new_key(place.clone()).await.unwrap();
    wizard.set_name("Cleaner");
    assert_eq!(wizard.state().sentence.as_deref(), Some("This key will be valid forever"));
    let key = wizard.save().await.unwrap();
    let share = anna.core.share(key.clone()).await.unwrap();
    anna.core.mark_shared(key.clone()).await.unwrap();
    assert!(share.text.starts_with("Anna sends you a key to Home."), "{}", share.text);

    let invitation = bela.core.preview_link(share.text.clone()).await.unwrap();
    assert_eq!((&*invitation.name, &*invitation.place_words), ("Cleaner", "Friend · Home"));
    let accepted = bela.core.accept_link(share.text, "Béla".into()).await.unwrap();
    assert!(matches!(accepted, Accepted::Added { .. }), "{accepted:?}");

    let home = bela.core.home().await.unwrap();
    assert_eq!((&*home.intercoms[0].intercom.name, home.intercoms[0].doors.len()), ("Home", 1));
    let opened = bela.press(&home.intercoms[0].intercom.id, None, Door::Entrance).await.unwrap();
    assert!(matches!(opened.state, TapState::Opened { seconds: 2, .. }), "{opened:?}");
    assert_eq!(intercom.openings(), [Relay::Entrance]);

    // The resident's list says who has it, the activity what happened.
    anna.core.sync().await.unwrap();
    let rows = anna.core.keys(String::new(), KeyFilter::default(), None).await.unwrap().keys;
    assert_eq!(rows[0].status_words, "On Béla's phone");
    let all = ActivityFilter { intercom: None, show: ActivityShow::All };
    let activity = anna.core.activity(all, None).await.unwrap();
    let titles: Vec<_> = activity.entries.iter().map(|entry| (&*entry.title, &*entry.line)).collect();
    assert_eq!(titles[..2], [("Entrance opened", "Cleaner · Network"), ("Key accepted", "Cleaner · on Béla's phone")]);
    assert_eq!(titles[2].0, "Key created");
}
