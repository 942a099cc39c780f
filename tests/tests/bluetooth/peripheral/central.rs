//! A central that does what it is told, right or wrong.

use std::{
    pin::Pin,
    time::{Duration, Instant},
};

use bluer::{
    Adapter, AdapterEvent, Address, Device, Session,
    gatt::{
        WriteOp,
        remote::{Characteristic, CharacteristicWriteRequest},
    },
};
use futures_util::{Stream, StreamExt};
use phonein_protocol::{
    fragment::Reassembler,
    gatt::{REQUEST, RESPONSE, SERVICE},
};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_secs(20);
const TRIES: usize = 4;

pub(super) struct Central {
    _session: Session,
    pub(super) adapter: Adapter,
}

/// A connection, services discovered.
pub(super) struct Link {
    device: Device,
    request: Characteristic,
    response: Characteristic,
}

/// What a subscription brings, message by message.
pub(super) struct Heard {
    notifications: Pin<Box<dyn Stream<Item = Vec<u8>>>>,
    reassembler: Reassembler,
}

impl Central {
    pub(super) async fn on(adapter: &str) -> Self {
        let session = Session::new().await.unwrap();
        let adapter = session.adapter(adapter).unwrap();
        adapter.set_powered(true).await.unwrap();
        for address in adapter.device_addresses().await.unwrap() {
            let _ = adapter.remove_device(address).await;
        }
        Self { _session: session, adapter }
    }

    /// Scans until this one is found.
    async fn find(&self, address: Address) -> Device {
        let found = async {
            loop {
                let mut seen = Box::pin(self.adapter.discover_devices().await.unwrap());
                let soon = timeout(Duration::from_secs(5), async {
                    while let Some(event) = seen.next().await {
                        if matches!(event, AdapterEvent::DeviceAdded(found) if found == address) {
                            return;
                        }
                    }
                });
                if soon.await.is_ok() {
                    return self.adapter.device(address).unwrap();
                }
            }
        };
        timeout(PATIENCE, found).await.expect("the intercom is not found")
    }

    async fn touch(&self, address: Address) -> Device {
        let device = self.find(address).await;
        for _ in 0..TRIES {
            if let Ok(()) = timeout(PATIENCE, device.connect()).await.expect("no connection") {
                return device;
            }
        }
        panic!("no connection");
    }

    /// Connects and discovers. A slow machine may need longer for that than an intercom waits for whoever says nothing.
    pub(super) async fn connect(&self, address: Address) -> Link {
        for _ in 0..TRIES {
            let device = self.touch(address).await;
            while device.is_connected().await.unwrap_or(false) {
                if device.is_services_resolved().await.unwrap_or(false)
                    && let Some(link) = characteristics(&device).await
                {
                    return link;
                }
                sleep(Duration::from_millis(10)).await;
            }
        }
        panic!("no services");
    }
}

async fn characteristics(device: &Device) -> Option<Link> {
    let (mut request, mut response) = (None, None);
    for service in device.services().await.ok()? {
        if service.uuid().await.ok()? != Uuid::from_u128(SERVICE) {
            continue;
        }
        for characteristic in service.characteristics().await.ok()? {
            match characteristic.uuid().await.ok()?.as_u128() {
                REQUEST => request = Some(characteristic),
                RESPONSE => response = Some(characteristic),
                _ => {}
            }
        }
    }
    Some(Link { device: device.clone(), request: request?, response: response? })
}

impl Link {
    pub(super) async fn subscribe(&self) -> Option<Heard> {
        let notifications = Box::pin(self.response.notify().await.ok()?);
        Some(Heard { notifications, reassembler: Reassembler::default() })
    }

    /// Writes a fragment, without waiting for more than the radio.
    pub(super) async fn write(&self, fragment: &[u8]) -> bluer::Result<()> {
        let how = CharacteristicWriteRequest { op_type: WriteOp::Command, ..CharacteristicWriteRequest::default() };
        self.request.write_ext(fragment, &how).await
    }

    pub(super) async fn write_all(&self, fragments: &[Vec<u8>]) -> Option<()> {
        for fragment in fragments {
            self.write(fragment).await.ok()?;
        }
        Some(())
    }

    /// How long it takes until the link is gone.
    pub(super) async fn ends(&self) -> Duration {
        let start = Instant::now();
        while self.device.is_connected().await.unwrap_or(false) {
            assert!(start.elapsed() < PATIENCE, "the link does not end");
            sleep(Duration::from_millis(50)).await;
        }
        start.elapsed()
    }

    pub(super) async fn hang_up(&self) {
        let _ = self.device.disconnect().await;
    }
}

impl Heard {
    /// The next whole message; what does not go together is passed over, as a phone does. None if the link ends first, or too
    /// much time goes by.
    pub(super) async fn message(&mut self) -> Option<Vec<u8>> {
        self.message_within(Duration::from_secs(10)).await
    }

    pub(super) async fn message_within(&mut self, patience: Duration) -> Option<Vec<u8>> {
        let next = async {
            loop {
                let fragment = self.notifications.next().await?;
                if let Ok(Some(message)) = self.reassembler.push(&fragment, 0) {
                    return Some(message);
                }
            }
        };
        timeout(patience, next).await.ok()?
    }
}
