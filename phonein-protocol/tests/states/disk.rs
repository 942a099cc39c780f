//! The intercom's disk, which may be a bad one.

use crate::mistake::Mistake;
use phonein_protocol::{
    grant::SignedGrant,
    id::{KeyId, Kid},
    intercom::{
        MemoryStore, Store,
        store::{Change, Key, KeyRecord, Manager, Phone, State},
    },
    log::{Entry, Event},
};
use std::convert::Infallible;

/// The shipped store in memory, and the mistake it makes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Disk {
    pub store: MemoryStore,
    pub mistake: Mistake,
}

impl Disk {
    fn forget_last(&mut self, kid: Kid) {
        let Ok(phone) = self.store.phone(kid);
        if let Some(phone) = phone {
            let Ok(()) = self.store.commit(&[Change::Phone(kid, Phone { last: None, ..phone })]);
        }
    }

    /// What is left of it after a power cut.
    pub fn after_power_cut(&self, phones: impl Iterator<Item = Kid>) -> Self {
        let mut disk = self.clone();
        if self.mistake == Mistake::AnswersInMemory {
            phones.for_each(|kid| disk.forget_last(kid));
        }
        if self.mistake == Mistake::FloorForgotten {
            let Ok(state) = disk.store.state();
            let Ok(()) = disk.store.commit(&[Change::State(State { floor: 0, ..state })]);
        }
        disk
    }

    /// Whose hold on a key `changes` end.
    fn freed(&self, changes: &[Change]) -> Vec<Kid> {
        let holder = |key: &Key| match key {
            Key::Known(record) => record.holder.as_ref().map(|holder| holder.kid),
            Key::Deleted => None,
        };
        let freed = changes.iter().filter_map(|change| match change {
            Change::Key { id, key, .. } => {
                let Ok(before) = self.store.key(*id);
                before.as_ref().and_then(holder).filter(|kid| holder(key) != Some(*kid))
            }
            _ => None,
        });
        freed.collect()
    }

    /// A use for each opening by a manager.
    fn spent_by_managers(&self, changes: &[Change]) -> Vec<Change> {
        let spent = changes.iter().filter_map(|change| {
            let Change::Entry { bytes, .. } = change else { return None };
            let Entry { event: Event::Opened, kid: Some(kid), key: Some(id), door: Some(door), .. } =
                Entry::parse(bytes).unwrap()
            else {
                return None;
            };
            let (Ok(Some(_)), Ok(Some(Key::Known(mut record)))) = (self.store.manager(kid), self.store.key(id)) else {
                return None;
            };
            record.used[usize::try_from(door).unwrap()] += 1;
            Some(Change::Key { id, change: 0, key: Key::Known(record) })
        });
        spent.collect()
    }
}

fn without_last_day(key: Key) -> Key {
    let Key::Known(record) = key else { return key };
    let (mut grant, signer) = (record.grant.grant().clone(), record.grant.signer());
    if let Some(terms) = &mut grant.terms {
        terms.claim_by = (1 << 40) - 1;
    }
    Key::Known(KeyRecord { grant: SignedGrant::new(grant, signer, [0; 64]), ..record })
}

impl Store for Disk {
    type Error = Infallible;

    fn state(&self) -> Result<State, Infallible> {
        self.store.state()
    }

    fn manager(&self, kid: Kid) -> Result<Option<Manager>, Infallible> {
        self.store.manager(kid)
    }

    fn managers(&self) -> Result<Vec<(Kid, Manager)>, Infallible> {
        self.store.managers()
    }

    fn phone(&self, kid: Kid) -> Result<Option<Phone>, Infallible> {
        self.store.phone(kid)
    }

    fn idle_phones(&self) -> Result<Vec<(Kid, Phone)>, Infallible> {
        self.store.idle_phones()
    }

    fn key(&self, key: KeyId) -> Result<Option<Key>, Infallible> {
        let Ok(key) = self.store.key(key);
        let key = key.filter(|key| self.mistake != Mistake::DeletedIdForgotten || *key != Key::Deleted);
        Ok(key.map(|key| if self.mistake == Mistake::LastDayIgnored { without_last_day(key) } else { key }))
    }

    fn keys_after(&self, change: u64, limit: usize) -> Result<Vec<(u64, KeyId, Key)>, Infallible> {
        self.store.keys_after(change, limit)
    }

    fn entries_after(&self, number: u64, limit: usize) -> Result<Vec<Vec<u8>>, Infallible> {
        self.store.entries_after(number, limit)
    }

    fn commit(&mut self, changes: &[Change]) -> Result<(), Infallible> {
        if self.mistake == Mistake::AnswersDieWithHolder {
            self.freed(changes).into_iter().for_each(|kid| self.forget_last(kid));
        }
        let mut changes = changes.to_vec();
        if self.mistake == Mistake::RemovedStays {
            changes.retain(|change| !matches!(change, Change::ManagerRemoved(_)));
        }
        if self.mistake == Mistake::ManagersSpend {
            changes.extend(self.spent_by_managers(&changes));
        }
        self.store.commit(&changes)
    }
}
