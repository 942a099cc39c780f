//! What managers ask.

use super::{
    clock::{Moment, Sync},
    draft::{About, Draft},
    judgement::{Judgement, Signatures},
    store::{Key, Manager, Phone, Store},
};
use crate::{
    Time,
    grant::{GrantError, SignedGrant},
    id::{Door, KeyId, Kid},
    log::{Changed, Event, Via},
    message::{
        Answer, Detail, KeyItem, KeyState, ManagerItem, ManagersAsk, Outcome, PutVerdict, Settings, SettingsWrite,
        UnknownLabel,
    },
    zone::ZoneTable,
};
use alloc::vec::Vec;

/// What a page may fill: the rest of an answer fits beside it.
const PAGE_BYTES: usize = 3_800;
/// More than a page can hold of anything.
const PAGE_ITEMS: usize = 80;
/// A grant with its head.
const GRANT_BYTES: usize = 1_030;
/// A manager with the longest name.
const MANAGER_BYTES: usize = 220;
/// A key's item without its grant.
const KEY_BYTES: usize = 230;

impl<S: Store> Judgement<S> {
    /// Grants in order, for as many as the answers fit; the rest is put again.
    #[allow(clippy::too_many_arguments, reason = "each is a field of the request or how it came")]
    pub(super) fn put(
        &mut self,
        grants: &[Vec<u8>],
        now: Time,
        zone: Option<ZoneTable>,
        signatures: &mut dyn Signatures,
        by: Kid,
        via: Via,
        moment: &Moment,
    ) -> Result<Answer, S::Error> {
        let about = About { kid: Some(by), via: Some(via), ..About::default() };
        let mut draft = self.draft();
        let differs = self.take_time_and_zone(&mut draft, now, zone, about, moment);
        let mut verdicts = Vec::new();
        let mut room = PAGE_BYTES;
        for bytes in grants {
            if room < GRANT_BYTES {
                break;
            }
            let verdict = match SignedGrant::parse(bytes) {
                Err(GrantError::Malformed) => PutVerdict::Malformed,
                Err(GrantError::TooNew) => PutVerdict::TooNew,
                Ok(grant) => self.learn(&mut draft, &grant, signatures, about, moment)?.into(),
            };
            room -= match &verdict {
                PutVerdict::Superseded(stored) => stored.len() + 5,
                _ => 2,
            };
            verdicts.push(verdict);
        }
        self.commit(draft)?;
        Ok(Answer { clock_differs: differs, head: Some(self.state.head), ..Detail::Put(verdicts).into() })
    }

    /// Moves the clock if both agree, takes a newer table of the same zone, or the first one. What the clock shows where
    /// it differs.
    pub(super) fn take_time_and_zone(
        &mut self,
        draft: &mut Draft,
        now: Time,
        zone: Option<ZoneTable>,
        about: About,
        moment: &Moment,
    ) -> Option<Time> {
        let counts = |zone: &ZoneTable| draft.state.zone.as_ref().is_none_or(|standing| zone.supersedes(standing));
        if let Some(zone) = zone.filter(counts) {
            draft.state.zone = Some(zone);
        }
        match self.clock.sync(now, draft.state.floor, moment) {
            Sync::Agreed => None,
            Sync::First => {
                // At once: a power cut before the hour is over must not bring an earlier time back.
                draft.state.floor = draft.state.floor.max(now);
                draft.log(self.clock.time(moment), about, Event::ClockSet { time: now });
                None
            }
            Sync::Differs(mine) => Some(mine),
        }
    }

    pub(super) fn log_page(&self, after: u64) -> Result<Answer, S::Error> {
        let mut entries = self.store.entries_after(after, PAGE_ITEMS)?;
        let mut room = PAGE_BYTES;
        let fitting = entries.iter().take_while(|entry| take(&mut room, entry.len() + 3)).count();
        entries.truncate(fitting);
        let last = after.saturating_add(entries.len() as u64);
        let more = !entries.is_empty() && last < self.state.head.number;
        Ok(Answer { head: Some(self.state.head), ..Detail::Log { entries, more }.into() })
    }

    pub(super) fn keys_page(&self, after: u64) -> Result<Answer, S::Error> {
        let counter = self.state.changes;
        let after = if after > counter { 0 } else { after };
        let keys = self.store.keys_after(after, PAGE_ITEMS)?;
        let found = keys.len();
        let mut room = PAGE_BYTES;
        let mut items = Vec::new();
        for (change, key, stored) in keys {
            let state = match stored {
                Key::Deleted => None,
                Key::Known(record) => Some(KeyState {
                    grant: record.grant.bytes().to_vec(),
                    holder: record.holder.map(|holder| (holder.kid, holder.name)),
                    used: record.used,
                }),
            };
            if !take(&mut room, state.as_ref().map_or(20, |state| state.grant.len() + KEY_BYTES)) {
                break;
            }
            items.push(KeyItem { change, key, state });
        }
        let more = items.len() < found || found == PAGE_ITEMS;
        Ok(Answer { head: Some(self.state.head), ..Detail::Keys { items, more, counter }.into() })
    }

    pub(super) fn settings(&self, moment: &Moment) -> Answer {
        let zone = self.state.zone.as_ref();
        Detail::Settings(Settings {
            revision: self.state.revision,
            inner_door: self.config.doors.contains(Door::Inner).then_some(self.state.inner_door),
            zone: zone.map(|zone| (zone.zone().into(), zone.tzdb().into(), zone.until())),
            urls: self.config.urls.clone(),
            clock_error: self.clock.error(moment),
            strangers: self.refusals.counted(moment.mono_ms),
        })
        .into()
    }

    pub(super) fn write_settings(
        &mut self,
        revision: u64,
        write: Result<SettingsWrite, UnknownLabel>,
        by: Kid,
        via: Via,
        moment: &Moment,
    ) -> Result<Answer, S::Error> {
        let Ok(SettingsWrite { inner_door, zone, clock }) = write else { return Ok(Outcome::TooNew.into()) };
        if inner_door.is_some() && !self.config.doors.contains(Door::Inner) {
            return Ok(Outcome::Malformed.into());
        }
        let inner_door = inner_door.filter(|on| *on != self.state.inner_door);
        let stands = |zone: &ZoneTable| {
            self.state
                .zone
                .as_ref()
                .is_some_and(|standing| zone.zone() == standing.zone() && !zone.supersedes(standing))
        };
        let zone = zone.filter(|zone| !stands(zone));
        if inner_door.is_none() && zone.is_none() && clock.is_none() {
            return Ok(self.settings(moment));
        }
        if revision != self.state.revision {
            return Ok(Outcome::SettingsChanged.into());
        }
        let about = About { kid: Some(by), via: Some(via), ..About::default() };
        let mut draft = self.draft();
        draft.state.revision += 1;
        if let Some(on) = inner_door {
            draft.state.inner_door = on;
        }
        let changes_more = inner_door.is_some() || zone.is_some();
        if let Some(zone) = zone {
            draft.state.zone = Some(zone);
        }
        if changes_more {
            draft.log(self.clock.time(moment), about, Event::Changed(Changed::Settings));
        }
        if let Some(time) = clock {
            draft.state.floor = time;
            draft.log(Some(time), about, Event::ClockSet { time });
        }
        self.commit(draft)?;
        if let Some(time) = clock {
            self.clock.force(time, moment);
        }
        Ok(self.settings(moment))
    }

    pub(super) fn managers(
        &mut self,
        ask: ManagersAsk,
        by: Kid,
        via: Via,
        moment: &Moment,
    ) -> Result<Answer, S::Error> {
        let about = About { kid: Some(by), via: Some(via), ..About::default() };
        match ask {
            ManagersAsk::Page { after } => self.managers_page(after),
            ManagersAsk::Add { key, holder } => self.add_manager(key, holder, about, moment),
            ManagersAsk::Remove(kid) => self.remove_manager(kid, about, moment),
        }
    }

    /// After one who is a manager no more it begins anew.
    fn managers_page(&self, after: Option<Kid>) -> Result<Answer, S::Error> {
        let managers = self.store.managers()?;
        let last = after.and_then(|after| managers.iter().position(|(kid, _)| *kid == after));
        let mut left = managers.into_iter().skip(last.map_or(0, |last| last + 1));
        let page = left.by_ref().take(PAGE_BYTES / MANAGER_BYTES);
        let items = page.map(|(kid, Manager { key, name, .. })| ManagerItem { kid, key, name }).collect();
        Ok(Detail::Managers { items, more: left.next().is_some() }.into())
    }

    fn add_manager(&mut self, id: KeyId, meant: Kid, about: About, moment: &Moment) -> Result<Answer, S::Error> {
        let holder = match self.store.key(id)? {
            Some(Key::Known(record)) => record.holder,
            Some(Key::Deleted) | None => None,
        };
        let phone = match &holder {
            Some(holder) => self.store.phone(holder.kid)?,
            None => None,
        };
        let (Some(holder), Some(Phone { key, .. })) = (holder, phone) else { return Ok(Outcome::UnknownKey.into()) };
        if holder.kid != meant {
            return Ok(Outcome::Taken.into());
        }
        if self.store.manager(holder.kid)?.is_none() {
            let mut draft = self.draft();
            draft.set_manager(holder.kid, Manager { key, name: holder.name, is_new: false });
            let about = About { key: Some(id), ..about };
            draft.log(self.clock.time(moment), about, Event::Changed(Changed::ManagerAdded(holder.kid)));
            self.commit(draft)?;
        }
        Ok(Outcome::Done.into())
    }

    fn remove_manager(&mut self, kid: Kid, about: About, moment: &Moment) -> Result<Answer, S::Error> {
        if self.store.manager(kid)?.is_some() {
            if self.store.managers()?.len() == 1 {
                return Ok(Outcome::LastManager.into());
            }
            let mut draft = self.draft();
            draft.remove_manager(kid);
            draft.log(self.clock.time(moment), about, Event::Changed(Changed::ManagerRemoved(kid)));
            self.commit(draft)?;
        }
        Ok(Outcome::Done.into())
    }
}

/// Takes `bytes` from the room if they fit.
fn take(room: &mut usize, bytes: usize) -> bool {
    let left = room.checked_sub(bytes);
    *room = left.unwrap_or(0);
    left.is_some()
}
