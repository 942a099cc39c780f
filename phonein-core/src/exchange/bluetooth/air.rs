//! What all ways over Bluetooth share: the one radio, which of them scans, which device is whose.
//!
//! A phone's radio scans badly while it connects and connects badly while it scans, and a second scan of the same app is
//! an error. So there is one scan for all that look for something, and it pauses while anybody connects.

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::{OwnedMutexGuard, broadcast, watch},
    time::{Instant, timeout},
};

use super::{
    super::Fault,
    book::Book,
    radio::{PeripheralId, Radio, Sighting},
    way,
};
use crate::host::Spawner;

/// Beginning and ending a scan; afterwards it counts as done.
const SWITCH_LIMIT: Duration = Duration::from_secs(2);
/// What was seen so lately counts as seen now.
const RECENT: Duration = Duration::from_secs(2);
/// So many devices seen lately are remembered: in a crowd, the last ones.
const MOST_RECENT: usize = 64;
/// Whether the radio can be used is known within this.
const CHECK_LIMIT: Duration = Duration::from_secs(1);

/// The radio and who uses it for what.
pub(crate) struct Air {
    pub(super) radio: Arc<dyn Radio>,
    wanted: watch::Sender<Wanted>,
    /// Where the scanner tells how far it is; it takes this along when it starts.
    scanning: watch::Receiver<Scanning>,
    unstarted: Mutex<Option<watch::Sender<Scanning>>>,
    handed_on: Mutex<Option<HandedOn>>,
    places: Mutex<HashMap<PeripheralId, Arc<Place>>>,
    lately: Arc<Mutex<Lately>>,
}

/// What was seen lately, and when; the oldest first.
type Lately = VecDeque<(Sighting, Instant)>;

/// What pairing leaves to the way that speaks to the intercom from then on: the link, if it is still there.
#[derive(Default)]
pub(super) struct HandedOn {
    pub(super) intercom: [u8; 32],
    pub(super) slot: Arc<tokio::sync::Mutex<way::Place>>,
    pub(super) book: Book,
}

/// How many want what of the radio.
#[derive(Clone, Copy, Debug, Default)]
struct Wanted {
    seekers: usize,
    connecting: usize,
    /// How many searches there were.
    searches: u64,
}

/// How far the scanner is.
#[derive(Clone, Debug, Default)]
struct Scanning {
    is_on: bool,
    /// Why it cannot scan, for searches up to this one.
    failed: Option<(u64, Fault)>,
}

/// Who may connect to a device: one way at a time.
#[derive(Debug, Default)]
struct Place {
    taken: Arc<tokio::sync::Mutex<()>>,
    /// Whoever has it is about to leave.
    is_leaving: AtomicBool,
}

impl Air {
    pub(crate) fn new(radio: Arc<dyn Radio>) -> Arc<Self> {
        let (told, scanning) = watch::channel(Scanning::default());
        Arc::new(Self {
            radio,
            wanted: watch::Sender::new(Wanted::default()),
            scanning,
            unstarted: Mutex::new(Some(told)),
            handed_on: Mutex::default(),
            places: Mutex::default(),
            lately: Arc::default(),
        })
    }

    /// Looks for devices until it is dropped.
    pub(super) fn seek(&self) -> Seek<'_> {
        let sightings = self.radio.sightings();
        if let Some(told) = lock(&self.unstarted).take() {
            Spawner::on(self.radio.runtime()).leave(scan(self.radio.clone(), self.wanted.subscribe(), told));
            Spawner::here().leave(remember(self.radio.sightings(), Arc::downgrade(&self.lately)));
        }
        let mut search = 0;
        self.wanted.send_modify(|wanted| {
            wanted.seekers += 1;
            wanted.searches += 1;
            search = wanted.searches;
        });
        let recent = lock(&self.lately).iter().filter(|(_, at)| at.elapsed() < RECENT).cloned().collect();
        Seek { air: self, search, recent, sightings, scanning: self.scanning.clone() }
    }

    /// Waits until nothing scans; nothing will as long as the guard is held.
    pub(super) async fn quiet(&self) -> Quiet<'_> {
        self.wanted.send_modify(|wanted| wanted.connecting += 1);
        let quiet = Quiet(self);
        let mut scanning = self.scanning.clone();
        // A stack that does not stop is no reason not to try; the scanner itself ends when the air is gone.
        let _ = timeout(SWITCH_LIMIT, scanning.wait_for(|scanning| !scanning.is_on)).await;
        quiet
    }

    /// The place at a device; `None` if another way is connected there. Who is leaving is waited for.
    pub(super) async fn place(self: &Arc<Self>, peripheral: &PeripheralId) -> Option<Taken> {
        let place = {
            let mut places = lock(&self.places);
            // A place that nobody has or waits for is like any other.
            places.retain(|_, place| Arc::strong_count(place) > 1);
            places.entry(peripheral.clone()).or_default().clone()
        };
        let taken = match place.taken.clone().try_lock_owned() {
            Ok(taken) => taken,
            Err(_) if place.is_leaving.load(Ordering::Acquire) => place.taken.clone().lock_owned().await,
            Err(_) => return None,
        };
        place.is_leaving.store(false, Ordering::Release);
        Some(Taken { place, _taken: taken })
    }

    /// Keeps what the last pairing left.
    pub(super) fn hand_on(&self, handed_on: HandedOn) {
        *lock(&self.handed_on) = Some(handed_on);
    }

    /// What was left for the way to this intercom.
    pub(super) fn take_on(&self, intercom: &[u8; 32]) -> Option<HandedOn> {
        lock(&self.handed_on).take_if(|handed_on| handed_on.intercom == *intercom)
    }

    /// Why nothing can be found, if it is the radio.
    pub(super) async fn check(&self) -> Result<(), Fault> {
        timeout(CHECK_LIMIT, self.radio.check()).await.unwrap_or(Ok(()))
    }
}

/// Scans while somebody looks for something and nobody connects. Ends with the air.
async fn scan(radio: Arc<dyn Radio>, mut wanted: watch::Receiver<Wanted>, told: watch::Sender<Scanning>) {
    loop {
        let now = *wanted.borrow_and_update();
        let is_on = told.borrow().is_on;
        if now.seekers > 0 && now.connecting == 0 {
            if !is_on {
                let started = timeout(SWITCH_LIMIT, radio.start_scan()).await.unwrap_or(Err(Fault::Silent));
                told.send_modify(|scanning| {
                    scanning.is_on = started.is_ok();
                    scanning.failed = started.err().map(|fault| (now.searches, fault));
                });
            }
        } else if is_on {
            if timeout(SWITCH_LIMIT, radio.stop_scan()).await.is_err() {
                tracing::warn!("the Bluetooth scan does not stop");
            }
            told.send_modify(|scanning| scanning.is_on = false);
        }
        if wanted.changed().await.is_err() {
            if told.borrow().is_on {
                let _ = timeout(SWITCH_LIMIT, radio.stop_scan()).await;
            }
            return;
        }
    }
}

/// Keeps what was seen lately, so that a search begins with what another one saw a moment ago.
async fn remember(mut sightings: broadcast::Receiver<Sighting>, lately: Weak<Mutex<Lately>>) {
    loop {
        match sightings.recv().await {
            Ok(sighting) => {
                let Some(lately) = lately.upgrade() else { return };
                note(&mut lock(&lately), sighting);
            }
            Err(broadcast::error::RecvError::Lagged(_)) => {}
            Err(broadcast::error::RecvError::Closed) => return,
        }
    }
}

fn note(lately: &mut Lately, sighting: Sighting) {
    lately.retain(|(seen, at)| seen.peripheral != sighting.peripheral && at.elapsed() < RECENT);
    if lately.len() >= MOST_RECENT {
        lately.pop_front();
    }
    lately.push_back((sighting, Instant::now()));
}

/// A search under way.
pub(super) struct Seek<'a> {
    air: &'a Air,
    search: u64,
    recent: Vec<(Sighting, Instant)>,
    sightings: broadcast::Receiver<Sighting>,
    scanning: watch::Receiver<Scanning>,
}

impl Seek<'_> {
    /// The next device that is seen, or why none can be.
    pub(super) async fn next(&mut self) -> Result<Sighting, Fault> {
        if let Some((sighting, _)) = self.recent.pop() {
            return Ok(sighting);
        }
        let search = self.search;
        loop {
            tokio::select! {
                biased;
                seen = self.sightings.recv() => match seen {
                    Ok(sighting) => return Ok(sighting),
                    // They are repeated.
                    Err(broadcast::error::RecvError::Lagged(_)) => {}
                    Err(broadcast::error::RecvError::Closed) => return Err(Fault::BluetoothMissing),
                },
                scanning = self.scanning.wait_for(|scanning| matches!(scanning.failed, Some((last, _)) if last >= search)) => {
                    let failed = scanning.ok().and_then(|scanning| scanning.failed.clone());
                    return Err(failed.map_or(Fault::BluetoothMissing, |(_, fault)| fault));
                }
            }
        }
    }
}

impl Drop for Seek<'_> {
    fn drop(&mut self) {
        self.air.wanted.send_modify(|wanted| wanted.seekers = wanted.seekers.saturating_sub(1));
    }
}

/// As long as it is held nothing scans.
pub(super) struct Quiet<'a>(&'a Air);

impl Drop for Quiet<'_> {
    fn drop(&mut self) {
        self.0.wanted.send_modify(|wanted| wanted.connecting = wanted.connecting.saturating_sub(1));
    }
}

/// The place at a device, until it is dropped.
pub(super) struct Taken {
    place: Arc<Place>,
    _taken: OwnedMutexGuard<()>,
}

impl Taken {
    /// It will be free soon: who wants it may wait.
    pub(super) fn leave_soon(&self) {
        self.place.is_leaving.store(true, Ordering::Release);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::{super::simulated::SimulatedRadio, *};

    fn crowd() -> impl Iterator<Item = PeripheralId> {
        (0..10_000).map(|n| PeripheralId(format!("stranger {n}")))
    }

    #[tokio::test(start_paused = true)]
    async fn a_crowd_leaves_no_places_behind_and_takes_nobodys() {
        let air = Air::new(SimulatedRadio::new([]));
        let door = PeripheralId("door".into());
        let taken = air.place(&door).await.unwrap();
        for stranger in crowd() {
            drop(air.place(&stranger).await.unwrap());
        }
        assert!(lock(&air.places).len() <= 2);
        assert!(air.place(&door).await.is_none(), "it is still taken");
        drop(taken);
        assert!(air.place(&door).await.is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn of_a_crowd_the_last_ones_are_remembered() {
        let mut lately = Lately::new();
        for peripheral in crowd() {
            note(&mut lately, Sighting { peripheral, advert: None });
        }
        assert_eq!(lately.len(), MOST_RECENT);
        assert_eq!(lately.back().unwrap().0.peripheral, crowd().last().unwrap());
    }
}
