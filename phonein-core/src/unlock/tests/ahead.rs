//! What is sealed while the wallet still writes.

use std::{
    sync::{
        Condvar, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use super::*;
use crate::keys::{DeviceKeys, DeviceKeysError, Keystore, PhoneKey};

/// A wallet whose disk takes its time once the draft of a tap was handed out, and then takes it or not.
struct SlowDisk {
    journal: Arc<MemoryJournal>,
    takes: Mutex<Option<bool>>,
    decided: Condvar,
}

impl SlowDisk {
    fn new() -> Arc<Self> {
        Arc::new(Self { journal: MemoryJournal::new(), takes: Mutex::default(), decided: Condvar::new() })
    }

    fn decide(&self, takes: bool) {
        *self.takes.lock().unwrap() = Some(takes);
        self.decided.notify_all();
    }
}

impl TapJournal for SlowDisk {
    fn begin(&self, wish: &Wish, signer: &PhoneKey, draft: &mut dyn FnMut(&[u8])) -> Result<Begun, JournalError> {
        let begun = self.journal.begin(wish, signer, draft);
        let takes = self.decided.wait_while(self.takes.lock().unwrap(), |takes| takes.is_none()).unwrap();
        if *takes == Some(true) { begun } else { Err(JournalError { reason: "the disk is full".into() }) }
    }
    fn renumber(&self, number: u64, last: u64, wish: &Wish, signer: &PhoneKey) -> Result<TapRecord, JournalError> {
        self.journal.renumber(number, last, wish, signer)
    }
    fn answered(&self, number: u64, answer: &Answer, via: Via) -> Result<(), JournalError> {
        self.journal.answered(number, answer, via)
    }
    fn unheard(&self, number: u64, ending: Unheard) -> Result<(), JournalError> {
        self.journal.unheard(number, ending)
    }
    fn unsettled(&self) -> Result<Option<TapRecord>, JournalError> {
        self.journal.unsettled()
    }
    fn settled(&self, number: u64, settled: Settled, via: Via) -> Result<(), JournalError> {
        self.journal.settled(number, settled, via)
    }
}

/// Counts what it signs.
#[derive(Default)]
struct CountingKeys(AtomicUsize);

impl DeviceKeys for CountingKeys {
    fn create(&self, alias: String) -> Result<Vec<u8>, DeviceKeysError> {
        FakeKeys.create(alias)
    }
    fn sign(&self, alias: String, text: Vec<u8>) -> Result<Vec<u8>, DeviceKeysError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        FakeKeys.sign(alias, text)
    }
    fn forget(&self, alias: String) -> Result<(), DeviceKeysError> {
        FakeKeys.forget(alias)
    }
    fn wrapping_key(&self) -> Result<Vec<u8>, DeviceKeysError> {
        FakeKeys.wrapping_key()
    }
}

/// A manager whose wallet is slow, with a HELLO at hand.
struct Slow {
    intercom: Arc<FakeIntercom>,
    line: Arc<Line>,
    disk: Arc<SlowDisk>,
    taps: Taps,
    keys: Arc<CountingKeys>,
    hellos: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
}

impl Slow {
    async fn new() -> Self {
        let (intercom, anna) = managed(|_| vec![]).await;
        let (keys, hellos, requests) = <(Arc<CountingKeys>, Arc<AtomicUsize>, Arc<AtomicUsize>)>::default();
        let key = PhoneKey::new(Keystore::new(keys.clone()), "anna".into(), *anna.key().public());
        let counted = (hellos.clone(), requests.clone());
        let way = FakeTransport::weathered(&intercom, Via::Http, move |leg| {
            let count = |counter: &AtomicUsize| counter.fetch_add(1, Ordering::SeqCst);
            match leg {
                Leg::Hello => count(&counted.0),
                Leg::Req => count(&counted.1),
                Leg::Res => 0,
            };
            FINE
        });
        let line = Arc::new(Line::new(intercom.public(), key, vec![way]));
        line.prefetch().await;
        let disk = SlowDisk::new();
        let taps = Taps::new(line.clone(), disk.clone());
        Self { intercom, line, disk, taps, keys, hellos, requests }
    }

    /// Until the tap is signed, and for as long again as a request takes to arrive and much more.
    async fn until_sealed(&self) {
        // A thread that waits for the disk holds the test's clock, so it is moved by hand.
        while self.keys.0.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
            thread::sleep(ms(1));
        }
        for _ in 0..50 {
            tokio::time::advance(ms(10)).await;
            thread::sleep(ms(1));
        }
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

/// A thread that still waits for the disk would hold up the end of a test that failed.
impl Drop for Slow {
    fn drop(&mut self) {
        self.disk.decide(false);
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_sealed_ahead_leaves_once_the_tap_is_on_disk_and_not_before() {
    for is_on_own_thread in [false, true] {
        let slow = Slow::new().await;
        let mut pressed = if is_on_own_thread {
            let (pressed, write) = slow.taps.press_here(ENTRANCE).unwrap();
            tokio::task::spawn_blocking(write);
            pressed
        } else {
            slow.taps.press(ENTRANCE).unwrap()
        };
        slow.until_sealed().await;
        assert_eq!((slow.requests(), slow.intercom.openings().len()), (0, 0), "it left before it was on disk");
        slow.disk.decide(true);
        assert_eq!(end(&mut pressed).await.0, opened(Door::Entrance, Via::Http));
        assert_eq!((slow.requests(), slow.intercom.openings().len()), (1, 1));
        assert_eq!(slow.keys.0.load(Ordering::SeqCst), 1, "it was sealed once");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_sealed_ahead_never_leaves_if_the_tap_is_not_on_disk() {
    let slow = Slow::new().await;
    let mut pressed = slow.taps.press(ENTRANCE).unwrap();
    slow.until_sealed().await;
    slow.disk.decide(false);
    assert_eq!(end(&mut pressed).await.0, unreachable(Fault::Wallet));
    sleep(ms(20_000)).await;
    assert_eq!((slow.requests(), slow.intercom.openings().len()), (0, 0));
    // One HELLO, one frame: the next request has a fresh one.
    assert_eq!(slow.hellos.load(Ordering::SeqCst), 1);
    slow.line.prefetch().await;
    assert_eq!(slow.hellos.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn a_tap_that_is_cancelled_while_the_wallet_writes_is_never_sent() {
    let slow = Slow::new().await;
    let mut pressed = slow.taps.press(ENTRANCE).unwrap();
    slow.until_sealed().await;
    pressed.cancel.cancel();
    slow.disk.decide(true);
    assert_eq!(end(&mut pressed).await.0, Ending::Cancelled);
    sleep(ms(20_000)).await;
    assert_eq!((slow.requests(), slow.intercom.openings().len()), (0, 0));
}
