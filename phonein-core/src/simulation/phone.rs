//! A phone: its wallet, its clock, and the ways that lead to the intercom from where it is.

use super::{
    oracle::{OVER, Oracle},
    world::Place,
};
use crate::{
    api::journal::Journal,
    clock::Clock,
    exchange::{
        Air, BluetoothTransport, Line, Transport, Via,
        fake::{BEGIN, FakeTransport, phone},
        simulated::{Device, SimulatedRadio},
    },
    keys::PhoneKey,
    sync::{Setting, SyncError, sync},
    unlock::{
        Ending, Progress, Taps, Wish,
        tests::schedule::{
            dice::Dice,
            weather::{Mood, Sky},
        },
    },
    wallet::{IntercomId, Wallet},
};
use phonein_protocol::{
    id::{Door, Kid},
    message::Outcome,
};
use std::{
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use tempfile::TempDir;
use tokio::time::{Instant, sleep, timeout};

pub(super) struct Phone {
    pub(super) wallet: Arc<Wallet>,
    _directory: TempDir,
    pub(super) key: PhoneKey,
    pub(super) clock: Arc<PhoneClock>,
    place: Arc<Place>,
    sky: Sky,
    radio: Arc<SimulatedRadio>,
    air: Arc<Air>,
    contact: Mutex<Option<Contact>>,
    /// One sync at a time, as the app has it.
    syncs: tokio::sync::Mutex<()>,
}

/// The line to the intercom, once the wallet knows it.
#[derive(Clone)]
struct Contact {
    intercom: IntercomId,
    line: Arc<Line>,
    taps: Arc<Taps>,
}

/// A phone's clock, which its person sets as they like.
pub(super) struct PhoneClock {
    began: Instant,
    ahead_ms: AtomicI64,
}

impl Clock for PhoneClock {
    fn now_ms(&self) -> i64 {
        let elapsed = i64::try_from(self.began.elapsed().as_millis()).unwrap();
        BEGIN * 1_000 + elapsed + self.ahead_ms.load(Ordering::Relaxed)
    }
}

impl Phone {
    pub(super) async fn new(place: &Arc<Place>, name: &str) -> Self {
        // Nothing here is to outlive the power of this computer.
        let directory = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let wallet = Wallet::open(directory.path(), [9; 32]).unwrap();
        let radio = SimulatedRadio::new([]);
        let clock = Arc::new(PhoneClock { began: place.began, ahead_ms: AtomicI64::new(0) });
        Self {
            wallet: Arc::new(wallet),
            _directory: directory,
            key: phone(name).await,
            clock,
            place: place.clone(),
            sky: Sky::default(),
            air: Air::new(radio.clone()),
            radio,
            contact: Mutex::new(None),
            syncs: tokio::sync::Mutex::new(()),
        }
    }

    pub(super) fn kid(&self) -> Kid {
        self.key.kid()
    }

    pub(super) fn oracle(&self) -> MutexGuard<'_, Oracle> {
        self.place.oracle.lock().unwrap()
    }

    pub(super) fn place(&self) -> &Arc<Place> {
        &self.place
    }

    /// The intercom in its wallet.
    pub(super) fn intercom(&self) -> IntercomId {
        self.contact().expect("it has an intercom").intercom
    }

    /// Whether the app has begun to speak with the intercom.
    pub(super) fn has_contact(&self) -> bool {
        self.contact().is_some()
    }

    fn contact(&self) -> Option<Contact> {
        self.contact.lock().unwrap().clone()
    }

    /// The app begins anew, or knows the intercom from now on.
    pub(super) fn restart_app(&self, dice: &mut Dice) {
        let Some(known) = self.wallet.intercom_of(&self.place.intercom.public()).unwrap() else { return };
        let ways = self.ways(dice);
        let line = Arc::new(Line::new(self.place.intercom.public(), self.key.clone(), ways));
        let journal = Arc::new(Journal::new(self.wallet.clone(), self.clock.clone(), known.id));
        let taps = Arc::new(Taps::new(line.clone(), journal));
        *self.contact.lock().unwrap() = Some(Contact { intercom: known.id, line, taps });
    }

    /// Its person went somewhere else: other weather on both ways.
    pub(super) fn go(&self, dice: &mut Dice) {
        if let Some(contact) = self.contact() {
            contact.line.reroute(self.ways(dice));
        }
    }

    fn ways(&self, dice: &mut Dice) -> Vec<Arc<dyn Transport>> {
        let intercom = &self.place.intercom;
        let [http, bluetooth] = [Mood::roll(dice), Mood::roll(dice)];
        let device = Device::new("door", intercom).with_mtu(*dice.pick(&[23, 185, 185, 517]));
        let seed = dice.roll(u64::MAX);
        self.radio.surround([device.weathered(self.sky.bluetooth(seed, bluetooth))]);
        let http = self.sky.http(seed, http, false);
        vec![
            FakeTransport::weathered(intercom, Via::Http, http),
            Arc::new(BluetoothTransport::to(self.air.clone(), intercom.public())),
        ]
    }

    /// From now on nothing goes wrong.
    pub(super) fn clear_up(&self) {
        self.sky.clear_up();
    }

    pub(super) fn set_clock(&self, ahead_ms: i64) {
        self.clock.ahead_ms.store(ahead_ms, Ordering::Relaxed);
    }

    pub(super) fn drop_link(&self) {
        self.radio.drop_link("door");
    }

    /// A HELLO at hand, as while Home shows.
    pub(super) async fn prefetch(&self) {
        if let Some(contact) = self.contact() {
            contact.line.prefetch().await;
        }
    }

    /// Presses, perhaps gives up, and holds what the person is told against what happened.
    pub(super) async fn press(&self, wish: Wish, gives_up_after: Option<Duration>) -> Option<Ending> {
        let contact = self.contact()?;
        let (began, before) = (Instant::now(), self.numbers(contact.intercom, wish.door()));
        self.oracle().pressed(self.kid());
        let door = wish.door();
        let Ok(mut pressed) = contact.taps.press(wish) else { return None };
        let ended = async {
            let mut ended = None;
            while let Some(next) = pressed.progress.recv().await {
                if let Progress::Ended { ending, .. } = next {
                    assert!(ended.replace(ending).is_none(), "one ending");
                }
            }
            ended.expect("no ending")
        };
        let gives_up = async {
            match gives_up_after {
                Some(after) => sleep(after).await,
                None => std::future::pending().await,
            }
            pressed.cancel.cancel();
            std::future::pending::<()>().await;
        };
        let ended = async {
            tokio::select! {
                biased;
                ended = ended => ended,
                () = gives_up => unreachable!("it never ends by itself"),
            }
        };
        let ending = timeout(OVER + Duration::from_millis(1), ended).await.expect("a tap that does not end in time");
        self.check_ending(door, &ending, contact.intercom, began, &before);
        Some(ending)
    }

    /// The number of the last tap on that door.
    fn numbers(&self, intercom: IntercomId, door: Option<Door>) -> Vec<u64> {
        let taps = self.wallet.taps(intercom).unwrap();
        taps.into_iter().filter(|tap| tap.door == door).map(|tap| tap.number).collect()
    }

    fn check_ending(&self, door: Option<Door>, ending: &Ending, intercom: IntercomId, began: Instant, before: &[u64]) {
        // A press may end before it has a number of its own.
        let tap = self.numbers(intercom, door).into_iter().find(|number| !before.contains(number));
        let mut oracle = self.oracle();
        oracle.tell(&format!("{:?} {tap:?} {door:?} {ending:?}", self.kid()));
        let what = match ending {
            Ending::Opened { .. } => {
                // An open door was pressed again, or it opened for this tap, which may have been in hand before.
                let is_open = oracle.opened_since(self.kid(), began.checked_sub(2 * OVER).unwrap_or(began));
                assert!(is_open, "told that it opened, and it had not");
                "told: opened"
            }
            Ending::Refused { .. } => "told: refused",
            Ending::Unreachable { .. } => "told: unreachable",
            Ending::Cancelled => "told: cancelled",
            Ending::NoAnswer { .. } => "told: no answer",
            Ending::Accepted { .. } => "told: accepted",
            Ending::Busy => "told: busy",
        };
        oracle.tally.count(what);
        let is_certain = match ending {
            // The use is spent, and the door may have moved.
            Ending::Refused { outcome, .. } => *outcome != Outcome::Interrupted,
            Ending::Unreachable { .. } | Ending::Cancelled => true,
            _ => false,
        };
        if let (true, Some(tap)) = (is_certain, tap) {
            oracle.never_opens(self.kid(), tap);
        }
    }

    /// As the app does whenever the intercom can be reached: an earlier tap is settled, links are told, the rest is synced.
    /// Whether all of it was done.
    pub(super) async fn reach(&self) -> bool {
        let _alone = self.syncs.lock().await;
        let Some(contact) = self.contact() else { return true };
        if contact.taps.settle().await.is_err() {
            return false;
        }
        for claim in self.wallet.claims(contact.intercom).unwrap() {
            // Whoever asks again and again is slowed.
            if self.wallet.key(claim.id).unwrap().claim_outcome.is_some() {
                continue;
            }
            let wish = Wish::Claim { grant: claim.grant, secret: claim.secret, name: claim.name, door: None };
            if matches!(self.press(wish, None).await, Some(Ending::Unreachable { .. } | Ending::NoAnswer { .. })) {
                return false;
            }
        }
        let now = || self.clock.now();
        let (wallet, intercom) = (&self.wallet, contact.intercom);
        match sync(Setting { wallet, intercom, phone_zone: "Europe/Budapest", now: &now }, &*contact.line).await {
            Ok(_) => true,
            Err(SyncError::Unreached(_)) => false,
            Err(other) => panic!("{other:?}"),
        }
    }

    /// Nothing is left of what was going on.
    pub(super) fn check_rest(&self) {
        assert_eq!(self.radio.misuses(), [""; 0]);
        assert!(self.radio.links() == 0 && !self.radio.is_scanning(), "a link or a scan is left");
        if let Some(contact) = self.contact() {
            let left = self.wallet.tap_in_hand(contact.intercom).unwrap();
            let story = self.oracle().story.clone();
            let own = story.lines().filter(|line| line.contains(&format!("{:?}", self.kid())));
            let own: Vec<_> = own.collect();
            assert_eq!(left, None, "nobody knows what became of a tap: {own:#?}");
        }
    }
}
