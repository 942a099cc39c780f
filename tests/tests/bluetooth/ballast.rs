//! A second phone at one intercom needs a link of another kind first.
//!
//! btvirt numbers the links of each controller from 42 and tells both ends of a link the *central's* number. The first link of
//! hci1 and of hci2 are both 42; were both to hci0, the kernel would have two links with one number there, mix them up and
//! crash on their end. A link between hci2 and hci3 takes that number away: hci2's next one is 43, as it is at hci0 when hci1 is
//! connected there already. It has to be: the second phone connects while the first is.

use std::time::Duration;

use bluer::{
    Adapter, AdapterEvent, Device, Session,
    adv::{Advertisement, AdvertisementHandle},
};
use futures_util::StreamExt;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

/// Of nothing.
const SERVICE: Uuid = Uuid::from_u128(0x7068_6f6e_6569_6e00_6261_6c6c_6173_7400);

/// The link. Let go of with [`Ballast::drop_off`], so that the next test finds hci2 free.
pub(crate) struct Ballast {
    device: Device,
    _advertisements: Vec<AdvertisementHandle>,
    _session: Session,
}

impl Ballast {
    /// The usual one: hci2's next number is 43.
    pub(crate) async fn take() -> Self {
        Self::between("hci2", "hci3").await
    }

    /// A link that begins at `from`.
    pub(crate) async fn between(from: &str, to: &str) -> Self {
        let session = Session::new().await.unwrap();
        let (from, to) = (session.adapter(from).unwrap(), session.adapter(to).unwrap());
        for adapter in [&from, &to] {
            adapter.set_powered(true).await.unwrap();
        }
        let advertisement = Advertisement {
            service_uuids: [SERVICE].into(),
            discoverable: Some(true),
            duration: Some(Duration::from_secs(1)),
            ..Advertisement::default()
        };
        let mut advertisements = Vec::new();
        for _ in 0..2 {
            advertisements.push(to.advertise(advertisement.clone()).await.unwrap());
        }
        let device = timeout(Duration::from_secs(30), found(&from, &to)).await.expect("no ballast is found");
        while device.connect().await.is_err() {
            sleep(Duration::from_millis(100)).await;
        }
        Self { device, _advertisements: advertisements, _session: session }
    }

    pub(crate) async fn drop_off(self) {
        let _ = self.device.disconnect().await;
    }
}

async fn found(from: &Adapter, to: &Adapter) -> Device {
    let address = to.address().await.unwrap();
    let mut seen = Box::pin(from.discover_devices().await.unwrap());
    while let Some(event) = seen.next().await {
        if matches!(event, AdapterEvent::DeviceAdded(found) if found == address) {
            break;
        }
    }
    from.device(address).unwrap()
}
