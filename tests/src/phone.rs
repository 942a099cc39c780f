//! A phone: the real core in a directory of its own, with software keys and a clock that the test sets.

use anyhow::{Result, anyhow};
use phonein_core::api::{
    Change, ChangeListener, Config, ListenerError, PairingListener, PairingProgress, Phonein, Tap, TapState, Unlock,
    UnlockListener,
};
use phonein_core::clock::Clock;
use phonein_core::keys::{DeviceKeys, software_keys};
use phonein_core::text::DayClock;
use phonein_core::text::tap::Door;
use phonein_core::wizard::Uses;
use phonein_protocol::Time;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Longer than anything the core promises.
const PATIENCE: Duration = Duration::from_secs(30);

/// A phone.
pub struct Phone {
    /// Its core.
    pub core: Arc<Phonein>,
    /// Its clock.
    pub clock: Arc<TestClock>,
    directory: Arc<Path>,
    /// Removed with the last of this phone.
    temporary: Option<TempDir>,
    dress: Dress,
    adapter: Adapter,
}

/// The name of its Bluetooth adapter. On a computer whose only adapters are others it has no Bluetooth.
type Adapter = &'static str;

/// Where nothing else was asked for, a test must not reach for whatever is near.
const NO_BLUETOOTH: Adapter = "none";

/// What is put around the software keys.
type Dress = Arc<dyn Fn(Arc<dyn DeviceKeys>) -> Arc<dyn DeviceKeys> + Send + Sync>;

/// A clock that goes on from where it was set.
pub struct TestClock {
    set_ms: AtomicI64,
    began: Instant,
}

impl TestClock {
    /// Sets it.
    pub fn set(&self, time: Time) {
        let elapsed = i64::try_from(self.began.elapsed().as_millis()).unwrap_or(0);
        self.set_ms.store(time.saturating_mul(1_000).saturating_sub(elapsed), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now_ms(&self) -> i64 {
        let elapsed = i64::try_from(self.began.elapsed().as_millis()).unwrap_or(0);
        self.set_ms.load(Ordering::SeqCst).saturating_add(elapsed)
    }
}

impl Phone {
    /// A new phone in Budapest, without Bluetooth.
    pub async fn new(time: Time) -> Result<Self> {
        Self::with_keys(time, |keys| keys).await
    }

    /// The same with Bluetooth, by the adapter with this name.
    pub async fn near(time: Time, adapter: &'static str) -> Result<Self> {
        Self::made(time, Arc::new(|keys| keys), adapter).await
    }

    /// A new phone whose keystore is what `dress` puts around software keys.
    pub async fn with_keys(
        time: Time,
        dress: impl Fn(Arc<dyn DeviceKeys>) -> Arc<dyn DeviceKeys> + Send + Sync + 'static,
    ) -> Result<Self> {
        Self::made(time, Arc::new(dress), NO_BLUETOOTH).await
    }

    /// A phone in Budapest, without Bluetooth, whose files lie there already or from now on.
    pub async fn at(directory: &Path, time: Time) -> Result<Self> {
        Self::opened(directory.into(), None, time, Arc::new(|keys| keys), NO_BLUETOOTH).await
    }

    async fn made(time: Time, dress: Dress, adapter: Adapter) -> Result<Self> {
        let temporary = tempfile::tempdir()?;
        Self::opened(temporary.path().into(), Some(temporary), time, dress, adapter).await
    }

    async fn opened(
        directory: Arc<Path>,
        temporary: Option<TempDir>,
        time: Time,
        dress: Dress,
        adapter: Adapter,
    ) -> Result<Self> {
        let clock = Arc::new(TestClock { set_ms: AtomicI64::new(time.saturating_mul(1_000)), began: Instant::now() });
        let core = open(&directory, clock.clone(), &dress, adapter).await?;
        Ok(Self { core, clock, directory, temporary, dress, adapter })
    }

    /// Another phone, onto which this one's wallet was copied. Keys cannot be.
    pub async fn copy_of_wallet(&self) -> Result<Self> {
        let (temporary, dress, adapter) = (tempfile::tempdir()?, self.dress.clone(), self.adapter);
        let directory: Arc<Path> = temporary.path().into();
        let (from, to) = (self.directory.join("wallet"), directory.join("wallet"));
        fs::create_dir(&to)?;
        for file in fs::read_dir(from)? {
            let file = file?;
            fs::copy(file.path(), to.join(file.file_name()))?;
        }
        let clock = self.clock.clone();
        let core = open(&directory, clock.clone(), &dress, adapter).await?;
        Ok(Self { core, clock, directory, temporary: Some(temporary), dress, adapter })
    }

    /// Where its wallet lies.
    pub fn wallet_file(&self) -> PathBuf {
        self.directory.join("wallet/wallet.db")
    }

    /// Opens the wallet a second time, beside the app that has it open.
    pub async fn open_beside(&self) -> Result<()> {
        open(&self.directory, self.clock.clone(), &self.dress, self.adapter).await.map(drop)
    }

    /// The app is killed and started again.
    pub async fn restart(self) -> Result<Self> {
        let Self { core, clock, directory, temporary, dress, adapter } = self;
        drop(core);
        let core = open(&directory, clock.clone(), &dress, adapter).await?;
        Ok(Self { core, clock, directory, temporary, dress, adapter })
    }

    /// Adds the intercom; its id.
    pub async fn pair(&self, code: &str, place: &str, person: &str) -> Result<String> {
        match self.try_pair(code, place, person).await? {
            PairingProgress::Added { intercom, .. } => Ok(intercom),
            other => Err(anyhow!("not added: {other:?}")),
        }
    }

    /// Adds the intercom; how it ended.
    pub async fn try_pair(&self, code: &str, place: &str, person: &str) -> Result<PairingProgress> {
        let (tell, mut told) = unbounded_channel();
        let listener = Arc::new(Ear(tell));
        let add = self.core.add_intercom(code.into(), String::new(), place.into(), person.into(), listener);
        let _pairing = add.await?;
        loop {
            let next = next(&mut told).await?;
            let is_step = matches!(
                next,
                PairingProgress::Searching { .. } | PairingProgress::Connecting { .. } | PairingProgress::Asking { .. }
            );
            if !is_step {
                return Ok(next);
            }
        }
    }

    /// Makes a key for one use of each door, from now on.
    pub async fn make_key_for_one_use(&self, intercom: &str, name: &str) -> Result<String> {
        let wizard = self.core.new_key(intercom.into()).await?;
        wizard.set_name(name);
        wizard.set_unlimited(false);
        wizard.set_uses(Uses::Times { count: 1 });
        Ok(wizard.save().await?)
    }

    /// Presses a door's button, or taps a key in KEYS; how it ends, once that is written down or the door is open.
    pub async fn press(&self, intercom: &str, key: Option<&str>, door: Door) -> Result<Tap> {
        self.start_press(intercom, key, door).await?.end().await
    }

    /// Presses, and leaves what follows to be heard.
    pub async fn start_press(&self, intercom: &str, key: Option<&str>, door: Door) -> Result<Pressed> {
        let (tell, told) = unbounded_channel();
        let press = self.core.unlock(intercom.into(), key.map(Into::into), door, Arc::new(Ear(tell)));
        Ok(Pressed { unlock: press.await?, told })
    }

    /// Waits until `holds` is true of the phone, asking again whenever something changed.
    pub async fn until<T>(&self, mut look: impl AsyncFnMut(&Phonein) -> Result<Option<T>>) -> Result<T> {
        let (tell, mut told) = unbounded_channel();
        let _watch = self.core.watch(Arc::new(Ear(tell)));
        let waited = async {
            loop {
                if let Some(found) = look(&self.core).await? {
                    return Ok(found);
                }
                let _: Option<Vec<Change>> = told.recv().await;
            }
        };
        tokio::time::timeout(PATIENCE, waited).await.map_err(|_| anyhow!("it never became true"))?
    }
}

/// A tap that was pressed.
pub struct Pressed {
    /// Its handle.
    pub unlock: Arc<Unlock>,
    told: UnboundedReceiver<(Tap, bool)>,
}

impl Pressed {
    /// The next state, and whether it is the last.
    pub async fn next(&mut self) -> Result<(Tap, bool)> {
        next(&mut self.told).await
    }

    /// How it ends, once that is written down or the door is open.
    pub async fn end(&mut self) -> Result<Tap> {
        loop {
            let (tap, is_final) = self.next().await?;
            if is_final || matches!(tap.state, TapState::Opened { .. }) {
                return Ok(tap);
            }
        }
    }

    /// Waits until nothing follows: a door that opened is shut again.
    pub async fn over(&mut self) -> Result<()> {
        while !self.next().await?.1 {}
        Ok(())
    }
}

async fn open(directory: &Path, clock: Arc<TestClock>, dress: &Dress, adapter: Adapter) -> Result<Arc<Phonein>> {
    let path = |name| directory.join(name).to_string_lossy().into_owned();
    let keys = dress(software_keys(path("keys"))?);
    let config = Config {
        directory: path("wallet"),
        locale: "en".into(),
        day_clock: DayClock::TwentyFour,
        zone: "Europe/Budapest".into(),
        link_host: "phonein.example".into(),
    };
    let core = Phonein::open_at(config, keys, clock).await?;
    core.use_bluetooth_adapter(adapter);
    Ok(core)
}

async fn next<T>(told: &mut UnboundedReceiver<T>) -> Result<T> {
    let next = tokio::time::timeout(PATIENCE, told.recv()).await.map_err(|_| anyhow!("nothing was told"))?;
    next.ok_or_else(|| anyhow!("nothing more is told"))
}

/// Passes on what a listener hears.
struct Ear<T>(UnboundedSender<T>);

impl<T> Ear<T> {
    fn hear(&self, heard: T) {
        // A test that no longer listens is no fault.
        let _ = self.0.send(heard);
    }
}

impl PairingListener for Ear<PairingProgress> {
    fn on_pairing(&self, progress: PairingProgress) -> Result<(), ListenerError> {
        self.hear(progress);
        Ok(())
    }
}

impl UnlockListener for Ear<(Tap, bool)> {
    fn on_tap(&self, tap: Tap, is_final: bool) -> Result<(), ListenerError> {
        self.hear((tap, is_final));
        Ok(())
    }
}

impl ChangeListener for Ear<Vec<Change>> {
    fn on_change(&self, changes: Vec<Change>) -> Result<(), ListenerError> {
        self.hear(changes);
        Ok(())
    }
}
