//! Where to begin.

use super::config::Config;
use super::core::{Core, Words};
use super::error::WalletError;
use super::listener::ChangeListener;
use super::watch::ChangeSubscription;
use crate::clock::{Clock, SystemClock};
use crate::exchange::HttpClient;
use crate::host::{Runtime, Spawner};
use crate::keys::{DeviceKeys, Keystore};
use crate::text::DayClock;
use crate::text::label::Label;
use crate::wallet::{Wallet, WalletError as Fault};
use std::path::Path;
use std::sync::Arc;

/// The app without its pixels. Open one and keep it for as long as the app runs.
///
/// Every function that takes time is asynchronous and works on threads of the core's own, so it may be called from
/// anywhere. Dropping what an asynchronous call returned ends its work where that only asks; what changes something goes on
/// to its end once it was begun.
#[derive(uniffi::Object)]
pub struct Phonein {
    pub(super) core: Arc<Core>,
    /// Last, so that what runs there still finds the rest.
    _runtime: Runtime,
}

#[uniffi::export]
impl Phonein {
    /// Opens the wallet in the directory, or begins one. `device_keys` is the phone's keystore; `software_keys` stands in
    /// for it on desktops.
    #[uniffi::constructor]
    pub async fn open(config: Config, device_keys: Arc<dyn DeviceKeys>) -> Result<Arc<Self>, WalletError> {
        Self::open_at(config, device_keys, Arc::new(SystemClock)).await
    }

    /// The language and the ways of writing time changed, or the phone is in another zone now.
    pub fn set_locale(&self, locale: &str, day_clock: DayClock, zone: &str) {
        self.core.set_words(Words::new(locale, day_clock, zone));
        self.core.changes.tell(super::watch::ALL);
    }

    /// What stands on a button, over a field or in a title, in the person's language. Takes no time.
    pub fn label(&self, label: Label) -> String {
        self.core.words().text.label(label)
    }

    /// How times of day are written, for a shell that draws its own choice of a time. Takes no time.
    pub fn day_clock(&self) -> DayClock {
        self.core.words().text.day_clock()
    }

    /// What this phone's person is called; empty until they said so.
    pub async fn own_name(&self) -> Result<String, WalletError> {
        self.core.ask(|core| core.wallet.own_name()).await
    }

    /// Tells `listener` whenever something is different, for as long as the subscription is held.
    pub fn watch(&self, listener: Arc<dyn ChangeListener>) -> Arc<ChangeSubscription> {
        Arc::new(self.core.changes.subscribe(listener, self.core.clock.clone(), &self.core.spawner))
    }
}

impl Phonein {
    /// Names the Bluetooth adapter to use on a computer with several ("hci1"), before anything was reached. Without it,
    /// `PHONEIN_BLUETOOTH` in the environment names one, else the first that is on is used.
    pub fn use_bluetooth_adapter(&self, name: &str) {
        self.core.lines.use_bluetooth_adapter(name);
    }

    /// [`Phonein::open`] at a clock of one's own, for tests and demonstrations.
    pub async fn open_at(
        config: Config,
        device_keys: Arc<dyn DeviceKeys>,
        clock: Arc<dyn Clock>,
    ) -> Result<Arc<Self>, WalletError> {
        let words = Words::new(&config.locale, config.day_clock, &config.zone);
        let fault = |reason: String| Fault::Fault { reason };
        let runtime = Runtime::start().map_err(|error| words.tell(fault(error.to_string())))?;
        let spawner = runtime.spawner();
        let keystore = Keystore::new(device_keys);
        let opening = {
            let (keystore, directory) = (keystore.clone(), config.directory.clone());
            async move {
                let key = keystore.wrapping_key().await.map_err(|error| fault(error.to_string()))?;
                let opening = move || {
                    let wallet = Wallet::open(Path::new(&directory), *key)?;
                    let draft = wallet.draft()?;
                    let client = HttpClient::new().map_err(|error| fault(error.to_string()))?;
                    Ok((wallet, draft, client))
                };
                Spawner::here().blocking(opening).await.map_err(|lost| fault(lost.reason))?
            }
        };
        let opened = spawner.run(opening).await.map_err(|lost| words.lost(lost))?;
        let (wallet, draft, client) = opened.map_err(|fault| words.tell(fault))?;
        let core = Core::new(config, wallet, draft.as_deref(), keystore, clock, spawner, client);
        Ok(Arc::new(Self { core: Arc::new(core), _runtime: runtime }))
    }
}

impl Drop for Phonein {
    fn drop(&mut self) {
        self.core.drafts.close();
    }
}
