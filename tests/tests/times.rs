//! What the clock and a silent intercom do to a key, as its people read it.
#![allow(clippy::unwrap_used)]

use phonein_core::api::{Accepted, KeyFilter, NoteAction, TapState};
use phonein_core::category::Category;
use phonein_core::text::refusal::Refusal;
use phonein_core::text::tap::Door;
use phonein_core::wizard::ClockTime;
use phonein_protocol::id::Doors;
use phonein_tests::intercom::TestIntercom;
use phonein_tests::phone::Phone;

/// Tuesday, October 12, 2021 at 10:22 in Budapest.
const NOW: i64 = 1_634_026_920;
const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

struct Two {
    intercom: TestIntercom,
    anna: Phone,
    bela: Phone,
    place: String,
}

async fn two() -> Two {
    let intercom = TestIntercom::start(Doors::ENTRANCE, NOW).await.unwrap();
    let (anna, bela) = (Phone::new(NOW).await.unwrap(), Phone::new(NOW).await.unwrap());
    let place = anna.pair(&intercom.code(), "Home", "Anna").await.unwrap();
    anna.core.sync().await.unwrap();
    Two { intercom, anna, bela, place }
}

impl Two {
    /// A key for today's hours from 14:00 to 18:00, and the text it is shared with.
    async fn afternoon(&self) -> (String, String) {
        let wizard = self.anna.core.new_key(self.place.clone()).await.unwrap();
        wizard.set_name("Cleaner");
        wizard.set_category(Category::Services);
        wizard.set_unlimited(false);
        wizard.set_window_start(ClockTime { hour: 14, minute: 0 });
        wizard.set_window_end(ClockTime { hour: 18, minute: 0 });
        let key = wizard.save().await.unwrap();
        self.anna.core.sync().await.unwrap();
        let text = self.anna.core.share(key.clone()).await.unwrap().text;
        (key, text)
    }

    fn set_time(&self, time: i64) {
        self.intercom.set_time(time);
        self.anna.clock.set(time);
        self.bela.clock.set(time);
    }
}

#[tokio::test]
async fn outside_its_hours_a_key_says_when_it_opens_and_then_does() {
    let two = two().await;
    let (_, text) = two.afternoon().await;
    let accepted = two.bela.core.accept_link(text, "Béla".into()).await.unwrap();
    assert!(matches!(accepted, Accepted::Added { .. }), "{accepted:?}");
    let home = two.bela.core.home().await.unwrap().intercoms[0].intercom.id.clone();

    two.set_time(NOW + 3 * HOUR + 26 * MINUTE);
    let tap = two.bela.press(&home, None, Door::Entrance).await.unwrap();
    let opens = Some(NOW + 3 * HOUR + 38 * MINUTE);
    assert_eq!(tap.state, TapState::Refused { refusal: Refusal::OutsideHours { opens }, opens });
    assert_eq!((&*tap.title, &*tap.detail), ("Outside its hours", "Opens at 14:00, in 12 minutes"));
    let row = two.bela.core.keys(String::new(), KeyFilter::default(), None).await.unwrap().keys.remove(0);
    assert_eq!((&*row.status_words, row.opens), ("Opens at 14:00, in 12 minutes", None));
    let door = two.bela.core.home().await.unwrap().intercoms[0].doors[0].tap.clone();
    assert_eq!(door.title, "Outside its hours", "the refusal stays on the button for a while");

    two.set_time(NOW + 4 * HOUR);
    let tap = two.bela.press(&home, None, Door::Entrance).await.unwrap();
    assert!(matches!(tap.state, TapState::Opened { .. }), "{tap:?}");
    let row = two.bela.core.keys(String::new(), KeyFilter::default(), None).await.unwrap().keys.remove(0);
    assert_eq!((&*row.status_words, row.opens), ("Active", Some(Door::Entrance)));
}

#[tokio::test]
async fn a_link_accepted_out_of_reach_is_nobodys_until_the_intercom_has_answered() {
    let two = two().await;
    let (key, text) = two.afternoon().await;
    two.intercom.set_silent(true);
    let accepted = two.bela.core.accept_link(text, "Béla".into()).await.unwrap();
    let Accepted::Waiting { key: waiting, intercom, told } = accepted else { panic!("{accepted:?}") };
    assert_eq!(told.title, "Not yours yet");
    assert_eq!(two.bela.core.home().await.unwrap().place, Some(intercom), "Home goes there");
    let details = two.bela.core.key(waiting.clone()).await.unwrap();
    assert!(details.is_hearsay);
    assert_eq!(details.row.status_words, "Waiting for the intercom");
    let home = two.bela.core.home().await.unwrap().intercoms.remove(0);
    assert_eq!(home.notes[0].title, "Not yours yet · Cleaner");
    let tap = two.bela.press(&home.intercom.id, None, Door::Entrance).await.unwrap();
    assert!(matches!(tap.state, TapState::Unreachable { .. }), "{tap:?}");
    assert_eq!(tap.detail, "Nothing was sent: the door stays shut");

    two.intercom.set_silent(false);
    two.bela.core.sync().await.unwrap();
    let details = two.bela.core.key(waiting).await.unwrap();
    assert!(!details.is_hearsay);
    assert_eq!(two.bela.core.home().await.unwrap().intercoms[0].notes, []);
    two.anna.core.sync().await.unwrap();
    assert_eq!(two.anna.core.key(key).await.unwrap().row.status_words, "On Béla's phone");
}

#[tokio::test]
async fn a_change_that_waits_says_so_until_the_intercom_has_it() {
    let two = two().await;
    let (key, _) = two.afternoon().await;
    assert_eq!(two.anna.core.key(key.clone()).await.unwrap().delivery_words, "At the intercom");
    two.intercom.set_silent(true);
    let wizard = two.anna.core.edit_key(key.clone()).await.unwrap();
    wizard.set_name("Cleaners");
    wizard.save().await.unwrap();
    let anna = two.anna.restart().await.unwrap();
    let details = anna.core.key(key.clone()).await.unwrap();
    assert_eq!((&*details.row.name, &*details.row.status_words), ("Cleaners", "Waiting for the intercom"));
    let notes = anna.core.home().await.unwrap().intercoms[0].notes.clone();
    assert_eq!(notes[0].title, "1 change waits for the intercom");
    two.intercom.set_silent(false);
    anna.core.sync().await.unwrap();
    assert_eq!(anna.core.key(key).await.unwrap().delivery_words, "At the intercom");
}

#[tokio::test]
async fn whose_clock_is_right_is_asked_and_answered() {
    let two = two().await;
    two.intercom.set_time(NOW - 2 * HOUR);
    two.anna.core.sync().await.unwrap();
    let note = two.anna.core.home().await.unwrap().intercoms[0].notes.remove(0);
    assert_eq!(note.action, NoteAction::AnswerClock);
    assert!(note.title.starts_with("The intercom's clock shows Tuesday, October 12, 2021 at 08:2"), "{}", note.title);
    two.anna.core.answer_clock(two.place.clone(), true).await.unwrap();
    two.anna.core.sync().await.unwrap();
    assert_eq!(two.anna.core.home().await.unwrap().intercoms[0].notes, []);
    assert_eq!(two.anna.core.settings(two.place.clone()).await.unwrap().clock, None);
}

#[tokio::test]
async fn while_home_is_on_screen_news_comes_by_itself() {
    let two = two().await;
    let (key, text) = two.afternoon().await;
    two.bela.core.accept_link(text, "Béla".into()).await.unwrap();
    let _ready = two.anna.core.stay_ready(two.place.clone()).await.unwrap();
    let held = two.anna.until(async |core| {
        let status = core.key(key.clone()).await?.row.status_words;
        Ok((status == "On Béla's phone").then_some(()))
    });
    held.await.unwrap();
}
