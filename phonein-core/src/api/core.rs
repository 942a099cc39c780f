//! What all exported objects share: the wallet, the phone's keys, the clock, and in which words to speak.

use super::config::Config;
use super::doors::Doors;
use super::draft::Drafts;
use super::error::WalletError;
use super::lines::Lines;
use super::watch::Changes;
use super::zones::Zones;
use crate::clock::Clock;
use crate::exchange::HttpClient;
use crate::host::{self, Lost, Outcome, Spawner, Wait};
use crate::keys::Keystore;
use crate::text::notice::Trouble;
use crate::text::{DayClock, Present, Text};
use crate::wallet::{Intercom, Wallet, WalletError as Fault};
use phonein_protocol::grant::SignedGrant;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};
use std::task::{Context, Poll, ready};

/// The inside of `Phonein`. Its functions block or take their time: they run on the core's own threads.
pub(crate) struct Core {
    pub(crate) wallet: Arc<Wallet>,
    pub(crate) drafts: Drafts,
    pub(crate) keystore: Keystore,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) changes: Changes,
    pub(crate) spawner: Spawner,
    pub(crate) link_host: String,
    words: RwLock<Words>,
    pub(crate) zones: Zones,
    pub(crate) lines: Lines,
    pub(crate) doors: Doors,
}

/// In which language, with which clock and in which zone the phone's person reads.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    /// The sentences.
    pub(crate) text: Text,
    /// The phone's zone.
    pub(crate) phone_zone: Arc<str>,
}

impl Words {
    pub(crate) fn new(locale: &str, day_clock: DayClock, zone: &str) -> Self {
        Self { text: Text::new(locale, day_clock), phone_zone: zone.into() }
    }

    /// What to tell of a fault.
    pub(crate) fn tell(&self, fault: Fault) -> WalletError {
        let told = |trouble| self.text.trouble(trouble);
        match fault {
            Fault::Gone => WalletError::Gone { told: told(Trouble::Gone) },
            Fault::TooNew => WalletError::TooNew { told: told(Trouble::TooNew) },
            Fault::ReadOnly => WalletError::ReadOnly { told: told(Trouble::ReadOnly) },
            Fault::Full => WalletError::Full { told: told(Trouble::Full) },
            Fault::Fault { reason } => WalletError::Internal { reason, told: told(Trouble::Fault) },
        }
    }

    /// What to tell of work that was lost.
    pub(crate) fn lost(&self, lost: Lost) -> WalletError {
        self.tell(lost.into())
    }
}

impl Core {
    pub(crate) fn new(
        config: Config,
        wallet: Wallet,
        draft: Option<&str>,
        keystore: Keystore,
        clock: Arc<dyn Clock>,
        spawner: Spawner,
        client: HttpClient,
    ) -> Self {
        let words = Words::new(&config.locale, config.day_clock, &config.zone);
        let wallet = Arc::new(wallet);
        Self {
            drafts: Drafts::start(draft, wallet.clone(), &spawner),
            lines: Lines::new(client, wallet.clone(), clock.clone()),
            wallet,
            keystore,
            clock,
            changes: Changes::default(),
            spawner,
            link_host: config.link_host,
            words: RwLock::new(words),
            zones: Zones::default(),
            doors: Doors::default(),
        }
    }

    pub(crate) fn words(&self) -> Words {
        self.words.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_words(&self, words: Words) {
        *self.words.write().unwrap_or_else(PoisonError::into_inner) = words;
    }

    /// Asks the wallet for an exported function.
    pub(crate) fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        ask: impl FnOnce(&Self) -> Result<T, Fault> + Send + 'static,
    ) -> Answer<T> {
        Answer { done: self.db(ask), core: self.clone() }
    }

    /// Does the work of an exported function that changes something: once begun it goes on to its end.
    pub(crate) fn see_through<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl Future<Output = Result<T, Fault>> + Send + 'static,
    ) -> Answer<T> {
        let (outcome, work) = without_type(work);
        Answer { done: Wait::new(outcome, done(self.spawner.see_through(work))), core: self.clone() }
    }

    /// Does the work of an exported function that asks; it ends with the wait for it.
    pub(crate) fn run<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl Future<Output = Result<T, Fault>> + Send + 'static,
    ) -> Answer<T> {
        let (outcome, work) = without_type(work);
        Answer { done: Wait::new(outcome, done(self.spawner.run(work))), core: self.clone() }
    }

    /// Asks the wallet from within such work, on a thread where that may take its time.
    pub(crate) fn db<T: Send + 'static>(
        self: &Arc<Self>,
        ask: impl FnOnce(&Self) -> Result<T, Fault> + Send + 'static,
    ) -> Wait<T, Fault> {
        let (outcome, core) = (Outcome::new(), self.clone());
        let kept = outcome.clone();
        let ask: Question = Box::new(move || ask(&core).map(|answer| kept.put(answer)));
        Wait::new(outcome, done(self.spawner.blocking(ask)))
    }

    /// The name of the person whose phone signed a grant, if it is known.
    pub(super) fn person(&self, intercom: &Intercom, grant: &SignedGrant) -> Option<String> {
        let people = self.wallet.people(intercom.id).unwrap_or_default();
        people
            .into_iter()
            .find(|person| person.kid == grant.signer())
            .map(|person| person.name)
            .filter(|name| !name.is_empty())
    }

    /// When and where words about an intercom are said.
    pub(super) fn at<T>(&self, intercom: &Intercom, with: impl FnOnce(&Present<'_>) -> T) -> T {
        let now = self.clock.now();
        let zone = self.zones.shown(intercom.zone.as_deref(), now);
        with(&Present { now, zone: &zone })
    }
}

/// What an exported function waits for. It does nothing before it is polled.
pub(crate) struct Answer<T> {
    done: Wait<T, Fault>,
    /// Finds the words for what went wrong.
    core: Arc<Core>,
}

impl<T> Future for Answer<T> {
    type Output = Result<T, WalletError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let done = ready!(Pin::new(&mut self.done).poll(context));
        Poll::Ready(done.map_err(|fault| self.core.words().tell(fault)))
    }
}

impl From<Lost> for Fault {
    fn from(lost: Lost) -> Self {
        Self::Fault { reason: lost.reason }
    }
}

// What is the same for whatever is asked or done:

/// Work that was lost has failed.
async fn done(work: Wait<Result<(), Fault>>) -> Result<(), Fault> {
    work.await?
}

/// A question to the wallet.
type Question = Box<dyn FnOnce() -> Result<(), Fault> + Send>;

/// Work that may fail.
type Work = Pin<Box<dyn Future<Output = Result<(), Fault>> + Send>>;

/// `work`, and where its result is to be found if it did not fail.
fn without_type<T: Send + 'static>(
    work: impl Future<Output = Result<T, Fault>> + Send + 'static,
) -> (Outcome<T>, Work) {
    let outcome = Outcome::new();
    let kept = outcome.clone();
    (outcome, Box::pin(async move { work.await.map(|result| kept.put(result)) }))
}

/// Bytes from the system's own source.
pub(super) fn random<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    host::chance(&mut bytes).map_err(|error| Fault::Fault { reason: error.to_string() })?;
    Ok(bytes)
}
