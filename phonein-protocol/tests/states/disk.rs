//! The intercom's disk, which may be a bad one.

use crate::mistake::Mistake;
use phonein_protocol::{
    id::{KeyId, Kid},
    intercom::{
        MemoryStore, Store,
        store::{Change, Key, Manager, Phone, State},
    },
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
        Ok(key.filter(|key| self.mistake != Mistake::DeletedIdForgotten || *key != Key::Deleted))
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
        self.store.commit(changes)
    }
}
