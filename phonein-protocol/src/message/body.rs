//! What a phone asks: `[op, number, kid, fields …]`, elements at the end that are not known here skipped.

use super::{PERSON_BYTES, PERSON_CHARACTERS};
use crate::{
    Time,
    cbor::{Malformed, Reader, Writer, item_length},
    es256::PublicKey,
    id::{KeyId, Kid, LinkSecret},
    zone::ZoneTable,
};
use alloc::{string::String, vec::Vec};
use sha2::{Digest, Sha256};

/// Taps have numbers from 1 up to this one.
const MAX_NUMBER: u64 = (1 << 53) - 1;

/// The operations of version 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Op {
    /// Pairing, the only one of its kind of request.
    Pair = 0,
    /// Open a door.
    Open = 1,
    /// Make the key of a link this phone's, and open a door.
    Claim = 2,
    /// A manager brings grants.
    Put = 3,
    /// A manager reads the log.
    Log = 4,
    /// A manager reads or writes settings.
    Settings = 5,
    /// What became of my last tap?
    Status = 6,
    /// A manager lists, adds or removes managers.
    Managers = 7,
    /// A manager reads what keys there are.
    Keys = 8,
}

impl Op {
    /// The operation with this number.
    pub fn from_number(number: u64) -> Option<Self> {
        use Op::{Claim, Keys, Log, Managers, Open, Pair, Put, Settings, Status};
        [Pair, Open, Claim, Put, Log, Settings, Status, Managers, Keys].into_iter().find(|op| *op as u64 == number)
    }

    /// Whether it is a tap: it has a number, and its answer is remembered.
    pub fn is_tap(self) -> bool {
        matches!(self, Self::Open | Self::Claim)
    }

    /// Whether only managers may ask it.
    pub fn is_for_managers(self) -> bool {
        matches!(self, Self::Put | Self::Log | Self::Settings | Self::Managers | Self::Keys)
    }
}

/// A request as its phone meant it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Counts taps; 0 in everything else.
    pub number: u64,
    /// Who asks; `None` in pairing and in a claim, which carry the public key.
    pub kid: Option<Kid>,
    /// What is asked.
    pub body: Body,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Become a manager.
    Pair {
        /// This phone's public key.
        key: PublicKey,
        /// What its person is called.
        name: String,
        /// The phone's zone.
        zone: Option<ZoneTable>,
        /// The phone's time.
        now: Time,
    },
    /// Open a door.
    Open {
        /// With which key; a manager needs none.
        key: Option<KeyId>,
        /// The door's number as it came.
        door: u64,
        /// The version of the key's grant that the phone holds, 0 for none.
        held: u64,
    },
    /// Make the key of a link this phone's.
    Claim {
        /// The grant in the link, as it came.
        grant: Vec<u8>,
        /// The link's secret.
        secret: LinkSecret,
        /// This phone's public key.
        key: PublicKey,
        /// What its person is called.
        name: String,
        /// The door to open at once.
        door: Option<u64>,
    },
    /// Bring grants.
    Put {
        /// The grants, as they were signed.
        grants: Vec<Vec<u8>>,
        /// The phone's time.
        now: Time,
        /// A newer table of the intercom's zone.
        zone: Option<ZoneTable>,
    },
    /// Read the log.
    Log {
        /// Entries with a higher number than this.
        after: u64,
    },
    /// Read the settings.
    ReadSettings,
    /// Change settings.
    WriteSettings {
        /// The revision that was read.
        revision: u64,
        /// What to change; `Err` if it holds a label that is not known here.
        write: Result<SettingsWrite, UnknownLabel>,
    },
    /// Ask what became of the last tap.
    Status,
    /// Managers.
    Managers(ManagersAsk),
    /// Read the keys.
    Keys {
        /// Changed after this count of the intercom's.
        after: u64,
    },
}

/// What is asked about managers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ManagersAsk {
    /// Who they are, by pages.
    Page {
        /// The last one of the page before; `None` begins.
        after: Option<Kid>,
    },
    /// The phone that holds this key becomes one.
    Add {
        /// The key.
        key: KeyId,
        /// The phone that is meant: another may have the key by now.
        holder: Kid,
    },
    /// This phone is none any more.
    Remove(Kid),
}

/// Settings to write; `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingsWrite {
    /// Whether keys may open the inner door.
    pub inner_door: Option<bool>,
    /// The zone, with its table.
    pub zone: Option<ZoneTable>,
    /// The time to set by force, confirmed by a person.
    pub clock: Option<Time>,
}

/// A label of settings that this intercom does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownLabel;

/// Why fields under a good signature are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyError {
    /// An operation of a newer version.
    UnknownOp,
    /// Fields, number or kid are wrong.
    Malformed,
}

impl From<Malformed> for BodyError {
    fn from(Malformed: Malformed) -> Self {
        Self::Malformed
    }
}

impl Request {
    /// The operation.
    pub fn op(&self) -> Op {
        match self.body {
            Body::Pair { .. } => Op::Pair,
            Body::Open { .. } => Op::Open,
            Body::Claim { .. } => Op::Claim,
            Body::Put { .. } => Op::Put,
            Body::Log { .. } => Op::Log,
            Body::ReadSettings | Body::WriteSettings { .. } => Op::Settings,
            Body::Status => Op::Status,
            Body::Managers(_) => Op::Managers,
            Body::Keys { .. } => Op::Keys,
        }
    }

    /// The bytes that are signed and sealed.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut fields = Writer::default();
        let count = write_fields(&mut fields, &self.body);
        let mut array = Writer::default();
        let kid = self.kid.as_ref().map_or(&[][..], |kid| kid.as_bytes());
        array.array(3 + count).u(self.op() as u64).u(self.number).bytes(kid).raw(&fields.into_bytes());
        array.into_bytes()
    }
}

fn write_fields(w: &mut Writer, body: &Body) -> u64 {
    match body {
        Body::Pair { key, name, zone, now } => {
            w.bytes(key.as_bytes()).text(name);
            w.nullable(zone.as_ref(), |w, zone| zone.write(w)).time(*now);
            4
        }
        Body::Open { key, door, held } => {
            w.bytes(key.as_ref().map_or(&[][..], |key| key.as_bytes())).u(*door).u(*held);
            3
        }
        Body::Claim { grant, secret, key, name, door } => {
            w.bytes(grant).bytes(&secret.0).bytes(key.as_bytes()).text(name).nullable(*door, |w, door| {
                w.u(door);
            });
            5
        }
        Body::Put { grants, now, zone } => {
            w.array(grants.len() as u64);
            for grant in grants {
                w.bytes(grant);
            }
            w.time(*now).nullable(zone.as_ref(), |w, zone| zone.write(w));
            3
        }
        Body::Log { after } | Body::Keys { after } => {
            w.u(*after);
            1
        }
        Body::ReadSettings | Body::Status => 0,
        Body::WriteSettings { revision, write } => {
            w.u(*revision);
            write.as_ref().map_or(&SettingsWrite::default(), |write| write).write(w);
            2
        }
        Body::Managers(ManagersAsk::Page { after }) => {
            w.u(0).bytes(after.as_ref().map_or(&[][..], |kid| kid.as_bytes()));
            2
        }
        Body::Managers(ManagersAsk::Add { key, holder }) => {
            w.u(1).bytes(key.as_bytes()).bytes(holder.as_bytes());
            3
        }
        Body::Managers(ManagersAsk::Remove(kid)) => {
            w.u(2).bytes(kid.as_bytes());
            2
        }
    }
}

/// A body of which only that is known which decides whose signature to check.
#[derive(Clone, Debug)]
pub struct Envelope<'a> {
    op: u64,
    number: u64,
    kid: Option<Kid>,
    key: Option<PublicKey>,
    cbor: &'a [u8],
}

impl<'a> Envelope<'a> {
    /// Looks at the head of a body that zeros follow. `Malformed` is a transport error: nothing was signed as far as
    /// anyone can tell.
    pub fn parse(padded: &'a [u8]) -> Result<Self, Malformed> {
        let cbor = padded.get(..item_length(padded)?).ok_or(Malformed)?;
        let mut reader = Reader::new(cbor);
        if reader.array()? < 3 {
            return Err(Malformed);
        }
        let (op, number) = (reader.u()?, reader.u()?);
        let kid = match reader.bytes()? {
            [] => None,
            kid => Some(Kid::from_slice(kid).ok_or(Malformed)?),
        };
        let skip = match Op::from_number(op) {
            Some(Op::Pair) => Some(0),
            Some(Op::Claim) => Some(2),
            _ => None,
        };
        let key = match skip {
            None => None,
            Some(skip) => {
                for _ in 0..skip {
                    reader.item()?;
                }
                Some(PublicKey::from_bytes(reader.array_of()?).ok_or(Malformed)?)
            }
        };
        Ok(Self { op, number, kid, key, cbor })
    }

    /// The operation, if it is one of this version's.
    pub fn op(&self) -> Option<Op> {
        Op::from_number(self.op)
    }

    /// The tap's number as it came.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Who says to have signed it.
    pub fn kid(&self) -> Option<Kid> {
        self.kid
    }

    /// The public key that a claim or a pairing brings.
    pub fn key(&self) -> Option<&PublicKey> {
        self.key.as_ref()
    }

    /// How many bytes of the body are not padding.
    pub fn length(&self) -> usize {
        self.cbor.len()
    }

    /// SHA-256 of the body without its padding.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.cbor).into()
    }

    /// All of the request.
    pub fn request(&self) -> Result<Request, BodyError> {
        let op = self.op().ok_or(BodyError::UnknownOp)?;
        let named = self.kid.is_some() == self.key.is_none();
        let counted = if op.is_tap() { (1..=MAX_NUMBER).contains(&self.number) } else { self.number == 0 };
        if !named || !counted {
            return Err(BodyError::Malformed);
        }
        let mut reader = Reader::new(self.cbor);
        let left = reader.array()?.checked_sub(3).ok_or(Malformed)?;
        for _ in 0..3 {
            reader.item()?;
        }
        let body = read_fields(op, left, &mut reader)?;
        Ok(Request { number: self.number, kid: self.kid, body })
    }
}

fn read_fields(op: Op, left: u64, r: &mut Reader<'_>) -> Result<Body, Malformed> {
    // A read past the last element fails by itself: the array ends the bytes.
    Ok(match op {
        Op::Pair => Body::Pair {
            key: PublicKey::from_bytes(r.array_of()?).ok_or(Malformed)?,
            name: r.text(PERSON_CHARACTERS, PERSON_BYTES)?,
            zone: r.nullable(ZoneTable::read)?,
            now: r.time()?,
        },
        Op::Open => {
            let key = match r.bytes()? {
                [] => None,
                key => Some(KeyId::from_slice(key).ok_or(Malformed)?),
            };
            Body::Open { key, door: r.u()?, held: r.u()? }
        }
        Op::Claim => Body::Claim {
            grant: r.bytes()?.to_vec(),
            secret: LinkSecret(r.array_of()?),
            key: PublicKey::from_bytes(r.array_of()?).ok_or(Malformed)?,
            name: r.text(PERSON_CHARACTERS, PERSON_BYTES)?,
            door: r.nullable(Reader::u)?,
        },
        Op::Put => {
            let mut grants = Vec::new();
            for _ in 0..r.array()? {
                grants.push(r.bytes()?.to_vec());
            }
            Body::Put { grants, now: r.time()?, zone: r.nullable(ZoneTable::read)? }
        }
        Op::Log => Body::Log { after: r.u()? },
        Op::Settings if left == 0 => Body::ReadSettings,
        Op::Settings => Body::WriteSettings { revision: r.u()?, write: SettingsWrite::read(r)? },
        Op::Status => Body::Status,
        Op::Managers => Body::Managers(match r.u()? {
            0 => ManagersAsk::Page {
                after: match r.bytes()? {
                    [] => None,
                    kid => Some(Kid::from_slice(kid).ok_or(Malformed)?),
                },
            },
            1 => ManagersAsk::Add { key: KeyId::from_bytes(r.array_of()?), holder: Kid::from_bytes(r.array_of()?) },
            2 => ManagersAsk::Remove(Kid::from_bytes(r.array_of()?)),
            _ => return Err(Malformed),
        }),
        Op::Keys => Body::Keys { after: r.u()? },
    })
}

impl SettingsWrite {
    fn write(&self, w: &mut Writer) {
        let clock = self.clock.map_or(0, |_| 2);
        w.map(u64::from(self.inner_door.is_some()) + u64::from(self.zone.is_some()) + clock);
        if let Some(inner_door) = self.inner_door {
            w.u(1).bool(inner_door);
        }
        if let Some(zone) = &self.zone {
            zone.write(w.u(2));
        }
        if let Some(clock) = self.clock {
            w.u(3).time(clock).u(4).bool(true);
        }
    }

    fn read(r: &mut Reader<'_>) -> Result<Result<Self, UnknownLabel>, Malformed> {
        let mut write = Self::default();
        let (mut forced, mut unknown) = (false, false);
        for _ in 0..r.map()? {
            match r.u()? {
                1 => write.inner_door = Some(r.bool()?),
                2 => write.zone = Some(ZoneTable::read(r)?),
                3 => write.clock = Some(r.time()?),
                4 => forced = Some(r.bool()?).filter(|forced| *forced).ok_or(Malformed)?,
                _ => {
                    r.item()?;
                    unknown = true;
                }
            }
        }
        if unknown {
            return Ok(Err(UnknownLabel));
        }
        if write.clock.is_some() == forced { Ok(Ok(write)) } else { Err(Malformed) }
    }
}
