//! Every chance to deliver what waits and to learn what happened.

use super::core::Core;
use super::error::WalletError;
use super::lines::Contacted;
use super::phonein::Phonein;
use super::record::id_of;
use super::watch::News;
use crate::host::Task;
use crate::sync::{self, Setting, SyncError};
use crate::unlock::SettleError;
use crate::wallet::{IntercomId, KeyRef, WalletError as Fault};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// A HELLO that was fetched ahead counts for 50 seconds.
const PREFETCH: Duration = Duration::from_secs(45);
/// How often Home asks while it is on screen.
const LOOK: Duration = Duration::from_mins(1);

#[uniffi::export]
impl Phonein {
    /// Reaches every intercom that can be reached: brings what waits, reads what is new. Call it when the app comes to the
    /// front and when the network comes back.
    pub async fn sync(&self) -> Result<(), WalletError> {
        let core = self.core.clone();
        let synced = async move {
            for intercom in core.db(|core| core.wallet.intercoms()).await? {
                core.reach(intercom.id).await?;
            }
            Ok(())
        };
        self.core.run(synced).await
    }

    /// Keeps this intercom one round trip away, and what is known of it fresh, for as long as the handle is held: while
    /// Home shows it. Home stands there from now on, also when the app is started anew.
    pub async fn stay_ready(&self, intercom: String) -> Result<Arc<StayReady>, WalletError> {
        let standing = self.core.ask(move |core| {
            let intercom = core.wallet.intercom(id_of(&intercom)?)?;
            core.wallet.stand_at(intercom.id)?;
            Ok(intercom)
        });
        let intercom = standing.await?;
        let (looks, fetches) = (self.core.clone(), self.core.clone());
        let id = intercom.id;
        let look = self.core.spawner.start(async move {
            loop {
                if let Err(Fault::Gone) = looks.reach(id).await {
                    return;
                }
                tokio::time::sleep(LOOK).await;
            }
        });
        let fetch = self.core.spawner.start(async move {
            let key = fetches.phone_key(&intercom);
            loop {
                fetches.lines.to(&intercom, key.clone()).line.prefetch().await;
                tokio::time::sleep(PREFETCH).await;
            }
        });
        Ok(Arc::new(StayReady { tasks: [look, fetch] }))
    }
}

/// While it is held an intercom is one round trip away. Closing or dropping it ends that.
#[derive(Debug, uniffi::Object)]
pub struct StayReady {
    tasks: [Task; 2],
}

#[uniffi::export]
impl StayReady {
    /// Ends it now; where objects are collected later, dropping it is not soon enough.
    pub fn cancel(&self) {
        self.tasks.iter().for_each(Task::end);
    }
}

impl Core {
    /// Reaches the intercom in the background, for what waits there.
    pub(super) fn reach_soon(self: &Arc<Self>, intercom: IntercomId) {
        let core = self.clone();
        self.spawner.leave(async move {
            if let Err(fault) = core.reach(intercom).await {
                tracing::warn!(%fault, "an intercom was not synced");
            }
        });
    }

    /// Reaches the intercom, if it can be: an earlier tap is settled, links are told, changes put, log and keys read.
    pub(super) async fn reach(self: &Arc<Self>, id: IntercomId) -> Result<(), Fault> {
        let intercom = self.db(move |core| core.wallet.intercom(id)).await?;
        if intercom.is_foreign {
            return Ok(());
        }
        let to = self.lines.to(&intercom, self.phone_key(&intercom));
        let ticket = to.asked.fetch_add(1, Ordering::AcqRel) + 1;
        let mut done = to.done.lock().await;
        // One that began after this was asked for has done it.
        if *done < ticket {
            let asked = to.asked.load(Ordering::Acquire);
            self.reach_now(id, &to).await?;
            *done = asked;
        }
        Ok(())
    }

    async fn reach_now(self: &Arc<Self>, id: IntercomId, to: &Contacted) -> Result<(), Fault> {
        match to.taps.settle().await {
            Ok(()) => {}
            Err(SettleError::Unreached(_)) => return Ok(()),
            Err(SettleError::Journal(error)) => return Err(Fault::Fault { reason: error.reason }),
        }
        for key in self.db(move |core| core.unanswered_links(id)).await? {
            self.claim(key).await?;
        }
        let (phone_zone, clock) = (self.words().phone_zone, self.clock.clone());
        let now = move || clock.now();
        let setting = Setting { wallet: &self.wallet, intercom: id, phone_zone: &phone_zone, now: &now };
        let synced = sync::sync(setting, &*to.line).await;
        self.changes.tell([News::Doors, News::Keys, News::Activity, News::Intercoms]);
        match synced {
            Ok(_) | Err(SyncError::Unreached(_) | SyncError::Foreign) => Ok(()),
            Err(SyncError::Wallet(fault)) => Err(fault),
            Err(error @ (SyncError::Keys(_) | SyncError::Nonsense)) => Err(Fault::Fault { reason: error.to_string() }),
        }
    }

    /// The links accepted here that the intercom has not answered for good.
    fn unanswered_links(&self, id: IntercomId) -> Result<Vec<KeyRef>, Fault> {
        let mut waiting = Vec::new();
        for claim in self.wallet.claims(id)? {
            if !self.wallet.key(claim.id)?.is_refused() {
                waiting.push(claim.id);
            }
        }
        Ok(waiting)
    }
}
