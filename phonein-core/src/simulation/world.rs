//! The intercom, its people, and what befalls all of them.

use super::{
    guest::Guest,
    manager::{Manager, pause},
    oracle::{OVER, Oracle},
    phone::Phone,
    tally::Tally,
};
use crate::{
    exchange::fake::{Cut, FakeIntercom},
    unlock::tests::schedule::{dice::Dice, weather::ALL_ARRIVED},
};
use phonein_protocol::{
    grant::SignedGrant,
    id::KeyId,
    intercom::{Store, store::Key},
    link::Link,
};
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::time::{Instant, sleep};

/// A link that nobody uses any more is gone by then.
const LINKS_GONE: Duration = Duration::from_secs(70);

/// The house.
pub(super) struct Place {
    pub(super) intercom: Arc<FakeIntercom>,
    pub(super) oracle: Arc<Mutex<Oracle>>,
    pub(super) began: Instant,
    /// Links that were given away, and that anybody may have got hold of.
    pub(super) links: Mutex<Vec<Link>>,
    /// How much is still to be done.
    left: AtomicU64,
}

impl Place {
    /// The grant that counts there; none of a key that is deleted.
    pub(super) fn stored(&self, id: KeyId) -> Option<SignedGrant> {
        match self.intercom.store().key(id) {
            Ok(Some(Key::Known(record))) => Some(record.grant),
            _ => None,
        }
    }

    fn is_done(&self) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_err()
    }
}

/// What became of a world.
pub(super) struct Life {
    pub(super) tally: Tally,
    /// What people, relays and the disk did, and when.
    pub(super) story: String,
    /// The hash of each message that came to the intercom or left it, and when.
    pub(super) said: [u8; 32],
}

pub(super) struct World {
    place: Arc<Place>,
    managers: Vec<Manager>,
    guests: Vec<Guest>,
    seed: u64,
}

impl World {
    pub(super) async fn new(seed: u64) -> Self {
        let intercom = FakeIntercom::new();
        let oracle = Arc::new(Mutex::new(Oracle::default()));
        let watching = oracle.clone();
        let place = Arc::new(Place {
            intercom,
            oracle,
            began: Instant::now(),
            links: Mutex::default(),
            left: AtomicU64::new(0),
        });
        let mut dice = Dice::new(seed, 0);
        let mut managers = Vec::new();
        for name in ["anna", "bela"] {
            managers.push(Manager::paired(&place, name, &mut dice).await);
        }
        let mut guests = Vec::new();
        for name in ["carol", "david", "edit"] {
            guests.push(Guest { phone: Phone::new(&place, name).await, name });
        }
        place.intercom.watch(move |store, time, opening| watching.lock().unwrap().look(store, time, opening));
        Self { place, managers, guests, seed }
    }

    /// So much is done, by whoever comes to it; then it clears up, and all must agree.
    pub(super) async fn live(self, operations: u64) -> Life {
        self.place.left.store(operations, Ordering::Relaxed);
        let seed = self.seed;
        let manager = |at: usize| self.manager(at, Dice::new(seed, 10 + at as u64));
        let guest = |at: usize| self.guest(at, Dice::new(seed, 20 + at as u64));
        tokio::join!(manager(0), manager(1), guest(0), guest(1), guest(2), self.fate(Dice::new(seed, 30)));
        self.close().await;
        let mut oracle = self.place.oracle.lock().unwrap();
        let (tally, story) = (std::mem::take(&mut oracle.tally), std::mem::take(&mut oracle.story));
        Life { tally, story, said: self.place.intercom.said() }
    }

    async fn manager(&self, at: usize, mut dice: Dice) {
        while !self.place.is_done() {
            self.managers[at].act(&mut dice).await;
            sleep(pause(&mut dice)).await;
        }
    }

    async fn guest(&self, at: usize, mut dice: Dice) {
        while !self.place.is_done() {
            self.guests[at].act(&mut dice).await;
            sleep(pause(&mut dice)).await;
        }
    }

    /// What nobody does.
    async fn fate(&self, mut dice: Dice) {
        while !self.place.is_done() {
            let intercom = &self.place.intercom;
            match dice.roll(10) {
                0 | 1 => intercom.restart(),
                2..=4 => {
                    intercom.cut_at_next_opening(*dice.pick(&[Cut::Relay, Cut::Answer, Cut::Writing]));
                    self.place.oracle.lock().unwrap().tally.count("power cut while it opened");
                }
                5 | 6 => intercom.jump(i64::try_from(dice.roll(20 * 3_600)).unwrap()),
                7 => intercom.jump(-i64::try_from(dice.roll(3 * 3_600)).unwrap()),
                _ => {
                    let phones: Vec<_> = self.phones().collect();
                    dice.pick(&phones).drop_link();
                }
            }
            sleep(pause(&mut dice)).await;
        }
    }

    fn phones(&self) -> impl Iterator<Item = &Phone> {
        let managers = self.managers.iter().map(|manager| &manager.phone);
        managers.chain(self.guests.iter().map(|guest| &guest.phone))
    }

    /// In good weather everybody learns what became of everything.
    async fn close(&self) {
        sleep(ALL_ARRIVED).await;
        for phone in self.phones() {
            phone.clear_up();
            phone.set_clock(0);
        }
        // What the bad weather left behind may spoil the first contacts; and of a tap from before an app's start, by a clock
        // that was set since, is not known that it is over.
        for _ in 0..4 {
            sleep(OVER).await;
            for phone in self.phones() {
                phone.reach().await;
            }
        }
        for manager in &self.managers {
            manager.sync().await;
        }
        for manager in &self.managers {
            manager.check_agrees(&self.place);
        }
        sleep(LINKS_GONE).await;
        self.phones().for_each(Phone::check_rest);
    }
}
