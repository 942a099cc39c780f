//! Something that looks like an intercom and is none.

use std::{
    future::ready,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bluer::{
    Uuid,
    adv::{Advertisement, AdvertisementHandle},
    gatt::local::{
        Application, ApplicationHandle, Characteristic, CharacteristicNotifier, CharacteristicNotify,
        CharacteristicNotifyMethod, CharacteristicWrite, CharacteristicWriteMethod, Service,
    },
};
use futures_util::FutureExt;
use phonein_protocol::{
    advert::Advert,
    fragment::{Reassembler, fragments},
    gatt,
    session::{Hello, TransportError},
};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::guest;

/// A false intercom on the air, until dropped.
pub(crate) struct Fake {
    greeted: Arc<AtomicUsize>,
    _application: ApplicationHandle,
    _advertisements: [AdvertisementHandle; 2],
}

enum Touched {
    Subscribed(CharacteristicNotifier),
    Written(Vec<u8>),
}

impl Fake {
    /// With the advertisement of the intercom that has this public key.
    pub(crate) async fn start(name: &str, intercom: &[u8; 32]) -> Self {
        let adapter = guest::adapter(name).await;
        let (touch, touched) = unbounded_channel();
        let (wrote, subscribed) = (touch.clone(), touch);
        let write = CharacteristicWriteMethod::Fun(Box::new(move |fragment, _| {
            ready(wrote.send(Touched::Written(fragment)).map_err(|_| bluer::gatt::local::ReqError::Failed)).boxed()
        }));
        let notify = CharacteristicNotifyMethod::Fun(Box::new(move |notifier| {
            drop(subscribed.send(Touched::Subscribed(notifier)));
            ready(()).boxed()
        }));
        let request = Characteristic {
            uuid: Uuid::from_u128(gatt::REQUEST),
            write: Some(CharacteristicWrite { write: true, method: write, ..Default::default() }),
            ..Default::default()
        };
        let response = Characteristic {
            uuid: Uuid::from_u128(gatt::RESPONSE),
            notify: Some(CharacteristicNotify { notify: true, method: notify, ..Default::default() }),
            ..Default::default()
        };
        let service = Uuid::from_u128(gatt::SERVICE);
        let services = vec![Service {
            uuid: service,
            primary: true,
            characteristics: vec![request, response],
            ..Default::default()
        }];
        let application = adapter.serve_gatt_application(Application { services, ..Default::default() }).await.unwrap();
        // In turns, so that each begins again and again: a virtual adapter reports only the beginning.
        let advertisement = || Advertisement {
            service_uuids: [service].into(),
            manufacturer_data: [(gatt::COMPANY, Advert::of(intercom, [9, 9, 9]).as_bytes().to_vec())].into(),
            discoverable: Some(true),
            duration: Some(Duration::from_secs(1)),
            ..Default::default()
        };
        let greeted = Arc::new(AtomicUsize::new(0));
        tokio::spawn(pretend(touched, greeted.clone()));
        let first = adapter.advertise(advertisement()).await.unwrap();
        let second = adapter.advertise(advertisement()).await.unwrap();
        Self { greeted, _application: application, _advertisements: [first, second] }
    }

    /// How many it sent a HELLO.
    pub(crate) fn greeted(&self) -> usize {
        self.greeted.load(Ordering::SeqCst)
    }
}

async fn pretend(mut touched: UnboundedReceiver<Touched>, greeted: Arc<AtomicUsize>) {
    let (mut notifier, mut pieces) = (None, Reassembler::default());
    while let Some(touched) = touched.recv().await {
        let answer = match touched {
            Touched::Subscribed(new) => {
                notifier = Some(new);
                greeted.fetch_add(1, Ordering::SeqCst);
                Hello { version: 1, token: 7, e_door: [9; 32] }.encode().to_vec()
            }
            // As an intercom does that cannot read it.
            Touched::Written(fragment) => match pieces.push(&fragment, 0) {
                Ok(Some(_)) => vec![TransportError::Malformed.code()],
                _ => continue,
            },
        };
        for fragment in fragments(&answer, 0).unwrap() {
            if let Some(notifier) = &mut notifier {
                // Whoever left hears nothing.
                let _ = notifier.notify(fragment).await;
            }
        }
    }
}
