//! A link is claimed once (docs/protocol.md, section 4).

use super::{
    clock::Moment,
    draft::{About, Draft},
    grants::{Learned, commitment, replaces},
    judgement::{Judged, Judgement, Signatures, Signer},
    open::Press,
    store::{Holder, Key, KeyRecord, Manager, Phone, Store, Tap},
};
use crate::{
    grant::{GrantError, SignedGrant},
    id::{Commitment, KeyId, Kid},
    log::{Event, Via},
    message::{Answer, Body, Envelope, Outcome, Request},
    session::TransportError,
};

impl<S: Store> Judgement<S> {
    /// Judges a claim, cheapest check first.
    pub(super) fn claim(
        &mut self,
        envelope: &Envelope<'_>,
        signatures: &mut dyn Signatures,
        via: Via,
        moment: &Moment,
    ) -> Result<Judged, S::Error> {
        let Some(key) = envelope.key().copied() else { return Ok(Judged::from(Outcome::Malformed).failed()) };
        let Ok(Request { number, body: Body::Claim { grant, secret, name, door, .. }, .. }) = envelope.request() else {
            return Ok(match signatures.check_request(&key) {
                Ok(()) => Outcome::Malformed.into(),
                Err(error) => Judged::from(error).failed(),
            });
        };
        let presented = match SignedGrant::parse(&grant) {
            Ok(presented) => presented,
            Err(GrantError::Malformed) => return Ok(self.turn_away(Outcome::UnknownKey, moment)),
            Err(GrantError::TooNew) => return Ok(self.turn_away(Outcome::TooNew, moment)),
        };
        let kid = Kid::of(&key);
        let known = self.store.phone(kid)?;
        let tap = Tap { number, hash: envelope.hash(), outcome: None };
        // A tap that was answered is answered alike, whatever became of its link since.
        let is_repeated = known.as_ref().is_some_and(|phone| self.is_repeated(kid, phone, tap));
        let by_manager = self.store.manager(presented.signer())?.is_some();
        if !is_repeated && let Err(outcome) = self.is_worth_a_signature(&presented, secret.commitment(), by_manager)? {
            return Ok(self.turn_away(outcome, moment));
        }
        if known.as_ref().is_some_and(|phone| phone.key != key) {
            return Ok(Judged::from(TransportError::Malformed).failed());
        }
        if let Err(error) = signatures.check_request(&key) {
            return Ok(Judged::from(error).failed());
        }

        let id = presented.grant().key;
        let mut draft = self.draft();
        let manager = self.store.manager(kid)?;
        if let Some(manager) = manager.clone().filter(|manager| manager.is_new) {
            draft.set_manager(kid, Manager { is_new: false, ..manager });
        }
        let about = About { kid: Some(kid), key: Some(id), door: None, via: Some(via) };
        let learned = self.learn(&mut draft, &presented, signatures, about, moment)?;
        // Whoever forges a grant learns what they would have, had its signer been nobody: not who is a manager.
        let is_forged = learned == Learned::BadSignature;
        if is_forged
            && !is_repeated
            && let Err(outcome) = self.is_worth_a_signature(&presented, secret.commitment(), false)?
        {
            return Ok(self.turn_away(outcome, moment));
        }

        let is_known = known.is_some();
        let phone = known.unwrap_or(Phone { key, last: None, idle_since: None });
        let signer = Signer { kid, phone, manager: manager.is_some() };
        let answer = Answer { manager: signer.manager, ..Outcome::Done.into() };

        let bound = if let Some(outcome) = self.answered(&signer, tap) {
            Err(outcome)
        } else {
            let bound = self.bind(&mut draft, id, secret.commitment(), Holder { kid, name }, via, moment)?;
            match bound {
                Err(outcome) if is_known => self.refuse(&mut draft, tap, About { door, ..about }, outcome, moment),
                Err(_) => self.refusals.count(moment.mono_ms),
                Ok(()) => {}
            }
            bound
        };
        // Nobody who has a key claims in vain again and again; whoever only has a link could, each time with another key.
        let in_vain = is_forged || learned == Learned::NotAManager || !is_known;
        let failed = bound.is_err() && !is_repeated && in_vain;
        let answer = self.tell_holder(&draft, &presented, kid, answer)?;
        if let Err(outcome) = bound {
            self.commit(draft)?;
            return Ok(Judged { failed, ..Answer { outcome, ..answer }.into() });
        }
        let phone = Phone { idle_since: None, ..signer.phone.clone() };
        let Some(door) = door else {
            let last = Some(Tap { outcome: Some(Outcome::Done), ..tap });
            draft.set_phone(kid, Phone { last, ..phone });
            self.commit(draft)?;
            self.refused.remove(&kid);
            return Ok(Judged { failed, ..answer.into() });
        };
        draft.set_phone(kid, phone);
        let press = Press { signer, tap, key: Some(id), door, via };
        Ok(Judged { failed, ..self.press(draft, press, answer, moment)? })
    }

    /// Refuses a claim whose signature nobody has looked at.
    fn turn_away(&mut self, outcome: Outcome, moment: &Moment) -> Judged {
        self.refusals.count(moment.mono_ms);
        Judged::from(outcome).failed()
    }

    /// What costs no signature: whether the secret fits a grant that counts, or that could.
    fn is_worth_a_signature(
        &self,
        presented: &SignedGrant,
        secret: Commitment,
        by_manager: bool,
    ) -> Result<Result<(), Outcome>, S::Error> {
        let fits = |grant: &SignedGrant| commitment(grant) == Some(secret);
        let worth = match self.store.key(presented.grant().key)? {
            None if !by_manager => return Ok(Err(Outcome::UnknownKey)),
            None | Some(Key::Deleted) => fits(presented),
            Some(Key::Known(KeyRecord { grant, .. })) => {
                fits(&grant) || by_manager && fits(presented) && replaces(presented, &grant)
            }
        };
        Ok(if worth { Ok(()) } else { Err(Outcome::LinkExpired) })
    }

    /// Makes the key the claimer's, if it is not already.
    fn bind(
        &self,
        draft: &mut Draft,
        id: KeyId,
        secret: Commitment,
        holder: Holder,
        via: Via,
        moment: &Moment,
    ) -> Result<Result<(), Outcome>, S::Error> {
        let mut record = match draft.key(&self.store, id)? {
            None => return Ok(Err(Outcome::UnknownKey)),
            Some(Key::Deleted) => return Ok(Err(Outcome::Deleted)),
            Some(Key::Known(record)) => record,
        };
        if commitment(&record.grant) != Some(secret) {
            return Ok(Err(Outcome::LinkExpired));
        }
        if let Some(present) = &record.holder {
            return Ok(if present.kid == holder.kid { Ok(()) } else { Err(Outcome::Taken) });
        }
        let claim_by = record.grant.grant().terms.as_ref().map_or(0, |terms| terms.claim_by);
        if self.clock.good_time(moment).unwrap_or(draft.state.floor) > claim_by {
            return Ok(Err(Outcome::LinkExpired));
        }
        let about = About { kid: Some(holder.kid), key: Some(id), door: None, via: Some(via) };
        draft.log(self.clock.time(moment), about, Event::Claimed { name: holder.name.clone() });
        record.holder = Some(holder);
        draft.set_key(id, Key::Known(record));
        Ok(Ok(()))
    }

    /// Says whether this phone holds the key now, and gives it the stored grant where it brought another.
    fn tell_holder(
        &self,
        draft: &Draft,
        presented: &SignedGrant,
        kid: Kid,
        answer: Answer,
    ) -> Result<Answer, S::Error> {
        let held = match draft.key(&self.store, presented.grant().key)? {
            Some(Key::Known(KeyRecord { grant, holder: Some(holder), .. })) if holder.kid == kid => Some(grant),
            _ => None,
        };
        let holds = Some(held.is_some());
        let stored = held.filter(|grant| grant.payload() != presented.payload()).map(|grant| grant.bytes().to_vec());
        Ok(Answer { stored, holds, ..answer })
    }
}
