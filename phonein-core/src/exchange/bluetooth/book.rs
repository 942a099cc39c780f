//! What this phone knows of the devices around one intercom, for as long as the app runs.

use std::{collections::HashMap, time::Duration};

use tokio::time::Instant;

use super::{choice::Doubt, radio::PeripheralId};

/// A device that proved to be the intercom is reached without a scan for so long.
const KNOWN: Duration = Duration::from_mins(10);
/// One that could not read the request is another intercom, for so long: then it may have learnt who this phone is.
const CERTAIN: Duration = Duration::from_secs(10);
/// One that failed is tried after others for so long.
const DOUBTED: Duration = Duration::from_mins(2);

/// Which device proved to be the intercom, and which did not.
#[derive(Debug, Default)]
pub(super) struct Book {
    genuine: Option<(PeripheralId, Instant)>,
    doubts: HashMap<PeripheralId, (Doubt, Instant)>,
}

impl Book {
    /// The device that can be tried without a scan.
    pub(super) fn known(&self) -> Option<&PeripheralId> {
        self.genuine.as_ref().filter(|(_, at)| at.elapsed() < KNOWN).map(|(peripheral, _)| peripheral)
    }

    pub(super) fn doubt(&self, peripheral: &PeripheralId) -> Doubt {
        match self.doubts.get(peripheral) {
            Some((Doubt::Certain, at)) if at.elapsed() < CERTAIN => Doubt::Certain,
            Some((_, at)) if at.elapsed() < DOUBTED => Doubt::Some,
            _ => Doubt::None,
        }
    }

    /// It answered under the intercom's seal.
    pub(super) fn trust(&mut self, peripheral: &PeripheralId) {
        self.doubts.remove(peripheral);
        self.genuine = Some((peripheral.clone(), Instant::now()));
    }

    /// It did not answer. One that proved to be the intercom may do so once: radio links drop.
    pub(super) fn fail(&mut self, peripheral: &PeripheralId) {
        if self.genuine.as_ref().is_some_and(|(genuine, _)| genuine == peripheral) {
            self.genuine = None;
        } else {
            self.write_down(peripheral, Doubt::Some);
        }
    }

    /// It could not read the request, or nothing it says makes sense.
    pub(super) fn expose(&mut self, peripheral: &PeripheralId) {
        self.genuine.take_if(|(genuine, _)| genuine == peripheral);
        self.write_down(peripheral, Doubt::Certain);
    }

    fn write_down(&mut self, peripheral: &PeripheralId, doubt: Doubt) {
        self.doubts.retain(|_, (_, at)| at.elapsed() < DOUBTED);
        self.doubts.insert(peripheral.clone(), (doubt, Instant::now()));
    }
}
