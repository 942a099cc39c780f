//! The way over Bluetooth, against the very intercom that ships, over a radio in memory.

mod clean_up;
mod fakes;
mod links;

use std::{sync::Arc, time::Duration};

use phonein_protocol::{
    advert::Advert,
    message::{Body, Outcome},
};
use tokio::time::{Instant, sleep};

use super::{
    super::{
        Fault, Line, Obstacle, Transport, Unreached, Via,
        fake::{FINE, FakeIntercom, Fate, anna, managed, phone, uuid},
        pair,
    },
    Air, BluetoothTransport,
    simulated::{Device, SimulatedRadio, Stage},
};

/// A manager's phone near some devices.
struct Scene {
    intercom: Arc<FakeIntercom>,
    radio: Arc<SimulatedRadio>,
    air: Arc<Air>,
    line: Arc<Line>,
}

impl Scene {
    /// `devices` are what is near, given the intercom.
    async fn new(devices: impl FnOnce(&Arc<FakeIntercom>) -> Vec<Device>) -> Self {
        let mut made = None;
        let (intercom, line) = managed(|intercom| {
            let radio = SimulatedRadio::new(devices(intercom));
            let air = Air::new(radio.clone());
            made = Some((radio, air.clone()));
            vec![Arc::new(BluetoothTransport::to(air, intercom.public()))]
        })
        .await;
        let (radio, air) = made.unwrap();
        Self { intercom, radio, air, line }
    }

    async fn ask(&self) -> Result<Outcome, Fault> {
        let asked = self.line.ask(Body::ReadSettings).await;
        asked.map(|answered| answered.answer.outcome).map_err(|Unreached { paths }| {
            assert_eq!(paths.len(), 1);
            paths[0].fault.clone()
        })
    }

    /// Nothing is left of it.
    fn is_clean(&self) -> bool {
        self.radio.links() == 0 && !self.radio.is_scanning()
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(self.radio.misuses(), [""; 0]);
        }
    }
}

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// `fate` on `stage`, and all is well elsewhere.
fn only(stage: Stage, fate: Fate) -> impl Fn(Stage) -> Fate + Send + Sync {
    move |at| if at == stage { fate.clone() } else { FINE }
}

fn door(intercom: &Arc<FakeIntercom>) -> Vec<Device> {
    vec![Device::new("door", intercom)]
}
