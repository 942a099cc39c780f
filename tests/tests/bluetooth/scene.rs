//! An intercom, its manager, and guests with keys, all near each other.

use std::time::Duration;

use phonein_core::{
    api::{Accepted, ActivityFilter, ActivityShow, KeyFilter, KeyRow, KeyWizard, Tap, TapState},
    text::{
        refusal::Refusal,
        tap::{Door, Via},
    },
    wizard::Uses,
};
use phonein_tests::{
    passage::Traffic,
    phone::{Phone, Pressed},
    process::{IntercomProcess, Serves},
};

use crate::guest;

/// Tuesday, October 12, 2021 at 10:22 in Budapest.
pub(crate) const NOW: i64 = 1_634_026_920;
/// From then on the outcome of a tap is final (docs/protocol.md, section 13), and a little for a slow machine.
pub(crate) const FINAL: Duration = Duration::from_secs(12);

/// An intercom and its manager.
pub(crate) struct Scene {
    pub(crate) intercom: IntercomProcess,
    pub(crate) anna: Phone,
    pub(crate) place: String,
}

/// A guest with a key.
pub(crate) struct Guest {
    pub(crate) phone: Phone,
    pub(crate) place: String,
    /// As Anna's phone names it.
    pub(crate) key: String,
    pub(crate) link: String,
}

impl Scene {
    /// The intercom is on the air, and Anna is near it and paired with it by whatever way there is.
    pub(crate) async fn set(serves: Serves) -> Self {
        guest::here().await;
        guest::power("hci0", true).await;
        guest::turn("hci1").await;
        let mut intercom = IntercomProcess::serving(serves, NOW).await.unwrap();
        intercom.on_air().await.unwrap();
        let anna = Phone::near(NOW, "hci1").await.unwrap();
        let place = anna.pair(&intercom.code(), "Home", "Anna").await.unwrap();
        Self { intercom, anna, place }
    }

    /// The same where the network is gone once they are paired. What is not about pairing begins like this: the guest's kernel
    /// now and then does not survive that a phone connects again at once, as it does after pairing over Bluetooth.
    pub(crate) async fn apart() -> Self {
        let scene = Self::set(Serves::BOTH).await;
        scene.anna.core.sync().await.unwrap();
        scene.intercom.passage.set_traffic(Traffic::Cut);
        scene
    }

    /// A key that Anna makes; its id and its link.
    pub(crate) async fn link(&self, set: impl FnOnce(&KeyWizard)) -> (String, String) {
        let wizard = self.anna.core.new_key(self.place.clone()).await.unwrap();
        wizard.set_name("Neighbour");
        set(&wizard);
        let key = wizard.save().await.unwrap();
        let link = self.anna.core.share(key.clone()).await.unwrap().link;
        self.anna.core.mark_shared(key.clone()).await.unwrap();
        (key, link)
    }

    /// Béla, who accepted the link to such a key at the door. Anna is away from then on.
    pub(crate) async fn guest(&self, set: impl FnOnce(&KeyWizard)) -> Guest {
        let phone = Phone::near(NOW, "hci2").await.unwrap();
        let (key, link) = self.link(set).await;
        self.anna.core.sync().await.unwrap();
        guest::turn("hci2").await;
        let place = accept(&phone, &link).await;
        Guest { phone, place, key, link }
    }

    /// Anna's row of a key.
    pub(crate) async fn row(&self, key: &str) -> KeyRow {
        let keys = self.anna.core.keys(String::new(), KeyFilter::default(), None).await.unwrap().keys;
        keys.into_iter().find(|row| row.id == key).unwrap()
    }

    /// Title and line of everything on Anna's phone, newest first.
    pub(crate) async fn activity(&self) -> Vec<(String, String)> {
        let all = ActivityFilter { intercom: None, show: ActivityShow::All };
        let entries = self.anna.core.activity(all, None).await.unwrap().entries;
        entries.into_iter().map(|entry| (entry.title, entry.line)).collect()
    }

    /// How often its log says that a door opened, and by which way: (Bluetooth, HTTP).
    pub(crate) fn logged_openings(&self) -> (usize, usize) {
        let log = self.intercom.log().unwrap();
        let openings = || log.lines().filter(|line| line.contains("  opened  "));
        let by = |way: &str| openings().filter(|line| line.contains(way)).count();
        assert_eq!(by("  Bluetooth") + by("  HTTP"), openings().count(), "{log}");
        (by("  Bluetooth"), by("  HTTP"))
    }
}

/// Somebody accepts a link, and gets the key; the intercom on their phone.
pub(crate) async fn accept(phone: &Phone, link: &str) -> String {
    let accepted = phone.core.accept_link(link.to_owned(), "Béla".into()).await.unwrap();
    assert!(matches!(accepted, Accepted::Added { .. }), "{accepted:?}");
    phone.core.intercoms().await.unwrap().remove(0).id
}

/// So many uses.
pub(crate) fn uses(count: i32) -> impl FnOnce(&KeyWizard) {
    move |wizard| {
        wizard.set_unlimited(false);
        wizard.set_uses(Uses::Times { count });
        wizard.set_inner_door(true);
    }
}

/// Presses the entrance's button, which opens and shuts again; by which way.
pub(crate) async fn opens(phone: &Phone, place: &str) -> Via {
    opens_door(phone, place, Door::Entrance).await
}

/// The same of any door.
pub(crate) async fn opens_door(phone: &Phone, place: &str, door: Door) -> Via {
    let mut pressed = phone.start_press(place, None, door).await.unwrap();
    let by = opened_by(&pressed.end().await.unwrap());
    pressed.over().await.unwrap();
    by
}

/// The way by which a tap opened the door, as it did.
pub(crate) fn opened_by(tap: &Tap) -> Via {
    match tap.state {
        TapState::Opened { by, .. } => by,
        _ => panic!("was to open: {tap:?}"),
    }
}

/// Presses the entrance's button, and is refused.
pub(crate) async fn refused(phone: &Phone, place: &str) -> Refusal {
    let tap = phone.press(place, None, Door::Entrance).await.unwrap();
    match tap.state {
        TapState::Refused { refusal, .. } => refusal,
        _ => panic!("was to be refused: {tap:?}"),
    }
}

/// Waits until a tap has got so far, or ended.
pub(crate) async fn is_at(pressed: &mut Pressed, state: &TapState) -> Tap {
    loop {
        let (tap, is_final) = pressed.next().await.unwrap();
        if tap.state == *state || is_final {
            return tap;
        }
    }
}
