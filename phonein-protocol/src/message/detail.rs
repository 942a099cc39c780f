//! What `done` brings, by operation.

use super::{Op, Outcome, PERSON_BYTES, PERSON_CHARACTERS};
use crate::{
    Time,
    cbor::{Malformed, Reader, Writer},
    es256::PublicKey,
    id::{Doors, KeyId, Kid},
};
use alloc::{string::String, vec::Vec};

/// The longest HTTP base URL.
const URL_BYTES: usize = 256;
/// The longest name of a zone or tzdb version.
const ZONE_BYTES: usize = 64;
/// As CBOR has it.
const TRUE: u8 = 0xf5;

/// What `done` brings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Detail {
    /// Nothing, in every answer that is not `done` too.
    #[default]
    Nothing,
    /// To a pairing.
    Paired {
        /// The intercom's public key.
        intercom: [u8; 32],
        /// The doors it is wired to.
        doors: Doors,
        /// Where it can be reached by HTTP.
        urls: Vec<String>,
    },
    /// To a Put: one for each grant, for as many as fitted.
    Put(Vec<PutVerdict>),
    /// A page of the log.
    Log {
        /// Entries as they are hashed.
        entries: Vec<Vec<u8>>,
        /// Whether there are later ones.
        more: bool,
    },
    /// The settings.
    Settings(Settings),
    /// This phone's last tap.
    Status {
        /// Its number, 0 if the intercom remembers none.
        number: u64,
        /// How it ended.
        outcome: Option<Outcome>,
    },
    /// The managers, as many as fit.
    Managers {
        /// In the order in which they came.
        items: Vec<ManagerItem>,
        /// Whether there are later ones; said only of pages.
        more: bool,
    },
    /// A page of the keys.
    Keys {
        /// Ascending by change.
        items: Vec<KeyItem>,
        /// Whether there are later ones.
        more: bool,
        /// The intercom's change counter, to ask from next time once there are no more.
        counter: u64,
    },
}

/// What the intercom says to one grant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PutVerdict {
    /// It counts.
    Stored,
    /// This one counts, and stays.
    Superseded(Vec<u8>),
    /// The key is deleted for good.
    Deleted,
    /// Its signer is no manager now.
    NotAManager,
    /// It holds a restriction that this intercom does not know.
    TooNew,
    /// It is no grant.
    Malformed,
}

/// One manager.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ManagerItem {
    /// The phone.
    pub kid: Kid,
    /// Its public key.
    pub key: PublicKey,
    /// What its person is called.
    pub name: String,
}

/// One key the intercom knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyItem {
    /// The count of its last change.
    pub change: u64,
    /// Which key.
    pub key: KeyId,
    /// `None` if it is deleted.
    pub state: Option<KeyState>,
}

/// How a key stands that is not deleted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyState {
    /// The grant that counts.
    pub grant: Vec<u8>,
    /// Who accepted it.
    pub holder: Option<(Kid, String)>,
    /// How often it opened entrance and inner door.
    pub used: [u64; 2],
}

/// Settings as they are read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Settings {
    /// To be named in a write.
    pub revision: u64,
    /// Whether keys may open the inner door; `None` without the hardware.
    pub inner_door: Option<bool>,
    /// Zone, tzdb version and end of the zone table.
    pub zone: Option<(String, String, Time)>,
    /// Where it can be reached by HTTP.
    pub urls: Vec<String>,
    /// How far the clock may be off, in seconds; `None` if it has no time.
    pub clock_error: Option<u64>,
    /// Refusals in the running hour that the log has no entry of, above all of strangers.
    pub strangers: u64,
}

impl Detail {
    /// Writes the array; nothing, and `false`, if it would be empty.
    pub(super) fn write(&self, w: &mut Writer) -> bool {
        match self {
            Self::Nothing => return false,
            // An empty array is left out altogether.
            Self::Put(verdicts) if verdicts.is_empty() => return false,
            Self::Managers { items, more: false } if items.is_empty() => return false,
            Self::Paired { intercom, doors, urls } => {
                write_urls(w.array(3).bytes(intercom).u(doors.mask()), urls);
            }
            Self::Put(verdicts) => {
                w.array(verdicts.len() as u64);
                for verdict in verdicts {
                    verdict.write(w);
                }
            }
            Self::Log { entries, more } => {
                w.array(2).array(entries.len() as u64);
                for entry in entries {
                    w.bytes(entry);
                }
                w.bool(*more);
            }
            Self::Settings(settings) => settings.write(w.array(1)),
            Self::Status { number, outcome } => {
                w.array(2).u(*number).nullable(*outcome, |w, outcome| outcome.write_pair(w));
            }
            Self::Managers { items, more } => {
                w.array(items.len() as u64 + u64::from(*more));
                for ManagerItem { kid, key, name } in items {
                    w.array(3).bytes(kid.as_bytes()).bytes(key.as_bytes()).text(name);
                }
                if *more {
                    w.bool(true);
                }
            }
            Self::Keys { items, more, counter } => {
                w.array(3).array(items.len() as u64);
                for item in items {
                    item.write(w);
                }
                w.bool(*more).u(*counter);
            }
        }
        true
    }

    /// Reads what `done` brought to a request of `op`; `length` elements stand in the array that `r` is in.
    pub(super) fn read(op: Op, length: u64, r: &mut Reader<'_>) -> Result<Self, Malformed> {
        Ok(match (op, length) {
            (Op::Put, _) => Self::Put(read_list(length, r, PutVerdict::read)?),
            (_, 0) => Self::Nothing,
            (Op::Pair, _) => Self::Paired {
                intercom: r.array_of()?,
                doors: Doors::from_mask(r.u()?).ok_or(Malformed)?,
                urls: read_urls(r)?,
            },
            (Op::Log, _) => {
                let count = r.array()?;
                Self::Log { entries: read_list(count, r, |r| Ok(r.bytes()?.to_vec()))?, more: r.bool()? }
            }
            (Op::Settings, _) => Self::Settings(Settings::read(r)?),
            (Op::Status, _) => Self::Status { number: r.u()?, outcome: r.nullable(Outcome::read_pair)? },
            (Op::Managers, _) => {
                let (mut items, mut more) = (Vec::new(), false);
                for number in 1..=length {
                    match r.item()? {
                        [TRUE] if number == length => more = true,
                        item => items.push(ManagerItem::read(&mut Reader::new(item))?),
                    }
                }
                Self::Managers { items, more }
            }
            (Op::Keys, _) => {
                let count = r.array()?;
                Self::Keys { items: read_list(count, r, KeyItem::read)?, more: r.bool()?, counter: r.u()? }
            }
            (Op::Open | Op::Claim, _) => return Err(Malformed),
        })
    }
}

fn read_list<T>(
    count: u64,
    r: &mut Reader<'_>,
    read: impl Fn(&mut Reader<'_>) -> Result<T, Malformed>,
) -> Result<Vec<T>, Malformed> {
    (0..count).map(|_| read(r)).collect()
}

fn write_urls(w: &mut Writer, urls: &[String]) {
    w.array(urls.len() as u64);
    for url in urls {
        w.text(url);
    }
}

fn read_urls(r: &mut Reader<'_>) -> Result<Vec<String>, Malformed> {
    let count = r.array()?;
    read_list(count, r, |r| r.text(URL_BYTES, URL_BYTES))
}

impl PutVerdict {
    fn write(&self, w: &mut Writer) {
        match self {
            Self::Stored => w.array(1).u(0),
            Self::Superseded(grant) => w.array(2).u(1).bytes(grant),
            Self::Deleted => w.array(1).u(2),
            Self::NotAManager => w.array(1).u(3),
            Self::TooNew => w.array(1).u(4),
            Self::Malformed => w.array(1).u(5),
        };
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, Malformed> {
        let length = r.array()?;
        Ok(match (r.u()?, length) {
            (0, 1) => Self::Stored,
            (1, 2) => Self::Superseded(r.bytes()?.to_vec()),
            (2, 1) => Self::Deleted,
            (3, 1) => Self::NotAManager,
            (4, 1) => Self::TooNew,
            (5, 1) => Self::Malformed,
            _ => return Err(Malformed),
        })
    }
}

impl ManagerItem {
    fn read(r: &mut Reader<'_>) -> Result<Self, Malformed> {
        if r.array()? != 3 {
            return Err(Malformed);
        }
        Ok(Self {
            kid: Kid::from_bytes(r.array_of()?),
            key: PublicKey::from_bytes(r.array_of()?).ok_or(Malformed)?,
            name: r.text(PERSON_CHARACTERS, PERSON_BYTES)?,
        })
    }
}

impl KeyItem {
    fn write(&self, w: &mut Writer) {
        let Self { change, key, state } = self;
        w.array(if state.is_some() { 6 } else { 2 }).u(*change).bytes(key.as_bytes());
        if let Some(KeyState { grant, holder, used }) = state {
            w.bytes(grant).nullable(holder.as_ref(), |w, (kid, name)| {
                w.array(2).bytes(kid.as_bytes()).text(name);
            });
            w.u(used[0]).u(used[1]);
        }
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, Malformed> {
        let length = r.array()?;
        let (change, key) = (r.u()?, KeyId::from_bytes(r.array_of()?));
        let state = match length {
            2 => None,
            6 => Some(KeyState {
                grant: r.bytes()?.to_vec(),
                holder: r.nullable(|r| match r.array()? {
                    2 => Ok((Kid::from_bytes(r.array_of()?), r.text(PERSON_CHARACTERS, PERSON_BYTES)?)),
                    _ => Err(Malformed),
                })?,
                used: [r.u()?, r.u()?],
            }),
            _ => return Err(Malformed),
        };
        Ok(Self { change, key, state })
    }
}

impl Settings {
    fn write(&self, w: &mut Writer) {
        let Self { revision, inner_door, zone, urls, clock_error, strangers } = self;
        w.map(8).u(0).u(*revision).u(1).nullable(*inner_door, |w, on| {
            w.bool(on);
        });
        match zone {
            Some((zone, tzdb, until)) => w.u(2).text(zone).u(3).text(tzdb).u(4).time(*until),
            None => w.u(2).null().u(3).null().u(4).null(),
        };
        write_urls(w.u(5), urls);
        w.u(6).nullable(*clock_error, |w, error| {
            w.u(error);
        });
        w.u(7).u(*strangers);
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, Malformed> {
        let mut settings =
            Self { revision: 0, inner_door: None, zone: None, urls: Vec::new(), clock_error: None, strangers: 0 };
        let (mut zone, mut tzdb, mut until, mut revision) = (None, None, None, None);
        for _ in 0..r.map()? {
            match r.u()? {
                0 => revision = Some(r.u()?),
                1 => settings.inner_door = r.nullable(Reader::bool)?,
                2 => zone = r.nullable(|r| r.text(ZONE_BYTES, ZONE_BYTES))?,
                3 => tzdb = r.nullable(|r| r.text(ZONE_BYTES, ZONE_BYTES))?,
                4 => until = r.nullable(Reader::time)?,
                5 => settings.urls = read_urls(r)?,
                6 => settings.clock_error = r.nullable(Reader::u)?,
                7 => settings.strangers = r.u()?,
                _ => {
                    r.item()?;
                }
            }
        }
        settings.revision = revision.ok_or(Malformed)?;
        settings.zone = match (zone, tzdb, until) {
            (Some(zone), Some(tzdb), Some(until)) => Some((zone, tzdb, until)),
            (None, None, None) => None,
            _ => return Err(Malformed),
        };
        Ok(settings)
    }
}
