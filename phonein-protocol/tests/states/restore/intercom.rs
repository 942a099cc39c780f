//! The judgement that ships, and its log as a chain.

use super::{Restore, USES};
use crate::{
    cast::{self, KEY, T0, moment},
    device::Stored,
    grant::{Allows, Grant, secret},
    intercom::{restarted, started},
};
use phonein_protocol::{
    id::Door,
    intercom::{
        Ruling, Store,
        store::{Key, KeyRecord},
    },
    log::Via,
    message::{Answer, Body, Detail, ManagersAsk, PutVerdict, Request},
};
use std::collections::BTreeSet;

const ALLOWS: Allows = Allows { uses: USES, opens_at: 0 };

pub type Intercom = crate::intercom::Intercom<Known>;

/// What of it decides about all that may come. Of taps nothing is remembered here: each phone makes one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Known {
    key: Stored,
    holder: Option<u8>,
    used: [u64; 2],
    managers: BTreeSet<u8>,
    /// The log is a chain of hashes: an entry's number and hash stand for all before it. What it says does not matter here,
    /// only in which life of the intercom it was written: 0, or 1 after the first restore …
    log: Vec<u8>,
    life: u8,
}

impl Intercom {
    pub fn new(managers: &BTreeSet<u8>, world: &Restore) -> Self {
        let judgement = started(world.mistake, &moment(0));
        let known = Known {
            key: Stored::Nothing,
            holder: None,
            used: [0; 2],
            managers: BTreeSet::new(),
            log: Vec::new(),
            life: 0,
        };
        let mut new = Self { judgement, known, is_whole: world.whole };
        for manager in managers {
            new.press_and_pair(*manager);
        }
        new
    }

    /// Started from this disk, in another life.
    pub fn restored(&self, life: u8) -> Self {
        let judgement = restarted(&self.judgement, self.judgement.store().clone(), &moment(0));
        let mut restored = Self { judgement, known: Known { life, ..self.known.clone() }, is_whole: self.is_whole };
        restored.look();
        restored
    }

    pub fn key(&self) -> Stored {
        self.known.key
    }

    pub fn log(&self) -> &[u8] {
        &self.known.log
    }

    pub fn life(&self) -> u8 {
        self.known.life
    }

    pub fn managers(&self) -> impl Iterator<Item = u8> {
        self.known.managers.iter().copied()
    }

    pub fn is_managed_by(&self, manager: u8) -> bool {
        self.known.managers.contains(&manager)
    }

    pub fn is_held_by(&self, phone: u8) -> bool {
        self.known.holder == Some(phone)
    }

    fn answer_of(&mut self, manager: u8, body: Body) -> Answer {
        let answer = self.answer(cast::manager(manager).kid, body, &moment(0));
        self.look();
        answer
    }

    pub fn press_and_pair(&mut self, manager: u8) {
        self.pair(cast::manager(manager), &moment(0));
        self.look();
    }

    /// Manager 0 removes manager 1.
    pub fn remove(&mut self) {
        self.answer_of(0, Body::Managers(ManagersAsk::Remove(cast::manager(1).kid)));
    }

    pub fn put(&mut self, manager: u8, grant: Grant) -> PutVerdict {
        let grants = vec![grant.signed(ALLOWS).bytes().to_vec()];
        let answer = self.answer_of(manager, Body::Put { grants, now: T0, zone: None });
        match answer.detail {
            Detail::Put(mut verdicts) if verdicts.len() == 1 => verdicts.remove(0),
            other => panic!("no verdict but {other:?}"),
        }
    }

    /// A guest claims with a link, and opens; whether a relay moved.
    pub fn claim(&mut self, phone: u8, link: Grant) -> bool {
        let grant = link.signed(ALLOWS).bytes().to_vec();
        let (key, door) = (cast::phone(phone).key, Some(Door::Entrance.number()));
        let claim = Body::Claim { grant, secret: secret(link.link), key, name: "G".into(), door };
        let opens = matches!(
            self.ask(&Request { number: 1, kid: None, body: claim }, Via::Http, &moment(0)),
            Ruling::Open { .. }
        );
        if opens {
            let Ok(_) = self.judgement.acted(true, &moment(0));
            let Ok(()) = self.judgement.finish();
        }
        self.look();
        opens
    }

    fn look(&mut self) {
        let store = self.judgement.store();
        let (Ok(key), Ok(managers)) = (store.key(KEY), store.managers());
        let known = &mut self.known;
        (known.key, known.holder, known.used) = match key {
            None => (Stored::Nothing, None, [0; 2]),
            Some(Key::Deleted) => (Stored::Deleted, None, [0; 2]),
            Some(Key::Known(KeyRecord { grant, holder, used })) => {
                (Stored::Known(Grant::read(&grant)), holder.map(|holder| cast::guest(holder.kid)), used)
            }
        };
        known.managers = managers.into_iter().map(|(kid, _)| cast::author(kid)).collect();
        let number = usize::try_from(self.judgement.state().head.number).unwrap();
        assert!(number >= known.log.len(), "a log only grows");
        known.log.resize(number, known.life);
    }
}
