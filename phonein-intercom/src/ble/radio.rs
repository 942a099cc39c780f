//! One adapter, from the registration with BlueZ until something ends it.

use super::{
    advert::{OnAir, RENEWED},
    gatt::Touched,
    links::{Act, LinkId, Links},
    register::{Registered, in_time, register},
    trouble::Trouble,
};
use crate::{
    clock::mono_ms,
    judge::{Advertised, Judge, Refusal, Standing},
};
use bluer::{
    Adapter, AdapterEvent, AdapterProperty, Address, DeviceEvent, DeviceProperty, gatt::local::CharacteristicNotifier,
};
use futures_util::{
    FutureExt, Stream, StreamExt, TryFutureExt,
    future::{BoxFuture, join_all, ready},
    stream::{BoxStream, FuturesUnordered, SelectAll, iter, once},
};
use phonein_protocol::{fragment::fragments, log::Via, session::TransportError};
use std::{collections::BTreeSet, time::Duration};
use tokio::{
    sync::watch,
    time::{Instant, MissedTickBehavior, interval, sleep_until, timeout},
};
use tracing::{debug, info};

/// For anything BlueZ is asked that it should do at once.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often the links are looked after.
const TICK: Duration = Duration::from_millis(250);
/// How often BlueZ is asked whether it still advertises: one that was started anew says nothing by itself.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// HELLOs that may be on their way from the judge.
const HELLOS: usize = 16;
/// For BlueZ to take in, at the end, that the links are to be ended.
const FAREWELL: Duration = Duration::from_millis(200);

/// What one who serves works with.
pub(super) struct Service<'a> {
    /// Name or address of an adapter; empty for the first there is.
    pub(super) adapter: &'a str,
    pub(super) judge: &'a Judge,
    pub(super) standing: &'a Standing,
    pub(super) advertised: watch::Receiver<Advertised>,
}

impl Service<'_> {
    /// Serves until `stop` says so, or trouble comes. An adapter that someone switches off stays off until they switch it on;
    /// one that comes, or comes back, is switched on.
    pub(super) async fn serve(mut self, stop: watch::Receiver<bool>) -> Result<(), Trouble> {
        let registered = in_time(register(self.adapter, &mut self.advertised)).await?;
        let Registered { adapter, address, mut events, mut touched, mut on_air, .. } = registered;
        self.standing.on_air(adapter.name(), address);
        info!(adapter = adapter.name(), %address, "phones find the intercom by Bluetooth");
        let mut radio = Radio::new(&adapter, self.judge);
        for address in in_time(adapter.device_addresses().map_err(Trouble::from)).await? {
            radio.watch(address).await;
        }
        let (mut tick, mut heartbeat) = (interval(TICK), interval(HEARTBEAT));
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut renew = Instant::now() + RENEWED;
        let mut stopped = stop.clone();
        loop {
            let is_new_advert = tokio::select! {
                // What is written counts only after the connection it came by: of somebody who is not known to be connected
                // nothing is heard.
                biased;
                _ = stopped.wait_for(|stop| *stop) => {
                    radio.farewell().await;
                    return Ok(());
                }
                event = events.next() => {
                    match event {
                        Some(AdapterEvent::DeviceAdded(address)) => radio.watch(address).await,
                        Some(AdapterEvent::PropertyChanged(AdapterProperty::Powered(false))) => {
                            self.standing.tell(&Trouble::SwitchedOff);
                            return while_off(&adapter, events, stop).await;
                        }
                        Some(_) => {}
                        None => return Err(Trouble::Gone),
                    }
                    false
                }
                Some((address, change)) = radio.changes.next(), if !radio.changes.is_empty() => {
                    radio.changed(address, change).await
                }
                Some(done) = radio.pending.next(), if !radio.pending.is_empty() => {
                    radio.done(done).await;
                    false
                }
                _ = tick.tick() => {
                    radio.tick().await;
                    false
                }
                _ = heartbeat.tick() => {
                    check(&adapter).await?;
                    false
                }
                changed = self.advertised.changed() => match changed {
                    Ok(()) => true,
                    // The judge has ended, and the program ends with it.
                    Err(_) => return Ok(()),
                },
                () = sleep_until(renew) => true,
                Some(touched) = touched.recv() => {
                    radio.touched(touched).await;
                    false
                }
            };
            self.standing.links(radio.links.count());
            if is_new_advert {
                let now = *self.advertised.borrow_and_update();
                match timeout(PATIENCE, OnAir::begin(&adapter, &now, Some(on_air))).await {
                    Ok(Ok(begun)) => on_air = begun,
                    // Its connections end before it says that it is off.
                    _ if !adapter.is_powered().await? => {
                        self.standing.tell(&Trouble::SwitchedOff);
                        return while_off(&adapter, events, stop).await;
                    }
                    Ok(Err(error)) => return Err(error.into()),
                    Err(_) => return Err(Trouble::NoAnswer),
                }
                renew = Instant::now() + RENEWED;
            }
        }
    }
}

/// Whether BlueZ still knows what was registered.
async fn check(adapter: &Adapter) -> Result<(), Trouble> {
    match timeout(PATIENCE, adapter.active_advertising_instances()).await {
        Err(_) => Err(Trouble::NoAnswer),
        Ok(Ok(0)) => Err(Trouble::Forgotten),
        Ok(known) => Ok(known.map(drop)?),
    }
}

/// Waits while the adapter is switched off. A bluetoothd that ends switches it off, too, and then takes it away.
async fn while_off(
    adapter: &Adapter,
    mut events: impl Stream<Item = AdapterEvent> + Unpin,
    mut stop: watch::Receiver<bool>,
) -> Result<(), Trouble> {
    let mut heartbeat = interval(HEARTBEAT);
    loop {
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return Ok(()),
            event = events.next() => match event {
                Some(AdapterEvent::PropertyChanged(AdapterProperty::Powered(true))) => return Err(Trouble::SwitchedOff),
                Some(_) => {}
                None => return Err(Trouble::Gone),
            },
            _ = heartbeat.tick() => {
                if timeout(PATIENCE, adapter.is_powered()).await.map_err(|_| Trouble::NoAnswer)?? {
                    return Err(Trouble::SwitchedOff);
                }
            }
        }
    }
}

/// What happened to a device.
enum Change {
    Connected(bool),
    /// BlueZ removed the device, or something of it.
    Unwatched,
}

/// What was waited for beside everything else.
enum Done {
    Hello { frame: Result<Vec<u8>, Refusal>, mtu: usize },
    Judged { link: LinkId, frame: Result<Vec<u8>, Refusal> },
    HungUp,
}

/// The links of an adapter, and what carries out their acts.
struct Radio<'a> {
    adapter: &'a Adapter,
    judge: &'a Judge,
    links: Links,
    notifier: Option<CharacteristicNotifier>,
    watched: BTreeSet<Address>,
    changes: SelectAll<BoxStream<'static, (Address, Change)>>,
    pending: FuturesUnordered<BoxFuture<'a, Done>>,
    hellos: usize,
}

impl<'a> Radio<'a> {
    fn new(adapter: &'a Adapter, judge: &'a Judge) -> Self {
        Self {
            adapter,
            judge,
            links: Links::default(),
            notifier: None,
            watched: BTreeSet::new(),
            changes: SelectAll::new(),
            pending: FuturesUnordered::new(),
            hellos: 0,
        }
    }

    /// Watches a device that BlueZ knows: one that connects is new to it most often, and known already else.
    async fn watch(&mut self, address: Address) {
        if !self.watched.insert(address) {
            return;
        }
        let Ok(device) = self.adapter.device(address) else { return };
        let Ok(events) = device.events().await else { return };
        let connected = |event| match event {
            DeviceEvent::PropertyChanged(DeviceProperty::Connected(is)) => Some(Change::Connected(is)),
            DeviceEvent::PropertyChanged(_) => None,
        };
        let changes = events.flat_map(move |event| iter(connected(event)));
        let changes = changes.chain(once(ready(Change::Unwatched))).map(move |change| (address, change));
        self.changes.push(changes.boxed());
        if device.is_connected().await.unwrap_or(false) {
            self.changed(address, Change::Connected(true)).await;
        }
    }

    /// Whether a connection has ended.
    async fn changed(&mut self, address: Address, change: Change) -> bool {
        match change {
            Change::Connected(true) => {
                debug!("someone connected");
                let acts = self.links.connected(address, mono_ms());
                self.act(acts).await;
                false
            }
            Change::Connected(false) => {
                self.links.disconnected(address);
                true
            }
            Change::Unwatched => {
                self.watched.remove(&address);
                let device = self.adapter.device(address);
                if let Ok(device) = device
                    && device.is_connected().await.unwrap_or(false)
                {
                    Box::pin(self.watch(address)).await;
                    false
                } else {
                    self.links.disconnected(address);
                    true
                }
            }
        }
    }

    async fn touched(&mut self, touched: Touched) {
        let acts = match touched {
            Touched::Subscribed(notifier) => {
                self.notifier = Some(notifier);
                vec![Links::subscribed()]
            }
            Touched::Written { address, mtu, fragment } => self.links.fragment(address, &fragment, mtu, mono_ms()),
        };
        self.act(acts).await;
    }

    async fn tick(&mut self) {
        let acts = self.links.tick(mono_ms());
        self.act(acts).await;
    }

    async fn done(&mut self, done: Done) {
        match done {
            Done::Hello { frame, mtu } => {
                self.hellos -= 1;
                if let Ok(hello) = frame {
                    self.say(&hello, mtu).await;
                }
            }
            Done::Judged { link, frame } => {
                let answer = frame.map_err(|refusal| match refusal {
                    Refusal::Transport(error) => error,
                    Refusal::Busy | Refusal::OutOfOrder => TransportError::TryLater,
                });
                let acts = self.links.judged(link, answer, mono_ms());
                self.act(acts).await;
            }
            Done::HungUp => {}
        }
    }

    async fn act(&mut self, acts: Vec<Act>) {
        let judge = self.judge;
        for act in acts {
            match act {
                Act::Say { message, mtu } => self.say(&message, mtu).await,
                Act::Greet { mtu } if self.hellos < HELLOS => {
                    self.hellos += 1;
                    // Nobody says who subscribed: each of the few that wait stands for itself.
                    let source = self.hellos as u64;
                    let hello = async move { Done::Hello { frame: judge.hello(Via::Bluetooth, source).await, mtu } };
                    self.pending.push(hello.boxed());
                }
                Act::Greet { .. } => {}
                Act::Judge { link, request } => {
                    // HTTP's sources are random numbers: these are not among them.
                    let source = u64::MAX - link.number;
                    let judged = async move {
                        Done::Judged { link, frame: judge.request(request, Via::Bluetooth, source).await }
                    };
                    self.pending.push(judged.boxed());
                }
                Act::HangUp(address) => {
                    debug!("a connection is ended");
                    self.pending.push(hang_up(self.adapter, address).map(|()| Done::HungUp).boxed());
                }
            }
        }
    }

    /// Notifies a whole message: nothing comes in between its fragments.
    async fn say(&mut self, message: &[u8], mtu: usize) {
        let Some(notifier) = &mut self.notifier else { return };
        let Ok(fragments) = fragments(message, mtu) else { return };
        for fragment in fragments {
            if notifier.notify(fragment).await.is_err() {
                // Nobody is subscribed any more.
                self.notifier = None;
                return;
            }
        }
    }

    /// The program ends: nobody is left holding a link to nothing.
    async fn farewell(&mut self) {
        let all = self.links.addresses().map(|address| hang_up(self.adapter, address));
        let _ = timeout(FAREWELL, join_all(all)).await;
    }
}

/// BlueZ takes two seconds for it.
async fn hang_up(adapter: &Adapter, address: Address) {
    let Ok(device) = adapter.device(address) else { return };
    if let Ok(Err(error)) = timeout(PATIENCE, device.disconnect()).await {
        debug!(%error, "a connection cannot be ended");
    }
}
