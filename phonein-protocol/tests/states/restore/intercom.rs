//! The judgement that ships, and its log as a chain.

use super::{Restore, USES};
use crate::{
    cast::{self, KEY, T0, moment},
    device::{Seals, Stored},
    disk::Disk,
    grant::{Allows, Grant, secret},
};
use phonein_protocol::{
    id::{Door, Doors, Kid},
    intercom::{
        Config, Judged, Judgement, MemoryStore, Ruling, Store,
        store::{Key, KeyRecord},
    },
    log::Via,
    message::{Answer, Body, Detail, Envelope, ManagersAsk, PutVerdict, Request},
};
use std::{
    collections::BTreeSet,
    hash::{Hash, Hasher},
};

const ALLOWS: Allows = Allows { uses: USES, opens_at: 0 };

#[derive(Clone, Debug)]
pub struct Intercom {
    judgement: Judgement<Disk>,
    known: Known,
    is_whole: bool,
}

/// What of it decides about all that may come. Of taps nothing is remembered here: each phone makes one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Known {
    key: Stored,
    holder: Option<u8>,
    used: [u64; 2],
    managers: BTreeSet<u8>,
    /// The log is a chain of hashes: an entry's number and hash stand for all before it. What it says does not matter here,
    /// only in which life of the intercom it was written: 0, or 1 after the first restore …
    log: Vec<u8>,
    life: u8,
}

impl PartialEq for Intercom {
    fn eq(&self, other: &Self) -> bool {
        self.known == other.known && (!self.is_whole || self.judgement == other.judgement)
    }
}

impl Eq for Intercom {}

impl Hash for Intercom {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.known.hash(state);
    }
}

impl Intercom {
    pub fn new(managers: &BTreeSet<u8>, world: &Restore) -> Self {
        let config = Config { intercom: [7; 32], doors: Doors::BOTH, seconds: 3, urls: Vec::new() };
        let disk = Disk { store: MemoryStore::default(), mistake: world.mistake };
        let Ok(judgement) = Judgement::start(config, disk, &moment(0));
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
            new.pair(*manager);
        }
        new
    }

    /// The same, of which only that is compared which is known to matter.
    pub fn abridged(&self) -> Self {
        Self { is_whole: false, ..self.clone() }
    }

    /// Started from this disk, in another life.
    pub fn restored(&self, life: u8) -> Self {
        let (config, disk) = (self.judgement.config().clone(), self.judgement.store().clone());
        let Ok(judgement) = Judgement::start(config, disk, &moment(0));
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

    fn ask(&mut self, kid: Option<Kid>, number: u64, body: Body) -> Ruling {
        let bytes = Request { number, kid, body }.to_bytes();
        let envelope = Envelope::parse(&bytes).unwrap();
        let Ok(Judged { ruling, .. }) = self.judgement.judge(&envelope, &mut Seals::default(), Via::Http, &moment(0));
        ruling
    }

    fn answer(&mut self, manager: u8, body: Body) -> Answer {
        let ruling = self.ask(Some(cast::manager(manager).kid), 0, body);
        self.look();
        match ruling {
            Ruling::Answer(answer) => answer,
            other => panic!("no answer but {other:?}"),
        }
    }

    /// By the button on the device.
    pub fn pair(&mut self, manager: u8) {
        let key = cast::manager(manager).key;
        self.judgement.press_button(&moment(0));
        self.ask(None, 0, Body::Pair { key, name: "M".into(), zone: None, now: T0 });
        self.answer(manager, Body::Status);
    }

    /// Manager 0 removes manager 1.
    pub fn remove(&mut self) {
        self.answer(0, Body::Managers(ManagersAsk::Remove(cast::manager(1).kid)));
    }

    pub fn put(&mut self, manager: u8, grant: Grant) -> PutVerdict {
        let grants = vec![grant.signed(ALLOWS).bytes().to_vec()];
        let answer = self.answer(manager, Body::Put { grants, now: T0, zone: None });
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
        let opens = matches!(self.ask(None, 1, claim), Ruling::Open { .. });
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
