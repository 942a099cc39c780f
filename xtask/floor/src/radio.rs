//! A frame written to a characteristic, and the notification that answers it.

use crate::FloorError;
use btleplug::api::{Central as _, CentralEvent, Characteristic, Manager as _, Peripheral as _, ScanFilter, WriteType};
use btleplug::platform::{Adapter, Manager, Peripheral};
use futures_util::StreamExt as _;
use std::time::Duration;
use tokio::time::timeout;
use uuid::Uuid;

const LIMIT: Duration = Duration::from_secs(10);

pub(crate) async fn ask(service: &str, bytes: Vec<u8>) -> Result<Vec<u8>, FloorError> {
    let service = Uuid::parse_str(service).map_err(|error| FloorError::Radio { reason: error.to_string() })?;
    let adapters = Manager::new().await?.adapters().await?;
    let adapter = adapters.into_iter().next().ok_or_else(|| silent("no adapter"))?;
    let peripheral = timeout(LIMIT, find(&adapter, service)).await.map_err(|_| silent("nobody"))??;
    peripheral.connect().await?;
    let answer = timeout(LIMIT, exchange(&peripheral, service, &bytes)).await;
    timeout(LIMIT, peripheral.disconnect()).await.map_err(|_| silent("no end"))??;
    answer.map_err(|_| silent("no answer"))?
}

async fn find(adapter: &Adapter, service: Uuid) -> Result<Peripheral, FloorError> {
    let mut events = adapter.events().await?;
    adapter.start_scan(ScanFilter { services: vec![service] }).await?;
    while let Some(event) = events.next().await {
        if let CentralEvent::DeviceDiscovered(id) | CentralEvent::ServicesAdvertisement { id, .. } = event {
            let peripheral = adapter.peripheral(&id).await?;
            let properties = peripheral.properties().await?;
            if properties.is_some_and(|properties| properties.services.contains(&service)) {
                adapter.stop_scan().await?;
                return Ok(peripheral);
            }
        }
    }
    Err(silent("nobody"))
}

async fn exchange(peripheral: &Peripheral, service: Uuid, bytes: &[u8]) -> Result<Vec<u8>, FloorError> {
    peripheral.discover_services().await?;
    let characteristics = peripheral.characteristics();
    let characteristic: &Characteristic = characteristics
        .iter()
        .find(|known| known.service_uuid == service)
        .ok_or_else(|| silent("no characteristic"))?;
    peripheral.subscribe(characteristic).await?;
    let mut answers = peripheral.notifications().await?;
    for part in bytes.chunks(usize::from(peripheral.mtu()).saturating_sub(5).max(20)) {
        peripheral.write(characteristic, part, WriteType::WithResponse).await?;
    }
    answers.next().await.map(|answer| answer.value).ok_or_else(|| silent("no answer"))
}

fn silent(reason: &str) -> FloorError {
    FloorError::Radio { reason: reason.to_owned() }
}

impl From<btleplug::Error> for FloorError {
    fn from(error: btleplug::Error) -> Self {
        Self::Radio { reason: error.to_string() }
    }
}
