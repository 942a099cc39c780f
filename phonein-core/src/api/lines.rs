//! The line to each intercom, and which ways lead there.

use super::journal::Journal;
use crate::clock::Clock;
use crate::exchange::{
    Air, BaseUrl, BluetoothTransport, Fault, HttpClient, HttpTransport, Line, NoWay, SystemRadio, Transport as Way, Via,
};
use crate::keys::PhoneKey;
use crate::unlock::Taps;
use crate::wallet::{Intercom, IntercomId, Transport, Wallet};
use std::collections::HashMap;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, PoisonError};

/// The lines in use. Each keeps its connections and the HELLO at hand.
pub(crate) struct Lines {
    client: HttpClient,
    radio: Arc<SystemRadio>,
    air: Arc<Air>,
    wallet: Arc<Wallet>,
    clock: Arc<dyn Clock>,
    known: Mutex<HashMap<IntercomId, Known>>,
}

/// A line in use.
#[derive(Debug)]
struct Known {
    route: Route,
    to: Contacted,
}

/// How an intercom is spoken to.
#[derive(Clone, Debug)]
pub(crate) struct Contacted {
    /// One request at a time.
    pub(crate) line: Arc<Line>,
    /// The taps over it.
    pub(crate) taps: Arc<Taps>,
    /// How many syncs were asked for.
    pub(crate) asked: Arc<AtomicU64>,
    /// One sync at a time: how many of those that were asked for are done.
    pub(crate) done: Arc<tokio::sync::Mutex<u64>>,
}

/// What decides which ways lead to an intercom.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Route {
    transport: Transport,
    address: Option<String>,
    urls: Vec<String>,
}

impl Lines {
    pub(crate) fn new(client: HttpClient, wallet: Arc<Wallet>, clock: Arc<dyn Clock>) -> Self {
        let radio = SystemRadio::new();
        Self { client, air: Air::new(radio.clone()), radio, wallet, clock, known: Mutex::default() }
    }

    /// The adapter to use, before anything was reached.
    pub(crate) fn use_bluetooth_adapter(&self, name: &str) {
        self.radio.choose(name);
    }

    /// How to speak to an intercom, by the ways that lead there now. `key` is this phone's there.
    pub(crate) fn to(&self, intercom: &Intercom, key: PhoneKey) -> Contacted {
        let Intercom { transport, address, urls, .. } = intercom;
        let route = Route { transport: *transport, address: address.clone(), urls: urls.clone() };
        let mut lines = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lines.get_mut(&intercom.id)
            && known.to.line.key().public() == key.public()
        {
            if known.route != route {
                known.to.line.reroute(self.ways(&route, Some(intercom.public_key)));
                known.route = route;
            }
            return known.to.clone();
        }
        let line = Arc::new(Line::new(intercom.public_key, key, self.ways(&route, Some(intercom.public_key))));
        let journal = Journal::new(self.wallet.clone(), self.clock.clone(), intercom.id);
        let taps = Arc::new(Taps::new(line.clone(), Arc::new(journal)));
        let to = Contacted { line, taps, asked: Arc::default(), done: Arc::default() };
        lines.insert(intercom.id, Known { route, to: to.clone() });
        to
    }

    /// The intercom was forgotten.
    pub(crate) fn forget(&self, intercom: IntercomId) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(&intercom);
    }

    /// The ways to an intercom of which only an address may be known.
    pub(crate) fn ways_to(&self, address: Option<&BaseUrl>) -> Vec<Arc<dyn Way>> {
        let address = address.map(|url| url.as_str().to_owned());
        self.ways(&Route { transport: Transport::Both, address, urls: Vec::new() }, None)
    }

    /// The ways to the intercom with this public key, or to one whose key is not known yet.
    fn ways(&self, route: &Route, intercom: Option<[u8; 32]>) -> Vec<Arc<dyn Way>> {
        let no_way = |via, fault| -> Arc<dyn Way> { Arc::new(NoWay { via, fault }) };
        let bluetooth = || -> Arc<dyn Way> {
            Arc::new(match intercom {
                Some(public) => BluetoothTransport::to(self.air.clone(), public),
                None => BluetoothTransport::unpaired(self.air.clone()),
            })
        };
        match route.transport {
            Transport::Bluetooth => vec![bluetooth(), no_way(Via::Http, Fault::SwitchedOff)],
            Transport::Network => [self.by_network(route), vec![no_way(Via::Bluetooth, Fault::SwitchedOff)]].concat(),
            Transport::Both => [self.by_network(route), vec![bluetooth()]].concat(),
        }
    }

    fn by_network(&self, route: &Route) -> Vec<Arc<dyn Way>> {
        // The typed address first: whoever typed it knows where the intercom is.
        let mut bases: Vec<BaseUrl> = Vec::new();
        for base in route.address.iter().chain(&route.urls).filter_map(|url| BaseUrl::parse(url).ok()) {
            if !bases.contains(&base) {
                bases.push(base);
            }
        }
        if bases.is_empty() {
            return vec![Arc::new(NoWay { via: Via::Http, fault: Fault::NoAddress })];
        }
        bases.iter().map(|base| -> Arc<dyn Way> { Arc::new(HttpTransport::new(&self.client, base)) }).collect()
    }
}
