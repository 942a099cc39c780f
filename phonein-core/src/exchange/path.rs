//! One way to one intercom, with the HELLO at hand for it.

use std::{
    convert::Infallible,
    fmt,
    future::pending,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use phonein_protocol::{
    message::{Answer, Body, Op, Request},
    session::Hello,
};
use tokio::time::{Instant, timeout};

use super::{Fault, Peer, Sealed, Transport, Unanswered, Via};
use crate::keys::PhoneKey;

/// Connecting, and being given a HELLO.
const HELLO_LIMIT: Duration = Duration::from_secs(4);
/// The same where the intercom has to be found first, and may be another one. It says itself when nothing is near.
const FIND_LIMIT: Duration = Duration::from_secs(7);
/// So many intercoms in a row that could not read a request are enough.
const MOST_IMPOSTORS: usize = 4;
/// From REQ to RES.
const ANSWER_LIMIT: Duration = Duration::from_secs(3);
/// An intercom forgets what it needs for a HELLO after a minute.
const HELLO_LIFE: Duration = Duration::from_secs(50);

/// How far a request has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// No intercom was found yet.
    Searching,
    /// One was found, and is connected to.
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

    /// Fetches a HELLO ahead, unless one is at hand that will do for a while. Over Bluetooth by a Status, since an
    /// intercom soon closes the link of a phone it has not heard of.
    pub(super) async fn prefetch(&self, peer: &Peer, key: &PhoneKey) {
        let will_do = |held: &Held| held.since.elapsed() < HELLO_LIFE / 2;
        if self.transport.is_ready() && self.lock().as_ref().is_some_and(will_do) {
            return;
        }
        match self.via() {
            Via::Http => {
                if let Ok(held) = self.fetch(|| {}).await {
                    self.keep(held);
                }
            }
            Via::Bluetooth => {
                let status = Request { number: 0, kid: Some(key.kid()), body: Body::Status }.to_bytes();
                // Whoever asks next will hear why not.
                _ = self.converse(peer, key, &status, Op::Status, &|_| {}).await;
            }
        }
    }

    /// Takes the HELLO at hand, or fetches one, and tells `on_found` when there is an intercom to connect to. A HELLO is
    /// used once.
    pub(crate) async fn hold(&self, on_found: impl Fn() + Send + Sync) -> Result<Held, Fault> {
        let kept = self.lock().take().filter(|held| held.is_fresh() && self.transport.is_ready());
        match kept {
            Some(held) => Ok(held),
            None => self.fetch(on_found).await,
        }
    }

    async fn fetch(&self, on_found: impl Fn() + Send + Sync) -> Result<Held, Fault> {
        let limit = match self.via() {
            Via::Http => HELLO_LIMIT,
            Via::Bluetooth => FIND_LIMIT,
        };
        let connecting = self.transport.connecting();
        let fetching = timeout(limit, self.transport.hello());
        let telling = async {
            if let Some(mut connecting) = connecting
                && connecting.wait_for(|is_connecting| *is_connecting).await.is_ok()
            {
                on_found();
            }
            pending::<Infallible>().await
        };
        let hello = tokio::select! {
            biased;
            fetched = fetching => fetched.unwrap_or(Err(self.silent()))?,
            never = telling => match never {},
        };
        Ok(Held { hello: Hello::parse(&hello)?, since: Instant::now() })
    }

    /// What answered is this intercom.
    pub(super) fn paired(&self, intercom: &[u8; 32]) {
        self.transport.paired(intercom);
    }

    /// Keeps a HELLO that was not used, for the next request.
    pub(crate) fn keep(&self, held: Held) {
        *self.lock() = Some(held);
    }

    /// Whether a HELLO is at hand.
    pub(crate) fn has_hello(&self) -> bool {
        self.transport.is_ready() && self.lock().as_ref().is_some_and(Held::is_fresh)
    }

    /// What nothing at all means on this way.
    pub(crate) fn silent(&self) -> Fault {
        match self.via() {
            Via::Bluetooth => Fault::NotNear,
            Via::Http => Fault::Silent,
        }
    }

    /// Sends a REQ. The HELLO in its answer is kept for the next one.
    pub(crate) async fn deliver(&self, mut sealed: Sealed, op: Op) -> Result<Answer, Unanswered> {
        let requested = {
            let (req, mut is_answer) = sealed.parts();
            self.transport.request(req, &mut is_answer).await
        };
        let res = match requested
            .map_err(|unanswered| Unanswered { fault: sealed.explain(unanswered.fault), ..unanswered })
        {
            Ok(res) => res,
            Err(Unanswered { fault: Fault::Stranger, .. }) => return Err(self.met_a_stranger(Fault::Stranger)),
            Err(unanswered) => return Err(unanswered),
        };
        let answer = match sealed.open(&res, op) {
            Ok(answer) => answer,
            Err(fault @ (Fault::Stranger | Fault::NotPhonein)) => return Err(self.met_a_stranger(fault)),
            Err(fault) => return Err(Unanswered::sent(fault)),
        };
        self.transport.judge(true);
        if let Some(hello) = answer.hello.and_then(|hello| Hello::parse(&hello).ok()) {
            self.keep(Held { hello, since: Instant::now() });
        }
        Ok(answer)
    }

    /// What answered is not the intercom.
    fn met_a_stranger(&self, fault: Fault) -> Unanswered {
        Unanswered::sent(if self.transport.judge(false) { Fault::Impostor } else { fault })
    }

    /// HELLO, REQ, RES; and once more if that HELLO no longer counted, or if another one may be the intercom.
    pub(super) async fn converse(
        &self,
        peer: &Peer,
        key: &PhoneKey,
        body: &[u8],
        op: Op,
        on_step: &(dyn Fn(Step) + Send + Sync),
    ) -> Result<Answer, Unanswered> {
        let mut again = true;
        let mut impostors = 0;
        loop {
            let found = AtomicBool::new(false);
            let on_found = || {
                if !found.swap(true, Ordering::Relaxed) {
                    on_step(Step::Connecting);
                }
            };
            let held = self.hold(on_found).await.map_err(Unanswered::unsent)?;
            on_found();
            let sealed = Sealed::make(held, peer, key, body).await.map_err(Unanswered::unsent)?;
            on_step(Step::Asking);
            let answer = timeout(ANSWER_LIMIT, self.deliver(sealed, op)).await;
            match answer.unwrap_or(Err(Unanswered::sent(Fault::Silent))) {
                Err(Unanswered { fault: Fault::Stale, .. }) if again => again = false,
                Err(Unanswered { fault: Fault::Impostor, .. }) if impostors < MOST_IMPOSTORS => impostors += 1,
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
