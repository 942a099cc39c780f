//! A connection over which messages go, in fragments.
//!
//! What is meant for other phones is heard, too (docs/protocol.md, section 8, "Several phones"): it is passed over.

use std::{sync::Arc, time::Duration};

use futures_util::{
    FutureExt, StreamExt,
    stream::{self, BoxStream},
};
use phonein_protocol::{
    fragment::{Reassembler, fragments},
    session::{Hello, TransportError},
};
use tokio::{
    runtime::Handle,
    time::{Instant, timeout, timeout_at},
};

use super::{
    super::{Fault, IsAnswer, Unanswered},
    air::{Air, Taken},
    radio::{Link, PeripheralId},
};
use crate::host::Spawner;

/// From subscribing to HELLO.
const HELLO_LIMIT: Duration = Duration::from_secs(2);
/// An error that says *stale* may be meant for another phone: so long the answer may still come.
const STALE_LIMIT: Duration = Duration::from_millis(200);
/// A HELLO this old still counts as just received.
const JUST_NOW: Duration = Duration::from_secs(1);
/// Ending a link; afterwards it counts as ended. Some systems never say that it has.
const LEAVE_LIMIT: Duration = Duration::from_secs(5);

/// A connection to a device that sent a HELLO. Dropping it ends the link.
pub(super) struct Connection {
    link: Box<dyn Link>,
    heard: BoxStream<'static, Vec<u8>>,
    reassembler: Reassembler,
    began: Instant,
    state: State,
    /// A HELLO that was heard and not taken, and when.
    hello: Option<([u8; Hello::LEN], Instant)>,
    /// Last, so that the link is let go of first.
    leaving: Leaving,
}

/// What a connection is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// A request may be sent.
    Ready,
    /// A request was given up; a HELLO is to be had by subscribing anew.
    Left,
    /// Something was given up half-way: nothing can follow.
    Broken,
}

/// Ends what is between this phone and a device, whatever it is, when it is dropped.
struct Leaving {
    air: Arc<Air>,
    peripheral: PeripheralId,
    place: Option<Taken>,
    runtime: Handle,
}

impl Drop for Leaving {
    fn drop(&mut self) {
        let (air, peripheral, place) = (self.air.clone(), self.peripheral.clone(), self.place.take());
        if let Some(place) = &place {
            place.leave_soon();
        }
        Spawner::on(self.runtime.clone()).leave(async move {
            if timeout(LEAVE_LIMIT, air.radio.disconnect(&peripheral)).await.is_err() {
                tracing::warn!("a Bluetooth link does not end");
            }
            drop(place);
        });
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // What is heard ends in a task of its own, and the thread that drops the core may have no runtime to start it on.
        let _entered = self.leaving.runtime.enter();
        self.heard = stream::empty().boxed();
    }
}

impl Connection {
    /// Connects and is given a HELLO. Dropped at any point, it ends the link.
    pub(super) async fn open(
        air: &Arc<Air>,
        peripheral: PeripheralId,
        place: Taken,
    ) -> Result<(Self, [u8; Hello::LEN]), Fault> {
        let leaving = Leaving { air: air.clone(), peripheral, place: Some(place), runtime: air.radio.runtime() };
        let link = {
            let _quiet = air.quiet().await;
            air.radio.connect(&leaving.peripheral).await?
        };
        let heard = link.subscribe().await?;
        let reassembler = Reassembler::default();
        let (began, state) = (Instant::now(), State::Ready);
        let mut connection = Self { link, heard, reassembler, began, state, hello: None, leaving };
        let hello = connection.hello().await?;
        Ok((connection, hello))
    }

    /// The device at the other end.
    pub(super) fn peripheral(&self) -> &PeripheralId {
        &self.leaving.peripheral
    }

    /// Whether it is up, as far as is known.
    pub(super) fn is_open(&self) -> bool {
        self.link.is_open()
    }

    /// Whether a request could be sent now.
    pub(super) fn is_ready(&self) -> bool {
        self.is_open() && self.state == State::Ready
    }

    /// Whether a HELLO can be had over it.
    pub(super) fn is_renewable(&self) -> bool {
        self.is_open() && self.state != State::Broken
    }

    /// Keeps a HELLO that nobody took.
    pub(super) fn keep(&mut self, hello: [u8; Hello::LEN]) {
        self.hello = Some((hello, Instant::now()));
    }

    /// A HELLO on a link that is up: one that was just heard, or the one that subscribing anew brings.
    pub(super) async fn renew(&mut self) -> Result<[u8; Hello::LEN], Fault> {
        if let Some((hello, at)) = self.hello.take()
            && at.elapsed() < JUST_NOW
        {
            return Ok(hello);
        }
        self.state = State::Broken;
        self.link.unsubscribe().await?;
        self.heard = self.link.subscribe().await?;
        self.reassembler = Reassembler::default();
        let hello = self.hello().await?;
        self.state = State::Ready;
        Ok(hello)
    }

    /// Sends a REQ and waits for what is meant for this phone: the RES, or one byte.
    pub(super) async fn exchange(&mut self, req: &[u8], is_answer: IsAnswer<'_>) -> Result<Vec<u8>, Unanswered> {
        self.state = State::Broken;
        self.hello = None;
        // What was said before can be no answer.
        self.reassembler = Reassembler::default();
        while let Some(fragment) = self.heard.next().now_or_never() {
            fragment.ok_or(Unanswered::unsent(Fault::Stale))?;
        }
        let pieces = fragments(req, self.link.mtu()).map_err(|error| Unanswered::unsent(Fault::from(error)))?;
        let mut pieces = pieces.peekable();
        while let Some(piece) = pieces.next() {
            // Until the last fragment is out there is nothing that the intercom could obey.
            let sent = pieces.peek().is_none();
            self.link.write(&piece).await.map_err(|fault| Unanswered { fault, sent })?;
        }
        self.state = State::Left;
        let answer = self.answer(is_answer).await.ok_or(Unanswered::sent(Fault::Silent))?;
        let is_stale = TransportError::parse(&answer) == Some(TransportError::Stale);
        if !is_stale || self.hello.is_some() {
            self.state = State::Ready;
        }
        Ok(answer)
    }

    /// What is meant for this phone, `None` if the link ended.
    async fn answer(&mut self, is_answer: IsAnswer<'_>) -> Option<Vec<u8>> {
        let mut stale = None;
        loop {
            let message = match stale {
                None => self.message().await?,
                // The HELLO that follows may have been heard meanwhile.
                Some(until) => match timeout_at(until, self.message()).await {
                    Ok(message) => message?,
                    Err(_) => return Some(vec![TransportError::Stale.code()]),
                },
            };
            match TransportError::parse(&message) {
                Some(TransportError::Stale) => _ = stale.get_or_insert(Instant::now() + STALE_LIMIT),
                Some(_) => return Some(message),
                None if is_answer(&message) => return Some(message),
                None => {
                    if let (Some(_), Ok(hello)) = (stale, message.try_into()) {
                        self.keep(hello);
                    }
                }
            }
        }
    }

    /// The HELLO that comes next.
    async fn hello(&mut self) -> Result<[u8; Hello::LEN], Fault> {
        let hello = async {
            loop {
                // A link that ends before it has said anything was refused: the places are taken.
                let message = self.message().await.ok_or(Fault::BluetoothBusy)?;
                if let Ok(hello) = <[u8; Hello::LEN]>::try_from(message) {
                    return Ok(hello);
                }
            }
        };
        let hello = timeout(HELLO_LIMIT, hello).await.unwrap_or(Err(Fault::Silent))?;
        // No intercom was ever that old.
        if Hello::parse(&hello)?.version == 0 { Err(Fault::TooOld) } else { Ok(hello) }
    }

    /// The next message, `None` if the link ended. May be dropped and called again.
    async fn message(&mut self) -> Option<Vec<u8>> {
        loop {
            let fragment = self.heard.next().await?;
            let now = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
            // One that does not go with those before may begin another message.
            let pushed = self.reassembler.push(&fragment, now).or_else(|_| self.reassembler.push(&fragment, now));
            if let Ok(Some(message)) = pushed {
                return Some(message);
            }
        }
    }
}
