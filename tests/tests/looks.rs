//! What both apps draw and neither decides: signs and their meaning, what stands above a list, the words of a button.
#![allow(clippy::unwrap_used)]

use phonein_core::api::{
    ActivityFilter, ActivityShow, EmptyWhy, KeyFilter, Meaning, MoreUsesChoice, ShareError, ShareWay, Sign, TapLook,
    TapState,
};
use phonein_core::text::tap::Door;
use phonein_protocol::id::Doors;
use phonein_tests::intercom::TestIntercom;
use phonein_tests::phone::Phone;

/// Tuesday, October 12, 2021 at 10:22 in Budapest.
const NOW: i64 = 1_634_026_920;

struct House {
    anna: Phone,
    home: String,
    key: String,
    bela: Phone,
    there: String,
    _intercom: TestIntercom,
}

/// A resident and a guest who has accepted her key, good for one use.
async fn house() -> House {
    let intercom = TestIntercom::start(Doors::BOTH, NOW).await.unwrap();
    let (anna, bela) = (Phone::new(NOW).await.unwrap(), Phone::new(NOW).await.unwrap());
    let home = anna.pair(&intercom.code(), "Home", "Anna").await.unwrap();
    let key = anna.make_key_for_one_use(&home, "Delivery").await.unwrap();
    let text = anna.core.share(key.clone()).await.unwrap().text;
    anna.core.sync().await.unwrap();
    bela.core.accept_link(text, "Béla".into()).await.unwrap();
    anna.core.sync().await.unwrap();
    let there = bela.core.home().await.unwrap().place.unwrap();
    House { anna, home, key, bela, there, _intercom: intercom }
}

#[tokio::test]
async fn a_list_of_activity_offers_its_kinds_once_there_is_something() {
    let House { anna, home, .. } = &house().await;
    let page = async |phone: &Phone, show| {
        let filter = ActivityFilter { intercom: None, show };
        phone.core.activity(filter, None).await.unwrap()
    };
    let words = |page: phonein_core::api::ActivityPage| -> Vec<_> {
        page.choices.into_iter().map(|choice| (choice.show, choice.words)).collect()
    };
    let all = [
        (ActivityShow::All, "All".to_owned()),
        (ActivityShow::Opened, "Opened".to_owned()),
        (ActivityShow::Refused, "Refused".to_owned()),
        (ActivityShow::Keys, "Keys".to_owned()),
    ];
    assert_eq!(words(page(anna, ActivityShow::All).await), all);
    let refused = page(anna, ActivityShow::Refused).await;
    assert_eq!(refused.empty.as_ref().map(|empty| empty.sign), Some(Sign::Clock));
    assert_eq!(words(refused), all, "there would be no way back");
    let nobody = Phone::new(NOW).await.unwrap();
    assert_eq!(words(page(&nobody, ActivityShow::All).await), []);

    let entries = page(anna, ActivityShow::Keys).await.entries;
    let looks: Vec<_> = entries.iter().map(|entry| (&*entry.title, entry.sign, entry.meaning)).collect();
    assert_eq!(
        looks,
        [("Key accepted", Sign::Phone, Meaning::Working), ("Key created", Sign::Pencil, Meaning::Working)]
    );
    anna.start_press(home, None, Door::Inner).await.unwrap().over().await.unwrap();
    anna.core.sync().await.unwrap();
    let opened = page(anna, ActivityShow::Opened).await.entries.remove(0);
    assert_eq!((opened.sign, opened.meaning), (Sign::InnerDoorOpen, Meaning::Active));
    let facts: Vec<_> = opened.facts.iter().map(|fact| (fact.sign, &*fact.words, &*fact.more)).collect();
    let (when, place) = ((Sign::Clock, "Today", &*opened.time), (Sign::Intercom, "Home", &*opened.line));
    assert_eq!(facts, [when, place, (Sign::People, "Anna", "")]);
}

#[tokio::test]
async fn a_step_is_drawn_once_it_lasts_and_a_ring_knows_its_whole() {
    let House { bela, there, .. } = &house().await;
    let mut pressed = bela.start_press(there, None, Door::Entrance).await.unwrap();
    let (step, _) = pressed.next().await.unwrap();
    assert_eq!((step.look, step.sign), (TapLook::Working, Sign::Entrance));
    assert!((1..=300).contains(&step.after_ms), "{step:?}");
    let opened = pressed.end().await.unwrap();
    assert_eq!((opened.look, opened.sign, opened.after_ms), (TapLook::Open, Sign::EntranceOpen, 0));
    let shown = |state| match state {
        TapState::Opened { seconds, of, .. } => (seconds, of),
        other => panic!("{other:?}"),
    };
    assert_eq!(shown(opened.state), (2, 2));
    let (later, _) = pressed.next().await.unwrap();
    assert_eq!(shown(later.state), (1, 2), "half of its ring");
    pressed.over().await.unwrap();
    // An app that is started anew goes by the wallet.
    let refused = bela.press(there, None, Door::Entrance).await.unwrap();
    assert_eq!((refused.look, refused.sign), (TapLook::Refused, Sign::Cross));
}

#[tokio::test]
async fn a_key_says_what_is_drawn_beside_it_and_what_its_button_is_called() {
    let House { anna, home, key, bela, .. } = &house().await;
    let row = anna.core.keys(String::new(), KeyFilter::default(), None).await.unwrap().keys.remove(0);
    assert_eq!((row.sign, row.meaning), (Sign::Phone, Meaning::Active));
    assert_eq!(row.menu_words, "Delivery, What to do with this key");
    let none = anna.core.keys("nothing".into(), KeyFilter::default(), None).await.unwrap().empty.unwrap();
    assert_eq!((none.why, none.sign), (EmptyWhy::NoMatch, Sign::Glass));
    let settings = anna.core.settings(home.clone()).await.unwrap();
    assert_eq!((settings.inner_door, settings.changes_sign), (Some(true), Sign::Check));
    let page = anna.core.key(key.clone()).await.unwrap();
    let facts: Vec<_> = page.facts.iter().map(|fact| (fact.sign, &*fact.words)).collect();
    assert_eq!(facts, [(Sign::Phone, "On Béla's phone"), (Sign::Entrance, "Entrance: not used yet")]);
    assert_eq!(page.delete_words, "DELETE");

    let theirs = bela.core.keys(String::new(), KeyFilter::default(), None).await.unwrap().keys.remove(0);
    assert_eq!(bela.core.key(theirs.id.clone()).await.unwrap().delete_words, "REMOVE");
    assert_eq!(bela.core.settings(theirs.intercom.clone()).await.unwrap().inner_door, None, "a manager's to decide");
    assert_eq!(bela.core.delete_key(theirs.id).await.unwrap(), None);
    assert_eq!(bela.core.keys(String::new(), KeyFilter::default(), None).await.unwrap().keys, []);
    anna.core.sync().await.unwrap();
    let still = anna.core.key(key.clone()).await.unwrap();
    assert_eq!(still.row.status_words, "On Béla's phone", "it was removed there, and stays valid");
    assert_eq!(anna.core.delete_key(key.clone()).await.unwrap().as_deref(), Some("Deleted. The door knows"));
}

#[tokio::test]
async fn a_key_that_somebody_has_says_so_once() {
    let House { anna, key, bela, there, .. } = &house().await;
    let refused = async || match anna.core.share(key.clone()).await {
        Err(ShareError::NoLink { ways, told, is_status }) => (ways, told.title, is_status),
        other => panic!("{other:?}"),
    };
    let ways = vec![ShareWay::SomeoneElse, ShareWay::NewPhone];
    assert_eq!(refused().await, (ways.clone(), "On Béla's phone".to_owned(), true));
    let opened = bela.press(there, None, Door::Entrance).await.unwrap();
    assert_eq!(opened.look, TapLook::Open);
    anna.core.sync().await.unwrap();
    let details = anna.core.key(key.clone()).await.unwrap();
    assert_eq!((&*details.row.status_words, details.row.sign), ("Used", Sign::Cross));
    assert_eq!(refused().await, (ways, "On Béla's phone".to_owned(), false), "the status line says another thing");
    let more = details.more_uses.unwrap().choices;
    assert_eq!(more.first(), Some(&MoreUsesChoice { uses: 1, words: "1".to_owned() }));
    assert_eq!(more.last().map(|choice| choice.uses), Some(99), "without a limit it would be another key");
}

#[tokio::test]
async fn what_this_phone_knows_of_a_link_is_said_in_one_place() {
    let House { anna, home, bela, key, .. } = &house().await;
    let copy = anna.core.copy_key(key.clone()).await.unwrap();
    let text = anna.core.share(copy).await.unwrap().text;
    let own = anna.core.preview_link(text.clone()).await.unwrap();
    assert_eq!(own.known_words.as_deref(), Some("This is a key to your own intercom"));
    assert_eq!(bela.core.preview_link(text.clone()).await.unwrap().known_words, None);
    anna.core.sync().await.unwrap();
    bela.core.accept_link(text.clone(), "Béla".into()).await.unwrap();
    let held = bela.core.preview_link(text).await.unwrap();
    assert_eq!(held.known_words.as_deref(), Some("This phone has this key already"));

    let blank = anna.core.check_code("  ", false);
    assert_eq!((&*blank.shown, &*blank.words, blank.is_wrong), ("  ", "", false), "nothing is missing yet");
    let scanned = anna.core.check_code("", true);
    assert_eq!((&*scanned.words, scanned.is_wrong), ("", false));
    let managers = anna.core.settings(home.clone()).await.unwrap().managers;
    let alone = anna.core.manager_removal(home.clone(), managers[0].id.clone()).await.unwrap();
    assert_eq!(alone.keys.is_empty(), alone.question.detail.is_empty(), "{alone:?}");
}

#[tokio::test]
async fn a_used_up_key_makes_way_on_the_button_for_one_that_opens() {
    let House { anna, home, bela, there, .. } = &house().await;
    let counted = bela.core.keys(String::new(), KeyFilter::default(), None).await.unwrap().keys.remove(0).id;
    let wizard = anna.core.new_key(home.clone()).await.unwrap();
    wizard.set_name("For ever");
    let text = anna.core.share(wizard.save().await.unwrap()).await.unwrap().text;
    anna.core.sync().await.unwrap();
    bela.core.accept_link(text, "Béla".into()).await.unwrap();

    let mut pressed = bela.start_press(there, Some(&counted), Door::Entrance).await.unwrap();
    assert_eq!(pressed.end().await.unwrap().look, TapLook::Open);
    pressed.over().await.unwrap();
    let button = bela.core.home().await.unwrap().intercoms.remove(0).doors.remove(0);
    assert_eq!(button.key_name.as_deref(), Some("For ever"), "though the other was used last");
    assert_eq!(bela.press(there, None, Door::Entrance).await.unwrap().look, TapLook::Open);

    let all = ActivityFilter { intercom: None, show: ActivityShow::All };
    let entries = bela.core.activity(all, None).await.unwrap().entries;
    let accepted: Vec<_> = entries.iter().filter(|entry| entry.title == "Key accepted").collect();
    assert!(accepted.len() == 2 && accepted.iter().all(|entry| entry.line.ends_with("on this phone")), "{accepted:?}");
}

#[tokio::test]
async fn a_link_is_not_said_to_work_longer_than_its_key_opens() {
    let House { anna, home, .. } = &house().await;
    let key = anna.make_key_for_one_use(home, "Plumber").await.unwrap();
    let sentence = anna.core.key(key.clone()).await.unwrap().sentence;
    assert!(sentence.ends_with("until Wednesday, October 13, 2021 at 10:22"), "{sentence}");
    let until = "If nobody accepts it by Wednesday, October 13, 2021 at 10:22, the link stops working";
    assert_eq!(anna.core.share(key.clone()).await.unwrap().until_words, until);
    let facts = anna.core.key(key).await.unwrap().facts;
    assert!(facts.iter().any(|fact| fact.words == until), "{facts:?}");
}
