//! The judgement: one request in, one ruling out, nothing else decides.

use super::{
    clock::{Clock, Moment},
    draft::{About, Draft},
    open::Press,
    pace::Pace,
    refusals::{Refusals, Refused},
    store::{Key, Manager, Phone, State, Store, Tap},
};
use crate::{
    Time,
    es256::PublicKey,
    grant::SignedGrant,
    id::{Door, Doors, KeyId, Kid},
    log::{Event, Via},
    message::{Answer, Body, BodyError, Detail, Envelope, Op, Outcome},
    session::TransportError,
};
use alloc::{collections::BTreeMap, string::String, vec::Vec};

/// A phone is remembered for so long after its last key: 90 days.
const REMEMBERED: Time = 90 * 86_400;

/// What the intercom is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Config {
    /// Its public key.
    pub intercom: [u8; 32],
    /// The doors it is wired to.
    pub doors: Doors,
    /// For how long a relay moves.
    pub seconds: u64,
    /// Where it can be reached by HTTP.
    pub urls: Vec<String>,
}

/// Checks signatures. The real one is P-256; a model has its own, that is cheap.
pub trait Signatures {
    /// Whether `signer` signed the request, and its token is marked as used: from here on the request may have effects,
    /// and its frame must never be obeyed again.
    fn check_request(&mut self, signer: &PublicKey) -> Result<(), TransportError>;
    /// Whether `signer` signed the grant.
    fn check_grant(&mut self, grant: &SignedGrant, signer: &PublicKey) -> bool;
}

/// What is to be done about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// Send this.
    Answer(Answer),
    /// Everything is on disk: move the relay now, then say how it went with [`Judgement::acted`].
    Open {
        /// Which relay.
        door: Door,
        /// For how long.
        seconds: u64,
    },
    /// No result: only a hint for the transport.
    Refuse(TransportError),
}

/// A ruling, and whether it counts against the source of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// What is to be done.
    pub ruling: Ruling,
    /// A claim or pairing that failed, so that its source is slowed.
    pub failed: bool,
}

impl From<Answer> for Judged {
    fn from(answer: Answer) -> Self {
        Self { ruling: Ruling::Answer(answer), failed: false }
    }
}

impl From<Outcome> for Judged {
    fn from(outcome: Outcome) -> Self {
        Answer::from(outcome).into()
    }
}

impl From<TransportError> for Judged {
    fn from(error: TransportError) -> Self {
        Self { ruling: Ruling::Refuse(error), failed: false }
    }
}

impl Judged {
    pub(super) fn failed(self) -> Self {
        Self { failed: true, ..self }
    }
}

/// The intercom's judgement over its disk. Requests are judged one at a time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Judgement<S> {
    pub(super) config: Config,
    pub(super) store: S,
    /// The disk's own copy, since nothing else writes there.
    pub(super) state: State,
    pub(super) clock: Clock,
    pub(super) refusals: Refusals,
    /// The last tap of each phone that was refused: forgotten at a restart.
    pub(super) refused: BTreeMap<Kid, Tap>,
    pub(super) pace: Pace,
    /// Until when the button on the device lets a manager in.
    pub(super) pairing_until: Option<u64>,
    pub(super) in_hand: Option<InHand>,
}

/// An opening between its decision and its answer's being on disk.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct InHand {
    pub(super) kid: Kid,
    pub(super) phone: Phone,
    pub(super) tap: Tap,
    pub(super) about: About,
    pub(super) door: Door,
    /// The key whose use was spent; none for a manager.
    pub(super) spent: Option<KeyId>,
    /// The answer, but for how it ended.
    pub(super) answer: Answer,
}

/// Who asks, once the signature is checked.
#[derive(Clone, Debug)]
pub(super) struct Signer {
    pub(super) kid: Kid,
    pub(super) phone: Phone,
    pub(super) manager: bool,
}

impl<S: Store> Judgement<S> {
    /// Starts after a power cut or for the first time: an opening that was under way is interrupted.
    pub fn start(config: Config, store: S, moment: &Moment) -> Result<Self, S::Error> {
        let state = store.state()?;
        let mut judgement = Self {
            config,
            store,
            state,
            clock: Clock::default(),
            refusals: Refusals::default(),
            refused: BTreeMap::new(),
            pace: Pace::default(),
            pairing_until: None,
            in_hand: None,
        };
        judgement.clock.follow(moment);
        let time = judgement.clock.time(moment);
        let mut draft = judgement.draft();
        draft.log(time, About::default(), Event::Restarted);
        if let Some(unfinished) = draft.state.unfinished.take() {
            if let Some(mut phone) = judgement.store.phone(unfinished.kid)? {
                phone.last = phone.last.map(|tap| Tap { outcome: Some(Outcome::Interrupted), ..tap });
                draft.set_phone(unfinished.kid, phone);
            }
            let about = About {
                kid: Some(unfinished.kid),
                key: unfinished.key,
                door: Some(unfinished.door.number()),
                via: Some(unfinished.via),
            };
            draft.log(time, about, Event::Interrupted);
        }
        judgement.commit(draft)?;
        Ok(judgement)
    }

    /// What the intercom is made of.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The disk.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// What is on disk only once.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Whether a phone may pair now.
    pub fn is_pairing_open(&self, moment: &Moment) -> Result<bool, S::Error> {
        let by_button = self.pairing_until.is_some_and(|until| moment.mono_ms < until);
        Ok(by_button || self.store.managers()?.is_empty())
    }

    /// To be called about once a minute: moves the floor, forgets phones that are long gone.
    pub fn tick(&mut self, moment: &Moment) -> Result<(), S::Error> {
        self.finish()?;
        self.clock.follow(moment);
        let mut draft = self.draft();
        if draft.move_floor(&self.clock, moment) {
            let now = draft.state.floor;
            for (kid, phone) in self.store.idle_phones()? {
                match phone.idle_since {
                    None => draft.set_phone(kid, Phone { idle_since: Some(now), ..phone }),
                    Some(since) if since.saturating_add(REMEMBERED) < now => {
                        draft.forget_phone(kid);
                        self.refused.remove(&kid);
                        self.refusals.forget(kid);
                    }
                    Some(_) => {}
                }
            }
        }
        self.commit(draft)
    }

    /// Judges one request. Whoever calls has opened its frame; nobody has checked a signature yet.
    pub fn judge(
        &mut self,
        envelope: &Envelope<'_>,
        signatures: &mut dyn Signatures,
        via: Via,
        moment: &Moment,
    ) -> Result<Judged, S::Error> {
        if !self.waits_for(envelope) {
            self.finish()?;
        }
        self.clock.follow(moment);
        let judged = self.judge_it(envelope, signatures, via, moment)?;
        if !matches!(judged.ruling, Ruling::Open { .. }) {
            self.finish()?;
        }
        Ok(judged)
    }

    /// Whether the end of the opening in hand may wait for what this request writes, so that both are one transaction:
    /// only an Open of another phone reads nothing of it.
    fn waits_for(&self, envelope: &Envelope<'_>) -> bool {
        envelope.op() == Some(Op::Open)
            && self.in_hand.as_ref().is_some_and(|hand| hand.tap.outcome.is_some() && envelope.kid() != Some(hand.kid))
    }

    fn judge_it(
        &mut self,
        envelope: &Envelope<'_>,
        signatures: &mut dyn Signatures,
        via: Via,
        moment: &Moment,
    ) -> Result<Judged, S::Error> {
        let mut judged = match envelope.op() {
            Some(Op::Claim) => self.claim(envelope, signatures, via, moment)?,
            Some(Op::Pair) => self.pair(envelope, signatures, via, moment)?,
            op => self.known_phone(op, envelope, signatures, via, moment)?,
        };
        match &mut judged.ruling {
            Ruling::Answer(answer) => answer.time = self.clock.time(moment),
            Ruling::Refuse(TransportError::Malformed) => self.refusals.count(moment.mono_ms),
            Ruling::Refuse(_) | Ruling::Open { .. } => {}
        }
        Ok(judged)
    }

    fn known_phone(
        &mut self,
        op: Option<Op>,
        envelope: &Envelope<'_>,
        signatures: &mut dyn Signatures,
        via: Via,
        moment: &Moment,
    ) -> Result<Judged, S::Error> {
        let known = match envelope.kid() {
            Some(kid) => self.store.phone(kid)?.map(|phone| (kid, phone)),
            None => None,
        };
        // A stranger costs no verification.
        let Some((kid, phone)) = known else {
            self.refusals.count(moment.mono_ms);
            return Ok(Outcome::UnknownKey.into());
        };
        if let Err(error) = signatures.check_request(&phone.key) {
            return Ok(error.into());
        }
        let manager = self.store.manager(kid)?;
        let signer = Signer { kid, phone, manager: manager.is_some() };
        if let Some(manager) = manager.filter(|manager| manager.is_new) {
            let mut draft = self.draft();
            draft.set_manager(kid, Manager { is_new: false, ..manager });
            self.commit(draft)?;
        }
        let mut judged = if op.is_some_and(Op::is_for_managers) && !signer.manager {
            Outcome::NotAManager.into()
        } else {
            match envelope.request() {
                Err(BodyError::UnknownOp) => Outcome::TooNew.into(),
                Err(BodyError::Malformed) => Outcome::Malformed.into(),
                Ok(request) => {
                    let tap = Tap { number: request.number, hash: envelope.hash(), outcome: None };
                    self.ask(request.body, &signer, tap, signatures, via, moment)?
                }
            }
        };
        if let Ruling::Answer(answer) = &mut judged.ruling {
            answer.manager = signer.manager;
        }
        Ok(judged)
    }

    fn ask(
        &mut self,
        body: Body,
        signer: &Signer,
        tap: Tap,
        signatures: &mut dyn Signatures,
        via: Via,
        moment: &Moment,
    ) -> Result<Judged, S::Error> {
        Ok(match body {
            Body::Open { key, door, held } => {
                let press = Press { signer: signer.clone(), tap, key, door, via };
                return self.open(press, held, moment);
            }
            Body::Status => self.status(signer).into(),
            Body::Put { grants, now, zone } => {
                self.put(&grants, now, zone, signatures, signer.kid, via, moment)?.into()
            }
            Body::Log { after } => self.log_page(after)?.into(),
            Body::ReadSettings => self.settings(moment).into(),
            Body::WriteSettings { revision, write } => {
                self.write_settings(revision, write, signer.kid, via, moment)?.into()
            }
            Body::Managers(ask) => self.managers(ask, signer.kid, via, moment)?.into(),
            Body::Keys { after } => self.keys_page(after)?.into(),
            // Neither comes here: both are judged before their phone is known.
            Body::Pair { .. } | Body::Claim { .. } => Outcome::Malformed.into(),
        })
    }

    fn status(&self, signer: &Signer) -> Answer {
        let (number, outcome) =
            self.last_tap(signer.kid, &signer.phone).map_or((0, None), |tap| (tap.number, tap.outcome));
        Detail::Status { number, outcome }.into()
    }

    /// The last tap of a phone, whether it was refused or not.
    pub(super) fn last_tap(&self, kid: Kid, phone: &Phone) -> Option<Tap> {
        let refused = self.refused.get(&kid).copied();
        refused.into_iter().chain(phone.last).max_by_key(|tap| tap.number)
    }

    /// Refuses a tap of a known phone: remembered in memory, and in the log within its bounds.
    pub(super) fn refuse(&mut self, draft: &mut Draft, tap: Tap, about: About, outcome: Outcome, moment: &Moment) {
        if let Some(kid) = about.kid {
            self.refused.insert(kid, Tap { outcome: Some(outcome), ..tap });
            let refused = Refused { key: about.key, door: about.door, code: outcome.code() };
            if outcome.is_logged_refusal() && self.refusals.is_worth_an_entry(kid, refused, moment.mono_ms) {
                draft.log(self.clock.time(moment), about, Event::Refused(outcome.code()));
            }
        }
    }

    /// Says how the relay took it. The answer to an opening may be sent at once; [`Judgement::finish`] then writes it.
    /// That of a door fault is on disk when it is returned. `None` if no opening was in hand.
    pub fn acted(&mut self, moved: bool, moment: &Moment) -> Result<Option<Answer>, S::Error> {
        let Some(in_hand) = &self.in_hand else { return Ok(None) };
        let seconds = self.config.seconds;
        let outcome = if moved { Outcome::Opened { door: in_hand.door, seconds } } else { Outcome::DoorFault };
        let answer = Answer { outcome, time: self.clock.time(moment), ..in_hand.answer.clone() };
        if !moved {
            let mut draft = self.finishing(in_hand, outcome);
            if let Some(id) = in_hand.spent
                && let Some(Key::Known(mut record)) = draft.key(&self.store, id)?
            {
                let used = &mut record.used[in_hand.door.index()];
                *used = used.saturating_sub(1);
                draft.set_key(id, Key::Known(record));
            }
            draft.log(self.clock.time(moment), in_hand.about, Event::DoorFault);
            self.commit(draft)?;
        } else if let Some(in_hand) = &mut self.in_hand {
            in_hand.tap.outcome = Some(outcome);
        }
        Ok(Some(answer))
    }

    /// Writes the answer to an opening that was sent. One whose relay nobody has spoken of is interrupted. Until the disk
    /// has taken it, it stays in hand.
    pub fn finish(&mut self) -> Result<(), S::Error> {
        let Some(in_hand) = &self.in_hand else { return Ok(()) };
        let mut draft = self.finishing(in_hand, in_hand.tap.outcome.unwrap_or(Outcome::Interrupted));
        if in_hand.tap.outcome.is_none() {
            draft.log(None, in_hand.about, Event::Interrupted);
        }
        self.commit(draft)
    }

    /// With how the opening in hand ended.
    pub(super) fn finishing(&self, in_hand: &InHand, outcome: Outcome) -> Draft {
        let mut draft = Draft::of(self.state.clone());
        draft.finishes = true;
        draft.state.unfinished = None;
        let last = Some(Tap { outcome: Some(outcome), ..in_hand.tap });
        draft.set_phone(in_hand.kid, Phone { last, ..in_hand.phone.clone() });
        draft
    }
}
