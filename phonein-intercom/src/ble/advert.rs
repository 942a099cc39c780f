//! What is advertised (docs/protocol.md, section 8), and when anew.

use crate::judge::Advertised;
use bluer::{
    Adapter,
    adv::{Advertisement, AdvertisementHandle},
};
use phonein_protocol::{advert::Advert, gatt};
use std::time::Duration;
use tokio::time::sleep;
use tracing::debug;
use uuid::Uuid;

/// A nonce is advertised for so long.
pub(super) const RENEWED: Duration = Duration::from_mins(15);
/// Where several advertisements take turns, each has so long.
const TURN: Duration = Duration::from_secs(1);
/// How long BlueZ may take to make room.
const ROOM: Duration = Duration::from_millis(200);

/// The bytes to advertise, with a fresh nonce.
fn bytes(advertised: &Advertised) -> Result<Advert, getrandom::Error> {
    if advertised.waits_for_pairing {
        return Ok(Advert::PAIRING);
    }
    let mut nonce = [0; 3];
    getrandom::fill(&mut nonce)?;
    Ok(Advert::of(&advertised.intercom, nonce))
}

/// An advertisement on the air, until dropped.
#[derive(Debug)]
pub(super) struct OnAir {
    _registered: Vec<AdvertisementHandle>,
}

impl OnAir {
    /// Begins, or goes on with a new nonce: the old one ends when the new one is there, so that there is no gap.
    ///
    /// To be done whenever a connection ends. Where an adapter stops advertising for a connection, the kernel goes on afterwards
    /// with the advertisement by which the phone came. If that was replaced meanwhile, Linux 6.1 goes on with nothing anybody
    /// could connect to, and no other one takes its turn; until its number, which is free, is that of a new one.
    ///
    /// It is registered twice. Advertisements beside each other take turns, and each turn starts anew: the virtual
    /// controllers of the lab report an advertisement only when it starts. On a real radio nothing is won or lost by it;
    /// where there is room for one only, one it is.
    pub(super) async fn begin(adapter: &Adapter, advertised: &Advertised, before: Option<Self>) -> bluer::Result<Self> {
        let advert = bytes(advertised)
            .map_err(|error| bluer::Error { kind: bluer::ErrorKind::Failed, message: error.to_string() })?;
        let first = match adapter.advertise(advertisement(advert)).await {
            Ok(first) => first,
            Err(_) if before.is_some() => {
                drop(before);
                sleep(ROOM).await;
                adapter.advertise(advertisement(advert)).await?
            }
            Err(error) => return Err(error),
        };
        let mut handles = vec![first];
        match adapter.advertise(advertisement(advert)).await {
            Ok(second) => handles.push(second),
            Err(error) => debug!(%error, "one advertisement, no second one"),
        }
        Ok(Self { _registered: handles })
    }
}

/// Flags 3, service UUID 18, manufacturer data 10: the 31 bytes that an advertisement has. No room for a name, nor need.
fn advertisement(advert: Advert) -> Advertisement {
    Advertisement {
        service_uuids: [Uuid::from_u128(gatt::SERVICE)].into(),
        manufacturer_data: [(gatt::COMPANY, advert.as_bytes().to_vec())].into(),
        discoverable: Some(true),
        duration: Some(TURN),
        ..Advertisement::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_intercom_is_known_to_its_phones_until_it_waits_for_pairing() {
        let advertised = Advertised { intercom: [7; 32], waits_for_pairing: false };
        let (one, other) = (bytes(&advertised).unwrap(), bytes(&advertised).unwrap());
        assert!(one.matches(&[7; 32]) && other.matches(&[7; 32]));
        assert_ne!(one, other);
        let waits = Advertised { waits_for_pairing: true, ..advertised };
        assert!(bytes(&waits).unwrap().waits_for_pairing());
    }
}
