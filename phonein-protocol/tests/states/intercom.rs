//! The judgement that ships, as the models start it and ask it.

use crate::{
    cast::{Person, T0},
    device::Seals,
    disk::Disk,
    mistake::Mistake,
};
use phonein_protocol::{
    id::{Doors, Kid},
    intercom::{Config, Judged, Judgement, MemoryStore, Moment, Ruling},
    log::Via,
    message::{Answer, Body, Envelope, Request},
};
use std::hash::{Hash, Hasher};

/// The judgement, and what of it decides about all that may come.
#[derive(Clone, Debug)]
pub struct Intercom<Known> {
    pub judgement: Judgement<Disk>,
    pub known: Known,
    /// All of the judgement is compared, and not only what is known to matter.
    pub is_whole: bool,
}

impl<Known: PartialEq> PartialEq for Intercom<Known> {
    fn eq(&self, other: &Self) -> bool {
        self.known == other.known && (!self.is_whole || self.judgement == other.judgement)
    }
}

impl<Known: Eq> Eq for Intercom<Known> {}

impl<Known: Hash> Hash for Intercom<Known> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.known.hash(state);
        if self.is_whole {
            self.judgement.hash(state);
        }
    }
}

/// Started for the first time.
pub fn started(mistake: Mistake, moment: &Moment) -> Judgement<Disk> {
    let config = Config { intercom: [7; 32], doors: Doors::BOTH, seconds: 3, urls: Vec::new() };
    let Ok(judgement) = Judgement::start(config, Disk { store: MemoryStore::default(), mistake }, moment);
    judgement
}

/// The same intercom started from this disk.
pub fn restarted(judgement: &Judgement<Disk>, disk: Disk, moment: &Moment) -> Judgement<Disk> {
    let Ok(judgement) = Judgement::start(judgement.config().clone(), disk, moment);
    judgement
}

/// What must be an answer.
pub fn answered(ruling: Ruling) -> Answer {
    match ruling {
        Ruling::Answer(answer) => answer,
        other => panic!("no answer but {other:?}"),
    }
}

impl<Known: Clone> Intercom<Known> {
    /// The same, of which only that is compared which is known to matter.
    pub fn abridged(&self) -> Self {
        Self { is_whole: false, ..self.clone() }
    }

    /// Sends one request through its bytes.
    pub fn ask(&mut self, request: &Request, via: Via, moment: &Moment) -> Ruling {
        let bytes = request.to_bytes();
        let envelope = Envelope::parse(&bytes).unwrap();
        let Ok(Judged { ruling, .. }) = self.judgement.judge(&envelope, &mut Seals::default(), via, moment);
        ruling
    }

    /// What anybody asks who is known, but for a tap.
    pub fn answer(&mut self, kid: Kid, body: Body, moment: &Moment) -> Answer {
        answered(self.ask(&Request { number: 0, kid: Some(kid), body }, Via::Http, moment))
    }

    /// By the button on the device; the manager is heard of.
    pub fn pair(&mut self, Person { kid, key }: Person, moment: &Moment) {
        self.judgement.press_button(moment);
        let body = Body::Pair { key, name: "M".into(), zone: None, now: T0 };
        self.ask(&Request { number: 0, kid: None, body }, Via::Http, moment);
        self.answer(kid, Body::Status, moment);
    }
}
