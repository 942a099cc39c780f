//! A connection over which messages go, in fragments.

use std::{sync::Arc, time::Duration};

use futures_util::{StreamExt, stream::BoxStream};
use phonein_protocol::{
    fragment::{Reassembler, fragments},
    session::{Hello, TransportError},
};
use tokio::{
    runtime::Handle,
    time::{Instant, timeout},
};

use super::{
    super::{Fault, Unanswered},
    air::{Air, Taken},
    radio::{Link, PeripheralId},
};

/// From subscribing to HELLO.
const HELLO_LIMIT: Duration = Duration::from_secs(2);
/// What is owed comes within this, or the link is given up.
const OWED_LIMIT: Duration = Duration::from_secs(1);
/// Ending a link; afterwards it counts as ended. Some systems never say that it has.
const LEAVE_LIMIT: Duration = Duration::from_secs(5);

/// A connection to a device that sent a HELLO. Dropping it ends the link.
pub(super) struct Connection {
    link: Box<dyn Link>,
    heard: BoxStream<'static, Vec<u8>>,
    reassembler: Reassembler,
    began: Instant,
    owed: Owed,
    /// Last, so that the link is let go of first.
    leaving: Leaving,
}

/// What is still to come on a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owed {
    Nothing,
    /// After transport error 2.
    Hello,
    /// The answer to a request that was given up.
    Answer,
    /// The rest of what was given up half-way: it cannot go on.
    Rest,
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
        self.runtime.spawn(async move {
            if timeout(LEAVE_LIMIT, air.radio.disconnect(&peripheral)).await.is_err() {
                tracing::warn!("a Bluetooth link does not end");
            }
            drop(place);
        });
    }
}

impl Connection {
    /// Connects and is given a HELLO. Dropped at any point, it ends the link.
    pub(super) async fn open(air: &Arc<Air>, peripheral: PeripheralId) -> Result<(Self, [u8; Hello::LEN]), Fault> {
        // Another way of this phone is connected there.
        let place = air.place(&peripheral).await.ok_or(Fault::BluetoothBusy)?;
        let leaving = Leaving { air: air.clone(), peripheral, place: Some(place), runtime: Handle::current() };
        let link = {
            let _quiet = air.quiet().await;
            air.radio.connect(&leaving.peripheral).await?
        };
        let heard = link.subscribe().await?;
        let reassembler = Reassembler::default();
        let mut connection = Self { link, heard, reassembler, began: Instant::now(), owed: Owed::Nothing, leaving };
        let hello = connection.hello().await?;
        Ok((connection, hello))
    }

    /// The device at the other end.
    pub(super) fn peripheral(&self) -> &PeripheralId {
        &self.leaving.peripheral
    }

    /// Whether it is up, as far as is known.
    fn is_open(&self) -> bool {
        self.link.is_open()
    }

    /// Whether a request could be sent now.
    pub(super) fn is_ready(&self) -> bool {
        self.is_open() && self.owed == Owed::Nothing
    }

    /// Whether a HELLO can be had over it.
    pub(super) fn is_renewable(&self) -> bool {
        self.is_open() && self.owed != Owed::Rest
    }

    /// A HELLO on a link that is up. Subscribing anew brings one, once nothing is owed any more.
    pub(super) async fn renew(&mut self) -> Result<[u8; Hello::LEN], Fault> {
        if self.owed == Owed::Answer {
            let answer = timeout(OWED_LIMIT, self.message()).await.unwrap_or(Err(Fault::Silent))?;
            self.note(&answer.ok_or(Fault::Silent)?);
        }
        let follows = std::mem::replace(&mut self.owed, Owed::Rest) == Owed::Hello;
        if !follows {
            self.link.unsubscribe().await?;
            self.heard = self.link.subscribe().await?;
        }
        let hello = self.hello().await?;
        self.owed = Owed::Nothing;
        Ok(hello)
    }

    /// Sends a REQ and waits for what the device says: a RES, or one byte.
    pub(super) async fn exchange(&mut self, req: &[u8]) -> Result<Vec<u8>, Unanswered> {
        self.owed = Owed::Rest;
        let pieces = fragments(req, self.link.mtu()).map_err(|error| Unanswered::unsent(Fault::from(error)))?;
        let mut pieces = pieces.peekable();
        while let Some(piece) = pieces.next() {
            // Until the last fragment is out there is nothing that the intercom could obey.
            let sent = pieces.peek().is_none();
            self.link.write(&piece).await.map_err(|fault| Unanswered { fault, sent })?;
        }
        self.owed = Owed::Answer;
        let answer = self.message().await.map_err(Unanswered::sent)?;
        let answer = answer.ok_or(Unanswered::sent(Fault::Silent))?;
        self.note(&answer);
        Ok(answer)
    }

    /// The answer that was owed came.
    fn note(&mut self, answer: &[u8]) {
        let is_stale = TransportError::parse(answer) == Some(TransportError::Stale);
        self.owed = if is_stale { Owed::Hello } else { Owed::Nothing };
    }

    /// The HELLO that comes next.
    async fn hello(&mut self) -> Result<[u8; Hello::LEN], Fault> {
        let message = timeout(HELLO_LIMIT, self.message()).await.unwrap_or(Err(Fault::Silent))?;
        // A link that ends before it has said anything was refused: the places are taken.
        let message = message.ok_or(Fault::BluetoothBusy)?;
        let hello = <[u8; Hello::LEN]>::try_from(message).map_err(|_| Fault::NotPhonein)?;
        // No intercom was ever that old.
        if Hello::parse(&hello)?.version == 0 { Err(Fault::TooOld) } else { Ok(hello) }
    }

    /// The next message, `None` if the link ended. May be dropped and called again.
    async fn message(&mut self) -> Result<Option<Vec<u8>>, Fault> {
        while let Some(fragment) = self.heard.next().await {
            let now = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
            match self.reassembler.push(&fragment, now) {
                Ok(Some(message)) => return Ok(Some(message)),
                Ok(None) => {}
                Err(_) => return Err(Fault::NotPhonein),
            }
        }
        Ok(None)
    }
}
