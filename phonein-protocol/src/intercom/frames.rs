//! The judgement with sessions around it: frames in, frames out.

use super::{
    clock::Moment,
    judgement::{Config, Judged, Judgement, Ruling, Signatures},
    pace::{Asks, Pace},
    store::Store,
    throttle::{Source, Throttle},
};
use crate::{
    es256::PublicKey,
    grant::SignedGrant,
    id::{Door, Kid},
    log::Via,
    message::{Answer, Envelope, Op},
    session::{
        Kind, MAX_RESULT, TransportError,
        intercom::{Epochs, IntercomKeys, Opened, split_padding},
    },
};
use alloc::vec::Vec;

/// A HELLO with its label in an answer.
const HELLO_IN_ANSWER: usize = 44;

/// An intercom: what a program or a firmware holds, and calls from one thread.
#[derive(Debug)]
pub struct Intercom<S> {
    judgement: Judgement<S>,
    epochs: Epochs,
    keys: IntercomKeys,
    /// Claims and pairings that failed, by source.
    throttle: Throttle<Source>,
    /// Signatures that were not the named phone's. By phone too: all guests behind one relay share a source.
    forged: Throttle<(Source, Kid)>,
    asks: Asks,
    checks: u64,
    /// The session that waits for the relay.
    waiting: Option<Opened>,
}

/// How and when a frame came, with 32 fresh random bytes for the next HELLO.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// How.
    pub via: Via,
    /// From whom, for slowing those whose claims and pairings fail.
    pub source: Source,
    /// When.
    pub moment: Moment,
    /// From a cryptographic source.
    pub random: [u8; 32],
}

/// What to do about a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Send this.
    Send(Vec<u8>),
    /// Move the relay now, then say how it went with [`Intercom::acted`].
    Open {
        /// Which relay.
        door: Door,
        /// For how long.
        seconds: u64,
    },
    /// No answer, only a hint for the transport.
    Refuse(TransportError),
}

impl<S: Store> Intercom<S> {
    /// Starts. `boot` counts the starts of this intercom, so that no epoch key ever comes back.
    pub fn start(config: Config, keys: IntercomKeys, store: S, boot: u64, moment: &Moment) -> Result<Self, S::Error> {
        Ok(Self {
            judgement: Judgement::start(config, store, moment)?,
            epochs: Epochs::new(boot),
            keys,
            throttle: Throttle::default(),
            forged: Throttle::default(),
            asks: Asks::default(),
            checks: 0,
            waiting: None,
        })
    }

    /// Lets a phone open once in so many milliseconds in the long run, instead of 2,000; 0 bounds nothing, nor how often it
    /// asks for anything else.
    #[must_use]
    pub fn opening_every(mut self, interval_ms: u64) -> Self {
        self.judgement.pace = Pace::every(interval_ms);
        self.asks.unbounded = interval_ms == 0;
        self
    }

    /// How many signatures it has checked since it started, good or bad.
    pub fn checks(&self) -> u64 {
        self.checks
    }

    /// The judgement inside, to be looked at.
    pub fn judgement(&self) -> &Judgement<S> {
        &self.judgement
    }

    /// The button on the device was held: a manager may pair for ten minutes.
    pub fn press_button(&mut self, moment: &Moment) {
        self.judgement.press_button(moment);
    }

    /// To be called about once a minute.
    pub fn tick(&mut self, moment: &Moment) -> Result<(), S::Error> {
        self.epochs.erase_expired(moment.mono_ms);
        self.judgement.tick(moment)
    }

    /// A HELLO. Costs no memory.
    pub fn hello(&mut self, moment: &Moment, random: &[u8; 32]) -> [u8; 41] {
        self.epochs.hello(moment.mono_ms, random).encode()
    }

    /// Takes one REQ.
    pub fn request(&mut self, req: &[u8], arrival: &Arrival) -> Result<Reply, S::Error> {
        let Arrival { via, source, moment, .. } = arrival;
        let now_ms = moment.mono_ms;
        let is_shut = self.throttle.is_shut(*source, now_ms);
        if is_shut && Kind::of(req) == Some(Kind::Pairing) {
            return Ok(Reply::Refuse(TransportError::TryLater));
        }
        let opened = match self.epochs.open(req, now_ms, &self.keys) {
            Ok(opened) => opened,
            Err(error) => {
                // Whoever guesses at the UUID fails here.
                if Kind::of(req) == Some(Kind::Pairing) && error == TransportError::Malformed {
                    self.throttle.count(*source, now_ms);
                }
                return Ok(Reply::Refuse(error));
            }
        };
        let Some(envelope) = well_formed(&opened) else { return Ok(Reply::Refuse(TransportError::Malformed)) };
        if is_shut && envelope.op() == Some(Op::Claim) {
            return Ok(Reply::Refuse(TransportError::TryLater));
        }
        let asker = envelope.kid().or_else(|| envelope.key().map(Kid::of));
        if asker.is_some_and(|kid| self.asks.are_too_many(kid, now_ms) || self.forged.is_shut((*source, kid), now_ms)) {
            return Ok(Reply::Refuse(TransportError::TryLater));
        }
        let intercom = self.judgement.config().intercom;
        let mut signatures = Checked { opened: &opened, epochs: &mut self.epochs, intercom, marked: false, checks: 0 };
        let judged = self.judgement.judge(&envelope, &mut signatures, *via, moment);
        let Checked { marked, checks, .. } = signatures;
        self.checks = self.checks.saturating_add(checks);
        let Judged { ruling, failed } = judged?;
        if failed {
            self.throttle.count(*source, now_ms);
        }
        if let Some(kid) = asker {
            if marked {
                let is_manager = self.judgement.store().manager(kid)?.is_some();
                self.asks.count(kid, is_manager, now_ms);
            } else if checks > 0 && ruling == Ruling::Refuse(TransportError::Malformed) {
                self.forged.count((*source, kid), now_ms);
            }
        }
        Ok(match ruling {
            Ruling::Answer(answer) => match if marked { Ok(()) } else { self.epochs.answer(&opened) } {
                Ok(()) => self.seal(opened, answer, arrival),
                Err(error) => Reply::Refuse(error),
            },
            Ruling::Refuse(error) => Reply::Refuse(error),
            Ruling::Open { door, seconds } => {
                self.waiting = Some(opened);
                Reply::Open { door, seconds }
            }
        })
    }

    /// Says whether the relay moved, and gives the answer to send. Send it, then call [`Intercom::finish`].
    pub fn acted(&mut self, moved: bool, arrival: &Arrival) -> Result<Reply, S::Error> {
        let answer = self.judgement.acted(moved, &arrival.moment)?;
        Ok(match (self.waiting.take(), answer) {
            (Some(opened), Some(answer)) => self.seal(opened, answer, arrival),
            _ => Reply::Refuse(TransportError::TryLater),
        })
    }

    /// Writes the answer to an opening, once it was sent.
    pub fn finish(&mut self) -> Result<(), S::Error> {
        self.judgement.finish()
    }

    fn seal(&mut self, opened: Opened, mut answer: Answer, arrival: &Arrival) -> Reply {
        let fits = answer.to_bytes().len() + HELLO_IN_ANSWER <= MAX_RESULT;
        answer.hello = fits.then(|| self.hello(&arrival.moment, &arrival.random));
        match opened.seal_result(&answer.to_bytes()) {
            Ok(res) => Reply::Send(res),
            Err(error) => Reply::Refuse(error),
        }
    }
}

/// The body, if it begins as bodies of this kind of request do and nothing but the least zeros follow.
fn well_formed(opened: &Opened) -> Option<Envelope<'_>> {
    let envelope = Envelope::parse(opened.padded()).ok()?;
    split_padding(opened.padded(), envelope.length()).ok()?;
    let pairs = envelope.op() == Some(Op::Pair);
    (pairs == (opened.kind() == Kind::Pairing)).then_some(envelope)
}

/// The real signatures of a frame.
struct Checked<'a> {
    opened: &'a Opened,
    epochs: &'a mut Epochs,
    intercom: [u8; 32],
    /// Whether the request's token is marked: nobody gets a second answer to it.
    marked: bool,
    /// How many were checked.
    checks: u64,
}

impl Signatures for Checked<'_> {
    fn check_request(&mut self, signer: &PublicKey) -> Result<(), TransportError> {
        self.checks += 1;
        if !self.opened.verify(signer) {
            return Err(TransportError::Malformed);
        }
        self.epochs.mark(self.opened.token())?;
        self.marked = true;
        Ok(())
    }

    fn check_grant(&mut self, grant: &SignedGrant, signer: &PublicKey) -> bool {
        self.checks += 1;
        grant.verify(signer, &self.intercom)
    }
}
