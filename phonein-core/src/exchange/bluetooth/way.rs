//! The way to one intercom over Bluetooth.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use async_trait::async_trait;
use phonein_protocol::session::{Hello, TransportError};
use tokio::{
    sync::{Mutex as Slot, OwnedMutexGuard, oneshot, watch},
    time::{Instant, sleep, sleep_until, timeout},
};

use super::{
    super::{Fault, IsAnswer, Transport, Unanswered, Via},
    air::{Air, HandedOn},
    book::Book,
    choice::Sought,
    connection::Connection,
    search::{SEARCH_LIMIT, Search},
};
use crate::host::Spawner;

/// From writing the REQ to its RES.
const ANSWER_LIMIT: Duration = Duration::from_secs(3);
/// An intercom that kept silent for so long may have stood still and go on: its link is worth a HELLO that comes within this.
/// Ending a link and making another takes seconds, and a tap has seven.
const REVIVAL_LIMIT: Duration = Duration::from_secs(1);
/// Somebody who gave up may come back so soon, a tap after a pull: until then the search goes on.
const COMES_BACK: Duration = Duration::from_secs(1);
/// A link is let go of when nobody used it for so long.
const IDLE_LIMIT: Duration = Duration::from_mins(1);

/// The way to one intercom over Bluetooth, with at most one link, which stays for a minute after its last use.
pub struct BluetoothTransport {
    inner: Arc<Inner>,
}

struct Inner {
    air: Arc<Air>,
    sought: Sought,
    book: Mutex<Book>,
    slot: Arc<Slot<Place>>,
    /// How many wait for a HELLO.
    waiting: watch::Sender<usize>,
    /// Whether a search has found somebody to connect to.
    connecting: watch::Sender<bool>,
}

/// Where the link is kept.
#[derive(Default)]
pub(super) struct Place {
    kept: Option<Kept>,
    /// When the last search in vain began, and why it was.
    failed: Option<(Instant, Fault)>,
}

/// The link there is.
struct Kept {
    connection: Connection,
    used: Instant,
    /// The last request was told that its HELLO no longer counts.
    was_stale: bool,
    /// The last request was not answered.
    is_late: bool,
}

impl BluetoothTransport {
    /// The way to the intercom with this public key.
    pub(crate) fn to(air: Arc<Air>, intercom: [u8; 32]) -> Self {
        let HandedOn { slot, book, .. } = air.take_on(&intercom).unwrap_or_default();
        Self::new(air, Sought::Intercom(intercom), slot, book)
    }

    /// The way to an intercom whose key is not known yet.
    pub(crate) fn unpaired(air: Arc<Air>) -> Self {
        Self::new(air, Sought::Unpaired, Arc::default(), Book::default())
    }

    fn new(air: Arc<Air>, sought: Sought, slot: Arc<Slot<Place>>, book: Book) -> Self {
        let (waiting, connecting) = (watch::Sender::new(0), watch::Sender::new(false));
        let inner = Inner { air, sought, book: Mutex::new(book), slot, waiting, connecting };
        Self { inner: Arc::new(inner) }
    }
}

#[async_trait]
impl Transport for BluetoothTransport {
    fn via(&self) -> Via {
        Via::Bluetooth
    }

    fn is_ready(&self) -> bool {
        let kept = self.inner.slot.try_lock();
        kept.is_ok_and(|place| place.kept.as_ref().is_some_and(|kept| kept.connection.is_ready()))
    }

    async fn hello(&self) -> Result<[u8; Hello::LEN], Fault> {
        let began = Instant::now();
        let _waits = Waits::new(&self.inner.waiting);
        let mut slot = self.inner.slot.clone().lock_owned().await;
        if let Some(hello) = self.inner.on_link(&mut slot.kept).await {
            return Ok(hello);
        }
        // A search that was under way already, for about as long as this one would be.
        if let Some((searched, fault)) = &slot.failed
            && *searched + COMES_BACK > began
            && began.elapsed() > COMES_BACK
        {
            return Err(fault.clone());
        }
        let (tell, told) = oneshot::channel();
        Spawner::here().leave(self.inner.clone().reach(slot, began + SEARCH_LIMIT, tell));
        told.await.unwrap_or(Err(Fault::Silent))
    }

    async fn request(&self, req: &[u8], is_answer: IsAnswer<'_>) -> Result<Vec<u8>, Unanswered> {
        let mut slot = self.inner.slot.clone().lock_owned().await;
        let Some(kept) = slot.kept.as_mut().filter(|kept| kept.connection.is_ready()) else {
            // The link dropped since: the next one brings its own HELLO.
            return Err(Unanswered::unsent(Fault::Stale));
        };
        kept.used = Instant::now();
        let answer = timeout(ANSWER_LIMIT, kept.connection.exchange(req, is_answer)).await;
        let answer = answer.unwrap_or(Err(Unanswered::sent(Fault::Silent)));
        let hint = answer.as_ref().map(|message| TransportError::parse(message));
        let was_stale = std::mem::replace(&mut kept.was_stale, hint == Ok(Some(TransportError::Stale)));
        match hint {
            // Whoever asked reads it, and judges.
            Ok(None | Some(TransportError::Malformed)) => {}
            Ok(Some(TransportError::Stale)) if !was_stale => {}
            Err(_) if !kept.connection.is_open() => {
                // Radio links drop: the device is still the one to connect to.
                slot.kept = None;
            }
            Err(_) if self.inner.book().known() == Some(kept.connection.peripheral()) => kept.is_late = true,
            // It may be no intercom at all: another one first, the next time.
            Ok(Some(_)) | Err(_) => {
                self.inner.book().fail(kept.connection.peripheral());
                slot.kept = None;
            }
        }
        answer
    }

    fn connecting(&self) -> Option<watch::Receiver<bool>> {
        Some(self.inner.connecting.subscribe())
    }

    fn paired(&self, intercom: &[u8; 32]) {
        let book = std::mem::take(&mut *self.inner.book());
        self.inner.air.hand_on(HandedOn { intercom: *intercom, slot: self.inner.slot.clone(), book });
    }

    fn judge(&self, is_genuine: bool) -> bool {
        // Nobody else is at it right after a request.
        if let Ok(mut slot) = self.inner.slot.try_lock()
            && let Some(kept) = slot.kept.as_ref()
        {
            let peripheral = kept.connection.peripheral();
            if is_genuine {
                self.inner.book().trust(peripheral);
            } else {
                self.inner.book().expose(peripheral);
                slot.kept = None;
            }
        }
        true
    }
}

impl Inner {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A HELLO on the link there is; a link that brings none is ended.
    async fn on_link(&self, place: &mut Option<Kept>) -> Option<[u8; Hello::LEN]> {
        let kept = place.as_mut()?;
        if kept.connection.is_renewable() {
            let renewing = kept.connection.renew();
            let renewed = if kept.is_late {
                timeout(REVIVAL_LIMIT, renewing).await.unwrap_or(Err(Fault::Silent))
            } else {
                renewing.await
            };
            if let Ok(hello) = renewed {
                (kept.used, kept.is_late) = (Instant::now(), false);
                return Some(hello);
            }
            self.book().fail(kept.connection.peripheral());
        }
        *place = None;
        None
    }

    /// Finds the intercom and connects, on behalf of whoever waits. It goes on for a moment after they gave up: another
    /// one may come.
    async fn reach(
        self: Arc<Self>,
        mut slot: OwnedMutexGuard<Place>,
        until: Instant,
        tell: oneshot::Sender<Result<[u8; Hello::LEN], Fault>>,
    ) {
        let began = Instant::now();
        let (air, sought, book, connecting) = (&self.air, self.sought, &self.book, &self.connecting);
        let search = Search { air, sought, book, connecting, until };
        let found = tokio::select! {
            biased;
            found = search.run() => Some(found),
            () = nobody(self.waiting.subscribe()) => None,
        };
        self.connecting.send_replace(false);
        let (mut connection, hello) = match found {
            None => return,
            Some(Ok(found)) => found,
            Some(Err(fault)) => {
                slot.failed = Some((began, fault.clone()));
                // Whoever does not listen any more misses nothing.
                let _ = tell.send(Err(fault));
                return;
            }
        };
        if tell.send(Ok(hello)).is_err() {
            connection.keep(hello);
        }
        slot.kept = Some(Kept { connection, used: Instant::now(), was_stale: false, is_late: false });
        Spawner::here().leave(let_go(Arc::downgrade(&self.slot)));
    }
}

/// Ends the link when nobody used it for a while.
async fn let_go(slot: Weak<Slot<Place>>) {
    let mut until = Instant::now() + IDLE_LIMIT;
    loop {
        sleep_until(until).await;
        let Some(slot) = slot.upgrade() else { return };
        let mut slot = slot.lock().await;
        let Some(kept) = slot.kept.as_ref() else { return };
        until = kept.used + IDLE_LIMIT;
        if until <= Instant::now() {
            slot.kept = None;
            return;
        }
    }
}

/// Ends when nobody has waited for a while.
async fn nobody(mut waiting: watch::Receiver<usize>) {
    loop {
        // Neither wait can fail: the way is held by whoever waits here.
        _ = waiting.wait_for(|waiting| *waiting == 0).await;
        tokio::select! {
            biased;
            _ = waiting.wait_for(|waiting| *waiting > 0) => {}
            () = sleep(COMES_BACK) => return,
        }
    }
}

/// One who waits for a HELLO.
struct Waits<'a>(&'a watch::Sender<usize>);

impl<'a> Waits<'a> {
    fn new(waiting: &'a watch::Sender<usize>) -> Self {
        waiting.send_modify(|waiting| *waiting += 1);
        Self(waiting)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|waiting| *waiting = waiting.saturating_sub(1));
    }
}
