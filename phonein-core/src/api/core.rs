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
use crate::host::{self, Lost, Outcome, Spawner};
use crate::keys::Keystore;
use crate::text::notice::Trouble;
use crate::text::{DayClock, Present, Text};
use crate::wallet::{Intercom, Wallet, WalletError as Fault};
use phonein_protocol::grant::SignedGrant;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};

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
        self.tell(Fault::Fault { reason: lost.reason })
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
    pub(crate) async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        ask: impl FnOnce(&Self) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, WalletError> {
        let (outcome, core) = (Outcome::new(), self.clone());
        let kept = outcome.clone();
        self.asked(Box::new(move || ask(&core).map(|answer| kept.put(answer)))).await?;
        outcome.take().map_err(|lost| self.words().lost(lost))
    }

    /// Does the work of an exported function that changes something: once begun it goes on to its end.
    pub(crate) async fn see_through<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl Future<Output = Result<T, Fault>> + Send + 'static,
    ) -> Result<T, WalletError> {
        let (outcome, work) = without_type(work);
        self.seen_through(work).await?;
        outcome.take().map_err(|lost| self.words().lost(lost))
    }

    /// Does the work of an exported function that asks; it ends with the wait for it.
    pub(crate) async fn run<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl Future<Output = Result<T, Fault>> + Send + 'static,
    ) -> Result<T, WalletError> {
        let (outcome, work) = without_type(work);
        self.ran(work).await?;
        outcome.take().map_err(|lost| self.words().lost(lost))
    }

    // What is the same for whatever is asked or done ([`crate::host::Outcome`]):

    async fn asked(&self, ask: Box<dyn FnOnce() -> Result<(), Fault> + Send>) -> Result<(), WalletError> {
        self.told(self.spawner.blocking(ask).await)
    }

    async fn seen_through(&self, work: Work) -> Result<(), WalletError> {
        self.told(self.spawner.see_through(work).await)
    }

    async fn ran(&self, work: Work) -> Result<(), WalletError> {
        self.told(self.spawner.run(work).await)
    }

    fn told(&self, done: Result<Result<(), Fault>, Lost>) -> Result<(), WalletError> {
        done.map_err(|lost| self.words().lost(lost))?.map_err(|fault| self.words().tell(fault))
    }

    /// Asks the wallet from within such work, on a thread where that may take its time.
    pub(crate) async fn db<T: Send + 'static>(
        self: &Arc<Self>,
        ask: impl FnOnce(&Self) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let core = self.clone();
        let asked = self.spawner.blocking(move || ask(&core)).await;
        asked.map_err(|lost| Fault::Fault { reason: lost.reason })?
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
