//! What an intercom keeps over a power cut, and how the judgement reads and changes it.

use crate::{
    Time,
    es256::PublicKey,
    grant::SignedGrant,
    id::{Door, KeyId, Kid},
    log::Via,
    message::{Head, Outcome},
    zone::ZoneTable,
};
use alloc::{string::String, vec::Vec};

/// The intercom's disk. Reads see every earlier [`Store::commit`]; nothing else writes.
pub trait Store {
    /// Why a disk did not read or write.
    type Error;

    /// Everything there is only one of.
    fn state(&self) -> Result<State, Self::Error>;
    /// A manager.
    fn manager(&self, kid: Kid) -> Result<Option<Manager>, Self::Error>;
    /// All managers, in the order of their coming.
    fn managers(&self) -> Result<Vec<(Kid, Manager)>, Self::Error>;
    /// A phone that is or was a manager or a holder.
    fn phone(&self, kid: Kid) -> Result<Option<Phone>, Self::Error>;
    /// The phones that are neither manager nor holder of a key now.
    fn idle_phones(&self) -> Result<Vec<(Kid, Phone)>, Self::Error>;
    /// A key.
    fn key(&self, key: KeyId) -> Result<Option<Key>, Self::Error>;
    /// Keys changed after this count, ascending by it, at most `limit`.
    fn keys_after(&self, change: u64, limit: usize) -> Result<Vec<(u64, KeyId, Key)>, Self::Error>;
    /// Log entries with a higher number, ascending, at most `limit`.
    fn entries_after(&self, number: u64, limit: usize) -> Result<Vec<Vec<u8>>, Self::Error>;
    /// All of `changes` or none, in this order, on disk when it returns.
    fn commit(&mut self, changes: &[Change]) -> Result<(), Self::Error>;
}

/// Everything there is only one of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// Raised by each write of the settings.
    pub revision: u64,
    /// Whether keys may open the inner door.
    pub inner_door: bool,
    /// The zone that recurring keys are judged in.
    pub zone: Option<ZoneTable>,
    /// Raised by each change of a key.
    pub changes: u64,
    /// The end of the log.
    pub head: Head,
    /// The last good time, about; used only while the time is unknown, to call ended keys expired.
    pub floor: Time,
    /// The opening whose answer is not written yet.
    pub unfinished: Option<Unfinished>,
}

impl Default for State {
    fn default() -> Self {
        Self { revision: 1, inner_door: true, zone: None, changes: 0, head: Head::EMPTY, floor: 0, unfinished: None }
    }
}

/// An opening that was decided; after a restart nobody knows whether the relay moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Unfinished {
    /// Whose tap.
    pub kid: Kid,
    /// With which key.
    pub key: Option<KeyId>,
    /// Which door.
    pub door: Door,
    /// How it came.
    pub via: Via,
}

/// A phone that may do everything.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Manager {
    /// Its public key.
    pub key: PublicKey,
    /// What its person is called.
    pub name: String,
    /// Paired, and not heard of since: the answer may have been lost, so the same phone may pair again.
    pub is_new: bool,
}

/// A phone that this intercom knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phone {
    /// Its public key.
    pub key: PublicKey,
    /// Its last tap that was not refused.
    pub last: Option<Tap>,
    /// Since when it has been neither manager nor holder, as far as that was noticed.
    pub idle_since: Option<Time>,
}

/// What is remembered of a tap, so that it is answered alike however often it comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tap {
    /// The phone's count.
    pub number: u64,
    /// SHA-256 of its body.
    pub hash: [u8; 32],
    /// `None` while the relay's word is not written.
    pub outcome: Option<Outcome>,
}

/// A key the intercom knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// One that may open.
    Known(KeyRecord),
    /// Deleted for good: only its id is kept.
    Deleted,
}

/// A key that may open.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyRecord {
    /// The grant that counts.
    pub grant: SignedGrant,
    /// The phone it is bound to.
    pub holder: Option<Holder>,
    /// Uses spent of entrance and inner door.
    pub used: [u64; 2],
}

/// Who accepted a key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Holder {
    /// The phone.
    pub kid: Kid,
    /// What its person is called.
    pub name: String,
}

/// One change; [`Store::commit`] takes several as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Replaces the state.
    State(State),
    /// Adds or replaces a manager.
    Manager(Kid, Manager),
    /// Removes a manager.
    ManagerRemoved(Kid),
    /// Adds or replaces a phone.
    Phone(Kid, Phone),
    /// Forgets a phone.
    PhoneForgotten(Kid),
    /// Adds or replaces a key.
    Key {
        /// Its id.
        id: KeyId,
        /// The count of this change.
        change: u64,
        /// How it stands.
        key: Key,
    },
    /// Appends to the log.
    Entry {
        /// The entry's number.
        number: u64,
        /// The entry.
        bytes: Vec<u8>,
    },
    /// Forgets the entries below this number.
    EntriesBefore(u64),
}
