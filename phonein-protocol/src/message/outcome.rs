//! How a request ended, in one word.

use crate::{
    Time,
    cbor::{Malformed, Reader, Writer},
    id::Door,
};

/// The intercom's word. Its number on the air is [`Outcome::code`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The relay moves for so many seconds.
    Opened {
        /// Which door.
        door: Door,
        /// For how long it can be pushed.
        seconds: u64,
    },
    /// Done; what it brought stands beside it.
    Done,
    /// The key opens later.
    NotYet {
        /// When.
        opens: Time,
    },
    /// A recurring key outside its hours.
    OutsideHours {
        /// When it opens next.
        next: Time,
    },
    /// It will never open again.
    Expired,
    /// All uses of this door are spent.
    UsedUp,
    /// A manager deleted it.
    Deleted,
    /// Another phone has it.
    Taken,
    /// The link was replaced, or nobody accepted it in time.
    LinkExpired,
    /// This intercom does not know the key, or this phone.
    UnknownKey,
    /// The key does not open this door, or the door is switched off.
    NotThisDoor,
    /// The relay could not be moved; no use was spent.
    DoorFault,
    /// The intercom does not know the time well enough to judge.
    TimeUnknown,
    /// The power failed when the relay was about to move: the use is spent, whether the door opened is not known.
    Interrupted,
    /// The tap's number was used before.
    NumberUsed {
        /// The last number of this phone.
        last: u64,
    },
    /// Only managers may ask this.
    NotAManager,
    /// Pairing is shut.
    AlreadyPaired,
    /// The last manager cannot be removed.
    LastManager,
    /// Somebody else changed the settings meanwhile.
    SettingsChanged,
    /// It holds something that this intercom does not know.
    TooNew,
    /// Well signed, but not what this protocol says.
    Malformed,
}

impl Outcome {
    /// The number on the air and in the log.
    pub fn code(self) -> u64 {
        match self {
            Self::Opened { .. } => 0,
            Self::Done => 1,
            Self::NotYet { .. } => 2,
            Self::OutsideHours { .. } => 3,
            Self::Expired => 4,
            Self::UsedUp => 5,
            Self::Deleted => 6,
            Self::Taken => 7,
            Self::LinkExpired => 8,
            Self::UnknownKey => 9,
            Self::NotThisDoor => 10,
            Self::DoorFault => 11,
            Self::TimeUnknown => 12,
            Self::Interrupted => 13,
            Self::NumberUsed { .. } => 14,
            Self::NotAManager => 15,
            Self::AlreadyPaired => 16,
            Self::LastManager => 17,
            Self::SettingsChanged => 18,
            Self::TooNew => 19,
            Self::Malformed => 21,
        }
    }

    /// Whether the log has it as a refusal: judged, and the phone's own doing.
    pub fn is_logged_refusal(self) -> bool {
        matches!(self.code(), 2..=10 | 12)
    }

    /// Writes the detail as an array; nothing, and `false`, where there is none.
    pub(crate) fn write_detail(self, w: &mut Writer) -> bool {
        match self {
            Self::Opened { door, seconds } => w.array(2).u(door.number()).u(seconds),
            Self::NotYet { opens: time } | Self::OutsideHours { next: time } => w.array(1).time(time),
            Self::NumberUsed { last } => w.array(1).u(last),
            _ => return false,
        };
        true
    }

    /// Reads code and detail; `detail` is at the elements of the array, of which there are `length`.
    pub(crate) fn read(code: u64, length: u64, detail: &mut Reader<'_>) -> Result<Self, Malformed> {
        Ok(match (code, length) {
            (0, 2..) => Self::Opened { door: Door::from_number(detail.u()?).ok_or(Malformed)?, seconds: detail.u()? },
            (1, _) => Self::Done,
            (2, 1..) => Self::NotYet { opens: detail.time()? },
            (3, 1..) => Self::OutsideHours { next: detail.time()? },
            (4, _) => Self::Expired,
            (5, _) => Self::UsedUp,
            (6, _) => Self::Deleted,
            (7, _) => Self::Taken,
            (8, _) => Self::LinkExpired,
            (9, _) => Self::UnknownKey,
            (10, _) => Self::NotThisDoor,
            (11, _) => Self::DoorFault,
            (12, _) => Self::TimeUnknown,
            (13, _) => Self::Interrupted,
            (14, 1..) => Self::NumberUsed { last: detail.u()? },
            (15, _) => Self::NotAManager,
            (16, _) => Self::AlreadyPaired,
            (17, _) => Self::LastManager,
            (18, _) => Self::SettingsChanged,
            (19, _) => Self::TooNew,
            (21, _) => Self::Malformed,
            _ => return Err(Malformed),
        })
    }

    /// Code and detail as one item, as the intercom keeps it.
    pub fn to_bytes(self) -> alloc::vec::Vec<u8> {
        let mut w = Writer::default();
        self.write_pair(&mut w);
        w.into_bytes()
    }

    /// Reads what [`Outcome::to_bytes`] made.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Malformed> {
        Self::read_pair(&mut crate::cbor::whole_item(bytes)?)
    }

    /// `[code, detail]`.
    pub(crate) fn write_pair(self, w: &mut Writer) {
        w.array(2).u(self.code());
        if !self.write_detail(w) {
            w.array(0);
        }
    }

    pub(crate) fn read_pair(r: &mut Reader<'_>) -> Result<Self, Malformed> {
        if r.array()? != 2 {
            return Err(Malformed);
        }
        let code = r.u()?;
        let length = r.array()?;
        Self::read(code, length, r)
    }
}
