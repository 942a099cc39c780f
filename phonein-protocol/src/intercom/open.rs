//! A tap on a door.

use super::{
    clock::Moment,
    draft::{About, Draft},
    judgement::{InHand, Judged, Judgement, Ruling, Signer},
    store::{Key, KeyRecord, Phone, Store, Tap, Unfinished},
};
use crate::{
    id::{Door, KeyId, Kid},
    log::{Event, Via},
    message::{Answer, Outcome},
    rule::{Rule, Verdict},
    session::TransportError,
};
use alloc::vec::Vec;

/// Who presses on what.
#[derive(Clone, Debug)]
pub(super) struct Press {
    pub(super) signer: Signer,
    pub(super) tap: Tap,
    pub(super) key: Option<KeyId>,
    /// The door's number as it came.
    pub(super) door: u64,
    pub(super) via: Via,
}

impl Press {
    pub(super) fn about(&self) -> About {
        let Self { signer, key, door, via, .. } = self;
        About { kid: Some(signer.kid), key: *key, door: Some(*door), via: Some(*via) }
    }
}

impl<S: Store> Judgement<S> {
    /// Judges an Open of a known phone that holds version `held` of the key's grant.
    pub(super) fn open(&mut self, press: Press, held: u64, moment: &Moment) -> Result<Judged, S::Error> {
        let key = match press.key {
            Some(id) => self.store.key(id)?,
            None => None,
        };
        let answer = Answer { stored: newer_grant(key.as_ref(), &press.signer, held), ..Outcome::Done.into() };
        if let Some(outcome) = self.answered(&press.signer, press.tap) {
            return Ok(Answer { outcome, ..answer }.into());
        }
        self.press(self.draft(), press, answer, moment)
    }

    /// The answer to a tap whose number is not a new one.
    pub(super) fn answered(&self, signer: &Signer, tap: Tap) -> Option<Outcome> {
        let last = self.last_tap(signer.kid, &signer.phone).filter(|last| tap.number <= last.number)?;
        let answer = last.outcome.filter(|_| is_same(last, tap));
        Some(answer.unwrap_or(Outcome::NumberUsed { last: last.number }))
    }

    /// Whether this is the last tap of that phone once more.
    pub(super) fn is_repeated(&self, kid: Kid, phone: &Phone, tap: Tap) -> bool {
        self.last_tap(kid, phone).is_some_and(|last| is_same(last, tap))
    }

    /// Opens the door for a new tap, or refuses it. `draft` is committed either way, but for a phone that opens too often:
    /// of that nothing happens at all. `answer` is what the answer holds besides its outcome.
    pub(super) fn press(
        &mut self,
        mut draft: Draft,
        press: Press,
        answer: Answer,
        moment: &Moment,
    ) -> Result<Judged, S::Error> {
        let judged = match self.may_open(&draft, &press, moment)? {
            Ok(_) if !self.pace.take(press.signer.kid, moment.mono_ms) => return Ok(TransportError::TryLater.into()),
            Ok(door) => return self.agree(draft, press, door, answer, moment),
            Err(outcome) => {
                self.refuse(&mut draft, press.tap, press.about(), outcome, moment);
                Answer { outcome, ..answer }.into()
            }
        };
        self.commit(draft)?;
        Ok(judged)
    }

    fn may_open(&self, draft: &Draft, press: &Press, moment: &Moment) -> Result<Result<Door, Outcome>, S::Error> {
        let Some(door) = Door::from_number(press.door).filter(|door| self.has(*door)) else {
            return Ok(Err(Outcome::NotThisDoor));
        };
        if press.signer.manager {
            return Ok(Ok(door));
        }
        let key = match press.key {
            Some(id) => draft.key(&self.store, id)?,
            None => None,
        };
        Ok(match key {
            None => Err(Outcome::UnknownKey),
            Some(Key::Deleted) => Err(Outcome::Deleted),
            Some(Key::Known(record)) => self.allows(&record, &press.signer, door, moment).map(|()| door),
        })
    }

    /// Whether there is such a door and keys may open it.
    fn has(&self, door: Door) -> bool {
        self.config.doors.contains(door) && (door == Door::Entrance || self.state.inner_door)
    }

    fn allows(&self, record: &KeyRecord, signer: &Signer, door: Door, moment: &Moment) -> Result<(), Outcome> {
        if record.holder.as_ref().is_none_or(|holder| holder.kid != signer.kid) {
            return Err(Outcome::Taken);
        }
        // Only a deletion has no terms, and of a deletion no record is kept.
        let terms = record.grant.grant().terms.as_ref().ok_or(Outcome::Deleted)?;
        if !terms.doors.contains(door) {
            return Err(Outcome::NotThisDoor);
        }
        self.is_its_time(terms.rule, moment)?;
        let spent = record.used[door.index()];
        if terms.uses.is_some_and(|uses| spent >= uses) { Err(Outcome::UsedUp) } else { Ok(()) }
    }

    fn is_its_time(&self, rule: Rule, moment: &Moment) -> Result<(), Outcome> {
        let zone = self.state.zone.as_ref();
        let Some(now) = self.clock.good_time(moment) else {
            // The floor is an old time: it can only tell what has ended since.
            return match rule {
                Rule::Always => Ok(()),
                rule if rule.ended(zone, self.state.floor) => Err(Outcome::Expired),
                _ => Err(Outcome::TimeUnknown),
            };
        };
        match rule.judge(zone, now) {
            Verdict::Open { .. } => Ok(()),
            Verdict::NotYet { opens } => Err(Outcome::NotYet { opens }),
            Verdict::Outside { next } => Err(Outcome::OutsideHours { next }),
            Verdict::Expired => Err(Outcome::Expired),
            Verdict::NoZone if rule.ended(zone, self.state.floor) => Err(Outcome::Expired),
            Verdict::NoZone => Err(Outcome::TimeUnknown),
        }
    }

    /// Use, number, "not finished" and log entry go to the disk as one, before the relay moves.
    fn agree(
        &mut self,
        mut draft: Draft,
        press: Press,
        door: Door,
        answer: Answer,
        moment: &Moment,
    ) -> Result<Judged, S::Error> {
        let about = press.about();
        let Press { signer, tap, key, via, .. } = press;
        let spent = key.filter(|_| !signer.manager);
        if let Some(id) = spent
            && let Some(Key::Known(mut record)) = draft.key(&self.store, id)?
        {
            record.used[door.index()] += 1;
            draft.set_key(id, Key::Known(record));
        }
        let phone = Phone { last: Some(tap), idle_since: None, ..signer.phone };
        draft.set_phone(signer.kid, phone.clone());
        draft.state.unfinished = Some(Unfinished { kid: signer.kid, key, door, via });
        draft.log(self.clock.time(moment), about, Event::Opened);
        self.commit(draft)?;
        self.refused.remove(&signer.kid);
        let answer = Answer { manager: signer.manager, ..answer };
        self.in_hand = Some(InHand { kid: signer.kid, phone, tap, about, door, spent, answer });
        Ok(Judged { ruling: Ruling::Open { door, seconds: self.config.seconds }, failed: false })
    }
}

/// Same number and same body.
fn is_same(last: Tap, tap: Tap) -> bool {
    (last.number, last.hash) == (tap.number, tap.hash)
}

/// The stored grant, where the phone's copy is older: only ever for the key's holder or a manager.
fn newer_grant(key: Option<&Key>, signer: &Signer, held: u64) -> Option<Vec<u8>> {
    let Some(Key::Known(record)) = key else { return None };
    let entitled = signer.manager || record.holder.as_ref().is_some_and(|holder| holder.kid == signer.kid);
    let newer = record.grant.grant().version > held;
    (entitled && newer).then(|| record.grant.bytes().to_vec())
}
