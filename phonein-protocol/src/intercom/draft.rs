//! Changes on their way to the disk: made one after another, committed as one.

use super::{
    clock::Clock,
    clock::Moment,
    judgement::Judgement,
    store::{Change, Key, Manager, Phone, State, Store},
};
use crate::{
    Time,
    id::{KeyId, Kid},
    log::{Entry, Event, Via, hash},
    message::Head,
};
use alloc::{collections::BTreeMap, vec::Vec};

/// At least so many entries of the log are kept.
const ENTRIES_KEPT: u64 = 20_000;
/// The log is cut by so many at a time.
const ENTRIES_CUT: u64 = 200;
/// The floor moves in steps of an hour.
const FLOOR_STEP: u64 = 3_600;

/// What a log entry is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct About {
    pub(super) kid: Option<Kid>,
    pub(super) key: Option<KeyId>,
    pub(super) door: Option<u64>,
    pub(super) via: Option<Via>,
}

/// Changes that are not on disk yet.
pub(super) struct Draft {
    pub(super) state: State,
    keys: BTreeMap<KeyId, (u64, Key)>,
    changes: Vec<Change>,
    /// Whether it holds the end of the opening in hand.
    pub(super) finishes: bool,
}

impl Draft {
    pub(super) fn of(state: State) -> Self {
        Self { state, keys: BTreeMap::new(), changes: Vec::new(), finishes: false }
    }

    /// A key as it will be.
    pub(super) fn key<S: Store>(&self, store: &S, id: KeyId) -> Result<Option<Key>, S::Error> {
        match self.keys.get(&id) {
            Some((_, key)) => Ok(Some(key.clone())),
            None => store.key(id),
        }
    }

    pub(super) fn set_key(&mut self, id: KeyId, key: Key) {
        self.state.changes += 1;
        self.keys.insert(id, (self.state.changes, key));
    }

    pub(super) fn set_phone(&mut self, kid: Kid, phone: Phone) {
        self.changes.push(Change::Phone(kid, phone));
    }

    pub(super) fn forget_phone(&mut self, kid: Kid) {
        self.changes.push(Change::PhoneForgotten(kid));
    }

    pub(super) fn set_manager(&mut self, kid: Kid, manager: Manager) {
        self.changes.push(Change::Manager(kid, manager));
    }

    pub(super) fn remove_manager(&mut self, kid: Kid) {
        self.changes.push(Change::ManagerRemoved(kid));
    }

    /// Appends to the log, and cuts it where it has grown too long.
    pub(super) fn log(&mut self, time: Option<Time>, about: About, event: Event) {
        let Head { number: last, hash: before } = self.state.head;
        let number = last + 1;
        let About { kid, key, door, via } = about;
        let via = via.map(Via::number);
        let bytes = Entry { number, before, time, event, kid, key, door, via }.to_bytes();
        self.state.head = Head { number, hash: hash(&bytes) };
        self.changes.push(Change::Entry { number, bytes });
        if number % ENTRIES_CUT == 0
            && let Some(oldest) = number.checked_sub(ENTRIES_KEPT)
        {
            self.changes.push(Change::EntriesBefore(oldest + 1));
        }
    }

    /// Moves the floor to a good time that is an hour away from it: later as time passes, earlier only where a person or the
    /// computer said that the floor had been wrong.
    pub(super) fn move_floor(&mut self, clock: &Clock, moment: &Moment) -> bool {
        match clock.good_time(moment) {
            Some(time) if time.abs_diff(self.state.floor) >= FLOOR_STEP => {
                self.state.floor = time;
                true
            }
            _ => false,
        }
    }
}

impl<S: Store> Judgement<S> {
    /// Begins with how the opening in hand ended, if that is known and not on disk yet.
    pub(super) fn draft(&self) -> Draft {
        let ended = self.in_hand.as_ref().and_then(|hand| Some((hand, hand.tap.outcome?)));
        ended.map_or_else(|| Draft::of(self.state.clone()), |(hand, outcome)| self.finishing(hand, outcome))
    }

    /// Puts a draft on disk. After an error nothing of it happened.
    pub(super) fn commit(&mut self, draft: Draft) -> Result<(), S::Error> {
        let Draft { state, keys, mut changes, finishes } = draft;
        changes.extend(keys.into_iter().map(|(id, (change, key))| Change::Key { id, change, key }));
        if state != self.state {
            changes.push(Change::State(state.clone()));
        }
        if !changes.is_empty() {
            self.store.commit(&changes)?;
        }
        self.state = state;
        if finishes {
            self.in_hand = None;
        }
        Ok(())
    }
}
