//! From nothing to a connection: look, choose, connect, and the next one if it is not to be had.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use phonein_protocol::session::Hello;
use tokio::{
    sync::watch,
    time::{Instant, sleep_until, timeout_at},
};

use super::{
    super::Fault,
    air::Air,
    book::Book,
    choice::{Choice, Next, Sought},
    connection::Connection,
    radio::PeripheralId,
};

/// Nothing is near if nothing was found by then.
const LOOK_LIMIT: Duration = Duration::from_secs(4);
/// Connecting, until HELLO is there.
const CONNECT_LIMIT: Duration = Duration::from_secs(4);
/// The same for one that was not seen now, and for one beside which another one waits that is as likely.
const QUICK_LIMIT: Duration = Duration::from_secs(2);
/// All of it, since somebody asked. A HELLO that comes later finds no tap that could still use it.
pub(super) const SEARCH_LIMIT: Duration = Duration::from_millis(6_800);

/// A search for one intercom.
pub(super) struct Search<'a> {
    pub(super) air: &'a Arc<Air>,
    pub(super) sought: Sought,
    pub(super) book: &'a Mutex<Book>,
    /// Told while it connects.
    pub(super) connecting: &'a watch::Sender<bool>,
    /// When it ends at the latest.
    pub(super) until: Instant,
}

type Found = (Connection, [u8; Hello::LEN]);

impl Search<'_> {
    /// A connection, and the HELLO that came with it.
    pub(super) async fn run(&self) -> Result<Found, Fault> {
        let known = self.book().known().cloned();
        if let Some(known) = known
            && let Ok(found) = self.attempt(&known, QUICK_LIMIT).await
        {
            return Ok(found);
        }
        let began = Instant::now();
        let mut choice = Choice::new(self.sought);
        let mut failed = None;
        loop {
            let Some(peripheral) = self.look(&mut choice, began).await? else {
                self.air.check().await?;
                return Err(failed.unwrap_or(Fault::NotNear));
            };
            let has_rival = choice.has_rival(&peripheral, |other| self.book().doubt(other));
            let limit = if has_rival { QUICK_LIMIT } else { CONNECT_LIMIT };
            match self.attempt(&peripheral, limit).await {
                Ok(found) => return Ok(found),
                // The radio itself.
                Err(fault @ (Fault::BluetoothOff | Fault::BluetoothDenied | Fault::BluetoothMissing)) => {
                    return Err(fault);
                }
                Err(fault) => {
                    choice.fail(&peripheral, began.elapsed());
                    failed = Some(fault);
                }
            }
            if Instant::now() >= self.until {
                return Err(failed.unwrap_or(Fault::Silent));
            }
        }
    }

    /// Looks until there is one to try; `None` if time is up.
    async fn look(&self, choice: &mut Choice, began: Instant) -> Result<Option<PeripheralId>, Fault> {
        let mut seek = None;
        loop {
            let look_until = match choice.next(began.elapsed(), |peripheral| self.book().doubt(peripheral)) {
                Next::Try(peripheral) => return Ok(Some(peripheral)),
                Next::Strangers => return Err(Fault::Stranger),
                Next::Look(until) => until.min(LOOK_LIMIT),
            };
            if began.elapsed() >= LOOK_LIMIT || Instant::now() >= self.until {
                return Ok(None);
            }
            tokio::select! {
                biased;
                sighting = seek.get_or_insert_with(|| self.air.seek()).next() => choice.see(&sighting?),
                () = sleep_until(self.until.min(began + look_until)) => {}
            }
        }
    }

    async fn attempt(&self, peripheral: &PeripheralId, limit: Duration) -> Result<Found, Fault> {
        tracing::debug!(%peripheral, "connecting over Bluetooth");
        self.connecting.send_replace(true);
        let opened = match timeout_at(self.until, self.air.place(peripheral)).await {
            Ok(Some(place)) => {
                let until = self.until.min(Instant::now() + limit);
                let opened = timeout_at(until, Connection::open(self.air, peripheral.clone(), place)).await;
                opened.unwrap_or(Err(Fault::Silent))
            }
            // Another way of this phone is connected there.
            Ok(None) => return Err(Fault::BluetoothBusy),
            Err(_) => Err(Fault::Silent),
        };
        if let Err(fault) = &opened {
            tracing::debug!(%peripheral, %fault, "no connection over Bluetooth");
            match fault {
                Fault::NotPhonein | Fault::TooOld => self.book().expose(peripheral),
                _ => self.book().fail(peripheral),
            }
        }
        opened
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
