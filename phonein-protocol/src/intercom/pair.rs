//! A phone becomes a manager by the UUID on the device (docs/protocol.md, section 5).

use super::{
    clock::Moment,
    draft::About,
    judgement::{Judged, Judgement, Signatures},
    store::{Manager, Phone, Store},
};
use crate::{
    id::Kid,
    log::{Event, Via},
    message::{Answer, Body, Detail, Envelope, Outcome, Request},
    session::TransportError,
};

/// The button on the device lets a manager in for so long.
const BUTTON_MS: u64 = 600_000;

impl<S: Store> Judgement<S> {
    /// The button was held: a manager may pair for ten minutes.
    pub fn press_button(&mut self, moment: &Moment) {
        self.pairing_until = Some(moment.mono_ms.saturating_add(BUTTON_MS));
    }

    pub(super) fn pair(
        &mut self,
        envelope: &Envelope<'_>,
        signatures: &mut dyn Signatures,
        via: Via,
        moment: &Moment,
    ) -> Result<Judged, S::Error> {
        let Some(key) = envelope.key().copied() else { return Ok(Judged::from(Outcome::Malformed).failed()) };
        let kid = Kid::of(&key);
        let phone = self.store.phone(kid)?;
        if phone.as_ref().is_some_and(|phone| phone.key != key) {
            return Ok(Judged::from(TransportError::Malformed).failed());
        }
        if let Err(error) = signatures.check_request(&key) {
            return Ok(Judged::from(error).failed());
        }
        let Ok(Request { body: Body::Pair { name, zone, now, .. }, .. }) = envelope.request() else {
            return Ok(Outcome::Malformed.into());
        };
        let known = self.store.manager(kid)?;
        if self.is_pairing_open(moment)? {
            let about = About { kid: Some(kid), via: Some(via), ..About::default() };
            let mut draft = self.draft();
            let differs = self.take_time_and_zone(&mut draft, now, zone, about, moment);
            let last = phone.and_then(|phone| phone.last);
            draft.set_phone(kid, Phone { key, last, idle_since: None });
            draft.set_manager(kid, Manager { key, name: name.clone(), is_new: true });
            draft.log(self.clock.time(moment), about, Event::Paired { name });
            self.commit(draft)?;
            self.pairing_until = None;
            return Ok(Answer { clock_differs: differs, ..self.paired() }.into());
        }
        // The answer may have been lost: until this manager is heard of, it gets the same again.
        if known.is_some_and(|manager| manager.is_new) {
            return Ok(self.paired().into());
        }
        self.refusals.count(moment.mono_ms);
        Ok(Judged::from(Outcome::AlreadyPaired).failed())
    }

    fn paired(&self) -> Answer {
        let config = &self.config;
        let detail = Detail::Paired { intercom: config.intercom, doors: config.doors, urls: config.urls.clone() };
        Answer { manager: true, ..detail.into() }
    }
}
