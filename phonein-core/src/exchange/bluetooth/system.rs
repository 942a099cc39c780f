//! The system's Bluetooth: BlueZ, Android's or Apple's, through btleplug.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use async_trait::async_trait;
use btleplug::{
    api::{
        Central as _, CentralEvent, CentralState, Characteristic, Manager as _, Peripheral as _,
        RetrievePeripheralsOptions, ScanFilter, WriteType,
    },
    platform,
};
use futures_util::{FutureExt, StreamExt, future::ready, stream::BoxStream};
use phonein_protocol::{advert::Advert, gatt};
use tokio::{
    runtime::{Builder, Handle, Runtime},
    sync::{OwnedMutexGuard, broadcast, watch},
};
use uuid::Uuid;

use super::{
    super::Fault,
    radio::{Link, PeripheralId, Radio, Sighting},
    recent::Recent,
};
use crate::host::Spawner;

const SERVICE: Uuid = Uuid::from_u128(gatt::SERVICE);
const REQUEST: Uuid = Uuid::from_u128(gatt::REQUEST);
const RESPONSE: Uuid = Uuid::from_u128(gatt::RESPONSE);
/// The environment's word for which adapter of a computer is the phone's: "hci1".
const ADAPTER: &str = "PHONEIN_BLUETOOTH";
/// So many sightings wait for whoever looks; older ones are repeated.
const SIGHTINGS: usize = 64;

/// So many devices are known by the system's name. A search keeps fewer in mind.
const FOUND: usize = 256;

/// The phone's Bluetooth. It is started when it is used for the first time, so that opening the core neither waits nor
/// fails where there is none.
pub(crate) struct SystemRadio {
    /// Which adapter, where there are several.
    wanted: Mutex<Option<String>>,
    /// One for the life of the core. Empty until it is used, and after the connection to the system was lost.
    adapter: Arc<tokio::sync::Mutex<Option<platform::Adapter>>>,
    state: Arc<State>,
    /// The core's own threads end with the core, and ending a link takes seconds. `None` if there could be none.
    thread: OnceLock<Option<Runtime>>,
}

/// What the adapter's events tell.
struct State {
    sightings: broadcast::Sender<Sighting>,
    /// How the system names the devices that were seen.
    found: Mutex<Recent<PeripheralId, platform::PeripheralId>>,
    links: Mutex<HashMap<platform::PeripheralId, watch::Sender<Life>>>,
}

/// How far a link is. An end that is told before its beginning is that of an earlier link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Life {
    Begun,
    Up,
    Over,
}

impl SystemRadio {
    pub(crate) fn new() -> Arc<Self> {
        let sightings = broadcast::Sender::new(SIGHTINGS);
        let state = Arc::new(State { sightings, found: Mutex::new(Recent::new(FOUND)), links: Mutex::default() });
        Arc::new(Self {
            wanted: Mutex::new(std::env::var(ADAPTER).ok()),
            adapter: Arc::default(),
            state,
            thread: OnceLock::new(),
        })
    }

    /// Names the adapter to use from the first use on: "hci1".
    pub(crate) fn choose(&self, adapter: &str) {
        *lock(&self.wanted) = Some(adapter.to_owned());
    }

    async fn adapter(&self) -> Result<platform::Adapter, Fault> {
        let place = self.adapter.clone().lock_owned().await;
        if let Some(adapter) = &*place {
            return Ok(adapter.clone());
        }
        // On a thread where it may block, which D-Bus does, or panic, as it does on an Android that was not initialised.
        // Not given up by whoever waits: with a second adapter an iPhone would have two of everything.
        let (wanted, state, runtime) = (lock(&self.wanted).clone(), self.state.clone(), self.runtime());
        let start = move || Handle::current().block_on(start(place, wanted, state));
        Spawner::on(runtime).blocking(start).await.unwrap_or_else(|error| {
            tracing::error!(%error, "Bluetooth was not started");
            Err(Fault::BluetoothMissing)
        })
    }

    async fn peripheral(&self, id: platform::PeripheralId) -> Result<platform::Peripheral, Fault> {
        let adapter = self.adapter().await?;
        if let Ok(peripheral) = adapter.peripheral(&id).await {
            return Ok(peripheral);
        }
        // It left the table when its last link ended. What BlueZ forgets as soon as the scan ends cannot be connected to.
        if cfg!(target_os = "android") {
            return adapter.add_peripheral(&id).await.map_err(|error| fault(&error, Fault::BluetoothBusy));
        }
        let options = RetrievePeripheralsOptions { identifiers: Some(vec![id]), ..Default::default() };
        let known = adapter.retrieve_peripherals(options).await.map_err(|error| fault(&error, Fault::BluetoothBusy))?;
        known.into_iter().next().ok_or(Fault::BluetoothBusy)
    }
}

impl Drop for SystemRadio {
    fn drop(&mut self) {
        // The last one to leave may be on that very thread, which cannot wait for itself.
        if let Some(runtime) = self.thread.take().flatten() {
            runtime.shutdown_background();
        }
    }
}

/// Opens the adapter and listens to it.
async fn start(
    mut place: OwnedMutexGuard<Option<platform::Adapter>>,
    wanted: Option<String>,
    state: Arc<State>,
) -> Result<platform::Adapter, Fault> {
    let missing = |error: btleplug::Error| {
        tracing::warn!(%error, "no Bluetooth");
        fault(&error, Fault::BluetoothMissing)
    };
    let manager = platform::Manager::new().await.map_err(missing)?;
    let adapter = choose(manager.adapters().await.map_err(missing)?, wanted).await?;
    let mut events = adapter.events().await.map_err(missing)?;
    // BlueZ begins with every device it remembers, wherever that is now.
    while let Some(Some(_)) = events.next().now_or_never() {}
    *place = Some(adapter.clone());
    let slot = OwnedMutexGuard::mutex(&place).clone();
    let listened = adapter.clone();
    Spawner::here().leave(async move {
        state.listen(&listened, events).await;
        // The connection to the system is lost; the next use makes another.
        state.all_over();
        *slot.lock().await = None;
    });
    Ok(adapter)
}

/// The adapter that was asked for, else the first one that is on, else the first.
async fn choose(adapters: Vec<platform::Adapter>, wanted: Option<String>) -> Result<platform::Adapter, Fault> {
    let mut found = Vec::new();
    for adapter in adapters {
        // "hci1 (usb:v1D6Bp0246d0542)"
        let told = adapter.adapter_info().await.unwrap_or_default();
        let name = told.split_whitespace().next().unwrap_or_default().to_owned();
        if wanted.as_ref().is_none_or(|wanted| *wanted == name) {
            let is_off = matches!(adapter.adapter_state().await, Ok(CentralState::PoweredOff));
            found.push((is_off, name, adapter));
        }
    }
    found.sort_by(|(is_off, name, _), (other_is_off, other, _)| (is_off, name).cmp(&(other_is_off, other)));
    found.into_iter().next().map(|(.., adapter)| adapter).ok_or(Fault::BluetoothMissing)
}

impl State {
    /// Reads the adapter's events as long as there are any, and fast: on phones only the last sixteen are kept.
    async fn listen(&self, adapter: &platform::Adapter, mut events: BoxStream<'static, CentralEvent>) {
        while let Some(event) = events.next().await {
            match event {
                CentralEvent::DeviceConnected(id) => self.tell(&id, Life::Up),
                CentralEvent::DeviceDisconnected(id) => self.tell(&id, Life::Over),
                CentralEvent::StateUpdate(CentralState::PoweredOff) => self.all_over(),
                CentralEvent::DeviceDiscovered(id)
                | CentralEvent::DeviceUpdated(id)
                | CentralEvent::ManufacturerDataAdvertisement { id, .. }
                | CentralEvent::ServicesAdvertisement { id, .. }
                | CentralEvent::RssiUpdate { id, .. } => self.see(adapter, id).await,
                _ => {}
            }
        }
    }

    async fn see(&self, adapter: &platform::Adapter, id: platform::PeripheralId) {
        // One that is being connected to tells of itself, too; to ask BlueZ about it then takes from the time that connecting has.
        if lock(&self.links).contains_key(&id) {
            return;
        }
        let Ok(peripheral) = adapter.peripheral(&id).await else { return };
        let Ok(Some(properties)) = peripheral.properties().await else { return };
        if !properties.services.contains(&SERVICE) {
            return;
        }
        let bytes = properties.manufacturer_data.get(&gatt::COMPANY);
        let advert = bytes.and_then(|bytes| <[u8; 6]>::try_from(&**bytes).ok()).map(Advert::from_bytes);
        let peripheral = PeripheralId(id.to_string());
        lock(&self.found).insert(peripheral.clone(), id);
        // Nobody may be looking.
        let _ = self.sightings.send(Sighting { peripheral, advert });
    }

    /// How the system names a device: one that was seen lately, or that there is a link to.
    fn id(&self, peripheral: &PeripheralId) -> Option<platform::PeripheralId> {
        let found = lock(&self.found).get(peripheral).cloned();
        found.or_else(|| lock(&self.links).keys().find(|id| id.to_string() == peripheral.0).cloned())
    }

    fn tell(&self, id: &platform::PeripheralId, told: Life) {
        if let Some(life) = lock(&self.links).get(id) {
            life.send_if_modified(|life| {
                let goes_on = matches!((*life, told), (Life::Begun, Life::Up) | (Life::Up, Life::Over));
                if goes_on {
                    *life = told;
                }
                goes_on
            });
        }
    }

    fn all_over(&self) {
        for life in lock(&self.links).values() {
            life.send_replace(Life::Over);
        }
    }
}

#[async_trait]
impl Radio for SystemRadio {
    fn runtime(&self) -> Handle {
        let begin =
            || Builder::new_multi_thread().worker_threads(1).thread_name("phonein-bluetooth").enable_all().build().ok();
        self.thread.get_or_init(begin).as_ref().map_or_else(Handle::current, |runtime| runtime.handle().clone())
    }

    fn sightings(&self) -> broadcast::Receiver<Sighting> {
        self.state.sightings.subscribe()
    }

    async fn check(&self) -> Result<(), Fault> {
        match self.adapter().await?.adapter_state().await {
            Ok(CentralState::PoweredOff) => Err(Fault::BluetoothOff),
            Ok(CentralState::PoweredOn | CentralState::Unknown) => Ok(()),
            Err(error) => Err(fault(&error, Fault::BluetoothMissing)),
        }
    }

    async fn start_scan(&self) -> Result<(), Fault> {
        // A computer's scan would switch Bluetooth on.
        self.check().await?;
        let filter = ScanFilter { services: vec![SERVICE] };
        let started = self.adapter().await?.start_scan(filter).await;
        started.map_err(|error| {
            tracing::warn!(%error, "no Bluetooth scan");
            fault(&error, Fault::BluetoothMissing)
        })
    }

    async fn stop_scan(&self) {
        if let Ok(adapter) = self.adapter().await
            && let Err(error) = adapter.stop_scan().await
        {
            tracing::debug!(%error, "the Bluetooth scan was not stopped");
        }
    }

    async fn connect(&self, peripheral: &PeripheralId) -> Result<Box<dyn Link>, Fault> {
        let id = self.state.id(peripheral).ok_or(Fault::NotNear)?;
        let peripheral = self.peripheral(id).await?;
        let life = watch::Sender::new(Life::Begun);
        let mut over = life.subscribe();
        let told = life.subscribe();
        lock(&self.state.links).insert(peripheral.id(), life);
        let refused = |error: btleplug::Error| {
            tracing::debug!(%error, "no Bluetooth link");
            fault(&error, Fault::BluetoothBusy)
        };
        let connecting = async {
            peripheral.connect().await.map_err(refused)?;
            self.state.tell(&peripheral.id(), Life::Up);
            peripheral.discover_services().await.map_err(refused)
        };
        tokio::select! {
            biased;
            connected = connecting => connected?,
            // Nothing else says so: discovery waits for half a minute.
            _ = over.wait_for(|life| *life == Life::Over) => return Err(Fault::BluetoothBusy),
        }
        let characteristics = peripheral.characteristics();
        let find = |uuid| {
            let mut ours = characteristics.iter().filter(|characteristic| characteristic.service_uuid == SERVICE);
            ours.find(|characteristic| characteristic.uuid == uuid).cloned().ok_or(Fault::NotPhonein)
        };
        let (request, response) = (find(REQUEST)?, find(RESPONSE)?);
        Ok(Box::new(SystemLink { peripheral, request, response, life: told }))
    }

    async fn disconnect(&self, peripheral: &PeripheralId) {
        let Some(id) = self.state.id(peripheral) else { return };
        lock(&self.state.links).remove(&id);
        if let Ok(peripheral) = self.peripheral(id).await
            && let Err(error) = peripheral.disconnect().await
        {
            tracing::debug!(%error, "a Bluetooth link was not ended");
        }
    }
}

struct SystemLink {
    peripheral: platform::Peripheral,
    request: Characteristic,
    response: Characteristic,
    life: watch::Receiver<Life>,
}

#[async_trait]
impl Link for SystemLink {
    fn mtu(&self) -> usize {
        self.peripheral.mtu().into()
    }

    fn is_open(&self) -> bool {
        // The sender goes when the link is ended here.
        *self.life.borrow() == Life::Up && self.life.has_changed().is_ok()
    }

    async fn subscribe(&self) -> Result<BoxStream<'static, Vec<u8>>, Fault> {
        let lost = |error: btleplug::Error| fault(&error, Fault::BluetoothBusy);
        // First the stream, then the subscription: its first notification comes at once.
        let heard = self.peripheral.notifications().await.map_err(lost)?;
        self.peripheral.subscribe(&self.response).await.map_err(lost)?;
        let heard = heard.filter_map(|heard| ready((heard.uuid == RESPONSE).then_some(heard.value)));
        // The stream itself does not end with the link.
        let mut life = self.life.clone();
        let over = async move { drop(life.wait_for(|life| *life == Life::Over).await) };
        Ok(Box::pin(heard.take_until(over)))
    }

    async fn unsubscribe(&self) -> Result<(), Fault> {
        self.peripheral.unsubscribe(&self.response).await.map_err(|error| fault(&error, Fault::Silent))
    }

    async fn write(&self, fragment: &[u8]) -> Result<(), Fault> {
        let written = self.peripheral.write(&self.request, fragment, WriteType::WithResponse).await;
        written.map_err(|error| fault(&error, Fault::Silent))
    }
}

/// What an error means; `otherwise` where it says nothing of its own. Android tells of a permission that is missing, and
/// BlueZ of most things, only in words.
fn fault(error: &btleplug::Error, otherwise: Fault) -> Fault {
    use btleplug::Error;
    match error {
        Error::PermissionDenied => Fault::BluetoothDenied,
        // Every phone has one; Android's is gone while it is off.
        Error::NoAdapterAvailable if cfg!(target_os = "android") => Fault::BluetoothOff,
        Error::NoAdapterAvailable => Fault::BluetoothMissing,
        Error::RuntimeError(_) | Error::Other(_) => in_words(&error.to_string()).unwrap_or(otherwise),
        _ => otherwise,
    }
}

fn in_words(error: &str) -> Option<Fault> {
    let says = |words: &[&str]| words.iter().any(|word| error.contains(word));
    if says(&["android.permission.", "SecurityException", "org.freedesktop.DBus.Error.AccessDenied"]) {
        Some(Fault::BluetoothDenied)
    } else if says(&["org.bluez.Error.NotReady"]) {
        Some(Fault::BluetoothOff)
    } else if says(&["org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.FileNotFound"]) {
        Some(Fault::BluetoothMissing)
    } else {
        None
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_only_said_in_words_is_understood() {
        let android = "Need android.permission.BLUETOOTH_SCAN permission for AttributionSource: startScan";
        let denied = btleplug::Error::RuntimeError(android.into());
        assert_eq!(fault(&denied, Fault::Silent), Fault::BluetoothDenied);
        let off = btleplug::Error::Other("Resource Not Ready (org.bluez.Error.NotReady)".into());
        assert_eq!(fault(&off, Fault::Silent), Fault::BluetoothOff);
        let none = "The name is not activatable (org.freedesktop.DBus.Error.ServiceUnknown)";
        assert_eq!(fault(&btleplug::Error::Other(none.into()), Fault::Silent), Fault::BluetoothMissing);
        assert_eq!(fault(&btleplug::Error::RuntimeError("133".into()), Fault::BluetoothBusy), Fault::BluetoothBusy);
        assert_eq!(fault(&btleplug::Error::PermissionDenied, Fault::Silent), Fault::BluetoothDenied);
    }
}
