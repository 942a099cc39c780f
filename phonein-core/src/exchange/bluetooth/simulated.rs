//! A Bluetooth radio in memory, and devices near it, under the test's clock.
//!
//! It is strict where real ones misbehave: connecting while it scans, a second scan or a second link to one device is
//! written down as a misuse.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use async_trait::async_trait;
use futures_util::{StreamExt, stream, stream::BoxStream};
use phonein_protocol::{
    advert::Advert,
    fragment::{Reassembler, fragments},
    session::TransportError,
};
use tokio::{
    runtime::Handle,
    sync::{broadcast, mpsc, watch},
    task::AbortHandle,
    time::{Instant, sleep, sleep_until},
};

use super::{
    super::{
        Fault, Via,
        fake::{FINE, FakeIntercom, Fate},
    },
    radio::{Link, PeripheralId, Radio, Sighting},
};

/// How often a device advertises.
const INTERVAL: Duration = Duration::from_millis(100);
/// An intercom closes a link over which no request came for so long.
const UNKNOWN_LIMIT: Duration = Duration::from_secs(5);
/// And one over which the last one came so long ago.
const IDLE_LIMIT: Duration = Duration::from_mins(1);

/// Where something may go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// One advertisement.
    Advertising,
    /// Being connected to.
    Connecting,
    /// The HELLO after a subscription; [`Fate::Instead`] is another message.
    Hello,
    /// A fragment that is written; with [`Fate::Instead`] it arrives, and its sender is told that it did not.
    Write,
    /// A fragment of an answer; [`Fate::Instead`] is another fragment, [`Fate::Fails`] drops the link.
    Notify,
    /// Ending the link.
    Disconnecting,
}

type Weather = Arc<dyn Fn(Stage) -> Fate + Send + Sync>;

/// What is near.
#[derive(Clone)]
pub(crate) struct Device {
    name: &'static str,
    advert: Option<Advert>,
    intercom: Arc<FakeIntercom>,
    mtu: usize,
    weather: Weather,
}

impl Device {
    /// An intercom that advertises as it should and to which nothing bad happens.
    pub(crate) fn new(name: &'static str, intercom: &Arc<FakeIntercom>) -> Self {
        let advert = Some(Advert::of(&intercom.public(), [1, 2, 3]));
        Self { name, advert, intercom: intercom.clone(), mtu: 185, weather: Arc::new(|_| FINE) }
    }

    pub(crate) fn advertising(self, advert: Option<Advert>) -> Self {
        Self { advert, ..self }
    }

    /// Another one, with the same advertisement.
    pub(crate) fn played_by(self, intercom: &Arc<FakeIntercom>) -> Self {
        Self { intercom: intercom.clone(), ..self }
    }

    pub(crate) fn with_mtu(self, mtu: usize) -> Self {
        Self { mtu, ..self }
    }

    /// `weather` decides about each stage.
    pub(crate) fn weathered(self, weather: impl Fn(Stage) -> Fate + Send + Sync + 'static) -> Self {
        Self { weather: Arc::new(weather), ..self }
    }

    fn id(&self) -> PeripheralId {
        PeripheralId(self.name.into())
    }
}

/// The radio of a phone, and all that is near it.
pub(crate) struct SimulatedRadio {
    state: Arc<Mutex<State>>,
    sightings: broadcast::Sender<Sighting>,
}

#[derive(Default)]
struct State {
    devices: Vec<Device>,
    fault: Option<Fault>,
    scan: Option<AbortHandle>,
    links: HashMap<PeripheralId, Arc<FarEnd>>,
    /// Which devices were connected to, in order.
    connected: Vec<&'static str>,
    scans: usize,
    misuses: Vec<&'static str>,
}

impl SimulatedRadio {
    pub(crate) fn new(devices: impl IntoIterator<Item = Device>) -> Arc<Self> {
        let state = State { devices: devices.into_iter().collect(), ..State::default() };
        Arc::new(Self { state: Arc::new(Mutex::new(state)), sightings: broadcast::Sender::new(64) })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// From now on these are near.
    pub(crate) fn surround(&self, devices: impl IntoIterator<Item = Device>) {
        self.state().devices = devices.into_iter().collect();
    }

    /// It cannot be used, or can again. Links do not outlive it.
    pub(crate) fn fail(&self, fault: Option<Fault>) {
        let mut state = self.state();
        if fault.is_some() {
            state.links.values().for_each(|end| end.close());
        }
        state.fault = fault;
    }

    /// The link to a device breaks.
    pub(crate) fn drop_link(&self, name: &'static str) {
        self.at(name, FarEnd::close);
    }

    /// A device says something to another phone, which is heard here as well.
    pub(crate) fn overhear(&self, name: &'static str, message: &[u8], mtu: usize) {
        self.at(name, |end| end.say_all(message, mtu));
    }

    fn at(&self, name: &'static str, what: impl FnOnce(&FarEnd)) {
        if let Some(end) = self.state().links.get(&PeripheralId(name.into())) {
            what(end);
        }
    }

    /// The devices that were connected to since the last time it was asked.
    pub(crate) fn connected(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.state().connected)
    }

    /// How many links were begun and not ended.
    pub(crate) fn links(&self) -> usize {
        self.state().links.len()
    }

    pub(crate) fn is_scanning(&self) -> bool {
        self.state().scan.is_some()
    }

    /// How many scans were begun.
    pub(crate) fn scans(&self) -> usize {
        self.state().scans
    }

    /// What a real radio would not have liked.
    pub(crate) fn misuses(&self) -> Vec<&'static str> {
        self.state().misuses.clone()
    }

    fn device(&self, peripheral: &PeripheralId) -> Option<Device> {
        self.state().devices.iter().find(|device| device.id() == *peripheral).cloned()
    }
}

#[async_trait]
impl Radio for SimulatedRadio {
    fn runtime(&self) -> Handle {
        Handle::current()
    }

    fn sightings(&self) -> broadcast::Receiver<Sighting> {
        self.sightings.subscribe()
    }

    async fn check(&self) -> Result<(), Fault> {
        self.state().fault.clone().map_or(Ok(()), Err)
    }

    async fn start_scan(&self) -> Result<(), Fault> {
        self.check().await?;
        let (seen, shared) = (self.sightings.clone(), self.state.clone());
        let scan = tokio::spawn(async move {
            loop {
                let devices = shared.lock().unwrap().devices.clone();
                for device in devices {
                    let sighting = Sighting { peripheral: device.id(), advert: device.advert };
                    match (device.weather)(Stage::Advertising) {
                        Fate::Lost | Fate::Fails(_) => {}
                        _ => _ = seen.send(sighting),
                    }
                }
                sleep(INTERVAL).await;
            }
        });
        let mut state = self.state();
        state.scans += 1;
        if let Some(other) = state.scan.replace(scan.abort_handle()) {
            other.abort();
            state.misuses.push("two scans");
        }
        Ok(())
    }

    async fn stop_scan(&self) {
        if let Some(scan) = self.state().scan.take() {
            scan.abort();
        }
    }

    async fn connect(&self, peripheral: &PeripheralId) -> Result<Box<dyn Link>, Fault> {
        self.check().await?;
        let Some(device) = self.device(peripheral) else { return std::future::pending().await };
        let fate = (device.weather)(Stage::Connecting);
        let heard = Mutex::new((Instant::now(), UNKNOWN_LIMIT));
        let end = Arc::new(FarEnd { device, up: watch::Sender::new(true), say: Mutex::default(), heard });
        {
            let mut state = self.state();
            state.connected.push(end.device.name);
            if state.scan.is_some() {
                state.misuses.push("connecting while scanning");
            }
            if state.links.insert(peripheral.clone(), end.clone()).is_some() {
                state.misuses.push("two links to one device");
            }
        }
        match fate {
            Fate::Arrives(delay) | Fate::Twice(delay, _) => sleep(delay).await,
            Fate::Fails(fault) => return Err(fault),
            Fate::Unconfirmed(_) | Fate::Lost | Fate::Instead(_) => std::future::pending().await,
        }
        tokio::spawn(end.clone().close_when_idle());
        Ok(Box::new(SimulatedLink { end, reassembler: Arc::default() }))
    }

    async fn disconnect(&self, peripheral: &PeripheralId) {
        let fate = self.device(peripheral).map(|device| (device.weather)(Stage::Disconnecting));
        match &fate {
            Some(Fate::Arrives(delay) | Fate::Twice(delay, _) | Fate::Unconfirmed(delay)) => sleep(*delay).await,
            Some(Fate::Lost) => std::future::pending().await,
            _ => {}
        }
        if let Some(end) = self.state().links.remove(peripheral) {
            end.close();
        }
        if let Some(Fate::Unconfirmed(_)) = fate {
            std::future::pending::<()>().await;
        }
    }
}

/// The device's end of a link.
struct FarEnd {
    device: Device,
    up: watch::Sender<bool>,
    say: Mutex<Option<mpsc::UnboundedSender<Vec<u8>>>>,
    /// When the last request came, and how long it waits for the next.
    heard: Mutex<(Instant, Duration)>,
}

impl FarEnd {
    async fn close_when_idle(self: Arc<Self>) {
        let mut up = self.up.subscribe();
        loop {
            let (since, limit) = *self.heard.lock().unwrap();
            if since.elapsed() >= limit {
                self.close();
            }
            tokio::select! {
                biased;
                _ = up.wait_for(|up| !up) => return,
                () = sleep_until(since + limit) => {}
            }
        }
    }

    fn answer(&self, req: &[u8]) -> Vec<Vec<u8>> {
        let answer = match self.device.intercom.request(req, Via::Bluetooth) {
            Ok(res) => {
                *self.heard.lock().unwrap() = (Instant::now(), IDLE_LIMIT);
                vec![res]
            }
            Err(Some(TransportError::Stale)) => vec![vec![2], self.device.intercom.hello().to_vec()],
            Err(Some(error)) => vec![vec![error.code()]],
            // Its power failed.
            Err(None) => vec![],
        };
        answer.iter().flat_map(|message| fragments(message, self.device.mtu).unwrap()).collect()
    }

    /// Sends fragments, each with its fate: those that take longer are overtaken.
    fn notify(self: &Arc<Self>, pieces: Vec<Vec<u8>>) {
        let mut deliveries = Vec::new();
        for piece in pieces {
            match (self.device.weather)(Stage::Notify) {
                Fate::Arrives(delay) => deliveries.push((delay, Some(piece))),
                Fate::Twice(delay, again) => deliveries.extend([(delay, Some(piece.clone())), (again, Some(piece))]),
                Fate::Lost | Fate::Unconfirmed(_) => {}
                Fate::Instead(bytes) => deliveries.push((Duration::ZERO, Some(bytes))),
                Fate::Fails(_) => deliveries.push((Duration::ZERO, None)),
            }
        }
        deliveries.sort_by_key(|(delay, _)| *delay);
        let (end, now) = (self.clone(), Instant::now());
        tokio::spawn(async move {
            for (delay, piece) in deliveries {
                sleep_until(now + delay).await;
                match piece {
                    Some(piece) => end.say(piece),
                    None => end.close(),
                }
            }
        });
    }

    fn close(&self) {
        self.up.send_replace(false);
    }

    fn say_all(&self, message: &[u8], mtu: usize) {
        for piece in fragments(message, mtu).unwrap() {
            // What is longer than this link carries is cut.
            self.say(piece.into_iter().take(self.device.mtu - 3).collect());
        }
    }

    fn say(&self, fragment: Vec<u8>) {
        if *self.up.borrow()
            && let Some(say) = &*self.say.lock().unwrap()
        {
            let _ = say.send(fragment);
        }
    }
}

struct SimulatedLink {
    end: Arc<FarEnd>,
    reassembler: Arc<Mutex<Reassembler>>,
}

#[async_trait]
impl Link for SimulatedLink {
    fn mtu(&self) -> usize {
        self.end.device.mtu
    }

    fn is_open(&self) -> bool {
        *self.end.up.borrow()
    }

    async fn subscribe(&self) -> Result<BoxStream<'static, Vec<u8>>, Fault> {
        if !self.is_open() {
            return Err(Fault::BluetoothBusy);
        }
        let (say, heard) = mpsc::unbounded_channel();
        *self.end.say.lock().unwrap() = Some(say);
        let end = self.end.clone();
        let fate = (end.device.weather)(Stage::Hello);
        tokio::spawn(async move {
            let message = match fate {
                Fate::Arrives(delay) | Fate::Twice(delay, _) => {
                    sleep(delay).await;
                    end.device.intercom.hello().to_vec()
                }
                Fate::Instead(bytes) => bytes,
                Fate::Lost | Fate::Unconfirmed(_) => return,
                Fate::Fails(_) => return end.close(),
            };
            end.say_all(&message, end.device.mtu);
        });
        let mut up = self.end.up.subscribe();
        let over = async move { _ = up.wait_for(|up| !up).await };
        let heard = stream::unfold(heard, async |mut heard| heard.recv().await.map(|piece| (piece, heard)));
        Ok(Box::pin(heard.take_until(over)))
    }

    async fn unsubscribe(&self) -> Result<(), Fault> {
        *self.end.say.lock().unwrap() = None;
        if self.is_open() { Ok(()) } else { Err(Fault::Silent) }
    }

    async fn write(&self, fragment: &[u8]) -> Result<(), Fault> {
        let fate = (self.end.device.weather)(Stage::Write);
        let (delay, times) = match &fate {
            Fate::Arrives(delay) | Fate::Unconfirmed(delay) => (*delay, 1),
            Fate::Twice(delay, _) => (*delay, 2),
            Fate::Instead(_) => (Duration::ZERO, 1),
            Fate::Fails(fault) => return Err(fault.clone()),
            Fate::Lost => return std::future::pending().await,
        };
        let (end, reassembler, fragment) = (self.end.clone(), self.reassembler.clone(), fragment.to_vec());
        let began = Instant::now();
        // What is on the air arrives, whether or not anybody waits for it.
        let written = tokio::spawn(async move {
            sleep(delay).await;
            for _ in 0..times {
                if !*end.up.borrow() {
                    return Err(Fault::Silent);
                }
                let now = u64::try_from(began.elapsed().as_millis()).unwrap();
                match reassembler.lock().unwrap().push(&fragment, now) {
                    Ok(Some(req)) => end.notify(end.answer(&req)),
                    Ok(None) => {}
                    Err(error) => end.notify(fragments(&[error.code()], end.device.mtu).unwrap().collect()),
                }
            }
            Ok(())
        });
        let written = written.await.unwrap();
        match fate {
            Fate::Unconfirmed(_) => std::future::pending().await,
            Fate::Instead(_) => Err(Fault::Silent),
            _ => written,
        }
    }
}
