//! What a phone and an intercom tell each other whenever one reaches the other: changes that wait, the log, the keys.
//!
//! [`sync`] drives it: it asks one thing after the other, and what each answer means is decided in [`crate::wallet`], as one
//! transaction each, so that it may be cut off anywhere and goes on from there. What Put and Keys say counts only once the
//! log was read through the head that came with it: so an intercom that was restored from an old copy of its disk is
//! noticed, and everything is put there again (docs/protocol.md, section 7).
//!
//! Taps and claims go their own way ([`crate::unlock`]): settle the tap in hand and claim what waits before.

mod contact;
mod deliver;
mod managers;
mod pull;
#[cfg(test)]
mod tests;

pub use contact::Contact;
pub(crate) use managers::ManagerPages;

use crate::{
    exchange::Unreached,
    host::Spawner,
    keys::KeyFault,
    wallet::{Duty, Intercom, IntercomId, Wallet, WalletError},
};
use phonein_protocol::{
    Time,
    message::{Answer, Body, Outcome},
};
use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// Why a sync ended early. What was learnt until then is kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SyncError {
    /// The intercom did not answer.
    #[error(transparent)]
    Unreached(#[from] Unreached),
    /// The phone's keystore did not sign.
    #[error(transparent)]
    Keys(#[from] KeyFault),
    /// The wallet could not do it.
    #[error(transparent)]
    Wallet(#[from] WalletError),
    /// The intercom answered what the protocol does not know.
    #[error("the intercom answered nonsense")]
    Nonsense,
    /// The wallet came from another phone, so this one cannot sign there.
    #[error("this phone has no key there")]
    Foreign,
}

/// What came of a sync.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Synced {
    /// Whether the wallet holds anything new, to be shown.
    pub is_news: bool,
    /// Whether this phone is a manager there.
    pub is_manager: bool,
}

/// Where and when a sync happens.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The wallet.
    pub wallet: &'a Arc<Wallet>,
    /// The intercom, in the wallet.
    pub intercom: IntercomId,
    /// The phone's zone, for an intercom that has none.
    pub phone_zone: &'a str,
    /// The phone's clock.
    pub now: &'a (dyn Fn() -> Time + Sync),
}

/// Tells an intercom what waits, and learns what is new there. One at a time for an intercom.
pub async fn sync(setting: Setting<'_>, contact: &dyn Contact) -> Result<Synced, SyncError> {
    let mut run = Run { setting, contact, tried: HashSet::new(), is_news: false, is_heard: AtomicBool::new(false) };
    run.run().await
}

/// Whether what was asked for is done, or everything must be begun again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// It is.
    Done,
    /// The log did not hold what it should.
    Broken,
    /// This phone is no manager there.
    Dismissed,
}

struct Run<'a> {
    setting: Setting<'a>,
    contact: &'a dyn Contact,
    /// Grants that were judged in this run: none is put twice.
    tried: HashSet<Vec<u8>>,
    is_news: bool,
    is_heard: AtomicBool,
}

impl Run<'_> {
    async fn run(&mut self) -> Result<Synced, SyncError> {
        let intercom = self.intercom().await?;
        if intercom.is_foreign {
            return Err(SyncError::Foreign);
        }
        if !intercom.is_manager {
            self.ask(Body::Status).await?;
        }
        // A log that breaks again while everything is being put again is left to the next time.
        for _ in 0..2 {
            if !self.intercom().await?.is_manager {
                break;
            }
            match self.manage().await? {
                Step::Done | Step::Dismissed => break,
                Step::Broken => {
                    self.is_news = true;
                    self.tried.clear();
                }
            }
        }
        Ok(Synced { is_news: self.is_news, is_manager: self.intercom().await?.is_manager })
    }

    async fn manage(&mut self) -> Result<Step, SyncError> {
        for pull in [Pull::Settings, Pull::Put, Pull::Keys, Pull::PutMore, Pull::Managers] {
            let step = match pull {
                Pull::Settings => self.settings().await?,
                Pull::Put => self.deliver(true).await?,
                Pull::Keys => self.keys().await?,
                Pull::PutMore => self.deliver(false).await?,
                Pull::Managers if self.intercom().await?.duty == Duty::None => Step::Done,
                Pull::Managers => self.managers().await?,
            };
            if step != Step::Done {
                return Ok(step);
            }
        }
        Ok(Step::Done)
    }

    /// Asks, and keeps what every answer tells: that the intercom was heard, and whether this phone is a manager there.
    async fn ask(&mut self, body: Body) -> Result<Answer, SyncError> {
        let answered = self.contact.ask(body).await?;
        let (answer, via) = (answered.answer, answered.via);
        let (now, manager) = (self.now(), answer.manager);
        if !self.is_heard.swap(true, Ordering::Relaxed) {
            self.keep(move |wallet, id| wallet.heard(id, via, now)).await?;
        }
        if self.intercom().await?.is_manager != manager {
            self.is_news |= self.keep(move |wallet, id| wallet.set_manager(id, manager)).await?;
        }
        Ok(answer)
    }

    /// Asks what only managers may. `None`: this phone is none.
    async fn ask_as_manager(&mut self, body: Body) -> Result<Option<Answer>, SyncError> {
        let answer = self.ask(body).await?;
        match answer.outcome {
            Outcome::Done => Ok(Some(answer)),
            Outcome::NotAManager | Outcome::UnknownKey => Ok(None),
            _ => Err(SyncError::Nonsense),
        }
    }

    async fn intercom(&self) -> Result<Intercom, SyncError> {
        self.keep(Wallet::intercom).await
    }

    /// Has the wallet read or write, on a thread where that may take its time.
    async fn keep<T: Send + 'static>(
        &self,
        keep: impl FnOnce(&Wallet, IntercomId) -> Result<T, WalletError> + Send + 'static,
    ) -> Result<T, SyncError> {
        let (wallet, id) = (self.setting.wallet.clone(), self.setting.intercom);
        let kept = Spawner::here().blocking(move || keep(&wallet, id)).await;
        Ok(kept.map_err(|_| WalletError::fault("the wallet's thread ended"))??)
    }

    fn now(&self) -> Time {
        (self.setting.now)()
    }
}

/// What a manager's phone asks, in this order.
#[derive(Clone, Copy)]
enum Pull {
    Settings,
    Put,
    Keys,
    PutMore,
    Managers,
}
