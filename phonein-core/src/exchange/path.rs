//! One way to one intercom, with the HELLO at hand for it.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use phonein_protocol::{
    message::{Answer, Op},
    session::Hello,
};
use tokio::time::{Instant, timeout};

use super::{Fault, Peer, Sealed, Transport, Unanswered, Via};
use crate::keys::PhoneKey;

/// Connecting, and being given a HELLO.
const HELLO_LIMIT: Duration = Duration::from_secs(4);
/// From REQ to RES.
const ANSWER_LIMIT: Duration = Duration::from_secs(3);
/// An intercom forgets what it needs for a HELLO after a minute.
const HELLO_LIFE: Duration = Duration::from_secs(50);

/// How far a request has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// No intercom was found yet.
    Searching,
    /// One was found.
    Connecting,
    /// The request was sent.
    Asking,
}

/// A HELLO, and since when this phone has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    pub(super) hello: Hello,
    since: Instant,
}

impl Held {
    /// For how long, in hundredths of a second.
    pub(super) fn age(&self) -> u16 {
        u16::try_from(self.since.elapsed().as_millis() / 10).unwrap_or(u16::MAX)
    }

    fn is_fresh(&self) -> bool {
        self.since.elapsed() < HELLO_LIFE
    }
}

/// One way to one intercom.
pub struct Path {
    transport: Arc<dyn Transport>,
    kept: Mutex<Option<Held>>,
}

impl Path {
    /// A way with no HELLO at hand.
    pub fn new(transport: Arc<dyn Transport>) -> Self {
        Self { transport, kept: Mutex::new(None) }
    }

    /// Which way it is.
    pub fn via(&self) -> Via {
        self.transport.via()
    }

    /// Fetches a HELLO ahead, unless one is at hand that will do for a while.
    pub(super) async fn prefetch(&self) {
        let will_do = self.lock().as_ref().is_some_and(|held| held.since.elapsed() < HELLO_LIFE / 2);
        if !will_do && let Ok(held) = self.fetch().await {
            self.keep(held);
        }
    }

    /// Takes the HELLO at hand, or fetches one. A HELLO is used once.
    pub(crate) async fn hold(&self) -> Result<Held, Fault> {
        let kept = self.lock().take().filter(Held::is_fresh);
        match kept {
            Some(held) => Ok(held),
            None => self.fetch().await,
        }
    }

    async fn fetch(&self) -> Result<Held, Fault> {
        let hello = timeout(HELLO_LIMIT, self.transport.hello()).await.unwrap_or(Err(self.silent()))?;
        Ok(Held { hello: Hello::parse(&hello)?, since: Instant::now() })
    }

    /// Keeps a HELLO that was not used, for the next request.
    pub(crate) fn keep(&self, held: Held) {
        *self.lock() = Some(held);
    }

    pub(super) fn has_hello(&self) -> bool {
        self.lock().as_ref().is_some_and(Held::is_fresh)
    }

    /// What nothing at all means on this way.
    pub(crate) fn silent(&self) -> Fault {
        match self.via() {
            Via::Bluetooth => Fault::NotNear,
            Via::Http => Fault::Silent,
        }
    }

    /// Sends a REQ. The HELLO in its answer is kept for the next one.
    pub(crate) async fn deliver(&self, sealed: Sealed, op: Op) -> Result<Answer, Unanswered> {
        let unanswered = |Unanswered { fault, sent }| Unanswered { fault: sealed.explain(fault), sent };
        let res = self.transport.request(sealed.req()).await.map_err(unanswered)?;
        let answer = sealed.open(&res, op).map_err(Unanswered::sent)?;
        if let Some(hello) = answer.hello.and_then(|hello| Hello::parse(&hello).ok()) {
            self.keep(Held { hello, since: Instant::now() });
        }
        Ok(answer)
    }

    /// HELLO, REQ, RES; and once more if that HELLO no longer counted.
    pub(super) async fn converse(
        &self,
        peer: &Peer,
        key: &PhoneKey,
        body: &[u8],
        op: Op,
        on_step: &(dyn Fn(Step) + Send + Sync),
    ) -> Result<Answer, Unanswered> {
        let mut again = true;
        loop {
            let held = self.hold().await.map_err(Unanswered::unsent)?;
            on_step(Step::Connecting);
            let sealed = Sealed::make(held, peer, key, body).await.map_err(Unanswered::unsent)?;
            on_step(Step::Asking);
            let answer = timeout(ANSWER_LIMIT, self.deliver(sealed, op)).await;
            match answer.unwrap_or(Err(Unanswered::sent(Fault::Silent))) {
                Err(Unanswered { fault: Fault::Stale, .. }) if again => again = false,
                answer => return answer,
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Held>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Path").field("via", &self.via()).finish_non_exhaustive()
    }
}
