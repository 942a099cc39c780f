//! Anybody who is near with Bluetooth: btleplug, bare. Nothing here is of the core.

use anyhow::{Context, Result, bail, ensure};
use btleplug::api::{Central as _, CentralEvent, Characteristic, Manager as _, Peripheral as _, ScanFilter, WriteType};
use btleplug::platform::{Adapter, Manager, Peripheral};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, future::ready};
use phonein_protocol::fragment::{Reassembler, fragments};
use phonein_protocol::gatt;
use phonein_protocol::session::Hello;
use std::time::{Duration, Instant};
use tokio::time::timeout;
use uuid::Uuid;

const SERVICE: Uuid = Uuid::from_u128(gatt::SERVICE);
const REQUEST: Uuid = Uuid::from_u128(gatt::REQUEST);
const RESPONSE: Uuid = Uuid::from_u128(gatt::RESPONSE);
/// Longer than anything takes that works.
const PATIENCE: Duration = Duration::from_secs(20);

/// An adapter to look and to connect with.
pub struct Central(Adapter);

impl Central {
    /// The adapter with this name, like "hci2".
    pub async fn at(name: &str) -> Result<Self> {
        for adapter in Manager::new().await?.adapters().await? {
            if adapter.adapter_info().await?.split(' ').next() == Some(name) {
                return Ok(Self(adapter));
            }
        }
        bail!("no adapter {name}")
    }

    /// Looks for the device with this address until it advertises the service.
    pub async fn find(&self, address: &str) -> Result<Device> {
        let mut events = self.0.events().await?;
        self.0.start_scan(ScanFilter { services: vec![SERVICE] }).await?;
        let look = async {
            while let Some(event) = events.next().await {
                let (CentralEvent::DeviceDiscovered(id)
                | CentralEvent::DeviceUpdated(id)
                | CentralEvent::ServicesAdvertisement { id, .. }) = event
                else {
                    continue;
                };
                let Ok(peripheral) = self.0.peripheral(&id).await else { continue };
                let services = peripheral.properties().await?.map(|properties| properties.services);
                let is_it = peripheral.address().to_string().eq_ignore_ascii_case(address);
                if is_it && services.is_some_and(|services| services.contains(&SERVICE)) {
                    return Ok(Device(peripheral));
                }
            }
            bail!("the adapter sees nothing any more")
        };
        let found = timeout(PATIENCE, look).await.context("nobody advertises with that address")?;
        self.0.stop_scan().await?;
        found
    }
}

/// A device that was seen.
pub struct Device(Peripheral);

/// How long the parts of a connection took.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    /// The link itself.
    pub connect: Duration,
    /// Its services.
    pub discover: Duration,
    /// From subscribing to the HELLO.
    pub subscribe: Duration,
}

impl Device {
    /// Connects and subscribes; what comes then is read by [`BareLink::message`].
    pub async fn connect(&self) -> Result<BareLink> {
        self.0.connect().await?;
        self.subscribe().await
    }

    /// Connects up to the HELLO, and looks at the clock in between.
    pub async fn greet(&self) -> Result<(BareLink, Hello, Parts)> {
        let began = Instant::now();
        self.0.connect().await?;
        let connected = Instant::now();
        self.0.discover_services().await?;
        let discovered = Instant::now();
        let mut link = self.listen().await?;
        let hello = link.hello().await?;
        let (connect, discover) = (connected - began, discovered - connected);
        Ok((link, hello, Parts { connect, discover, subscribe: discovered.elapsed() }))
    }

    /// Whether there is a link.
    pub async fn is_connected(&self) -> Result<bool> {
        Ok(self.0.is_connected().await?)
    }

    /// Ends the link, and waits until it has ended.
    pub async fn leave(&self) -> Result<()> {
        self.0.disconnect().await?;
        self.gone_within(PATIENCE).await.map(drop)
    }

    /// Waits until the link is gone; how long that took.
    pub async fn gone_within(&self, limit: Duration) -> Result<Duration> {
        let began = Instant::now();
        while self.is_connected().await? {
            ensure!(began.elapsed() < limit, "still connected after {limit:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(began.elapsed())
    }

    async fn subscribe(&self) -> Result<BareLink> {
        self.0.discover_services().await?;
        self.listen().await
    }

    async fn listen(&self) -> Result<BareLink> {
        let all = self.0.characteristics();
        let find = |uuid| all.iter().find(|found| found.uuid == uuid).cloned().context("a characteristic is missing");
        let (request, response) = (find(REQUEST)?, find(RESPONSE)?);
        let heard = self.0.notifications().await?;
        let heard = heard.filter_map(|heard| ready((heard.uuid == RESPONSE).then_some(heard.value))).boxed();
        self.0.subscribe(&response).await?;
        Ok(BareLink {
            peripheral: self.0.clone(),
            request,
            heard,
            began: Instant::now(),
            pieces: Reassembler::default(),
        })
    }
}

/// A connection. It stays when this is dropped, until [`Device::leave`].
pub struct BareLink {
    peripheral: Peripheral,
    request: Characteristic,
    heard: BoxStream<'static, Vec<u8>>,
    began: Instant,
    pieces: Reassembler,
}

impl BareLink {
    /// The negotiated MTU.
    pub fn mtu(&self) -> usize {
        self.peripheral.mtu().into()
    }

    /// Writes a fragment as it is.
    pub async fn write(&self, fragment: &[u8]) -> Result<()> {
        Ok(self.peripheral.write(&self.request, fragment, WriteType::WithResponse).await?)
    }

    /// Writes a message.
    pub async fn say(&self, message: &[u8]) -> Result<()> {
        for fragment in fragments(message, self.mtu())? {
            self.write(&fragment).await?;
        }
        Ok(())
    }

    /// The next whole message. Fragments that do not go together are of one that was meant for another phone.
    pub async fn message(&mut self) -> Result<Vec<u8>> {
        self.message_within(PATIENCE).await?.context("the intercom says nothing")
    }

    /// The next whole message, if one comes in time.
    pub async fn message_within(&mut self, limit: Duration) -> Result<Option<Vec<u8>>> {
        let message = async {
            while let Some(fragment) = self.heard.next().await {
                let now = u64::try_from(self.began.elapsed().as_millis())?;
                if let Ok(Some(message)) = self.pieces.push(&fragment, now) {
                    return Ok(Some(message));
                }
            }
            Ok(None)
        };
        timeout(limit, message).await.unwrap_or(Ok(None))
    }

    /// The next HELLO; other messages are passed over.
    pub async fn hello(&mut self) -> Result<Hello> {
        loop {
            let message = self.message().await?;
            if message.len() == Hello::LEN {
                return Ok(Hello::parse(&message)?);
            }
        }
    }
}
