//! The GATT service as BlueZ gets it, and what comes in by it.

use bluer::{
    Address, Uuid,
    gatt::local::{
        Application, Characteristic, CharacteristicNotifier, CharacteristicNotify, CharacteristicNotifyMethod,
        CharacteristicWrite, CharacteristicWriteMethod, ReqError, Service,
    },
};
use futures_util::FutureExt;
use phonein_protocol::gatt::{REQUEST, RESPONSE, SERVICE};
use std::future::ready;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Fragments that may wait: those of all places together hardly do, because they are taken as they come.
const WAITING: usize = 256;

/// What a phone does with the service.
pub(super) enum Touched {
    /// Someone subscribed. The notifier reaches all who did, and replaces the one before.
    Subscribed(CharacteristicNotifier),
    /// Someone wrote a fragment.
    Written { address: Address, mtu: usize, fragment: Vec<u8> },
}

/// The service, and what comes in by it.
///
/// Each call of BlueZ becomes a task. They keep their order only on a runtime with one thread, as long as nothing is
/// awaited in them.
pub(super) fn service() -> (Application, Receiver<Touched>) {
    let (touches, touched) = channel(WAITING);
    let service = Service {
        uuid: Uuid::from_u128(SERVICE),
        primary: true,
        characteristics: vec![request(touches.clone()), response(touches)],
        ..Service::default()
    };
    (Application { services: vec![service], ..Application::default() }, touched)
}

fn request(touches: Sender<Touched>) -> Characteristic {
    let write = CharacteristicWriteMethod::Fun(Box::new(move |fragment, about| {
        let taken = if about.offset == 0 {
            let touched = Touched::Written { address: about.device_address, mtu: about.mtu.into(), fragment };
            touches.try_send(touched).map_err(|_| ReqError::InProgress)
        } else {
            Err(ReqError::InvalidOffset)
        };
        ready(taken).boxed()
    }));
    Characteristic {
        uuid: Uuid::from_u128(REQUEST),
        write: Some(CharacteristicWrite {
            write: true,
            write_without_response: true,
            method: write,
            ..CharacteristicWrite::default()
        }),
        ..Characteristic::default()
    }
}

fn response(touches: Sender<Touched>) -> Characteristic {
    let notify = CharacteristicNotifyMethod::Fun(Box::new(move |notifier| {
        // Where there is no room, whoever subscribed has too little patience for it.
        let _ = touches.try_send(Touched::Subscribed(notifier));
        ready(()).boxed()
    }));
    Characteristic {
        uuid: Uuid::from_u128(RESPONSE),
        notify: Some(CharacteristicNotify { notify: true, method: notify, ..CharacteristicNotify::default() }),
        ..Characteristic::default()
    }
}
