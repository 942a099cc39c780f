//! A store in memory, for tests and models: clones and compares as a value.

use super::store::{Change, Key, KeyRecord, Manager, Phone, State, Store};
use crate::id::{KeyId, Kid};
use alloc::{collections::BTreeMap, vec::Vec};
use core::convert::Infallible;

/// A disk that is a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct MemoryStore {
    state: State,
    managers: Vec<(Kid, Manager)>,
    phones: BTreeMap<Kid, Phone>,
    keys: BTreeMap<KeyId, (u64, Key)>,
    entries: BTreeMap<u64, Vec<u8>>,
}

impl Store for MemoryStore {
    type Error = Infallible;

    fn state(&self) -> Result<State, Infallible> {
        Ok(self.state.clone())
    }

    fn manager(&self, kid: Kid) -> Result<Option<Manager>, Infallible> {
        Ok(self.managers.iter().find(|(other, _)| *other == kid).map(|(_, manager)| manager.clone()))
    }

    fn managers(&self) -> Result<Vec<(Kid, Manager)>, Infallible> {
        Ok(self.managers.clone())
    }

    fn phone(&self, kid: Kid) -> Result<Option<Phone>, Infallible> {
        Ok(self.phones.get(&kid).cloned())
    }

    fn idle_phones(&self) -> Result<Vec<(Kid, Phone)>, Infallible> {
        let manages = |kid: Kid| self.managers.iter().any(|(other, _)| *other == kid);
        let holds = |kid: Kid| {
            let holder = |key: &Key| match key {
                Key::Known(KeyRecord { holder, .. }) => holder.as_ref().map(|holder| holder.kid),
                Key::Deleted => None,
            };
            self.keys.values().any(|(_, key)| holder(key) == Some(kid))
        };
        let idle = self.phones.iter().filter(|(kid, _)| !manages(**kid) && !holds(**kid));
        Ok(idle.map(|(kid, phone)| (*kid, phone.clone())).collect())
    }

    fn key(&self, key: KeyId) -> Result<Option<Key>, Infallible> {
        Ok(self.keys.get(&key).map(|(_, key)| key.clone()))
    }

    fn keys_after(&self, change: u64, limit: usize) -> Result<Vec<(u64, KeyId, Key)>, Infallible> {
        let later = self.keys.iter().filter(|(_, (count, _))| *count > change);
        let mut keys: Vec<_> = later.map(|(id, (count, key))| (*count, *id, key.clone())).collect();
        keys.sort_by_key(|(count, ..)| *count);
        keys.truncate(limit);
        Ok(keys)
    }

    fn entries_after(&self, number: u64, limit: usize) -> Result<Vec<Vec<u8>>, Infallible> {
        let later = self.entries.range(number.saturating_add(1)..);
        Ok(later.take(limit).map(|(_, bytes)| bytes.clone()).collect())
    }

    fn commit(&mut self, changes: &[Change]) -> Result<(), Infallible> {
        for change in changes.iter().cloned() {
            match change {
                Change::State(state) => self.state = state,
                Change::Manager(kid, manager) => match self.managers.iter_mut().find(|(other, _)| *other == kid) {
                    Some((_, old)) => *old = manager,
                    None => self.managers.push((kid, manager)),
                },
                Change::ManagerRemoved(kid) => self.managers.retain(|(other, _)| *other != kid),
                Change::Phone(kid, phone) => _ = self.phones.insert(kid, phone),
                Change::PhoneForgotten(kid) => _ = self.phones.remove(&kid),
                Change::Key { id, change, key } => _ = self.keys.insert(id, (change, key)),
                Change::Entry { number, bytes } => _ = self.entries.insert(number, bytes),
                Change::EntriesBefore(number) => self.entries = self.entries.split_off(&number),
            }
        }
        Ok(())
    }
}
