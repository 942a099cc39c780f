//! A tap on a door, from the press to its end.

use super::Sign;
use crate::text::Told;
use crate::text::refusal::Refusal;
use crate::text::tap::{Door, PathFault, Settled, Via};
use phonein_protocol::Time;

/// What lasts no longer than this is a flash and says nothing.
const FLASH_MS: i32 = 300;

/// How a door stands: the tap in hand, or how the last one ended.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Tap {
    /// Which door.
    pub door: Door,
    /// What it is.
    pub state: TapState,
    /// What the button looks like.
    pub look: TapLook,
    /// What is drawn on it.
    pub sign: Sign,
    /// How many thirds of its ring are filled while it is asked.
    pub thirds: i32,
    /// Draw it so many milliseconds later, where something else is drawn until then: an answer that comes sooner is shown at
    /// once. 0 for all but the first steps of asking.
    pub after_ms: i32,
    /// The words on or under the button: "Press to activate key", "Asking the intercom…", "Not open yet". Empty where none
    /// are needed: an inner door at rest.
    pub title: String,
    /// The second line, empty if there is none: "5 seconds left", "Opens at 14:00, in 12 minutes".
    pub detail: String,
    /// All of it as a screen reader says it: "Entrance open, 5 seconds".
    pub spoken: String,
}

/// What a tap is, for icon, colour and ring.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum TapState {
    /// Nothing asked.
    Idle,
    /// Looking for the intercom.
    Searching,
    /// Found, being connected.
    Connecting,
    /// Asked.
    Asking,
    /// The door is open.
    Opened {
        /// How long it still is, in seconds; at 0 the door is shut again.
        seconds: i32,
        /// Of how many seconds, at least 1: which part of its ring is left.
        of: i32,
        /// How the intercom was reached.
        by: Via,
    },
    /// The intercom said no.
    Refused {
        /// Why.
        refusal: Refusal,
        /// When this key opens next, in Unix seconds.
        opens: Option<Time>,
    },
    /// Nothing was sent: the door stays shut.
    Unreachable {
        /// Why, for each path that was tried; the first is the one to show.
        paths: Vec<FailedPath>,
    },
    /// It was sent and not answered; the next contact says what became of it.
    NoAnswer,
    /// Intercoms answered that do not know this phone.
    Stranger,
    /// Ended by the person before anything was sent.
    Cancelled,
    /// What became of a tap that had no answer.
    Settled {
        /// It.
        how: Settled,
    },
}

/// What a door's button looks like. What is filled is the intercom's own word, what is hollow is silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum TapLook {
    /// At rest.
    Idle,
    /// In hand: it is being asked.
    Working,
    /// The door is open.
    Open,
    /// The intercom said no.
    Refused,
    /// Nothing was sent, or nothing arrived.
    Unreachable,
    /// Nobody knows yet.
    Unsure,
}

impl TapState {
    /// What the button looks like.
    pub(in crate::api) fn look(&self) -> TapLook {
        match self {
            Self::Idle | Self::Cancelled | Self::Opened { seconds: ..=0, .. } => TapLook::Idle,
            Self::Searching | Self::Connecting | Self::Asking => TapLook::Working,
            Self::Opened { .. } => TapLook::Open,
            Self::Refused { .. } => TapLook::Refused,
            Self::Unreachable { .. } => TapLook::Unreachable,
            Self::NoAnswer | Self::Stranger => TapLook::Unsure,
            Self::Settled { how } => match how {
                Settled::Opened => TapLook::Idle,
                Settled::Refused { .. } => TapLook::Refused,
                Settled::Interrupted => TapLook::Unsure,
                Settled::NeverArrived => TapLook::Unreachable,
            },
        }
    }

    /// What is drawn on the button of `door`.
    pub(in crate::api) fn sign(&self, door: Door) -> Sign {
        match self.look() {
            TapLook::Idle | TapLook::Working => Sign::of(door),
            TapLook::Open => Sign::open(door),
            TapLook::Unreachable => Sign::NoSignal,
            TapLook::Unsure => Sign::Question,
            TapLook::Refused => match self {
                Self::Refused { refusal, .. } | Self::Settled { how: Settled::Refused { refusal } } => {
                    (*refusal).into()
                }
                _ => Sign::Bar,
            },
        }
    }

    /// How much later it is drawn, once it is that old.
    pub(in crate::api) fn after_ms(&self, age_ms: i64) -> i32 {
        let left_ms = i32::try_from(age_ms).ok().map_or(0, |age_ms| FLASH_MS.saturating_sub(age_ms));
        if self.look() == TapLook::Working { left_ms.clamp(0, FLASH_MS) } else { 0 }
    }

    /// How far it has got, of three steps.
    pub(in crate::api) fn thirds(&self) -> i32 {
        match self {
            Self::Searching => 1,
            Self::Connecting => 2,
            Self::Asking => 3,
            _ => 0,
        }
    }
}

/// Why an intercom was not reached on one path.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct FailedPath {
    /// Which.
    pub by: Via,
    /// Why.
    pub fault: PathFault,
    /// In words.
    pub told: Told,
    /// Where the phone can help.
    pub way: Way,
    /// The words of the button that leads there; `None` without one.
    pub way_words: Option<String>,
}

/// What one button beside a path's fault does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum Way {
    /// Opens the system's Bluetooth settings.
    BluetoothSettings,
    /// Asks for the permission, or opens the app's settings.
    Permission,
    /// Opens the intercom's settings at its address.
    Address,
    /// Opens the system's network settings.
    NetworkSettings,
    /// Opens the intercom's settings at its paths.
    Paths,
    /// There is none.
    None,
}

impl From<&PathFault> for Way {
    fn from(fault: &PathFault) -> Self {
        match fault {
            PathFault::BluetoothOff => Self::BluetoothSettings,
            PathFault::BluetoothDenied => Self::Permission,
            PathFault::NoAddress
            | PathFault::Silent { .. }
            | PathFault::NotPhonein { .. }
            | PathFault::Stranger { .. } => Self::Address,
            PathFault::NetworkOff => Self::NetworkSettings,
            PathFault::SwitchedOff => Self::Paths,
            PathFault::BluetoothMissing
            | PathFault::BluetoothBusy
            | PathFault::BluetoothSilent
            | PathFault::BluetoothStranger
            | PathFault::BluetoothNotPhonein
            | PathFault::NotNear
            | PathFault::Later
            | PathFault::ThisPhone => Self::None,
        }
    }
}
