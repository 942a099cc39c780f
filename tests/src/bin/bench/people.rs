//! Phones on the real core, by their system's clock. Their keys are in memory, as fast as the arithmetic: hardware has
//! its own pace.

use anyhow::{Context, Result, anyhow, bail};
use phonein_core::api::{
    Config, ListenerError, PairingListener, PairingProgress, Phonein, Tap, TapState, UnlockListener,
};
use phonein_core::keys::{DeviceKeys, DeviceKeysError};
use phonein_core::text::DayClock;
use phonein_core::text::tap::Door;
use phonein_protocol::es256::SigningKey;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Longer than anything the core promises.
const PATIENCE: Duration = Duration::from_secs(30);

/// A keystore that forgets everything when the program ends: the same for all phones, as a copy of a wallet goes on with
/// the keys of its model.
struct KeysInMemory;

static KEYS: Mutex<BTreeMap<String, SigningKey>> = Mutex::new(BTreeMap::new());

impl DeviceKeys for KeysInMemory {
    fn create(&self, alias: String) -> Result<Vec<u8>, DeviceKeysError> {
        let key = new_key().ok_or(DeviceKeysError::Missing)?;
        let public = key.public().as_bytes().to_vec();
        KEYS.lock().unwrap_or_else(PoisonError::into_inner).insert(alias, key);
        Ok(public)
    }

    fn sign(&self, alias: String, text: Vec<u8>) -> Result<Vec<u8>, DeviceKeysError> {
        let key = KEYS.lock().unwrap_or_else(PoisonError::into_inner).get(&alias).cloned();
        Ok(key.ok_or(DeviceKeysError::Missing)?.sign(&text).to_vec())
    }

    fn forget(&self, alias: String) -> Result<(), DeviceKeysError> {
        KEYS.lock().unwrap_or_else(PoisonError::into_inner).remove(&alias);
        Ok(())
    }

    fn wrapping_key(&self) -> Result<Vec<u8>, DeviceKeysError> {
        Ok(vec![7; 32])
    }
}

/// A fresh signing key.
pub(crate) fn new_key() -> Option<SigningKey> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).ok()?;
    SigningKey::from_bytes(&secret)
}

/// Opens a core with its wallet in `directory`, without Bluetooth.
pub(crate) async fn phone(directory: &Path) -> Result<Arc<Phonein>> {
    near(directory, "none").await
}

/// The same with the Bluetooth adapter of this name.
pub(crate) async fn near(directory: &Path, adapter: &str) -> Result<Arc<Phonein>> {
    let config = Config {
        directory: directory.to_string_lossy().into_owned(),
        locale: "en".into(),
        day_clock: DayClock::TwentyFour,
        zone: "Europe/Budapest".into(),
        link_host: "phonein.example".into(),
    };
    let core = Phonein::open(config, Arc::new(KeysInMemory)).await?;
    core.use_bluetooth_adapter(adapter);
    Ok(core)
}

/// Adds an intercom; its id.
pub(crate) async fn pair(core: &Phonein, code: &str) -> Result<String> {
    let (tell, mut told) = unbounded_channel();
    let adding = core.add_intercom(code.into(), String::new(), "Home".into(), "Anna".into(), Arc::new(Ear(tell)));
    let _pairing = adding.await?;
    while let Some(next) = next(&mut told).await {
        match next {
            PairingProgress::Added { intercom, .. } => return Ok(intercom),
            PairingProgress::Searching { .. } | PairingProgress::Connecting { .. } | PairingProgress::Asking { .. } => {
            }
            other => bail!("not added: {other:?}"),
        }
    }
    Err(anyhow!("nothing was told"))
}

/// A door that opened.
pub(crate) struct Opened {
    /// From the press until the listener heard.
    pub(crate) took: Duration,
    /// Of that, until the listener heard that the request had left.
    pub(crate) asked: Duration,
    told: UnboundedReceiver<(Tap, bool)>,
}

impl Opened {
    /// Waits until the door is shut again.
    pub(crate) async fn shut(mut self) -> Result<()> {
        while !next(&mut self.told).await.context("a door stays open")?.1 {}
        Ok(())
    }
}

/// Presses a door's button. `on_opened` is called in the listener, the moment it hears that the door is open.
pub(crate) async fn press(
    core: &Phonein,
    intercom: &str,
    door: Door,
    on_opened: impl Fn() + Send + Sync + 'static,
) -> Result<Opened> {
    let (tell, mut told) = unbounded_channel();
    let (tell_when, mut when) = unbounded_channel();
    let listener = Arc::new(Listener { tell, tell_when, on_opened });
    let began = Instant::now();
    let _unlock = core.unlock(intercom.into(), None, door, listener).await?;
    loop {
        let (tap, is_final) = next(&mut told).await.context("nothing was told")?;
        if matches!(tap.state, TapState::Opened { .. }) {
            let mut asked = None;
            loop {
                let (heard, is_open) = when.recv().await.context("when it opened")?;
                let asked = *asked.get_or_insert(heard - began);
                if is_open {
                    return Ok(Opened { took: heard - began, asked, told });
                }
            }
        }
        if is_final {
            bail!("was to open: {tap:?}");
        }
    }
}

async fn next<T>(told: &mut UnboundedReceiver<T>) -> Option<T> {
    tokio::time::timeout(PATIENCE, told.recv()).await.ok()?
}

struct Ear<T>(UnboundedSender<T>);

impl PairingListener for Ear<PairingProgress> {
    fn on_pairing(&self, progress: PairingProgress) -> Result<(), ListenerError> {
        // Whoever heard enough listens no more.
        let _ = self.0.send(progress);
        Ok(())
    }
}

struct Listener<F> {
    tell: UnboundedSender<(Tap, bool)>,
    tell_when: UnboundedSender<(Instant, bool)>,
    on_opened: F,
}

impl<F: Fn() + Send + Sync> UnlockListener for Listener<F> {
    fn on_tap(&self, tap: Tap, is_final: bool) -> Result<(), ListenerError> {
        let is_open = matches!(tap.state, TapState::Opened { .. });
        if is_open || tap.state == TapState::Asking {
            // Only the first opening is waited for; the others count the seconds.
            let _ = self.tell_when.send((Instant::now(), is_open));
        }
        if is_open {
            (self.on_opened)();
        }
        let _ = self.tell.send((tap, is_final));
        Ok(())
    }
}
