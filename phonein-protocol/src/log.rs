//! The log: entries that name the hash of the one before (docs/protocol.md, section 7).

use crate::{
    Time,
    cbor::{Malformed, Reader, Writer, whole_item},
    id::{KeyId, Kid},
    message::{Head, PERSON_BYTES, PERSON_CHARACTERS},
};
use alloc::{string::String, vec::Vec};
use sha2::{Digest, Sha256};

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// Counts from 1.
    pub number: u64,
    /// The hash of the entry before, zeros for the first.
    pub before: [u8; 32],
    /// When, if the intercom knew the time.
    pub time: Option<Time>,
    /// What happened.
    pub event: Event,
    /// The phone that asked.
    pub kid: Option<Kid>,
    /// The key it asked with.
    pub key: Option<KeyId>,
    /// The number of the door it asked for.
    pub door: Option<u64>,
    /// The number of the way it came, [`Via::number`] of those known here.
    pub via: Option<u64>,
}

/// How a request reached the intercom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    /// Bluetooth.
    Bluetooth,
    /// HTTP.
    Http,
}

impl Via {
    /// The number in the log.
    pub fn number(self) -> u64 {
        match self {
            Self::Bluetooth => 0,
            Self::Http => 1,
        }
    }

    /// The way with this number, if it is known here.
    pub fn from_number(number: u64) -> Option<Self> {
        [Self::Bluetooth, Self::Http].into_iter().find(|via| via.number() == number)
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// A door was opened.
    Opened,
    /// A known phone was refused, with the code of the answer.
    Refused(u64),
    /// A phone accepted a key.
    Claimed {
        /// What its person is called.
        name: String,
    },
    /// Something is not as it was.
    Changed(Changed),
    /// A phone was paired and is a manager.
    Paired {
        /// What its person is called.
        name: String,
    },
    /// The clock was set for the first time, or by force.
    ClockSet {
        /// To this.
        time: Time,
    },
    /// The intercom started.
    Restarted,
    /// The power failed when the relay was about to move.
    Interrupted,
    /// The relay could not be moved; follows its `Opened`.
    DoorFault,
    /// A kind or a change of a later version. It is kept as it came, so that the chain goes on through it.
    Other {
        /// The number of its kind.
        kind: u64,
        /// Its detail, one CBOR array.
        detail: Vec<u8>,
    },
}

/// What is not as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Changed {
    /// A grant was taken.
    Grant {
        /// Its version.
        version: u64,
    },
    /// A key was deleted.
    Deletion {
        /// The deletion's version.
        version: u64,
    },
    /// Settings were written.
    Settings,
    /// This phone became a manager.
    ManagerAdded(Kid),
    /// This phone is no manager any more.
    ManagerRemoved(Kid),
}

impl Entry {
    /// The bytes that are kept, sent and hashed.
    pub fn to_bytes(&self) -> Vec<u8> {
        let Self { number, before, time, event, kid, key, door, via } = self;
        let mut w = Writer::default();
        w.array(9).u(*number).bytes(before).nullable(*time, |w, time| {
            w.time(time);
        });
        w.u(event.code());
        w.bytes(kid.as_ref().map_or(&[][..], |kid| kid.as_bytes()))
            .bytes(key.as_ref().map_or(&[][..], |key| key.as_bytes()));
        w.nullable(*door, |w, door| {
            w.u(door);
        });
        w.nullable(*via, |w, via| {
            w.u(via);
        });
        event.write_detail(&mut w);
        w.into_bytes()
    }

    /// Reads one entry.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut r = whole_item(bytes)?;
        if r.array()? != 9 {
            return Err(Malformed);
        }
        let number = Some(r.u()?).filter(|number| *number > 0).ok_or(Malformed)?;
        let before = r.array_of()?;
        let time = r.nullable(Reader::time)?;
        let code = r.u()?;
        let kid = optional(r.bytes()?, Kid::from_slice)?;
        let key = optional(r.bytes()?, KeyId::from_slice)?;
        let door = r.nullable(Reader::u)?;
        let via = r.nullable(Reader::u)?;
        let event = Event::read(code, r.item()?)?;
        Ok(Self { number, before, time, event, kid, key, door, via })
    }
}

/// What the entry after these bytes names.
pub fn hash(entry: &[u8]) -> [u8; 32] {
    Sha256::digest(entry).into()
}

/// Checks that `entries` continue the log from `head`, each naming the one before, and gives where they end.
///
/// The first may have a higher number than the next one: the entries between have run out. Then nothing can be said of
/// its predecessor, and the caller tells how many are missing.
pub fn continue_chain(head: Head, entries: &[Vec<u8>]) -> Result<(Head, Vec<Entry>), Broken> {
    let mut head = head;
    let mut read = Vec::new();
    for (index, bytes) in entries.iter().enumerate() {
        let entry = Entry::parse(bytes).map_err(|_| Broken { after: head.number })?;
        let gap = index == 0 && entry.number > head.number.saturating_add(1);
        let follows = Some(entry.number) == head.number.checked_add(1) && entry.before == head.hash;
        if !(gap || follows) {
            return Err(Broken { after: head.number });
        }
        head = Head { number: entry.number, hash: hash(bytes) };
        read.push(entry);
    }
    Ok((head, read))
}

/// The log is not the one this phone had read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the log does not continue after entry {after}")]
pub struct Broken {
    /// The last entry that still fitted.
    pub after: u64,
}

fn optional<T>(bytes: &[u8], read: impl FnOnce(&[u8]) -> Option<T>) -> Result<Option<T>, Malformed> {
    if bytes.is_empty() { Ok(None) } else { read(bytes).map(Some).ok_or(Malformed) }
}

impl Event {
    fn code(&self) -> u64 {
        match self {
            Self::Opened => 0,
            Self::Refused(_) => 1,
            Self::Claimed { .. } => 2,
            Self::Changed(_) => 3,
            Self::Paired { .. } => 4,
            Self::ClockSet { .. } => 5,
            Self::Restarted => 6,
            Self::Interrupted => 7,
            Self::DoorFault => 8,
            Self::Other { kind, .. } => *kind,
        }
    }

    fn write_detail(&self, w: &mut Writer) {
        match self {
            Self::Opened | Self::Restarted | Self::Interrupted | Self::DoorFault => w.array(0),
            Self::Refused(code) => w.array(1).u(*code),
            Self::Claimed { name } | Self::Paired { name } => w.array(1).text(name),
            Self::Changed(Changed::Grant { version }) => w.array(2).u(0).u(*version),
            Self::Changed(Changed::Deletion { version }) => w.array(2).u(1).u(*version),
            Self::Changed(Changed::Settings) => w.array(1).u(2),
            Self::Changed(Changed::ManagerAdded(kid)) => w.array(2).u(3).bytes(kid.as_bytes()),
            Self::Changed(Changed::ManagerRemoved(kid)) => w.array(2).u(4).bytes(kid.as_bytes()),
            Self::ClockSet { time } => w.array(1).time(*time),
            Self::Other { detail, .. } => w.raw(detail),
        };
    }

    fn read(code: u64, detail: &[u8]) -> Result<Self, Malformed> {
        let mut r = Reader::new(detail);
        let other = || Self::Other { kind: code, detail: detail.to_vec() };
        let length = r.array()?;
        Ok(match (code, length) {
            (0, 0) => Self::Opened,
            (1, 1) => Self::Refused(r.u()?),
            (2, 1) => Self::Claimed { name: r.text(PERSON_CHARACTERS, PERSON_BYTES)? },
            (3, 1..) => match (r.u()?, length) {
                (0, 2) => Self::Changed(Changed::Grant { version: r.u()? }),
                (1, 2) => Self::Changed(Changed::Deletion { version: r.u()? }),
                (2, 1) => Self::Changed(Changed::Settings),
                (3, 2) => Self::Changed(Changed::ManagerAdded(Kid::from_bytes(r.array_of()?))),
                (4, 2) => Self::Changed(Changed::ManagerRemoved(Kid::from_bytes(r.array_of()?))),
                (5.., _) => other(),
                _ => return Err(Malformed),
            },
            (4, 1) => Self::Paired { name: r.text(PERSON_CHARACTERS, PERSON_BYTES)? },
            (5, 1) => Self::ClockSet { time: r.time()? },
            (6, 0) => Self::Restarted,
            (7, 0) => Self::Interrupted,
            (8, 0) => Self::DoorFault,
            (9.., _) => other(),
            _ => return Err(Malformed),
        })
    }
}
