//! An intercom in memory and ways there that may lose, delay and repeat, for tests.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use phonein_protocol::{
    es256::SigningKey,
    id::{Door, Doors, KeyId, Kid},
    intercom::{Arrival, Config, Intercom, MemoryStore, Moment, Reply, Store, store::Unfinished},
    session::{KeyPair, PairingSecret, TransportError, intercom::IntercomKeys},
};
use sha2::{Digest, Sha256};
use tokio::{
    sync::oneshot,
    time::{Instant, sleep},
};
use zeroize::Zeroizing;

use super::{Fault, Introduction, IsAnswer, Line, Transport, Unanswered, Via, pair};
use crate::keys::{DeviceKeys, DeviceKeysError, Keystore, PhoneKey};

/// Where a test's clock begins, in Unix seconds.
pub(crate) const BEGIN: i64 = 1_634_028_120;
/// For how long the doors of the intercom open.
pub(crate) const SECONDS: u64 = 5;
const UUID: [u8; 16] = *b"a phonein's uuid";

/// The very intercom that ships, over a store in memory.
pub(crate) struct FakeIntercom {
    public: [u8; 32],
    state: Mutex<State>,
    began: Instant,
}

struct State {
    intercom: Intercom<MemoryStore>,
    boot: u64,
    static_key: [u8; 32],
    uuid: [u8; 16],
    openings: Vec<Opening>,
    draws: u64,
    /// By how many seconds its computer's clock is ahead.
    ahead: i64,
    cut: Option<Cut>,
    watcher: Option<Watcher>,
    /// All that was said here, and when.
    said: Sha256,
}

/// Sees the disk after everything that happened to it, the time it was then, and what opened.
type Watcher = Box<dyn FnMut(&MemoryStore, i64, Option<&Opening>) + Send>;

/// What in an opening the power fails before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// All is decided and on disk, and nothing moved.
    Relay,
    /// The relay moved, and nobody is told.
    Answer,
    /// The answer is on its way, and not written.
    Writing,
}

/// A relay moved.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opening {
    pub(crate) door: Door,
    pub(crate) at: Instant,
    /// The number of the tap.
    pub(crate) tap: u64,
    /// Whose.
    pub(crate) kid: Kid,
    /// With which key; a manager needs none.
    pub(crate) key: Option<KeyId>,
}

impl FakeIntercom {
    pub(crate) fn new() -> Arc<Self> {
        Self::with_key([3; 32])
    }

    pub(crate) fn with_key(static_key: [u8; 32]) -> Arc<Self> {
        Self::with_secrets(static_key, UUID)
    }

    /// With another UUID on its back.
    pub(crate) fn with_uuid(uuid: [u8; 16]) -> Arc<Self> {
        Self::with_secrets([6; 32], uuid)
    }

    fn with_secrets(static_key: [u8; 32], uuid: [u8; 16]) -> Arc<Self> {
        let moment = Moment { mono_ms: 0, system: Some(BEGIN) };
        let intercom = start(static_key, uuid, MemoryStore::default(), 1, &moment);
        let (openings, cut, watcher) = (Vec::new(), None, None);
        let (draws, ahead, said) = (0, 0, Sha256::new());
        let state = State { intercom, boot: 1, static_key, uuid, openings, draws, ahead, cut, watcher, said };
        let public = *KeyPair::from_private(Zeroizing::new(static_key)).public();
        Arc::new(Self { public, state: Mutex::new(state), began: Instant::now() })
    }

    pub(crate) fn public(&self) -> [u8; 32] {
        self.public
    }

    /// Every time a relay moved.
    pub(crate) fn openings(&self) -> Vec<Opening> {
        self.state.lock().unwrap().openings.clone()
    }

    /// What is on its disk.
    pub(crate) fn store(&self) -> MemoryStore {
        self.state.lock().unwrap().intercom.judgement().store().clone()
    }

    /// Its power fails and comes back.
    pub(crate) fn restart(&self) {
        let mut state = self.state.lock().unwrap();
        let moment = self.moment(&state);
        state.restart(&moment);
    }

    /// Its button is held.
    pub(crate) fn press_button(&self) {
        let mut state = self.state.lock().unwrap();
        let moment = self.moment(&state);
        state.intercom.press_button(&moment);
    }

    /// Its computer's clock jumps by so many seconds.
    pub(crate) fn jump(&self, seconds: i64) {
        self.state.lock().unwrap().ahead += seconds;
    }

    /// The power fails there at the next opening, and comes back.
    pub(crate) fn cut_at_next_opening(&self, cut: Cut) {
        self.state.lock().unwrap().cut = Some(cut);
    }

    /// From now on `watcher` sees what happens.
    pub(crate) fn watch(&self, watcher: impl FnMut(&MemoryStore, i64, Option<&Opening>) + Send + 'static) {
        self.state.lock().unwrap().watcher = Some(Box::new(watcher));
    }

    /// The hash of all that was said here, and when.
    pub(crate) fn said(&self) -> [u8; 32] {
        self.state.lock().unwrap().said.clone().finalize().into()
    }

    fn moment(&self, state: &State) -> Moment {
        let elapsed = self.began.elapsed();
        let system = BEGIN.checked_add_unsigned(elapsed.as_secs()).map(|time| time + state.ahead);
        Moment { mono_ms: u64::try_from(elapsed.as_millis()).unwrap(), system }
    }

    pub(super) fn hello(&self) -> [u8; 41] {
        let mut state = self.state.lock().unwrap();
        let moment = self.moment(&state);
        let random = state.random();
        let hello = state.intercom.hello(&moment, &random);
        state.hear(&moment, &hello, &[]);
        hello
    }

    /// An error of `None`: the power failed, and nobody is answered.
    pub(super) fn request(&self, req: &[u8], via: Via) -> Result<Vec<u8>, Option<TransportError>> {
        let mut state = self.state.lock().unwrap();
        let moment = self.moment(&state);
        state.hear(&moment, req, &[u8::from(via == Via::Http)]);
        let arrival = Arrival { via, source: 1, moment, random: state.random() };
        let mut reply = state.intercom.request(req, &arrival).unwrap();
        let mut opening = None;
        if let Reply::Open { door, .. } = reply {
            let cut = state.cut.take();
            if cut != Some(Cut::Relay) {
                let opened = state.opening(door);
                state.openings.push(opened);
                opening = Some(opened);
            }
            if let Some(Cut::Relay | Cut::Answer) = cut {
                state.look(&moment, opening.as_ref());
                state.restart(&moment);
                return Err(None);
            }
            reply = state.intercom.acted(true, &arrival).unwrap();
            if cut == Some(Cut::Writing) {
                state.restart(&moment);
            }
            state.intercom.finish().unwrap();
        }
        state.look(&moment, opening.as_ref());
        match reply {
            Reply::Send(res) => {
                state.hear(&moment, &res, &[]);
                Ok(res)
            }
            Reply::Refuse(error) => Err(Some(error)),
            Reply::Open { .. } => unreachable!("acted() answers"),
        }
    }
}

impl State {
    /// The relay of this door moves now.
    fn opening(&self, door: Door) -> Opening {
        let store = self.intercom.judgement().store();
        let Unfinished { kid, key, .. } = store.state().unwrap().unfinished.unwrap();
        let tap = store.phone(kid).unwrap().unwrap().last.unwrap().number;
        Opening { door, at: Instant::now(), tap, kid, key }
    }

    fn restart(&mut self, moment: &Moment) {
        self.boot += 1;
        let store = self.intercom.judgement().store().clone();
        self.intercom = start(self.static_key, self.uuid, store, self.boot, moment);
    }

    fn look(&mut self, moment: &Moment, opening: Option<&Opening>) {
        if let Some(watcher) = &mut self.watcher {
            watcher(self.intercom.judgement().store(), moment.system.unwrap(), opening);
        }
    }

    fn hear(&mut self, moment: &Moment, message: &[u8], how: &[u8]) {
        self.said.update(moment.mono_ms.to_be_bytes());
        self.said.update(how);
        self.said.update(message);
    }

    /// Never the same twice.
    fn random(&mut self) -> [u8; 32] {
        self.draws += 1;
        let mut random = [0; 32];
        random[..8].copy_from_slice(&self.draws.to_be_bytes());
        random
    }
}

fn start(
    static_key: [u8; 32],
    uuid: [u8; 16],
    store: MemoryStore,
    boot: u64,
    moment: &Moment,
) -> Intercom<MemoryStore> {
    let session = KeyPair::from_private(Zeroizing::new(static_key));
    let config =
        Config { intercom: *session.public(), doors: Doors::BOTH, seconds: SECONDS, urls: vec!["http://a".into()] };
    let keys = IntercomKeys { session, pairing: PairingSecret::of(&uuid) };
    Intercom::start(config, keys, store, boot, moment).unwrap()
}

/// A leg of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leg {
    /// The request for a HELLO, and the HELLO.
    Hello,
    /// The request.
    Req,
    /// Its answer.
    Res,
}

/// What becomes of a frame.
#[derive(Clone, Debug)]
pub(crate) enum Fate {
    /// It arrives after this.
    Arrives(Duration),
    /// It arrives after the one, and again after the other.
    Twice(Duration, Duration),
    /// It arrives after this, and whoever sent it never hears that it did.
    Unconfirmed(Duration),
    /// Nobody hears of it again.
    Lost,
    /// It fails at once, and may have been sent.
    Fails(Fault),
    /// This comes instead of what was to come.
    Instead(Vec<u8>),
}

/// It arrives at once.
pub(crate) const FINE: Fate = Fate::Arrives(Duration::from_millis(10));

type Weather = Arc<dyn Fn(Leg) -> Fate + Send + Sync>;

/// A way to an intercom in memory.
pub(crate) struct FakeTransport {
    intercom: Arc<FakeIntercom>,
    via: Via,
    weather: Weather,
}

impl FakeTransport {
    /// `weather` decides about each leg.
    pub(crate) fn weathered(
        intercom: &Arc<FakeIntercom>,
        via: Via,
        weather: impl Fn(Leg) -> Fate + Send + Sync + 'static,
    ) -> Arc<dyn Transport> {
        Arc::new(Self { intercom: intercom.clone(), via, weather: Arc::new(weather) })
    }

    /// Where nothing goes wrong.
    pub(crate) fn fine(intercom: &Arc<FakeIntercom>, via: Via) -> Arc<dyn Transport> {
        Self::weathered(intercom, via, |_| FINE)
    }
}

async fn travel<T>(fate: Fate, arrive: impl FnOnce() -> T, instead: impl FnOnce(Vec<u8>) -> T) -> Result<T, Fault> {
    match fate {
        Fate::Arrives(delay) | Fate::Twice(delay, _) => {
            sleep(delay).await;
            Ok(arrive())
        }
        Fate::Unconfirmed(delay) => {
            sleep(delay).await;
            arrive();
            std::future::pending().await
        }
        Fate::Lost => std::future::pending().await,
        Fate::Fails(fault) => Err(fault),
        Fate::Instead(bytes) => Ok(instead(bytes)),
    }
}

#[async_trait]
impl Transport for FakeTransport {
    fn via(&self) -> Via {
        self.via
    }

    async fn hello(&self) -> Result<[u8; 41], Fault> {
        let fate = (self.weather)(Leg::Hello);
        travel(fate, || Ok(self.intercom.hello()), |bytes| bytes.try_into().map_err(|_| Fault::NotPhonein)).await?
    }

    async fn request(&self, req: &[u8], _is_answer: IsAnswer<'_>) -> Result<Vec<u8>, Unanswered> {
        let fate = (self.weather)(Leg::Req);
        let (answer, answered) = oneshot::channel();
        // What is on the air arrives, whether or not anybody still waits for the answer.
        let (intercom, via, req) = (self.intercom.clone(), self.via, req.to_vec());
        tokio::spawn(async move {
            let again = if let Fate::Twice(_, again) = fate { Some(again) } else { None };
            let arrived = travel(fate, || intercom.request(&req, via).map_err(unanswered), Ok).await;
            let _ = answer.send(arrived.and_then(|res| res));
            if let Some(again) = again {
                sleep(again).await;
                let _ = intercom.request(&req, via);
            }
        });
        let res = answered.await.unwrap_or(Err(Fault::Silent)).map_err(Unanswered::sent)?;
        travel((self.weather)(Leg::Res), || res, |bytes| bytes).await.map_err(Unanswered::sent)
    }
}

/// As it is for HTTP.
fn unanswered(error: Option<TransportError>) -> Fault {
    error.map_or(Fault::Silent, Fault::from)
}

/// Keys that are derived from their alias.
pub(crate) struct FakeKeys;

impl FakeKeys {
    pub(crate) fn key(alias: &str) -> SigningKey {
        // Making one costs as much as a signature.
        static MADE: Mutex<BTreeMap<String, SigningKey>> = Mutex::new(BTreeMap::new());
        let make = || {
            let mut secret = [1; 32];
            for (byte, letter) in secret.iter_mut().zip(alias.bytes()) {
                *byte = letter;
            }
            SigningKey::from_bytes(&secret).unwrap()
        };
        MADE.lock().unwrap().entry(alias.into()).or_insert_with(make).clone()
    }
}

impl DeviceKeys for FakeKeys {
    fn create(&self, alias: String) -> Result<Vec<u8>, DeviceKeysError> {
        Ok(Self::key(&alias).public().as_bytes().to_vec())
    }
    fn sign(&self, alias: String, text: Vec<u8>) -> Result<Vec<u8>, DeviceKeysError> {
        Ok(Self::key(&alias).sign(&text).to_vec())
    }
    fn forget(&self, _: String) -> Result<(), DeviceKeysError> {
        Ok(())
    }
    fn wrapping_key(&self) -> Result<Vec<u8>, DeviceKeysError> {
        Ok(vec![9; 32])
    }
}

/// The key called `alias`.
pub(crate) async fn phone(alias: &str) -> PhoneKey {
    Keystore::new(Arc::new(FakeKeys)).create(alias.into()).await.unwrap()
}

/// How Anna's phone introduces itself.
pub(crate) fn anna() -> Introduction {
    Introduction { name: "Anna".into(), zone: None, now: BEGIN }
}

/// An intercom's UUID.
pub(crate) fn uuid() -> [u8; 16] {
    UUID
}

/// A manager's line to a new intercom, over these ways.
pub(crate) async fn managed(
    transports: impl FnOnce(&Arc<FakeIntercom>) -> Vec<Arc<dyn Transport>>,
) -> (Arc<FakeIntercom>, Arc<Line>) {
    let intercom = FakeIntercom::new();
    let key = phone("anna").await;
    let fine = FakeTransport::fine(&intercom, Via::Http);
    pair(vec![fine], &UUID, &key, anna(), &|_| {}).await.unwrap();
    let line = Line::new(intercom.public(), key, transports(&intercom));
    (intercom, Arc::new(line))
}

/// How many managers it has.
pub(crate) fn managers(intercom: &FakeIntercom) -> usize {
    intercom.store().managers().unwrap().len()
}
